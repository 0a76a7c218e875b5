//! The rules of the rules: each has its tests, its words and its anchor, and none is forgotten.

use probity_core::contract::file::Problem;
use probity_core::lint::{ELSEWHERE, GROUPS, HELD, rules};
use std::collections::BTreeSet;

/// The tests of the groups.
const TESTS: [&str; 11] = [
    include_str!("economics.rs"),
    include_str!("experiments.rs"),
    include_str!("held.rs"),
    include_str!("law.rs"),
    include_str!("limits.rs"),
    include_str!("manners.rs"),
    include_str!("outcomes.rs"),
    include_str!("plans.rs"),
    include_str!("units.rs"),
    include_str!("visibility.rs"),
    include_str!("wallet.rs"),
];

/// What every release must answer for: by a rule, held by the language, or asked elsewhere.
const STARRED: &str = "U01 U02 U03 U05 U07 O01 O02 O03 O05 O07 O08 O09 O10 O11 O16 V01 V02 V03 V04 \
    V07 P01 P03 P06 P09 W01 W03 W05 L01 L02 L04 L06 E01 E02 E03 E04 C01 C02 C03 C04 X01 X03";

fn has_test(name: &str) -> bool {
    TESTS.iter().any(|file| file.contains(&format!("fn {}(", name.to_lowercase())))
}

#[test]
fn every_rule_fires_in_one_test_and_stays_quiet_in_another() {
    for rule in rules() {
        for what in ["fires", "stays_quiet"] {
            let name = format!("{}_{what}", rule.id);
            assert!(has_test(&name), "there is no test {name}");
        }
        let shown = format!("\"{}\",", rule.id);
        assert!(
            TESTS.iter().any(|file| file.contains(&shown)),
            "{}: no test shows its example",
            rule.id
        );
    }
    for held in HELD {
        let name = format!("{}_is_held", held.id);
        assert!(has_test(&name), "there is no test {name}");
    }
}

#[test]
fn every_rule_says_what_it_must() {
    for group in GROUPS {
        for rule in group.rules {
            assert!(rule.id.starts_with(group.letter), "{}", rule.id);
            assert!((10..=80).contains(&rule.title.chars().count()), "{}: title", rule.id);
            for text in [rule.explains, rule.case, rule.fix] {
                assert!(
                    text.len() > 10 && text.trim_end_matches(['"', ')']).ends_with('.'),
                    "{}: {text}",
                    rule.id
                );
                assert!(!text.contains("  "), "{}: doubled spaces in {text}", rule.id);
            }
            assert!(rule.link.is_empty() || rule.link.starts_with("http"), "{}", rule.id);
            assert!(!rule.example.is_empty(), "{}", rule.id);
        }
    }
}

#[test]
fn every_starred_check_names_the_public_case_behind_it() {
    let of_rules = rules().map(|rule| (rule.id, rule.case, rule.link));
    let of_held = HELD.iter().map(|held| (held.id, held.case, held.link));
    let elsewhere = ELSEWHERE.iter().map(|row| (row.id, row.case, row.link));
    let (mut starred, all) = (0, of_rules.chain(of_held).chain(elsewhere));
    for (id, case, link) in all.filter(|(id, ..)| STARRED.split_whitespace().any(|s| s == *id)) {
        starred += 1;
        assert!(case.len() > 10 && case.ends_with('.'), "{id}: no case");
        assert!(link.starts_with("http"), "{id}: nothing says where its case can be read");
    }
    assert_eq!(starred, STARRED.split_whitespace().count());
    for held in HELD {
        assert_eq!(held.case.is_empty(), held.link.is_empty(), "{}", held.id);
    }
}

#[test]
fn every_id_stands_in_one_table_and_every_starred_one_in_some() {
    let all: Vec<&str> = rules()
        .map(|r| r.id)
        .chain(HELD.iter().map(|h| h.id))
        .chain(ELSEWHERE.iter().map(|e| e.id))
        .chain(Problem::ALL.iter().map(|p| p.id()))
        .collect();
    let unique: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), unique.len(), "an id stands in two tables");
    let starred: Vec<&str> = STARRED.split_whitespace().collect();
    assert_eq!(starred.len(), 41);
    for id in starred {
        assert!(unique.contains(id), "{id} is forgotten");
    }
}
