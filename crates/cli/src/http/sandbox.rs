//! The sandbox clock: it is read, or moved forward.

use super::app::App;
use super::asked::Asked;
use super::order::Wrote;
use super::problem::Trouble;
use super::reads::ok;
use super::routes::Later;
use super::shape::Invalid;
use probity::Environment;
use probity_core::time::TimeUnit;
use probity_core::{Length, Time};
use serde_json::json;

/// The furthest that the sandbox clock is moved at once: everything due on the way is applied.
const FURTHEST: Length = Length::new(10, TimeUnit::Year);

pub(super) fn clock<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        if asked.caller.environment == Environment::Live {
            return Err(Trouble::live_clock());
        }
        let body = asked.body()?;
        let (catalog, now) = app.probity.catalog(Environment::Sandbox)?.await?;
        let zone = catalog.in_force(now).map(|version| version.contract.zone.clone());
        let zone = zone.unwrap_or(probity_core::Zone::UTC);
        let by = body.length("by");
        if by.is_some_and(|by| by.roughly_seconds() == 0) {
            return Err(Invalid::new("by", "more than nothing").into());
        }
        let (to, field) = match (body.time("to"), by) {
            (Some(_), Some(_)) => return Err(Invalid::new("by", "`to` or `by`, not both").into()),
            (Some(to), None) => (Some(to), "to"),
            (None, Some(by)) => (Some(by.after(now, &zone)), "by"),
            (None, None) => (None, "to"),
        };
        if to.is_some_and(|to| to > FURTHEST.after(now, &zone)) {
            return Err(Invalid::new(field, format!("at most {FURTHEST} further at once")).into());
        }
        let tell = |now: &Time| ok(&json!({ "now": now }));
        let pending = app.probity.move_clock_told(to, asked.key.clone(), Box::new(tell));
        app.told(asked, pending).await
    })
}
