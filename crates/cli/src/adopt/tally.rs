//! What an adoption comes to: every row counted once, every credit of the table accounted for.

use super::row::Bad;
use super::sum::Sum;
use serde::Serialize;

/// The books of an adoption.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Tally {
    /// Rows of the table.
    pub(crate) rows: u64,
    /// Customers who were opened.
    pub(crate) opened: u64,
    /// Customers whom the books knew, and of whom nothing had been adopted.
    pub(crate) known: u64,
    /// Customers of whom something had been adopted before.
    pub(crate) again: u64,
    /// Of these, those who stay as they are.
    pub(crate) unchanged: u64,
    /// Rows that were refused.
    pub(crate) refused: u64,
    /// All balances that can be read.
    pub(crate) table: Sum,
    /// Rows whose balance cannot be read: they are in no sum.
    pub(crate) unread: u64,
    /// Granted now.
    pub(crate) granted: Sum,
    /// Adopted before.
    pub(crate) before: Sum,
    /// Lowered now.
    pub(crate) lowered: Sum,
    /// Of that, what had been spent already: it is no debt.
    pub(crate) spent: Sum,
    /// Credits that plans brought and that count as part of the balance.
    pub(crate) from_plans: Sum,
    /// What rounding up added.
    pub(crate) rounded: Sum,
    /// What plans brought beyond the balance they are a part of.
    pub(crate) beyond: Sum,
    /// In rows that were refused.
    pub(crate) in_refused: Sum,
    /// What the table now says more (or less) than was adopted, where that is not followed.
    pub(crate) differs: Sum,
    /// How many customers differ so.
    pub(crate) differing: u64,
    /// Known customers on another plan than the table says: left as they are.
    pub(crate) other_plan: u64,
    /// Every row that was refused or differs.
    pub(crate) bad: Vec<Bad>,
}

impl Tally {
    /// A row was refused.
    pub(crate) fn refuse(&mut self, bad: Bad) {
        self.refused += 1;
        match bad.balance {
            Some(balance) => {
                self.table.add(balance);
                self.in_refused.add(balance);
            }
            None => self.unread += 1,
        }
        self.bad.push(bad);
    }

    /// What the table says that nothing accounts for: nothing, or there is a fault in here.
    pub(crate) fn unaccounted(&self) -> Sum {
        let ours = self.before.plus(self.granted).plus(self.from_plans).minus(self.lowered);
        let ours = ours.minus(self.rounded).minus(self.beyond);
        self.table.minus(ours).minus(self.in_refused).minus(self.differs)
    }

    /// Is everything taken over as it stands in the table?
    pub(crate) const fn is_whole(&self) -> bool {
        self.refused == 0 && self.differing == 0
    }
}
