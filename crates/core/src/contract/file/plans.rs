//! Section `plans`: operating models, and what fits which of them.

use super::literals::{ALLOWANCE, BARE_CREDITS, MONEY, PLAN_PRICE as PRICE};
use super::price::{self, PLAN_PRICE};
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::suggest::{listed, quoted};
use super::tree::{Node, Value};
use crate::contract::{OwnKey, Plan, Price, RunsOn, WhenShort};
use crate::id::Name;
use crate::time::Per;
use std::collections::BTreeMap;

impl Word for RunsOn {
    const WHAT: &'static str = "what a plan runs on";
    const WORDS: &'static [(&'static str, Self)] = &[
        (Self::Credits.word(), Self::Credits),
        (Self::OwnKey.word(), Self::OwnKey),
        (Self::Us.word(), Self::Us),
    ];
}

/// Whether a plan sells credits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sold {
    Allowed,
    None,
}

impl Word for Sold {
    const WHAT: &'static str = "whether credits are sold";
    const WORDS: &'static [(&'static str, Self)] =
        &[("allowed", Self::Allowed), ("none", Self::None)];
}

/// The ways of `when_short` that are single words.
#[derive(Clone, Copy)]
enum Way {
    Wait,
    TopUp,
    Contact,
}

impl Word for Way {
    const WHAT: &'static str = "a way forward";
    const WORDS: &'static [(&'static str, Self)] =
        &[("wait", Self::Wait), ("top_up", Self::TopUp), ("contact", Self::Contact)];
}

/// The keys of a plan.
pub(super) static PLAN: Keys = Keys {
    of: "a plan",
    list: &[
        Key::new("name", Shape::Text, rule::WORDS, "What it is called where customers read of it.")
            .default("its id as a word")
            .example("Your own AI key"),
        Key::new("for", Shape::Text, rule::WORDS, "Whom it suits.")
            .example("people looking around"),
        Key::new(
            "runs_on",
            Shape::Word(RunsOn::words),
            rule::RUNS_ON,
            "What its runs are paid from: credits, the customer's own key, or us.",
        )
        .default("credits")
        .example("own_key"),
        Key::new(
            "price",
            Shape::Literal(PRICE.form),
            rule::PERIODS,
            "What the plan costs, and how often.",
        )
        .default("free")
        .example("$12 a month"),
        Key::new(
            "credits",
            Shape::Number(BARE_CREDITS.form),
            rule::WALLET,
            "The credits that each period brings.",
        )
        .example("120"),
        Key::new(
            "offers",
            Shape::Either(&[Shape::Word(|| vec!["all"]), Shape::List(&Shape::Name(Kind::Action))]),
            rule::ORDER,
            "The actions it offers.",
        )
        .default("all")
        .example("[search_roles, map_market]"),
        Key::new(
            "best_model",
            Shape::Name(Kind::ModelClass),
            rule::ORDER,
            "The best class of models it includes.",
        )
        .default("no ceiling")
        .example("writer"),
        Key::new("allowances", ALLOWANCES, rule::PRICE, "Free units of an action, per period.")
            .example("{ search_roles: 150 a month }"),
        Key::new("prices", PRICES, rule::PRICE, "Prices that differ from the actions' own.")
            .default("the actions' own")
            .example("{ tailor_document: on your key }"),
        Key::new(
            "own_key",
            Shape::Keys(&OWN_KEY),
            rule::RUNS_ON,
            "What holds for the customer's own key.",
        ),
        Key::new(
            "top_ups",
            Shape::Word(Sold::words),
            rule::WAYS,
            "Whether credits are sold on this plan.",
        )
        .default("allowed")
        .example("none"),
        Key::new(
            "why",
            Shape::Keys(&WHY),
            rule::WORDS,
            "Reasons for what it leaves out; refusals say them.",
        ),
        Key::new(
            "when_short",
            Shape::List(&WAY),
            rule::WAYS,
            "The ways forward of a refusal, in order.",
        )
        .default("[contact]")
        .example("[wait, top_up, { switch_to: byok }, contact]"),
    ],
};

/// `{ search_roles: 150 a month }`
pub(super) const ALLOWANCES: Shape = Shape::Named(Kind::Action, &Shape::Literal(ALLOWANCE.form));
/// `{ tailor_document: on your key }`
pub(super) const PRICES: Shape = Shape::Named(Kind::Action, &PLAN_PRICE);
const WAY: Shape = Shape::Either(&[Shape::Word(Way::words), Shape::Keys(&SWITCH)]);

static SWITCH: Keys = Keys {
    of: "a switch to another plan",
    list: &[Key::new("switch_to", Shape::Name(Kind::Plan), rule::WAYS, "The plan to switch to.")
        .required()
        .example("pro")],
};

