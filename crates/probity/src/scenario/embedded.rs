//! The engine as a port: stories played against any store, everything durable before it is told.

use super::port::{Call, Port, Publication, Told};
use super::refused::{
    QUOTE_KEY, first_error, opened, problem_told, refused_files, refused_to_publish,
};
use crate::Probity;
use crate::answer::{self, Reply, merged, to_json};
use crate::clock::ManualClock;
use crate::engine::{Ask, Doing, Limits, Options, Refused, View, Whose};
use crate::environment::Environment;
use crate::store::{self, Store, StoreError};
use probity_core::command::{Act, Actor, ActorKind, RunRequest};
use probity_core::decide::Problem;
use probity_core::sums::Sums;
use probity_core::view::{Desk, RUNS, Reader};
use probity_core::{Cost, Name, RunId, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The live books of an engine on some store.
#[derive(Debug)]
pub struct Embedded {
    probity: Probity,
    clock: Arc<ManualClock>,
    sums: Sums,
    quotes: u64,
    /// The last entry of each customer that was told already.
    told: BTreeMap<String, u64>,
}

impl Embedded {
    /// An engine on this store.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn on(store: Box<dyn Store>) -> Result<Self, StoreError> {
        Self::within(store, Limits::default())
    }

    /// The same, with less in memory.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn within(store: Box<dyn Store>, limits: Limits) -> Result<Self, StoreError> {
        let clock = Arc::new(ManualClock::at(Time::from_micros(0)));
        Ok(Self {
            probity: start(store, limits, &clock)?,
            clock,
            sums: Sums::default(),
            quotes: 0,
            told: BTreeMap::new(),
        })
    }

    /// Stops the engine and starts another on the store that `open` gives, as after a crash: nothing
    /// in memory is left.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn restart(
        self,
        open: impl FnOnce() -> Result<Box<dyn Store>, StoreError>,
        limits: Limits,
    ) -> Result<Self, StoreError> {
        let Self { probity, clock, sums, quotes, told } = self;
        probity.close();
        let probity = start(open()?, limits, &clock)?;
        Ok(Self { probity, clock, sums, quotes, told })
    }

    fn submit(&self, publication: &Publication<'_>, whole: bool, adverse: bool) -> Told {
        let files = publication.files;
        let publication = store::Publication {
            number: 0,
            environment: Environment::Live,
            contract: whole.then(|| files.contract.clone()),
            operations: files.operations.clone(),
            prices: files.prices.clone(),
            adverse,
            reason: None,
            by: Name::new("story"),
            at: Time::MIN,
        };
        match self.probity.publish(publication, false).and_then(crate::engine::Pending::wait) {
            Ok(published) => {
                let latest = published.catalog.versions().last();
                let contract = latest.map(|version| version.contract.reference());
                Told::of(json!({
                    "contract": contract, "operations": published.operations,
                    "class": if adverse { "adverse" } else { "neutral" },
                }))
            }
            Err(Refused::Publish(error)) => refused_to_publish(&error),
            Err(refused) => Told::refused(json!({ "code": refused.to_string() })),
        }
    }

    /// Sums whose window has ended begin anew.
    fn begin_windows(&mut self, now: Time) {
        let sums = &mut self.sums;
        if sums.supplier_window_ends.is_some_and(|ends| ends <= now) {
            sums.supplier_cost = Cost::ZERO;
        }
        if sums.we_paid_window_ends.is_some_and(|ends| ends <= now) {
            sums.we_paid = Cost::ZERO;
        }
    }
}

fn start(
    store: Box<dyn Store>,
    limits: Limits,
    clock: &Arc<ManualClock>,
) -> Result<Probity, StoreError> {
    let clock = Arc::<ManualClock>::clone(clock);
    Probity::on(store, Options { limits, clock, sweeps: false, ..Options::default() })
}

impl Port for Embedded {
    fn publish(&mut self, publication: &Publication<'_>, worse: bool, now: Time) -> Told {
        self.clock.set(now);
        if first_error(publication.reading).is_some() || publication.reading.contract.is_none() {
            return refused_files(publication.reading);
        }
        self.submit(publication, true, worse)
    }

    fn publish_operations(&mut self, publication: &Publication<'_>, now: Time) -> Told {
        self.clock.set(now);
        if publication.reading.operations.is_none() {
            return refused_files(publication.reading);
        }
        self.submit(publication, false, false)
    }

    fn sums(&mut self) -> &mut Sums {
        &mut self.sums
    }

    fn call(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told {
        self.clock.set(now);
        self.begin_windows(now);
        let told = self.suppose().and_then(|()| self.answer(customer, call, by));
        let mut told = told.unwrap_or_else(|refused| refusal(&refused, None));
        told.entries = self.written(customer);
        told
    }
}

impl Embedded {
    fn suppose(&self) -> Result<(), Refused> {
        self.probity.suppose(Environment::Live, self.sums.clone())?.wait()
    }

    fn written(&mut self, customer: &str) -> Vec<Value> {
        let after = self.told.get(customer).copied().unwrap_or(0);
        let name = Name::new(customer);
        let found = self.probity.entries(Environment::Live, name, after, usize::MAX);
        let found = found.and_then(crate::engine::Pending::wait).unwrap_or_default();
        if let Some(last) = found.last() {
            self.told.insert(customer.to_owned(), last.seq);
        }
        found.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect()
    }

