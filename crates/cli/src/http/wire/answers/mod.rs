//! The shapes of answers, as tables: for the OpenAPI, and for the tests that hold answers to it.
//! More fields may come; what is required is always there.

mod margin;
mod reports;
mod run;
mod shadow;
mod statement;
mod terms;

pub(crate) use margin::MARGINS;
pub(crate) use reports::{CUSTOMERS, EXCEPTIONS, KINDS};
pub(crate) use run::{
    ATTEMPTS, BATCH, CHECK, CONFIRMED, DENIAL, EXTENDED, PRICES, QUESTION, QUOTE, RECEIPT, RUN,
    RUNS, WALLET_LINE,
};
pub(crate) use shadow::{SHADOW, WATCHED, WATCHED_WORDS};
pub(crate) use statement::{ONLY, STATEMENT};
pub(crate) use terms::TERMS;

use shadow::ROLLOUT;

use super::customers::{AUTO_TOP_UP, MEMBER};
use super::{LABEL, METADATA};
use crate::http::shape::{Field, Kind, Shape, may, must};

pub(crate) const TEXT: Kind = Kind::Text(8192);
pub(super) const SEQ: Field = must("seq", Kind::Count, "the last entry it wrote");
pub(super) const AS_OF_SEQ: Field = must("as_of_seq", Kind::Count, "the last entry it has seen");
pub(super) const WROTE_WALLET: Field =
    may("wallet", Kind::Of(&WALLET_LINE), "the wallet at exactly that `seq`");
pub(super) const VERSION: Field = must("contract", LABEL, "the contract and its version");
const CUSTOMER_ID: Field = must("customer", Kind::Id, "whose");

/// Two instants.
pub(crate) const PERIOD: Shape = Shape {
    name: "Period",
    says: "A window, half-open.",
    fields: &[
        must("from", Kind::Time, "its first instant"),
        must("until", Kind::Time, "the first instant after it"),
    ],
};

/// Who a customer is.
pub(crate) const CUSTOMER: Shape = Shape {
    name: "Customer",
    says: "Who a customer is.",
    fields: &[
        CUSTOMER_ID,
        must("plan", LABEL, "their plan"),
        may("next_plan", LABEL, "a plan that waits"),
        may("changes_on", Kind::Time, "when it begins"),
        may("name", LABEL, "their name"),
        must("members", Kind::List(&Kind::Of(&MEMBER), 1000), "who acts for them"),
        must("renews", Kind::Word(&["by_itself", "when_paid"]), "how periods renew"),
        VERSION,
        may(
            "paused",
            TEXT,
            "an operator's pause: its reason, to customers only where words tell it",
        ),
        must("period", Kind::Of(&PERIOD), "the paid period"),
        METADATA,
        SEQ,
        may("as_of_seq", Kind::Count, "the last entry it has seen"),
        WROTE_WALLET,
    ],
};

/// A token.
pub(crate) const TOKEN: Shape = Shape {
    name: "Token",
    says: "A customer token, shown once.",
    fields: &[
        must("token", TEXT, "the token, `ct_…`"),
        must("page", TEXT, "where this service shows the customer their own pages with it"),
        must("expires_at", Kind::Time, "it opens nothing from then on"),
    ],
};

/// The wallet.
pub(crate) const WALLET: Shape = Shape {
    name: "Wallet",
    says: "A customer's credits.",
    fields: &[
        CUSTOMER_ID,
        must("balance", Kind::Credits, "settled, less what is owed"),
        must("held", Kind::Credits, "set aside for runs"),
        must("available", Kind::Credits, "balance less held"),
        must("owed", Kind::Credits, "owed on a credit line"),
        may("credit_line", Kind::Credits, "how far below nothing available may go"),
        may("money", TEXT, "the balance in money"),
        must("grants", Kind::List(&Kind::Of(&GRANT_LINE), 1000), "in the order they are drawn"),
        must("allowances", Kind::Map(&Kind::Of(&ALLOWANCE), false), "free units by action"),
        must("caps", Kind::Of(&CAPS_LINE), "caps"),
        must("enough_for", Kind::Map(&Kind::Count, false), "how many of each priced action"),
        may("runs_out_on", Kind::Time, "when they are gone at the customer's own pace"),
        must("alerts", Kind::List(&Kind::Object, 1000), "what is told before a limit is hit"),
        must("period", Kind::Of(&PERIOD), "the paid period"),
        AS_OF_SEQ,
    ],
};

