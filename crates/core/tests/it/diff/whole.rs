//! What a contract as a whole is to customers, and how changes are written as JSON.

use super::{ADVERSE, BETTER, Job, NEUTRAL, UNDECIDABLE, changed, contract, diff};
use crate::samples::ALL;

#[test]
fn a_contract_does_not_differ_from_itself() {
    for sample in ALL {
        let contract = contract(sample.contract);
        let same = diff(&contract, &contract);
        assert_eq!(same.changes, [], "{}", sample.name);
        assert_eq!((same.class(), same.is_adverse()), (NEUTRAL, false));
        assert_eq!(same.notice(jiff::civil::date(2027, 3, 1)), "");
    }
}

#[test]
fn its_number_and_its_day_are_no_changes() {
    let next = changed(Job, &[("version: 3", "version: 4"), ("2026-11-01", "2027-03-01")]);
    assert_eq!(next.changes, []);
}

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    let same = changed(
        Job,
        &[
            ("corrections: 30 days", "corrections: 30 day"),
            ("at_latest: 1 hour", "at_latest: 1 hours"),
            ("currency: USD\n", ""),
            ("list_price: $0.10", "list_price: $0.1"),
        ],
    );
    assert_eq!(same.changes, []);
}

#[test]
fn any_adverse_change_makes_the_whole_adverse() {
    let cheaper = ("price: 10 credits", "price: 8 credits");
    let dearer = ("price: 5 credits", "price: 6 credits");
    let renamed = ("name: Search roles", "name: Search jobs");
    let words = ("counts_as: one person", "counts_as: one human");
    for (edits, class) in [
        (vec![renamed], NEUTRAL),
        (vec![renamed, cheaper], BETTER),
        (vec![renamed, cheaper, dearer], ADVERSE),
        (vec![cheaper, words], ADVERSE),
    ] {
        let diff = changed(Job, &edits);
        assert_eq!(diff.class(), class, "{edits:?}");
        assert_eq!(diff.is_adverse(), class == ADVERSE, "{edits:?}");
    }
    let unlike = changed(Job, &[words]).changes[0].class;
    assert_eq!(unlike, UNDECIDABLE, "it says so itself");
}

#[test]
fn a_change_as_json() {
    let diff = changed(Job, &[("price: 10 credits", "price: 12 credits")]);
    let json = serde_json::to_value(&diff.changes).unwrap();
    let wanted = serde_json::json!([{
        "key": "actions.enrich_market_map.price",
        "class": "adverse",
        "before": "10 credits ($1.00)",
        "after": "12 credits ($1.20)",
        "words": "Enrich a market map costs 12 credits instead of 10 credits.",
    }]);
    assert_eq!(json, wanted);
    assert_eq!(diff.changes[0].class.word(), "adverse");
}

#[test]
fn what_was_not_there_is_null() {
    let diff = changed(Job, &[("\n    - reprice_work_already_started", "")]);
    let json = serde_json::to_value(&diff.changes[0]).unwrap();
    assert_eq!(json["before"], "change the price of work that has begun");
    assert_eq!(json["after"], serde_json::Value::Null);
}
