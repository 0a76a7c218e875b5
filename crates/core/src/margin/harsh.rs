//! The pair behind a harsh rule: what it charges, and the price that earns the same without it.

use crate::amount::Amount;
use crate::contract::{Action, Contract, Operations, Outcome, Percent, Tariff};
use crate::id::Name;

/// An action that is charged even if nothing is found, and its soft counterpart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HarshPair {
    /// The action.
    pub action: Name,
    /// The share of runs that find nothing, from `costs.actions.*.empty`. None: unknown.
    pub empty: Option<Percent>,
    /// What every run costs now, found or not.
    pub harsh: Amount,
    /// What a run would bring on average at that price if empty were free: price × (1 − empty
    /// rate), rounded down to a millionth of a credit.
    pub harsh_price_softly: Option<Amount>,
    /// The price that would earn the same if empty were free: price ÷ (1 − empty rate), rounded up
    /// to `credit.smallest`. None: unknown, or everything is empty.
    pub soft: Option<Amount>,
}

/// The pair of every action whose `empty` is charged.
#[must_use]
pub fn harsh_pairs(contract: &Contract, operations: &Operations) -> Vec<HarshPair> {
    let costs = operations.costs.as_ref();
    contract
        .actions
        .iter()
        .filter_map(|action| {
            let entry = costs.and_then(|c| c.actions.get(&action.id));
            HarshPair::of(action, contract.credit.smallest, entry.and_then(|e| e.empty))
        })
        .collect()
}

impl HarshPair {
    /// The pair of an action that finds nothing so often; None where finding nothing is free.
    #[must_use]
    pub fn of(action: &Action, smallest: Amount, empty: Option<Percent>) -> Option<Self> {
        action.harsh(Outcome::Empty)?;
        let harsh = match action.price {
            Tariff::Free => return None,
            Tariff::Fixed(price) => price,
            Tariff::Each { each, .. } => each,
        };
        let found = empty.map(|e| u64::from(ONE.saturating_sub(e.millionths())));
        Some(Self {
            action: action.id.clone(),
            empty,
            harsh,
            harsh_price_softly: found.and_then(|f| harsh.share(f, WHOLE, A_MILLIONTH)),
            soft: found.and_then(|f| rounded_up(harsh, f, smallest)),
        })
    }
}

const ONE: u32 = Percent::WHOLE.millionths();
const WHOLE: u64 = ONE as u64;
const A_MILLIONTH: Amount = match Amount::from_millionths(1) {
    Some(amount) => amount,
    None => Amount::ZERO,
};

/// price ÷ (found ÷ whole), rounded up to a multiple of `smallest`: below it earns less.
fn rounded_up(price: Amount, found: u64, smallest: Amount) -> Option<Amount> {
    let down = price.share(WHOLE, found, smallest)?;
    let earns = down.share(found, WHOLE, A_MILLIONTH)?;
    if earns >= price { Some(down) } else { down.plus(smallest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_price_is_rounded_up_to_the_smallest() {
        let half = Amount::parse("0.5").unwrap();
        // 3 ÷ 0.61 = 4.918…: 4.5 would earn less, so 5
        assert_eq!(rounded_up(Amount::credits(3), 610_000, half), Some(Amount::credits(5)));
        // 3 ÷ 0.75 = 4 exactly: not rounded further up
        assert_eq!(rounded_up(Amount::credits(3), 750_000, half), Some(Amount::credits(4)));
        assert_eq!(rounded_up(Amount::credits(3), 0, half), None);
    }
}
