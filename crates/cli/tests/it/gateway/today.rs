//! What the product's own backend says of today's billing, beside what the contract would do; and what
//! every answer about a run says of the contract it was decided under.

use super::upstream::Upstream;
use super::{Front, TAILOR};
use crate::http::served::{Served, holds, sample};
use probity::Environment;
use probity::store::MemoryStore;
use serde_json::{Value, json};

/// A service with the sample contract in this mode, ana on a plan of 25 credits.
fn served(mode: &str) -> Served {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    let operations = files.operations.unwrap();
    files.operations = Some(operations.replace("default: enforce", &format!("default: {mode}")));
    served.publish(Environment::Live, files);
    served.opens("ana", "discovery");
    served
}

/// What the shadow report says of one draft that the backend answers so.
fn sums(status: &'static str, headers: &'static str) -> Value {
    let upstream = Upstream::answering(status, headers, "{\"result\":1}");
    let front = Front::of(served("shadow"), TAILOR, upstream);
    let got = front.tailor("", "d1");
    assert_eq!(got.header("probity-now-charged"), "");
    front.came_to(&got);
    front.served.get("/v1/reports/shadow").is(200)["sums"].clone()
}

#[test]
fn what_todays_billing_refuses_is_compared_as_refused() {
    let same = json!({"compared": 1, "same": 1, "would_not_stop": 0, "today": "5"});
    holds(&sums("200 OK", "probity-now-charged: 5\r\n"), &same);
    holds(&sums("200 OK", "probity-now-charged: 5; allowed\r\n"), &same);
    let refused = json!({"compared": 1, "same": 0, "would_not_stop": 1, "more": 0, "less": 0});
    holds(&sums("200 OK", "probity-now-charged: 0; denied\r\n"), &refused);
    for status in ["402 Payment Required", "403 Forbidden", "429 Too Many Requests"] {
        holds(&sums(status, ""), &refused);
        holds(&sums(status, "probity-now-charged: 0\r\n"), &refused);
        let allowed = json!({"compared": 1, "would_not_stop": 0});
        holds(&sums(status, "probity-now-charged: 0; allowed\r\n"), &allowed);
        holds(&sums(status, "probity-now-charged: 5\r\n"), &allowed);
    }
    holds(&sums("404 Not Found", ""), &json!({"runs": 1, "compared": 0}));
}

#[test]
fn what_cannot_be_read_says_nothing_and_changes_no_outcome() {
    for wrong in [
        "probity-now-charged: -5\r\n",
        "probity-now-charged: five\r\n",
        "probity-now-charged: 5; refused\r\n",
        "probity-now-charged: 5; denied\r\n",
        "probity-now-charged: 5; allowed; allowed\r\n",
        "probity-now-charged: 5,0\r\n",
        "probity-now-charged: $5\r\n",
        "probity-now-charged: \r\n",
        "probity-now-charged: 5\r\nprobity-now-charged: 6\r\n",
    ] {
        holds(&sums("200 OK", wrong), &json!({"runs": 1, "compared": 0, "charged": "5"}));
    }
    // A refusal beside what cannot be read is none that is known.
    let beside = "probity-now-charged: none\r\n";
    holds(&sums("402 Payment Required", beside), &json!({"runs": 1, "compared": 0}));
}

#[test]
fn what_is_enforced_is_not_taken_for_a_refusal_of_todays_billing() {
    let upstream = Upstream::answering("402 Payment Required", "", "{}");
    let front = Front::of(served("enforce"), TAILOR, upstream);
    front.came_to(&front.tailor("", "d1"));
    let sums = front.served.get("/v1/reports/shadow").is(200)["sums"].clone();
    holds(&sums, &json!({"runs": 1, "compared": 0}));
}

#[test]
fn refusals_say_under_which_contract_and_mode_too() {
    let front =
        Front::of(served("enforce"), TAILOR, Upstream::answering("200 OK", "", "{\"result\":1}"));
    let key = "idempotency-key: k1\r\n";
    front.came_to(&front.tailor(key, "d1"));
    let dear = front.tailor("probity-max-price: 4\r\n", "d2");
    dear.refused(402, "price_above_max");
    let again = front.tailor(key, "d1");
    again.refused(409, "already_done");
    for got in [dear, again] {
        let told = ["probity-action", "probity-contract", "probity-mode"];
        let told = told.map(|name| got.header(name));
        assert_eq!(told, ["tailor_document", "jobscout@3", "enforce"], "{}", got.head);
    }
}
