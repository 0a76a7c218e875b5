//! Publishing: the files are read and linted here, compared and published by the engine.

use super::app::App;
use super::asked::Asked;
use super::order::Wrote;
use super::problem::Trouble;
use super::routes::Later;
use super::shape::Invalid;
use probity::answer::{Reply, to_json};
use probity::engine::Published;
use probity::scenario::Files;
use probity::store::Publication;
use probity_core::Contract;
use probity_core::contract::file::{self, Sources};
use probity_core::diagnostic::{Diagnostic, FileKind, Severity, line_column};
use probity_core::diff::diff;
use probity_core::lint::lint;
use probity_core::terms::Catalog;
use probity_core::{Operations, Time, Zone};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) fn publish<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        let publication = publication(asked)?;
        let environment = publication.environment;
        let dry_run = asked.query().flag("dry_run").unwrap_or(false);
        let before = app.probity.publications(environment)?.await?;
        let (catalog, now) = app.probity.catalog(environment)?.await?;
        let expected = asked.body()?.small("expected_operations");
        let nothing_new = nothing_new(&before, &publication, &catalog, now);
        let last = last_revision(&catalog);
        if let Some(reply) = nothing_new.filter(|_| expected.is_none_or(|n| n == last)) {
            let pending = app.probity.tell(environment, reply, asked.key.clone());
            return app.told(asked, pending).await;
        }
        let files = together(&before, &publication);
        // Reading takes a while: not where others are answered.
        let read = tokio::task::spawn_blocking(move || findings(&files, now)).await;
        let (lint, contract) = read.map_err(|_| Trouble::stopped())??;
        let whole = publication.contract.is_some();
        let shown = lint.clone();
        let tell = move |published: &Published| {
            let body = told(published, whole, lint);
            Reply { status: if dry_run { 200 } else { 201 }, body: body.to_string() }
        };
        let key = asked.key.clone();
        let pending = app.probity.publish_told(publication, expected, dry_run, key, Box::new(tell));
        let last = catalog.versions().last().map(|version| Arc::clone(&version.contract));
        app.told(asked, pending).await.map_err(|trouble| match (last, contract) {
            (Some(last), Some(contract)) => owed(trouble, &last, &contract, shown),
            _ => trouble,
        })
    })
}

fn publication(asked: &Asked) -> Result<Publication, Trouble> {
    let body = asked.body()?;
    let (contract, operations) = (body.string("contract"), body.string("operations"));
    let (prices, reason) = (body.string("prices"), body.string("reason"));
    if contract.is_none() && operations.is_none() && prices.is_none() {
        let why = "is missing: say what is to be published, or send `operations`";
        return Err(Invalid::new("contract", why).into());
    }
    Ok(Publication {
        number: 0,
        environment: asked.caller.environment,
        contract,
        operations,
        prices,
        adverse: false,
        reason,
        by: asked.caller.actor.name.clone(),
        at: Time::MIN,
    })
}

/// The revision of operations that was published last; 0: none was.
fn last_revision(catalog: &Catalog) -> u32 {
    let last = catalog.versions().last().and_then(|version| version.operations.last());
    last.map_or(0, |operations| operations.revision)
}

/// What is answered where everything sent is what was published last: then nothing is written.
fn nothing_new(
    before: &[Publication],
    new: &Publication,
    catalog: &Catalog,
    now: Time,
) -> Option<Reply> {
    let is_last = |of: fn(&Publication) -> Option<&String>| {
        of(new).is_none() || before.iter().rev().find_map(of) == of(new)
    };
    let is_same = is_last(|p| p.contract.as_ref())
        && is_last(|p| p.operations.as_ref())
        && is_last(|p| p.prices.as_ref());
    let version = catalog.versions().last().filter(|_| is_same)?;
    let operations = last_revision(catalog);
    let rolled_out = version.operations.last().map(|operations| super::rollout(operations));
    let body = json!({
        "rollout": rolled_out,
        "contract": version.contract.reference(), "operations": operations, "class": "neutral",
        "changes": [], "lint": [], "effective": version.effective.max(now), "notice": "",
        "rollout_was": null, "enforce_when": null, "waits_for": null, "at_once": false,
        "nothing_new": true,
    });
    Some(Reply { status: 200, body: body.to_string() })
}

/// Where notice is owed: what changes, and the notice as it would be from the first day on.
fn owed(trouble: Trouble, last: &Contract, new: &Contract, lint: Value) -> Trouble {
    let day = trouble.body()["earliest_day"].as_str().and_then(|day| day.parse().ok());
    let Some(day) = day else { return trouble };
    let diff = diff(last, new);
    trouble
        .with("class", diff.class().word())
        .with("changes", &diff.changes)
        .with("lint", lint)
        .with("effective", new.zone.start_of(day))
        .with("notice", diff.notice(day))
}

/// The texts that will stand: what is left out is as it was.
fn together(before: &[Publication], new: &Publication) -> Files {
    let text = |of: fn(&Publication) -> Option<&String>| {
        of(new).or_else(|| before.iter().rev().find_map(of)).cloned()
    };
    Files {
        contract: text(|p| p.contract.as_ref()).unwrap_or_default(),
        operations: text(|p| p.operations.as_ref()),
        prices: text(|p| p.prices.as_ref()),
    }
}

