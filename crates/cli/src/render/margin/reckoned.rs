//! What a contract's own costs say: a table for each plan, and the pairs behind harsh rules.

use super::{OTHER_CURRENCY, bar, dollars};
use crate::render::replay::table::Table;
use crate::render::style::{BOLD, DIM, WARNING};
use crate::terminal;
use jiff::civil::Date;
use probity_core::contract::{Contract, Operations};
use probity_core::margin::{ActionMargin, CreditSource, CreditValue, Earning, Margins};
use probity_core::{Cost, Currency, Name, phrase};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

const NONE: &str = "–";

/// For a terminal.
pub(crate) fn terminal(
    contract: &Contract,
    operations: &Operations,
    margins: &Margins,
    today: Date,
) -> String {
    let mut out = format!("{BOLD}{}@{}{BOLD:#}", contract.name, contract.version);
    match &margins.credit {
        Some(credit) => {
            let value = credit.per_credit().map(|value| value.to_string()).unwrap_or_default();
            let _ = writeln!(out, ": a credit is worth {value} at the least, {}", from(credit));
        }
        None => out.push_str(": nothing says what a credit is worth\n"),
    }
    if contract.currency != Currency::USD {
        out.push_str(OTHER_CURRENCY);
    }
    out.push_str(&age(operations, today));
    for plan in contract.plans.iter() {
        out.push_str(&plan_table(contract, operations, margins, &plan.id));
    }
    out.push_str(&pairs(margins));
    out.push_str(&unknown(margins));
    out
}

fn from(credit: &CreditValue) -> String {
    match &credit.from {
        CreditSource::Pack(credits) => format!("in the pack of {}", phrase::credits(*credits)),
        CreditSource::Plan(plan) => format!("in the plan {plan}"),
        CreditSource::ListPrice => "by its list price".to_owned(),
    }
}

fn age(operations: &Operations, today: Date) -> String {
    let costs = operations.costs.as_ref();
    match costs.and_then(|costs| costs.as_of) {
        Some(day) => {
            let days = today.since(day).map(|span| span.get_days()).unwrap_or(0);
            let days = u64::try_from(days).unwrap_or(0);
            format!("{DIM}Costs as of {day}, {} ago.{DIM:#}\n", phrase::count(days, "day"))
        }
        None if costs.is_some() => format!("{DIM}Costs without a day: set costs.as_of.{DIM:#}\n"),
        None => String::new(),
    }
}

fn plan_table(
    contract: &Contract,
    operations: &Operations,
    margins: &Margins,
    plan: &Name,
) -> String {
    let mut table = Table::new(&[
        (plan, 9),
        ("price", 7),
        ("typical", 6),
        ("worst", 5),
        ("left", 8),
        ("left at worst", 4),
    ]);
    let rows: Vec<&ActionMargin> = margins.actions.iter().filter(|row| row.plan == *plan).collect();
    for row in &rows {
        let name = match row.is_beyond_allowance {
            true => format!("{} beyond its allowance", row.action),
            false => row.action.to_string(),
        };
        let price = match () {
            () if row.price.on_your_key && row.price.is_free() => "on your key".to_owned(),
            () if row.price.is_free() => "free".to_owned(),
            () => phrase::price(contract, row.price.usual.credits),
        };
        table.row(vec![
            name,
            price,
            cost(row.cost.typical),
            cost(row.cost.worst),
            left(row.typical),
            left(row.worst),
        ]);
    }
    let mut out = format!("\n{}", table.lines(terminal::width()));
    let keep = operations.costs.as_ref().and_then(|costs| costs.keep_typical);
    for row in &rows {
        let Some(earning) = row.typical else { continue };
        let below = earning.margin.zip(keep).is_some_and(|(margin, keep)| margin.is_below(keep));
        let flag = if below {
            format!("  {WARNING}below {}{WARNING:#}", percent(keep))
        } else {
            String::new()
        };
        let bar = bar(earning.income, earning.cost, below);
        let _ = writeln!(out, "  {bar} {}{flag}", row.action);
    }
    if let Some(worst) = margins.plans.iter().find(|m| m.plan == *plan).and_then(|m| m.worst) {
        let _ = writeln!(
            out,
            "  {DIM}All used up at worst it costs us {} and brings {}.{DIM:#}",
            dollars(worst.cost),
            dollars(worst.income)
        );
    }
    out
}

