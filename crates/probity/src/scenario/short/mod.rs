//! Stories in one line: `ana on pro runs enrich_market_map, 5 of 8 parts arrive`.
//!
//! Each clause between `,` or `;` becomes lines of the grammar, what a short story leaves out being
//! filled in: who, on which plan, for what, with which inputs. Clauses of the grammar stay as they are.

mod endings;
mod named;

use super::fault::{Wrong, instead_of};
use named::find_action;
use probity_core::Contract;
use probity_core::contract::{Action, Plan, RunsOn};

/// Who acts where nobody is named.
const SOMEBODY: &str = "ana";

/// What short clauses are read with: the contract, and who is there so far.
#[derive(Debug)]
pub(super) struct Short<'c> {
    contract: &'c Contract,
    customer: String,
    plan: Option<String>,
    opened: bool,
    runs: usize,
    /// The last run, as its line goes on after who it is.
    last: Option<String>,
    /// Is the action of that run priced by quantity?
    by_quantity: bool,
}

/// The lines of the grammar that one clause stands for.
pub(super) type Lines = Vec<String>;

/// A clause with the place where it begins.
#[derive(Clone, Debug)]
pub(super) struct Clause<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// Splits a line at `,` and `;` outside quotes.
pub(super) fn clauses(line: &str) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in line.char_indices().chain([(line.len(), ',')]) {
        quoted ^= letter == '"';
        if quoted || !matches!(letter, ',' | ';') {
            continue;
        }
        let text = &line[from..at];
        let trimmed = text.trim_start();
        if !trimmed.is_empty() {
            clauses.push(Clause { text: trimmed.trim_end(), at: at - trimmed.len() });
        }
        from = at + 1;
    }
    clauses
}

/// `only 2 credits left`: what the plan brings in this story; wherever it stands, it is so from the
/// beginning.
pub(super) fn credits_left(clause: &str) -> Option<&str> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let words = words.strip_prefix(&["with"]).unwrap_or(&words);
    let words = words.strip_prefix(&["only"]).unwrap_or(words);
    match words {
        [number, "credits" | "credit"] | [number, "credits" | "credit", "left"] => Some(number),
        _ => None,
    }
}

/// Verbs of runs.
const OF_RUNS: &[&str] = &["ends", "is", "has", "reports"];
/// Verbs of customers that a short story may begin with.
const VERBS: &[&str] = &[
    "opens", "changes", "runs", "checks", "asks", "confirms", "has", "tops", "renews", "caps",
    "lifts", "stops", "stores", "removes",
];
/// Words that begin a clause of the grammar which is about nobody who acts.
const OTHERS: &[&str] =
    &["grant", "claw", "pause", "resume", "override", "key", "publish", "supplier", "we", "at"];
/// Words after which the words of an action have ended.
const AFTER_ACTION: &[&str] = &["for", "with", "and", "ending", "called", "as", "again", "+"];
/// Verbs of moving to another plan: `changes to pro`.
const MOVES: &[&str] = &["changes", "switches", "moves", "upgrades", "downgrades"];
/// Ways to ask for the last run once more.
const ONCE_MORE: &[&str] = &[
    "again",
    "reopens it",
    "opens it again",
    "open it again",
    "runs it again",
    "run it again",
    "asks again",
    "the same again",
];

