//! From a log to sums: one thread reads, the others decide, each for its share of the customers.
//!
//! Rows travel in batches that are used again, through short queues: memory does not grow with the
//! log. Which worker decides a customer depends on their number alone.

use super::input::Input;
use super::maker::{Maker, Seen};
use super::order::Order;
use super::row::{Reason, Row};
use super::rules::Rules;
use super::shard::{Shard, Who, core_name};
use super::tally::Tally;
use probity_core::{Name, Time};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How many rows travel together: enough for most customers to have several among them.
const BATCH: usize = 32_768;
/// After how many rows the progress is told.
const TOLD: u64 = 4_096;
/// How many batches wait for a worker at most.
const WAITING: usize = 2;
/// How many customers a log may have: beyond that the column is another.
pub(crate) const MOST_CUSTOMERS: usize = 1_000_000;
/// How many broken rows are shown.
const SHOWN: usize = 10;

/// What was read, and what it came to.
#[derive(Debug)]
pub(crate) struct Replayed {
    /// The sums.
    pub(crate) tally: Tally,
    /// What rows have named.
    pub(crate) seen: Seen,
    /// The rows that cannot be read.
    pub(crate) broken: BrokenRows,
}

/// How many letters of a cell to blame are shown.
const LETTERS: usize = 40;

/// The rows that cannot be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrokenRows {
    /// How many, by reason.
    pub(crate) by_reason: BTreeMap<String, u64>,
    /// The first of them.
    pub(crate) first: Vec<BrokenRow>,
}

/// A row that cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct BrokenRow {
    /// Its line.
    pub(crate) line: u64,
    /// Why.
    pub(crate) reason: Reason,
    /// The cell that is to blame; a long one is cut.
    pub(crate) cell: String,
}

/// A cell of at most 40 letters, with a mark where it was cut.
fn short(cell: &str) -> String {
    if cell.chars().count() <= LETTERS {
        return cell.to_owned();
    }
    cell.chars().take(LETTERS - 1).chain(['…']).collect()
}

impl BrokenRows {
    fn add(&mut self, line: u64, reason: Reason, cell: &str) {
        *self.by_reason.entry(reason.to_string()).or_default() += 1;
        if self.first.len() < SHOWN {
            self.first.push(BrokenRow { line, reason, cell: short(cell) });
        }
    }

    /// How many in all.
    pub(crate) fn count(&self) -> u64 {
        self.by_reason.values().sum()
    }
}

/// Why a replay stops.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Reading failed.
    Io(io::Error),
    /// More customers than a log can have.
    TooManyCustomers,
}

/// Rows for one worker, with the names that are new to it.
#[derive(Debug, Default)]
struct Batch {
    rows: Vec<Row>,
    customers: Vec<Arc<str>>,
    models: Vec<Name>,
}

/// A worker as the reader sees it.
struct Lane {
    batch: Batch,
    send: SyncSender<Batch>,
    used: Receiver<Batch>,
    models_sent: usize,
}

/// Replays a log under rules with so many workers. `progress` is told how many bytes are read.
///
/// # Errors
/// [`Stop`]
pub(crate) fn replay(
    input: Input,
    columns: &super::columns::Columns,
    maker: Maker,
    rules: &Rules,
    workers: usize,
    progress: &mut dyn FnMut(u64),
) -> Result<Replayed, Stop> {
    let workers = workers.max(1);
    thread::scope(|scope| {
        let (lanes, ends): (Vec<_>, Vec<_>) = (0..workers)
            .map(|place| {
                let (send, take) = sync_channel(WAITING);
                let (give, used) = sync_channel(WAITING + 2);
                let works = scope.spawn(move || work(rules, workers, place, &take, &give));
                (Lane { batch: Batch::default(), send, used, models_sent: 0 }, works)
            })
            .unzip();
        let read = Reader {
            lanes,
            maker,
            order: Order::default(),
            broken: BrokenRows::default(),
            numbered: 0,
        }
        .read(input, columns, progress);
        let mut shards = Vec::new();
        for end in ends {
            match end.join() {
                Ok(shard) => shards.push(shard),
                Err(fault) => std::panic::resume_unwind(fault),
            }
        }
        let (seen, broken) = read?;
        Ok(Replayed { tally: merged(rules, shards), seen, broken })
    })
}

