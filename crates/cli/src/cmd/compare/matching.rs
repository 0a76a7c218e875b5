//! Which row is about which run: by the run's id; else by customer, action and artifact, and then by
//! customer, action and time alone: of all that could be, the nearest two first.

use super::nearest::pairs;
use super::ours::Row;
use probity_core::command::Today;
use probity_core::rollout::{Ended, How};
use probity_core::{Amount, Name, RunId, Time};
use serde::Serialize;
use std::collections::BTreeMap;

/// How rows found their runs.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Found {
    /// By the run's id.
    pub(super) by_run: u64,
    /// By customer, action and artifact.
    pub(super) by_artifact: u64,
    /// By customer, action and time.
    pub(super) by_time: u64,
}

/// What two rows or a row and a run have in common.
type Thing<'a> = (&'a Name, &'a Name, Option<&'a Name>);

/// Rows, and which of them have found their runs.
pub(super) struct Rows {
    rows: Vec<Row>,
    taken: Vec<bool>,
    /// How far apart a row and its run may be, in microseconds.
    within: i64,
    pub(super) found: Found,
}

impl Rows {
    pub(super) fn new(rows: Vec<Row>, within: i64) -> Self {
        let taken = vec![false; rows.len()];
        Self { rows, taken, within, found: Found::default() }
    }

    /// The first and the last instant of the rows.
    pub(super) fn span(&self) -> Option<(Time, Time)> {
        let times = || self.rows.iter().filter_map(|row| row.at);
        Some((times().min()?, times().max()?))
    }

    /// Says of each run what today's billing did with it, as the rows say.
    pub(super) fn tell(&mut self, runs: &mut [Ended]) {
        let mut free: Vec<usize> = Vec::with_capacity(runs.len());
        let by_id = self.by_id();
        for (place, run) in runs.iter_mut().enumerate() {
            run.today = None;
            match by_id.get(&run.run).filter(|_| run.how != How::Late) {
                Some(rows) => run.today = Some(self.all_of(rows)),
                None if run.how != How::Late => free.push(place),
                None => {}
            }
        }
        free.sort_by_key(|place| runs.get(*place).map(|run| (run.at, run.run)));
        self.found.by_artifact = self.by_thing(runs, &free, true);
        free.retain(|place| runs.get(*place).is_some_and(|run| run.today.is_none()));
        self.found.by_time = self.by_thing(runs, &free, false);
    }

