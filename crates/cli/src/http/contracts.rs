//! Contracts: which is in force, which were published, what of a folder is new.

use super::app::{App, Caller};
use super::asked::Asked;
use super::problem::Trouble;
use super::reads::{CURSOR, limit, ok};
use super::routes::Answering;
use super::shape::Invalid;
use probity::Environment;
use probity::answer::{Reply, to_json};
use probity::engine::{Refused, Whose};
use probity::scenario::Files;
use probity::store::Publication;
use probity_core::contract::{Contract, EnforceWhen, Expiry, Links, Mode, Percent, Rollout};
use probity_core::decide::Problem;
use probity_core::explain::Explanation;
use probity_core::journal::sha256_hex;
use probity_core::phrase::{self, count};
use probity_core::rollout::Modes;
use probity_core::terms::Catalog;
use probity_core::time::Per;
use probity_core::view::Reader;
use probity_core::{Name, Operations, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The contract in force, in plain words, for anybody; with a customer token the version that they live
/// under, which is another where that one waits for their next period.
///
/// Its mode is told to secret keys; to others only from announce on: of what is in shadow nothing is
/// shown.
pub(super) async fn in_force(app: &App, caller: Option<&Caller>) -> Result<Reply, Trouble> {
    let environment = caller.map_or(Environment::Live, |caller| caller.environment);
    let (catalog, now) = app.probity.catalog(environment)?.await?;
    let own = match caller.and_then(|caller| caller.bound.as_ref()) {
        Some(bound) => own_version(app, environment, &bound.customer).await?,
        None => None,
    };
    let version = own.map_or_else(|| catalog.in_force(now), |own| catalog.version(own));
    let version = version.ok_or_else(|| Trouble::not_found("contract"))?;
    let mut body = to_json(&Explanation::of(&version.contract, &|_| true));
    body["name"] = version.contract.name.as_str().into();
    body["version"] = version.contract.version.into();
    body["currency"] = version.contract.currency.code().into();
    body["effective"] = shown(version.effective);
    body["terms"] = terms(&version.contract);
    let Links { top_up, plans, own_key, contact } = &version.contract.links;
    body["links"] =
        json!({ "top_up": top_up, "plans": plans, "own_key": own_key, "contact": contact });
    let is_ours = caller.is_some_and(|caller| caller.reader() == Reader::Product);
    if let Some(operations) = version.operations.last() {
        let mode = operations.rollout.default;
        let is_told = is_ours || mode != Mode::Shadow;
        body["mode"] = is_told.then(|| mode.word()).into();
        body["rollout"] = is_ours.then(|| rollout(operations)).into();
    }
    Ok(ok(&body))
}

/// The version that a customer lives under; None: there is no such customer yet.
async fn own_version(
    app: &App,
    environment: Environment,
    customer: &Name,
) -> Result<Option<u32>, Trouble> {
    match app.probity.view(environment, Whose::Customer(customer.clone()))?.await {
        Ok(view) => Ok(Some(view.desk()?.terms().contract.version)),
        Err(Refused::Problem(Problem::NotFound { .. })) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// What programs that move credits have to know, as values and not as sentences.
fn terms(contract: &Contract) -> Value {
    let credit = &contract.credit;
    let lasts = |expiry: Expiry| match expiry {
        Expiry::Never => "forever".to_owned(),
        Expiry::After(length) => length.to_string(),
    };
    let month_cap = contract.limits.spend_cap.filter(|cap| cap.per == Per::Month);
    let plans = contract.plans.iter().map(|plan| {
        let terms = json!({ "credits": plan.credits, "top_ups": plan.top_ups });
        (plan.id.to_string(), terms)
    });
    json!({
        "time_zone": contract.zone.name(),
        "smallest": credit.smallest,
        "lasts": {
            "gift": lasts(credit.gift), "goodwill": lasts(credit.goodwill),
            "bought": lasts(credit.bought),
        },
        "new_customers": contract.new_customers,
        "month_cap": month_cap.map(|cap| cap.credits),
        "auto_top_up": contract.top_ups.auto.is_some(),
        "plans": plans.collect::<serde_json::Map<_, _>>(),
    })
}

/// The first version is in force from the beginning of time, which nobody needs to read.
fn shown(effective: Time) -> Value {
    if effective == Time::MIN { Value::Null } else { effective.to_string().into() }
}

pub(super) fn list<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        let from = asked.query().text("cursor").unwrap_or("0").parse::<usize>();
        let from = from.map_err(|_| Invalid::new("cursor", CURSOR))?;
        let limit = limit(asked, 100, 100)?;
        let publications = app.probity.publications(environment)?.await?;
        let (catalog, _) = app.probity.catalog(environment)?.await?;
        let of_contract = publications.iter().filter(|p| p.contract.is_some());
        let mut revisions = revisions(&publications, &catalog);
        let all = of_contract.zip(catalog.versions());
        let next = from.saturating_add(limit);
        let next = (catalog.versions().len() > next).then(|| next.to_string());
        let items = all.skip(from).take(limit).map(|(publication, version)| {
            let effective = version.effective.max(publication.at);
            let revisions = revisions.remove(&version.contract.version).unwrap_or_default();
            json!({
                "contract": version.contract.reference(), "hash": hash(publication),
                "published_at": publication.at, "by": publication.by, "effective": effective,
                "reason": publication.reason, "revisions": revisions,
            })
        });
        Ok(ok(&json!({ "items": items.collect::<Vec<_>>(), "next_cursor": next })))
    })
}

