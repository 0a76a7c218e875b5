//! Control: caps, special terms, pauses, own keys, agreeing to a quote.

use super::problem::Problem;
use super::{Context, Decision, Moves, Refusal, grants, price};
use crate::amount::Amount;
use crate::command::{ActorKind, CapChanges, KeyChange};
use crate::contract::{Override, RunsOn};
use crate::entry::{CapsSet, ConfirmedBy, Facts, OverrideFacts, Resumed};
use crate::id::Name;
use crate::quote::Quote;
use crate::terms::Terms;

/// Sets the customer's own caps.
pub(super) fn set_caps(cx: &Context<'_>, changes: &CapChanges) -> Result<Decision, Refusal> {
    let mut caps: CapsSet = cx.customer.caps.clone();
    if let Some(month) = changes.month {
        check_cap(month, "month")?;
        caps.month = month;
    }
    for (member, cap) in &changes.members {
        if !cx.customer.members.iter().any(|m| m.id == *member) {
            return Err(Problem::NotFound { what: "member" }.into());
        }
        check_cap(*cap, "members")?;
        match cap {
            Some(cap) => caps.members.insert(member.clone(), *cap),
            None => caps.members.remove(member),
        };
    }
    if let Some(auto) = changes.auto_top_up {
        let terms = cx.terms()?;
        if auto.is_some() && (!terms.plan.top_ups || terms.contract.top_ups.auto.is_none()) {
            return Err(Problem::TopUpsNotOffered.into());
        }
        if auto.is_some_and(|a| !a.credits.is_positive() || !a.month_at_most.is_positive()) {
            return Err(
                Problem::invalid("auto_top_up", "credits and a monthly cap above nothing").into()
            );
        }
        caps.auto_top_up = auto;
    }
    cx.entry(None, Facts::SetCaps(caps), Moves::NONE)
}

fn check_cap(cap: Option<Amount>, field: &'static str) -> Result<(), Problem> {
    match cap {
        Some(cap) if cap < Amount::ZERO => {
            Err(Problem::invalid(field, "credits are never negative"))
        }
        _ => Ok(()),
    }
}

/// Special terms: better than what the customer has, dated, by somebody.
pub(super) fn override_terms(cx: &Context<'_>, special: &Override) -> Result<Decision, Refusal> {
    let terms = cx.terms()?;
    let until =
        special.until.ok_or_else(|| Problem::invalid("until", "special terms end on a day"))?;
    if special.reason.as_deref().is_none_or(|r| r.trim().is_empty()) {
        return Err(Problem::invalid("reason", "special terms say why").into());
    }
    let zone = terms.zone();
    let ends = zone.day(zone.start_of(until)).until;
    if ends <= cx.now {
        return Err(Problem::invalid("until", "a day that is still to come").into());
    }
    is_better(&terms, special)?;
    if let Some(line) = special.credit_line {
        grants::check_role(cx, &terms, line)?;
    }
    let facts = OverrideFacts {
        id: cx.command.id.over(),
        terms: special.clone(),
        ends,
        by: cx.command.by.name.clone(),
    };
    cx.entry(None, Facts::Override(Box::new(facts)), Moves::NONE)
}

