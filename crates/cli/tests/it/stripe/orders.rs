//! Events in random order, some of them twice, those that are not taken sent again as Stripe does, between
//! runs and what people take back by hand: the wallet and the plan end as they do in the order in which
//! things happened.

use super::events::{
    changed, charge, dispute, event, intent, invoice, items, refund, session, subscription,
};
use super::{shop, standing, tells};
use crate::http::served::Served;
use serde_json::{Value, json};
use std::collections::HashMap;

/// How many orders of each story are tried.
const ORDERS: u64 = 40;

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }

    /// In another order, some of them twice or three times. What is done with runs keeps its own order.
    fn shuffled(&mut self, events: &[Value]) -> Vec<Value> {
        let mut all = events.to_vec();
        for _ in 0..self.below(events.len() + 1) {
            all.push(events[self.below(events.len())].clone());
        }
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
        let mut runs = events.iter().filter(|event| is_of_a_run(event));
        // Their places are as chance has it, each once; which comes where, their order says.
        let mut left: Vec<Value> =
            events.iter().filter(|event| is_of_a_run(event)).cloned().collect();
        for event in all.iter_mut().filter(|event| is_of_a_run(event)) {
            *event = match left.iter().position(|one| one == event) {
                Some(at) => {
                    drop(left.remove(at));
                    runs.next().expect("one for each").clone()
                }
                None => json!({ "do": "nothing" }),
            };
        }
        all
    }
}

/// Somebody does something with a run.
fn does(what: &str, artifact: &str) -> Value {
    json!({ "do": what, "artifact": artifact })
}

/// Somebody takes credits of a payment back by hand; None: all.
fn by_hand(n: u32, payment: &str, credits: Option<&str>) -> Value {
    json!({ "do": "claw_back", "key": format!("hand_{n}"), "payment": payment, "credits": credits })
}

fn is_of_a_run(event: &Value) -> bool {
    event["artifact"].is_string()
}

/// Does what is no event of Stripe's. False: it is too early for it.
fn is_done(served: &Served, act: &Value, runs: &mut HashMap<String, String>) -> bool {
    let post = |path: &str, key: &str, body: &Value| {
        served.call_with(&served.live, "POST", path, body, Some(key))
    };
    let artifact = act["artifact"].as_str().unwrap_or_default().to_owned();
    let run = runs.get(&artifact).cloned().unwrap_or_default();
    let got = match act["do"].as_str().unwrap() {
        "nothing" => return true,
        "claw_back" => {
            let path =
                format!("/v1/customers/ana/top-ups/{}/claw-back", act["payment"].as_str().unwrap());
            let body = json!({ "credits": act["credits"], "reason": "by hand" });
            post(&path, act["key"].as_str().unwrap(), &body)
        }
        "hold" => {
            let body =
                json!({ "customer": "ana", "action": "tailor_document", "artifact": artifact });
            let got = post("/v1/runs", &format!("hold_{artifact}"), &body);
            if got.status == 201 {
                runs.insert(artifact, got.body["run"].as_str().unwrap().to_owned());
            }
            got
        }
        "settle" => {
            served.post(&format!("/v1/runs/{run}/settle"), &json!({ "outcome": "delivered" }))
        }
        what => served.post(&format!("/v1/runs/{run}/{what}"), &json!({})),
    };
    match got.status {
        200 | 201 => true,
        // The payment is still on its way.
        402 | 404 => false,
        _ => panic!("{act}: {:#}", got.body),
    }
}

/// Tells them all; what is not taken is sent again, in turn, until nothing is left.
fn delivers(served: &Served, events: Vec<Value>) {
    let mut left = events;
    let mut runs = HashMap::new();
    for _ in 0..20 {
        let mut again = Vec::new();
        for event in left {
            if event["do"].is_string() {
                let waits = is_of_a_run(&event) && again.iter().any(is_of_a_run);
                if waits || !is_done(served, &event, &mut runs) {
                    again.push(event);
                }
                continue;
            }
            let got = tells(served, &event);
            if got.status == 409 {
                assert_eq!(
                    (got.header("retry-after"), &got.body["code"]),
                    ("60", &json!("too_early"))
                );
                again.push(event);
            } else {
                got.is(200);
            }
        }
        if again.is_empty() {
            return;
        }
        left = again;
    }
    panic!("these are never taken: {left:#?}");
}