/// What is found in the files, and the contract; with an error among it they are refused.
fn findings(files: &Files, now: Time) -> Result<(Value, Option<Contract>), Trouble> {
    let bytes = |text: &Option<String>| text.as_ref().map(|text| text.clone().into_bytes());
    let (operations, prices) = (bytes(&files.operations), bytes(&files.prices));
    let reading = file::read(&Sources {
        contract: files.contract.as_bytes(),
        operations: operations.as_deref(),
        prices: prices.as_deref(),
    });
    let zone = reading.contract.as_ref().map_or(Zone::UTC, |contract| contract.zone.clone());
    let mut found = reading.findings.clone();
    found.extend(lint(&reading, zone.date(now)).findings);
    let listed = Value::Array(found.iter().map(|finding| shown(files, finding)).collect());
    match found.iter().find(|finding| finding.severity == Severity::Error) {
        Some(error) => {
            let detail = format!("{} {} Nothing was applied.", error.message, error.fix);
            Err(Trouble::contract_refused(detail, listed))
        }
        None => Ok((listed, reading.contract)),
    }
}

fn shown(files: &Files, finding: &Diagnostic) -> Value {
    let (file, text) = match finding.place.file {
        FileKind::Contract => ("contract", Some(&files.contract)),
        FileKind::Operations => ("operations", files.operations.as_ref()),
        FileKind::Prices => ("prices", files.prices.as_ref()),
        // A deployment is never published.
        FileKind::Deployment => ("deployment", None),
    };
    let (line, column) = text.map_or((1, 1), |t| line_column(t, finding.place.span.start));
    json!({
        "id": finding.id, "severity": finding.severity, "file": file, "line": line,
        "column": column, "message": finding.message, "why": finding.why, "fix": finding.fix,
    })
}

fn told(published: &Published, whole: bool, lint: Value) -> Value {
    let Published { catalog, operations, now } = published;
    let mut latest = catalog.versions().iter().rev();
    let (version, before) = (latest.next(), latest.next().filter(|_| whole));
    let contract = version.map(|version| version.contract.reference());
    let effective = version.map_or(*now, |version| version.effective.max(*now));
    let compared = version.zip(before).map(|(v, b)| (diff(&b.contract, &v.contract), v));
    let (class, changes, notice) = match compared {
        Some((diff, version)) => {
            let day = version.contract.zone.date(effective);
            (diff.class().word(), to_json(&diff.changes), diff.notice(day))
        }
        None => ("neutral", json!([]), String::new()),
    };
    let rolled_out = version.and_then(|version| version.operations.last());
    let rollout = rolled_out.map(|operations| super::rollout(operations));
    let was = before_that(catalog).map(super::rollout).filter(|was| Some(was) != rollout.as_ref());
    let (waits_for, enforce_when) = (waits_for(published, whole), gate_passed(catalog));
    json!({
        "rollout": rollout, "rollout_was": was, "enforce_when": enforce_when, "waits_for": waits_for,
        "contract": contract, "operations": operations, "class": class, "changes": changes,
        "lint": lint, "effective": effective, "notice": notice,
        "at_once": class == "adverse" && effective <= *now,
        "nothing_new": false,
    })
}

/// The operations that stood before those published last.
fn before_that(catalog: &Catalog) -> Option<&Operations> {
    let mut all = catalog.versions().iter().rev().flat_map(|v| v.operations.iter().rev());
    all.nth(1).map(|operations| &**operations)
}

/// The version announced before, where the one published last would start earlier but for it: no
/// version overtakes the one it is compared with.
fn waits_for(published: &Published, whole: bool) -> Option<String> {
    let mut latest = published.catalog.versions().iter().rev();
    let (version, before) = (latest.next()?, latest.next().filter(|_| whole)?);
    let contract = &version.contract;
    let written = contract.effective.map_or(published.now, |day| contract.zone.start_of(day));
    let waits = before.effective > written.max(published.now);
    waits.then(|| before.contract.reference().to_string())
}

/// What `enforce_when` asks for, where these operations enforce what those before did not.
fn gate_passed(catalog: &Catalog) -> Option<String> {
    let now = catalog.versions().last()?.operations.last()?;
    super::contracts::gate_passed(&before_that(catalog)?.rollout, &now.rollout)
}

/// What was published when a service began, in lines: a version, or only a revision of operations;
/// nothing for the first version.
#[must_use]
pub fn published_in_words(published: &Published, whole: bool) -> Vec<String> {
    let Published { catalog, operations, .. } = published;
    let mut latest = catalog.versions().iter().rev();
    let Some(version) = latest.next() else { return Vec::new() };
    let reference = version.contract.reference();
    let mut lines = match latest.next() {
        _ if !whole => vec![format!("revision {operations} of the operations is published")],
        None => return Vec::new(),
        Some(before) => {
            let diff = diff(&before.contract, &version.contract);
            let changes = diff.changes.iter();
            let changes = changes.map(|c| format!("  {} {}", c.class.word(), c.words));
            let first = format!("{reference} is published: {}", diff.class().word());
            std::iter::once(first).chain(changes).collect()
        }
    };
    if let Some(waits_for) = waits_for(published, whole) {
        let from = version.effective;
        lines.push(format!("  it waits for {waits_for}, announced before it: both from {from}"));
    }
    if let Some(asks) = gate_passed(catalog) {
        lines.push(format!("  it enforces what was not enforced; {asks}"));
    }
    lines
}
