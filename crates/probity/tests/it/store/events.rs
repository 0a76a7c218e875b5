//! What others are told: durable with the entry it follows from, each alert once, nothing of what was
//! not applied.

use super::shop::{at, delivered, first_version, gift, open, publish, send, start, summary};
use probity::answer::Reply;
use probity::clock::ManualClock;
use probity::core::command::{
    Act, AutoTopUpTerms, CapChanges, CustomerChanges, GrantKind, NewCustomer,
};
use probity::core::decide::Problem;
use probity::core::event::EventKind;
use probity::core::time::Length;
use probity::core::{Amount, Name, Time};
use probity::engine::{DecideSending, Key, Limits, Refused, Sending};
use probity::store::{Delivery, DeliveryState, Endpoint, EndpointChange, Told, Undelivered};
use probity::{Environment, Probity};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

struct Shop {
    _folder: tempfile::TempDir,
    database: PathBuf,
    clock: Arc<ManualClock>,
    probity: Probity,
}

fn shop(contract: &str) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let database = folder.path().join("events.db");
    let probity = start(&database, &clock, Limits::default());
    probity.publish(first_version(contract, Environment::Live), false).unwrap().wait().unwrap();
    Shop { _folder: folder, database, clock, probity }
}

impl Shop {
    fn opens(&self, customer: &str, plan: &str) {
        let plan = Some(Name::new(plan));
        self.probity
            .open_customer(customer, NewCustomer { plan, ..NewCustomer::default() })
            .unwrap();
    }

    fn told(&self) -> Vec<Told> {
        self.probity.events_after(Environment::Live, None, 0, 999).unwrap()
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.told().iter().map(|told| told.kind.word()).collect()
    }

    fn count(&self, kind: EventKind) -> usize {
        self.told().iter().filter(|told| told.kind == kind).count()
    }

    fn tailors(&self, customer: &str, draft: &str) {
        let run = self.starts(customer, draft).unwrap();
        self.probity.act(customer, delivered(run)).unwrap();
    }

    fn starts(&self, customer: &str, draft: &str) -> Result<probity::core::RunId, Refused> {
        let request = probity::core::command::RunRequest {
            action: Name::new("tailor_document"),
            artifact: Some(Name::new(draft)),
            ..probity::core::command::RunRequest::default()
        };
        let answer = self.probity.act(customer, Act::StartRun(Box::new(request)))?;
        Ok(answer.run.unwrap())
    }

    /// Stops, and starts again on what is on disk.
    fn restarted(self) -> Self {
        let Self { _folder, database, clock, probity } = self;
        probity.close();
        let probity = start(&database, &clock, Limits::default());
        Self { _folder, database, clock, probity }
    }
}

fn data(told: &Told) -> Value {
    serde_json::from_str::<Value>(&told.body()).unwrap()["data"].clone()
}

