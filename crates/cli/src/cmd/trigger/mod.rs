//! `probity trigger`: an event of a type, by really doing in the sandbox what it tells of; else a sample
//! of it, which stands in no books.

mod done;
mod sample;
mod steps;

use super::listen::Forward;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::reach::Where;
use crate::render;
use probity_cli::webhooks::Secret;
use probity_core::event::EventKind;
use serde_json::{Value, json};
use steps::Way;

/// Have an event happen in the sandbox, to see it arrive; or send a sample of it
///
/// A customer `trigger-…` is opened there, and does what the event tells of. So what arrives is what will
/// arrive. What cannot be done at once is shown as a sample: shaped like the event, marked with
/// `"sample": true`, written in no books.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The type, such as run.settled
    #[arg(value_name = "TYPE")]
    kind: String,

    /// A customer of the sandbox to whom it happens, instead of a new one
    #[arg(long, value_name = "ID", conflicts_with = "sample")]
    customer: Option<String>,

    /// Move the sandbox clock where it takes time: for everybody who is there
    #[arg(long, conflicts_with = "sample")]
    move_clock: bool,

    /// Nothing happens: a sample is shown
    #[arg(long)]
    sample: bool,

    /// Send the sample there, signed as webhooks are
    #[arg(long, value_name = "URL", conflicts_with_all = ["customer", "move_clock"])]
    send_to: Option<String>,

    /// The secret it is signed with, `whsec_…`; better as WEBHOOK_SECRET; otherwise one that is shown
    #[arg(long, value_name = "SECRET", requires = "send_to")]
    secret: Option<String>,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let kind = EventKind::of(&args.kind).ok_or_else(|| {
        let all: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        let what = format!("`{}` is no type of event", render::plain(&args.kind));
        Failure::new(Exit::USAGE, "no_type", what, format!("take one of {}", all.join(", ")))
    })?;
    match steps::way(kind) {
        Way::Sample if !args.is_bare() => Err(not_at_once(kind)),
        Way::Sample => shown(kind, args, json),
        _ if args.sample || args.send_to.is_some() => shown(kind, args, json),
        Way::Clock(_) if !args.move_clock => {
            let what = format!("{} happens with time", kind.word());
            let fix = format!(
                "add --move-clock, which moves the sandbox clock for everybody there; or see a sample: \
                 probity trigger {} --sample",
                kind.word()
            );
            Err(Failure::new(Exit::ERRORS, "not_at_once", what, fix))
        }
        Way::Clock(steps) | Way::AtOnce(steps) => happens(kind, args, steps, json),
    }
}

impl Args {
    /// Nothing is asked for that only what happens can have.
    const fn is_bare(&self) -> bool {
        self.customer.is_none() && !self.move_clock
    }
}

fn not_at_once(kind: EventKind) -> Failure {
    let what = format!("{} cannot be brought about by one customer at once", kind.word());
    let fix = format!("see a sample: probity trigger {} --sample", kind.word());
    Failure::new(Exit::ERRORS, "not_at_once", what, fix)
}

fn happens(
    kind: EventKind,
    args: &Args,
    steps: Vec<steps::Step>,
    json: bool,
) -> Result<Answer, Failure> {
    let reach = args.books.in_sandbox()?.reach()?;
    let done = done::done(&reach, kind, args.customer.as_deref(), steps);
    reach.close();
    let customer = done?;
    if json {
        let told = json!({ "type": kind.word(), "customer": customer });
        return Ok(Answer::new(render::json(&told)));
    }
    Ok(Answer::new(format!("{} happened to {customer}, in the sandbox.\n", kind.word())))
}

/// A sample, on the terminal as `probity listen --json` shows events; and to a receiver.
fn shown(kind: EventKind, args: &Args, json: bool) -> Result<Answer, Failure> {
    let said = || std::env::var("WEBHOOK_SECRET").ok().filter(|secret| !secret.is_empty());
    let secret = args.secret.clone().or_else(said);
    let secret = secret.as_deref().map(read).transpose()?;
    let reach = args.books.in_sandbox()?.reach()?;
    let sample = sample::of(&reach, kind);
    reach.close();
    let sample = sample?;
    let text = sample.to_string();
    let Some(url) = &args.send_to else {
        let answer = Answer::new(text + "\n");
        let note = "A sample: nothing happened. --send-to URL sends it, signed.";
        return Ok(if json { answer } else { answer.with_note(note) });
    };
    let is_shown = secret.is_none();
    let forward = Forward::to(url, secret)?;
    let id = sample["id"].as_str().unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        let fix = "report this with what led to it";
        Failure::new(Exit::INTERNAL, "internal", error.to_string(), fix)
    })?;
    let answered = runtime.block_on(forward.sends(id, &text)).map_err(|why| {
        let fix = "look at the receiver; it is to answer with 2xx";
        Failure::new(Exit::ERRORS, "not_delivered", format!("{url} did not take it: {why}"), fix)
    })?;
    let signed = forward.secret();
    if json {
        let mut told = json!({ "event": sample, "answered": answered });
        if is_shown {
            told["secret"] = Value::from(signed);
        }
        return Ok(Answer::new(render::json(&told)));
    }
    let with = if is_shown { format!(", signed with {signed}") } else { String::new() };
    let said = format!("A sample of {} was sent to {url}{with}: {answered}\n", kind.word());
    Ok(Answer::new(said))
}

fn read(text: &str) -> Result<Secret, Failure> {
    Secret::read(text).ok_or_else(|| {
        let what = "the secret that was given is none of an endpoint";
        let fix = "it looks like whsec_… and was shown when the endpoint was made";
        Failure::new(Exit::USAGE, "no_secret", what, fix)
    })
}
