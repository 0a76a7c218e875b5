//! Prices in credits compared: which is lower for every quantity, if one is.

use super::judge::{both, less, less_is_better, more_is_better, none_is_least, none_is_most};
use super::sides::Sides;
use crate::amount::Amount;
use crate::contract::{Tariff, is_nothing};
use crate::explain::{Priced, bounds};
use crate::phrase;
use std::cmp::Ordering;

/// A price that is being compared: its key, whose it is, one of what it is the price of.
pub(super) struct Tag<'t> {
    /// `actions.tailor_document.price`.
    pub(super) key: String,
    /// The subject of the sentence: `Tailor a document`, `Tailor a document on Pro`.
    pub(super) who: &'t str,
    /// `tailored document`.
    pub(super) unit: &'t str,
}

/// Lists how a price differs: two by quantity key by key, others as one.
pub(super) fn tariff(sides: &mut Sides<'_>, tag: &Tag<'_>, was: &Tariff, is: &Tariff) {
    if let (Tariff::Each { .. }, Tariff::Each { .. }) = (was, is) {
        by_quantity(sides, tag, was, is);
        return;
    }
    let words = format!(
        "{} costs {} instead of {}.",
        tag.who,
        in_credits(is, tag.unit),
        in_credits(was, tag.unit)
    );
    sides.value(
        tag.key.clone(),
        (was, is),
        |was, is| less_is_better(order(is, was)),
        |contract, tariff| Priced::of(contract, tariff, tag.unit).text,
        |_, _| words,
    );
}

fn by_quantity(sides: &mut Sides<'_>, tag: &Tag<'_>, was: &Tariff, is: &Tariff) {
    let (
        &Tariff::Each { each, at_least, at_most, up_to },
        &Tariff::Each { each: each_is, at_least: least_is, at_most: most_is, up_to: up_to_is },
    ) = (was, is)
    else {
        return;
    };
    let Tag { key, who, unit } = tag;
    let words = |was: Amount, is: Amount| {
        let (was, is) = (one(was), one(is));
        format!("{who} costs {is} for each {unit} instead of {was}.")
    };
    sides.value(
        format!("{key}.each"),
        (&each, &each_is),
        less,
        |contract, each| phrase::price(contract, *each),
        |_, _| words(each, each_is),
    );
    let bound = |bound: Option<Amount>| bound.map_or_else(|| String::from("no bound"), one);
    sides.value(
        format!("{key}.at_least"),
        (&at_least, &least_is),
        |was, is| less_is_better(none_is_least(is.as_ref(), was.as_ref(), cmp)),
        |_, least| bound(*least),
        |was, is| format!("{who}, the least it costs: {is} instead of {was}."),
    );
    sides.value(
        format!("{key}.at_most"),
        (&at_most, &most_is),
        |was, is| less_is_better(none_is_most(is.as_ref(), was.as_ref(), cmp)),
        |_, most| bound(*most),
        |was, is| format!("{who}, the most it costs: {is} instead of {was}."),
    );
    sides.value(
        format!("{key}.up_to"),
        (&up_to, &up_to_is),
        |was, is| more_is_better(none_is_most(is.as_ref(), was.as_ref(), cmp)),
        |_, most| match most {
            Some(most) => format!("at most {}", phrase::count(*most, unit)),
            None => String::from("any number"),
        },
        |was, is| format!("{who} takes {is} at once instead of {was}."),
    );
}

fn cmp<T: Ord>(a: &T, b: &T) -> Option<Ordering> {
    Some(a.cmp(b))
}

