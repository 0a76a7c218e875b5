//! What a fault of storage or too much at once may do, and what it never does.

use super::served::{NOW, Served, sample};
use probity::Environment;
use probity::store::{
    Batch, Beginning, CustomerNumber, KeptAnswer, MemoryStore, Reader, Recalled, Rested, Store,
    StoreError, Written,
};
use probity_core::{RunId, Time};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A store whose commits fail, or wait at a gate, when they are told to.
struct Faulty {
    inner: MemoryStore,
    fails: Arc<AtomicBool>,
    waits: Arc<AtomicBool>,
    unreadable: Arc<AtomicBool>,
    breaks: Arc<AtomicBool>,
    arrived: Sender<()>,
    gate: Mutex<Receiver<()>>,
}

/// What tells it to.
struct Hands {
    fails: Arc<AtomicBool>,
    waits: Arc<AtomicBool>,
    unreadable: Arc<AtomicBool>,
    breaks: Arc<AtomicBool>,
    arrived: Receiver<()>,
    open: Sender<()>,
}

fn faulty() -> (Box<dyn Store>, Hands) {
    let (fails, waits) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let (unreadable, breaks) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let ((arrived, arrives), (open, gate)) = (channel(), channel());
    let store = Faulty {
        inner: MemoryStore::default(),
        fails: Arc::clone(&fails),
        waits: Arc::clone(&waits),
        unreadable: Arc::clone(&unreadable),
        breaks: Arc::clone(&breaks),
        arrived,
        gate: Mutex::new(gate),
    };
    (Box::new(store), Hands { fails, waits, unreadable, breaks, arrived: arrives, open })
}

impl Store for Faulty {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        self.inner.beginning()
    }

    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        if self.unreadable.load(Ordering::SeqCst) {
            return Err(StoreError::Io("the disk is gone".to_owned()));
        }
        self.inner.number_of(environment, id)
    }

    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError> {
        self.inner.recall(customer, whole)
    }

    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        self.inner.owner(entry)
    }

    fn rested(&mut self, run: RunId) -> Result<Option<Rested>, StoreError> {
        self.inner.rested(run)
    }

    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError> {
        self.inner.rested_before(customer, place, limit)
    }

    fn first_answer(&mut self) -> Result<u64, StoreError> {
        self.inner.first_answer()
    }

    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError> {
        self.inner.customers(environment, after, limit)
    }

    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        self.inner.answer(number)
    }

    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        self.inner.entries(customer, after, limit)
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.inner.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if self.waits.load(Ordering::SeqCst) {
            let _ = self.arrived.send(());
            let _ = self.gate.lock().unwrap().recv();
        }
        assert!(!self.breaks.load(Ordering::SeqCst), "it breaks as it was told to");
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::ReadOnly("the disk is full".to_owned()));
        }
        self.inner.commit(batch)
    }
}

fn map(artifact: &str) -> Value {
    json!({"customer": "ana", "action": "enrich_market_map", "artifact": artifact})
}

#[test]
fn a_full_disk_is_told_as_unknown_and_is_recovered_from() {
    let (store, hands) = faulty();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    let run = || served.call_with(&served.live, "POST", "/v1/runs", &map("a"), Some("k"));
    hands.fails.store(true, Ordering::SeqCst);
    let got = run();
    assert_eq!((got.header("retry-after"), got.header("x-should-retry")), ("1", ""));
    assert_eq!(got.refused(503, "billing_unavailable")["applied"], "unknown");
    // Reading goes on.
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["available"], "120");
    hands.fails.store(false, Ordering::SeqCst);
    assert_eq!(served.get("/v1/idempotency/k?customer=ana").is(200)["state"], "not_applied");
    let held = run();
    assert_eq!(held.header("probity-replayed"), "");
    assert_eq!(held.is(201)["seq"], 2);
    assert_eq!(run().header("probity-replayed"), "true");
}

#[test]
fn what_is_wrong_is_not_told_where_the_key_cannot_be_looked_up() {
    let (store, hands) = faulty();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    let wrong = json!({"customer": "ben", "action": "enrich_market_map", "colour": "red"});
    let run = || served.call_with(&served.live, "POST", "/v1/runs", &wrong, Some("k"));
    run().refused(422, "invalid_request");
    hands.unreadable.store(true, Ordering::SeqCst);
    let got = run();
    assert_eq!(got.header("retry-after"), "1");
    assert_eq!(got.refused(503, "billing_unavailable")["applied"], "unknown");
}

#[test]
fn who_comes_when_the_queue_is_full_is_told_so_at_once() {
    let (store, hands) = faulty();
    let served = Arc::new(Served::with(store, Time::parse(NOW).unwrap(), 1));
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    hands.waits.store(true, Ordering::SeqCst);
    let start = |artifact: &'static str| {
        let served = Arc::clone(&served);
        std::thread::spawn(move || served.post("/v1/runs", &map(artifact)))
    };
    let first = start("a");
    hands.arrived.recv().unwrap();
    // One waits at the gate, the next one in the queue: there is no more room.
    let (mut waiting, mut refused) = (Vec::new(), None);
    for artifact in ["b", "c"] {
        let served = Arc::clone(&served);
        let (done, told) = channel();
        waiting.push(told);
        std::thread::spawn(move || {
            let _ = done.send(served.post("/v1/runs", &map(artifact)));
        });
    }
    while refused.is_none() {
        refused = waiting.iter().find_map(|told| told.try_recv().ok());
        std::thread::yield_now();
    }
    let refused = refused.unwrap();
    assert_eq!(refused.header("retry-after"), "1");
    refused.refused(503, "overloaded");
    hands.waits.store(false, Ordering::SeqCst);
    hands.open.send(()).unwrap();
    first.join().unwrap().is(201);
    let last = waiting.iter().find_map(|told| told.recv().ok()).unwrap();
    last.is(201);
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 3);
}

#[test]
fn what_is_in_flight_is_answered_when_it_stops() {
    let (store, hands) = faulty();
    let served = Arc::new(Served::on(store));
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    hands.waits.store(true, Ordering::SeqCst);
    let run = {
        let served = Arc::clone(&served);
        std::thread::spawn(move || served.post("/v1/runs", &map("a")))
    };
    hands.arrived.recv().unwrap();
    served.stop();
    // Nobody is let in any more.
    while std::net::TcpStream::connect(served.address()).is_ok() {
        std::thread::yield_now();
    }
    hands.open.send(()).unwrap();
    assert_eq!(run.join().unwrap().is(201)["seq"], 2);
}

#[test]
fn whoever_serves_hears_that_the_engine_has_failed() {
    let (store, hands) = faulty();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    hands.breaks.store(true, Ordering::SeqCst);
    let lost = served.post("/v1/runs", &map("a")).refused(503, "billing_unavailable");
    assert_eq!(lost["applied"], "unknown");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(served.probity.failed());
    let after = served.post("/v1/runs", &map("a")).refused(503, "billing_unavailable");
    assert_eq!(after["applied"], false);
}
