//! Lists and reports over everybody, read beside the writer: nobody who starts a run waits for them.

use super::app::App;
use super::asked::Asked;
use super::problem::Trouble;
use super::reads::{CURSOR, limit, ok};
use super::routes::Answering;
use super::shape::Invalid;
use super::standing_troubles;
use probity::answer::to_json;
use probity::engine::Whose;
use probity::exceptions::{self, Cursor, Wanted};
use probity::store::{Reader, StoreError};
use probity_core::Name;
use serde_json::json;
use std::time::Duration;

/// How far reports reach where nothing is said.
pub(super) const USUALLY: Duration = Duration::from_secs(30 * 24 * 3600);

/// Reads where it may take its time.
pub(super) async fn beside<T: Send + 'static>(
    app: &App,
    with: impl FnOnce(&mut dyn Reader) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Trouble> {
    let probity = app.probity.clone();
    let read = tokio::task::spawn_blocking(move || probity.read(with)).await;
    read.map_err(|_| Trouble::stopped())?.map_err(|_| Trouble::unread())
}

pub(super) fn exceptions<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let (query, limit) = (asked.query(), limit(asked, 100, 1000)?);
        let from = match query.text("cursor") {
            Some(text) => Cursor::parse(text).ok_or_else(|| Invalid::new("cursor", CURSOR))?,
            None => Cursor::NEWEST,
        };
        let (catalog, now) = app.probity.catalog(environment)?.await?;
        let since = query.time("since");
        let usually = i64::try_from(USUALLY.as_micros()).unwrap_or(i64::MAX);
        let since = since.unwrap_or_else(|| now.plus_micros(-usually));
        let kind = query.string("kind");
        // What is so now stands at the head of the first page.
        let mut items = match query.has("cursor") {
            false => standing_troubles::all(app, environment, kind.as_deref()).await?,
            true => Vec::new(),
        };
        let wanted = Wanted { environment, since, kind, from, limit };
        let page = move |reader: &mut dyn Reader| exceptions::page(reader, &catalog, now, &wanted);
        let page = beside(app, page).await?;
        let next = page.next.map(|next| next.to_string());
        items.extend(page.items.iter().map(to_json));
        Ok(ok(&json!({ "items": items, "next_cursor": next })))
    })
}

pub(super) fn customers<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let limit = limit(asked, 20, 100)?;
        let after = asked.query().string("cursor").unwrap_or_default();
        let ids = move |reader: &mut dyn Reader| {
            exceptions::customers(reader, environment, &after, limit)
        };
        let (ids, more): (Vec<Name>, bool) = beside(app, ids).await?;
        // All are asked for before the first is waited for.
        let views: Result<Vec<_>, _> = ids
            .iter()
            .map(|id| app.probity.view(environment, Whose::Customer(id.clone())))
            .collect();
        let mut items = Vec::new();
        for view in views? {
            let view = view.await?;
            let desk = view.desk()?;
            let mut card = to_json(&desk.card());
            card["wallet"] = to_json(&desk.wallet_line());
            card["as_of_seq"] = view.customer.seq.into();
            items.push(card);
        }
        let next = ids.last().filter(|_| more);
        Ok(ok(&json!({ "items": items, "next_cursor": next })))
    })
}
