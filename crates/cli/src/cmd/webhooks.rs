//! `probity webhooks`: where events are sent, and what became of them.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::reach::{Reach, Said, Where};
use crate::render;
use crate::render::books::day;
use crate::render::style::{BOLD, DIM};
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::fmt::Write;

const ALL: &str = "/v1/webhook-endpoints";

/// Say where events are sent, see what arrived, send again what did not
///
/// A secret is shown once, when it is made. Of a database that no service has open nothing is sent until
/// one has; only a test is.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    books: Where,
}

#[derive(Subcommand)]
enum Command {
    /// List the endpoints, with why one is stopped
    List(Books),
    /// Send events to an address; the secret that verifies them is shown once
    Add {
        /// Where: https, a public address
        #[arg(value_name = "URL")]
        to: String,

        /// Only these types, separated by commas: run.settled,top_up.wanted
        #[arg(long, value_name = "TYPES", value_delimiter = ',')]
        events: Vec<String>,

        /// What it is for
        #[arg(long, value_name = "TEXT")]
        description: Option<String>,

        #[command(flatten)]
        books: Where,
    },
    /// Remove an endpoint, with what was still to be sent there
    Remove(One),
    /// Send nothing there until it is started again; what waits keeps waiting
    Stop(One),
    /// Send there again, what waited first
    Start(One),
    /// Send one event of type `webhook.test` at once, and say what came of it
    Test(One),
    /// Make a new secret, shown once; the old one signs beside it for a while
    Rotate {
        #[command(flatten)]
        one: One,

        /// How long the old one goes on
        #[arg(long, value_name = "TIME", default_value = "24 hours")]
        old_lasts: String,
    },
    /// List what was sent there, or will be, the newest first
    Deliveries {
        #[command(flatten)]
        one: One,

        /// Only those that stand so
        #[arg(long, value_enum, value_name = "STATE")]
        state: Option<State>,

        /// How many
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
        limit: u32,
    },
    /// Send events again
    Replay {
        #[command(flatten)]
        one: One,

        #[command(flatten)]
        what: What,
    },
}

#[derive(clap::Args)]
struct One {
    /// The endpoint, `we_…`
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    books: Where,
}

#[derive(clap::Args)]
struct Books {
    #[command(flatten)]
    books: Where,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// What never arrived, and is tried no more
    #[arg(long)]
    dead: bool,

