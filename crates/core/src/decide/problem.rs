//! What can be wrong with a command that is not a refused run: closed, each with its status.

use crate::contract::Contract;
use crate::contract::file::reading::{distance, listed, quoted};
use crate::id::{Name, RunId};
use crate::phrase;
use crate::time::Time;

/// A command that cannot be applied as it is. Nothing was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field is malformed.
    InvalidRequest {
        /// Which.
        field: &'static str,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// Something named does not exist.
    NotFound {
        /// What: `customer`, `action`, `run`, `plan`, …
        what: &'static str,
    },
    /// The contract has no such action: a [`Self::NotFound`] that says which there are.
    NoAction {
        /// What was asked for.
        asked: Name,
        /// Those that there are, the nearest in writing first: at most [`Self::NAMED`].
        there: Vec<Name>,
        /// How many more there are.
        more: usize,
    },
    /// What comes before it is not here yet, and may be on its way.
    TooEarly {
        /// Of what: `payment`, `subscription`.
        what: &'static str,
    },
    /// The customer exists already.
    AlreadyDone,
    /// Not with this key.
    Forbidden,
    /// More than the key's role may give in one act: its limit.
    AboveYourLimit(crate::Amount),
    /// The plan sells no credits.
    TopUpsNotOffered,
    /// The run has ended otherwise.
    AlreadySettled,
    /// The time for corrections was over at this instant.
    TooLateToCorrect(Time),
    /// The payment was booked with other content.
    PaymentReused,
    /// The quote was used by another run.
    QuoteUsed,
    /// The quote was honoured until this instant.
    QuoteExpired(Time),
    /// The quote is altered, foreign or unreadable.
    QuoteInvalid,
    /// The quote binds something else: this field.
    QuoteMismatch(&'static str),
    /// Nothing was charged, or all of it is back.
    NothingToRefund,
    /// More than what is left of the charge: this much.
    RefundExceedsCharged(crate::Amount),
    /// The correction would cost the customer more, or changes nothing.
    CorrectionNotInFavour,
    /// A correction of a run that only opened again what this one delivered.
    OpenedAgain(Option<RunId>),
    /// The override is worse than the plan, in this field.
    OverrideNotBetter(&'static str),
}

impl Problem {
    /// The words of all of them, as [`Problem::word`] gives them.
    pub const WORDS: [&'static str; 18] = [
        "invalid_request",
        "not_found",
        "too_early",
        "already_done",
        "forbidden",
        "above_your_limit",
        "top_ups_not_offered",
        "already_settled",
        "too_late_to_correct",
        "payment_reused",
        "quote_used",
        "quote_expired",
        "quote_invalid",
        "quote_mismatch",
        "nothing_to_refund",
        "refund_exceeds_charged",
        "correction_not_in_favour",
        "override_not_better",
    ];

    /// Its stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::InvalidRequest { .. } => "invalid_request",
            Self::NotFound { .. } | Self::NoAction { .. } => "not_found",
            Self::TooEarly { .. } => "too_early",
            Self::AlreadyDone => "already_done",
            Self::Forbidden => "forbidden",
            Self::AboveYourLimit(_) => "above_your_limit",
            Self::TopUpsNotOffered => "top_ups_not_offered",
            Self::AlreadySettled => "already_settled",
            Self::TooLateToCorrect(_) => "too_late_to_correct",
            Self::PaymentReused => "payment_reused",
            Self::QuoteUsed => "quote_used",
            Self::QuoteExpired(_) => "quote_expired",
            Self::QuoteInvalid => "quote_invalid",
            Self::QuoteMismatch(_) => "quote_mismatch",
            Self::NothingToRefund => "nothing_to_refund",
            Self::RefundExceedsCharged(_) => "refund_exceeds_charged",
            Self::CorrectionNotInFavour | Self::OpenedAgain(_) => "correction_not_in_favour",
            Self::OverrideNotBetter(_) => "override_not_better",
        }
    }

    /// The status of an HTTP answer.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::Forbidden | Self::AboveYourLimit(_) | Self::TopUpsNotOffered => 403,
            Self::NotFound { .. } | Self::NoAction { .. } => 404,
            Self::TooEarly { .. }
            | Self::AlreadyDone
            | Self::AlreadySettled
            | Self::TooLateToCorrect(_)
            | Self::PaymentReused
            | Self::QuoteUsed => 409,
            Self::QuoteExpired(_) => 410,
            Self::InvalidRequest { .. }
            | Self::QuoteInvalid
            | Self::QuoteMismatch(_)
            | Self::NothingToRefund
            | Self::RefundExceedsCharged(_)
            | Self::CorrectionNotInFavour
            | Self::OpenedAgain(_)
            | Self::OverrideNotBetter(_) => 422,
        }
    }

    /// A malformed field.
    #[must_use]
    pub fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::InvalidRequest { field, reason: reason.into() }
    }

    /// How many actions are named where one was not found.
    pub const NAMED: usize = 10;

    /// Nothing in this contract is called so. Whoever asks may read the names: they stand in the
    /// contract that they live under.
    #[must_use]
    pub fn no_action(asked: &Name, contract: &Contract) -> Self {
        let mut there: Vec<&Name> = contract.actions.iter().map(|action| &action.id).collect();
        there.sort_by_cached_key(|name| distance(asked, name));
        let more = there.len().saturating_sub(Self::NAMED);
        let there = there.into_iter().take(Self::NAMED).cloned().collect();
        Self::NoAction { asked: asked.clone(), there, more }
    }

    /// What happened and what to do, for people.
    #[must_use]
    pub fn detail(&self) -> String {
        let text = match self {
            Self::InvalidRequest { field, reason } => format!("`{field}`: {reason}"),
            Self::NotFound { what } => format!("There is no such {what} here."),
            Self::NoAction { asked, there, more } => no_action(asked, there, *more),
            Self::TooEarly { what } => {
                format!("What was told of this {what} before it is not here yet. Send it again later.")
            }
            Self::AlreadyDone => "This was done before.".to_owned(),
            Self::Forbidden => "This key may not do that. Use a secret key.".to_owned(),
            Self::AboveYourLimit(limit) => {
                format!("Your role may give at most {limit} credits in one act. Ask somebody whose role may give more.")
            }
            Self::TopUpsNotOffered => "This plan sells no extra credits. Change the plan first.".to_owned(),
            Self::AlreadySettled => "This run has already ended otherwise. Its receipt says how; use `correct` to mend it.".to_owned(),
            Self::TooLateToCorrect(at) => format!("Corrections of this run were possible until {at}. Use a refund."),
            Self::PaymentReused => "This payment was booked with other content. Send the content it was booked with.".to_owned(),
            Self::QuoteUsed => "This quote has served its run. Ask for a new one.".to_owned(),
            Self::QuoteExpired(at) => format!("This quote was honoured until {at}. Ask for a new one."),
            Self::QuoteInvalid => "This quote cannot be read: altered, cut or not ours. Ask for a new one.".to_owned(),
            Self::QuoteMismatch(field) => format!("The quote binds another `{field}`. Leave it out, or ask for a new quote."),
            Self::NothingToRefund => "Nothing of this run is charged, so there is nothing to give back.".to_owned(),
            Self::RefundExceedsCharged(left) => format!("Of what this run charged, no more than {left} is left to give back."),
            Self::CorrectionNotInFavour => "A correction may only lower what the customer paid.".to_owned(),
            Self::OpenedAgain(Some(run)) => {
                format!("This run only opened again what {run} delivered: correct that run.")
            }
            Self::OpenedAgain(None) => "This run only opened again what another delivered: correct that run.".to_owned(),
            Self::OverrideNotBetter(field) => format!("`{field}` is not better than the plan already gives. Special terms may only be better."),
        };
        format!("{} Nothing was applied.", phrase::stop(&text))
    }
}

fn no_action(asked: &Name, there: &[Name], more: usize) -> String {
    let are = if there.len() == 1 { "is" } else { "are" };
    let names = there.iter().map(Name::as_str);
    let text = format!("There is no action {} here: there {are} ", quoted(asked));
    match more {
        0 => format!("{text}{}.", listed(names)),
        more => {
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            format!("{text}{} and {more} more.", names.join(", "))
        }
    }
}
