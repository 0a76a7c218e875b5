//! The shapes of answers about runs: checks, quotes, receipts, denials.

use super::{AS_OF_SEQ, SEQ, TEXT, VERSION};
use crate::http::shape::{Field, Kind, Shape, may, must};
use crate::http::wire::LABEL;

const KINDS: Kind = Kind::Word(&["first", "rest", "reopened", "redo", "fresh"]);
const STATUS: Kind = Kind::Word(&["held", "settled", "released", "expired"]);
const MODE: Kind = Kind::Word(&["shadow", "announce", "enforce"]);
pub(super) const OUTCOME: Kind = Kind::Word(&[
    "delivered",
    "partial",
    "empty",
    "failed",
    "bad_input",
    "blocked",
    "cancelled",
    "abandoned",
    "reopened",
]);
pub(super) const RULE: Kind = Kind::Word(&[
    "charge",
    "share",
    "quantity",
    "free_action",
    "allowance",
    "reopened",
    "same_again",
    "redo",
    "on_your_key",
    "experiment",
    "outcome_free",
    "paid_even_if",
    "too_slow",
    "corrected",
    "shadow",
    "announce",
]);
const RUN_ID: Field = must("run", LABEL, "its id");
const WALLET: Field = must("wallet", Kind::Of(&WALLET_LINE), "the wallet");
const WOULD: Field = may("would", Kind::Of(&WOULD_BE), "what would be, in shadow and announce");
const TELL: Field = may("tell", TEXT, "what the contract tells of runs on the customer's own key");
const WORDS: Field = must("words", TEXT, "what the customer reads");
const OPERATIONS: Field = must("operations", Kind::Count, "the revision of operations");
const AT_MOST: &str = "the price is the most it may come to: how many units is not known";
const OWN_KEY: &str = "it runs on the customer's own AI key, whose provider bills them besides";
const MONEY: Field = may("money", TEXT, "in money");

/// The wallet in one line.
pub(crate) const WALLET_LINE: Shape = Shape {
    name: "WalletLine",
    says: "The wallet in one line.",
    fields: &[
        must("balance", Kind::Credits, "settled, less what is owed"),
        must("held", Kind::Credits, "set aside for runs"),
        must("available", Kind::Credits, "balance less held"),
        must("owed", Kind::Credits, "owed on a credit line"),
        may("credit_line", Kind::Credits, "how far below nothing available may go"),
    ],
};

const WOULD_BE: Shape = Shape {
    name: "WouldBe",
    says: "What would be if it were enforced.",
    fields: &[
        must("price", Kind::Credits, "the price"),
        may("charged", Kind::Credits, "what would be charged; null while it runs"),
        may("denial", LABEL, "the code of the refusal, if it would be refused"),
        must("confirmation", Kind::Flag, "agreement was taken as given"),
    ],
};

/// A run that began; with an outcome, its receipt.
pub(crate) const RUN: Shape = Shape {
    name: "Run",
    says: "A run that began. With `outcome` in the request the answer is the receipt.",
    fields: &[
        RUN_ID,
        must("status", STATUS, "where it stands"),
        must("kind", KINDS, "what kind it is"),
        may("price", Kind::Credits, "what it costs if delivered"),
        must("held", Kind::Credits, "what is set aside"),
        must("mode", MODE, "the mode it lives in"),
        may("outcome", OUTCOME, "only where it has ended"),
        WOULD,
        may("models_allowed", Kind::List(&LABEL, 1000), "the models it may use; null: any"),
        may("expires_at", Kind::Time, "held until before this instant"),
        WORDS,
        TELL,
        WALLET,
        VERSION,
        SEQ,
    ],
};

