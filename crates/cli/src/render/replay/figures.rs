//! Numbers of a report as people read them: grouped, rounded, never rounded to nothing.
//!
//! For the eye only: every sum in the JSON report is exact.

use crate::replay::report::ActionLine;
use probity_core::{Amount, Cost, Currency, Money, phrase};

/// `12,345`
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// `$12,345.60`; small sums with as many places as they need to be seen: `$0.0021`.
pub(crate) fn money(sum: Money) -> String {
    let sign = if sum.trillionths() < 0 { "-" } else { "" };
    let text = rounded(sum.trillionths().unsigned_abs(), 12);
    match sum.currency {
        Currency::USD => format!("{sign}${text}"),
        other => format!("{sign}{other} {text}"),
    }
}

/// A sum that may be unknown.
pub(crate) fn money_or_dash(sum: Option<Money>) -> String {
    sum.map_or_else(|| "–".into(), money)
}

/// `$12,345.60`, as [`money`].
pub(crate) fn cost(cost: Cost) -> String {
    let places = (2..=18).find(|places| shows(cost, *places)).unwrap_or(18);
    let text = cost.dollars(places);
    let (sign, digits) = text.split_once('$').unwrap_or(("", &text));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "00"));
    format!("{sign}${}.{fraction}", grouped(whole))
}

/// Does it show two digits that are not zero, or is it a dime at least?
fn shows(cost: Cost, places: u32) -> bool {
    let text = cost.dollars(places);
    let digits = text.trim_start_matches(['-', '$', '0', '.']);
    text.contains(|c| ('1'..='9').contains(&c)) && digits.len() >= 2 || cost == Cost::ZERO
}

/// A cost that may be unknown.
pub(crate) fn cost_or_dash(sum: Option<Cost>) -> String {
    sum.map_or_else(|| "–".into(), cost)
}

/// A cost that is known for so many rows of so many: `$1.00`, `≥ $1.00`, `–`.
pub(crate) fn cost_of(sum: Option<Cost>, costed: u64, rows: u64) -> String {
    let mark = if sum.is_some() && costed < rows { "≥ " } else { "" };
    format!("{mark}{}", cost_or_dash(sum))
}

/// The same where there is room: `at least $1.00`, `unknown`.
pub(crate) fn cost_in_words(sum: Option<Cost>, costed: u64, rows: u64) -> String {
    match sum {
        None => "unknown".into(),
        Some(sum) if costed < rows => format!("at least {}", cost(sum)),
        Some(sum) => cost(sum),
    }
}

/// What is left of the income: at most so much where not every row tells its cost.
pub(crate) fn margin_of(action: &ActionLine) -> String {
    let mark = if action.costed < action.runs { "≤ " } else { "" };
    action.margin.map_or_else(|| "–".into(), |margin| format!("{mark}{margin}"))
}

/// A sum in units of 10^−`scale`, rounded to cents, finer where it is less than a dime.
fn rounded(n: u128, scale: u32) -> String {
    let unit = 10u128.pow(scale);
    let places = match n {
        0 => 2,
        n if n >= unit / 10 => 2,
        n if n >= unit / 1_000 => 4,
        _ => 6,
    };
    let step = 10u128.pow(scale - places);
    let steps = (n + step / 2) / step;
    let whole = steps / 10u128.pow(places);
    let width = usize::try_from(places).unwrap_or(2);
    let fraction = format!("{:0width$}", steps % 10u128.pow(places));
    let kept = fraction.trim_end_matches('0').len().max(2);
    format!("{}.{}", grouped(&whole.to_string()), fraction.get(..kept).unwrap_or(&fraction))
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `68%`, `0.4%`, `under 0.1%`
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 || part == 0 {
        return "0%".into();
    }
    let tenths = u128::from(part) * 1_000 / u128::from(whole);
    match tenths {
        0 => "under 0.1%".into(),
        1..=99 => format!("{}.{}%", tenths / 10, tenths % 10).replace(".0%", "%"),
        _ => format!("{}%", (tenths + 5) / 10),
    }
}

/// `22,308 credits`
pub(crate) fn credits(amount: Amount) -> String {
    let text = phrase::credits(amount);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let (whole, rest) = text.split_at_checked(end).unwrap_or(("", &text));
    grouped(whole) + rest
}

