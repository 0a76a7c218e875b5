//! No key is forgotten: each has a row in the tables, or a reason why it can have none.

use super::{ADVERSE, BETTER, Row, actions, contract, diff, edited, plans, promises};
use probity_core::contract::file::keys;
use probity_core::diagnostic::FileKind;

fn rows() -> impl Iterator<Item = &'static Row> {
    [actions::ROWS, plans::ROWS, promises::ROWS].into_iter().flatten()
}

/// Keys that no row can hold, and why.
const WITHOUT: &[&str] = &[
    // Which contract it is, and from when: no change of what it says.
    "version",
    "effective",
    // Tested by itself: it takes other keys with it.
    "currency",
    "plans.*.runs_on",
    // These are as they are in every contract; the reader refuses all else.
    "outcomes.delivered",
    "outcomes.empty",
    "outcomes.failed",
    "outcomes.bad_input",
    "outcomes.blocked",
    "outcomes.cancelled",
    "outcomes.reopened",
    "top_ups.money_back.on",
    // A part of a list that is compared as one.
    "plans.*.when_short.*.switch_to",
    // A waiver is compared as one.
    "waive.*.because",
    "waive.*.by",
    "waive.*.until",
];

/// Does a key found in a contract stand below this path of the reference?
fn is_below(key: &str, path: &str) -> bool {
    let mut key = key.split('.');
    path.split('.').all(|part| key.next().is_some_and(|name| part == "*" || part == name))
}

#[test]
fn every_key_of_the_file_is_compared() {
    let keys = keys().into_iter().filter(|entry| entry.file == FileKind::Contract);
    let missing: Vec<String> = keys
        .map(|entry| entry.path)
        .filter(|path| !WITHOUT.contains(&path.as_str()))
        .filter(|path| !rows().any(|(_, _, _, key, _, _)| is_below(key, path)))
        .collect();
    assert!(missing.is_empty(), "no row changes {missing:#?}");
    assert!(rows().count() > 100);
}

#[test]
fn what_is_better_one_way_is_worse_the_other() {
    let mut seen = 0;
    for (of, from, to, key, forth, back) in rows() {
        let is_monotone = |class| class == ADVERSE || class == BETTER;
        if !is_monotone(*forth) || !is_monotone(*back) {
            continue;
        }
        seen += 1;
        let (a, b) = (contract(of.text()), contract(&edited(of.text(), from, to)));
        assert_eq!(diff(&a, &b).class() == BETTER, diff(&b, &a).class() == ADVERSE, "{key}");
        assert_eq!(diff(&a, &b).class() == ADVERSE, diff(&b, &a).class() == BETTER, "{key}");
    }
    assert!(seen > 60, "{seen}");
}

/// Two edits at once are what each of them is.
#[test]
fn changes_do_not_hide_one_another() {
    let rows: Vec<&Row> = rows().filter(|row| matches!(row.0, super::Job)).collect();
    let before = contract(super::Job.text());
    let mut seen = 0;
    for pair in rows.windows(2) {
        let [(_, a, to_a, key_a, class_a, _), (_, b, to_b, key_b, class_b, _)] = pair else {
            continue;
        };
        let once = super::Job.text().replace(a, to_a);
        if key_a.split('.').take(2).eq(key_b.split('.').take(2)) || once.matches(b).count() != 1 {
            continue;
        }
        let text = once.replace(b, to_b);
        let Some(after) = super::read_texts(&text, None, None).contract else { continue };
        let found = diff(&before, &after);
        let found = super::classes(&found);
        assert!(found.contains(&(*key_a, *class_a)), "{key_a} with {key_b}: {found:?}");
        assert!(found.contains(&(*key_b, *class_b)), "{key_b} with {key_a}: {found:?}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}