/// How what is paid compares for every quantity: less where it never costs more and takes all that
/// the other takes. None where it depends on the quantity.
pub(super) fn order(a: &Tariff, b: &Tariff) -> Option<Ordering> {
    match (is_nothing(a), is_nothing(b)) {
        (true, true) => return both_free(a, b),
        (true, false) if takes_any(a) => return Some(Ordering::Less),
        (false, true) if takes_any(b) => return Some(Ordering::Greater),
        _ => {}
    }
    match (a, b) {
        (Tariff::Fixed(a), Tariff::Fixed(b)) => Some(a.cmp(b)),
        (Tariff::Each { .. }, Tariff::Each { .. }) => each_order(a, b),
        (Tariff::Each { each, at_least, at_most, up_to: None }, fixed) => {
            let fixed = fixed.of_quantity(1)?;
            let lowest = at_least.map_or(*each, |least| least.max(*each));
            match at_most {
                Some(most) if *most <= fixed => Some(Ordering::Less),
                Some(most) => (lowest.min(*most) >= fixed).then_some(Ordering::Greater),
                None => (lowest >= fixed).then_some(Ordering::Greater),
            }
        }
        (fixed, each @ Tariff::Each { up_to: None, .. }) => {
            order(each, fixed).map(Ordering::reverse)
        }
        _ => None,
    }
}

/// Of two that cost nothing, the one that takes more is better.
fn both_free(a: &Tariff, b: &Tariff) -> Option<Ordering> {
    match (takes_any(a), takes_any(b)) {
        (false, false) => each_order(a, b),
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
    }
}

fn takes_any(tariff: &Tariff) -> bool {
    !matches!(tariff, Tariff::Each { up_to: Some(_), .. })
}

/// Two prices by quantity, each number no less than its like.
fn each_order(a: &Tariff, b: &Tariff) -> Option<Ordering> {
    let (
        Tariff::Each { each, at_least, at_most, up_to },
        Tariff::Each { each: others, at_least: least, at_most: most, up_to: others_up_to },
    ) = (a, b)
    else {
        return None;
    };
    let bounds = both(
        none_is_least(at_least.as_ref(), least.as_ref(), cmp),
        none_is_most(at_most.as_ref(), most.as_ref(), cmp),
    );
    let refused = none_is_most(others_up_to.as_ref(), up_to.as_ref(), cmp);
    both(both(Some(each.cmp(others)), bounds), refused)
}

/// `12 credits`, `nothing`, `0.5 credits for each page`: a price in a sentence.
pub(super) fn in_credits(tariff: &Tariff, unit: &str) -> String {
    match tariff {
        _ if is_nothing(tariff) => String::from("nothing"),
        Tariff::Free => String::from("nothing"),
        Tariff::Fixed(price) => one(*price),
        Tariff::Each { each, at_least, at_most, .. } => {
            format!("{} for each {unit}{}", one(*each), bounds(*at_least, *at_most))
        }
    }
}

/// `12 credits`, `nothing`.
pub(super) fn one(amount: Amount) -> String {
    if amount.is_zero() { String::from("nothing") } else { phrase::credits(amount) }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, Tariff, order};
    use crate::amount::Amount;
    use proptest::option::of;
    use proptest::prelude::*;

    fn amount() -> impl Strategy<Value = Amount> {
        (0..12_u32).prop_map(Amount::credits)
    }

    fn tariff() -> impl Strategy<Value = Tariff> {
        let each = (amount(), of(amount()), of(amount()), of(1..30_u64)).prop_map(
            |(each, at_least, at_most, up_to)| Tariff::Each { each, at_least, at_most, up_to },
        );
        prop_oneof![Just(Tariff::Free), amount().prop_map(Tariff::Fixed), each]
    }

    /// What so many cost; None where they are refused.
    fn cost(tariff: &Tariff, units: u64) -> Option<Amount> {
        let refuses = matches!(tariff, Tariff::Each { up_to: Some(most), .. } if units > *most);
        if refuses { None } else { tariff.of_quantity(units) }
    }

    proptest! {
        /// What is said to be lower costs no more for any number, and takes all that the other takes.
        #[test]
        fn lower_is_lower_for_every_number(a in tariff(), b in tariff(), units in 1..40_u64) {
            prop_assert_eq!(order(&a, &b), order(&b, &a).map(Ordering::reverse));
            let (low, high) = match order(&a, &b) {
                None => return Ok(()),
                Some(Ordering::Greater) => (&b, &a),
                Some(_) => (&a, &b),
            };
            if let Some(dear) = cost(high, units) {
                let cheap = cost(low, units);
                prop_assert!(cheap.is_some_and(|cheap| cheap <= dear), "{low:?} {high:?} {units}");
            }
        }
    }
}
