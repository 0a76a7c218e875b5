//! Ids of a payment provider lead to their customer: from the entry that names them on, after a restart,
//! and in a database from before they were kept.

use super::shop::publish;
use probity::engine::{Ask, Doing, Whose};
use probity::store::MemoryStore;
use probity::{Environment, Probity};
use probity_core::command::{Act, Actor, NewCustomer};
use probity_core::provider::{Before, Standing, SubscriptionTold};
use probity_core::{Amount, Name, Time};
use rusqlite::Connection;

fn does(probity: &Probity, customer: &str, act: Act) {
    let ask = Ask {
        environment: Environment::Live,
        whose: Whose::Customer(Name::new(customer)),
        doing: Doing::Act(act),
        by: Actor::product(),
        only_if: None,
        key: None,
        render: None,
    };
    probity.ask(ask).unwrap().wait().unwrap();
}

fn whose(probity: &Probity, environment: Environment, id: &str) -> Option<String> {
    let found = probity.whose(environment, Name::new(id)).unwrap().wait().unwrap();
    found.map(|name| name.to_string())
}

fn sells(probity: &Probity) {
    publish(probity, Environment::Live);
    for (customer, payment) in [("ana", "pi_1"), ("bob", "pi_2")] {
        let plan = Some(Name::new("starter"));
        does(probity, customer, Act::OpenCustomer(NewCustomer { plan, ..NewCustomer::default() }));
        let (payment, credits) = (Name::new(payment), Amount::credits(5));
        does(probity, customer, Act::TopUp { payment, credits, paid: None });
    }
    let told = SubscriptionTold {
        id: Name::new("sub_1"),
        event: Name::new("evt_1"),
        at: Time::from_micros(1),
        before: Before::Nothing,
        now: Standing::default(),
        waits: true,
        began_lately: true,
        otherwise: None,
    };
    does(probity, "bob", Act::Subscription(Box::new(told)));
}

fn leads(probity: &Probity) {
    let live = |id: &str| whose(probity, Environment::Live, id);
    assert_eq!(live("pi_1").as_deref(), Some("ana"));
    assert_eq!(live("pi_2").as_deref(), Some("bob"));
    assert_eq!(live("pi_3"), None);
    assert_eq!(whose(probity, Environment::Sandbox, "pi_1"), None);
}

#[test]
fn an_id_leads_to_whoever_was_first_named_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.db");
    let probity = Probity::open(&path).unwrap();
    sells(&probity);
    leads(&probity);
    // The same id of somebody else leads nowhere else.
    let (payment, credits) = (Name::new("pi_1"), Amount::credits(5));
    does(&probity, "bob", Act::TopUp { payment, credits, paid: None });
    leads(&probity);
    probity.close();
    let probity = Probity::open(&path).unwrap();
    leads(&probity);
    assert_eq!(whose(&probity, Environment::Live, "sub_1").as_deref(), Some("bob"));
    probity.close();
    let before = "DROP TABLE provider_ids; DROP INDEX deliveries_of; DELETE FROM migrations WHERE version >= 6";
    Connection::open(&path).unwrap().execute_batch(before).unwrap();
    let probity = Probity::open(&path).unwrap();
    leads(&probity);
    probity.close();
}

#[test]
fn a_store_in_memory_does_the_same() {
    let store = Box::<MemoryStore>::default();
    let probity = Probity::on(store, probity::engine::Options::default()).unwrap();
    sells(&probity);
    leads(&probity);
}
