//! May this run start? The questions, in their order; the first "no" is the answer.

use super::code::Code;
use super::denial::{About, Denial, Limit};
use super::price::{self, Consent, Priced};
use super::request::Asked;
use super::{Context, Refusal, customer, too_large};
use crate::amount::Amount;
use crate::command::{Purpose, Renews};
use crate::contract::RunsOn;
use crate::entry::{Confirmation, ConfirmedBy};
use crate::money::Cost;
use crate::state::Book;
use crate::terms::Terms;
use crate::time::Window;

/// What an allowed run is in one set of books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub(crate) priced: Priced,
    /// What was agreed to.
    pub(crate) confirmation: Option<Confirmation>,
    /// The customer's month.
    pub(crate) month: Window,
    /// The window of the contract's own cap, where that is not the month.
    pub(crate) cap_window: Option<Window>,
}

/// How strictly consent is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ConsentMode {
    /// Without it the run is refused.
    Needed,
    /// Taken as given (shadow, announce; a quote that is only being made).
    Given,
}

/// One set of books with everything a question looks at.
pub(crate) struct Asking<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) terms: &'a Terms<'a>,
    pub(crate) book: &'a Book,
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) consent: ConsentMode,
}

impl Asking<'_> {
    /// Asks all questions but the first (what is owned is decided before).
    pub(crate) fn admit(&self) -> Result<Admitted, Refusal> {
        let priced = self.price()?;
        let month = self.month();
        self.is_customer_paused(&priced)?;
        self.is_within_terms(&priced, month)?;
        let confirmation = self.is_agreed(&priced)?;
        self.is_item_free(&priced)?;
        self.is_below_at_once(&priced)?;
        self.is_gratis_open(&priced)?;
        self.is_below_max_price(&priced)?;
        let cap_window = self.is_below_caps(&priced, month)?;
        self.is_affordable(&priced)?;
        Ok(Admitted { priced, confirmation, month, cap_window })
    }

    /// Questions 2 to 5 by themselves: no quote is made against them, whatever else is in the way.
    pub(crate) fn is_quotable(&self) -> Result<(), Refusal> {
        self.is_within_terms(&self.price()?, self.month())
    }

    fn is_within_terms(&self, priced: &Priced, month: Window) -> Result<(), Refusal> {
        self.is_offered()?;
        self.is_model_allowed()?;
        self.has_own_key(priced, month)?;
        self.has_inputs()
    }

    fn price(&self) -> Result<Priced, Refusal> {
        let (customer, count) = (self.cx.customer, price::Count::FreeUnits);
        price::price(self.terms, customer, self.book, self.asked, count, self.cx.now)
            .ok_or_else(too_large)
    }

    /// The customer's month.
    fn month(&self) -> Window {
        price::window(self.terms, self.cx.customer, crate::time::Per::Month, self.cx.now)
    }

    fn deny(&self, code: Code, priced: Option<&Priced>, limit: Limit, about: About) -> Denial {
        Denial {
            code,
            action: self.asked.action.id.clone(),
            needs: priced.map(|p| p.price),
            has: self.book.available(),
            held: self.book.held(),
            missing: None,
            resets_at: None,
            limit,
            about,
            as_of_seq: self.cx.customer.seq,
            contract: self.terms.contract.version,
        }
    }

    /// Question 1.
    fn is_customer_paused(&self, priced: &Priced) -> Result<(), Refusal> {
        let customer = self.cx.customer;
        if let Some(reason) = &customer.pause {
            let about = About::OperatorPause(reason.clone());
            return Err(self.deny(Code::Paused, Some(priced), Limit::of("operator"), about).into());
        }
        self.is_usual_day(priced)?;
        if customer.renews == Renews::WhenPaid && !customer.paid {
            let limit = Limit::of("plan");
            return Err(self.deny(Code::RenewalDue, Some(priced), limit, About::Nothing).into());
        }
        Ok(())
    }

    /// A run that would bring today above both limits of `unusual_day`.
    fn is_usual_day(&self, priced: &Priced) -> Result<(), Refusal> {
        let Some(rule) = self.terms.contract.limits.unusual_day else { return Ok(()) };
        if self.asked.action.exploring || priced.price.is_zero() {
            return Ok(());
        }
        let zone = self.terms.zone();
        let today = zone.day_number(self.cx.now);
        let (sum, days) = self.book.days.before(today);
        if days < 3 || self.cx.customer.silent_day == Some(today) {
            return Ok(());
        }
        let so_far = self.book.days.on(today).plus(self.book.held()).ok_or_else(too_large)?;
        let would_be = so_far.plus(priced.price).ok_or_else(too_large)?;
        let scaled = would_be.times(u64::from(days));
        let bound = sum.times(u64::from(rule.times_usual));
        let above_usual = match (scaled, bound) {
            (Some(scaled), Some(bound)) => scaled > bound,
            _ => true,
        };
        if !above_usual || would_be <= rule.and_over {
            return Ok(());
        }
        let usual = sum.share(1, u64::from(days), self.terms.contract.credit.smallest);
        let usual = usual.unwrap_or(Amount::ZERO);
        let about = About::UnusualDay { today: so_far, usual };
        let limit = Limit::with("unusual_day", rule.and_over, so_far);
        let mut denial = self.deny(Code::Paused, Some(priced), limit, about);
        denial.resets_at = Some(zone.day(self.cx.now).until);
        Err(denial.into())
    }

    /// Question 2.
    fn is_offered(&self) -> Result<(), Refusal> {
        let action = &self.asked.action.id;
        let listed = self.asked.purpose == Purpose::Production
            || self
                .terms
                .contract
                .experiments
                .as_ref()
                .is_some_and(|e| e.actions.iter().any(|a| a == action));
        if listed && self.terms.is_offered(action) {
            return Ok(());
        }
        Err(self.deny(Code::NotInPlan, None, Limit::of("plan"), About::Nothing).into())
    }

    /// Question 3.
    fn is_model_allowed(&self) -> Result<(), Refusal> {
        let Some(model) = self.asked.model else { return Ok(()) };
        let Some(ceiling) = ceiling(self.terms, self.asked.purpose) else { return Ok(()) };
        match self.terms.contract.class_of_model(model) {
            Some(class) if class <= ceiling => Ok(()),
            _ => {
                let best = self.terms.contract.models.name_at(ceiling);
                let best = best.map(ToString::to_string).unwrap_or_default();
                let limit = Limit::with("plan", best, model);
                Err(self.deny(Code::ModelAbovePlan, None, limit, About::Nothing).into())
            }
        }
    }

    /// Question 4.
    fn has_own_key(&self, priced: &Priced, month: Window) -> Result<(), Refusal> {
        if !priced.on_your_key || self.terms.plan.runs_on != RunsOn::OwnKey {
            return Ok(());
        }
        let keys = &self.cx.customer.own_keys;
        let working = self.asked.request.own_key || keys.values().any(|k| k.refused_at.is_none());
        if !working {
            let about = if keys.is_empty() { About::Nothing } else { About::KeyRefused };
            let limit = Limit::of("own_key");
            return Err(self.deny(Code::OwnKeyMissing, Some(priced), limit, about).into());
        }
        let cap = self.terms.plan.own_key.as_ref().and_then(|k| k.monthly_cap);
        let used = self.cx.customer.costs.on_key.within(month.from);
        let (Some(money), Some(cap)) = (cap, cap.and_then(Cost::of_money)) else { return Ok(()) };
        if used < cap {
            return Ok(());
        }
        let unknown = match self.cx.customer.costs.on_key.unknown_within(month.from) {
            0 => String::new(),
            1 => " and one call of unknown cost".to_owned(),
            n => format!(" and {n} calls of unknown cost"),
        };
        let limit = Limit::with("own_key", money, used.dollars(2) + &unknown);
        let mut denial = self.deny(Code::OwnKeyCap, Some(priced), limit, About::Nothing);
        denial.resets_at = Some(month.until);
        Err(denial.into())
    }

    /// Question 5, answered already where there is a quote.
    fn has_inputs(&self) -> Result<(), Refusal> {
        if self.asked.quote.is_some() {
            return Ok(());
        }
        let inputs = &self.asked.request.inputs;
        let missing = self
            .asked
            .action
            .needs
            .iter()
            .find(|need| inputs.get(need.as_str()).is_none_or(|value| value.trim().is_empty()));
        if let Some(field) = missing {
            let reason = format!("{} is missing", field.replace('_', " "));
            let about = About::Input { field: field.to_string(), reason };
            return Err(self.deny(Code::BadInput, None, Limit::of("input"), about).into());
        }
        if let Some(quantity) = self.asked.quantity
            && let Some(most) = self.terms.up_to(self.asked.action)
            && quantity > most
        {
            let reason = format!("at most {most} at once, not {quantity}");
            let about = About::Input { field: "quantity".to_owned(), reason };
            let limit = Limit::with("action", most, quantity);
            return Err(self.deny(Code::BadInput, None, limit, about).into());
        }
        Ok(())
    }

    /// Question 6.
    fn is_agreed(&self, priced: &Priced) -> Result<Option<Confirmation>, Refusal> {
        let Some(consent) = priced.consent else { return Ok(None) };
        let quote = self.asked.quote;
        let before = quote.and_then(|q| self.cx.customer.quotes.get(&q.id)?.confirmed);
        let by = ConfirmedBy::of(self.cx.command.by.kind);
        let request = self.asked.request;
        let here = match consent {
            // A token agrees to a warning by confirming the quote that showed it.
            Consent::Harsh => quote.is_some() && request.confirmed && by == ConfirmedBy::Product,
            Consent::Beyond | Consent::PaidAgain => {
                quote.is_some() || request.max_price.is_some() || request.confirmed
            }
        };
        let given = before.or(here.then_some((by, self.cx.now)));
        if let Some((confirmed_by, confirmed_at)) = given {
            let shown = quote.and_then(|q| q.warning.clone());
            let shown_hash = shown.as_deref().map(crate::journal::sha256_hex);
            return Ok(Some(Confirmation { confirmed_by, confirmed_at, shown, shown_hash }));
        }
        if self.consent == ConsentMode::Given {
            return Ok(None);
        }
        let about = match consent {
            Consent::Harsh => About::Warning(self.warning(priced.price)),
            Consent::Beyond => About::Beyond,
            Consent::PaidAgain => About::PaidAgain,
        };
        let limit = Limit::of("consent");
        let mut denial = self.deny(Code::ConfirmationNeeded, Some(priced), limit, about);
        if consent == Consent::Beyond {
            denial.resets_at = priced.allowance.map(|a| a.window.until);
        }
        Err(denial.into())
    }

    /// The harsh rules' warnings, filled.
    fn warning(&self, price: Amount) -> String {
        crate::view::words::warning(self.terms.contract, self.cx.sums, self.asked.action, price)
    }

    /// Question 7.
    fn is_item_free(&self, priced: &Priced) -> Result<(), Refusal> {
        if self.asked.key.as_ref().is_some_and(|key| self.book.in_flight.contains_key(key)) {
            let limit = Limit::of("item");
            return Err(self.deny(Code::InProgress, Some(priced), limit, About::Nothing).into());
        }
        let Some(item) = self.asked.item else { return Ok(()) };
        let most = self.terms.contract.failures.same_item_fails;
        let paused_until = item.failed_at.map(|at| at.plus_seconds(24 * 3_600));
        let paused = item.fails >= most;
        match paused_until {
            Some(until) if paused && self.cx.now < until => {
                let limit = Limit::with("item", most, item.fails);
                let about = About::Fails(item.fails);
                let mut denial = self.deny(Code::ItemPaused, Some(priced), limit, about);
                denial.resets_at = Some(until);
                Err(denial.into())
            }
            _ => Ok(()),
        }
    }

    /// Question 8.
    fn is_below_at_once(&self, priced: &Priced) -> Result<(), Refusal> {
        let most = self.terms.at_once();
        let open = self.book.open_runs;
        if open < most {
            return Ok(());
        }
        let limit = Limit::with("customer", most, open);
        Err(self.deny(Code::TooManyAtOnce, Some(priced), limit, About::Nothing).into())
    }

    /// Question 9.
    fn is_gratis_open(&self, priced: &Priced) -> Result<(), Refusal> {
        if priced.gratis.is_some_and(super::price::Gratis::is_ours_to_pay) {
            self.is_no_surge(priced)?;
            self.is_our_budget_open(priced)?;
        }
        if !priced.exhausted {
            return Ok(());
        }
        let of = if self.asked.purpose == Purpose::Experiment { "experiments" } else { "plan" };
        let limit =
            priced.allowance.map_or(Limit::of(of), |a| Limit::with(of, a.allowance, a.used));
        let mut denial = self.deny(Code::AllowanceUsed, Some(priced), limit, About::Nothing);
        denial.resets_at = priced.allowance.map(|a| a.window.until);
        Err(denial.into())
    }

    fn is_no_surge(&self, priced: &Priced) -> Result<(), Refusal> {
        let Some(surge) = self.terms.operations.surge else { return Ok(()) };
        let sums = self.cx.sums;
        if sums.supplier_cost <= surge.over {
            return Ok(());
        }
        let limit = Limit::of("supplier_cost");
        let mut denial = self.deny(Code::Surge, Some(priced), limit, About::Nothing);
        let day = self.terms.zone().day(self.cx.now).until;
        denial.resets_at = Some(sums.supplier_window_ends.unwrap_or(day));
        Err(denial.into())
    }

    fn is_our_budget_open(&self, priced: &Priced) -> Result<(), Refusal> {
        let Some(costs) = &self.terms.operations.costs else { return Ok(()) };
        let bounds = costs.we_pay_at_most;
        let mut spent_until = None;
        if let Some((most, per)) = bounds.a_customer {
            let window = price::window(self.terms, self.cx.customer, per, self.cx.now);
            if self.cx.customer.costs.by_us.within(window.from) >= most {
                spent_until = Some(window.until);
            }
        }
        if let Some((most, _)) = bounds.everyone
            && self.cx.sums.we_paid >= most
        {
            let month = self.terms.zone().month(self.cx.now).until;
            let ends = self.cx.sums.we_paid_window_ends.unwrap_or(month);
            spent_until = spent_until.max(Some(ends));
        }
        let Some(until) = spent_until else { return Ok(()) };
        let limit = Limit::of("our_budget");
        let mut denial = self.deny(Code::OurBudgetUsed, Some(priced), limit, About::Nothing);
        denial.resets_at = Some(until);
        Err(denial.into())
    }

    /// Question 10.
    fn is_below_max_price(&self, priced: &Priced) -> Result<(), Refusal> {
        match self.asked.request.max_price {
            Some(most) if priced.price > most => {
                let limit = Limit::with("max_price", most, priced.price);
                let about = About::MaxPrice(most);
                Err(self.deny(Code::PriceAboveMax, Some(priced), limit, about).into())
            }
            _ => Ok(()),
        }
    }

    /// Question 11. The window of the contract's own cap, where it is not the month.
    fn is_below_caps(&self, priced: &Priced, month: Window) -> Result<Option<Window>, Refusal> {
        // Spending counts in the window of the contract's cap also while the customer has their own.
        let own = self.cx.customer.caps.month;
        let default = self.terms.contract.limits.spend_cap;
        let cap_window = default
            .filter(|cap| cap.per != crate::time::Per::Month)
            .map(|cap| price::window(self.terms, self.cx.customer, cap.per, self.cx.now));
        if self.asked.action.exploring || priced.price.is_zero() {
            return Ok(cap_window);
        }
        let now = self.cx.now;
        if let Some(member) = self.asked.member
            && let Some(cap) = self.cx.customer.caps.members.get(member)
        {
            let used = self.book.members.get(member).map_or(Amount::ZERO, |s| s.at(now));
            self.below_cap("member", priced, *cap, used, month)?;
        }
        if let Some(cap) = own.or(default.map(|d| d.credits)) {
            let (used, window) = match cap_window.filter(|_| own.is_none()) {
                Some(window) => (self.book.cap.at(now), window),
                None => (self.book.month.at(now), month),
            };
            self.below_cap("customer", priced, cap, used, window)?;
        }
        Ok(cap_window)
    }

    fn below_cap(
        &self,
        of: &'static str,
        priced: &Priced,
        cap: Amount,
        used: Amount,
        window: Window,
    ) -> Result<(), Refusal> {
        if used.plus(priced.price).is_some_and(|sum| sum <= cap) {
            return Ok(());
        }
        let limit = Limit::with(of, cap, used);
        let mut denial = self.deny(Code::SpendCapReached, Some(priced), limit, About::Nothing);
        denial.resets_at = Some(window.until);
        Err(denial.into())
    }

    /// Questions 12 and 13.
    fn is_affordable(&self, priced: &Priced) -> Result<(), Refusal> {
        if priced.price.is_zero() {
            return Ok(());
        }
        let line = self.terms.credit_line();
        let can_use = self.book.available().plus(line).ok_or_else(too_large)?;
        if priced.price <= can_use {
            return Ok(());
        }
        let held = self.book.held();
        let without_holds = can_use.plus(held).ok_or_else(too_large)?;
        let in_flight = priced.price <= without_holds;
        let code = if in_flight { Code::CreditsInFlight } else { Code::NotEnoughCredits };
        let mut denial = self.deny(code, Some(priced), Limit::of("wallet"), About::Nothing);
        denial.missing = priced.price.minus(can_use);
        denial.resets_at = self.credits_come_at()?;
        Err(denial.into())
    }

    /// When the next credits come by themselves, if they do: with the plan by then, if it is paid.
    fn credits_come_at(&self) -> Result<Option<crate::Time>, Refusal> {
        let next = customer::upcoming(self.cx)?;
        let brings = next.plan.credits.is_some_and(Amount::is_positive);
        Ok((brings && next.paid).then_some(next.at))
    }
}

/// Where the best allowed model class stands for a purpose; None: no ceiling.
pub(crate) fn ceiling(terms: &Terms<'_>, purpose: Purpose) -> Option<usize> {
    let planned = terms.ceiling();
    if purpose == Purpose::Production {
        return planned;
    }
    let trial = terms.contract.experiments.as_ref().and_then(|e| e.best_model.as_ref());
    let trial = trial.and_then(|class| terms.contract.models.position(class));
    match (planned, trial) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
