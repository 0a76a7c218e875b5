//! Plans explained as ways of working: what runs are paid from, what is included, the ways out.

use super::Fact;
use super::action::{OnPlan, Priced};
use super::short::{Short, when_short};
use crate::amount::Amount;
use crate::contract::{Action, Allowance, Contract, OwnKey, Plan, Price, RunsOn, Tariff};
use crate::id::Name;
use crate::phrase;

/// One plan, explained.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct PlanPage {
    /// Its id.
    pub plan: Name,
    /// What it is called.
    pub name: String,
    /// Whom it suits.
    pub suits: Option<String>,
    /// What it costs: `$12 a month`, `nothing`.
    pub price: String,
    /// What it runs on, models, extra credits, ways out.
    pub facts: Vec<Fact>,
    /// What to do when credits or free units are used up.
    pub when_short: Vec<Short>,
    /// What it offers, and at what price.
    pub includes: Vec<Included>,
    /// What it does not offer.
    pub left_out: Option<LeftOut>,
}

/// An action that a plan offers.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Included {
    /// Its id.
    pub action: Name,
    /// What the button says.
    pub name: String,
    /// What it costs on this plan.
    pub text: String,
}

/// What a plan leaves out, and why.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct LeftOut {
    /// What the buttons say.
    pub names: Vec<String>,
    /// Why, in the contract's words; may be empty.
    pub why: String,
    /// Which plans have it, and what they cost; empty where none has.
    pub elsewhere: String,
}

impl PlanPage {
    pub(crate) fn of(contract: &Contract, plan: &Plan) -> Self {
        let offered = contract.actions.iter().filter(|a| plan.is_offering(&a.id));
        let when_short = when_short(contract, plan);
        Self {
            plan: plan.id.clone(),
            name: plan.title(),
            suits: plan.suits.clone(),
            price: plan.price.map_or_else(|| String::from("nothing"), |price| price.to_string()),
            facts: facts(contract, plan, &when_short),
            when_short,
            includes: offered
                .map(|action| Included {
                    action: action.id.clone(),
                    name: action.name.clone(),
                    text: on_plan(contract, plan, action).text,
                })
                .collect(),
            left_out: left_out(contract, plan),
        }
    }
}

/// What a plan makes of an action.
pub(super) fn on_plan(contract: &Contract, plan: &Plan, action: &Action) -> OnPlan {
    let offered = plan.is_offering(&action.id);
    let text = if offered { offer(contract, plan, action) } else { not_offered(plan) };
    OnPlan { plan: plan.id.clone(), name: plan.title(), offered, text }
}

fn not_offered(plan: &Plan) -> String {
    match plan.why.get("offers") {
        Some(why) => format!("not offered: {}", why.trim_end_matches('.')),
        None => String::from("not offered"),
    }
}

fn offer(contract: &Contract, plan: &Plan, action: &Action) -> String {
    let allowance = plan.allowances.get(&action.id);
    if plan.runs_on == RunsOn::Us {
        let units = allowance.map(|a| format!("free, {a}")).unwrap_or_else(|| String::from("free"));
        return format!("{units}; we pay for it");
    }
    let (tariff, on_your_key) = price(plan, action);
    let own = match (&tariff, on_your_key) {
        (Tariff::Free, true) => {
            return String::from("nothing from us; your AI provider bills your key");
        }
        (Tariff::Free, false) => return free(contract, plan, action, allowance),
        (_, _) => Priced::of(contract, &tariff, &action.unit).text,
    };
    let mut text = match allowance {
        Some(allowance) => format!("{} free, then {own}", units(action, allowance)),
        None => own,
    };
    if on_your_key {
        text.push_str(", and your AI provider bills your key");
    }
    text
}

/// `30 cleaned minutes a month`.
pub(super) fn units(action: &Action, allowance: &Allowance) -> String {
    format!("{} a {}", phrase::count(allowance.units, &action.unit), allowance.per.word())
}

fn free(
    contract: &Contract,
    plan: &Plan,
    action: &Action,
    allowance: Option<&Allowance>,
) -> String {
    let Some(allowance) = allowance else { return String::from("free") };
    match action.after_allowance.filter(|_| plan.top_ups) {
        Some(price) => {
            let price = phrase::price(contract, price);
            format!("free, {allowance}; then {price} each, asked first")
        }
        None => format!("free, {allowance}"),
    }
}

/// The lower of the plan's price and the action's own, and whether the customer's key is needed.
pub(crate) fn price(plan: &Plan, action: &Action) -> (Tariff, bool) {
    let Some(Price { credits, on_your_key }) = plan.prices.get(&action.id) else {
        return (action.price.clone(), false);
    };
    let dearer = match (credits, &action.price) {
        (Tariff::Fixed(theirs), Tariff::Fixed(own)) => theirs > own,
        (Tariff::Fixed(_), Tariff::Free) => true,
        _ => false,
    };
    let tariff = if dearer { action.price.clone() } else { credits.clone() };
    (tariff, *on_your_key && plan.runs_on == RunsOn::OwnKey)
}

fn left_out(contract: &Contract, plan: &Plan) -> Option<LeftOut> {
    let missing: Vec<&Action> =
        contract.actions.iter().filter(|a| !plan.is_offering(&a.id)).collect();
    let names: Vec<String> = missing.iter().map(|a| a.name.clone()).collect();
    let why = plan.why.get("offers").cloned().unwrap_or_default();
    let elsewhere = elsewhere(contract, &missing);
    (!names.is_empty()).then_some(LeftOut { names, why, elsewhere })
}

