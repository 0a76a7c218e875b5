//! Some of the customers of a replay, each with their books: every row is decided by the core.
//!
//! A shard sees all rows of its customers, in order. It asks `decide`, folds with `apply`, adds up
//! in a tally, and computes no price itself. Its memory is bounded: ended runs are forgotten, and
//! what is known of things lies in a memory of fixed size.

use super::bill::Bill;
use super::found::{Free, Leak};
use super::recent::{Recent, Twice};
use super::row::Row;
use super::rules::{Fund, Playable, Rules};
use super::run::{Asked, Teller};
use super::tally::{Denied, OfCustomer, Tally, grow, grow_amount, grow_cost};
use super::things::Things;
use probity_core::contract::Treatment;
use probity_core::decide::{self, Code, Denial, Refusal};
use probity_core::entry::{Facts, LegEnded, Rule};
use probity_core::state::{Customer, ItemKey};
use probity_core::{Amount, Cost, Money, Name, Outcome, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Some of the customers.
pub(crate) struct Shard<'r> {
    rules: &'r Rules,
    teller: Teller<'r>,
    people: Vec<Option<Box<Person>>>,
    things: Things,
    tally: Tally,
    /// The refusals that have been put into words: the line of the earliest.
    worded: BTreeMap<Code, u64>,
}

/// One customer.
struct Person {
    books: Customer,
    recent: Recent,
    sums: OfCustomer,
    bill: Bill,
    /// The codes of the refusals they met, a bit each.
    met: u32,
    latest: Time,
}

/// A customer's place in a shard, number and name.
pub(crate) struct Who<'a> {
    /// Place in this shard.
    pub(crate) place: usize,
    /// Name in the log.
    pub(crate) name: &'a str,
}

/// What a row came to.
enum Came {
    Charged(Amount),
    Free(Free),
    Refused(Denied),
    Undecided(String),
}

impl<'r> Shard<'r> {
    /// The shard of one of so many workers.
    pub(crate) fn new(rules: &'r Rules, workers: usize) -> Self {
        Self {
            rules,
            teller: Teller::new(rules),
            people: Vec::new(),
            things: Things::of_one_in(workers),
            tally: Tally::new(&rules.contract),
            worded: BTreeMap::new(),
        }
    }

    /// Decides a row.
    pub(crate) fn row(&mut self, row: &Row, who: &Who<'_>, models: &[Name]) {
        let zone = &self.rules.contract.zone;
        let day = zone.day_number(row.at);
        self.tally.row(row, day);
        let Some(mut person) = self.person(row, who) else {
            self.tally.undecided(row, "the core opens no such customer".into());
            return;
        };
        let now = row.at.max(person.latest);
        self.tally.assumed.late += u64::from(row.at < person.latest);
        person.latest = now;
        person.sums.rows += 1;
        grow(&mut person.sums.today, self.tally.today(row));
        if let Some(cost) = row.cost {
            grow_cost(&mut person.sums.cost, Cost::of_trillionths(cost));
            person.sums.costed += 1;
        }
        let twice = person.recent.see(row);
        if let Some(action) = row.action.and_then(|index| self.rules.action(index)) {
            let came = if twice == Some(Twice::SameRequest) {
                Came::Free(Free::SameRequest)
            } else {
                self.catch_up(&mut person, now);
                self.move_plan(&mut person, row, now);
                self.run(&mut person, row, action, models, now)
            };
            if let Some(leak) = leak(row, action, twice, &came) {
                let is_owned = matches!(came, Came::Free(Free::Reopened));
                self.tally.leak(row, leak, is_owned);
            }
            self.count(&mut person, row, day, came);
        }
        if let Some(slot) = self.people.get_mut(who.place) {
            *slot = Some(person);
        }
    }

    fn count(&mut self, person: &mut Person, row: &Row, day: i32, came: Came) {
        match came {
            Came::Charged(amount) => {
                grow_amount(&mut person.sums.charged, amount);
                self.tally.charge(row, day, amount);
            }
            Came::Free(why) => {
                let spared = matches!(why, Free::OnYourKey | Free::SameRequest);
                spare(person, row, spared);
                self.tally.free(row, why);
            }
            Came::Refused(refusal) => {
                let bit = 1u32.checked_shl(refusal.code as u32).unwrap_or(0);
                let is_first = person.met & bit == 0;
                person.met |= bit;
                person.sums.refused += 1;
                spare(person, row, true);
                self.tally.refuse(row, refusal, is_first);
            }
            Came::Undecided(why) => self.tally.undecided(row, why),
        }
    }