/// Each order ends as the one in which things happened; returns that end.
fn whatever_the_order(customer: &Value, events: &[Value]) -> Value {
    whatever_the_order_after(customer, events, 0)
}

/// The same, where the first ones come first.
fn whatever_the_order_after(customer: &Value, events: &[Value], first: usize) -> Value {
    let opens = || {
        let served = shop();
        served.put("/v1/customers/ana", customer).is(201);
        if events.iter().any(is_of_a_run) {
            spends_the_plan_s(&served);
        }
        served
    };
    let plays = |order: Vec<Value>| {
        let served = opens();
        delivers(&served, order);
        standing(&served, "ana")
    };
    let mut ideal = Vec::new();
    let served = opens();
    let mut runs = HashMap::new();
    for event in events {
        // As it happened, nothing has to wait.
        if event["do"].is_string() {
            assert!(is_done(&served, event, &mut runs), "{event}");
        } else {
            tells(&served, event).is(200);
        }
        ideal.push(event.clone());
    }
    let ends = standing(&served, "ana");
    for seed in 0..ORDERS {
        let mut order = ideal[..first].to_vec();
        order.extend(Dice(seed * 7919 + 17).shuffled(&ideal[first..]));
        let id =
            |event: &Value| event["id"].as_str().map_or_else(|| event.to_string(), str::to_owned);
        let ids: Vec<String> = order.iter().map(id).collect();
        let ids = ids.join(" ");
        assert_eq!(plays(order), ends, "seed {seed}: {ids}");
    }
    ends
}

fn bought(payment: &str, n: u32) -> Vec<Value> {
    vec![
        event(n, 0, "payment_intent.succeeded", &intent(payment, "ana", "100", 1000)),
        event(n + 1, 1, "checkout.session.completed", &session(payment, "ana", "100", 1000)),
    ]
}

fn byok() -> Value {
    json!({ "plan": "byok" })
}

#[test]
fn partial_refunds_told_one_by_one_and_as_a_sum() {
    let mut told = bought("pi_1", 1);
    told.extend([
        event(3, 60, "refund.created", &refund("re_1", "pi_1", 333, "pending")),
        event(4, 61, "charge.refunded", &charge("pi_1", 1000, 333)),
        event(5, 62, "refund.updated", &refund("re_1", "pi_1", 333, "succeeded")),
        event(6, 63, "charge.refund.updated", &refund("re_1", "pi_1", 333, "succeeded")),
        event(7, 90, "refund.created", &refund("re_2", "pi_1", 167, "succeeded")),
        event(8, 90, "charge.refunded", &charge("pi_1", 1000, 500)),
    ]);
    let ends = whatever_the_order(&byok(), &told);
    assert_eq!(ends["balance"], "50");
}

#[test]
fn a_refund_that_fails() {
    let mut told = bought("pi_1", 1);
    told.extend([
        event(3, 60, "refund.created", &refund("re_1", "pi_1", 1000, "pending")),
        event(4, 61, "charge.refunded", &charge("pi_1", 1000, 1000)),
        event(5, 99, "refund.updated", &refund("re_1", "pi_1", 1000, "failed")),
        event(6, 99, "refund.failed", &refund("re_1", "pi_1", 1000, "failed")),
        event(7, 120, "refund.created", &refund("re_2", "pi_1", 250, "succeeded")),
    ]);
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "75");
}

#[test]
fn a_dispute_that_is_won_beside_one_that_is_lost() {
    let mut told = bought("pi_1", 1);
    told.extend(bought("pi_2", 3));
    for (n, payment, id, ends) in [(5, "pi_1", "dp_1", "won"), (9, "pi_2", "dp_2", "lost")] {
        let at = i64::from(n) * 10;
        let open = dispute(id, payment, 1000, "needs_response");
        told.extend([
            event(n, at, "charge.dispute.created", &open),
            event(n + 1, at, "charge.dispute.funds_withdrawn", &open),
            event(
                n + 2,
                at + 5,
                "charge.dispute.updated",
                &dispute(id, payment, 1000, "under_review"),
            ),
            event(n + 3, at + 9, "charge.dispute.closed", &dispute(id, payment, 1000, ends)),
        ]);
    }
    let reinstated = dispute("dp_1", "pi_1", 1000, "won");
    told.push(event(20, 200, "charge.dispute.funds_reinstated", &reinstated));
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "100");
}

