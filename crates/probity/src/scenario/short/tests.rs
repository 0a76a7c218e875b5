//! Whole stories as lines: what is filled in, who is there, what is told.

use super::named::tests::alike;
use super::{Short, clauses};
use probity_core::contract::{Operations, Override};

/// The lines of a story, or its first mistake with the fix.
fn lines(story: &str) -> Result<Vec<String>, String> {
    let contract = alike();
    let mut operations = Operations::none(&contract.name);
    let deal = Override { plan: Some("large".into()), ..Override::default() };
    operations.overrides.insert("north".into(), deal);
    let mut short = Short::new(&contract, Some(&operations));
    let told = |wrong: crate::scenario::fault::Wrong| format!("{}. {}", wrong.message, wrong.fix);
    for (n, clause) in clauses(story).iter().enumerate() {
        short.read(n, clause.text).map_err(told)?;
    }
    let lines = short.into_lines().map_err(told)?;
    let text = |line: super::Line| {
        let under = line.under.map(|edit| format!("{} under {edit}", line.text));
        [Some(under.unwrap_or(line.text)), line.then]
    };
    Ok(lines.into_iter().flat_map(text).flatten().collect())
}

fn told(story: &str) -> String {
    lines(story).expect_err("a mistake")
}

#[test]
fn the_same_again_is_for_the_same_thing() {
    assert_eq!(
        lines("ana reads 20 pages, 20 pages arrive, again").unwrap(),
        [
            "ana opens on starter",
            "ana runs read_pages for page_1 with 20 units",
            "it ends delivered",
            "ana runs read_pages for page_1 with 20 units",
        ]
    );
}

#[test]
fn what_a_quote_binds_is_not_filled_in() {
    let story = "ana asks a quote for read_pages for d with 20 units, runs read_pages with quote, \
                 9 pages arrive";
    assert_eq!(
        lines(story).unwrap()[2..],
        ["ana runs read_pages with quote", "it ends partial with 9 units"]
    );
}

#[test]
fn how_many_may_be_said_after_the_run() {
    let expected = ["ana opens on starter", "ana runs read_pages for page_1 with 50 units"];
    for story in [
        "ana takes in documents, 50 pages",
        "take in documents, with 50 pages",
        "ana takes in documents with 50 pages",
        "ana takes in documents for 50 pages",
        "ana takes in 50 pages",
    ] {
        assert_eq!(lines(story).unwrap(), expected, "{story}");
    }
    let once_more = told("ana takes in 50 pages, 20 pages");
    assert!(once_more.starts_with("`20 pages` is no way for a run to end"), "{once_more}");
    assert!(
        lines("ana takes in documents ending failed, 50 pages").unwrap()[1].ends_with("failed")
    );
}

#[test]
fn a_verb_is_nobody() {
    assert_eq!(
        lines("ana on large buys a phone number").unwrap(),
        ["ana opens on large", "ana runs find_phone"]
    );
    assert_eq!(lines("zoe looks up an email").unwrap()[1], "zoe runs find_email");
    assert_eq!(lines("read 30 pages").unwrap()[0], "ana opens on starter");
    assert_eq!(lines("zoe gets a phone number").unwrap()[0], "zoe opens on starter");
    assert_eq!(
        told("ana on large steals a phone number"),
        "`steals` is not understood. Leave it out, or write `runs find_phone`."
    );
    assert_eq!(
        told("obtain a phone number"),
        "`obtain` is not understood. Leave it out, or write `runs find_phone`."
    );
    assert_eq!(lines("zoe find_phone").unwrap()[0], "zoe opens on starter");
    assert!(told("zoë finds a phone").starts_with("`zoë` cannot be a customer's name"));
    assert!(told("zoë runs find_phone").starts_with("`zoë` cannot be a customer's name"));
    assert!(told("grant zoë 5 gift").starts_with("`zoë` cannot be a customer's name"));
}

#[test]
fn everybody_is_opened_once_on_their_own_plan() {
    assert_eq!(
        lines("ana on large, ben runs find_phone, delivered, ana runs find_phone").unwrap(),
        [
            "ana opens on large",
            "ben opens on starter",
            "ben runs find_phone",
            "it ends delivered",
            "ana runs find_phone",
        ]
    );
    assert_eq!(
        lines("ana opens on large with members m1, ana runs find_phone").unwrap(),
        ["ana opens on large with members m1", "ana runs find_phone"]
    );
    assert_eq!(
        lines("grant ben 5 gift, runs find_phone").unwrap(),
        ["ben opens on starter", "grant ben 5 gift", "ben runs find_phone"]
    );
    assert_eq!(lines("ana on large, ana on Large").unwrap(), ["ana opens on large"]);
    assert_eq!(
        told("ana on large runs find_phone, ana on starter runs find_phone"),
        "ana is on large, not on `starter`. Write `ana changes to starter`."
    );
    let moved = lines("ana on large, ana changes to starter, ana on starter has").unwrap();
    assert_eq!(moved, ["ana opens on large", "ana changes plan to starter", "ana has"]);
}

