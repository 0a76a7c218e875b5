//! How long the whole check of a contract of 1,000 actions takes, next to what a YAML parser takes for
//! the same text. Targets stand in docs/performance.md.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::arithmetic_side_effects)]

mod books;

use criterion::{Criterion, criterion_group, criterion_main};
use probity_core::contract::file::{Reading, Sources, read};
use probity_core::margin::margins;
use probity_core::{Time, lint};
use std::hint::black_box;

const ACTIONS: usize = 1_000;

fn whole(c: &mut Criterion) {
    let (contract, operations) = (books::contract(ACTIONS), books::operations(ACTIONS));
    let sources = Sources {
        contract: contract.as_bytes(),
        operations: Some(operations.as_bytes()),
        prices: None,
    };
    let reading = read(&sources);
    let written = reading.contract.as_ref().expect("a valid contract");
    let operates = reading.operations.as_ref().expect("valid operations");
    let today = written.zone.date(Time::parse("2026-11-24T10:00:00Z").unwrap());
    let lint = |reading: &Reading| lint::lint(black_box(reading), today);

    c.bench_function("check: read, 1,000 actions", |b| b.iter(|| read(black_box(&sources))));
    c.bench_function("check: lint, 1,000 actions", |b| b.iter(|| lint(&reading)));
    c.bench_function("check: margins, 1,000 actions", |b| {
        b.iter(|| margins(black_box(written), black_box(operates)));
    });
    c.bench_function("check: the whole, 1,000 actions", |b| {
        b.iter(|| {
            let reading = read(black_box(&sources));
            let found = lint(&reading);
            let margins =
                margins(reading.contract.as_ref().unwrap(), reading.operations.as_ref().unwrap());
            (reading, found, margins)
        });
    });
    c.bench_function("baseline: a YAML parser on the same text", |b| {
        b.iter(|| {
            let value: serde_json::Value = serde_saphyr::from_str(black_box(&contract)).unwrap();
            value
        });
    });
}

/// Files that mean harm, each about a megabyte: refused in less than a second.
fn hostile(c: &mut Criterion) {
    let files = [
        ("45,000 unknown keys", (0..45_000).map(|n| format!("k{n}: 1\n")).collect::<String>()),
        ("one key 200,000 times", "k: 1\n".repeat(200_000)),
        ("a list of 500,000", format!("a: [{}]", "1,".repeat(500_000))),
        ("300,000 levels", "a: ".repeat(300_000)),
        ("a text of 500,000 escapes", format!("contract: \"{}", "\\n".repeat(500_000))),
    ];
    for (name, text) in &files {
        let sources = Sources { contract: text.as_bytes(), operations: None, prices: None };
        c.bench_function(&format!("hostile: {name}"), |b| b.iter(|| read(black_box(&sources))));
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30);
    targets = whole, hostile
}
criterion_main!(benches);
