//! Deciding: what a command does to one customer's books, by the terms they live under.
//!
//! [`decide`] is pure and is the only way an entry comes about; `state::apply` is the only way an
//! entry changes a state. What is due by itself is found by [`next_due`] and decided like any other
//! command, at its own instant. Nothing here knows how books are stored or how answers travel.

mod admit;
mod charge;
mod claims;
mod code;
mod controls;
mod correct;
mod costs;
mod customer;
mod denial;
mod due;
mod grants;
mod hold;
mod price;
mod problem;
mod request;
mod settle;
mod start;
mod subscriptions;
mod would;

pub use code::Code;
pub use costs::attempt_cost;
pub use denial::{About, Denial, Limit};
pub(crate) use due::next_version;
pub use due::{next_due, quiet_until};
pub use price::{Consent, Gratis, Priced};
pub use problem::Problem;

use crate::command::{Act, Command, Due};
use crate::contract::ContractRef;
use crate::entry::{Entry, Facts, Shadow, Transfer};
use crate::id::{Name, RunId};
use crate::state::Customer;
use crate::sums::Sums;
use crate::terms::{Catalog, Terms};
use crate::time::Time;

/// What a command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it writes; None: nothing new, the answer is the one that stands.
    pub entry: Option<Entry>,
    /// The run it is about.
    pub run: Option<RunId>,
}

/// Why a command is not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A run is refused, with ways forward.
    Denied(Box<Denial>),
    /// The command cannot be applied as it is.
    Problem(Problem),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denied(Box::new(denial))
    }
}

/// Decides a command about one customer at `now`.
///
/// `customer` is None only for a command that opens one. Everything due by `now` must have been
/// applied before (see [`next_due`]).
///
/// # Errors
/// A [`Refusal`]; nothing is written then.
pub fn decide(
    catalog: &Catalog,
    sums: &Sums,
    customer: Option<&Customer>,
    command: &Command,
    now: Time,
) -> Result<Decision, Refusal> {
    let Some(customer) = customer else {
        return Err(Problem::NotFound { what: "customer" }.into());
    };
    let cx = Context { catalog, sums, customer, command, now };
    match &command.act {
        Act::OpenCustomer(_) => Err(Problem::AlreadyDone.into()),
        Act::UpdateCustomer(changes) => customer::update(&cx, changes),
        Act::StartRun(request) => start::start_run(&cx, request),
        Act::Settle { run, report } => settle::settle(&cx, *run, report),
        Act::Release { run } => settle::release(&cx, *run),
        Act::Extend { run, length } => settle::extend(&cx, *run, *length),
        Act::Refund { run, amount, reason } => {
            correct::refund(&cx, *run, *amount, reason.as_deref())
        }
        Act::Correct { run, report } => correct::correct(&cx, *run, report),
        Act::Attempts { run, attempts } => correct::attempts(&cx, *run, attempts),
        Act::Grant { kind, amount, expires, reason } => {
            grants::grant(&cx, *kind, *amount, *expires, reason.as_deref())
        }
        Act::TopUp { payment, credits, paid } => grants::top_up(&cx, payment, *credits, *paid),
        Act::ClawBack { payment, credits, reason } => {
            grants::claw_back(&cx, payment, *credits, reason.as_deref())
        }
        Act::Claim { payment, claim, reason } => {
            claims::claim(&cx, payment, claim, reason.as_deref())
        }
        Act::Subscription(told) => subscriptions::subscription(&cx, told),
        Act::Renew { payment } => customer::renew_paid(&cx, payment.as_ref()),
        Act::SetCaps(changes) => controls::set_caps(&cx, changes),
        Act::Override(terms) => controls::override_terms(&cx, &terms.terms),
        Act::Pause { reason } => controls::pause(&cx, reason),
        Act::Resume { item } => controls::resume(&cx, item.as_ref()),
        Act::OwnKey { provider, change } => controls::own_key(&cx, provider, change),
        Act::ConfirmQuote { quote } => controls::confirm_quote(&cx, quote),
        Act::Due(Due::ExpireRun(run)) => settle::expire(&cx, *run),
        Act::Due(Due::ExpireGrant(grant)) => grants::expire(&cx, *grant),
        Act::Due(Due::Renew) => customer::renew_due(&cx),
        Act::Due(Due::BeginVersion) => customer::begin_version(&cx),
    }
}

pub(crate) use admit::{Admitted, ceiling};
pub(crate) use charge::{Deal, Ending, charge};
pub(crate) use customer::is_upgrade;
pub use customer::open_customer;
pub(crate) use price::{allowance_state, lowest};
pub(crate) use would::{Quotable, Would, quoted, would_have_cost, would_start};

/// Everything one decision may look at.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) sums: &'a Sums,
    pub(crate) customer: &'a Customer,
    pub(crate) command: &'a Command,
    pub(crate) now: Time,
}

impl<'a> Context<'a> {
    /// The terms the customer lives under now.
    fn terms(&self) -> Result<Terms<'a>, Refusal> {
        self.terms_of(self.customer.contract, None)
    }

    /// The terms of a version and revision.
    fn terms_of(&self, version: u32, revision: Option<u32>) -> Result<Terms<'a>, Refusal> {
        self.terms_on(&self.customer.plan, version, revision)
    }

    /// The same on a plan that need not be the customer's.
    fn terms_on(
        &self,
        plan: &Name,
        version: u32,
        revision: Option<u32>,
    ) -> Result<Terms<'a>, Refusal> {
        self.catalog
            .terms_on(plan, version, revision, self.customer, self.now)
            .ok_or_else(|| Problem::NotFound { what: "contract version" }.into())
    }

    /// An entry of this command: what happened, and what moved.
    fn entry(&self, run: Option<RunId>, facts: Facts, moves: Moves) -> Result<Decision, Refusal> {
        let operations = self.catalog.version(self.customer.contract);
        let revision = operations.and_then(|v| v.operations.last()).map_or(0, |o| o.revision);
        Ok(self.entry_under(self.customer.contract, revision, run, facts, moves))
    }

    fn entry_under(
        &self,
        contract: u32,
        operations: u32,
        run: Option<RunId>,
        facts: Facts,
        moves: Moves,
    ) -> Decision {
        let entry = Entry {
            seq: self.customer.seq.saturating_add(1),
            at: self.now,
            by: self.command.by.name.clone(),
            run,
            facts,
            transfers: moves.real,
            shadow: moves.shadow,
            contract: ContractRef { name: self.catalog.name(), version: contract },
            operations,
        };
        Decision { entry: Some(entry), run }
    }

    /// Nothing new: the run's receipt stands.
    fn stands(run: RunId) -> Decision {
        Decision { entry: None, run: Some(run) }
    }
}

/// What an entry moves in the two books; `shadow` is None as long as they are one, and where nothing
/// moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    pub(crate) real: Vec<Transfer>,
    pub(crate) shadow: Option<Shadow>,
}

impl Moves {
    /// Nothing moves in either book.
    pub(crate) const NONE: Self = Self { real: Vec::new(), shadow: None };
}

/// A sum that cannot be counted: refused rather than wrapped.
fn too_large() -> Refusal {
    Problem::invalid("amount", "more credits than can be counted").into()
}
