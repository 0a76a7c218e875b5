//! When something is next due for each customer: 16 bytes each, so that the sweeper finds whom to
//! look after without reading anybody.
//!
//! It is only a hint. What is due is applied whenever a customer is asked about; a sweep that comes
//! late, or never, changes no answer.

use crate::environment::Environment;
use crate::store::CustomerNumber;
use probity_core::Time;

/// By customer number, from 1.
#[derive(Debug, Default)]
pub(crate) struct Dues {
    dues: Vec<Due>,
    /// Where the next sweep goes on.
    next: usize,
}

#[derive(Clone, Copy, Debug)]
struct Due {
    /// Nothing is due before; [`Time::MIN`]: not known.
    at: Time,
    environment: Environment,
}

/// How many customers one sweep looks at.
const LOOKED_AT: usize = 1 << 16;

impl Dues {
    /// Of so many customers nothing is known yet.
    pub(crate) fn unknown(customers: u32) -> Self {
        let mut all = Self::default();
        all.grow(usize::try_from(customers).unwrap_or(0));
        all
    }

    /// Nothing is due for a customer before an instant.
    pub(crate) fn note(&mut self, number: CustomerNumber, environment: Environment, at: Time) {
        let place = usize::try_from(number.0).unwrap_or(0).saturating_sub(1);
        self.grow(place + 1);
        if let Some(due) = self.dues.get_mut(place) {
            *due = Due { at, environment };
        }
    }

    /// A customer is not looked at before an instant.
    pub(crate) fn no_sooner_than(&mut self, number: CustomerNumber, at: Time) {
        let place = usize::try_from(number.0).unwrap_or(0).saturating_sub(1);
        if let Some(due) = self.dues.get_mut(place) {
            due.at = due.at.max(at);
        }
    }

    /// The next sweep begins with a customer.
    pub(crate) fn go_on_with(&mut self, number: CustomerNumber) {
        self.next = usize::try_from(number.0).unwrap_or(0).saturating_sub(1);
    }

    /// Nothing is known of a customer any more.
    pub(crate) fn forget(&mut self, number: CustomerNumber) {
        let place = usize::try_from(number.0).unwrap_or(0).saturating_sub(1);
        if let Some(due) = self.dues.get_mut(place) {
            due.at = Time::MIN;
        }
    }

    /// Everybody of an environment is looked at again.
    pub(crate) fn forget_all(&mut self, environment: Environment) {
        let theirs = self.dues.iter_mut().filter(|due| due.environment == environment);
        theirs.for_each(|due| due.at = Time::MIN);
    }

    /// There are only so many customers after all.
    pub(crate) fn forget_after(&mut self, customers: u32) {
        self.dues.truncate(usize::try_from(customers).unwrap_or(usize::MAX));
    }

    fn grow(&mut self, customers: usize) {
        if self.dues.len() < customers {
            self.dues.resize(customers, Due { at: Time::MIN, environment: Environment::Live });
        }
    }

    /// The next customers for whom something may be due, at most `limit`, going round from where the
    /// last sweep ended.
    pub(crate) fn sweep(
        &mut self,
        now: impl Fn(Environment) -> Time,
        limit: usize,
    ) -> Vec<CustomerNumber> {
        let mut found = Vec::new();
        for _ in 0..self.dues.len().min(LOOKED_AT) {
            if self.next >= self.dues.len() {
                self.next = 0;
            }
            let Some(due) = self.dues.get(self.next) else { break };
            self.next += 1;
            if due.at <= now(due.environment) {
                found.extend(u32::try_from(self.next).ok().map(CustomerNumber));
            }
            if found.len() >= limit {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Time = Time::MIN;

    fn of(dues: &mut Dues, live: Time, sandbox: Time, limit: usize) -> Vec<u32> {
        let now = |environment| match environment {
            Environment::Live => live,
            Environment::Sandbox => sandbox,
        };
        dues.sweep(now, limit).into_iter().map(|number| number.0).collect()
    }

    #[test]
    fn whoever_has_something_due_is_found_by_their_own_clock_and_nobody_twice_in_a_round() {
        let later = SOON.plus_seconds(60);
        let mut dues = Dues::unknown(2);
        dues.note(CustomerNumber(3), Environment::Live, later);
        dues.note(CustomerNumber(4), Environment::Sandbox, later);
        assert_eq!(of(&mut dues, SOON, later, 9), [1, 2, 4]);
        dues.note(CustomerNumber(1), Environment::Live, Time::MAX);
        dues.note(CustomerNumber(2), Environment::Live, Time::MAX);
        assert_eq!(of(&mut dues, later, SOON, 9), [3]);
    }

    #[test]
    fn a_sweep_goes_on_where_the_last_one_ended() {
        let mut dues = Dues::unknown(5);
        let rounds: Vec<_> = (0..4).map(|_| of(&mut dues, SOON, SOON, 2)).collect();
        assert_eq!(rounds, [vec![1, 2], vec![3, 4], vec![5, 1], vec![2, 3]]);
    }
}
