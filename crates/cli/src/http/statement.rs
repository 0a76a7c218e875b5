//! Statements: what happened to a customer's credits, as pages of JSON or as one sheet in CSV.
//!
//! A sheet is written while it is read, so that it is never in memory as a whole; where it cannot be
//! read to its end it is cut off, and no part of it passes for the whole.

use super::app::App;
use super::asked::Asked;
use super::reads::{CURSOR, as_of, limit, ok};
use super::routes::{Answering, Later};
use super::shape::Invalid;
use axum::body::{Body, HttpBody};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use bytes::Bytes;
use hyper::body::Frame;
use probity::answer::to_json;
use probity::engine::Refused;
use probity::statement::{self, Page, Place, Wanted};
use probity::{Environment, Probity};
use probity_core::Name;
use probity_core::view::statement::{Only, StatementItem};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Which items are asked for.
fn wanted(asked: &Asked) -> Wanted {
    let query = asked.query();
    let only = query.text("only");
    Wanted {
        only: Only::ALL.into_iter().find(|group| Some(group.word()) == only),
        action: query.name("action"),
        from: query.time("from"),
        until: query.time("until"),
    }
}

pub(super) fn page<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let from = asked.query().text("cursor").map(|cursor| {
            let wrong = || Invalid::new("cursor", CURSOR);
            Place::parse(cursor).ok_or_else(wrong)
        });
        let (from, limit) = (from.transpose()?, limit(asked, 20, 100)?);
        let page = statement::Asked { wanted: wanted(asked), from, limit, passed: None };
        let (environment, customer) = (asked.caller.environment, asked.customer()?);
        let read = app.probity.statement(environment, customer, page)?.await?;
        let items: Vec<Value> = read.items.iter().map(to_json).collect();
        let next = read.next.map(|next| next.to_string());
        Ok(ok(&as_of(json!({ "items": items, "next_cursor": next }), &read.view)))
    })
}

/// How many lines are read at once.
const LINES: usize = 500;

pub(super) fn sheet<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Response<Body>> {
    Box::pin(async move {
        for field in ["cursor", "limit"] {
            if asked.query().has(field) {
                let whole = "a sheet is whole: leave it out, or take `from` and `until`";
                return Err(Invalid::new(field, whole).into());
            }
        }
        let mut sheet = Sheet {
            probity: app.probity.clone(),
            environment: asked.caller.environment,
            customer: asked.customer()?,
            wanted: wanted(asked),
            from: None,
            passed: Some(BTreeSet::new()),
            reading: None,
            ready: None,
            is_read: false,
        };
        // Who is not known, and a store that is away, are told as everywhere.
        let first = sheet.ask()?.await?;
        let mut text = heading();
        sheet.take(first, &mut text);
        sheet.ready = Some(text.into());
        let mut response = Response::new(Body::new(sheet));
        let headers = response.headers_mut();
        let csv = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        headers.insert(CONTENT_TYPE, csv);
        let file = HeaderValue::from_static("attachment; filename=\"statement.csv\"");
        headers.insert(CONTENT_DISPOSITION, file);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    })
}

type Reading = Pin<Box<dyn Future<Output = Result<Page, Refused>> + Send>>;

/// A sheet on its way out.
struct Sheet {
    probity: Probity,
    environment: Environment,
    customer: Name,
    wanted: Wanted,
    from: Option<Place>,
    passed: Option<BTreeSet<probity_core::RunId>>,
    reading: Option<Reading>,
    ready: Option<Bytes>,
    is_read: bool,
}

impl Sheet {
    /// Asks for the next lines.
    fn ask(&mut self) -> Result<Reading, Refused> {
        let asked = statement::Asked {
            wanted: self.wanted.clone(),
            from: self.from,
            limit: LINES,
            passed: self.passed.take(),
        };
        let customer = self.customer.clone();
        let pending = self.probity.statement(self.environment, customer, asked)?;
        Ok(Box::pin(pending))
    }

    fn take(&mut self, page: Page, text: &mut String) {
        for item in &page.items {
            line(item, text);
        }
        self.from = page.next;
        self.passed = page.passed;
        self.is_read = page.next.is_none();
    }
}

impl HttpBody for Sheet {
    type Data = Bytes;
    type Error = Refused;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Refused>>> {
        loop {
            if let Some(ready) = self.ready.take() {
                return Poll::Ready(Some(Ok(Frame::data(ready))));
            }
            if self.is_read {
                return Poll::Ready(None);
            }
            let mut reading = match self.reading.take() {
                Some(reading) => reading,
                None => match self.ask() {
                    Ok(reading) => reading,
                    Err(refused) => return self.cut_off(refused),
                },
            };
            let Poll::Ready(read) = reading.as_mut().poll(cx) else {
                self.reading = Some(reading);
                return Poll::Pending;
            };
            let page = match read {
                Ok(page) => page,
                Err(refused) => return self.cut_off(refused),
            };
            let mut text = String::new();
            self.take(page, &mut text);
            self.ready = (!text.is_empty()).then(|| text.into());
        }
    }
}

impl Sheet {
    fn cut_off(
        mut self: Pin<&mut Self>,
        refused: Refused,
    ) -> Poll<Option<Result<Frame<Bytes>, Refused>>> {
        self.is_read = true;
        Poll::Ready(Some(Err(refused)))
    }
}

/// The columns, in their order: the fields of an item.
const COLUMNS: [&str; 20] = [
    "item",
    "at",
    "kind",
    "amount",
    "money",
    "action",
    "action_name",
    "artifact",
    "member",
    "run",
    "grant",
    "outcome",
    "rule",
    "drawn",
    "why",
    "words",
    "reason",
    "usable_until",
    "contract",
    "seq",
];

fn heading() -> String {
    format!("{}\r\n", COLUMNS.join(","))
}

/// An item as a line of the sheet (RFC 4180).
fn line(item: &StatementItem, out: &mut String) {
    let fields = to_json(item);
    for (i, column) in COLUMNS.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let text = match &fields[column] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Array(drawn) => drawn.iter().map(part).collect::<Vec<_>>().join("; "),
            _ => String::new(),
        };
        // A number is a number, below nothing too.
        let is_number = matches!(column, "amount" | "money");
        cell(&text, is_number, out);
    }
    out.push_str("\r\n");
}

/// `6 of plan`.
fn part(drawn: &Value) -> String {
    let text = |key: &str| drawn[key].as_str().unwrap_or_default();
    format!("{} of {}", text("amount"), text("kind"))
}

/// A cell. What a spreadsheet would take for a formula begins with an apostrophe, and is text.
fn cell(text: &str, is_number: bool, out: &mut String) {
    let formula = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let begins = text.starts_with(formula) || text.trim_start().starts_with(formula);
    let guard = if begins && !is_number { "'" } else { "" };
    if !text.contains([',', '"', '\r', '\n']) {
        out.push_str(guard);
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_a_number_stays_one() {
        for (text, is_number, written) in [
            ("plain", false, "plain"),
            ("=1+1", false, "'=1+1"),
            (" @SUM(A1)", false, "' @SUM(A1)"),
            ("-2,\"x\"", false, "\"'-2,\"\"x\"\"\""),
            ("-6", true, "-6"),
            ("-$0.60", true, "-$0.60"),
            ("two\nlines", false, "\"two\nlines\""),
            ("＝1", false, "'＝1"),
        ] {
            let mut out = String::new();
            cell(text, is_number, &mut out);
            assert_eq!(out, written);
        }
    }
}