const GRANT_LINE: Shape = Shape {
    name: "GrantLine",
    says: "A grant in the wallet.",
    fields: &[
        must("grant", LABEL, "its id"),
        must("kind", Kind::Word(&["gift", "goodwill", "plan", "bought"]), "its kind"),
        must("amount", Kind::Credits, "what was given"),
        must("available", Kind::Credits, "what can be drawn"),
        must("held", Kind::Credits, "what is set aside"),
        must("effective", Kind::Time, "from when"),
        may("expires", Kind::Time, "until before when; null: for ever"),
        may("paid", TEXT, "what was paid for it"),
    ],
};

const ALLOWANCE: Shape = Shape {
    name: "AllowanceLine",
    says: "Free units of an action.",
    fields: &[
        must("per", Kind::Word(&["day", "week", "month", "year"]), "per what"),
        must("units", Kind::Count, "how many"),
        must("used", Kind::Count, "how many are used"),
        must("resets_at", Kind::Time, "when they begin anew"),
    ],
};

const CAPS_LINE: Shape = Shape {
    name: "Caps",
    says: "Caps as they stand.",
    fields: &[
        may("month", Kind::Credits, "the customer's, a month"),
        must("used", Kind::Credits, "used of it"),
        must("members", Kind::Map(&Kind::Credits, false), "members' caps"),
        may("auto_top_up", Kind::Of(&AUTO_TOP_UP), "automatic top-ups"),
    ],
};

/// Caps that were set.
pub(crate) const CAPS: Shape = Shape {
    name: "CapsSet",
    says: "Caps were set.",
    fields: &[must("caps", Kind::Of(&CAPS_LINE), "as they stand now"), SEQ, WROTE_WALLET],
};

/// Credits given or bought.
pub(crate) const GRANT: Shape = Shape {
    name: "Grant",
    says: "Credits that were given or bought.",
    fields: &[
        must("grant", LABEL, "its id"),
        must("kind", Kind::Word(&["gift", "goodwill", "plan", "bought"]), "its kind"),
        must("amount", Kind::Credits, "how many"),
        may("expires", Kind::Time, "until before when; null: for ever"),
        SEQ,
        WROTE_WALLET,
    ],
};

/// A payment taken back.
pub(crate) const CLAW_BACK: Shape = Shape {
    name: "ClawedBack",
    says: "A payment was taken back.",
    fields: &[
        must("taken", Kind::Credits, "what was there"),
        must("later", Kind::Credits, "what is taken as holds end"),
        must("unrecovered", Kind::Credits, "what was spent: reported, never a debt"),
        may("money_owed", TEXT, "money that the contract promises back"),
        SEQ,
        WROTE_WALLET,
    ],
};

/// What an event of Stripe came to.
pub(crate) const STRIPE: Shape = Shape {
    name: "StripeTold",
    says: "What an event of Stripe came to.",
    fields: &[
        must("event", Kind::Id, "the event's id"),
        must(
            "did",
            Kind::Word(&[
                "top_up",
                "claw_back",
                "restored",
                "plan",
                "subscription",
                "renewal",
                "nothing",
            ]),
            "credits bought, taken back, or brought back; the plan, or only what is known of the \
             subscription; a period paid; or nothing",
        ),
        may("why", TEXT, "why nothing was done"),
        may("customer", Kind::Id, "whose books it is in"),
        may("seq", Kind::Count, "the number of their last entry then"),
    ],
};

/// A period.
pub(crate) const RENEWAL: Shape = Shape {
    name: "Renewed",
    says: "A period was paid for.",
    fields: &[
        must("period", Kind::Of(&PERIOD), "the period"),
        must("grants", Kind::List(&Kind::Object, 1000), "the credits it brings"),
        SEQ,
        WROTE_WALLET,
    ],
};

