//! Checks: would this be allowed, and at what price? No effect, not binding.

use super::suppose::Supposed;
use super::words::{about, say, warning};
use super::{Check, Checks, Desk, Reader, WouldBe};
use crate::amount::Amount;
use crate::command::{Purpose, RunRequest};
use crate::contract::words::State;
use crate::contract::{Action, BatchWhenShort, Mode};
use crate::decide::{
    Admitted, Consent, Denial, Gratis, Priced, Problem, Refusal, Would, lowest, would_have_cost,
    would_start,
};
use crate::id::Name;
use crate::margin::own_key_bill;
use crate::phrase;
use crate::terms::Terms;

impl Desk<'_> {
    /// Would this run of theirs be allowed, and at what price? Agreement is taken as given; `ask`
    /// says where it must be asked for. Where nothing is enforced nothing is charged or refused:
    /// what would be is told apart, in shadow to the product only.
    ///
    /// # Errors
    /// A [`Problem`] for a request that is malformed or names what does not exist.
    pub fn check(&self, request: &RunRequest, by: Reader) -> Result<Check, Problem> {
        self.under(request).check_here(request, by)
    }

    /// The same, under this desk's own terms.
    fn check_here(&self, request: &RunRequest, by: Reader) -> Result<Check, Problem> {
        let command = self.asking(request, by);
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
                let state = self.reopened_state(action, request.artifact.as_ref());
                let values = [("action", Some(action.name.clone()))];
                check.reopened = true;
                check.words = say(self.terms.contract, Some(&action.id), state, &values);
            }
            Would::Run { mode: Mode::Enforce, enforced: Ok(admitted) } => {
                let priced = &admitted.priced;
                check.price = priced.price;
                check.money = self.money(priced.price);
                check.at_most = priced.each.is_some() && request.quantity.is_none();
                check.own_key = priced.on_your_key;
                check.ask = self.is_to_ask(priced.price) || priced.consent.is_some();
                check.words = self.before_words(action, request, priced);
                check.tell = self.tell(self.terms.contract, &action.id, priced.on_your_key);
            }
            Would::Run { mode: Mode::Enforce, enforced: Err(denial) } => {
                let card = self.agreed().denial(&denial, request);
                check.allowed = false;
                check.price = self.price_denied(request, &denial);
                check.money = self.money(check.price);
                if let Some(lowest) = lowest(&self.terms, action, request.quantity) {
                    check.at_most = lowest.each.is_some() && request.quantity.is_none();
                    check.own_key = lowest.on_your_key;
                }
                check.words.clone_from(&card.words);
                check.denial = Some(card);
            }
            Would::Run { mode, enforced } => {
                check.words = self.lenient_words(action, request, mode, &enforced);
                check.would = self.would_be(request, mode, &enforced, by);
            }
        }
        Ok(check)
    }

    /// Several checks, each given those before it.
    ///
    /// # Errors
    /// A [`Problem`] of the first item that has one.
    pub fn check_items(&self, requests: &[RunRequest], by: Reader) -> Result<Checks, Problem> {
        let mut supposed = Supposed::of(self);
        let mut checks = Checks { items: Vec::new(), total: Amount::ZERO, fits: 0, ask: false };
        let mut unbroken = true;
        for request in requests {
            let check = supposed.check(request, by)?;
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
            at_most: false,
            own_key: false,
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
    fn before_words(&self, action: &Action, request: &RunRequest, priced: &Priced) -> String {
        let contract = self.terms.contract;
        let purpose = request.purpose;
        let available = self.can_use(self.customer.real.available());
        // How many units arrive is not known: this is the most it can cost.
        let at_most = priced.each.is_some() && request.quantity.is_none();
        let price = phrase::credits(priced.price);
        let many = available.how_many(priced.price).map(|n| n.to_string());
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
        let redos = self.redos_left(contract, &action.id, request.artifact.as_ref());
        let mut values = vec![
            ("action", Some(action.name.clone())),
            ("price", Some(if at_most { format!("at most {price}") } else { price })),
            ("money", self.money(priced.price)),
            ("available", Some(phrase::credits(available))),
            ("how_many_more", many.map(|n| if at_most { format!("at least {n}") } else { n })),
            ("warning", Some(warning(contract, self.sums, action, priced.price))),
            ("own_cost", self.own_cost(action, request)),
            ("redos_left", Some(redos.to_string())),
        ];
        values.extend(self.allowance_values(&action.id, purpose));
        say(contract, Some(&action.id), state, &values)
    }

    /// What the customer's AI provider bills them for what is requested, about.
    pub(super) fn own_cost(&self, action: &Action, request: &RunRequest) -> Option<String> {
        let Terms { contract, operations, plan, .. } = &self.terms;
        let model = request.model.as_ref().map(Name::as_str);
        let units = request.quantity.unwrap_or(1);
        own_key_bill(contract, operations, action, plan, model, units).map(about)
    }

    /// In announce what it would cost, as far as it costs anything; in shadow nothing of it.
    fn lenient_words(
        &self,
        action: &Action,
        request: &RunRequest,
        mode: Mode,
        enforced: &Result<Box<Admitted>, Box<Denial>>,
    ) -> String {
        let price = match enforced {
            Ok(admitted) if mode == Mode::Announce && admitted.priced.price.is_zero() => {
                return self.before_words(action, request, &admitted.priced);
            }
            Ok(admitted) => Some(admitted.priced.price),
            Err(denial) => denial.needs.filter(|needs| needs.is_positive()),
        };
        let state = if mode == Mode::Announce { State::Announce } else { State::BeforeFree };
        let values = [("action", Some(action.name.clone())), ("price", price.map(phrase::credits))];
        say(self.terms.contract, Some(&action.id), state, &values)
    }
}

impl Desk<'_> {
    /// What would be of a run that is asked about and would not be enforced.
    pub(super) fn would_be(
        &self,
        request: &RunRequest,
        mode: Mode,
        enforced: &Result<Box<Admitted>, Box<Denial>>,
        to: Reader,
    ) -> Option<WouldBe> {
        to.is_told_would(mode).then(|| WouldBe {
            price: match enforced {
                Ok(admitted) => admitted.priced.price,
                Err(denial) => self.price_denied(request, denial),
            },
            charged: None,
            denial: enforced.as_ref().err().map(|denial| denial.code.word()),
            confirmation: enforced.as_ref().is_ok_and(|a| a.priced.consent.is_some()),
        })
    }

    /// What a run that is refused would have cost; nothing where it has no price at all.
    fn price_denied(&self, request: &RunRequest, denial: &Denial) -> Amount {
        let command = self.asking(request, Reader::Product);
        let cost = would_have_cost(&self.context(&command), &self.terms, request, denial);
        cost.unwrap_or(Amount::ZERO)
    }
}