fn percent(share: Option<probity_core::contract::Percent>) -> String {
    share.map(|share| share.to_string()).unwrap_or_default()
}

fn cost(cost: Option<Cost>) -> String {
    cost.map_or_else(|| "unknown".to_owned(), dollars)
}

fn left(earning: Option<Earning>) -> String {
    let margin = earning.and_then(|earning| earning.margin);
    margin.map_or_else(|| NONE.to_owned(), |margin| margin.to_string())
}

fn pairs(margins: &Margins) -> String {
    let mut out = String::new();
    for pair in &margins.pairs {
        let said = match (pair.empty, pair.harsh_price_softly, pair.soft) {
            (Some(empty), Some(softly), Some(soft)) => format!(
                "{empty} find nothing. If those were free, {} would bring {softly} on average, and \
                 {} would earn what it earns now.",
                phrase::credits(pair.harsh),
                phrase::credits(soft),
            ),
            _ => "how often nothing is found is not known: set costs.actions.*.empty.".to_owned(),
        };
        let said = format!("{} is charged even if nothing is found: {said}", pair.action);
        let width = terminal::width().saturating_sub(2);
        let _ = writeln!(out, "\n{}", textwrap::fill(&said, width));
    }
    out
}

fn unknown(margins: &Margins) -> String {
    let rows = margins.actions.iter().flat_map(|row| row.cost.unknown.iter());
    let said: BTreeSet<String> = rows.map(ToString::to_string).collect();
    let mut out = String::new();
    for what in said {
        let _ = writeln!(out, "{WARNING}unknown{WARNING:#} {what}");
    }
    out
}

/// For machines.
pub(crate) fn json(contract: &Contract, operations: &Operations, margins: &Margins) -> Value {
    let costs = operations.costs.as_ref();
    let earning = |earning: Option<Earning>| {
        earning.map(|earning| {
            json!({
                "income": earning.income, "cost": earning.cost, "profit": earning.profit,
                "margin": earning.margin.map(|margin| margin.to_string()),
            })
        })
    };
    let actions = margins.actions.iter().map(|row| {
        json!({
            "plan": row.plan,
            "action": row.action,
            "beyond_allowance": row.is_beyond_allowance,
            "price": row.price.usual.credits,
            "on_your_key": row.price.on_your_key,
            "typical_cost": row.cost.typical,
            "worst_cost": row.cost.worst,
            "own_key_cost": row.cost.own_key,
            "typical": earning(row.typical),
            "worst": earning(row.worst),
            "unknown": row.cost.unknown.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let plans = margins.plans.iter().map(|plan| {
        json!({
            "plan": plan.plan,
            "worst": earning(plan.worst),
            "costliest": plan.costliest,
            "unknown": plan.unknown.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let pairs = margins.pairs.iter().map(|pair| {
        json!({
            "action": pair.action,
            "empty": pair.empty.map(|empty| empty.to_string()),
            "harsh": pair.harsh,
            "harsh_price_softly": pair.harsh_price_softly,
            "soft": pair.soft,
        })
    });
    json!({
        "contract": format!("{}@{}", contract.name, contract.version),
        "credit": margins.credit.as_ref().and_then(CreditValue::per_credit).map(|c| c.to_string()),
        "as_of": costs.and_then(|costs| costs.as_of).map(|day| day.to_string()),
        "keep_margin": costs.and_then(|costs| costs.keep_typical).map(|keep| keep.to_string()),
        "actions": actions.collect::<Vec<_>>(),
        "plans": plans.collect::<Vec<_>>(),
        "pairs": pairs.collect::<Vec<_>>(),
    })
}
