//! What the language holds by itself: the reader refuses it, or no type can say it.

use super::{Files, jobscout};
use probity_core::Outcome;
use probity_core::contract::{Contract, Expiry, Outcomes, Treatment};
use probity_core::time::{Length, TimeUnit};

fn compiled(files: &Files) -> Contract {
    files.read().contract.expect("it is read")
}

/// The sample with one more line under a line of the contract.
fn under(line: &str, more: &str) -> Files {
    jobscout().contract(line, &format!("{line}\n{more}"))
}

const LIMITS: &str = "  at_once: 5";
const EXPERIMENTS: &str = "  actions: [tailor_document]";
const PRO: &str = "    for: people applying this month";

#[test]
fn u07_is_held() {
    let at_night = "{ each: 0.5 credits, at_night: 1 credit }";
    let sliding = "{ each: 0.5 credits, at_least: 1 credit, at_most: 40 credits, up_to: 100 }";
    jobscout().contract(sliding, at_night).refused("F09");
    jobscout().operations("do: pause_free_actions", "do: raise_prices").refused("F13");
}

#[test]
fn u09_is_held() {
    under("    price: 5 credits", "    price: 1 credit").refused("F07");
    under("    price: 5 credits", "    bucket: documents").refused("F09");
}

#[test]
fn o01_is_held() {
    let contract = compiled(&jobscout().section("outcomes", ""));
    assert_eq!(contract.outcomes, Outcomes::FAIR);
    let charged: Vec<_> =
        Outcome::ALL.into_iter().filter(|o| contract.outcomes.of(*o) != Treatment::Free).collect();
    assert_eq!(charged, [Outcome::Delivered, Outcome::Partial, Outcome::Abandoned]);
    under("  delivered: charge", "  timed_out: charge").refused("F09");
}

#[test]
fn o02_is_held() {
    jobscout().contract("failed:    free ", "failed:    charge ").refused("F20");
    for outcome in ["failed", "bad_input", "blocked", "cancelled", "reopened"] {
        jobscout()
            .contract("      empty:\n        why", &format!("      {outcome}:\n        why"))
            .refused("F20");
    }
    jobscout().contract("empty:     free ", "empty:     charge ").refused("F21");
}

#[test]
fn o06_is_held() {
    under(
        "        why: our supplier charges us for every lookup, found or not",
        "        confirm: once",
    )
    .refused("F09");
}

#[test]
fn o07_is_held() {
    under("  corrections: 30 days", "  retries_paid_by: customer").refused("F09");
}

#[test]
fn o12_is_held() {
    under("    price: 5 credits", "    delivered_after: 1 hour").refused("F09");
    let contract = compiled(&jobscout().without("corrections: 30 days"));
    assert_eq!(contract.failures.corrections, Length::new(30, TimeUnit::Day));
}

#[test]
fn v06_is_held() {
    jobscout()
        .contract("batch_when_short: run_what_fits", "batch_when_short: just_start")
        .refused("F13");
}

#[test]
fn v11_is_held() {
    jobscout().with("  shadow: \"You have reached your limit.\"").refused("F23");
}

#[test]
fn v12_is_held() {
    jobscout().with("  done: \"Done, {first_name}.\"").refused("F24");
}

#[test]
fn p02_is_held() {
    under("    gift:     { lasts: 90 days }", "    spec:     { lasts: 90 days }").refused("F09");
}

#[test]
fn p09_is_held() {
    jobscout().contract("auto: only_if_asked", "auto: always").refused("F13");
    under(LIMITS, "  overage: $0.12 a credit").refused("F09");
}

#[test]
fn p10_is_held() {
    under(PRO, "    becomes: byok").refused("F09");
}

#[test]
fn w04_is_held() {
    under(
        "  smallest: 0.5 credits           # nothing finer is ever charged or shown",
        "  spend: [bought, plan]",
    )
    .refused("F09");
}

#[test]
fn w06_is_held() {
    assert!(compiled(&jobscout()).top_ups.auto.is_some());
    assert!(compiled(&jobscout().without("auto: only_if_asked")).top_ups.auto.is_none());
}

#[test]
fn w10_is_held() {
    let plain = compiled(&jobscout().contract("    bought:   { lasts: forever }\n", ""));
    assert_eq!(plain.credit.bought, Expiry::Never); // a kind of its own, whatever the file says
    assert_ne!(plain.credit.gift, plain.credit.bought);
}

#[test]
fn l02_is_held() {
    under(LIMITS, "  below_zero: 100 credits").refused("F09");
    jobscout().operations_without("until: 2027-06-30").refused("F10");
}

#[test]
fn l04_is_held() {
    jobscout().operations("do: pause_free_actions", "do: use_cheaper_models").refused("F13");
}

#[test]
fn l05_is_held() {
    under(LIMITS, "  caps_set_by: support").refused("F09");
}

#[test]
fn l08_is_held() {
    under(PRO, "    member_caps: none").refused("F09");
}

#[test]
fn l09_is_held() {
    under(LIMITS, "  raise_after: 30 days").refused("F09");
}

#[test]
fn x02_is_held() {
    under(EXPERIMENTS, "  price: 1 credit").refused("F09");
}

#[test]
fn x03_is_held() {
    under(EXPERIMENTS, "  hide: [price]").refused("F09");
    let twice = jobscout().with("  before: \"{price}, {money}, {available}\"\n  before: \"Go\"");
    twice.refused("F07");
}

#[test]
fn x04_is_held() {
    under(EXPERIMENTS, "  prices: { tailor_document: [5 credits, 7 credits] }").refused("F09");
}
