//! `probity leave`: everything that belongs to customers, in files that anything can read.

use crate::adopt::Sum;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::reach::{Ask, Reach, Said, Where};
use crate::render;
use crate::render::style::{BOLD, DIM};
use crate::terminal::Steps;
use probity_core::Amount;
use probity_core::phrase::count;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::PathBuf;

/// Move out: every balance and every grant as CSV, every entry as JSON lines
///
/// Reads only. Each customer's lines, grants and entries are of one moment, and say which (`as_of_seq`);
/// while a service goes on charging, customers who are read later are of a later one.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where balances go, a line for each customer
    #[arg(long, value_name = "FILE", default_value = "balances.csv")]
    balances: PathBuf,

    /// Where grants go, a line for each
    #[arg(long, value_name = "FILE", default_value = "grants.csv")]
    grants: PathBuf,

    /// Where all entries go, one JSON object a line; otherwise they are left out
    #[arg(long, value_name = "FILE")]
    entries: Option<PathBuf>,

    /// Write over files that are there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    books: Where,
}

/// What is written aside until all of it is there.
struct Aside(BufWriter<File>);

impl Aside {
    fn new() -> Result<Self, Failure> {
        tempfile::tempfile().map(|file| Self(BufWriter::new(file))).map_err(|e| no_room(&e))
    }

    fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.0, "{text}").map_err(|error| no_room(&error))
    }

    fn into(self, output: &Output<'_>) -> Result<(), Failure> {
        let mut file = self.0.into_inner().map_err(|error| no_room(error.error()))?;
        file.rewind().map_err(|error| no_room(&error))?;
        output.write(|out| io::copy(&mut file, out).map(drop))
    }
}

fn no_room(error: &io::Error) -> Failure {
    let what = format!("nothing can be written aside: {error}");
    Failure::new(Exit::CANNOT_WRITE, "cannot_write", what, "make room where temporary files go")
}

/// What is on its way out.
struct Leaving {
    balances: Aside,
    grants: Aside,
    entries: Option<Aside>,
    customers: u64,
    granted: u64,
    written: u64,
    available: Sum,
    held: Sum,
    owed: Sum,
    in_grants: Sum,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let output = |flag, path| Output { flag, path, force: args.force };
    let (balances, grants) = (output("balances", &args.balances), output("grants", &args.grants));
    let entries = args.entries.as_deref().map(|path| output("entries", path));
    let all: Vec<Output<'_>> =
        [Some(balances), Some(grants), entries].into_iter().flatten().collect();
    output::refuse(&all, &[])?;
    let mut leaving = Leaving {
        balances: Aside::new()?,
        grants: Aside::new()?,
        entries: entries.map(|_| Aside::new()).transpose()?,
        customers: 0,
        granted: 0,
        written: 0,
        available: Sum::default(),
        held: Sum::default(),
        owed: Sum::default(),
        in_grants: Sum::default(),
    };
    let reach = args.books.reach()?;
    let read = leaving.read(&reach);
    reach.close();
    read?;
    let (text, told) = (leaving.told(args), leaving.data(args));
    leaving.balances.into(&balances)?;
    leaving.grants.into(&grants)?;
    if let Some((aside, output)) = leaving.entries.zip(entries) {
        aside.into(&output)?;
    }
    Ok(Answer::new(if json { render::json(&told) } else { text }))
}

impl Leaving {
    fn read(&mut self, reach: &Reach) -> Result<(), Failure> {
        self.balances.line("customer,name,plan,available,held,balance,owed,as_of_seq")?;
        self.grants.line("customer,grant,kind,amount,available,held,effective,expires,paid")?;
        let steps = Steps::new(0, "Reading customers");
        let mut cursor = String::new();
        loop {
            let page = reach.read(&format!("/v1/customers?limit=100&cursor={cursor}"))?;
            let cards = page.body["items"].as_array().cloned().unwrap_or_default();
            self.some(&cards, reach)?;
            steps.say(&format!("{} customers", self.customers));
            page.text("/next_cursor").clone_into(&mut cursor);
            if cursor.is_empty() {
                return Ok(());
            }
        }
    }

    fn some(&mut self, cards: &[Value], reach: &Reach) -> Result<(), Failure> {
        let id = |card: &Value| card["customer"].as_str().unwrap_or_default().to_owned();
        let asks = cards.iter().map(|card| Ask::read(format!("/v1/customers/{}/wallet", id(card))));
        let wallets = reach.all(asks.collect())?;
        let mut until = Vec::new();
        for (card, wallet) in cards.iter().zip(wallets) {
            let wallet = wallet.or_failure()?;
            let seq = wallet.body["as_of_seq"].as_u64().unwrap_or_default();
            self.customer(card, &wallet, seq)?;
            until.push((id(card), 0, seq));
        }
        if self.entries.is_some() { self.journal(until, reach) } else { Ok(()) }
    }

