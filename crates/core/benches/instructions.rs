//! How many instructions one decision takes: the same figure whatever else the machine does.
//!
//! Needs valgrind and `gungraun-runner` of the same version as the `gungraun` dependency.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing
)]

mod books;

use books::{Bench, command, request};
use gungraun::{library_benchmark, library_benchmark_group, main};
use probity_core::Outcome;
use probity_core::command::{Act, Command, Report};
use probity_core::decide::{Decision, decide};
use probity_core::entry::Entry;
use probity_core::{journal, state};
use std::hint::black_box;

/// Books and a command. They are boxed, so that handing them over is not counted.
type Given = Box<(Bench, Command)>;

/// Books that have decided the same before: what the allocator tidies up once is not the decision's.
fn given(act: impl FnOnce(&Bench) -> Act) -> Given {
    let bench = Bench::new();
    let command = command(9_000, act(&bench));
    for _ in 0..3 {
        drop(decided(&bench, &command));
    }
    Box::new((bench, command))
}

fn decided(bench: &Bench, command: &Command) -> Decision {
    let customer = Some(&bench.customer);
    decide(&bench.catalog, &bench.sums, customer, black_box(command), bench.now).expect("allowed")
}

fn hold() -> Given {
    given(|_| request(50, "new_item", None))
}

fn in_one() -> Given {
    given(|_| request(50, "new_item", Some(Box::new(Report::of(Outcome::Delivered)))))
}

fn settle() -> Given {
    given(|bench| Act::Settle { run: bench.open_run(), report: Report::of(Outcome::Delivered) })
}

#[library_benchmark]
#[bench::hold(hold())]
#[bench::run_in_one(in_one())]
#[bench::settle(settle())]
fn decide_one(given: Given) -> (Decision, Given) {
    // What was given is handed back, so that taking it down is not counted.
    (decided(&given.0, &given.1), given)
}

/// Books and the entry of a hold that could be the next of their customer, who has had one before.
fn held() -> Box<(Bench, Entry)> {
    let mut bench = Bench::new();
    let entry = |n, action, artifact: &str| {
        decided(&bench, &command(n, request(action, artifact, None))).entry.expect("a new run")
    };
    let (first, next) = (entry(8_999, 51, "first_item"), entry(9_000, 50, "new_item"));
    state::apply(&mut bench.customer, &first);
    Box::new((bench, next))
}

#[library_benchmark]
#[bench::hold(held())]
fn apply_one(mut given: Box<(Bench, Entry)>) -> Box<(Bench, Entry)> {
    let (bench, entry) = &mut *given;
    state::apply(&mut bench.customer, black_box(entry));
    given
}

/// The entry of a run that could be the next of its customer.
fn entry(given: Given) -> Box<Entry> {
    Box::new(decided(&given.0, &given.1).entry.expect("it writes an entry"))
}

#[library_benchmark]
#[bench::hold(entry(hold()))]
#[bench::run_in_one(entry(in_one()))]
#[bench::settle(entry(settle()))]
fn write_one(entry: Box<Entry>) -> (String, Box<Entry>) {
    (journal::body(black_box(&entry)), entry)
}

/// The text of an entry.
fn body(entry: Box<Entry>) -> String {
    journal::body(&entry)
}

#[library_benchmark]
#[bench::hold(body(entry(hold())))]
#[bench::settle(body(entry(settle())))]
fn read_one(body: String) -> (Entry, String) {
    (serde_json::from_str(black_box(&body)).expect("it is an entry"), body)
}

library_benchmark_group!(
    name = decisions;
    benchmarks = decide_one, apply_one, write_one, read_one
);
main!(library_benchmark_groups = decisions);
