//! What a contract sells, as the sample log sees it: how often, at what cost, how it can end.

use probity_core::contract::{
    Action, ActionCost, Contract, Costs, ModelPrice, Operations, Plan, RunsOn, Tariff, Tokens,
};
use probity_core::{Amount, Cost, Money, Name, Zone};

/// An action as people use it.
#[derive(Clone, Debug)]
pub(crate) struct Sold {
    /// Its id.
    pub(crate) id: String,
    /// How often it is pressed, against the others.
    pub(crate) weight: u64,
    /// What today's price list takes for one unit, ended well or not.
    pub(crate) charged: Option<Money>,
    /// Is it paid by quantity, and up to how many?
    pub(crate) quantity: Option<u64>,
    /// How many parts a whole result has.
    pub(crate) parts: Option<u32>,
    /// What the customer's thing is called (`map`), where results belong to one.
    pub(crate) noun: Option<String>,
    /// Is a result owned once it is delivered, so that it can be opened again?
    pub(crate) is_owned: bool,
    /// Tokens of a usual and of the worst unit.
    pub(crate) tokens: Option<(Tokens, Tokens)>,
    /// What its suppliers take for one unit; None: what it costs is not known.
    pub(crate) services: Option<Cost>,
    /// Of a thousand runs: how many fail.
    pub(crate) fails: u64,
    /// Of a thousand runs: how many find nothing.
    pub(crate) finds_nothing: u64,
    /// About what one unit costs, to tell dear actions from cheap ones.
    pub(crate) typical_cost: Cost,
}

/// A model and its prices.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Its name.
    pub(crate) name: String,
    /// Its prices; None: the price map does not have it.
    pub(crate) price: Option<ModelPrice>,
}

/// A plan as people are on it.
#[derive(Clone, Debug)]
pub(crate) struct OnPlan {
    /// Its id.
    pub(crate) id: String,
    /// How many are on it, against the others.
    pub(crate) weight: u64,
    /// Which actions it offers, by place.
    pub(crate) offers: Vec<bool>,
    /// The models that each action runs on here, the usual one first: none above the plan's best.
    pub(crate) models: Vec<Vec<Model>>,
    /// Runs are paid from credits.
    pub(crate) is_on_credits: bool,
}

/// What is sold, to whom.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    /// The actions, in the order of the contract.
    pub(crate) actions: Vec<Sold>,
    /// The plans, in the order of the contract.
    pub(crate) plans: Vec<OnPlan>,
    /// The dearest models: what some people ask for though their plan has less.
    pub(crate) dearest: Option<Model>,
    /// Customers with special terms, and their plan's place.
    pub(crate) special: Vec<(String, Option<usize>)>,
    /// Where its days begin and end.
    pub(crate) zone: Zone,
}

impl Shop {
    /// The shop of a contract.
    pub(crate) fn of(contract: &Contract, operations: &Operations) -> Self {
        let costs = operations.costs.as_ref();
        let actions = contract.actions.iter().map(|a| sold(a, contract, costs)).collect();
        let plans = contract.plans.iter().map(|plan| OnPlan {
            id: plan.id.to_string(),
            weight: match plan.runs_on {
                RunsOn::Credits => 40,
                RunsOn::Us => 25,
                RunsOn::OwnKey => 15,
            },
            offers: contract.actions.names().map(|id| plan.is_offering(id)).collect(),
            models: contract.actions.iter().map(|a| models(a, plan, contract, costs)).collect(),
            is_on_credits: plan.runs_on == RunsOn::Credits,
        });
        let dearest = contract.models.iter().next_back().and_then(|class| class.are.first());
        let special = operations.overrides.iter().map(|(customer, terms)| {
            let plan = terms.plan.as_ref().and_then(|plan| contract.plans.position(plan));
            (customer.to_string(), plan)
        });
        Self {
            actions,
            plans: plans.collect(),
            dearest: dearest.map(|name| model(name, costs)),
            special: special.collect(),
            zone: contract.zone.clone(),
        }
    }
}

