//! What the benches decide about: a contract of 100 actions and a customer with a history.

#![allow(dead_code, reason = "each bench uses a part of this")]

use probity_core::command::{Act, Actor, Command, NewCustomer, Report, RunRequest};
use probity_core::contract::file::{Sources, read};
use probity_core::decide::{decide, open_customer};
use probity_core::state::{self, Customer};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{CommandId, Name, Outcome, RunId, Time};
use std::fmt::Write as _;

/// A contract of `actions` actions, every one with a price and a counted result.
pub(crate) fn contract(actions: usize) -> String {
    let mut text = String::from(
        "contract: bench\nversion: 1\ncustomers: businesses\ncredit: { list_price: $0.10 }\nactions:\n",
    );
    for n in 0..actions {
        write!(
            text,
            "  action_{n}:\n    name: Action {n}\n    unit: result\n    counts_as: one result\n    \
             delivered_when: it is there\n    price: {} credits\n    charge_once_per: item\n",
            n % 9 + 1
        )
        .unwrap();
    }
    text.push_str(
        "plans:\n  pro: { runs_on: credits, price: $100 a month, credits: 1000000, offers: all, top_ups: none, when_short: [contact] }\n",
    );
    text
}

/// What the actions of [`contract`] cost: a call to a supplier each.
pub(crate) fn operations(actions: usize) -> String {
    let mut text = String::from(
        "operates: bench\ncosts:\n  as_of: 2026-11-20\n  overhead: 15% of price\n  \
         services: { index: $0.002 }\n  actions:\n",
    );
    for n in 0..actions {
        writeln!(text, "    action_{n}: {{ services: {{ index: {} }} }}", n % 5 + 1).unwrap();
    }
    text.push_str("  keep_margin: { typical: 35%, worst: 10% }\n");
    text
}

/// Books with a history, ready to decide.
pub(crate) struct Bench {
    pub(crate) catalog: Catalog,
    pub(crate) sums: Sums,
    pub(crate) customer: Customer,
    pub(crate) now: Time,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let text = contract(100);
        let reading = read(&Sources { contract: text.as_bytes(), operations: None, prices: None });
        let contract = reading.contract.expect("a valid contract");
        let operations = probity_core::Operations::none(&contract.name);
        let catalog = Catalog::of(contract, operations);
        let now = Time::parse("2026-11-23T10:00:00Z").unwrap();
        let open = command(1, Act::OpenCustomer(NewCustomer::default()));
        let new = NewCustomer { plan: Some("pro".into()), ..NewCustomer::default() };
        let opened = open_customer(&catalog, &"ana".into(), &new, &open, now).unwrap();
        let mut customer = state::open(&opened.entry.unwrap()).unwrap();
        let sums = Sums::default();
        // A customer with a history: 200 delivered items and 3 runs under way.
        for n in 0..203u128 {
            let report = (n < 200).then(|| Box::new(Report::of(Outcome::Delivered)));
            let run = request(n as usize % 100, &format!("item_{n}"), report);
            let started =
                decide(&catalog, &sums, Some(&customer), &command(n + 2, run), now).unwrap();
            state::apply(&mut customer, &started.entry.unwrap());
        }
        Self { catalog, sums, customer, now }
    }
}

/// The n-th command.
pub(crate) fn command(n: u128, act: Act) -> Command {
    Command { id: CommandId::new(n << 16), by: Actor::product(), act }
}

/// A run of an action for an artifact.
pub(crate) fn request(action: usize, artifact: &str, report: Option<Box<Report>>) -> Act {
    Act::StartRun(Box::new(RunRequest {
        action: Name::new(&format!("action_{action}")),
        artifact: Some(Name::new(artifact)),
        report,
        ..RunRequest::default()
    }))
}

impl Bench {
    /// A run that is open.
    pub(crate) fn open_run(&self) -> RunId {
        *self.customer.runs.keys().next_back().expect("a run is open")
    }
}
