//! What a step expects: `charged 6, rule share, balance 114`.

use crate::scenario::expect::{Expect, Expectation, Wanted};
use crate::scenario::keys::{KEYS, Key, Kind};
use crate::scenario::lists::{List, One};
use crate::scenario::moment::{Moment, written};
use crate::scenario::scan::{Read, Scan};
use probity_core::contract::Outcome;
use probity_core::decide::{Code, Problem};
use probity_core::terms::PublishError;
use probity_core::{Amount, Zone};

/// Words that begin an expectation and are no keys.
const FORMS: &[&str] = &[
    "ok",
    "denied",
    "refused",
    "not",
    "drawn",
    "ways",
    "choices",
    "changes",
    "way",
    "alerts",
    "alert",
    "grants",
    "grant",
    "allowance",
    "cap",
    "enough_for",
    "if",
    "would",
    "item",
    "models",
    "writes",
    "moves",
    "shadow",
];

/// Reads a line of expectations separated by commas.
pub(super) fn read(text: &str, offset: usize, line: usize) -> Read<Vec<Expectation>> {
    let mut scan = Scan::of(text, offset)?;
    let mut out = Vec::new();
    while !scan.is_done() {
        let from = scan.here().start - offset;
        let what = one(&mut scan)?;
        let until = scan.behind().end - offset;
        let text = text.get(from..until).unwrap_or_default().to_owned();
        out.push(Expectation { line, text, what });
        if !scan.is_done() {
            scan.need(",")?;
        }
    }
    Ok(out)
}

fn one(scan: &mut Scan<'_>) -> Read<Expect> {
    let Some(word) = scan.peek() else { return Err(unknown(scan)) };
    if let Some(key) = KEYS.iter().find(|key| key.word == word) {
        let _ = scan.any("a key")?;
        return value(scan, key);
    }
    if !FORMS.contains(&word) {
        return Err(unknown(scan));
    }
    let _ = scan.any("an expectation")?;
    match word {
        "ok" => Ok(Expect::Ok),
        "denied" => denied(scan),
        "refused" => refused(scan),
        "not" => not(scan),
        "if" => if_ends(scan),
        "would" => would(scan),
        "item" => item(scan),
        "way" => way(scan).map(Expect::One),
        "alert" => alert(scan).map(Expect::One),
        "grant" => grant(scan).map(Expect::One),
        "allowance" => allowance(scan).map(Expect::One),
        "cap" => cap(scan),
        "enough_for" => enough_for(scan).map(Expect::One),
        _ => list(scan, word),
    }
}

fn unknown(scan: &Scan<'_>) -> crate::scenario::fault::Wrong {
    let known = KEYS.iter().map(|key| key.word).chain(FORMS.iter().copied());
    scan.unknown("something that can be expected", known)
}

fn value(scan: &mut Scan<'_>, key: &'static Key) -> Read<Expect> {
    if key.kind == Kind::Flag {
        return Ok(Expect::Is(key, Some(Wanted::Flag(true))));
    }
    if scan.take("none") {
        return Ok(Expect::Is(key, None));
    }
    let wanted = match key.kind {
        Kind::Credits => Wanted::Credits(scan.credits()?),
        Kind::Number => Wanted::Number(scan.number()?),
        Kind::Time => Wanted::Time(scan.moment()?),
        Kind::Text => Wanted::Text(scan.quoted("what it says")?.to_owned()),
        Kind::Word | Kind::Flag => Wanted::Word(scan.any("a word")?.to_owned()),
    };
    Ok(Expect::Is(key, Some(wanted)))
}

