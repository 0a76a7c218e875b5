//! Actions: what a customer can press, in a unit they understand, and its price.

use super::outcome::{Outcome, Outcomes};
use crate::amount::Amount;
use crate::id::Name;
use crate::time::Length;

/// Something a customer can press.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its id in files and requests: the key under `actions`.
    pub id: Name,
    /// Key `name`: what the button says.
    pub name: String,
    /// Key `unit`: one of what (`tailored document`).
    pub unit: String,
    /// Key `counts_as`: what makes one.
    pub counts_as: String,
    /// Key `delivered_when`: what "delivered" means. Paid actions must say it (lint U02).
    pub delivered_when: Option<String>,
    /// Key `price`.
    pub price: Tariff,
    /// Key `after_allowance`: the price of each unit beyond a free action's allowance; asked first.
    pub after_allowance: Option<Amount>,
    /// Key `parts`: how many parts a whole result has; `partial` takes its share of them.
    pub parts: Option<u32>,
    /// Keys `charge_once_per` and `same_again_free_for`: what "the same again" is, and costs.
    pub same: SameResult,
    /// Key `free_redo`.
    pub free_redo: Option<FreeRedo>,
    /// Key `paid_even_if`: harsh outcomes, declared.
    pub paid_even_if: Vec<Harsh>,
    /// Key `needs`: inputs without which the run is refused, free, before anything is charged.
    pub needs: Vec<Name>,
    /// Key `exploring`: exempt from caps and the unusual day; offered first as another way.
    pub exploring: bool,
    /// Key `model`: the class it uses unless asked otherwise.
    pub model: Option<Name>,
    /// The contract's outcomes with this action's `paid_even_if` in them.
    pub outcomes: Outcomes,
    /// Key `too_slow_after`, or the contract's `failures.too_slow_after`.
    pub too_slow_after: Length,
}

impl Action {
    /// Is its price by quantity?
    #[must_use]
    pub const fn is_per_quantity(&self) -> bool {
        matches!(self.price, Tariff::Each { .. })
    }

    /// Is anything harsh declared that costs something?
    #[must_use]
    pub fn is_harsh(&self) -> bool {
        self.paid_even_if.iter().any(|h| self.outcomes.of(h.outcome) != super::Treatment::Free)
    }

    /// The harsh rule for this outcome, if one is declared.
    #[must_use]
    pub fn harsh(&self, outcome: Outcome) -> Option<&Harsh> {
        self.paid_even_if.iter().find(|h| h.outcome == outcome)
    }
}

/// What one run costs in credits.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tariff {
    /// Nothing.
    Free,
    /// The same for every run.
    Fixed(Amount),
    /// By quantity n: clamp(each × n, at_least, at_most).
    Each {
        /// The price of one.
        each: Amount,
        /// The least a run costs.
        at_least: Option<Amount>,
        /// The most a run costs; held where no quantity is given.
        at_most: Option<Amount>,
        /// The largest quantity taken; more is refused, free.
        up_to: Option<u64>,
    },
}

impl Tariff {
    /// What `units` cost: clamp(each × units, at_least, at_most); other tariffs do not count units.
    /// `None` beyond what can be counted.
    #[must_use]
    pub fn of_quantity(&self, units: u64) -> Option<Amount> {
        match *self {
            Self::Free => Some(Amount::ZERO),
            Self::Fixed(price) => Some(price),
            Self::Each { each, at_least, at_most, .. } => {
                let price = each.times(units)?.max(at_least.unwrap_or(Amount::ZERO));
                Some(at_most.map_or(price, |most| price.min(most)))
            }
        }
    }
}

/// A price as a plan or an override writes it.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Price {
    /// The credits; [`Tariff::Free`] for `on your key` alone.
    pub credits: Tariff,
    /// `on your key`: needs a working key on an own-key plan, whose bill the customer pays.
    pub on_your_key: bool,
}

/// What counts as the same again, and what it costs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SameResult {
    /// `charge_once_per: map`: the noun. An artifact is required; delivered or paid in full it is owned.
    pub once_per: Option<String>,
    /// `same_again_free_for: 90 days`, from the last settle that was not itself a reopening.
    pub free_for: Option<Length>,
}

/// `free_redo: { times, within }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeRedo {
    /// How many redos of one artifact are free.
    pub times: u32,
    /// How long after the delivery they may be taken.
    pub within: Length,
}

/// A harsh rule, declared: this outcome charges though the customer got nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Harsh {
    /// Which outcome.
    pub outcome: Outcome,
    /// Why, in the contract's words.
    pub why: String,
    /// The warning shown before each run; may use `{price}` and `{found_rate}`.
    pub warning: super::words::Template,
}
