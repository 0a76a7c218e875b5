//! Lists and reports over everybody.

use super::{CUSTOMER, TEXT};
use crate::http::shape::{Kind, Shape, may, must};
use crate::http::wire::LABEL;

/// Customers.
pub(crate) const CUSTOMERS: Shape = Shape {
    name: "Customers",
    says: "A page of customers.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&CUSTOMER), 100), "in the order of their ids"),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
    ],
};

/// Why a line stands in the report of exceptions.
pub(crate) const KINDS: Kind = Kind::Word(&[
    "our_failure",
    "key_refused",
    "expired",
    "late",
    "would_be_denied",
    "differs",
    "too_many_attempts",
    "unknown_cost",
    "owed",
    "unrecovered",
    "odd_top_up",
    "override",
    "question",
    "webhook_fails",
    "payment_not_taken",
]);

/// What needs a person.
pub(crate) const EXCEPTIONS: Shape = Shape {
    name: "Exceptions",
    says: "A page of what needs a person.",
    fields: &[
        must(
            "items",
            Kind::List(&Kind::Of(&EXCEPTION), 2000),
            "what is so as long as nobody mends it (`webhook_fails`, `payment_not_taken`), on the first page; \
             then the newest first. A page may have fewer of these than `limit`, even none, and a next one",
        ),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
    ],
};

const EXCEPTION: Shape = Shape {
    name: "Exception",
    says: "Something that needs a person.",
    fields: &[
        must("kind", KINDS, "why it is here"),
        must("at", Kind::Time, "when it happened"),
        may("customer", Kind::Id, "whose; null: nobody's, or it is not known whose"),
        may("run", LABEL, "the run it is about"),
        may("action", LABEL, "what was run"),
        may("artifact", LABEL, "for which artifact"),
        may("amount", Kind::Credits, "the credits it is about"),
        may("money", TEXT, "the same in money"),
        must("what", TEXT, "what happened"),
        must("next", TEXT, "what to do next"),
        must("by", LABEL, "the name of the key it came with; `probity`: by itself"),
        may("seq", Kind::Count, "the entry that says it; null: it is not in the books"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::view::ExceptionKind;

    #[test]
    fn the_kinds_are_those_of_the_core() {
        let words: Vec<_> = ExceptionKind::ALL.iter().map(|kind| kind.word()).collect();
        assert!(matches!(KINDS, Kind::Word(known) if known == words));
    }
}
