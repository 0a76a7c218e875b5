//! Is a request well formed, and the questions in their order: the first "no" is the answer.

use super::history::Person;
use super::price::{Bill, Consent, Under, Wish, n};
use probity_core::command::{Again, Purpose, RunRequest};
use probity_core::contract::{Contract, Operations, RunsOn};
use probity_core::decide::Code;
use probity_core::quote::Quote;
use probity_core::sums::Sums;
use probity_core::time::Window;
use probity_core::{Cost, Name, Per, Time};

/// Whose key it came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub is_customer: bool,
}

/// The stable word of what is wrong.
pub type Word = &'static str;

/// The request with its quote's fields, or what is wrong with it.
pub fn read<'a>(under: &Under<'a>, request: &'a RunRequest, key: Key) -> Result<Wish<'a>, Word> {
    let quote = request.quote.as_deref();
    if let Some(quote) = quote {
        check_quote(under.person, request, quote, under.now)?;
    }
    let action = under.contract.actions.get(&request.action).ok_or("not_found")?;
    let mut wish = Wish {
        request,
        action,
        artifact: quote.and_then(|q| q.artifact.clone()).or(request.artifact.clone()),
        quantity: quote.and_then(|q| q.quantity).or(request.quantity),
        model: quote.and_then(|q| q.model.clone()).or(request.model.clone()),
        member: quote.and_then(|q| q.member.clone()).or(request.member.clone()),
        purpose: quote.map_or(request.purpose, |q| q.purpose),
        again: quote.and_then(|q| q.again).or(request.again),
        quote,
        thing: None,
        by_customer: key.is_customer,
    };
    let same = action.same.once_per.is_some() || action.same.free_for.is_some();
    if let (Some(artifact), true, Purpose::Production) = (&wish.artifact, same, wish.purpose) {
        wish.thing = Some(under.person.thing(action, artifact, &under.contract.zone));
    }
    check(under, &wish, key)?;
    Ok(wish)
}

fn check_quote(person: &Person, asked: &RunRequest, quote: &Quote, now: Time) -> Result<(), Word> {
    if quote.customer != person.id {
        return Err("not_found");
    }
    if quote.expires_at <= now {
        return Err("quote_expired");
    }
    if person.quotes_used.contains(&quote.id) {
        return Err("quote_used");
    }
    let other = |asked: &Option<Name>, bound: &Option<Name>| asked.is_some() && asked != bound;
    let differs = (!asked.action.is_empty() && asked.action != quote.action)
        || other(&asked.artifact, &quote.artifact)
        || (asked.quantity.is_some() && asked.quantity != quote.quantity)
        || other(&asked.model, &quote.model)
        || other(&asked.member, &quote.member)
        || (asked.purpose == Purpose::Experiment && quote.purpose != Purpose::Experiment)
        || (asked.again.is_some() && asked.again != quote.again);
    if differs { Err("quote_mismatch") } else { Ok(()) }
}

/// Unknown ids and malformed fields.
fn check(under: &Under<'_>, wish: &Wish<'_>, key: Key) -> Result<(), Word> {
    let bad = Err("invalid_request");
    let bytes_wrong = |name: &Name| name.is_empty() || name.len() > 200;
    if wish.artifact.as_ref().is_some_and(bytes_wrong)
        || (wish.action.same.once_per.is_some() && wish.artifact.is_none())
    {
        return bad;
    }
    if wish.quantity.is_some() && (!wish.action.is_per_quantity() || wish.quantity == Some(0)) {
        return bad;
    }
    if wish.member.as_ref().is_some_and(|m| !under.person.members.contains(m)) {
        return Err("not_found");
    }
    if wish.purpose == Purpose::Experiment && key.is_customer {
        return Err("forbidden");
    }
    let owned = wish.thing.as_ref().is_some_and(|t| t.owned);
    if wish.again == Some(Again::Redo) && !owned {
        return bad;
    }
    if wish.request.max_price.is_some_and(|p| n(p) < 0)
        || wish.model.as_ref().is_some_and(bytes_wrong)
    {
        return bad;
    }
    if let Some(length) = wish.request.hold_for {
        let end = |length: probity_core::Length| length.after(under.now, &under.contract.zone);
        if length.count == 0 || end(length) > end(wish.action.too_slow_after) {
            return bad;
        }
    }
    let notes = &wish.request.metadata;
    if notes.iter().map(|(k, v)| k.len() + v.len()).sum::<usize>() > 1024 {
        return bad;
    }
    Ok(())
}