#[test]
fn a_special_deal_says_the_plan() {
    assert_eq!(lines("north runs find_phone").unwrap()[0], "north opens on large");
    assert_eq!(lines("north on starter has").unwrap()[0], "north opens on starter");
}

#[test]
fn what_is_left_is_brought_or_given() {
    let less = "ana opens on starter under plans.starter.credits = 2 a month";
    assert_eq!(lines("only 2 credits left, runs find_phone").unwrap()[0], less);
    assert_eq!(lines("ana on starter, only 2 credits left").unwrap(), [less]);
    assert_eq!(lines("only 2 credits left").unwrap(), [less]);
    let more = ["ana opens on starter", "grant ana 400 gift", "ana runs find_phone"];
    assert_eq!(lines("with 500 credits, ana on starter runs find_phone").unwrap(), more);
    assert_eq!(
        lines("ana on bare, only 5 credits left").unwrap(),
        ["ana opens on bare", "grant ana 5 gift"]
    );
    assert!(told("find phone, only 2 credits left").starts_with("what is left is said before"));
    assert!(told("only 0.5 credits left").starts_with("`0.5` credits are finer"));
}

#[test]
fn after_a_run_what_is_unknown_may_be_an_ending() {
    let told = told("ana runs find_phone, it's over, explodes");
    assert!(told.starts_with("`it is over` is no way"), "{told}");
    let told = super::tests::told("ana runs find_phone, explodes");
    assert!(told.contains("After a run: write how it ends: `it is delivered`"), "{told}");
    assert_eq!(lines("find phone, It's delivered").unwrap()[2], "it ends delivered");
}

#[test]
fn a_number_of_times_is_told_of_as_what_it_is() {
    let told = told("ana on starter finds a phone 3 times");
    assert!(told.starts_with("`times` is not understood"), "{told}");
}

#[test]
fn one_of_a_quantity_is_a_unit() {
    let one = ["ana opens on starter", "ana runs read_pages for page_1 with 1 unit"];
    assert_eq!(lines("read 1 page").unwrap(), one);
    assert_eq!(lines("read pages, 1 page").unwrap(), one);
}

#[test]
fn the_plan_and_the_thing_may_be_said_later() {
    let large = ["zoe opens on large", "zoe runs find_phone"];
    assert_eq!(lines("zoe finds a phone on large").unwrap(), large);
    let somebody = ["ana opens on large", "ana runs find_phone"];
    assert_eq!(lines("on large, find a phone").unwrap(), somebody);
    assert_eq!(lines("on large find a phone").unwrap(), somebody);
    assert_eq!(
        lines("ana takes in documents with 50 pages for letter").unwrap()[1],
        "ana runs read_pages for letter with 50 units"
    );
    assert_eq!(
        told("ana on large, ana finds a phone on starter"),
        "ana is on large, not on `starter`. Write `ana changes to starter`."
    );
}

#[test]
fn where_nothing_is_named_that_is_said() {
    assert!(told("again").starts_with("nothing has run so far that could be run again"));
    assert!(told("ana on large with members m1").starts_with("no action is named"));
}

#[test]
fn a_run_and_its_end_may_be_told_without_a_comma() {
    let phone =
        |ending: &str| ["ana opens on starter", "ana runs find_phone", ending].map(str::to_owned);
    for (story, ending) in [
        ("find phone fails", "it ends failed"),
        ("ana finds a phone and it fails", "it ends failed"),
        ("find a phone finds nothing", "it ends empty"),
        ("phone number is delivered", "it ends delivered"),
        ("ana runs find_phone and nothing is found", "it ends empty"),
        ("find_phone works", "it ends delivered"),
        ("find a phone, and it's delivered", "it ends delivered"),
    ] {
        let told = lines(story);
        assert_eq!(told.as_deref(), Ok(phone(ending).as_slice()), "{story}");
    }
    let series =
        lines("ben on large makes a series and 2 of 6 pictures arrive, again fails").unwrap();
    assert_eq!(
        series[1..],
        [
            "ben runs make_series",
            "it ends partial with 2 parts",
            "ben runs make_series",
            "it ends failed",
        ]
    );
    assert_eq!(lines("make a series takes 4 minutes").unwrap()[2], "4 minutes later");
    assert_eq!(lines("make a series is too slow").unwrap()[2], "1 hour later");
    assert_eq!(
        told("make a series 9 of 6 arrive"),
        "9 of 6 is more than there are. Write `6 of 6 arrive`, or fewer."
    );
    assert!(told("a pie fails").starts_with("no action of this contract is called `a pie`"));
    assert!(told("ana fails").starts_with("no action of this contract is called `ana`"));
    assert!(told("find fails").starts_with("`find` may be `find_email` or"));
}
