//! How long one decision and one fold take, under a contract of 100 actions, next to what a wallet
//! check written by hand takes. Targets stand in docs/performance.md.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing
)]

mod books;

use books::{Bench, command, request};
use criterion::{Criterion, criterion_group, criterion_main};
use probity_core::command::{Act, Command, Report};
use probity_core::decide::decide;
use probity_core::entry::Entry;
use probity_core::state;
use probity_core::{Amount, Outcome};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn in_one(n: u128) -> Command {
    let report = Some(Box::new(Report::of(Outcome::Delivered)));
    command(n, request(50, &format!("new_item_{n}"), report))
}

fn hold(n: u128) -> Command {
    command(n, request(50, &format!("new_item_{n}"), None))
}

fn decisions(c: &mut Criterion) {
    let bench = Bench::new();
    let decide_it = |command: &Command| {
        decide(&bench.catalog, &bench.sums, Some(&bench.customer), black_box(command), bench.now)
    };
    let command_of = |name: &str, command: &Command, c: &mut Criterion| {
        c.bench_function(name, |b| b.iter(|| decide_it(command)));
    };
    command_of("decide: hold, 100 actions", &hold(9_000), c);
    command_of("decide: run in one", &in_one(9_001), c);
    command_of("decide: reopened", &command(9_002, request(50, "item_50", None)), c);
    let settle = Act::Settle { run: bench.open_run(), report: Report::of(Outcome::Delivered) };
    command_of("decide: settle", &command(9_003, settle), c);
}

/// Entries that each could be the next one of the bench's customer.
fn next_entries(bench: &Bench, ask: fn(u128) -> Command) -> Vec<Entry> {
    let entry = |n| {
        let customer = Some(&bench.customer);
        decide(&bench.catalog, &bench.sums, customer, &ask(n), bench.now).unwrap().entry.unwrap()
    };
    (9_000..9_100).map(entry).collect()
}

fn folding(c: &mut Criterion) {
    let bench = Bench::new();
    for (name, ask) in [("hold", hold as fn(u128) -> Command), ("run in one", in_one)] {
        let entries = next_entries(&bench, ask);
        c.bench_function(&format!("apply: {name}"), |b| {
            b.iter_custom(|times| {
                let mut spent = Duration::ZERO;
                let mut left = times as usize;
                while left > 0 {
                    let batch = &entries[..left.min(entries.len())];
                    let mut customer = bench.customer.clone();
                    let begun = Instant::now();
                    batch.iter().for_each(|entry| state::apply(&mut customer, black_box(entry)));
                    spent += begun.elapsed();
                    left -= batch.len();
                }
                spent
            });
        });
    }
}

/// What a product writes when it writes the check itself: prices, a balance, and holds; no plan, no
/// allowance, no "the same again", no limits, no entry.
struct Wallet {
    prices: BTreeMap<String, Amount>,
    balance: Amount,
    holds: BTreeMap<u128, Amount>,
}

impl Wallet {
    /// As many actions and open holds as the bench's books have.
    fn new() -> Self {
        let price = |n: u32| (format!("action_{n}"), Amount::credits(n % 9 + 1));
        Self {
            prices: (0..100).map(price).collect(),
            balance: Amount::credits(1_000_000),
            holds: (0..3).map(|n| (n, Amount::credits(1))).collect(),
        }
    }

    fn hold(&mut self, run: u128, action: &str) -> Option<Amount> {
        let price = *self.prices.get(action)?;
        self.balance = self.balance.minus(price).filter(|left| *left >= Amount::ZERO)?;
        self.holds.insert(run, price);
        Some(price)
    }

    fn release(&mut self, run: u128) -> Option<()> {
        self.balance = self.balance.plus(self.holds.remove(&run)?)?;
        Some(())
    }
}

fn by_hand(c: &mut Criterion) {
    let mut wallet = Wallet::new();
    c.bench_function("baseline: a wallet by hand, hold and release", |b| {
        b.iter(|| {
            wallet.hold(black_box(9_000), black_box("action_50")).unwrap();
            wallet.release(black_box(9_000)).unwrap();
        });
    });
}

criterion_group!(benches, decisions, folding, by_hand);
criterion_main!(benches);
