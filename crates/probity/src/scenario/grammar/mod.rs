//! The grammar of a step: `WHO DOES WHAT -> WHAT IS EXPECTED`.
//!
//! Closed: every word is known here or an error names the words that could stand in its place. A
//! step that is a call says what it expects, if only `ok`; times and givens expect nothing.

mod customer;
mod expected;
mod operator;
mod provider;
mod run;

use super::fault::{Fault, Wrong};
use super::scan::{Read, Scan};
use super::step::{Ask, Doing, Given, Publish, Step, What, When, Whose};
use probity_core::command::Actor;
use std::collections::BTreeSet;

/// Separates what is done from what is expected.
const ARROW: &str = "->";

/// Reads the steps of a story; what runs were called before is known to later lines.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// What runs are called.
    runs: BTreeSet<String>,
}

/// A line with its place, and the lines of further expectations below it.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
    pub(super) below: Vec<(usize, &'a str)>,
}

/// Groups the lines of a block: indented ones belong to the step above; empty ones and `# notes`
/// are skipped.
pub(super) fn lines(block: &[(usize, String)]) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    for (number, text) in block {
        let trimmed = text.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        match out.last_mut() {
            Some(above) if text.starts_with([' ', '\t']) => above.below.push((*number, text)),
            _ => out.push(Line { number: *number, text, below: Vec::new() }),
        }
    }
    out
}

impl Grammar {
    /// Reads one step; `N times:` before it makes N of it, `{n}` counting from 1.
    pub(super) fn steps(&mut self, file: &str, line: &Line<'_>) -> Result<Vec<Step>, Vec<Fault>> {
        let (times, offset) = repeated(line.text);
        if times == 1 {
            return self.step(file, line).map(|step| vec![step]);
        }
        let counted = |text: &str, n: u64| text.replace("{n}", &n.to_string());
        let one = |n: u64| {
            let text = counted(line.text.get(offset..).unwrap_or_default(), n);
            let below: Vec<_> = line.below.iter().map(|(l, t)| (*l, counted(t, n))).collect();
            (text, below)
        };
        let mut steps = Vec::new();
        for n in 1..=times {
            let (text, below) = one(n);
            let below = below.iter().map(|(l, t)| (*l, t.as_str())).collect();
            steps.push(self.step(file, &Line { number: line.number, text: &text, below })?);
        }
        Ok(steps)
    }

    fn step(&mut self, file: &str, line: &Line<'_>) -> Result<Step, Vec<Fault>> {
        let (doing_text, expected_text) = split_at_arrow(line.text);
        let at = |wrong: Wrong, (number, text): (usize, &str)| vec![wrong.at(file, number, text)];
        let place = (line.number, line.text);
        let doing = self.doing(doing_text).map_err(|wrong| at(wrong, place))?;
        let mut expected = Vec::new();
        let mut faults = Vec::new();
        let first = expected_text.map(|(text, offset)| (line.number, line.text, text, offset));
        let below = line.below.iter().map(|(number, text)| (*number, *text, *text, 0));
        for (number, whole, text, offset) in first.into_iter().chain(below) {
            match expected::read(text, offset, number) {
                Ok(more) => expected.extend(more),
                Err(wrong) => faults.push(wrong.at(file, number, whole)),
            }
        }
        let is_call = matches!(doing, Doing::Ask(_) | Doing::Publish(_));
        if faults.is_empty() && is_call == expected.is_empty() {
            faults.push(unexpected(is_call, line.text).at(file, line.number, line.text));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Step { line: line.number, text: doing_text.trim().to_owned(), doing, expected })
    }

    /// Reads what is done, without expectations.
    pub(super) fn doing(&mut self, text: &str) -> Read<Doing> {
        let mut scan = Scan::of(text, 0)?;
        let doing = self.whole(&mut scan)?;
        scan.end()?;
        Ok(doing)
    }

    fn whole(&mut self, scan: &mut Scan<'_>) -> Read<Doing> {
        if let Some(when) = clock(scan)? {
            return Ok(Doing::Clock(when));
        }
        if let Some(given) = given(scan)? {
            return Ok(Doing::Given(given));
        }
        if scan.take("publish") {
            return publish(scan).map(Doing::Publish);
        }
        let told = match operator::read(scan)? {
            None => provider::read(scan)?,
            read => read,
        };
        let (whose, what) = match told {
            Some(read) => read,
            None => self.sentence(scan)?,
        };
        let mut ask = Ask { by: speaker(&what), whose, what, called: None };
        loop {
            if scan.take("called") {
                let name = scan.any("a name for it")?.to_owned();
                if matches!(ask.what, What::Run(_)) {
                    self.runs.insert(name.clone());
                }
                ask.called = Some(name);
            } else if scan.take("as") {
                ask.by = actor(scan.any("`customer`, `product` or a role")?);
            } else {
                return Ok(Doing::Ask(Box::new(ask)));
            }
        }
    }

