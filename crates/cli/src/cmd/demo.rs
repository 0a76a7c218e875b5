//! `probity demo`: the story of the sample contract on a real database, and then the service on it.

use super::serve::{no_port, stop};
use crate::answer::{Answer, Failure};
use crate::control;
use crate::demo::{self, CHAPTERS, Chapter, Stage};
use crate::exit::Exit;
use crate::load::shown;
use crate::reach::Here;
use crate::render::style::{BOLD, DIM, HELP};
use crate::{database, render, terminal};
use probity::Environment;
use probity::engine::KeyChange;
use probity_cli::http::{self, Limits};
use serde::Serialize;
use serde_json::json;
use std::fmt::Write;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Play the story of a sample contract, and then serve it, with lines to try
///
/// Plays a job search under the contract JobScout on a real database, and says at each step what the
/// customer reads, what the books say, and why. Then it serves that database until Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A database to keep, which must be new; otherwise a temporary one
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,

    /// Where to listen afterwards
    #[arg(long, default_value = "127.0.0.1:4242", value_name = "ADDR")]
    listen: SocketAddr,

    /// Only tell the story
    #[arg(long, conflicts_with = "listen")]
    no_serve: bool,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    // Taken away, with what is in it, when the command ends.
    let folder = if args.database.is_none() { Some(tempfile::tempdir()) } else { None };
    let folder = folder.transpose().map_err(|error| no_folder(&error))?;
    let temporary = folder.as_ref().map(|folder| folder.path().join("probity.db"));
    let path = args.database.clone().or(temporary).unwrap_or_default();
    if path.symlink_metadata().is_ok() {
        return Err(there_already(&path));
    }
    // The port first: where it is taken nothing is told, and nothing written.
    let listener = if args.no_serve { None } else { Some(listen(args.listen)?) };
    let here = Here::on(database::open(&path)?, Vec::new())?;
    let played = play(&here, json);
    let ended = played.and_then(|played| match listener {
        Some(listener) => serve(&here, listener, &path, &played, json).map(|()| played),
        None => Ok(played),
    });
    here.close();
    let played = ended?;
    let kept = args.database.is_some();
    let exit = if played.is_kept() { Exit::CLEAN } else { Exit::ERRORS };
    if args.no_serve && json {
        return Ok(
            Answer::new(render::json(&played.told(None, kept.then_some(&path)))).with_exit(exit)
        );
    }
    let text = match (args.no_serve, kept) {
        (true, true) => queries(&path),
        _ => String::new(),
    };
    let answer = Answer::new(text).with_exit(exit);
    Ok(if args.no_serve {
        answer.with_next("probity demo")
    } else {
        answer.with_note("Stopped: everything that was asked is answered and kept.")
    })
}

/// What was played, and the keys it was played with.
struct Played {
    chapters: Vec<Chapter>,
    live: String,
    sandbox: String,
}

/// The same, for programs.
#[derive(Serialize)]
struct Told<'p> {
    contract: String,
    environment: Environment,
    database: Option<String>,
    live_key: &'p str,
    sandbox_key: &'p str,
    listening: Option<String>,
    chapters: &'p [Chapter],
    #[serde(rename = "try")]
    lines: Vec<demo::Line>,
}

impl Played {
    fn is_kept(&self) -> bool {
        self.chapters.iter().flat_map(|chapter| &chapter.promises).all(|promise| promise.kept)
    }

    fn told(&self, address: Option<SocketAddr>, database: Option<&PathBuf>) -> Told<'_> {
        let contract = demo::reading().contract;
        let lines = address.map(|address| demo::lines(&address.to_string(), &self.sandbox));
        Told {
            contract: contract.map(|c| c.reference().to_string()).unwrap_or_default(),
            environment: Environment::Sandbox,
            database: database.map(|path| shown(path)),
            live_key: &self.live,
            sandbox_key: &self.sandbox,
            listening: address.map(|address| format!("http://{address}")),
            chapters: &self.chapters,
            lines: lines.unwrap_or_default(),
        }
    }
}

fn play(here: &Here, json: bool) -> Result<Played, Failure> {
    for environment in Environment::ALL {
        publish(here, environment)?;
    }
    let live = new_key(here, Environment::Live)?;
    let sandbox = new_key(here, Environment::Sandbox)?;
    let width = terminal::width();
    let say = |text: &str| if json { Ok(()) } else { tell(text) };
    say(&opening(width))?;
    let mut chapters = Vec::new();
    {
        let mut stage = Stage::new(here, &sandbox);
        for (number, played) in (1..).zip(CHAPTERS) {
            stage.begin(played.title, played.about);
            (played.play)(&mut stage)?;
            let chapter = stage.end();
            say(&demo::chapter(&chapter, number, width))?;
            chapters.push(chapter);
        }
        let path = format!("/v1/customers/{}", demo::CUSTOMER);
        stage.quietly("PUT", &path, json!({ "plan": "pro", "name": "You" }))?;
    }
    Ok(Played { chapters, live, sandbox })
}

