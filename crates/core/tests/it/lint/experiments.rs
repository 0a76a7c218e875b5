//! X: experiments and roll-out.

use super::{Severity, jobscout};

#[test]
fn x01_fires() {
    let unbounded = jobscout().operations(", everyone: $300 a month }", " }");
    unbounded.fires("X01", &["experiments"]);
}

#[test]
fn x01_warns_without_a_ceiling_on_models() {
    let any = jobscout()
        .contract("allowance: 3 a day\n  best_model: small", "allowance: 3 a day")
        .contract("offers: all\n    best_model: frontier", "offers: all");
    let place = "experiments".to_owned();
    assert_eq!(any.finds("X01"), [(Severity::Warning, place)]);
}

#[test]
fn x01_stays_quiet() {
    jobscout().quiet("X01");
    let under_plans =
        jobscout().contract("allowance: 3 a day\n  best_model: small", "allowance: 3 a day");
    under_plans.quiet("X01"); // every plan has its ceiling
}

#[test]
fn x05_fires() {
    let endless = jobscout().operations_without("enforce_when:");
    endless.fires("X05", &["rollout"]);
}

#[test]
fn x05_names_the_numbers_that_are_missing() {
    let half = jobscout().operations("days: 14, runs: 2000, ", "days: 14, ");
    assert_eq!(half.finds("X05").len(), 1);
}

#[test]
fn x05_stays_quiet() {
    jobscout().quiet("X05");
    let enforced = jobscout()
        .operations_without("enforce_when:")
        .operations_without("actions: { process_documents: shadow }");
    enforced.quiet("X05");
}
