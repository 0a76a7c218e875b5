//! What is done to books other than asking for a run.

use super::Player;
use crate::model::recipe::{MODELS, PLANS, action_name, plan_name};
use crate::model::step::{Call, Do, Told};
use probity_core::command::*;
use probity_core::contract::Action;
use probity_core::state::Run;
use probity_core::time::TimeUnit;
use probity_core::{Amount, Length, Name, RunId, Time};
use std::collections::BTreeMap;

impl Player<'_> {
    pub fn act(&self, what: &Do, customer: &Name, at: Time) -> Act {
        let run = |n: u8| self.run(customer, n);
        let open = |n: u8| self.run_that(customer, n, |run, _| run.end.is_none());
        let charged = |n: u8| self.run_that(customer, n, |_, net| net.is_positive());
        match what {
            Do::Open { plan, when_paid } => Act::OpenCustomer(NewCustomer {
                plan: Some(self.plan(*plan)),
                members: vec![Member { id: "m".into(), name: None }],
                renews: renews(*when_paid),
                ..NewCustomer::default()
            }),
            Do::Change { plan } => Act::UpdateCustomer(CustomerChanges {
                plan: Some(self.plan(*plan)),
                ..CustomerChanges::default()
            }),
            Do::Rename { when_paid, odd } => Act::UpdateCustomer(CustomerChanges {
                name: Some(Some("Ana".to_owned())),
                renews: when_paid.map(renews),
                metadata: odd.then(|| notes(1_025)),
                ..CustomerChanges::default()
            }),
            Do::Settle { run: n, report } => {
                Act::Settle { run: open(*n), report: self.told(report, customer, open(*n)) }
            }
            Do::Release { run: n } => Act::Release { run: open(*n) },
            Do::Extend { run: n, seconds } => {
                Act::Extend { run: open(*n), length: Length::new(*seconds, TimeUnit::Second) }
            }
            Do::Refund { run: n, part } => {
                Act::Refund { run: charged(*n), amount: part.map(halves), reason: None }
            }
            Do::Correct { run: n, report } => {
                Act::Correct { run: charged(*n), report: self.told(report, customer, charged(*n)) }
            }
            Do::Attempts { run: n, calls } => {
                Act::Attempts { run: run(*n), attempts: calls.iter().map(attempt).collect() }
            }
            Do::Grant { kind, halves: n, days } => Act::Grant {
                kind: *kind,
                amount: halves(*n),
                expires: days.map(|n| at.plus_micros(i64::from(n) * 86_400_000_000)),
                reason: None,
            },
            Do::TopUp { payment, halves: n } => {
                Act::TopUp { payment: payment_name(*payment), credits: halves(*n), paid: None }
            }
            Do::ClawBack { payment, halves: n } => Act::ClawBack {
                payment: payment_name(*payment),
                credits: n.map(halves),
                reason: None,
            },
            Do::Renew { payment } => {
                Act::Renew { payment: payment.map(|n| Name::new(&format!("in_{n}"))) }
            }
            Do::Caps { month, member } => Act::SetCaps(CapChanges {
                month: month.map(|cap| cap.map(halves)),
                members: member.map(|cap| ("m".into(), cap.map(halves))).into_iter().collect(),
                auto_top_up: None,
            }),
            Do::Special(special) => {
                Act::Override(OverrideTerms { terms: self.special(special, at) })
            }
            Do::Pause => Act::Pause { reason: "a check".to_owned() },
            Do::Resume { item } => Act::Resume {
                item: item.map(|(action, artifact)| {
                    (action_name(action.into()), artifact_name(artifact))
                }),
            },
            Do::Key { change } => own_key(*change),
            taken => panic!("{taken:?} is not for here"),
        }
    }

    fn plan(&self, n: u8) -> Name {
        // One in twenty is unknown; others may not be there yet, or no more.
        if n % 20 == 19 { "nowhere".into() } else { plan_name(usize::from(n) % PLANS) }
    }

    /// The n-th last run of the customer; now and then one that is not theirs.
    fn run(&self, customer: &Name, n: u8) -> RunId {
        let runs = self.runs.get(customer).map_or(&[][..], Vec::as_slice);
        let others = self.runs.iter().filter(|(c, _)| *c != customer).flat_map(|(_, runs)| runs);
        match n {
            255 => RunId::new(7),
            254 => others.last().copied().unwrap_or(RunId::new(8)),
            _ if runs.is_empty() => RunId::new(9),
            n => runs[runs.len() - 1 - usize::from(n) % runs.len()],
        }
    }

    /// The n-th last run of the customer of which this is so, as far as there is one; now and then
    /// any run. It is asked of a run and of what is left of its charge.
    fn run_that(&self, customer: &Name, n: u8, is: impl Fn(&Run, Amount) -> bool) -> RunId {
        let state = self.account(customer).map(|account| &account.state);
        let fits = |id: &RunId| {
            let run = state.and_then(|s| s.runs.get(id));
            let net = state.and_then(|s| s.real.legs.get(id)).map_or(Amount::ZERO, |leg| leg.net());
            run.is_some_and(|run| is(run, net))
        };
        let fitting = self.runs.get(customer).into_iter().flatten().copied().filter(|id| fits(id));
        let fitting: Vec<RunId> = fitting.collect();
        match fitting.len() {
            0 => self.run(customer, n),
            _ if n >= 192 => self.run(customer, n),
            len => fitting[len - 1 - usize::from(n) % len],
        }
    }

    fn told(&self, report: &Told, customer: &Name, run: RunId) -> Report {
        let state = self.account(customer).map(|a| &a.state);
        let action = state.and_then(|s| {
            let run = s.runs.get(&run)?;
            self.books.catalog.version(run.contract)?.contract.actions.get(&run.action)
        });
        told(report, action)
    }
}

