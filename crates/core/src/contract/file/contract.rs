//! The whole of `contract.yaml`: its top level, read section by section into a [`Contract`].

use super::actions::{self, ACTION, Shared};
use super::changes::{self, CHANGES, WAIVER};
use super::credit::{self, CREDIT};
use super::failures::{self, FAILURES};
use super::limits::{self, EXPERIMENTS, LIMITS};
use super::literals::{CURRENCY, DATE, LENGTH, ZONE};
use super::models::{self, MODEL_CLASS};
use super::outcomes::{self, OUTCOMES};
use super::plans::{self, PLAN};
use super::problems::Problem;
use super::reader::Reader;
use super::section::{Section, named};
use super::selling::{self, LINKS, TOP_UPS};
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::{Node, Value};
use super::words::{self, WORDS};
use crate::contract::{Action, Audience, Contract, Outcomes, Plan, Table};
use crate::id::Name;
use crate::money::Currency;
use crate::time::{Length, TimeUnit, Zone};

impl Word for Audience {
    const WHAT: &'static str = "whom the product is sold to";
    const WORDS: &'static [(&'static str, Self)] =
        &[("consumers", Self::Consumers), ("businesses", Self::Businesses)];
}

/// The keys of `contract.yaml`.
pub(super) static CONTRACT: Keys = Keys {
    of: "a contract",
    list: &[
        Key::new("contract", Shape::Name(Kind::Contract), rule::VERSIONS, "The contract's name.")
            .required()
            .example("jobscout"),
        Key::new(
            "version",
            Shape::Whole(1, 1_000_000_000),
            rule::VERSIONS,
            "The version's number, above the last one published.",
        )
        .required()
        .example("3"),
        Key::new(
            "effective",
            Shape::Literal(DATE.form),
            rule::VERSIONS,
            "The day from which it applies.",
        )
        .default("at once")
        .example("2026-11-01"),
        Key::new(
            "customers",
            Shape::Word(Audience::words),
            rule::LANGUAGE,
            "Whom the product is sold to; consumers turn the consumer-law checks on.",
        )
        .default("consumers")
        .example("businesses"),
        Key::new(
            "currency",
            Shape::Literal(CURRENCY.form),
            rule::LANGUAGE,
            "The one currency of this version.",
        )
        .default("USD")
        .example("EUR"),
        Key::new(
            "time_zone",
            Shape::Literal(ZONE.form),
            rule::PERIODS,
            "The zone that days, resets and expiry follow.",
        )
        .default("UTC")
        .example("Europe/Berlin"),
        Key::new(
            "actions",
            Shape::Named(Kind::New("action"), &Shape::Keys(&ACTION)),
            rule::PRICE,
            "What customers can press.",
        )
        .required(),
        Key::new(
            "plans",
            Shape::Named(Kind::New("plan"), &Shape::Keys(&PLAN)),
            rule::RUNS_ON,
            "The plans customers choose from.",
        )
        .required(),
        Key::new(
            "new_customers",
            Shape::Name(Kind::Plan),
            rule::ORDER,
            "The plan that a first run of an unknown customer opens.",
        )
        .default("unknown customers are refused")
        .example("discovery"),
        Key::new(
            "outcomes",
            Shape::Keys(&OUTCOMES),
            rule::SETTLE,
            "What the customer pays for each way a run can end.",
        )
        .default("the fair ones"),
        Key::new(
            "failures",
            Shape::Keys(&FAILURES),
            rule::SETTLE,
            "When work is too slow, and who pays for repeats.",
        ),
        Key::new(
            "credit",
            Shape::Keys(&CREDIT),
            rule::WALLET,
            "What a credit is worth and how long it lives.",
        ),
        Key::new("top_ups", Shape::Keys(&TOP_UPS), rule::SMALLER, "How credits are bought."),
        Key::new(
            "quotes",
            Shape::Keys(&QUOTES),
            rule::QUOTES,
            "How long a quoted price is honoured.",
        ),
        Key::new(
            "limits",
            Shape::Keys(&LIMITS),
            rule::ORDER,
            "Bounds that stop a run before it hurts.",
        ),
        Key::new(
            "experiments",
            Shape::Keys(&EXPERIMENTS),
            rule::PRICE,
            "Trying things out: free, marked, apart.",
        )
        .default("none are offered"),
        Key::new(
            "models",
            Shape::Named(Kind::New("model class"), &Shape::Keys(&MODEL_CLASS)),
            rule::ORDER,
            "Classes of models, cheapest first.",
        )
        .default("one class of any model"),
        Key::new("changes", Shape::Keys(&CHANGES), rule::VERSIONS, "How this contract may change."),
        Key::new("links", Shape::Keys(&LINKS), rule::WAYS, "Where the ways forward lead."),
        Key::new(
            "words",
            WORDS,
            rule::WORDS,
            "What customers read in a state, where it differs from the defaults.",
        )
        .default("the defaults")
        .example("{ done: \"Done. {charged} used.\" }"),
        Key::new(
            "waive",
            Shape::Named(Kind::Rule, &Shape::Keys(&WAIVER)),
            rule::LANGUAGE,
            "Findings of the lint that are accepted for now.",
        ),
    ],
};