fn opening(width: usize) -> String {
    let contract = demo::reading().contract;
    let name = contract.map(|c| c.reference().to_string()).unwrap_or_default();
    let about = format!(
        "This is {name}, the contract of a made-up job search, on a real database that was just made. \
         Every line below comes from the answers of the API that a product would ask; it is played \
         in the sandbox, whose books are separate and whose clock can be moved."
    );
    let mut out = format!("{BOLD}Probity: charge for outcomes{BOLD:#}\n");
    out.push_str(&demo::prose(&about, width));
    out
}

fn publish(here: &Here, environment: Environment) -> Result<(), Failure> {
    let told = |refused: &_| super::serve::told(refused);
    let Some(publication) = http::to_publish(&[], demo::files(), environment, "demo") else {
        return Ok(());
    };
    let published = here.probity.publish(publication, false).map_err(|r| told(&r))?;
    published.wait().map(|_| ()).map_err(|refused| told(&refused))
}

fn new_key(here: &Here, environment: Environment) -> Result<String, Failure> {
    let new = http::new_key(environment, environment.word(), None);
    let (key, kept) = new.map_err(|error| no_folder(&std::io::Error::other(error)))?;
    let added = here.runtime.block_on(here.app.change_keys(KeyChange::Add(kept)));
    added.map(|_| key).map_err(|refused| super::serve::told(&refused))
}

fn serve(
    here: &Here,
    listener: std::net::TcpListener,
    path: &Path,
    played: &Played,
    json: bool,
) -> Result<(), Failure> {
    here.runtime.block_on(async {
        let listener = TcpListener::from_std(listener);
        let listener = listener.map_err(|error| no_folder(&error))?;
        let address = listener.local_addr().map_err(|error| no_folder(&error))?;
        let stop = stop().map_err(|error| no_folder(&error))?;
        let url = format!("http://{address}");
        let _control = control::listen(path, Arc::clone(&here.app), &url)?;
        let path = path.to_path_buf();
        say(&if json {
            render::json(&played.told(Some(address), Some(&path)))
        } else {
            ending(address, &path, played)
        })?;
        http::serve(listener, here.router.clone(), Limits::default(), stop).await;
        Ok(())
    })
}

/// What can be done from here on.
fn ending(address: SocketAddr, path: &Path, played: &Played) -> String {
    let mut out = demo::heading("Your turn");
    let _ = writeln!(
        out,
        "The service runs on {BOLD}http://{address}{BOLD:#}; its API is on http://{address}/docs\n\n\
         live key: {}\nsandbox key: {}\n\n\
         The lines below ask the sandbox, about a customer of their own. Its clock stands where the \
         story moved it.\n",
        played.live, played.sandbox
    );
    for line in demo::lines(&address.to_string(), &played.sandbox) {
        let _ = writeln!(out, "{DIM}# {}{DIM:#}\n{HELP}{}{HELP:#}", line.does, line.type_this);
    }
    out.push('\n');
    out.push_str(&queries(path));
    let _ = writeln!(out, "\nCtrl-C ends it.");
    out
}

/// How anybody reads the books.
fn queries(path: &Path) -> String {
    let mut out = format!(
        "{DIM}# the books, read with SQLite's own shell{DIM:#}\n{HELP}DB={}{HELP:#}\n",
        shown(path)
    );
    for query in [
        "SELECT * FROM wallets",
        "SELECT environment, sum(millionths) FROM balances GROUP BY 1",
        "SELECT seq, at, command FROM entries WHERE customer = \"ana\" ORDER BY seq DESC LIMIT 10",
    ] {
        let _ = writeln!(out, "{HELP}sqlite3 -readonly $DB '{query}'{HELP:#}");
    }
    out
}

fn listen(address: SocketAddr) -> Result<std::net::TcpListener, Failure> {
    let listener =
        std::net::TcpListener::bind(address).map_err(|error| no_port(address, &error))?;
    listener.set_nonblocking(true).map_err(|error| no_port(address, &error))?;
    Ok(listener)
}

/// A reader that goes away before the story ends is no fault.
fn tell(text: &str) -> Result<(), Failure> {
    match terminal::say(text) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(not_shown(&error)),
        Ok(()) => Ok(()),
    }
}

/// What must be seen, or the service would run for nobody.
fn say(text: &str) -> Result<(), Failure> {
    terminal::say(text).map_err(|error| not_shown(&error))
}

fn not_shown(error: &std::io::Error) -> Failure {
    let what = format!("the story could not be shown: {error}");
    Failure::new(Exit::CANNOT_WRITE, "not_shown", what, "write it somewhere else")
}

fn there_already(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::CANNOT_WRITE,
        "already_there",
        format!("{path} is there already; the story begins with empty books"),
        format!("name another file, or serve what is there: probity serve --database {path}"),
    )
}

fn no_folder(error: &std::io::Error) -> Failure {
    let what = format!("the demo cannot begin: {error}");
    Failure::new(Exit::CANNOT_WRITE, "cannot_write", what, "look at the disk and its permissions")
}
