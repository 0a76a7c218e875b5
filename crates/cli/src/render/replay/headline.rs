//! The one sentence that a report begins with: what a product manager wants to know first.
//!
//! It says no more than the log does: without today's charges, or without how runs ended, it is
//! another sentence.

use super::figures::{credits, many, money};
use crate::replay::report::Report;
use probity_core::{Money, phrase};

/// The sentence.
pub(crate) fn headline(report: &Report) -> String {
    let sums = &report.money;
    let here = sums.worth.map_or_else(|| credits(sums.charged), money);
    let blind = "failures cannot be seen, because the log does not say how runs ended";
    let Some(today) = sums.today else {
        let customers = many(report.customers.count, "customer");
        return format!(
            "Under this contract the use of {customers} comes to {here}; the log does not say what \
             you charge today."
        );
    };
    let leaks: Vec<_> =
        report.charged_today_for.iter().filter(|leak| leak.today.is_positive()).collect();
    let none = Money::zero(today.currency);
    let sum = leaks.iter().fold(none, |sum, leak| sum.plus(leak.today).unwrap_or(sum));
    let kinds: Vec<_> = leaks.iter().map(|leak| kind(leak.what)).collect();
    let kinds = phrase::list(&kinds, "and");
    match (sum.is_positive(), report.log.tells_outcomes) {
        (true, true) => format!(
            "You charge {} today for {kinds}; under this contract they cost nothing.",
            money(sum)
        ),
        (true, false) => format!(
            "You charge {} today for {kinds}, which cost nothing under this contract; {blind}.",
            money(sum)
        ),
        (false, true) => format!(
            "You charge {} today, nothing of it for failures, repeats or double clicks; under this \
             contract the same use comes to {here}.",
            money(today)
        ),
        (false, false) => format!(
            "You charge {} today; under this contract the same use comes to {here}, and {blind}.",
            money(today)
        ),
    }
}

fn kind(what: &str) -> &str {
    match what {
        "failures" => "failed and fruitless runs",
        "duplicates" => "double clicks",
        other => other,
    }
}
