//! Endpoints that events are sent to, and what became of each event on its way there.

use super::LABEL;
use super::answers::TEXT;
use crate::http::shape::{Field, Kind, Shape, may, must};

/// The longest address; what it may be is judged where it is sent to.
const URL: Kind = Kind::Line(2048);
/// The name of a kind of event. Which there are is not said here, so that whoever asks for one that is not
/// known is told which are.
const KIND: Kind = Kind::Line(64);
/// The most kinds that an endpoint takes.
const KINDS: usize = 100;
/// The id of an event.
const EVENT: Kind = Kind::Line(64);

/// A new endpoint.
pub(crate) const NEW: Shape = Shape {
    name: "WebhookEndpointRequest",
    says: "Where events are to be sent, and which.",
    fields: &[
        must("url", URL, "where: https, a public address, no name or password in it"),
        may("events", Kind::List(&KIND, KINDS), "which types; left out or empty: all"),
        may("description", Kind::Line(500), "what it is for"),
    ],
};

/// An endpoint that changes.
pub(crate) const CHANGES: Shape = Shape {
    name: "WebhookEndpointChanges",
    says: "What changes of an endpoint. Left out: unchanged.",
    fields: &[
        may("url", URL, "where: https, a public address, no name or password in it"),
        may("events", Kind::List(&KIND, KINDS), "which types; empty: all"),
        may("description", Kind::Line(500), "what it is for"),
    ],
};

/// A new secret.
pub(crate) const ROTATE: Shape = Shape {
    name: "RotateRequest",
    says: "A new secret for an endpoint.",
    fields: &[may(
        "old_lasts",
        Kind::Length,
        "how long the old one signs beside it, at most 7 days; left out: 24 hours",
    )],
};

/// An endpoint that is stopped.
pub(crate) const STOP: Shape = Shape {
    name: "StopRequest",
    says: "Nothing is sent there any more.",
    fields: &[may("reason", Kind::Line(500), "why, for whoever looks later")],
};

/// What is sent again.
pub(crate) const REPLAY: Shape = Shape {
    name: "ReplayRequest",
    says: "What is sent again from now on, at most 1000 events at once: one of the fields.",
    fields: &[
        may("events", Kind::List(&EVENT, 100), "these events, whether they arrived or not"),
        may(
            "since",
            Kind::Time,
            "every event the endpoint takes, from this instant on, whether it arrived or not, also what \
             happened while it was stopped",
        ),
        may("after", EVENT, "the same from after this event on: `next_after` of the answer before"),
        may("dead", Kind::Flag, "true: what never arrived and is tried no more"),
    ],
};

/// An endpoint.
pub(crate) const ENDPOINT: Shape = Shape {
    name: "WebhookEndpoint",
    says: "Where events are sent, and which.",
    fields: &[
        must("id", LABEL, "its id, `we_…`"),
        must("url", TEXT, "where"),
        must("events", Kind::List(&KIND, KINDS), "which types; empty: all"),
        may("description", TEXT, "what it is for"),
        must("created_at", Kind::Time, "when it was made"),
        may("stopped", TEXT, "nothing is sent there: why; null: it is sent to"),
        may("old_secret_until", Kind::Time, "the secret before signs as well until then"),
        may("secret", TEXT, "what verifies its signatures, `whsec_…`: only where it is new"),
    ],
};

/// Endpoints.
pub(crate) const ENDPOINTS: Shape = Shape {
    name: "WebhookEndpoints",
    says: "Every endpoint of the environment, oldest first.",
    fields: &[must("items", Kind::List(&Kind::Of(&ENDPOINT), 100), "the endpoints")],
};

/// Where a delivery stands.
const STATE: Kind = Kind::Word(&["waiting", "delivered", "dead"]);

/// The page of deliveries.
pub(crate) const OF_DELIVERIES: &[Field] = &[
    may("state", STATE, "only those that stand so"),
    may("cursor", Kind::Text(128), "where the next page begins: `next_cursor` of the one before"),
    may("limit", Kind::Count, "how many, at most 100"),
];

/// Deliveries.
pub(crate) const DELIVERIES: Shape = Shape {
    name: "WebhookDeliveries",
    says: "A page of what was sent to an endpoint, or will be.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&DELIVERY), 100), "the newest events first"),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
    ],
};

const DELIVERY: Shape = Shape {
    name: "WebhookDelivery",
    says: "One event on its way to one endpoint.",
    fields: &[
        must("event", LABEL, "the event's id, which is the `webhook-id`"),
        must("type", LABEL, "its type"),
        may("customer", LABEL, "whose it is"),
        must("state", STATE, "where it stands"),
        must("attempts", Kind::Count, "how often it was tried"),
        may("answered", TEXT, "what came of the last try: a status, or why there is none"),
        may("next_try", Kind::Time, "when it is tried next"),
        must("changed_at", Kind::Time, "when it last changed"),
    ],
};

/// What is sent again.
pub(crate) const REPLAYED: Shape = Shape {
    name: "Replayed",
    says: "What is sent again.",
    fields: &[
        must("replayed", Kind::Count, "so many events"),
        may("next_after", LABEL, "there are more: `after` of the next request"),
    ],
};

/// What came of a test.
pub(crate) const TESTED: Shape = Shape {
    name: "WebhookTested",
    says: "What came of an event of type `webhook.test`, sent at once.",
    fields: &[
        must("delivered", Kind::Flag, "true: it was answered with 2xx"),
        must("answered", TEXT, "a status, or why there is none"),
        must("event", LABEL, "its `webhook-id`"),
    ],
};
