//! Reads: what is answered from a customer's state, worked out outside the writer.

use super::app::App;
use super::asked::Asked;
use super::problem::Trouble;
use super::random;
use super::read::Read;
use super::routes::Answering;
use super::shape::Invalid;
use super::writes;
use probity::answer::{Reply, to_json};
use probity::engine::{View, Whose};
use probity::store::Replied;
use probity_core::command::RunRequest;
use probity_core::decide::Refusal;
use probity_core::{Name, RunId, Time};
use serde_json::{Value, json};

/// An answer to a read.
pub(super) fn ok(body: &Value) -> Reply {
    Reply { status: 200, body: body.to_string() }
}

async fn view(app: &App, asked: &Asked, whose: Whose) -> Result<View, Trouble> {
    Ok(app.probity.view(asked.caller.environment, whose)?.await?)
}

pub(super) async fn view_of(app: &App, asked: &Asked) -> Result<View, Trouble> {
    view(app, asked, Whose::Customer(asked.customer()?)).await
}

pub(super) fn as_of(mut body: Value, view: &View) -> Value {
    body["as_of_seq"] = view.customer.seq.into();
    body
}

pub(super) fn customer<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let view = view_of(app, asked).await?;
        Ok(ok(&as_of(to_json(&view.desk()?.card_to(asked.caller.reader())), &view)))
    })
}

pub(super) fn wallet<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let view = view_of(app, asked).await?;
        Ok(ok(&to_json(&view.desk()?.wallet())))
    })
}

pub(super) fn run<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let run = asked.run()?;
        let (view, questions) = questions_about(app, asked, run).await?;
        let receipt = view.desk()?.receipt(run, asked.caller.reader());
        let receipt = receipt.ok_or_else(|| Trouble::not_found("run"))?;
        let mut body = to_json(&receipt);
        body["questions"] = questions.iter().map(question).collect();
        Ok(ok(&as_of(body, &view)))
    })
}

/// Whoever has a run, as far as the caller may see it, and the questions about it.
pub(super) async fn questions_about(
    app: &App,
    asked: &Asked,
    run: RunId,
) -> Result<(View, Vec<Replied>), Trouble> {
    let customer = asked.caller.bound.as_ref().map(|bound| bound.customer.clone());
    Ok(app.probity.questions_about(asked.caller.environment, run, customer)?.await?)
}

fn question(asked: &Replied) -> Value {
    let Replied { question, replies } = asked;
    let said = replies.iter().map(|reply| json!({ "at": reply.at, "text": reply.text }));
    json!({
        "question": question.id, "at": question.at, "text": question.text,
        "answers": said.collect::<Vec<_>>(),
    })
}

/// What a cursor is.
pub(super) const CURSOR: &str = "is the `next_cursor` of a page before";

pub(super) fn runs<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let before = asked.query().text("cursor").map(|cursor| {
            let wrong = || Invalid::new("cursor", CURSOR);
            RunId::parse(cursor).ok_or_else(wrong)
        });
        let (before, limit) = (before.transpose()?, limit(asked, 20, 100)?);
        let (environment, customer) = (asked.caller.environment, asked.customer()?);
        let listed = app.probity.runs(environment, customer, before, limit)?.await?;
        let desk = listed.view.desk()?;
        let reader = asked.caller.reader();
        let receipts = listed.runs.iter().filter_map(|run| desk.receipt(*run, reader));
        let items: Vec<Value> = receipts.map(|receipt| to_json(&receipt)).collect();
        let next = listed.runs.last().filter(|_| listed.more);
        Ok(ok(&as_of(json!({ "items": items, "next_cursor": next }), &listed.view)))
    })
}

pub(super) fn entries<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let (environment, customer) = (asked.caller.environment, asked.customer()?);
        let after = asked.query().count("after").unwrap_or(0);
        let limit = limit(asked, 100, 1000)?;
        // Read first: nothing listed is newer than what `as_of_seq` says.
        let view = view(app, asked, Whose::Customer(customer.clone())).await?;
        let found = app.probity.entries(environment, customer, after, limit + 1)?.await?;
        let more = found.len() > limit;
        let seq = found.last().map_or(0, |entry| entry.seq).max(view.customer.seq);
        let page: Vec<_> = found.into_iter().take(limit).collect();
        let next = page.last().filter(|_| more).map(|entry| entry.seq.to_string());
        let items: Vec<Value> = page.iter().map(entry).collect();
        Ok(ok(&json!({ "items": items, "next_cursor": next, "as_of_seq": seq })))
    })
}

