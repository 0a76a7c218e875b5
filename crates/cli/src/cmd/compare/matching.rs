//! Which row is about which run: by the run's id; else by customer, action and artifact, and of
//! several the nearest in time that no run has taken yet.

use super::ours::Row;
use probity_core::command::Today;
use probity_core::rollout::Ended;
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
type Thing = (Name, Name, Option<Name>);

/// Rows that wait for their runs.
pub(super) struct Waiting {
    rows: Vec<Row>,
    taken: Vec<bool>,
    by_run: BTreeMap<RunId, Vec<usize>>,
    by_thing: BTreeMap<Thing, Vec<usize>>,
    /// How far apart a row and its run may be, in microseconds.
    within: i64,
    pub(super) found: Found,
}

impl Waiting {
    pub(super) fn new(rows: Vec<Row>, within: i64) -> Self {
        let mut by_run: BTreeMap<RunId, Vec<usize>> = BTreeMap::new();
        let mut by_thing: BTreeMap<Thing, Vec<usize>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            match (row.run, &row.action) {
                (Some(run), _) => by_run.entry(run).or_default().push(place),
                (None, Some(action)) => {
                    let thing = (row.customer.clone(), action.clone(), row.artifact.clone());
                    by_thing.entry(thing).or_default().push(place);
                }
                (None, None) => {}
            }
        }
        let taken = vec![false; rows.len()];
        Self { rows, taken, by_run, by_thing, within, found: Found::default() }
    }

    /// The first and the last instant of the rows.
    pub(super) fn span(&self) -> Option<(Time, Time)> {
        let times = || self.rows.iter().filter_map(|row| row.at);
        Some((times().min()?, times().max()?))
    }

    /// What today's billing did with a run; several rows of one run's id add up.
    pub(super) fn take(&mut self, ended: &Ended) -> Option<Today> {
        if let Some(places) = self.by_run.remove(&ended.run) {
            self.found.by_run += places.len() as u64;
            let mut charged: Option<Amount> = None;
            let mut allowed = None;
            for place in places {
                let row = self.mark(place)?;
                let sum = |more: Amount| charged.unwrap_or_default().plus(more);
                charged = row.charged.map_or(charged, |more| sum(more).or(Some(Amount::MAX)));
                allowed = row.allowed.or(allowed);
            }
            return Some(Today { charged, allowed });
        }
        let of = |artifact: &Option<Name>| {
            (ended.customer.clone(), ended.action.clone(), artifact.clone())
        };
        let by_artifact = self.nearest(&of(&ended.artifact), ended.at);
        if let Some(place) = by_artifact {
            let known = if ended.artifact.is_some() {
                &mut self.found.by_artifact
            } else {
                &mut self.found.by_time
            };
            *known += 1;
            return self.mark(place);
        }
        // A file that knows no artifacts is matched by time alone.
        let place = ended.artifact.as_ref().and_then(|_| self.nearest(&of(&None), ended.at))?;
        self.found.by_time += 1;
        self.mark(place)
    }

    fn mark(&mut self, place: usize) -> Option<Today> {
        *self.taken.get_mut(place)? = true;
        self.rows.get(place).map(|row| row.today.clone())
    }

    /// The row of a thing that is nearest in time; one without a time is as far as may be.
    fn nearest(&self, thing: &Thing, at: Time) -> Option<usize> {
        let has_artifact = thing.2.is_some();
        let far = |place: &usize| {
            let row = self.rows.get(*place)?;
            match row.at {
                Some(time) => {
                    Some(time.since(at).saturating_abs()).filter(|far| *far <= self.within)
                }
                None => has_artifact.then_some(self.within),
            }
        };
        let free = self
            .by_thing
            .get(thing)?
            .iter()
            .filter(|place| self.taken.get(**place) == Some(&false));
        let near = free.filter_map(|place| Some((far(place)?, *place)));
        near.min().map(|(_, place)| place)
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
    use probity_core::rollout::How;

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

    fn taken(waiting: &mut Waiting, run: &Ended) -> Option<i64> {
        waiting.take(run).and_then(|today| today.charged).map(Amount::millionths)
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
        let mut waiting = Waiting::new(rows, 10 * 60_000_000);
        assert_eq!(taken(&mut waiting, &run(7, Some("x"), 0)), Some(3), "both rows of its id");
        assert_eq!(taken(&mut waiting, &run(8, Some("d"), 8)), Some(4), "the nearest");
        assert_eq!(taken(&mut waiting, &run(9, Some("d"), 8)), Some(3), "then the other");
        assert_eq!(taken(&mut waiting, &run(10, Some("d"), 8)), None, "and no third");
        assert_eq!(taken(&mut waiting, &run(11, Some("e"), 8)), Some(5), "one without a time");
        assert_eq!(taken(&mut waiting, &run(12, Some("g"), 29)), Some(6), "by time alone");
        assert_eq!(taken(&mut waiting, &run(13, Some("f"), 8)), None, "too far away");
        let left: Vec<u64> = waiting.left().map(|(row, _)| row.line).collect();
        assert_eq!(left, [7, 8]);
        let Found { by_run, by_artifact, by_time } = waiting.found;
        assert_eq!((by_run, by_artifact, by_time), (2, 3, 1));
    }
}