fn not(scan: &mut Scan<'_>) -> Read<Expect> {
    let flags: Vec<(&str, &'static Key)> =
        KEYS.iter().filter(|k| k.kind == Kind::Flag).map(|k| (k.word, k)).collect();
    let key = scan.one_of("something that is so or not", &flags)?;
    Ok(Expect::Is(key, Some(Wanted::Flag(false))))
}

fn denied(scan: &mut Scan<'_>) -> Read<Expect> {
    let codes = Code::ALL.map(|code| (code.word(), code.word()));
    scan.one_of("a reason to deny a run", &codes).map(Expect::Denied)
}

fn refused(scan: &mut Scan<'_>) -> Read<Expect> {
    let words = Problem::WORDS.iter().chain(&PublishError::WORDS);
    let words: Vec<(&str, &'static str)> = words.map(|word| (*word, *word)).collect();
    let word = scan.one_of("a reason to refuse a command", &words)?;
    let field = if scan.is_done() || scan.peek() == Some(",") {
        None
    } else {
        Some(scan.any("a field")?.to_owned())
    };
    Ok(Expect::Refused(word, field))
}

/// `if empty 3`, `if partial depends`.
fn if_ends(scan: &mut Scan<'_>) -> Read<Expect> {
    let outcomes = Outcome::ALL.map(|outcome| (outcome.word(), outcome.word()));
    let outcome = scan.one_of("a way to end", &outcomes)?;
    let amount = if scan.take("depends") { None } else { Some(scan.credits()?) };
    Ok(Expect::If(outcome, amount))
}

/// `would charged 5`, `would denied not_enough_credits`, `would none`.
fn would(scan: &mut Scan<'_>) -> Read<Expect> {
    if scan.take("none") {
        return Ok(Expect::Absent("/would"));
    }
    Ok(Expect::Within("/would".to_owned(), Box::new(one(scan)?)))
}

/// `item 2 denied in_progress`.
fn item(scan: &mut Scan<'_>) -> Read<Expect> {
    let number = scan.number()?;
    let at = format!("/items/{}", number.saturating_sub(1));
    Ok(Expect::Within(at, Box::new(one(scan)?)))
}

const LISTS: &[(&str, List)] = &[
    ("drawn", List::Drawn),
    ("ways", List::Ways),
    ("choices", List::Choices),
    ("changes", List::Changes),
    ("alerts", List::Alerts),
    ("grants", List::Grants),
    ("models", List::Models),
    ("writes", List::Writes),
    ("moves", List::Moves),
];

fn list(scan: &mut Scan<'_>, word: &str) -> Read<Expect> {
    if word == "shadow" {
        scan.need("moves")?;
        return Ok(Expect::List(List::ShadowMoves, moves(scan)?));
    }
    let list = LISTS.iter().find(|(known, _)| *known == word).map_or(List::Ways, |(_, l)| *l);
    let items = match list {
        _ if scan.take("nothing") => Vec::new(),
        List::Drawn | List::Grants => kinds(scan)?,
        List::Moves | List::ShadowMoves => moves(scan)?,
        List::Ways | List::Choices | List::Changes | List::Alerts | List::Models | List::Writes => {
            words(scan)?
        }
    };
    Ok(Expect::List(list, items))
}

/// `plan 20 then bought 5`.
fn kinds(scan: &mut Scan<'_>) -> Read<Vec<String>> {
    let mut items = Vec::new();
    loop {
        let kind = scan.any("a kind of credits")?;
        items.push(format!("{kind} {}", scan.credits()?));
        if !scan.take("then") {
            return Ok(items);
        }
    }
}

fn words(scan: &mut Scan<'_>) -> Read<Vec<String>> {
    let mut items = vec![scan.any("at least one word, or `nothing`")?.to_owned()];
    while let Some(word) = scan.peek().filter(|word| *word != ",") {
        items.push(word.to_owned());
        let _ = scan.any("a word")?;
    }
    Ok(items)
}

/// `6 from held/run to earned/tailor_document then 4 from held/run to available/plan`.
fn moves(scan: &mut Scan<'_>) -> Read<Vec<String>> {
    let mut items = Vec::new();
    loop {
        let amount = scan.credits()?;
        scan.need("from")?;
        let from = scan.any("an account")?;
        scan.need("to")?;
        items.push(format!("{amount} from {from} to {}", scan.any("an account")?));
        if !scan.take("then") {
            return Ok(items);
        }
    }
}

/// A time as it reads, whatever the contract's zone: as written.
fn as_written(moment: Moment) -> String {
    written(moment.at(&Zone::UTC), &Zone::UTC)
}

/// How a trait of an item is written.
#[derive(Clone, Copy)]
enum As {
    Word,
    Text,
    Credits,
    Time,
}

/// `way top_up credits 50 money $5`, `way wait until 2026-12-23`, `way switch_plan to byok`.
fn way(scan: &mut Scan<'_>) -> Read<One> {
    const TRAITS: &[(&str, As)] = &[
        ("to", As::Word),
        ("credits", As::Credits),
        ("money", As::Word),
        ("until", As::Time),
        ("from", As::Time),
        ("then", As::Text),
        ("needs", As::Word),
        ("asks", As::Word),
        ("plan_price", As::Text),
        ("price_there", As::Credits),
        ("also", As::Text),
        ("href", As::Word),
        ("words", As::Text),
    ];
    let first = ("do", scan.any("a way forward")?.to_owned());
    let traits = traits(scan, first, TRAITS)?;
    let at = &["/ways_forward", "/denial/ways_forward", "/changing/choices"];
    Ok(One { of: "way", at, traits })
}

/// `alert used at 50%`, `alert expires at "30 days" amount 120 on 2027-01-23`.
fn alert(scan: &mut Scan<'_>) -> Read<One> {
    const TRAITS: &[(&str, As)] =
        &[("at", As::Text), ("on", As::Time), ("amount", As::Credits), ("words", As::Text)];
    let first = ("alert", scan.any("an alert")?.to_owned());
    Ok(One { of: "alert", at: &["/alerts"], traits: traits(scan, first, TRAITS)? })
}

fn traits(
    scan: &mut Scan<'_>,
    first: (&'static str, String),
    known: &'static [(&'static str, As)],
) -> Read<Vec<(&'static str, String)>> {
    let mut traits = vec![first];
    while let Some((word, kind)) =
        scan.peek().and_then(|word| known.iter().find(|(known, _)| *known == word))
    {
        let _ = scan.any("a trait")?;
        let value = match kind {
            _ if scan.take("none") => "none".to_owned(),
            As::Word => scan.any("a word")?.to_owned(),
            As::Text => scan.quoted("what it says")?.to_owned(),
            As::Credits => scan.credits()?.to_string(),
            As::Time => as_written(scan.moment()?),
        };
        traits.push((*word, value));
    }
    Ok(traits)
}

/// `grant plan 114 of 120 until 2027-01-23`, `grant bought 50 forever`.
fn grant(scan: &mut Scan<'_>) -> Read<One> {
    let kind = scan.any("a kind of credits")?.to_owned();
    let mut traits = vec![("kind", kind), ("available", scan.credits()?.to_string())];
    loop {
        if scan.take("of") {
            traits.push(("amount", scan.credits()?.to_string()));
        } else if scan.take("held") {
            traits.push(("held", scan.credits()?.to_string()));
        } else if scan.take("until") {
            traits.push(("expires", as_written(scan.moment()?)));
        } else if scan.take("forever") {
            traits.push(("expires", "none".to_owned()));
        } else {
            return Ok(One { of: "grant", at: &["/grants"], traits });
        }
    }
}

/// `allowance search_roles 3 of 800 until 2026-12-23`.
fn allowance(scan: &mut Scan<'_>) -> Read<One> {
    let mut traits = vec![("name", scan.any("an action")?.to_owned())];
    traits.push(("used", scan.number()?.to_string()));
    scan.need("of")?;
    traits.push(("units", scan.number()?.to_string()));
    if scan.take("until") {
        traits.push(("resets_at", as_written(scan.moment()?)));
    }
    Ok(One { of: "allowance", at: &["/allowances"], traits })
}

/// `cap month 200`, `cap month none`, `cap m1 50`; used of the month's: `cap used 10`.
fn cap(scan: &mut Scan<'_>) -> Read<Expect> {
    const MONTH: &Key = &Key { word: "month", at: &["/caps/month"], kind: Kind::Credits };
    const USED: &Key = &Key { word: "used", at: &["/caps/used"], kind: Kind::Credits };
    let whose = scan.any("`month`, `used` or a member's id")?;
    match whose {
        "month" => value(scan, MONTH),
        "used" => value(scan, USED),
        member => {
            let cap: Amount = scan.credits()?;
            let traits = vec![("name", member.to_owned()), ("value", cap.to_string())];
            Ok(Expect::One(One { of: "cap", at: &["/caps/members"], traits }))
        }
    }
}

/// `enough_for tailor_document 24`.
fn enough_for(scan: &mut Scan<'_>) -> Read<One> {
    let action = scan.any("an action")?.to_owned();
    let traits = vec![("name", action), ("value", scan.number()?.to_string())];
    Ok(One { of: "enough_for", at: &["/enough_for"], traits })
}
