//! Runs: how one is asked for, how it ends, and what can be done with it afterwards.

use crate::scenario::scan::{Read, Scan};
use crate::scenario::step::{Asked, OfRun, QuoteName};
use probity_core::Name;
use probity_core::command::{Again, Attempt, Purpose, Report, Today};
use probity_core::contract::Outcome;

/// What a clause of a request is about.
#[derive(Clone, Copy)]
enum Clause {
    Model,
    Quote,
    MaxPrice,
    Confirmed,
    Again,
    OwnKey,
    Purpose,
    Member,
    HoldFor,
    Input,
    Inputs,
    Now,
    Metadata,
}

const CLAUSES: &[(&str, Clause)] = &[
    ("model", Clause::Model),
    ("quote", Clause::Quote),
    ("max_price", Clause::MaxPrice),
    ("confirmed", Clause::Confirmed),
    ("again", Clause::Again),
    ("own_key", Clause::OwnKey),
    ("purpose", Clause::Purpose),
    ("member", Clause::Member),
    ("hold_for", Clause::HoldFor),
    ("input", Clause::Input),
    ("inputs", Clause::Inputs),
    ("now", Clause::Now),
    ("metadata", Clause::Metadata),
];

/// `ACTION for ARTIFACT with CLAUSE and CLAUSE ending OUTCOME …`.
pub(super) fn asked(scan: &mut Scan<'_>) -> Read<Asked> {
    let mut asked = Asked::default();
    asked.request.action = Name::new(scan.any("an action")?);
    if scan.take("for") {
        asked.request.artifact = Some(Name::new(scan.any("what it is for")?));
    }
    while scan.take("with") || scan.take("and") {
        clause(scan, &mut asked)?;
    }
    if scan.take("ending") {
        asked.request.report = Some(Box::new(report(scan)?));
    }
    Ok(asked)
}

fn clause(scan: &mut Scan<'_>, asked: &mut Asked) -> Read<()> {
    let request = &mut asked.request;
    if scan.is_number() {
        let quantity = scan.number()?;
        scan.one_of("what a run has a number of", &[("units", ()), ("unit", ())])?;
        request.quantity = Some(quantity);
        return Ok(());
    }
    match scan.one_of("something a run is asked with (or `12 units`)", CLAUSES)? {
        Clause::Model => request.model = Some(Name::new(scan.any("a model")?)),
        Clause::Quote => asked.quote = Some(named_quote(scan)?),
        Clause::MaxPrice => request.max_price = Some(scan.credits()?),
        Clause::Confirmed => request.confirmed = true,
        Clause::Again => {
            let list = [("redo", Again::Redo), ("fresh", Again::Fresh)];
            request.again = Some(scan.one_of("a way to run again", &list)?);
        }
        Clause::OwnKey => request.own_key = true,
        Clause::Purpose => {
            let list = [("production", Purpose::Production), ("experiment", Purpose::Experiment)];
            request.purpose = scan.one_of("a purpose", &list)?;
        }
        Clause::Member => request.member = Some(Name::new(scan.any("a member's id")?)),
        Clause::HoldFor => request.hold_for = Some(scan.length()?),
        Clause::Input => named_value(scan, "an input", &mut request.inputs)?,
        Clause::Inputs => asked.inputs = true,
        Clause::Now => request.today = Some(today(scan)?),
        Clause::Metadata => named_value(scan, "a key of the metadata", &mut request.metadata)?,
    }
    Ok(())
}

/// `NAME "VALUE"`.
fn named_value(
    scan: &mut Scan<'_>,
    what: &str,
    into: &mut std::collections::BTreeMap<String, String>,
) -> Read<()> {
    let name = scan.any(what)?.to_owned();
    let value = scan.quoted("its value")?.to_owned();
    into.insert(name, value);
    Ok(())
}

/// What today's billing did: `charged 3`, `refused`.
fn today(scan: &mut Scan<'_>) -> Read<Today> {
    if scan.take("refused") {
        return Ok(Today { charged: None, allowed: Some(false) });
    }
    scan.need("charged")?;
    Ok(Today { charged: Some(scan.credits()?), allowed: Some(true) })
}

/// Words that go on after a quote without a name.
const AFTER_QUOTE: &[&str] = &["and", "with", "ending", "called", "as", "+"];

fn named_quote(scan: &mut Scan<'_>) -> Read<QuoteName> {
    match scan.peek() {
        Some(word) if !AFTER_QUOTE.contains(&word) => {
            Ok(QuoteName::Called(scan.any("a quote")?.to_owned()))
        }
        _ => Ok(QuoteName::Last),
    }
}

/// `the quote`, `quote q1`, `an altered quote`.
pub(super) fn quote_name(scan: &mut Scan<'_>) -> Read<QuoteName> {
    if scan.take_all(&["the", "quote"]) {
        return Ok(QuoteName::Last);
    }
    if scan.take_all(&["an", "altered", "quote"]) {
        return Ok(QuoteName::Altered);
    }
    scan.need("quote")?;
    Ok(QuoteName::Called(scan.any("what the quote is called")?.to_owned()))
}

