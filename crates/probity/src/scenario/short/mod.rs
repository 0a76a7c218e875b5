//! Stories in one line: `ana on pro runs enrich_market_map, 5 of 8 parts arrive`.
//!
//! Each clause between `,` or `;` becomes lines of the grammar, what a short story leaves out being
//! filled in: who, on which plan, for what, with which inputs. Clauses of the grammar stay as they
//! are. No word is passed over: one that is not understood is told of.

mod clause;
mod endings;
mod named;

pub(super) use clause::{Clause, clauses, credits_left};

use super::fault::{Wrong, instead_of};
use named::{find_action, is_unit_of};
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
    last: Option<LastRun<'c>>,
}

/// The last run that was asked for.
#[derive(Debug)]
struct LastRun<'c> {
    action: &'c Action,
    /// As its line goes on after who it is.
    line: String,
}

/// The lines of the grammar that one clause stands for.
pub(super) type Lines = Vec<String>;

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
        let customer = SOMEBODY.to_owned();
        Self { contract, customer, plan: None, opened: false, runs: 0, last: None }
    }

    /// The plan that the story is on, once it is known.
    pub(super) fn plan(&self) -> Option<&str> {
        self.plan.as_deref()
    }

    /// Has somebody been opened yet?
    pub(super) const fn has_begun(&self) -> bool {
        self.opened
    }

    /// Reads one clause.
    pub(super) fn read(&mut self, clause: &str) -> Result<Lines, Wrong> {
        let last = self.last.as_ref().map(|run| run.action);
        if let Some(lines) = endings::read(clause, last, self.contract.failures.too_slow_after)? {
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
        if let Some(last) = self.last.as_ref().filter(|_| ONCE_MORE.contains(&&*rest.join(" "))) {
            return Ok(vec![format!("{} {}", self.customer, last.line)]);
        }
        match (rest, self.opened) {
            ([verb, "to", plan], true) if MOVES.contains(verb) => {
                let plan = self.plan_called(plan)?;
                Ok(vec![format!("{} changes plan to {plan}", self.customer)])
            }
            ([] | ["opens"], _) => self.opens(None),
            (["opens", "on", plan], _) => self.opens(Some(plan)),
            (["opens", ..], _) => Ok(vec![clause.to_owned()]),
            _ => self.acts(rest),
        }
    }

    /// Somebody opens, on this plan or the one that fits.
    fn opens(&mut self, plan: Option<&str>) -> Result<Lines, Wrong> {
        if let Some(plan) = plan {
            self.plan = Some(self.plan_called(plan)?.to_owned());
        }
        if self.plan.is_none() {
            self.plan = self.plan_for(None).map(str::to_owned);
        }
        self.opened = true;
        Ok(vec![self.opening()])
    }

    /// Somebody does something, and opens first if nobody has.
    fn acts(&mut self, words: &[&str]) -> Result<Lines, Wrong> {
        let verb = words.first().copied().unwrap_or_default();
        let line = match verb {
            "runs" | "checks" => self.run(verb, words.get(1..).unwrap_or_default())?,
            _ if VERBS.contains(&verb) => format!("{} {}", self.customer, words.join(" ")),
            _ => self.run("runs", words)?,
        };
        let opening = (!self.opened).then(|| self.opening());
        self.opened = true;
        Ok(opening.into_iter().chain([line]).collect())
    }

    fn opening(&self) -> String {
        let on = self.plan.as_ref().map(|plan| format!(" on {plan}")).unwrap_or_default();
        format!("{} opens{on}", self.customer)
    }

    /// Reads who acts, perhaps on which plan; gives what is left of the clause.
    fn who<'w>(&mut self, words: &'w [&'w str]) -> Result<&'w [&'w str], Wrong> {
        if let [name, "on", plan, rest @ ..] = words
            && !is_verb(name)
        {
            self.plan = Some(self.plan_called(plan)?.to_owned());
            self.customer = (*name).to_owned();
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

    /// The id of a plan, however its letters are written.
    fn plan_called(&self, plan: &str) -> Result<&'c str, Wrong> {
        let ids = || self.contract.plans.names().map(|name| name.as_str());
        ids().find(|id| id.eq_ignore_ascii_case(plan)).ok_or_else(|| {
            let message = format!("there is no plan called `{plan}`");
            Wrong::new(0..0, message, instead_of(plan, ids()))
        })
    }

    /// A run of an action in words, with what it needs filled in.
    fn run(&mut self, verb: &str, words: &[&str]) -> Result<String, Wrong> {
        let split = words.iter().position(|w| AFTER_ACTION.contains(w)).unwrap_or(words.len());
        let (named, rest) = words.split_at(split);
        let (units, named): (Vec<&str>, Vec<&str>) = named.iter().partition(|word| is_count(word));
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
        let rest = if has("for") { rest.get(2..).unwrap_or_default() } else { rest };
        if !action.needs.is_empty() && !has("input") && !has("quote") {
            line.push_str(" with inputs");
        }
        units.iter().for_each(|units| line.push_str(&format!(" with {units} units")));
        for (at, word) in rest.iter().enumerate() {
            let after_count =
                at.checked_sub(1).and_then(|n| rest.get(n)).is_some_and(|n| is_count(n));
            let is_unit = after_count && is_unit_of(action, word);
            line.push_str(&format!(" {}", if is_unit { "units" } else { word }));
        }
        let whole = format!("{} {line}", self.customer);
        if verb == "runs" {
            self.last = Some(LastRun { action, line });
        }
        Ok(whole)
    }

    /// The action that words mean, perhaps after the name of who runs it.
    fn action(&mut self, words: &[&str]) -> Result<&'c Action, Wrong> {
        let found = find_action(self.contract, words);
        let (Err(_), [name, rest @ ..]) = (&found, words) else { return found };
        let is_name = self.contract.actions.get(name).is_none();
        let Ok(action) = find_action(self.contract, rest) else { return found };
        if !is_name {
            return found;
        }
        self.customer = (*name).to_owned();
        Ok(action)
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

/// Is it a plain number?
fn is_count(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
