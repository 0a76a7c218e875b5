//! How commands reach the books: always through the API, whoever has the database open.
//!
//! Here, in this process, where nobody else has it; there, over HTTP, where a service has. What is
//! asked and what is answered is the same, so a command is written once.

mod here;
mod many;
mod there;

pub(crate) use here::Here;
pub(crate) use many::Ask;

use crate::answer::Failure;
use crate::control;
use crate::database;
use crate::exit::Exit;
use crate::load::shown;
use crate::terminal;
use clap::ValueEnum;
use probity::Environment;
use probity::store::StoreError;
use probity::store::sqlite::SqliteStore;
use probity_cli::http;
use serde_json::Value;
use std::path::{Path, PathBuf};
pub(crate) use there::There;

/// Which books a command is about: the one rule for all commands.
///
/// The file that `--database` names; else the service that `--url` or `PROBITY_URL` names; else the
/// file probity.db here.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Where {
    /// The database, where no service has it open; otherwise probity.db
    #[arg(long, value_name = "FILE", conflicts_with = "url", help_heading = "Which books")]
    pub(crate) database: Option<PathBuf>,

    /// The service to ask instead; also PROBITY_URL, where no database is named
    #[arg(long, value_name = "URL", help_heading = "Which books")]
    url: Option<String>,

    /// Its secret key, which says the environment too; better as PROBITY_KEY
    #[arg(long, value_name = "KEY", help_heading = "Which books")]
    key: Option<String>,

    /// The environment in the database: live or sandbox; otherwise live
    #[arg(long, value_enum, value_name = "ENV", help_heading = "Which books")]
    env: Option<Env>,
}

/// Live or sandbox, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Env {
    /// Real customers
    Live,
    /// For trying out
    Sandbox,
}

impl From<Env> for Environment {
    fn from(env: Env) -> Self {
        match env {
            Env::Live => Self::Live,
            Env::Sandbox => Self::Sandbox,
        }
    }
}

impl Where {
    /// The service to ask, if one is named and no database is.
    fn service(&self) -> Option<String> {
        let named = self.database.is_some();
        let said = || std::env::var("PROBITY_URL").ok().filter(|url| !url.is_empty());
        self.url.clone().or_else(|| if named { None } else { said() })
    }

    /// Are any books named, rather than those that are looked for here?
    pub(crate) fn is_named(&self) -> bool {
        self.database.is_some() || self.service().is_some()
    }

    /// The database, where none is to be asked.
    pub(crate) fn file(&self) -> PathBuf {
        self.database.clone().unwrap_or_else(|| PathBuf::from("probity.db"))
    }

    /// The same books, in the sandbox: never those of real customers.
    pub(crate) fn in_sandbox(&self) -> Result<Self, Failure> {
        if self.service().is_some() && self.given().is_some_and(|key| key.starts_with("sk_live_")) {
            let what = "this is a key of live, and this is done in the sandbox alone";
            let fix = "take the sandbox key, sk_sandbox_…, which was shown beside it: put it in \
                       PROBITY_KEY";
            return Err(Failure::new(Exit::USAGE, "other_environment", what, fix));
        }
        Ok(Self { env: Some(Env::Sandbox), ..self.clone() })
    }

    /// The key that a service is asked with.
    fn given(&self) -> Option<String> {
        let said = || std::env::var("PROBITY_KEY").ok().filter(|key| !key.is_empty());
        self.key.clone().or_else(said)
    }

    /// The environment in a database.
    pub(crate) fn environment(&self) -> Environment {
        self.env.map_or(Environment::Live, Environment::from)
    }

    /// Where that is, in words: the environment in a database, or the service.
    pub(crate) fn place(&self) -> String {
        match self.service() {
            Some(url) => url,
            None => self.environment().to_string(),
        }
    }

    /// Leads to the books.
    pub(crate) fn reach(&self) -> Result<Reach, Failure> {
        match self.service() {
            Some(url) => self.there(&url).map(Reach::There),
            None => {
                let reach = here(&self.file(), self.environment())?;
                self.note_the_key();
                Ok(reach)
            }
        }
    }

    /// A key without a service is of no use: whoever gave one may mean other books than those here.
    fn note_the_key(&self) {
        if self.database.is_none() && self.given().is_some() {
            terminal::note(
                "note: a key is given, but no service to ask with it (PROBITY_URL): these are the \
                 books of probity.db here.\n",
            );
        }
    }

    /// Leads to a service, where a file will not do: nobody else writes in it.
    pub(crate) fn reach_there(&self) -> Result<There, Failure> {
        if let Some(url) = self.service() {
            return self.there(&url);
        }
        let path = self.file();
        if !path.exists() {
            return Err(no_database(&path));
        }
        let what = "events are told by a service that runs, and none was named";
        let fix = format!("name it: --url {}, with its key in PROBITY_KEY", address(&path));
        Err(Failure::new(Exit::USAGE, "no_service_named", what, fix))
    }

