//! Contracts and the sandbox clock.

use super::SENTENCE;
use crate::http::shape::{Kind, Shape, may};

/// A version, or a revision of operations.
pub(crate) const CONTRACT: Shape = Shape {
    name: "ContractRequest",
    says: "A version of the contract, a revision of operations, or both. Left out: unchanged.",
    fields: &[
        may("contract", Kind::Text(1 << 20), "the text of contract.yaml"),
        may("operations", Kind::Text(1 << 20), "the text of operations.yaml"),
        may("prices", Kind::Text(1 << 20), "the text of the price map that operations name"),
        may("reason", SENTENCE, "why"),
        may(
            "expected_operations",
            Kind::Count,
            "the revision of operations that was seen to be the last: where another one is, 409 \
             `published_meanwhile`, and nothing is applied",
        ),
    ],
};

/// The sandbox clock.
pub(crate) const CLOCK: Shape = Shape {
    name: "ClockRequest",
    says: "Where to move the sandbox clock; nothing: it is read.",
    fields: &[
        may("to", Kind::Time, "this instant"),
        may("by", Kind::Length, "this much further, such as \"1 month\""),
    ],
};
