//! Filling the words.
use crate::amount::Amount;
use crate::contract::{Action, Contract};
use crate::sums::Sums;

/// The warnings of an action's harsh rules, filled.
pub(crate) fn warning(_contract: &Contract, sums: &Sums, action: &Action, price: Amount) -> String {
    let _ = (sums, price);
    action.name.clone()
}
