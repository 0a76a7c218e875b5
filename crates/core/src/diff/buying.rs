//! How credits are bought, compared: packs, any amount, by themselves, and money back.

use super::Class;
use super::judge::{lengths, less, more_is_better, none_is_least};
use super::sides::Sides;
use crate::contract::{AutoTopUp, MoneyBack, Pack, TopUps};
use crate::money::Money;
use crate::phrase;

/// Compares everything under `top_ups`.
pub(super) fn top_ups(sides: &mut Sides<'_>, was: &TopUps) {
    let TopUps { packs: sold, any_amount_from, auto, money_back } = was;
    let is = &sides.after.top_ups;
    // Where neither is said, exactly what is lacking can be bought: the first bound takes that away.
    let changes_kind = is_exact(was) != is_exact(is);
    packs(sides, sold, is, changes_kind);
    any_amount(sides, *any_amount_from, is, changes_kind);
    sides.value(
        "top_ups.auto",
        (auto, &is.auto),
        |_, is| if is.is_some() { Class::Better } else { Class::Adverse },
        |_, auto| {
            String::from(match auto {
                Some(AutoTopUp::OnlyIfAsked) => "only if you turn them on",
                None => "not offered",
            })
        },
        |was, now| format!("Automatic top-ups: {now} instead of {was}."),
    );
    back(sides, money_back.as_ref(), is.money_back.as_ref());
}

fn is_exact(top_ups: &TopUps) -> bool {
    top_ups.packs.is_empty() && top_ups.any_amount_from.is_none()
}

fn packs(sides: &mut Sides<'_>, was: &[Pack], is: &TopUps, changes_kind: bool) {
    let class = |class| if changes_kind { Class::Undecidable } else { class };
    let key = |pack: &Pack| format!("top_ups.packs.{}", phrase::credits(pack.credits));
    let told = |pack: &Pack| {
        format!("{} for {}", phrase::credits(pack.credits), phrase::money(pack.price))
    };
    for pack in was {
        let Pack { credits, price } = pack;
        match is.packs.iter().find(|now| now.credits == *credits) {
            Some(now) => sides.value(
                key(pack),
                (price, &now.price),
                less,
                |_, price| phrase::money(*price),
                |was, is| format!("{} cost {is} instead of {was}.", phrase::credits(*credits)),
            ),
            None => {
                let words = format!("The pack of {} is no longer sold.", told(pack));
                sides.removed(key(pack), class(Class::Adverse), told(pack), words);
            }
        }
    }
    for pack in is.packs.iter().filter(|now| was.iter().all(|old| old.credits != now.credits)) {
        let words = format!("New: {}.", told(pack));
        sides.added(key(pack), class(Class::Better), told(pack), words);
    }
}

fn any_amount(sides: &mut Sides<'_>, was: Option<Money>, is: &TopUps, changes_kind: bool) {
    sides.value(
        "top_ups.any_amount_from",
        (&was, &is.any_amount_from),
        |was, is| match (was, is) {
            (Some(was), Some(is)) => less(was, is),
            _ if changes_kind => Class::Undecidable,
            (None, _) => Class::Better,
            (_, None) => Class::Adverse,
        },
        |_, from| match from {
            Some(from) => format!("from {}", phrase::money(*from)),
            None => String::from("not sold"),
        },
        |was, now| format!("Any amount of credits: {now} instead of {was}."),
    );
}

fn back(sides: &mut Sides<'_>, was: Option<&MoneyBack>, is: Option<&MoneyBack>) {
    let order = |a: &&MoneyBack, b: &&MoneyBack| {
        let MoneyBack { within } = a;
        lengths(within, &b.within)
    };
    let key = if was.is_some() && is.is_some() {
        "top_ups.money_back.within"
    } else {
        "top_ups.money_back"
    };
    sides.value(
        key,
        (&was, &is),
        |was, is| more_is_better(none_is_least(is.as_ref(), was.as_ref(), order)),
        |_, back| match back {
            Some(back) => format!("within {} of buying", back.within),
            None => String::from("not at all"),
        },
        |was, now| format!("Money back for unused credits: {now} instead of {was}."),
    );
}