    /// Everything it takes from this instant on, also what happened while it was stopped
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// This event, `evt_…`; may be given several times
    #[arg(long, value_name = "ID")]
    event: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum State {
    /// It is tried when it is due
    Waiting,
    /// It arrived
    Delivered,
    /// It is tried no more by itself
    Dead,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let books = args.command.as_ref().map_or(&args.books, Command::books);
    let reach = books.reach()?;
    let said = match &args.command {
        Some(command) => asked(&reach, command, json),
        None => list(&reach).map(|said| answer(&said, listed, json)),
    };
    reach.close();
    said
}

impl Command {
    const fn books(&self) -> &Where {
        match self {
            Self::List(Books { books }) | Self::Add { books, .. } => books,
            Self::Remove(one) | Self::Stop(one) | Self::Start(one) | Self::Test(one) => &one.books,
            Self::Rotate { one, .. } | Self::Deliveries { one, .. } | Self::Replay { one, .. } => {
                &one.books
            }
        }
    }
}

fn list(reach: &Reach) -> Result<Said, Failure> {
    reach.read(ALL)
}

fn answer(said: &Said, told: fn(&Said) -> String, json: bool) -> Answer {
    Answer::new(if json { render::json(&said.body) } else { told(said) })
}

fn asked(reach: &Reach, command: &Command, json: bool) -> Result<Answer, Failure> {
    let does = |one: &One, method: &str, what: &str, sent: Value| {
        let id = at(&one.id)?;
        reach.ask(method, &format!("{ALL}/{id}{what}"), &sent)?.or_failure()
    };
    let (said, told): (Said, fn(&Said) -> String) = match command {
        Command::List(_) => (list(reach)?, listed),
        Command::Add { to, events, description, .. } => {
            let sent = json!({ "url": to, "events": events, "description": description });
            (reach.ask("POST", ALL, &sent)?.or_failure()?, with_secret)
        }
        Command::Remove(one) => (does(one, "DELETE", "", Value::Null)?, |said| {
            format!("{} is removed.\n", said.text("/id"))
        }),
        Command::Stop(one) => (does(one, "POST", "/stop", json!({}))?, endpoint),
        Command::Start(one) => (does(one, "POST", "/start", json!({}))?, endpoint),
        Command::Test(one) => (does(one, "POST", "/test", json!({}))?, tested),
        Command::Rotate { one, old_lasts } => {
            (does(one, "POST", "/rotate", json!({ "old_lasts": old_lasts }))?, with_secret)
        }
        Command::Deliveries { one, state, limit } => {
            let state = state.and_then(|state| state.to_possible_value());
            let state = state.map(|state| format!("&state={}", state.get_name()));
            let query = format!("?limit={limit}{}", state.unwrap_or_default());
            (does(one, "GET", &format!("/deliveries{query}"), Value::Null)?, deliveries)
        }
        Command::Replay { one, what } => {
            let count = replayed(&what.sent(), |sent| does(one, "POST", "/replay", sent))?;
            let body = json!({ "replayed": count });
            (Said { status: 200, body }, |said| {
                format!("{} events are sent again.\n", said.body["replayed"])
            })
        }
    };
    let arrived = said.body["delivered"] != false;
    let answer = answer(&said, told, json);
    Ok(match command {
        Command::Add { .. } | Command::Rotate { .. } => {
            answer.with_note("The secret is shown only now: keep it where secrets are kept.")
        }
        Command::Test(_) if !arrived => answer.with_exit(Exit::ERRORS),
        _ => answer,
    })
}

/// An id as it may stand in a path.
fn at(id: &str) -> Result<&str, Failure> {
    if probity_core::id::is_caller_id(id) {
        return Ok(id);
    }
    let what = format!("no endpoint can have the id `{}`", render::plain(id));
    Err(Failure::new(Exit::USAGE, "no_id", what, "see them: probity webhooks list"))
}

impl What {
    fn sent(&self) -> Value {
        match (&self.since, self.dead) {
            (Some(since), _) => json!({ "since": since }),
            (None, true) => json!({ "dead": true }),
            (None, false) => json!({ "events": self.event }),
        }
    }
}

/// Asks until all of it is on its way: a service takes so many at once.
fn replayed(first: &Value, asks: impl Fn(Value) -> Result<Said, Failure>) -> Result<u64, Failure> {
    let (mut count, mut sent) = (0, first.clone());
    loop {
        let said = asks(sent)?;
        let some = said.body["replayed"].as_u64().unwrap_or_default();
        count += some;
        sent = match said.text("/next_after") {
            "" if first["dead"] == true && some > 0 => first.clone(),
            "" => return Ok(count),
            after => json!({ "after": after }),
        };
    }
}

fn listed(said: &Said) -> String {
    let items = said.body["items"].as_array().into_iter().flatten();
    let all: String = items.map(line).collect();
    if all.is_empty() { "Nothing is sent anywhere.\n".to_owned() } else { all }
}

fn endpoint(said: &Said) -> String {
    line(&said.body)
}

fn line(endpoint: &Value) -> String {
    let text = |at: &str| endpoint[at].as_str().unwrap_or_default();
    let events: Vec<_> =
        endpoint["events"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let events = if events.is_empty() { "everything".to_owned() } else { events.join(", ") };
    let mut out = format!("{BOLD}{}{BOLD:#}  {}  {events}\n", text("id"), text("url"));
    if !text("description").is_empty() {
        let _ = writeln!(out, "  {DIM}{}{DIM:#}", render::plain(text("description")));
    }
    if !text("stopped").is_empty() {
        let _ = writeln!(out, "  stopped: {}", render::plain(text("stopped")));
    }
    out
}

fn with_secret(said: &Said) -> String {
    format!("{}  secret: {}\n", endpoint(said), said.text("/secret"))
}

fn tested(said: &Said) -> String {
    let arrived = if said.body["delivered"] == true { "It arrived" } else { "It did not arrive" };
    format!("{arrived}: {}\n", render::plain(said.text("/answered")))
}

fn deliveries(said: &Said) -> String {
    let items = said.body["items"].as_array().into_iter().flatten();
    let all: String = items
        .map(|one| {
            let text = |at: &str| one[at].as_str().unwrap_or_default();
            let (kind, state, tries) = (text("type"), text("state"), &one["attempts"]);
            let next = match text("next_try") {
                "" => String::new(),
                next => format!(", next try {}", day(next)),
            };
            let answered = match text("answered") {
                "" => String::new(),
                answered => format!(": {}", render::plain(answered)),
            };
            format!("{}  {kind:<22} {state:<9} {tries}×{answered}{next}\n", text("event"))
        })
        .collect();
    if all.is_empty() { "Nothing.\n".to_owned() } else { all }
}