    fn customer(&mut self, card: &Value, wallet: &Said, seq: u64) -> Result<(), Failure> {
        let text = |of: &Value, key: &str| render::cell(of[key].as_str().unwrap_or_default());
        let amount = |of: &Value, key: &str| {
            Amount::parse(of[key].as_str().unwrap_or("0")).unwrap_or_default()
        };
        let (whose, has) = (text(card, "customer"), &wallet.body);
        let [available, held, balance, owed] =
            ["available", "held", "balance", "owed"].map(|key| amount(has, key));
        let (name, plan) = (text(card, "name"), text(card, "plan"));
        self.balances
            .line(&format!("{whose},{name},{plan},{available},{held},{balance},{owed},{seq}"))?;
        let mut in_grants = Sum::default();
        for grant in has["grants"].as_array().into_iter().flatten() {
            let cells = ["grant", "kind", "amount", "available", "held", "effective", "expires"];
            let cells = cells.map(|key| text(grant, key)).join(",");
            let paid = match &grant["paid"] {
                Value::Null => String::new(),
                Value::String(paid) => render::cell(paid),
                paid => render::cell(&format!(
                    "{} {}",
                    paid["amount"].as_str().unwrap_or_default(),
                    paid["currency"].as_str().unwrap_or_default()
                )),
            };
            self.grants.line(&format!("{whose},{cells},{paid}"))?;
            in_grants.add(amount(grant, "available"));
            self.granted += 1;
        }
        if in_grants.minus(Sum::from(owed)) != Sum::from(available) {
            let what = format!("the grants of {whose} do not add up to what can be used");
            let fix = "check the books: probity verify";
            return Err(Failure::new(Exit::ERRORS, "unaccounted", what, fix));
        }
        self.in_grants = self.in_grants.plus(in_grants);
        self.available.add(available);
        self.held.add(held);
        self.owed.add(owed);
        self.customers += 1;
        Ok(())
    }

    /// All entries of some customers, up to what their balances are of.
    fn journal(&mut self, mut of: Vec<(String, u64, u64)>, reach: &Reach) -> Result<(), Failure> {
        while !of.is_empty() {
            let path = |(id, after, _): &(String, u64, u64)| {
                Ask::read(format!("/v1/customers/{id}/entries?limit=1000&after={after}"))
            };
            let pages = reach.all(of.iter().map(path).collect())?;
            let mut more = Vec::new();
            for ((id, _, until), page) in of.into_iter().zip(pages) {
                let page = page.or_failure()?;
                for entry in page.body["items"].as_array().into_iter().flatten() {
                    if entry["seq"].as_u64().is_some_and(|seq| seq <= until)
                        && let Some(entries) = &mut self.entries
                    {
                        let line = json!({ "customer": id, "entry": entry });
                        entries.line(&line.to_string())?;
                        self.written += 1;
                    }
                }
                match page.text("/next_cursor").parse::<u64>() {
                    Ok(after) if after < until => more.push((id, after, until)),
                    _ => {}
                }
            }
            of = more;
        }
        Ok(())
    }

    fn data(&self, args: &Args) -> Value {
        json!({
            "from": args.books.place(), "customers": self.customers, "grants": self.granted,
            "available": self.available, "held": self.held, "owed": self.owed,
            "entries": self.entries.as_ref().map(|_| self.written), "left_out": LEFT_OUT,
            "files": {
                "balances": args.balances, "grants": args.grants, "entries": args.entries,
            },
        })
    }

    fn told(&self, args: &Args) -> String {
        let shown = crate::load::shown;
        let mut out = format!(
            "{BOLD}{}{BOLD:#} of {} with {}, in {} and {}.\n\n",
            count(self.customers, "customer"),
            render::plain(&args.books.place()),
            count(self.granted, "grant"),
            shown(&args.balances),
            shown(&args.grants),
        );
        let sums = [
            (self.in_grants, "in grants"),
            (Sum::default().minus(self.owed), "owed"),
            (self.available, "that can be used"),
            (self.held, "set aside for work under way"),
        ];
        for (sum, what) in sums {
            out.push_str(&format!("  {:>14}  {what}\n", format!("{sum:#}")));
        }
        match &args.entries {
            Some(path) => {
                let entries = match self.written {
                    1 => "1 entry".to_owned(),
                    n => format!("{n} entries"),
                };
                out.push_str(&format!("\n{entries} in {}.\n", shown(path)));
            }
            None => out.push_str("\nNo entries: --entries FILE writes them, too.\n"),
        }
        let wrapped = textwrap::fill(&format!("Not in it: {}.", LEFT_OUT.join("; ")), 78);
        out.push_str(&format!("{DIM}{wrapped}{DIM:#}\n"));
        out
    }
}

/// What stays behind.
const LEFT_OUT: [&str; 5] = [
    "the contract and its operations, which are your own files",
    "allowances used and caps (probity wallet CUSTOMER --json)",
    "receipts in words (probity runs CUSTOMER --json); their facts are in the entries",
    "customers' own AI keys, which are never given out",
    "keys of the service",
];
