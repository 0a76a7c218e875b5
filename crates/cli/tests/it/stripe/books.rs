//! What each event does to the books, and what it does not.

use super::events::{
    BEGAN, changed, charge, dispute, event, intent, invoice, refund, session, subscription,
};
use super::{shop, tells};
use crate::http::served::Served;
use serde_json::{Value, json};

fn ana(served: &Served, plan: &str) {
    served.put("/v1/customers/ana", &json!({ "plan": plan })).is(201);
}

fn balance(served: &Served) -> Value {
    served.get("/v1/customers/ana/wallet").is(200)["balance"].clone()
}

/// What an event did, in a word.
fn did(served: &Served, event: &Value) -> String {
    let told = tells(served, event).is(200);
    assert_eq!(told["did"] == "nothing", told["why"].is_string(), "{told:#}");
    told["did"].as_str().unwrap().to_owned()
}

#[test]
fn one_payment_told_by_two_events_and_twice_is_booked_once() {
    let served = shop();
    ana(&served, "byok");
    let by_session =
        event(1, 0, "checkout.session.completed", &session("pi_1", "ana", "100", 1080));
    let mut of_intent = intent("pi_1", "ana", "100", 1000);
    let by_intent = event(2, 0, "payment_intent.succeeded", &of_intent);
    assert_eq!(did(&served, &by_session), "top_up");
    for again in [&by_intent, &by_session, &by_intent] {
        assert_eq!(did(&served, again), "nothing");
    }
    assert_eq!(balance(&served), "100");
    // The same payment with more credits, or for somebody else, is no second one.
    of_intent["metadata"]["probity_credits"] = json!("200");
    tells(&served, &event(3, 0, "payment_intent.succeeded", &of_intent))
        .refused(409, "payment_reused");
    served.put("/v1/customers/bob", &json!({ "plan": "byok" })).is(201);
    let of_bob = event(4, 0, "payment_intent.succeeded", &intent("pi_1", "bob", "100", 1000));
    tells(&served, &of_bob).refused(409, "payment_reused");
    let entries = served.get("/v1/customers/ana/entries").is(200);
    let bought: Vec<&Value> = entries["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["command"] == "top_up")
        .collect();
    assert_eq!(bought.len(), 1);
    assert_eq!(
        (&bought[0]["by"], &bought[0]["facts"]["paid"]),
        (&json!("stripe"), &json!("10.80 USD"))
    );
}

#[test]
fn a_payment_that_takes_its_time_counts_when_it_is_paid() {
    let served = shop();
    ana(&served, "byok");
    let mut of = session("pi_1", "ana", "100", 1000);
    of["payment_status"] = json!("unpaid");
    assert_eq!(did(&served, &event(1, 0, "checkout.session.completed", &of)), "nothing");
    of["payment_status"] = json!("paid");
    let paid = event(2, 90, "checkout.session.async_payment_succeeded", &of);
    assert_eq!(did(&served, &paid), "top_up");
    assert_eq!(balance(&served), "100");
}

#[test]
fn credits_by_price_and_whole_units_of_money() {
    let served = shop();
    ana(&served, "byok");
    let mut of = session("pi_1", "ana", "0", 0);
    of["metadata"] = json!({ "probity_price": "price_1NXqPack" });
    (of["amount_total"], of["currency"]) = (json!(1500), json!("jpy"));
    assert_eq!(did(&served, &event(1, 0, "checkout.session.completed", &of)), "top_up");
    let half = json!({ "id": "re_1", "object": "refund", "amount": 750, "currency": "jpy",
        "status": "succeeded", "payment_intent": "pi_1", "charge": "ch_1" });
    assert_eq!(did(&served, &event(2, 0, "refund.created", &half)), "claw_back");
    assert_eq!(balance(&served), "50");
    // Lines, where whoever passes the event on has put them in.
    let mut of = session("pi_2", "ana", "0", 3000);
    of["metadata"] = json!({});
    of["line_items"] = json!({ "object": "list", "data": [
        { "id": "li_1", "quantity": 3, "price": { "id": "price_1NXqPack", "object": "price" } },
    ]});
    assert_eq!(did(&served, &event(3, 0, "checkout.session.completed", &of)), "top_up");
    assert_eq!(balance(&served), "350");
}

#[test]
fn other_sales_of_the_account_are_none_of_ours() {
    let served = shop();
    let mut of = intent("pi_9", "ana", "1", 500);
    of["metadata"] = json!({ "order": "7" });
    let mut paid = session("pi_9", "ana", "1", 500);
    paid["metadata"] = json!({});
    let mut subscribed = subscription("sub_9", "ana", "price_other", "active");
    subscribed["metadata"] = json!({});
    let mut invoiced = invoice("in_9", "sub_9", "ana", "subscription_cycle");
    invoiced["parent"]["subscription_details"]["metadata"] = json!({});
    invoiced["lines"]["data"][0]["pricing"]["price_details"]["price"] = json!("price_other");
    let mut old_charge = charge("pi_9", 500, 500);
    old_charge["invoice"] = json!("in_9");
    let long_ago = |kind: &str, object: &Value| event(9, -400_000, kind, object);
    for (n, told) in [
        event(1, 0, "payment_intent.succeeded", &of),
        event(2, 0, "checkout.session.completed", &paid),
        event(3, 0, "customer.subscription.created", &subscribed),
        event(4, 0, "invoice.paid", &invoiced),
        event(5, 0, "charge.refunded", &old_charge),
        event(6, 0, "customer.created", &json!({ "id": "cus_1", "object": "customer" })),
        // What no payment came for in three days is of no payment of ours.
        long_ago("refund.created", &refund("re_9", "pi_9", 500, "succeeded")),
        long_ago("charge.dispute.created", &dispute("dp_9", "pi_9", 500, "needs_response")),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(did(&served, told), "nothing", "{n}");
    }
    let young = event(8, 0, "refund.created", &refund("re_9", "pi_9", 500, "succeeded"));
    let refused = tells(&served, &young);
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(refused.header("x-should-retry"), "");
    refused.refused(409, "too_early");
}

#[test]
fn a_subscription_of_before_is_taken_as_it_stands_and_found_by_its_id() {
    let served = shop();
    ana(&served, "byok");
    let mut of = subscription("sub_1", "ana", "price_pro", "active");
    of["created"] = json!(BEGAN - 9_000_000);
    let first = event(1, 0, "customer.subscription.updated", &of);
    assert_eq!(did(&served, &changed(first, &json!({ "latest_invoice": "in_0" }))), "plan");
    // From then on its id leads to whoever has it.
    of["metadata"] = json!({});
    of["cancel_at"] = json!(BEGAN + 2_592_000);
    let then = event(2, 5, "customer.subscription.updated", &of);
    assert_eq!(did(&served, &changed(then, &json!({ "cancel_at": null }))), "plan");
    let card = served.get("/v1/customers/ana").is(200);
    assert_eq!((&card["plan"], &card["next_plan"]), (&json!("pro"), &json!("discovery")));
    // One that pays for a plan of ours, and nobody's, is not passed over.
    let mut nobody = subscription("sub_2", "ana", "price_pro", "active");
    nobody["metadata"] = json!({});
    let refused = tells(&served, &event(3, 0, "customer.subscription.created", &nobody));
    let refused = refused.refused(422, "invalid_request");
    assert_eq!(refused["field"], "data.object.metadata.probity_customer");
}

#[test]
fn a_period_that_is_paid_ends_the_wait() {
    let served = shop();
    served.put("/v1/customers/ana", &json!({ "plan": "pro", "renews": "when_paid" })).is(201);
    served.now("2026-12-23T10:00:00Z");
    let run = json!({ "customer": "ana", "action": "tailor_document", "artifact": "a" });
    served.post("/v1/runs", &run).refused(402, "renewal_due");
    let body = |of: &Value| {
        let mut told = event(1, 0, "invoice.paid", of);
        told["created"] = json!(1_798_020_000);
        told.to_string()
    };
    let tells = |of: &Value| {
        let body = body(of);
        let at = 1_798_020_000;
        let signature = probity_cli::stripe::sign(body.as_bytes(), at, &super::secret(super::LIVE));
        super::sends(&served, &body, &signature)
    };
    // As it was written before 2025.
    let old = json!({ "id": "in_2", "object": "invoice", "billing_reason": "subscription_cycle",
        "subscription": "sub_1", "subscription_details": { "metadata": { "probity_customer": "ana" } } });
    assert_eq!(tells(&old).is(200)["did"], "renewal");
    served.post("/v1/runs", &run).is(201);
}

#[test]
fn an_invoice_renews_only_the_plan_that_its_own_subscription_pays_for() {
    let served = shop();
    served.put("/v1/customers/ana", &json!({ "plan": "pro", "renews": "when_paid" })).is(201);
    for (n, id, price) in [(1, "sub_pro", "price_pro"), (2, "sub_byok", "price_byok")] {
        let begins = subscription(id, "ana", price, "active");
        assert_eq!(
            did(&served, &event(n, 0, "customer.subscription.created", &begins)),
            "subscription"
        );
    }
    let late = event(
        3,
        5,
        "customer.subscription.updated",
        &subscription("sub_pro", "ana", "price_pro", "past_due"),
    );
    did(&served, &changed(late, &json!({ "status": "active" })));
    assert_eq!(served.get("/v1/customers/ana").is(200)["plan"], "pro");
    let of_byok = invoice("in_byok", "sub_byok", "ana", "subscription_cycle");
    let told = tells(&served, &event(4, 9, "invoice.paid", &of_byok)).is(200);
    assert_eq!(told["did"], "nothing", "{told}");
    assert!(told["why"].as_str().unwrap().contains("another plan"), "{told}");
    let of_pro = invoice("in_pro", "sub_pro", "ana", "subscription_cycle");
    assert_eq!(did(&served, &event(5, 9, "invoice.paid", &of_pro)), "renewal");
    // The one that waits for its period is paid for by its own invoice.
    let then = event(
        6,
        20,
        "customer.subscription.updated",
        &subscription("sub_pro", "ana", "price_pro", "unpaid"),
    );
    assert_eq!(did(&served, &changed(then, &json!({ "status": "past_due" }))), "plan");
    assert_eq!(served.get("/v1/customers/ana").is(200)["next_plan"], "byok");
    let next = invoice("in_byok_2", "sub_byok", "ana", "subscription_cycle");
    assert_eq!(did(&served, &event(7, 30, "invoice.paid", &next)), "renewal");
}

#[test]
fn a_refund_of_an_invoice_is_of_no_credits_and_is_not_sent_again() {
    let served = shop();
    ana(&served, "pro");
    // Where the payment stands changed in 2025, and where an invoice has it in events is not promised:
    // an event of its own says it since.
    let mut old = invoice("in_1", "sub_1", "ana", "subscription_create");
    old["payment_intent"] = json!("pi_of_in_1");
    let since = json!({ "id": "inpay_2", "object": "invoice_payment", "invoice": "in_2",
        "status": "paid", "amount_paid": 1200, "currency": "usd", "is_default": true,
        "payment": { "type": "payment_intent", "payment_intent": "pi_of_in_2" } });
    let mut listed = invoice("in_3", "sub_1", "ana", "subscription_cycle");
    listed["payments"] = json!({ "object": "list", "data": [
        { "id": "inpay_3", "object": "invoice_payment", "invoice": "in_3",
          "payment": { "type": "payment_intent", "payment_intent": "pi_of_in_3" } } ] });
    did(&served, &event(1, 0, "invoice.paid", &old));
    assert_eq!(did(&served, &event(2, 0, "invoice_payment.paid", &since)), "nothing");
    let its_invoice = invoice("in_2", "sub_1", "ana", "subscription_cycle");
    did(&served, &event(4, 0, "invoice.paid", &its_invoice));
    did(&served, &event(3, 0, "invoice.paid", &listed));
    for n in [1, 2, 3] {
        let payment = format!("pi_of_in_{n}");
        for (m, kind, of) in [
            (1, "charge.refunded", charge(&payment, 1200, 600)),
            (2, "refund.created", refund(&format!("re_{n}"), &payment, 600, "succeeded")),
            (3, "charge.dispute.created", dispute(&format!("dp_{n}"), &payment, 600, "lost")),
        ] {
            let told = tells(&served, &event(10 * n + m, 60, kind, &of)).is(200);
            assert_eq!(told["did"], "nothing", "{told}");
            assert!(told["why"].as_str().unwrap().contains("no credits of its own"), "{told}");
        }
    }
    // The invoice of a sale of credits says nothing of what is on its way.
    let mut of_sale = invoice("in_9", "sub_1", "ana", "manual");
    of_sale["payment_intent"] = json!("pi_9");
    did(&served, &event(98, 0, "invoice.paid", &of_sale));
    let young = event(99, 0, "refund.created", &refund("re_9", "pi_9", 500, "succeeded"));
    tells(&served, &young).refused(409, "too_early");
}

#[test]
fn a_plan_that_sells_no_credits_says_so_and_takes_the_payment_once_it_does() {
    let served = shop();
    ana(&served, "discovery");
    let paid = event(1, 0, "payment_intent.succeeded", &intent("pi_1", "ana", "100", 1000));
    let refused = tells(&served, &paid);
    if refused.status == 403 {
        refused.refused(403, "top_ups_not_offered");
        served.put("/v1/customers/ana", &json!({ "plan": "byok" })).is(200);
    }
    tells(&served, &paid).is(200);
    assert_eq!(served.get("/v1/customers/ana/entries").is(200)["items"][2]["command"], "top_up");
}

/// What is listed as told and not taken.
fn not_taken(served: &Served) -> Vec<Value> {
    let listed = served.get("/v1/reports/exceptions?kind=payment_not_taken").is(200);
    listed["items"].as_array().unwrap().clone()
}

#[test]
fn a_payment_that_comes_before_its_customer_is_listed_and_taken_once_they_are_known() {
    let served = shop();
    let paid = event(1, 0, "payment_intent.succeeded", &intent("pi_1", "ana", "100", 1000));
    tells(&served, &paid).refused(404, "not_found");
    tells(&served, &paid).refused(404, "not_found");
    let listed = not_taken(&served);
    assert_eq!((listed.len(), &listed[0]["customer"]), (1, &json!("ana")));
    let what = listed[0]["what"].as_str().unwrap();
    assert!(
        what.contains("2 times") && what.contains("evt_1") && what.contains("not_found"),
        "{what}"
    );
    assert!(listed[0]["next"].as_str().unwrap().contains("PUT /v1/customers/ID"));
    let all = served.get("/v1/reports/exceptions").is(200);
    assert_eq!(all["items"][0]["kind"], "payment_not_taken");
    assert_eq!(
        served.get_as(&served.sandbox, "/v1/reports/exceptions").is(200)["items"],
        json!([])
    );
    ana(&served, "byok");
    assert_eq!(did(&served, &paid), "top_up");
    assert_eq!((balance(&served), not_taken(&served).len()), (json!("100"), 0));
    // One that names no credits stands there until somebody books it.
    let mut of = intent("pi_2", "ana", "100", 1000);
    of["metadata"] = json!({ "probity_customer": "ana" });
    tells(&served, &event(2, 0, "payment_intent.succeeded", &of)).refused(422, "invalid_request");
    assert_eq!(not_taken(&served).len(), 1);
    let by_hand = json!({ "payment": "pi_2", "credits": "100" });
    served.post("/v1/customers/ana/top-ups", &by_hand).is(201);
    assert_eq!(not_taken(&served).len(), 0);
}

#[test]
fn an_invoice_for_a_plan_of_ours_that_names_nobody_is_not_passed_over() {
    let served = shop();
    let mut of = invoice("in_2", "sub_1", "ana", "subscription_cycle");
    of["parent"]["subscription_details"]["metadata"] = json!({});
    let refused = tells(&served, &event(1, 0, "invoice.paid", &of)).refused(422, "invalid_request");
    assert_eq!(refused["field"], "data.object.metadata.probity_customer");
    assert_eq!(not_taken(&served).len(), 1);
    // Once its subscription is known, it leads to whoever has it.
    served.put("/v1/customers/ana", &json!({ "plan": "pro", "renews": "when_paid" })).is(201);
    let begins = subscription("sub_1", "ana", "price_pro", "active");
    assert_eq!(
        did(&served, &event(2, 0, "customer.subscription.created", &begins)),
        "subscription"
    );
    assert_eq!(did(&served, &event(1, 0, "invoice.paid", &of)), "renewal");
    assert_eq!(not_taken(&served).len(), 0);
}

#[test]
fn a_session_that_costs_nothing_is_paid_and_one_that_is_put_off_is_not() {
    let served = shop();
    ana(&served, "byok");
    let mut of = session("pi_1", "ana", "100", 1000);
    of["payment_status"] = json!("no_payment_required");
    assert_eq!(did(&served, &event(1, 0, "checkout.session.completed", &of)), "nothing");
    (of["amount_total"], of["payment_intent"]) = (json!(0), Value::Null);
    assert_eq!(did(&served, &event(2, 0, "checkout.session.completed", &of)), "top_up");
    assert_eq!(did(&served, &event(3, 0, "checkout.session.async_payment_failed", &of)), "nothing");
    assert_eq!(balance(&served), "100");
    // What is told of other money than was paid takes nothing.
    let mut yen = refund("re_1", "cs_pi_1", 500, "succeeded");
    yen["currency"] = json!("jpy");
    tells(&served, &event(4, 0, "refund.created", &yen)).refused(422, "invalid_request");
    assert_eq!(balance(&served), "100");
}
