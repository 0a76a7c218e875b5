//! How a command that was applied is answered: the public shapes, whatever door it came through.

use crate::books::Answer;
use probity_core::command::Act;
use probity_core::entry::{Entry, Facts};
use probity_core::state::Customer;
use probity_core::view::{Desk, Reader, Receipt, RunCard};
use probity_core::{Money, RunId, json};
use serde::Serialize;
use serde_json::{Value, json};

/// An answer as it leaves, and as it is kept for the same request again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status of an HTTP answer.
    pub status: u16,
    /// Its JSON.
    pub body: String,
}

/// What makes something new is answered with 201, everything else with 200.
#[must_use]
pub const fn status(act: &Act) -> u16 {
    match act {
        Act::OpenCustomer(_)
        | Act::StartRun(_)
        | Act::Grant { .. }
        | Act::TopUp { .. }
        | Act::Override(_) => 201,
        _ => 200,
    }
}

/// What a run that starts or ends is answered with; it brings the wallet.
#[derive(Serialize)]
#[serde(untagged)]
enum OfRun {
    Card(Box<RunCard>),
    Receipt(Box<Receipt>),
}

impl OfRun {
    /// None where a command is answered otherwise.
    fn of(desk: &Desk<'_>, act: &Act, run: Option<RunId>, reader: Reader) -> Option<Self> {
        let run = run?;
        match act {
            Act::StartRun(request) if request.report.is_none() => {
                Some(Self::Card(Box::new(desk.run_card(run, reader)?)))
            }
            Act::StartRun(_) | Act::Settle { .. } | Act::Release { .. } => {
                Some(Self::Receipt(Box::new(desk.receipt(run, reader)?)))
            }
            _ => None,
        }
    }
}

/// The answer to a command that was applied, with the wallet right after it.
#[must_use]
pub fn body(
    desk: &Desk<'_>,
    customer: &Customer,
    act: &Act,
    answer: &Answer,
    reader: Reader,
) -> Value {
    if let Some(of_run) = OfRun::of(desk, act, answer.run, reader) {
        return to_json(&of_run);
    }
    let mut body = match answer.run {
        Some(run) => about_run(desk, act, run, customer, reader),
        None => of_customer(desk, act, answer, customer, reader),
    };
    if let Value::Object(body) = &mut body {
        body.insert("wallet".to_owned(), to_json(&desk.wallet_line()));
    }
    body
}

/// The same as text.
#[must_use]
pub fn text(
    desk: &Desk<'_>,
    customer: &Customer,
    act: &Act,
    answer: &Answer,
    reader: Reader,
) -> String {
    match OfRun::of(desk, act, answer.run, reader) {
        Some(of_run) => json::plain(&of_run),
        None => body(desk, customer, act, answer, reader).to_string(),
    }
}

/// The answer to a command about a run: its receipt, or what the command is about.
fn about_run(desk: &Desk<'_>, act: &Act, run: RunId, customer: &Customer, reader: Reader) -> Value {
    let receipt = desk.receipt(run, reader).map(|r| to_json(&r)).unwrap_or_default();
    let held = customer.runs.get(&run);
    match act {
        Act::Extend { .. } => json!({
            "run": run, "expires_at": held.map(|r| r.expires_at), "seq": receipt["seq"],
        }),
        Act::Attempts { .. } => json!({
            "run": run, "cost": receipt["cost"], "cost_known": !receipt["cost"].is_null(),
            "seq": receipt["seq"],
        }),
        _ => receipt,
    }
}

/// What a claw-back owes in money, where the contract promises any.
fn owed_for(desk: &Desk<'_>, entry: Option<&Entry>) -> Option<Money> {
    match &entry?.facts {
        Facts::ClawBack(claw) => desk.money_owed(claw),
        _ => None,
    }
}

/// The answer to a command about the customer.
fn of_customer(
    desk: &Desk<'_>,
    act: &Act,
    answer: &Answer,
    customer: &Customer,
    reader: Reader,
) -> Value {
    let entry = answer.entry.as_deref();
    let seq = entry.map_or(customer.seq, |e| e.seq);
    let of_facts =
        |key: &str| entry.map_or(json!("0"), |e| to_json(&e.facts)["facts"][key].clone());
    match (act, entry.map(|e| &e.facts)) {
        (_, Some(Facts::Grant(granted) | Facts::TopUp(granted))) => json!({
            "grant": granted.grant.grant, "kind": granted.grant.kind,
            "amount": granted.grant.amount, "expires": granted.grant.expires, "seq": seq,
        }),
        (Act::ClawBack { .. }, _) => json!({
            "taken": of_facts("taken"), "later": of_facts("later"),
            "unrecovered": of_facts("unrecovered"), "money_owed": owed_for(desk, entry), "seq": seq,
        }),
        (Act::SetCaps(_), _) => json!({ "caps": desk.wallet().caps, "seq": seq }),
        (Act::Override(_), Some(Facts::Override(facts))) => json!({
            "override": facts.id, "terms": facts.terms, "ends": facts.ends, "by": facts.by,
            "seq": seq,
        }),
        (Act::Renew { .. }, Some(Facts::Renew(renewed))) => json!({
            "period": renewed.period, "grants": renewed.grant.as_slice(), "seq": seq,
        }),
        (Act::OwnKey { provider, .. }, _) => {
            let known = customer.own_keys.get(provider);
            json!({
                "provider": provider, "stored_at": known.map(|key| key.stored_at),
                "ends_with": known.map(|key| &key.ends_with),
                "refused": known.and_then(|key| key.refused_at), "seq": seq,
            })
        }
        (Act::ConfirmQuote { quote }, _) => {
            let known = customer.quotes.get(&quote.id).and_then(|q| q.confirmed);
            json!({
                "quote": quote.id, "confirmed_by": known.map(|(by, _)| by),
                "confirmed_at": known.map(|(_, at)| at), "seq": seq,
            })
        }
        _ => to_json(&desk.card_to(reader)),
    }
}

/// As JSON.
#[must_use]
pub fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Two shapes in one object.
pub(crate) fn merged(first: &impl serde::Serialize, second: &impl serde::Serialize) -> Value {
    let mut both = to_json(first);
    if let (Value::Object(into), Value::Object(from)) = (&mut both, to_json(second)) {
        into.extend(from);
    }
    both
}