/// The revisions of operations, by the version that was the latest when each was published: who
/// published it, why, and what it made of the roll-out.
fn revisions(publications: &[Publication], catalog: &Catalog) -> BTreeMap<u32, Vec<Value>> {
    let known: BTreeMap<u32, &Operations> = catalog
        .versions()
        .iter()
        .flat_map(|version| &version.operations)
        .map(|operations| (operations.revision, &**operations))
        .collect();
    let mut versions = catalog.versions().iter().map(|version| version.contract.version);
    let (mut all, mut latest): (BTreeMap<_, Vec<Value>>, _) = (BTreeMap::new(), 0);
    for (revision, publication) in (1..).zip(publications) {
        if publication.contract.is_some() {
            latest = versions.next().unwrap_or(latest);
        }
        let modes = |revision: u32| Some(Modes::of(&known.get(&revision)?.rollout));
        let (is, was) = (modes(revision), revision.checked_sub(1).and_then(modes));
        all.entry(latest).or_default().push(json!({
            "operations": revision, "published_at": publication.at, "by": publication.by,
            "reason": publication.reason, "rollout_was": was.filter(|was| Some(was) != is.as_ref()),
            "rollout": is,
        }));
    }
    all
}

/// The texts published last: what a change of the roll-out starts from.
pub(super) fn latest<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let environment = asked.caller.environment;
        // Where something is published meanwhile the revision is older than the texts, so that whoever
        // expects it to be the last is refused; never newer, which would write over it.
        let (catalog, _) = app.probity.catalog(environment)?.await?;
        let publications = app.probity.publications(environment)?.await?;
        let version = catalog.versions().last().ok_or_else(|| Trouble::not_found("contract"))?;
        let operations = version.operations.last().ok_or_else(|| Trouble::not_found("contract"))?;
        let text = |of: fn(&Publication) -> Option<&String>| publications.iter().rev().find_map(of);
        Ok(ok(&json!({
            "contract": version.contract.reference(), "operations": operations.revision,
            "rollout": Modes::of(&operations.rollout),
            "texts": {
                "contract": text(|p| p.contract.as_ref()),
                "operations": text(|p| p.operations.as_ref()),
                "prices": text(|p| p.prices.as_ref()),
            },
        })))
    })
}

