//! Databases that were filled first: does the speed stay what it is on a new one?

use super::embedded::{in_process, work};
use super::machine::room;
use super::over_http::Anew;
use super::served::Served;
use super::{Case, Come, Ending, Load, Reading, Side, Unmeasured};
use probity::bench::{self, Filling, Place};
use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Bytes on disk of an entry, generously, the tables in place with it.
const ENTRY: u64 = 1_600;
/// Bytes that all else may take.
const BESIDE: u64 = 1 << 30;

/// What filling shows while it goes on: what is filled, how much is done, of how much.
pub(crate) type Shown<'a> = &'a mut dyn FnMut(&'static str, u64, u64);

/// How it is measured on them.
pub(super) struct On<'a> {
    pub(super) folder: &'a Path,
    pub(super) filling: Filling,
    pub(super) connections: u32,
    pub(super) commands: u64,
}

/// Fills the databases, and gives what is to be measured on them.
pub(super) fn cases(
    on: &On<'_>,
    ending: &Ending,
    shown: Shown<'_>,
) -> Result<Vec<Box<dyn Case>>, Unmeasured> {
    is_there_room(on)?;
    let journal = on.folder.join("filled.db");
    let tables = on.folder.join("filled-in-place.db");
    let next = Rc::new(Cell::new(fill(Side::Engine, &journal, on.filling, ending, shown)?));
    let of_tables = fill(Side::InPlace, &tables, on.filling, ending, shown)?;
    let of_tables = Rc::new(Cell::new(of_tables));
    // The first start makes the keys.
    let first = Served::probity(&journal, None)?;
    let key = first.key.clone();
    first.stop()?;
    let (customers, connections, commands) = (on.filling.customers, on.connections, on.commands);
    let mut cases: Vec<Box<dyn Case>> = vec![Box::new(Anew {
        database: journal.clone(),
        key,
        customers,
        connections,
        commands,
        next: Rc::clone(&next),
    })];
    for batch in [1024, 64] {
        for (side, file, next) in
            [(Side::Engine, &journal, &next), (Side::InPlace, &tables, &of_tables)]
        {
            let (file, next) = (file.clone(), Rc::clone(next));
            cases.push(Box::new(Again { side, file, customers, batch, commands, next }));
        }
    }
    Ok(cases)
}

fn fill(
    side: Side,
    file: &Path,
    filling: Filling,
    ending: &Ending,
    shown: Shown<'_>,
) -> Result<u64, Unmeasured> {
    let what = if side == Side::Engine { "the journal" } else { "the tables in place" };
    let mut place = Place::new(in_process(side), file)?;
    let filled = place.fill(filling, &mut |done| {
        shown(what, done, filling.entries);
        if ending.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    place.close();
    Ok(filled?)
}

/// Refuses where the disk is too small; where that cannot be told, it is tried.
fn is_there_room(on: &On<'_>) -> Result<(), Unmeasured> {
    let needed = on.filling.entries.saturating_mul(ENTRY).saturating_add(BESIDE);
    match room(on.folder) {
        Some(room) if room < needed => Err(Unmeasured::folder(format!(
            "a filled database needs {} GiB, and {} GiB are free there",
            needed.div_ceil(1 << 30),
            room >> 30
        ))),
        _ => Ok(()),
    }
}

/// A side in this process, on a file that was filled.
struct Again {
    side: Side,
    file: PathBuf,
    customers: u32,
    batch: u32,
    commands: u64,
    next: Rc<Cell<u64>>,
}

impl Case for Again {
    fn side(&self) -> Side {
        self.side
    }

    fn load(&self) -> Load {
        let come = Come::Commits { commands: self.batch };
        Load { customers: self.customers, come, filled: true }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let Self { customers, batch, commands, .. } = *self;
        let mut place = Place::open(in_process(self.side), &self.file)?;
        let rate = work(&mut place, &bench::Load { customers, batch, commands }, self.next.get())?;
        place.close();
        self.next.set(self.next.get() + rate.commands / 2);
        Ok(Reading { rate: Some(rate), ..Reading::default() })
    }
}