static OWN_KEY: Keys = Keys {
    of: "`own_key`",
    list: &[
        Key::new(
            "monthly_cap",
            Shape::Literal(MONEY.form),
            rule::ORDER,
            "Of what the customer's provider bills for our calls; then those actions stop.",
        )
        .default("no cap")
        .example("$20"),
        Key::new("tell", Shape::Text, rule::WORDS, "What the customer is told about that bill.")
            .example("Your AI provider may bill failed calls; we cannot refund those."),
    ],
};

static WHY: Keys = Keys {
    of: "`why`",
    list: &[
        Key::new("offers", Shape::Text, rule::WORDS, "Why actions are left out."),
        Key::new("best_model", Shape::Text, rule::WORDS, "Why better models are left out."),
        Key::new("top_ups", Shape::Text, rule::WORDS, "Why no credits are sold."),
    ],
};

/// Reads one plan. `actions`: all of the contract, in order.
pub(super) fn plan(r: &mut Reader<'_>, id: &Name, node: &Node, actions: &[Name]) -> Option<Plan> {
    let s = Section::open(r, node, &PLAN)?;
    let price = s.literal(r, "price", &PRICE).flatten();
    let price = price.filter(|p| r.in_currency(s.near("price"), p.money).is_some());
    let (credits, credits_per) = s.literal(r, "credits", &BARE_CREDITS).unzip();
    let written = s.word(r, "runs_on");
    let runs_on = written.unwrap_or(RunsOn::Credits);
    let plan = Plan {
        id: id.clone(),
        name: s.text(r, "name"),
        suits: s.text(r, "for"),
        runs_on,
        price,
        credits,
        credits_per: credits_per.flatten().or(price.map(|p| p.per)).unwrap_or(Per::Month),
        offers: s
            .get(r, "offers", |r, n| offers(r, n, actions))
            .unwrap_or_else(|| actions.to_vec())
            .into_iter()
            .collect(),
        best_model: s.name(r, "best_model", Kind::ModelClass),
        allowances: rows(
            s.named(r, "allowances", Kind::Action, |r, _, n| r.literal(n, &ALLOWANCE)),
        ),
        prices: rows(s.named(r, "prices", Kind::Action, |r, _, n| price::price(r, n))),
        top_ups: s
            .word(r, "top_ups")
            .map_or(runs_on != RunsOn::Us, |sold: Sold| sold == Sold::Allowed),
        why: s.get(r, "why", why).unwrap_or_default(),
        when_short: s
            .get(r, "when_short", |r, n| r.list(n, |r, item| way(r, item, id)))
            .unwrap_or_else(|| vec![WhenShort::Contact]),
        own_key: s.get(r, "own_key", own_key),
    };
    if s.at("runs_on").is_none() || written.is_some() {
        fits_its_model(r, &s, &plan);
    }
    fits_its_period(r, &s, &plan);
    only_what_is_offered(r, &s, &plan);
    Some(plan)
}

/// Rows as a map; none where nothing was read.
pub(super) fn rows<T>(rows: Option<Vec<(Name, T)>>) -> BTreeMap<Name, T> {
    rows.unwrap_or_default().into_iter().collect()
}

fn offers(r: &mut Reader<'_>, node: &Node, actions: &[Name]) -> Option<Vec<Name>> {
    match &node.value {
        Value::Scalar(scalar) if scalar.text == "all" => Some(actions.to_vec()),
        Value::Scalar(scalar) => {
            let message = format!("{} is not what a plan can offer.", quoted(&scalar.text));
            let fix = "Write `all`, or a list of actions such as `[a, b]`.";
            r.report(Problem::UnknownWord, node, message, fix);
            None
        }
        _ => r.names(node, Kind::Action),
    }
}

fn why(r: &mut Reader<'_>, node: &Node) -> Option<BTreeMap<Name, String>> {
    let s = Section::open(r, node, &WHY)?;
    let texts = WHY.list.iter().map(|key| (Name::new(key.name), s.text(r, key.name)));
    Some(texts.filter_map(|(key, text)| text.map(|text| (key, text))).collect())
}

fn way(r: &mut Reader<'_>, node: &Node, plan: &Name) -> Option<WhenShort> {
    if !matches!(node.value, Value::Map(_)) {
        return r.word(node).map(|way| match way {
            Way::Wait => WhenShort::Wait,
            Way::TopUp => WhenShort::TopUp,
            Way::Contact => WhenShort::Contact,
        });
    }
    let s = Section::open(r, node, &SWITCH)?;
    let to = s.name(r, "switch_to", Kind::Plan)?;
    if to == *plan {
        let message = format!("{} cannot be switched to from itself.", quoted(plan));
        r.contradiction(
            s.near("switch_to"),
            None,
            message,
            "Name another plan, or delete this way.",
        );
    }
    Some(WhenShort::SwitchTo(to))
}

