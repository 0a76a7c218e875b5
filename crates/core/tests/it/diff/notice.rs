//! The draft of what customers are told.

use super::{All, Job, changed};
use jiff::civil::{Date, date};

const DAY: Date = date(2027, 3, 1);

#[test]
fn one_sentence_and_what_they_can_do() {
    let notice = changed(Job, &[("price: 10 credits", "price: 12 credits")]).notice(DAY);
    let wanted = "From 1 March 2027: Enrich a market map costs 12 credits instead of 10 credits.\n\
        For you it starts with your first period that begins on that day or later. \
        You may leave, and get money back for unused credits you bought.";
    assert_eq!(notice, wanted);
}

#[test]
fn worse_first_then_better_then_names() {
    let diff = changed(
        Job,
        &[
            ("name: Search roles", "name: Search jobs"),
            ("price: 3 credits", "price: 2 credits"),
            ("price: 5 credits", "price: 6 credits"),
            ("same_again_free_for: 90 days", "same_again_free_for: 30 days"),
            ("credits: 120", "credits: 100"),
            ("counts_as: one person, however many suppliers we ask", "counts_as: one person"),
            ("contact: /help", "contact: /contact"),
            ("at_once: 5", "at_once: 8"),
            ("It is in your documents. ", ""),
        ],
    );
    let wanted = "From 1 March 2027: \
        Tailor a document costs 6 credits instead of 5 credits. \
        Find a contact's email: what counts as one is “one person” instead of “one person, however \
        many suppliers we ask”. \
        Find a contact's email: the same again is free for 30 days instead of free for 90 days. \
        Pro brings these credits: 100 credits ($10.00) each month instead of 120 credits ($12.00) \
        each month.\n\
        Better for you from 1 March 2027: \
        Find a contact's email costs 2 credits instead of 3 credits. \
        At once you can have 8 runs instead of 5 runs.\n\
        Also from 1 March 2027: \
        Search roles is now called Search jobs.\n\
        For you it starts with your first period that begins on that day or later. \
        You may leave, and get money back for unused credits you bought.";
    assert_eq!(diff.notice(DAY), wanted);
}

#[test]
fn what_is_only_better_starts_when_better_changes_do() {
    let cheaper = [("price: 10 credits", "price: 8 credits")];
    let wanted = "Better for you from 1 March 2027: \
        Enrich a market map costs 8 credits instead of 10 credits.";
    assert_eq!(changed(Job, &cheaper).notice(DAY), wanted);
    let before =
        super::edited(Job.text(), "better: { starts: at_once }", "better: { starts: next_period }");
    let after = super::edited(&before, cheaper[0].0, cheaper[0].1);
    let later = super::diff(&super::contract(&before), &super::contract(&after)).notice(DAY);
    let then = "For you it starts with your first period that begins on that day or later.";
    assert_eq!(later, format!("{wanted}\n{then}"));
}

#[test]
fn links_sentences_and_waivers_are_not_told() {
    let diff = changed(
        All,
        &[
            ("contact: /help", "contact: /contact"),
            ("Written. ", "There. "),
            ("by: product lead", "by: legal"),
        ],
    );
    assert_eq!(diff.changes.len(), 3);
    assert_eq!(diff.notice(DAY), "");
}

/// Customers read of credits and money, never of what the books are made of.
#[test]
fn it_speaks_the_words_of_customers() {
    let rows = [super::actions::ROWS, super::plans::ROWS, super::promises::ROWS];
    for (of, from, to, ..) in rows.into_iter().flatten() {
        let notice = changed(*of, &[(from, to)]).notice(DAY).to_lowercase();
        let not_theirs = [
            "transfer",
            "entry",
            "entries",
            "micro",
            "millionth",
            "ledger",
            "none instead of none",
            "{",
        ];
        for word in not_theirs {
            let is_quoted = word == "{" && notice.contains("shown “");
            assert!(is_quoted || !notice.contains(word), "{word}: {notice}");
        }
    }
}