    fn by_id(&self) -> BTreeMap<RunId, Vec<usize>> {
        let mut by_id: BTreeMap<RunId, Vec<usize>> = BTreeMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(run) = row.run {
                by_id.entry(run).or_default().push(place);
            }
        }
        by_id
    }

    /// Several rows of one run's id add up.
    fn all_of(&mut self, places: &[usize]) -> Today {
        self.found.by_run += places.len() as u64;
        let mut all = Today { charged: None, allowed: None };
        for today in places.iter().filter_map(|place| self.take(*place)) {
            let sum = |more: Amount| all.charged.unwrap_or_default().plus(more);
            all.charged = today.charged.map_or(all.charged, |more| sum(more).or(Some(Amount::MAX)));
            all.allowed = today.allowed.or(all.allowed);
        }
        all
    }

    fn take(&mut self, place: usize) -> Option<Today> {
        *self.taken.get_mut(place)? = true;
        self.rows.get(place).map(|row| row.today.clone())
    }

    /// Of what rows and runs have in common: with the artifact; or without, where a row names none. How
    /// many found each other.
    fn by_thing(&mut self, runs: &mut [Ended], free: &[usize], with_artifact: bool) -> u64 {
        let mut things: BTreeMap<Thing<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (place, (row, taken)) in self.rows.iter().zip(&self.taken).enumerate() {
            let is_free = row.run.is_none() && !taken && row.artifact.is_some() == with_artifact;
            if let Some(action) = row.action.as_ref().filter(|_| is_free) {
                let thing = (&row.customer, action, row.artifact.as_ref());
                things.entry(thing).or_default().0.push(place);
            }
        }
        for place in free {
            let Some(run) = runs.get(*place) else { continue };
            let artifact = run.artifact.as_ref().filter(|_| with_artifact);
            if let Some(common) = things.get_mut(&(&run.customer, &run.action, artifact)) {
                common.1.push(*place);
            }
        }
        let found = things.into_values();
        let found: Vec<_> =
            found.flat_map(|both| self.nearest(runs, both, with_artifact)).collect();
        for (row, run) in &found {
            let today = self.take(*row);
            if let Some(run) = runs.get_mut(*run) {
                run.today = today;
            }
        }
        found.len() as u64
    }

    /// Rows and runs of one thing, the nearest first; rows without a time come last, where they have an
    /// artifact.
    fn nearest(
        &self,
        runs: &[Ended],
        (rows, free): (Vec<usize>, Vec<usize>),
        has_artifact: bool,
    ) -> Vec<(usize, usize)> {
        let at = |row: &usize| self.rows.get(*row).and_then(|row| row.at);
        let (timed, timeless): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| at(row).is_some());
        let left: Vec<Time> = timed.iter().filter_map(at).collect();
        let right = free.iter().filter_map(|run| runs.get(*run)).map(|run| run.at);
        let near = pairs(&left, &right.collect::<Vec<_>>(), self.within);
        let mut is_left = vec![true; free.len()];
        let mut found = Vec::new();
        for (row, run) in near {
            let (Some(row), Some(place)) = (timed.get(row), free.get(run)) else { continue };
            found.push((*row, *place));
            if let Some(is_left) = is_left.get_mut(run) {
                *is_left = false;
            }
        }
        let left = free.iter().zip(is_left).filter(|(_, is_left)| *is_left && has_artifact);
        found.extend(timeless.into_iter().zip(left.map(|(place, _)| *place)));
        found
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows that no run has taken, each with why.
    pub(super) fn left(&self) -> impl Iterator<Item = (&Row, &'static str)> {
        let left = self.rows.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        left.map(|(row, _)| {
            let why = match (row.run, &row.action) {
                (Some(_), _) => "no run of this id ended in the window",
                (None, None) => "it names no action of the contract: see --action-map",
                (None, Some(_)) if row.artifact.is_none() && row.at.is_none() => {
                    "it has neither an artifact nor a time to find its run by"
                }
                (None, Some(_)) => "no run of this customer, action and artifact is near it",
            };
            (row, why)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::Outcome;
    use probity_core::contract::Mode;
    use probity_core::entry::Rule;

    fn at(minute: u32) -> Time {
        Time::parse(&format!("2026-11-23T10:{minute:02}:00Z")).unwrap()
    }

    fn run(n: u128, artifact: Option<&str>, minute: u32) -> Ended {
        Ended {
            run: RunId::new(n),
            customer: Name::new("ana"),
            action: Name::new("a"),
            plan: Name::new("pro"),
            artifact: artifact.map(Name::new),
            mode: Mode::Shadow,
            at: at(minute),
            how: How::Settled,
            outcome: Outcome::Delivered,
            price: Amount::credits(5),
            charged: Amount::credits(5),
            rule: Rule::Charge,
            denial: None,
            unforeseen: None,
            today: None,
        }
    }

    fn row(line: u64, run: Option<u128>, artifact: Option<&str>, minute: Option<u32>) -> Row {
        Row {
            line,
            at: minute.map(at),
            customer: Name::new("ana"),
            run: run.map(RunId::new),
            action: Some(Name::new("a")),
            artifact: artifact.map(Name::new),
            today: Today { charged: Amount::from_millionths(line as i64), allowed: None },
        }
    }

    /// What the rows say of the runs, in the order of these.
    fn told(rows: Vec<Row>, runs: &[Ended]) -> (Vec<Option<i64>>, Rows) {
        let mut rows = Rows::new(rows, 10 * 60_000_000);
        let mut runs = runs.to_vec();
        rows.tell(&mut runs);
        let charged = |run: Ended| run.today.and_then(|today| today.charged);
        (runs.into_iter().map(|run| charged(run).map(Amount::millionths)).collect(), rows)
    }

    #[test]
    fn a_run_finds_its_row_by_id_then_by_thing_then_by_time() {
        let rows = vec![
            row(1, Some(7), None, None),
            row(2, Some(7), None, None),
            row(3, None, Some("d"), Some(5)),
            row(4, None, Some("d"), Some(9)),
            row(5, None, Some("e"), None),
            row(6, None, None, Some(30)),
            row(7, None, None, None),
            row(8, None, Some("f"), Some(59)),
        ];
        let (told, rows) = told(
            rows,
            &[
                run(7, Some("x"), 0),
                run(8, Some("d"), 8),
                run(9, Some("d"), 8),
                run(10, Some("d"), 8),
                run(11, Some("e"), 8),
                run(12, Some("g"), 29),
                run(13, Some("f"), 8),
            ],
        );
        let both = Some(3);
        assert_eq!(told, [both, Some(4), Some(3), None, Some(5), Some(6), None]);
        let left: Vec<u64> = rows.left().map(|(row, _)| row.line).collect();
        assert_eq!(left, [7, 8]);
        let Found { by_run, by_artifact, by_time } = rows.found;
        assert_eq!((by_run, by_artifact, by_time), (2, 3, 1));
    }

    #[test]
    fn the_nearest_two_find_each_other_whichever_run_is_met_first() {
        let rows = || vec![row(1, None, None, Some(20)), row(2, None, None, Some(35))];
        let runs = [run(3, None, 34), run(2, Some("d"), 21), run(1, None, 12)];
        assert_eq!(told(rows(), &runs).0, [Some(2), Some(1), None]);
        let mut others = runs;
        others.reverse();
        assert_eq!(told(rows(), &others).0, [None, Some(1), Some(2)]);
        // Of what is equally near the earlier is taken, then the one of the smaller id.
        let runs = [run(6, None, 21), run(5, None, 19), run(4, None, 19)];
        assert_eq!(told(vec![row(1, None, None, Some(20))], &runs).0, [None, None, Some(1)]);
    }
}
