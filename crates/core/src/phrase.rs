//! Small pieces of English: credits, money, counts, lists, dates.
//!
//! The one place where numbers become words for people. It must not know prices or rules; it is
//! handed amounts and gives their wording.

use crate::amount::Amount;
use crate::contract::Contract;
use crate::money::Money;
use jiff::civil::Date;
use std::borrow::Cow;

/// `6 credits`, `1 credit`, `0.5 credits`.
///
/// ```
/// use probity_core::{Amount, phrase};
/// assert_eq!(phrase::credits(Amount::credits(1)), "1 credit");
/// assert_eq!(phrase::credits(Amount::parse("0.5").unwrap()), "0.5 credits");
/// ```
#[must_use]
pub fn credits(amount: Amount) -> String {
    let s = if amount == Amount::credits(1) { "" } else { "s" };
    format!("{amount} credit{s}")
}

/// `6 credits ($0.60)`; without a list price only `6 credits`; nothing is `nothing`.
#[must_use]
pub fn price(contract: &Contract, amount: Amount) -> String {
    if amount.is_zero() {
        return String::from("nothing");
    }
    match contract.money(amount) {
        Some(money) => format!("{} ({money})", credits(amount)),
        None => credits(amount),
    }
}

/// Money as people write round sums: `$9`, not `$9.00`.
#[must_use]
pub fn money(sum: Money) -> String {
    let text = sum.to_string();
    text.strip_suffix(".00").map(String::from).unwrap_or(text)
}

/// `5 tailored documents`, `1 tailored document`.
#[must_use]
pub fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {}", plural(noun)) }
}

/// More than one of it: `processed pages`, `summaries`, `pages of text`, `pages reviewed`.
///
/// ```
/// use probity_core::phrase::plural;
/// assert_eq!(plural("email lookup"), "email lookups");
/// assert_eq!(plural("summary"), "summaries");
/// assert_eq!(plural("essay"), "essays");
/// assert_eq!(plural("image series"), "image series");
/// assert_eq!(plural("page of text"), "pages of text");
/// assert_eq!(plural("page reviewed"), "pages reviewed");
/// assert_eq!(plural("page read in"), "pages read in");
/// ```
#[must_use]
pub fn plural(noun: &str) -> String {
    for inner in [" of ", " for ", " from ", " with "] {
        if let Some((head, tail)) = noun.split_once(inner) {
            return format!("{}{inner}{tail}", plural(head));
        }
    }
    // `page reviewed`, `page read in`: what is counted comes first.
    match (noun.split_once(' '), noun.rsplit_once(' ')) {
        (Some((first, rest)), Some((_, last))) if is_done_to_it(last) => {
            format!("{} {rest}", plural(first))
        }
        _ => plural_word(noun),
    }
}

fn is_done_to_it(word: &str) -> bool {
    let participle = word.ends_with("ed") && !word.ends_with("eed");
    participle || ["in", "out", "up", "on", "off"].contains(&word)
}

fn plural_word(noun: &str) -> String {
    if ["series", "species"].iter().any(|same| noun.ends_with(same)) {
        return noun.to_owned();
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// What is counted, as it stands after one, and after several.
const NOUNS: [(&str, &str); 1] = [(" time", " times")];

/// The verb after one, and after several.
const VERBS: [(&str, &str); 4] =
    [(" is", " are"), (" was", " were"), (" has", " have"), (" more is", " more are")];

/// What stands before a sentence, a clause or a bracket.
const BEFORE_A_SUBJECT: [&str; 8] = [". ", "! ", "? ", ", so ", ": ", "; ", " · ", "("];

/// Does what follows this text begin its sentence, clause or bracket?
///
/// ```
/// use probity_core::phrase::is_before_a_subject;
/// assert!(is_before_a_subject("It had begun to arrive, so "));
/// assert!(!is_before_a_subject("Your limit of "));
/// ```
#[must_use]
pub fn is_before_a_subject(text: &str) -> bool {
    text.trim().is_empty() || BEFORE_A_SUBJECT.iter().any(|end| text.ends_with(end))
}

/// What follows a count of credits, or a bare number, in its number: ` are back` after `4 credits`,
/// where ` is back` is written. Its verb only where the count is the `subject`.
///
/// ```
/// use probity_core::phrase::agreeing;
/// assert_eq!(agreeing("4 credits", true, " is back"), " are back");
/// assert_eq!(agreeing("1 credit", true, " is back"), " is back");
/// assert_eq!(agreeing("1", true, " are running"), " is running");
/// assert_eq!(agreeing("400 credits", false, " is reached"), " is reached");
/// assert_eq!(agreeing("1", false, " times"), " time");
/// assert_eq!(agreeing("Pictures", true, " is free"), " is free");
/// ```
#[must_use]
pub fn agreeing<'t>(count: &str, subject: bool, text: &'t str) -> Cow<'t, str> {
    let (number, noun) = count.split_once(' ').unwrap_or((count, "credits"));
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !is_number || !noun.starts_with("credit") {
        return Cow::Borrowed(text);
    }
    let verbs = VERBS.iter().filter(|_| subject);
    let changed = NOUNS.iter().chain(verbs).find_map(|(one, many)| {
        let (from, to) = if number == "1" { (many, one) } else { (one, many) };
        let rest = text.strip_prefix(from).filter(|rest| !rest.starts_with(char::is_alphabetic));
        rest.map(|rest| format!("{to}{rest}"))
    });
    changed.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// `an enriched map`, `a market map`.
#[must_use]
pub fn a(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u']);
    let spoken_as_consonant = ["uni", "use", "usa", "eu", "one"];
    let consonant = spoken_as_consonant.iter().any(|start| lower.starts_with(start));
    let silent_h = ["hour", "honest", "heir"].iter().any(|start| lower.starts_with(start));
    let article = if (vowel && !consonant) || silent_h { "an" } else { "a" };
    format!("{article} {noun}")
}

/// `one`, `one and two`, `one, two and three`; nothing for no items.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S], last: &str) -> String {
    let texts: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match texts.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}

/// A plan named in a sentence: `plan Pro`; one that says itself what it is alone: `Pro plan`.
///
/// ```
/// assert_eq!(probity_core::phrase::plan("Pro"), "plan Pro");
/// assert_eq!(probity_core::phrase::plan("Team Plan"), "Team Plan");
/// ```
#[must_use]
pub fn plan(title: &str) -> String {
    let is_said = title.split_whitespace().any(|word| word.eq_ignore_ascii_case("plan"));
    if is_said { title.to_owned() } else { format!("plan {title}") }
}

/// `1 November 2026`.
///
/// ```
/// assert_eq!(probity_core::phrase::date(jiff::civil::date(2026, 11, 1)), "1 November 2026");
/// ```
#[must_use]
pub fn date(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day.month()), day.year())
}

const fn month(number: i8) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// With a capital letter at its start: `nothing is found` → `Nothing is found`.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| {
        let mut out: String = first.to_uppercase().collect();
        out.push_str(rest.as_str());
        out
    })
}

/// With a full stop at its end, unless it ends a sentence already.
#[must_use]
pub fn stop(text: &str) -> String {
    let text = text.trim_end();
    let ended = text.is_empty() || text.ends_with(['.', '!', '?', '…']);
    if ended { text.to_owned() } else { format!("{text}.") }
}