/// A run explained.
pub(crate) const RECEIPT: Shape = Shape {
    name: "Receipt",
    says: "A run explained, also when it cost nothing.",
    fields: &[
        RUN_ID,
        must("status", STATUS, "where it stands"),
        must("customer", Kind::Id, "whose"),
        may("member", Kind::Id, "by which member"),
        must("action", LABEL, "which action"),
        may("artifact", LABEL, "for which artifact"),
        must("purpose", Kind::Word(&["production", "experiment"]), "production or experiment"),
        must("mode", MODE, "the mode it lives in"),
        must("kind", KINDS, "what kind it is"),
        may("outcome", OUTCOME, "how it ended; null while it runs"),
        may("reason", TEXT, "a finer reason"),
        may("decided_by", Kind::Word(&["product", "contract"]), "who said so"),
        may("rule", RULE, "the rule that decided; null while it runs"),
        must("why", TEXT, "the rule in one sentence"),
        may("quoted", Kind::Credits, "the price a quote promised"),
        must("held", Kind::Credits, "what was set aside"),
        must("charged", Kind::Credits, "what was charged"),
        must("refunded", Kind::Credits, "what was given back since"),
        must(
            "refunds",
            Kind::List(&Kind::Of(&REFUND), 64),
            "each time something was given back, the oldest first; of more than 64 the last ones",
        ),
        must("released", Kind::Credits, "what was released when it ended"),
        may("quantity", Kind::Count, "units that arrived, or were asked for"),
        may(
            "parts",
            Kind::Count,
            "parts that this run brought; on a `rest` beside those of runs before",
        ),
        may("parts_total", Kind::Count, "parts of the whole"),
        must("units_free", Kind::Count, "units the allowance covered"),
        must("drawn", Kind::List(&Kind::Of(&DRAWN), 1000), "what the charge was drawn from"),
        VERSION,
        OPERATIONS,
        may("quote", LABEL, "the `id` of the quote it used"),
        may("confirmation", Kind::Object, "what was agreed to"),
        must("late", Kind::Flag, "reported after its time was up"),
        WOULD,
        must("opened_at", Kind::Time, "when it began"),
        may("ended_at", Kind::Time, "when it ended"),
        WORDS,
        may("attempts", Kind::List(&Kind::Object, 100_000), "calls; only for secret keys"),
        may("cost", TEXT, "what they cost, in USD; only for secret keys, null where unknown"),
        WALLET,
        may(
            "questions",
            Kind::List(&Kind::Of(&ASKED), 100_000),
            "what the customer asked about it, the oldest first; only where one receipt is read",
        ),
        SEQ,
        may("as_of_seq", Kind::Count, "the last entry it has seen"),
    ],
};

const ASKED: Shape = Shape {
    name: "AskedAboutReceipt",
    says: "A question about a receipt, with what was said to it.",
    fields: &[
        must("question", LABEL, "its id"),
        must("at", Kind::Time, "when it was asked"),
        must("text", TEXT, "what the customer asks"),
        must("answers", Kind::List(&Kind::Of(&SAID), 100_000), "the oldest first; may be empty"),
    ],
};

const SAID: Shape = Shape {
    name: "SaidToQuestion",
    says: "What was said to a question.",
    fields: &[must("at", Kind::Time, "when"), must("text", TEXT, "what")],
};

const REFUND: Shape = Shape {
    name: "RefundLine",
    says: "Charged credits that were given back.",
    fields: &[
        must("at", Kind::Time, "when"),
        must("amount", Kind::Credits, "how much"),
        must("corrected", Kind::Flag, "it was found out that the run ended otherwise"),
        may("reason", TEXT, "why"),
        may("usable_until", Kind::Time, "usable until before this; null: for ever"),
    ],
};

pub(super) const DRAWN: Shape = Shape {
    name: "Drawn",
    says: "A part of a charge.",
    fields: &[
        may("grant", LABEL, "the grant; null: the credit line"),
        must("kind", Kind::Word(&["gift", "goodwill", "plan", "bought", "owed"]), "its kind"),
        must("amount", Kind::Credits, "how much"),
    ],
};

