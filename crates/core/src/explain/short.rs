//! When you run short: what a customer can then do, asked of the desk that answers real denials.
//!
//! A supposed customer of the plan has nothing left and asks for each action; the ways forward of
//! these denials are the ways the page promises. Nothing about ways is decided here.

use crate::amount::Amount;
use crate::command::{Act, Actor, Command, NewCustomer, RunRequest};
use crate::contract::{Action, Contract, Operations, Plan, RunsOn, WhenShort};
use crate::decide::open_customer;
use crate::id::{CommandId, Name};
use crate::phrase;
use crate::state::{self, Customer, Used};
use crate::sums::Sums;
use crate::terms::Catalog;
use crate::time::Time;
use crate::view::{Desk, Reader, Way};

/// A way forward that is offered on a plan to whoever has run short.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct WayOut {
    /// What to do, as in answers: `wait`, `top_up`.
    #[serde(rename = "do")]
    pub act: &'static str,
    /// Which plan or action.
    pub to: Option<String>,
    /// In words: `switch to Pro ($12 a month)`.
    pub text: String,
}

/// Every way that some denial of a customer who has run short offers: those of `when_short` first.
pub(super) fn ways_out(contract: &Contract, plan: &Plan) -> Vec<WayOut> {
    let catalog = Catalog::of(contract.clone(), Operations::none(&contract.name));
    let now = contract.effective.map_or(Time::from_micros(0), |day| contract.zone.start_of(day));
    let Some(fresh) = opened(&catalog, plan, now) else { return Vec::new() };
    let mut found: Vec<Way> = Vec::new();
    for action in apart(contract, plan) {
        let ways = offered(&catalog, &short_of(&fresh, plan, action), action, plan, now);
        let is_new = |way: &Way| !found.iter().any(|known| is_same(known, way));
        let new: Vec<Way> = ways.into_iter().filter(is_new).collect();
        found.extend(new);
    }
    found.sort_by_key(|way| listed_at(plan, way));
    let mut out: Vec<WayOut> = Vec::new();
    for way in &found {
        if way.act != "wait" || out.iter().all(|known| known.act != "wait") {
            let text = told(contract, plan, way, &found);
            out.push(WayOut { act: way.act, to: way.to.clone(), text });
        }
    }
    out
}

/// A customer who has just come to the plan.
fn opened(catalog: &Catalog, plan: &Plan, now: Time) -> Option<Customer> {
    let new = NewCustomer { plan: Some(plan.id.clone()), ..NewCustomer::default() };
    let id = CommandId::new(1);
    let command = Command { id, by: Actor::product(), act: Act::OpenCustomer(new.clone()) };
    let decision = open_customer(catalog, &Name::new("supposed"), &new, &command, now).ok()?;
    state::open(&decision.entry?)
}

/// The actions a plan offers, one of those that are priced and offered alike.
fn apart<'c>(contract: &'c Contract, plan: &Plan) -> Vec<&'c Action> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for action in contract.actions.iter().filter(|a| plan.is_offering(&a.id)) {
        let on = |p: &Plan| {
            let offered = p.is_offering(&action.id);
            offered
                .then(|| (p.prices.get(&action.id).cloned(), p.allowances.get(&action.id).copied()))
        };
        let plans: Vec<_> = contract.plans.iter().map(on).collect();
        let kind = (&action.price, action.after_allowance, action.exploring, plans);
        if !seen.contains(&kind) {
            seen.push(kind);
            out.push(action);
        }
    }
    out
}

/// The customer with nothing left for this action: no credits, no free units.
fn short_of(fresh: &Customer, plan: &Plan, action: &Action) -> Customer {
    let mut customer = fresh.clone();
    for grant in &mut customer.real.grants {
        grant.available = Amount::ZERO;
    }
    if let Some(allowance) = plan.allowances.get(&action.id) {
        // On its first day every window of a customer begins with their plan.
        let used = Used { from: Some(customer.anchor), units: allowance.units };
        customer.real.used.insert(action.id.clone(), used);
    }
    customer
}

/// The ways forward of the denial, if it is one.
fn offered(
    catalog: &Catalog,
    customer: &Customer,
    action: &Action,
    plan: &Plan,
    now: Time,
) -> Vec<Way> {
    let request = RunRequest {
        action: action.id.clone(),
        artifact: action.same.once_per.as_ref().map(|_| Name::new("supposed")),
        quantity: action.is_per_quantity().then_some(1),
        inputs: action.needs.iter().map(|n| (n.to_string(), String::from("?"))).collect(),
        own_key: plan.runs_on == RunsOn::OwnKey,
        ..RunRequest::default()
    };
    let sums = Sums::default();
    let desk = Desk::new(catalog, &sums, customer, now);
    let check = desk.and_then(|desk| desk.check(&request, Reader::Customer).ok());
    check.and_then(|check| check.denial).map(|denial| denial.ways_forward).unwrap_or_default()
}

/// Would they be told alike?
fn is_same(a: &Way, b: &Way) -> bool {
    a.act == b.act && a.to == b.to && a.then.is_some() == b.then.is_some()
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

fn told(contract: &Contract, plan: &Plan, way: &Way, all: &[Way]) -> String {
    match way.act {
        "wait" => wait(plan, all),
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

/// `wait for your next 25 credits`, or for free units, or for both.
fn wait(plan: &Plan, all: &[Way]) -> String {
    let waits = || all.iter().filter(|way| way.act == "wait");
    let credits = plan.credits.filter(|_| waits().any(|way| way.then.is_some()));
    match credits {
        None => String::from("wait until your allowances are back"),
        Some(credits) => {
            let units = waits().any(|way| way.then.is_none());
            let also = if units { " and allowances" } else { "" };
            format!("wait for your next {}{also}", phrase::credits(credits))
        }
    }
}

/// `switch to Byok ($9 a month, with your own AI key)`.
fn switch(contract: &Contract, to: &Name) -> String {
    let Some(plan) = contract.plans.get(to) else { return format!("switch to {to}") };
    let price = plan.price.map_or_else(|| String::from("free"), |price| price.to_string());
    let key = if plan.runs_on == RunsOn::OwnKey { ", with your own AI key" } else { "" };
    format!("switch to {} ({price}{key})", plan.title())
}
