//! The literals of the language: what people write, read exactly.
//!
//! Each literal is a [`Form`] (what it is called, how it looks) with a function that reads it.
//! They are pure and know neither keys nor places; what is wrong comes back as a [`Flaw`].
//! Spaces are single, singular and plural are equal, numbers are those of [`super::number`].
//!
//! | written | means |
//! | --- | --- |
//! | `5 credits` · `$0.10` · `EUR 0.10` | an amount, money |
//! | `30 days` · `forever` | a length of time |
//! | `150 a month` · `400 credits a month` · `$12 a month` | per day, week, month or year |
//! | `80%` · `15% of price` | a share |
//! | `free` · `on your key` · `6 credits and on your key` | a price |
//! | `3 times` · `5 to 8` | counts |
//! | `supplier cost over $400 a day` | when a surge begins |

use super::number;
use super::problems::Problem;
use super::suggest::{closest, listed};
use crate::amount::Amount;
use crate::contract::{Allowance, Expiry, Percent, PlanPrice, ServiceUse, SpendCap};
use crate::money::{Currency, Money};
use crate::time::{Length, Per, TimeUnit, Zone};
use jiff::civil::Date;

/// How a literal looks.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What it is, with an example: "an amount of credits, such as `5 credits`".
    pub says: &'static str,
    /// A regular expression (ECMA 262) that every good literal matches.
    pub pattern: &'static str,
    /// An example.
    pub example: &'static str,
}

/// A form with the function that reads it.
pub struct Literal<T> {
    /// How it looks.
    pub form: Form,
    /// Reads it, exactly or not at all.
    pub read: fn(&str) -> Result<T, Flaw>,
}

/// What is wrong with a literal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// Of which kind.
    pub problem: Problem,
    /// Completes "`TEXT` …".
    pub says: String,
    /// What to do.
    pub fix: String,
}

impl Flaw {
    /// A flaw of this kind.
    pub fn new(problem: Problem, says: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { problem, says: says.into(), fix: fix.into() }
    }

    /// It has another form.
    pub fn form(says: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Problem::NotReadable, says, fix)
    }

    /// It is too little, too much or too fine.
    pub fn bounds(says: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Problem::OutOfBounds, says, fix)
    }

    /// The flaw of a piece, told of the whole: what to write keeps the rest of the text.
    fn followed_by(mut self, rest: &str) -> Self {
        let pieces = self.fix.split('`').enumerate().map(|(n, piece)| {
            let is_value = n % 2 == 1 && piece.bytes().any(|b| b.is_ascii_digit());
            if is_value { format!("{piece}{rest}") } else { piece.to_owned() }
        });
        self.fix = pieces.collect::<Vec<_>>().join("`");
        self
    }

    /// Not of this form at all.
    pub fn not(form: &Form) -> Self {
        Self::form(format!("is not {}", form.says), format!("Write it like `{}`.", form.example))
    }
}

