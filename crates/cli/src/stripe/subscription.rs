//! Subscriptions and their invoices: which plan somebody pays for, and which periods are paid.

use super::event::{Invoiced, Object, Says, Told, Unread, customer};
use super::{Brings, Selling};
use probity_core::Name;
use probity_core::provider::{Before, Standing, SubscriptionTold};

/// `customer.subscription.created`.
pub(super) fn begins(about: &Told<'_>) -> Result<Says, Unread> {
    told(about, Before::Nothing, standing(about.object, about.selling))
}

/// `customer.subscription.updated`: what stands in `previous_attributes` was so until then.
pub(super) fn changes(about: &Told<'_>) -> Result<Says, Unread> {
    let mut was = about.object.map().clone();
    if let Some(before) = about.data.object("previous_attributes") {
        was.extend(before.map().iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    let was = standing(about.object.with(&was), about.selling);
    told(about, Before::Was(was), standing(about.object, about.selling))
}

/// `customer.subscription.deleted`.
pub(super) fn is_over(about: &Told<'_>) -> Result<Says, Unread> {
    let was = standing(about.object, about.selling);
    let now = Standing { live: false, ends: false, ..was };
    told(about, Before::Over(now.clone()), now)
}

fn told(about: &Told<'_>, before: Before, now: Standing) -> Result<Says, Unread> {
    let subscription = about.object;
    let told = SubscriptionTold {
        id: subscription.id("id")?,
        event: about.id.clone(),
        at: about.at,
        before,
        now,
        // How long things may still be on their way is for whoever knows the time.
        waits: true,
        began_lately: true,
        otherwise: about.selling.without_subscription.clone(),
    };
    let customer = customer(subscription.object("metadata"))?;
    let began = subscription.time("created")?;
    let had_plan = matches!(&told.before, Before::Was(was) if was.plan.is_some());
    let is_ours = customer.is_some() || told.now.plan.is_some() || had_plan;
    Ok(Says::Subscription { customer, began, told: Box::new(told), is_ours })
}

/// How a subscription stands. Whoever is late with money keeps the plan as long as Stripe asks for it.
fn standing(subscription: Object<'_>, selling: &Selling) -> Standing {
    let live = matches!(subscription.text("status"), Some("active" | "trialing" | "past_due"));
    let ends = live && ends(subscription);
    Standing { plan: plan(subscription, selling), live, ends, prices: prices(subscription) }
}

/// The ids of its prices.
fn prices(subscription: Object<'_>) -> Vec<Name> {
    let mut prices: Vec<Name> =
        subscription.list("items").filter_map(|item| item.named("price")).collect();
    prices.sort_unstable();
    prices
}

/// Does it end with the period that is paid?
fn ends(subscription: Object<'_>) -> bool {
    if subscription.flag("cancel_at_period_end") == Some(true) {
        return true;
    }
    let Ok(end) = subscription.whole("cancel_at") else { return false };
    // Where the period ends stands with the items since 2025, before that with the whole.
    let item = subscription.list("items").find_map(|item| item.whole("current_period_end").ok());
    let period = subscription.whole("current_period_end").ok().or(item);
    period.is_some_and(|period| end <= period)
}

/// The plan that its prices bring; the first, where several do.
fn plan(subscription: Object<'_>, selling: &Selling) -> Option<Name> {
    let prices = subscription.list("items").filter_map(|item| item.named("price"));
    let brought = prices.filter_map(|price| match selling.prices.get(&price) {
        Some(Brings::Plan(plan)) => Some(plan.clone()),
        _ => None,
    });
    brought.into_iter().next()
}

/// Is one of an invoice's lines for a price that brings a plan? Where the price stands changed in 2025.
fn pays_for_a_plan(invoice: Object<'_>, selling: &Selling) -> bool {
    let price = |line: Object<'_>| {
        let details = line.object("pricing").and_then(|pricing| pricing.object("price_details"));
        details.and_then(|details| details.named("price")).or_else(|| line.named("price"))
    };
    let mut prices = invoice.list("lines").filter_map(price);
    prices.any(|price| matches!(selling.prices.get(&price), Some(Brings::Plan(_))))
}

/// `invoice.paid`.
pub(super) fn invoice(about: &Told<'_>) -> Result<Says, Unread> {
    let invoice = about.object;
    match invoice.text("billing_reason") {
        Some("subscription_cycle") => {}
        Some("subscription_create") => {
            return Ok(Says::Nothing("the first period is paid with the plan's beginning"));
        }
        _ => return Ok(Says::Nothing("no invoice for a further period")),
    }
    // Since 2025 an invoice says under `parent` what it is for, before that at its top.
    let parent = invoice.object("parent").and_then(|parent| parent.object("subscription_details"));
    let details = parent.or_else(|| invoice.object("subscription_details"));
    let named = |object: Option<Object<'_>>| customer(object.and_then(|o| o.object("metadata")));
    let customer = match named(details)? {
        None => named(Some(invoice))?,
        customer => customer,
    };
    let subscription = details.and_then(|details| details.named("subscription"));
    let subscription = subscription.or_else(|| invoice.named("subscription"));
    let is_ours = customer.is_some() || pays_for_a_plan(invoice, about.selling);
    Ok(Says::Renewed { customer, subscription, invoice: invoice.id("id")?, is_ours })
}

/// The invoice that an event is about, and what paid it. Where that stands changed in 2025: it stood in the
/// invoice, and is an event of its own since.
pub(super) fn invoiced(kind: &str, object: Object<'_>) -> Option<Invoiced> {
    let paid_by = |of: Object<'_>| of.named("payment_intent").or_else(|| of.named("charge"));
    let payment = |of: Object<'_>| of.object("payment").and_then(paid_by);
    match kind {
        "invoice.paid" => {
            let reason = object.text("billing_reason").unwrap_or_default();
            let listed = object.list("payments").filter_map(payment);
            Some(Invoiced {
                invoice: object.named("id")?,
                by_subscription: reason.starts_with("subscription"),
                payments: paid_by(object).into_iter().chain(listed).collect(),
            })
        }
        "invoice_payment.paid" => Some(Invoiced {
            invoice: object.named("invoice")?,
            by_subscription: false,
            payments: payment(object).into_iter().collect(),
        }),
        _ => None,
    }
}
