//! Events as Stripe's API has them: the objects with the fields that are documented for them, as far
//! as anybody here could look at them, in both forms where an API version moved one.

use serde_json::{Value, json};

/// When the first of them happened: right before the instant of the tests.
pub(crate) const BEGAN: i64 = 1_795_427_400;

/// An event: its id, when, its type and object.
pub(crate) fn event(n: u32, after: i64, kind: &str, object: &Value) -> Value {
    json!({
        "id": format!("evt_{n}"), "object": "event", "api_version": "2025-09-30.clover",
        "created": BEGAN + after, "type": kind, "livemode": true, "pending_webhooks": 1,
        "request": { "id": null, "idempotency_key": null },
        "data": { "object": object },
    })
}

/// The same, with what was otherwise before.
pub(crate) fn changed(mut event: Value, before: &Value) -> Value {
    event["data"]["previous_attributes"] = before.clone();
    event
}

/// A paid Checkout Session for credits.
pub(crate) fn session(payment: &str, customer: &str, credits: &str, cents: u64) -> Value {
    json!({
        "id": format!("cs_{payment}"), "object": "checkout.session", "mode": "payment",
        "status": "complete", "payment_status": "paid", "payment_intent": payment,
        "amount_subtotal": cents, "amount_total": cents, "currency": "usd",
        "client_reference_id": customer, "customer": "cus_1", "customer_email": null,
        "metadata": { "probity_customer": customer, "probity_credits": credits },
        "line_items": null, "livemode": true, "created": BEGAN, "subscription": null,
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
    })
}

/// A PaymentIntent that went well.
pub(crate) fn intent(payment: &str, customer: &str, credits: &str, cents: u64) -> Value {
    json!({
        "id": payment, "object": "payment_intent", "amount": cents, "amount_received": cents,
        "currency": "usd", "status": "succeeded", "customer": "cus_1", "latest_charge": "ch_1",
        "capture_method": "automatic_async", "confirmation_method": "automatic",
        "metadata": { "probity_customer": customer, "probity_credits": credits },
        "livemode": true, "created": BEGAN, "payment_method_types": ["card"],
    })
}

/// A charge, of which so much was refunded.
pub(crate) fn charge(payment: &str, cents: u64, refunded: u64) -> Value {
    json!({
        "id": format!("ch_{payment}"), "object": "charge", "amount": cents,
        "amount_captured": cents, "amount_refunded": refunded, "currency": "usd",
        "captured": true, "disputed": false, "paid": true, "refunded": refunded == cents,
        "payment_intent": payment, "status": "succeeded", "customer": "cus_1", "metadata": {},
        "livemode": true, "created": BEGAN,
    })
}

/// A refund.
pub(crate) fn refund(id: &str, payment: &str, cents: u64, status: &str) -> Value {
    json!({
        "id": id, "object": "refund", "amount": cents, "currency": "usd", "status": status,
        "charge": format!("ch_{payment}"), "payment_intent": payment, "metadata": {},
        "balance_transaction": "txn_1", "reason": "requested_by_customer", "created": BEGAN,
        "destination_details": { "type": "card", "card": { "type": "refund" } },
    })
}

/// A dispute.
pub(crate) fn dispute(id: &str, payment: &str, cents: u64, status: &str) -> Value {
    json!({
        "id": id, "object": "dispute", "amount": cents, "currency": "usd", "status": status,
        "charge": format!("ch_{payment}"), "payment_intent": payment, "reason": "fraudulent",
        "is_charge_refundable": false, "metadata": {}, "evidence": {}, "livemode": true,
        "evidence_details": { "due_by": BEGAN + 864_000, "has_evidence": false },
        "balance_transactions": [], "created": BEGAN,
    })
}

/// The items of a subscription to a price.
pub(crate) fn items(price: &str) -> Value {
    json!({ "object": "list", "has_more": false, "data": [{
        "id": "si_1", "object": "subscription_item", "quantity": 1,
        "current_period_start": BEGAN, "current_period_end": BEGAN + 2_592_000,
        "price": { "id": price, "object": "price", "type": "recurring", "currency": "usd",
            "recurring": { "interval": "month", "interval_count": 1 }, "unit_amount": 1200 },
    }]})
}

/// A subscription.
pub(crate) fn subscription(id: &str, customer: &str, price: &str, status: &str) -> Value {
    json!({
        "id": id, "object": "subscription", "status": status, "customer": "cus_1",
        "cancel_at": null, "cancel_at_period_end": false, "canceled_at": null, "ended_at": null,
        "created": BEGAN, "start_date": BEGAN, "billing_cycle_anchor": BEGAN,
        "collection_method": "charge_automatically", "currency": "usd", "livemode": true,
        "items": items(price), "latest_invoice": "in_1",
        "metadata": { "probity_customer": customer },
    })
}

/// A paid invoice of a subscription, as since 2025.
pub(crate) fn invoice(id: &str, of: &str, customer: &str, reason: &str) -> Value {
    json!({
        "id": id, "object": "invoice", "billing_reason": reason, "status": "paid",
        "amount_due": 1200, "amount_paid": 1200, "amount_remaining": 0, "currency": "usd",
        "customer": "cus_1", "livemode": true, "created": BEGAN, "metadata": {},
        "parent": { "type": "subscription_details", "quote_details": null,
            "subscription_details": {
                "metadata": { "probity_customer": customer }, "subscription": of,
            } },
        "lines": { "object": "list", "data": [{ "id": "il_1", "amount": 1200, "quantity": 1,
            "pricing": { "type": "price_details",
                "price_details": { "price": "price_pro", "product": "prod_1" } } }] },
    })
}
