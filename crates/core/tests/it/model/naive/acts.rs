//! All that is done to a customer's books except runs being asked for.

use super::Naive;
use super::ask::{Key, Word};
use super::history::{BOTH, Event, Payment, Person};
use super::price::{n, price_of};
use super::purse::Purse;
use super::said::{NOTHING_NEW, Said, WROTE};
use probity_core::command::*;
use probity_core::contract::{Expiry, Override};
use probity_core::entry::ConfirmedBy;
use probity_core::quote::Quote;
use probity_core::{Amount, Name, Time};

impl Naive {
    pub fn act(
        &mut self,
        who: &Name,
        act: &Act,
        key: Key,
        role: Option<&Name>,
        now: Time,
    ) -> Result<Said, Word> {
        if !self.people.contains_key(who) {
            let Act::OpenCustomer(new) = act else { return Err("not_found") };
            return self.open(who, new, now);
        }
        match act {
            Act::OpenCustomer(_) => Err("already_done"),
            Act::UpdateCustomer(changes) => self.update(who, changes, now),
            Act::Settle { run, report } => self.settle(who, *run, report, now),
            Act::Release { run } => self.release(who, *run, now),
            Act::Extend { run, length } => self.extend(who, *run, *length, now),
            Act::Refund { run, amount, .. } => self.refund(who, *run, *amount, role, now),
            Act::Correct { run, report } => self.correct(who, *run, report, now),
            Act::Attempts { run, attempts } => self.attempts(who, *run, attempts, now),
            Act::Grant { kind, amount, expires, .. } => {
                self.give(who, *kind, *amount, *expires, role, now)
            }
            Act::TopUp { payment, credits, .. } => self.top_up(who, payment, *credits, now),
            Act::ClawBack { payment, credits, .. } => self.claw_back(who, payment, *credits),
            Act::Renew { payment } => self.renew_paid(who, payment.as_ref(), now),
            Act::SetCaps(changes) => self.set_caps(who, changes),
            Act::Override(terms) => self.special(who, &terms.terms, role, now),
            Act::Pause { .. } => {
                self.person_mut(who).paused = true;
                WROTE
            }
            Act::Resume { item } => self.resume(who, item.as_ref(), key, now),
            Act::OwnKey { provider, change } => {
                let stores = matches!(change, KeyChange::Stored(_));
                let person = self.person_mut(who);
                if !stores && !person.knows_key(provider) {
                    return Err("not_found");
                }
                person.keys.push((provider.clone(), change.clone()));
                WROTE
            }
            Act::ConfirmQuote { quote } => self.confirm(who, quote, key, now),
            Act::StartRun(_) | Act::Due(_) | Act::Claim { .. } | Act::Subscription(_) => {
                panic!("{act:?} is not for here")
            }
        }
    }

    fn open(&mut self, who: &Name, new: &NewCustomer, now: Time) -> Result<Said, Word> {
        let in_force = self.versions.iter().rev().find(|v| v.effective <= now);
        let contract = &in_force.ok_or("not_found")?.contract;
        let plan = new.plan.as_ref().ok_or("invalid_request")?;
        let plan = contract.plans.get(plan).ok_or("not_found")?;
        let day = contract.zone.day(now);
        let mut person = Person {
            id: who.clone(),
            members: new.members.iter().map(|m| m.id.clone()).collect(),
            when_paid: new.renews == Renews::WhenPaid,
            version: contract.version,
            plan: plan.id.clone(),
            next_plan: None,
            chose: now,
            anchor: day.from,
            period: day,
            credits_for: day,
            paid: true,
            paid_ahead: 0,
            counts_from: 0,
            costs_from: 0,
            runs: Vec::new(),
            log: Vec::new(),
            purses: [Purse::default(), Purse::default()],
            specials: Vec::new(),
            month_cap: None,
            member_caps: Vec::new(),
            paused: false,
            quiet_days: Vec::new(),
            keys: Vec::new(),
            agreed: Vec::new(),
            quotes_used: Vec::new(),
            payments: Vec::new(),
            costs: Vec::new(),
        };
        person.begin_windows(contract, plan, now);
        person.bring_credits(contract, plan, now);
        self.people.insert(who.clone(), person);
        WROTE
    }

