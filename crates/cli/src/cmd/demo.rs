//! `probity demo`: the story of the sample contract on a real database, and then the service on it.

use super::serve::{no_port, stop};
use crate::answer::{Answer, Failure};
use crate::control;
use crate::demo::provider;
use crate::demo::{self, Assistant, CHAPTERS, Chapter, Listening, Stage, cannot_begin};
use crate::exit::Exit;
use crate::load::shown;
use crate::reach::Here;
use crate::render::style::{BOLD, DIM, HELP};
use crate::{database, render, terminal};
use probity::Environment;
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
/// Plays a job search under the contract JobScout on a real database, and an assistant behind a gateway
/// in front of a scripted AI provider; says at each step what the customer reads, what the books say,
/// and why. Then it serves both until Ctrl-C.
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
    let folder = tempfile::tempdir().map_err(|error| cannot_begin(&error))?;
    let path = args.database.clone().unwrap_or_else(|| folder.path().join("probity.db"));
    if path.symlink_metadata().is_ok() {
        return Err(there_already(&path));
    }
    // The port first: where it is taken nothing is told, and nothing written.
    let listener = if args.no_serve { None } else { Some(listen(args.listen)?) };
    let here = Here::on(database::open(&path)?, Vec::new())?;
    let played = with_both(&here, folder.path(), listener, &path, json);
    here.close();
    let played = played?;
    let kept = args.database.is_some();
    let exit = if played.is_kept() { Exit::CLEAN } else { Exit::ERRORS };
    if args.no_serve && json {
        let told = played.told(None, kept.then_some(path.as_path()));
        return Ok(Answer::new(render::json(&told)).with_exit(exit));
    }
    let text = match (args.no_serve, kept) {
        (true, true) => queries(&path),
        _ => String::new(),
    };
    let answer = Answer::new(text).with_exit(exit);
    Ok(if args.no_serve {
        answer.with_next("probity init")
    } else {
        answer.with_note("Stopped: everything that was asked is answered and kept.")
    })
}

/// The story, and what is served after it.
fn with_both(
    here: &Here,
    folder: &Path,
    listener: Option<std::net::TcpListener>,
    path: &Path,
    json: bool,
) -> Result<Played, Failure> {
    let (assistant, heard) = Assistant::begin(folder)?;
    let told = play(here, json).and_then(|mut played| {
        let chapter = in_front(&assistant, heard)?;
        if !json {
            tell(&demo::chapter(&chapter, played.chapters.len() + 1, terminal::width()))?;
        }
        played.chapters.push(chapter);
        if let Some(listener) = listener {
            let front =
                Front { gateway: assistant.gateway()?, api: assistant.api()?, of: &assistant };
            serve(here, listener, path, &played, front, json)?;
        }
        Ok(played)
    });
    assistant.here.close();
    told
}

/// The last chapter, in books of its own.
fn in_front(assistant: &Assistant, heard: provider::Ears) -> Result<Chapter, Failure> {
    let mut stage = Stage::new(&assistant.here, &assistant.key);
    stage.begin(provider::TITLE, provider::ABOUT);
    provider::play(&mut stage, assistant, heard)?;
    Ok(stage.end())
}

/// What the assistant listens with after the story.
struct Front<'a> {
    gateway: Listening,
    api: Listening,
    of: &'a Assistant,
}

/// The same, for programs.
#[derive(Serialize)]
struct Gateway {
    listening: String,
    base_url: String,
    upstream: String,
    api: String,
    key: String,
    #[serde(rename = "try")]
    lines: Vec<demo::Line>,
}

impl Front<'_> {
    fn told(&self) -> Gateway {
        let url = |address: SocketAddr| format!("http://{address}");
        let (gateway, api) = (url(self.gateway.address), url(self.api.address));
        Gateway {
            base_url: format!("{gateway}/v1"),
            lines: demo::through_the_gateway(&gateway, &api, &self.of.key),
            listening: gateway,
            upstream: url(self.of.upstream),
            api,
            key: self.of.key.clone(),
        }
    }
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
    gateway: Option<Gateway>,
    chapters: &'p [Chapter],
    #[serde(rename = "try")]
    lines: Vec<demo::Line>,
}