/// Special terms.
pub(crate) const OVERRIDE: Shape = Shape {
    name: "Override",
    says: "Special terms, as they were asked for.",
    fields: &[
        must("override", LABEL, "its id"),
        must("ends", Kind::Time, "they end before this instant"),
        must("by", LABEL, "the name of the key"),
        SEQ,
        WROTE_WALLET,
    ],
};

/// An own key.
pub(crate) const OWN_KEY: Shape = Shape {
    name: "OwnKey",
    says: "What is known of the customer's own AI key: never the key.",
    fields: &[PROVIDER, STORED_AT, ENDS_WITH, KEY_REFUSED, SEQ, WROTE_WALLET],
};

const PROVIDER: Field = must("provider", LABEL, "whose key it is");
const STORED_AT: Field =
    may("stored_at", Kind::Time, "since when it is kept; null: it is not kept");
const ENDS_WITH: Field = may("ends_with", LABEL, "its last letters, to know it again by");
const KEY_REFUSED: Field =
    may("refused", Kind::Time, "when its provider refused it; runs need another from then on");

/// A key that is kept.
pub(crate) const OWN_KEY_KEPT: Shape = Shape {
    name: "OwnKeyKept",
    says: "A customer's own AI key that is kept: never the key.",
    fields: &[PROVIDER, STORED_AT, ENDS_WITH, KEY_REFUSED, AS_OF_SEQ],
};

/// The books.
pub(crate) const ENTRIES: Shape = Shape {
    name: "Entries",
    says: "A page of a customer's books.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&ENTRY), 1000), "oldest first"),
        may("next_cursor", LABEL, "`after` of the next page; null: this is the last"),
        AS_OF_SEQ,
    ],
};

const ENTRY: Shape = Shape {
    name: "Entry",
    says: "What one command wrote.",
    fields: &[
        SEQ,
        must("at", Kind::Time, "the instant of the decision"),
        must("command", LABEL, "what was done"),
        must("by", LABEL, "the name of the key"),
        may("run", LABEL, "the run it is about"),
        must("facts", Kind::Anything, "what it says"),
        must("transfers", Kind::List(&Kind::Of(&TRANSFER), 2048), "balanced, or none"),
        must("hash", LABEL, "ties it to the one before"),
        VERSION,
    ],
};

const TRANSFER: Shape = Shape {
    name: "Transfer",
    says: "One amount from one account to another.",
    fields: &[
        must("from", TEXT, "where it comes from"),
        must("to", TEXT, "where it goes"),
        must("amount", Kind::Credits, "how much"),
    ],
};

/// What was answered to a key.
pub(crate) const IDEMPOTENCY: Shape = Shape {
    name: "Idempotency",
    says: "What was answered to a key.",
    fields: &[
        must(
            "state",
            Kind::Word(&["applied", "not_applied"]),
            "whether it was applied, as far back as keys are remembered: 7 days",
        ),
        may("since", Kind::Time, "not applied since then; what was before is not known any more"),
        may("detail", TEXT, "where it was not applied: what that means, and what to do"),
        may("status", Kind::Count, "the status it was answered with"),
        may("body", Kind::Anything, "the JSON it was answered with"),
    ],
};

const MODES: [&str; 3] = ["shadow", "announce", "enforce"];

/// The contract in force.
pub(crate) const CONTRACT: Shape = Shape {
    name: "PublicContract",
    says: "The contract in force, in plain words.",
    fields: &[
        VERSION,
        must("name", LABEL, "its name"),
        must("version", Kind::Count, "its version"),
        must("currency", LABEL, "its currency"),
        may("effective", Kind::Time, "since when; null: from the beginning"),
        may("mode", Kind::Word(&MODES), "of roll-out; shadow is told to secret keys only"),
        may("rollout", TEXT, "who is charged and refused, in words; to secret keys only"),
        must("about", Kind::List(&TEXT, 1000), "for whom, what a credit is worth"),
        must("summary", Kind::Object, "free, paid, paid even if nothing is found"),
        must("actions", Kind::List(&Kind::Object, 1000), "each action"),
        must("plans", Kind::List(&Kind::Object, 1000), "each plan"),
        must("promises", Kind::List(&Kind::Object, 1000), "what else is promised"),
        must(
            "links",
            Kind::Object,
            "where customers buy credits, choose a plan, add a key, talk to somebody; null: nowhere",
        ),
        must(
            "terms",
            Kind::Object,
            "as values: the time zone, the smallest amount, how long credits last by kind, where new \
             customers begin, the most a month unless they set another, whether automatic top-ups \
             may be asked for, by plan its credits and whether it sells more",
        ),
    ],
};