    fn update(&mut self, who: &Name, changes: &CustomerChanges, now: Time) -> Result<Said, Word> {
        if let Some(notes) = &changes.metadata
            && notes.iter().map(|(k, v)| k.len() + v.len()).sum::<usize>() > 1024
        {
            return Err("invalid_request");
        }
        let changed = match &changes.plan {
            Some(plan) => self.change_plan(who, plan, now)?,
            None => WROTE?,
        };
        if let Some(renews) = changes.renews {
            self.person_mut(who).when_paid = renews == Renews::WhenPaid;
        }
        let other = changes.renews.is_some()
            || changes.name.is_some()
            || changes.members.is_some()
            || changes.metadata.is_some();
        if other { WROTE } else { Ok(changed) }
    }

    fn give(
        &mut self,
        who: &Name,
        kind: GrantKind,
        amount: Amount,
        expires: Option<Time>,
        role: Option<&Name>,
        now: Time,
    ) -> Result<Said, Word> {
        let version = self.person(who).version;
        let contract = &self.version(version).contract;
        let lives = match kind {
            GrantKind::Gift => contract.credit.gift,
            GrantKind::Goodwill => contract.credit.goodwill,
            GrantKind::Plan | GrantKind::Bought => return Err("invalid_request"),
        };
        let smallest = n(contract.credit.smallest);
        if n(amount) <= 0 || n(amount) % smallest != 0 || expires.is_some_and(|at| at <= now) {
            return Err("invalid_request");
        }
        self.may_give(version, None, role, n(amount))?;
        let expires = expires.or_else(|| end(lives, now, &contract.zone));
        let person = self.person_mut(who);
        for purse in &mut person.purses {
            purse.grant(kind, n(amount), expires, now, None);
        }
        WROTE
    }

    fn top_up(
        &mut self,
        who: &Name,
        payment: &Name,
        credits: Amount,
        now: Time,
    ) -> Result<Said, Word> {
        let person = self.person(who);
        if let Some(seen) = person.payments.iter().find(|p| p.id == *payment) {
            let same = seen.credits == Some(n(credits));
            return if same { NOTHING_NEW } else { Err("payment_reused") };
        }
        let contract = &self.version(person.version).contract;
        let smallest = n(contract.credit.smallest);
        if n(credits) <= 0 || n(credits) % smallest != 0 {
            return Err("invalid_request");
        }
        if !contract.plans.get(&person.plan).expect("a plan").top_ups {
            return Err("top_ups_not_offered");
        }
        let expires = end(contract.credit.bought, now, &contract.zone);
        let person = self.person_mut(who);
        for book in BOTH {
            let id = Some(payment.clone());
            person.purses[book].grant(GrantKind::Bought, n(credits), expires, now, id);
        }
        let credits = Some(n(credits));
        person.payments.push(Payment { id: payment.clone(), credits, asked_back: 0 });
        WROTE
    }

    /// Takes what is left of a payment's credits, now and as holds end.
    fn claw_back(
        &mut self,
        who: &Name,
        payment: &Name,
        credits: Option<Amount>,
    ) -> Result<Said, Word> {
        let mut person = self.person(who).clone();
        let seen = person.payments.iter_mut().find(|p| p.id == *payment).ok_or("not_found")?;
        let left = seen.credits.ok_or("not_found")? - seen.asked_back;
        if left == 0 && credits.is_none() {
            return NOTHING_NEW;
        }
        let asked = credits.map_or(left, n);
        if asked <= 0 || asked > left {
            return Err("invalid_request");
        }
        seen.asked_back += asked;
        for book in BOTH {
            let piles = &person.purses[book].piles;
            let i = piles.iter().position(|p| p.payment.as_ref() == Some(payment)).expect("a pile");
            let held = person.held_of(book, i);
            let pile = &mut person.purses[book].piles[i];
            let taken = asked.min(pile.has);
            pile.has -= taken;
            pile.to_claw = (pile.to_claw + asked - taken).min(held);
        }
        *self.person_mut(who) = person;
        WROTE
    }

