//! Answers: what is said of a state, in the shapes that leave the program.
//!
//! Views read; they decide nothing new and write nothing. They are worked out after a decision,
//! outside whatever writes it. [`Desk`] is the one door.

mod ahead;
mod alerts;
mod answers;
mod bill;
mod check;
mod denial;
mod exceptions;
mod money_back;
mod offered;
mod quote;
mod receipt;
pub mod statement;
mod suppose;
mod terms_page;
mod wallet;
mod ways;
pub(crate) mod words;

pub use ahead::Nearness;
pub use answers::{
    Alert, AllowanceLine, AttemptLine, CapsLine, CustomerCard, DenialCard, DrawLine, GrantLine,
    QuoteCard, Receipt, RunCard, Wallet, WalletLine, Way, WouldBe,
};
pub use offered::{Check, Checks, PriceLine, Prices};

pub use bill::{Bill, LastDays, REACH, RUNS};
pub use receipt::RefundLine;
pub use terms_page::{Changing, LivedUnder, SpecialTerms, TermsChange, TermsPage};

pub use exceptions::{Exception, ExceptionKind, Looked};

use crate::command::{Act, Actor, Command, RunRequest};
use crate::contract::{Contract, Mode, Plan, RunsOn};
use crate::decide::Context;
use crate::id::{CommandId, Name};
use crate::state::{Book, Customer};
use crate::sums::Sums;
use crate::terms::{Catalog, Terms};
use crate::time::Time;

/// Whom an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The product, by secret key: everything.
    Product,
    /// The customer: no costs, and nothing of shadow.
    Customer,
}

impl Reader {
    /// Are they told what would be of a run that began in this mode? In announce everyone is, in
    /// shadow the product only; of what is enforced there is nothing else to tell.
    const fn is_told_would(self, mode: Mode) -> bool {
        match mode {
            Mode::Enforce => false,
            Mode::Announce => true,
            Mode::Shadow => matches!(self, Self::Product),
        }
    }
}

/// Where one customer's answers are given, at one instant, everything due being applied.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    catalog: &'a Catalog,
    sums: &'a Sums,
    customer: &'a Customer,
    now: Time,
    terms: Terms<'a>,
    /// Agreement was taken as given: checks and quotes speak of what comes after it.
    agreed: bool,
}

impl<'a> Desk<'a> {
    /// The desk of a customer; None if the catalog lacks their version or plan.
    #[must_use]
    pub fn new(
        catalog: &'a Catalog,
        sums: &'a Sums,
        customer: &'a Customer,
        now: Time,
    ) -> Option<Self> {
        let terms = catalog.terms(customer.contract, None, customer, now)?;
        Some(Self { catalog, sums, customer, now, terms, agreed: false })
    }

    /// The terms that apply.
    #[must_use]
    pub const fn terms(&self) -> &Terms<'a> {
        &self.terms
    }

    /// The same, agreement taken as given.
    fn agreed(&self) -> Self {
        Self { agreed: true, ..*self }
    }

    /// The same, under the version and revision that a request's quote binds.
    fn under(&self, request: &RunRequest) -> Self {
        let quote = request.quote.as_deref();
        let bound = quote.and_then(|quote| {
            let revision = Some(quote.operations);
            self.catalog.terms(quote.contract, revision, self.customer, self.now)
        });
        bound.map_or(*self, |terms| Self { terms, ..*self })
    }

    /// The wallet in one line.
    #[must_use]
    pub fn wallet_line(&self) -> WalletLine {
        self.line(&self.customer.real)
    }

    fn line(&self, book: &Book) -> WalletLine {
        WalletLine::of(book.available(), book.held(), book.owed, self.terms.credit_line())
    }

    /// What can be spent, the credit line too; never less than nothing.
    fn can_use(&self, available: crate::Amount) -> crate::Amount {
        let line = self.terms.credit_line();
        available.plus(line).unwrap_or(available).less(crate::Amount::ZERO)
    }

    fn money(&self, amount: crate::Amount) -> Option<String> {
        self.terms.contract.money(amount).map(|m| m.to_string())
    }

    fn when(&self, at: Time) -> String {
        words::when(self.terms.zone(), at, self.now)
    }

    /// What a contract tells of a run on the customer's own key (`own_key.tell`).
    fn tell(&self, contract: &Contract, action: &Name, on_your_key: bool) -> Option<String> {
        let plan = self.key_plan(contract, action).filter(|_| on_your_key)?;
        plan.own_key.as_ref()?.tell.clone()
    }

    /// The plan that an action runs on the customer's key on: theirs, or where they left it, the
    /// first in the contract that has it so.
    fn key_plan<'c>(&self, contract: &'c Contract, action: &Name) -> Option<&'c Plan> {
        let on_key = |plan: &&Plan| plan.runs_on == RunsOn::OwnKey;
        let theirs = contract.plans.get(&self.customer.plan).filter(on_key);
        let has_it = |plan: &&Plan| on_key(plan) && plan.prices.contains_key(action);
        theirs.or_else(|| contract.plans.iter().find(has_it))
    }

    /// A question put to the core: what would come of this request of theirs?
    fn asking(&self, request: &RunRequest, by: Reader) -> Command {
        let actor = match by {
            Reader::Product => Actor::product(),
            Reader::Customer => Actor::customer(),
        };
        let act = Act::StartRun(Box::new(request.clone()));
        Command { id: CommandId::new(0), by: actor, act }
    }

    fn context<'c>(&'c self, command: &'c Command) -> Context<'c> {
        Context {
            catalog: self.catalog,
            sums: self.sums,
            customer: self.customer,
            command,
            now: self.now,
        }
    }
}
