//! Do the core and the naive model agree, moment by moment?

use super::Naive;
use super::history::{BOTH, Person, REAL, Run, Stands};
use super::price::n;
use super::said::Said;
use crate::model::books::Event;
use crate::model::invariants::Held;
use crate::model::play::{Story, World};
use probity_core::command::{GrantKind, Purpose};
use probity_core::state::{self, Book, Customer, RunStatus};
use probity_core::{Per, Time};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Plays a story once more on the naive model, and compares after every moment.
pub fn the_core_and_the_naive_model_agree(world: &World, story: &Story) -> Held {
    let (contract, operations) = world.recipe.build(1, 1);
    let mut naive = Naive::new(contract, operations);
    for moment in &story.moments {
        let said = naive.play(moment.at, &moment.event);
        let (Event::Command { customer, .. }, Some(said)) = (&moment.event, said) else { continue };
        let core = Said::of(moment.answer.decision.as_ref().expect("a command is answered"));
        let answered = same("the answer", &core, &said);
        let then = match (&moment.after, naive.people.get(customer)) {
            (Some(core), Some(person)) => naive.compare(core, person, moment.at),
            (core, person) => same("a customer", &core.is_some(), &person.is_some()),
        };
        answered.and(then).map_err(|why| format!("{why}\nat\n{moment}"))?;
    }
    Ok(())
}

/// The same, or what each of them says.
fn same<T: PartialEq + Debug>(what: &str, core: &T, naive: &T) -> Held {
    if core == naive {
        return Ok(());
    }
    Err(format!("{what}: the core says {core:?}, the naive model {naive:?}"))
}

impl Naive {
    fn compare(&self, core: &Customer, person: &Person, at: Time) -> Held {
        same("plan", &core.plan, &person.plan)?;
        same("next plan", &core.next_plan, &person.next_plan)?;
        same("version", &core.contract, &person.version)?;
        same("anchor", &core.anchor, &person.anchor)?;
        same("period", &core.period, &person.period)?;
        same("credits for", &core.credits_for, &person.credits_for)?;
        same("paid", &core.paid, &person.paid)?;
        same("open runs", &(core.open_runs as usize), &person.open_runs())?;
        same("runs", &core.runs.len(), &person.runs.len())?;
        for run in &person.runs {
            compare_run(core, run).map_err(|why| format!("{}: {why}", run.id))?;
        }
        let books = [&core.real, core.shadow_book()];
        for book in BOTH {
            let compared = self.compare_book(books[book], person, book, at);
            compared.map_err(|why| if book == REAL { why } else { format!("shadow: {why}") })?;
        }
        Ok(())
    }

    fn compare_book(&self, core: &Book, person: &Person, book: usize, at: Time) -> Held {
        let purse = &person.purses[book];
        same("available", &n(core.available()), &purse.available())?;
        same("held", &n(core.held()), &person.held(book))?;
        same("owed", &n(core.owed), &purse.owed)?;
        let mut piles = BTreeMap::<(GrantKind, Option<Time>), i64>::new();
        for pile in purse.piles.iter().filter(|p| p.has > 0) {
            *piles.entry((pile.kind, pile.expires)).or_default() += pile.has;
        }
        let mut grants = BTreeMap::new();
        for grant in core.grants.iter().filter(|g| g.available.is_positive()) {
            *grants.entry((grant.kind, grant.expires)).or_default() += n(grant.available);
        }
        same("grants", &grants, &piles)?;
        self.compare_sums(core, person, book, at)
    }

    /// What limits look at.
    fn compare_sums(&self, core: &Book, person: &Person, book: usize, at: Time) -> Held {
        let under = self.under(person, person.version, None, at).expect("their terms");
        let month = under.window(Per::Month);
        same("spent this month", &n(core.month.at(at)), &person.spent(book, month, None))?;
        for member in &person.members {
            let spent = core.members.get(member).map_or(0, |s| n(s.at(at)));
            same("a member spent", &spent, &person.spent(book, month, Some(member)))?;
        }
        for action in under.contract.actions.names() {
            let Some(allowance) = under.allowance(action) else { continue };
            let window = under.window(allowance.per);
            let used = core.used.get(action).map_or(0, |u| u.within(window.from));
            same("units used", &used, &person.used(book, Some(action), window))?;
        }
        if let Some(trials) = &under.contract.experiments {
            let window = under.window(trials.allowance.per);
            let used = core.tried.within(window.from);
            same("trials used", &used, &person.used(book, None, window))?;
        }
        let zone = &under.contract.zone;
        let today = zone.day_number(at);
        let days = person.charged_on(book, zone, today - 28..today);
        let (sum, of) = core.days.before(today);
        same("days charged", &(n(sum), of as usize), &(days.iter().sum(), days.len()))
    }
}

fn compare_run(core: &Customer, run: &Run) -> Held {
    let Some(there) = core.runs.get(&run.id) else { return Err("not in the core".to_owned()) };
    same("status", &there.status, &status(run.stands))?;
    same("kind", &there.kind, &run.kind)?;
    same("mode", &there.mode, &run.mode)?;
    same("expires", &there.expires_at, &run.expires)?;
    same("version", &(there.contract, there.operations), &(run.version, run.revision))?;
    same("plan", &there.plan, &run.plan)?;
    same("would be refused", &there.would_deny, &run.would_deny)?;
    same("would cost", &there.denied_price.map(n), &run.denied_price)?;
    same("outcome", &there.end.as_ref().map(|end| end.outcome), &run.outcome)?;
    same("late", &there.end.as_ref().is_some_and(|end| end.late), &run.late)?;
    same("trial", &there.purpose, &run.purpose)?;
    let none = state::Leg::default();
    let shadow = core.shadow_book();
    for (book, legs) in [&core.real.legs, &shadow.legs].into_iter().enumerate() {
        let leg = legs.get(&run.id).map_or(&none, |leg| leg);
        compare_leg(leg, run, book)
            .map_err(|why| if book == REAL { why } else { format!("shadow: {why}") })?;
    }
    Ok(())
}

fn compare_leg(core: &state::Leg, run: &Run, book: usize) -> Held {
    let side = &run.sides[book];
    same("price", &n(core.started.price), &side.price)?;
    same("units free", &core.started.units_free, &side.units_free)?;
    same("refunded", &n(core.refunded), &side.refunded)?;
    let Some(ended) = &core.ended else {
        return same("charged", &0, &side.charged);
    };
    same("charged", &n(ended.charged), &side.charged)?;
    same("released", &n(ended.released), &(side.price - side.charged))?;
    same("units used", &ended.units_free, &side.units_used)?;
    let trial = run.purpose == Purpose::Experiment;
    if book == REAL || !trial {
        same("rule", &Some(ended.rule), &side.rule)?;
    }
    Ok(())
}

fn status(stands: Stands) -> RunStatus {
    match stands {
        Stands::Held => RunStatus::Held,
        Stands::Settled => RunStatus::Settled,
        Stands::Released => RunStatus::Released,
        Stands::Expired => RunStatus::Expired,
    }
}
