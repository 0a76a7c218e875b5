//! Runs: starting, checking, quoting, settling and what comes after.

use super::{EMPTY, LABEL, METADATA, QUOTE, SENTENCE};
use crate::http::read::Read;
use crate::http::shape::{Field, Kind, Shape, may, must};
use probity_core::command::{Attempt, Purpose, Report, RunRequest, Today, Usage};
use probity_core::{Name, Outcome};

const OUTCOMES: &[&str] = &[
    "delivered",
    "partial",
    "empty",
    "failed",
    "bad_input",
    "blocked",
    "cancelled",
    "abandoned",
    "reopened",
];

const CUSTOMER: Field = must("customer", Kind::Id, "whose run it is");
const ACTION: Field = may("action", LABEL, "which action; a quote says it too");
const ARTIFACT: Field = may("artifact", LABEL, "the customer's own thing the result belongs to");
const QUANTITY: Field =
    may("quantity", Kind::Count, "how many units, where the price is by quantity");
const MODEL: Field = may("model", LABEL, "which model it will use");
const INPUTS: Field =
    may("inputs", Kind::Map(&Kind::Anything, true), "what the action needs, by name");
const QUOTED: Field = may("quote", QUOTE, "the signed quote it is to use");
const MAX_PRICE: Field = may("max_price", Kind::Credits, "the most you will pay");
const CONFIRMED: Field = may("confirmed", Kind::Flag, "the customer agreed; secret keys only");
const AGAIN: Field = may("again", Kind::Word(&["redo", "fresh"]), "another try, or a fresh run");
const OWN_KEY: Field = may("own_key", Kind::Flag, "the call brings a working key of its own");
const PURPOSE: Field =
    may("purpose", Kind::Word(&["production", "experiment"]), "experiments never touch the wallet");
const MEMBER: Field = may("member", Kind::Id, "which member asks");
const REASON: Field = may("reason", SENTENCE, "a finer reason, for the receipt");
const PARTS: Field = may(
    "parts",
    Kind::Count,
    "how many parts this run brought; left out where the whole is there now, also on a `rest`; \
     `delivered` with fewer than the action has is `partial`",
);
const ATTEMPTS: Field =
    may("attempts", Kind::List(&Kind::Of(&ATTEMPT), 1000), "calls to models and suppliers");
const NOW: Field = may("now", Kind::Of(&TODAY), "what your present billing did, for comparison");

/// A run is asked for.
pub(crate) const RUN: Shape = Shape {
    name: "RunRequest",
    says: "A run is asked for. With `outcome` it is held and settled in one.",
    fields: &[
        CUSTOMER,
        ACTION,
        ARTIFACT,
        QUANTITY,
        MODEL,
        INPUTS,
        QUOTED,
        MAX_PRICE,
        CONFIRMED,
        AGAIN,
        OWN_KEY,
        PURPOSE,
        MEMBER,
        may("hold_for", Kind::Length, "how long to hold"),
        NOW,
        METADATA,
        may("outcome", Kind::Word(OUTCOMES), "how it ended: hold and settle in one"),
        PARTS,
        may("arrived", Kind::Count, "with an outcome: units that arrived, if not `quantity`"),
        REASON,
        ATTEMPTS,
    ],
};

/// One run that is asked about.
pub(crate) const CHECK: Shape = Shape {
    name: "CheckRequest",
    says: "One run, or `items`, judged one after the other.",
    fields: &[
        may("customer", Kind::Id, "whose run it would be"),
        ACTION,
        ARTIFACT,
        QUANTITY,
        MODEL,
        INPUTS,
        QUOTED,
        MAX_PRICE,
        CONFIRMED,
        AGAIN,
        OWN_KEY,
        PURPOSE,
        MEMBER,
        may("items", Kind::List(&Kind::Of(&CHECK_ITEM), 1000), "several runs of one customer"),
    ],
};

