//! What only an application that embeds the books may do: let its customer's own session start a
//! run. The HTTP API never lets a customer's token do that, so no story of the corpus does.

use crate::library::contract;
use probity::scenario::{Memory, play, read};

/// Plays a story on the sample contract.
fn holds(steps: &str) {
    let text = format!("# A story\n```play\n2026-11-23 10:00\n{steps}\n```\n");
    let (stories, faults) = read("embedded.md", &text);
    assert!(faults.is_empty(), "{}", faults[0]);
    let failure = play(&stories[0], contract("jobscout"), &mut Memory::default()).failure;
    assert!(failure.is_none(), "{}", failure.unwrap());
}

#[test]
fn who_starts_a_run_agrees_to_its_price() {
    holds(
        "ana opens on pro -> balance 120
ana runs enrich_market_map for m ending delivered -> charged 10
ana runs enrich_market_map for m with again fresh as customer -> denied confirmation_needed
ana runs enrich_market_map for m with again fresh and confirmed ending failed as customer -> confirmed_by customer
ana runs enrich_market_map for m with again fresh and max_price 10 ending failed as customer -> confirmed_by customer
ana asks a quote for enrich_market_map for m with again fresh -> price 10
ana runs enrich_market_map for m with quote ending abandoned as customer -> confirmed_by customer, charged 10",
    );
}

#[test]
fn a_warning_is_agreed_to_by_confirming_the_quote_that_showed_it() {
    holds(
        "ana opens on pro -> balance 120
ana asks a quote for find_contact_email with inputs -> price 3
ana runs find_contact_email with quote and confirmed as customer -> denied confirmation_needed
ana confirms the quote -> confirmed_by customer
ana runs find_contact_email with quote ending delivered as customer -> confirmed_by customer, charged 3",
    );
}
