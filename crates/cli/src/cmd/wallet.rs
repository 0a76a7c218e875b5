//! `probity wallet`: a customer's credits, allowances and caps.

use super::customers::path;
use crate::answer::{Answer, Failure};
use crate::reach::{Said, Where};
use crate::render;
use crate::render::books::{credits, credits_line, day, field};
use crate::render::style::BOLD;
use std::fmt::Write;

/// Show a customer's wallet: credits with their grants, allowances, caps
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Whose
    #[arg(value_name = "CUSTOMER")]
    customer: String,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let path = path(&args.customer, "/wallet")?;
    let reach = args.books.reach()?;
    let wallet = reach.read(&path);
    reach.close();
    let wallet = wallet?;
    let text = if json { render::json(&wallet.body) } else { told(&wallet) };
    let next = format!("probity runs {}", args.customer);
    Ok(Answer::new(text).with_next(&next))
}

fn told(wallet: &Said) -> String {
    let mut out = String::new();
    let money = match wallet.text("/money") {
        "" => String::new(),
        money if wallet.text("/held") == "0" => format!(" ({money})"),
        money => format!(" ({money} together)"),
    };
    let line = credits_line(&wallet.body);
    let _ = writeln!(out, "{BOLD}{}{BOLD:#} · {line}{money}", wallet.text("/customer"));
    for grant in wallet.body["grants"].as_array().into_iter().flatten() {
        let text = |key: &str| grant[key].as_str().unwrap_or_default();
        let expires = match text("expires") {
            "" => "for ever".to_owned(),
            expires => format!("until {}", day(expires)),
        };
        let line = format!("{} of {}, {expires}", text("available"), credits(text("amount")));
        out.push_str(&field(text("kind"), &line));
    }
    for (action, left) in wallet.body["allowances"].as_object().into_iter().flatten() {
        let per = left["per"].as_str().unwrap_or("period");
        let (used, units) = (&left["used"], &left["units"]);
        out.push_str(&field("allowance", &format!("{action}: {used} of {units} a {per} used")));
    }
    if let Some(month) = wallet.body["caps"]["month"].as_str() {
        let used = wallet.text("/caps/used");
        out.push_str(&field("cap", &format!("{used} of {} a month used", credits(month))));
    }
    let enough = wallet.body["enough_for"].as_object().into_iter().flatten();
    let enough: Vec<String> =
        enough.filter(|(_, n)| n.as_u64() != Some(0)).map(|(a, n)| format!("{n} {a}")).collect();
    if !enough.is_empty() {
        out.push_str(&field("enough for", &enough.join(" or ")));
    }
    out
}
