//! The shapes of a customer's terms.

use super::run::WAY;
use super::{AS_OF_SEQ, CUSTOMER_ID, PERIOD, TEXT, VERSION};
use crate::http::shape::{Field, Kind, Shape, may, must};
use crate::http::wire::LABEL;

/// What a customer agreed to.
pub(crate) const TERMS: Shape = Shape {
    name: "Terms",
    says: "What a customer agreed to, and what is changing.",
    fields: &[
        CUSTOMER_ID,
        VERSION,
        must("since", Kind::Time, "since when they live under it"),
        must("plan", LABEL, "their plan"),
        must("plan_name", TEXT, "what it is called"),
        must("plan_words", Kind::List(&Kind::Of(&FACT), 10_000), "the plan in plain words"),
        may("price", TEXT, "what the plan costs; null: nothing"),
        must("renews", Kind::Word(&["by_itself", "when_paid"]), "how periods renew"),
        must("period", Kind::Of(&PERIOD), "the paid period"),
        must("overrides", Kind::List(&Kind::Of(&SPECIAL), 1000), "special terms that are in force"),
        may("next_plan", Kind::Of(&NEXT_PLAN), "the plan from the next period on; null: the same"),
        may("changing", Kind::Of(&CHANGING), "a version that is coming; null: none is"),
        may("kept", TEXT, "a later version has no plan like theirs: that they keep what they have"),
        must(
            "history",
            Kind::List(&Kind::Of(&LIVED_UNDER), 100_000),
            "every version they have lived under, the newest first",
        ),
        AS_OF_SEQ,
    ],
};

const FACT: Shape = Shape {
    name: "TermsFact",
    says: "A label and what is said under it.",
    fields: &[
        must("label", TEXT, "what it is about"),
        must("text", TEXT, "what is so"),
        must("by_default", Kind::Flag, "the contract's file leaves it to the published default"),
    ],
};

const NEXT_PLAN: Shape = Shape {
    name: "NextPlan",
    says: "A plan that waits for the period's end.",
    fields: &[
        must("plan", LABEL, "which"),
        must("plan_name", TEXT, "what it is called"),
        must("starts", Kind::Time, "when it begins"),
        may("price", TEXT, "what it costs; null: nothing"),
        must("plan_words", Kind::List(&Kind::Of(&FACT), 10_000), "the plan in plain words"),
    ],
};

const SPECIAL: Shape = Shape {
    name: "SpecialTerms",
    says: "Special terms; why they were agreed is not told.",
    fields: &[
        may("until", Kind::Time, "they end before this instant; null: open-ended"),
        must("words", Kind::List(&TEXT, 1000), "what is agreed, a sentence each"),
    ],
};

const LIVED_UNDER: Shape = Shape {
    name: "LivedUnder",
    says: "A version that somebody lived under.",
    fields: &[VERSION, must("from", Kind::Time, "from when")],
};

const CHANGING: Shape = Shape {
    name: "Changing",
    says: "A version that is on its way to a customer.",
    fields: &[
        must("contract", LABEL, "which version"),
        must(
            "starts",
            Kind::Time,
            "when it begins for this customer; of a period that is not paid by then, when it is",
        ),
        may(
            "notice_until",
            Kind::Time,
            "the notice lasts until then; null: it is over, and the next period is waited for",
        ),
        must(
            "changes",
            Kind::List(&Kind::Of(&CHANGE), 100_000),
            "what differs for somebody on their plan, the worse first",
        ),
        may("bill", Kind::Of(&BILL), "their own runs, priced by both; null: they had none"),
        may("plan_price_now", TEXT, "what the plan costs now; null: nothing"),
        may("plan_price_then", TEXT, "what it costs then; null: nothing"),
        must("choices", Kind::List(&Kind::Of(&WAY), 1000), "what they can do; all of it is open"),
    ],
};

const CHANGE: Shape = Shape {
    name: "TermsChange",
    says: "One thing that differs.",
    fields: &[
        must("words", TEXT, "the change as a sentence"),
        must("worse", Kind::Flag, "it is worse, or may be"),
    ],
};

const BILL: Shape = Shape {
    name: "BillBeforeAndAfter",
    says: "The customer's own runs of the last 30 days, priced by the version in force and by the one \
           that is coming; limits are left aside, as they say how much may be run.",
    fields: &[
        must("from", Kind::Time, "runs from this instant on; of more than 1,000 the newest"),
        must("until", Kind::Time, "runs until before this instant"),
        must("runs", Kind::Count, "how many ended in that time"),
        must("now", Kind::Credits, "what they come to under the version in force"),
        may("now_money", TEXT, "the same in money"),
        must("then", Kind::Credits, "what they would come to under the one that is coming"),
        may("then_money", TEXT, "the same in money"),
        must("refused", Kind::Count, "so many would be refused then: they are in neither sum"),
        must(
            "not_priced",
            Kind::Count,
            "so many cannot be priced by both: they are in neither sum",
        ),
    ],
};

/// What the actions came to lately.
pub(super) const LAST_DAYS: Field = may(
    "last_30_days",
    Kind::Of(&Shape {
        name: "LastDays",
        says: "A customer's own runs of an action that began in the last 30 days and ended.",
        fields: &[
            must("runs", Kind::Count, "how many"),
            must("charged", Kind::Credits, "what they were charged, less what was given back"),
        ],
    }),
    "only where it is asked for",
);