/// Receipts.
pub(crate) const RUNS: Shape = Shape {
    name: "Runs",
    says: "A page of receipts.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&RECEIPT), 100), "the newest first"),
        may("next_cursor", LABEL, "`cursor` of the next page; null: this is the last"),
        AS_OF_SEQ,
    ],
};

/// More time.
pub(crate) const EXTENDED: Shape = Shape {
    name: "Extended",
    says: "A run has more time.",
    fields: &[
        RUN_ID,
        must("expires_at", Kind::Time, "held until before this instant"),
        SEQ,
        WALLET,
    ],
};

/// Late usage.
pub(crate) const ATTEMPTS: Shape = Shape {
    name: "AttemptsBooked",
    says: "Late usage was booked.",
    fields: &[
        RUN_ID,
        may("cost", TEXT, "what the run's calls cost, in USD; null where unknown"),
        must("cost_known", Kind::Flag, "is it known?"),
        SEQ,
        WALLET,
    ],
};

/// A question.
pub(crate) const QUESTION: Shape = Shape {
    name: "QuestionKept",
    says: "A question was kept.",
    fields: &[must("question", LABEL, "its id")],
};

/// A check, or several.
pub(crate) const CHECK: Shape = Shape {
    name: "Check",
    says: "One check; or `items`, with the total of those that fit.",
    fields: &[
        may("allowed", Kind::Flag, "would it start?"),
        may("action", LABEL, "which action"),
        may("price", Kind::Credits, "what it would cost"),
        MONEY,
        may("at_most", Kind::Flag, AT_MOST),
        may("own_key", Kind::Flag, OWN_KEY),
        may("ask", Kind::Flag, "show the price and ask first"),
        may("reopened", Kind::Flag, "it is owned, or the same again"),
        WOULD,
        may("denial", Kind::Of(&DENIAL), "why not"),
        may("words", TEXT, "what the customer reads"),
        TELL,
        may("contract", LABEL, "the version it is judged under"),
        may("items", Kind::List(&Kind::Object, 1000), "each, given those before it"),
        may("total", Kind::Credits, "what those that fit would cost"),
        may("fits", Kind::Count, "how many fit"),
        AS_OF_SEQ,
    ],
};

/// Every action.
pub(crate) const PRICES: Shape = Shape {
    name: "Prices",
    says: "Every action with its price.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&PRICE), 1000), "in the contract's order"),
        AS_OF_SEQ,
    ],
};

const PRICE: Shape = Shape {
    name: "PriceLine",
    says: "One action as it is offered.",
    fields: &[
        must("action", LABEL, "which action"),
        must("name", TEXT, "its name"),
        must("unit", TEXT, "what one of it is called"),
        must("price", Kind::Credits, "what it would cost now; by quantity, at most"),
        MONEY,
        must("at_most", Kind::Flag, AT_MOST),
        must("own_key", Kind::Flag, OWN_KEY),
        must("ask", Kind::Flag, "show the price and ask first"),
        must("free", Kind::Flag, "it costs nothing now"),
        must("harsh", Kind::Flag, "may be charged though nothing is found"),
        must("allowed", Kind::Flag, "would it start?"),
        may("denial", Kind::Of(&DENIAL), "why not"),
        may("left", Kind::Count, "units left of its allowance"),
        super::terms::LAST_DAYS,
        WOULD,
        WORDS,
    ],
};

/// A quote.
pub(crate) const QUOTE: Shape = Shape {
    name: "Quote",
    says: "A price promised for one run.",
    fields: &[
        must("quote", TEXT, "the signed quote, `qt_…`"),
        must("id", LABEL, "its id, by which receipts and the books name it"),
        must("price", Kind::Credits, "the price promised, free units not counted"),
        must("now", Kind::Credits, "what it would cost this moment"),
        MONEY,
        must("expires_at", Kind::Time, "honoured until before this instant"),
        must("sufficient", Kind::Flag, "could it start now?"),
        may("denial", Kind::Of(&DENIAL), "why not"),
        must("if", Kind::Map(&Kind::Credits, true), "what each ending costs; null: it depends"),
        may("warning", TEXT, "the sentence to be agreed to"),
        must("needs_confirmation", Kind::Flag, "it must be confirmed before it is used"),
        WOULD,
        TELL,
        VERSION,
        OPERATIONS,
        AS_OF_SEQ,
    ],
};

