//! The engine on the embedded database, by its batches.

use super::{BenchError, Filling, Kept, Load, Told, customer_of, failed, tell};
use crate::engine::{Answered, Ask, Doing, Pending, Refused, Whose};
use crate::environment::Environment;
use crate::{Answer, Probity};
use probity_core::command::{Act, Actor, GrantKind, NewCustomer, Report, RunRequest};
use probity_core::{Amount, Name, Outcome};
use std::ops::Range;
use std::path::Path;

/// What is measured under: one action, one plan, and room for as many runs at once as a batch holds.
pub const CONTRACT: &str = "\
contract: bench
version: 1
credit: { list_price: $0.10 }
actions:
  summarize_file:
    name: Summarize a file
    unit: summary
    counts_as: one file, however long
    delivered_when: the summary names the main points
    price: 1 credit
    charge_once_per: file
plans:
  starter: { price: $10 a month, credits: 100 }
limits: { at_once: 1000000 }
";

/// Customers opened, or runs begun, at once while it is filled.
const AT_ONCE: u32 = 4096;

/// Whoever asks has two batches on their way, so that one is decided while another is committed.
pub(super) struct Engine {
    probity: Probity,
    held: Option<(Vec<u32>, Batch)>,
    ends: Option<Batch>,
}

/// What `ask_all` gives.
type Batch = Pending<Vec<Result<Answered, Refused>>>;

impl Engine {
    /// Opens it, and makes it where there is none.
    pub(super) fn open(path: &Path) -> Result<Self, BenchError> {
        let probity = Probity::open(path).map_err(failed)?;
        probity.publish_files(CONTRACT, None).map_err(failed)?;
        Ok(Self { probity, held: None, ends: None })
    }

    /// Queues a batch of runs, and the ends of the batch before.
    fn hold(&mut self, customers: u32, runs: Range<u64>) -> Result<(), Refused> {
        let whose = runs.clone().map(|n| customer_of(n, customers)).collect();
        let asked = self.probity.ask_all(runs.map(|n| hold(n, customers)).collect())?;
        let before = self.held.replace((whose, asked));
        self.settle(before)
    }

    /// Queues the ends of runs once they are held, and waits for the ends queued before.
    fn settle(&mut self, held: Option<(Vec<u32>, Batch)>) -> Result<(), Refused> {
        let Some((whose, held)) = held else { return Ok(()) };
        let report = Report::of(Outcome::Delivered);
        let runs = whose.into_iter().zip(answers(held)?);
        let settle = |(of, answer): (u32, Answer)| {
            Some(ask(of, Act::Settle { run: answer.run?, report: report.clone() }))
        };
        let ends = self.probity.ask_all(runs.filter_map(settle).collect())?;
        let last = self.ends.replace(ends);
        last.map_or(Ok(Vec::new()), answers).map(drop)
    }

    /// Waits until everything is durable.
    fn wait(&mut self) -> Result<(), Refused> {
        let held = self.held.take();
        self.settle(held)?;
        self.ends.take().map_or(Ok(Vec::new()), answers).map(drop)
    }

    fn open_customers(&self, ids: Range<u32>) -> Result<(), Refused> {
        let asks = ids.flat_map(|customer| [open(customer), credits(customer)]);
        answers(self.probity.ask_all(asks.collect())?).map(drop)
    }

    /// Runs are held and settled until the journal holds so many entries; the writer never waits.
    fn fill_up(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError> {
        let before = self.probity.work().entries;
        let mut next = 0;
        while before + 2 * next < filling.entries {
            let runs = next..next + u64::from(AT_ONCE);
            next = runs.end;
            self.hold(filling.customers, runs).map_err(failed)?;
            tell(told, before + 2 * next)?;
        }
        self.wait().map_err(failed)?;
        Ok(next)
    }
}

impl Kept for Engine {
    fn customers(&mut self, ids: Range<u32>) -> Result<(), BenchError> {
        for from in ids.clone().step_by(AT_ONCE as usize) {
            let some = from..ids.end.min(from.saturating_add(AT_ONCE));
            self.open_customers(some).map_err(failed)?;
        }
        Ok(())
    }

    fn batch(&mut self, load: &Load, from: u64) -> Result<(), BenchError> {
        let runs = from..from + u64::from(load.batch);
        self.hold(load.customers, runs).map_err(failed)
    }

    fn finish(&mut self) -> Result<(), BenchError> {
        self.wait().map_err(failed)
    }

    fn fill(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError> {
        for from in (0..filling.customers).step_by(AT_ONCE as usize) {
            self.customers(from..filling.customers.min(from.saturating_add(AT_ONCE)))?;
            tell(told, self.probity.work().entries)?;
        }
        if filling.entries == 0 { Ok(0) } else { self.fill_up(filling, told) }
    }

    fn close(self: Box<Self>) {
        self.probity.close();
    }
}

fn open(customer: u32) -> Ask {
    let plan = Some(Name::new("starter"));
    ask(customer, Act::OpenCustomer(NewCustomer { plan, ..NewCustomer::default() }))
}

fn credits(customer: u32) -> Ask {
    let amount = Amount::credits(1_000_000_000);
    ask(customer, Act::Grant { kind: GrantKind::Gift, amount, expires: None, reason: None })
}

fn hold(n: u64, customers: u32) -> Ask {
    let request = RunRequest {
        action: Name::new("summarize_file"),
        artifact: Some(Name::new(&format!("file_{n}"))),
        ..RunRequest::default()
    };
    ask(customer_of(n, customers), Act::StartRun(Box::new(request)))
}

/// One batch; all of it must be applied.
fn answers(batch: Batch) -> Result<Vec<Answer>, Refused> {
    let answer_of = |answered: Answered| answered.answer.ok_or(Refused::Stopped);
    batch.wait()?.into_iter().map(|answered| answered.and_then(answer_of)).collect()
}

fn ask(customer: u32, act: Act) -> Ask {
    Ask {
        environment: Environment::Live,
        whose: Whose::Customer(Name::new(&format!("customer_{customer}"))),
        doing: Doing::Act(act),
        by: Actor::product(),
        only_if: None,
        key: None,
        render: None,
    }
}