impl Played {
    fn is_kept(&self) -> bool {
        self.chapters.iter().flat_map(|chapter| &chapter.promises).all(|promise| promise.kept)
    }

    fn told(&self, front: Option<(SocketAddr, &Front<'_>)>, database: Option<&Path>) -> Told<'_> {
        let address = front.map(|(address, _)| address);
        let contract = demo::reading().contract;
        let lines = address.map(|address| demo::lines(&address.to_string(), &self.sandbox));
        Told {
            contract: contract.map(|c| c.reference().to_string()).unwrap_or_default(),
            environment: Environment::Sandbox,
            database: database.map(shown),
            live_key: &self.live,
            sandbox_key: &self.sandbox,
            listening: address.map(|address| format!("http://{address}")),
            gateway: front.map(|(_, front)| front.told()),
            chapters: &self.chapters,
            lines: lines.unwrap_or_default(),
        }
    }
}

fn play(here: &Here, json: bool) -> Result<Played, Failure> {
    for environment in Environment::ALL {
        demo::publish(here, demo::files(), environment)?;
    }
    let live = demo::new_key(here, Environment::Live)?;
    let sandbox = demo::new_key(here, Environment::Sandbox)?;
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

fn serve(
    here: &Here,
    listener: std::net::TcpListener,
    path: &Path,
    played: &Played,
    front: Front<'_>,
    json: bool,
) -> Result<(), Failure> {
    here.runtime.block_on(async {
        let listener = TcpListener::from_std(listener);
        let listener = listener.map_err(|error| cannot_begin(&error))?;
        let address = listener.local_addr().map_err(|error| cannot_begin(&error))?;
        let stop = stop().map_err(|error| cannot_begin(&error))?;
        let url = format!("http://{address}");
        let _control = control::listen(path, Arc::clone(&here.app), &url)?;
        say(&if json {
            render::json(&played.told(Some((address, &front)), Some(path)))
        } else {
            ending(address, path, played, &front)
        })?;
        http::serve(listener, here.router.clone(), Limits::default(), stop).await;
        let Front { gateway, api, .. } = front;
        tokio::join!(gateway.end(), api.end());
        Ok(())
    })
}

/// What can be done from here on.
fn ending(address: SocketAddr, path: &Path, played: &Played, front: &Front<'_>) -> String {
    let mut out = demo::heading("Your turn");
    let _ = writeln!(
        out,
        "The service runs on {BOLD}http://{address}{BOLD:#}; its API is on http://{address}/docs\n\n\
         live key: {}\nsandbox key: {}\n\n\
         The lines below ask the sandbox, about a customer of their own. Its clock stands where the \
         story moved it.\n",
        played.live, played.sandbox
    );
    out.push_str(&typed(&demo::lines(&address.to_string(), &played.sandbox)));
    out.push('\n');
    out.push_str(&queries(path));
    let Gateway { base_url, upstream, lines, .. } = front.told();
    let _ = writeln!(
        out,
        "\nThe gateway runs, too, before the scripted provider on {upstream}. Any OpenAI client asks it \
         with\n{BOLD}base_url = \"{base_url}\"{BOLD:#}, any key, and a header x-customer-id.\n"
    );
    out.push_str(&typed(&lines));
    let _ = writeln!(out, "\nCtrl-C ends it.");
    out
}

/// Lines for a shell, each with what it does.
fn typed(lines: &[demo::Line]) -> String {
    let typed = |line: &demo::Line| {
        format!("{DIM}# {}{DIM:#}\n{HELP}{}{HELP:#}\n", line.does, line.type_this)
    };
    lines.iter().map(typed).collect()
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
