//! Section `rollout` of the operations: how far showing and enforcing have come.

use super::literals::{MOST_COUNTED, PERCENT};
use super::plans::rows;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::Node;
use crate::contract::{EnforceWhen, Mode, Percent, Rollout};

impl Word for Mode {
    const WHAT: &'static str = "a mode";
    const WORDS: &'static [(&'static str, Self)] = &[
        (Self::Shadow.word(), Self::Shadow),
        (Self::Announce.word(), Self::Announce),
        (Self::Enforce.word(), Self::Enforce),
    ];
}

/// The keys of `rollout`.
pub(super) static ROLLOUT: Keys = Keys {
    of: "`rollout`",
    list: &[
        Key::new(
            "default",
            Shape::Word(Mode::words),
            rule::MODES,
            "Where neither action nor plan is listed.",
        )
        .default("enforce")
        .example("shadow"),
        Key::new(
            "actions",
            Shape::Named(Kind::Action, &Shape::Word(Mode::words)),
            rule::MODES,
            "By action; the most lenient applies.",
        )
        .example("{ process_documents: shadow }"),
        Key::new(
            "plans",
            Shape::Named(Kind::Plan, &Shape::Word(Mode::words)),
            rule::MODES,
            "By plan; the most lenient applies.",
        )
        .example("{ pro: announce }"),
        Key::new(
            "share",
            Shape::Literal(PERCENT.form),
            rule::MODES,
            "The share of customers it applies to; the others stay in shadow.",
        )
        .default("100%")
        .example("10%"),
        Key::new(
            "enforce_when",
            Shape::Keys(&ENFORCE_WHEN),
            rule::MODES,
            "What must have been seen before it is enforced.",
        )
        .example("{ days: 14, runs: 2000, mismatches_below: 0.1% }"),
    ],
};

static ENFORCE_WHEN: Keys = Keys {
    of: "`enforce_when`",
    list: &[
        Key::new("days", Shape::Whole(1, 3_650), rule::MODES, "Days watched.").example("14"),
        Key::new("runs", Shape::Whole(1, MOST_COUNTED), rule::MODES, "Runs watched.")
            .example("2000"),
        Key::new(
            "mismatches_below",
            Shape::Literal(PERCENT.form),
            rule::MODES,
            "Mismatches with what is charged today, below this share; at least half of the runs must \
             be compared, and as many as `runs` asks for.",
        )
        .example("0.1%"),
        Key::new(
            "bills_more_than_doubled",
            Shape::Whole(0, MOST_COUNTED),
            rule::MODES,
            "Bills that would more than double, at most; as many runs must be compared.",
        )
        .example("0"),
    ],
};

/// Reads `rollout`.
pub(super) fn rollout(r: &mut Reader<'_>, node: &Node) -> Option<Rollout> {
    let s = Section::open(r, node, &ROLLOUT)?;
    Some(Rollout {
        default: s.word(r, "default").unwrap_or_default(),
        actions: rows(s.named(r, "actions", Kind::Action, |r, _, node| r.word(node))),
        plans: rows(s.named(r, "plans", Kind::Plan, |r, _, node| r.word(node))),
        share: s.literal(r, "share", &PERCENT).unwrap_or(Percent::WHOLE),
        enforce_when: s.get(r, "enforce_when", enforce_when),
    })
}

fn enforce_when(r: &mut Reader<'_>, node: &Node) -> Option<EnforceWhen> {
    let s = Section::open(r, node, &ENFORCE_WHEN)?;
    Some(EnforceWhen {
        days: s.count(r, "days"),
        runs: s.whole(r, "runs"),
        mismatches_below: s.literal(r, "mismatches_below", &PERCENT),
        bills_more_than_doubled: s.whole(r, "bills_more_than_doubled"),
    })
}