#[test]
fn a_bank_that_only_asks_and_a_refund_beside_a_dispute() {
    let mut told = bought("pi_1", 1);
    let asks = dispute("dp_1", "pi_1", 1000, "warning_needs_response");
    told.extend([
        event(3, 5, "charge.dispute.created", &asks),
        event(4, 9, "charge.dispute.closed", &dispute("dp_1", "pi_1", 1000, "warning_closed")),
        event(5, 20, "refund.created", &refund("re_1", "pi_1", 400, "succeeded")),
        event(6, 30, "charge.dispute.created", &dispute("dp_2", "pi_1", 1000, "needs_response")),
        event(7, 40, "charge.dispute.closed", &dispute("dp_2", "pi_1", 1000, "won")),
    ]);
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "60");
}

/// A subscription that begins unpaid, is paid, is to end, is to go on, and is cancelled: two of its
/// words in one second.
fn a_life() -> Vec<Value> {
    let of = |status: &str| subscription("sub_1", "ana", "price_pro", status);
    let mut ending = of("active");
    ending["cancel_at_period_end"] = json!(true);
    let updated = |n, after, object: &Value, before: &Value| {
        changed(event(n, after, "customer.subscription.updated", object), before)
    };
    let first = invoice("in_1", "sub_1", "ana", "subscription_create");
    vec![
        event(31, 0, "customer.subscription.created", &of("incomplete")),
        updated(32, 2, &of("active"), &json!({ "status": "incomplete" })),
        event(33, 2, "invoice.paid", &first),
        event(34, 2, "invoice.payment_succeeded", &first),
        updated(35, 2, &of("active"), &json!({ "default_payment_method": null })),
        updated(36, 50, &ending, &json!({ "cancel_at_period_end": false, "cancel_at": null })),
        updated(37, 50, &of("active"), &json!({ "cancel_at_period_end": true })),
        event(38, 80, "customer.subscription.deleted", &of("canceled")),
    ]
}

#[test]
fn a_subscription_from_its_beginning_to_its_end() {
    let ends = whatever_the_order(&byok(), &a_life());
    assert_eq!((&ends["plan"], &ends["next_plan"]), (&json!("pro"), &json!("discovery")));
    assert_eq!(ends["balance"], "120");
}

#[test]
fn a_dearer_plan_and_another_subscription_in_place_of_the_first() {
    let of = |id: &str, price: &str, status: &str| subscription(id, "ana", price, status);
    let before = json!({ "items": items("price_byok"), "plan": null });
    let told = vec![
        event(1, 0, "customer.subscription.created", &of("sub_1", "price_byok", "active")),
        changed(
            event(2, 5, "customer.subscription.updated", &of("sub_1", "price_pro", "active")),
            &before,
        ),
        event(3, 90, "customer.subscription.created", &of("sub_2", "price_pro", "trialing")),
        event(4, 91, "customer.subscription.deleted", &of("sub_1", "price_pro", "canceled")),
        changed(
            event(5, 95, "customer.subscription.updated", &of("sub_2", "price_pro", "past_due")),
            &json!({ "status": "trialing" }),
        ),
    ];
    let ends = whatever_the_order(&json!({ "plan": "discovery" }), &told);
    assert_eq!((&ends["plan"], &ends["next_plan"]), (&json!("pro"), &Value::Null));
}

#[test]
fn periods_that_are_paid_ahead_count_once_each() {
    let paid = |n, id: &str| {
        let of = invoice(id, "sub_1", "ana", "subscription_cycle");
        [event(n, 10, "invoice.paid", &of), event(n + 1, 10, "invoice.payment_succeeded", &of)]
    };
    let mut told = Vec::new();
    told.extend(paid(1, "in_2"));
    told.push(event(9, 5, "invoice.payment_failed", &json!({ "id": "in_3", "object": "invoice" })));
    told.extend(paid(3, "in_3"));
    let customer = json!({ "plan": "pro", "renews": "when_paid" });
    assert_eq!(whatever_the_order(&customer, &told)["plan"], "pro");
}

