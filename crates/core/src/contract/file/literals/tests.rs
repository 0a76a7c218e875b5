//! Every literal: what is read, what is refused, and what is said then.

use super::*;

/// Texts around every form: good ones, near ones and bad ones.
const TEXTS: &[&str] = &[
    "5 credits",
    "1 credit",
    "0.5 credits",
    "5",
    "0.5",
    "05 credits",
    "5 credts",
    "5  credits",
    "-5 credits",
    "+5 credits",
    "1e3 credits",
    "10e400 credits",
    "1,000 credits",
    "5credits",
    ".5 credits",
    "5. credits",
    "0x10 credits",
    "120",
    "120 a month",
    "120 a fortnight",
    "$0.10",
    "$ 0.10",
    "EUR 0.10",
    "eur 0.10",
    "0.10 EUR",
    "€0.10",
    "$-1",
    "$",
    "USD 5",
    "$5",
    "30 days",
    "1 day",
    "1 days",
    "0 days",
    "1.5 hours",
    "30 dys",
    "30",
    "10 minutes",
    "forever",
    "for ever",
    "90 days",
    "150 a month",
    "0 a month",
    "150 per month",
    "150/month",
    "400 credits a month",
    "$12 a month",
    "free",
    "$0 a month",
    "$2.50 a year",
    "80%",
    "80 %",
    "0.1%",
    "101%",
    "80",
    "15% of price",
    "15 % of price",
    "3 times",
    "1 time",
    "3",
    "0 times",
    "1",
    "5 to 8",
    "8 to 5",
    "5 to",
    "supplier cost over $400 a day",
    "cost over $400 a day",
    "2026-11-01",
    "2026-13-01",
    "2026-1-1",
    "20261101",
    "USD",
    "usd",
    "Europe/Berlin",
    "UTC",
    "Mars/Base",
    "/help",
    "//evil",
    "https://x.org/a",
    "http://x.org",
    "javascript:alert(1)",
    "mailto:a@b.c",
    "/a b",
    "",
    " ",
    "٣ credits",
    "５ credits",
];

#[test]
fn examples_are_read_and_whatever_is_read_matches_the_pattern() {
    for (form, reads) in forms() {
        let pattern = jsonschema::validator_for(&serde_json::json!({ "pattern": form.pattern }))
            .expect("a pattern");
        assert!(reads(form.example), "{}", form.says);
        for text in TEXTS.iter().copied().chain([form.example]).filter(|t| reads(t)) {
            assert!(pattern.is_valid(&serde_json::json!(text)), "{text} as {}", form.says);
        }
    }
}

#[test]
fn near_misses_are_told_what_to_write() {
    let fix = |flaw: Flaw| (flaw.says, flaw.fix);
    let cases = [
        (fix(credits("5").unwrap_err()), "has no unit", "Write `5 credits`."),
        (
            fix(credits("1,000 credits").unwrap_err()),
            "has separators between its digits",
            "Write digits only, with a point before decimals.",
        ),
        (
            fix(plan_price("€12 a month").unwrap_err()),
            "is not written with a currency code",
            "Write `EUR 12 a month`.",
        ),
        (
            fix(money_per("12 a month").unwrap_err()),
            "has no currency",
            "Write `$12 a month`, or a code such as `EUR 12 a month`.",
        ),
        (fix(credits("10e400 credits").unwrap_err()), "has an exponent", "Write all digits out."),
        (fix(credits("-5 credits").unwrap_err()), "has a sign", "Write the number without a sign."),
        (
            fix(credits("010 credits").unwrap_err()),
            "begins with a zero, which some readers take for an octal number",
            "Delete the leading zeros.",
        ),
        (
            fix(money("€0.10").unwrap_err()),
            "is not written with a currency code",
            "Write `EUR 0.10`.",
        ),
        (
            fix(money("10 USD").unwrap_err()),
            "has its currency behind the number",
            "Write `USD 10`.",
        ),
        (
            fix(length("30 dys").unwrap_err()),
            "is not a length of time: `dys` is not a unit",
            "Did you mean `30 days`?",
        ),
        (fix(percent("101%").unwrap_err()), "is more than the whole", "100% is the most."),
        (
            fix(bare_credits("120 credits").unwrap_err()),
            "names its unit twice: the key says credits already",
            "Write `120`.",
        ),
    ];
    for ((says, fix), wanted, mended) in cases {
        assert_eq!((says.as_str(), fix.as_str()), (wanted, mended));
    }
}