pub fn renews(when_paid: bool) -> Renews {
    if when_paid { Renews::WhenPaid } else { Renews::ByItself }
}

/// So many halves of a credit.
pub fn halves(n: i8) -> Amount {
    Amount::from_millionths(i64::from(n) * 500_000).expect("small")
}

pub fn artifact_name(n: u8) -> Name {
    Name::new(&format!("thing_{n}"))
}

pub fn payment_name(n: u8) -> Name {
    Name::new(&format!("pi_{n}"))
}

pub fn notes(bytes: usize) -> BTreeMap<String, String> {
    BTreeMap::from([("note".to_owned(), "x".repeat(bytes))])
}

pub fn own_key(change: u8) -> Act {
    let provider = if change.is_multiple_of(2) { "openai" } else { "acme" };
    let change = match change / 2 {
        0 => KeyChange::Stored("abcd".to_owned()),
        1 => KeyChange::Refused,
        _ => KeyChange::Removed,
    };
    Act::OwnKey { provider: provider.into(), change }
}

/// What does not belong to the action is left out, but for a few that stay malformed.
pub fn told(told: &Told, action: Option<&Action>) -> Report {
    let parts = action.is_some_and(|a| a.parts.is_some());
    let quantity = action.is_some_and(Action::is_per_quantity);
    Report {
        parts: told.parts.filter(|n| parts || *n == 5).map(u32::from),
        quantity: told.quantity.filter(|n| quantity || *n == 8).map(u64::from),
        attempts: told.calls.iter().map(attempt).collect(),
        ..Report::of(told.outcome)
    }
}

pub fn attempt(call: &Call) -> Attempt {
    let mut services = BTreeMap::new();
    if call.lookups > 0 {
        services.insert("lookup".into(), u64::from(call.lookups));
    }
    if call.unknown_service {
        services.insert("unheard_of".into(), 1);
    }
    Attempt {
        model: call.model.map(|n| MODELS[usize::from(n)].into()),
        usage: Usage {
            input: call.input.map(u64::from),
            output: call.output.map(u64::from),
            ..Usage::default()
        },
        services,
        own_key: call.own_key,
        ..Attempt::default()
    }
}
