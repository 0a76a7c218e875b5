//! Sums that begin anew: spending within a window, charges by day.

use crate::amount::Amount;
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};

/// Credits held + charged − refunded within one window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    window: Option<Window>,
    sum: Amount,
}

impl Spend {
    /// The sum for the window that `now` is in; nothing if the last spending was in another.
    #[must_use]
    pub fn at(&self, now: Time) -> Amount {
        if self.window.is_some_and(|w| w.contains(now)) { self.sum } else { Amount::ZERO }
    }

    /// Spending that counts in `window`; another window than the last begins at nothing.
    pub fn add(&mut self, window: Window, amount: Amount) {
        match self.window {
            Some(current) if current == window => {
                self.sum = self.sum.plus(amount).unwrap_or(self.sum);
            }
            _ => *self = Self { window: Some(window), sum: amount },
        }
    }

    /// Takes back spending that counted in `window`; nothing happens if that is over.
    pub fn take_back(&mut self, window: Window, amount: Amount) {
        if self.window == Some(window) {
            self.sum = self.sum.less(amount);
        }
    }
}

/// How many days of charges are remembered.
const DAYS: i32 = 28;

/// What was charged on each of the last days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts {
    /// Day numbers with a charge, oldest first; at most today and the 28 days before.
    days: Vec<(i32, Amount)>,
}

impl DayCounts {
    /// Counts a charge on `day`.
    pub fn add(&mut self, day: i32, amount: Amount) {
        if !amount.is_positive() {
            return;
        }
        match self.days.last_mut() {
            Some((last, sum)) if *last == day => *sum = sum.plus(amount).unwrap_or(*sum),
            _ => self.days.push((day, amount)),
        }
        let oldest = day.saturating_sub(DAYS);
        self.days.retain(|(d, _)| *d >= oldest);
    }

    /// What was charged on `day`.
    #[must_use]
    pub fn on(&self, day: i32) -> Amount {
        self.days.iter().find(|(d, _)| *d == day).map_or(Amount::ZERO, |(_, sum)| *sum)
    }

    /// The sum and the number of the days with a charge among the 28 before `day`.
    #[must_use]
    pub fn before(&self, day: i32) -> (Amount, u32) {
        let oldest = day.saturating_sub(DAYS);
        let past = self.days.iter().filter(|(d, _)| (oldest..day).contains(d));
        past.fold((Amount::ZERO, 0), |(sum, n), (_, amount)| {
            (sum.plus(*amount).unwrap_or(sum), n.saturating_add(1))
        })
    }
}
