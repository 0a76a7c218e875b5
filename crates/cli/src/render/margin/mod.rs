//! Margins for people: what was reckoned from a contract, and what was seen in the books.

mod html;
pub(crate) mod in_words;
mod observed;
mod reckoned;

pub(crate) use html::html;
pub(crate) use observed::observed;
pub(crate) use reckoned::{json as reckoned_json, terminal as reckoned};

use crate::render::style::{DIM, ERROR, GOOD, WARNING};
use probity_core::Cost;

/// Said where credits are worth another currency.
const OTHER_CURRENCY: &str =
    "Calls cost US dollars, credits are worth another currency: what is left is not known.\n";

/// How wide a bar is.
const BAR: i128 = 20;

/// A bar of what comes in: the part that costs, then what is left. Where it costs more than it
/// brings, all of it costs.
fn bar(revenue: Cost, cost: Cost, is_below: bool) -> String {
    let whole = cost.ratio_millionths(revenue).unwrap_or(0).clamp(0, 1_000_000);
    // Of something dear enough to be seen, at least one mark is shown.
    let spent = (whole * BAR + 999_999) / 1_000_000;
    let (spent, left) = (spent.max(0) as usize, (BAR - spent).max(0) as usize);
    let style = if cost > revenue {
        ERROR
    } else if is_below {
        WARNING
    } else {
        GOOD
    };
    format!("{style}{}{style:#}{DIM}{}{DIM:#}", "█".repeat(spent), "░".repeat(left))
}

/// Dollars as exact as people need.
fn dollars(cost: Cost) -> String {
    cost.shown()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str) -> Cost {
        Cost::parse(text).unwrap()
    }

    fn marks(revenue: &str, spent: &str) -> usize {
        bar(cost(revenue), cost(spent), false).matches('█').count()
    }

    #[test]
    fn a_bar_shows_what_costs_and_what_is_left() {
        assert_eq!(marks("1", "0.5"), 10);
        assert_eq!(marks("1", "0.001"), 1);
        assert_eq!(marks("1", "0"), 0);
        assert_eq!(marks("1", "7"), 20);
        assert!(bar(cost("1"), cost("0.25"), false).contains("░"));
    }

    #[test]
    fn small_sums_have_more_places() {
        assert_eq!(dollars(cost("0.00093")), "$0.00093");
        assert_eq!(dollars(cost("0.000000420001")), "$0.00000042");
        assert_eq!(dollars(cost("0")), "$0.00");
        assert_eq!(dollars(cost("12.345")), "$12.35");
        let loss = Cost::ZERO.minus(cost("3")).unwrap();
        assert_eq!(dollars(loss), "-$3.00");
    }
}
