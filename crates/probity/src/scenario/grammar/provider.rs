//! What a payment provider tells: refunds, disputes, and how subscriptions stand.

use crate::scenario::scan::{Read, Scan};
use crate::scenario::step::{What, Whose};
use probity_core::command::Act;
use probity_core::provider::{Before, Claim, ClaimKind, Standing, SubscriptionTold};
use probity_core::{Name, Time};

/// Reads a sentence that begins with what is told; None where another begins.
pub(super) fn read(scan: &mut Scan<'_>) -> Read<Option<(Whose, What)>> {
    let kinds = [
        ("refund", ClaimKind::Refund),
        ("refunds", ClaimKind::Refunds),
        ("dispute", ClaimKind::Dispute),
    ];
    for (word, kind) in kinds {
        if scan.take(word) {
            return claim(scan, kind).map(Some);
        }
    }
    if scan.take("subscription") { subscription(scan).map(Some) } else { Ok(None) }
}

/// `refund re_1 of $5 on pi_1 of ana`, `dispute dp_1 of $10 on pi_1 of ana comes to nothing`.
fn claim(scan: &mut Scan<'_>, kind: ClaimKind) -> Read<(Whose, What)> {
    let id = Name::new(scan.any("its id")?);
    scan.need("of")?;
    let money = scan.money()?;
    scan.need("on")?;
    let payment = Name::new(scan.any("a payment's id")?);
    scan.need("of")?;
    let whose = Whose::Customer(scan.any("a customer's id")?.to_owned());
    let stands = !scan.take_all(&["comes", "to", "nothing"]);
    let reason = Some(kind.word().to_owned());
    let claim = Claim { id, kind, money, stands };
    Ok((whose, What::Act(Act::Claim { payment, claim, reason })))
}

/// `subscription sub_1 of ana at second 1 begins on pro else hello`; also `goes from pro to pro
/// ending`, `is over on pro`. A standing is a plan, `idle PLAN` or `PLAN ending`,
/// perhaps `by PRICE`.
fn subscription(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let id = Name::new(scan.any("its id")?);
    scan.need("of")?;
    let whose = Whose::Customer(scan.any("a customer's id")?.to_owned());
    scan.need("at")?;
    scan.need("second")?;
    let second = scan.number()?;
    let (before, now) = if scan.take_all(&["begins", "on"]) {
        (Before::Nothing, standing(scan)?)
    } else if scan.take_all(&["is", "over", "on"]) {
        let was = standing(scan)?;
        (Before::Over(was.clone()), Standing { live: false, ends: false, ..was })
    } else {
        scan.need("goes")?;
        scan.need("from")?;
        let before = standing(scan)?;
        scan.need("to")?;
        (Before::Was(before), standing(scan)?)
    };
    let otherwise = if scan.take("else") { Some(Name::new(scan.any("a plan")?)) } else { None };
    let event = match scan.take("as") {
        true => Name::new(scan.any("the id of what is told")?),
        false => Name::new(&format!("{id}:{second}")),
    };
    let at = Time::from_micros(i64::try_from(second).unwrap_or(0).saturating_mul(1_000_000));
    let (waits, began_lately) = (true, true);
    let told = SubscriptionTold { id, event, at, before, now, waits, began_lately, otherwise };
    Ok((whose, What::Act(Act::Subscription(Box::new(told)))))
}

fn standing(scan: &mut Scan<'_>) -> Read<Standing> {
    let live = !scan.take("idle");
    let plan = Some(Name::new(scan.any("a plan")?));
    let ends = live && scan.take("ending");
    let prices =
        if scan.take("by") { vec![Name::new(scan.any("a price's id")?)] } else { Vec::new() };
    Ok(Standing { plan, live, ends, prices })
}
