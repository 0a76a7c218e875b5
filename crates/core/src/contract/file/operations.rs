//! The whole of `operations.yaml`: its top level, surge, and what happens when the store is down.

use super::costs::{self, COSTS};
use super::literals::SURGE;
use super::overrides::{self, OVERRIDES};
use super::price_map::Map;
use super::problems::Problem;
use super::reader::Reader;
use super::rollout::{self, ROLLOUT};
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::Node;
use crate::contract::{Contract, Operations, StoreDown, Surge};
use crate::id::Name;

/// What a surge does.
#[derive(Clone, Copy)]
struct PauseFreeActions;

impl Word for PauseFreeActions {
    const WHAT: &'static str = "what a surge does";
    const WORDS: &'static [(&'static str, Self)] = &[("pause_free_actions", Self)];
}

/// The one choice in enforce.
#[derive(Clone, Copy)]
struct Refuse;

impl Word for Refuse {
    const WHAT: &'static str = "what enforcing does without its store";
    const WORDS: &'static [(&'static str, Self)] = &[("refuse", Self)];
}

/// The one choice in shadow.
#[derive(Clone, Copy)]
struct Forward;

impl Word for Forward {
    const WHAT: &'static str = "what shadow does without its store";
    const WORDS: &'static [(&'static str, Self)] = &[("forward", Self)];
}

/// The keys of `operations.yaml`.
pub(super) static OPERATIONS: Keys = Keys {
    of: "operations",
    list: &[
        Key::new(
            "operates",
            Shape::Name(Kind::Contract),
            rule::VERSIONS,
            "The contract these are the operations of.",
        )
        .required()
        .example("jobscout"),
        Key::new("costs", Shape::Keys(&COSTS), rule::COST, "What the promises cost us.")
            .default("costs are unknown"),
        Key::new(
            "surge",
            Shape::Keys(&SURGE_KEYS),
            rule::ORDER,
            "When demand is unusual for all customers together.",
        )
        .default("nothing is a surge")
        .example("{ when: supplier cost over $400 a day, do: pause_free_actions }"),
        Key::new(
            "rollout",
            Shape::Keys(&ROLLOUT),
            rule::MODES,
            "How far showing and enforcing have come.",
        )
        .default("everything is enforced"),
        Key::new(
            "store_down",
            Shape::Keys(&STORE_DOWN),
            rule::MODES,
            "What happens when the store is away.",
        )
        .example("{ enforce: refuse, shadow: forward }"),
        Key::new(
            "overrides",
            Shape::Keys(&OVERRIDES),
            rule::OVERRIDES,
            "Special terms: better than the plan, dated, by somebody, shown.",
        ),
    ],
};

static SURGE_KEYS: Keys = Keys {
    of: "`surge`",
    list: &[
        Key::new("when", Shape::Literal(SURGE.form), rule::ORDER, "When it begins.")
            .required()
            .example("supplier cost over $400 a day"),
        Key::new(
            "do",
            Shape::Word(PauseFreeActions::words),
            rule::ORDER,
            "What it does; prices and models never change by themselves.",
        )
        .required()
        .example("pause_free_actions"),
    ],
};

static STORE_DOWN: Keys = Keys {
    of: "`store_down`",
    list: &[
        Key::new(
            "enforce",
            Shape::Word(Refuse::words),
            rule::MODES,
            "In enforce: runs are refused.",
        )
        .default("refuse"),
        Key::new(
            "shadow",
            Shape::Word(Forward::words),
            rule::MODES,
            "In shadow: calls are forwarded.",
        )
        .default("forward"),
    ],
};

/// Reads the whole file. `contract`: what it operates, where that could be read.
pub(super) fn operations(
    r: &mut Reader<'_>,
    root: &Node,
    contract: Option<&Contract>,
    prices: Option<Map>,
) -> Option<Operations> {
    let s = Section::open(r, root, &OPERATIONS)?;
    let operates = s.name(r, "operates", Kind::Contract);
    if let (Some(operates), Some(contract)) = (&operates, contract)
        && *operates != contract.name
    {
        let message = format!("These operate `{operates}`; the contract is `{}`.", contract.name);
        let fix = format!("Write `operates: {}`, or give the right contract.", contract.name);
        r.report(Problem::OtherContract, s.near("operates"), message, fix);
    }
    let costs = s.get(r, "costs", |r, node| costs::costs(r, node, prices));
    let surge = s.get(r, "surge", surge);
    let rollout = s.get(r, "rollout", rollout::rollout).unwrap_or_default();
    let store_down = s.get(r, "store_down", store_down).unwrap_or_default();
    let overrides = s.get(r, "overrides", |r, node| overrides::overrides(r, node, contract));
    let (who_may, overrides) = overrides.unwrap_or_default();
    Some(Operations {
        operates: operates.unwrap_or_else(|| Name::new("")),
        revision: 1,
        costs,
        surge,
        rollout,
        store_down,
        who_may,
        overrides,
    })
}

fn surge(r: &mut Reader<'_>, node: &Node) -> Option<Surge> {
    let s = Section::open(r, node, &SURGE_KEYS)?;
    s.word::<PauseFreeActions>(r, "do");
    let (limit, per) = s.literal(r, "when", &SURGE)?;
    Some(Surge { over: costs::in_dollars(r, s.near("when"), limit)?, per })
}

fn store_down(r: &mut Reader<'_>, node: &Node) -> Option<StoreDown> {
    let s = Section::open(r, node, &STORE_DOWN)?;
    s.word::<Refuse>(r, "enforce");
    s.word::<Forward>(r, "shadow");
    Some(StoreDown::default())
}
