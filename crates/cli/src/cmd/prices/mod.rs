//! `probity prices`: what models cost, as operations say; and newer lists of it.

mod import;
mod list;

use crate::answer::{Answer, Failure};
use crate::reach::Where;
use std::path::PathBuf;

/// Prices of common models as they were in August 2026, in LiteLLM's shape.
const SNAPSHOT: &str = include_str!("../../../prices/2026-08.json");

/// List what models cost for each million tokens; import a newer list
///
/// With --database or --url also the models that were used lately and whose price is not known.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    does: Option<Does>,

    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    #[command(flatten)]
    books: Where,
}

#[derive(clap::Subcommand)]
enum Does {
    /// Take the prices of a contract's models out of LiteLLM's list
    Import(import::Args),
    /// Print a small list of common models, dated, to begin with
    Snapshot,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    match &args.does {
        None => list::run(&args.path, &args.books, json),
        Some(Does::Import(args)) => import::run(args, json),
        Some(Does::Snapshot) => Ok(Answer::new(SNAPSHOT)
            .with_note("Prices as of August 2026: hold them against your providers' pages.")
            .with_next("probity prices import --snapshot")),
    }
}

#[cfg(test)]
mod tests {
    use super::SNAPSHOT;
    use probity_core::contract::file::prices::{Wanted, cut};

    #[test]
    fn every_model_of_the_snapshot_has_its_prices() {
        let cut = cut(SNAPSHOT, Some(SNAPSHOT), Wanted::All).unwrap();
        assert!(cut.unpriced.is_empty() && cut.changes.is_empty());
        assert!(cut.models.len() >= 30, "{}", cut.models.len());
    }
}
