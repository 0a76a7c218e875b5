//! The lint: is this contract fair, clear and affordable?
//!
//! Each rule is one entry of a table (id, severity, the public case behind it, how to mend it) and
//! one pure question about a compiled contract; `docs/checks.md` is made from these tables. The lint
//! judges what a file *may* say; what it *can* say is the reader's part.

mod about;
mod economics;
mod experiments;
mod held;
mod law;
mod limits;
mod manners;
mod needs;
mod outcomes;
mod plans;
mod rule;
mod text;
mod units;
mod visibility;
mod wallet;
mod ways;

pub use about::{About, about, is_id};
pub use held::{ELSEWHERE, HELD};
pub use needs::{Needs, Waiting, WaitsFor};
pub use rule::{Elsewhere, Held, Rule};

use crate::contract::file::Reading;
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use rule::Subject;

/// A group of rules with its heading.
pub struct Group {
    /// The letter its ids begin with.
    pub letter: char,
    /// Its heading.
    pub title: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
}

/// Every rule, by group, in the order of the documentation.
pub const GROUPS: &[Group] = &[
    Group { letter: 'U', title: "Units and words", rules: units::RULES },
    Group { letter: 'O', title: "Outcomes and failure", rules: outcomes::RULES },
    Group { letter: 'V', title: "Visibility", rules: visibility::RULES },
    Group { letter: 'P', title: "Plans", rules: plans::RULES },
    Group { letter: 'W', title: "Wallet", rules: wallet::RULES },
    Group { letter: 'L', title: "Limits and spikes", rules: limits::RULES },
    Group { letter: 'E', title: "Economics", rules: economics::RULES },
    Group { letter: 'G', title: "Ask counsel", rules: law::RULES },
    Group { letter: 'X', title: "Experiments and roll-out", rules: experiments::RULES },
    Group { letter: 'M', title: "The checks themselves", rules: manners::RULES },
];

/// Every rule.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.rules)
}

/// The rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// What the rules say of what was read.
pub struct Linted {
    /// Everything they find, in the order of the files. A waived finding stays, as information that
    /// says who accepted it and until when.
    pub findings: Vec<Diagnostic>,
    /// The rules that could not be asked: all of them where the contract could not be compiled.
    pub waiting: Vec<Waiting>,
}

/// Asks every rule that can be asked. `today` ages costs and waivers.
#[must_use]
pub fn lint(reading: &Reading, today: Date) -> Linted {
    let Some(subject) = Subject::of(reading, today) else {
        let waits_for = WaitsFor::Errors;
        let waiting = rules().map(|rule| Waiting { rule, waits_for }).collect();
        return Linted { findings: Vec::new(), waiting };
    };
    let mut found = Vec::new();
    let mut waiting = Vec::new();
    for rule in rules() {
        match needs::missing(rule.needs, &subject) {
            Some(waits_for) => waiting.push(Waiting { rule, waits_for }),
            None => found.extend(
                (rule.check)(&subject).into_iter().map(|finding| finding.into_diagnostic(rule)),
            ),
        }
    }
    let mut findings = manners::waived(&subject, found);
    findings.sort_by_key(|d| (d.place.file, d.place.span.start, d.id));
    Linted { findings, waiting }
}
