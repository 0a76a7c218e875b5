//! Two contracts compared: each key in each direction, as a small edit of a sample contract.

mod actions;
mod forbidden;
mod keys;
mod notice;
mod plans;
mod promises;
mod whole;

use crate::samples::{EVERYTHING, JOBSCOUT, MINIMAL, read_texts};
use probity_core::Contract;
use probity_core::diff::{Class, Diff, diff};

const BETTER: Class = Class::Better;
const NEUTRAL: Class = Class::Neutral;
const ADVERSE: Class = Class::Adverse;
const FORBIDDEN: Class = Class::Forbidden;
const UNDECIDABLE: Class = Class::Undecidable;

/// Which contract is edited.
#[derive(Clone, Copy, Debug)]
enum Of {
    /// The sample.
    Job,
    /// The one with every key.
    All,
}
use Of::{All, Job};

/// An edit of one text that stands there once, the one key that differs then, what that is to
/// customers, and what going back is to them.
type Row = (Of, &'static str, &'static str, &'static str, Class, Class);

impl Of {
    const fn text(self) -> &'static str {
        match self {
            Self::Job => JOBSCOUT.contract,
            Self::All => EVERYTHING.contract,
        }
    }
}

#[track_caller]
fn contract(text: &str) -> Contract {
    let reading = read_texts(text, None, None);
    reading.contract.unwrap_or_else(|| panic!("{:#?}", reading.findings))
}

#[track_caller]
fn edited(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} must stand there once");
    text.replace(from, to)
}

/// From the sample to the sample with these edits.
#[track_caller]
fn changed(of: Of, edits: &[(&str, &str)]) -> Diff {
    let text = edits.iter().fold(of.text().to_owned(), |text, (a, b)| edited(&text, a, b));
    diff(&contract(of.text()), &contract(&text))
}

/// Keys and classes alone.
fn classes(diff: &Diff) -> Vec<(&str, Class)> {
    diff.changes.iter().map(|change| (change.key.as_str(), change.class)).collect()
}

/// Each row says what happens, forth and back, and nothing else happens.
fn hold(rows: &[Row]) {
    for (of, from, to, key, forth, back) in rows {
        let (before, text) = (contract(of.text()), edited(of.text(), from, to));
        let after = contract(&text);
        let (there, again) = (diff(&before, &after), diff(&after, &before));
        assert_eq!(classes(&there), [(*key, *forth)], "{from:?} → {to:?}");
        assert_eq!(classes(&again), [(*key, *back)], "{to:?} → {from:?}");
        for change in there.changes.iter().chain(&again.changes) {
            assert_ne!(change.before, change.after, "{change:?}");
            assert!(change.words.ends_with(['.', '”']) && change.words.len() > 9, "{change:?}");
        }
        assert_eq!(there.changes[0].before, again.changes[0].after, "{from:?}");
        assert_eq!(there.changes[0].after, again.changes[0].before, "{from:?}");
    }
}
