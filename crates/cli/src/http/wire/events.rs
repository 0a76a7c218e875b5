//! The shapes of events: what each type says, for their JSON Schemas and the OpenAPI.

use super::LABEL;
use super::answers::{PERIOD, TEXT, WALLET_LINE};
use super::customers::AUTO_TOP_UP;
use crate::http::shape::{Field, Kind, Shape, may, must};
use probity_core::event::EventKind;

/// A type of event.
pub(crate) struct TypeOf {
    pub(crate) kind: EventKind,
    /// The field that says what it is about, beside the customer, `seq` and the wallet.
    pub(crate) about: Field,
}

/// The fields that every event has.
pub(crate) const ALWAYS: [Field; 4] = [
    must("customer", Kind::Id, "whose"),
    may("member", Kind::Id, "the member it is about; left out where it is about none"),
    must("seq", Kind::Count, "the customer's last entry by then: events may come in another order"),
    must("wallet", Kind::Of(&WALLET_LINE), "the wallet right after that"),
];

/// An event in a list.
pub(crate) const EVENT: Shape = Shape {
    name: "Event",
    says: "Something that happened.",
    fields: &[
        must("id", LABEL, "its id, `evt_…`: the same however often it is told"),
        must("type", LABEL, "what: `/v1/event-types` has all, with their JSON Schemas"),
        must("timestamp", Kind::Time, "when"),
        must("data", Kind::Object, "whose, the wallet right after it, and what it is about"),
    ],
};

/// A list of events.
pub(crate) const EVENTS: Shape = Shape {
    name: "Events",
    says: "A page of events, the oldest first; as `text/event-stream` a stream of them, as they happen. A \
           customer's stream begins with `stream.opened`, without an id: what happened up to its `seq` \
           is not told in it. The first lines of a stream have an `id` all the same, without an event: \
           whoever comes back with it misses nothing.",
    fields: &[
        must(
            "items",
            Kind::List(&Kind::Of(&EVENT), 1000),
            "the oldest first, of the last 30 days; those told once stay",
        ),
        may(
            "next_cursor",
            LABEL,
            "`after` of the next page, also where this one has few or none; null: this is the last",
        ),
    ],
};

/// The types.
pub(crate) const EVENT_TYPES: Shape = Shape {
    name: "EventTypes",
    says: "Every type of event.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&EVENT_TYPE), 100), "all of them"),
        may("next_cursor", LABEL, "always null"),
    ],
};

const EVENT_TYPE: Shape = Shape {
    name: "EventType",
    says: "A type of event.",
    fields: &[
        must("type", LABEL, "its name"),
        must("says", TEXT, "what it means"),
        must("schema", Kind::Object, "the JSON Schema of an event of this type"),
    ],
};

/// Which events are wanted.
pub(crate) const OF_CUSTOMER: &[Field] = &[
    may("types", Kind::Line(1000), "only these types, separated by commas"),
    may(
        "after",
        Kind::Id,
        "begin after the event with this id; so does `Last-Event-ID`. With a customer token no further back \
         than the last 20,000 events of all customers",
    ),
    may("limit", Kind::Count, "how many, at most 1000; of a list only"),
];

/// The same, of everybody or one.
pub(crate) const OF_EVERYBODY: &[Field] = &[
    OF_CUSTOMER[0],
    may("customer", Kind::Id, "only of this customer"),
    OF_CUSTOMER[1],
    OF_CUSTOMER[2],
];

const RUN: Shape = Shape {
    name: "EventRun",
    says: "A run, as events tell it; its receipt has the rest.",
    fields: &[
        must("run", LABEL, "which"),
        must("action", LABEL, "which action"),
        may("artifact", LABEL, "for which artifact"),
        must("kind", LABEL, "first, rest, reopened, redo or fresh"),
        must("mode", Kind::Word(&["shadow", "announce", "enforce"]), "the mode it began in"),
        must("status", Kind::Word(&["held", "settled", "released", "expired"]), "where it stands"),
        may("outcome", LABEL, "how it ended"),
        may("rule", LABEL, "the rule that decided what it takes"),
        must("held", Kind::Credits, "set aside when it began"),
        must("charged", Kind::Credits, "charged when it ended"),
        must("refunded", Kind::Credits, "given back since"),
        must("expires_at", Kind::Time, "held until before this instant"),
    ],
};

const GRANT: Shape = Shape {
    name: "EventGrant",
    says: "Credits that came or went.",
    fields: &[
        must("grant", LABEL, "which"),
        must("kind", Kind::Word(&["gift", "goodwill", "plan", "bought"]), "their kind"),
        must("amount", Kind::Credits, "how much"),
        may("expires", Kind::Time, "usable until before this instant; null: for ever"),
        may("payment", LABEL, "the payment that bought them"),
        must(
            "restored",
            Kind::Flag,
            "true: they are not bought anew; they had been taken back, and what took them came to nothing",
        ),
        may("reason", TEXT, "why"),
    ],
};

const CLAW_BACK: Shape = Shape {
    name: "EventClawBack",
    says: "Credits of a payment that were taken back.",
    fields: &[
        must("payment", LABEL, "of which payment"),
        must("taken", Kind::Credits, "taken now"),
        must("unrecovered", Kind::Credits, "spent already"),
    ],
};