    fn answer(&mut self, customer: &str, call: Call, by: Actor) -> Result<Told, Refused> {
        let reader = match by.kind {
            ActorKind::Customer => Reader::Customer,
            ActorKind::Product | ActorKind::Engine => Reader::Product,
        };
        match call {
            Call::Open(new) => {
                let told = self.act(customer, Act::OpenCustomer(new), by, reader);
                if !told.done {
                    return Ok(told);
                }
                self.read(customer, None, |desk| Ok(merged(&desk.card(), &desk.wallet())))
            }
            Call::Read => self.read(customer, None, |d| Ok(merged(&d.card(), &d.wallet()))),
            Call::Terms => {
                let name = Name::new(customer);
                let listed = self.probity.runs(Environment::Live, name, None, RUNS)?.wait()?;
                let page = listed.view.desk()?.terms_page(&listed.runs, listed.more);
                Ok(Told::of(to_json(&page)))
            }
            Call::Receipt(run) => self.read(customer, Some(run), |desk| {
                let receipt = desk.receipt(run, reader).map(|receipt| to_json(&receipt));
                receipt.ok_or(Problem::NotFound { what: "run" })
            }),
            Call::Check(requests) => self.read(customer, None, |desk| match requests.as_slice() {
                [only] => desk.check(only, reader).map(|check| to_json(&check)),
                all => desk.check_items(all, reader).map(|checks| to_json(&checks)),
            }),
            Call::Quote(request) => self.quote(customer, &request, reader),
            Call::Run(mut request, quote) => match opened(quote.as_deref()) {
                Ok(quote) => {
                    request.quote = quote;
                    Ok(self.act(customer, Act::StartRun(request), by, reader))
                }
                Err(problem) => Ok(problem_told(&problem)),
            },
            Call::ConfirmQuote(text) => match opened(Some(&text)) {
                Ok(Some(quote)) => Ok(self.act(customer, Act::ConfirmQuote { quote }, by, reader)),
                _ => Ok(problem_told(&Problem::QuoteInvalid)),
            },
            Call::Act(act) => Ok(self.act(customer, *act, by, reader)),
        }
    }

    fn view(&self, customer: &str, run: Option<RunId>) -> Result<View, Refused> {
        let customer = Name::new(customer);
        let whose = match run {
            Some(run) => Whose::Run(run, Some(customer)),
            None => Whose::Customer(customer),
        };
        self.probity.view(Environment::Live, whose)?.wait()
    }

    fn read(
        &self,
        customer: &str,
        run: Option<RunId>,
        read: impl FnOnce(&Desk<'_>) -> Result<Value, Problem>,
    ) -> Result<Told, Refused> {
        let view = self.view(customer, run)?;
        let desk = view.desk()?;
        Ok(read(&desk).map_or_else(|problem| problem_told(&problem), Told::of))
    }

    fn quote(
        &mut self,
        customer: &str,
        request: &RunRequest,
        reader: Reader,
    ) -> Result<Told, Refused> {
        self.quotes += 1;
        let id = Name::new(&format!("q{}", self.quotes));
        let view = self.view(customer, None)?;
        let desk = view.desk()?;
        Ok(match desk.quote(request, reader, &id, QUOTE_KEY) {
            Ok(card) => Told::of(to_json(&card)),
            Err(probity_core::decide::Refusal::Denied(denial)) => {
                Told::refused(to_json(&desk.denial(&denial, request)))
            }
            Err(probity_core::decide::Refusal::Problem(problem)) => problem_told(&problem),
        })
    }

    fn act(&self, customer: &str, act: Act, by: Actor, reader: Reader) -> Told {
        let request = match &act {
            Act::StartRun(request) => Some(request.clone()),
            _ => None,
        };
        let told = act.clone();
        let ask = Ask {
            environment: Environment::Live,
            whose: Whose::Customer(Name::new(customer)),
            doing: Doing::Act(act),
            by,
            only_if: None,
            key: None,
            render: Some(Box::new(move |done| {
                let body = answer::body(&done.desk, done.customer, &told, done.answer, reader);
                Ok(Reply { status: answer::status(&told), body: body.to_string() })
            })),
        };
        match self.probity.ask(ask).and_then(crate::engine::Pending::wait) {
            Ok(answered) => {
                let body = answered.reply.map(|reply| reply.body).unwrap_or_default();
                Told::of(serde_json::from_str(&body).unwrap_or_default())
            }
            Err(refused) => refusal(&refused, request.as_deref()),
        }
    }
}

/// A refusal in its public shape.
fn refusal(refused: &Refused, request: Option<&RunRequest>) -> Told {
    match (refused, request) {
        (Refused::Denied(denial, view), Some(request)) => match view.desk() {
            Ok(desk) => Told::refused(to_json(&desk.denial(denial, request))),
            Err(problem) => problem_told(&problem),
        },
        (Refused::Denied(denial, _), None) => Told::refused(json!({ "code": denial.code.word() })),
        (Refused::Problem(problem), _) => problem_told(problem),
        (other, _) => {
            Told::refused(json!({ "code": "billing_unavailable", "detail": other.to_string() }))
        }
    }
}
