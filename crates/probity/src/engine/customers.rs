//! The customers in memory: the working set, bounded. Whoever was not used for long leaves it, and
//! comes back from the store when asked about.
//!
//! Each has a place by their number. Who leaves is found by going round those who are in: whoever was
//! used since the last time stays for another round.

use super::kept::Kept;
use super::snapshots::ToKeep;
use crate::environment::Environment;
use crate::store::{CustomerNumber, Reader, StoreError};
use probity_core::Name;
use std::collections::{HashMap, HashSet, VecDeque};

/// The working set.
#[derive(Debug, Default)]
pub(crate) struct Customers {
    /// By number, from 1.
    places: Vec<Option<Box<Kept>>>,
    live: HashMap<Name, CustomerNumber>,
    sandbox: HashMap<Name, CustomerNumber>,
    /// How many there are, and what they weigh.
    many: usize,
    weight: usize,
    most: usize,
    /// Those who are in, in the order in which they are looked at next.
    round: VecDeque<CustomerNumber>,
}

impl Customers {
    /// A working set of about `most` bytes.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    const fn names(&mut self, environment: Environment) -> &mut HashMap<Name, CustomerNumber> {
        match environment {
            Environment::Live => &mut self.live,
            Environment::Sandbox => &mut self.sandbox,
        }
    }

    /// The number of a customer that the store or this set knows.
    pub(crate) fn find(
        &mut self,
        store: &mut dyn Reader,
        environment: Environment,
        id: &Name,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        match self.names(environment).get(id) {
            Some(number) => Ok(Some(*number)),
            None => store.number_of(environment, id),
        }
    }

    /// Is somebody in memory, by their id?
    pub(crate) fn knows(&self, environment: Environment, id: &Name) -> bool {
        match environment {
            Environment::Live => self.live.contains_key(id),
            Environment::Sandbox => self.sandbox.contains_key(id),
        }
    }

    /// Is somebody in memory, by their number?
    pub(crate) fn has(&self, number: CustomerNumber) -> bool {
        self.places.get(place(number)).is_some_and(Option::is_some)
    }

    /// Takes those in who were found in the store, and are not in memory.
    pub(crate) fn put_found(&mut self, found: impl IntoIterator<Item = Kept>) {
        for kept in found {
            if !self.has(kept.number) {
                self.put(Box::new(kept));
            }
        }
    }

    /// Takes somebody in, or back after they changed.
    pub(crate) fn put(&mut self, mut kept: Box<Kept>) {
        let weighed = kept.weight();
        if kept.weighed == 0 {
            self.names(kept.environment).insert(kept.id.clone(), kept.number);
            self.round.push_back(kept.number);
        }
        kept.weighed = weighed;
        kept.used = true;
        self.weight += weighed;
        self.many += 1;
        let place = place(kept.number);
        if self.places.len() <= place {
            self.places.resize_with(place + 1, || None);
        }
        self.places[place] = Some(kept);
    }

    /// Takes somebody out, to be put back.
    pub(crate) fn take(&mut self, number: CustomerNumber) -> Option<Box<Kept>> {
        let kept = self.places.get_mut(place(number))?.take()?;
        self.weight = self.weight.saturating_sub(kept.weighed);
        self.many -= 1;
        Some(kept)
    }

    /// Somebody who is in memory, to be looked at or noted.
    pub(crate) fn get_mut(&mut self, number: CustomerNumber) -> Option<&mut Kept> {
        self.places.get_mut(place(number))?.as_deref_mut()
    }

    /// Those leave whose state in memory is not what is on disk.
    pub(crate) fn forget(&mut self, numbers: &[CustomerNumber]) {
        let gone: HashSet<_> =
            numbers.iter().filter(|number| self.remove(**number).is_some()).collect();
        self.round.retain(|number| !gone.contains(number));
    }

    /// Somebody leaves.
    fn remove(&mut self, number: CustomerNumber) -> Option<Box<Kept>> {
        let kept = self.take(number)?;
        self.names(kept.environment).remove(&kept.id);
        Some(kept)
    }

    /// Lets those go who were not used for long, until the rest fits. Of whoever was written later
    /// than in the turn `landed` not everything is on disk: they stay. Who left with much that is new
    /// is to be kept.
    pub(crate) fn shrink(&mut self, landed: u64, to_keep: &mut dyn FnMut(ToKeep)) {
        // One who alone is too heavy stays as long as they are asked about.
        let fewest = usize::from(self.most > 0);
        // Each may be passed over once, as one who was used.
        let mut looks = 2 * self.round.len();
        while self.weight > self.most && self.many > fewest && looks > 0 {
            looks -= 1;
            let Some(number) = self.round.pop_front() else { return };
            let Some(kept) = self.get_mut(number) else { continue };
            if kept.written_in > landed || std::mem::take(&mut kept.used) {
                self.round.push_back(number);
            } else {
                self.remove(number)
                    .and_then(|kept| kept.leaving())
                    .into_iter()
                    .for_each(&mut *to_keep);
            }
        }
    }
}

/// Where somebody stands.
fn place(number: CustomerNumber) -> usize {
    usize::try_from(number.0).unwrap_or(0)
}

/// How often a customer is read anew where another snapshot landed meanwhile.
const READINGS: usize = 3;

