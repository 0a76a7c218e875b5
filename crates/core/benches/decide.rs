//! How long one decision takes, under a contract of 100 actions. Targets stand in docs/performance.md.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing
)]

use criterion::{Criterion, criterion_group, criterion_main};
use probity_core::command::{Act, Actor, Command, NewCustomer, Report, RunRequest};
use probity_core::contract::file::{Sources, read};
use probity_core::decide::{decide, open_customer};
use probity_core::state::{self, Customer};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{CommandId, Name, Outcome, RunId, Time};
use std::fmt::Write as _;
use std::hint::black_box;

/// A contract of `actions` actions, every one with a price and a counted result.
fn contract(actions: usize) -> String {
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

struct Bench {
    catalog: Catalog,
    sums: Sums,
    customer: Customer,
    now: Time,
}

impl Bench {
    fn new() -> Self {
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

fn command(n: u128, act: Act) -> Command {
    Command { id: CommandId::new(n << 16), by: Actor::product(), act }
}

fn request(action: usize, artifact: &str, report: Option<Box<Report>>) -> Act {
    Act::StartRun(Box::new(RunRequest {
        action: Name::new(&format!("action_{action}")),
        artifact: Some(Name::new(artifact)),
        report,
        ..RunRequest::default()
    }))
}

fn decisions(c: &mut Criterion) {
    let bench = Bench::new();
    let decide_it = |command: &Command| {
        decide(&bench.catalog, &bench.sums, Some(&bench.customer), black_box(command), bench.now)
    };
    let hold = command(9_000, request(50, "new_item", None));
    c.bench_function("decide: hold, 100 actions", |b| b.iter(|| decide_it(&hold)));
    let in_one =
        command(9_001, request(50, "new_item", Some(Box::new(Report::of(Outcome::Delivered)))));
    c.bench_function("decide: run in one", |b| b.iter(|| decide_it(&in_one)));
    let reopened = command(9_002, request(50, "item_50", None));
    c.bench_function("decide: reopened", |b| b.iter(|| decide_it(&reopened)));
    let open: Vec<RunId> = bench.customer.runs.iter().rev().take(1).map(|(id, _)| *id).collect();
    let settle = Act::Settle { run: open[0], report: Report::of(Outcome::Delivered) };
    let settle = command(9_003, settle);
    c.bench_function("decide: settle", |b| b.iter(|| decide_it(&settle)));
}

fn folding(c: &mut Criterion) {
    let bench = Bench::new();
    let run =
        command(9_001, request(50, "new_item", Some(Box::new(Report::of(Outcome::Delivered)))));
    let decision = decide(&bench.catalog, &bench.sums, Some(&bench.customer), &run, bench.now);
    let entry = decision.unwrap().entry.unwrap();
    c.bench_function("apply: run in one", |b| {
        b.iter_batched_ref(
            || bench.customer.clone(),
            |customer| state::apply(customer, black_box(&entry)),
            criterion::BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, decisions, folding);
criterion_main!(benches);
