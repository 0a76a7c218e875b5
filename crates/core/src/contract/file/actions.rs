//! Section `actions`: what a customer can press, and its price.

use super::literals::{CREDITS, LENGTH};
use super::outcomes::{self, PAID_EVEN_IF};
use super::price::{self, ACTION_PRICE};
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, rule};
use super::tree::Node;
use crate::contract::{Action, FreeRedo, Outcome, Outcomes, SameResult, Tariff, Treatment};
use crate::id::Name;
use crate::time::Length;

/// The keys of an action.
pub(super) static ACTION: Keys = Keys {
    of: "an action",
    list: &[
        Key::new("name", Shape::Text, rule::WORDS, "What the button says.")
            .required()
            .example("Tailor a document"),
        Key::new("unit", Shape::Text, rule::PRICE, "One of what, in the customer's words.")
            .required()
            .example("tailored document"),
        Key::new(
            "counts_as",
            Shape::Text,
            rule::PRICE,
            "What makes one, and what does not make two.",
        )
        .required()
        .example("one draft of one CV or letter for one role"),
        Key::new("delivered_when", Shape::Text, rule::SETTLE, "What \"delivered\" means.")
            .default("taken only if it is delivered")
            .example("the file opens and names the role"),
        Key::new(
            "price",
            ACTION_PRICE,
            rule::PRICE,
            "What one costs: free, fixed, or by quantity.",
        )
        .required()
        .example("5 credits"),
        Key::new(
            "after_allowance",
            Shape::Literal(CREDITS.form),
            rule::PRICE,
            "What each unit beyond a free action's allowance costs; asked first.",
        )
        .default("nothing is for sale beyond the allowance")
        .example("0.5 credits"),
        Key::new(
            "parts",
            Shape::Whole(2, 10_000),
            rule::SETTLE,
            "How many parts a whole result has.",
        )
        .default("it has no parts")
        .example("8"),
        Key::new(
            "charge_once_per",
            Shape::Text,
            rule::SAME,
            "What a result belongs to: delivered or paid in full it is owned, free to reopen.",
        )
        .default("nothing is owned")
        .example("draft"),
        Key::new(
            "same_again_free_for",
            Shape::Literal(LENGTH.form),
            rule::SAME,
            "How long the same again is free.",
        )
        .default("nothing is the same")
        .example("90 days"),
        Key::new("free_redo", Shape::Keys(&FREE_REDO), rule::SAME, "Redos that are free.")
            .example("{ times: 1, within: 7 days }"),
        Key::new(
            "paid_even_if",
            Shape::Keys(&PAID_EVEN_IF),
            rule::CONSENT,
            "Outcomes charged though little or nothing arrived: declared, shown, agreed to.",
        ),
        Key::new(
            "needs",
            Shape::List(&Shape::Name(Kind::Input)),
            rule::ORDER,
            "Inputs without which a run is refused before anything is set aside.",
        )
        .example("[full_name, company_domain]"),
        Key::new(
            "exploring",
            Shape::Switch,
            rule::ORDER,
            "Exempt from caps and the unusual day, and offered first as another way.",
        )
        .default("false")
        .example("true"),
        Key::new(
            "model",
            Shape::Name(Kind::ModelClass),
            rule::COST,
            "The class of models it uses unless asked otherwise.",
        )
        .default("any model the plan includes")
        .example("writer"),
        Key::new(
            "too_slow_after",
            Shape::Literal(LENGTH.form),
            rule::SETTLE,
            "Not finished by then: free.",
        )
        .default("failures.too_slow_after")
        .example("30 minutes"),
    ],
};

static FREE_REDO: Keys = Keys {
    of: "`free_redo`",
    list: &[
        Key::new(
            "times",
            Shape::Whole(1, 1_000),
            rule::SAME,
            "How many redos of one artifact are free.",
        )
        .required()
        .example("1"),
        Key::new("within", Shape::Literal(LENGTH.form), rule::SAME, "How long after the delivery.")
            .required()
            .example("7 days"),
    ],
};

/// What all actions of a contract share.
pub(super) struct Shared {
    pub(super) outcomes: Outcomes,
    pub(super) too_slow_after: Length,
    /// `failures.at_latest`, where it is written.
    pub(super) at_latest: Option<Length>,
}