#[test]
fn every_entry_is_told_with_the_wallet_right_after_it_and_whoever_listens_hears_it() {
    let shop = shop("jobscout");
    let mut heard = shop.probity.listen();
    shop.opens("ana", "pro");
    shop.tailors("ana", "draft_1");
    assert_eq!(shop.kinds(), ["customer.opened", "run.held", "run.settled"]);
    let told = shop.told();
    let held = data(&told[1]);
    assert_eq!(held["wallet"]["available"], "115", "{held:#}");
    assert_eq!(held["run"]["status"], "held");
    let settled = data(&told[2]);
    assert_eq!(
        (&settled["run"]["charged"], &settled["run"]["rule"]),
        (&"5".into(), &"charge".into())
    );
    assert_eq!(settled["seq"], 3);
    let numbers: Vec<_> = std::iter::from_fn(|| heard.try_recv().ok()).map(|t| t.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    let id = told[2].id();
    assert_eq!(shop.probity.event(id).unwrap().as_ref(), Some(&told[2]), "{id}");
}

/// Of runs the store keeps only what entries do not say: what is read is what was heard, whole.
#[test]
fn what_is_read_again_is_what_was_heard() {
    let shop = shop("jobscout");
    let mut heard = shop.probity.listen();
    shop.opens("ana", "pro");
    shop.tailors("ana", "draft_1");
    let given_back = shop.starts("ana", "draft_2").unwrap();
    shop.probity.act("ana", Act::Release { run: given_back }).unwrap();
    let extended = shop.starts("ana", "draft_3").unwrap();
    shop.probity
        .act("ana", Act::Extend { run: extended, length: Length::parse("10 minutes").unwrap() })
        .unwrap();
    shop.probity.act("ana", delivered(extended)).unwrap();
    let amount = Some(Amount::credits(2));
    shop.probity.act("ana", Act::Refund { run: extended, amount, reason: None }).unwrap();
    let late = shop.starts("ana", "draft_4").unwrap();
    shop.clock.set(at("2026-11-26T12:00:00Z"));
    shop.probity.act("ana", delivered(late)).unwrap();
    let heard: Vec<_> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
    let shop = shop.restarted();
    let read = shop.told();
    let bodies = |all: &mut dyn Iterator<Item = &Told>| all.map(Told::body).collect::<Vec<_>>();
    assert_eq!(bodies(&mut read.iter()), bodies(&mut heard.iter().map(AsRef::as_ref)));
    let kinds = [
        "run.held",
        "run.settled",
        "run.held",
        "run.released",
        "run.held",
        "run.extended",
        "run.settled",
        "run.refunded",
        "run.held",
        "run.expired",
        "run.settled",
    ];
    assert_eq!(shop.kinds()[1..], kinds);
    assert_eq!(data(&read[11])["run"]["status"], "expired", "it was reported too late");
    let thin = read.iter().filter(|told| told.data.kept().len() < 60).count();
    assert_eq!(thin, 8, "all but what was extended, refunded, or reported too late");
}

#[test]
fn a_refusal_tells_nothing_and_a_malformed_first_run_takes_back_what_it_told() {
    let shop = shop("minimal");
    open(&shop.probity, "ana", 0);
    let before = shop.kinds().len();
    let many = Act::Pause { reason: "checked".to_owned() };
    shop.probity.act("ana", many).unwrap();
    assert!(send(&shop.probity, "ana", summary("a"), "k").is_err());
    assert_eq!(shop.kinds().len(), before + 1, "the pause alone");
    assert!(shop.probity.act("nobody", delivered(probity::core::RunId::new(7))).is_err());
    assert_eq!(shop.kinds().len(), before + 1);
    assert_eq!(shop.kinds().last(), Some(&"customer.paused"));
}

#[test]
fn each_share_of_the_credits_is_told_once_a_period_also_after_a_restart() {
    let mut shop = shop("jobscout");
    shop.opens("ana", "discovery");
    for (n, used) in [(1, 0), (2, 0), (3, 1)] {
        shop.tailors("ana", &format!("draft_{n}"));
        assert_eq!(shop.count(EventKind::WalletUsed), used, "after {n}");
        shop = shop.restarted();
    }
    let half = shop.told().into_iter().find(|told| told.kind == EventKind::WalletUsed).unwrap();
    assert_eq!(data(&half)["alert"]["at"], "50%", "60% are used");
    // More credits, and half used again in the same period: it was said.
    shop.probity.act("ana", gift(50)).unwrap();
    for n in 4..=9 {
        shop.tailors("ana", &format!("draft_{n}"));
    }
    assert_eq!(shop.count(EventKind::WalletUsed), 1);
    let shop = shop.restarted();
    shop.clock.set(at("2026-12-26T10:00:00Z"));
    let renewed = shop.count(EventKind::CustomerRenewed);
    shop.tailors("ana", "draft_20");
    assert_eq!(shop.count(EventKind::CustomerRenewed), renewed + 1, "what was due is told, too");
}

#[test]
fn grants_that_expire_are_told_when_it_is_time_for_whom_nobody_asks_about() {
    let shop = shop("jobscout");
    shop.opens("ana", "pro");
    shop.probity.act("ana", gift(10)).unwrap();
    let sweep = |shop: &Shop| while shop.probity.sweep().unwrap().wait().unwrap() > 0 {};
    sweep(&shop);
    assert_eq!(shop.count(EventKind::GrantExpiresSoon), 0, "it lasts for 90 days");
    for (day, told) in [("2027-01-24", 0), ("2027-01-26", 1), ("2027-02-18", 2), ("2027-02-19", 2)]
    {
        shop.clock.set(at(&format!("{day}T10:00:00Z")));
        sweep(&shop);
        let of_gift = shop.told().into_iter().filter(|one| {
            one.kind == EventKind::GrantExpiresSoon
                && data(one)["alert"]["on"].as_str().is_some_and(|on| on.starts_with("2027-02-24"))
        });
        assert_eq!(of_gift.count(), told, "{day}");
    }
}

#[test]
fn credits_that_come_shortly_before_they_end_are_told_of_at_once() {
    let shop = shop("jobscout");
    shop.opens("ana", "pro");
    let amount = Amount::credits(10);
    let expires = Some(at("2026-11-28T10:00:00Z"));
    let act = Act::Grant { kind: GrantKind::Gift, amount, expires, reason: None };
    shop.probity.act("ana", act).unwrap();
    assert_eq!(shop.kinds().last(), Some(&"grant.expires_soon"), "{:?}", shop.kinds());
    assert_eq!(shop.kinds()[shop.kinds().len() - 2], "grant.added");
    while shop.probity.sweep().unwrap().wait().unwrap() > 0 {}
    assert_eq!(shop.count(EventKind::GrantExpiresSoon), 1);
}

#[test]
fn an_automatic_top_up_is_wanted_once_until_it_is_paid_and_never_beyond_the_cap() {
    let shop = shop("jobscout");
    shop.opens("ana", "pro");
    let below = |n| Amount::credits(n);
    let auto = AutoTopUpTerms { below: below(110), credits: below(50), month_at_most: below(100) };
    let caps = CapChanges { auto_top_up: Some(Some(auto)), ..CapChanges::default() };
    shop.probity.act("ana", Act::SetCaps(caps)).unwrap();
    for n in 1..=4 {
        shop.tailors("ana", &format!("draft_{n}"));
    }
    assert_eq!(shop.count(EventKind::TopUpWanted), 1, "{:?}", shop.kinds());
    let pay = |payment: &str| {
        let (payment, credits) = (Name::new(payment), below(50));
        shop.probity.act("ana", Act::TopUp { payment, credits, paid: None }).unwrap();
    };
    pay("pi_1");
    for n in 5..=16 {
        shop.tailors("ana", &format!("draft_{n}"));
    }
    assert_eq!(shop.count(EventKind::TopUpWanted), 2);
    pay("pi_2");
    for n in 17..=28 {
        shop.tailors("ana", &format!("draft_{n}"));
    }
    assert_eq!(shop.count(EventKind::TopUpWanted), 2, "100 a month at most");
}

#[test]
fn a_top_up_is_wanted_again_while_more_is_missing_and_the_day_after_one_that_failed() {
    let shop = shop("jobscout");
    shop.opens("ana", "pro");
    let amount = |n| Amount::credits(n);
    let auto =
        AutoTopUpTerms { below: amount(200), credits: amount(10), month_at_most: amount(1000) };
    let caps = CapChanges { auto_top_up: Some(Some(auto)), ..CapChanges::default() };
    shop.probity.act("ana", Act::SetCaps(caps)).unwrap();
    assert_eq!(shop.count(EventKind::TopUpWanted), 1);
    let (payment, credits) = (Name::new("pi_1"), amount(10));
    shop.probity.act("ana", Act::TopUp { payment, credits, paid: None }).unwrap();
    assert_eq!(shop.count(EventKind::TopUpWanted), 2, "130 are still below 200");
    shop.clock.set(at("2026-11-27T10:00:00Z"));
    while shop.probity.sweep().unwrap().wait().unwrap() > 0 {}
    assert_eq!(shop.count(EventKind::TopUpWanted), 3, "nothing was paid since yesterday");
    let mut next = first_version("jobscout", Environment::Live);
    let text = next.contract.take().unwrap().replace("version: 3", "version: 4");
    next.contract = Some(text.replace("effective: 2026-11-01", "effective: 2027-02-01"));
    shop.probity.publish(next, false).unwrap().wait().unwrap();
    shop.opens("eve", "pro");
    let told = shop.told();
    let of_eve = told.iter().filter(|told| told.whose.as_str() == "eve");
    let kinds: Vec<_> = of_eve.map(|told| told.kind.word()).collect();
    assert!(kinds.contains(&"terms.changing"), "{kinds:?}");
}

/// What was asked for on one plan is not charged for on another that sells nothing, nor from somebody
/// whom an operator paused.
#[test]
fn a_top_up_is_wanted_only_where_one_is_sold() {
    let shop = shop("jobscout");
    let amount = Amount::credits;
    let auto =
        AutoTopUpTerms { below: amount(900), credits: amount(10), month_at_most: amount(1000) };
    let asks = Act::SetCaps(CapChanges { auto_top_up: Some(Some(auto)), ..CapChanges::default() });
    let change =
        CustomerChanges { plan: Some(Name::new("discovery")), ..CustomerChanges::default() };
    for (customer, then) in
        [("ana", Act::UpdateCustomer(change)), ("ben", Act::Pause { reason: "checked".to_owned() })]
    {
        shop.opens(customer, "pro");
        shop.probity.act(customer, asks.clone()).unwrap();
        shop.probity.act(customer, then).unwrap();
    }
    assert_eq!(shop.count(EventKind::TopUpWanted), 2, "each when it was asked for");
    for day in ["2026-12-27", "2026-12-28"] {
        shop.clock.set(at(&format!("{day}T10:00:00Z")));
        while shop.probity.sweep().unwrap().wait().unwrap() > 0 {}
    }
    assert_eq!(shop.count(EventKind::TopUpWanted), 2, "{:?}", shop.kinds());
    shop.probity.act("ben", Act::Resume { item: None }).unwrap();
    assert_eq!(shop.count(EventKind::TopUpWanted), 3, "{:?}", shop.kinds());
}

#[test]
fn a_version_that_will_begin_is_told_to_everybody_once() {
    let shop = shop("jobscout");
    shop.opens("ana", "pro");
    shop.opens("ben", "byok");
    let mut next = first_version("jobscout", Environment::Live);
    let text = next.contract.take().unwrap();
    let text = text.replace("version: 3", "version: 4");
    let text = text.replace("effective: 2026-11-01", "effective: 2027-02-01");
    next.contract = Some(text.replace("price: 5 credits", "price: 6 credits"));
    next.adverse = true;
    shop.probity.publish(next, false).unwrap().wait().unwrap();
    while shop.probity.sweep().unwrap().wait().unwrap() > 0 {}
    let shop = shop.restarted();
    while shop.probity.sweep().unwrap().wait().unwrap() > 0 {}
    let told = shop.told();
    let of: Vec<_> = told.iter().filter(|told| told.kind == EventKind::TermsChanging).collect();
    let whose: Vec<_> = of.iter().map(|told| told.whose.as_str()).collect();
    assert_eq!(whose, ["ana", "ben"]);
    let terms = &data(of[0])["terms"];
    assert_eq!(
        (&terms["contract"], &terms["starts"]),
        (&"jobscout@4".into(), &"next_period".into())
    );
}

fn endpoint(kinds: Vec<EventKind>) -> Endpoint {
    Endpoint {
        id: Name::new("we_1"),
        environment: Environment::Live,
        url: "https://example.org/hooks".to_owned(),
        kinds,
        description: None,
        secret: 1,
        old_until: None,
        created_at: at("2026-11-26T10:00:00Z"),
        stopped: None,
    }
}

#[test]
fn what_an_endpoint_takes_waits_for_it_from_the_commit_on() {
    let shop = shop("jobscout");
    let put = EndpointChange::Put(endpoint(vec![EventKind::RunSettled]));
    shop.probity.endpoints(Some(put)).unwrap().wait().unwrap();
    publish_sandbox(&shop.probity);
    shop.opens("ana", "pro");
    shop.tailors("ana", "draft_1");
    let shop = shop.restarted();
    let now = shop.clock_now();
    let due = shop.probity.deliveries_due("we_1", now, 9).unwrap();
    assert_eq!(due.iter().map(|d| d.event).collect::<Vec<_>>(), [3], "run.settled alone");
    let sent = Delivery {
        state: DeliveryState::Delivered,
        attempts: 1,
        said: Some("200".to_owned()),
        ..due[0].clone()
    };
    shop.probity.note_deliveries(vec![sent.clone()]).unwrap().wait().unwrap();
    assert_eq!(shop.probity.deliveries_due("we_1", now, 9).unwrap(), []);
    let known = shop.probity.deliveries_below("we_1", None, u64::MAX, 9).unwrap();
    assert_eq!(known, [sent]);
    let gone = EndpointChange::Remove(Name::new("we_1"));
    assert_eq!(shop.probity.endpoints(Some(gone)).unwrap().wait().unwrap(), []);
    assert_eq!(shop.probity.deliveries_below("we_1", None, u64::MAX, 9).unwrap(), []);
}

/// What waits: for whom, and from when on.
fn waiting(endpoint: &str, event: u64, due_at: Time) -> Delivery {
    Delivery {
        event,
        endpoint: Name::new(endpoint),
        state: DeliveryState::Waiting,
        attempts: 0,
        due_at,
        said: None,
        changed_at: due_at,
    }
}

#[test]
fn each_endpoint_has_a_queue_of_its_own() {
    let shop = shop("jobscout");
    for id in ["we_1", "we_2"] {
        let put = Endpoint { id: Name::new(id), ..endpoint(vec![EventKind::RunSettled]) };
        shop.probity.endpoints(Some(EndpointChange::Put(put))).unwrap().wait().unwrap();
    }
    let (now, later) = (at("2026-11-26T10:00:00Z"), at("2026-11-26T11:00:00Z"));
    let dead = Delivery { state: DeliveryState::Dead, ..waiting("we_2", 9, now) };
    let all = vec![waiting("we_1", 7, now), waiting("we_1", 8, later), dead];
    shop.probity.note_deliveries(all).unwrap().wait().unwrap();
    let due = |endpoint, by| shop.probity.deliveries_due(endpoint, by, 9).unwrap();
    assert_eq!(due("we_1", now), [waiting("we_1", 7, now)]);
    assert_eq!(due("we_1", later).len(), 2);
    assert_eq!(due("we_2", later), []);
    assert_eq!(shop.probity.next_delivery("we_1", Time::MIN).unwrap(), Some(now));
    assert_eq!(shop.probity.next_delivery("we_1", now).unwrap(), Some(later));
    assert_eq!(shop.probity.next_delivery("we_2", Time::MIN).unwrap(), None);
    assert_eq!(shop.probity.undelivered().unwrap(), Undelivered { waiting: 2, dead: 1 });
    let dead = shop.probity.deliveries_below("we_2", Some(DeliveryState::Dead), 10, 9).unwrap();
    assert_eq!(dead.iter().map(|one| one.event).collect::<Vec<_>>(), [9]);
}

#[test]
fn a_change_to_endpoints_is_decided_where_nothing_changes_meanwhile_and_once_for_its_key() {
    let shop = shop("jobscout");
    let key = Key { key: "k1".to_owned(), fingerprint: [7; 32] };
    let add = |answer: &'static str| -> DecideSending {
        Box::new(move |known| {
            let id = Name::new(&format!("we_{}", known.len() + 1));
            let put = EndpointChange::Put(Endpoint { id, ..endpoint(Vec::new()) });
            let reply = Reply { status: 201, body: answer.to_owned() };
            Ok(Sending { endpoints: vec![put], deliveries: Vec::new(), reply })
        })
    };
    let live = Environment::Live;
    let tell = |decide| {
        let told = shop.probity.endpoints_told(live, Some(key.clone()), decide).unwrap();
        told.wait()
    };
    assert!(!tell(add("{}")).unwrap().replayed);
    let again = tell(add("{\"other\":1}")).unwrap();
    assert!(again.replayed && again.reply.unwrap().body == "{}");
    let refused = shop.probity.endpoints_told(
        live,
        None,
        Box::new(|_| Err(Problem::NotFound { what: "endpoint" }.into())),
    );
    assert!(refused.unwrap().wait().is_err());
    assert_eq!(shop.probity.endpoints(None).unwrap().wait().unwrap().len(), 1);
}

