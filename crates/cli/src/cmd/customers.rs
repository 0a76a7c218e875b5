//! `probity customers`: who there is, and who one of them is.

use crate::answer::{Answer, Failure};
use crate::database;
use crate::exit::Exit;
use crate::reach::{Reach, Said, Where};
use crate::render;
use crate::render::books::{credits_line, day, field};
use crate::render::style::BOLD;
use probity::store::sqlite::customers;
use serde_json::{Value, json};
use std::fmt::Write;

/// List customers, or show one
///
/// Where a service has the database open and is not asked itself, only their ids are listed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One of them, by id
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// Begin after this id
    #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
    after: String,

    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    match &args.id {
        Some(id) => one(args, id, json),
        None => list(args, json),
    }
}

/// The path of a customer, or of something of theirs.
pub(super) fn path(id: &str, of: &str) -> Result<String, Failure> {
    if probity_core::id::is_caller_id(id) {
        return Ok(format!("/v1/customers/{id}{of}"));
    }
    let what = format!("no customer can have the id `{id}`");
    let fix = "ids have 1 to 128 letters, digits and . _ : @ -";
    Err(Failure::new(Exit::USAGE, "no_id", what, fix))
}

fn one(args: &Args, id: &str, json: bool) -> Result<Answer, Failure> {
    let path = path(id, "")?;
    let reach = args.books.reach()?;
    let card = reach.read(&path);
    let wallet = reach.read(&format!("{path}/wallet"));
    reach.close();
    let (card, wallet) = (card?, wallet?);
    let next = format!("probity wallet {id}");
    if json {
        let mut both = card.body;
        both["wallet"] = wallet.body;
        return Ok(Answer::new(render::json(&both)).with_next(&next));
    }
    Ok(Answer::new(told(&card, &wallet)).with_next(&next))
}

fn told(card: &Said, wallet: &Said) -> String {
    let mut out = String::new();
    let name = card.text("/name");
    let name = if name.is_empty() { String::new() } else { format!(" · {name}") };
    let _ = writeln!(out, "{BOLD}{}{}{BOLD:#}", card.text("/customer"), render::plain(&name));
    let next = match card.text("/next_plan") {
        "" => String::new(),
        next => format!(", then {next} from {}", day(card.text("/changes_on"))),
    };
    out.push_str(&field("plan", &format!("{}{next}", card.text("/plan"))));
    let (from, until) = (day(card.text("/period/from")), day(card.text("/period/until")));
    out.push_str(&field("period", &format!("{from} to {until}")));
    out.push_str(&field("contract", card.text("/contract")));
    out.push_str(&field("credits", &credits_line(&wallet.body)));
    let paused = card.text("/paused");
    if !paused.is_empty() {
        out.push_str(&field("paused", &render::plain(paused)));
    }
    out
}

fn list(args: &Args, json: bool) -> Result<Answer, Failure> {
    let (cards, more) = match args.books.reach() {
        Ok(reach) => {
            let found = pages(&reach, &args.after, args.limit as usize);
            reach.close();
            found?
        }
        Err(failure) if failure.code == "database_in_use" => return beside(args, json, &failure),
        Err(failure) => return Err(failure),
    };
    let ids: Vec<String> =
        cards.iter().map(|card| card["customer"].as_str().unwrap_or_default().to_owned()).collect();
    Ok(suggested(args, Answer::new(listed(&ids, Some(&cards), json)), &ids, more))
}

/// The largest page that the API gives.
const PAGE: usize = 100;

fn pages(reach: &Reach, after: &str, limit: usize) -> Result<(Vec<Value>, bool), Failure> {
    let (mut cards, mut cursor): (Vec<Value>, _) = (Vec::new(), after.to_owned());
    loop {
        let page = (limit - cards.len()).min(PAGE);
        let said = reach.read(&format!("/v1/customers?limit={page}&cursor={cursor}"))?;
        cards.extend(said.body["items"].as_array().cloned().unwrap_or_default());
        let next = said.text("/next_cursor");
        if next.is_empty() || cards.len() >= limit {
            return Ok((cards, !next.is_empty()));
        }
        next.clone_into(&mut cursor);
    }
}

/// Beside a service that has the database open: only who there is.
fn beside(args: &Args, json: bool, in_use: &Failure) -> Result<Answer, Failure> {
    let file = args.books.file();
    let ids = customers(&file, args.books.environment(), &args.after, args.limit);
    let ids = ids.map_err(|error| database::failure(&file, &error))?;
    let more = ids.len() as u64 == u64::from(args.limit);
    let answer = Answer::new(listed(&ids, None, json));
    let note =
        format!("Only ids, because a service has the database open. To see more, {}.", in_use.fix);
    let answer = answer.with_note(&note);
    Ok(match (ids.is_empty(), ids.last().filter(|_| more)) {
        (true, _) => answer.with_note(&format!("Nobody is known in {}.", args.books.place())),
        (_, Some(last)) => answer.with_next(&format!("probity customers --after {last}")),
        _ => answer,
    })
}

fn suggested(args: &Args, answer: Answer, ids: &[String], more: bool) -> Answer {
    match (ids.first(), ids.last()) {
        (_, Some(last)) if more => answer.with_next(&format!("probity customers --after {last}")),
        (Some(first), _) => answer.with_next(&format!("probity customers {first}")),
        (None, _) => answer.with_note(&format!("Nobody is known in {}.", args.books.place())),
    }
}

fn listed(ids: &[String], cards: Option<&[Value]>, json: bool) -> String {
    if json {
        let items = match cards {
            Some(cards) => cards.to_vec(),
            None => ids.iter().map(|id| json!({ "customer": id })).collect(),
        };
        return render::json(&json!({ "items": items }));
    }
    let mut out = String::new();
    let width = ids.iter().map(String::len).max().unwrap_or_default();
    for (n, id) in ids.iter().enumerate() {
        let card = cards.and_then(|cards| cards.get(n));
        let rest = card.map(|card| {
            let plan = card["plan"].as_str().unwrap_or_default();
            format!("  {plan:<12}  {}", credits_line(&card["wallet"]))
        });
        let line = format!("{id:<width$}{}", rest.unwrap_or_default());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