static QUOTES: Keys = Keys {
    of: "`quotes`",
    list: &[Key::new("last", Shape::Literal(LENGTH.form), rule::QUOTES, "How long.")
        .default("15 minutes")
        .example("15 minutes")],
};

/// How long a quote is honoured where the file is silent.
const QUOTES_LAST: Length = Length::new(15, TimeUnit::Minute);

/// Reads the whole file; what could not be read has been reported and stands at its default.
pub(super) fn contract(r: &mut Reader<'_>, root: &Node) -> Option<Contract> {
    let s = Section::open(r, root, &CONTRACT)?;
    if s.at("currency").is_some() {
        r.currency = s.literal(r, "currency", &CURRENCY);
    }
    let credit = s.get(r, "credit", credit::credit).unwrap_or(credit::DEFAULT);
    r.smallest = credit.smallest;
    r.list_price = credit.list_price;
    let outcomes = s.get(r, "outcomes", outcomes::outcomes).unwrap_or(Outcomes::FAIR);
    let failures = s.get(r, "failures", failures::failures).unwrap_or(failures::DEFAULT);
    let at_latest = s.at("failures").and_then(|node| node.get("at_latest"));
    let shared = Shared {
        outcomes,
        too_slow_after: failures.too_slow_after,
        at_latest: at_latest.map(|_| failures.at_latest),
    };
    let actions = actions_of(r, &s, &shared);
    let names = names_under(s.at("actions"));
    let contract = Contract {
        name: s.name(r, "contract", Kind::Contract).unwrap_or_else(|| Name::new("")),
        version: s.count(r, "version").unwrap_or(1),
        effective: s.literal(r, "effective", &DATE),
        customers: s.word(r, "customers").unwrap_or(Audience::Consumers),
        currency: r.currency.unwrap_or(Currency::USD),
        zone: s.literal(r, "time_zone", &ZONE).unwrap_or(Zone::UTC),
        actions,
        plans: plans_of(r, &s, &names),
        outcomes,
        outcomes_written: outcomes::written(s.at("outcomes")),
        failures,
        credit,
        top_ups: s.get(r, "top_ups", selling::top_ups).unwrap_or_default(),
        limits: s.get(r, "limits", limits::limits).unwrap_or(limits::DEFAULT),
        experiments: s.get(r, "experiments", limits::experiments),
        models: s.get(r, "models", models::models).unwrap_or_else(models::any),
        changes: s.get(r, "changes", changes::changes).unwrap_or(changes::DEFAULT),
        links: s.get(r, "links", selling::links).unwrap_or_default(),
        words: s.get(r, "words", words::words).unwrap_or_default(),
        quotes_last: s.get(r, "quotes", quotes).unwrap_or(QUOTES_LAST),
        new_customers: s.name(r, "new_customers", Kind::Plan),
        waivers: s.get(r, "waive", changes::waivers).unwrap_or_default(),
    };
    any_amount_has_a_price(r, &s, &contract);
    Some(contract)
}

/// The keys of a section, in the order of the file, also of what could not be read.
fn names_under(node: Option<&Node>) -> Vec<Name> {
    match node.map(|node| &node.value) {
        Some(Value::Map(map)) => map.entries().iter().map(|e| Name::new(&e.key)).collect(),
        _ => Vec::new(),
    }
}

fn actions_of(r: &mut Reader<'_>, s: &Section<'_>, shared: &Shared) -> Table<Action> {
    let rows = s.get(r, "actions", |r, node| {
        not_empty(r, node, "An action is what a customer can press: define at least one.");
        named(r, node, Kind::New("action"), |r, id, node| actions::action(r, id, node, shared))
    });
    table(rows)
}

fn plans_of(r: &mut Reader<'_>, s: &Section<'_>, actions: &[Name]) -> Table<Plan> {
    let rows = s.get(r, "plans", |r, node| {
        not_empty(r, node, "Every customer is on a plan: define at least one.");
        named(r, node, Kind::New("plan"), |r, id, node| plans::plan(r, id, node, actions))
    });
    table(rows)
}

/// Rows as a table; keys of a file are unique already.
pub(super) fn table<T>(rows: Option<Vec<(Name, T)>>) -> Table<T> {
    let mut table = Table::default();
    for (name, row) in rows.unwrap_or_default() {
        let _ = table.push(name, row);
    }
    table
}

/// Reports a section that defines nothing.
pub(super) fn not_empty(r: &mut Reader<'_>, node: &Node, fix: &str) {
    if let Value::Map(map) = &node.value
        && map.entries().is_empty()
    {
        r.report(Problem::WrongShape, node, "The section is empty.", fix);
    }
}

fn quotes(r: &mut Reader<'_>, node: &Node) -> Option<Length> {
    Section::open(r, node, &QUOTES)?.literal(r, "last", &LENGTH)
}

/// Any amount can be bought only where one credit has a price.
fn any_amount_has_a_price(r: &mut Reader<'_>, s: &Section<'_>, contract: &Contract) {
    let at = s.at("top_ups").and_then(|node| node.get("any_amount_from"));
    if let (Some(at), Some(_), None) =
        (at, contract.top_ups.any_amount_from, contract.credit.list_price)
        && s.at("credit").and_then(|node| node.get("list_price")).is_none()
    {
        let message = "Any amount can be bought, but a credit has no price.";
        r.contradiction(at, None, message, "Add `credit.list_price`, or sell packs only.");
    }
}
