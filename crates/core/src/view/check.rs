//! Checks: would this be allowed, and at what price? No effect, not binding.

use super::suppose::Supposed;
use super::words::{say, warning};
use super::{Check, Checks, Desk, WouldBe};
use crate::amount::Amount;
use crate::command::{ActorKind, Purpose, RunRequest};
use crate::contract::words::State;
use crate::contract::{Action, BatchWhenShort, Mode};
use crate::decide::{Consent, Gratis, Priced, Problem, Refusal, Would, would_start};
use crate::phrase;

impl Desk<'_> {
    /// Would this run be allowed, and at what price? Agreement is taken as given; `ask` says where
    /// it must be asked for.
    ///
    /// # Errors
    /// A [`Problem`] for a request that is malformed or names what does not exist.
    pub fn check(&self, request: &RunRequest) -> Result<Check, Problem> {
        let command = self.asking(request, ActorKind::Product);
        let would = match would_start(&self.context(&command), &self.terms, request, true) {
            Ok(would) => would,
            Err(Refusal::Problem(problem)) => return Err(problem),
            Err(Refusal::Denied(denial)) => {
                Would::Run { mode: Mode::Enforce, enforced: Err(denial) }
            }
        };
        let action = self.terms.contract.actions.get(&request.action);
        let action = action.ok_or(Problem::NotFound { what: "action" })?;
        let mut check = self.blank_check(action);
        match would {
            Would::Reopen => {
                check.reopened = true;
                check.words = say(
                    self.terms.contract,
                    Some(&action.id),
                    State::Reopened,
                    &[("action", Some(action.name.clone()))],
                );
            }
            Would::Run { mode: Mode::Enforce, enforced: Ok(admitted) } => {
                let priced = &admitted.priced;
                check.price = priced.price;
                check.money = self.money(priced.price);
                check.ask = self.is_to_ask(priced.price) || priced.consent.is_some();
                check.words = self.before_words(action, request.purpose, priced);
                check.tell = self.tell(&self.customer.plan, priced.on_your_key);
            }
            Would::Run { mode: Mode::Enforce, enforced: Err(denial) } => {
                let card = self.agreed().denial(&denial, request);
                check.allowed = false;
                check.price = denial.needs.unwrap_or(Amount::ZERO);
                check.money = self.money(check.price);
                check.words.clone_from(&card.words);
                check.denial = Some(card);
            }
            Would::Run { mode, enforced } => {
                let price = enforced.as_ref().map_or_else(
                    |denial| denial.needs.unwrap_or(Amount::ZERO),
                    |admitted| admitted.priced.price,
                );
                let consent = enforced.as_ref().is_ok_and(|a| a.priced.consent.is_some());
                check.would = Some(WouldBe {
                    price,
                    charged: None,
                    denial: enforced.err().map(|d| d.code.word()),
                    confirmation: consent,
                });
                check.words = self.lenient_words(action, mode, price);
            }
        }
        Ok(check)
    }

    /// Several checks, each given those before it.
    ///
    /// # Errors
    /// A [`Problem`] of the first item that has one.
    pub fn check_items(&self, requests: &[RunRequest]) -> Result<Checks, Problem> {
        let mut supposed = Supposed::of(self);
        let mut checks = Checks { items: Vec::new(), total: Amount::ZERO, fits: 0, ask: false };
        let mut unbroken = true;
        for request in requests {
            let check = supposed.check(request)?;
            if check.allowed {
                supposed.start(request);
            }
            unbroken &= check.allowed;
            if unbroken {
                checks.fits = checks.fits.saturating_add(1);
                checks.total = checks.total.plus(check.price).unwrap_or(checks.total);
            }
            checks.ask |= check.ask;
            checks.items.push(check);
        }
        let all_or_none = self.terms.contract.limits.batch_when_short == BatchWhenShort::AllOrNone;
        if all_or_none && !unbroken {
            checks.fits = 0;
            checks.total = Amount::ZERO;
        }
        checks.ask |= self.is_to_ask(checks.total);
        Ok(checks)
    }

    fn blank_check(&self, action: &Action) -> Check {
        Check {
            allowed: true,
            action: action.id.clone(),
            price: Amount::ZERO,
            money: self.money(Amount::ZERO),
            ask: false,
            reopened: false,
            would: None,
            denial: None,
            words: String::new(),
            tell: None,
            contract: self.terms.contract.reference(),
            as_of_seq: self.customer.seq,
        }
    }

    /// From this price on it is shown and asked.
    fn is_to_ask(&self, price: Amount) -> bool {
        self.terms.contract.limits.ask_from.is_some_and(|from| price >= from && price.is_positive())
    }

    /// What stands beside the button.
    fn before_words(&self, action: &Action, purpose: Purpose, priced: &Priced) -> String {
        let contract = self.terms.contract;
        let available = self.customer.real.available();
        let state = if purpose == Purpose::Experiment {
            State::Experiment
        } else if priced.consent == Some(Consent::Harsh) {
            State::BeforeHarsh
        } else if priced.consent == Some(Consent::Beyond) {
            State::AllowanceBeyond
        } else if priced.on_your_key {
            State::BeforeOwnKey
        } else if priced.gratis == Some(Gratis::Redo) {
            State::Redo
        } else if priced.price.is_zero() {
            State::BeforeFree
        } else {
            State::Before
        };
        let redos = action.free_redo.map_or(0, |r| r.times);
        let mut values = vec![
            ("action", Some(action.name.clone())),
            ("price", Some(phrase::credits(priced.price))),
            ("money", self.money(priced.price)),
            ("available", Some(phrase::credits(available))),
            ("how_many_more", available.how_many(priced.price).map(|n| n.to_string())),
            ("warning", Some(warning(contract, self.sums, action, priced.price))),
            ("own_cost", self.own_cost(action)),
            ("redos_left", Some(redos.to_string())),
        ];
        values.extend(self.allowance_values(&action.id, purpose));
        say(contract, Some(&action.id), state, &values)
    }

    /// What the customer's AI provider bills them for one, about.
    pub(super) fn own_cost(&self, action: &Action) -> Option<String> {
        let (contract, operations) = (self.terms.contract, self.terms.operations);
        let cost = crate::margin::unit_cost(contract, operations, action, Some(self.terms.plan));
        cost.own_key.map(|c| c.dollars(2))
    }

    /// In announce what it would cost; in shadow nothing of it.
    fn lenient_words(&self, action: &Action, mode: Mode, price: Amount) -> String {
        let contract = self.terms.contract;
        let state = if mode == Mode::Announce { State::Announce } else { State::BeforeFree };
        let values =
            [("action", Some(action.name.clone())), ("price", Some(phrase::credits(price)))];
        say(contract, Some(&action.id), state, &values)
    }
}
