//! `GET /v1/reports/margin`: what runs cost and brought, read beside the writer stretch by stretch.
//! Whoever goes away before the end stops it.

use super::app::App;
use super::asked::Asked;
use super::problem::Trouble;
use super::reads::{limit, ok};
use super::reports::{USUALLY, beside};
use super::routes::Answering;
use super::shape::Invalid;
use probity::margin::{Walk, Wanted};
use probity_core::contract::{Operations, Percent};
use probity_core::margin::observed::{Above, Gratis, Left, Observed, Report, Spent, Tail};
use probity_core::margin::{CreditValue, HarshPair, Margin};
use probity_core::{Amount, Cost};
use serde_json::{Map, Value, json};

pub(super) fn margin<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let (query, most) = (asked.query(), limit(asked, 10, 100)?);
        let (catalog, now) = app.probity.catalog(environment)?.await?;
        let usually = i64::try_from(USUALLY.as_micros()).unwrap_or(i64::MAX);
        let until = query.time("until").unwrap_or_else(|| now.plus_micros(1));
        let since = query.time("since").unwrap_or_else(|| until.plus_micros(-usually));
        if since >= until {
            return Err(Invalid::new("until", "after `since`: the window is empty").into());
        }
        let version = catalog.in_force(now).ok_or_else(|| Trouble::not_found("contract"))?;
        let contract = version.contract.clone();
        let wanted = Wanted {
            environment,
            since,
            until,
            action: query.string("action"),
            plan: query.string("plan"),
        };
        let mut walk = Walk::default();
        loop {
            let (catalog, wanted, mut so_far) = (catalog.clone(), wanted.clone(), walk);
            let (is_done, so_far) = beside(app, move |reader| {
                let is_done = so_far.go_on(reader, &catalog, &wanted)?;
                Ok((is_done, so_far))
            })
            .await?;
            walk = so_far;
            if is_done {
                break;
            }
        }
        let none = Operations::none(&contract.name);
        let operations = version.operations.last().map_or(&none, |latest| latest);
        let report = Report::of(&walk.tally, &contract, operations, most);
        let mut answer = told(&report, operations);
        answer["contract"] = format!("{}@{}", contract.name, contract.version).into();
        answer["since"] = json!(since);
        answer["until"] = json!(until);
        answer["looked_at"] = walk.looked_at.into();
        Ok(ok(&answer))
    })
}

/// The report as JSON; money is US dollars.
fn told(report: &Report, operations: &Operations) -> Value {
    let costs = operations.costs.as_ref();
    let hash = costs.map(|costs| costs.prices.hash.as_str()).filter(|hash| !hash.is_empty());
    let unknown = report.unknown_models.iter().map(|(model, attempts)| {
        let model = Some(model).filter(|model| !model.is_empty());
        json!({ "model": model, "attempts": attempts })
    });
    json!({
        "operations": {
            "revision": operations.revision,
            "as_of": costs.and_then(|costs| costs.as_of).map(|day| day.to_string()),
            "prices": hash,
        },
        "credit": report.credit.as_ref().and_then(CreditValue::per_credit).map(|c| c.to_string()),
        "keep_margin": report.keep.map(|keep| keep.to_string()),
        "totals": report.totals.iter().map(|line| row(line, report.keep)).collect::<Vec<_>>(),
        "rows": report.rows.iter().map(|line| row(line, report.keep)).collect::<Vec<_>>(),
        "customers": report.tail.iter().map(tail).collect::<Vec<_>>(),
        "customers_whole": !report.let_go,
        "unknown_models": unknown.collect::<Vec<_>>(),
    })
}

fn row(line: &Observed, keep: Option<Percent>) -> Value {
    let cell = &line.cell;
    let mut row = json!({
        "action": line.action,
        "plan": line.plan,
        "books": line.books,
        "runs": cell.runs,
        "ended": cell.ended,
        "delivered": cell.delivered,
        "partial": cell.partial,
        "empty": cell.empty,
        "failed": cell.failed,
        "units": millionths(cell.units),
        "charged": credits(cell.earned.charged),
        "refunded": credits(cell.earned.refunded),
        "given": credits(cell.earned.given()),
        "unclear": credits(cell.earned.unclear),
        "told": cell.told,
        "retried": cell.retried,
        "fallbacks": cell.fallbacks,
        "own_key": spent(&cell.own_key),
        "free": free(&cell.gratis_in_all()),
        "free_by": cell.gratis_by_cost().iter().map(|(cause, gratis)| {
            let mut line = free(gratis);
            line["cause"] = cause.word().into();
            line
        }).collect::<Vec<_>>(),
        "unit_cost": line.unit_cost.map(dollars),
        "typical": line.expected.typical.map(dollars),
        "worst": line.expected.worst.map(dollars),
        "above": match line.above() {
            Above::Nothing => Value::Null,
            Above::Typical => "typical".into(),
            Above::Worst => "worst".into(),
        },
        "expected_margin": line.expected.margin.map(|margin| margin.to_string()),
        "worst_margin": line.expected.worst_margin.map(|margin| margin.to_string()),
        "below": line.left.margin.zip(keep).is_some_and(|(margin, keep)| margin.is_below(keep)),
        "empty_rate": cell.empty_rate().map(|rate| rate.to_string()),
        "pair": line.pair.as_ref().map(pair),
        "whole": line.is_whole(),
    });
    let more = [spent(&cell.ours), left(&line.left)];
    extend(&mut row, more);
    row
}

fn tail(line: &Tail) -> Value {
    let earned = line.account.earned;
    let mut row = json!({
        "customer": line.customer,
        "books": line.books,
        "ended": line.account.runs,
        "charged": credits(earned.charged),
        "refunded": credits(earned.refunded),
        "given": credits(earned.given()),
        "unclear": credits(earned.unclear),
    });
    extend(&mut row, [spent(&line.account.ours), left(&line.left)]);
    row
}

fn extend<const N: usize>(row: &mut Value, more: [Value; N]) {
    if let Value::Object(row) = row {
        row.extend(
            more.into_iter()
                .filter_map(|more| match more {
                    Value::Object(fields) => Some(fields),
                    _ => None,
                })
                .flat_map(Map::into_iter),
        );
    }
}

fn spent(spent: &Spent) -> Value {
    let cost = spent.known().map(dollars);
    let Spent { attempts, unknown, silent, .. } = *spent;
    json!({ "cost": cost, "attempts": attempts, "unknown": unknown, "silent": silent })
}

fn free(gratis: &Gratis) -> Value {
    let mut free = spent(&gratis.spent);
    free["runs"] = gratis.runs.into();
    free
}

fn left(left: &Left) -> Value {
    json!({
        "revenue": left.revenue.map(dollars),
        "profit": left.profit.map(dollars),
        "margin": left.margin.map(|margin: Margin| margin.to_string()),
    })
}

fn pair(pair: &HarshPair) -> Value {
    json!({
        "harsh": pair.harsh,
        "empty": pair.empty.map(|empty| empty.to_string()),
        "harsh_price_softly": pair.harsh_price_softly,
        "soft": pair.soft,
    })
}

fn dollars(cost: Cost) -> String {
    cost.to_string()
}

/// Credits of everybody together; null where they are beyond what can be written.
fn credits(millionths: u128) -> Option<Amount> {
    Amount::from_millionths(i64::try_from(millionths).ok()?)
}

/// Units, as a decimal.
fn millionths(n: u128) -> String {
    let text = format!("{}.{:06}", n / 1_000_000, n % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