    /// `ana runs …`, `it ends …`.
    fn sentence(&mut self, scan: &mut Scan<'_>) -> Read<(Whose, What)> {
        let subject = scan.any("who does something")?;
        if subject == "it" || self.runs.contains(subject) {
            let whose = Whose::Run((subject != "it").then(|| subject.to_owned()));
            return Ok((whose, What::OfRun(run::of_run(scan)?)));
        }
        let what = customer::read(scan)?;
        Ok((Whose::Customer(subject.to_owned()), what))
    }
}

/// A call with nothing expected of it, or a time that is expected of.
fn unexpected(is_call: bool, text: &str) -> Wrong {
    let end = text.trim_end().len();
    if is_call {
        let fix = "Add `-> ` and what comes of it; `-> ok` if all that matters is that it works.";
        Wrong::new(end..end, "this step expects nothing", fix)
    } else {
        let start = text.find(ARROW).unwrap_or(0);
        let message = "nothing can be expected of time passing or of what is given";
        Wrong::new(start..end, message, "Leave it out, and look at the next step: `ana has -> …`.")
    }
}

/// `150 times:` and where the step itself begins.
fn repeated(text: &str) -> (u64, usize) {
    let found = text.split_once(" times: ").and_then(|(n, _)| n.trim().parse().ok());
    found.map_or((1, 0), |times| (times, text.find(" times: ").map_or(0, |at| at + 8)))
}

/// The step and, with its offset, what is expected of it.
fn split_at_arrow(text: &str) -> (&str, Option<(&str, usize)>) {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        quoted ^= letter == '"';
        if !quoted && text[at..].starts_with(ARROW) {
            let from = at + ARROW.len();
            return (&text[..at], Some((&text[from..], from)));
        }
    }
    (text, None)
}

/// `2026-11-23 10:00`, `at 2026-11-23`, `3 days later`, `1 second before 2026-12-23`.
fn clock(scan: &mut Scan<'_>) -> Read<Option<When>> {
    let is_length = scan.is_number();
    let is_date = scan.peek().is_some_and(|w| w.len() >= 10 && w.as_bytes()[4] == b'-');
    if scan.take("at") || (is_date && w_is_digit(scan.peek())) {
        return scan.moment().map(|moment| Some(When::At(moment)));
    }
    if !is_length {
        return Ok(None);
    }
    let length = scan.length()?;
    if scan.take("before") {
        return scan.moment().map(|moment| Some(When::Before(length, moment)));
    }
    scan.need("later")?;
    Ok(Some(When::Later(length)))
}

fn w_is_digit(word: Option<&str>) -> bool {
    word.is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
}

/// Sums over all customers that are so from now on.
fn given(scan: &mut Scan<'_>) -> Read<Option<Given>> {
    if scan.take_all(&["supplier", "cost", "today", "is"]) {
        return scan.cost().map(|cost| Some(Given::SupplierCost(cost)));
    }
    if scan.take_all(&["we", "paid"]) {
        let cost = scan.cost()?;
        scan.need("this")?;
        scan.need("month")?;
        return Ok(Some(Given::WePaid(cost)));
    }
    if scan.peek_second() == Some("found") {
        let action = scan.any("an action")?.to_owned();
        scan.need("found")?;
        let found = scan.number()?;
        scan.need("of")?;
        let of = scan.number()?;
        return Ok(Some(Given::Found { action, found, of }));
    }
    Ok(None)
}

/// `publish the contract as worse`, `publish the operations`.
fn publish(scan: &mut Scan<'_>) -> Read<Publish> {
    scan.need("the")?;
    let publish = scan.one_of(
        "something to publish",
        &[("contract", Publish::Contract { worse: false }), ("operations", Publish::Operations)],
    )?;
    if publish == Publish::Operations {
        return Ok(publish);
    }
    scan.need("as")?;
    let worse = scan.one_of("a kind of change", &[("worse", true), ("better", false)])?;
    Ok(Publish::Contract { worse })
}

/// Whose key a call comes with unless it says so.
fn speaker(what: &What) -> Actor {
    match what {
        What::Confirm(_) => Actor::customer(),
        _ => Actor::product(),
    }
}

fn actor(word: &str) -> Actor {
    match word {
        "customer" => Actor::customer(),
        "product" => Actor::product(),
        role => Actor::with_role(role),
    }
}