/// What can be done with a run.
pub(super) fn of_run(scan: &mut Scan<'_>) -> Read<OfRun> {
    #[derive(Clone, Copy)]
    enum Verb {
        Has,
        Ends,
        Is,
        Reports,
    }
    let verb = scan.one_of(
        "something a run does",
        &[("ends", Verb::Ends), ("is", Verb::Is), ("has", Verb::Has), ("reports", Verb::Reports)],
    )?;
    match verb {
        Verb::Has => Ok(OfRun::Read),
        Verb::Ends => Ok(OfRun::Ends(report(scan)?)),
        Verb::Is => is_done(scan),
        Verb::Reports => {
            let mut report = Report::of(Outcome::Delivered);
            loop {
                detail(scan, &mut report)?;
                if !scan.take("and") {
                    return Ok(OfRun::Reports(report.attempts));
                }
            }
        }
    }
}

/// `it is released`, `it is extended by 20 minutes`, `it is refunded 4 because "sorry"`,
/// `it is corrected to failed`.
fn is_done(scan: &mut Scan<'_>) -> Read<OfRun> {
    #[derive(Clone, Copy)]
    enum Done {
        Released,
        Extended,
        Refunded,
        Corrected,
    }
    let done = scan.one_of(
        "something done with a run",
        &[
            ("released", Done::Released),
            ("extended", Done::Extended),
            ("refunded", Done::Refunded),
            ("corrected", Done::Corrected),
        ],
    )?;
    match done {
        Done::Released => Ok(OfRun::Released),
        Done::Extended => {
            scan.need("by")?;
            Ok(OfRun::Extended(scan.length()?))
        }
        Done::Refunded => {
            let has_amount = scan.peek().is_some_and(|w| w != "because" && w != "as");
            let amount = if has_amount { Some(scan.credits()?) } else { None };
            Ok(OfRun::Refunded(amount, because(scan)?))
        }
        Done::Corrected => {
            scan.need("to")?;
            Ok(OfRun::Corrected(report(scan)?))
        }
    }
}

/// `because "TEXT"`, where it stands.
pub(super) fn because(scan: &mut Scan<'_>) -> Read<Option<String>> {
    if !scan.take("because") {
        return Ok(None);
    }
    scan.quoted("the reason").map(|reason| Some(reason.to_owned()))
}

/// `OUTCOME with 5 parts and reason "…" and attempt …`.
pub(super) fn report(scan: &mut Scan<'_>) -> Read<Report> {
    let outcomes = Outcome::ALL.map(|outcome| (outcome.word(), outcome));
    let mut report = Report::of(scan.one_of("a way to end", &outcomes)?);
    while scan.take("with") || scan.take("and") {
        detail(scan, &mut report)?;
    }
    if let Some(reason) = because(scan)? {
        report.reason = Some(reason);
    }
    Ok(report)
}

fn detail(scan: &mut Scan<'_>, report: &mut Report) -> Read<()> {
    #[derive(Clone, Copy)]
    enum Detail {
        Attempt,
        Service,
        Now,
    }
    if scan.is_number() {
        let number = scan.number()?;
        let list = [("parts", true), ("part", true), ("units", false), ("unit", false)];
        if scan.one_of("what arrives in numbers", &list)? {
            report.parts = Some(u32::try_from(number).unwrap_or(u32::MAX));
        } else {
            report.quantity = Some(number);
        }
        return Ok(());
    }
    let list = [("attempt", Detail::Attempt), ("service", Detail::Service), ("now", Detail::Now)];
    match scan.one_of("something a report says (or `5 parts`, `7 units`)", &list)? {
        Detail::Attempt => report.attempts.push(attempt(scan)?),
        Detail::Service => report.attempts.push(service(scan)?),
        Detail::Now => report.today = Some(today(scan)?),
    }
    Ok(())
}

/// `gpt-4.1 in 20000 out 3000 cache_read 100 on own_key`.
fn attempt(scan: &mut Scan<'_>) -> Read<Attempt> {
    let mut attempt =
        Attempt { model: Some(Name::new(scan.any("a model")?)), ..Attempt::default() };
    loop {
        let usage = &mut attempt.usage;
        let tokens = match scan.peek() {
            Some("in") => &mut usage.input,
            Some("out") => &mut usage.output,
            Some("cache_read") => &mut usage.cache_read,
            Some("cache_write") => &mut usage.cache_write,
            Some("reasoning") => &mut usage.reasoning,
            _ => break,
        };
        let _ = scan.any("a kind of tokens")?;
        *tokens = Some(scan.number()?);
    }
    attempt.own_key = scan.take_all(&["on", "own_key"]);
    Ok(attempt)
}

/// `company_data 5`.
fn service(scan: &mut Scan<'_>) -> Read<Attempt> {
    let name = Name::new(scan.any("a service")?);
    let calls = scan.number()?;
    let own_key = scan.take_all(&["on", "own_key"]);
    Ok(Attempt { services: [(name, calls)].into(), own_key, ..Attempt::default() })
}
