//! Section `credit`: what a credit is worth, how fine it is, how long each kind lives.

use super::literals::{CREDITS, EXPIRY, LENGTH, MONEY};
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Shape, rule};
use super::tree::Node;
use crate::amount::Amount;
use crate::contract::{CreditRules, Expiry};
use crate::time::{Length, TimeUnit};

/// The keys of `credit`.
pub(super) static CREDIT: Keys = Keys {
    of: "`credit`",
    list: &[
        Key::new(
            "list_price",
            Shape::Literal(MONEY.form),
            rule::WORDS,
            "What one credit is worth; shown beside every amount.",
        )
        .default("credits are shown without money")
        .example("$0.10"),
        Key::new(
            "smallest",
            Shape::Literal(CREDITS.form),
            rule::SETTLE,
            "Nothing finer is ever charged or shown; every price is a multiple.",
        )
        .default("1 credit")
        .example("0.5 credits"),
        Key::new(
            "kinds",
            Shape::Keys(&KINDS),
            rule::WALLET,
            "How long each kind of credits lives.",
        ),
        Key::new(
            "refunds_last_at_least",
            Shape::Literal(LENGTH.form),
            rule::WALLET,
            "How long refunded credits can still be used.",
        )
        .default("30 days")
        .example("30 days"),
    ],
};

static KINDS: Keys = Keys {
    of: "`kinds`",
    list: &[
        Key::new("gift", Shape::Keys(&LASTS), rule::WALLET, "Credits that are given.")
            .example("{ lasts: 90 days }"),
        Key::new("goodwill", Shape::Keys(&LASTS), rule::WALLET, "Credits given when we are sorry.")
            .example("{ lasts: 90 days }"),
        Key::new("plan", Shape::Keys(&ROLLS_OVER), rule::WALLET, "Credits that come with a plan.")
            .example("{ rolls_over: 1 month, keep_at_most: 200 credits }"),
        Key::new("bought", Shape::Keys(&LASTS_FOREVER), rule::WALLET, "Credits that are bought.")
            .example("{ lasts: forever }"),
    ],
};

static LASTS: Keys = Keys {
    of: "a kind of credits",
    list: &[Key::new("lasts", Shape::Literal(EXPIRY.form), rule::WALLET, "How long they live.")
        .default("90 days")
        .example("90 days")],
};

static LASTS_FOREVER: Keys = Keys {
    of: "`bought`",
    list: &[Key::new("lasts", Shape::Literal(EXPIRY.form), rule::WALLET, "How long they live.")
        .default("forever")
        .example("forever")],
};

static ROLLS_OVER: Keys = Keys {
    of: "`plan`",
    list: &[
        Key::new(
            "rolls_over",
            Shape::Literal(LENGTH.form),
            rule::WALLET,
            "How long after their period they can still be used.",
        )
        .default("they end with their period")
        .example("1 month"),
        Key::new(
            "keep_at_most",
            Shape::Literal(CREDITS.form),
            rule::WALLET,
            "The most plan credits kept; a period brings only what is missing to it.",
        )
        .default("no bound")
        .example("200 credits"),
    ],
};

const NINETY_DAYS: Expiry = Expiry::After(Length::new(90, TimeUnit::Day));

/// What holds where the file is silent.
pub(super) const DEFAULT: CreditRules = CreditRules {
    list_price: None,
    smallest: Amount::credits(1),
    gift: NINETY_DAYS,
    goodwill: NINETY_DAYS,
    plan_rolls_over: None,
    plan_keep_at_most: None,
    bought: Expiry::Never,
    refunds_last_at_least: Length::new(30, TimeUnit::Day),
};

/// Reads `credit`.
pub(super) fn credit(r: &mut Reader<'_>, node: &Node) -> Option<CreditRules> {
    let s = Section::open(r, node, &CREDIT)?;
    let mut rules = DEFAULT;
    let price = s.literal(r, "list_price", &MONEY);
    rules.list_price = price.and_then(|price| r.in_currency(s.near("list_price"), price));
    if rules.list_price.is_some_and(|price| !price.is_positive()) {
        let fix = "Delete the line, or write what a credit is worth.";
        r.report(Problem::OutOfBounds, s.near("list_price"), "A credit is worth nothing.", fix);
    }
    if s.at("smallest").is_some() {
        // Until it can be read, every price is taken for a multiple of it.
        rules.smallest = Amount::from_millionths(1).unwrap_or_default();
    }
    if let Some(smallest) = s.literal(r, "smallest", &CREDITS) {
        if smallest.is_zero() {
            let fix = "Write the smallest amount that is charged, such as `1 credit`.";
            let message = "The smallest credit is nothing.";
            r.report(Problem::OutOfBounds, s.near("smallest"), message, fix);
        } else {
            rules.smallest = smallest;
        }
    }
    if let Some(length) = s.literal(r, "refunds_last_at_least", &LENGTH) {
        rules.refunds_last_at_least = length;
    }
    s.get(r, "kinds", |r, node| kinds(r, node, &mut rules));
    Some(rules)
}

fn kinds(r: &mut Reader<'_>, node: &Node, rules: &mut CreditRules) -> Option<()> {
    let s = Section::open(r, node, &KINDS)?;
    if let Some(gift) = s.get(r, "gift", |r, node| lasts(r, node, &LASTS)) {
        rules.gift = gift;
    }
    if let Some(goodwill) = s.get(r, "goodwill", |r, node| lasts(r, node, &LASTS)) {
        rules.goodwill = goodwill;
    }
    if let Some(bought) = s.get(r, "bought", |r, node| lasts(r, node, &LASTS_FOREVER)) {
        rules.bought = bought;
    }
    s.get(r, "plan", |r, node| {
        let s = Section::open(r, node, &ROLLS_OVER)?;
        rules.plan_rolls_over = s.literal(r, "rolls_over", &LENGTH);
        rules.plan_keep_at_most = s.literal(r, "keep_at_most", &CREDITS);
        Some(())
    })
}

fn lasts(r: &mut Reader<'_>, node: &Node, keys: &'static Keys) -> Option<Expiry> {
    Section::open(r, node, keys)?.literal(r, "lasts", &EXPIRY)
}