impl<'c> Short<'c> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        Self {
            contract,
            customer: SOMEBODY.to_owned(),
            plan: None,
            opened: false,
            runs: 0,
            last: None,
            by_quantity: false,
        }
    }

    /// The plan that the story is on, once it is known.
    pub(super) fn plan(&self) -> Option<&str> {
        self.plan.as_deref()
    }

    /// Reads one clause.
    pub(super) fn read(&mut self, clause: &str) -> Result<Lines, Wrong> {
        if let Some(lines) = self.ending(clause) {
            return Ok(lines);
        }
        let words: Vec<&str> = clause.split_whitespace().collect();
        let first = words.first().copied().unwrap_or_default();
        let is_moment = first.starts_with(|c: char| c.is_ascii_digit());
        if first == "it" && !OF_RUNS.contains(&words.get(1).copied().unwrap_or_default()) {
            let message = format!("`{clause}` is no way for a run to end");
            return Err(Wrong::new(0..0, message, endings::TO_WRITE));
        }
        if is_moment || first == "it" || OTHERS.contains(&first) || words.get(1) == Some(&"found") {
            return Ok(vec![clause.to_owned()]);
        }
        let rest = self.who(&words)?;
        let mut lines = Lines::new();
        if let Some(last) = self.last.as_ref().filter(|_| ONCE_MORE.contains(&&*rest.join(" "))) {
            return Ok(vec![format!("{} {last}", self.customer)]);
        }
        if let ([verb, "to", plan], true) = (rest, self.opened)
            && MOVES.contains(verb)
        {
            return Ok(vec![format!("{} changes plan to {plan}", self.customer)]);
        }
        let verb = rest.first().copied().unwrap_or_default();
        if rest.is_empty() || verb == "opens" {
            self.opened = true;
            let plan = rest.get(2).copied().map(str::to_owned).or_else(|| self.plan.clone());
            self.plan = plan.or_else(|| self.plan_for(None).map(str::to_owned));
            return Ok(vec![self.opening()]);
        }
        let line = if matches!(verb, "runs" | "checks") || !VERBS.contains(&verb) {
            let after = if VERBS.contains(&verb) { &rest[1..] } else { rest };
            let verb = if verb == "checks" { verb } else { "runs" };
            self.run(verb, after)?
        } else {
            format!("{} {}", self.customer, rest.join(" "))
        };
        if !self.opened {
            self.opened = true;
            lines.push(self.opening());
        }
        lines.push(line);
        Ok(lines)
    }

    fn opening(&self) -> String {
        let on = self.plan.as_ref().map(|plan| format!(" on {plan}")).unwrap_or_default();
        format!("{} opens{on}", self.customer)
    }

    /// Reads who acts, perhaps on which plan; gives what is left of the clause.
    fn who<'w>(&mut self, words: &'w [&'w str]) -> Result<&'w [&'w str], Wrong> {
        if let [name, "on", plan, rest @ ..] = words {
            if self.contract.plans.get(plan).is_none() {
                let known = self.contract.plans.names().map(|name| name.as_str());
                let fix = instead_of(plan, known);
                return Err(Wrong::new(0..0, format!("there is no plan called `{plan}`"), fix));
            }
            self.customer = (*name).to_owned();
            self.plan = Some((*plan).to_owned());
            return Ok(rest);
        }
        match words {
            [name, verb, ..] if is_verb(verb) && !is_verb(name) => {
                self.customer = (*name).to_owned();
                Ok(&words[1..])
            }
            _ => Ok(words),
        }
    }

    /// A run of an action in words, with what it needs filled in.
    fn run(&mut self, verb: &str, words: &[&str]) -> Result<String, Wrong> {
        let split = words.iter().position(|w| AFTER_ACTION.contains(w)).unwrap_or(words.len());
        let (named, rest) = words.split_at(split);
        let (units, named): (Vec<&str>, Vec<&str>) =
            named.iter().partition(|word| word.bytes().all(|b| b.is_ascii_digit()));
        let action = self.action(&named)?;
        if self.plan.is_none() {
            self.plan = self.plan_for(Some(action)).map(str::to_owned);
        }
        self.runs += 1;
        let mut line = format!("{verb} {}", action.id);
        let has = |word: &str| rest.contains(&word);
        if let (Some(noun), false) = (&action.same.once_per, has("for")) {
            line.push_str(&format!(" for {}_{}", noun.replace(' ', "_"), self.runs));
        } else if let ["for", artifact, ..] = rest {
            line.push_str(&format!(" for {artifact}"));
        }
        let rest = if has("for") { &rest[2.min(rest.len())..] } else { rest };
        if !action.needs.is_empty() && !has("input") && !has("quote") {
            line.push_str(" with inputs");
        }
        units.iter().for_each(|units| line.push_str(&format!(" with {units} units")));
        rest.iter().for_each(|word| line.push_str(&format!(" {word}")));
        let whole = format!("{} {line}", self.customer);
        if verb == "runs" {
            self.last = Some(line);
            self.by_quantity = action.is_per_quantity();
        }
        Ok(whole)
    }

    /// The action that words mean, perhaps after the name of who runs it.
    fn action(&mut self, words: &[&str]) -> Result<&'c Action, Wrong> {
        let found = find_action(self.contract, words);
        let (Err(_), [name, rest @ ..]) = (&found, words) else { return found };
        let Ok(action) = find_action(self.contract, rest) else { return found };
        self.customer = (*name).to_owned();
        Ok(action)
    }

    fn ending(&self, clause: &str) -> Option<Lines> {
        let of = if self.by_quantity { "units" } else { "parts" };
        endings::read(clause, of, self.contract.failures.too_slow_after)
    }

    /// The first plan that offers the action and pays from credits, else the first that offers it.
    fn plan_for(&self, action: Option<&Action>) -> Option<&'c str> {
        let offers = |plan: &&Plan| action.is_none_or(|action| plan.is_offering(&action.id));
        let plans: Vec<&Plan> = self.contract.plans.iter().filter(offers).collect();
        let on_credits = plans.iter().find(|plan| plan.runs_on == RunsOn::Credits);
        on_credits.or(plans.first()).map(|plan| plan.id.as_str())
    }
}

fn is_verb(word: &str) -> bool {
    VERBS.contains(&word) || MOVES.contains(&word) || word == "reopens"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_commas_outside_quotes() {
        let line = "ana on pro runs x, it ends bad_input because \"a, b\"; then";
        let split = clauses(line);
        let texts: Vec<&str> = split.iter().map(|c| c.text).collect();
        assert_eq!(texts, ["ana on pro runs x", "it ends bad_input because \"a, b\"", "then"]);
        assert!(split.iter().all(|c| line[c.at..].starts_with(c.text)));
    }

    #[test]
    fn credits_that_are_left_are_given() {
        assert_eq!(credits_left("only 2 credits left"), Some("2"));
        assert_eq!(credits_left("with 0.5 credits"), Some("0.5"));
        assert_eq!(credits_left("1 credit left"), Some("1"));
        assert_eq!(credits_left("2 parts arrive"), None);
    }
}