fn own_key(r: &mut Reader<'_>, node: &Node) -> Option<OwnKey> {
    let s = Section::open(r, node, &OWN_KEY)?;
    let cap = s.literal(r, "monthly_cap", &MONEY);
    let cap = cap.and_then(|cap| r.in_dollars(s.near("monthly_cap"), cap));
    Some(OwnKey { monthly_cap: cap, tell: s.text(r, "tell") })
}

/// Keys that do not fit what the plan runs on.
fn fits_its_model(r: &mut Reader<'_>, s: &Section<'_>, plan: &Plan) {
    if plan.runs_on == RunsOn::Us {
        runs_on_us(r, s, plan);
    }
    if plan.runs_on == RunsOn::OwnKey {
        return;
    }
    let word = plan.runs_on.word();
    if let Some(at) = s.at("own_key") {
        let message = format!("This plan runs on `{word}`, so there is no own key.");
        r.report(
            Problem::WrongModel,
            at,
            message,
            "Delete `own_key`, or write `runs_on: own_key`.",
        );
    }
    on_your_key(r, s.at("prices"), &plan.prices, &format!("This plan runs on `{word}`"));
}

/// Reports prices on the customer's key where there is none.
pub(super) fn on_your_key(
    r: &mut Reader<'_>,
    prices_at: Option<&Node>,
    prices: &BTreeMap<Name, Price>,
    because: &str,
) {
    for (action, _) in prices.iter().filter(|(_, price)| price.on_your_key) {
        let Some(at) = prices_at.and_then(|prices| prices.get(action)) else { continue };
        let message = format!("{because}, so {} cannot run on the customer's key.", quoted(action));
        let fix = "Write the price in credits, or let the plan run on `own_key`.";
        r.report(Problem::WrongModel, at, message, fix);
    }
}

fn runs_on_us(r: &mut Reader<'_>, s: &Section<'_>, plan: &Plan) {
    if plan.top_ups {
        let message = "On a plan that runs on us nothing is paid in credits, so none are sold.";
        r.report(Problem::WrongModel, s.near("top_ups"), message, "Write `top_ups: none`.");
    }
    for key in ["credits", "prices"] {
        if let Some(at) = s.at(key) {
            let message = format!("On a plan that runs on us `{key}` have no use: all is free.");
            let fix = format!("Delete `{key}`; bound each action by its allowance.");
            r.report(Problem::WrongModel, at, message, fix);
        }
    }
    let written = s.at("allowances");
    let mut without: Vec<&str> = plan
        .offers
        .names()
        .map(Name::as_str)
        .filter(|action| written.and_then(|node| node.get(action)).is_none())
        .collect();
    if without.is_empty() {
        return;
    }
    without.sort_unstable();
    let has = if without.len() == 1 { "has" } else { "have" };
    let message = format!(
        "On a plan that runs on us every action needs an allowance; {} {has} none.",
        listed(without)
    );
    let fix = "Add an allowance for each, or leave the action out of `offers`.";
    r.report(Problem::WrongModel, s.near("allowances"), message, fix);
}

/// Credits cannot come more rarely than the plan is paid.
fn fits_its_period(r: &mut Reader<'_>, s: &Section<'_>, plan: &Plan) {
    let (Some(price), Some(at)) = (plan.price, s.at("credits")) else { return };
    if plan.credits_per > price.per {
        let (credits, paid) = (plan.credits_per.word(), price.per.word());
        let message = format!("Credits come once a {credits}, but the plan is paid every {paid}.");
        let fix = "Let credits come at least as often as the plan is paid.";
        r.contradiction(at, s.at("price"), message, fix);
    }
}

/// Allowances and prices of actions that the plan does not offer mean nothing.
fn only_what_is_offered(r: &mut Reader<'_>, s: &Section<'_>, plan: &Plan) {
    // `all` of actions that could not be read is not known.
    let offers_all = !matches!(s.at("offers").map(|node| &node.value), Some(Value::List(_)));
    if offers_all && r.names.of(Kind::Action).is_none() {
        return;
    }
    for (key, names) in [
        ("allowances", plan.allowances.keys().collect::<Vec<_>>()),
        ("prices", plan.prices.keys().collect()),
    ] {
        for name in names.into_iter().filter(|name| !plan.is_offering(name)) {
            let Some(at) = s.at(key).and_then(|node| node.get(name)) else { continue };
            let message = format!("This plan does not offer {}.", quoted(name));
            let fix = "Add it to `offers`, or delete this line.";
            r.contradiction(at, s.at("offers"), message, fix);
        }
    }
}
