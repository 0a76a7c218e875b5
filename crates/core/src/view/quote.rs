//! Quotes: a signed price for one run, with what each ending would cost.

use super::words::warning;
use super::{Desk, QuoteCard, Reader};
use crate::amount::Amount;
use crate::command::{Purpose, RunRequest};
use crate::contract::{Mode, Outcome, Treatment};
use crate::decide::{
    Consent, Deal, Ending, Gratis, Quotable, Refusal, Would, charge, quoted, would_start,
};
use crate::entry::LegStarted;
use crate::id::Name;
use crate::quote::Quote;
use crate::time::Time;
use std::collections::BTreeMap;

impl Desk<'_> {
    /// Promises a price for one run of theirs, signed with `key`; nothing is reserved or stored.
    ///
    /// Where nothing is enforced it shows what will be taken, nothing, and tells what would be; the
    /// price that it binds is the real one, so that it serves when the run is enforced.
    ///
    /// # Errors
    /// A [`Refusal`]: a malformed request, or a run that the plan, the model, the key or the input
    /// forbids.
    pub fn quote(
        &self,
        request: &RunRequest,
        by: Reader,
        id: &Name,
        key: &[u8],
    ) -> Result<QuoteCard, Refusal> {
        let command = self.asking(request, by);
        let cx = self.context(&command);
        let quotable = quoted(&cx, &self.terms, request)?;
        let enforced = quotable.mode == Mode::Enforce;
        let would = match would_start(&cx, &self.terms, request, true)? {
            Would::Run { mode, enforced } => self.would_be(request, mode, &enforced, by),
            Would::Reopen => None,
        };
        let contract = self.terms.contract;
        let price = quotable.promised.price;
        let harsh = quotable.promised.consent == Some(Consent::Harsh);
        let shown = (enforced || would.is_some()).then(|| self.shown(&quotable)).flatten();
        let expires_at = contract.quotes_last.after(self.now, self.terms.zone());
        let quote = self.promise(&quotable, id, price, shown.clone(), expires_at);
        let taken = |amount: Amount| if enforced { amount } else { Amount::ZERO };
        let denial = quotable.denial.as_ref().filter(|_| enforced);
        let outcomes = self.outcome_table(&quotable).into_iter();
        Ok(QuoteCard {
            quote: quote.sign(key),
            id: quote.id.clone(),
            price: taken(price),
            now: taken(quotable.now.price),
            money: self.money(taken(price)),
            expires_at,
            sufficient: denial.is_none(),
            denial: denial.map(|denial| self.agreed().denial(denial, request)),
            outcomes: if enforced {
                outcomes.collect()
            } else {
                outcomes.map(|(outcome, _)| (outcome, Some(Amount::ZERO))).collect()
            },
            warning: shown,
            needs_confirmation: harsh && enforced,
            would,
            tell: self.tell(contract, &request.action, quotable.promised.on_your_key && enforced),
            contract: contract.reference(),
            operations: self.terms.operations.revision,
        })
    }

    /// The sentence that must be agreed to: a harsh rule's warning, or that the allowance is used.
    fn shown(&self, quotable: &Quotable<'_>) -> Option<String> {
        let contract = self.terms.contract;
        let action = quotable.asked.action;
        let price = quotable.promised.price;
        if quotable.promised.consent == Some(Consent::Harsh) {
            return Some(warning(contract, self.sums, action, price));
        }
        let beyond = quotable.now.consent == Some(Consent::Beyond);
        beyond.then(|| self.beyond_words(&action.id, quotable.now.price))
    }

    fn promise(
        &self,
        quotable: &Quotable<'_>,
        id: &Name,
        price: Amount,
        warning: Option<String>,
        expires_at: Time,
    ) -> Quote {
        let asked = &quotable.asked;
        Quote {
            id: id.clone(),
            customer: self.customer.id.clone(),
            action: asked.action.id.clone(),
            artifact: asked.artifact.cloned(),
            quantity: asked.quantity,
            model: asked.model.cloned(),
            member: asked.member.cloned(),
            purpose: asked.purpose,
            again: asked.again,
            price,
            each: quotable.bound_each(),
            contract: self.terms.contract.version,
            operations: self.terms.operations.revision,
            warning,
            made_at: self.now,
            expires_at,
        }
    }

    /// What each ending would cost at the promised price; None where it depends on what arrives.
    fn outcome_table(&self, quotable: &Quotable<'_>) -> BTreeMap<&'static str, Option<Amount>> {
        let asked = &quotable.asked;
        let promised = &quotable.promised;
        let deal = Deal {
            action: asked.action,
            kind: promised.kind,
            free_redo: promised.gratis == Some(Gratis::Redo),
            purpose: Purpose::Production,
            mode: Mode::Enforce,
            on_your_key: promised.on_your_key,
            quantity: asked.quantity,
            smallest: self.terms.contract.credit.smallest,
        };
        let leg =
            LegStarted { price: promised.price, each: promised.each, ..LegStarted::default() };
        let by_units = promised.each.is_some();
        let depends = |outcome: Outcome| {
            let arrives = match asked.action.outcomes.of(outcome) {
                Treatment::Share => asked.action.parts.is_some() || asked.action.is_per_quantity(),
                Treatment::Charge => by_units && asked.quantity.is_none(),
                Treatment::Free => false,
            };
            arrives && promised.price.is_positive() && !outcome.never_charges()
        };
        let cost = |outcome: Outcome| {
            let ending = Ending { outcome, parts: None, quantity: None };
            (!depends(outcome)).then(|| charge(&deal, &leg, &ending).amount)
        };
        Outcome::ALL.into_iter().map(|outcome| (outcome.word(), cost(outcome))).collect()
    }
}
