//! Plans: operating models, not wallet sizes.

use super::action::Price;
use super::table::Table;
use crate::amount::Amount;
use crate::id::Name;
use crate::money::Money;
use crate::time::Per;
use std::collections::BTreeMap;

/// An operating model: what runs are paid from, what is offered, its ceilings and its ways out.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id: the key under `plans`.
    pub id: Name,
    /// Key `name`: what it is called; None: its id as a word.
    pub name: Option<String>,
    /// Key `for`: whom it suits.
    pub suits: Option<String>,
    /// Key `runs_on`.
    pub runs_on: RunsOn,
    /// Key `price`; None: free of charge.
    pub price: Option<PlanPrice>,
    /// Key `credits`: what each of its periods brings. None: none.
    pub credits: Option<Amount>,
    /// How often the credits come: the plan price's unit, or what `credits` says.
    pub credits_per: Per,
    /// Key `offers`, resolved: every offered action.
    pub offers: Table<()>,
    /// Key `best_model`: a class; None: no ceiling.
    pub best_model: Option<Name>,
    /// Key `allowances`: free units of an action per window.
    pub allowances: BTreeMap<Name, Allowance>,
    /// Key `prices`: what differs from the actions' own prices.
    pub prices: BTreeMap<Name, Price>,
    /// Key `top_ups`: are credits sold on this plan?
    pub top_ups: bool,
    /// Key `why`: reasons for what it leaves out, by key (`top_ups`, `offers`, `best_model`).
    pub why: BTreeMap<Name, String>,
    /// Key `when_short`: the ways forward, in order.
    pub when_short: Vec<WhenShort>,
    /// Key `own_key`.
    pub own_key: Option<OwnKey>,
}

impl Plan {
    /// What it is called in sentences: its name, else its id as a word, `Pro`.
    #[must_use]
    pub fn title(&self) -> String {
        let as_a_word = || crate::phrase::sentence(&self.id.replace('_', " "));
        self.name.clone().unwrap_or_else(as_a_word)
    }

    /// Is the action among the offers?
    #[must_use]
    pub fn is_offering(&self, action: &str) -> bool {
        self.offers.position(action).is_some()
    }

    /// The unit of its paid period: a month where it has no price.
    #[must_use]
    pub fn period(&self) -> Per {
        self.price.map_or(self.credits_per, |p| p.per)
    }
}

/// What runs of a plan are paid from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunsOn {
    /// The wallet.
    Credits,
    /// The customer's own AI key, for actions priced `on your key`; all else as on credits.
    OwnKey,
    /// Us: every offered action is free within its allowance, counted in `we_pay_at_most`.
    Us,
}

impl RunsOn {
    /// Its word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Credits => "credits",
            Self::OwnKey => "own_key",
            Self::Us => "us",
        }
    }
}

/// `$12 a month`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanPrice {
    /// How much.
    pub money: Money,
    /// How often.
    pub per: Per,
}

impl std::fmt::Display for PlanPrice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} a {}", short_money(self.money), self.per.word())
    }
}

/// `$9`, not `$9.00`, as people write plan prices.
fn short_money(money: Money) -> String {
    let text = money.to_string();
    text.strip_suffix(".00").map(String::from).unwrap_or(text)
}

/// `150 a month`: free units per window.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Allowance {
    /// How many units.
    pub units: u64,
    /// Per what.
    pub per: Per,
}

impl std::fmt::Display for Allowance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} a {}", self.units, self.per.word())
    }
}

/// A way out that a plan lists under `when_short`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WhenShort {
    /// `wait`.
    Wait,
    /// `top_up`.
    TopUp,
    /// `{ switch_to: PLAN }`.
    SwitchTo(Name),
    /// `contact`.
    Contact,
}

/// `own_key` of a plan that runs on the customer's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnKey {
    /// Key `monthly_cap`: of what their provider bills for our calls; then those actions stop until raised.
    pub monthly_cap: Option<Money>,
    /// Key `tell`: what the customer is told about their provider's bills.
    pub tell: Option<String>,
}
