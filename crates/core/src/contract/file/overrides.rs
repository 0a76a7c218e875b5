//! Section `overrides` of the operations: the escape hatch, and the proof that it is one.
//!
//! An override is dated, by somebody, for a reason, and better than the plan wherever the files can
//! tell.

use super::better;
use super::literals::{ALLOWANCE, CREDITS, DATE, PLAN_PRICE as PRICE};
use super::plans::{ALLOWANCES, PRICES, rows};
use super::price;
use super::problems::Problem;
use super::reader::Reader;
use super::section::{Section, named};
use super::shape::{Key, Keys, Kind, Shape, rule};
use super::tree::Node;
use crate::contract::{Contract, Override, WhoMay};
use crate::id::Name;
use crate::phrase;
use std::collections::BTreeMap;

/// The keys of `overrides`.
pub(super) static OVERRIDES: Keys = Keys {
    of: "`overrides`",
    list: &[
        Key::new(
            "who_may",
            Shape::Named(Kind::New("role"), &Shape::Literal(CREDITS.form)),
            rule::SMALLER,
            "The most credits a role may give in one act.",
        )
        .default("anyone may give any amount")
        .example("{ support: 50 credits }"),
        Key::new(
            "customers",
            Shape::Named(Kind::Customer, &Shape::Keys(&OVERRIDE)),
            rule::OVERRIDES,
            "Special terms by customer.",
        ),
    ],
};

static OVERRIDE: Keys = Keys {
    of: "an override",
    list: &[
        Key::new("plan", Shape::Name(Kind::Plan), rule::OVERRIDES, "The plan it was agreed for.")
            .default("whatever plan the customer is on")
            .example("pro"),
        Key::new(
            "price",
            Shape::Literal(PRICE.form),
            rule::OVERRIDES,
            "The plan price agreed; recorded, not compared.",
        )
        .example("$400 a month"),
        Key::new(
            "allowances",
            ALLOWANCES,
            rule::OVERRIDES,
            "More free units; the plan's period is kept.",
        )
        .example("{ search_roles: 15000 a month }"),
        Key::new("prices", PRICES, rule::OVERRIDES, "Lower prices.")
            .example("{ enrich_market_map: 7 credits }"),
        Key::new(
            "best_model",
            Shape::Name(Kind::ModelClass),
            rule::OVERRIDES,
            "A better class of models.",
        )
        .example("frontier"),
        Key::new(
            "credit_line",
            Shape::Literal(CREDITS.form),
            rule::WALLET,
            "How far below zero the wallet may go.",
        )
        .default("0 credits")
        .example("300 credits"),
        Key::new("at_once", Shape::Whole(1, 1_000_000), rule::ORDER, "More open runs at once.")
            .example("50"),
        Key::new(
            "until",
            Shape::Literal(DATE.form),
            rule::OVERRIDES,
            "Its last day, to 24:00 in the contract's zone.",
        )
        .required()
        .example("2027-06-30"),
        Key::new("by", Shape::Name(Kind::Role), rule::OVERRIDES, "The role that agreed.")
            .required()
            .example("product_lead"),
        Key::new("reason", Shape::Text, rule::OVERRIDES, "Why.")
            .required()
            .example("200-seat pilot"),
    ],
};

/// Reads `overrides`: who may give what, and the customers with special terms.
pub(super) fn overrides(
    r: &mut Reader<'_>,
    node: &Node,
    contract: Option<&Contract>,
) -> Option<(WhoMay, BTreeMap<Name, Override>)> {
    let s = Section::open(r, node, &OVERRIDES)?;
    let who_may = rows(s.get(r, "who_may", |r, node| {
        named(r, node, Kind::New("role"), |r, _, node| r.literal(node, &CREDITS))
    }));
    let customers = rows(
        s.named(r, "customers", Kind::Customer, |r, _, node| one(r, node, &who_may, contract)),
    );
    Some((who_may, customers))
}

fn one(
    r: &mut Reader<'_>,
    node: &Node,
    who_may: &WhoMay,
    contract: Option<&Contract>,
) -> Option<Override> {
    let s = Section::open(r, node, &OVERRIDE)?;
    let plan = s.name(r, "plan", Kind::Plan);
    let price = s.literal(r, "price", &PRICE).flatten();
    let special = Override {
        plan,
        price: price
            .filter(|p| r.in_currency(s.near("price"), p.money).is_some())
            .map(|p| (p.money, p.per)),
        allowances: rows(
            s.named(r, "allowances", Kind::Action, |r, _, n| r.literal(n, &ALLOWANCE)),
        ),
        prices: rows(s.named(r, "prices", Kind::Action, |r, _, n| price::price(r, n))),
        best_model: s.name(r, "best_model", Kind::ModelClass),
        credit_line: s.literal(r, "credit_line", &CREDITS),
        at_once: s.count(r, "at_once"),
        until: s.literal(r, "until", &DATE),
        by: s.name(r, "by", Kind::Role),
        reason: s.text(r, "reason"),
    };
    within_the_role(r, &s, &special, who_may);
    if let Some(contract) = contract {
        better::than_the_plan(r, &s, &special, contract);
    }
    Some(special)
}

/// A credit line is a gift of trust: bounded by what the role may give.
fn within_the_role(r: &mut Reader<'_>, s: &Section<'_>, special: &Override, who_may: &WhoMay) {
    let (Some(line), Some(by)) = (special.credit_line, &special.by) else { return };
    let Some(most) = who_may.get(by).copied() else { return };
    if line > most {
        let message = format!("`{by}` may give {} in one act, not {line}.", phrase::credits(most));
        let fix = "Lower the credit line, or let a role sign that may give this much.";
        r.report(Problem::AboveRole, s.near("credit_line"), message, fix);
    }
}
