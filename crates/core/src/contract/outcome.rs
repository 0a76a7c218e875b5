//! The nine ways a run can end, and what each costs the customer.

/// How a run ended. A closed list: every action has an answer for all nine.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer has what the action promises.
    Delivered,
    /// A part of it arrived.
    Partial,
    /// We looked and found nothing.
    Empty,
    /// Our error, a supplier's error, or too slow.
    Failed,
    /// Turned out not to be workable.
    BadInput,
    /// Stopped by a safety rule or a model's refusal.
    Blocked,
    /// The customer stopped before anything arrived.
    Cancelled,
    /// The customer left after the result had begun to arrive.
    Abandoned,
    /// Something owned already was opened again.
    Reopened,
}

impl Outcome {
    /// All nine, in the order they are written.
    pub const ALL: [Self; 9] = [
        Self::Delivered,
        Self::Partial,
        Self::Empty,
        Self::Failed,
        Self::BadInput,
        Self::Blocked,
        Self::Cancelled,
        Self::Abandoned,
        Self::Reopened,
    ];

    /// Its word in files, requests and receipts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Partial => "partial",
            Self::Empty => "empty",
            Self::Failed => "failed",
            Self::BadInput => "bad_input",
            Self::Blocked => "blocked",
            Self::Cancelled => "cancelled",
            Self::Abandoned => "abandoned",
            Self::Reopened => "reopened",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.word() == word)
    }

    /// Must it be free whatever a contract says? (Invariant 4.)
    #[must_use]
    pub const fn never_charges(self) -> bool {
        matches!(
            self,
            Self::Failed | Self::BadInput | Self::Blocked | Self::Cancelled | Self::Reopened
        )
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// What an outcome costs the customer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// The whole price, or the quantity's.
    Charge,
    /// price × parts ÷ total, rounded down to `credit.smallest`.
    Share,
    /// Nothing.
    Free,
}

impl Treatment {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Charge, Self::Share, Self::Free];

    /// Its word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Share => "share",
            Self::Free => "free",
        }
    }
}

/// One answer for each of the nine outcomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcomes([Treatment; 9]);

impl Outcomes {
    /// The fair default: only what was delivered, the share of a part, and what was abandoned charge.
    pub const FAIR: Self = Self([
        Treatment::Charge,
        Treatment::Share,
        Treatment::Free,
        Treatment::Free,
        Treatment::Free,
        Treatment::Free,
        Treatment::Free,
        Treatment::Charge,
        Treatment::Free,
    ]);

    /// What this outcome costs.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> Treatment {
        self.0.get(outcome.index()).copied().unwrap_or(Treatment::Free)
    }

    /// The same answers, but this one.
    #[must_use]
    pub fn with(mut self, outcome: Outcome, treatment: Treatment) -> Self {
        if let Some(slot) = self.0.get_mut(outcome.index()) {
            *slot = treatment;
        }
        self
    }
}
