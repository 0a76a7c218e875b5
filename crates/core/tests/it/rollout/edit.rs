//! One command changes only the roll-out: everything else of the file stays, byte for byte.

use crate::samples::JOBSCOUT;
use probity_core::Name;
use probity_core::contract::file::{
    CannotEdit, RolledOut, RolloutChange, Sources, read, with_rollout,
};
use probity_core::contract::{Mode, Percent};

fn edited(operations: Option<&str>, change: &RolloutChange) -> Result<String, CannotEdit> {
    let sources = Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: operations.map(str::as_bytes),
        prices: None,
    };
    with_rollout(&sources, change)
}

fn mode(of: RolledOut, mode: Mode) -> RolloutChange {
    RolloutChange { mode: Some((of, mode)), share: None }
}

fn action(id: &str, to: Mode) -> RolloutChange {
    mode(RolledOut::Action(Name::new(id)), to)
}

fn share(millionths: u32) -> RolloutChange {
    RolloutChange { mode: None, share: Some(Percent(millionths)) }
}

/// What is written below `operates: jobscout`, what is changed, and what is written then.
fn cases() -> Vec<(&'static str, RolloutChange, &'static str)> {
    let shadow = |id: &str| action(id, Mode::Shadow);
    let plan = |id: &str, to| mode(RolledOut::Plan(Name::new(id)), to);
    vec![
        (
            "rollout:   # as it goes\n  default: enforce  # for now\n  share: 100%\n",
            mode(RolledOut::Default, Mode::Shadow),
            "rollout:   # as it goes\n  default: shadow  # for now\n  share: 100%\n",
        ),
        (
            "rollout:\n  # first those\n  default: shadow\n",
            shadow("map_market"),
            "rollout:\n  # first those\n  actions: { map_market: shadow }\n  default: shadow\n",
        ),
        (
            "rollout: { default: shadow } # all\n",
            action("map_market", Mode::Enforce),
            "rollout: { actions: { map_market: enforce }, default: shadow } # all\n",
        ),
        (
            "rollout:\n  actions: { process_documents: shadow }   # slow\n",
            action("process_documents", Mode::Announce),
            "rollout:\n  actions: { process_documents: announce }   # slow\n",
        ),
        (
            "rollout:\n  actions: { process_documents: shadow }\n",
            action("map_market", Mode::Announce),
            "rollout:\n  actions: { map_market: announce, process_documents: shadow }\n",
        ),
        (
            "rollout:\n  actions:\n    # the slow one\n    process_documents: 'shadow'\n",
            shadow("map_market"),
            "rollout:\n  actions:\n    # the slow one\n    map_market: shadow\n    process_documents: 'shadow'\n",
        ),
        (
            "rollout:\n  plans: {}\n",
            plan("pro", Mode::Announce),
            "rollout:\n  plans: { pro: announce }\n",
        ),
        ("rollout:\n  share: 100%\n", share(50_000), "rollout:\n  share: 5%\n"),
        ("rollout: {}\n", share(5_000), "rollout: { share: 0.5% }\n"),
        (
            "store_down: { enforce: refuse }\n# the end\n",
            shadow("map_market"),
            "store_down: { enforce: refuse }\n# the end\n\nrollout:\n  actions: { map_market: shadow }\n",
        ),
        (
            "rollout:\r\n  default: enforce\r\n",
            shadow("map_market"),
            "rollout:\r\n  actions: { map_market: shadow }\r\n  default: enforce\r\n",
        ),
        ("", share(50_000), "\nrollout:\n  share: 5%\n"),
    ]
}

#[test]
fn only_the_roll_out_is_written_otherwise() {
    for (before, change, after) in cases() {
        let text = format!("# ours\noperates: jobscout\n{before}");
        let found = edited(Some(&text), &change).unwrap_or_else(|why| panic!("{before}: {why:?}"));
        assert_eq!(found, format!("# ours\noperates: jobscout\n{after}"), "{before}");
        // Once more it is the same, and changes nothing.
        assert_eq!(edited(Some(&found), &change).as_deref(), Ok(&*found));
    }
}

#[test]
fn where_there_is_no_file_one_begins() {
    let change = mode(RolledOut::Default, Mode::Shadow);
    let found = edited(None, &change).unwrap();
    assert_eq!(found, "operates: jobscout\n\nrollout:\n  default: shadow\n");
}

#[test]
fn the_sample_changes_at_one_place_and_nowhere_else() {
    let sample = JOBSCOUT.operations.unwrap();
    let sources = Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: Some(sample.as_bytes()),
        prices: JOBSCOUT.prices.map(str::as_bytes),
    };
    let both =
        RolloutChange { share: Some(Percent(50_000)), ..action("tailor_document", Mode::Shadow) };
    let found = with_rollout(&sources, &both).unwrap();
    let differ: Vec<_> =
        sample.lines().zip(found.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(
        differ,
        [
            (
                "  actions: { process_documents: shadow }",
                "  actions: { tailor_document: shadow, process_documents: shadow }"
            ),
            (
                "  share: 100%                           # of customers, by a stable hash of their id; the others stay in shadow",
                "  share: 5%                           # of customers, by a stable hash of their id; the others stay in shadow"
            ),
        ]
    );
    let read = read(&Sources { operations: Some(found.as_bytes()), ..sources });
    let rollout = read.operations.unwrap().rollout;
    assert_eq!(rollout.share, Percent(50_000));
    assert_eq!(rollout.actions.get("tailor_document"), Some(&Mode::Shadow));
}

#[test]
fn what_cannot_be_spliced_or_would_say_something_else_is_refused() {
    let to_shadow = action("map_market", Mode::Shadow);
    let refused = |text: &str, change| edited(Some(text), change).unwrap_err();
    // Nothing is known of what a broken file says.
    assert_eq!(refused("operates: jobscout\nrollout: [", &to_shadow), CannotEdit::NotRead);
    assert_eq!(refused("operates: other\n", &to_shadow), CannotEdit::NotRead);
    // An action that the contract does not have.
    let unknown = action("nobody_knows", Mode::Shadow);
    assert_eq!(refused("operates: jobscout\n", &unknown), CannotEdit::ByHand);
    // After the end of the document nothing can follow.
    let ended = "operates: jobscout\n...\n";
    assert!(matches!(refused(ended, &to_shadow), CannotEdit::ByHand | CannotEdit::NotRead));
}
