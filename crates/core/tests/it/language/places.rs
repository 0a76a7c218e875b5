//! Where things stand: what the lint points at.

use crate::samples::{EVERYTHING, JOBSCOUT, read_texts};
use probity_core::contract::file::Places;
use probity_core::diagnostic::FileKind::{Contract, Deployment, Operations, Prices};
use probity_core::diagnostic::Place;

fn text(place: &Place) -> &'static str {
    let text = match place.file {
        Contract => JOBSCOUT.contract,
        Operations => JOBSCOUT.operations.unwrap(),
        Prices => JOBSCOUT.prices.unwrap(),
        Deployment => "",
    };
    &text[place.span.clone()]
}

fn places() -> Places {
    JOBSCOUT.read().places
}

#[test]
fn values_and_keys_by_their_path() {
    let places = places();
    let value = |path: &[&str]| text(&places.value(Contract, path));
    assert_eq!(value(&["actions", "map_market", "unit"]), "market map");
    assert_eq!(value(&["actions", "process_documents", "price", "each"]), "0.5 credits");
    assert_eq!(value(&["plans", "discovery", "offers", "1"]), "map_market");
    assert_eq!(value(&["plans", "discovery", "when_short", "1", "switch_to"]), "pro");
    assert_eq!(
        value(&["top_ups", "packs"]),
        "{ 50 credits: $5, 100 credits: $10, 250 credits: $22 }"
    );
    assert_eq!(value(&["words", "abandoned"]).chars().next(), Some('"'));
    assert_eq!(text(&places.key(Contract, &["actions", "map_market", "unit"])), "unit");
    assert_eq!(text(&places.key(Contract, &["plans", "pro"])), "pro");
    assert_eq!(
        text(&places.key(Operations, &["overrides", "customers", "northwind-careers", "by"])),
        "by"
    );
    assert!(text(&places.value(Prices, &["gpt-4.1"])).starts_with("{ \"litellm_provider\""));
}

#[test]
fn a_section_reaches_from_its_first_key_to_its_last_value() {
    let places = places();
    let section = text(&places.value(Contract, &["actions", "map_market"]));
    assert!(section.starts_with("name: Explore") && section.ends_with("model: small"), "{section}");
    assert!(text(&places.value(Contract, &[])).is_empty() || places.has(Contract, &[]));
}

#[test]
fn what_is_not_there_falls_back_to_its_nearest_ancestor() {
    let places = places();
    assert_eq!(text(&places.value(Contract, &["actions", "map_market", "parts"])), "map_market");
    assert_eq!(text(&places.key(Contract, &["quotes", "last"])), "contract");
    assert_eq!(text(&places.key(Contract, &["plans", "discovery", "offers", "9"])), "offers");
    assert!(!places.has(Contract, &["quotes"]));
    assert!(places.has(Contract, &["limits", "alerts", "used", "2"]));
    let alone = read_texts(EVERYTHING.contract, None, None).places;
    assert_eq!(alone.value(Operations, &["costs"]).span, 0..0);
}