    /// The customer of a row; a new one is opened at its instant.
    fn person(&mut self, row: &Row, who: &Who<'_>) -> Option<Box<Person>> {
        if self.people.len() <= who.place {
            self.people.resize_with(who.place + 1, || None);
        }
        if let Some(person) = self.people.get_mut(who.place).and_then(Option::take) {
            return Some(person);
        }
        let plan = row.plan.unwrap_or(self.rules.default_plan);
        let offer = self.rules.plan(plan)?;
        let books = self.teller.open(who.name, &offer.id, row.at)?;
        let none = Money::zero(self.rules.contract.currency);
        let sums = OfCustomer {
            customer: row.customer,
            plan,
            rows: 0,
            today: none,
            charged: Amount::ZERO,
            refused: 0,
            bill: none,
            cost: Cost::ZERO,
            costed: 0,
            spared: Cost::ZERO,
        };
        let (bill, recent) = (Bill::new(none), Recent::default());
        let mut person = Person { books, recent, sums, bill, met: 0, latest: row.at };
        self.bill_plan(&mut person, row.at);
        Some(Box::new(person))
    }

    /// Applies everything that is due by `now`; every new period is billed.
    fn catch_up(&mut self, person: &mut Person, now: Time) {
        while let Some((at, due)) = decide::next_due(&self.rules.catalog, &person.books, now) {
            let period = person.books.period;
            let is_applied = self.teller.due(&mut person.books, due, at);
            if person.books.period != period {
                self.bill_plan(person, at);
            }
            if !is_applied {
                break;
            }
        }
    }

    /// Moves the customer to the plan that the row names, as the contract moves people.
    fn move_plan(&mut self, person: &mut Person, row: &Row, now: Time) {
        let Some(offer) = row.plan.and_then(|place| self.rules.plan(place)) else { return };
        let heading = person.books.next_plan.as_ref().unwrap_or(&person.books.plan);
        if *heading == offer.id {
            return;
        }
        let before = person.books.plan.clone();
        self.teller.change_plan(&mut person.books, &offer.id, now);
        if person.books.plan != before {
            self.bill_plan(person, now);
        }
    }

    /// A period begins, or the rest of one on another plan.
    fn bill_plan(&self, person: &mut Person, at: Time) {
        person.sums.plan = self.rules.place_of_plan(&person.books.plan);
        let price = self.rules.period_price(&person.books.id, person.sums.plan);
        let day = |at| self.rules.contract.zone.day_number(at);
        let period = person.books.period;
        person.bill.period(price, day(period.until) - day(period.from), day(at));
    }

    /// Decides the run that a row was.
    fn run(
        &mut self,
        person: &mut Person,
        row: &Row,
        action: &Playable,
        models: &[Name],
        now: Time,
    ) -> Came {
        if row.outcome == Outcome::Reopened {
            let is_owned = action.needs_artifact && row.artifact.is_some();
            return Came::Free(if is_owned { Free::Reopened } else { Free::SaidReopened });
        }
        let key = row
            .artifact
            .map(|artifact| super::actions::fingerprint(&(row.customer, row.action, artifact)));
        let model = row.model.and_then(|n| models.get(usize::from(n)));
        let own_key = self.rules.plan(person.sums.plan).is_some_and(|plan| plan.is_on_own_key);
        let asked = Asked { row, action, model, own_key, now };
        let item = self.teller.prepare(&asked, &mut self.tally.assumed);
        if let (Some(item), Some(key)) = (&item, key)
            && let Some((known, bought)) = self.things.take(key, action.needs_artifact)
        {
            person.books.items.insert(item.clone(), known);
            person.books.real.bought.insert(item.clone(), bought);
        }
        let came = self.decide(person, row, now);
        if let (Some(item), Some(key)) = (item, key) {
            self.put_away(person, &item, key, action.needs_artifact);
        }
        came
    }

    /// What is known of a thing goes back into the memory of fixed size.
    fn put_away(&mut self, person: &mut Person, item: &ItemKey, key: u64, is_owned: bool) {
        // The maps are taken whole: nothing else is in them between two rows.
        let known = std::mem::take(&mut person.books.items).remove(item);
        let bought = std::mem::take(&mut person.books.real.bought).remove(item);
        if known.is_some() || bought.is_some() {
            self.things.put(key, is_owned, &known.unwrap_or_default(), bought.unwrap_or_default());
        }
    }

    fn decide(&mut self, person: &mut Person, row: &Row, now: Time) -> Came {
        let mut refusal = match self.teller.run(&mut person.books, now) {
            Ok(facts) => return self.came(row, &facts),
            Err(refusal) => refusal,
        };
        if let Refusal::Denied(denial) = &refusal
            && self.top_up(person, denial, now)
        {
            refusal = match self.teller.run(&mut person.books, now) {
                Ok(facts) => return self.came(row, &facts),
                Err(refusal) => refusal,
            };
        }
        match refusal {
            Refusal::Denied(denial) => Came::Refused(self.denied(person, row.line, &denial, now)),
            Refusal::Problem(problem) => Came::Undecided(super::run::why(&problem)),
        }
    }

