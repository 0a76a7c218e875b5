//! The engine on the embedded database, by its batches.

use super::{BenchError, Load, Sample, customer_of, failed, timed};
use crate::engine::{Answered, Ask, Doing, Refused, Whose};
use crate::environment::Environment;
use crate::store::Publication;
use crate::{Answer, Probity};
use probity_core::command::{Act, Actor, GrantKind, NewCustomer, Report, RunRequest};
use probity_core::{Amount, Name, Outcome, RunId, Time};
use std::path::Path;

/// One action, one plan, and room for as many runs at once as a batch holds.
const CONTRACT: &str = "
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

pub(super) fn measure(load: Load, folder: &Path) -> Result<Sample, BenchError> {
    let path = folder.join("bench.db");
    let file = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        std::path::PathBuf::from(name)
    };
    ["", "-wal", "-shm", "-lock"].iter().for_each(|end| drop(std::fs::remove_file(file(end))));
    let probity = Probity::open(&path).map_err(failed)?;
    set_up(&probity, load).map_err(failed)?;
    let sample = timed(load, &[file(""), file("-wal")], || {
        let mut done = 0;
        while done < load.commands {
            let runs = hold(&probity, load, done / 2).map_err(failed)?;
            settle(&probity, runs).map_err(failed)?;
            done += 2 * load.batch;
        }
        Ok(u64::from(done))
    });
    probity.close();
    sample
}

fn set_up(probity: &Probity, load: Load) -> Result<(), Refused> {
    let publication = Publication {
        number: 0,
        environment: Environment::Live,
        contract: Some(CONTRACT.to_owned()),
        operations: None,
        prices: None,
        adverse: false,
        reason: None,
        by: Name::new("bench"),
        at: Time::MIN,
    };
    probity.publish(publication, false)?.wait()?;
    for from in (0..load.customers).step_by(1000) {
        let customers = from..load.customers.min(from + 1000);
        let asks = customers.flat_map(|customer| [open(customer), fill(customer)]);
        all(probity, asks.collect())?;
    }
    Ok(())
}

fn open(customer: u32) -> Ask {
    let plan = Some(Name::new("starter"));
    ask(customer, Act::OpenCustomer(NewCustomer { plan, ..NewCustomer::default() }))
}

fn fill(customer: u32) -> Ask {
    let amount = Amount::credits(1_000_000_000);
    ask(customer, Act::Grant { kind: GrantKind::Gift, amount, expires: None, reason: None })
}

/// A batch of runs is held: their customers and ids.
fn hold(probity: &Probity, load: Load, from: u32) -> Result<Vec<(u32, RunId)>, Refused> {
    let runs: Vec<u32> = (from..from + load.batch).collect();
    let asks = runs.iter().map(|n| {
        let request = RunRequest {
            action: Name::new("summarize_file"),
            artifact: Some(Name::new(&format!("file_{n}"))),
            ..RunRequest::default()
        };
        ask(customer_of(*n, load), Act::StartRun(Box::new(request)))
    });
    let answers = all(probity, asks.collect())?;
    let runs = runs.into_iter().zip(answers);
    Ok(runs.filter_map(|(n, answer)| Some((customer_of(n, load), answer.run?))).collect())
}

fn settle(probity: &Probity, runs: Vec<(u32, RunId)>) -> Result<(), Refused> {
    let report = Report::of(Outcome::Delivered);
    let settle = |(customer, run)| ask(customer, Act::Settle { run, report: report.clone() });
    all(probity, runs.into_iter().map(settle).collect()).map(drop)
}

/// One batch; all of it must be applied.
fn all(probity: &Probity, asks: Vec<Ask>) -> Result<Vec<Answer>, Refused> {
    let answers = probity.ask_all(asks)?.wait()?.into_iter();
    answers.map(|answered| answered.map(answer_of)?).collect()
}

fn answer_of(answered: Answered) -> Result<Answer, Refused> {
    answered.answer.ok_or(Refused::Stopped)
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
