//! What must hold of any bytes that are taken for Stripe's: the first line is a signature, the rest an
//! event. One function for two who ask it: the fuzz target with bytes made by chance, and a test of the
//! crate with the corpus.

use probity::Environment;
use probity_cli::stripe::{Brings, Says, Secret, Selling, Unsigned, read, sign, signed_by};
use probity_core::id::is_caller_id;
use probity_core::{Amount, Name};

const NOW: i64 = 1_795_428_000;

/// Verifies and reads the bytes, and asserts that what comes of it can be booked.
pub(super) fn told(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (header, body) = data.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    verified(&String::from_utf8_lossy(header), body);
    if let Ok(serde_json::Value::Object(event)) = serde_json::from_slice(body) {
        said(&event);
    }
}

fn verified(header: &str, body: &[u8]) {
    let secret = || Secret::new("whsec_fuzzed_1").into_iter();
    let secrets: Vec<_> = secret().map(|secret| (Environment::Live, secret)).collect();
    let signed = signed_by(header, body, NOW, &secrets);
    // Nobody guesses a signature; whoever has one in the corpus has it for another body or time.
    let is_ours = secret().any(|secret| header.contains(&sign(body, NOW, &secret)));
    assert!(is_ours || signed.is_err(), "believed: {header}");
    assert!(!header.trim().is_empty() || signed == Err(Unsigned::Missing));
    for secret in secret() {
        let good = sign(body, NOW, &secret);
        assert_eq!(signed_by(&good, body, NOW, &secrets), Ok(Environment::Live));
        let other = format!("{good},{header}");
        // What follows a good one takes nothing from it, unless it has a time or is no list at all.
        let after = signed_by(&other, body, NOW, &secrets);
        assert!(matches!(after, Ok(_) | Err(Unsigned::Malformed)), "{other}: {after:?}");
    }
}

fn said(event: &serde_json::Map<String, serde_json::Value>) {
    let bought = Amount::parse("100").map(Brings::Credits).ok();
    let plan = Brings::Plan(Name::new("pro"));
    let prices = bought.map(|bought| (Name::new("price_pack"), bought)).into_iter();
    let selling = Selling {
        prices: prices.chain([(Name::new("price_pro"), plan)]).collect(),
        without_subscription: Some(Name::new("free")),
    };
    let once = read(event, &selling);
    assert_eq!(once, read(event, &selling));
    let event = match once {
        Ok(event) => event,
        Err(unread) => {
            assert!(!unread.field.is_empty() && !unread.why.is_empty());
            return;
        }
    };
    assert!(is_caller_id(&event.id));
    match event.says {
        Says::Paid(payment) => {
            assert!(is_caller_id(&payment.id) && is_caller_id(&payment.customer));
            assert!(payment.credits.is_positive() && payment.paid.trillionths() >= 0);
        }
        Says::Claimed { payment, claim, .. } => {
            assert!(is_caller_id(&payment) && is_caller_id(&claim.id));
            assert!(claim.money.trillionths() >= 0);
        }
        Says::Subscription { customer, told, .. } => {
            assert!(customer.is_none_or(|id| is_caller_id(&id)) && is_caller_id(&told.id));
            assert!(told.now.live || !told.now.ends);
        }
        Says::Renewed { invoice, .. } => assert!(is_caller_id(&invoice)),
        Says::Nothing(why) => assert!(!why.is_empty()),
    }
}
