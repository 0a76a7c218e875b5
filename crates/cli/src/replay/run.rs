//! A row as a command of the core, decided and folded.
//!
//! The teller keeps one command and fills it anew for every row, so that the way of a row makes as
//! few texts as it can. Agreement that a run needs is taken as given, and counted.

use super::row::{Row, TokenUse};
use super::rules::{Playable, Rules};
use super::shard::core_id;
use super::tally::Assumed;
use probity_core::command::{
    Act, Actor, Attempt, Command, CustomerChanges, Due, NewCustomer, Purpose, Report, RunRequest,
    Usage,
};
use probity_core::contract::Pack;
use probity_core::decide::{self, Denial, Problem, Refusal};
use probity_core::entry::{Entry, Facts};
use probity_core::quote::Quote;
use probity_core::state::{self, Customer, ItemKey, Map};
use probity_core::sums::Sums;
use probity_core::view;
use probity_core::{Amount, CommandId, Name, Outcome, Time};

/// What gives commands and folds their entries.
pub(crate) struct Teller<'r> {
    rules: &'r Rules,
    sums: Sums,
    product: Actor,
    engine: Actor,
    commands: u128,
    /// A request of each action, filled with what all its runs share.
    requests: Vec<Option<Box<RunRequest>>>,
    /// The action whose request is prepared.
    prepared: usize,
}

/// A row that is asked as a run.
pub(crate) struct Asked<'a> {
    /// The row.
    pub(crate) row: &'a Row,
    /// Its action.
    pub(crate) action: &'a Playable,
    /// Its model.
    pub(crate) model: Option<&'a Name>,
    /// The customer's plan may run on their own key.
    pub(crate) own_key: bool,
    /// The instant of the decision.
    pub(crate) now: Time,
}

impl<'r> Teller<'r> {
    /// A teller under these rules.
    pub(crate) fn new(rules: &'r Rules) -> Self {
        let requests = rules.actions.iter().map(|action| Some(Box::new(template(action))));
        Self {
            rules,
            sums: Sums::default(),
            product: Actor::product(),
            engine: Actor::engine(),
            commands: 0,
            requests: requests.collect(),
            prepared: 0,
        }
    }

    fn command(&mut self, by: Actor, act: Act) -> Command {
        self.commands += 1;
        // The last bits number what a command makes.
        Command { id: CommandId::new(self.commands << 32), by, act }
    }

    /// Opens a customer on a plan; None where the core does not.
    pub(crate) fn open(&mut self, name: &str, plan: &Name, now: Time) -> Option<Customer> {
        let new = NewCustomer { plan: Some(plan.clone()), ..NewCustomer::default() };
        let command = self.command(self.product.clone(), Act::OpenCustomer(new.clone()));
        let catalog = &self.rules.catalog;
        let opened = decide::open_customer(catalog, &core_id(name), &new, &command, now);
        state::open(&opened.ok()?.entry?)
    }

    /// Applies something that is due. False where the core does not.
    pub(crate) fn due(&mut self, books: &mut Customer, due: Due, at: Time) -> bool {
        let command = self.command(self.engine.clone(), Act::Due(due));
        self.apply(books, &command, at)
    }

    /// Moves a customer to another plan.
    pub(crate) fn change_plan(&mut self, books: &mut Customer, plan: &Name, now: Time) {
        let changes = CustomerChanges { plan: Some(plan.clone()), ..CustomerChanges::default() };
        let command = self.command(self.product.clone(), Act::UpdateCustomer(changes));
        self.apply(books, &command, now);
    }

    /// Books a pack of credits. False where the core does not.
    pub(crate) fn top_up(&mut self, books: &mut Customer, pack: &Pack, now: Time) -> bool {
        let payment = Name::new(&format!("pack_{}", self.commands));
        let act = Act::TopUp { payment, credits: pack.credits, paid: Some(pack.price) };
        let command = self.command(self.product.clone(), act);
        let is_bought = self.apply(books, &command, now);
        books.payments = Map::default();
        is_bought
    }

    fn apply(&self, books: &mut Customer, command: &Command, now: Time) -> bool {
        match decide::decide(&self.rules.catalog, &self.sums, Some(books), command, now) {
            Ok(decision) => {
                let entry = decision.entry;
                entry.iter().for_each(|entry| state::apply(books, entry));
                entry.is_some()
            }
            Err(_) => false,
        }
    }

    /// Fills the command for a row. Gives the thing it is about, where results belong to one.
    pub(crate) fn prepare(&mut self, asked: &Asked<'_>, assumed: &mut Assumed) -> Option<ItemKey> {
        let Asked { row, action, .. } = asked;
        self.prepared = row.action.map_or(0, usize::from);
        let mut request = self.requests.get_mut(self.prepared).and_then(Option::take)?;
        request.artifact = artifact(row, action, assumed);
        request.quantity = quantity(row, action, assumed);
        request.model = asked.model.cloned();
        request.own_key = asked.own_key;
        request.quote = action.is_harsh.then(|| Box::new(self.quote(asked, &request)));
        if let Some(report) = &mut request.report {
            report.outcome = outcome(row, action, assumed);
            let arrived = row.parts.filter(|_| report.outcome != Outcome::Cancelled);
            report.parts = arrived.filter(|_| action.parts.is_some());
            report.quantity = arrived.filter(|_| action.is_per_quantity).map(u64::from);
            tell(&mut report.attempts, row.tokens, asked);
        }
        let item = request.artifact.as_ref().map(|a| ItemKey::new(&action.id, a));
        self.give_back(request);
        item
    }

