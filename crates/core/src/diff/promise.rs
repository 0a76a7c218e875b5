//! The promises around the actions compared: outcomes, failures, credits, quotes, changes.

use super::Class;
use super::action::ending;
use super::judge::{
    lengths, less, less_is_better, more, more_is_better, none_is_least, none_is_most, taken,
};
use super::sides::Sides;
use crate::amount::Amount;
use crate::contract::{
    Changes, CreditRules, Expiry, Failures, Never, Outcome, Outcomes, Starts, Treatment,
    WorseChanges,
};
use crate::explain::{lasts, never};
use crate::money::{Currency, Money};
use crate::phrase;
use crate::time::{Length, Zone};
use std::cmp::Ordering;

/// Sums of two currencies cannot be compared.
pub(super) fn currency(sides: &mut Sides<'_>, was: Currency) {
    let is = sides.after.currency;
    sides.value(
        "currency",
        (&was, &is),
        |_, _| Class::Undecidable,
        |_, currency| currency.to_string(),
        |was, now| format!("Prices are in {now} instead of {was}."),
    );
}

/// Another zone moves every reset and expiry, for some earlier and for some later.
pub(super) fn zone(sides: &mut Sides<'_>, was: &Zone) {
    let is = &sides.after.zone;
    sides.value(
        "time_zone",
        (was, is),
        |_, _| Class::Undecidable,
        |_, zone| zone.name().to_owned(),
        |was, now| format!("Days begin and end by the clocks of {now} instead of {was}."),
    );
}

pub(super) fn outcomes(sides: &mut Sides<'_>, was: Outcomes) {
    let is = sides.after.outcomes;
    for outcome in Outcome::ALL {
        sides.value(
            format!("outcomes.{}", outcome.word()),
            (&was.of(outcome), &is.of(outcome)),
            |was, is| less(&taken(*was), &taken(*is)),
            |_, treatment| {
                String::from(match treatment {
                    Treatment::Charge => "the whole price",
                    Treatment::Share => "its share of the price",
                    Treatment::Free => "nothing",
                })
            },
            |was, now| format!("If {}, you pay {now} instead of {was}.", ending(outcome)),
        );
    }
}

fn longer(was: &Length, is: &Length) -> Class {
    more_is_better(lengths(is, was))
}

fn shorter(was: &Length, is: &Length) -> Class {
    less_is_better(lengths(is, was))
}

/// Slower work is charged that was free; a failing item that is paused sooner stops sooner.
pub(super) fn failures(sides: &mut Sides<'_>, was: Failures) {
    let Failures { too_slow_after, at_latest, retries, same_item_fails, corrections } = was;
    let is = sides.after.failures;
    sides.value(
        "failures.too_slow_after",
        (&too_slow_after, &is.too_slow_after),
        shorter,
        |_, length| length.to_string(),
        |was, now| format!("Work that is not done is free after {now} instead of {was}."),
    );
    sides.value(
        "failures.at_latest",
        (&at_latest, &is.at_latest),
        shorter,
        |_, length| length.to_string(),
        |was, now| format!("Work that reports progress may take {now} instead of {was}."),
    );
    sides.value(
        "failures.retries",
        (&retries, &is.retries),
        |_, _| Class::Neutral,
        |_, times| phrase::count(u64::from(*times), "time"),
        |was, now| format!("We try again, at our cost, up to {now} instead of {was}."),
    );
    sides.value(
        "failures.same_item_fails",
        (&same_item_fails, &is.same_item_fails),
        more,
        |_, times| phrase::count(u64::from(*times), "failure"),
        |was, now| format!("What keeps failing is paused after {now} in a row instead of {was}."),
    );
    sides.value(
        "failures.corrections",
        (&corrections, &is.corrections),
        longer,
        |_, length| length.to_string(),
        |was, now| {
            format!("What we find out later to have failed is given back within {now}, not {was}.")
        },
    );
}

pub(super) fn credit(sides: &mut Sides<'_>, was: &CreditRules) {
    let CreditRules {
        list_price,
        smallest,
        gift,
        goodwill,
        plan_rolls_over,
        plan_keep_at_most,
        bought,
        refunds_last_at_least,
    } = was;
    let is = &sides.after.credit;
    worth(sides, *list_price, is.list_price);
    step(sides, *smallest, is.smallest);
    let kinds = [
        ("gift", "Gifts", gift, &is.gift),
        ("goodwill", "Credits given when we are sorry", goodwill, &is.goodwill),
    ];
    for (kind, what, was, is) in kinds {
        live(sides, kind, what, (was, is));
    }
    kept(sides, (plan_rolls_over, plan_keep_at_most), is);
    live(sides, "bought", "Bought credits", (bought, &is.bought));
    sides.value(
        "credit.refunds_last_at_least",
        (refunds_last_at_least, &is.refunds_last_at_least),
        longer,
        |_, length| length.to_string(),
        |was, now| format!("Refunded credits last at least {now} instead of {was}."),
    );
}

/// What credits are bought at. Without it, customers are shown no money.
fn worth(sides: &mut Sides<'_>, was: Option<Money>, is: Option<Money>) {
    sides.value(
        "credit.list_price",
        (&was, &is),
        |was, is| match (was, is) {
            (Some(was), Some(is)) => less(was, is),
            (None, _) => Class::Better,
            (_, None) => Class::Adverse,
        },
        |_, price| price.map_or_else(|| String::from("not said"), |price| price.to_string()),
        |was, now| format!("What one credit costs: {now} instead of {was}."),
    );
}