fn entry(written: &probity::store::Written) -> Value {
    let mut entry: Value = serde_json::from_str(&written.body).unwrap_or_default();
    entry["hash"] = probity_core::journal::hex(&written.hash).into();
    entry
}

pub(super) fn limit(asked: &Asked, usual: usize, most: usize) -> Result<usize, Trouble> {
    let limit = asked.query().count("limit").map_or(Ok(usual), usize::try_from);
    match limit {
        Ok(limit) if (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Invalid::new("limit", format!("from 1 to {most}")).into()),
    }
}

pub(super) fn check<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let body = asked.body()?;
        let reader = asked.caller.reader();
        if !body.has("items") {
            let customer = asked.customer_in(body)?;
            let request = writes::run_request(app, asked, body)?;
            let view = view(app, asked, Whose::Customer(customer)).await?;
            return Ok(ok(&to_json(&view.desk()?.check(&request, reader)?)));
        }
        let (customer, requests) = items(app, asked, body)?;
        let view = view(app, asked, Whose::Customer(customer)).await?;
        let desk = view.desk()?;
        // Each item is judged after those before it: many take a while, and others are not to wait.
        let checks = tokio::task::block_in_place(|| desk.check_items(&requests, reader))?;
        Ok(ok(&as_of(to_json(&checks), &view)))
    })
}

/// The runs of one customer that are asked about together.
fn items(app: &App, asked: &Asked, body: Read<'_>) -> Result<(Name, Vec<RunRequest>), Trouble> {
    let other = body.0.keys().find(|key| !matches!(key.as_str(), "items" | "customer"));
    if let Some(other) = other {
        return Err(Invalid::new(other.as_str(), "stands in each of `items`").into());
    }
    let mut customer = match body.has("customer") {
        true => Some(asked.customer_in(body)?),
        false => None,
    };
    let mut requests = Vec::new();
    for (i, item) in body.objects("items").enumerate() {
        let whose = match (&customer, item.has("customer")) {
            (Some(customer), false) => customer.clone(),
            _ => asked.customer_in(item)?,
        };
        if customer.get_or_insert_with(|| whose.clone()) != &whose {
            let field = format!("items[{i}].customer");
            return Err(Invalid::new(field, "the same in all items: one wallet is judged").into());
        }
        requests.push(writes::run_request(app, asked, item)?);
    }
    let customer = customer.ok_or_else(|| Invalid::new("items", "at least one"))?;
    Ok((customer, requests))
}

pub(super) fn quote<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let body = asked.body()?;
        let customer = asked.customer_in(body)?;
        let request = writes::run_request(app, asked, body)?;
        let view = view(app, asked, Whose::Customer(customer.clone())).await?;
        let desk = view.desk()?;
        let id = random::id("qt_", view.now).map_err(|_| Trouble::stopped())?;
        let key = app.quote_key(asked.caller.environment);
        match desk.quote(&request, asked.caller.reader(), &id, key) {
            Ok(card) => {
                let body = as_of(to_json(&card), &view).to_string();
                Ok(Reply { status: 201, body })
            }
            Err(Refusal::Denied(denial)) => Err(Trouble::card(&desk.denial(&denial, &request))),
            Err(Refusal::Problem(problem)) => Err(problem.into()),
        }
    })
}

/// Keys are remembered at least as long, in microseconds: 7 days.
const KEYS_LAST: i64 = 7 * 24 * 3600 * 1_000_000;

pub(super) fn idempotency<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let customer = asked.caller.customer(asked.query().text("customer").unwrap_or_default())?;
        let environment = asked.caller.environment;
        let found = app.probity.look_up(environment, customer, asked.id(0).to_owned())?.await?;
        let Some(reply) = found else {
            // Asked after the key was, so that nothing since then can have been forgotten.
            let (_, now) = app.probity.catalog(environment)?.await?;
            return Ok(not_applied(now.plus_micros(-KEYS_LAST)));
        };
        let body = app.sign(environment, reply.body);
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        Ok(ok(&json!({ "state": "applied", "status": reply.status, "body": body })))
    })
}

/// Nothing was applied under a key, as far back as keys are remembered: no more is known, no more said.
fn not_applied(since: Time) -> Reply {
    let detail = format!(
        "Nothing was applied under this key since {since}: keys are remembered for 7 days. If it was \
         first sent before that, look for what it was about in the customer's runs, wallet or entries \
         before it is sent again."
    );
    ok(&json!({ "state": "not_applied", "since": since, "detail": detail }))
}