/// One of the books, being asked.
pub struct Asking<'a, 'b> {
    pub under: &'b Under<'a>,
    pub wish: &'b Wish<'a>,
    pub sums: &'b Sums,
    pub book: usize,
    /// Consent is taken as given.
    pub consented: bool,
}

impl Asking<'_, '_> {
    /// All questions but the first; true: it was agreed to, where it had to be.
    pub fn ask(&self, bill: &Bill) -> Result<bool, Code> {
        let Self { under, wish, .. } = self;
        let person = under.person;
        let no = |when: bool, code: Code| if when { Err(code) } else { Ok(()) };
        no(person.paused, Code::Paused)?;
        let exempt = wish.action.exploring || bill.price == 0;
        no(!exempt && under.is_unusual(bill, self.book), Code::Paused)?;
        no(person.when_paid && !person.paid, Code::RenewalDue)?;
        no(!self.is_offered(), Code::NotInPlan)?;
        no(!self.is_model_allowed(), Code::ModelAbovePlan)?;
        self.own_key(bill)?;
        no(!self.is_input_good(), Code::BadInput)?;
        let agreed = self.is_agreed(bill);
        no(!agreed && !self.consented, Code::ConfirmationNeeded)?;
        if let Some(thing) = &wish.thing {
            no(thing.in_flight[self.book], Code::InProgress)?;
            let most = under.contract.failures.same_item_fails;
            let day_over = |at: Time| under.now >= at.plus_seconds(86_400);
            let failing = most > 0 && thing.fails >= most;
            let paused = failing && !thing.failed_at.is_none_or(day_over);
            no(paused, Code::ItemPaused)?;
        }
        no(person.open_in(self.book).count() >= under.at_once() as usize, Code::TooManyAtOnce)?;
        if bill.ours {
            no(self.is_surge(), Code::Surge)?;
            no(self.is_our_budget_spent(), Code::OurBudgetUsed)?;
        }
        no(bill.nothing_left, Code::AllowanceUsed)?;
        let most = wish.request.max_price;
        no(most.is_some_and(|most| bill.price > n(most)), Code::PriceAboveMax)?;
        no(!exempt && self.is_capped(bill), Code::SpendCapReached)?;
        self.is_affordable(bill)?;
        Ok(agreed)
    }

    fn is_offered(&self) -> bool {
        let action = &self.wish.action.id;
        let listed = || {
            let trials = self.under.contract.experiments.as_ref();
            trials.is_some_and(|e| e.actions.contains(action))
        };
        let trial = self.wish.purpose == Purpose::Experiment;
        self.under.offers(action) && (!trial || listed())
    }

    fn is_model_allowed(&self) -> bool {
        let contract = self.under.contract;
        let Some(model) = &self.wish.model else { return true };
        let mut ceilings: Vec<usize> = self.under.ceiling().into_iter().collect();
        if self.wish.purpose == Purpose::Experiment {
            let trials = contract.experiments.as_ref().and_then(|e| e.best_model.as_ref());
            ceilings.extend(trials.and_then(|class| contract.models.position(class)));
        }
        let class = contract.class_of_model(model);
        ceilings.into_iter().all(|ceiling| class.is_some_and(|class| class <= ceiling))
    }

