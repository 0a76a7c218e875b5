//! The wire: JSON of requests, as tables, and how each becomes a command of the core.
//!
//! Nothing is decided here: what is well formed goes to the engine as it is.

pub(crate) mod answers;
pub(crate) mod credits;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod publish;
pub(crate) mod runs;
pub(crate) mod stripe;
pub(crate) mod webhooks;

use super::shape::{Field, Kind, Shape, may, must};

/// Nothing.
pub(crate) const EMPTY: Shape = Shape { name: "Nothing", says: "No fields.", fields: &[] };

/// The most bytes of a sentence.
pub(crate) const SENTENCE: Kind = Kind::Text(500);
/// The most bytes of a name, a model, an artifact.
pub(crate) const LABEL: Kind = Kind::Line(200);
/// A signed quote.
pub(crate) const QUOTE: Kind = Kind::Line(8192);

/// Free notes of the product.
pub(crate) const METADATA: Field =
    may("metadata", Kind::Map(&Kind::Text(1024), false), "your own notes, at most 1 KiB");

/// The page of a list.
pub(crate) const PAGE: &[Field] = &[
    may("cursor", Kind::Text(128), "where the next page begins: `next_cursor` of the one before"),
    may("limit", Kind::Count, "how many, at most 100"),
];

/// Prices.
pub(crate) const PRICES: &[Field] = &[may(
    "last_30_days",
    Kind::Flag,
    "true: with each action's own runs of the last 30 days; of more than 1,000 runs the newest",
)];

/// A statement.
pub(crate) const STATEMENT: &[Field] = &[
    may("only", answers::ONLY, "only this group"),
    may("action", Kind::Id, "only of this action"),
    may("from", Kind::Time, "nothing before this instant"),
    may("until", Kind::Time, "nothing from this instant on"),
    may("cursor", Kind::Text(128), "where the next page begins: `next_cursor` of the one before"),
    may("limit", Kind::Count, "how many, at most 100"),
    may(
        "format",
        Kind::Word(&["json", "csv"]),
        "csv: all of it as one sheet, as with `Accept: text/csv`",
    ),
];

/// The page of the report of exceptions.
pub(crate) const EXCEPTIONS: &[Field] = &[
    may("since", Kind::Time, "nothing before this instant; left out: the last 30 days"),
    may("kind", answers::KINDS, "only of this kind"),
    may("cursor", Kind::Text(128), "where the next page begins: `next_cursor` of the one before"),
    may("limit", Kind::Count, "how many, at most 1000"),
];

/// The window of the shadow report.
pub(crate) const SHADOW: &[Field] = &[
    may(
        "since",
        Kind::Time,
        "from this instant on; left out: 14 days, or as many as the gate asks",
    ),
    may("until", Kind::Time, "until before this instant; left out: now"),
    may("action", Kind::Id, "only this action"),
    may("plan", Kind::Id, "only this plan"),
];

/// The page of the runs it is made of.
pub(crate) const WATCHED: &[Field] = &[
    may(
        "since",
        Kind::Time,
        "from this instant on; left out: 14 days, or as many as the gate asks",
    ),
    may("until", Kind::Time, "until before this instant; left out: now"),
    may("action", Kind::Id, "only this action"),
    may("plan", Kind::Id, "only this plan"),
    may("cursor", Kind::Text(128), "where the next page begins: `next_cursor` of the one before"),
    may("limit", Kind::Count, "how many, at most 1000"),
];

/// The report of margins.
pub(crate) const MARGIN: &[Field] = &[
    may("since", Kind::Time, "nothing before this instant; left out: 30 days before `until`"),
    may("until", Kind::Time, "nothing from this instant on; left out: now"),
    may("action", Kind::Id, "only of this action"),
    may("plan", Kind::Id, "only on this plan"),
    may("limit", Kind::Count, "how many customers, at most 100"),
];

/// The page of a journal.
pub(crate) const AFTER: &[Field] = &[
    may("after", Kind::Count, "entries with a `seq` above this"),
    may("limit", Kind::Count, "how many, at most 1000"),
];

/// Whose key it was.
pub(crate) const OF_CUSTOMER: &[Field] = &[must("customer", Kind::Id, "whose key it was")];

/// Only judged, not done.
pub(crate) const DRY_RUN: &[Field] =
    &[may("dry_run", Kind::Flag, "true: say what it would come to, publish nothing")];
