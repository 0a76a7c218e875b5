//! What Stripe sends: its event, of which only the frame stands here.

use crate::http::shape::{Kind, Shape, must};

/// An event.
pub(crate) const EVENT: Shape = Shape {
    name: "StripeEvent",
    says: "An event as Stripe sends it, with all that it has besides.",
    fields: &[
        must("id", Kind::Id, "the event's id, `evt_…`"),
        must("type", Kind::Line(200), "its type, such as `payment_intent.succeeded`"),
        must("created", Kind::Count, "when it happened, in seconds since 1970"),
        must("livemode", Kind::Flag, "whether it is about real money"),
        must("data", Kind::Object, "the object it is about, under `object`"),
    ],
};