const ALERT: Shape = Shape {
    name: "EventAlert",
    says: "Something told before a limit is hit.",
    fields: &[
        must("alert", Kind::Word(&["used", "runs_out", "expires"]), "what about"),
        may("at", TEXT, "the threshold that was reached: a share, or how long before"),
        may("on", Kind::Time, "the instant it is about"),
        may("amount", Kind::Credits, "the credits it is about"),
        must("words", TEXT, "what the customer reads"),
    ],
};

const TOP_UP: Shape = Shape {
    name: "EventTopUp",
    says: "A top-up that the customer asked for ahead: charge it, and book it as a top-up.",
    fields: &[
        must("credits", Kind::Credits, "how many credits"),
        must("below", Kind::Credits, "because less than this can be used"),
        must("month_at_most", Kind::Credits, "at most so many a month"),
        must("bought_this_month", Kind::Credits, "so many were bought in this month already"),
    ],
};

const CHANGE: Shape = Shape {
    name: "EventChange",
    says: "What changed about a customer.",
    fields: &[
        must("plan", LABEL, "their plan now"),
        may("next_plan", LABEL, "a plan that waits for the period's end"),
        may("period", Kind::Of(&PERIOD), "the paid period"),
        may("payment", LABEL, "the payment that paid it"),
        may("reason", TEXT, "why they are paused"),
        may("today", Kind::Credits, "what an unusual day came to before the run"),
        may("usual", Kind::Credits, "what a usual day comes to"),
        may("item", LABEL, "the item whose pause was lifted, `action/artifact`"),
    ],
};

const CAPS: Shape = Shape {
    name: "EventCaps",
    says: "The customer's own limits.",
    fields: &[
        may("month", Kind::Credits, "a month; left out: the contract's"),
        may("members", Kind::Map(&Kind::Credits, false), "members', a month"),
        may("auto_top_up", Kind::Of(&AUTO_TOP_UP), "automatic top-ups"),
    ],
};

const OVERRIDE: Shape = Shape {
    name: "EventOverride",
    says: "Special terms.",
    fields: &[must("id", LABEL, "which"), must("ends", Kind::Time, "they end before this instant")],
};

const OWN_KEY: Shape = Shape {
    name: "EventOwnKey",
    says: "The customer's own AI key.",
    fields: &[
        must("provider", LABEL, "for which provider"),
        must("now", Kind::Word(&["stored", "removed", "refused"]), "what happened to it"),
    ],
};

const QUOTE: Shape =
    Shape { name: "EventQuote", says: "A quote.", fields: &[must("quote", LABEL, "which")] };

const QUESTION: Shape = Shape {
    name: "EventQuestion",
    says: "A question about a receipt.",
    fields: &[must("question", LABEL, "which"), must("run", LABEL, "about which run")],
};

const TERMS: Shape = Shape {
    name: "EventTerms",
    says: "A version of the contract.",
    fields: &[
        must("contract", LABEL, "which"),
        must("effective", Kind::Time, "not before this instant"),
        must(
            "starts",
            Kind::Word(&["at_once", "next_period"]),
            "then, or with the first period that begins then or later",
        ),
    ],
};

const fn of(kind: EventKind, name: &'static str, shape: &'static Shape) -> TypeOf {
    TypeOf { kind, about: must(name, Kind::Of(shape), shape.says) }
}

/// All of them, in the order of [`EventKind::ALL`].
pub(crate) const TYPES: &[TypeOf] = &[
    of(EventKind::RunHeld, "run", &RUN),
    of(EventKind::RunExtended, "run", &RUN),
    of(EventKind::RunSettled, "run", &RUN),
    of(EventKind::RunReleased, "run", &RUN),
    of(EventKind::RunExpired, "run", &RUN),
    of(EventKind::RunRefunded, "run", &RUN),
    of(EventKind::RunCorrected, "run", &RUN),
    of(EventKind::RunQuestioned, "question", &QUESTION),
    of(EventKind::RunAnswered, "question", &QUESTION),
    of(EventKind::GrantAdded, "grant", &GRANT),
    of(EventKind::GrantExpiresSoon, "alert", &ALERT),
    of(EventKind::GrantExpired, "grant", &GRANT),
    of(EventKind::GrantClawedBack, "claw_back", &CLAW_BACK),
    of(EventKind::WalletUsed, "alert", &ALERT),
    of(EventKind::WalletRunsOutSoon, "alert", &ALERT),
    of(EventKind::TopUpWanted, "top_up", &TOP_UP),
    of(EventKind::CustomerOpened, "change", &CHANGE),
    of(EventKind::CustomerChanged, "change", &CHANGE),
    of(EventKind::CustomerPlanChanged, "change", &CHANGE),
    of(EventKind::CustomerRenewed, "change", &CHANGE),
    of(EventKind::CustomerPaused, "change", &CHANGE),
    of(EventKind::CustomerUnusualDay, "change", &CHANGE),
    of(EventKind::CustomerResumed, "change", &CHANGE),
    of(EventKind::CapsChanged, "caps", &CAPS),
    of(EventKind::OverrideBegan, "override", &OVERRIDE),
    of(EventKind::OwnKeyChanged, "own_key", &OWN_KEY),
    of(EventKind::QuoteConfirmed, "quote", &QUOTE),
    of(EventKind::TermsChanging, "terms", &TERMS),
    of(EventKind::TermsBegan, "terms", &TERMS),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_shape() {
        let kinds: Vec<_> = TYPES.iter().map(|of| of.kind).collect();
        assert_eq!(kinds, EventKind::ALL);
    }
}
