//! When you run short: what a customer can then do, asked of the desk that answers real denials.
//!
//! Supposed customers of the plan, one without credits and one without free units, ask for each
//! action; the ways forward of these denials are the ways the page promises, denial by denial.
//! Nothing about ways is decided here.

use super::plan::with_price;
use crate::amount::Amount;
use crate::command::{Act, Actor, Command, NewCustomer, RunRequest};
use crate::contract::{Action, Contract, Operations, Plan, RunsOn, WhenShort};
use crate::decide::{Code, open_customer};
use crate::id::{CommandId, Name};
use crate::phrase;
use crate::state::{self, Customer, Used};
use crate::sums::Sums;
use crate::terms::Catalog;
use crate::time::Time;
use crate::view::{DenialCard, Desk, Reader, Way};

/// What a plan's customer can run short of, and what they can then do.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Short {
    /// The code of the denial: `not_enough_credits`, `allowance_used`.
    pub code: &'static str,
    /// What can be done, in the order in which it is offered.
    pub ways: Vec<WayOut>,
}

impl Short {
    /// What it is about, on pages.
    pub(super) fn label(&self) -> &'static str {
        if self.code == Code::AllowanceUsed.word() {
            "When free units are used"
        } else {
            "When credits run short"
        }
    }
}

/// A way forward that is offered on a plan to whoever has run short.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct WayOut {
    /// What to do, as in answers: `wait`, `top_up`.
    #[serde(rename = "do")]
    pub act: &'static str,
    /// Which plan or action.
    pub to: Option<String>,
    /// The actions that this helps with, where it does not help with each that is refused.
    pub only_for: Vec<Name>,
    /// In words: `switch to Pro ($12 a month)`.
    pub text: String,
}

/// A denial that was supposed: of which actions, and the ways that it offers.
struct Refused<'c> {
    code: &'static str,
    actions: Vec<&'c Action>,
    ways: Vec<Way>,
}

/// Each denial of a customer who has run short, with its ways: those of `when_short` first.
pub(super) fn when_short(contract: &Contract, plan: &Plan) -> Vec<Short> {
    let refused = refused(contract, plan);
    let short = |code: Code| {
        let of_code: Vec<&Refused<'_>> =
            refused.iter().filter(|refused| refused.code == code.word()).collect();
        let mut found: Vec<&Way> = Vec::new();
        for way in of_code.iter().flat_map(|refused| &refused.ways) {
            if !found.iter().any(|known| is_same(known, way)) {
                found.push(way);
            }
        }
        found.sort_by_key(|way| listed_at(plan, way));
        let ways = found.into_iter().map(|way| way_out(contract, plan, way, &of_code)).collect();
        Short { code: code.word(), ways }
    };
    let all = [Code::NotEnoughCredits, Code::AllowanceUsed].map(short);
    all.into_iter().filter(|short| !short.ways.is_empty()).collect()
}

/// What is refused to whoever has no credits left, and to whoever has used an allowance.
fn refused<'c>(contract: &'c Contract, plan: &Plan) -> Vec<Refused<'c>> {
    let catalog = Catalog::of(contract.clone(), Operations::none(&contract.name));
    let now = contract.effective.map_or(Time::from_micros(0), |day| contract.zone.start_of(day));
    let Some(fresh) = opened(&catalog, plan, now) else { return Vec::new() };
    let mut out = Vec::new();
    for actions in alike(contract, plan) {
        let Some(action) = actions.first() else { continue };
        for customer in [without_credits(&fresh), without_units(&fresh, plan, action)] {
            if let Some(denial) = denied(&catalog, &customer, action, plan, now) {
                let (code, ways) = (denial.code, denial.ways_forward);
                out.push(Refused { code, actions: actions.clone(), ways });
            }
        }
    }
    out
}

