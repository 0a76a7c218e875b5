//! Stories in one line: `ana on pro runs enrich_market_map, 5 of 8 parts arrive`.
//!
//! Each clause between `,` or `;` becomes lines of the grammar, what a short story leaves out being
//! filled in: who, on which plan, for what, with which inputs. Clauses of the grammar stay as they
//! are. No word is passed over: one that is not understood is told of.

mod clause;
mod endings;
mod named;
mod people;

pub(super) use clause::{Clause, clauses};
pub(super) use endings::TIME_IS_UP;
pub(super) use people::Line;

use super::fault::Wrong;
use clause::{amount_of, credits_left, everyday};
use endings::Ends;
use named::{find_action, find_done, is_begun_by, is_doing, is_unit_of, thing_of};
use people::Person;
use probity_core::contract::Action;
use probity_core::{Contract, Operations, phrase};
use std::collections::BTreeMap;

/// Who acts where nobody is named.
const SOMEBODY: &str = "ana";

/// What short clauses are read with: the contract, and who is there so far.
#[derive(Clone, Debug)]
pub(super) struct Short<'c> {
    contract: &'c Contract,
    operations: Option<&'c Operations>,
    /// Who acts.
    customer: String,
    people: BTreeMap<String, Person>,
    /// What is left to somebody who is not there yet.
    left: Option<(usize, probity_core::Amount)>,
    lines: Vec<Line>,
    /// Where the clause that is being read stands among all.
    clause: usize,
    runs: usize,
    /// Units that a quote was asked for.
    quoted: Option<u64>,
    last: Option<LastRun<'c>>,
    /// Keys are spoken of: then none is filled in.
    tells_of_keys: bool,
}

/// The last run that was asked for.
#[derive(Clone, Debug)]
struct LastRun<'c> {
    action: &'c Action,
    /// As its line goes on after who it is.
    text: String,
    /// How many units were asked for.
    units: Option<u64>,
}

/// The lines of the grammar that one clause stands for.
type Lines = Vec<String>;

/// Verbs of runs.
const OF_RUNS: &[&str] = &["ends", "is", "has", "reports"];
/// What operators do with runs: `it is refunded`.
const DONE_WITH_RUNS: &[&str] = &["released", "extended", "refunded", "corrected"];
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
/// Words after which nothing more is said of what is run.
const AFTER_RUN: &[&str] = &["ending", "called", "as"];
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
    "try again",
    "tries again",
    "once more",
];

impl<'c> Short<'c> {
    pub(super) fn new(contract: &'c Contract, operations: Option<&'c Operations>) -> Self {
        Self {
            contract,
            operations,
            customer: SOMEBODY.to_owned(),
            people: BTreeMap::new(),
            left: None,
            lines: Vec::new(),
            clause: 0,
            runs: 0,
            quoted: None,
            last: None,
            tells_of_keys: false,
        }
    }

    /// All that was read; somebody opens where it was only said what is left to them.
    pub(super) fn into_lines(mut self) -> Result<Vec<Line>, Wrong> {
        if self.left.is_some() {
            self.open(None)?;
        }
        Ok(self.lines)
    }

