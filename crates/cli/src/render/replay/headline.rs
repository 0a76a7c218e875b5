//! The one sentence that a report begins with: what a product manager wants to know first.
//!
//! It says no more than the log does: without today's charges, or without how runs ended, it is
//! another sentence; where most rows could not be decided or are refused, it begins with that.

use super::figures::{count, credits, many, money};
use crate::replay::report::{Report, Rows};
use probity_core::{Money, phrase};

/// The sentence.
pub(crate) fn headline(report: &Report) -> String {
    match (most(report.rows), report.rows.have_result()) {
        // Of rows that cannot be read, not even today's charges are known.
        (Some(most), true) if report.rows.broken > 0 => {
            format!("{most}. As far as rows can be read, {}", continued(&result(report)))
        }
        (Some(most), true) => format!("{most}. {}", result(report)),
        (Some(most), false) => format!("{most}, so there is no use to add up."),
        (None, _) => result(report),
    }
}

/// A sentence as the end of another.
fn continued(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What most rows came to, where that is nothing.
fn most(rows: Rows) -> Option<String> {
    let (left_out, refused) = (rows.left_out(), rows.refused);
    let is_most = |n: u64| n * 2 > rows.all;
    let is_one = rows.all == 1;
    let are = if is_one { "is" } else { "are" };
    let (n, what) = if is_most(left_out) {
        (left_out, "could not be decided".to_owned())
    } else if is_most(refused) {
        (refused, format!("{are} refused under this contract"))
    } else if is_most(left_out + refused) {
        (left_out + refused, format!("could not be decided or {are} refused under this contract"))
    } else {
        return None;
    };
    Some(if is_one {
        format!("The only row {what}")
    } else {
        format!("{} of {} {what}", count(n), many(rows.all, "row"))
    })
}

/// What the use that was decided comes to.
fn result(report: &Report) -> String {
    let sums = &report.money;
    let here = sums.worth.map_or_else(|| credits(sums.charged), money);
    let blind = "failures cannot be seen, because the log does not say how runs ended";
    let Some(today) = sums.today else {
        let customers = many(report.customers.count, "customer");
        return format!(
            "Under this contract the use of {customers} comes to {here}{}; the log does not say \
             what you charge today.",
            without(report.rows)
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
        (false, _) if !without(report.rows).is_empty() => {
            let blind = if report.log.tells_outcomes { "" } else { &format!("; {blind}") };
            format!(
                "You charge {} today; under this contract the use comes to {here}{}{blind}.",
                money(today),
                without(report.rows)
            )
        }
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

/// What is no part of the use that is added up, though it is charged today.
const fn without(rows: Rows) -> &'static str {
    match (rows.not_mapped + rows.not_decided > 0, rows.refused > 0) {
        (false, false) => "",
        (true, false) => ", without what could not be decided",
        (false, true) => ", without what is refused",
        (true, true) => ", without what could not be decided or is refused",
    }
}

fn kind(what: &str) -> &str {
    match what {
        "failures" => "failed and fruitless runs",
        "duplicates" => "double clicks",
        other => other,
    }
}
