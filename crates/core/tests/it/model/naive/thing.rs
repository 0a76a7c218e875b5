//! What is known of one of the customer's things: told event by event, kept nowhere.

use super::history::{BOTH, REAL, Run};
use probity_core::Time;
use probity_core::contract::{Action, Outcome, Treatment};
use probity_core::entry::RunKind;
use probity_core::time::Zone;

/// Has the customer got what they asked for, or said that they do not want the rest?
fn is_answer(outcome: Outcome, action: &Action) -> bool {
    match outcome {
        Outcome::Delivered | Outcome::Empty => true,
        Outcome::Abandoned => action.outcomes.of(outcome) == Treatment::Charge,
        _ => false,
    }
}

/// What is known of one of the customer's things, for one action.
#[derive(Clone, Debug, Default)]
pub struct Thing {
    pub owned: bool,
    /// Is a run at work on it, in each of the books?
    pub in_flight: [bool; 2],
    pub fails: u32,
    pub failed_at: Option<Time>,
    pub answered_at: Option<Time>,
    answered_by: Option<usize>,
    pub delivered_by: Vec<usize>,
    /// The delivery that free redos count from.
    pub delivered_at: Option<Time>,
    pub redos: Vec<usize>,
    /// Charges that count, net of refunds.
    charges: [Vec<(usize, i64)>; 2],
    pub last_charge: [Option<Time>; 2],
    pub in_full: [bool; 2],
}

impl Thing {
    pub fn charged(&self, book: usize) -> i64 {
        self.charges[book].iter().map(|(_, amount)| amount).sum()
    }

    pub fn end(&mut self, i: usize, run: &Run, action: &Action, zone: &Zone) {
        let at = run.ended.expect("ended");
        let outcome = run.ended_as.expect("ended");
        for book in BOTH {
            self.charge(i, run, book, at, action, zone);
        }
        match outcome {
            Outcome::Failed => (self.fails, self.failed_at) = (self.fails + 1, Some(at)),
            Outcome::Cancelled => {}
            _ => self.fails = 0,
        }
        if is_answer(outcome, action) {
            (self.answered_at, self.answered_by) = (Some(at), Some(i));
        }
        if outcome == Outcome::Delivered {
            self.deliver(i, run, at);
        }
    }

    fn charge(&mut self, i: usize, run: &Run, book: usize, at: Time, of: &Action, zone: &Zone) {
        let side = &run.sides[book];
        if side.charged == 0 {
            return;
        }
        let over = !self.counts(book, run.began, of, zone);
        if over && self.last_charge[book].is_some_and(|last| last < run.began) {
            self.charges[book].clear();
            self.in_full[book] = false;
        }
        self.charges[book].push((i, side.charged));
        self.last_charge[book] = Some(at);
        self.in_full[book] |= self.charged(book) >= side.full;
    }

    /// Does what was charged before count at this instant?
    pub fn counts(&self, book: usize, at: Time, of: &Action, zone: &Zone) -> bool {
        let window = of.same.free_for;
        let within = |last: Time| window.is_some_and(|w| at < w.after(last, zone));
        of.same.once_per.is_some() || self.last_charge[book].is_some_and(within)
    }

    fn deliver(&mut self, i: usize, run: &Run, at: Time) {
        self.delivered_by.push(i);
        if run.kind != RunKind::Redo {
            self.delivered_at = Some(at);
            self.redos.clear();
        } else if run.free_redo {
            self.redos.push(i);
        }
    }

    /// Reported too late: only `delivered` counts.
    pub fn late(&mut self, i: usize, run: &Run) {
        if run.late_as == Some(Outcome::Delivered) {
            let at = run.told.expect("told");
            self.fails = 0;
            (self.answered_at, self.answered_by) = (Some(at), Some(i));
            self.deliver(i, run, at);
        }
    }

    pub fn back(&mut self, i: usize, book: usize, amount: i64) {
        let Some(charge) = self.charges[book].iter_mut().find(|(run, _)| *run == i) else { return };
        charge.1 -= amount;
        if amount > 0 && self.charged(book) == 0 {
            self.charges[book].clear();
            (self.in_full[book], self.last_charge[book]) = (false, None);
            if book == REAL {
                self.disown();
            }
        }
    }

    pub fn corrected(&mut self, i: usize, run: &Run, to: Outcome, action: &Action) {
        if !is_answer(to, action) && self.answered_by == Some(i) {
            (self.answered_at, self.answered_by) = (None, None);
        }
        if to == Outcome::Delivered {
            if !self.delivered_by.contains(&i) {
                self.delivered_by.push(i);
            }
            return;
        }
        for book in BOTH {
            let charged = self.charged(book);
            self.in_full[book] = charged > 0 && charged >= run.sides[book].full;
        }
        self.redos.retain(|run| *run != i);
        let had = self.delivered_by.len();
        self.delivered_by.retain(|run| *run != i);
        if had > 0 && self.delivered_by.is_empty() {
            self.disown();
        }
    }

    fn disown(&mut self) {
        self.delivered_by.clear();
        self.redos.clear();
        (self.delivered_at, self.answered_at, self.answered_by) = (None, None, None);
    }
}