/// A table of literals: `NAME: type = reader, what it is, pattern, example;` for each. It makes the
/// constants, and in tests `forms`, every form with its reader.
#[macro_export]
macro_rules! literals {
    ($(
        $(#[$doc:meta])*
        $name:ident: $type:ty = $read:path, $says:literal, $pattern:expr, $example:literal;
    )*) => {
        $( $(#[$doc])* pub(super) const $name: Literal<$type> = Literal {
            form: Form { says: $says, pattern: $pattern, example: $example },
            read: $read,
        }; )*

        /// Every form, to be checked against its reader.
        #[cfg(test)]
        pub(super) fn forms() -> Vec<(Form, fn(&str) -> bool)> {
            vec![ $( ($name.form, |text| $read(text).is_ok()) ),* ]
        }
    };
}

/// Patterns of numbers and units, to build the others from.
macro_rules! pattern {
    (number) => { r"(0|[1-9][0-9]*)(\.[0-9]+)?" };
    (whole) => { r"(0|[1-9][0-9]*)" };
    (money) => { concat!(r"(\$|[A-Z]{3} )", pattern!(number)) };
    (credits) => { concat!(pattern!(number), " credits?") };
    (per) => { " a (day|week|month|year)" };
    (length) => {
        concat!(pattern!(whole), " (second|minute|hour|day|week|month|year)s?")
    };
    ($($part:tt),+) => { concat!("^", $( pattern!(@ $part) ),+, "$") };
    (@ $text:literal) => { $text };
    (@ $name:ident) => { pattern!($name) };
}

literals! {
    /// `5 credits`
    CREDITS: Amount = credits, "an amount of credits, such as `5 credits`",
        pattern!("", credits), "5 credits";
    /// `120`: credits where the key says so.
    BARE_CREDITS: (Amount, Option<Per>) = bare_credits,
        "a number of credits, such as `120` or `120 a month`",
        concat!("^", pattern!(number), "(", pattern!(per), ")?$"), "120 a month";
    /// `$0.10`, `EUR 0.10`
    MONEY: Money = money, "a sum of money, such as `$0.10` or `EUR 0.10`",
        pattern!("", money), "$0.10";
    /// `30 days`
    LENGTH: Length = length, "a length of time, such as `30 days`",
        pattern!("", length), "30 days";
    /// `forever`, `90 days`
    EXPIRY: Expiry = expiry, "`forever` or a length of time, such as `90 days`",
        concat!("^(forever|", pattern!(length), ")$"), "90 days";
    /// `150 a month`
    ALLOWANCE: Allowance = allowance, "a number of units per period, such as `150 a month`",
        pattern!(whole, per), "150 a month";
    /// `400 credits a month`
    SPEND_CAP: SpendCap = spend_cap, "credits per period, such as `400 credits a month`",
        pattern!(credits, per), "400 credits a month";
    /// `$12 a month`, `free`
    PLAN_PRICE: Option<PlanPrice> = plan_price,
        "money per period, such as `$12 a month`, or `free`",
        concat!("^(free|", pattern!(money), pattern!(per), ")$"), "$12 a month";
    /// `$2.50 a month`
    MONEY_PER: (Money, Per) = money_per, "money per period, such as `$2.50 a month`",
        pattern!(money, per), "$2.50 a month";
    /// `80%`
    PERCENT: Percent = percent, "a share, such as `80%`",
        pattern!(number, "%"), "80%";
    /// `15% of price`
    PERCENT_OF_PRICE: Percent = percent_of_price, "a share of the price, such as `15% of price`",
        pattern!(number, "% of price"), "15% of price";
    /// `3 times`
    TIMES: u32 = times, "a count, such as `3 times`",
        pattern!(whole, " times?"), "3 times";
    /// `1`, `5 to 8`
    SERVICE_USE: ServiceUse = service_use, "a number of calls, such as `1` or `5 to 8`",
        concat!("^", pattern!(whole), "( to ", pattern!(whole), ")?$"), "5 to 8";
    /// `supplier cost over $400 a day`
    SURGE: (Money, Per) = surge, "a limit of cost, such as `supplier cost over $400 a day`",
        pattern!("supplier cost over ", money, per), "supplier cost over $400 a day";
    /// `2026-11-01`
    DATE: Date = date, "a day, such as `2026-11-01`",
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-11-01";
    /// `USD`
    CURRENCY: Currency = currency, "a currency's code of three letters, such as `USD`",
        "^[A-Z]{3}$", "USD";
    /// `Europe/Berlin`
    ZONE: Zone = zone, "a time zone by its IANA name, such as `Europe/Berlin` or `UTC`",
        "^[A-Za-z0-9_+/-]+$", "Europe/Berlin";
    /// `/billing`, `https://…`
    LINK: String = link, "a link, such as `/billing` or `https://example.org/help`",
        r"^(/([^/\s]\S*)?|https://\S+|mailto:\S+)$", "/billing";
}

/// The most units, calls or repeats anything may count.
pub(super) const MOST_COUNTED: u64 = 1_000_000_000;

fn credits(text: &str) -> Result<Amount, Flaw> {
    match text.split_once(' ') {
        Some((n, "credit" | "credits")) => number::amount(n),
        Some((n, unit)) if number::plain(n).is_ok() => {
            let says = format!("is not an amount of credits: `{unit}` is not their unit");
            Err(Flaw::form(says, format!("Write `{n} credits`.")))
        }
        None if number::plain(text).is_ok() => {
            Err(Flaw::form("has no unit", format!("Write `{text} credits`.")))
        }
        _ => match text.strip_suffix("credits").or_else(|| text.strip_suffix("credit")) {
            Some(n) if !n.trim().is_empty() => {
                number::plain(n.trim())?;
                Err(Flaw::form(
                    "has no single space before its unit",
                    format!("Write `{} credits`.", n.trim()),
                ))
            }
            _ => Err(Flaw::not(&CREDITS.form)),
        },
    }
}

fn bare_credits(text: &str) -> Result<(Amount, Option<Per>), Flaw> {
    if let Some(n) = text.strip_suffix(" credits").or_else(|| text.strip_suffix(" credit")) {
        let says = "names its unit twice: the key says credits already";
        return Err(Flaw::form(says, format!("Write `{n}`.")));
    }
    match text.split_once(' ') {
        None => Ok((number::amount(text)?, None)),
        Some((n, rest)) => Ok((number::amount(n)?, Some(per(rest, &BARE_CREDITS.form)?))),
    }
}

fn money(text: &str) -> Result<Money, Flaw> {
    let (currency, n) = match text.strip_prefix('$') {
        Some(n) => (Currency::USD, n),
        None => match text.split_once(' ') {
            Some((code, n)) if Currency::parse(code).is_some() => {
                (Currency::parse(code).unwrap_or(Currency::USD), n)
            }
            _ => return Err(no_currency(text)),
        },
    };
    number::plain(n)?;
    Money::parse(currency, n).ok_or_else(|| {
        Flaw::bounds(
            "has more than six places, or is more than can be counted",
            "Write a shorter number.",
        )
    })
}

/// Money without a sign that is known, or with its code behind it.
fn no_currency(text: &str) -> Flaw {
    const SIGNS: [(char, &str); 3] = [('€', "EUR"), ('£', "GBP"), ('¥', "JPY")];
    if number::plain(text).is_ok() {
        return Flaw::form(
            "has no currency",
            format!("Write `${text}`, or a code such as `EUR {text}`."),
        );
    }
    let sign = SIGNS.iter().find(|(sign, _)| text.contains(*sign));
    if let Some((sign, code)) = sign {
        let n = text.replace(*sign, "");
        return Flaw::form(
            "is not written with a currency code",
            format!("Write `{code} {}`.", n.trim()),
        );
    }
    match text.rsplit_once(' ') {
        Some((n, code)) if number::plain(n).is_ok() && Currency::parse(code).is_some() => {
            Flaw::form("has its currency behind the number", format!("Write `{code} {n}`."))
        }
        _ => Flaw::not(&MONEY.form),
    }
}

fn length(text: &str) -> Result<Length, Flaw> {
    let Some((n, unit)) = text.split_once(' ') else {
        return Err(if number::plain(text).is_ok() {
            Flaw::form("has no unit", format!("Write it like `{text} days`."))
        } else {
            Flaw::not(&LENGTH.form)
        });
    };
    let count = number::whole(n, 1, u64::from(u32::MAX))?;
    let Some(length) = Length::parse(text) else {
        let units = TimeUnit::ALL.map(TimeUnit::word);
        let fix = match closest(unit.trim_end_matches('s'), units) {
            Some(near) => {
                format!("Did you mean `{count} {near}{}`?", if count == 1 { "" } else { "s" })
            }
            None => format!("The units are {}.", listed(units)),
        };
        return Err(Flaw::form(format!("is not a length of time: `{unit}` is not a unit"), fix));
    };
    if length.roughly_seconds() > Length::new(100, TimeUnit::Year).roughly_seconds() {
        return Err(Flaw::bounds("is longer than a hundred years", "Write a shorter time."));
    }
    Ok(length)
}

fn expiry(text: &str) -> Result<Expiry, Flaw> {
    if text == "forever" { Ok(Expiry::Never) } else { length(text).map(Expiry::After) }
}

/// `a month`, the rest of a literal of this form.
fn per(text: &str, form: &Form) -> Result<Per, Flaw> {
    let unit = text.strip_prefix("a ").ok_or_else(|| Flaw::not(form))?;
    Per::parse(unit).ok_or_else(|| {
        let says = format!("is not per period: `{unit}` is not a period");
        Flaw::form(says, format!("The periods are {}.", listed(Per::ALL.map(Per::word))))
    })
}

/// What stands before ` a month`, and the period.
fn split_per<'t>(text: &'t str, form: &Form) -> Result<(&'t str, Per), Flaw> {
    let (head, unit) = text.rsplit_once(" a ").ok_or_else(|| Flaw::not(form))?;
    let at = head.len().saturating_add(1);
    Ok((head, per(text.get(at..).unwrap_or(unit), form)?))
}

