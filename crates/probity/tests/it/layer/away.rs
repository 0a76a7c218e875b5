//! What happens while the store is away: enforce refuses, shadow goes on, ends are kept and told once.

use super::{Full, Shop, header, probity, summary, text};
use http::Response;
use probity::core::{Amount, Name, RunId, Time};
use probity::engine::Options;
use probity::layer::{Charging, NoAnswer, Patience, Spool};
use probity::store::{
    Asked, Batch, Beginning, CustomerNumber, Delivery, DeliveryState, KeptAnswer, MemoryStore,
    Publication, Reader, Recalled, Replied, Rested, SealedKey, Store, StoreError, TheirKey, Theirs,
    Told, Undelivered, Written,
};
use probity::{Environment, Probity};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A store that can go away.
struct Away(MemoryStore, Arc<AtomicBool>);

impl Store for Away {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        self.0.beginning()
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(AwayReader(self.0.reader()?, Arc::clone(&self.1))))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(StoreError::ReadOnly("the disk is full".to_owned()));
        }
        self.0.commit(batch)
    }
}

/// What reads it.
struct AwayReader(Box<dyn Reader>, Arc<AtomicBool>);

impl AwayReader {
    fn there(&mut self) -> Result<&mut dyn Reader, StoreError> {
        match self.1.load(Ordering::SeqCst) {
            true => Err(StoreError::ReadOnly("the disk is gone".to_owned())),
            false => Ok(&mut *self.0),
        }
    }
}

/// Whatever is read is read from what is there.
macro_rules! read {
    ($($name:ident($($given:ident: $kind:ty),*) -> $read:ty;)*) => {
        impl Reader for AwayReader {
            $(fn $name(&mut self, $($given: $kind),*) -> Result<$read, StoreError> {
                self.there()?.$name($($given),*)
            })*
        }
    };
}

read! {
    number_of(environment: Environment, id: &str) -> Option<CustomerNumber>;
    recall(customer: CustomerNumber, whole: bool) -> Recalled;
    owner(entry: u64) -> Option<CustomerNumber>;
    rested(customer: CustomerNumber, run: RunId) -> Option<Rested>;
    rested_before(customer: CustomerNumber, place: u64, limit: usize) -> Vec<Rested>;
    first_answer() -> u64;
    customers(of: Environment, after: CustomerNumber, limit: usize) -> Vec<CustomerNumber>;
    answer(number: u64) -> Option<KeptAnswer>;
    entries(customer: CustomerNumber, after: u64, limit: usize) -> Vec<Written>;
    publications() -> Vec<Publication>;
    journal_below(below: u64, limit: usize) -> Vec<Theirs>;
    entry(place: u64) -> Option<Written>;
    questions_below(of: Environment, below: u64, limit: usize) -> Vec<Asked>;
    questions_of(customer: CustomerNumber, run: RunId) -> Vec<Replied>;
    customers_after(of: Environment, after: &str, limit: usize) -> Vec<Name>;
    whose(of: Environment, id: &str) -> Option<Name>;
    own_key(of: Environment, customer: &str, provider: &str) -> Option<SealedKey>;
    own_keys_after(after: (CustomerNumber, &str), limit: usize) -> Vec<TheirKey>;
    is_told(customer: CustomerNumber, once: &str) -> bool;
    events_after(
        environment: Environment,
        customer: Option<&str>,
        stretch: (u64, u64),
        limit: usize
    ) -> Vec<Told>;
    event(place: u64) -> Option<Told>;
    first_event(after: u64) -> u64;
    last_event() -> u64;
    told_since(since: Time) -> Option<u64>;
    deliveries_due(endpoint: &str, now: Time, limit: usize) -> Vec<Delivery>;
    next_delivery(endpoint: &str, after: Time) -> Option<Time>;
    undelivered() -> Undelivered;
    deliveries_below(
        endpoint: &str,
        state: Option<DeliveryState>,
        below: u64,
        limit: usize
    ) -> Vec<Delivery>;
}

const IMPATIENT: Patience = Patience {
    watched: Duration::from_millis(20),
    told: Duration::from_millis(20),
    between: Duration::from_millis(5),
};

fn away() -> (Probity, MemoryStore, Arc<AtomicBool>) {
    let (inner, is_away) = (MemoryStore::default(), Arc::<AtomicBool>::default());
    let store = Away(inner.clone(), Arc::clone(&is_away));
    (probity(Box::new(store)), inner, is_away)
}

