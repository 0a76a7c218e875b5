//! Commands for a service that runs: a socket beside its database, for whoever may read that folder.
//!
//! One line of JSON each way, and keys only: everything else goes through the API.

use crate::answer::Failure;
use crate::exit::Exit;
use probity::Environment;
use probity_cli::http::App;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What is asked about keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum Wanted {
    /// A new one.
    New {
        /// Where.
        env: Environment,
        /// Its name.
        name: String,
        /// Its role.
        role: Option<String>,
    },
    /// All of them.
    List,
    /// None: where the service listens.
    Where,
    /// One is refused from now on.
    Revoke {
        /// Its id.
        id: String,
    },
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Keys {
    /// The new key's text, shown once.
    pub(crate) key: Option<String>,
    /// The id of the key it is about.
    pub(crate) id: Option<String>,
    /// All keys.
    pub(crate) keys: Vec<KeyLine>,
    /// Where the service listens, if that was asked.
    #[serde(default)]
    pub(crate) address: Option<String>,
    /// What is wrong, if anything is.
    pub(crate) wrong: Option<String>,
}

/// A key as it is listed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeyLine {
    pub(crate) id: String,
    pub(crate) env: Environment,
    pub(crate) name: String,
    pub(crate) role: Option<String>,
    pub(crate) created_at: String,
    pub(crate) revoked_at: Option<String>,
}

/// Does what is wanted.
pub(crate) async fn apply(app: &App, wanted: Wanted) -> Keys {
    use probity::engine::KeyChange;
    use probity_core::Name;
    let mut done = Keys::default();
    let change = match wanted {
        Wanted::List | Wanted::Where => KeyChange::List,
        Wanted::Revoke { id } => {
            done.id = Some(id.clone());
            KeyChange::Revoke(Name::new(&id))
        }
        Wanted::New { env, name, role } => {
            if let Some(wrong) = unknown_role(app, env, role.as_deref()).await {
                done.wrong = Some(wrong);
                return done;
            }
            match probity_cli::http::new_key(env, &name, role.as_deref()) {
                Ok((text, key)) => {
                    done.key = Some(text);
                    done.id = Some(key.id.to_string());
                    KeyChange::Add(key)
                }
                Err(error) => {
                    done.wrong = Some(error.to_string());
                    return done;
                }
            }
        }
    };
    match app.change_keys(change).await {
        Ok(keys) => done.keys = keys.iter().map(line).collect(),
        Err(refused) => done = Keys { key: None, wrong: Some(refused.to_string()), ..done },
    }
    done
}

/// A role that the contract's operations do not name may give nothing: it would be a slip of the pen.
async fn unknown_role(app: &App, environment: Environment, role: Option<&str>) -> Option<String> {
    let role = role?;
    let known = app.roles(environment).await.unwrap_or_default();
    if known.iter().any(|known| known.as_str() == role) {
        return None;
    }
    let known: Vec<&str> = known.iter().map(|known| known.as_str()).collect();
    Some(match known.as_slice() {
        [] => format!("there is no role `{role}`: operations name none in `overrides.who_may`"),
        known => format!("there is no role `{role}`; there is {}", known.join(", ")),
    })
}

fn line(key: &probity::store::ApiKey) -> KeyLine {
    KeyLine {
        id: key.id.to_string(),
        env: key.environment,
        name: key.name.to_string(),
        role: key.role.as_ref().map(ToString::to_string),
        created_at: key.created_at.to_string(),
        revoked_at: key.revoked_at.as_ref().map(ToString::to_string),
    }
}

/// Where the socket is.
fn place(database: &Path) -> PathBuf {
    // By whatever name the database is called: it is one.
    let database = database.canonicalize().unwrap_or_else(|_| database.to_owned());
    let mut name = database.into_os_string();
    name.push("-control");
    PathBuf::from(name)
}

/// Takes the socket away when the service ends.
#[derive(Debug)]
pub(crate) struct Control(PathBuf);

impl Drop for Control {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Listens, until the runtime ends. Whoever holds the database's lock may take an old socket away.
#[cfg(unix)]
pub(crate) fn listen(database: &Path, app: Arc<App>, address: &str) -> Result<Control, Failure> {
    use std::os::unix::fs::PermissionsExt;
    let place = place(database);
    let _ = std::fs::remove_file(&place);
    let listener = tokio::net::UnixListener::bind(&place).and_then(|listener| {
        std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    });
    match listener {
        Ok(listener) => {
            let (app, address) = (Arc::downgrade(&app), address.to_owned());
            tokio::spawn(async move {
                loop {
                    let Ok((stream, _)) = listener.accept().await else {
                        // Out of file handles, most likely. Whoever revokes a key then is let in later.
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    };
                    let Some(app) = app.upgrade() else { return };
                    let address = address.clone();
                    tokio::spawn(async move { converse(stream, &app, &address).await });
                }
            });
        }
        // Without it the service is as good; only keys are made while it is stopped.
        Err(error) => tracing::warn!(%error, "keys cannot be changed while this runs"),
    }
    Ok(Control(place))
}

/// There is none here.
#[cfg(not(unix))]
pub(crate) fn listen(database: &Path, _: Arc<App>, _: &str) -> Result<Control, Failure> {
    Ok(Control(place(database)))
}

/// The longest line.
#[cfg(unix)]
const LONGEST: u64 = 64 * 1024;

#[cfg(unix)]
async fn converse(stream: tokio::net::UnixStream, app: &App, address: &str) {
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    if BufReader::new(read.take(LONGEST)).read_line(&mut line).await.is_err() {
        return;
    }
    let Ok(wanted) = serde_json::from_str::<Wanted>(&line) else { return };
    let is_where = matches!(wanted, Wanted::Where);
    let mut done = match wanted {
        // Whoever asks only that need not see the keys.
        Wanted::Where => Keys::default(),
        wanted => apply(app, wanted).await,
    };
    done.address = is_where.then(|| address.to_owned());
    let mut answer = serde_json::to_string(&done).unwrap_or_default();
    answer.push('\n');
    let _ = write.write_all(answer.as_bytes()).await;
}

/// Asks the service that has this database open; None: nobody answers there.
#[cfg(unix)]
pub(crate) fn ask(database: &Path, wanted: &Wanted) -> Option<Keys> {
    use std::io::{BufRead, BufReader, Read, Write};
    let mut stream = std::os::unix::net::UnixStream::connect(place(database)).ok()?;
    let line = serde_json::to_string(wanted).ok()?;
    stream.write_all(format!("{line}\n").as_bytes()).ok()?;
    let mut answer = String::new();
    BufReader::new(stream.take(1 << 24)).read_line(&mut answer).ok()?;
    serde_json::from_str(&answer).ok()
}

/// Nobody answers here.
#[cfg(not(unix))]
pub(crate) fn ask(_: &Path, _: &Wanted) -> Option<Keys> {
    None
}

/// What is said where something is wrong.
pub(crate) fn failure(what: String) -> Failure {
    Failure::new(Exit::ERRORS, "keys", what, "see them all: probity keys list")
}
