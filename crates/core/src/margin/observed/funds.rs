//! Who paid for the credits of a charge: its grants say it, as far as their entries do. What is not
//! known is never taken for paid.

use super::{Books, Earned, Seen};
use crate::amount::Amount;
use crate::command::GrantKind;
use crate::entry::{Account, Ended, Facts, Refunded, Started, Transfer};
use crate::id::GrantId;

/// Where the money for a credit comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Funds {
    /// It was bought, or came with a plan that has a price.
    Paid,
    /// It was given.
    Given,
    /// Nobody knows yet: a credit line, or a grant that stands elsewhere.
    Unclear,
}

fn millionths(amount: Amount) -> u128 {
    u128::try_from(amount.millionths()).unwrap_or(0)
}

impl Seen<'_> {
    /// What went to the house for runs, and what came back from it.
    pub(super) fn earned(&self, started: &Started, books: Books) -> Earned {
        let shadow = self.entry.shadow.as_ref().filter(|_| books == Books::WouldBe);
        let transfers = shadow.map_or(&self.entry.transfers, |shadow| &shadow.transfers);
        let mut earned = Earned::default();
        for Transfer { amount, from, to } in transfers {
            let amount = millionths(*amount);
            if matches!(to, Account::Earned(_)) {
                earned.charged = earned.charged.saturating_add(amount);
            }
            if matches!(from, Account::Earned(_)) {
                earned.refunded = earned.refunded.saturating_add(amount);
                if let Account::Available(grant) = to
                    && self.came_back(started, *grant) == Funds::Paid
                {
                    earned.paid_back = earned.paid_back.saturating_add(amount);
                }
            }
        }
        if let Some(ended) = self.ending().filter(|_| earned.charged > 0) {
            for draw in &self.leg(ended, books).drawn {
                let sum = match self.funds(started, draw.kind) {
                    Funds::Paid => &mut earned.paid,
                    Funds::Unclear => &mut earned.unclear,
                    Funds::Given => continue,
                };
                *sum = sum.saturating_add(millionths(draw.amount));
            }
        }
        earned
    }

    fn ending(&self) -> Option<&Ended> {
        match &self.entry.facts {
            Facts::Run { ended, .. }
            | Facts::Settle(ended)
            | Facts::Release(ended)
            | Facts::ExpireRun(ended) => Some(ended),
            _ => None,
        }
    }

    fn funds(&self, started: &Started, kind: Option<GrantKind>) -> Funds {
        match kind {
            None => Funds::Unclear,
            Some(GrantKind::Bought) => Funds::Paid,
            Some(GrantKind::Gift | GrantKind::Goodwill) => Funds::Given,
            Some(GrantKind::Plan) => {
                let plan = self.contract(started).and_then(|all| all.plans.get(&started.plan));
                match plan.map(|plan| plan.price.is_some_and(|price| price.money.is_positive())) {
                    Some(true) => Funds::Paid,
                    Some(false) => Funds::Given,
                    None => Funds::Unclear,
                }
            }
        }
    }

    /// Whose money a refund to this grant is: what the run drew on, or what was made for the refund, has
    /// its kind.
    fn came_back(&self, started: &Started, grant: GrantId) -> Funds {
        let refunded: Option<&Refunded> = match &self.entry.facts {
            Facts::Refund(refunded) => Some(refunded),
            Facts::Correct(corrected) => Some(&corrected.refund),
            _ => None,
        };
        let made = refunded.into_iter().flat_map(|refunded| &refunded.grants);
        let made = made.map(|made| (made.grant, made.kind));
        let drawn = started.leg.drawn.iter().filter_map(|draw| Some((draw.grant?, draw.kind?)));
        let kind = drawn.chain(made).find(|(id, _)| *id == grant).map(|(_, kind)| kind);
        self.funds(started, kind)
    }
}