#[tokio::test(flavor = "multi_thread")]
async fn enforce_refuses_without_blaming_the_customer() {
    let (probity, _, is_away) = away();
    let shop = Shop::on(probity);
    is_away.store(true, Ordering::SeqCst);
    let never = |_| async { panic!("it was refused") as Result<Response<Full>, NoAnswer> };
    let refused = shop.charging.run(summary("a"), never).await;
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after").as_str()), (503, "2"));
    assert!(text(refused).await.contains("\"billing_unavailable\""));
    assert_eq!(shop.charging.counted().refused, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn shadow_goes_on_and_counts() {
    let (probity, _, is_away) = away();
    let shop = Shop::on(probity);
    shop.operate("shadow").await;
    is_away.store(true, Ordering::SeqCst);
    let went_on = shop.run(summary("a"), 200, "done").await;
    assert_eq!((went_on.status().as_u16(), header(&went_on, "probity-run").as_str()), (200, ""));
    assert_eq!(text(went_on).await, "done");
    assert_eq!(shop.charging.counted().undecided, 1);
}

/// Of whoever is not known now, their plan is not; their share is, for it depends on their id alone.
#[tokio::test(flavor = "multi_thread")]
async fn of_whom_nothing_is_known_the_strictest_holds_that_can_be() {
    let open = [
        "default: enforce, plans: { starter: shadow }",
        "default: enforce, actions: { summarize_file: enforce }, plans: { starter: announce }",
        "default: enforce, share: 0.01%",
    ];
    let closed = [
        "default: shadow, plans: { starter: enforce }",
        "default: enforce, share: 99.99%",
        "default: shadow, actions: { summarize_file: enforce }",
    ];
    let all = open.into_iter().map(|text| (text, 200));
    for (rollout, status) in all.chain(closed.into_iter().map(|text| (text, 503))) {
        let (probity, inner, is_away) = away();
        drop(probity);
        // Nobody is in memory after a restart.
        let store = Box::new(Away(inner, Arc::clone(&is_away)));
        let restarted = move || Probity::on(store, Options::default()).unwrap();
        let probity = tokio::task::spawn_blocking(restarted).await.unwrap();
        let (charging, stop) = Charging::waiting(probity.clone(), None, IMPATIENT);
        let shop = Shop { probity, charging, stop };
        shop.roll_out(rollout).await;
        is_away.store(true, Ordering::SeqCst);
        let got = shop.run(summary("a"), 200, "done").await;
        assert_eq!(got.status().as_u16(), status, "{rollout}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_kept_on_disk_and_told_once_the_store_is_back() {
    let (probity, _, is_away) = away();
    let folder = tempfile::tempdir().unwrap();
    let spool = || Some(Spool::open(folder.path()).unwrap());
    let (charging, stop) = Charging::waiting(probity.clone(), spool(), IMPATIENT);
    let shop = Shop { probity: probity.clone(), charging, stop };
    let answer = shop.run(summary("a"), 200, "done").await;
    let run = header(&answer, "probity-run");
    is_away.store(true, Ordering::SeqCst);
    // The customer has what was delivered, whatever happened to the books.
    assert_eq!(text(answer).await, "done");
    assert_eq!(shop.charging.counted().spooled, 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    is_away.store(false, Ordering::SeqCst);
    while shop.charging.counted().posted == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let receipt = shop.told(&run).await;
    assert_eq!(
        (receipt.outcome.unwrap().word(), receipt.charged),
        ("delivered", Amount::credits(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_told_after_a_restart() {
    let (probity, inner, is_away) = away();
    let folder = tempfile::tempdir().unwrap();
    let spool = || Some(Spool::open(folder.path()).unwrap());
    let (charging, stop) = Charging::waiting(probity.clone(), spool(), IMPATIENT);
    let shop = Shop { probity, charging, stop };
    let answer = shop.run(summary("a"), 200, "done").await;
    let run = header(&answer, "probity-run");
    is_away.store(true, Ordering::SeqCst);
    text(answer).await;
    drop(shop);
    let restarted = move || Probity::on(Box::new(inner), Options::default()).unwrap();
    let probity = tokio::task::spawn_blocking(restarted).await.unwrap();
    let (charging, stop) = Charging::waiting(probity.clone(), spool(), IMPATIENT);
    let shop = Shop { probity, charging, stop };
    while shop.charging.counted().posted == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(shop.told(&run).await.charged, Amount::credits(1));
}

/// A store that keeps everybody waiting for as long as it is told to.
struct Hangs(MemoryStore, Arc<(Mutex<bool>, Condvar)>);

impl Store for Hangs {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        self.0.beginning()
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.0.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let (hangs, told) = &*self.1;
        drop(told.wait_while(hangs.lock().unwrap(), |hangs| *hangs).unwrap());
        self.0.commit(batch)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shadow_goes_on_though_the_store_hangs_and_nobody_can_be_asked() {
    let hangs = Arc::<(Mutex<bool>, Condvar)>::default();
    let store = Hangs(MemoryStore::default(), Arc::clone(&hangs));
    let options = Options { queue: 8, ..Options::default() };
    let probity = super::probity_with(super::CONTRACT, Box::new(store), options);
    let (charging, stop) = Charging::waiting(probity.clone(), None, IMPATIENT);
    let shop = Shop { probity, charging, stop };
    shop.operate("shadow").await;
    assert!(
        !shop.charging.is_enforced(super::Environment::Live, None, &"summarize_file".into()).await
    );
    *hangs.0.lock().unwrap() = true;
    // More than can wait for an answer.
    let all: Vec<_> = (0..50)
        .map(|n| {
            let charging = shop.charging.clone();
            let charge = summary(&format!("file{n}"));
            tokio::spawn(async move {
                let done = async { Ok(Response::new(Full::from("done"))) };
                charging.run(charge, |_| done).await.status().as_u16()
            })
        })
        .collect();
    for answered in all {
        assert_eq!(answered.await.unwrap(), 200);
    }
    assert_eq!(shop.charging.counted().undecided, 50);
    *hangs.0.lock().unwrap() = false;
    hangs.1.notify_all();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_is_durable_before_it_is_seen_also_where_the_length_is_known() {
    let (probity, _, is_away) = away();
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::open(folder.path()).unwrap();
    let (charging, stop) = Charging::waiting(probity.clone(), Some(spool), IMPATIENT);
    let shop = Shop { probity, charging, stop };
    let said = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes.\"},\
                \"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    let charge =
        probity::layer::Charge { protocol: probity::usage::Protocol::OpenaiChat, ..summary("a") };
    let mut answer = Response::new(Full::from(said));
    let events = http::HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert("content-type", events);
    let mut body = shop.charging.run(charge, |_| async { Ok(answer) }).await.into_body();
    is_away.store(true, Ordering::SeqCst);
    let mut seen = String::new();
    while !seen.contains("[DONE]") {
        seen.push_str(&super::next(&mut body).await.unwrap());
    }
    // It could not be told, so it was kept on disk first.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