    /// Reads one clause, the `clause`th of its line.
    pub(super) fn read(&mut self, clause: usize, text: &str) -> Result<(), Wrong> {
        self.clause = clause;
        let text = everyday(text);
        self.tells_of_keys |= text.split_whitespace().any(|w| matches!(w, "key" | "own_key"));
        if let Some(credits) = credits_left(&text) {
            return self.is_left(credits);
        }
        let last = self.last.as_ref().map(|run| Ends { action: run.action, units: run.units });
        let too_slow_after = self.contract.failures.too_slow_after;
        if let Some(lines) = endings::read(&text, last, too_slow_after)? {
            lines.into_iter().for_each(|line| self.say(line));
            return Ok(());
        }
        if let Some((run, ending)) = endings::after(&text, " and ").next() {
            self.read(clause, run)?;
            return self.read(clause, ending);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if self.is_of_last(&words) {
            return Ok(());
        }
        let before = self.clone();
        let Err(mut wrong) = self.step(&text, &words) else { return Ok(()) };
        for (run, ending) in endings::after(&text, " ") {
            self.clone_from(&before);
            let words: Vec<&str> = run.split_whitespace().collect();
            match self.step(run, &words) {
                Ok(()) if self.has_just_run(&before) => return self.read(clause, ending),
                Ok(()) => {}
                // What is wrong is in the words before the ending.
                Err(of_run) => wrong = of_run,
            }
        }
        if self.last.is_some() && wrong.message.starts_with("no action") {
            // It may have been meant as an ending.
            let fix = format!("{} After a run: {}", wrong.fix, lower(endings::TO_WRITE));
            return Err(Wrong { fix, ..wrong });
        }
        Err(wrong)
    }

    /// Is a run the last thing that was said since then?
    fn has_just_run(&self, before: &Self) -> bool {
        let (Some(run), Some(line)) = (&self.last, self.lines.last()) else { return false };
        self.lines.len() > before.lines.len() && line.text.ends_with(&run.text)
    }

    fn say(&mut self, text: String) {
        self.lines.push(Line::of(self.clause, text));
    }

    /// Reads a clause that is no ending.
    fn step(&mut self, text: &str, words: &[&str]) -> Result<(), Wrong> {
        let first = words.first().copied().unwrap_or_default();
        let is_of_run = match words.get(1..).unwrap_or_default() {
            ["is", done, ..] => DONE_WITH_RUNS.contains(done),
            [verb, ..] => OF_RUNS.contains(verb),
            [] => false,
        };
        let is_number = matches!(words, [count, _] if is_count(count));
        if (first == "it" && !is_of_run) || (is_number && self.last.is_some()) {
            let message = format!("`{text}` is no way for a run to end");
            return Err(Wrong::new(0..0, message, endings::TO_WRITE));
        }
        let is_moment = first.starts_with(|c: char| c.is_ascii_digit());
        if is_moment || first == "it" || OTHERS.contains(&first) || words.get(1) == Some(&"found") {
            if let Some(name) = people::about(words) {
                self.is_there(name)?;
            }
            self.say(text.to_owned());
            return Ok(());
        }
        let (rest, named) = self.who(words)?;
        if let Some(last) = self.last.clone().filter(|_| ONCE_MORE.contains(&&*rest.join(" "))) {
            self.open(Some(last.action))?;
            self.say(format!("{} {}", self.customer, last.text));
            self.has_run();
            return Ok(());
        }
        if ONCE_MORE.contains(&&*rest.join(" ")) {
            let message = "nothing has run so far that could be run again";
            return Err(Wrong::new(0..0, message, "Say first what is run."));
        }
        match rest {
            [verb, "to", plan] if MOVES.contains(verb) => self.moves_to(plan),
            ["changes", "plan", "to", plan] => self.moves_to(plan),
            [] => self.open(None),
            ["opens", how @ ..] => self.opens(how),
            _ => self.acts(rest, named),
        }
    }

    /// Somebody does something, and opens first where they are not there yet.
    fn acts(&mut self, words: &[&str], named: bool) -> Result<(), Wrong> {
        let verb = words.first().copied().unwrap_or_default();
        let rest = words.get(1..).unwrap_or_default();
        let is_question =
            verb == "asks" && !matches!(rest, ["a", "quote", ..] | ["auto_top_up", ..]);
        if matches!(verb, "runs" | "checks") {
            return self.run(verb, rest, true);
        }
        if !VERBS.contains(&verb) || is_question {
            return self.run("runs", words, named);
        }
        if rest.first() == Some(&"a") {
            self.quoted = units_in(rest);
        }
        self.open(None)?;
        self.say(format!("{} {}", self.customer, words.join(" ")));
        Ok(())
    }

    /// A run of an action in words, with what it needs filled in.
    fn run(&mut self, verb: &str, words: &[&str], named: bool) -> Result<(), Wrong> {
        let split = words.iter().position(|w| AFTER_ACTION.contains(w)).unwrap_or(words.len());
        let (said, rest) = words.split_at(split);
        let (said, plan) = self.plan_at_end(said);
        if let [.., count, "times"] = said
            && is_count(count)
        {
            let fix = "Write one clause for each run, such as `again`.";
            return Err(Wrong::new(0..0, "`times` is not understood in a story of one line", fix));
        }
        let (counts, said): (Vec<&str>, Vec<&str>) = said.iter().partition(|word| is_count(word));
        let action = self.action(&said, named)?;
        plan.map_or(Ok(()), |plan| self.is_on(plan))?;
        let has = |word: &str| rest.contains(&word);
        self.open(Some(action))?;
        self.runs += 1;
        let (artifact, of, rest) = for_what(action, rest);
        let mut text = format!("{verb} {}", action.id);
        match artifact {
            Some(artifact) => text.push_str(&format!(" for {artifact}")),
            None if has("quote") => {}
            None => text.push_str(&self.artifact_for(action)),
        }
        if !action.needs.is_empty() && !has("input") && !has("quote") {
            text.push_str(" with inputs");
        }
        if self.is_on_own_key(action) && !self.tells_of_keys {
            text.push_str(" with own_key");
        }
        // `a series of 6 pictures` is a whole one.
        let is_whole = |count: &str| action.parts.is_some_and(|parts| count == parts.to_string());
        let counts = counts.into_iter().filter(|count| !is_whole(count)).chain(of);
        counts.for_each(|count| text.push_str(&format!(" with {count} {}", unit_after(count))));
        let before = |at: usize| at.checked_sub(1).and_then(|n| rest.get(n)).copied();
        for (at, word) in rest.iter().enumerate() {
            let count = before(at).filter(|count| is_count(count) && is_unit_of(action, word));
            let word = if let Some(count) = count { unit_after(count) } else { word };
            text.push_str(&format!(" {word}"));
        }
        let said: Vec<&str> = text.split(' ').collect();
        let units = units_in(&said).or(self.quoted.filter(|_| has("quote")));
        self.say(format!("{} {text}", self.customer));
        if verb == "runs" {
            self.last = Some(LastRun { action, text, units });
            self.has_run();
        }
        Ok(())
    }

    /// The words of an action, and the plan that is said after them: `a series on studio`.
    fn plan_at_end<'w>(&self, said: &'w [&'w str]) -> (&'w [&'w str], Option<&'c str>) {
        match said {
            [said @ .., "on", plan] if self.plan_called(plan).is_ok() => {
                (said, self.plan_called(plan).ok())
            }
            _ => (said, None),
        }
    }

    /// `for picture_1`, where asking for the same again is something of its own.
    fn artifact_for(&self, action: &Action) -> String {
        let noun = match (&action.same.once_per, action.same.free_for) {
            (Some(noun), _) => noun.replace(' ', "_"),
            (None, Some(_)) => thing_of(action),
            (None, None) => return String::new(),
        };
        format!(" for {noun}_{}", self.runs)
    }

    /// Does the clause only say how many the run before it is of: `50 pages`?
    fn is_of_last(&mut self, words: &[&str]) -> bool {
        let words = words.strip_prefix(&["with"]).or(words.strip_prefix(&["for"])).unwrap_or(words);
        let (Some(run), Some(line), [count, unit]) =
            (self.last.as_mut(), self.lines.last_mut(), words)
        else {
            return false;
        };
        let is_it = line.text.strip_prefix(&self.customer).map(str::trim_start) == Some(&run.text);
        let fits = run.action.is_per_quantity() && is_unit_of(run.action, unit);
        let (Ok(units), None, true, true) = (count.parse(), run.units, is_it, fits) else {
            return false;
        };
        let said: Vec<&str> = run.text.split(' ').collect();
        let at = said.iter().position(|w| AFTER_RUN.contains(w)).unwrap_or(said.len());
        let (asked, after) = said.split_at(at);
        let with = format!("with {}", phrase::count(units, "unit"));
        run.text = [asked, &[with.as_str()], after].concat().join(" ");
        run.units = Some(units);
        line.text = format!("{} {}", self.customer, run.text);
        true
    }

    /// The action that words mean, perhaps after the name of who runs it.
    fn action(&mut self, words: &[&str], named: bool) -> Result<&'c Action, Wrong> {
        let found = find_done(self.contract, words);
        let (Err(_), [first, rest @ ..]) = (&found, words) else { return found };
        if self.contract.actions.get(first).is_some() {
            return found;
        }
        let Ok(action) = find_done(self.contract, rest) else { return found };
        if named || is_doing(first) || !is_begun_by(action, rest) {
            let fix = format!("Leave it out, or write `runs {}`.", action.id);
            return Err(Wrong::new(0..0, format!("`{first}` is not understood"), fix));
        }
        self.turn_to(first)?;
        Ok(action)
    }

    /// Reads who acts, perhaps on which plan; gives what is left of the clause, and whether
    /// anybody was named.
    fn who<'w>(&mut self, words: &'w [&'w str]) -> Result<(&'w [&'w str], bool), Wrong> {
        match words {
            ["on", plan, rest @ ..] => {
                let plan = self.plan_called(plan)?;
                self.is_on(plan)?;
                Ok((rest, true))
            }
            [name, "on", plan, rest @ ..] if !is_verb(name) && !self.is_action(words) => {
                let plan = self.plan_called(plan)?;
                self.turn_to(name)?;
                self.is_on(plan)?;
                Ok((rest, true))
            }
            [name, verb, ..] if is_verb(verb) && !is_verb(name) && !is_doing(name) => {
                self.turn_to(name)?;
                Ok((&words[1..], true))
            }
            _ => Ok((words, false)),
        }
    }

    /// Are the words an action's though `on` is among them: `report on a data room`?
    fn is_action(&self, words: &[&str]) -> bool {
        let end = words.iter().position(|w| AFTER_ACTION.contains(w)).unwrap_or(words.len());
        find_action(self.contract, words.get(..end).unwrap_or_default()).is_ok()
    }
}

fn is_verb(word: &str) -> bool {
    VERBS.contains(&word) || MOVES.contains(&word) || word == "reopens"
}

/// Is it a plain number?
fn is_count(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// What a run is for, or of how many units (`for 50 pages`), and the words without it.
fn for_what<'w>(
    action: &Action,
    rest: &[&'w str],
) -> (Option<&'w str>, Option<&'w str>, Vec<&'w str>) {
    let is_end = |word: &&str| AFTER_RUN.contains(word) || word.contains('"');
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    let mut others = rest.to_vec();
    let Some(at) = rest.iter().take(end).position(|word| *word == "for") else {
        return (None, None, others);
    };
    match rest.get(at + 1..end).unwrap_or_default() {
        [count, unit, ..] if is_count(count) && is_unit_of(action, unit) => {
            others.drain(at..at + 3);
            (None, Some(count), others)
        }
        [artifact, ..] => {
            others.drain(at..at + 2);
            (Some(artifact), None, others)
        }
        [] => (None, None, others),
    }
}

/// What a number in words is a number of.
fn unit_after(count: &str) -> &'static str {
    if count == "1" { "unit" } else { "units" }
}

/// The number of `12 units`.
fn units_in(words: &[&str]) -> Option<u64> {
    let pairs = words.iter().zip(words.iter().skip(1));
    let found = pairs.filter(|(_, unit)| matches!(**unit, "units" | "unit"));
    found.filter_map(|(count, _)| count.parse().ok()).next()
}

/// Without the capital letter at its start.
fn lower(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
pub(super) use named::tests::alike_files;

#[cfg(test)]
mod tests;