/// A quote agreed to.
pub(crate) const CONFIRMED: Shape = Shape {
    name: "Confirmed",
    says: "A quote was agreed to.",
    fields: &[
        must("quote", TEXT, "the quote"),
        must("confirmed_at", Kind::Time, "when"),
        must("confirmed_by", Kind::Word(&["customer", "product"]), "by whom"),
        SEQ,
        WALLET,
    ],
};

/// Many answers.
pub(crate) const BATCH: Shape = Shape {
    name: "BatchAnswer",
    says: "The answers, in order.",
    fields: &[must("items", Kind::List(&Kind::Of(&BATCH_ITEM), 1000), "each by itself")],
};

const BATCH_ITEM: Shape = Shape {
    name: "BatchItemAnswer",
    says: "The answer to one item.",
    fields: &[
        must("status", Kind::Count, "its status"),
        must("body", Kind::Object, "as of the single request"),
        may("replayed", Kind::Flag, "it is the answer to an earlier request with the same key"),
    ],
};

/// A refused run.
pub(crate) const DENIAL: Shape = Shape {
    name: "Denial",
    says: "A refusal with its numbers, words and ways forward.",
    fields: &[
        must("type", TEXT, "`/problems/` and its code"),
        must("title", TEXT, "its title"),
        must("status", Kind::Count, "the HTTP status"),
        must("detail", TEXT, "what happened"),
        must(
            "code",
            LABEL,
            "its code: `/problems/{code}` says what it means. There may be more of them in time: what is \
             not known is read by `retry_helps` and shown by `words`",
        ),
        must("applied", Kind::Flag, "never: a refusal writes nothing"),
        AS_OF_SEQ,
        must("retry_helps", Kind::Flag, "does asking again soon help?"),
        must("action", LABEL, "which action"),
        may("needs", Kind::Credits, "what it would cost"),
        must("has", Kind::Credits, "what can be spent"),
        must("held", Kind::Credits, "what is set aside"),
        may("missing", Kind::Credits, "what is missing"),
        must("charged", Kind::Credits, "nothing"),
        may("resets_at", Kind::Time, "when the limit begins anew"),
        VERSION,
        must("limit", Kind::Object, "the limit, and whose it is"),
        WORDS,
        must("ways_forward", Kind::List(&Kind::Of(&WAY), 100), "each would allow this run"),
    ],
};

pub(super) const WAY: Shape = Shape {
    name: "WayForward",
    says: "Taken, this run would be allowed.",
    fields: &[
        must(
            "do",
            LABEL,
            "what to do: `wait`, `top_up`, `switch_plan`, `use_own_key`, `fix_own_key`, `smaller_model`, \
             `other_action`, `resume`, `raise_cap`, `raise_max_price`, `confirm`, `fix_input`, \
             `finish_running`, `contact`. There may be more of them in time: what is not known is shown by \
             `words`",
        ),
        may("until", Kind::Time, "until when to wait"),
        may("then", TEXT, "what there will be then"),
        may("credits", Kind::Credits, "how many credits to buy"),
        MONEY,
        may("to", TEXT, "which plan, action, model or cap"),
        may("needs", TEXT, "what it needs besides"),
        may("asks", Kind::Flag, "agreement is asked for once it is taken"),
        may("plan_price", TEXT, "what the plan costs"),
        may("price_there", Kind::Credits, "what the run costs there"),
        may("from", Kind::Time, "from when"),
        may("also", TEXT, "what else it costs"),
        may("href", TEXT, "where"),
        WORDS,
    ],
};