/// A way in words, and with what it helps.
fn way_out(contract: &Contract, plan: &Plan, way: &Way, of_code: &[&Refused<'_>]) -> WayOut {
    let offers = |refused: &Refused<'_>| refused.ways.iter().any(|known| is_same(known, way));
    let mut text = told(contract, plan, way);
    let mut only_for = Vec::new();
    // What is free instead is itself not refused to whoever is sent there.
    if way.act != "other_action" && !of_code.iter().all(|refused| offers(refused)) {
        let helped = of_code.iter().filter(|refused| offers(refused));
        let helped: Vec<&Action> = helped.flat_map(|refused| refused.actions.clone()).collect();
        let names: Vec<String> = helped.iter().map(|a| format!("“{}”", a.name)).collect();
        text.push_str(&format!(" for {}", phrase::list(&names, "and")));
        only_for.extend(helped.iter().map(|action| action.id.clone()));
    }
    WayOut { act: way.act, to: way.to.clone(), only_for, text }
}

/// A customer who has just come to the plan.
fn opened(catalog: &Catalog, plan: &Plan, now: Time) -> Option<Customer> {
    let new = NewCustomer { plan: Some(plan.id.clone()), ..NewCustomer::default() };
    let id = CommandId::new(1);
    let command = Command { id, by: Actor::product(), act: Act::OpenCustomer(new.clone()) };
    let decision = open_customer(catalog, &Name::new("supposed"), &new, &command, now).ok()?;
    state::open(&decision.entry?)
}

/// The actions a plan offers, those together that are priced and offered alike.
fn alike<'c>(contract: &'c Contract, plan: &Plan) -> Vec<Vec<&'c Action>> {
    let mut kinds = Vec::new();
    let mut out: Vec<Vec<&Action>> = Vec::new();
    for action in contract.actions.iter().filter(|a| plan.is_offering(&a.id)) {
        let on = |p: &Plan| {
            let offered = p.is_offering(&action.id);
            offered
                .then(|| (p.prices.get(&action.id).cloned(), p.allowances.get(&action.id).copied()))
        };
        let plans: Vec<_> = contract.plans.iter().map(on).collect();
        let kind = (&action.price, action.after_allowance, action.exploring, plans);
        let at = kinds.iter().position(|known| *known == kind);
        match at.and_then(|at| out.get_mut(at)) {
            Some(group) => group.push(action),
            None => {
                kinds.push(kind);
                out.push(vec![action]);
            }
        }
    }
    out
}

/// The customer with no credits left.
fn without_credits(fresh: &Customer) -> Customer {
    let mut customer = fresh.clone();
    for grant in &mut customer.real.grants {
        grant.available = Amount::ZERO;
    }
    customer
}

/// The customer with no free units of this action left.
fn without_units(fresh: &Customer, plan: &Plan, action: &Action) -> Customer {
    let mut customer = fresh.clone();
    if let Some(allowance) = plan.allowances.get(&action.id) {
        // On its first day every window of a customer begins with their plan.
        let used = Used { from: Some(customer.anchor), units: allowance.units };
        customer.real.used.insert(action.id.clone(), used);
    }
    customer
}

/// How a run is refused to them, if it is.
fn denied(
    catalog: &Catalog,
    customer: &Customer,
    action: &Action,
    plan: &Plan,
    now: Time,
) -> Option<DenialCard> {
    let request = RunRequest {
        action: action.id.clone(),
        artifact: action.same.once_per.as_ref().map(|_| Name::new("supposed")),
        quantity: action.is_per_quantity().then_some(1),
        inputs: action.needs.iter().map(|n| (n.to_string(), String::from("?"))).collect(),
        own_key: plan.runs_on == RunsOn::OwnKey,
        ..RunRequest::default()
    };
    let sums = Sums::default();
    let desk = Desk::new(catalog, &sums, customer, now)?;
    desk.check(&request, Reader::Customer).ok()?.denial
}

/// Would they be told alike?
fn is_same(a: &Way, b: &Way) -> bool {
    a.act == b.act && a.to == b.to
}

/// Where `when_short` lists it; what it does not list comes later, `contact` last.
fn listed_at(plan: &Plan, way: &Way) -> (bool, usize, bool) {
    let is_it = |listed: &WhenShort| match listed {
        WhenShort::Wait => way.act == "wait",
        WhenShort::TopUp => way.act == "top_up",
        WhenShort::SwitchTo(to) => way.to.as_deref() == Some(to.as_str()),
        WhenShort::Contact => false,
    };
    let at = plan.when_short.iter().position(is_it).unwrap_or(plan.when_short.len());
    (way.act == "contact", at, way.act != "wait")
}

fn told(contract: &Contract, plan: &Plan, way: &Way) -> String {
    match way.act {
        "wait" => wait(plan, way),
        "top_up" => String::from("buy credits"),
        "switch_plan" => switch(contract, &Name::new(way.to.as_deref().unwrap_or_default())),
        "other_action" => free_instead(contract, way),
        "contact" => String::from("contact us"),
        _ => way.words.trim_end_matches('.').to_owned(),
    }
}

/// `go on free with “Preview a picture”`.
fn free_instead(contract: &Contract, way: &Way) -> String {
    let action = way.to.as_deref().and_then(|to| contract.actions.get(to));
    let name = action.map_or("what is free", |action| action.name.as_str());
    format!("go on free with “{name}”")
}

/// `wait for your next 25 credits`, or for free units.
fn wait(plan: &Plan, way: &Way) -> String {
    match plan.credits.filter(|_| way.then.is_some()) {
        Some(credits) => format!("wait for your next {}", phrase::credits(credits)),
        None => String::from("wait until they are back"),
    }
}

/// `switch to Byok ($9 a month, with your own AI key)`.
fn switch(contract: &Contract, to: &Name) -> String {
    let plan = contract.plans.get(to).map_or_else(|| to.to_string(), with_price);
    format!("switch to {plan}")
}
