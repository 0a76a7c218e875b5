//! What if? A copy of a customer's state on which things can be done that are never written.

use super::{Check, Desk, Reader};
use crate::amount::Amount;
use crate::command::{Act, Actor, Command, RunRequest};
use crate::contract::Mode;
use crate::decide::{Problem, Refusal, Would, decide, next_due, would_start};
use crate::entry::Facts;
use crate::id::{CommandId, Name};
use crate::quote::Quote;
use crate::state::{self, Customer, ItemKey};
use crate::sums::Sums;
use crate::terms::Catalog;
use crate::time::Time;

/// A supposed state at a supposed instant.
#[derive(Clone)]
pub(super) struct Supposed<'a> {
    catalog: &'a Catalog,
    sums: Sums,
    customer: Customer,
    pub(super) now: Time,
    /// The credits that periods have brought by themselves since.
    pub(super) brought: Amount,
    commands: u128,
}

/// The request with what it leaves out taken from its quote, which stays with it.
pub(super) fn filled(request: &RunRequest) -> RunRequest {
    let Some(quote) = request.quote.as_deref() else { return request.clone() };
    RunRequest {
        action: quote.action.clone(),
        artifact: quote.artifact.clone(),
        quantity: quote.quantity,
        model: quote.model.clone(),
        member: quote.member.clone(),
        purpose: quote.purpose,
        again: quote.again,
        ..request.clone()
    }
}

impl<'a> Supposed<'a> {
    /// The state as it is.
    pub(super) fn of(desk: &Desk<'a>) -> Self {
        Self {
            catalog: desk.catalog,
            sums: desk.sums.clone(),
            customer: desk.customer.clone(),
            now: desk.now,
            brought: Amount::ZERO,
            // Supposed ids must not meet real ones: they begin at the far end.
            commands: u128::MAX << 64,
        }
    }

    /// A supposed customer.
    pub(super) const fn of_customer(
        catalog: &'a Catalog,
        sums: Sums,
        customer: Customer,
        now: Time,
    ) -> Self {
        let commands = u128::MAX << 64;
        Self { catalog, sums, customer, now, brought: Amount::ZERO, commands }
    }

    /// Is anything known of an item?
    pub(super) fn has_item(&self, item: &ItemKey) -> bool {
        self.customer.items.contains_key(item) || self.customer.real.bought.contains_key(item)
    }

    /// The plan they are on, and the one that waits.
    pub(super) fn plans(&self) -> (&Name, Option<&Name>) {
        (&self.customer.plan, self.customer.next_plan.as_ref())
    }

    /// What a run that is held and ended in one is charged, agreement given.
    pub(super) fn run_in_one(&mut self, mut request: RunRequest) -> Result<Amount, Refusal> {
        let desk = Desk::new(self.catalog, &self.sums, &self.customer, self.now);
        let desk = desk.ok_or(Problem::NotFound { what: "contract version" })?;
        if let Some(action) = desk.terms.contract.actions.get(&request.action) {
            for need in &action.needs {
                request.inputs.entry(need.to_string()).or_insert_with(|| "?".to_owned());
            }
        }
        request.quote = self.quote_for(&request).map(Box::new);
        self.commands = self.commands.wrapping_add(1 << 16);
        let act = Act::StartRun(Box::new(request));
        let command = Command { id: CommandId::new(self.commands), by: Actor::product(), act };
        let decision = decide(self.catalog, &self.sums, Some(&self.customer), &command, self.now)?;
        let Some(entry) = &decision.entry else { return Ok(Amount::ZERO) };
        state::apply(&mut self.customer, entry);
        Ok(match &entry.facts {
            Facts::Run { ended, .. } => ended.leg.charged,
            _ => Amount::ZERO,
        })
    }

    /// Does something; false if it is refused.
    pub(super) fn submit(&mut self, act: Act, by: Actor) -> bool {
        let at = self.now;
        self.decide(act, by, at)
    }

    fn decide(&mut self, act: Act, by: Actor, at: Time) -> bool {
        self.commands = self.commands.wrapping_add(1 << 16);
        let command = Command { id: CommandId::new(self.commands), by, act };
        match decide(self.catalog, &self.sums, Some(&self.customer), &command, at) {
            Ok(decision) => {
                if let Some(entry) = &decision.entry {
                    if let Facts::Renew(renewed) = &entry.facts {
                        let came = renewed.grant.as_ref().map_or(Amount::ZERO, |g| g.amount);
                        self.brought = self.brought.plus(came).unwrap_or(self.brought);
                    }
                    state::apply(&mut self.customer, entry);
                }
                true
            }
            Err(_) => false,
        }
    }

