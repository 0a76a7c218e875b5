//! The books in memory as a port: commands in, the public shapes out.

use super::port::{Call, Files, Port, Publication, Told};
use crate::books::{Answer, Books};
use probity_core::command::{Act, Actor, ActorKind, KeyChange, RunRequest};
use probity_core::contract::file::{self, Reading, Sources};
use probity_core::decide::{Problem, Refusal};
use probity_core::diagnostic::{Diagnostic, Severity};
use probity_core::entry::{Entry, Facts};
use probity_core::quote::Quote;
use probity_core::state::Customer;
use probity_core::sums::Sums;
use probity_core::terms::{Catalog, PublishError};
use probity_core::view::{Desk, Reader};
use probity_core::{Cost, Money, Name, Operations, RunId, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Signs the quotes of these books; nobody outside a story ever sees one.
const QUOTE_KEY: &[u8] = b"the books of one story";

/// Books in memory, empty until a contract is published.
#[derive(Debug)]
pub struct Memory {
    books: Books,
    quotes: u64,
    revisions: u32,
    /// How many entries of each customer were told already.
    told: BTreeMap<String, usize>,
}

impl Default for Memory {
    fn default() -> Self {
        let books = Books::new(Catalog::default());
        Self { books, quotes: 0, revisions: 0, told: BTreeMap::new() }
    }
}

impl Port for Memory {
    fn publish(&mut self, publication: &Publication<'_>, worse: bool, now: Time) -> Told {
        let Reading { contract, operations, .. } = publication.reading;
        let Some(contract) =
            contract.clone().filter(|_| first_error(publication.reading).is_none())
        else {
            return refused_files(publication.reading);
        };
        let operations = operations.clone().unwrap_or_else(|| Operations::none(&contract.name));
        let operations = self.numbered(operations);
        let answer = json!({
            "contract": contract.reference(),
            "operations": operations.revision,
            "class": if worse { "adverse" } else { "neutral" },
        });
        match self.books.catalog.publish(contract, operations, worse, now) {
            Ok(()) => Told::of(answer),
            Err(error) => refused_to_publish(&error),
        }
    }

    fn publish_operations(&mut self, publication: &Publication<'_>, _now: Time) -> Told {
        let Some(operations) = publication.reading.operations.clone() else {
            return refused_files(publication.reading);
        };
        let operations = self.numbered(operations);
        let revision = operations.revision;
        match self.books.catalog.publish_operations(operations) {
            Ok(()) => Told::of(json!({ "operations": revision })),
            Err(error) => refused_to_publish(&error),
        }
    }

    fn sums(&mut self) -> &mut Sums {
        &mut self.books.sums
    }

    fn call(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told {
        self.begin_windows(now);
        self.books.catch_up(customer, now);
        let mut told = self.answer(customer, call, by, now);
        let journal = self.books.journal(customer);
        let before = self.told.insert(customer.to_owned(), journal.len()).unwrap_or(0);
        let written = journal.iter().skip(before);
        told.entries = written.map(probity_core::journal::to_json).collect();
        told
    }
}

impl Memory {
    /// Every published version is forgotten, customers are not: the next is the first again. For
    /// stories that begin in the middle, with what was spent before.
    pub(super) fn forget_versions(&mut self) {
        self.books.catalog = Catalog::default();
        self.revisions = 0;
    }

    fn numbered(&mut self, operations: Operations) -> Operations {
        self.revisions += 1;
        Operations { revision: self.revisions, ..operations }
    }

    /// Sums whose window has ended begin anew.
    fn begin_windows(&mut self, now: Time) {
        let sums = &mut self.books.sums;
        if sums.supplier_window_ends.is_some_and(|ends| ends <= now) {
            sums.supplier_cost = Cost::ZERO;
        }
        if sums.we_paid_window_ends.is_some_and(|ends| ends <= now) {
            sums.we_paid = Cost::ZERO;
        }
    }

    fn answer(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told {
        let reader = match by.kind {
            ActorKind::Customer => Reader::Customer,
            ActorKind::Product | ActorKind::Engine => Reader::Product,
        };
        match call {
            Call::Open(new) => match self.books.open(customer, &new, by, now) {
                Ok(_) => self.desk(customer, now, |desk| Ok(merged(&desk.card(), &desk.wallet()))),
                Err(refusal) => self.refused(customer, None, refusal, now),
            },
            Call::Read => self.desk(customer, now, |d| Ok(merged(&d.card(), &d.wallet()))),
            Call::Receipt(run) => self.desk(customer, now, |desk| {
                desk.receipt(run, reader)
                    .map(|r| to_json(&r))
                    .ok_or(Problem::NotFound { what: "run" })
            }),
            Call::Check(mut requests) => self.desk(customer, now, |desk| match requests.len() {
                1 => desk.check(&requests.remove(0), reader).map(|check| to_json(&check)),
                _ => desk.check_items(&requests, reader).map(|checks| to_json(&checks)),
            }),
            Call::Quote(request) => self.quote(customer, &request, reader, now),
            Call::Run(mut request, quote) => {
                match opened(quote.as_deref()) {
                    Ok(quote) => request.quote = quote,
                    Err(problem) => return problem_told(&problem),
                }
                self.act(customer, Act::StartRun(request), by, now, reader)
            }
            Call::ConfirmQuote(text) => match opened(Some(&text)) {
                Ok(Some(quote)) => self.act(customer, Act::ConfirmQuote { quote }, by, now, reader),
                Ok(None) => problem_told(&Problem::QuoteInvalid),
                Err(problem) => problem_told(&problem),
            },
            Call::Act(act) => self.act(customer, *act, by, now, reader),
        }
    }

    fn desk(
        &self,
        customer: &str,
        now: Time,
        read: impl FnOnce(&Desk<'_>) -> Result<Value, Problem>,
    ) -> Told {
        let Some(desk) = self.open_desk(customer, now) else {
            return problem_told(&Problem::NotFound { what: "customer" });
        };
        match read(&desk) {
            Ok(body) => Told::of(body),
            Err(problem) => problem_told(&problem),
        }
    }

    fn open_desk(&self, customer: &str, now: Time) -> Option<Desk<'_>> {
        let state = self.books.customer(customer)?;
        Desk::new(&self.books.catalog, &self.books.sums, state, now)
    }

    fn quote(&mut self, customer: &str, request: &RunRequest, by: Reader, now: Time) -> Told {
        self.quotes += 1;
        let id = Name::new(&format!("q{}", self.quotes));
        let Some(desk) = self.open_desk(customer, now) else {
            return problem_told(&Problem::NotFound { what: "customer" });
        };
        match desk.quote(request, by, &id, QUOTE_KEY) {
            Ok(card) => Told::of(to_json(&card)),
            Err(refusal) => self.refused(customer, Some(request), refusal, now),
        }
    }

    fn act(&mut self, customer: &str, act: Act, by: Actor, now: Time, reader: Reader) -> Told {
        match self.books.submit(customer, act.clone(), by, now) {
            Ok(answer) => self.done(customer, &act, &answer, now, reader),
            Err(refusal) => {
                let request = match &act {
                    Act::StartRun(request) => Some(request.as_ref()),
                    _ => None,
                };
                self.refused(customer, request, refusal, now)
            }
        }
    }

    fn refused(
        &self,
        customer: &str,
        request: Option<&RunRequest>,
        refusal: Refusal,
        now: Time,
    ) -> Told {
        match (refusal, self.open_desk(customer, now), request) {
            (Refusal::Denied(denial), Some(desk), Some(request)) => {
                Told::refused(to_json(&desk.denial(&denial, request)))
            }
            (Refusal::Denied(denial), ..) => Told::refused(json!({ "code": denial.code.word() })),
            (Refusal::Problem(problem), ..) => problem_told(&problem),
        }
    }

    /// The answer to a command that was applied, with the wallet after it.
    fn done(&self, customer: &str, act: &Act, answer: &Answer, now: Time, reader: Reader) -> Told {
        self.desk(customer, now, |desk| {
            let state = self.books.customer(customer);
            let mut body = match (act, answer.run) {
                (Act::StartRun(request), Some(run)) if request.report.is_none() => {
                    desk.run_card(run, reader).map(|card| to_json(&card)).unwrap_or_default()
                }
                (_, Some(run)) => of_run(desk, act, run, state, reader),
                (_, None) => of_customer(desk, act, answer, state),
            };
            let wallet = to_json(&desk.wallet());
            if let (Value::Object(body), false) = (&mut body, brings_wallet(act)) {
                let line = ["balance", "held", "available", "owed", "credit_line"];
                let line = line.into_iter().filter_map(|key| Some((key, wallet.get(key)?)));
                let line = line.map(|(key, amount)| (key.to_owned(), amount.clone()));
                body.insert("wallet".to_owned(), Value::Object(line.collect()));
            }
            Ok(body)
        })
    }
}

/// Does the answer to this command carry the wallet already?
const fn brings_wallet(act: &Act) -> bool {
    matches!(act, Act::StartRun(_) | Act::Settle { .. } | Act::Release { .. })
}

/// The answer to a command about a run: its receipt, or what the command is about.
fn of_run(
    desk: &Desk<'_>,
    act: &Act,
    run: RunId,
    state: Option<&Customer>,
    reader: Reader,
) -> Value {
    let receipt = desk.receipt(run, reader).map(|r| to_json(&r)).unwrap_or_default();
    let held = state.and_then(|s| s.runs.get(&run));
    match act {
        Act::Extend { .. } => json!({
            "run": run, "expires_at": held.map(|r| r.expires_at), "seq": receipt["seq"],
        }),
        Act::Attempts { .. } => json!({
            "run": run, "cost": receipt["cost"], "cost_known": !receipt["cost"].is_null(),
            "seq": receipt["seq"],
        }),
        _ => receipt,
    }
}

/// What a claw-back owes in money, where the contract promises any.
fn owed_for(desk: &Desk<'_>, entry: Option<&Entry>) -> Option<Money> {
    match &entry?.facts {
        Facts::ClawBack(claw) => desk.money_owed(claw),
        _ => None,
    }
}

/// The answer to a command about the customer.
fn of_customer(desk: &Desk<'_>, act: &Act, answer: &Answer, state: Option<&Customer>) -> Value {
    let entry = answer.entry.as_ref();
    let seq = entry.map_or_else(|| state.map_or(0, |s| s.seq), |e| e.seq);
    let of_facts =
        |key: &str| entry.map_or(json!("0"), |e| to_json(&e.facts)["facts"][key].clone());
    match (act, entry.map(|e| &e.facts)) {
        (_, Some(Facts::Grant(granted) | Facts::TopUp(granted))) => json!({
            "grant": granted.grant.grant, "kind": granted.grant.kind,
            "amount": granted.grant.amount, "expires": granted.grant.expires, "seq": seq,
        }),
        (Act::ClawBack { .. }, _) => json!({
            "taken": of_facts("taken"), "later": of_facts("later"),
            "unrecovered": of_facts("unrecovered"), "money_owed": owed_for(desk, entry), "seq": seq,
        }),
        (Act::SetCaps(_), _) => json!({ "caps": desk.wallet().caps, "seq": seq }),
        (Act::Override(_), Some(Facts::Override(facts))) => json!({
            "override": facts.id, "terms": facts.terms, "ends": facts.ends, "by": facts.by,
            "seq": seq,
        }),
        (Act::Renew { .. }, Some(Facts::Renew(renewed))) => json!({
            "period": renewed.period, "grants": renewed.grant.as_slice(), "seq": seq,
        }),
        (Act::OwnKey { provider, change }, _) => json!({
            "provider": provider, "refused": matches!(change, KeyChange::Refused), "seq": seq,
        }),
        (Act::ConfirmQuote { quote }, _) => {
            let known = state.and_then(|s| s.quotes.get(&quote.id)).and_then(|q| q.confirmed);
            json!({
                "quote": quote.id, "confirmed_by": known.map(|(by, _)| by),
                "confirmed_at": known.map(|(_, at)| at), "seq": seq,
            })
        }
        _ => to_json(&desk.card()),
    }
}

/// Opens a quote's signed text.
fn opened(text: Option<&str>) -> Result<Option<Box<Quote>>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let quote = Quote::open(text, QUOTE_KEY).ok_or(Problem::QuoteInvalid)?;
    Ok(Some(Box::new(quote)))
}

pub(super) fn read(files: &Files) -> Reading {
    file::read(&Sources {
        contract: files.contract.as_bytes(),
        operations: files.operations.as_deref().map(str::as_bytes),
        prices: files.prices.as_deref().map(str::as_bytes),
    })
}

fn problem_told(problem: &Problem) -> Told {
    let field = match problem {
        Problem::InvalidRequest { field, .. }
        | Problem::QuoteMismatch(field)
        | Problem::OverrideNotBetter(field) => Some(*field),
        Problem::NotFound { what } => Some(*what),
        _ => None,
    };
    Told::refused(json!({
        "code": problem.word(), "status": problem.http_status(), "field": field,
        "detail": problem.detail(), "applied": false,
    }))
}

/// The first error of files that cannot be read.
pub(super) fn first_error(reading: &Reading) -> Option<&Diagnostic> {
    reading.findings.iter().find(|finding| finding.severity == Severity::Error)
}

fn refused_files(reading: &Reading) -> Told {
    let detail = first_error(reading).map(|error| format!("{} {}", error.message, error.fix));
    Told::refused(json!({
        "code": "contract_refused", "status": 422, "detail": detail, "applied": false,
    }))
}

fn refused_to_publish(error: &PublishError) -> Told {
    let earliest = match error {
        PublishError::NoticeOwed(earliest) => Some(earliest),
        _ => None,
    };
    Told::refused(json!({
        "code": error.word(), "status": error.http_status(), "earliest": earliest,
        "detail": error.detail(), "applied": false,
    }))
}

fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Two shapes in one object.
fn merged(first: &impl serde::Serialize, second: &impl serde::Serialize) -> Value {
    let mut both = to_json(first);
    if let (Value::Object(into), Value::Object(from)) = (&mut both, to_json(second)) {
        into.extend(from);
    }
    both
}
