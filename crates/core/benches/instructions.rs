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
use std::hint::black_box;

/// Books that have decided once already: what the allocator tidies up then is not the decision's.
fn ready() -> Bench {
    let bench = Bench::new();
    let first = command(8_999, request(51, "first_item", None));
    decide(&bench.catalog, &bench.sums, Some(&bench.customer), &first, bench.now).expect("allowed");
    bench
}

fn hold() -> (Bench, Command) {
    (ready(), command(9_000, request(50, "new_item", None)))
}

fn in_one() -> (Bench, Command) {
    let report = Some(Box::new(Report::of(Outcome::Delivered)));
    (ready(), command(9_001, request(50, "new_item", report)))
}

fn settle() -> (Bench, Command) {
    let bench = ready();
    let act = Act::Settle { run: bench.open_run(), report: Report::of(Outcome::Delivered) };
    (bench, command(9_003, act))
}

#[library_benchmark]
#[bench::hold(hold())]
#[bench::run_in_one(in_one())]
#[bench::settle(settle())]
fn decide_one((bench, command): (Bench, Command)) -> (Decision, Bench, Command) {
    let decision =
        decide(&bench.catalog, &bench.sums, Some(&bench.customer), black_box(&command), bench.now);
    // The books are handed back, so that taking them down is not counted.
    (decision.expect("allowed"), bench, command)
}

library_benchmark_group!(name = decisions; benchmarks = decide_one);
main!(library_benchmark_groups = decisions);