/// What a roll-out comes to, in words: does it charge and refuse?
#[must_use]
pub fn rollout(operations: &Operations) -> String {
    let Rollout { default, actions, plans, share, .. } = &operations.rollout;
    let mut text = match default {
        Mode::Shadow => "in shadow: runs are recorded, and nothing is shown, charged or refused",
        Mode::Announce => "announced: prices are shown, and nothing is charged or refused yet",
        Mode::Enforce => "enforced: it charges and refuses",
    }
    .to_owned();
    let listed = actions.iter().chain(plans).filter(|(_, mode)| *mode != default);
    for (name, mode) in listed {
        text.push_str(&format!("; {name}: {}", mode.word()));
    }
    if *share != Percent::WHOLE {
        text.push_str(&format!("; only for {share} of customers, the others are in shadow"));
    }
    text
}

/// What the gate asks for that stands between what these operations enforce and what those before
/// did; None: nothing is enforced that was not, or there is no gate.
pub(super) fn gate_passed(before: &Rollout, now: &Rollout) -> Option<String> {
    let gate = now.enforce_when.or(before.enforce_when)?;
    let is_raised = |was: Mode, is: Mode| was != Mode::Enforce && is == Mode::Enforce;
    let listed = |of: fn(&Rollout) -> &BTreeMap<Name, Mode>| {
        let mode = |in_: &Rollout, name: &Name| *of(in_).get(name).unwrap_or(&in_.default);
        let mut names = of(before).keys().chain(of(now).keys());
        names.any(|name| is_raised(mode(before, name), mode(now, name)))
    };
    let enforces = |mode: &Mode| *mode == Mode::Enforce;
    let enforces_any =
        enforces(&now.default) || now.actions.values().chain(now.plans.values()).any(enforces);
    let is_passed = is_raised(before.default, now.default)
        || listed(|rollout| &rollout.actions)
        || listed(|rollout| &rollout.plans)
        || (now.share > before.share && enforces_any);
    is_passed.then(|| asked_of(&gate))
}

/// What a gate asks for, in words.
fn asked_of(gate: &EnforceWhen) -> String {
    let EnforceWhen { days, runs, mismatches_below, bills_more_than_doubled } = gate;
    let asks = [
        days.map(|n| format!("{} watched", count(n.into(), "day"))),
        runs.map(|n| format!("{} watched", count(n, "run"))),
        mismatches_below.map(|share| format!("mismatches with what is billed today below {share}")),
        bills_more_than_doubled.map(|n| format!("at most {} more than doubled", count(n, "bill"))),
    ];
    let asks: Vec<String> = asks.into_iter().flatten().collect();
    format!(
        "`rollout.enforce_when` asks for this first: {}; `probity shadow` says what of it is met",
        phrase::list(&asks, "and")
    )
}

/// SHA-256 of the contract's text.
fn hash(publication: &Publication) -> Option<String> {
    publication.contract.as_deref().map(sha256_hex)
}

/// What of these files is new in an environment; None: all of it was published before.
#[must_use]
pub fn to_publish(
    publications: &[Publication],
    files: Files,
    environment: Environment,
    by: &str,
) -> Option<Publication> {
    let last = |of: fn(&Publication) -> Option<&String>| publications.iter().rev().find_map(of);
    let Files { contract, operations, prices } = files;
    let known = publications.iter().any(|p| p.contract.as_ref() == Some(&contract));
    let is_last = last(|p| p.contract.as_ref()) == Some(&contract);
    // What was published before, and followed by something else since, is not new: a start does not undo
    // what somebody did meanwhile.
    let operations =
        operations.filter(|new| !publications.iter().any(|p| p.operations.as_ref() == Some(new)));
    let prices = prices.filter(|new| !publications.iter().any(|p| p.prices.as_ref() == Some(new)));
    let nothing_new = operations.is_none() && prices.is_none();
    if known && (nothing_new || !is_last) {
        return None;
    }
    Some(Publication {
        number: 0,
        environment,
        contract: (!known).then_some(contract),
        operations,
        prices,
        adverse: false,
        reason: None,
        by: Name::new(by),
        at: Time::MIN,
    })
}
