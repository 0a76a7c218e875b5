//! `probity restore`: a backup takes the place of a database.

use super::backup::{Told, not_whole, other_file, told};
use crate::answer::{Answer, Failure};
use crate::database;
use crate::load::shown;
use crate::output::{Output, refuse};
use crate::render;
use probity::store::StoreError;
use probity::store::sqlite::restore;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Put a backup in the place of a database that nobody has open
///
/// It is read through first; what is there is replaced in one step, and only with --force.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The backup
    #[arg(value_name = "FROM")]
    from: PathBuf,

    /// The database to make, or to replace
    #[arg(value_name = "DATABASE")]
    database: PathBuf,

    /// Replace the database that is there: what was written since the backup is lost
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let Args { from, database, force } = args;
    if !from.is_file() {
        return Err(crate::load::unreadable(from, &io::Error::from(io::ErrorKind::NotFound)));
    }
    let output = Output { flag: "force", path: database, force: *force };
    refuse(&[output], &[from.as_path()]).map_err(|failure| other_file(failure, database))?;
    let began = Instant::now();
    let restored = restore(from, database).map_err(|error| match error {
        StoreError::Corrupt(what) => not_whole(from, &what),
        error => database::failure(database, &error),
    })?;
    let took = began.elapsed().as_millis();
    // Only who has a contract here can serve it.
    let command = match Path::new("contract.yaml").is_file() {
        true => "probity serve",
        false => "probity customers",
    };
    let next = format!("{command} --database {}", shown(database));
    let text = if json {
        render::json(&Told::of(&restored, database, took))
    } else {
        format!(
            "{}\nIt is what {} has, read through before.\n",
            told(&restored, database, took),
            shown(from)
        )
    };
    Ok(Answer::new(text).with_next(&next))
}