    /// Time passes: everything due by `until` happens, and sums of windows that end by then begin anew.
    pub(super) fn wait(&mut self, until: Time) {
        for _ in 0..MOST_DUE {
            let Some((at, due)) = next_due(self.catalog, &self.customer, until) else { break };
            let before = self.customer.seq;
            self.decide(Act::Due(due), Actor::engine(), at);
            if self.customer.seq == before {
                break;
            }
        }
        self.now = until;
        if self.sums.supplier_window_ends.is_none_or(|ends| ends <= until) {
            self.sums.supplier_cost = crate::Cost::ZERO;
        }
        if self.sums.we_paid_window_ends.is_none_or(|ends| ends <= until) {
            self.sums.we_paid = crate::Cost::ZERO;
        }
    }

    /// Starts a run, agreement given, so that the next check sees its hold.
    pub(super) fn start(&mut self, request: &RunRequest) {
        let mut request = RunRequest { confirmed: true, ..request.clone() };
        if request.quote.is_none() {
            request.quote = self.quote_for(&request).map(Box::new);
        }
        self.submit(Act::StartRun(Box::new(request)), Actor::product());
    }

    /// A quote that promises nothing but agreement.
    fn quote_for(&self, request: &RunRequest) -> Option<Quote> {
        let desk = Desk::new(self.catalog, &self.sums, &self.customer, self.now)?;
        Some(Quote {
            id: Name::new(&format!("supposed-{}", self.commands)),
            customer: self.customer.id.clone(),
            action: request.action.clone(),
            artifact: request.artifact.clone(),
            quantity: request.quantity,
            model: request.model.clone(),
            member: request.member.clone(),
            purpose: request.purpose,
            again: request.again,
            price: crate::Amount::MAX,
            each: None,
            contract: desk.terms.contract.version,
            operations: desk.terms.operations.revision,
            warning: None,
            made_at: self.now,
            expires_at: self.now.plus_seconds(1),
        })
    }

    /// Gives every open hold back: what is running ends.
    pub(super) fn end_all_runs(&mut self) {
        let open = self.customer.runs.iter().filter(|(_, r)| r.status == state::RunStatus::Held);
        for run in open.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.submit(Act::Release { run }, Actor::product());
        }
    }

    pub(super) fn check(&self, request: &RunRequest, by: Reader) -> Result<Check, Problem> {
        let desk = Desk::new(self.catalog, &self.sums, &self.customer, self.now);
        desk.ok_or(Problem::NotFound { what: "contract version" })?.check(request, by)
    }

    /// What asking for the run would come to now; None if it would be refused.
    pub(super) fn price_if_allowed(
        &self,
        request: &RunRequest,
        consent_given: bool,
    ) -> Option<Amount> {
        let desk = Desk::new(self.catalog, &self.sums, &self.customer, self.now)?;
        if let Some((anew, agreed)) = self.quoted_anew(&desk, request) {
            return self.price_if_allowed(&anew, consent_given || agreed);
        }
        let desk = desk.under(request);
        let command = desk.asking(request, Reader::Product);
        match would_start(&desk.context(&command), &desk.terms, request, consent_given) {
            Ok(Would::Reopen) => Some(Amount::ZERO),
            Ok(Would::Run { mode, .. }) if mode != Mode::Enforce => Some(Amount::ZERO),
            Ok(Would::Run { enforced: Ok(admitted), .. }) => Some(admitted.priced.price),
            Ok(Would::Run { enforced: Err(_), .. })
            | Err(Refusal::Denied(_) | Refusal::Problem(_)) => None,
        }
    }

    /// The request without its quote, where that has run out by then: a new one will be asked for,
    /// and agreed to as this one was.
    fn quoted_anew(&self, desk: &Desk<'_>, request: &RunRequest) -> Option<(RunRequest, bool)> {
        let quote = request.quote.as_deref().filter(|quote| quote.expires_at <= self.now)?;
        let action = desk.terms.contract.actions.get(&quote.action)?;
        let known = self.customer.quotes.get(&quote.id);
        let confirmed = request.confirmed || known.is_some_and(|q| q.confirmed.is_some());
        let mut anew = RunRequest { quote: None, ..filled(request) };
        for need in &action.needs {
            anew.inputs.entry(need.to_string()).or_insert_with(|| "?".to_owned());
        }
        Some((anew, confirmed || action.paid_even_if.is_empty()))
    }

    /// What the AI provider would bill for one of an action on the supposed plan, about.
    pub(super) fn own_cost(&self, request: &RunRequest) -> Option<String> {
        let desk = Desk::new(self.catalog, &self.sums, &self.customer, self.now)?;
        desk.own_cost(desk.terms.contract.actions.get(&request.action)?, request)
    }
}

/// More things than this are never due within one wait of a way forward.
const MOST_DUE: usize = 10_000;