    fn there(&self, url: &str) -> Result<There, Failure> {
        let Some(key) = self.given() else {
            let what = "a service is asked with a secret key, and none was given";
            let fix = "put it in PROBITY_KEY, or make one where the database is: probity keys new --env live --database FILE";
            return Err(Failure::new(Exit::USAGE, "no_key", what, fix));
        };
        let other =
            self.env.filter(|env| !key.starts_with(&format!("sk_{}_", Environment::from(*env))));
        if let Some(other) = other {
            let what = format!("this key does not lead to {}", Environment::from(other));
            let fix = "leave --env out, or take a key of that environment";
            return Err(Failure::new(Exit::USAGE, "other_environment", what, fix));
        }
        There::at(url, key)
    }
}

/// The way to the books.
pub(crate) enum Reach {
    /// In this process, with a key of its own.
    Here(Box<Here>, String),
    /// Over HTTP.
    There(There),
}

impl Reach {
    /// Asks the API.
    pub(crate) fn ask(&self, method: &str, path: &str, sent: &Value) -> Result<Said, Failure> {
        match self {
            Self::Here(here, key) => here.ask(key, method, path, sent),
            Self::There(there) => there.ask(method, path, sent),
        }
    }

    /// Asks for much at once; answers come in the order of the questions.
    pub(crate) fn all(&self, asks: Vec<Ask>) -> Result<Vec<Said>, Failure> {
        match self {
            Self::Here(here, key) => here.all(key, asks),
            Self::There(there) => there.all(asks),
        }
    }

    /// Reads something; what is refused is a failure.
    pub(crate) fn read(&self, path: &str) -> Result<Said, Failure> {
        self.ask("GET", path, &Value::Null)?.or_failure()
    }

    /// Lets go of the books.
    pub(crate) fn close(self) {
        if let Self::Here(here, _) = self {
            here.close();
        }
    }
}

fn here(path: &Path, environment: Environment) -> Result<Reach, Failure> {
    if !path.exists() {
        return Err(no_database(path));
    }
    let store = match SqliteStore::open(path) {
        Ok(store) => store,
        Err(StoreError::InUse) => return Err(in_use(path)),
        Err(error) => return Err(database::failure(path, &error)),
    };
    let new = http::new_key(environment, "command line", None);
    let (text, key) = new.map_err(|error| {
        let fix = "report this with what led to it";
        Failure::new(Exit::INTERNAL, "internal", error.to_string(), fix)
    })?;
    let here = Here::on(Box::new(store), vec![key])?;
    Ok(Reach::Here(Box::new(here), text))
}

/// There is no such database.
pub(crate) fn no_database(path: &Path) -> Failure {
    let what = format!("there is no database {}", shown(path));
    let fix = "name it with --database, or make one: probity serve";
    Failure::new(Exit::NO_INPUT, "no_database", what, fix)
}

/// Where the service is that has this database open, as it says itself.
fn address(database: &Path) -> String {
    let said = control::ask(database, &control::Wanted::Where).and_then(|said| said.address);
    said.unwrap_or_else(|| "http://127.0.0.1:4242".to_owned())
}

fn in_use(path: &Path) -> Failure {
    Failure::new(
        Exit::UNAVAILABLE,
        "database_in_use",
        format!("{}: another process has this database open", shown(path)),
        format!(
            "ask the service that has it: --url {}, with its key in PROBITY_KEY",
            address(path)
        ),
    )
}

/// What the API answered.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The status.
    pub(crate) status: u16,
    /// The JSON; null where there is none.
    pub(crate) body: Value,
}

impl Said {
    /// Did it go well?
    pub(crate) const fn is_done(&self) -> bool {
        self.status < 300
    }

    /// A text of the answer; empty where there is none.
    pub(crate) fn text(&self, at: &str) -> &str {
        self.body.pointer(at).and_then(Value::as_str).unwrap_or_default()
    }

    /// What went well; what was refused as a failure.
    pub(crate) fn or_failure(self) -> Result<Self, Failure> {
        if self.is_done() {
            return Ok(self);
        }
        let (exit, code, fix) = match self.text("/code") {
            "not_found" => (Exit::ERRORS, "not_found", "check the id, and --env"),
            "unauthenticated" => (
                Exit::ERRORS,
                "unauthenticated",
                "take a key of this database; which there are, by their ids and not by what they are: probity keys list",
            ),
            "forbidden" => (Exit::ERRORS, "forbidden", "take a secret key without a role"),
            "contract_refused" => (Exit::ERRORS, "contract_refused", "change what it names"),
            "notice_owed" => {
                (Exit::ERRORS, "notice_owed", "set `effective` to that day, or to a later one")
            }
            "published_meanwhile" => (
                Exit::ERRORS,
                "published_meanwhile",
                "see how everything stands now, and say it again: probity rollout",
            ),
            "too_large" => {
                (Exit::ERRORS, "too_large", "leave models out of the price map that are not used")
            }
            "invalid_request" => (Exit::ERRORS, "invalid_request", "change what it names"),
            "overloaded" | "billing_unavailable" => {
                (Exit::UNAVAILABLE, "unavailable", "try again in a moment")
            }
            _ => (Exit::ERRORS, "refused", "what it says is to be changed first"),
        };
        let detail = match self.text("/detail") {
            "" => format!("it was answered with {}", self.status),
            detail => detail.to_owned(),
        };
        Err(Failure::new(exit, code, detail, fix))
    }
}
