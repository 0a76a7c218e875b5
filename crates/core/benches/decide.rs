//! How long one decision takes, under a contract of 100 actions. Targets stand in docs/performance.md.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing
)]

mod books;

use books::{Bench, command, request};
use criterion::{Criterion, criterion_group, criterion_main};
use probity_core::Outcome;
use probity_core::command::{Act, Command, Report};
use probity_core::decide::decide;
use probity_core::state;
use std::hint::black_box;

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
    let settle = Act::Settle { run: bench.open_run(), report: Report::of(Outcome::Delivered) };
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
