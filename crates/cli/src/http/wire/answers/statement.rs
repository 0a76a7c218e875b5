//! The shapes of a statement.

use super::run::{DRAWN, OUTCOME, RULE};
use super::{AS_OF_SEQ, TEXT, VERSION};
use crate::http::shape::{Kind, Shape, may, must};
use crate::http::wire::LABEL;

/// What an item is.
const KINDS: Kind = Kind::Word(&[
    "charged",
    "not_charged",
    "held",
    "refund",
    "correction",
    "plan",
    "gift",
    "goodwill",
    "bought",
    "claw_back",
    "expiry",
]);

/// A group of items that is asked for alone.
pub(crate) const ONLY: Kind = Kind::Word(&["charged", "not_charged", "held", "refunds", "credits"]);

/// A statement.
pub(crate) const STATEMENT: Shape = Shape {
    name: "Statement",
    says: "A page of what happened to a customer's credits. The amounts of all pages together, \
           nothing left out, are what can be used.",
    fields: &[
        must(
            "items",
            Kind::List(&Kind::Of(&ITEM), 200),
            "the newest first; a page may have fewer than `limit`, even none, and a next one",
        ),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
        AS_OF_SEQ,
    ],
};

const ITEM: Shape = Shape {
    name: "StatementItem",
    says: "Something that happened to a customer's credits. Of a run that has ended one item, at its \
           end; of one that is held one, at its beginning; what was given back of a charge stands apart.",
    fields: &[
        must("item", LABEL, "its id"),
        must("at", Kind::Time, "when it happened"),
        must("kind", KINDS, "what it is"),
        must("amount", Kind::Credits, "what it did to what can be used; `-6`: it took six"),
        may("money", TEXT, "the same in money"),
        may("action", LABEL, "which action"),
        may("action_name", TEXT, "what its button says"),
        may("artifact", LABEL, "for which artifact"),
        may("member", LABEL, "by which member"),
        may("run", LABEL, "which run; its receipt says all of it"),
        may("grant", LABEL, "which grant"),
        may("outcome", OUTCOME, "how the run ended; of a correction, how it ended after all"),
        may("rule", RULE, "the rule that decided"),
        must(
            "drawn",
            Kind::List(&Kind::Of(&DRAWN), 1000),
            "the credits it was taken from, by kind",
        ),
        must("why", TEXT, "the rule in one sentence"),
        may(
            "words",
            TEXT,
            "what the customer read then; of what counts down, as it is now. null: there is no receipt",
        ),
        may("reason", TEXT, "a finer reason"),
        may("usable_until", Kind::Time, "what came is usable until before this; null: for ever"),
        VERSION,
        must("seq", Kind::Count, "the entry of the books that says it"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::view::statement::{ItemKind, Only};

    #[test]
    fn the_words_are_those_of_the_core() {
        let words: Vec<_> = ItemKind::ALL.iter().map(|kind| kind.word()).collect();
        assert!(matches!(KINDS, Kind::Word(known) if known == words));
        let words: Vec<_> = Only::ALL.iter().map(|only| only.word()).collect();
        assert!(matches!(ONLY, Kind::Word(known) if known == words));
    }
}
