//! The private half: what the promises cost us, how they are rolled out, special deals.

use super::Percent;
use super::action::Price;
use super::plan::Allowance;
use super::prices::PriceMap;
use crate::amount::Amount;
use crate::id::Name;
use crate::money::{Cost, Money};
use crate::time::Per;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// `operations.yaml`, compiled. Its revision is given at publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operations {
    /// Key `operates`: the contract's name.
    pub operates: Name,
    /// The revision: given at publishing, counted from 1.
    pub revision: u32,
    /// Key `costs`; None: costs are unknown.
    pub costs: Option<Costs>,
    /// Key `surge`.
    pub surge: Option<Surge>,
    /// Key `rollout`.
    pub rollout: Rollout,
    /// Key `store_down`.
    pub store_down: StoreDown,
    /// Key `overrides.who_may`: the most credits a role may give in one act.
    pub who_may: WhoMay,
    /// Key `overrides.customers`.
    pub overrides: BTreeMap<Name, Override>,
}

impl Operations {
    /// The operations of a contract that has no file for them: nothing known, everything enforced.
    #[must_use]
    pub fn none(contract: &Name) -> Self {
        Self {
            operates: contract.clone(),
            revision: 1,
            costs: None,
            surge: None,
            rollout: Rollout::default(),
            store_down: StoreDown::default(),
            who_may: WhoMay::default(),
            overrides: BTreeMap::new(),
        }
    }
}

/// Most credits each role may give in one act (gift, goodwill, refund, credit line).
pub type WhoMay = BTreeMap<Name, Amount>;

/// Key `costs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Key `as_of`: when these were last looked at.
    pub as_of: Option<Date>,
    /// Key `overhead`: payment fees, storage, support, as a share of price.
    pub overhead: Percent,
    /// Key `prices`: the price map's file as written.
    pub prices_file: Option<String>,
    /// The price map.
    pub prices: PriceMap,
    /// Key `services`: cost of one call to each supplier.
    pub services: BTreeMap<Name, Cost>,
    /// Key `actions`: cost of one unit of each.
    pub actions: BTreeMap<Name, ActionCost>,
    /// Key `keep_margin.typical`.
    pub keep_typical: Option<Percent>,
    /// Key `keep_margin.worst`.
    pub keep_worst: Option<Percent>,
    /// Key `we_pay_at_most`.
    pub we_pay_at_most: WePay,
}

/// Cost of one unit of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionCost {
    /// Calls to suppliers.
    pub services: BTreeMap<Name, ServiceUse>,
    /// Tokens of a typical unit.
    pub typical: Option<Tokens>,
    /// Tokens of the worst unit; None: as typical.
    pub worst: Option<Tokens>,
    /// Share of runs that fail.
    pub fails: Option<Percent>,
    /// Share of results that are redone.
    pub redone: Option<Percent>,
    /// Share of runs that find nothing.
    pub empty: Option<Percent>,
}

/// `5 to 8` calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceUse {
    /// Typically.
    pub typical: u64,
    /// At worst.
    pub worst: u64,
}

/// Tokens in and out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Read by the model.
    pub input: u64,
    /// Written by it.
    pub output: u64,
}

/// Key `we_pay_at_most`: ceilings on runs that cost the customer nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WePay {
    /// For one customer.
    pub a_customer: Option<(Cost, Per)>,
    /// For everyone together (its month is the calendar month).
    pub everyone: Option<(Cost, Per)>,
}

/// `surge: { when: supplier cost over $400 a day, do: pause_free_actions }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surge {
    /// Supplier cost over this…
    pub over: Cost,
    /// …per this.
    pub per: Per,
}

/// How far enforcement has come.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Decide and record apart; show nothing, block nothing. The most lenient.
    Shadow,
    /// Show, block nothing.
    Announce,
    /// Show, block, charge.
    #[default]
    Enforce,
}

impl Mode {
    /// All three, the most lenient first.
    pub const ALL: [Self; 3] = [Self::Shadow, Self::Announce, Self::Enforce];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shadow => "shadow",
            Self::Announce => "announce",
            Self::Enforce => "enforce",
        }
    }
}

/// Key `rollout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    /// Where neither the action nor the plan is listed.
    pub default: Mode,
    /// By action.
    pub actions: BTreeMap<Name, Mode>,
    /// By plan.
    pub plans: BTreeMap<Name, Mode>,
    /// The share of customers it applies to; the others are in shadow.
    pub share: Percent,
    /// When it may be enforced.
    pub enforce_when: Option<EnforceWhen>,
}

impl Rollout {
    /// May an action be enforced for anybody, whatever their plan is? What is listed for the action and
    /// for a plan counts as the more lenient of the two.
    #[must_use]
    pub fn enforces_for_anybody(&self, action: &Name) -> bool {
        let by_plan = || self.plans.values().any(|mode| *mode == Mode::Enforce);
        let is_enforced = match self.actions.get(action) {
            Some(mode) => *mode == Mode::Enforce,
            None => self.default == Mode::Enforce || by_plan(),
        };
        is_enforced && self.share.millionths() > 0
    }
}

impl Default for Rollout {
    fn default() -> Self {
        Self {
            default: Mode::Enforce,
            actions: BTreeMap::new(),
            plans: BTreeMap::new(),
            share: Percent::WHOLE,
            enforce_when: None,
        }
    }
}

/// Key `rollout.enforce_when`: the gate from shadow to enforce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnforceWhen {
    /// Days watched.
    pub days: Option<u32>,
    /// Runs watched.
    pub runs: Option<u64>,
    /// Mismatches with today's billing below this share.
    pub mismatches_below: Option<Percent>,
    /// Bills that would more than double, at most.
    pub bills_more_than_doubled: Option<u64>,
}

/// Key `store_down`: what happens when the store is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreDown {
    /// In enforce: refuse (true) is the only choice that exists.
    pub enforce_refuses: bool,
    /// In shadow: forward (true) is the only choice that exists.
    pub shadow_forwards: bool,
}

impl Default for StoreDown {
    fn default() -> Self {
        Self { enforce_refuses: true, shadow_forwards: true }
    }
}

/// Special terms for one customer: better than the plan, dated, by somebody, shown to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Override {
    /// Key `plan`: the plan it was agreed for.
    pub plan: Option<Name>,
    /// Key `price`: the plan price agreed; recorded, not compared.
    pub price: Option<(Money, Per)>,
    /// Key `allowances`: keep the plan's window.
    pub allowances: BTreeMap<Name, Allowance>,
    /// Key `prices`.
    pub prices: BTreeMap<Name, Price>,
    /// Key `best_model`.
    pub best_model: Option<Name>,
    /// Key `credit_line`: how far below zero the wallet may go.
    pub credit_line: Option<Amount>,
    /// Key `at_once`.
    pub at_once: Option<u32>,
    /// Key `until`: it ends at 24:00 of this day in the contract's zone.
    pub until: Option<Date>,
    /// Key `by`: the role that agreed.
    pub by: Option<Name>,
    /// Key `reason`.
    pub reason: Option<String>,
}
