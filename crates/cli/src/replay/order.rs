//! Putting rows in the order of time within a bounded window.
//!
//! Logs are written when things end, so neighbours are often swapped. A window of [`WINDOW`] rows
//! sorts that out; a row that comes later than it reaches is left where it is, and counted where
//! it is decided.

use super::row::Row;

/// How many rows are held back to be sorted.
pub(crate) const WINDOW: usize = 16_384;

/// Rows on their way into order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    held: Vec<Row>,
}

impl Order {
    /// Takes a row; gives the earliest half of what is held to `out` when the window is full.
    pub(crate) fn push(&mut self, row: Row, out: &mut impl FnMut(&Row)) {
        self.held.push(row);
        if self.held.len() >= WINDOW {
            self.sort();
            self.held.drain(..WINDOW / 2).for_each(|row| out(&row));
        }
    }

    /// Gives all that is held, in order.
    pub(crate) fn finish(mut self, out: &mut impl FnMut(&Row)) {
        self.sort();
        self.held.iter().for_each(out);
    }

    /// Equal times keep the order of the log.
    fn sort(&mut self) {
        self.held.sort_by_key(|row| row.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::row::tests::row;
    use probity_core::Time;

    fn ordered(times: impl Iterator<Item = i64>) -> Vec<(i64, u64)> {
        let mut order = Order::default();
        let mut out = Vec::new();
        let mut take = |row: &Row| out.push((row.at.micros(), row.line));
        for (line, at) in (1..).zip(times) {
            order.push(Row { line, at: Time::from_micros(at), ..row() }, &mut take);
        }
        order.finish(&mut take);
        out
    }

    #[test]
    fn neighbours_are_put_in_order_and_none_is_lost() {
        let n = 100_000;
        let swapped = (0..n).map(|i| if i % 2 == 0 { i + 1 } else { i - 1 } + (i % 97) * 40);
        let out = ordered(swapped);
        assert_eq!(out.len(), usize::try_from(n).unwrap());
        assert!(out.is_sorted_by_key(|(at, _)| *at));
    }

    #[test]
    fn equal_times_keep_the_order_of_the_log() {
        assert!(ordered(std::iter::repeat_n(5, 40_000)).is_sorted_by_key(|(_, line)| *line));
    }

    #[test]
    fn a_row_beyond_the_window_comes_late_but_comes() {
        let out = ordered((0..50_000).map(|i| if i == 49_999 { 0 } else { i + 1 }));
        assert_eq!(out.len(), 50_000);
        let late = out.iter().position(|(_, line)| *line == 50_000).unwrap();
        assert!(late > 0);
    }
}
