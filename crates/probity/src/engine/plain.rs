//! The engine in plain calls, for applications that embed it: the live books, asked by the product
//! itself, each call answered when it is durable.

use super::ask::{Ask, Doing, Refused, Whose};
use super::handle::Probity;
use crate::books::Answer;
use crate::environment::Environment;
use crate::store::Publication;
use probity_core::command::{Act, Actor, NewCustomer, Report, RunRequest};
use probity_core::contract::file::{self, Sources};
use probity_core::decide::Problem;
use probity_core::diagnostic::Severity;
use probity_core::view::{Reader, Receipt};
use probity_core::{Name, RunId, Time};

impl Probity {
    /// Publishes a contract with its operations in the live books; published again it changes
    /// nothing.
    ///
    /// # Errors
    /// [`Refused`]: also where the files have an error, or owe the customers notice.
    pub fn publish_files(&self, contract: &str, operations: Option<&str>) -> Result<(), Refused> {
        let reading = file::read(&Sources {
            contract: contract.as_bytes(),
            operations: operations.map(str::as_bytes),
            prices: None,
        });
        let error = reading.findings.iter().find(|finding| finding.severity == Severity::Error);
        if let Some(error) = error {
            let reason = format!("{} {}", error.message, error.fix);
            return Err(Problem::invalid("contract", reason).into());
        }
        let known = self.publications(Environment::Live)?.wait()?;
        let is_it = |last: &Publication| {
            last.contract.as_deref() == Some(contract) && last.operations.as_deref() == operations
        };
        if known.last().is_some_and(is_it) {
            return Ok(());
        }
        let publication = Publication {
            number: 0,
            environment: Environment::Live,
            contract: Some(contract.to_owned()),
            operations: operations.map(str::to_owned),
            prices: None,
            adverse: false,
            reason: None,
            by: Actor::product().name,
            at: Time::MIN,
        };
        self.publish_compared(publication, false)?.wait().map(drop)
    }

    /// A run's receipt, as the product may see it.
    ///
    /// # Errors
    /// [`Refused`]: also where there is no such run.
    pub fn receipt(&self, run: RunId) -> Result<Receipt, Refused> {
        let view = self.view(Environment::Live, Whose::Run(run, None))?.wait()?;
        let receipt = view.desk()?.receipt(run, Reader::Product);
        receipt.ok_or_else(|| Problem::NotFound { what: "run" }.into())
    }

    /// Applies a command about a customer in the live books, and waits until it is durable.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn act(&self, customer: &str, act: Act) -> Result<Answer, Refused> {
        self.act_on(Whose::Customer(Name::new(customer)), act)
    }

    /// Opens a customer.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn open_customer(&self, customer: &str, new: NewCustomer) -> Result<Answer, Refused> {
        self.act(customer, Act::OpenCustomer(new))
    }

    /// Starts a run: its credits are set aside.
    ///
    /// # Errors
    /// [`Refused`]: also where the customer has not enough, with ways forward.
    pub fn start(&self, customer: &str, request: RunRequest) -> Result<RunId, Refused> {
        let answer = self.act(customer, Act::StartRun(Box::new(request)))?;
        answer.run.ok_or(Refused::Stopped)
    }

    /// Says how a run ended: the contract decides what is taken.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn settle(&self, run: RunId, report: Report) -> Result<Answer, Refused> {
        self.act_on(Whose::Run(run, None), Act::Settle { run, report })
    }

    fn act_on(&self, whose: Whose, act: Act) -> Result<Answer, Refused> {
        let ask = Ask {
            environment: Environment::Live,
            whose,
            doing: Doing::Act(act),
            by: Actor::product(),
            only_if: None,
            key: None,
            render: None,
        };
        self.ask(ask)?.wait()?.answer.ok_or(Refused::Stopped)
    }
}
