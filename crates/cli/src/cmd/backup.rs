//! `probity backup`: a copy of a database, also while a service writes to it.

use crate::answer::{Answer, Failure};
use crate::database;
use crate::exit::Exit;
use crate::load::shown;
use crate::output::{Output, refuse};
use crate::reach::no_database;
use crate::render;
use probity::store::StoreError;
use probity::store::sqlite::{Verified, back_up};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Copy a database as of now, also while the service runs
///
/// The copy is read through before it gets its name: its schema, and every entry from the one
/// before by its hash.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The database
    #[arg(value_name = "DATABASE")]
    database: PathBuf,

    /// The file to make
    #[arg(value_name = "TO")]
    to: PathBuf,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let Args { database, to, force } = args;
    if !database.is_file() {
        return Err(no_database(database));
    }
    let output = Output { flag: "force", path: to, force: *force };
    refuse(&[output], &[database.as_path()]).map_err(|failure| other_file(failure, to))?;
    let began = Instant::now();
    let copied = back_up(database, to).map_err(|error| match error {
        StoreError::ReadOnly(_) | StoreError::Io(_) => database::failure(to, &error),
        error => database::failure(database, &error),
    })?;
    let took = began.elapsed().as_millis();
    // Nothing to be typed now: the database is where it was.
    let (from, to_be) = (shown(to), shown(database));
    let back = format!(
        "To put it back: probity restore {from} {to_be} --force, while nobody has {to_be} open."
    );
    let text = if json {
        render::json(&Told::of(&copied, to, took))
    } else {
        format!(
            "{}\n{}",
            told(&copied, to, took),
            "It was read through: every entry follows from the one before.\n"
        )
    };
    Ok(Answer::new(text).with_note(&back))
}

/// What was copied, for programs.
#[derive(Serialize)]
pub(super) struct Told {
    file: String,
    entries: u64,
    customers: u64,
    bytes: u64,
    millis: u64,
}

impl Told {
    pub(super) fn of(copied: &Verified, file: &Path, millis: u128) -> Self {
        let Verified { entries, customers, bytes, .. } = *copied;
        let millis = u64::try_from(millis).unwrap_or(u64::MAX);
        Self { file: shown(file), entries, customers, bytes, millis }
    }
}

/// What was copied, in words.
pub(super) fn told(copied: &Verified, file: &Path, millis: u128) -> String {
    use probity_core::phrase::count;
    let (entries, customers) =
        (count(copied.entries, "entry"), count(copied.customers, "customer"));
    let size = indicatif::HumanBytes(copied.bytes);
    format!("{}: {entries} of {customers}, {size}, in {millis} ms.", shown(file))
}

/// The file is an argument here, and no flag.
pub(super) fn other_file(failure: Failure, file: &Path) -> Failure {
    let fix = match failure.code {
        "already_there" => "name another file, or write over it with --force".to_owned(),
        _ => format!("name another file than {}", shown(file)),
    };
    Failure { fix, ..failure }
}

/// A backup that is not whole.
pub(super) fn not_whole(from: &Path, what: &str) -> Failure {
    Failure::new(
        Exit::NO_INPUT,
        "backup_not_whole",
        format!("{} is no whole backup: {what}; nothing was replaced", shown(from)),
        "take another backup",
    )
}