/// `1 run`, `12,345 runs`
pub(crate) fn many(n: u64, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {noun}{s}", count(n))
}

/// A bar of block characters, `width` wide for a full one; anything at all is seen.
pub(crate) fn bar(part: u64, whole: u64, width: u64) -> String {
    let eighths = u128::from(part) * u128::from(width) * 8 / u128::from(whole.max(1));
    let eighths = u64::try_from(eighths).unwrap_or(0).max(u64::from(part > 0));
    let full = usize::try_from(eighths / 8).unwrap_or(0);
    let last = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let rest = last.get(usize::try_from(eighths % 8).unwrap_or(0)).copied().unwrap_or("");
    "█".repeat(full) + rest
}

/// What a reason, an outcome or a finding is called in words.
pub(crate) fn words(word: &str) -> &str {
    match word {
        "free_action" => "the action is free",
        "allowance" => "within the allowance",
        "reopened" => "owned already, opened again",
        "said_reopened" => "opened again, by the log's own word",
        "same_again" => "the same again, within its window",
        "same_request" => "the same request, sent twice",
        "redo" => "a free redo",
        "on_your_key" => "on the customer's own key",
        "part_untold" => "in part, the log does not say how much",
        "delivered" => "delivered",
        "partial" => "only a part arrived",
        "empty" => "nothing was found",
        "failed" => "it failed",
        "bad_input" => "the input could not be worked with",
        "blocked" => "a safety rule stopped it",
        "cancelled" => "the customer stopped it",
        "abandoned" => "the customer left",
        "failures" => "failures and other free endings",
        "duplicates" => "requests sent twice, double clicks",
        "repeats" => "the same result again",
        "reopenings" => "opened again, by the log's own word",
        other => other,
    }
}

/// How a row ended, in words: whether it was owned is another matter.
pub(crate) fn ending(outcome: &str) -> &str {
    if outcome == "reopened" { "opened again" } else { words(outcome) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(trillionths: i128) -> String {
        money(Money::of_trillionths(Currency::USD, trillionths))
    }

    #[test]
    fn sums_are_grouped_and_rounded() {
        assert_eq!(dollars(1_234_567_895_000_000_000), "$1,234,567.90");
        assert_eq!(dollars(-500_000_000_000), "-$0.50");
        assert_eq!(dollars(99_999_000_000), "$0.10");
        assert_eq!(dollars(2_100_000_000), "$0.0021");
        assert_eq!(dollars(45_000_000), "$0.000045");
        assert_eq!(dollars(0), "$0.00");
        let euro = Money::of_trillionths(Currency::parse("EUR").unwrap(), 1_000_000_000_000);
        assert_eq!(money(euro), "EUR 1.00");
    }

    #[test]
    fn costs_show_what_they_are() {
        let shown = |text: &str| cost(Cost::parse(text).unwrap());
        assert_eq!(shown("1652.150864"), "$1,652.15");
        assert_eq!(shown("0.264"), "$0.26");
        assert_eq!(shown("0.0023"), "$0.0023");
        assert_eq!(shown("0.00093"), "$0.00093");
        assert_eq!(shown("0.0000004"), "$0.0000004");
        assert_eq!(shown("0"), "$0.00");
        assert_eq!(shown("0.002"), "$0.002");
    }

    #[test]
    fn credits_are_grouped() {
        let shown = |text: &str| credits(Amount::parse(text).unwrap());
        assert_eq!(
            ["22308.5", "1", "0.5"].map(shown),
            ["22,308.5 credits", "1 credit", "0.5 credits"]
        );
    }

    #[test]
    fn shares_and_bars_never_hide_a_part() {
        assert_eq!(percent(1, 3), "33%");
        assert_eq!(percent(4, 1_000), "0.4%");
        assert_eq!(percent(30, 1_000), "3%");
        assert_eq!(percent(1, 1_000_000), "under 0.1%");
        assert_eq!(
            (bar(1, 1_000_000, 20), bar(1, 2, 4), bar(0, 9, 4)),
            ("▏".into(), "██".into(), String::new())
        );
    }
}
