//! The one sentence of each rule and outcome, as customers read it.

use probity_core::contract::{Outcome, why};
use probity_core::entry::Rule;
use probity_core::{Amount, contract};

#[test]
fn every_rule_and_outcome_says_whether_something_was_taken() {
    for rule in Rule::ALL {
        for outcome in Outcome::ALL {
            for charged in [Amount::ZERO, Amount::credits(5)] {
                let text = why::ended(rule, outcome, charged, "tailored document");
                let (begins, ends) = (text.split([':', ' ']).next().unwrap(), text.ends_with('.'));
                assert!(ends && text.len() < 100, "{text}");
                assert!(matches!(begins, "Free" | "Taken" | "Put"), "{rule:?} {outcome:?}: {text}");
                // Nothing is called taken where nothing was.
                assert!(begins != "Taken" || charged.is_positive(), "{rule:?} {outcome:?}: {text}");
                let takes = matches!(rule, Rule::Charge | Rule::Share | Rule::Quantity)
                    || rule == Rule::PaidEvenIf;
                assert!(!takes || charged.is_zero() || begins == "Taken", "{rule:?}: {text}");
            }
        }
    }
}

#[test]
fn endings_that_are_free_are_told_apart() {
    let told = Outcome::ALL
        .map(|outcome| why::ended(Rule::OutcomeFree, outcome, Amount::ZERO, "tailored document"));
    let different: std::collections::BTreeSet<_> = told.iter().collect();
    assert_eq!(different.len(), told.len());
    let free = contract::why::ended(Rule::OutcomeFree, Outcome::Empty, Amount::ZERO, "lookup");
    assert_eq!(free, "Free: nothing was found.");
}
