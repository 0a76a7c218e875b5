//! Section `failures`: when work is too slow, who pays for repeats, when we give up.

use super::literals::{LENGTH, TIMES};
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Shape, rule};
use super::tree::Node;
use crate::contract::Failures;
use crate::time::{Length, TimeUnit};

/// The keys of `failures`.
pub(super) static FAILURES: Keys = Keys {
    of: "`failures`",
    list: &[
        Key::new(
            "too_slow_after",
            Shape::Literal(LENGTH.form),
            rule::SETTLE,
            "Not finished by then: free, and what was set aside returned.",
        )
        .default("10 minutes")
        .example("10 minutes"),
        Key::new(
            "at_latest",
            Shape::Literal(LENGTH.form),
            rule::SETTLE,
            "Work that reports progress may take this long.",
        )
        .default("as `too_slow_after`")
        .example("1 hour"),
        Key::new(
            "retries",
            Shape::Whole(0, 100),
            rule::SMALLER,
            "Repeats of ours before the first byte; never the customer's to pay.",
        )
        .default("2")
        .example("2"),
        Key::new(
            "same_item_fails",
            Shape::Literal(TIMES.form),
            rule::UNUSUAL,
            "Failures in a row after which an item is paused for a day.",
        )
        .default("3 times")
        .example("3 times"),
        Key::new(
            "corrections",
            Shape::Literal(LENGTH.form),
            rule::SETTLE,
            "How long we may find out that it failed, and give the money back.",
        )
        .default("30 days")
        .example("30 days"),
    ],
};

/// What holds where the file is silent.
pub(super) const DEFAULT: Failures = Failures {
    too_slow_after: Length::new(10, TimeUnit::Minute),
    at_latest: Length::new(10, TimeUnit::Minute),
    retries: 2,
    same_item_fails: 3,
    corrections: Length::new(30, TimeUnit::Day),
};

/// Reads `failures`.
pub(super) fn failures(r: &mut Reader<'_>, node: &Node) -> Option<Failures> {
    let s = Section::open(r, node, &FAILURES)?;
    let too_slow_after = s.literal(r, "too_slow_after", &LENGTH).unwrap_or(DEFAULT.too_slow_after);
    let at_latest = s.literal(r, "at_latest", &LENGTH).unwrap_or(too_slow_after);
    if at_latest.roughly_seconds() < too_slow_after.roughly_seconds() {
        let message =
            format!("Work may take {too_slow_after}, so it cannot end after {at_latest}.");
        let fix = "Raise `at_latest`, or lower `too_slow_after`.";
        r.contradiction(s.near("at_latest"), s.at("too_slow_after"), message, fix);
    }
    Some(Failures {
        too_slow_after,
        at_latest,
        retries: s.count(r, "retries").unwrap_or(DEFAULT.retries),
        same_item_fails: s.literal(r, "same_item_fails", &TIMES).unwrap_or(DEFAULT.same_item_fails),
        corrections: s.literal(r, "corrections", &LENGTH).unwrap_or(DEFAULT.corrections),
    })
}