/// What publishing came to.
pub(crate) const PUBLISHING: Shape = Shape {
    name: "Publishing",
    says: "What publishing came to, or would.",
    fields: &[
        VERSION,
        must("operations", Kind::Count, "the revision of operations"),
        must("class", Kind::Word(&["neutral", "better", "adverse"]), "what it is to customers"),
        must("changes", Kind::List(&Kind::Object, 100_000), "every key that differs"),
        must("lint", Kind::List(&Kind::Object, 100_000), "what the contract should not say"),
        must("effective", Kind::Time, "from when on it may apply"),
        must("notice", TEXT, "the draft of what customers are told; may be empty"),
        may("rollout", TEXT, "who is charged and refused, in words"),
        may("rollout_was", Kind::Text(2000), "the same before, where it was otherwise"),
        may(
            "enforce_when",
            Kind::Text(2000),
            "what operations ask to be seen first, where this enforces what was not",
        ),
        may(
            "waits_for",
            LABEL,
            "the version announced before, which it may not overtake: both start together",
        ),
        must(
            "at_once",
            Kind::Flag,
            "it is worse for somebody and holds now: no notice is promised",
        ),
        must("nothing_new", Kind::Flag, "all of it was published last: nothing was written"),
    ],
};

/// What was published.
pub(crate) const CONTRACTS: Shape = Shape {
    name: "Contracts",
    says: "Every version that was published.",
    fields: &[
        must("items", Kind::List(&Kind::Of(&PUBLISHED), 100_000), "oldest first"),
        may("next_cursor", LABEL, "null: this is all"),
    ],
};

const PUBLISHED: Shape = Shape {
    name: "PublishedContract",
    says: "A version that was published.",
    fields: &[
        VERSION,
        must("hash", LABEL, "SHA-256 of its text"),
        must("published_at", Kind::Time, "when"),
        must("by", LABEL, "the name of the key"),
        must("effective", Kind::Time, "from when on it may apply"),
        may("reason", TEXT, "why"),
        must(
            "revisions",
            Kind::List(&Kind::Of(&REVISION), 1_000_000),
            "of operations, published with it or after it, oldest first",
        ),
    ],
};

const REVISION: Shape = Shape {
    name: "PublishedOperations",
    says: "A revision of operations that was published.",
    fields: &[
        must("operations", Kind::Count, "its number"),
        must("published_at", Kind::Time, "when"),
        must("by", LABEL, "the name of the key"),
        may("reason", TEXT, "why"),
        must("rollout", Kind::Of(&ROLLOUT), "what is rolled out how"),
        may("rollout_was", Kind::Of(&ROLLOUT), "the same before, where it was otherwise"),
    ],
};

/// The texts published last.
pub(crate) const LATEST: Shape = Shape {
    name: "LatestTexts",
    says: "What was published last, as it was written.",
    fields: &[
        VERSION,
        must("operations", Kind::Count, "the revision of operations"),
        must("rollout", Kind::Of(&ROLLOUT), "what is rolled out how"),
        must("texts", Kind::Of(&TEXTS), "the files"),
    ],
};

const TEXTS: Shape = Shape {
    name: "Texts",
    says: "The files of a contract.",
    fields: &[
        must("contract", Kind::Text(1 << 20), "the text of contract.yaml"),
        may("operations", Kind::Text(1 << 20), "the text of operations.yaml"),
        may("prices", Kind::Text(1 << 20), "the text of the price map that operations name"),
    ],
};

/// The sandbox clock.
pub(crate) const CLOCK: Shape = Shape {
    name: "Clock",
    says: "What the sandbox clock shows.",
    fields: &[must("now", Kind::Time, "the instant")],
};
