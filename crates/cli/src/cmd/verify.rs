//! `probity verify`: is a database whole, and as Probity wrote it?

use crate::answer::{Answer, Failure};
use crate::database;
use crate::load::shown;
use crate::reach::no_database;
use crate::render;
use probity::store::StoreError;
use probity::store::sqlite::{Verified, verify};
use probity_core::phrase::count;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Read a database through: is it whole, and as Probity wrote it?
///
/// SQLite's own check, the schema, every entry and everything published from the one before by its
/// hash. Changes nothing; also while the service runs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The database
    #[arg(value_name = "DATABASE")]
    database: PathBuf,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let database = &args.database;
    if !database.is_file() {
        return Err(no_database(database));
    }
    let began = Instant::now();
    let verified = verify(database).map_err(|error| failure(database, &error))?;
    let Verified { entries, customers, publications, bytes } = verified;
    let millis = began.elapsed().as_millis();
    let file = shown(database);
    let text = if json {
        render::json(&json!({
            "file": file, "entries": entries, "customers": customers,
            "publications": publications, "bytes": bytes,
            "millis": u64::try_from(millis).unwrap_or(u64::MAX),
        }))
    } else {
        format!(
            "{file} is whole: {} of {}, {}, {}, read in {millis} ms.\n\
             Every entry and every publication follows from the one before, and the schema is as \
             it was made.\n",
            count(entries, "entry"),
            count(customers, "customer"),
            count(publications, "publication"),
            indicatif::HumanBytes(bytes),
        )
    };
    Ok(Answer::new(text))
}

/// What is wrong with it, and the way back.
fn failure(database: &Path, error: &StoreError) -> Failure {
    let failure = database::failure(database, error);
    let StoreError::Corrupt(_) = error else { return failure };
    let fix = format!(
        "keep this file, find out who changed it, and put the last backup in its place: probity \
         restore BACKUP {} --force",
        shown(database)
    );
    Failure { fix, ..failure }
}
