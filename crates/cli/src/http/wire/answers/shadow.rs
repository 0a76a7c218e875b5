//! What was watched before it is enforced: the shadow report, and the runs it is made of.

use super::{CUSTOMER_ID, MODES, TEXT, VERSION};
use crate::http::shape::{Field, Kind, Shape, may, must};
use crate::http::wire::LABEL;

const MODE: Kind = Kind::Word(&MODES);
const ACTION: Field = must("action", LABEL, "what was run");
const ARTIFACT: Field = may("artifact", LABEL, "for which artifact");
const RUN: Field = must("run", LABEL, "which run");
const ENDED_AT: Field = must("at", Kind::Time, "when it ended");
const OUTCOME: Field = must("outcome", LABEL, "how it ended");
const RUNS: Field = must("runs", Kind::Count, "how many runs");
const CHARGED: Field = must("charged", Kind::Credits, "what would be charged");
const EXAMPLES: Field = must("examples", Kind::List(&Kind::Of(&EXAMPLE), 3), "a few of them");

/// The report.
pub(crate) const SHADOW: Shape = Shape {
    name: "ShadowReport",
    says: "What was watched in a window: what would be charged and refused, beside today's billing.",
    fields: &[
        must("since", Kind::Time, "from this instant on"),
        must("until", Kind::Time, "until before this one"),
        may("action", LABEL, "only this action"),
        may("plan", LABEL, "only this plan"),
        VERSION,
        must("operations", Kind::Count, "the revision of operations in force"),
        must("rollout", Kind::Of(&ROLLOUT), "what is rolled out how"),
        must("sums", Kind::Of(&SUMS), "everything"),
        must(
            "watched",
            Kind::Of(&SUMS),
            "of these, the runs that were not enforced: what the gate counts",
        ),
        must("actions", Kind::List(&Kind::Of(&SUMS_LINE), 10_000), "by action"),
        must("plans", Kind::List(&Kind::Of(&SUMS_LINE), 10_000), "by plan"),
        must("days", Kind::List(&Kind::Of(&DAY), 10_000), "by day, in the contract's zone"),
        must("denials", Kind::List(&Kind::Of(&DENIALS), 18), "would-be refusals, by code"),
        must("customers", Kind::Of(&CUSTOMERS), "everybody's bills"),
        must("unknown", Kind::Count, "runs of which nothing is known of today's billing"),
        must(
            "causes",
            Kind::List(&Kind::Of(&CAUSE), 1000),
            "what would be otherwise than today, by cause, the most frequent first",
        ),
        must(
            "unforeseen",
            Kind::List(&Kind::Of(&UNFORESEEN), 10_000),
            "endings that the contract does not speak of",
        ),
        must("gate", Kind::Of(&GATE), "what `enforce_when` asks for, and what is missing"),
    ],
};

/// The modes.
pub(crate) const ROLLOUT: Shape = Shape {
    name: "Rollout",
    says: "What is rolled out how; the most lenient of action and plan applies.",
    fields: &[
        must("default", MODE, "where neither is listed"),
        must("actions", Kind::Map(&MODE, false), "by action"),
        must("plans", Kind::Map(&MODE, false), "by plan"),
        must("share", LABEL, "of customers; the others are in shadow"),
    ],
};

const SUMS: Shape = Shape {
    name: "ShadowSums",
    says: "Sums of runs; a run counts in the window in which it ended.",
    fields: &[
        must("began", Kind::Count, "began"),
        must("runs", Kind::Count, "ended: all else is of these"),
        must("shadow", Kind::Count, "in shadow"),
        must("announce", Kind::Count, "announced"),
        must("enforce", Kind::Count, "enforced"),
        must("charged_runs", Kind::Count, "would cost something"),
        CHARGED,
        must("denied", Kind::Count, "would be refused"),
        must("denied_price", Kind::Credits, "what those would cost"),
        must("refunds", Kind::Count, "refunds and corrections that would give something back"),
        must("given_back", Kind::Credits, "what they would give back"),
        must("compared", Kind::Count, "known of today's billing"),
        must("same", Kind::Count, "nothing would be otherwise"),
        must("more", Kind::Count, "the contract takes more"),
        must("less", Kind::Count, "the contract takes less"),
        must("would_stop", Kind::Count, "the contract refuses what is allowed today"),
        must("would_not_stop", Kind::Count, "the contract allows what is refused today"),
        must("today", Kind::Credits, "what today's billing charged, where it says so"),
        must("beside_today", Kind::Credits, "what would be charged for the same runs"),
    ],
};

const SUMS_LINE: Shape = Shape {
    name: "ShadowLine",
    says: "The sums of one action or plan.",
    fields: &[
        must("id", LABEL, "its id"),
        must("name", LABEL, "its name"),
        must("sums", Kind::Of(&SUMS), "its sums"),
    ],
};

const DAY: Shape = Shape {
    name: "ShadowDay",
    says: "One day.",
    fields: &[
        must("day", Kind::Day, "which"),
        RUNS,
        must("denied", Kind::Count, "would be refused"),
        CHARGED,
        must("today", Kind::Credits, "what today's billing charged, where it says so"),
    ],
};

const DENIALS: Shape = Shape {
    name: "ShadowDenials",
    says: "Runs that would be refused for one reason.",
    fields: &[
        must("code", LABEL, "the code"),
        must("title", LABEL, "its title"),
        RUNS,
        must("price", Kind::Credits, "what they would cost"),
    ],
};

