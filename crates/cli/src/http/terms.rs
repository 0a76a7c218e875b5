//! What a customer agreed to and what is changing, and what they can buy: the pages that a customer's
//! own last runs make easier to read.

use super::app::App;
use super::asked::Asked;
use super::problem::Trouble;
use super::reads::{ok, view_of};
use super::routes::Answering;
use probity::answer::to_json;
use probity::engine::{Listed, View};
use probity_core::view::{LastDays, RUNS};
use serde_json::Value;

/// The customer with their last runs awake.
async fn last_runs(app: &App, asked: &Asked) -> Result<Listed, Trouble> {
    let (environment, customer) = (asked.caller.environment, asked.customer()?);
    Ok(app.probity.runs(environment, customer, None, RUNS)?.await?)
}

pub(super) fn page<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let view: View = view_of(app, asked).await?;
        let desk = view.desk()?;
        // Who sees no change coming is told at once: nothing has to be read.
        if !desk.is_changing() {
            return Ok(ok(&to_json(&desk.terms_page(&[], false))));
        }
        let Listed { view, runs, more } = last_runs(app, asked).await?;
        let desk = view.desk()?;
        // Many runs take a while to be priced, and others are not to wait.
        let page = tokio::task::block_in_place(|| desk.terms_page(&runs, more));
        Ok(ok(&to_json(&page)))
    })
}

pub(super) fn prices<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let reader = asked.caller.reader();
        if asked.query().flag("last_30_days") != Some(true) {
            let view = view_of(app, asked).await?;
            return Ok(ok(&to_json(&view.desk()?.prices(reader))));
        }
        let listed = last_runs(app, asked).await?;
        let desk = listed.view.desk()?;
        let lately = desk.last_days(&listed.runs);
        let mut body = to_json(&desk.prices(reader));
        for item in body["items"].as_array_mut().into_iter().flatten() {
            let action = item["action"].as_str().unwrap_or_default();
            let of = lately.get(action).copied().unwrap_or(LastDays::default());
            let of: Value = to_json(&of);
            item["last_30_days"] = of;
        }
        Ok(ok(&body))
    })
}