fn allowance(text: &str) -> Result<Allowance, Flaw> {
    let (n, per) = split_per(text, &ALLOWANCE.form)?;
    Ok(Allowance { units: number::whole(n, 1, MOST_COUNTED)?, per })
}

fn spend_cap(text: &str) -> Result<SpendCap, Flaw> {
    let (head, per) = split_per(text, &SPEND_CAP.form)?;
    Ok(SpendCap { credits: credits(head)?, per })
}

fn plan_price(text: &str) -> Result<Option<PlanPrice>, Flaw> {
    if text == "free" {
        return Ok(None);
    }
    let (head, per) = split_per(text, &PLAN_PRICE.form)?;
    let money = money_before(head, per)?;
    if !money.is_positive() {
        return Err(Flaw::bounds("is no price", "Write `free`."));
    }
    Ok(Some(PlanPrice { money, per }))
}

fn money_per(text: &str) -> Result<(Money, Per), Flaw> {
    let (head, per) = split_per(text, &MONEY_PER.form)?;
    Ok((money_before(head, per)?, per))
}

/// A sum that stands before ` a month`.
fn money_before(head: &str, per: Per) -> Result<Money, Flaw> {
    money(head).map_err(|flaw| flaw.followed_by(&format!(" a {}", per.word())))
}

