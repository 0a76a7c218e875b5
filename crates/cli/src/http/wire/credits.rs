//! Credits: given, bought, taken back; periods that were paid.

use super::SENTENCE;
use crate::http::read::Read;
use crate::http::shape::{Kind, Shape, may, must};
use probity_core::command::{Act, GrantKind};
use probity_core::{Amount, Currency, Money, Name};

/// A gift, or goodwill.
pub(crate) const GRANT: Shape = Shape {
    name: "GrantRequest",
    says: "Credits are given.",
    fields: &[
        must("kind", Kind::Word(&["gift", "goodwill"]), "what kind"),
        must("amount", Kind::Credits, "how many"),
        may("reason", SENTENCE, "why"),
        may("expires", Kind::Time, "until when; null: as the contract says"),
    ],
};

/// Credits were bought.
pub(crate) const TOP_UP: Shape = Shape {
    name: "TopUp",
    says: "Credits were bought; unique by payment.",
    fields: &[
        must("payment", Kind::Id, "the payment's id"),
        must("credits", Kind::Credits, "how many"),
        may(
            "paid",
            Kind::Of(&MONEY),
            "what was paid; in another currency than the contract's it is kept as it is, never \
             converted, and listed under exceptions",
        ),
    ],
};

const MONEY: Shape = Shape {
    name: "Money",
    says: "A sum of money.",
    fields: &[
        must("amount", Kind::Line(40), "a decimal string, such as \"10.00\""),
        must("currency", Kind::Line(3), "its code, such as \"USD\""),
    ],
};

/// A payment is taken back.
pub(crate) const CLAW_BACK: Shape = Shape {
    name: "ClawBack",
    says: "A payment was taken back, or unused credits are given back for money. Beside refunds and \
           disputes that the payment provider tells of it is the same money: the greater counts, whichever \
           came first.",
    fields: &[
        may("credits", Kind::Credits, "how many; null: all that it bought"),
        may("reason", SENTENCE, "why"),
    ],
};

/// A period was paid.
pub(crate) const RENEWAL: Shape = Shape {
    name: "Renewal",
    says: "A period was paid for.",
    fields: &[may("payment", Kind::Id, "the payment's id")],
};

/// Credits given.
pub(crate) fn grant(body: Read<'_>) -> Act {
    let kind = match body.text("kind") {
        Some("gift") => GrantKind::Gift,
        _ => GrantKind::Goodwill,
    };
    Act::Grant {
        kind,
        amount: body.credits("amount").unwrap_or(Amount::ZERO),
        expires: body.time("expires"),
        reason: body.string("reason"),
    }
}

/// Credits bought; None where the money is no sum.
pub(crate) fn top_up(body: Read<'_>) -> Option<Act> {
    let paid = match body.object("paid") {
        Some(paid) => Some(money(paid)?),
        None => None,
    };
    Some(Act::TopUp {
        payment: body.name("payment").unwrap_or_default(),
        credits: body.credits("credits").unwrap_or(Amount::ZERO),
        paid,
    })
}

fn money(body: Read<'_>) -> Option<Money> {
    Money::parse(Currency::parse(body.text("currency")?)?, body.text("amount")?)
}

/// A payment taken back.
pub(crate) fn claw_back(payment: &str, body: Read<'_>) -> Act {
    let (credits, reason) = (body.credits("credits"), body.string("reason"));
    Act::ClawBack { payment: Name::new(payment), credits, reason }
}
