//! A run beside what today's billing did with it: which of the two takes more, and why.

use super::fact::{Ended, How};
use crate::amount::Amount;
use crate::command::Today;
use crate::contract::Outcome;
use crate::decide::Code;
use crate::entry::Rule;
use serde::Serialize;

/// What would be otherwise. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    Same,
    /// The contract takes more.
    More,
    /// The contract takes less.
    Less,
    /// The contract refuses what is allowed today.
    WouldStop,
    /// The contract allows what is refused today.
    WouldNotStop,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Same, Self::More, Self::Less, Self::WouldStop, Self::WouldNotStop];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::More => "more",
            Self::Less => "less",
            Self::WouldStop => "would_stop",
            Self::WouldNotStop => "would_not_stop",
        }
    }

    /// Its sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Same => "The same",
            Self::More => "We charge more",
            Self::Less => "We charge less",
            Self::WouldStop => "We would stop it",
            Self::WouldNotStop => "We would not stop it",
        }
    }
}

/// What explains a difference: the code that refuses, or the rule that charges. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// It is refused.
    Denied(Code),
    /// It ended so, and this rule decided.
    Ruled(Rule, Outcome),
    /// It came too late.
    TooLate,
}

impl Cause {
    /// Its word.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Denied(code) => code.word().to_owned(),
            Self::TooLate => "too_slow".to_owned(),
            Self::Ruled(Rule::OutcomeFree, outcome) => format!("{}_free", outcome.word()),
            Self::Ruled(rule, _) => match rule {
                Rule::Charge | Rule::Shadow | Rule::Announce | Rule::OutcomeFree => "price_differs",
                Rule::Corrected => "corrected",
                Rule::Share => "partial_share",
                Rule::Quantity => "by_quantity",
                Rule::FreeAction => "free_action",
                Rule::Allowance => "allowance",
                Rule::Reopened => "owned",
                Rule::SameAgain => "same_again",
                Rule::Redo => "free_redo",
                Rule::OnYourKey => "on_your_key",
                Rule::Experiment => "experiment",
                Rule::PaidEvenIf => "paid_even_if",
                Rule::TooSlow => "too_slow",
            }
            .to_owned(),
        }
    }

    /// Why, in a sentence for whoever decides about it.
    #[must_use]
    pub fn says(self) -> String {
        let text = match self {
            Self::Denied(code) => {
                return format!("The contract refuses it: {}.", code.title().to_lowercase());
            }
            Self::TooLate => "It was reported after its time was up: free.",
            Self::Ruled(Rule::OutcomeFree, outcome) => {
                return format!("What ends `{}` is free.", outcome.word());
            }
            Self::Ruled(rule, _) => match rule {
                Rule::Charge | Rule::Shadow | Rule::Announce | Rule::OutcomeFree => {
                    "The contract's price is another one."
                }
                Rule::Corrected => "It was corrected afterwards.",
                Rule::Share => "Only the part that arrived is paid.",
                Rule::Quantity => "It is paid by the quantity that arrived.",
                Rule::FreeAction => "The action is free.",
                Rule::Allowance => "It is within the plan's allowance.",
                Rule::Reopened => "They own it already: opening it again is free.",
                Rule::SameAgain => "It is the same again, within the time in which that is free.",
                Rule::Redo => "It is a free redo.",
                Rule::OnYourKey => "Their own key pays for it.",
                Rule::Experiment => "It is a trial run.",
                Rule::PaidEvenIf => "It is paid whatever comes of it, as they agreed before.",
                Rule::TooSlow => "It was too slow: free.",
            },
        };
        text.to_owned()
    }
}

/// What would be otherwise with a run, and why; None: nothing is known of today's billing.
///
/// Where today's billing says only whether it allowed a run, only that is compared; where it says
/// only what it took, it allowed it.
#[must_use]
pub fn compare(ended: &Ended, today: Option<&Today>) -> Option<(Verdict, Cause)> {
    let today = today.filter(|today| today.charged.is_some() || today.allowed.is_some())?;
    let allowed = today.allowed.unwrap_or(true);
    let ruled = match ended.how {
        How::Late => Cause::TooLate,
        _ => Cause::Ruled(ended.rule, ended.outcome),
    };
    Some(match ended.denial {
        Some(code) if allowed => (Verdict::WouldStop, Cause::Denied(code)),
        None if !allowed => (Verdict::WouldNotStop, ruled),
        denial => {
            let cause = denial.map_or(ruled, Cause::Denied);
            (by_amount(ended.charged, today.charged), cause)
        }
    })
}

fn by_amount(would: Amount, today: Option<Amount>) -> Verdict {
    match today {
        Some(today) if would > today => Verdict::More,
        Some(today) if would < today => Verdict::Less,
        _ => Verdict::Same,
    }
}
