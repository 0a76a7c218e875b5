//! `probity fake-upstream`: a scripted AI upstream, for trying a gateway out without a key.

use super::serve::{no_port, stop};
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::render::style::{BOLD, DIM};
use crate::terminal;
use probity_cli::fake_upstream::{self, Fault, Heard, Options};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Pretend to be an AI provider, with faults on demand: a development tool
///
/// Speaks POST /v1/chat/completions, /v1/responses, /v1/messages,
/// /v1beta/models/{model}:generateContent and :streamGenerateContent, streamed or not as a call asks,
/// plain JSON under POST /api/, and GET /v1/models. No key is needed, and nothing is real: the answer
/// is always the same few words. What goes wrong is chosen by the model's name (`fake-stall`) or by a
/// header (`Fake-Fault: stall`). A header `Fake-Header: x-cache: hit` comes back as `x-cache: hit`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8788", value_name = "ADDR")]
    listen: SocketAddr,

    /// List what can go wrong, and end
    #[arg(long)]
    list: bool,

    /// How long a byte takes where an answer is slow, in milliseconds
    #[arg(long, default_value_t = 1000, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..=3_600_000))]
    pace: u64,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    if args.list {
        return Ok(Answer::new(if json { listed_in_json() } else { listed() }));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| fault(&error.to_string()))?;
    runtime.block_on(serve(args))?;
    Ok(Answer::new("").with_note("Stopped."))
}

async fn serve(args: &Args) -> Result<(), Failure> {
    let stop = stop().map_err(|error| fault(&error.to_string()))?;
    let listener = TcpListener::bind(args.listen).await;
    let listener = listener.map_err(|error| no_port(args.listen, &error))?;
    let address = listener.local_addr().unwrap_or(args.listen);
    terminal::note(&format!(
        "{BOLD}A fake upstream, for development only:{BOLD:#} nothing it answers is real.\n\
         Listening on http://{address}; no key is needed.\n\
         {DIM}What can go wrong, and how to ask for it: probity fake-upstream --list{DIM:#}\n"
    ));
    let (told, mut heard) = mpsc::unbounded_channel();
    let pace = Duration::from_millis(args.pace);
    let options = Options { pace, told: Some(told), ..Options::default() };
    let says = async move {
        while let Some(heard) = heard.recv().await {
            terminal::note(&in_words(&heard));
        }
    };
    tokio::join!(fake_upstream::serve(listener, options, stop), says);
    Ok(())
}

fn in_words(heard: &Heard) -> String {
    match heard {
        Heard::Call(asked) => {
            let how = if asked.streamed { "streamed" } else { "whole" };
            let path = crate::render::plain(&asked.path);
            format!("{} {path} ({how}): {}\n", asked.method, asked.fault.name())
        }
        Heard::Ended { whole: true, .. } => String::new(),
        Heard::Ended { path, whole: false } => {
            format!("{} broke off\n", crate::render::plain(path))
        }
    }
}

fn listed() -> String {
    let mut out = format!(
        "Name one as the model, {BOLD}fake-NAME{BOLD:#}, or in a header, {BOLD}Fake-Fault: NAME{BOLD:#}.\n\n"
    );
    for fault in Fault::ALL {
        out.push_str(&format!("  {BOLD}{:<14}{BOLD:#} {}\n", fault.name(), fault.says()));
    }
    out
}

fn listed_in_json() -> String {
    let one = |fault: &Fault| {
        let (name, says) = (fault.name(), fault.says());
        json!({ "name": name, "model": format!("fake-{name}"), "says": says })
    };
    crate::render::json(&json!({ "faults": Fault::ALL.iter().map(one).collect::<Vec<_>>() }))
}

fn fault(what: &str) -> Failure {
    let fix = "report this with what led to it";
    Failure::new(Exit::INTERNAL, "internal", format!("the fake upstream ends: {what}"), fix)
}
