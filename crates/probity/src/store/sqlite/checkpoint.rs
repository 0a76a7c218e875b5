//! Checkpoints: what stands in the log goes into the database itself beside the commits, on a thread
//! and a connection of its own, so that no commit waits for many megabytes to be written and synced.
//!
//! A log that is written to meanwhile is never done with. So once that thread has copied nearly all of
//! it, the committer copies what little came since, and the log begins anew.

use super::backup::open;
use crate::store::{Batch, StoreError};
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// When the log is copied, and by whom.
#[derive(Debug)]
pub(super) struct Checkpoints {
    /// About how many bytes were committed since the log began.
    bytes: usize,
    is_asked: bool,
    /// What has gone from the database must go from the log as well.
    owes_emptying: bool,
    ask: Option<Sender<()>>,
    done: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

/// From about so many bytes on the log is copied.
const LONG: usize = 8 << 20;

/// Pages in the log from which on the committer copies it all by itself after each commit, as long as
/// somebody who reads keeps it from beginning anew: 64 MiB. What is above that is given back then.
pub(super) const LONGEST: u32 = 16_384;

/// About how many bytes each commit writes, however little is in it: whole pages of each table.
const COMMIT: usize = 7 * 4096;

/// How long a commit waits for whoever has locked the database.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// About how many bytes of an entry or answer are not its body.
const BESIDE: usize = 160;

impl Checkpoints {
    pub(super) fn of(path: PathBuf) -> Result<Self, StoreError> {
        let (ask, asked) = channel::<()>();
        let (told, done) = channel();
        let copy = move || {
            let mut connection = None;
            while asked.recv().is_ok() {
                // Where it cannot be done now, the committer does it.
                if connection.is_none() {
                    connection = open(&path).ok();
                }
                connection.iter().for_each(copy_log);
                if told.send(()).is_err() {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("probity-checkpoints".to_owned());
        let thread = thread.spawn(copy).map_err(|error| StoreError::Io(error.to_string()))?;
        let (bytes, is_asked, owes_emptying) = (0, false, false);
        Ok(Self { bytes, is_asked, owes_emptying, ask: Some(ask), done, thread: Some(thread) })
    }

    /// A batch was committed.
    pub(super) fn follow(&mut self, batch: &Batch, connection: &Connection) {
        let entries = batch.entries.iter().map(|entry| entry.body.len() + BESIDE);
        let answers = batch.answers.iter().map(|answer| answer.body.len() + BESIDE);
        let snapshots = batch.snapshots.iter().map(|s| s.state.len().max(4096));
        self.bytes += COMMIT + entries.chain(answers).chain(snapshots).sum::<usize>();
        if self.is_asked {
            // A thread that is gone is not waited for: then the committer copies as much at a time.
            if self.done.try_recv() != Err(TryRecvError::Empty) {
                copy_log(connection);
                (self.bytes, self.is_asked) = (0, false);
            }
        } else if self.bytes >= LONG {
            let asked = self.ask.as_ref().map(|ask| ask.send(()));
            self.is_asked = asked.is_some();
        }
    }
}

impl Checkpoints {
    /// The log holds what has gone from the database: it is to be emptied.
    pub(super) const fn owes_emptying(&mut self) {
        self.owes_emptying = true;
    }

    /// Empties the log where that is owed. While somebody reads from it that cannot be; then it is tried
    /// after the next commit, and nobody waits.
    pub(super) fn empty_log(&mut self, connection: &Connection) {
        if !self.owes_emptying || connection.busy_timeout(Duration::ZERO).is_err() {
            return;
        }
        let emptied =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.owes_emptying = emptied != Ok(0);
        let _ = connection.busy_timeout(PATIENCE);
    }
}

/// As much of the log as nobody reads from any more. It may be tried again, so no error counts.
fn copy_log(connection: &Connection) {
    let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.ask = None;
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

#[cfg(test)]
mod tests {
    use super::super::SqliteStore;
    use super::*;
    use crate::environment::Environment;
    use crate::store::{CustomerNumber, KeptAnswer, Newcomer, Store};
    use probity_core::{Name, Time};
    use std::sync::Arc;

    fn answer(number: u64) -> KeptAnswer {
        KeptAnswer {
            number,
            customer: CustomerNumber(1),
            previous: number - 1,
            at: Time::MIN,
            key: number.to_string(),
            fingerprint: [0; 32],
            status: 200,
            body: "a".repeat(1 << 20),
        }
    }

    #[test]
    fn the_log_begins_anew_however_much_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("long.db");
        let mut store = SqliteStore::open(&database).unwrap();
        let id = Name::new("ana");
        let ana = Newcomer { number: CustomerNumber(1), environment: Environment::Live, id };
        store.commit(&Batch { newcomers: vec![ana], ..Batch::default() }).unwrap();
        for number in 1..=160 {
            let answers = vec![Arc::new(answer(number))];
            store.commit(&Batch { answers, ..Batch::default() }).unwrap();
        }
        let log = std::fs::metadata(folder.path().join("long.db-wal")).unwrap().len();
        assert!(log < 80 << 20, "{log} bytes of 160 MiB are still in the log");
        assert_eq!(store.reader().unwrap().answer(160).unwrap().unwrap().body.len(), 1 << 20);
    }
}
