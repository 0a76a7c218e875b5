//! Prices: of an action, and as a plan or an override writes them.

use super::literals::{CREDITS, Flaw, Form, MONEY};
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Shape, rule};
use super::tree::{Node, Value};
use crate::amount::Amount;
use crate::contract::{Price, Tariff};
use crate::money::Money;
use crate::phrase::credits as phrase;

/// `free`, `5 credits`.
const FIXED: Form = Form {
    says: "a price, such as `5 credits` or `free`",
    pattern: r"^(free|(0|[1-9][0-9]*)(\.[0-9]+)? credits?)$",
    example: "5 credits",
};

/// `on your key`, `6 credits and on your key`, `free`, `5 credits`.
const OF_PLAN: Form = Form {
    says: "a price, such as `5 credits` or `on your key`",
    pattern: r"^(free|on your key|(0|[1-9][0-9]*)(\.[0-9]+)? credits?( and on your key)?)$",
    example: "6 credits and on your key",
};

/// `{ each, at_least, at_most, up_to }`.
static EACH: Keys = Keys {
    of: "a price per quantity",
    list: &[
        Key::new("each", Shape::Literal(CREDITS.form), rule::PRICE, "The price of one.")
            .required()
            .example("0.5 credits"),
        Key::new("at_least", Shape::Literal(CREDITS.form), rule::PRICE, "The least a run costs.")
            .example("1 credit"),
        Key::new(
            "at_most",
            Shape::Literal(CREDITS.form),
            rule::PRICE,
            "The most a run costs; set aside where no quantity is given.",
        )
        .example("40 credits"),
        Key::new(
            "up_to",
            Shape::Whole(1, super::literals::MOST_COUNTED),
            rule::ORDER,
            "The largest quantity taken; more is refused, free.",
        )
        .example("100"),
    ],
};

/// What an action's `price` may hold.
pub(super) const ACTION_PRICE: Shape = Shape::Either(&[Shape::Literal(FIXED), Shape::Keys(&EACH)]);
/// What a plan's or an override's price may hold.
pub(super) const PLAN_PRICE: Shape = Shape::Either(&[Shape::Literal(OF_PLAN), Shape::Keys(&EACH)]);

/// The price of an action.
pub(super) fn tariff(r: &mut Reader<'_>, node: &Node) -> Option<Tariff> {
    match &node.value {
        Value::Map(_) => each(r, node),
        _ => {
            let scalar = r.scalar(node, FIXED.says)?;
            if scalar.text.ends_with("on your key") {
                let message = "`on your key` is a price on plans, not of an action.";
                let fix = "Write it under `prices` of a plan that runs on `own_key`.";
                r.report(Problem::WrongModel, node, message, fix);
                return None;
            }
            credits(r, node, &scalar.text)
        }
    }
}

/// A price as a plan or an override writes it.
pub(super) fn price(r: &mut Reader<'_>, node: &Node) -> Option<Price> {
    let Value::Scalar(scalar) = &node.value else {
        return tariff(r, node).map(|credits| Price { credits, on_your_key: false });
    };
    if scalar.text == "on your key" {
        return Some(Price { credits: Tariff::Free, on_your_key: true });
    }
    let (text, on_your_key) = match scalar.text.strip_suffix(" and on your key") {
        Some(head) => (head, true),
        None => (scalar.text.as_str(), false),
    };
    credits(r, node, text).map(|credits| Price { credits, on_your_key })
}

/// `free`, or a fixed number of credits.
fn credits(r: &mut Reader<'_>, node: &Node, text: &str) -> Option<Tariff> {
    if text == "free" {
        return Some(Tariff::Free);
    }
    let read = (CREDITS.read)(text)
        .map_err(|flaw| for_each(text).or_else(|| nothing_or_money(r, text)).unwrap_or(flaw));
    let amount = r.flawless(node, text, read)?;
    if amount.is_zero() {
        let message = "A price of nothing is called free.";
        r.report(Problem::OutOfBounds, node, message, "Write `free`.");
        return None;
    }
    r.multiple(node, amount).map(Tariff::Fixed)
}

/// `0.5 credits per minute`: a price by quantity, which has a section of its own.
fn for_each(text: &str) -> Option<Flaw> {
    let (amount, unit) = [" per ", " a ", " an ", " each ", " for each ", "/"]
        .iter()
        .find_map(|between| text.split_once(between))
        .or_else(|| Some((text.strip_suffix(" each")?, "")))?;
    (CREDITS.read)(amount.trim()).ok()?;
    let what = if unit.is_empty() { "unit" } else { unit.trim() };
    let fix = format!("Write `{{ each: {} }}` for a price of each {what}.", amount.trim());
    Some(Flaw::form("is a price by quantity, written as one of a whole run", fix))
}

/// What is written for a price of nothing by people who do not know the word.
const NOTHING: [&str; 9] =
    ["no", "none", "nothing", "null", "false", "off", "zero", "0", "included"];

/// A word for nothing, or a sum of money: both have a price that says the same.
fn nothing_or_money(r: &Reader<'_>, text: &str) -> Option<Flaw> {
    if NOTHING.contains(&text.to_lowercase().as_str()) {
        return Some(Flaw::form("is not a price", "Write `free`, if it costs nothing."));
    }
    let money = (MONEY.read)(text).ok()?;
    let says = "is money; runs are paid in credits";
    let list = r.list_price.filter(|list| list.currency == money.currency)?;
    let millionths = money.trillionths().checked_mul(1_000_000)?.checked_div(list.trillionths())?;
    let worth = Amount::from_millionths(i64::try_from(millionths).ok()?)?;
    let fits = worth.is_multiple_of(r.smallest) && !worth.is_zero();
    let is_exact = fits && Money::of_credits(worth, list) == Some(money);
    let fix = if is_exact {
        format!("Write `{}`: that is {money} at your list price.", phrase(worth))
    } else {
        format!("Write credits; one is {list}.")
    };
    Some(Flaw::form(says, fix))
}

/// A price per quantity.
fn each(r: &mut Reader<'_>, node: &Node) -> Option<Tariff> {
    let s = Section::open(r, node, &EACH)?;
    let each = part(r, &s, "each");
    let at_least = part(r, &s, "at_least");
    let at_most = part(r, &s, "at_most");
    let up_to = s.whole(r, "up_to");
    if let (Some(least), Some(most)) = (at_least, at_most)
        && least > most
    {
        let message =
            format!("At least {} and at most {} cannot both hold.", phrase(least), phrase(most));
        let fix = "Lower `at_least`, or raise `at_most`.";
        r.contradiction(s.near("at_least"), s.at("at_most"), message, fix);
    }
    Some(Tariff::Each { each: each?, at_least, at_most, up_to })
}

/// One of the amounts of a price per quantity: more than nothing, a multiple of the smallest.
fn part(r: &mut Reader<'_>, s: &Section<'_>, key: &str) -> Option<Amount> {
    let amount = s.literal(r, key, &CREDITS)?;
    if amount.is_zero() {
        let fix = "Delete the line, or write more than nothing.";
        r.report(Problem::OutOfBounds, s.near(key), format!("`{key}` is nothing."), fix);
        return None;
    }
    r.multiple(s.near(key), amount)
}
