//! What a fault of storage or too much at once may do, and what it never does.

use super::events::Stream;
use super::served::{NOW, Served, sample};
use probity::Environment;
use probity::engine::{self, Options};
use probity::store::{Batch, Beginning, MemoryStore, Reader, Store, StoreError};
use probity_core::Time;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A store whose commits fail, or wait at a gate, when they are told to.
struct Faulty {
    inner: MemoryStore,
    fails: Arc<AtomicBool>,
    waits: Arc<AtomicBool>,
    breaks: Arc<AtomicBool>,
    unreadable: Arc<AtomicBool>,
    loses: Arc<AtomicBool>,
    arrived: Sender<()>,
    gate: Mutex<Receiver<()>>,
}

/// What tells it to.
struct Hands {
    fails: Arc<AtomicBool>,
    waits: Arc<AtomicBool>,
    breaks: Arc<AtomicBool>,
    unreadable: Arc<AtomicBool>,
    /// What is committed is durable, and told as if it were not.
    loses: Arc<AtomicBool>,
    arrived: Receiver<()>,
    open: Sender<()>,
}

fn faulty() -> (Box<dyn Store>, Hands) {
    let (fails, waits) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let (breaks, unreadable) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let loses = Arc::<AtomicBool>::default();
    let ((arrived, arrives), (open, gate)) = (channel(), channel());
    let store = Faulty {
        inner: MemoryStore::default(),
        fails: Arc::clone(&fails),
        waits: Arc::clone(&waits),
        breaks: Arc::clone(&breaks),
        unreadable: Arc::clone(&unreadable),
        loses: Arc::clone(&loses),
        arrived,
        gate: Mutex::new(gate),
    };
    (Box::new(store), Hands { fails, waits, breaks, unreadable, loses, arrived: arrives, open })
}

impl Store for Faulty {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        if self.unreadable.load(Ordering::SeqCst) {
            return Err(StoreError::Io("the disk is gone".to_owned()));
        }
        self.inner.beginning()
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
        self.inner.commit(batch)?;
        if self.loses.load(Ordering::SeqCst) {
            return Err(StoreError::Io("the answer got lost".to_owned()));
        }
        Ok(())
    }
}

#[test]
fn what_was_durable_though_its_answer_got_lost_is_heard() {
    let (store, hands) = faulty();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    let mut of_ana = Stream::open(&served, &served.live, "/v1/customers/ana/events", None);
    let mut of_all = Stream::open(&served, &served.live, "/v1/events", None);
    hands.loses.store(true, Ordering::SeqCst);
    let got = served.post("/v1/runs", &map("a"));
    assert_eq!(got.refused(503, "billing_unavailable")["applied"], "unknown");
    hands.loses.store(false, Ordering::SeqCst);
    for stream in [&mut of_ana, &mut of_all] {
        let heard = stream.next();
        assert_eq!(
            (heard.event.as_str(), &heard.data["data"]["run"]["artifact"]),
            ("run.held", &json!("a"))
        );
    }
    // And what comes after it, once.
    served.post("/v1/runs", &map("b")).is(201);
    for stream in [&mut of_ana, &mut of_all] {
        assert_eq!(stream.next().data["data"]["run"]["artifact"], "b");
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
    served.ana();
    let wrong = json!({"customer": "ben", "action": "enrich_market_map", "colour": "red"});
    let run = |body: &Value| served.call_with(&served.live, "POST", "/v1/runs", body, Some("k"));
    run(&wrong).refused(422, "invalid_request");
    // A commit fails, and what is on disk cannot be read either: then nothing is decided.
    hands.unreadable.store(true, Ordering::SeqCst);
    hands.fails.store(true, Ordering::SeqCst);
    run(&map("a")).refused(503, "billing_unavailable");
    let got = run(&wrong);
    assert_eq!(got.header("retry-after"), "1");
    assert_eq!(got.refused(503, "billing_unavailable")["applied"], "unknown");
    // Who only asks has nothing to wonder about.
    let unread = served.get("/v1/customers/ana/wallet").refused(503, "billing_unavailable");
    assert_eq!(unread["applied"], false);
    hands.fails.store(false, Ordering::SeqCst);
    hands.unreadable.store(false, Ordering::SeqCst);
    run(&wrong).refused(422, "invalid_request");
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["available"], "120");
}

#[test]
fn reading_goes_on_while_commits_fail() {
    let (store, hands) = faulty();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    served.post("/v1/runs", &map("a")).is(201);
    hands.fails.store(true, Ordering::SeqCst);
    let start = |artifact| served.post("/v1/runs", &map(artifact));
    for path in [
        "/v1/customers/ana/wallet",
        "/v1/customers/ana/runs",
        "/v1/customers/ana/entries?after=0&limit=10",
        "/v1/customers/ana/prices",
        "/v1/idempotency/other?customer=ana",
        "/v1/contracts",
        "/v1/contract",
        "/v1/customers",
    ] {
        let ((), got) = std::thread::scope(|scope| {
            let failing = scope.spawn(|| drop(start("b").refused(503, "billing_unavailable")));
            (failing.join().unwrap(), served.get(path))
        });
        got.is(200);
    }
    hands.fails.store(false, Ordering::SeqCst);
    assert_eq!(start("b").is(201)["seq"], 3);
}

#[test]
fn who_comes_when_the_queue_is_full_is_told_so_at_once() {
    let (store, hands) = faulty();
    // One commit answers one request, one waits for it, one is in the queue: there is no more room,
    // and no sweep takes any of it.
    let tight = Options {
        queue: 1,
        sweeps: false,
        limits: engine::Limits { batch: 1, ..engine::Limits::default() },
        ..Options::default()
    };
    let served = Arc::new(Served::with(store, Time::parse(NOW).unwrap(), tight));
    served.publish(Environment::Live, sample("jobscout"));
    served.ana();
    hands.waits.store(true, Ordering::SeqCst);
    let start = |artifact: &'static str| {
        let served = Arc::clone(&served);
        std::thread::spawn(move || served.post("/v1/runs", &map(artifact)))
    };
    let first = start("a");
    hands.arrived.recv().unwrap();
    let (mut waiting, mut refused) = (Vec::new(), None);
    let taken = served.probity.work().jobs;
    // Each in its place before the next comes: one is taken, one waits, one finds no room.
    for (artifact, jobs, queued) in [("b", taken + 1, 0), ("c", taken + 1, 1), ("d", 0, 0)] {
        let asks = Arc::clone(&served);
        let (done, told) = channel();
        waiting.push(told);
        std::thread::spawn(move || {
            let _ = done.send(asks.post("/v1/runs", &map(artifact)));
        });
        while served.probity.work().jobs < jobs || served.probity.work().waiting < queued {
            std::thread::yield_now();
        }
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
    let rest: Vec<_> = waiting.iter().filter_map(|told| told.recv().ok()).collect();
    assert_eq!(rest.len(), 2, "the others were let in");
    rest.into_iter().for_each(|last| drop(last.is(201)));
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 4);
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