const CUSTOMERS: Shape = Shape {
    name: "ShadowCustomers",
    says: "Everybody's bills, as they would be.",
    fields: &[
        must("customers", Kind::Count, "how many"),
        must("denied", Kind::Count, "would meet a refusal"),
        must("against_today", Kind::Of(&AGAINST), "against today's bills"),
        must(
            "watched",
            Kind::Of(&AGAINST),
            "the same of runs that were not enforced: what the gate counts",
        ),
        must("top", Kind::List(&Kind::Of(&BILL), 10), "those who would be charged most"),
        must("doubled", Kind::List(&Kind::Of(&BILL), 10), "more than doubled: the most credits"),
    ],
};

const AGAINST: Shape = Shape {
    name: "ShadowAgainst",
    says: "Customers of whom it is known what today's billing charges: for the same runs they would pay",
    fields: &[
        must("compared", Kind::Count, "how many"),
        must("less", Kind::Count, "less"),
        must("same", Kind::Count, "the same"),
        must("more", Kind::Count, "more"),
        must("more_than_doubled", Kind::Count, "of those, more than double"),
    ],
};

const BILL: Shape = Shape {
    name: "ShadowBill",
    says: "One customer's bill.",
    fields: &[
        CUSTOMER_ID,
        may("plan", LABEL, "the plan of their last run"),
        RUNS,
        must("denied", Kind::Count, "would be refused"),
        CHARGED,
        must("given_back", Kind::Credits, "what would be given back"),
        may("today", Kind::Credits, "what today's billing charged; null: it is not known"),
        may("beside_today", Kind::Credits, "what would be charged for the same runs"),
    ],
};

const CAUSE: Shape = Shape {
    name: "ShadowCause",
    says: "Runs that would be otherwise than today, for one cause.",
    fields: &[
        must("verdict", Kind::Word(&["more", "less", "would_stop", "would_not_stop"]), "how"),
        must("cause", LABEL, "the rule or the code that explains it"),
        must("says", TEXT, "the same in a sentence"),
        RUNS,
        must("today", Kind::Credits, "what today's billing charged for them"),
        must("would", Kind::Credits, "what would be charged for them"),
        EXAMPLES,
    ],
};

const EXAMPLE: Shape = Shape {
    name: "ShadowExample",
    says: "A run to look at, with words to read aloud.",
    fields: &[
        RUN,
        CUSTOMER_ID,
        ACTION,
        ARTIFACT,
        ENDED_AT,
        OUTCOME,
        may("today", Kind::Credits, "what today's billing charged"),
        must("would", Kind::Credits, "what would be charged"),
        may("words", TEXT, "what the customer would have read; of a refusal, why"),
    ],
};

const UNFORESEEN: Shape = Shape {
    name: "ShadowUnforeseen",
    says: "Endings of one action that the contract does not speak of.",
    fields: &[
        must(
            "what",
            Kind::Word(&["not_written", "no_parts", "nobody_said", "too_late"]),
            "in what way",
        ),
        ACTION,
        OUTCOME,
        must("says", TEXT, "what happens now, and what to do"),
        RUNS,
        EXAMPLES,
    ],
};

const GATE: Shape = Shape {
    name: "Gate",
    says: "What must be seen before it is enforced.",
    fields: &[
        must("met", Kind::Flag, "all of it is; also where nothing is asked for"),
        must("conditions", Kind::List(&Kind::Of(&CONDITION), 5), "what is asked for"),
    ],
};

const CONDITION: Shape = Shape {
    name: "GateCondition",
    says: "One thing that is asked for.",
    fields: &[
        must(
            "what",
            Kind::Word(&[
                "days",
                "runs",
                "compared",
                "mismatches_below",
                "bills_more_than_doubled",
            ]),
            "the key of `enforce_when`; `compared` is asked for with the last two",
        ),
        must("asks", TEXT, "how much, in words"),
        must("is", TEXT, "how much there is"),
        must("met", Kind::Flag, "is it met?"),
        may("missing", TEXT, "what is missing, and what to do"),
    ],
};

/// The runs.
pub(crate) const WATCHED: Shape = Shape {
    name: "WatchedRuns",
    says: "A page of runs that ended, with what they would have come to.",
    fields: &[
        must(
            "items",
            Kind::List(&Kind::Of(&WATCHED_RUN), 1000),
            "the newest first; a page may have fewer than `limit`, even none, and a next one",
        ),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
    ],
};

const WATCHED_RUN: Shape = Shape {
    name: "WatchedRun",
    says: "A run that ended, as if everything were enforced.",
    fields: &[
        RUN,
        CUSTOMER_ID,
        ACTION,
        must("plan", LABEL, "on which plan it began"),
        ARTIFACT,
        must("mode", MODE, "the mode it began in"),
        ENDED_AT,
        must("how", Kind::Word(&["settled", "released", "expired", "late"]), "who said so"),
        OUTCOME,
        must("price", Kind::Credits, "what it would cost"),
        CHARGED,
        must("rule", LABEL, "the rule of that"),
        may("denial", LABEL, "why it would be refused"),
        may("unforeseen", LABEL, "what the contract does not say of it"),
        may("today", Kind::Of(&TODAY), "what today's billing did"),
    ],
};

/// The words of one.
pub(crate) const WATCHED_WORDS: Shape = Shape {
    name: "WatchedWords",
    says: "What a customer would have read of a run.",
    fields: &[RUN, may("words", TEXT, "the words; null: it would have been refused")],
};

const TODAY: Shape = Shape {
    name: "Today",
    says: "What today's billing did.",
    fields: &[
        may("charged", Kind::Credits, "what it charged"),
        may("allowed", Kind::Flag, "whether it allowed it"),
    ],
};
