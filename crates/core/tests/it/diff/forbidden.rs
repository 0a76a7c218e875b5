//! What `changes.never` of the version before promises not to do.

use super::{ADVERSE, All, BETTER, FORBIDDEN, Job, changed, classes, contract, diff, edited};
use probity_core::contract::broken_promise;

#[test]
fn what_was_free_is_charged() {
    let diff = changed(
        Job,
        &[
            ("price: free                   # exploring", "price: 1 credit # exploring"),
            ("\n    exploring: true", ""),
        ],
    );
    let price = ("actions.map_market.price", FORBIDDEN);
    assert!(classes(&diff).contains(&price), "{diff:#?}");
    assert!(classes(&diff).contains(&("actions.map_market.exploring", ADVERSE)), "only that key");
    assert_eq!(diff.class(), FORBIDDEN);
    assert!(diff.is_adverse());
}

#[test]
fn what_was_charged_once_is_charged_again() {
    let diff = changed(Job, &[("\n    charge_once_per: map", "")]);
    assert_eq!(classes(&diff), [("actions.enrich_market_map.charge_once_per", FORBIDDEN)]);
}

#[test]
fn every_key_that_breaks_it_is_told() {
    let free = "    prices: { tailor_document: free, find_contact_email: free }\n    top_ups: allowed\n    when_short: [wait";
    let before = edited(Job.text(), "    top_ups: allowed\n    when_short: [wait", free);
    let found = diff(&contract(&before), &contract(Job.text()));
    let forbidden: Vec<&str> = found
        .changes
        .iter()
        .filter(|change| change.class == FORBIDDEN)
        .map(|change| change.key.as_str())
        .collect();
    let keys = ["plans.pro.prices.tailor_document", "plans.pro.prices.find_contact_email"];
    assert_eq!(forbidden, keys);
}

#[test]
fn without_the_promise_it_is_adverse() {
    let diff = changed(
        All,
        &[
            ("\n    charge_once_per: text", ""),
            ("\n    free_redo: { times: 1, within: 7 days }", ""),
        ],
    );
    let once = ("actions.write.charge_once_per", ADVERSE);
    assert!(classes(&diff).contains(&once), "{diff:#?}");
    assert_eq!(diff.class(), ADVERSE);
}

/// The version that takes the promise back is still bound by it.
#[test]
fn taking_the_promise_back_does_not_help() {
    let never = "    - start_charging_for_free_things_without_your_yes\n";
    let diff = changed(Job, &[(never, ""), ("\n    charge_once_per: map", "")]);
    assert_eq!(diff.class(), FORBIDDEN);
    assert!(classes(&diff).contains(&("changes.never", ADVERSE)));
}

/// A diff is forbidden exactly where publishing refuses it for a broken promise.
#[test]
fn it_agrees_with_publishing() {
    let mut broken = 0;
    for row in super::actions::ROWS.iter().chain(super::plans::ROWS).chain(super::promises::ROWS) {
        let (a, b) = (contract(row.0.text()), contract(&edited(row.0.text(), row.1, row.2)));
        for (a, b) in [(&a, &b), (&b, &a)] {
            let promise = broken_promise(a, b);
            assert_eq!(diff(a, b).class() == FORBIDDEN, promise.is_some(), "{}", row.3);
            broken += usize::from(promise.is_some());
        }
    }
    assert!(broken > 0);
    assert!(BETTER < ADVERSE && ADVERSE < FORBIDDEN);
}
