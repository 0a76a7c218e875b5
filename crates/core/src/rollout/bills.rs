//! Customers' bills, as they would be and as today's billing makes them.
//!
//! Sums of single customers need room for every customer. A [`Slice`] has room for so many: where
//! more are met it keeps those whose digest falls into a smaller part, and says which part comes
//! next. So memory is bounded, and whoever walks the journal walks it once for every slice.

use super::cause::compare;
use super::fact::{Ended, Fact, How};
use super::total::{Total, count};
use crate::contract::Mode;
use crate::id::{Name, digest};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many customers are told of by name.
const TOLD: usize = 10;
/// One more than the largest digest.
const END: u128 = 1 << 64;

/// What a window comes to for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// The plan of the run that was met first.
    pub plan: Option<Name>,
    /// Runs that ended.
    pub runs: u64,
    /// Of these, they would be refused.
    pub denied: u64,
    /// What would be charged.
    pub charged: Total,
    /// What would be given back.
    pub given_back: Total,
    /// Runs of which it is known what today's billing charged.
    pub compared: u64,
    /// What it charged for them.
    pub today: Total,
    /// What would be charged for the same runs.
    pub beside_today: Total,
    /// The same of runs that were not enforced, which the gate is about: how many,
    pub watched: u64,
    /// what today's billing charged,
    pub watched_today: Total,
    /// and what would be charged.
    pub watched_would: Total,
}

impl Bill {
    /// Would what they pay for the same runs more than double?
    #[must_use]
    pub const fn is_more_than_doubled(&self) -> bool {
        self.compared > 0 && self.beside_today.is_more_than_double(self.today)
    }

    fn end(&mut self, ended: &Ended) {
        self.plan.get_or_insert_with(|| ended.plan.clone());
        if ended.how != How::Late {
            count(&mut self.runs, 1);
            count(&mut self.denied, u64::from(ended.denial.is_some()));
            self.charged.add(ended.charged);
        }
        let today = ended.today.as_ref().filter(|today| compare(ended, Some(*today)).is_some());
        if let Some(charged) = today.and_then(|today| today.charged) {
            count(&mut self.compared, 1);
            self.today.add(charged);
            self.beside_today.add(ended.charged);
            if ended.mode != Mode::Enforce {
                count(&mut self.watched, 1);
                self.watched_today.add(charged);
                self.watched_would.add(ended.charged);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.plan = self.plan.take().or(other.plan);
        count(&mut self.runs, other.runs);
        count(&mut self.denied, other.denied);
        count(&mut self.compared, other.compared);
        self.charged.merge(other.charged);
        self.given_back.merge(other.given_back);
        self.today.merge(other.today);
        self.beside_today.merge(other.beside_today);
        count(&mut self.watched, other.watched);
        self.watched_today.merge(other.watched_today);
        self.watched_would.merge(other.watched_would);
    }
}

/// The bills of a part of the customers: of all, where there is room for all.
#[derive(Clone, Debug)]
pub struct Slice {
    bills: BTreeMap<(u64, Name), Bill>,
    from: u128,
    below: u128,
    room: usize,
}

impl Slice {
    /// The first part, with room for so many customers, at least one.
    #[must_use]
    pub const fn first(room: usize) -> Self {
        Self { bills: BTreeMap::new(), from: 0, below: END, room }
    }

    /// Adds what an entry says, where it is about a customer of this part.
    pub fn add(&mut self, fact: &Fact) {
        match fact {
            Fact::Began { .. } => {}
            Fact::Ended(ended) => self.change(&ended.customer, |bill| bill.end(ended)),
            Fact::GivenBack { customer, amount, .. } => {
                self.change(customer, |bill| bill.given_back.add(*amount));
            }
        }
    }

    fn change(&mut self, customer: &Name, change: impl FnOnce(&mut Bill)) {
        let digest = digest(&[customer.as_str()]);
        let place = u128::from(digest);
        if place < self.from || place >= self.below {
            return;
        }
        change(self.bills.entry((digest, customer.clone())).or_default());
        while self.bills.len() > self.room.max(1) && self.width() > 1 {
            self.below = self.from.saturating_add(self.width() / 2);
            let half = u64::try_from(self.below).unwrap_or(u64::MAX);
            drop(self.bills.split_off(&(half, Name::default())));
        }
    }

    const fn width(&self) -> u128 {
        self.below.saturating_sub(self.from)
    }

    /// Adds what another window came to, for the same part.
    pub fn merge(&mut self, other: Self) {
        for (key, bill) in other.bills {
            self.bills.entry(key).or_default().merge(bill);
        }
    }

    /// Adds these bills to those of other parts; the part that comes next, where there is one.
    #[must_use]
    pub fn close(self, into: &mut Bills) -> Option<Self> {
        let Self { bills, below, room, .. } = self;
        for ((_, customer), bill) in bills {
            into.add(customer, bill);
        }
        (below < END).then_some(Self { bills: BTreeMap::new(), from: below, below: END, room })
    }
}

/// How many bills change, and how: the same means to the credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Customers of whom it is known what today's billing charges.
    pub compared: u64,
    /// They would pay less.
    pub less: u64,
    /// The same.
    pub same: u64,
    /// More.
    pub more: u64,
    /// Of those, more than double.
    pub more_than_doubled: u64,
}

impl Changed {
    /// One customer's bill, as today's billing makes it and as it would be.
    fn add(&mut self, today: Total, would: Total) {
        count(&mut self.compared, 1);
        count(&mut self.more_than_doubled, u64::from(would.is_more_than_double(today)));
        let place = match would.cmp(&today) {
            std::cmp::Ordering::Less => &mut self.less,
            std::cmp::Ordering::Equal => &mut self.same,
            std::cmp::Ordering::Greater => &mut self.more,
        };
        count(place, 1);
    }
}

/// One customer's bill, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillLine {
    /// Who.
    pub customer: Name,
    /// The plan of their last run.
    pub plan: Option<Name>,
    /// Runs that ended.
    pub runs: u64,
    /// Of these, they would be refused.
    pub denied: u64,
    /// What would be charged.
    pub charged: Total,
    /// What would be given back.
    pub given_back: Total,
    /// What today's billing charged, where it says so.
    pub today: Option<Total>,
    /// What would be charged for the same runs.
    pub beside_today: Option<Total>,
}

