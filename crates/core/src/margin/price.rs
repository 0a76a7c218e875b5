//! What one unit of an action brings in credits: usually, and at the least.

use crate::amount::Amount;
use crate::contract::{Action, Plan, RunsOn, Tariff};

/// So many units for so many credits: a ratio, kept unrounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Priced {
    /// The credits.
    pub credits: Amount,
    /// The units they pay for, at least one.
    pub units: u64,
}

/// What one unit brings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnitPrice {
    /// The usual price of a unit.
    pub usual: Priced,
    /// The run in which a unit brings the least; None without bound: `at_most` without `up_to`.
    pub lowest: Option<Priced>,
    /// Does the customer's own key pay for the models?
    pub on_your_key: bool,
}

impl UnitPrice {
    /// The price of an action on a plan: the lower of the plan's and the action's own; nothing on
    /// a plan that runs on us.
    #[must_use]
    pub fn of(action: &Action, plan: Option<&Plan>) -> Self {
        if plan.is_some_and(|p| p.runs_on == RunsOn::Us) {
            return Self::fixed(Amount::ZERO);
        }
        let own = Self::of_tariff(&action.price);
        let Some(special) = plan.and_then(|p| p.prices.get(&action.id)) else {
            return own;
        };
        let theirs = Self::of_tariff(&special.credits);
        let lower = if theirs.usual.credits <= own.usual.credits { theirs } else { own };
        Self { on_your_key: special.on_your_key, ..lower }
    }

    /// The same for every unit.
    pub(super) const fn fixed(credits: Amount) -> Self {
        let priced = Priced { credits, units: 1 };
        Self { usual: priced, lowest: Some(priced), on_your_key: false }
    }

    /// What a tariff brings by itself.
    #[must_use]
    pub fn of_tariff(tariff: &Tariff) -> Self {
        match *tariff {
            Tariff::Free => Self::fixed(Amount::ZERO),
            Tariff::Fixed(credits) => Self::fixed(credits),
            Tariff::Each { each, at_most, up_to, .. } => {
                let usual = Priced { credits: each, units: 1 };
                let lowest = match (at_most, up_to) {
                    (None, _) => Some(usual),
                    (Some(_), None) => None,
                    (Some(most), Some(units)) => Some(largest_run(each, most, units)),
                };
                Self { usual, lowest, on_your_key: false }
            }
        }
    }

    /// Is nothing taken for a unit?
    #[must_use]
    pub const fn is_free(&self) -> bool {
        !self.usual.credits.is_positive()
    }
}

/// The largest run where its price is cut by `at_most`, else one unit.
fn largest_run(each: Amount, most: Amount, units: u64) -> Priced {
    let uncut = each.times(units);
    if units > 0 && uncut.is_none_or(|price| price > most) {
        Priced { credits: most, units }
    } else {
        Priced { credits: each, units: 1 }
    }
}
