//! What one unit of an action costs us: tokens × the price map + calls to suppliers.

use crate::contract::{
    Action, ActionCost, Contract, Costs, ModelClass, ModelPrice, Operations, Plan, RunsOn, Tokens,
};
use crate::id::Name;
use crate::money::Cost;
use std::fmt;

/// What one unit costs, typically and at worst, in dollars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCost {
    /// With the redos and failures there usually are. None: unknown.
    pub typical: Option<Cost>,
    /// With every free redo taken. None: unknown.
    pub worst: Option<Cost>,
    /// On the customer's own key: what their AI provider bills for one typical unit.
    /// None: not on their key, or unknown.
    pub own_key: Option<Cost>,
    /// Why a cost is not known, once each.
    pub unknown: Vec<Unknown>,
}

/// Why a cost is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// There are no costs at all.
    Costs,
    /// The action has no entry under `costs.actions`.
    Action(Name),
    /// The action names a model class, but no tokens are given for it.
    Tokens(Name),
    /// The price map lacks this model, or a price of it.
    Model(String),
    /// `costs.services` lacks this supplier.
    Service(Name),
    /// It is beyond what can be counted.
    TooLarge,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Costs => f.write_str("there are no costs in operations.yaml"),
            Self::Action(action) => write!(f, "costs.actions has no entry for {action}"),
            Self::Tokens(action) => write!(f, "costs.actions.{action} gives no tokens"),
            Self::Model(model) => write!(f, "the price map has no complete price for {model}"),
            Self::Service(service) => write!(f, "costs.services has no price for {service}"),
            Self::TooLarge => f.write_str("the cost is too large to count"),
        }
    }
}

/// Typical and worst cost of one unit of `action` on `plan` (None: without a plan's ceiling).
///
/// Tokens × the dearest model of the effective class + services; typical × (1 + redone) ×
/// (1 + fails), worst × (1 + free redos) × (1 + fails). On the customer's own key the models are
/// theirs to pay and only the services ours.
#[must_use]
pub fn unit_cost(
    contract: &Contract,
    operations: &Operations,
    action: &Action,
    plan: Option<&Plan>,
) -> UnitCost {
    let (costs, entry) = match entry_of(operations, action) {
        Ok(known) => known,
        Err(why) => return UnitCost::known(Err(why.clone()), Err(why), None),
    };
    let tokens = TokenUse::of(entry);
    let class = effective_class(contract, action, plan);
    let models = |tokens: Option<Tokens>| match tokens {
        Some(tokens) => dearest_cost(costs, class, tokens),
        None if action.model.is_some() => Err(Unknown::Tokens(action.id.clone())),
        None => Ok(Cost::ZERO),
    };
    let theirs = is_on_own_key(action, plan);
    let ours = |tokens| if theirs { Ok(Cost::ZERO) } else { models(tokens) };
    let redone = u64::from(entry.redone.unwrap_or_default().millionths());
    let free_redos = action.free_redo.map_or(0, |r| u64::from(r.times).saturating_mul(ONE));
    let typical = services_cost(costs, entry, |calls| calls.typical)
        .and_then(|services| grown(ours(tokens.typical)?, services, redone, entry));
    let worst = services_cost(costs, entry, |calls| calls.worst)
        .and_then(|services| grown(ours(tokens.worst)?, services, free_redos, entry));
    // What runs on a key calls a model: without its tokens the bill is unknown, not nothing.
    let billed = |tokens: Tokens| dearest_cost(costs, class, tokens).ok();
    let own_key = tokens.typical.filter(|_| theirs).and_then(billed);
    UnitCost::known(typical, worst, own_key)
}

/// What the customer's AI provider bills them, about, for `units` of an action that runs on their
/// key: its typical tokens on the model asked for, else on the dearest of the effective class.
/// None: not on their key, or unknown.
#[must_use]
pub fn own_key_bill(
    contract: &Contract,
    operations: &Operations,
    action: &Action,
    plan: &Plan,
    model: Option<&str>,
    units: u64,
) -> Option<Cost> {
    let asked_for = || {
        let (costs, entry) = entry_of(operations, action).ok()?;
        tokens_cost(costs.prices.price_of(model?)?, TokenUse::of(entry).typical?)
    };
    let usual = unit_cost(contract, operations, action, Some(plan)).own_key?;
    asked_for().unwrap_or(usual).times(units)
}

/// A whole, in millionths.
const ONE: u64 = 1_000_000;