/// Is every field at least as good as what applies without it, and something better?
fn is_better(terms: &Terms<'_>, special: &Override) -> Result<(), Problem> {
    let mut better = false;
    for (id, listed) in &special.prices {
        let action = terms.contract.actions.get(id);
        let action = action.ok_or_else(|| Problem::no_action(id, terms.contract))?;
        if listed.on_your_key && terms.plan.runs_on != RunsOn::OwnKey {
            return Err(Problem::OverrideNotBetter("prices"));
        }
        let now = price::lowest(terms, action, None).map_or(Amount::MAX, |l| l.price);
        let then = price::tariff_price(&listed.credits, None).unwrap_or(Amount::MAX);
        if then > now {
            return Err(Problem::OverrideNotBetter("prices"));
        }
        better |= then < now || !terms.is_offered(id);
    }
    for (id, special) in &special.allowances {
        let now = terms.allowance(id);
        if now.is_some_and(|now| special.units < now.units || special.per != now.per) {
            return Err(Problem::OverrideNotBetter("allowances"));
        }
        better |= now.is_none_or(|now| special.units > now.units);
    }
    if let Some(class) = &special.best_model {
        let rank = terms
            .contract
            .models
            .position(class)
            .ok_or(Problem::NotFound { what: "model class" })?;
        if terms.ceiling().is_none_or(|now| rank < now) {
            return Err(Problem::OverrideNotBetter("best_model"));
        }
        better |= terms.ceiling().is_some_and(|now| rank > now);
    }
    if let Some(line) = special.credit_line {
        if line < terms.credit_line() {
            return Err(Problem::OverrideNotBetter("credit_line"));
        }
        better |= line > terms.credit_line();
    }
    if let Some(at_once) = special.at_once {
        if at_once < terms.at_once() {
            return Err(Problem::OverrideNotBetter("at_once"));
        }
        better |= at_once > terms.at_once();
    }
    if better { Ok(()) } else { Err(Problem::OverrideNotBetter("terms")) }
}

/// Stops this customer's runs.
pub(super) fn pause(cx: &Context<'_>, reason: &str) -> Result<Decision, Refusal> {
    if reason.trim().is_empty() || reason.len() > 500 {
        return Err(Problem::invalid("reason", "1 to 500 bytes").into());
    }
    cx.entry(None, Facts::Pause { reason: reason.to_owned() }, Moves::NONE)
}

/// Lifts a pause. An operator's pause is lifted only by operators.
pub(super) fn resume(cx: &Context<'_>, item: Option<&(Name, Name)>) -> Result<Decision, Refusal> {
    let by_operator = cx.command.by.kind != ActorKind::Customer;
    let resumed = match item {
        Some((action, artifact)) => {
            Resumed::Item { action: action.clone(), artifact: artifact.clone() }
        }
        None if cx.customer.pause.is_some() && !by_operator => {
            return Err(Problem::Forbidden.into());
        }
        None => {
            Resumed::Customer { operator: by_operator, day: cx.terms()?.zone().day_number(cx.now) }
        }
    };
    cx.entry(None, Facts::Resume(resumed), Moves::NONE)
}

/// An own AI key was stored, removed or refused.
pub(super) fn own_key(
    cx: &Context<'_>,
    provider: &Name,
    change: &KeyChange,
) -> Result<Decision, Refusal> {
    let known = cx.customer.own_keys.contains_key(provider);
    if !known && !matches!(change, KeyChange::Stored(_)) {
        return Err(Problem::NotFound { what: "own key" }.into());
    }
    let facts = Facts::OwnKey { provider: provider.clone(), change: change.clone() };
    cx.entry(None, facts, Moves::NONE)
}

/// Agrees to a quote, on behalf of whoever's key it is.
pub(super) fn confirm_quote(cx: &Context<'_>, quote: &Quote) -> Result<Decision, Refusal> {
    if quote.customer != cx.customer.id {
        return Err(Problem::NotFound { what: "quote" }.into());
    }
    if quote.expires_at <= cx.now {
        return Err(Problem::QuoteExpired(quote.expires_at).into());
    }
    let known = cx.customer.quotes.get(&quote.id);
    if known.is_some_and(|q| q.used_by.is_some()) {
        return Err(Problem::QuoteUsed.into());
    }
    if known.is_some_and(|q| q.confirmed.is_some()) {
        return Ok(Decision { entry: None, run: None });
    }
    let by = ConfirmedBy::of(cx.command.by.kind);
    let facts = Facts::ConfirmQuote { quote: quote.id.clone(), by, expires_at: quote.expires_at };
    cx.entry(None, facts, Moves::NONE)
}
