//! Sections `top_ups` and `links`: how credits are bought, and where the ways forward lead.

use super::literals::{CREDITS, LENGTH, LINK, MONEY};
use super::problems::Problem;
use super::reader::Reader;
use super::section::{Section, named};
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::Node;
use crate::contract::{AutoTopUp, Links, MoneyBack, Pack, TopUps};

impl Word for AutoTopUp {
    const WHAT: &'static str = "automatic top-ups";
    const WORDS: &'static [(&'static str, Self)] = &[("only_if_asked", Self::OnlyIfAsked)];
}

/// What may be given back.
#[derive(Clone, Copy)]
struct Unused;

impl Word for Unused {
    const WHAT: &'static str = "what may be given back";
    const WORDS: &'static [(&'static str, Self)] = &[("unused", Self)];
}

/// The keys of `top_ups`.
pub(super) static TOP_UPS: Keys = Keys {
    of: "`top_ups`",
    list: &[
        Key::new(
            "packs",
            Shape::Named(Kind::Pack, &Shape::Literal(MONEY.form)),
            rule::SMALLER,
            "Packs of credits with their prices.",
        )
        .example("{ 50 credits: $5, 100 credits: $10 }"),
        Key::new(
            "any_amount_from",
            Shape::Literal(MONEY.form),
            rule::SMALLER,
            "From this sum on any amount can be bought, at the list price.",
        )
        .default("only packs")
        .example("$5"),
        Key::new(
            "auto",
            Shape::Word(AutoTopUp::words),
            rule::SMALLER,
            "Top-ups by themselves: only when asked for, always with a monthly cap.",
        )
        .default("never")
        .example("only_if_asked"),
        Key::new(
            "money_back",
            Shape::Keys(&MONEY_BACK),
            rule::SMALLER,
            "How long unused bought credits can be given back.",
        )
        .default("not promised")
        .example("{ on: unused, within: 14 days }"),
    ],
};

/// The key is a boolean to older readers; ours knows it bare, and in quotes.
const MAY_BE_GIVEN_BACK: &str = "What may be given back. Tools that read YAML 1.1 take a bare `on` \
    for `true`: write `\"on\"` for them.";

static MONEY_BACK: Keys = Keys {
    of: "`money_back`",
    list: &[
        Key::new("on", Shape::Word(Unused::words), rule::SMALLER, MAY_BE_GIVEN_BACK)
            .required()
            .example("unused"),
        Key::new("within", Shape::Literal(LENGTH.form), rule::SMALLER, "How long after buying.")
            .required()
            .example("14 days"),
    ],
};

/// The keys of `links`.
pub(super) static LINKS: Keys = Keys {
    of: "`links`",
    list: &[
        Key::new("top_up", Shape::Literal(LINK.form), rule::WAYS, "Where credits are bought.")
            .default("told without a link")
            .example("/billing/top-up"),
        Key::new("plans", Shape::Literal(LINK.form), rule::WAYS, "Where a plan is chosen.")
            .default("told without a link")
            .example("/billing/plans"),
        Key::new(
            "own_key",
            Shape::Literal(LINK.form),
            rule::WAYS,
            "Where an own key is added or mended.",
        )
        .default("told without a link")
        .example("/settings/keys"),
        Key::new("contact", Shape::Literal(LINK.form), rule::WAYS, "Where somebody answers.")
            .default("told without a link")
            .example("/help"),
    ],
};

/// Reads `top_ups`.
pub(super) fn top_ups(r: &mut Reader<'_>, node: &Node) -> Option<TopUps> {
    let s = Section::open(r, node, &TOP_UPS)?;
    let from = s.literal(r, "any_amount_from", &MONEY);
    Some(TopUps {
        packs: s.get(r, "packs", packs).unwrap_or_default(),
        any_amount_from: from.and_then(|sum| r.in_currency(s.near("any_amount_from"), sum)),
        auto: s.word(r, "auto"),
        money_back: s.get(r, "money_back", money_back),
    })
}

fn packs(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Pack>> {
    let rows = named(r, node, Kind::Pack, |r, _, node| {
        let price = r.literal(node, &MONEY)?;
        r.in_currency(node, price)
    })?;
    let mut packs = Vec::new();
    for (name, price) in rows {
        let Some(entry) = node.entry(&name) else { continue };
        let at = Node::new(entry.key_span.clone(), super::tree::Value::Refused);
        let read = (CREDITS.read)(&name);
        let Some(credits) = r.flawless(&at, &name, read) else { continue };
        if credits.is_zero() || !price.is_positive() {
            let fix = "Write more than nothing on both sides.";
            r.report(Problem::OutOfBounds, &at, "A pack of nothing, or for nothing.", fix);
        }
        packs.push(Pack { credits, price });
    }
    Some(packs)
}

fn money_back(r: &mut Reader<'_>, node: &Node) -> Option<MoneyBack> {
    let s = Section::open(r, node, &MONEY_BACK)?;
    s.word::<Unused>(r, "on");
    s.literal(r, "within", &LENGTH).map(|within| MoneyBack { within })
}

/// Reads `links`.
pub(super) fn links(r: &mut Reader<'_>, node: &Node) -> Option<Links> {
    let s = Section::open(r, node, &LINKS)?;
    Some(Links {
        top_up: s.literal(r, "top_up", &LINK),
        plans: s.literal(r, "plans", &LINK),
        own_key: s.literal(r, "own_key", &LINK),
        contact: s.literal(r, "contact", &LINK),
    })
}