    fn set_caps(&mut self, who: &Name, changes: &CapChanges) -> Result<Said, Word> {
        let person = self.person_mut(who);
        let negative = |cap: Option<Amount>| cap.is_some_and(|cap| n(cap) < 0);
        if changes.month.is_some_and(negative) {
            return Err("invalid_request");
        }
        for (member, cap) in &changes.members {
            if !person.members.contains(member) {
                return Err("not_found");
            }
            if negative(*cap) {
                return Err("invalid_request");
            }
        }
        if let Some(cap) = changes.month {
            person.month_cap = cap.map(n);
        }
        for (member, cap) in &changes.members {
            person.member_caps.retain(|(id, _)| id != member);
            person.member_caps.extend(cap.map(|cap| (member.clone(), n(cap))));
        }
        WROTE
    }

    /// Special terms: better than what there is in every field, dated.
    fn special(
        &mut self,
        who: &Name,
        terms: &Override,
        role: Option<&Name>,
        now: Time,
    ) -> Result<Said, Word> {
        let person = self.person(who);
        let under = self.under(person, person.version, None, now).expect("their terms");
        let zone = &under.contract.zone;
        let until = terms.until.ok_or("invalid_request")?;
        let ends = zone.day(zone.start_of(until)).until;
        if ends <= now {
            return Err("invalid_request");
        }
        let mut better = false;
        let mut judge = |is_worse: bool, is_better: bool| {
            better |= is_better;
            if is_worse { Err("override_not_better") } else { Ok(()) }
        };
        for (id, price) in &terms.prices {
            let action = under.contract.actions.get(id).ok_or("not_found")?;
            judge(!under.counts(price), false)?;
            let before = under.lowest(action, None).0;
            let then = price_of(&price.credits, None);
            judge(then > before, then < before || !under.offers(id))?;
        }
        for (id, allowance) in &terms.allowances {
            let before = under.allowance(id);
            let units = before.map_or(0, |a| a.units);
            let other_period = before.is_some_and(|a| a.per != allowance.per);
            let more = before.is_none() || allowance.units > units;
            judge(allowance.units < units || other_period, more)?;
        }
        if let Some(class) = &terms.best_model {
            let rank = under.contract.models.position(class).ok_or("not_found")?;
            let ceiling = under.ceiling();
            judge(ceiling.is_none_or(|c| rank < c), ceiling.is_some_and(|c| rank > c))?;
        }
        if let Some(line) = terms.credit_line.map(n) {
            judge(line < under.credit_line(), line > under.credit_line())?;
        }
        if let Some(most) = terms.at_once {
            judge(most < under.at_once(), most > under.at_once())?;
        }
        if !better {
            return Err("override_not_better");
        }
        if let Some(line) = terms.credit_line {
            self.may_give(person.version, None, role, n(line))?;
        }
        self.person_mut(who).specials.push((terms.clone(), ends));
        WROTE
    }

    /// An operator's pause is lifted only by operators; an unusual day by anybody.
    fn resume(
        &mut self,
        who: &Name,
        item: Option<&(Name, Name)>,
        key: Key,
        now: Time,
    ) -> Result<Said, Word> {
        let version = self.person(who).version;
        let day = self.version(version).contract.zone.day_number(now);
        let person = self.person_mut(who);
        match item {
            Some((action, artifact)) => person
                .log
                .push(Event::Resumed { action: action.clone(), artifact: artifact.clone() }),
            None if person.paused && key.is_customer => return Err("forbidden"),
            None => {
                person.paused = false;
                person.quiet_days.push(day);
            }
        }
        WROTE
    }

    fn confirm(&mut self, who: &Name, quote: &Quote, key: Key, now: Time) -> Result<Said, Word> {
        let person = self.person_mut(who);
        if quote.customer != *who {
            return Err("not_found");
        }
        if quote.expires_at <= now {
            return Err("quote_expired");
        }
        if person.quotes_used.contains(&quote.id) {
            return Err("quote_used");
        }
        if person.agreed.iter().any(|(id, _)| *id == quote.id) {
            return NOTHING_NEW;
        }
        let by = if key.is_customer { ConfirmedBy::Customer } else { ConfirmedBy::Product };
        person.agreed.push((quote.id.clone(), by));
        WROTE
    }
}

fn end(lives: Expiry, now: Time, zone: &probity_core::Zone) -> Option<Time> {
    match lives {
        Expiry::Never => None,
        Expiry::After(length) => Some(length.after(now, zone)),
    }
}
