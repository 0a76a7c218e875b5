//! Why something was taken, or was free: one sentence for each rule and outcome, for customers.
//!
//! The sentence says the rule and nothing else: how much it was, what is left and what can be done
//! stands in the contract's own words (`words`). It is the same in every contract, so that the same
//! rule always reads the same.

use super::Outcome;
use crate::amount::Amount;
use crate::entry::Rule;

/// Why a run that ended cost what it did. `unit` is what one of it is called.
///
/// ```
/// use probity_core::Amount;
/// use probity_core::contract::{Outcome, why};
/// use probity_core::entry::Rule;
/// let five = Amount::credits(5);
/// let charged = why::ended(Rule::Charge, Outcome::Delivered, five, "tailored document");
/// assert_eq!(charged, "Taken because the tailored document was delivered.");
/// let free = why::ended(Rule::OutcomeFree, Outcome::Failed, Amount::ZERO, "tailored document");
/// assert_eq!(free, "Free: it failed.");
/// ```
#[must_use]
pub fn ended(rule: Rule, outcome: Outcome, charged: Amount, unit: &str) -> String {
    let text = match rule {
        Rule::Charge | Rule::Share | Rule::Quantity if charged.is_zero() => paid_nothing(rule),
        Rule::PaidEvenIf if charged.is_zero() => "Free: there was nothing left to pay.",
        Rule::Charge if outcome == Outcome::Delivered => {
            return format!("Taken because the {unit} was delivered.");
        }
        Rule::Charge => taken_whole(outcome),
        Rule::Share if outcome == Outcome::Abandoned => {
            "Taken in part: you left, and you pay for what had arrived by then."
        }
        Rule::Share => "Taken in part: you pay for what was delivered, and not for the rest.",
        Rule::Quantity if outcome == Outcome::Abandoned => {
            "Taken for what had arrived when you left."
        }
        Rule::Quantity => "Taken by quantity: you pay for as many as were delivered.",
        Rule::PaidEvenIf => harsh(outcome),
        Rule::Corrected => corrected(outcome),
        Rule::OutcomeFree => outcome_free(outcome),
        Rule::FreeAction => "Free: this costs nothing.",
        Rule::Allowance => "Free: within your allowance.",
        Rule::Reopened if outcome == Outcome::Reopened => "Free: you had this already.",
        Rule::Reopened => "Free: nothing is taken twice for the same.",
        Rule::SameAgain => "Free: the same again, within the time in which that costs nothing.",
        Rule::Redo => "Free: a redo that comes with it.",
        Rule::OnYourKey => "Free from us: it ran on your own AI key.",
        Rule::Experiment => "Free: a trial run.",
        Rule::TooSlow => "Free: it was not finished in time.",
        Rule::Shadow => "Free: nothing is charged for this now.",
        Rule::Announce => "Free: charging for this has not started.",
    };
    text.to_owned()
}

const fn paid_nothing(rule: Rule) -> &'static str {
    match rule {
        Rule::Share => "Free: the part that was delivered is too small to be charged.",
        Rule::Quantity => "Free: nothing that costs was delivered.",
        _ => "Free: it was paid for already.",
    }
}

const fn taken_whole(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Abandoned => "Taken because the result had begun to arrive when you left.",
        Outcome::Partial => "Taken because a part was delivered.",
        _ => "Taken as the contract says.",
    }
}

const fn harsh(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Empty => "Taken though nothing was found, as you agreed before it started.",
        Outcome::Partial => {
            "Taken though only a part was delivered, as you agreed before it started."
        }
        Outcome::Abandoned => "Taken though you left, as you agreed before it started.",
        _ => "Taken as you agreed before it started.",
    }
}

const fn outcome_free(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Free: nothing is taken for it.",
        Outcome::Partial => "Free: only a part was delivered.",
        Outcome::Empty => "Free: nothing was found.",
        Outcome::Failed => "Free: it failed.",
        Outcome::BadInput => "Free: it could not be worked with.",
        Outcome::Blocked => "Free: a safety rule stopped it.",
        Outcome::Cancelled => "Free: it was stopped before anything arrived.",
        Outcome::Abandoned => "Free: you left before it was finished.",
        Outcome::Reopened => "Free: you had this already.",
    }
}

const fn corrected(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Failed => "Put right: we found out that it had failed.",
        Outcome::Partial => "Put right: we found out that only a part was delivered.",
        Outcome::Empty => "Put right: we found out that nothing was found.",
        Outcome::BadInput => "Put right: we found out that it could not be worked with.",
        Outcome::Blocked => "Put right: we found out that a safety rule had stopped it.",
        Outcome::Cancelled => {
            "Put right: we found out that it was stopped before anything arrived."
        }
        Outcome::Delivered | Outcome::Abandoned | Outcome::Reopened => {
            "Put right: we found out how it really ended."
        }
    }
}

/// Why credits are set aside for a run that has not ended.
#[must_use]
pub const fn held(price: Amount) -> &'static str {
    if price.is_zero() {
        return "It is still running, and nothing is set aside for it.";
    }
    "Set aside while it is running. How it ends says what is taken; the rest comes back."
}

/// Why charged credits came back.
#[must_use]
pub fn given_back(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("Given back after it was taken.", corrected)
}

/// Why credits came.
#[must_use]
pub const fn came(how: Came) -> &'static str {
    match how {
        Came::PlanBegan(true) => "Your plan began, and these come with it.",
        Came::PlanBegan(false) => "Your plan began.",
        Came::Renewed(true) => "The next credits that come with your plan.",
        Came::Renewed(false) => "A new period of your plan began.",
        Came::Bought => "You bought these.",
        Came::Restored => "You bought these; they had been taken back, and are yours again.",
        Came::Gift => "A gift to you.",
        Came::Goodwill => "Given to you as goodwill.",
    }
}

/// How credits came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// A plan began; true: it brought credits.
    PlanBegan(bool),
    /// A period began, or a month of credits in it; true: it brought credits.
    Renewed(bool),
    /// They were paid for.
    Bought,
    /// They were taken back with their payment, and that came to nothing.
    Restored,
    /// They were given.
    Gift,
    /// They were given because we are sorry.
    Goodwill,
}

/// Why credits are gone though they were not spent.
#[must_use]
pub const fn gone(how: Gone) -> &'static str {
    match how {
        Gone::Expired => "Their time was up before they were used.",
        Gone::ClawedBack => "Taken back with the payment that they were bought with.",
        Gone::ClawedBackLater => {
            "Taken back with the payment that they were bought with, now that they are not set aside \
             any more."
        }
    }
}

/// How credits went without being spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Their time was up.
    Expired,
    /// Their payment was taken back.
    ClawedBack,
    /// The same, of what was set aside by then.
    ClawedBackLater,
}
