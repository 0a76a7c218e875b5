//! A file that is only appended to.

use super::{BenchError, Filling, Kept, Load, Told, customer_of, failed, tell};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::ops::Range;
use std::path::Path;

/// About as long as an entry of the journal.
const LINE: usize = 700;

pub(super) struct Log(File);

impl Log {
    /// Opens it, and makes it where there is none.
    pub(super) fn open(path: &Path) -> Result<Self, BenchError> {
        OpenOptions::new().create(true).append(true).open(path).map(Self).map_err(failed)
    }

    /// One commit.
    fn append(&mut self, load: &Load, runs: Range<u64>) -> Result<(), BenchError> {
        let mut lines = Vec::with_capacity(LINE * load.batch as usize);
        for n in runs {
            let line = format!("{{\"n\":{n},\"customer\":{}}}", customer_of(n, load.customers));
            lines.extend_from_slice(line.as_bytes());
            lines.resize(lines.len() + LINE - line.len(), b' ');
        }
        self.0.write_all(&lines).and_then(|()| self.0.sync_data()).map_err(failed)
    }
}

impl Kept for Log {
    fn customers(&mut self, _: Range<u32>) -> Result<(), BenchError> {
        Ok(())
    }

    fn batch(&mut self, load: &Load, from: u64) -> Result<(), BenchError> {
        let runs = from..from + u64::from(load.batch);
        self.append(load, runs.clone())?;
        self.append(load, runs)
    }

    fn fill(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError> {
        let load = Load { customers: filling.customers.max(1), batch: 8192, commands: 0 };
        let mut done = 0;
        while done < filling.entries {
            self.batch(&load, done / 2)?;
            done += 2 * u64::from(load.batch);
            tell(told, done)?;
        }
        Ok(done / 2)
    }

    fn close(self: Box<Self>) {}
}