/// Shares are rounded down to it: a coarser step is better, if each of its multiples was one.
fn step(sides: &mut Sides<'_>, was: Amount, is: Amount) {
    sides.value(
        "credit.smallest",
        (&was, &is),
        |was, is| {
            if is.is_multiple_of(*was) {
                Class::Better
            } else if was.is_multiple_of(*is) {
                Class::Adverse
            } else {
                Class::Undecidable
            }
        },
        |_, step| phrase::credits(*step),
        |was, now| format!("Parts are rounded down to {now} instead of {was}."),
    );
}

fn live(sides: &mut Sides<'_>, kind: &str, what: &str, pair: (&Expiry, &Expiry)) {
    let order = |a: &Expiry, b: &Expiry| match (a, b) {
        (Expiry::Never, Expiry::Never) => Some(Ordering::Equal),
        (Expiry::Never, Expiry::After(_)) => Some(Ordering::Greater),
        (Expiry::After(_), Expiry::Never) => Some(Ordering::Less),
        (Expiry::After(a), Expiry::After(b)) => lengths(a, b),
    };
    sides.value(
        format!("credit.kinds.{kind}.lasts"),
        pair,
        |was, is| more_is_better(order(is, was)),
        |_, expiry| lasts(*expiry),
        |was, now| format!("{what} {now}; so far they {was}."),
    );
}

fn kept(
    sides: &mut Sides<'_>,
    (rolls_over, keep_at_most): (&Option<Length>, &Option<Amount>),
    is: &CreditRules,
) {
    sides.value(
        "credit.kinds.plan.rolls_over",
        (rolls_over, &is.plan_rolls_over),
        |was, is| more_is_better(none_is_least(is.as_ref(), was.as_ref(), lengths)),
        |_, more| match more {
            Some(more) => format!("{more} more"),
            None => String::from("not at all"),
        },
        |was, now| format!("Plan credits last beyond their period: {now} instead of {was}."),
    );
    let order = |a: &Amount, b: &Amount| Some(a.cmp(b));
    sides.value(
        "credit.kinds.plan.keep_at_most",
        (keep_at_most, &is.plan_keep_at_most),
        |was, is| more_is_better(none_is_most(is.as_ref(), was.as_ref(), order)),
        |_, most| most.map_or_else(|| String::from("no bound"), phrase::credits),
        |was, now| format!("The most plan credits you keep: {now} instead of {was}."),
    );
}

pub(super) fn quotes(sides: &mut Sides<'_>, was: Length) {
    let is = sides.after.quotes_last;
    sides.value(
        "quotes.last",
        (&was, &is),
        longer,
        |_, length| length.to_string(),
        |was, now| format!("A price you were quoted holds for {now} instead of {was}."),
    );
}

/// How these terms may change from then on.
pub(super) fn changes(sides: &mut Sides<'_>, was: &Changes) {
    let Changes { worse: was_worse, better_starts, never: promised } = was;
    let is = &sides.after.changes;
    match (was_worse, &is.worse) {
        (Some(was), Some(is)) => worse(sides, *was, *is),
        (None, None) => {}
        (_, Some(is)) => {
            let words = format!("Changes for the worse are told {} before.", is.notice);
            sides.added("changes.worse", Class::Better, is.notice.to_string(), words);
        }
        (Some(was), _) => {
            let words = format!("Changes for the worse are no longer told {} before.", was.notice);
            sides.removed("changes.worse", Class::Adverse, was.notice.to_string(), words);
        }
    }
    sides.value(
        "changes.better.starts",
        (better_starts, &is.better_starts),
        |_, is| if *is == Starts::AtOnce { Class::Better } else { Class::Adverse },
        |_, starts| String::from(when(*starts)),
        |was, now| format!("Changes for the better start {now} instead of {was}."),
    );
    let (gone, new) = Sides::lists(promised, &is.never);
    let told = |promise: &Never| String::from(never(*promise));
    for promise in gone {
        let words = format!("We no longer promise never to {}.", never(*promise));
        sides.removed("changes.never", Class::Adverse, told(promise), words);
    }
    for promise in new {
        let words = format!("We promise never to {}.", never(*promise));
        sides.added("changes.never", Class::Better, told(promise), words);
    }
}

const fn when(starts: Starts) -> &'static str {
    match starts {
        Starts::AtOnce => "at once",
        Starts::NextPeriod => "with your next period",
    }
}

fn worse(sides: &mut Sides<'_>, was: WorseChanges, is: WorseChanges) {
    let WorseChanges { notice, starts, may_leave_with_refund } = was;
    sides.value(
        "changes.worse.notice",
        (&notice, &is.notice),
        longer,
        |_, length| length.to_string(),
        |was, now| format!("Changes for the worse are told {now} before instead of {was}."),
    );
    sides.value(
        "changes.worse.starts",
        (&starts, &is.starts),
        |_, is| if *is == Starts::NextPeriod { Class::Better } else { Class::Adverse },
        |_, starts| String::from(when(*starts)),
        |was, now| format!("Changes for the worse start {now} instead of {was}."),
    );
    sides.value(
        "changes.worse.may_leave_with",
        (&may_leave_with_refund, &is.may_leave_with_refund),
        more,
        |_, refund| String::from(if *refund { "money back" } else { "no money back" }),
        |was, now| {
            format!("Who leaves over a change gets {now} for unused credits instead of {was}.")
        },
    );
}
