//! Many writes at once: in order, each by itself; a bad one fails alone.

use super::app::App;
use super::asked::Asked;
use super::order::Queued;
use super::problem::Trouble;
use super::routes::{self, Answering, Does};
use super::shape::Invalid;
use super::wire::runs::BATCH_ITEM;
use probity::answer::Reply;
use probity::engine::Key;
use probity_core::journal::canonical;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// One item on its way.
enum Item {
    Queued(Box<Asked>, Queued),
    Done(Result<super::order::Wrote, Trouble>),
}

pub(super) fn batch<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let items = asked.body()?.0.get("items").and_then(Value::as_array);
        let mut under_way = Vec::new();
        // All are queued before the first is waited for, in their order.
        for item in items.into_iter().flatten() {
            under_way.push(match begin(app, asked, item).await {
                Ok(item) => item,
                Err(trouble) => Item::Done(Err(trouble)),
            });
        }
        let mut body = String::from("{\"items\":[");
        for (n, item) in under_way.into_iter().enumerate() {
            if n > 0 {
                body.push(',');
            }
            let answered = match item {
                Item::Queued(of, queued) => app.answer(&of.caller, queued).await,
                Item::Done(answered) => answered,
            };
            body.push_str(&told(answered));
        }
        body.push_str("]}");
        Ok(Reply { status: 200, body })
    })
}

fn told(answered: Result<super::order::Wrote, Trouble>) -> String {
    match answered {
        Ok(wrote) => {
            let (status, body) = (wrote.reply.status, wrote.reply.body);
            let replayed = if wrote.replayed { ",\"replayed\":true" } else { "" };
            format!("{{\"status\":{status},\"body\":{body}{replayed}}}")
        }
        Err(trouble) => json!({ "status": trouble.status, "body": trouble.body() }).to_string(),
    }
}

async fn begin(app: &App, asked: &Asked, item: &Value) -> Result<Item, Trouble> {
    let item = item.as_object().ok_or_else(|| Invalid::new("items", "each is an object"))?;
    BATCH_ITEM.check(item, "")?;
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let path = match text("do") {
        Some("run") => "/v1/runs",
        Some("settle") => "/v1/runs/{id}/settle",
        Some("release") => "/v1/runs/{id}/release",
        Some("extend") => "/v1/runs/{id}/extend",
        _ => "/v1/runs/{id}/refund",
    };
    let route = routes::find("POST", path).ok_or_else(|| Trouble::not_found("action"))?;
    let ids: Vec<String> = text("id").map(str::to_owned).into_iter().collect();
    match (path, ids.is_empty()) {
        ("/v1/runs", false) => return Err(Invalid::new("id", "a new run has none yet").into()),
        ("/v1/runs", true) | (_, false) => {}
        (_, true) => return Err(Invalid::new("id", "is missing: say which run").into()),
    }
    let body = item.get("body").and_then(Value::as_object).cloned().unwrap_or_default();
    let key = text("key").map(|key| super::handle::key(key, "key")).transpose()?;
    let mut of = Asked::new(route, asked.caller.clone(), ids, body);
    of.key = key.map(|key| Key { key, fingerprint: fingerprint(item) });
    // All together wait no longer than one.
    of.since = asked.since;
    let Does::Write(order) = route.does else { return Err(Trouble::not_found("action")) };
    match order(app, &of) {
        Ok(order) => {
            let queued = app.queue(&of, order);
            Ok(Item::Queued(Box::new(of), queued))
        }
        Err(trouble) => Ok(Item::Done(app.wrong(&of, trouble).await)),
    }
}

/// SHA-256 of what is asked, as canonical JSON.
fn fingerprint(item: &Map<String, Value>) -> [u8; 32] {
    let of = |name: &str| item.get(name).cloned().unwrap_or_default();
    let asked = json!({ "do": of("do"), "id": of("id"), "body": of("body") });
    Sha256::digest(canonical(&asked).as_bytes()).into()
}
