//! Is the request itself well formed? Malformed fields and unknown ids come before every question.

use super::problem::Problem;
use super::{Context, Refusal};
use crate::command::{ActorKind, Again, Purpose, RunRequest};
use crate::contract::Action;
use crate::id::Name;
use crate::quote::Quote;
use crate::state::{Item, ItemKey};
use crate::terms::Terms;

/// The most bytes of an artifact.
const LABEL_BYTES: usize = 200;
/// The most bytes of metadata, keys and values together.
const METADATA_BYTES: usize = 1024;

/// A well-formed request, with the quote's fields filled in and its action found.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) request: &'a RunRequest,
    pub(crate) action: &'a Action,
    pub(crate) artifact: Option<&'a Name>,
    pub(crate) quantity: Option<u64>,
    pub(crate) model: Option<&'a Name>,
    pub(crate) member: Option<&'a Name>,
    pub(crate) purpose: Purpose,
    pub(crate) again: Option<Again>,
    pub(crate) quote: Option<&'a Quote>,
    /// The item, where the action tracks artifacts and the run is production.
    pub(crate) key: Option<ItemKey>,
    /// What is known of that item.
    pub(crate) item: Option<&'a Item>,
}

/// Reads a request under the terms it is asked under.
pub(crate) fn read<'a>(
    cx: &Context<'a>,
    terms: &Terms<'a>,
    request: &'a RunRequest,
) -> Result<Asked<'a>, Refusal> {
    let quote = request.quote.as_deref();
    if let Some(quote) = quote {
        check_quote(cx, request, quote)?;
    }
    let action = terms.contract.actions.get(&request.action);
    let action = action.ok_or_else(|| Problem::no_action(&request.action, terms.contract))?;
    let purpose = quote.map_or(request.purpose, |q| q.purpose);
    let artifact = quote.and_then(|q| q.artifact.as_ref()).or(request.artifact.as_ref());
    let tracked = action.same.once_per.is_some() || action.same.free_for.is_some();
    let key = artifact
        .filter(|_| tracked && purpose == Purpose::Production)
        .map(|artifact| ItemKey::new(&action.id, artifact));
    let asked = Asked {
        request,
        action,
        artifact,
        quantity: quote.and_then(|q| q.quantity).or(request.quantity),
        model: quote.and_then(|q| q.model.as_ref()).or(request.model.as_ref()),
        member: quote.and_then(|q| q.member.as_ref()).or(request.member.as_ref()),
        purpose,
        again: quote.and_then(|q| q.again).or(request.again),
        quote,
        item: key.as_ref().and_then(|k| cx.customer.items.get(k)),
        key,
    };
    check_fields(cx, terms, &asked)?;
    Ok(asked)
}

/// A quote serves one run of what it binds, until it expires.
fn check_quote(cx: &Context<'_>, request: &RunRequest, quote: &Quote) -> Result<(), Problem> {
    if quote.customer != cx.customer.id {
        return Err(Problem::NotFound { what: "quote" });
    }
    if quote.expires_at <= cx.now {
        return Err(Problem::QuoteExpired(quote.expires_at));
    }
    if cx.customer.quotes.get(&quote.id).is_some_and(|q| q.used_by.is_some()) {
        return Err(Problem::QuoteUsed);
    }
    let differs = |asked: &Option<Name>, bound: &Option<Name>| asked.is_some() && asked != bound;
    let mismatch = if !request.action.is_empty() && request.action != quote.action {
        Some("action")
    } else if differs(&request.artifact, &quote.artifact) {
        Some("artifact")
    } else if request.quantity.is_some() && request.quantity != quote.quantity {
        Some("quantity")
    } else if differs(&request.model, &quote.model) {
        Some("model")
    } else if differs(&request.member, &quote.member) {
        Some("member")
    } else if request.purpose == Purpose::Experiment && quote.purpose != Purpose::Experiment {
        Some("purpose")
    } else if request.again.is_some() && request.again != quote.again {
        Some("again")
    } else {
        None
    };
    mismatch.map_or(Ok(()), |field| Err(Problem::QuoteMismatch(field)))
}

fn check_fields(cx: &Context<'_>, terms: &Terms<'_>, asked: &Asked<'_>) -> Result<(), Problem> {
    check_artifact(asked)?;
    check_quantity(asked)?;
    if let Some(member) = asked.member
        && !cx.customer.members.iter().any(|m| m.id == *member)
    {
        return Err(Problem::NotFound { what: "member" });
    }
    if asked.purpose == Purpose::Experiment && cx.command.by.kind == ActorKind::Customer {
        return Err(Problem::Forbidden);
    }
    if asked.again == Some(Again::Redo) && !super::price::is_owned(cx.customer, asked) {
        return Err(Problem::invalid("again", "a redo needs something that is owned already"));
    }
    if asked.request.max_price.is_some_and(|p| p < crate::Amount::ZERO) {
        return Err(Problem::invalid("max_price", "credits are never negative"));
    }
    if let Some(model) = asked.model {
        check_label("model", "a model's name", model)?;
    }
    if let Some(length) = asked.request.hold_for {
        let longest = asked.action.too_slow_after.after(cx.now, terms.zone());
        let asked_for = length.after(cx.now, terms.zone());
        if asked_for > longest || length.count == 0 {
            let most = asked.action.too_slow_after;
            return Err(Problem::invalid("hold_for", format!("at most {most}, and not nothing")));
        }
    }
    check_metadata(&asked.request.metadata)
}

fn check_artifact(asked: &Asked<'_>) -> Result<(), Problem> {
    if let Some(artifact) = asked.artifact {
        check_label("artifact", "an artifact", artifact)?;
    }
    match (&asked.action.same.once_per, asked.artifact) {
        (Some(noun), None) => Err(Problem::invalid(
            "artifact",
            format!("this action is charged once per {noun}: say which {noun} it is for"),
        )),
        _ => Ok(()),
    }
}

/// What callers call their own things: found again by its bytes, and shown to people.
pub(crate) fn check_label(field: &'static str, what: &str, text: &str) -> Result<(), Problem> {
    if text.is_empty() || text.len() > LABEL_BYTES || text.contains(char::is_control) {
        let reason = format!("{what} has 1 to {LABEL_BYTES} bytes, and no control characters");
        return Err(Problem::invalid(field, reason));
    }
    Ok(())
}

fn check_quantity(asked: &Asked<'_>) -> Result<(), Problem> {
    match asked.quantity {
        Some(_) if !asked.action.is_per_quantity() => Err(Problem::invalid(
            "quantity",
            "this action has one price, whatever the quantity: leave it out",
        )),
        Some(0) => Err(Problem::invalid("quantity", "at least 1")),
        Some(units) => check_count("quantity", units),
        None => Ok(()),
    }
}

/// The largest number that every reader of JSON keeps exactly.
const COUNT_AT_MOST: u64 = (1 << 53) - 1;

/// Counts of units, tokens and calls are kept exactly, or refused.
pub(crate) fn check_count(field: &'static str, count: u64) -> Result<(), Problem> {
    if count > COUNT_AT_MOST {
        return Err(Problem::invalid(field, format!("at most {COUNT_AT_MOST}")));
    }
    Ok(())
}

pub(crate) fn check_metadata(
    metadata: &std::collections::BTreeMap<String, String>,
) -> Result<(), Problem> {
    let bytes: usize = metadata.iter().map(|(k, v)| k.len().saturating_add(v.len())).sum();
    if bytes > METADATA_BYTES {
        return Err(Problem::invalid("metadata", "at most 1 KiB of keys and values together"));
    }
    Ok(())
}
