//! Ends of runs that could not be told: a file each, until they are. Durable before anybody goes on.

use super::settle::Settling;
use crate::environment::Environment;
use probity_core::command::{Attempt, Report, Today, Usage, UsageSource};
use probity_core::{Name, Outcome, RunId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most ends that are kept: a store that is away for longer is no longer waited for.
const MOST: usize = 100_000;

/// A folder of ends that are still to be told. Its work is on files, and is to be done where that may
/// block.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: PathBuf,
    /// How many there are.
    count: Arc<AtomicUsize>,
}

impl Spool {
    /// Opens the folder, and makes it where there is none.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let spool = Self { folder: folder.to_owned(), count: Arc::default() };
        spool.count.store(spool.files().len(), Ordering::Relaxed);
        Ok(spool)
    }

    fn file(&self, run: RunId) -> PathBuf {
        self.folder.join(format!("{run}.json"))
    }

    /// Keeps an end; returns when it is on disk.
    pub(super) fn keep(&self, settling: &Settling) -> io::Result<()> {
        if self.count.fetch_add(1, Ordering::Relaxed) >= MOST {
            self.count.fetch_sub(1, Ordering::Relaxed);
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, format!("{MOST} are kept")));
        }
        let kept = self.write(settling);
        if kept.is_err() {
            self.count.fetch_sub(1, Ordering::Relaxed);
        }
        kept
    }

    fn write(&self, settling: &Settling) -> io::Result<()> {
        let text = serde_json::to_vec(&Kept::of(settling))?;
        let (file, draft) =
            (self.file(settling.run), self.file(settling.run).with_extension("new"));
        let mut writing = File::create(&draft)?;
        writing.write_all(&text)?;
        writing.sync_all()?;
        fs::rename(&draft, &file)?;
        File::open(&self.folder)?.sync_all()
    }

    /// All that are kept, in the order their runs began.
    pub(super) fn kept(&self) -> Vec<Settling> {
        self.files().iter().filter_map(|path| read(path)).collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(&self.folder) else { return Vec::new() };
        let paths = files.flatten().map(|file| file.path());
        let mut paths: Vec<_> =
            paths.filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
        paths.sort();
        paths
    }

    /// It is told.
    pub(super) fn forget(&self, run: RunId) {
        match fs::remove_file(self.file(run)) {
            Ok(()) => {
                self.count.fetch_sub(1, Ordering::Relaxed);
            }
            Err(error) => {
                tracing::warn!(%run, %error, "an end that is told could not be taken from the spool");
            }
        }
    }
}

/// What cannot be read is left where it is, and said: somebody has to look at it.
fn read(path: &Path) -> Option<Settling> {
    let kept = fs::read(path).map_err(|error| error.to_string());
    let kept = kept
        .and_then(|text| serde_json::from_slice::<Kept>(&text).map_err(|error| error.to_string()));
    let settling =
        kept.and_then(|kept| kept.settling().ok_or_else(|| "its books are not known".to_owned()));
    match settling {
        Ok(settling) => Some(settling),
        Err(error) => {
            tracing::error!(file = %path.display(), %error, "a spooled end cannot be read");
            None
        }
    }
}

/// An end as it is written.
#[derive(Serialize, Deserialize)]
struct Kept {
    environment: String,
    run: RunId,
    outcome: Outcome,
    parts: Option<u32>,
    quantity: Option<u64>,
    reason: Option<String>,
    attempts: Vec<KeptAttempt>,
    now: Option<Today>,
}

#[derive(Serialize, Deserialize)]
struct KeptAttempt {
    provider: Option<Name>,
    asked: Option<Name>,
    model: Option<Name>,
    usage: Usage,
    source: Option<UsageSource>,
    services: BTreeMap<Name, u64>,
    own_key: bool,
}

impl Kept {
    fn of(settling: &Settling) -> Self {
        let Settling { environment, run, report } = settling.clone();
        let Report { outcome, parts, quantity, reason, attempts, today } = report;
        let attempts = attempts.into_iter().map(|attempt| {
            let Attempt { provider, asked, model, usage, source, services, own_key } = attempt;
            KeptAttempt { provider, asked, model, usage, source, services, own_key }
        });
        let (environment, attempts) = (environment.word().to_owned(), attempts.collect());
        Self { environment, run, outcome, parts, quantity, reason, attempts, now: today }
    }

    fn settling(self) -> Option<Settling> {
        let Self { environment, run, outcome, parts, quantity, reason, attempts, now } = self;
        let environment = Environment::ALL.into_iter().find(|known| known.word() == environment)?;
        let attempts = attempts.into_iter().map(|kept| {
            let KeptAttempt { provider, asked, model, usage, source, services, own_key } = kept;
            Attempt { provider, asked, model, usage, source, services, own_key }
        });
        let attempts = attempts.collect();
        let report = Report { outcome, parts, quantity, reason, attempts, today: now };
        Some(Settling { environment, run, report })
    }
}
