//! Money that goes back: refunds and disputes, as claims to a payment.

use super::event::{Object, Says, Told, Unread};
use probity_core::Name;
use probity_core::provider::{Claim, ClaimKind};

/// `charge.refunded`: all that was given back of a charge so far.
pub(super) fn refunded(about: &Told<'_>) -> Result<Says, Unread> {
    let charge = about.object;
    let is_invoiced = charge.value("invoice").is_some();
    let words = charge.object("metadata");
    let says = |word| words.is_some_and(|metadata| metadata.text(word).is_some());
    let is_ours = says("probity_customer") || says("probity_credits") || says("probity_price");
    if is_invoiced && !is_ours {
        return Ok(Says::Nothing("an invoice's money brought no credits of its own"));
    }
    let claim = Claim {
        id: charge.id("id")?,
        kind: ClaimKind::Refunds,
        money: charge.money("amount_refunded")?,
        stands: true,
    };
    let payment = charge.named("payment_intent").unwrap_or_else(|| claim.id.clone());
    Ok(Says::Claimed { payment, claim, is_ours })
}

/// `refund.created` and what comes after it.
pub(super) fn refund(about: &Told<'_>) -> Result<Says, Unread> {
    let refund = about.object;
    // One that waits was promised to the payer already.
    let stands = !matches!(refund.text("status"), Some("failed" | "canceled"));
    claimed(refund, ClaimKind::Refund, stands)
}

/// `charge.dispute.…`.
pub(super) fn dispute(about: &Told<'_>, reinstated: bool) -> Result<Says, Unread> {
    let dispute = about.object;
    let stands = match dispute.text("status") {
        _ if reinstated => false,
        Some("won" | "warning_closed" | "prevented" | "charge_refunded") => false,
        Some("warning_needs_response" | "warning_under_review") => {
            return Ok(Says::Nothing("the bank only asks: no money moved"));
        }
        _ => true,
    };
    claimed(dispute, ClaimKind::Dispute, stands)
}

fn claimed(object: Object<'_>, kind: ClaimKind, stands: bool) -> Result<Says, Unread> {
    let claim = Claim { id: object.id("id")?, kind, money: object.money("amount")?, stands };
    Ok(Says::Claimed { payment: payment(object)?, claim, is_ours: false })
}

/// The payment that it is about: by its PaymentIntent, or the charge where there is none.
fn payment(object: Object<'_>) -> Result<Name, Unread> {
    match object.named("payment_intent") {
        Some(intent) => Ok(intent),
        None => object.id("charge"),
    }
}
