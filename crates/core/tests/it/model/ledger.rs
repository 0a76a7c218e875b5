//! The books added up again from transfers alone, in the plainest way, by code of its own.

use probity_core::entry::{Account, Transfer};
use probity_core::{GrantId, RunId};
use std::collections::BTreeMap;

/// Balances by account, in millionths of a credit. The house's are below nothing or above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub balances: BTreeMap<Account, i128>,
}

impl Ledger {
    /// Adds transfers, one after the other; says which one is not a transfer.
    pub fn post(&mut self, transfers: &[Transfer]) -> Result<(), String> {
        for transfer in transfers {
            let amount = i128::from(transfer.amount.millionths());
            if amount <= 0 {
                return Err(format!("{} to {} moves {amount}", transfer.from, transfer.to));
            }
            if transfer.from == transfer.to {
                return Err(format!("{} to itself", transfer.from));
            }
            *self.balances.entry(transfer.from.clone()).or_default() -= amount;
            *self.balances.entry(transfer.to.clone()).or_default() += amount;
        }
        Ok(())
    }

    pub fn grant(&self, grant: GrantId) -> i128 {
        self.of(&Account::Available(grant))
    }

    pub fn held(&self, run: RunId) -> i128 {
        self.of(&Account::Held(run))
    }

    /// What is owed: the account goes below nothing by as much.
    pub fn owed(&self) -> i128 {
        -self.of(&Account::Owed)
    }

    /// What can be spent: grants less what is owed.
    pub fn available(&self) -> i128 {
        let grants = self.sum(|account| matches!(account, Account::Available(_)));
        grants - self.owed()
    }

    pub fn all_held(&self) -> i128 {
        self.sum(|account| matches!(account, Account::Held(_)))
    }

    pub fn all_earned(&self) -> i128 {
        self.sum(|account| matches!(account, Account::Earned(_)))
    }

    /// Every account together: nothing, always.
    pub fn total(&self) -> i128 {
        self.sum(|_| true)
    }

    /// Accounts of the customer that are below nothing though they may not be.
    pub fn overdrawn(&self) -> Option<(&Account, i128)> {
        self.balances.iter().find_map(|(account, n)| {
            let own = matches!(account, Account::Available(_) | Account::Held(_));
            let is_wrong = (own && *n < 0) || (*account == Account::Owed && *n > 0);
            is_wrong.then_some((account, *n))
        })
    }

    fn of(&self, account: &Account) -> i128 {
        self.balances.get(account).copied().unwrap_or(0)
    }

    fn sum(&self, which: impl Fn(&Account) -> bool) -> i128 {
        self.balances.iter().filter(|(account, _)| which(account)).map(|(_, n)| n).sum()
    }
}
