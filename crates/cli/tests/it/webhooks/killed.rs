//! The real binary, killed while webhooks are on their way: each arrives, some twice, none not at all.

use super::Shop;
use super::receiver::Receiver;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex};

#[test]
fn what_was_on_its_way_when_it_was_killed_is_sent_again_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let held = Arc::clone(&gate);
    // Until the gate opens, what comes is read, and not answered.
    let receiver = Receiver::answering(move |_| {
        let (is_open, opens) = &*held;
        let _open = opens.wait_while(is_open.lock().unwrap(), |is_open| !*is_open).unwrap();
        "200 OK".to_owned()
    });
    let mut shop = Shop::opens(folder.path());
    shop.put("/v1/customers/ana", &json!({"plan": "pro"}));
    let endpoint = shop.sends(&receiver, "run.settled")["id"].as_str().unwrap().to_owned();
    (0..20).for_each(|n| shop.runs("ana", &format!("m{n}")));
    let mut came: Vec<String> = Vec::new();
    let mut comes = |n: usize| {
        let ids = (0..n).map(|_| receiver.next().header("webhook-id").to_owned());
        let ids: Vec<String> = ids.collect();
        came.extend(ids.iter().cloned());
        ids
    };
    // As many as are on their way at once.
    let first: BTreeSet<String> = comes(8).into_iter().collect();
    shop = shop.killed(folder.path());
    let again: BTreeSet<String> = comes(8).into_iter().collect();
    assert_eq!(first, again, "nobody answered, so the same come again");
    let (is_open, opens) = &*gate;
    *is_open.lock().unwrap() = true;
    opens.notify_all();
    comes(12);
    let all = loop {
        let all = delivered(&shop, &endpoint);
        if all.len() == 20 {
            break all;
        }
    };
    assert_eq!(came.into_iter().collect::<BTreeSet<_>>(), all);
    assert!(receiver.so_far().is_empty(), "twice at most");
    let (code, said) = shop.started.end();
    assert_eq!(code, Some(0), "{said}");
}

/// The events of an endpoint, all pages of them.
fn delivered(shop: &Shop, endpoint: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let path = format!(
            "/v1/webhook-endpoints/{endpoint}/deliveries?state=delivered&limit=100&cursor={cursor}"
        );
        let page = shop.get(&path);
        let items = page["items"].as_array().unwrap().iter();
        all.extend(items.map(|one| one["event"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return all,
        }
    }
}
