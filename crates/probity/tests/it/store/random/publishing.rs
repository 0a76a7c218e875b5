//! Next versions of the contract and revisions of its operations, at random.

use crate::library::contract;
use crate::store::dice::Dice;
use crate::store::shop::first_version;
use probity::Environment;
use probity::core::{Time, Zone};
use probity::store::Publication;

const DAY: i64 = 86_400_000_000;

/// What a next version has otherwise: some of it better, some worse, some never allowed.
const CONTRACT: [(&str, &str); 16] = [
    ("price: 5 credits\n", "price: 4 credits\n"),
    ("price: 5 credits\n", "price: 6 credits\n"),
    ("price: 10 credits\n", "price: 8 credits\n"),
    ("each: 0.5 credits, at_least: 1 credit", "each: 0.5 credits, at_least: 0.5 credits"),
    ("at_once: 5\n", "at_once: 3\n"),
    ("at_once: 5\n", "at_once: 8\n"),
    ("times_usual: 5, and_over: 30 credits", "times_usual: 2, and_over: 8 credits"),
    ("spend_cap: 400 credits", "spend_cap: 60 credits"),
    ("same_item_fails: 3 times", "same_item_fails: 2 times"),
    ("rolls_over: 1 month", "rolls_over: 2 months"),
    ("gift:     { lasts: 90 days }", "gift:     { lasts: 20 days }"),
    ("credits: 120\n", "credits: 140\n"),
    ("abandoned: charge ", "abandoned: free "),
    ("free_redo: { times: 1, within: 7 days }", "free_redo: { times: 2, within: 14 days }"),
    ("search_roles: 150 a month", "search_roles: 4 a month"),
    ("customers: consumers ", "new_customers: discovery\ncustomers: consumers "),
];

/// What a revision of operations has otherwise.
const OPERATIONS: [(&str, &str); 8] = [
    ("default: enforce", "default: announce"),
    ("default: enforce", "default: shadow"),
    ("actions: { process_documents: shadow }", "actions: { tailor_document: announce }"),
    ("actions: { process_documents: shadow }", "actions: {}"),
    ("plans: {}", "plans: { pro: announce, discovery: shadow }"),
    ("share: 100%", "share: 40%"),
    ("a_customer: $2.50 a month", "a_customer: $0.20 a month"),
    ("support: 50 credits", "support: 5 credits"),
];

/// Budgets over all customers that are used up soon.
const TIGHT: [(&str, &str); 2] =
    [("everyone: $300 a month", "everyone: $1 a month"), ("over $400 a day", "over $0.50 a day")];

/// The first version, as the sample has it.
pub(super) fn first(environment: Environment) -> Publication {
    first_version("jobscout", environment)
}

fn edited(text: &str, edits: &[(&str, &str)], dice: &mut Dice) -> String {
    (0..=dice.roll(3)).fold(text.to_owned(), |text, _| {
        let (from, to) = dice.pick(edits);
        text.replacen(from, to, 1)
    })
}

/// A next version, or a revision of operations; with `tight` also one whose budgets are used up.
pub(super) fn next(
    environment: Environment,
    version: u32,
    now: Time,
    tight: bool,
    dice: &mut Dice,
) -> Publication {
    let mut publication = first(environment);
    let operations = publication.operations.take().unwrap();
    let operations = edited(&operations, &OPERATIONS, dice);
    let operations = if tight { edited(&operations, &TIGHT, dice) } else { operations };
    if dice.one_in(2) {
        publication.contract = None;
        publication.operations = Some(operations);
        return publication;
    }
    let text = edited(&publication.contract.unwrap(), &CONTRACT, dice);
    let days = if dice.one_in(3) { dice.within(28, 60) } else { 0 };
    let effective = Zone::UTC.date(now.plus_micros(days * DAY));
    let text = text
        .replace("version: 3\n", &format!("version: {version}\n"))
        .replace("effective: 2026-11-01", &format!("effective: {effective}"));
    publication.contract = Some(text);
    publication.operations = dice.maybe(2, |_| operations);
    publication.adverse = dice.one_in(2);
    publication
}

#[test]
fn what_is_edited_stands_in_the_sample() {
    let files = contract("jobscout").unwrap();
    let operations = files.operations.unwrap();
    let in_operations = OPERATIONS.iter().chain(&TIGHT);
    let there = |text: &str, edit: &(&str, &str)| assert!(text.contains(edit.0), "{}", edit.0);
    CONTRACT.iter().for_each(|edit| there(&files.contract, edit));
    in_operations.for_each(|edit| there(&operations, edit));
}
