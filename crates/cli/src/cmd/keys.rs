//! `probity keys`: who may ask the API.

use crate::answer::{Answer, Failure};
use crate::control::{self, Keys, Wanted};
use crate::database;
use crate::exit::Exit;
use crate::render;
use clap::{Subcommand, ValueEnum};
use probity::clock::SystemClock;
use probity::engine::Options;
use probity::store::StoreError;
use probity::store::sqlite::SqliteStore;
use probity::{Environment, Probity};
use probity_cli::http::App;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Make, list and revoke the secret keys of a database
///
/// A key is shown once, when it is made: only a digest of it is kept. Also while the service runs.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,

    /// The database
    #[arg(long, global = true, default_value = "probity.db", value_name = "FILE")]
    database: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Make a key, and show it once
    New {
        /// Where it may ask
        #[arg(long, value_enum, value_name = "ENV")]
        env: Env,

        /// The role of `who_may` it has; without one it is unlimited
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,

        /// Its name, as it stands in the books; otherwise the role's or the environment's
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// List the keys: never the keys themselves
    List,
    /// Refuse a key from now on
    Revoke {
        /// Its id, `key_…`
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Env {
    /// Real customers
    Live,
    /// For trying out
    Sandbox,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let wanted = wanted(&args.command)?;
    let done = done(&args.database, &wanted)?;
    if let Some(wrong) = done.wrong {
        let failure = control::failure(wrong);
        return Err(match &wanted {
            Wanted::New { role: Some(_), .. } => {
                let fix =
                    "take one that operations name, or leave --role out: then it is unlimited";
                Failure { fix: fix.to_owned(), ..failure }
            }
            _ => failure,
        });
    }
    if json {
        return Ok(Answer::new(render::json(&done)));
    }
    Ok(match wanted {
        Wanted::New { env, .. } => {
            let key = done.key.unwrap_or_default();
            let note = "It is shown only now: keep it where secrets are kept.";
            Answer::new(format!("{env} key: {key}\n")).with_note(note)
        }
        Wanted::Revoke { id } => Answer::new(format!("{id} is refused from now on.\n")),
        Wanted::List | Wanted::Where => Answer::new(listed(&done)),
    })
}

fn wanted(command: &Command) -> Result<Wanted, Failure> {
    Ok(match command {
        Command::List => Wanted::List,
        Command::Revoke { id } => Wanted::Revoke { id: id.clone() },
        Command::New { env, role, name } => {
            let env = match env {
                Env::Live => Environment::Live,
                Env::Sandbox => Environment::Sandbox,
            };
            let name = name.as_ref().or(role.as_ref()).map_or(env.word(), String::as_str);
            let fits =
                |text: &str| (1..=128).contains(&text.len()) && !text.contains(char::is_control);
            if !fits(name) || !role.as_deref().is_none_or(fits) {
                let what = "a key's name and role have 1 to 128 bytes";
                return Err(Failure::new(Exit::USAGE, "no_name", what, "give it another name"));
            }
            Wanted::New { env, name: name.to_owned(), role: role.clone() }
        }
    })
}

/// Does it on the database, or asks the service that has it open.
fn done(path: &Path, wanted: &Wanted) -> Result<Keys, Failure> {
    if !path.exists() {
        let what = format!("there is no database {}", crate::load::shown(path));
        let fix = "name it with --database, or make one: probity serve";
        return Err(Failure::new(Exit::NO_INPUT, "no_database", what, fix));
    }
    let store = match SqliteStore::open(path) {
        Ok(store) => store,
        Err(StoreError::InUse) => {
            let asked = control::ask(path, wanted);
            return asked.ok_or_else(|| database::failure(path, &StoreError::InUse));
        }
        Err(error) => return Err(database::failure(path, &error)),
    };
    let failure = |error: &dyn ToString| control::failure(error.to_string());
    let probity = Probity::on(Box::new(store), Options::default()).map_err(|e| failure(&e))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| failure(&e))?;
    let keys = runtime.block_on(async {
        let app = App::new(probity.clone(), Arc::new(SystemClock)).await;
        match app {
            Ok(app) => Ok(control::apply(&app, wanted.clone()).await),
            Err(why) => Err(super::serve::not_begun(&why)),
        }
    });
    probity.close();
    keys
}

fn listed(done: &Keys) -> String {
    let lines = done.keys.iter().map(|key| {
        let role =
            key.role.as_deref().map_or_else(|| "any".to_owned(), |role| format!("as {role}"));
        let since = match &key.revoked_at {
            Some(at) => format!("revoked {at}"),
            None => format!("since {}", key.created_at),
        };
        let (id, env, name) = (&key.id, key.env.word(), &key.name);
        format!("{id}  {env:<7}  {role:<10}  {name:<16}  {since}\n")
    });
    lines.collect()
}
