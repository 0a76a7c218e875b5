//! The shadow report and the runs it is made of, read beside the writer, page by page: between two
//! pages others read.

use super::app::App;
use super::asked::Asked;
use super::problem::Trouble;
use super::reads::{CURSOR, limit, ok};
use super::reports::beside;
use super::routes::Answering;
use super::shape::Invalid;
use probity::answer::to_json;
use probity::engine::Whose;
use probity::rollout::{self, ROOM, Walk};
use probity::store::Reader;
use probity_core::rollout::{Example, Shadow, Watch};
use probity_core::terms::{Catalog, Version};
use probity_core::{Name, Operations, Time};
use serde_json::json;
use std::sync::Arc;

/// How many days are watched where nothing is said, and the gate does not ask for more.
const DAYS: u32 = 14;
const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

/// The version in force, with its operations.
fn in_force(catalog: &Catalog, now: Time) -> Result<(&Version, &Arc<Operations>), Trouble> {
    let version = catalog.in_force(now).ok_or_else(|| Trouble::not_found("contract"))?;
    let operations = version.operations.last().ok_or_else(|| Trouble::not_found("contract"))?;
    Ok((version, operations))
}

/// What is asked for, by the query.
fn watch(asked: &Asked, catalog: &Catalog, now: Time) -> Result<Watch, Trouble> {
    let query = asked.query();
    let (_, operations) = in_force(catalog, now)?;
    let gate = operations.rollout.enforce_when;
    let days = gate.and_then(|gate| gate.days).unwrap_or(DAYS).max(DAYS);
    let usually = || now.plus_micros(-DAY_MICROS.saturating_mul(days.into()));
    let (until, action, plan) = (query.time("until"), query.name("action"), query.name("plan"));
    let since = query.time("since").unwrap_or_else(usually);
    if until.is_some_and(|until| until <= since) {
        return Err(Invalid::new("until", format!("is not after `since`, {since}")).into());
    }
    let known = |has: fn(&Version, &Name) -> bool, name: &Option<Name>| {
        let versions = catalog.versions();
        name.as_ref().is_none_or(|name| versions.iter().any(|version| has(version, name)))
    };
    if !known(|version, name| version.contract.actions.get(name).is_some(), &action) {
        return Err(Invalid::new("action", "is no action of the contract").into());
    }
    if !known(|version, name| version.contract.plans.get(name).is_some(), &plan) {
        return Err(Invalid::new("plan", "is no plan of the contract").into());
    }
    Ok(Watch { since, until, action, plan })
}

pub(super) fn report<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let (catalog, now) = app.probity.catalog(environment)?.await?;
        let watch = watch(asked, &catalog, now)?;
        let (version, operations) = in_force(&catalog, now)?;
        let zone = version.contract.zone.clone();
        let mut walk = Walk::new(environment, watch.clone(), zone, ROOM);
        loop {
            let catalog = Arc::clone(&catalog);
            let step = move |reader: &mut dyn Reader| {
                let more = walk.step(reader, &catalog)?;
                Ok((walk, more))
            };
            let (walked, more) = beside(app, step).await?;
            walk = walked;
            if !more {
                break;
            }
        }
        let (tally, bills) = walk.finish();
        let terms = (&*version.contract, &**operations);
        let mut report = Shadow::of(&watch, &tally, bills, terms, now);
        for example in report.examples().filter(|example| example.words.is_none()) {
            example.words = told(app, asked, example).await;
        }
        Ok(ok(&to_json(&report)))
    })
}

/// What a customer would have read of a run, if it had been enforced.
async fn told(app: &App, asked: &Asked, example: &Example) -> Option<String> {
    let whose = Whose::Run(example.run, Some(example.customer.clone()));
    let view = app.probity.view(asked.caller.environment, whose).ok()?.await.ok()?;
    view.desk().ok()?.words_as_enforced(example.run)
}

pub(super) fn words<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let run = asked.run()?;
        let view = app.probity.view(asked.caller.environment, asked.of_run(run))?.await?;
        Ok(ok(&json!({ "run": run, "words": view.desk()?.words_as_enforced(run) })))
    })
}

pub(super) fn runs<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let limit = limit(asked, 100, 1000)?;
        let from = asked.query().text("cursor").map(str::parse::<u64>).transpose();
        let from = from.map_err(|_| Invalid::new("cursor", CURSOR))?.unwrap_or(u64::MAX);
        let (catalog, now) = app.probity.catalog(environment)?.await?;
        let watch = watch(asked, &catalog, now)?;
        let page = move |reader: &mut dyn Reader| {
            rollout::endings(reader, &catalog, environment, &watch, (from, limit))
        };
        let (items, next) = beside(app, page).await?;
        let next = next.map(|next| next.to_string());
        Ok(ok(&json!({ "items": items, "next_cursor": next })))
    })
}