    /// A refusal; the earliest of each code is put into words.
    fn denied(&mut self, person: &Person, line: u64, denial: &Denial, now: Time) -> Denied {
        let earliest = self.worded.entry(denial.code).or_insert(u64::MAX);
        let mut words = None;
        if line < *earliest {
            *earliest = line;
            words = self.teller.words(&person.books, denial, now);
        }
        Denied { code: denial.code, needs: denial.needs.unwrap_or(Amount::ZERO), words }
    }

    /// Buys the smallest pack that helps, where customers are taken to do so.
    fn top_up(&mut self, person: &mut Person, denial: &Denial, now: Time) -> bool {
        let plan = self.rules.plan(person.sums.plan);
        let sells = plan.is_some_and(|plan| plan.sells_credits);
        let (Fund::TopUps, Code::NotEnoughCredits, true) = (self.rules.fund, denial.code, sells)
        else {
            return false;
        };
        let missing = denial.missing.unwrap_or(Amount::ZERO);
        let packs = &self.rules.contract.top_ups.packs;
        let fitting = packs.iter().filter(|pack| pack.credits >= missing);
        let Some(pack) = fitting.min_by_key(|pack| pack.credits) else { return false };
        let is_bought = self.teller.top_up(&mut person.books, pack, now);
        if is_bought {
            person.bill.pack(pack.price);
        }
        is_bought
    }

    fn came(&mut self, row: &Row, facts: &Facts) -> Came {
        let Facts::Run { started, ended } = facts else {
            return Came::Undecided("the core answers something else".into());
        };
        self.tally.assumed.agreed += u64::from(started.confirmation.is_some());
        let LegEnded { charged, rule, .. } = ended.leg;
        if charged.is_positive() {
            return Came::Charged(charged);
        }
        Came::Free(match rule {
            Rule::Reopened => Free::Reopened,
            Rule::SameAgain => Free::SameAgain,
            Rule::Redo => Free::Redo,
            Rule::OnYourKey => Free::OnYourKey,
            Rule::Allowance => Free::Allowance,
            Rule::FreeAction | Rule::Charge | Rule::Quantity => Free::Action,
            // It was taken as cancelled for want of its extent; nobody stopped it.
            _ if row.outcome == Outcome::Partial && ended.outcome == Outcome::Cancelled => {
                Free::PartUntold
            }
            _ => Free::Ending(ended.outcome),
        })
    }

    /// The first and the last instant it has seen.
    pub(crate) const fn span(&self) -> Option<(Time, Time)> {
        self.tally.span
    }

    /// All that was added up, with every customer brought to the end of the log.
    pub(crate) fn finish(mut self, (first, last): (Time, Time)) -> Tally {
        let zone = &self.rules.contract.zone;
        let days = (zone.day_number(first), zone.day_number(last));
        let people = std::mem::take(&mut self.people);
        for mut person in people.into_iter().flatten() {
            self.catch_up(&mut person, last);
            person.sums.bill = person.bill.over(days.0, days.1);
            self.tally.customers.push(person.sums);
        }
        self.tally.assumed.forgotten = self.things.forgotten();
        self.tally
    }
}

/// A cost that would not be yours: of a run that is refused, or on the customer's own key.
fn spare(person: &mut Person, row: &Row, is_spared: bool) {
    if let Some(cost) = row.cost.filter(|_| is_spared) {
        grow_cost(&mut person.sums.spared, Cost::of_trillionths(cost));
    }
}

/// What today's billing charges a row for, though nothing is owed.
fn leak(row: &Row, action: &Playable, twice: Option<Twice>, came: &Came) -> Option<Leak> {
    if matches!(came, Came::Charged(_)) {
        None
    } else if twice.is_some() {
        Some(Leak::Duplicates)
    } else if row.outcome != Outcome::Reopened && action.outcomes.of(row.outcome) == Treatment::Free
    {
        Some(Leak::Failures)
    } else if matches!(came, Came::Free(Free::Reopened | Free::SameAgain)) {
        Some(Leak::Repeats)
    } else if matches!(came, Came::Free(Free::SaidReopened)) {
        Some(Leak::Reopenings)
    } else {
        None
    }
}

/// A name of the log as the core takes ids: as it is, or a mark that stands for it.
pub(crate) fn core_id(name: &str) -> Name {
    if probity_core::id::is_caller_id(name) {
        return Name::new(name);
    }
    Name::new(&format!("log:{:016x}", super::actions::fingerprint(&name)))
}

/// Names for the core, from texts shared between threads.
pub(crate) fn core_name(text: &Arc<str>) -> Name {
    Name::new(text)
}
