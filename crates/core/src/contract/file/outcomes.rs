//! Section `outcomes`, and what an action declares in `paid_even_if`.
//!
//! Fairness is built in here: what is never charged cannot be made to charge, and harshness can be
//! written nowhere but under `paid_even_if`, with why and warning.

use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Shape, Word, rule};
use super::suggest::{listed, quoted};
use super::tree::Node;
use super::words::{self, WARNING_SLOTS};
use crate::contract::{Harsh, Outcome, Outcomes, Treatment};

impl Word for Treatment {
    const WHAT: &'static str = "what an outcome costs";
    const WORDS: &'static [(&'static str, Self)] =
        &[("charge", Self::Charge), ("share", Self::Share), ("free", Self::Free)];
}

const FREE: Shape = Shape::Word(|| vec!["free"]);

/// The keys of `outcomes`.
pub(super) static OUTCOMES: Keys = Keys {
    of: "`outcomes`",
    list: &[
        Key::new(
            "delivered",
            Shape::Word(|| vec!["charge", "free"]),
            rule::SETTLE,
            "The customer has what the action promises.",
        )
        .default("charge"),
        Key::new(
            "partial",
            Shape::Word(|| vec!["share", "free"]),
            rule::SETTLE,
            "A part of it arrived; its share is rounded down.",
        )
        .default("share"),
        Key::new("empty", FREE, rule::SETTLE, "We looked and found nothing.").default("free"),
        Key::new("failed", FREE, rule::SETTLE, "Our error, a supplier's error, or too slow.")
            .default("free"),
        Key::new("bad_input", FREE, rule::SETTLE, "Turned out not to be workable.").default("free"),
        Key::new("blocked", FREE, rule::SETTLE, "Stopped by a safety rule or a model's refusal.")
            .default("free"),
        Key::new("cancelled", FREE, rule::SETTLE, "The customer stopped before anything arrived.")
            .default("free"),
        Key::new(
            "abandoned",
            Shape::Word(|| vec!["charge", "share", "free"]),
            rule::SETTLE,
            "The customer left after the result had begun to arrive.",
        )
        .default("charge"),
        Key::new("reopened", FREE, rule::SAME, "Something already paid for.").default("free"),
    ],
};

/// The keys of `paid_even_if`.
pub(super) static PAID_EVEN_IF: Keys = Keys {
    of: "`paid_even_if`",
    list: &[
        Key::new("empty", Shape::Keys(&HARSH), rule::CONSENT, "Charged though nothing was found."),
        Key::new(
            "partial",
            Shape::Keys(&HARSH),
            rule::CONSENT,
            "Charged in full though a part is missing.",
        ),
        Key::new(
            "abandoned",
            Shape::Keys(&HARSH),
            rule::CONSENT,
            "Charged though the customer left.",
        ),
    ],
};

static HARSH: Keys = Keys {
    of: "an outcome that is paid",
    list: &[
        Key::new("why", Shape::Text, rule::CONSENT, "The reason, in words a customer accepts.")
            .required()
            .example("our supplier charges us for every lookup, found or not"),
        Key::new(
            "warning",
            Shape::Text,
            rule::CONSENT,
            "What is shown and agreed to before each run.",
        )
        .required()
        .example("\"Costs {price} even if nothing is found. {found_rate}\""),
    ],
};

/// Reads `outcomes`; what it leaves out keeps the fair default.
pub(super) fn outcomes(r: &mut Reader<'_>, node: &Node) -> Option<Outcomes> {
    let s = Section::open(r, node, &OUTCOMES)?;
    let mut all = Outcomes::FAIR;
    for outcome in Outcome::ALL {
        if let Some(treatment) = s.word(r, outcome.word())
            && is_fair(r, s.near(outcome.word()), outcome, treatment)
        {
            all = all.with(outcome, treatment);
        }
    }
    whole_costs_what_less_costs(r, &s, &all);
    Some(all)
}

/// The endings that have an answer in the file.
pub(super) fn written(node: Option<&Node>) -> Vec<Outcome> {
    let is_written = |outcome: &Outcome| node.is_some_and(|n| n.get(outcome.word()).is_some());
    Outcome::ALL.into_iter().filter(is_written).collect()
}