    fn give_back(&mut self, request: Box<RunRequest>) {
        if let Some(slot) = self.requests.get_mut(self.prepared) {
            *slot = Some(request);
        }
    }

    /// The quote that a harsh action wants, agreed to: it bounds nothing and serves this run only.
    fn quote(&mut self, asked: &Asked<'_>, request: &RunRequest) -> Quote {
        self.commands += 1;
        Quote {
            id: Name::new(&format!("quote_{}", self.commands)),
            customer: Name::default(),
            action: request.action.clone(),
            artifact: request.artifact.clone(),
            quantity: request.quantity,
            model: request.model.clone(),
            member: None,
            purpose: Purpose::Production,
            again: None,
            price: Amount::MAX,
            each: None,
            contract: self.rules.contract.version,
            operations: self.rules.operations.revision,
            warning: None,
            made_at: asked.now,
            expires_at: asked.now.plus_micros(1),
        }
    }

    /// Decides the prepared run; on success it is folded, and forgotten but for the sums.
    ///
    /// # Errors
    /// Why the core refuses it.
    pub(crate) fn run(&mut self, books: &mut Customer, now: Time) -> Result<Facts, Refusal> {
        let request = self.requests.get_mut(self.prepared).and_then(Option::take);
        let mut request = request.ok_or(Problem::NotFound { what: "action" })?;
        if let Some(quote) = &mut request.quote {
            quote.customer = books.id.clone();
        }
        let command = self.command(self.product.clone(), Act::StartRun(request));
        let decided = decide::decide(&self.rules.catalog, &self.sums, Some(books), &command, now);
        if let Act::StartRun(request) = command.act {
            self.give_back(request);
        }
        let Some(entry) = decided?.entry else {
            return Err(Problem::NotFound { what: "entry" }.into());
        };
        state::apply(books, &entry);
        let Entry { run, facts, .. } = entry;
        // Nobody asks about a row again.
        let _ = run.and_then(|run| books.rest(run));
        books.quotes.clear();
        Ok(facts)
    }
}

impl Teller<'_> {
    /// What the customer of a refused run reads, with the ways forward.
    pub(crate) fn words(&self, books: &Customer, denial: &Denial, now: Time) -> Option<String> {
        let desk = view::Desk::new(&self.rules.catalog, &self.sums, books, now)?;
        let request = self.requests.get(self.prepared)?.as_deref()?;
        Some(desk.denial(denial, request).words)
    }
}

fn artifact(row: &Row, action: &Playable, assumed: &mut Assumed) -> Option<Name> {
    match row.artifact {
        Some(mark) => Some(hex(mark.get())),
        None if action.needs_artifact => {
            assumed.no_artifact += 1;
            Some(Name::new(&format!("line {}", row.line)))
        }
        None => None,
    }
}

/// A mark as the text of an artifact.
fn hex(mark: u64) -> Name {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let mut text = [0; 16];
    for (place, letter) in (0..16).zip(text.iter_mut().rev()) {
        let digit = (mark >> (place * 4)) & 0xf;
        *letter = DIGITS.get(usize::try_from(digit).unwrap_or(0)).copied().unwrap_or(b'0');
    }
    Name::new(std::str::from_utf8(&text).unwrap_or_default())
}

fn quantity(row: &Row, action: &Playable, assumed: &mut Assumed) -> Option<u64> {
    if !action.is_per_quantity {
        return None;
    }
    assumed.no_quantity += u64::from(row.quantity.is_none());
    Some(u64::from(row.quantity.unwrap_or(1)))
}

/// A partial result whose extent is not told is free: it is taken as cancelled, which leaves no mark.
fn outcome(row: &Row, action: &Playable, assumed: &mut Assumed) -> Outcome {
    let needs_parts = action.parts.is_some() || action.is_per_quantity;
    let is_told = row.parts.is_some() && (row.quantity.is_some() || !action.is_per_quantity);
    if row.outcome == Outcome::Partial && needs_parts && !is_told {
        assumed.no_parts += 1;
        return Outcome::Cancelled;
    }
    row.outcome
}

/// What all runs of an action share: agreement is given.
fn template(action: &Playable) -> RunRequest {
    RunRequest {
        action: action.id.clone(),
        inputs: action.inputs.clone(),
        confirmed: true,
        report: Some(Box::new(Report::of(Outcome::Delivered))),
        ..RunRequest::default()
    }
}

/// The call made for a row, with the tokens it tells of and the typical calls to suppliers.
///
/// None where the log does not tell the tokens of an action that uses some: what it cost is not
/// known then, and the core takes the typical cost.
fn tell(attempts: &mut Vec<Attempt>, tokens: Option<TokenUse>, asked: &Asked<'_>) {
    if tokens.is_none() && !asked.action.is_suppliers_only {
        attempts.clear();
        return;
    }
    if attempts.is_empty() {
        let services = asked.action.services.clone();
        attempts.push(Attempt { services, ..Attempt::default() });
    }
    let usage = tokens.map(|TokenUse { input, output, cached }| Usage {
        input: Some(u64::from(input)),
        cache_read: Some(u64::from(cached)),
        output: Some(u64::from(output)),
        ..Usage::default()
    });
    for attempt in attempts {
        attempt.usage = usage.unwrap_or_default();
        attempt.model = asked.model.filter(|_| tokens.is_some()).cloned();
        attempt.own_key = asked.own_key;
    }
}

/// What is wrong with a row that cannot be decided as it is.
pub(crate) fn why(problem: &Problem) -> String {
    match problem {
        Problem::InvalidRequest { field, reason } => format!("{field}: {reason}"),
        other => other.word().replace('_', " "),
    }
}
