//! The books in memory as a port: commands in, the public shapes out.

use super::port::{Call, Files, Port, Publication, Told};
use super::refused::{
    QUOTE_KEY, first_error, opened, problem_told, refused_files, refused_to_publish,
};
use crate::answer::{self, merged, to_json};
use crate::books::{Answer, Books};
use probity_core::command::{Act, Actor, ActorKind, RunRequest};
use probity_core::contract::file::{self, Reading, Sources};
use probity_core::decide::{Problem, Refusal};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::view::{Desk, Reader};
use probity_core::{Cost, Name, Operations, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
            Call::Terms => self.desk(customer, now, |desk| Ok(to_json(&desk.terms_page_of_all()))),
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
            let state = state.ok_or(Problem::NotFound { what: "customer" })?;
            Ok(answer::body(desk, state, act, answer, reader))
        })
    }
}

pub(super) fn read(files: &Files) -> Reading {
    file::read(&Sources {
        contract: files.contract.as_bytes(),
        operations: files.operations.as_deref().map(str::as_bytes),
        prices: files.prices.as_deref().map(str::as_bytes),
    })
}