impl Shop {
    fn clock_now(&self) -> probity::core::Time {
        probity::clock::Clock::now(&*self.clock)
    }
}

fn publish_sandbox(probity: &Probity) {
    publish(probity, Environment::Sandbox);
}

#[test]
fn old_events_go_but_for_those_told_once() {
    let shop = shop("jobscout");
    shop.opens("ana", "discovery");
    for n in 1..=3 {
        shop.tailors("ana", &format!("draft_{n}"));
    }
    shop.clock.set(at("2027-01-27T10:00:00Z"));
    shop.opens("ben", "pro");
    for n in 1..=20 {
        shop.tailors("ben", &format!("draft_{n}"));
    }
    let of_ana = shop.told().into_iter().filter(|told| told.whose.as_str() == "ana");
    let kinds: Vec<_> = of_ana.map(|told| told.kind.word()).collect();
    assert_eq!(kinds, ["wallet.runs_out_soon", "wallet.used"]);
    assert!(shop.told().iter().filter(|told| told.whose.as_str() == "ben").count() >= 41);
    let since = |time: &str| shop.probity.told_since(at(time)).unwrap();
    let places: Vec<_> = shop.told().iter().map(|told| (told.told_at, told.number)).collect();
    let first_of_ben = places.iter().find(|(told_at, _)| *told_at >= at("2027-01-27T10:00:00Z"));
    assert_eq!(since("2026-01-01T00:00:00Z"), Some(places[0].1));
    assert_eq!(since("2027-01-01T00:00:00Z"), first_of_ben.map(|(_, place)| *place));
    assert_eq!(since("2027-01-27T10:00:01Z"), None);
}
