//! Customers: who they are, their tokens, caps, special terms and pauses.

use super::{LABEL, METADATA, SENTENCE};
use crate::http::read::{self, Read};
use crate::http::shape::{Field, Invalid, Kind, Shape, may, must};
use probity_core::command::{
    AutoTopUpTerms, CapChanges, CustomerChanges, Member, NewCustomer, OverrideTerms, Renews,
};
use probity_core::contract::Override;
use probity_core::{Amount, Name};

/// Who a customer is.
pub(crate) const CUSTOMER: Shape = Shape {
    name: "CustomerRequest",
    says: "Who a customer is. Left out: unchanged; null: cleared.",
    fields: &[
        may("plan", LABEL, "their plan; the contract may name one for new customers"),
        may("name", LABEL, "their name"),
        may("members", Kind::List(&Kind::Of(&MEMBER), 1000), "who acts for them"),
        may("renews", Kind::Word(&["by_itself", "when_paid"]), "how periods renew"),
        METADATA,
    ],
};

/// Who acts for a customer.
pub(crate) const MEMBER: Shape = Shape {
    name: "Member",
    says: "Who acts for a customer.",
    fields: &[
        must("id", Kind::Id, "their id within the customer"),
        may("name", LABEL, "their name"),
    ],
};

/// A token.
pub(crate) const TOKEN: Shape = Shape {
    name: "TokenRequest",
    says: "A customer token for a browser.",
    fields: &[
        may("member", Kind::Id, "for which member; null: for the customer"),
        may("lasts", Kind::Length, "how long, at most 1 hour, which is also the default"),
    ],
};

/// An own key.
pub(crate) const OWN_KEY: Shape = Shape {
    name: "OwnKeyRequest",
    says: "The customer's own AI key.",
    fields: &[must("key", Kind::Line(512), "as its provider gave it: 8 to 512 visible letters")],
};

const MONTH: Field = may("month", Kind::Credits, "the most a month; null takes the cap away");

/// Caps.
pub(crate) const CAPS: Shape = Shape {
    name: "CapsRequest",
    says: "The customer's own caps. Left out: unchanged; null: taken away.",
    fields: &[
        MONTH,
        may("members", Kind::Map(&Kind::Credits, true), "each member's most a month"),
        may("auto_top_up", Kind::Of(&AUTO_TOP_UP), "automatic top-ups, only if asked for"),
    ],
};

/// Automatic top-ups.
pub(crate) const AUTO_TOP_UP: Shape = Shape {
    name: "AutoTopUp",
    says: "Automatic top-ups: always capped.",
    fields: &[
        must("below", Kind::Credits, "when available falls below this"),
        must("credits", Kind::Credits, "buy this much"),
        must("month_at_most", Kind::Credits, "at most this much a month"),
    ],
};

/// Special terms.
pub(crate) const OVERRIDE: Shape = Shape {
    name: "OverrideRequest",
    says: "Special terms for one customer, better than the plan.",
    fields: &[
        may("prices", Kind::Map(&Kind::Price(&BY_QUANTITY), false), "prices by action"),
        may("allowances", Kind::Map(&Kind::Allowance(&UNITS), false), "free units by action"),
        may("best_model", LABEL, "the best class of models"),
        may("credit_line", Kind::Credits, "how far below nothing the wallet may go"),
        may("at_once", Kind::Count, "how many runs at once"),
        must("until", Kind::Day, "the last day"),
        must("reason", SENTENCE, "why"),
    ],
};

const BY_QUANTITY: Shape = Shape {
    name: "PriceTerms",
    says: "A price: `credits` for each run, or `each` by quantity.",
    fields: &[
        may("credits", Kind::Credits, "for each run"),
        may("each", Kind::Credits, "for each unit"),
        may("at_least", Kind::Credits, "the least a run costs"),
        may("at_most", Kind::Credits, "the most a run costs"),
        may("up_to", Kind::Count, "the largest quantity taken"),
        may("on_your_key", Kind::Flag, "on the customer's own key"),
    ],
};

const UNITS: Shape = Shape {
    name: "Allowance",
    says: "Free units per window.",
    fields: &[
        must("units", Kind::Count, "how many"),
        must("per", Kind::Word(&["day", "week", "month", "year"]), "per what"),
    ],
};

/// A pause.
pub(crate) const PAUSE: Shape = Shape {
    name: "Pause",
    says: "Stop this customer's runs.",
    fields: &[must(
        "reason",
        SENTENCE,
        "why, in words for the customer: they read it as it stands, unless the contract's own \
         sentence for `paused_by_us` leaves the reason out",
    )],
};