/// Reads a customer from the store; a snapshot that cannot be used is left aside.
pub(crate) fn recall(
    store: &mut dyn Reader,
    number: CustomerNumber,
) -> Result<Box<Kept>, StoreError> {
    for _ in 0..READINGS {
        let recalled = store.recall(number, false)?;
        let from_snapshot = recalled.snapshot.is_some();
        match Kept::fold(number, recalled, &mut |run| store.rested(number, run)) {
            Ok(Some(kept)) => return Ok(Box::new(kept)),
            Ok(None) => {}
            Err(StoreError::Corrupt(_)) if from_snapshot => break,
            Err(error) => return Err(error),
        }
    }
    let whole = Kept::fold(number, store.recall(number, true)?, &mut |_| Ok(None))?;
    let lost = || StoreError::Corrupt(format!("customer {} cannot be folded", number.0));
    whole.map(Box::new).ok_or_else(lost)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::clock::ManualClock;
    use crate::engine::{Limits, Options, Probity};
    use crate::store::sqlite::SqliteStore;
    use crate::store::{Publication, Store};
    use probity_core::command::{Act, GrantKind, NewCustomer, Report, RunRequest};
    use probity_core::{Amount, Outcome, RunId, Time};
    use std::path::Path;
    use std::sync::Arc;

    const ANA: CustomerNumber = CustomerNumber(1);

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    /// Works on the database at an instant, with a snapshot after each entry or with none.
    fn work<T>(database: &Path, now: Time, snapshots: bool, work: impl Fn(&Probity) -> T) -> T {
        let limits = Limits { awake: 0, snapshot_after: 1, ..Limits::default() };
        let limits = if snapshots { limits } else { Limits { snapshot_after: 999, ..limits } };
        let clock = Arc::new(ManualClock::at(now));
        let options = Options { clock, limits, sweeps: false, ..Options::default() };
        let probity = Probity::on(Box::new(SqliteStore::open(database).unwrap()), options).unwrap();
        let done = work(&probity);
        probity.close();
        done
    }

    fn gift(probity: &Probity) {
        let amount = Amount::credits(1);
        let gift = Act::Grant { kind: GrantKind::Gift, amount, expires: None, reason: None };
        probity.act("ana", gift).unwrap();
    }

    fn begin(probity: &Probity) -> RunId {
        let minimal = concat!(env!("CARGO_MANIFEST_DIR"), "/../../contracts/minimal/contract.yaml");
        let publication = Publication {
            number: 0,
            environment: Environment::Live,
            contract: Some(std::fs::read_to_string(minimal).unwrap()),
            operations: None,
            prices: None,
            adverse: false,
            reason: None,
            by: Name::new("shop"),
            at: Time::MIN,
        };
        probity.publish(publication, false).unwrap().wait().unwrap();
        let new = NewCustomer { plan: Some(Name::new("starter")), ..NewCustomer::default() };
        probity.open_customer("ana", new).unwrap();
        let request = RunRequest { action: Name::new("summarize_file"), ..RunRequest::default() };
        let request = RunRequest { artifact: Some(Name::new("file_1")), ..request };
        probity.act("ana", Act::StartRun(Box::new(request))).unwrap().run.unwrap()
    }

    /// Who is in memory may be few among many, and anywhere: what is too much leaves all the same.
    #[test]
    fn whoever_is_too_much_leaves_however_many_there_are() {
        let mut set = Customers::new(10 * 512);
        for many in 0..2000 {
            for each in 0..50 {
                let number = CustomerNumber(1 + (many * 50 + each) * 977 % 1_000_003);
                let id = Name::new(&format!("c{}", number.0));
                set.put(Box::new(Kept::newcomer(Environment::Live, number, id)));
            }
            set.shrink(0, &mut |_| {});
            assert!(set.weight <= set.most && set.many == 10 && set.round.len() == 10);
        }
    }

    /// Between reading a snapshot and reading a run that rests with it, the next snapshot may land:
    /// then the run is as that has it, and what follows the first is in it already.
    #[test]
    fn a_run_that_rests_with_a_later_snapshot_is_not_taken_for_one_of_before() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("meanwhile.db");
        let reader = || SqliteStore::open(&database).unwrap().reader().unwrap();
        let run = work(&database, at("2026-11-26T10:00:00Z"), true, begin);
        // Its time is up, and it goes to rest.
        work(&database, at("2026-11-26T11:00:00Z"), true, gift);
        let late = Act::Settle { run, report: Report::of(Outcome::Delivered) };
        work(&database, at("2026-11-26T12:00:00Z"), false, |probity| {
            probity.act("ana", late.clone()).unwrap();
        });
        let before = reader().recall(ANA, false).unwrap();
        let folded = Kept::fold(ANA, before.clone(), &mut |run| reader().rested(ANA, run)).unwrap();
        let state = folded.unwrap().state.unwrap();
        assert_eq!(state.runs.get(&run).unwrap().seq, state.seq, "the snapshot is of before it");
        work(&database, at("2026-11-26T13:00:00Z"), true, gift);
        let folded = Kept::fold(ANA, before, &mut |run| reader().rested(ANA, run)).unwrap();
        assert!(folded.is_none(), "it is to be read again");
        let recalled = recall(&mut *reader(), ANA).unwrap();
        assert!(recalled.state.unwrap().runs.is_empty());
    }
}
