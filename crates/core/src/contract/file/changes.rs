//! Sections `changes` and `waive`: how the contract may change, and findings accepted for now.

use super::literals::{DATE, LENGTH};
use super::reader::Reader;
use super::section::{Section, named};
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::Node;
use crate::contract::{Changes, Never, Starts, Waiver, WorseChanges};

impl Word for Starts {
    const WHAT: &'static str = "when a change starts";
    const WORDS: &'static [(&'static str, Self)] =
        &[("at_once", Self::AtOnce), ("next_period", Self::NextPeriod)];
}

impl Word for Never {
    const WHAT: &'static str = "a change that never comes";
    const WORDS: &'static [(&'static str, Self)] = &[
        (Self::ShrinkCreditsYouHold.word(), Self::ShrinkCreditsYouHold),
        (Self::RepriceWorkAlreadyStarted.word(), Self::RepriceWorkAlreadyStarted),
        (
            Self::StartChargingForFreeThingsWithoutYourYes.word(),
            Self::StartChargingForFreeThingsWithoutYourYes,
        ),
    ];
}

/// What a customer may leave with.
#[derive(Clone, Copy)]
struct Refund;

impl Word for Refund {
    const WHAT: &'static str = "what a customer may leave with";
    const WORDS: &'static [(&'static str, Self)] = &[("refund_of_unused", Self)];
}

/// The keys of `changes`.
pub(super) static CHANGES: Keys = Keys {
    of: "`changes`",
    list: &[
        Key::new(
            "worse",
            Shape::Keys(&WORSE),
            rule::VERSIONS,
            "What is promised about changes for the worse.",
        )
        .default("no notice is promised")
        .example("{ notice: 30 days, starts: next_period, may_leave_with: refund_of_unused }"),
        Key::new(
            "better",
            Shape::Keys(&BETTER),
            rule::VERSIONS,
            "When changes for the better start.",
        )
        .example("{ starts: at_once }"),
        Key::new(
            "never",
            Shape::List(&Shape::Word(Never::words)),
            rule::VERSIONS,
            "Changes that are refused, whatever the notice.",
        )
        .example("[reprice_work_already_started]"),
    ],
};

static WORSE: Keys = Keys {
    of: "`worse`",
    list: &[
        Key::new("notice", Shape::Literal(LENGTH.form), rule::VERSIONS, "How long before.")
            .required()
            .example("30 days"),
        Key::new(
            "starts",
            Shape::Word(Starts::words),
            rule::VERSIONS,
            "When it starts for a customer.",
        )
        .default("at_once")
        .example("next_period"),
        Key::new(
            "may_leave_with",
            Shape::Word(Refund::words),
            rule::SMALLER,
            "What a customer who leaves over it gets back.",
        )
        .default("nothing is promised")
        .example("refund_of_unused"),
    ],
};

static BETTER: Keys = Keys {
    of: "`better`",
    list: &[Key::new(
        "starts",
        Shape::Word(Starts::words),
        rule::VERSIONS,
        "When it starts for a customer.",
    )
    .default("at_once")
    .example("at_once")],
};

/// The keys of one waiver.
pub(super) static WAIVER: Keys = Keys {
    of: "a waiver",
    list: &[
        Key::new("because", Shape::Text, rule::LANGUAGE, "Why the finding is accepted.")
            .required()
            .example("one unit is a batch of ten by design"),
        Key::new("by", Shape::Text, rule::LANGUAGE, "Who accepted it.")
            .required()
            .example("product lead"),
        Key::new(
            "until",
            Shape::Literal(DATE.form),
            rule::LANGUAGE,
            "The last day it is accepted.",
        )
        .required()
        .example("2027-06-30"),
    ],
};

/// What holds where the file is silent.
pub(super) const DEFAULT: Changes =
    Changes { worse: None, better_starts: Starts::AtOnce, never: Vec::new() };

/// Reads `changes`.
pub(super) fn changes(r: &mut Reader<'_>, node: &Node) -> Option<Changes> {
    let s = Section::open(r, node, &CHANGES)?;
    let better = s.get(r, "better", |r, node| Section::open(r, node, &BETTER)?.word(r, "starts"));
    let never = s.get(r, "never", |r, node| r.list(node, Reader::word));
    Some(Changes {
        worse: s.get(r, "worse", worse),
        better_starts: better.unwrap_or(DEFAULT.better_starts),
        never: never.unwrap_or_default(),
    })
}

fn worse(r: &mut Reader<'_>, node: &Node) -> Option<WorseChanges> {
    let s = Section::open(r, node, &WORSE)?;
    let notice = s.literal(r, "notice", &LENGTH);
    let starts = s.word(r, "starts").unwrap_or(Starts::AtOnce);
    let may_leave_with_refund = s.word::<Refund>(r, "may_leave_with").is_some();
    Some(WorseChanges { notice: notice?, starts, may_leave_with_refund })
}

/// Reads `waive`.
pub(super) fn waivers(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Waiver>> {
    let rows = named(r, node, Kind::Rule, |r, rule, node| {
        let s = Section::open(r, node, &WAIVER)?;
        let (because, by) = (s.text(r, "because"), s.text(r, "by"));
        let until = s.literal(r, "until", &DATE);
        Some(Waiver { rule: rule.to_string(), because: because?, by: by?, until: until? })
    })?;
    Some(rows.into_iter().map(|(_, waiver)| waiver).collect())
}