/// Who gets less may not pay where who gets all of it does not.
fn whole_costs_what_less_costs(r: &mut Reader<'_>, s: &Section<'_>, all: &Outcomes) {
    let Some(at) = s.at("delivered").filter(|_| all.of(Outcome::Delivered) == Treatment::Free)
    else {
        return;
    };
    for less in [Outcome::Partial, Outcome::Abandoned] {
        let treatment = all.of(less);
        if treatment != Treatment::Free {
            let word = less.word();
            let message = format!(
                "`delivered` is free, and `{word}` costs ({}{}): who gets less would pay more.",
                treatment.word(),
                if s.at(word).is_some() { "" } else { ", the default" }
            );
            let fix = format!("Write `delivered: charge`, or `{word}: free` too.");
            r.contradiction(at, s.at(word), message, &fix);
        }
    }
}

/// May a contract say this of an outcome for all its actions? Reports it where not.
fn is_fair(r: &mut Reader<'_>, at: &Node, outcome: Outcome, treatment: Treatment) -> bool {
    let word = outcome.word();
    match (outcome, treatment) {
        (_, Treatment::Free) => true,
        (Outcome::Delivered | Outcome::Abandoned, Treatment::Charge)
        | (Outcome::Partial | Outcome::Abandoned, Treatment::Share) => true,
        (Outcome::Delivered, Treatment::Share) => {
            let message = "What was delivered whole has no share.";
            r.report(Problem::Contradiction, at, message, "Write `charge` or `free`.");
            false
        }
        _ if outcome.never_charges() => {
            never(r, at, outcome);
            false
        }
        _ => {
            let message = format!("`{word}` charges every action in full, undeclared.");
            let fix = format!(
                "Delete the line, and write `paid_even_if: {{ {word}: {{ why, warning }} }}` under \
                 the action it is meant for."
            );
            r.report(Problem::Undeclared, at, message, fix);
            false
        }
    }
}

fn never(r: &mut Reader<'_>, at: &Node, outcome: Outcome) {
    let word = outcome.word();
    let message = format!("`{word}` is free, whatever a contract says.");
    r.report(
        Problem::NeverCharged,
        at,
        message,
        format!("Write `{word}: free`, or delete the line."),
    );
}

/// Reads `paid_even_if`: what an action charges though little or nothing arrived.
pub(super) fn paid_even_if(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Harsh>> {
    let map = r.map(node, PAID_EVEN_IF.of, &PAID_EVEN_IF.names())?;
    let mut all = Vec::new();
    for entry in map.entries() {
        let outcome = Outcome::parse(&entry.key);
        if outcome.is_some_and(Outcome::never_charges) {
            let message = format!("`{}` is free, whatever a contract says.", entry.key);
            let span = entry.key_span.clone();
            r.findings.add(Problem::NeverCharged, span, message, "Delete it from `paid_even_if`.");
            continue;
        }
        match outcome.filter(|_| PAID_EVEN_IF.list.iter().any(|k| k.name == entry.key)) {
            Some(outcome) => all.extend(harsh(r, outcome, &entry.value)),
            None => not_harsh(r, &entry.key, entry.key_span.clone()),
        }
    }
    Some(all)
}

fn not_harsh(r: &mut Reader<'_>, key: &str, span: std::ops::Range<usize>) {
    let words = PAID_EVEN_IF.list.iter().map(|k| k.name);
    let message = format!("{} is no outcome that can be declared as paid.", quoted(key));
    let fix = match r.closest(key, words.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("These can: {}.", listed(words)),
    };
    r.findings.add(Problem::UnknownKey, span, message, fix);
}

fn harsh(r: &mut Reader<'_>, outcome: Outcome, node: &Node) -> Option<Harsh> {
    let s = Section::open(r, node, &HARSH)?;
    let why = s.text(r, "why");
    let warning =
        s.get(r, "warning", |r, node| words::template(r, node, WARNING_SLOTS, "a warning"));
    Some(Harsh { outcome, why: why?, warning: warning? })
}