#[test]
fn all_of_it_at_once() {
    let mut told = bought("pi_1", 1);
    told.extend(a_life());
    told.extend([
        event(3, 60, "refund.created", &refund("re_1", "pi_1", 300, "succeeded")),
        event(4, 61, "charge.refunded", &charge("pi_1", 1000, 300)),
        event(5, 62, "charge.dispute.created", &dispute("dp_1", "pi_1", 700, "needs_response")),
        event(6, 99, "charge.dispute.closed", &dispute("dp_1", "pi_1", 700, "won")),
        event(7, 99, "product.updated", &json!({ "id": "prod_1", "object": "product" })),
    ]);
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "190");
}

#[test]
fn what_people_take_back_by_hand_beside_what_stripe_tells() {
    let mut told = bought("pi_1", 1);
    told.extend([
        event(3, 60, "refund.created", &refund("re_1", "pi_1", 500, "succeeded")),
        event(4, 61, "charge.refunded", &charge("pi_1", 1000, 500)),
        by_hand(1, "pi_1", Some("30")),
        by_hand(2, "pi_1", Some("30")),
        event(5, 70, "charge.dispute.created", &dispute("dp_1", "pi_1", 500, "needs_response")),
        event(6, 99, "charge.dispute.closed", &dispute("dp_1", "pi_1", 500, "won")),
    ]);
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "40");
    told.retain(|told| told["do"].is_null());
    told.push(by_hand(3, "pi_1", None));
    assert_eq!(whatever_the_order(&byok(), &told)["balance"], "0");
}

/// What the plan brings is spent first, so that runs draw what was bought.
fn spends_the_plan_s(served: &Served) {
    let item = |n: u32| {
        let body = json!({ "customer": "ana", "action": "tailor_document",
            "artifact": format!("plan_{n}"), "outcome": "delivered" });
        json!({ "do": "run", "body": body })
    };
    let items: Vec<Value> = (0..24).map(item).collect();
    let done = served.post("/v1/batch", &json!({ "items": items })).is(200);
    assert!(done["items"].as_array().unwrap().iter().all(|one| one["status"] == 201), "{done:#}");
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["balance"], "0");
}

fn pro() -> Value {
    json!({ "plan": "pro" })
}

/// Three runs on one payment: one is charged and given back, one is charged, one is released.
fn runs() -> Vec<Value> {
    let what = [
        ("hold", "a"),
        ("hold", "b"),
        ("settle", "a"),
        ("hold", "c"),
        ("refund", "a"),
        ("release", "b"),
        ("settle", "c"),
    ];
    what.map(|(what, artifact)| does(what, artifact)).to_vec()
}

#[test]
fn claims_between_runs_that_spend_and_give_back() {
    let mut told = bought("pi_1", 1);
    told.extend(runs());
    told.extend([
        event(3, 60, "refund.created", &refund("re_1", "pi_1", 300, "pending")),
        event(4, 61, "charge.refunded", &charge("pi_1", 1000, 300)),
        by_hand(1, "pi_1", Some("20")),
        event(5, 70, "charge.dispute.created", &dispute("dp_1", "pi_1", 400, "needs_response")),
        event(6, 80, "refund.failed", &refund("re_1", "pi_1", 300, "failed")),
        by_hand(2, "pi_1", Some("10")),
        event(7, 99, "charge.dispute.closed", &dispute("dp_1", "pi_1", 400, "won")),
        event(8, 120, "refund.created", &refund("re_2", "pi_1", 400, "succeeded")),
    ]);
    // 100, less 5 for the one that stays charged, less what went back of the money.
    assert_eq!(whatever_the_order(&pro(), &told)["balance"], "55");
}

#[test]
fn all_of_a_payment_is_claimed_while_runs_hold_some_of_it() {
    let mut told = bought("pi_1", 1);
    told.extend(runs().into_iter().take(2));
    told.push(does("hold", "c"));
    let mut after = vec![
        event(3, 60, "charge.dispute.created", &dispute("dp_1", "pi_1", 1000, "needs_response")),
        by_hand(1, "pi_1", Some("40")),
        event(4, 99, "charge.dispute.closed", &dispute("dp_1", "pi_1", 1000, "won")),
        event(5, 120, "refund.created", &refund("re_1", "pi_1", 700, "succeeded")),
        does("settle", "a"),
        does("release", "b"),
        does("release", "c"),
    ];
    let held = told.len();
    told.append(&mut after);
    let ends = whatever_the_order_after(&pro(), &told, held);
    assert_eq!(ends["balance"], "25");
}