/// Every customer is brought to the end of the log, which is known only now.
fn merged(rules: &Rules, shards: Vec<Shard<'_>>) -> Tally {
    let spans = || shards.iter().filter_map(Shard::span);
    let first = spans().map(|(first, _)| first).min().unwrap_or(Time::MIN);
    let last = spans().map(|(_, last)| last).max().unwrap_or(Time::MIN);
    let mut all = Tally::new(&rules.contract);
    shards.into_iter().for_each(|shard| all.merge(shard.finish((first, last))));
    all.customers.sort_unstable_by_key(|customer| customer.customer);
    all
}

fn work<'r>(
    rules: &'r Rules,
    workers: usize,
    place: usize,
    take: &Receiver<Batch>,
    give: &SyncSender<Batch>,
) -> Shard<'r> {
    let mut shard = Shard::new(rules, workers);
    let mut customers: Vec<Arc<str>> = Vec::new();
    let mut models: Vec<Name> = Vec::new();
    let mut order: Vec<(u32, usize)> = Vec::new();
    for mut batch in take {
        customers.append(&mut batch.customers);
        models.append(&mut batch.models);
        // Customer by customer, each in order: the books of one are at hand while they are needed.
        order.clear();
        order.extend(batch.rows.iter().enumerate().map(|(i, row)| (row.customer, i)));
        order.sort_unstable();
        for row in order.iter().filter_map(|(_, i)| batch.rows.get(*i)) {
            let own = (row.customer as usize - place) / workers;
            let name = customers.get(own).map_or("", |name| name);
            shard.row(row, &Who { place: own, name }, &models);
        }
        batch.rows.clear();
        // The reader may be gone already: then nobody needs the batch.
        let _ = give.try_send(batch);
    }
    shard
}

/// The thread that reads.
struct Reader {
    lanes: Vec<Lane>,
    maker: Maker,
    order: Order,
    broken: BrokenRows,
    numbered: usize,
}

impl Reader {
    fn read(
        mut self,
        input: Input,
        columns: &super::columns::Columns,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(Seen, BrokenRows), Stop> {
        let mut rows: u64 = 0;
        input
            .each_row(columns, &mut |raw| {
                rows += 1;
                if rows.is_multiple_of(TOLD) {
                    progress(raw.read);
                }
                let made = raw.fields.and_then(|fields| self.maker.row(raw.line, fields));
                match made {
                    Ok(row) => self.push(row),
                    Err(reason) => {
                        let role = reason.role();
                        let cell = role.and_then(|role| Some(raw.fields.ok()?.get(role)));
                        self.broken.add(raw.line, reason, cell.unwrap_or_default());
                        true
                    }
                }
            })
            .map_err(Stop::Io)?;
        if self.maker.seen.customers.all().len() > MOST_CUSTOMERS {
            return Err(Stop::TooManyCustomers);
        }
        let order = std::mem::take(&mut self.order);
        order.finish(&mut |row| self.send_row(row));
        for place in 0..self.lanes.len() {
            self.flush(place);
        }
        Ok((self.maker.into_seen(), self.broken))
    }

    /// Puts a row into order; false when there are more customers than a log can have.
    fn push(&mut self, row: Row) -> bool {
        let mut order = std::mem::take(&mut self.order);
        order.push(row, &mut |row| self.send_row(row));
        self.order = order;
        self.maker.seen.customers.all().len() <= MOST_CUSTOMERS
    }

    fn send_row(&mut self, row: &Row) {
        self.send_names();
        let place = row.customer as usize % self.lanes.len().max(1);
        let Some(lane) = self.lanes.get_mut(place) else { return };
        lane.batch.rows.push(*row);
        if lane.batch.rows.len() >= BATCH {
            self.flush(place);
        }
    }

    /// Names travel to their worker before the first row that needs them.
    fn send_names(&mut self) {
        let all = self.maker.seen.customers.all();
        while let Some(name) = all.get(self.numbered) {
            let place = self.numbered % self.lanes.len().max(1);
            if let Some(lane) = self.lanes.get_mut(place) {
                lane.batch.customers.push(Arc::clone(name));
            }
            self.numbered += 1;
        }
    }

    fn flush(&mut self, place: usize) {
        let models = self.maker.seen.models.all();
        let Some(lane) = self.lanes.get_mut(place) else { return };
        let new = models.get(lane.models_sent..).unwrap_or_default();
        lane.batch.models.extend(new.iter().map(core_name));
        lane.models_sent = models.len();
        let next = lane.used.try_recv().unwrap_or_default();
        let full = std::mem::replace(&mut lane.batch, next);
        // A worker that is gone has panicked; joining it tells.
        let _ = lane.send.send(full);
    }
}
