//! Money owed for unused bought credits that were given back: what `top_ups.money_back` promises.
//! Paying it is the product's.

use super::Desk;
use crate::amount::Amount;
use crate::id::Name;
use crate::money::{Currency, Money};

impl Desk<'_> {
    /// What of a payment is owed for `taken` of its credits, while the contract's window is open;
    /// None where nothing is promised, where it is over, or where it is not known what was paid.
    /// Its share of what was paid, rounded up to the cent: towards the customer.
    #[must_use]
    pub fn money_owed(&self, payment: &Name, taken: Amount) -> Option<Money> {
        let promise = self.terms.contract.top_ups.money_back?;
        let seen = self.customer.payments.get(payment)?;
        let is_open = self.now < promise.within.after(seen.at, self.terms.zone());
        let (number, currency) = seen.paid.as_deref().filter(|_| is_open)?.split_once(' ')?;
        let paid = Money::parse(Currency::parse(currency)?, number)?;
        paid.share_up(taken, seen.credits)
    }
}
