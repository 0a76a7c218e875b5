//! The reasons for which a run can be refused: closed, ordered, each with its HTTP status.

use serde::{Deserialize, Serialize};

/// Why a run is refused. The order is the order of the questions: the first "no" is the answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Paused by an operator, or an unusual day.
    Paused,
    /// The plan's next period is not paid.
    RenewalDue,
    /// The plan does not offer the action, or it may not be tried out.
    NotInPlan,
    /// The model is above the best allowed, or unknown.
    ModelAbovePlan,
    /// No working key for an action priced on the customer's key.
    OwnKeyMissing,
    /// The customer's cap on their own key is used.
    OwnKeyCap,
    /// A needed input is missing, or the quantity is above what is taken.
    BadInput,
    /// Something must be agreed to first.
    ConfirmationNeeded,
    /// The same artifact is being worked on.
    InProgress,
    /// The same artifact failed too often.
    ItemPaused,
    /// Too many runs at once.
    TooManyAtOnce,
    /// A surge pauses free actions.
    Surge,
    /// Our budget for free runs is spent.
    OurBudgetUsed,
    /// The allowance is used and nothing is for sale beyond.
    AllowanceUsed,
    /// Above the caller's `max_price`.
    PriceAboveMax,
    /// A spend cap, the member's or the customer's.
    SpendCapReached,
    /// Enough credits, but set aside for work in progress.
    CreditsInFlight,
    /// Too few credits.
    NotEnoughCredits,
}

impl Code {
    /// All of them, in order.
    pub const ALL: [Self; 18] = [
        Self::Paused,
        Self::RenewalDue,
        Self::NotInPlan,
        Self::ModelAbovePlan,
        Self::OwnKeyMissing,
        Self::OwnKeyCap,
        Self::BadInput,
        Self::ConfirmationNeeded,
        Self::InProgress,
        Self::ItemPaused,
        Self::TooManyAtOnce,
        Self::Surge,
        Self::OurBudgetUsed,
        Self::AllowanceUsed,
        Self::PriceAboveMax,
        Self::SpendCapReached,
        Self::CreditsInFlight,
        Self::NotEnoughCredits,
    ];

    /// Its word in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::RenewalDue => "renewal_due",
            Self::NotInPlan => "not_in_plan",
            Self::ModelAbovePlan => "model_above_plan",
            Self::OwnKeyMissing => "own_key_missing",
            Self::OwnKeyCap => "own_key_cap",
            Self::BadInput => "bad_input",
            Self::ConfirmationNeeded => "confirmation_needed",
            Self::InProgress => "in_progress",
            Self::ItemPaused => "item_paused",
            Self::TooManyAtOnce => "too_many_at_once",
            Self::Surge => "surge",
            Self::OurBudgetUsed => "our_budget_used",
            Self::AllowanceUsed => "allowance_used",
            Self::PriceAboveMax => "price_above_max",
            Self::SpendCapReached => "spend_cap_reached",
            Self::CreditsInFlight => "credits_in_flight",
            Self::NotEnoughCredits => "not_enough_credits",
        }
    }

    /// Its title for people: `Not enough credits`.
    #[must_use]
    pub fn title(self) -> String {
        let text = self.word().replace('_', " ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }

    /// The status of an HTTP answer.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::RenewalDue
            | Self::PriceAboveMax
            | Self::SpendCapReached
            | Self::CreditsInFlight
            | Self::NotEnoughCredits => 402,
            Self::Paused
            | Self::NotInPlan
            | Self::ModelAbovePlan
            | Self::OwnKeyMissing
            | Self::OwnKeyCap
            | Self::ItemPaused => 403,
            Self::InProgress => 409,
            Self::BadInput => 422,
            Self::ConfirmationNeeded => 428,
            Self::TooManyAtOnce | Self::Surge | Self::OurBudgetUsed | Self::AllowanceUsed => 429,
        }
    }

    /// Are credits short, rather than anything forbidden?
    #[must_use]
    pub const fn is_about_credits(self) -> bool {
        matches!(self, Self::NotEnoughCredits | Self::CreditsInFlight)
    }

    /// Does asking again, unchanged and soon, help?
    #[must_use]
    pub const fn retry_helps(self) -> bool {
        matches!(self, Self::InProgress | Self::TooManyAtOnce | Self::CreditsInFlight)
    }
}