impl UnitCost {
    fn known(
        typical: Result<Cost, Unknown>,
        worst: Result<Cost, Unknown>,
        own_key: Option<Cost>,
    ) -> Self {
        let mut unknown: Vec<_> =
            [&typical, &worst].into_iter().flat_map(|r| r.clone().err()).collect();
        unknown.dedup();
        Self { typical: typical.ok(), worst: worst.ok(), own_key, unknown }
    }
}

fn entry_of<'o>(
    operations: &'o Operations,
    action: &Action,
) -> Result<(&'o Costs, &'o ActionCost), Unknown> {
    let costs = operations.costs.as_ref().ok_or(Unknown::Costs)?;
    let entry = costs.actions.get(&action.id).ok_or_else(|| Unknown::Action(action.id.clone()))?;
    Ok((costs, entry))
}

/// Tokens of a unit; where only one of the two is given it stands for both.
struct TokenUse {
    typical: Option<Tokens>,
    worst: Option<Tokens>,
}

impl TokenUse {
    fn of(entry: &ActionCost) -> Self {
        Self { typical: entry.typical.or(entry.worst), worst: entry.worst.or(entry.typical) }
    }
}

/// Does the customer's own key pay for the models of this action on this plan?
fn is_on_own_key(action: &Action, plan: Option<&Plan>) -> bool {
    plan.filter(|p| p.runs_on == RunsOn::OwnKey)
        .and_then(|p| p.prices.get(&action.id))
        .is_some_and(|price| price.on_your_key)
}

/// The class an action runs on: its own, capped by the plan's best; where neither is said, the last.
#[must_use]
pub fn effective_class<'c>(
    contract: &'c Contract,
    action: &Action,
    plan: Option<&Plan>,
) -> Option<&'c ModelClass> {
    let position = |class: Option<&Name>| class.and_then(|c| contract.models.position(c));
    let own = position(action.model.as_ref());
    let best = position(plan.and_then(|p| p.best_model.as_ref()));
    let effective = match (own, best) {
        (Some(own), Some(best)) => Some(own.min(best)),
        (own, best) => own.or(best).or_else(|| contract.models.len().checked_sub(1)),
    };
    effective.and_then(|at| contract.models.at(at))
}

/// What these tokens cost with the dearest model of a class; of any: the dearest of the price map.
///
/// # Errors
/// [`Unknown::Model`] where a model of the class has no price: the dearest is then unknown.
pub fn dearest_cost(
    costs: &Costs,
    class: Option<&ModelClass>,
    tokens: Tokens,
) -> Result<Cost, Unknown> {
    let cost_with = |name: &str, price: Option<&ModelPrice>| {
        price.and_then(|p| tokens_cost(p, tokens)).ok_or_else(|| Unknown::Model(name.to_owned()))
    };
    let each: Result<Vec<Cost>, Unknown> = match class.filter(|c| !c.any) {
        Some(class) => class.are.iter().map(|m| cost_with(m, costs.prices.price_of(m))).collect(),
        None => costs.prices.models.iter().map(|(m, p)| cost_with(m, Some(p))).collect(),
    };
    each?.into_iter().max().ok_or_else(|| Unknown::Model("any model".to_owned()))
}

/// Tokens × price; a missing price is unknown unless no token needs it.
fn tokens_cost(price: &ModelPrice, tokens: Tokens) -> Option<Cost> {
    let side = |price: Option<Cost>, n: u64| match n {
        0 => Some(Cost::ZERO),
        n => price?.times(n),
    };
    let price = price.of_call(tokens.input);
    side(price.input, tokens.input)?.plus(side(price.output, tokens.output)?)
}

fn services_cost(
    costs: &Costs,
    entry: &ActionCost,
    calls: impl Fn(&crate::contract::ServiceUse) -> u64,
) -> Result<Cost, Unknown> {
    entry.services.iter().try_fold(Cost::ZERO, |sum, (name, used)| {
        let price = costs.services.get(name).ok_or_else(|| Unknown::Service(name.clone()))?;
        price.times(calls(used)).and_then(|c| sum.plus(c)).ok_or(Unknown::TooLarge)
    })
}

/// (models + services) × (1 + `again`) × (1 + fails); `again` in millionths.
fn grown(models: Cost, services: Cost, again: u64, entry: &ActionCost) -> Result<Cost, Unknown> {
    let fails = u64::from(entry.fails.unwrap_or_default().millionths());
    let grow = |cost: Cost, more: u64| cost.share(ONE.checked_add(more)?, ONE);
    models
        .plus(services)
        .and_then(|cost| grow(cost, again))
        .and_then(|cost| grow(cost, fails))
        .ok_or(Unknown::TooLarge)
}
