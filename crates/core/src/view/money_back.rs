//! Money owed for unused bought credits that were given back: what `top_ups.money_back` promises.
//! Paying it is the product's.

use super::Desk;
use crate::amount::Amount;
use crate::entry::ClawedBack;
use crate::money::{Currency, Money};

impl Desk<'_> {
    /// What is owed for the credits that a claw-back took at once, while the contract's window is
    /// open; None where nothing is promised, where it is over, or where it is not known what was
    /// paid. Their share of what was paid, rounded up to the cent, towards the customer; never more
    /// than was paid, in however many parts they go back.
    #[must_use]
    pub fn money_owed(&self, claw: &ClawedBack) -> Option<Money> {
        let promise = self.terms.contract.top_ups.money_back?;
        let seen = self.customer.payments.get(&claw.payment)?;
        let is_open = self.now < promise.within.after(seen.at, self.terms.zone());
        let (number, currency) = seen.paid.as_deref().filter(|_| is_open)?.split_once(' ')?;
        let paid = Money::parse(Currency::parse(currency)?, number)?;
        let asked = Amount::sum([claw.taken, claw.later, claw.unrecovered])?;
        let before = seen.clawed_back.less(asked);
        let owed_before = paid.share_up(before, seen.credits)?;
        paid.share_up(before.plus(claw.taken)?, seen.credits)?.minus(owed_before)
    }
}