/// The end of a pause.
pub(crate) const RESUME: Shape = Shape {
    name: "Resume",
    says: "Lift a pause: an operator's, an unusual day's, or that of one artifact.",
    fields: &[
        may("artifact", LABEL, "the artifact that failed too often; null: the customer"),
        may("action", LABEL, "of which action, where several have that artifact"),
    ],
};

fn members(body: Read<'_>) -> Vec<Member> {
    let member = |m: Read<'_>| Some(Member { id: m.name("id")?, name: m.string("name") });
    body.objects("members").filter_map(member).collect()
}

/// A customer as new.
pub(crate) fn new(body: Read<'_>) -> NewCustomer {
    NewCustomer {
        plan: body.name("plan"),
        name: body.string("name"),
        members: members(body),
        renews: body.word("renews").unwrap_or_default(),
        metadata: body.texts("metadata"),
    }
}

/// What changes of a customer who is known.
pub(crate) fn changes(body: Read<'_>) -> CustomerChanges {
    CustomerChanges {
        plan: body.name("plan"),
        name: body.has("name").then(|| body.string("name")),
        members: body.has("members").then(|| members(body)),
        renews: body.has("renews").then(|| body.word("renews").unwrap_or(Renews::ByItself)),
        metadata: body.has("metadata").then(|| body.texts("metadata")),
    }
}

/// Changes to caps.
pub(crate) fn caps(body: Read<'_>) -> CapChanges {
    let members = body.pairs("members").map(|(member, cap)| {
        let cap = cap.as_str().and_then(|cap| Amount::parse(cap).ok());
        (Name::new(member), cap)
    });
    CapChanges {
        month: body.has("month").then(|| body.credits("month")),
        members: members.collect(),
        auto_top_up: body.has("auto_top_up").then(|| auto_top_up(body)),
    }
}

fn auto_top_up(body: Read<'_>) -> Option<AutoTopUpTerms> {
    let terms = body.object("auto_top_up")?;
    Some(AutoTopUpTerms {
        below: terms.credits("below")?,
        credits: terms.credits("credits")?,
        month_at_most: terms.credits("month_at_most")?,
    })
}

/// A price says one thing: credits, or so many for each unit; without either it is for a key's owner.
fn says_one_thing(price: Read<'_>, at: &str) -> Result<(), Invalid> {
    let bounds = ["at_least", "at_most", "up_to"];
    let wrong = match (price.credits("credits"), price.credits("each")) {
        (Some(_), Some(_)) => Some(("each", "`credits` or `each`, not both")),
        (None, None) if !price.flag("on_your_key").unwrap_or(false) => {
            return Err(Invalid::new(at, "say `credits` or `each`; \"0\" credits are free"));
        }
        (_, None) => bounds.into_iter().find(|b| price.is(b)).map(|b| (b, "belongs to `each`")),
        (None, Some(_)) if price.count("up_to") == Some(0) => Some(("up_to", "at least 1")),
        (None, Some(_)) => {
            let most = price.credits("at_most").unwrap_or(Amount::MAX);
            let contradicts = price.credits("at_least").is_some_and(|least| least > most);
            contradicts.then_some(("at_least", "not more than `at_most`"))
        }
    };
    wrong.map_or(Ok(()), |(name, why)| Err(Invalid::new(format!("{at}.{name}"), why)))
}

/// Special terms.
///
/// # Errors
/// A price that says nothing, or two things.
pub(crate) fn override_terms(body: Read<'_>) -> Result<OverrideTerms, Invalid> {
    for (action, price) in body.objects_of("prices") {
        says_one_thing(price, &format!("prices.{action}"))?;
    }
    let prices = body.pairs("prices");
    let prices = prices.filter_map(|(action, p)| Some((Name::new(action), read::price(p)?)));
    let units = body.pairs("allowances");
    let units = units.filter_map(|(action, a)| Some((Name::new(action), read::allowance_of(a)?)));
    Ok(OverrideTerms {
        terms: Override {
            plan: None,
            price: None,
            allowances: units.collect(),
            prices: prices.collect(),
            best_model: body.name("best_model"),
            credit_line: body.credits("credit_line"),
            at_once: body.small("at_once"),
            until: body.text("until").and_then(|day| day.parse().ok()),
            by: None,
            reason: body.string("reason"),
        },
    })
}