/// `Learn a style: part of Studio ($29 a month).`, for those together that the same plans have.
fn elsewhere(contract: &Contract, missing: &[&Action]) -> String {
    let mut groups: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for action in missing {
        let having = contract.plans.iter().filter(|plan| plan.is_offering(&action.id));
        let plans: Vec<String> = having.map(with_price).collect();
        match groups.iter_mut().find(|(known, _)| *known == plans) {
            Some((_, names)) => names.push(&action.name),
            None => groups.push((plans, vec![&action.name])),
        }
    }
    let alone = groups.len() == 1;
    let told = groups.into_iter().filter(|(plans, _)| !plans.is_empty()).map(|(plans, names)| {
        let on = format!("part of {}.", phrase::list(&plans, "and"));
        let named = format!("{}: {on}", phrase::list(&names, "and"));
        if alone { phrase::sentence(&on) } else { named }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// `Byok ($9 a month, with your own AI key)`.
pub(super) fn with_price(plan: &Plan) -> String {
    let price = plan.price.map_or_else(|| String::from("free"), |price| price.to_string());
    let key = if plan.runs_on == RunsOn::OwnKey { ", with your own AI key" } else { "" };
    format!("{} ({price}{key})", plan.title())
}

fn facts(contract: &Contract, plan: &Plan, when_short: &[Short]) -> Vec<Fact> {
    let mut out = vec![Fact::new("Runs on", runs_on(contract, plan))];
    if let Some(credits) = plan.credits {
        out.push(Fact::new("Credits", brings(contract, plan, credits)));
    }
    if let Some(key) = &plan.own_key {
        out.extend(own_key(key));
    }
    if let Some(class) = plan.best_model.as_ref().and_then(|class| contract.models.get(class)) {
        let why = reason(plan, "best_model");
        out.push(Fact::new("Best AI model", format!("{}{why}", class.means)));
    }
    let extra = if plan.top_ups { "can be bought" } else { "are not sold" };
    if needs_credits(contract, plan) {
        out.push(Fact::new("More credits", format!("{extra}{}", reason(plan, "top_ups"))));
    }
    for short in when_short {
        let ways: Vec<&str> = short.ways.iter().map(|way| way.text.as_str()).collect();
        out.push(Fact::new(short.label(), phrase::list(&ways, "or")));
    }
    out
}

fn reason(plan: &Plan, key: &str) -> String {
    plan.why.get(key).map(|why| format!(": {}", why.trim_end_matches('.'))).unwrap_or_default()
}

fn runs_on(contract: &Contract, plan: &Plan) -> String {
    String::from(match plan.runs_on {
        RunsOn::Credits => "credits",
        RunsOn::Us => "us: we pay for everything it offers, up to its allowances",
        RunsOn::OwnKey if contract.actions.iter().any(|a| costs_credits(plan, a)) => {
            "your own AI key, which pays for the models; what else a run needs still costs credits"
        }
        RunsOn::OwnKey => "your own AI key, which pays for the models",
    })
}

/// Does anything on this plan cost credits, if only beyond an allowance?
fn needs_credits(contract: &Contract, plan: &Plan) -> bool {
    let is_sold = |a: &Action| a.after_allowance.is_some() && plan.allowances.contains_key(&a.id);
    plan.runs_on != RunsOn::Us
        && contract.actions.iter().any(|a| costs_credits(plan, a) || is_sold(a))
}

fn costs_credits(plan: &Plan, action: &Action) -> bool {
    plan.is_offering(&action.id) && !matches!(price(plan, action).0, Tariff::Free)
}

/// `120 credits ($12.00) each month: enough for 12 enriched maps or 24 tailored documents`.
fn brings(contract: &Contract, plan: &Plan, credits: Amount) -> String {
    let mut enough: Vec<String> = Vec::new();
    for action in contract.actions.iter().filter(|a| plan.is_offering(&a.id)) {
        // What is priced by quantity costs most for one alone, and less where `at_most` is reached.
        let (one, more) = match price(plan, action).0 {
            Tariff::Free => continue,
            Tariff::Fixed(one) => (one, ""),
            Tariff::Each { each, at_least: None, at_most: None, .. } => (each, ""),
            Tariff::Each { each, at_least, .. } => {
                (at_least.map_or(each, |least| least.max(each)), "at least ")
            }
        };
        if let Some(n) = credits.how_many(one) {
            enough.push(format!("{more}{}", phrase::count(n, &action.unit)));
        }
    }
    let brought = format!("{} each {}", phrase::price(contract, credits), plan.credits_per.word());
    if enough.is_empty() {
        brought
    } else {
        format!("{brought}: enough for {}", phrase::list(&enough, "or"))
    }
}

fn own_key(key: &OwnKey) -> Vec<Fact> {
    let cap = key.monthly_cap.map(|cap| {
        let cap = phrase::money(cap);
        let text = format!("{cap} a month of what your provider bills; then it stops until raised");
        Fact::new("Cap on your key", text)
    });
    let tell = key.tell.as_ref().map(|tell| Fact::new("Good to know", tell.trim_end_matches('.')));
    cap.into_iter().chain(tell).collect()
}
