//! A contract made ready for a replay: everything enforced, its texts as names, funds by choice.

use super::actions::ActionIndex;
use probity_core::contract::{
    Contract, Costs, Operations, Outcome, Outcomes, Rollout, RunsOn, Tariff,
};
use probity_core::terms::Catalog;
use probity_core::{Money, Name};
use std::collections::BTreeMap;

/// Where the credits of the replayed customers come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fund {
    /// From their plan alone: what it does not cover is refused.
    #[default]
    Plan,
    /// When short, and where the plan sells credits, the smallest pack that helps is bought.
    #[value(name = "top_ups")]
    TopUps,
}

/// The contract as it is replayed.
#[derive(Debug)]
pub(crate) struct Rules {
    /// The contract with its operations, for the core.
    pub(crate) catalog: Catalog,
    /// The contract.
    pub(crate) contract: std::sync::Arc<Contract>,
    /// Its private half, with the roll-out set to enforce.
    pub(crate) operations: std::sync::Arc<Operations>,
    /// By place.
    pub(crate) actions: Vec<Playable>,
    /// By place.
    pub(crate) plans: Vec<OnOffer>,
    /// The plan of customers whose plan the log does not say, by place.
    pub(crate) default_plan: u16,
    /// Where credits come from.
    pub(crate) fund: Fund,
}

/// An action as rows are turned into runs of it.
#[derive(Clone, Debug)]
pub(crate) struct Playable {
    /// Its id.
    pub(crate) id: Name,
    /// Its price is by quantity.
    pub(crate) is_per_quantity: bool,
    /// How many parts a whole result has.
    pub(crate) parts: Option<u32>,
    /// What each ending costs.
    pub(crate) outcomes: Outcomes,
    /// A run must name a thing.
    pub(crate) needs_artifact: bool,
    /// A run is asked for agreement with a quote first.
    pub(crate) is_harsh: bool,
    /// What the action needs, as given.
    pub(crate) inputs: BTreeMap<String, String>,
    /// Calls to suppliers of a typical unit.
    pub(crate) services: BTreeMap<Name, u64>,
    /// It costs calls to suppliers and no tokens.
    pub(crate) is_suppliers_only: bool,
}

/// A plan as customers are on it.
#[derive(Clone, Debug)]
pub(crate) struct OnOffer {
    /// Its id.
    pub(crate) id: Name,
    /// What one period costs.
    price: Money,
    /// Runs may be on the customer's own key.
    pub(crate) is_on_own_key: bool,
    /// Credits are sold on it.
    pub(crate) sells_credits: bool,
}

impl Rules {
    /// The rules of a contract. `plan` is where customers are whose plan the log does not say; None:
    /// the first plan that runs on credits, else the first.
    ///
    /// # Errors
    /// Where the contract has no such plan, or none at all.
    pub(crate) fn new(
        contract: Contract,
        mut operations: Operations,
        plan: Option<&str>,
        fund: Fund,
    ) -> Result<Self, NoPlan> {
        let names = || contract.plans.names().map(ToString::to_string).collect();
        let on_credits = || contract.plans.iter().position(|p| p.runs_on == RunsOn::Credits);
        let place = match plan {
            Some(plan) => contract.plans.position(plan),
            None => on_credits().or((!contract.plans.is_empty()).then_some(0)),
        };
        let default_plan = place.and_then(|n| u16::try_from(n).ok());
        let asked = || plan.map(String::from);
        let default_plan = default_plan.ok_or_else(|| NoPlan { asked: asked(), has: names() })?;
        operations.rollout = Rollout::default();
        let costs = operations.costs.as_ref();
        let actions = contract.actions.iter().map(|a| Playable::of(a, costs)).collect();
        let plans = contract.plans.iter().map(|plan| OnOffer {
            id: plan.id.clone(),
            price: plan.price.map_or(Money::zero(contract.currency), |price| price.money),
            is_on_own_key: plan.runs_on == RunsOn::OwnKey,
            sells_credits: plan.top_ups,
        });
        let plans = plans.collect();
        let catalog = Catalog::of(contract, operations);
        let version = catalog.versions().first();
        let parts = version.map(|v| (v.contract.clone(), v.operations.first().cloned()));
        let Some((contract, Some(operations))) = parts else {
            return Err(NoPlan { asked: asked(), has: Vec::new() });
        };
        Ok(Self { catalog, contract, operations, actions, plans, default_plan, fund })
    }

    /// An action by its place.
    pub(crate) fn action(&self, index: ActionIndex) -> Option<&Playable> {
        self.actions.get(usize::from(index))
    }

    /// A plan by its place.
    pub(crate) fn plan(&self, place: u16) -> Option<&OnOffer> {
        self.plans.get(usize::from(place))
    }

    /// What one period of a plan costs a customer: as agreed with them, else as listed.
    pub(crate) fn period_price(&self, customer: &str, place: u16) -> Money {
        let none = Money::zero(self.contract.currency);
        let Some(plan) = self.plan(place) else { return none };
        let agreed = self
            .operations
            .overrides
            .get(customer)
            .filter(|terms| terms.plan.as_ref().is_none_or(|own| *own == plan.id));
        agreed.and_then(|terms| terms.price).map_or(plan.price, |(price, _)| price)
    }

    /// The place of a plan by its name.
    pub(crate) fn place_of_plan(&self, plan: &str) -> u16 {
        let place = self.plans.iter().position(|p| p.id.as_str() == plan);
        place.and_then(|n| u16::try_from(n).ok()).unwrap_or(self.default_plan)
    }
}

/// There is no plan to put customers on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoPlan {
    /// What was asked for.
    pub(crate) asked: Option<String>,
    /// What the contract has.
    pub(crate) has: Vec<String>,
}

impl Playable {
    fn of(action: &probity_core::contract::Action, costs: Option<&Costs>) -> Self {
        let usual = costs.and_then(|costs| costs.actions.get(&action.id));
        let services = usual.map(|cost| &cost.services).into_iter().flatten();
        let is_suppliers_only = usual.is_some_and(|cost| {
            cost.typical.is_none() && cost.worst.is_none() && !cost.services.is_empty()
        });
        let is_paid = |outcome: Outcome| {
            action.outcomes.of(outcome) != probity_core::contract::Treatment::Free
        };
        Self {
            id: action.id.clone(),
            is_per_quantity: matches!(action.price, Tariff::Each { .. }),
            parts: action.parts,
            outcomes: action.outcomes,
            needs_artifact: action.same.once_per.is_some(),
            is_harsh: action.paid_even_if.iter().any(|harsh| is_paid(harsh.outcome)),
            inputs: action.needs.iter().map(|n| (n.to_string(), "in the log".into())).collect(),
            services: services.map(|(name, calls)| (name.clone(), calls.typical)).collect(),
            is_suppliers_only,
        }
    }
}
