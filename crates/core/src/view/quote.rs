//! Quotes: a signed price for one run, with what each ending would cost.

use super::words::warning;
use super::{Desk, QuoteCard};
use crate::amount::Amount;
use crate::command::{ActorKind, Purpose, RunRequest};
use crate::contract::{Mode, Outcome, Treatment};
use crate::decide::{Consent, Deal, Ending, Gratis, Quotable, Refusal, charge, quoted};
use crate::entry::LegStarted;
use crate::id::Name;
use crate::quote::Quote;
use crate::time::Time;
use std::collections::BTreeMap;

impl Desk<'_> {
    /// Promises a price for one run, signed with `key`; nothing is reserved or stored.
    ///
    /// # Errors
    /// A [`Refusal`]: a malformed request, or a run that the plan, the model, the key or the input
    /// forbids.
    pub fn quote(&self, request: &RunRequest, id: &Name, key: &[u8]) -> Result<QuoteCard, Refusal> {
        let command = self.asking(request, ActorKind::Product);
        let cx = self.context(&command);
        let quotable = quoted(&cx, &self.terms, request)?;
        let contract = self.terms.contract;
        let price = quotable.promised.price;
        let harsh = quotable.promised.consent == Some(Consent::Harsh);
        let warning = harsh.then(|| warning(contract, self.sums, quotable.asked.action, price));
        let expires_at = contract.quotes_last.after(self.now, self.terms.zone());
        let quote = self.promise(&quotable, id, price, warning.clone(), expires_at);
        Ok(QuoteCard {
            quote: quote.sign(key),
            price,
            now: quotable.now.price,
            money: self.money(price),
            expires_at,
            sufficient: quotable.denial.is_none() || quotable.mode != Mode::Enforce,
            denial: quotable.denial.as_ref().map(|denial| self.agreed().denial(denial, request)),
            outcomes: self.outcome_table(&quotable),
            warning,
            needs_confirmation: harsh,
            tell: self.tell(&self.customer.plan, quotable.promised.on_your_key),
            contract: contract.reference(),
            operations: self.terms.operations.revision,
        })
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
        let depends = |outcome: Outcome| {
            let shared = asked.action.outcomes.of(outcome) == Treatment::Share;
            shared && (asked.action.parts.is_some() || promised.each.is_some())
        };
        let cost = |outcome: Outcome| {
            let ending = Ending { outcome, parts: None, quantity: None };
            (!depends(outcome)).then(|| charge(&deal, &leg, &ending).amount)
        };
        Outcome::ALL.into_iter().map(|outcome| (outcome.word(), cost(outcome))).collect()
    }
}
