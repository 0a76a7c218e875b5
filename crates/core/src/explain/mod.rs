//! The contract in plain words for a customer, as data.
//!
//! Says what is free, what is paid, what is paid even if nothing is found, and what follows for
//! every action, plan and promise, with real numbers. How it looks is decided where it is shown;
//! what it says is derived from the contract alone, never written twice.

mod action;
mod ending;
mod happens;
mod plan;
mod promise;
mod said;
mod short;
mod summary;

pub(crate) use action::bounds;
pub use action::{ActionPage, OnPlan, Priced};
pub use ending::Ending;
pub(crate) use plan::price as price_on;
pub use plan::{Included, LeftOut, PlanPage};
pub use promise::Topic;
pub(crate) use promise::{lasts, never, usual_days};
pub use said::{Said, said, said_of};
pub use short::{Short, WayOut};
pub use summary::{Item, Summary};

use crate::contract::{Audience, Contract, ContractRef};
use crate::phrase;

/// A contract, explained.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Explanation {
    /// Which version this explains.
    pub contract: ContractRef,
    /// Since when, for whom, what a credit is worth: sentences.
    pub about: Vec<String>,
    /// Free, paid, paid even if nothing is found: the contract on one page.
    pub summary: Summary,
    /// Each action, in the order of the file.
    pub actions: Vec<ActionPage>,
    /// Each plan, in the order of the file.
    pub plans: Vec<PlanPage>,
    /// What else is promised, by topic.
    pub promises: Vec<Topic>,
}

/// A label and what is to be said under it.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Fact {
    /// What it is about: `Bought credits`.
    pub label: String,
    /// What is so: `never expire`.
    pub text: String,
    /// The file is silent here; this is the published default.
    pub by_default: bool,
}

impl Fact {
    fn new(label: &str, text: impl Into<String>) -> Self {
        Self { label: label.to_owned(), text: text.into(), by_default: false }
    }

    /// Marked as a default where the file does not write `key`.
    fn unless_written(mut self, written: Written<'_>, key: &str) -> Self {
        self.by_default = !written(key);
        self
    }
}

/// Does the file write this key? Keys are paths with points: `failures.retries`.
pub type Written<'a> = &'a dyn Fn(&str) -> bool;

impl Explanation {
    /// Explains a contract; `written` tells what its file says itself and what is a default.
    #[must_use]
    pub fn of(contract: &Contract, written: Written<'_>) -> Self {
        Self {
            contract: contract.reference(),
            about: about(contract),
            summary: Summary::of(contract),
            actions: contract
                .actions
                .iter()
                .map(|a| ActionPage::of(contract, a, written))
                .collect(),
            plans: contract.plans.iter().map(|plan| PlanPage::of(contract, plan)).collect(),
            promises: promise::topics(contract, written),
        }
    }
}

fn about(contract: &Contract) -> Vec<String> {
    let mut out = vec![format!("{}, version {}.", contract.name, contract.version)];
    if let Some(day) = contract.effective {
        out.push(format!("From {}.", phrase::date(day)));
    }
    out.push(String::from(match contract.customers {
        Audience::Consumers => "For consumers.",
        Audience::Businesses => "For businesses.",
    }));
    if let Some(price) = contract.credit.list_price {
        out.push(format!("1 credit is {price}."));
    }
    out
}
