//! What happens while the store is away: enforce refuses, shadow goes on, ends are kept and told once.

use super::{Full, Shop, header, probity, summary, text};
use http::Response;
use probity::Probity;
use probity::core::Amount;
use probity::engine::Options;
use probity::layer::{Charging, NoAnswer, Patience, Spool};
use probity::store::{Batch, Beginning, MemoryStore, Reader, Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A store that can go away.
struct Away(MemoryStore, Arc<AtomicBool>);

impl Store for Away {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        self.0.beginning()
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.0.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(StoreError::ReadOnly("the disk is full".to_owned()));
        }
        self.0.commit(batch)
    }
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
