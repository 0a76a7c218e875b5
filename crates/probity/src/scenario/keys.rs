//! What can be expected of an answer by a word: the word, where it stands in the JSON, its kind.
//!
//! The words are those of the public shapes. A key that stands in several shapes is looked for in
//! each place in turn; the first that exists is meant.

/// A word that can be expected, and where its value stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) word: &'static str,
    /// JSON pointers, most specific first.
    pub(super) at: &'static [&'static str],
    pub(super) kind: Kind,
}

/// How a value is written in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `6`, `0.5`.
    Credits,
    /// `3`.
    Number,
    /// One word, as it stands.
    Word,
    /// `2026-12-23`, `2026-12-23 10:00`.
    Time,
    /// A text in quotes; `…` stands for anything.
    Text,
    /// The word alone, or `not` before it.
    Flag,
}

const fn key(word: &'static str, at: &'static [&'static str], kind: Kind) -> Key {
    Key { word, at, kind }
}

use Kind::{Credits, Flag, Number, Text, Time, Word};

/// All of them, in the order of the reference.
pub(super) const KEYS: &[Key] = &[
    // The wallet.
    key("balance", &["/wallet/balance", "/balance"], Credits),
    key("held", &["/held", "/wallet/held"], Credits),
    key("available", &["/wallet/available", "/available"], Credits),
    key("owed", &["/wallet/owed", "/owed"], Credits),
    key("credit_line", &["/wallet/credit_line", "/credit_line"], Credits),
    key("money", &["/money"], Word),
    // The customer.
    key("plan", &["/plan"], Word),
    key("next_plan", &["/next_plan"], Word),
    key("changes_on", &["/changes_on"], Time),
    key("period_from", &["/period/from"], Time),
    key("period_until", &["/period/until"], Time),
    key("runs_out_on", &["/runs_out_on"], Time),
    key("paused", &["/paused"], Text),
    key("renews", &["/renews"], Word),
    key("contract", &["/contract"], Word),
    key("operations", &["/operations"], Number),
    key("seq", &["/seq", "/as_of_seq"], Number),
    // A run and its receipt.
    key("status", &["/status"], Word),
    key("kind", &["/kind"], Word),
    key("mode", &["/mode"], Word),
    key("price", &["/price"], Credits),
    key("outcome", &["/outcome"], Word),
    key("rule", &["/rule"], Word),
    key("why", &["/why"], Text),
    key("charged", &["/charged"], Credits),
    key("released", &["/released"], Credits),
    key("refunded", &["/refunded"], Credits),
    key("quoted", &["/quoted"], Credits),
    key("parts", &["/parts"], Number),
    key("parts_total", &["/parts_total"], Number),
    key("quantity", &["/quantity"], Number),
    key("units_free", &["/units_free"], Number),
    key("reason", &["/reason"], Text),
    key("decided_by", &["/decided_by"], Word),
    key("purpose", &["/purpose"], Word),
    key("member", &["/member"], Word),
    key("late", &["/late"], Flag),
    key("confirmed_by", &["/confirmation/confirmed_by", "/confirmed_by"], Word),
    key("shown", &["/confirmation/shown"], Text),
    key("expires_at", &["/expires_at"], Time),
    key("opened_at", &["/opened_at"], Time),
    key("ended_at", &["/ended_at"], Time),
    key("cost", &["/cost"], Word),
    key("cost_known", &["/cost_known"], Flag),
    key("paid_by", &["/attempts/0/paid_by"], Word),
    // The terms.
    key("since", &["/since"], Time),
    key("changing", &["/changing/contract", "/changing"], Word),
    key("starts", &["/changing/starts"], Time),
    key("notice_until", &["/changing/notice_until"], Time),
    key("bill_now", &["/changing/bill/now", "/changing/bill"], Credits),
    key("bill_then", &["/changing/bill/then", "/changing/bill"], Credits),
    key("kept", &["/kept"], Text),
    // A check and a quote.
    key("allowed", &["/allowed"], Flag),
    key("ask", &["/ask"], Flag),
    key("reopened", &["/reopened"], Flag),
    key("total", &["/total"], Credits),
    key("fits", &["/fits"], Number),
    key("now", &["/now"], Credits),
    key("sufficient", &["/sufficient"], Flag),
    key("needs_confirmation", &["/needs_confirmation"], Flag),
    key("warning", &["/warning"], Text),
    // A denial or another refusal.
    key("needs", &["/needs", "/denial/needs"], Credits),
    key("has", &["/has", "/denial/has"], Credits),
    key("missing", &["/missing", "/denial/missing"], Credits),
    key("resets_at", &["/resets_at", "/denial/resets_at"], Time),
    key("retry_helps", &["/retry_helps", "/denial/retry_helps"], Flag),
    key("limit_of", &["/limit/of", "/denial/limit/of"], Word),
    key("limit", &["/limit/limit", "/denial/limit/limit"], Word),
    key("used", &["/limit/used", "/denial/limit/used"], Word),
    key("http", &["/status", "/denial/status"], Number),
    key("detail", &["/detail", "/denial/detail"], Text),
    key("earliest", &["/earliest"], Time),
    // Credits put in and taken out.
    key("amount", &["/amount"], Credits),
    key("expires", &["/expires"], Time),
    key("taken", &["/taken"], Credits),
    key("later", &["/later"], Credits),
    key("unrecovered", &["/unrecovered"], Credits),
    key("money_owed", &["/money_owed"], Word),
    key("ends", &["/ends"], Time),
    // What the customer reads, and what would be.
    key("says", &["/words"], Text),
    key("tells", &["/tell"], Text),
    key("confirmation", &["/confirmation"], Flag),
];