/// One of several.
const CHECK_ITEM: Shape = Shape {
    name: "CheckItem",
    says: "One of several runs that are asked about.",
    fields: &[
        may("customer", Kind::Id, "whose run it would be; the same in all items"),
        ACTION,
        ARTIFACT,
        QUANTITY,
        MODEL,
        INPUTS,
        QUOTED,
        MAX_PRICE,
        CONFIRMED,
        AGAIN,
        OWN_KEY,
        PURPOSE,
        MEMBER,
    ],
};

/// A price to be promised.
pub(crate) const QUOTING: Shape = Shape {
    name: "QuoteRequest",
    says: "A price is to be promised for one run.",
    fields: &[
        CUSTOMER,
        must("action", LABEL, "which action"),
        ARTIFACT,
        QUANTITY,
        MODEL,
        INPUTS,
        AGAIN,
        OWN_KEY,
        PURPOSE,
        MEMBER,
    ],
};

/// How a run ended.
pub(crate) const SETTLE: Shape = Shape {
    name: "Report",
    says: "How a run ended: an outcome, never an amount.",
    fields: &[
        must("outcome", Kind::Word(OUTCOMES), "how it ended"),
        PARTS,
        may("quantity", Kind::Count, "how many units arrived; never charged above what was held"),
        REASON,
        ATTEMPTS,
        NOW,
    ],
};

/// It ended otherwise after all.
pub(crate) const CORRECT: Shape = Shape {
    name: "Correction",
    says: "How a run ended after all: towards the customer only.",
    fields: &[
        must("outcome", Kind::Word(OUTCOMES), "how it really ended"),
        PARTS,
        may("quantity", Kind::Count, "how many units arrived"),
        REASON,
    ],
};

/// Nothing to say.
pub(crate) const RELEASE: Shape = EMPTY;

/// More time.
pub(crate) const EXTEND: Shape = Shape {
    name: "Extension",
    says: "More time, counted from now.",
    fields: &[must("for", Kind::Length, "how much, such as \"20 minutes\"")],
};

/// Credits back.
pub(crate) const REFUND: Shape = Shape {
    name: "Refund",
    says: "Charged credits are given back.",
    fields: &[
        may("amount", Kind::Credits, "how many; null: all that is left of the charge"),
        may("reason", SENTENCE, "why, told to the customer"),
    ],
};

/// "This is wrong".
pub(crate) const QUESTION: Shape = Shape {
    name: "Question",
    says: "What is wrong with a receipt.",
    fields: &[must("text", Kind::Text(4000), "what the customer says")],
};

/// What is said to a question.
pub(crate) const REPLY: Shape = Shape {
    name: "Answer",
    says: "What the customer reads beside their question.",
    fields: &[
        must("text", Kind::Text(4000), "what you found, and what you did"),
        may("question", Kind::Id, "which; left out: the last one about the run"),
    ],
};

/// Late usage.
pub(crate) const LATE: Shape = Shape {
    name: "LateAttempts",
    says: "Usage reported after the run ended: the cost book only.",
    fields: &[must("attempts", Kind::List(&Kind::Of(&ATTEMPT), 1000), "the calls")],
};

const ATTEMPT: Shape = Shape {
    name: "Attempt",
    says: "One call to a model or a supplier.",
    fields: &[
        may("provider", LABEL, "whose model"),
        may("asked", LABEL, "which model was asked for"),
        may("model", LABEL, "which model answered"),
        may("usage", Kind::Of(&USAGE), "tokens; null is not known, zero is zero"),
        may("source", Kind::Word(SOURCES), "where the tokens are known from"),
        may("services", Kind::Map(&Kind::Count, false), "calls to suppliers, by service"),
        may("own_key", Kind::Flag, "made with the customer's own key"),
    ],
};

const SOURCES: &[&str] = &["provider", "partial", "estimated", "none"];

const USAGE: Shape = Shape {
    name: "Usage",
    says: "Tokens of one call.",
    fields: &[
        may("input", Kind::Count, "read by the model, cache included"),
        may("cache_read", Kind::Count, "of those, read from the cache"),
        may("cache_write", Kind::Count, "of those, written to the cache"),
        may("output", Kind::Count, "written by the model, reasoning included"),
        may("reasoning", Kind::Count, "of those, reasoning"),
    ],
};

