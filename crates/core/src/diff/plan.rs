//! Plans compared: what they cost and bring, what they run on, offer and leave out.

use super::Class;
use super::allowance::allowances;
use super::judge::{
    both, less_is_better, more, more_is_better, none_is_least, none_is_most, plan_prices, rates,
};
use super::sides::Sides;
use super::tariff::{Tag, in_credits, order, tariff};
use super::wording::quoted;
use crate::amount::Amount;
use crate::contract::{Action, Contract, OwnKey, Plan, PlanPrice, Price, RunsOn, Table, WhenShort};
use crate::explain::price_on;
use crate::id::Name;
use crate::money::Money;
use crate::phrase;
use crate::time::Per;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Compares all plans; one of another id is another plan.
pub(super) fn plans(sides: &mut Sides<'_>, before: &Table<Plan>) {
    let after = &sides.after.plans;
    for was in before.iter() {
        match after.get(&was.id) {
            Some(is) => plan(sides, was, is),
            None => {
                let words = format!("The {} is no longer offered.", phrase::plan(&was.title()));
                sides.removed(format!("plans.{}", was.id), Class::Adverse, was.title(), words);
            }
        }
    }
    for is in after.iter().filter(|is| before.get(&is.id).is_none()) {
        let title = is.title();
        let new = if phrase::plan(&title) == title { "New" } else { "New plan" };
        let words = format!("{new}: {title} ({}).", costs(is.price));
        sides.added(format!("plans.{}", is.id), Class::Better, is.title(), words);
    }
}

fn plan(sides: &mut Sides<'_>, was: &Plan, is: &Plan) {
    let Plan {
        id,
        name,
        suits,
        runs_on,
        price,
        credits,
        credits_per,
        offers,
        best_model,
        allowances: free_units,
        prices,
        top_ups,
        why,
        when_short,
        own_key,
    } = was;
    let at = format!("plans.{id}");
    called(sides, &at, (name, suits), was, is);
    runs(sides, &at, *runs_on, is);
    paid(sides, &at, *price, is);
    brought(sides, &at, (*credits, *credits_per), is);
    offered(sides, &at, offers, is);
    best(sides, &at, best_model.as_ref(), is);
    allowances(sides, free_units, was, is);
    for action in sides.before.actions.iter() {
        priced(sides, &at, (prices, was), is, action);
    }
    sides.value(
        format!("{at}.top_ups"),
        (top_ups, &is.top_ups),
        more,
        |_, sold| String::from(if *sold { "sold" } else { "not sold" }),
        |_, now| format!("On {} more credits are {now}.", is.title()),
    );
    reasons(sides, &at, why, is);
    sides.value(
        format!("{at}.when_short"),
        (when_short, &is.when_short),
        |_, _| Class::Neutral,
        |contract, ways| ways_in_words(contract, ways),
        |_, now| format!("On {}, when credits are short, you are shown first: {now}.", is.title()),
    );
    if *runs_on == is.runs_on {
        keyed(sides, &at, own_key.as_ref(), is);
    }
}

fn called(
    sides: &mut Sides<'_>,
    at: &str,
    (name, suits): (&Option<String>, &Option<String>),
    was: &Plan,
    is: &Plan,
) {
    sides.value(
        format!("{at}.name"),
        (name, &is.name),
        |_, _| Class::Neutral,
        |_, name| name.clone().unwrap_or_else(|| phrase::sentence(&is.id.replace('_', " "))),
        |_, _| format!("The {} is now called {}.", phrase::plan(&was.title()), is.title()),
    );
    sides.value(
        format!("{at}.for"),
        (suits, &is.suits),
        |_, _| Class::Neutral,
        |_, suits| suits.clone().unwrap_or_else(|| String::from("nobody in particular")),
        |was, now| format!("{} is for {now} instead of {was}.", is.title()),
    );
}

/// What ran on us was free. Anything else trades one bill or bound for another.
fn runs(sides: &mut Sides<'_>, at: &str, was: RunsOn, is: &Plan) {
    sides.value(
        format!("{at}.runs_on"),
        (&was, &is.runs_on),
        |was, _| if *was == RunsOn::Us { Class::Adverse } else { Class::Undecidable },
        |_, runs_on| {
            String::from(match runs_on {
                RunsOn::Credits => "credits",
                RunsOn::OwnKey => "your own AI key",
                RunsOn::Us => "us",
            })
        },
        |was, now| format!("{} runs on {now} instead of {was}.", is.title()),
    );
}

