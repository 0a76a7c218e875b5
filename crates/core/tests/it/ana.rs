//! Ana on the sample contract: one customer whose commands are decided and folded, for tests that look
//! at what no story sees.

use crate::samples::JOBSCOUT;
use probity_core::command::{Act, Actor, Command, Member, NewCustomer, RunRequest};
use probity_core::contract::file::{Sources, read};
use probity_core::decide::{Decision, Denial, Refusal, decide, open_customer};
use probity_core::entry::{Entry, Facts, Started};
use probity_core::state::{self, Customer};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{CommandId, Contract, Name, Operations, RunId, Time};

/// Ana on the sample contract's pro plan.
pub(crate) struct Ana {
    pub(crate) catalog: Catalog,
    pub(crate) state: Customer,
    commands: u32,
}

pub(crate) fn now() -> Time {
    Time::parse("2026-11-23T10:00:00Z").expect("a time")
}

pub(crate) fn catalog() -> Catalog {
    let (contract, operations) = sample();
    Catalog::of(contract, operations)
}

pub(crate) fn sample() -> (Contract, Operations) {
    let reading = read(&Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: JOBSCOUT.operations.map(str::as_bytes),
        prices: JOBSCOUT.prices.map(str::as_bytes),
    });
    (reading.contract.expect("a contract"), reading.operations.expect("operations"))
}

/// Opens a customer of this id.
pub(crate) fn opens(id: &str, new: NewCustomer) -> Result<Decision, Refusal> {
    let plan = new.plan.or_else(|| Some(Name::new("pro")));
    let new = NewCustomer { plan, ..new };
    let act = Act::OpenCustomer(new.clone());
    let command = Command { id: CommandId::new(1 << 16), by: Actor::product(), act };
    open_customer(&catalog(), &Name::new(id), &new, &command, now())
}

impl Ana {
    pub(crate) fn new() -> Self {
        Self::on("pro")
    }

    pub(crate) fn on(plan: &str) -> Self {
        let (plan, members) = (Some(Name::new(plan)), vec![member("m1")]);
        let opened = opens("ana", NewCustomer { plan, members, ..NewCustomer::default() });
        let entry = opened.expect("opens").entry.expect("an entry");
        Self { catalog: catalog(), state: state::open(&entry).expect("a customer"), commands: 1 }
    }

    pub(crate) fn decides(&self, act: Act) -> Result<Decision, Refusal> {
        self.decides_at(act, now())
    }

    pub(crate) fn decides_at(&self, act: Act, now: Time) -> Result<Decision, Refusal> {
        let id = CommandId::new(u128::from(self.commands + 1) << 16);
        let command = Command { id, by: Actor::product(), act };
        decide(&self.catalog, &Sums::default(), Some(&self.state), &command, now)
    }

    /// Does it, and tells what was written.
    pub(crate) fn writes(&mut self, act: Act) -> Entry {
        let entry = self.decides(act).expect("it is done").entry.expect("an entry");
        self.commands += 1;
        state::apply(&mut self.state, &entry);
        entry
    }

    pub(crate) fn does(&mut self, act: Act) -> RunId {
        self.writes(act).run.expect("a run")
    }

    pub(crate) fn starts(&mut self, request: RunRequest) -> Box<Started> {
        match self.writes(run(request)).facts {
            Facts::StartRun(started) => started,
            other => panic!("{other:?}"),
        }
    }

    /// Whether it writes something at this instant.
    pub(crate) fn would_write(&self, act: Act, now: Time) -> bool {
        self.decides_at(act, now).expect("it is well formed").entry.is_some()
    }

    pub(crate) fn is_denied(&self, request: RunRequest) -> Denial {
        match self.decides(run(request)) {
            Err(Refusal::Denied(denial)) => *denial,
            other => panic!("{other:?}"),
        }
    }
}

pub(crate) fn member(id: &str) -> Member {
    Member { id: Name::new(id), name: None }
}

pub(crate) fn draft() -> RunRequest {
    RunRequest {
        action: "tailor_document".into(),
        artifact: Some(Name::new("draft_1")),
        ..RunRequest::default()
    }
}

pub(crate) fn run(request: RunRequest) -> Act {
    Act::StartRun(Box::new(request))
}
