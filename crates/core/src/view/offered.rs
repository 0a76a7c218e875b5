//! The shapes of what is offered, as they leave the program in JSON: checks and prices. Field names and
//! meanings are fixed.

use super::answers::{DenialCard, WouldBe};
use crate::amount::Amount;
use crate::contract::ContractRef;
use crate::id::Name;
use serde::Serialize;

/// Would a run be allowed, and at what price?
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Would it start?
    pub allowed: bool,
    /// Which action.
    pub action: Name,
    /// What it would cost.
    pub price: Amount,
    /// In money.
    pub money: Option<String>,
    /// The price is the most it may come to: how many units there will be is not known.
    pub at_most: bool,
    /// It runs on the customer's own AI key, whose provider bills them besides.
    pub own_key: bool,
    /// Show the price and ask first.
    pub ask: bool,
    /// It is owned, or the same again.
    pub reopened: bool,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// Why not.
    pub denial: Option<DenialCard>,
    /// What the customer reads.
    pub words: String,
    /// What the contract tells of runs on the customer's own key; null elsewhere.
    pub tell: Option<String>,
    /// The version it is judged under.
    pub contract: ContractRef,
    /// The last entry it has seen.
    pub as_of_seq: u64,
}

/// One action as it is offered: its price, what allows or forbids it, the words for its button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PriceLine {
    /// Which action.
    pub action: Name,
    /// Its name.
    pub name: String,
    /// What one of it is called.
    pub unit: String,
    /// What it would cost now; by quantity, at most.
    pub price: Amount,
    /// In money.
    pub money: Option<String>,
    /// The price is the most it may come to: how many units there will be is not known.
    pub at_most: bool,
    /// It runs on the customer's own AI key, whose provider bills them besides.
    pub own_key: bool,
    /// It costs nothing now.
    pub free: bool,
    /// It may be charged though nothing is found, and must be agreed to.
    pub harsh: bool,
    /// Show the price and ask first.
    pub ask: bool,
    /// Would it start?
    pub allowed: bool,
    /// Why not.
    pub denial: Option<DenialCard>,
    /// Units left of its allowance; null where it has none.
    pub left: Option<u64>,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// What the customer reads.
    pub words: String,
}

/// Every action with its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prices {
    /// In the contract's order.
    pub items: Vec<PriceLine>,
    /// The last entry this has seen.
    pub as_of_seq: u64,
}

/// Several checks, judged one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    /// Each, given those before it.
    pub items: Vec<Check>,
    /// What those that fit would cost.
    pub total: Amount,
    /// How many fit.
    pub fits: usize,
    /// Show the total and ask first.
    pub ask: bool,
}