fn sold(action: &Action, contract: &Contract, costs: Option<&Costs>) -> Sold {
    let none = ActionCost::default();
    let cost = costs.and_then(|costs| costs.actions.get(&action.id)).unwrap_or(&none);
    let services = costs.and_then(|costs| service_cost(costs.actions.get(&action.id)?, costs));
    // An action that needs a model costs tokens: where they are not known, nor is the cost.
    let services = services.filter(|_| action.model.is_none() || cost.typical.is_some());
    let class = action.model.as_ref().and_then(|class| contract.models.get(class));
    let model = class.and_then(|class| class.are.first()).map(|name| model(name, costs));
    let tokens = cost.typical.map(|typical| (typical, cost.worst.unwrap_or(typical)));
    let usual = model.as_ref().and_then(|model| model.price.as_ref());
    let of_tokens = tokens.zip(usual).and_then(|((typical, _), price)| {
        price.input?.times(typical.input)?.plus(price.output?.times(typical.output)?)
    });
    let per_mille = |percent: Option<probity_core::contract::Percent>, default| {
        percent.map_or(default, |percent| u64::from(percent.millionths()) / 1_000)
    };
    let is_owned = action.same.once_per.is_some();
    let has_thing = is_owned || action.same.free_for.is_some();
    let known = services.unwrap_or(Cost::ZERO);
    let first_word = action.id.split('_').next().unwrap_or("item");
    Sold {
        id: action.id.to_string(),
        weight: weight(action, contract),
        charged: unit_price(action).and_then(|price| contract.money(price)),
        quantity: match action.price {
            Tariff::Each { up_to, .. } => Some(up_to.unwrap_or(100)),
            _ => None,
        },
        parts: action.parts,
        is_owned,
        noun: has_thing.then(|| action.same.once_per.clone().unwrap_or_else(|| first_word.into())),
        tokens,
        services,
        fails: per_mille(cost.fails, 15),
        finds_nothing: per_mille(cost.empty, 4),
        typical_cost: of_tokens.unwrap_or(Cost::ZERO).plus(known).unwrap_or(known),
    }
}

/// What today's price list takes for one unit: the contract's price, for free actions what it would
/// take beyond an allowance.
fn unit_price(action: &Action) -> Option<Amount> {
    match action.price {
        Tariff::Free => action.after_allowance,
        Tariff::Fixed(price) => Some(price),
        Tariff::Each { each, .. } => Some(each),
    }
}

/// Free actions as often as their allowances are large, paid ones the rarer the dearer.
fn weight(action: &Action, contract: &Contract) -> u64 {
    let allowances = contract.plans.iter().filter_map(|plan| plan.allowances.get(&action.id));
    let most = allowances.map(|allowance| allowance.units).max().unwrap_or(0);
    let usual_units = if action.is_per_quantity() { 8 } else { 1 };
    match unit_price(action) {
        Some(price) if most == 0 => {
            let credits = u64::try_from(price.millionths()).unwrap_or(0) * usual_units / 1_000_000;
            14_000 / (credits + 1)
        }
        _ => most.max(25).isqrt() * 1_000,
    }
}

fn service_cost(cost: &ActionCost, costs: &Costs) -> Option<Cost> {
    let mut each = cost
        .services
        .iter()
        .map(|(service, calls)| costs.services.get(service)?.times(calls.typical));
    each.try_fold(Cost::ZERO, |sum, cost| sum.plus(cost?))
}

/// The models of the action's class, or of the plan's best where that is less.
fn models(action: &Action, plan: &Plan, contract: &Contract, costs: Option<&Costs>) -> Vec<Model> {
    let place = |class: &Name| contract.models.position(class);
    let own = action.model.as_ref().and_then(place);
    let best = plan.best_model.as_ref().and_then(place);
    let class = own.map(|own| best.map_or(own, |best| own.min(best)));
    let names = class.and_then(|n| contract.models.at(n)).map(|class| class.are.as_slice());
    names.unwrap_or_default().iter().map(|name| model(name, costs)).collect()
}

fn model(name: &str, costs: Option<&Costs>) -> Model {
    let price = costs.and_then(|costs| costs.prices.models.get(name)).cloned();
    Model { name: name.to_owned(), price }
}
