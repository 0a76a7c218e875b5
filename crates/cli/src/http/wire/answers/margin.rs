//! The report of what runs cost and brought. Money is US dollars, a decimal string.

use super::{CUSTOMER_ID, TEXT};
use crate::http::shape::{Field, Kind, Shape, may, must};
use crate::http::wire::LABEL;

const BOOKS: Field = must(
    "books",
    Kind::Word(&["enforced", "would_be"]),
    "enforced: what was charged; would_be: shadow and announce, what would have been",
);
const COST: Field =
    may("cost", TEXT, "what its calls cost, as far as it is known; null: nothing of it is");
const ATTEMPTS: Field = must("attempts", Kind::Count, "calls that we pay");
const UNKNOWN: Field =
    must("unknown", Kind::Count, "of those: calls whose cost is not known, so not in `cost`");
const SILENT: Field =
    must("silent", Kind::Count, "runs that ended without any call reported: not in `cost` either");
const REVENUE: Field = may(
    "revenue",
    TEXT,
    "charged less refunded, of credits that were paid for, at their lowest value",
);
const PROFIT: Field = may("profit", TEXT, "revenue less overhead less `cost`");
const MARGIN: Field =
    may("margin", TEXT, "profit as a share of revenue; at most that where `whole` is false");
const CHARGED: Field = may("charged", Kind::Credits, "credits that were charged");
const REFUNDED: Field = may("refunded", Kind::Credits, "credits of charges that were given back");
const GIVEN: Field =
    may("given", Kind::Credits, "of `charged`: gifts, goodwill, credits of plans without a price");
const UNCLEAR: Field = may(
    "unclear",
    Kind::Credits,
    "of `charged`: from a credit line, so perhaps never paid: not in `revenue`",
);
const ENDED: Field = must("ended", Kind::Count, "runs that ended");

/// What runs cost and brought.
pub(crate) const MARGINS: Shape = Shape {
    name: "Margins",
    says: "What runs cost and brought, against what the contract in force reckons.",
    fields: &[
        must("since", Kind::Time, "nothing before this instant"),
        must("until", Kind::Time, "nothing from this instant on"),
        must("contract", LABEL, "the version that it is held against"),
        must("operations", Kind::Of(&OPERATIONS), "and its private half"),
        may("credit", TEXT, "the lowest value of a credit; null: nothing says it"),
        may("keep_margin", TEXT, "the margin that is to be kept, `keep_margin.typical`"),
        must("totals", Kind::List(&Kind::Of(&ROW), 2), "all together, by `books`"),
        must("rows", Kind::List(&Kind::Of(&ROW), 100_000), "each action on each plan"),
        must(
            "customers",
            Kind::List(&Kind::Of(&TAIL), 100),
            "those who cost more than they bring first, then those who cost most",
        ),
        must("customers_whole", Kind::Flag, "false: of some customers only a part is known"),
        must(
            "unknown_models",
            Kind::List(&Kind::Of(&UNKNOWN_MODEL), 1000),
            "models of calls whose cost is not known",
        ),
        must("looked_at", Kind::Count, "entries of the journal that were read"),
    ],
};

const OPERATIONS: Shape = Shape {
    name: "CostsInForce",
    says: "The costs in force.",
    fields: &[
        must("revision", Kind::Count, "the revision of operations"),
        may("as_of", Kind::Day, "when the costs were last looked at"),
        may("prices", TEXT, "SHA-256 of the price map; null: there is none"),
    ],
};

const ROW: Shape = Shape {
    name: "MarginRow",
    says: "An action on a plan, or everything.",
    fields: &[
        may("action", LABEL, "the action; null in totals"),
        may("plan", LABEL, "the plan; null in totals"),
        BOOKS,
        must("runs", Kind::Count, "runs that began"),
        ENDED,
        must("delivered", Kind::Count, "of those: delivered"),
        must("partial", Kind::Count, "of those: in part"),
        must("empty", Kind::Count, "of those: nothing was found"),
        must("failed", Kind::Count, "of those: failed, or not reported in time"),
        must("units", TEXT, "units that customers got or paid for; a part is its share"),
        CHARGED,
        REFUNDED,
        GIVEN,
        UNCLEAR,
        COST,
        ATTEMPTS,
        UNKNOWN,
        SILENT,
        must("told", Kind::Count, "runs that ended with calls reported"),
        must("retried", Kind::Count, "runs with more than one call"),
        must("fallbacks", Kind::Count, "calls on another model than the call before"),
        must("own_key", Kind::Of(&SPENT), "what customers' own keys pay"),
        must("free", Kind::Of(&FREE), "runs that brought nothing"),
        must("free_by", Kind::List(&Kind::Of(&FREE), 20), "the same by cause, the dearest first"),
        may("unit_cost", TEXT, "`cost` ÷ `units`: with failures, redos and retries"),
        may("typical", TEXT, "what a unit costs typically, by the contract's costs"),
        may("worst", TEXT, "and at worst"),
        may("above", Kind::Word(&["typical", "worst"]), "`unit_cost` is above it"),
        REVENUE,
        PROFIT,
        MARGIN,
        may("expected_margin", TEXT, "the margin at the usual price and the typical cost"),
        may("worst_margin", TEXT, "and at worst"),
        must("below", Kind::Flag, "`margin` is below `keep_margin`"),
        may("empty_rate", TEXT, "of runs that looked for something: the share that found nothing"),
        may(
            "pair",
            Kind::Of(&PAIR),
            "charged even if nothing is found: the price that earns as much",
        ),
        must("whole", Kind::Flag, "everything is known that it cost"),
    ],
};

const SPENT: Shape =
    Shape { name: "Spent", says: "What calls cost.", fields: &[COST, ATTEMPTS, UNKNOWN, SILENT] };

const FREE: Shape = Shape {
    name: "FreeRuns",
    says: "Runs that brought nothing, and what they cost us.",
    fields: &[
        may("cause", LABEL, "why: failed, redo, reopened, experiment, plan and others"),
        must("runs", Kind::Count, "how many"),
        COST,
        ATTEMPTS,
        UNKNOWN,
        SILENT,
    ],
};

const PAIR: Shape = Shape {
    name: "HarshPair",
    says: "The price that is charged even if nothing is found, and its soft counterpart.",
    fields: &[
        must("harsh", Kind::Credits, "what every run costs, found or not"),
        may("empty", TEXT, "the share that found nothing, as it was seen"),
        may("harsh_price_softly", Kind::Credits, "what a run would bring if empty were free"),
        may("soft", Kind::Credits, "the price that would earn the same if empty were free"),
    ],
};

const TAIL: Shape = Shape {
    name: "MarginCustomer",
    says: "A customer who costs more than they bring, or costs most.",
    fields: &[
        CUSTOMER_ID,
        BOOKS,
        ENDED,
        CHARGED,
        REFUNDED,
        GIVEN,
        UNCLEAR,
        COST,
        ATTEMPTS,
        UNKNOWN,
        SILENT,
        REVENUE,
        PROFIT,
        MARGIN,
    ],
};

const UNKNOWN_MODEL: Shape = Shape {
    name: "UnknownModel",
    says: "A model without a price.",
    fields: &[
        may("model", LABEL, "its name; null: calls without one"),
        must("attempts", Kind::Count, "how many calls"),
    ],
};