    fn own_key(&self, bill: &Bill) -> Result<(), Code> {
        let plan = self.under.plan;
        if !bill.on_key || plan.runs_on != RunsOn::OwnKey {
            return Ok(());
        }
        if !self.wish.request.own_key && !self.under.person.has_working_key() {
            return Err(Code::OwnKeyMissing);
        }
        let cap = plan.own_key.as_ref().and_then(|k| k.monthly_cap).and_then(Cost::of_money);
        let used = self.under.person.cost_on_key(self.under.window(Per::Month).from);
        if cap.is_some_and(|cap| used >= cap) { Err(Code::OwnKeyCap) } else { Ok(()) }
    }

    fn is_input_good(&self) -> bool {
        let inputs = &self.wish.request.inputs;
        let there =
            |need: &Name| inputs.get(need.as_str()).is_some_and(|value| !value.trim().is_empty());
        if self.wish.quote.is_some() {
            return true;
        }
        let all_there = self.wish.action.needs.iter().all(there);
        let within = match (self.wish.quantity, self.under.up_to(self.wish.action)) {
            (Some(quantity), Some(most)) => quantity <= most,
            _ => true,
        };
        all_there && within
    }

    fn is_agreed(&self, bill: &Bill) -> bool {
        let Some(consent) = bill.consent else { return true };
        let quote = self.wish.quote;
        let agreed = &self.under.person.agreed;
        let confirmed = quote.is_some_and(|q| agreed.iter().any(|(id, _)| *id == q.id));
        let says_so = self.wish.request.confirmed;
        match consent {
            Consent::Harsh => confirmed || (quote.is_some() && says_so && !self.wish.by_customer),
            Consent::Priced => quote.is_some() || self.wish.request.max_price.is_some() || says_so,
        }
    }

    fn is_surge(&self) -> bool {
        self.under.operations.surge.is_some_and(|s| self.sums.supplier_cost > s.over)
    }

    fn is_our_budget_spent(&self) -> bool {
        let Some(costs) = &self.under.operations.costs else { return false };
        let bounds = costs.we_pay_at_most;
        let own = bounds.a_customer.is_some_and(|(most, per)| {
            self.under.person.cost_by_us(self.under.window(per).from) >= most
        });
        own || bounds.everyone.is_some_and(|(most, _)| self.sums.we_paid >= most)
    }

    fn is_capped(&self, bill: &Bill) -> bool {
        let person = self.under.person;
        let above = |cap: i64, window: Window, member: Option<&Name>| {
            person.spent(self.book, window, member) + bill.price > cap
        };
        let month = self.under.window(Per::Month);
        let member = self.wish.member.as_ref();
        let members = person.member_caps.iter().filter(|(id, _)| Some(id) == member);
        let mut members = members.map(|(_, cap)| above(*cap, month, member));
        let own = match (person.month_cap, self.under.contract.limits.spend_cap) {
            (Some(cap), _) => above(cap, month, None),
            (None, Some(cap)) => above(n(cap.credits), self.under.window(cap.per), None),
            (None, None) => false,
        };
        own || members.any(|above| above)
    }

    fn is_affordable(&self, bill: &Bill) -> Result<(), Code> {
        let person = self.under.person;
        let can_use = person.purses[self.book].available() + self.under.credit_line();
        if bill.price == 0 || bill.price <= can_use {
            return Ok(());
        }
        let without_holds = can_use + person.held(self.book);
        let waits = bill.price <= without_holds;
        Err(if waits { Code::CreditsInFlight } else { Code::NotEnoughCredits })
    }
}

/// A revision of a version's operations.
pub fn revision(all: &[Operations], number: Option<u32>) -> Option<&Operations> {
    match number {
        None => all.last(),
        Some(number) => all.iter().rev().find(|o| o.revision == number),
    }
}

/// A contract of one version with all its operations, as published.
#[derive(Clone, Debug)]
pub struct Published {
    pub contract: Contract,
    pub operations: Vec<Operations>,
    pub effective: Time,
    pub waits: bool,
}