const TODAY: Shape = Shape {
    name: "PresentBilling",
    says: "What your present billing did.",
    fields: &[
        may("charged", Kind::Credits, "what it charged"),
        may("allowed", Kind::Flag, "whether it allowed the run"),
    ],
};

/// Many writes at once.
pub(crate) const BATCH: Shape = Shape {
    name: "Batch",
    says: "Up to 1,000 writes, in order, each by itself.",
    fields: &[must("items", Kind::List(&Kind::Later(&BATCH_ITEM), 1000), "the writes")],
};

/// One of many.
pub(crate) const BATCH_ITEM: Shape = Shape {
    name: "BatchItem",
    says: "One write of a batch.",
    fields: &[
        must(
            "do",
            Kind::Word(&["run", "settle", "release", "extend", "refund"]),
            "what is to be done",
        ),
        may("id", Kind::Line(128), "which run; not for `run`"),
        may("key", Kind::Text(255), "its idempotency key"),
        may("body", Kind::Object, "the body, as for the single request"),
    ],
};

/// The run that is asked for; its quote is put in by whoever can open it.
pub(crate) fn request(body: Read<'_>) -> RunRequest {
    let report = body.has("outcome").then(|| report(body, "arrived")).flatten();
    RunRequest {
        action: body.name("action").unwrap_or_default(),
        artifact: body.name("artifact"),
        quantity: body.count("quantity"),
        model: body.name("model"),
        inputs: body.texts("inputs"),
        quote: None,
        max_price: body.credits("max_price"),
        confirmed: body.flag("confirmed").unwrap_or(false),
        again: body.word("again"),
        own_key: body.flag("own_key").unwrap_or(false),
        purpose: body.word::<Purpose>("purpose").unwrap_or_default(),
        member: body.name("member"),
        hold_for: body.length("hold_for"),
        today: today(body).filter(|_| report.is_none()),
        metadata: body.texts("metadata"),
        report: report.map(Box::new),
    }
}

/// How a run ended; `quantity` names the field with the units that arrived.
pub(crate) fn report(body: Read<'_>, quantity: &str) -> Option<Report> {
    Some(Report {
        outcome: body.word::<Outcome>("outcome")?,
        parts: body.small("parts"),
        quantity: body.count(quantity),
        reason: body.string("reason"),
        attempts: attempts(body),
        today: today(body),
    })
}

/// The calls that are reported.
pub(crate) fn attempts(body: Read<'_>) -> Vec<Attempt> {
    body.objects("attempts").map(attempt).collect()
}

fn attempt(body: Read<'_>) -> Attempt {
    let usage = body.object("usage");
    let tokens = |name: &str| usage.and_then(|usage| usage.count(name));
    let services = body.pairs("services");
    let services = services.filter_map(|(key, n)| Some((Name::new(key), n.as_u64()?)));
    Attempt {
        provider: body.name("provider"),
        asked: body.name("asked"),
        model: body.name("model"),
        usage: Usage {
            input: tokens("input"),
            cache_read: tokens("cache_read"),
            cache_write: tokens("cache_write"),
            output: tokens("output"),
            reasoning: tokens("reasoning"),
        },
        source: body.word("source"),
        services: services.collect(),
        own_key: body.flag("own_key").unwrap_or(false),
    }
}

fn today(body: Read<'_>) -> Option<Today> {
    let now = body.object("now")?;
    Some(Today { charged: now.credits("charged"), allowed: now.flag("allowed") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::command::UsageSource;

    #[test]
    fn outcomes_and_sources_are_those_of_the_core() {
        let words: Vec<&str> = Outcome::ALL.into_iter().map(Outcome::word).collect();
        assert_eq!(words, OUTCOMES);
        let words: Vec<&str> = UsageSource::ALL.into_iter().map(UsageSource::word).collect();
        assert_eq!(words, SOURCES);
    }
}