/// `$12 a month`, `nothing`.
fn costs(price: Option<PlanPrice>) -> String {
    price.map_or_else(|| String::from("nothing"), |price| price.to_string())
}

fn paid(sides: &mut Sides<'_>, at: &str, was: Option<PlanPrice>, is: &Plan) {
    sides.value(
        format!("{at}.price"),
        (&was, &is.price),
        |was, is| less_is_better(price_order(is.as_ref(), was.as_ref())),
        |_, price| costs(*price),
        |was, now| format!("{} costs {now} instead of {was}.", is.title()),
    );
}

fn price_order(a: Option<&PlanPrice>, b: Option<&PlanPrice>) -> Option<Ordering> {
    let paid = |price: &&PlanPrice| {
        let PlanPrice { money, per: _ } = price;
        money.is_positive()
    };
    none_is_least(a.filter(paid), b.filter(paid), plan_prices)
}

fn brought(sides: &mut Sides<'_>, at: &str, (credits, per): (Option<Amount>, Per), is: &Plan) {
    let rate = |credits: Option<Amount>, per| credits.map(|credits| (credits, per));
    sides.value(
        format!("{at}.credits"),
        (&rate(credits, per), &rate(is.credits, is.credits_per)),
        |was, is| {
            let order = |a: &(Amount, Per), b: &(Amount, Per)| rates((&a.0, a.1), (&b.0, b.1));
            more_is_better(none_is_least(is.as_ref(), was.as_ref(), order))
        },
        |contract, rate| match rate {
            Some((credits, per)) => {
                format!("{} each {}", phrase::price(contract, *credits), per.word())
            }
            None => String::from("none"),
        },
        |was, now| format!("{} brings these credits: {now} instead of {was}.", is.title()),
    );
}

/// What is offered, of actions that were there before and still are.
fn offered(sides: &mut Sides<'_>, at: &str, was: &Table<()>, is: &Plan) {
    let (before, after) = (sides.before, sides.after);
    for action in before.actions.iter() {
        let Some(now) = after.actions.get(&action.id) else { continue };
        let key = format!("{at}.offers");
        match (was.get(&action.id).is_some(), is.is_offering(&action.id)) {
            (true, false) => {
                let words = format!("{} is no longer part of {}.", now.name, is.title());
                sides.removed(key, Class::Adverse, &action.name, words);
            }
            (false, true) => {
                let words = format!("{} is now part of {}.", now.name, is.title());
                sides.added(key, Class::Better, &now.name, words);
            }
            _ => {}
        }
    }
}

fn best(sides: &mut Sides<'_>, at: &str, was: Option<&Name>, is: &Plan) {
    let (before, after) = (sides.before, sides.after);
    let order = |a: &&Name, b: &&Name| super::model::classes(before, after, a, b);
    sides.value(
        format!("{at}.best_model"),
        (&was, &is.best_model.as_ref()),
        |was, is| more_is_better(none_is_most(is.as_ref(), was.as_ref(), order)),
        |contract, class| super::model::means(contract, *class, "any model"),
        |was, now| format!("The best AI model on {} is {now} instead of {was}.", is.title()),
    );
}