fn percent(text: &str) -> Result<Percent, Flaw> {
    let Some(n) = text.strip_suffix('%') else {
        return Err(if number::plain(text).is_ok() {
            Flaw::form("has no unit", format!("Write `{text}%`."))
        } else {
            Flaw::not(&PERCENT.form)
        });
    };
    if n.ends_with(' ') {
        let says = "has a space before its sign";
        return Err(Flaw::form(says, format!("Write `{}%`.", n.trim_end())));
    }
    number::plain(n)?;
    let millionths = crate::decimal::parse_scaled(n, 4)
        .map_err(|_| Flaw::bounds("has more than four places", "Round it to four places."))?;
    match u32::try_from(millionths) {
        Ok(n) if n <= Percent::WHOLE.millionths() => Ok(Percent(n)),
        _ => Err(Flaw::bounds("is more than the whole", "100% is the most.")),
    }
}

fn percent_of_price(text: &str) -> Result<Percent, Flaw> {
    percent(text.strip_suffix(" of price").ok_or_else(|| Flaw::not(&PERCENT_OF_PRICE.form))?)
}

fn times(text: &str) -> Result<u32, Flaw> {
    let n = match text.split_once(' ') {
        Some((n, "time" | "times")) => n,
        None if number::plain(text).is_ok() => {
            return Err(Flaw::form("has no unit", format!("Write `{text} times`.")));
        }
        _ => return Err(Flaw::not(&TIMES.form)),
    };
    number::whole(n, 1, 1_000).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
}

fn service_use(text: &str) -> Result<ServiceUse, Flaw> {
    let (typical, worst) = text.split_once(" to ").unwrap_or((text, text));
    let typical = number::whole(typical, 0, MOST_COUNTED)?;
    let worst = number::whole(worst, 0, MOST_COUNTED)?;
    if worst < typical {
        let fix = format!("Write `{worst} to {typical}`.");
        return Err(Flaw::bounds("runs from more to fewer", fix));
    }
    Ok(ServiceUse { typical, worst })
}

fn surge(text: &str) -> Result<(Money, Per), Flaw> {
    let rest = text.strip_prefix("supplier cost over ");
    money_per(rest.ok_or_else(|| Flaw::not(&SURGE.form))?)
}

fn date(text: &str) -> Result<Date, Flaw> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = if plain { text.parse().ok() } else { None };
    date.ok_or_else(|| Flaw::form("is not a day of the calendar", "Write it like `2026-11-01`."))
}

fn currency(text: &str) -> Result<Currency, Flaw> {
    Currency::parse(text).ok_or_else(|| match Currency::parse(&text.to_uppercase()) {
        Some(code) => Flaw::form("is not in capitals", format!("Write `{code}`.")),
        None => Flaw::not(&CURRENCY.form),
    })
}

fn zone(text: &str) -> Result<Zone, Flaw> {
    Zone::named(text).ok_or_else(|| {
        let near = Zone::names().find(|name| name.rsplit('/').next() == Some(text));
        match near {
            Some(near) => Flaw::form("lacks its region", format!("Write `{near}`.")),
            None => Flaw::not(&ZONE.form),
        }
    })
}

fn link(text: &str) -> Result<String, Flaw> {
    let within = text.starts_with('/') && !text.starts_with("//");
    let outside = text.strip_prefix("https://").or_else(|| text.strip_prefix("mailto:"));
    let whole = !text.contains(char::is_whitespace);
    if whole && (within || outside.is_some_and(|rest| !rest.is_empty())) {
        return Ok(text.to_owned());
    }
    Err(Flaw::not(&LINK.form))
}

#[cfg(test)]
mod tests;
