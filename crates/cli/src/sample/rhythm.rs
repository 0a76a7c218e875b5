//! When people use a product: hours of the day, days of the week, hours when suppliers fail.

use super::random::{Random, Weighted};

/// Microseconds in an hour.
pub(crate) const HOUR: i64 = 3_600_000_000;

/// How busy each hour of a day is, from midnight on.
const BUSY: [u64; 24] =
    [3, 2, 1, 1, 1, 2, 4, 9, 18, 27, 30, 28, 22, 25, 29, 28, 24, 20, 17, 16, 15, 12, 8, 5];
/// How busy each day of a week is, from Monday on.
const DAYS: [u64; 7] = [10, 11, 11, 10, 8, 4, 5];
/// How long the runaway hours last.
const RUNAWAY_HOURS: usize = 5;

/// The hours of a sample log.
#[derive(Clone, Debug)]
pub(crate) struct Rhythm {
    hours: Weighted,
    bad: Vec<bool>,
    runaway_from: usize,
}

impl Rhythm {
    /// So many days, the first being a Thursday (as 2026-10-01 is).
    pub(crate) fn of(days: u64, random: &mut Random) -> Self {
        let hours = usize::try_from(days.max(1) * 24).unwrap_or(24);
        let runaway_from = hours * 6 / 10 / 24 * 24 + 1;
        let is_runaway = |hour: usize| (runaway_from..runaway_from + RUNAWAY_HOURS).contains(&hour);
        let busy = (0..hours).map(|hour| {
            let of_day = BUSY.get(hour % 24).copied().unwrap_or(1);
            let of_week = DAYS.get((hour / 24 + 3) % 7).copied().unwrap_or(1);
            of_day * of_week * if is_runaway(hour) { 30 } else { 1 }
        });
        let hours = Weighted::new(busy);
        let bad = (0..days.max(1) * 24).map(|_| random.chance(6)).collect();
        Self { hours, bad, runaway_from }
    }

    /// How many of `rows` fall into each hour, in order.
    pub(crate) fn hours(&self, rows: u64) -> impl Iterator<Item = (usize, u64)> {
        (0..self.bad.len()).map(move |hour| (hour, self.hours.share(rows, hour)))
    }

    /// Do the suppliers fail in this hour?
    pub(crate) fn is_bad(&self, hour: usize) -> bool {
        self.bad.get(hour).copied().unwrap_or(false)
    }

    /// Does somebody's program run away in this hour?
    pub(crate) fn is_runaway(&self, hour: usize) -> bool {
        (self.runaway_from..self.runaway_from + RUNAWAY_HOURS).contains(&hour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_falls_into_an_hour() {
        for rows in [0, 1, 99, 50_000] {
            let rhythm = Rhythm::of(30, &mut Random::new(1));
            assert_eq!(rhythm.hours(rows).map(|(_, n)| n).sum::<u64>(), rows);
        }
        let rhythm = Rhythm::of(30, &mut Random::new(1));
        assert!((0..720).any(|hour| rhythm.is_bad(hour)));
        assert_eq!((0..720).filter(|hour| rhythm.is_runaway(*hour)).count(), RUNAWAY_HOURS);
    }
}
