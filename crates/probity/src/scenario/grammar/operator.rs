//! What the people behind a product do: give credits, take them back, pause, make special terms.

use super::run::because;
use crate::scenario::scan::{Read, Scan};
use crate::scenario::step::{What, Whose};
use jiff::civil::Date;
use probity_core::Name;
use probity_core::command::{Act, GrantKind, KeyChange};
use probity_core::contract::{Allowance, Override, Price, Tariff};
use probity_core::time::Per;

/// Reads a sentence that begins with what an operator does; None where another begins.
pub(super) fn read(scan: &mut Scan<'_>) -> Read<Option<(Whose, What)>> {
    let read = if scan.take("grant") {
        grant(scan)
    } else if scan.take_all(&["claw", "back"]) {
        claw_back(scan)
    } else if scan.take("pause") {
        pause(scan)
    } else if scan.take("resume") {
        resume(scan)
    } else if scan.take("override") {
        special(scan)
    } else if scan.peek() == Some("key") && scan.peek_second().is_some() {
        key_refused(scan)
    } else {
        return Ok(None);
    };
    read.map(Some)
}

fn customer(scan: &mut Scan<'_>) -> Read<Whose> {
    scan.any("a customer's id").map(|id| Whose::Customer(id.to_owned()))
}

/// `grant ana 10 goodwill until 2027-01-01 because "sorry"`.
fn grant(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let whose = customer(scan)?;
    let amount = scan.credits()?;
    let kinds = [GrantKind::Gift, GrantKind::Goodwill, GrantKind::Plan, GrantKind::Bought];
    let kind = scan.one_of("a kind of credits", &kinds.map(|kind| (kind.word(), kind)))?;
    let until = if scan.take("until") { Some(scan.moment()?) } else { None };
    Ok((whose, What::Grant { kind, amount, until, reason: because(scan)? }))
}

/// `claw back pi_1 of ana 30 credits because "dispute"`.
fn claw_back(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let payment = Name::new(scan.any("a payment's id")?);
    scan.need("of")?;
    let whose = customer(scan)?;
    let has_amount = scan.peek().is_some_and(|w| w != "because" && w != "as");
    let credits = if has_amount { Some(scan.credits()?) } else { None };
    let reason = because(scan)?;
    Ok((whose, What::Act(Act::ClawBack { payment, credits, reason })))
}

/// `pause ana because "fraud check"`.
fn pause(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let whose = customer(scan)?;
    let reason = because(scan)?.unwrap_or_default();
    Ok((whose, What::Act(Act::Pause { reason })))
}

/// `resume ana`, `resume ana for tailor_document draft_1`.
fn resume(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let whose = customer(scan)?;
    let item = if scan.take("for") {
        let action = Name::new(scan.any("an action")?);
        Some((action, Name::new(scan.any("an artifact")?)))
    } else {
        None
    };
    Ok((whose, What::Act(Act::Resume { item })))
}

/// `key openai of ana is refused`.
fn key_refused(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    scan.need("key")?;
    let provider = Name::new(scan.any("a provider")?);
    scan.need("of")?;
    let whose = customer(scan)?;
    scan.need("is")?;
    scan.need("refused")?;
    Ok((whose, What::Act(Act::OwnKey { provider, change: KeyChange::Refused })))
}

/// `override ana with price tailor_document 4 and credit_line 100 until 2027-06-30 because "…"`.
fn special(scan: &mut Scan<'_>) -> Read<(Whose, What)> {
    let whose = customer(scan)?;
    let mut terms = Override::default();
    while scan.take("with") || scan.take("and") {
        term(scan, &mut terms)?;
    }
    if scan.take("until") {
        let day = scan.any("a day such as 2027-06-30")?;
        terms.until = day.parse::<Date>().ok();
    }
    terms.reason = because(scan)?;
    Ok((whose, What::Override(Box::new(terms))))
}

fn term(scan: &mut Scan<'_>, terms: &mut Override) -> Read<()> {
    #[derive(Clone, Copy)]
    enum Term {
        Price,
        Allowance,
        BestModel,
        CreditLine,
        AtOnce,
    }
    let term = scan.one_of(
        "a special term",
        &[
            ("price", Term::Price),
            ("allowance", Term::Allowance),
            ("best_model", Term::BestModel),
            ("credit_line", Term::CreditLine),
            ("at_once", Term::AtOnce),
        ],
    )?;
    match term {
        Term::Price => {
            let action = Name::new(scan.any("an action")?);
            let credits = match scan.take("free") {
                true => Tariff::Free,
                false => Tariff::Fixed(scan.credits()?),
            };
            terms.prices.insert(action, Price { credits, on_your_key: false });
        }
        Term::Allowance => {
            let action = Name::new(scan.any("an action")?);
            let units = scan.number()?;
            scan.need("a")?;
            let per = scan.one_of("a stretch of time", &Per::ALL.map(|p| (p.word(), p)))?;
            terms.allowances.insert(action, Allowance { units, per });
        }
        Term::BestModel => terms.best_model = Some(Name::new(scan.any("a model class")?)),
        Term::CreditLine => terms.credit_line = Some(scan.credits()?),
        Term::AtOnce => terms.at_once = u32::try_from(scan.number()?).ok(),
    }
    Ok(())
}
