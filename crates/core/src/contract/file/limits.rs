//! Sections `limits` and `experiments`: bounds before they hurt, and trying out apart.

use super::literals::{ALLOWANCE, CREDITS, LENGTH, PERCENT, SPEND_CAP};
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, Word, rule};
use super::tree::Node;
use crate::contract::{Alerts, BatchWhenShort, Experiments, Limits, UnusualDay};

impl Word for BatchWhenShort {
    const WHAT: &'static str = "what runs of a batch that does not fit";
    const WORDS: &'static [(&'static str, Self)] =
        &[("run_what_fits", Self::RunWhatFits), ("all_or_none", Self::AllOrNone)];
}

/// The keys of `limits`.
pub(super) static LIMITS: Keys = Keys {
    of: "`limits`",
    list: &[
        Key::new(
            "ask_from",
            Shape::Literal(CREDITS.form),
            rule::CONSENT,
            "From this price on a check says: ask first.",
        )
        .default("never")
        .example("10 credits"),
        Key::new(
            "spend_cap",
            Shape::Literal(SPEND_CAP.form),
            rule::ORDER,
            "The most that is spent in a period, until the customer sets another.",
        )
        .default("no cap")
        .example("400 credits a month"),
        Key::new(
            "at_once",
            Shape::Whole(1, 1_000_000),
            rule::ORDER,
            "How many runs of one customer may be open at once.",
        )
        .default("1000")
        .example("5"),
        Key::new(
            "batch_when_short",
            Shape::Word(BatchWhenShort::words),
            rule::SMALLER,
            "What of a batch fits when not all of it does.",
        )
        .default("run_what_fits")
        .example("run_what_fits"),
        Key::new(
            "unusual_day",
            Shape::Keys(&UNUSUAL_DAY),
            rule::UNUSUAL,
            "When a day is so unusual that runs pause and ask.",
        )
        .default("no day is")
        .example("{ times_usual: 5, and_over: 30 credits }"),
        Key::new(
            "alerts",
            Shape::Keys(&ALERTS),
            rule::UNUSUAL,
            "What the customer is told before a limit is hit.",
        ),
    ],
};

static UNUSUAL_DAY: Keys = Keys {
    of: "`unusual_day`",
    list: &[
        Key::new(
            "times_usual",
            Shape::Whole(1, 1_000_000),
            rule::UNUSUAL,
            "How many times the usual day.",
        )
        .required()
        .example("5"),
        Key::new("and_over", Shape::Literal(CREDITS.form), rule::UNUSUAL, "And over this much.")
            .required()
            .example("30 credits"),
    ],
};

static ALERTS: Keys = Keys {
    of: "`alerts`",
    list: &[
        Key::new(
            "used",
            Shape::List(&Shape::Literal(PERCENT.form)),
            rule::UNUSUAL,
            "Shares of the period's credits that were used.",
        )
        .example("[50%, 80%, 100%]"),
        Key::new(
            "runs_out",
            Shape::Literal(LENGTH.form),
            rule::UNUSUAL,
            "How long before credits run out at the customer's own pace.",
        )
        .example("3 days"),
        Key::new(
            "expires",
            Shape::List(&Shape::Literal(LENGTH.form)),
            rule::UNUSUAL,
            "How long before credits expire.",
        )
        .example("[30 days, 7 days]"),
    ],
};

/// The keys of `experiments`.
pub(super) static EXPERIMENTS: Keys = Keys {
    of: "`experiments`",
    list: &[
        Key::new(
            "actions",
            Shape::List(&Shape::Name(Kind::Action)),
            rule::PRICE,
            "What may be tried out, free and marked.",
        )
        .required()
        .example("[tailor_document]"),
        Key::new(
            "allowance",
            Shape::Literal(ALLOWANCE.form),
            rule::PRICE,
            "How many trial runs, of all these together.",
        )
        .required()
        .example("3 a day"),
        Key::new(
            "best_model",
            Shape::Name(Kind::ModelClass),
            rule::ORDER,
            "The best class of models for them.",
        )
        .default("the plan's")
        .example("small"),
    ],
};

/// What holds where the file is silent.
pub(super) const DEFAULT: Limits = Limits {
    ask_from: None,
    spend_cap: None,
    at_once: 1_000,
    batch_when_short: BatchWhenShort::RunWhatFits,
    unusual_day: None,
    alerts: Alerts { used: Vec::new(), runs_out: None, expires: Vec::new() },
};

/// Reads `limits`.
pub(super) fn limits(r: &mut Reader<'_>, node: &Node) -> Option<Limits> {
    let s = Section::open(r, node, &LIMITS)?;
    Some(Limits {
        ask_from: s.literal(r, "ask_from", &CREDITS),
        spend_cap: s.literal(r, "spend_cap", &SPEND_CAP),
        at_once: s.count(r, "at_once").unwrap_or(DEFAULT.at_once),
        batch_when_short: s.word(r, "batch_when_short").unwrap_or(DEFAULT.batch_when_short),
        unusual_day: s.get(r, "unusual_day", unusual_day),
        alerts: s.get(r, "alerts", alerts).unwrap_or_default(),
    })
}

fn unusual_day(r: &mut Reader<'_>, node: &Node) -> Option<UnusualDay> {
    let s = Section::open(r, node, &UNUSUAL_DAY)?;
    let (times, over) = (s.count(r, "times_usual"), s.literal(r, "and_over", &CREDITS));
    Some(UnusualDay { times_usual: times?, and_over: over? })
}

fn alerts(r: &mut Reader<'_>, node: &Node) -> Option<Alerts> {
    let s = Section::open(r, node, &ALERTS)?;
    let used = s.get(r, "used", |r, node| r.list(node, |r, item| r.literal(item, &PERCENT)));
    let expires = s.get(r, "expires", |r, node| r.list(node, |r, item| r.literal(item, &LENGTH)));
    Some(Alerts {
        used: used.unwrap_or_default(),
        runs_out: s.literal(r, "runs_out", &LENGTH),
        expires: expires.unwrap_or_default(),
    })
}

/// Reads `experiments`.
pub(super) fn experiments(r: &mut Reader<'_>, node: &Node) -> Option<Experiments> {
    let s = Section::open(r, node, &EXPERIMENTS)?;
    let actions = s.get(r, "actions", |r, node| r.names(node, Kind::Action));
    let allowance = s.literal(r, "allowance", &ALLOWANCE);
    let best_model = s.name(r, "best_model", Kind::ModelClass);
    Some(Experiments { actions: actions?, allowance: allowance?, best_model })
}