/// Everybody's bills: how many, and those worth a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bills {
    /// Customers with a run that ended, or something given back.
    pub customers: u64,
    /// Of these, they would meet a refusal.
    pub denied: u64,
    /// Against today.
    pub against_today: Changed,
    /// Against today, of runs that were not enforced: what the gate counts.
    pub watched: Changed,
    /// Those who would be charged most.
    pub top: Vec<BillLine>,
    /// Of those whose bill would more than double, those for whom it rises most.
    pub doubled: Vec<BillLine>,
}

impl Bills {
    fn add(&mut self, customer: Name, bill: Bill) {
        count(&mut self.customers, 1);
        count(&mut self.denied, u64::from(bill.denied > 0));
        let is_compared = bill.compared > 0;
        let is_doubled = bill.is_more_than_doubled();
        if is_compared {
            self.against_today.add(bill.today, bill.beside_today);
        }
        if bill.watched > 0 {
            self.watched.add(bill.watched_today, bill.watched_would);
        }
        let line = BillLine {
            customer,
            plan: bill.plan,
            runs: bill.runs,
            denied: bill.denied,
            charged: bill.charged,
            given_back: bill.given_back,
            today: is_compared.then_some(bill.today),
            beside_today: is_compared.then_some(bill.beside_today),
        };
        if is_doubled {
            keep(&mut self.doubled, line.clone(), |line| {
                let (would, today) = (line.beside_today, line.today);
                would.unwrap_or_default().over(today.unwrap_or_default())
            });
        }
        keep(&mut self.top, line, |line| line.charged);
    }
}

/// Keeps a line where it is among the largest; of equal ones the first by name.
fn keep(lines: &mut Vec<BillLine>, line: BillLine, size: impl Fn(&BillLine) -> Total) {
    let is_before =
        |other: &BillLine| (size(other), &line.customer) > (size(&line), &other.customer);
    let at = lines.partition_point(is_before);
    lines.insert(at, line);
    lines.truncate(TOLD);
}
