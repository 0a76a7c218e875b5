//! `probity listen`: events as they happen, on the terminal; and on to a receiver that is being written.

mod in_words;
mod stream;

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::reach::{There, Where};
use crate::terminal;
use http_body_util::BodyExt;
use probity_cli::http::random_bytes;
use probity_cli::webhooks::{Letter, Post, Reach, Secret, signature};
use serde_json::Value;
use std::time::Duration;
use stream::{Message, Reader};

/// How long it rests before it asks again where a service has gone.
const REST: Duration = Duration::from_secs(1);

/// Print events as they happen
///
/// One line each: when, what, whose, how much. What comes while the service is away is printed once it is
/// back. Ends when it is told to.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only of this customer
    #[arg(long, value_name = "ID")]
    customer: Option<String>,

    /// Only these types, separated by commas: run.settled,top_up.wanted
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    events: Vec<String>,

    /// Begin after this event, `evt_…`; otherwise with what happens from now on
    #[arg(long, value_name = "ID")]
    after: Option<String>,

    /// Send each on to this address, signed as webhooks are, with a secret that is shown
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,

    /// End after so many
    #[arg(long, value_name = "N")]
    count: Option<u64>,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let there = args.books.reach_there()?;
    let forward = args.forward_to.as_deref().map(|url| Forward::to(url, None)).transpose()?;
    if let Some(forward) = &forward {
        let secret = forward.secret();
        terminal::note(&format!("Sent on to {}, signed with {secret}\n", forward.url));
    }
    there.runs(listen(args, json, &there, forward.as_ref()))?;
    Ok(Answer::new(""))
}

/// Prints what comes, until there were enough.
async fn listen(
    args: &Args,
    json: bool,
    there: &There,
    forward: Option<&Forward>,
) -> Result<(), Failure> {
    let mut last = args.after.clone();
    let mut left = args.count.unwrap_or(u64::MAX);
    let mut is_known = false;
    while left > 0 {
        let opened = there.opens(&path(args, last.as_deref()), "text/event-stream").await;
        let mut body = match opened {
            Ok(body) => body,
            Err(failure) if !is_known || failure.exit != Exit::UNAVAILABLE => return Err(failure),
            Err(_) => {
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        if !std::mem::replace(&mut is_known, true) {
            terminal::note("Listening; Ctrl-C ends it.\n");
        }
        let mut reader = Reader::default();
        // However it breaks off, it is asked for again.
        while let Some(Ok(frame)) = body.frame().await {
            let Ok(data) = frame.into_data() else { continue };
            for message in reader.takes(&data) {
                if left == 0 {
                    return Ok(());
                }
                show(&message, json, forward).await?;
                left -= 1;
                last = Some(message.id);
            }
            if left == 0 {
                return Ok(());
            }
            if last.is_none() && !reader.last().is_empty() {
                // What comes while the service is away is asked for from where the stream was opened.
                last = Some(reader.last().to_owned());
            }
        }
        tokio::time::sleep(REST).await;
    }
    Ok(())
}

fn path(args: &Args, after: Option<&str>) -> String {
    let types = Some(args.events.join(",")).filter(|types| !types.is_empty());
    let said =
        [("customer", args.customer.as_deref()), ("types", types.as_deref()), ("after", after)];
    let said = said.into_iter().filter_map(|(name, value)| {
        let value =
            percent_encoding::utf8_percent_encode(value?, percent_encoding::NON_ALPHANUMERIC);
        Some(format!("{name}={value}"))
    });
    let query: Vec<String> = said.collect();
    format!("/v1/events?{}", query.join("&"))
}

async fn show(message: &Message, json: bool, forward: Option<&Forward>) -> Result<(), Failure> {
    let event: Value = serde_json::from_str(&message.data).unwrap_or_default();
    let mut line = if json { message.data.clone() } else { in_words::line(&event) };
    if let Some(forward) = forward {
        let answered = forward.sends(&message.id, &message.data).await;
        let answered = answered.map_or_else(|why| why, |status| status.to_string());
        match json {
            // What is printed stays what was told.
            true => terminal::note(&format!("{}: {answered}\n", message.id)),
            false => line.push_str(&format!("  → {answered}")),
        }
    }
    terminal::say(&(line + "\n")).map_err(|error| {
        let what = format!("the event could not be shown: {error}");
        Failure::new(Exit::CANNOT_WRITE, "not_shown", what, "look at where it is written to")
    })
}

/// Where events are sent on to.
pub(crate) struct Forward {
    url: String,
    secret: Secret,
    post: Post,
}

impl Forward {
    /// To this address, signed with this secret; otherwise with one of its own.
    pub(crate) fn to(url: &str, secret: Option<Secret>) -> Result<Self, Failure> {
        let made = || {
            random_bytes().map(Secret::new).map_err(|error| {
                let fix = "report this with what led to it";
                Failure::new(Exit::INTERNAL, "internal", error.to_string(), fix)
            })
        };
        let secret = secret.map_or_else(made, Ok)?;
        // It is the own machine, and the own wish.
        Ok(Self { url: url.to_owned(), secret, post: Post::new(Reach::Private) })
    }

    /// The secret, as whoever verifies is given it.
    pub(crate) fn secret(&self) -> String {
        self.secret.text()
    }

    /// Sends one; says the status, or why there is none that is good.
    pub(crate) async fn sends(&self, id: &str, body: &str) -> Result<u16, String> {
        let now = crate::clock::now();
        let timestamp = now.micros().div_euclid(1_000_000);
        let signature = signature(std::slice::from_ref(&self.secret), id, timestamp, body);
        let (id, body) = (id.to_owned(), body.to_owned());
        self.post.forward(&self.url, Letter { id, timestamp, signature, body }, now).await
    }
}