/// What one action costs on this plan, where the plan's own price for it changes.
fn priced(
    sides: &mut Sides<'_>,
    at: &str,
    (prices, plan): (&BTreeMap<Name, Price>, &Plan),
    is: &Plan,
    action: &Action,
) {
    let Some(now) = sides.after.actions.get(&action.id) else { return };
    let written = (prices.get(&action.id), is.prices.get(&action.id));
    if written.0 == written.1 {
        return;
    }
    let ((was, on_key), (price, now_on_key)) = (price_on(plan, action), price_on(is, now));
    let who = format!("{} on {}", now.name, is.title());
    let key = format!("{at}.prices.{}", action.id);
    if on_key == now_on_key && was != price {
        tariff(sides, &Tag { key, who: &who, unit: &now.unit }, &was, &price);
        return;
    }
    // Credits alone, or none of them, say less than credits and the bill of their provider.
    let credits = order(&price, &was);
    let class = match (on_key, now_on_key) {
        (true, false) => less_is_better(both(credits, Some(Ordering::Less))),
        (false, true) => less_is_better(both(credits, Some(Ordering::Greater))),
        _ => Class::Neutral,
    };
    let told = |tariff, on_key, written: Option<&Price>| match (on_key, written) {
        (true, _) => format!("{} and on your AI key", in_credits(tariff, &now.unit)),
        (false, None) => format!("{}, as everywhere", in_credits(tariff, &now.unit)),
        (false, Some(_)) => in_credits(tariff, &now.unit),
    };
    let from = told(&was, on_key, written.0);
    let to = told(&price, now_on_key, written.1);
    let words = format!("{who} costs {to} instead of {from}.");
    sides.push(key, class, (Some(from), Some(to)), words);
}

fn reasons(sides: &mut Sides<'_>, at: &str, was: &BTreeMap<Name, String>, is: &Plan) {
    let new = is.why.keys().filter(|key| !was.contains_key(*key));
    for key in was.keys().chain(new) {
        sides.value(
            format!("{at}.why.{key}"),
            (&was.get(key), &is.why.get(key)),
            |_, _| Class::Neutral,
            |_, why| why.cloned().unwrap_or_else(|| String::from("no reason")),
            |was, now| {
                let (was, now) = (quoted(was), quoted(now));
                format!("{}: the reason given is {now} instead of {was}.", is.title())
            },
        );
    }
}

/// `wait, buy credits, switch to Byok`.
fn ways_in_words(contract: &Contract, ways: &[WhenShort]) -> String {
    let told = |way: &WhenShort| match way {
        WhenShort::Wait => String::from("wait"),
        WhenShort::TopUp => String::from("buy credits"),
        WhenShort::SwitchTo(plan) => {
            let known = contract.plans.get(plan);
            format!("switch to {}", known.map_or_else(|| plan.to_string(), Plan::title))
        }
        WhenShort::Contact => String::from("contact us"),
    };
    let told: Vec<String> = ways.iter().map(told).collect();
    if told.is_empty() { String::from("nothing") } else { told.join(", ") }
}

/// What holds for the customer's key comes and goes with what the plan runs on.
fn keyed(sides: &mut Sides<'_>, at: &str, was: Option<&OwnKey>, is: &Plan) {
    let silent = OwnKey { monthly_cap: None, tell: None };
    let OwnKey { monthly_cap, tell } = was.unwrap_or(&silent);
    let now = is.own_key.as_ref().unwrap_or(&silent);
    sides.value(
        format!("{at}.own_key.monthly_cap"),
        (monthly_cap, &now.monthly_cap),
        |was, is| {
            let order = |a: &Money, b: &Money| a.partial_cmp(b);
            super::limits::bound(none_is_most(is.as_ref(), was.as_ref(), order))
        },
        |_, cap| match cap {
            Some(cap) => format!("{} a month", phrase::money(*cap)),
            None => String::from("no cap"),
        },
        |was, now| format!("{}, the cap on your AI key: {now} instead of {was}.", is.title()),
    );
    sides.value(
        format!("{at}.own_key.tell"),
        (tell, &now.tell),
        |_, _| Class::Neutral,
        |_, tell| tell.clone().unwrap_or_else(|| String::from("nothing")),
        |was, now| {
            let (was, now) = (quoted(was), quoted(now));
            format!("{}: of your AI key you are told {now}, not {was}.", is.title())
        },
    );
}

/// Whoever is no customer yet was promised nothing.
pub(super) fn new_customers(sides: &mut Sides<'_>, was: Option<&Name>) {
    let is = sides.after.new_customers.as_ref();
    let title = |contract: &Contract, plan: &Option<&Name>| {
        let known = plan.and_then(|plan| contract.plans.get(plan));
        known.map_or_else(|| String::from("no plan by themselves"), Plan::title)
    };
    sides.value(
        "new_customers",
        (&was, &is),
        |_, _| Class::Neutral,
        title,
        |was, now| format!("New customers begin on {now} instead of {was}."),
    );
}