/// Reads one action.
pub(super) fn action(
    r: &mut Reader<'_>,
    id: &Name,
    node: &Node,
    shared: &Shared,
) -> Option<Action> {
    let s = Section::open(r, node, &ACTION)?;
    let name = s.text(r, "name");
    let unit = s.text(r, "unit");
    let counts_as = s.text(r, "counts_as");
    let price = s.get(r, "price", price::tariff);
    let after_allowance = s.literal(r, "after_allowance", &CREDITS);
    let parts = s.count(r, "parts");
    let same = SameResult {
        once_per: s.text(r, "charge_once_per"),
        free_for: s.literal(r, "same_again_free_for", &LENGTH),
    };
    let paid_even_if = s.get(r, "paid_even_if", outcomes::paid_even_if).unwrap_or_default();
    let outcomes = paid_even_if.iter().fold(shared.outcomes, |all, harsh| {
        all.with(harsh.outcome, crate::contract::Treatment::Charge)
    });
    let action = Action {
        id: id.clone(),
        name: name.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        counts_as: counts_as.unwrap_or_default(),
        delivered_when: s.text(r, "delivered_when"),
        price: price.clone().unwrap_or(Tariff::Free),
        after_allowance: after_allowance.and_then(|a| r.multiple(s.near("after_allowance"), a)),
        parts,
        same,
        free_redo: s.get(r, "free_redo", free_redo),
        paid_even_if,
        needs: s.get(r, "needs", |r, node| r.names(node, Kind::Input)).unwrap_or_default(),
        exploring: s.get(r, "exploring", |r, node| r.switch(node)).unwrap_or(false),
        model: s.name(r, "model", Kind::ModelClass),
        outcomes,
        too_slow_after: s.literal(r, "too_slow_after", &LENGTH).unwrap_or(shared.too_slow_after),
    };
    too_slow(r, &s, &action, shared);
    price?;
    contradictions(r, &s, &action);
    Some(action)
}

fn free_redo(r: &mut Reader<'_>, node: &Node) -> Option<FreeRedo> {
    let s = Section::open(r, node, &FREE_REDO)?;
    let (times, within) = (s.count(r, "times"), s.literal(r, "within", &LENGTH));
    Some(FreeRedo { times: times?, within: within? })
}

/// Keys of one action that cannot stand together.
fn contradictions(r: &mut Reader<'_>, s: &Section<'_>, action: &Action) {
    let price = s.at("price");
    let is_free = action.price == Tariff::Free;
    if let Some(at) = s.at("after_allowance") {
        if !is_free {
            let message = "An action with a price costs that price beyond its allowance.";
            r.contradiction(at, price, message, "Delete `after_allowance`, or make `price` free.");
        } else if action.after_allowance.is_some_and(|a| a.is_zero()) {
            let fix = "Delete the line, or write more than nothing.";
            r.report(Problem::OutOfBounds, at, "`after_allowance` is nothing.", fix);
        }
    }
    if let (Some(at), true, None) = (s.at("paid_even_if"), is_free, action.after_allowance) {
        let message = "What is free is free however it ends.";
        r.contradiction(at, price, message, "Delete `paid_even_if`, or give the action a price.");
    }
    if let (Some(at), Treatment::Free) =
        (s.at("paid_even_if"), action.outcomes.of(Outcome::Delivered))
    {
        let message = "What is delivered is free, so what is not cannot be paid.";
        r.contradiction(at, None, message, "Write `delivered: charge`, or delete `paid_even_if`.");
    }
    if let (Some(at), true, false) = (s.at("exploring"), action.exploring, is_free) {
        let message = "Exploring is exempt from caps, so it cannot have a price.";
        r.contradiction(at, price, message, "Delete `exploring`, or make `price` free.");
    }
    if let (Some(at), true) = (s.at("parts"), action.is_per_quantity()) {
        let message = "A price per quantity is shared by the quantity delivered, not by parts.";
        r.contradiction(at, price, message, "Delete `parts`, or make the price a fixed one.");
    }
    if let (Some(at), None) = (s.at("free_redo"), &action.same.once_per) {
        let message = "Only what is owned can be redone, and nothing of this action is.";
        r.contradiction(at, None, message, "Add `charge_once_per`, or delete `free_redo`.");
    }
}

/// An action may not be slower than work may take at latest.
fn too_slow(r: &mut Reader<'_>, s: &Section<'_>, action: &Action, shared: &Shared) {
    let (Some(at), Some(latest)) = (s.at("too_slow_after"), shared.at_latest) else { return };
    if action.too_slow_after.roughly_seconds() > latest.roughly_seconds() {
        let message = format!(
            "It may take {}, but `failures.at_latest` ends all work after {latest}.",
            action.too_slow_after
        );
        r.contradiction(at, None, message, "Raise `failures.at_latest`, or lower this.");
    }
}
