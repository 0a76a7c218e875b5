//! Playing a world: steps become commands with ids and instants, the core answers, all is kept.

use super::books::{Answer, Books, Event, Policy};
use super::player::Player;
use super::recipe::{Recipe, recipes};
use super::step::{Step, stories};
use probity_core::Time;
use probity_core::state::Customer;
use probity_core::terms::Catalog;
use proptest::prelude::*;
use std::fmt;

/// A contract, an instant to begin at, and what happens.
#[derive(Clone)]
pub struct World {
    pub recipe: Recipe,
    pub starts: &'static str,
    pub steps: Vec<Step>,
}

impl fmt::Debug for World {
    /// The recipe, and then a line for each step and what it was answered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recipe { zone, actions, plans, rules, private } = &self.recipe;
        writeln!(f, "from {} in {zone}", self.starts)?;
        actions.iter().enumerate().try_for_each(|(i, a)| writeln!(f, "action_{i}: {a:?}"))?;
        plans.iter().enumerate().try_for_each(|(i, p)| writeln!(f, "plan_{i}: {p:?}"))?;
        writeln!(f, "{rules:?}\n{private:?}")?;
        self.steps.iter().try_for_each(|step| writeln!(f, "- {step:?}"))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event {
            Event::Command { customer, by, act, .. } => {
                writeln!(f, "{} {customer} by {}: {act:?}", self.at, by.name)?;
            }
            Event::Publish { contract, adverse, .. } => {
                writeln!(f, "{} version {} (adverse: {adverse})", self.at, contract.version)?;
            }
            Event::Operate(operations) => writeln!(f, "{} {:?}", self.at, operations.rollout)?,
            Event::Sums(sums) => writeln!(f, "{} {sums:?}", self.at)?,
        }
        for entry in &self.answer.wrote {
            writeln!(f, "    #{} {} {:?}", entry.seq, entry.at, entry.facts)?;
            entry.transfers.iter().try_for_each(|t| {
                writeln!(f, "        {} from {} to {}", t.amount, t.from, t.to)
            })?;
            if let Some(shadow) = &entry.shadow {
                writeln!(f, "        shadow: {shadow:?}")?;
            }
        }
        match &self.answer.decision {
            Some(Err(no)) => writeln!(f, "    refused: {no:?}"),
            _ => Ok(()),
        }
    }
}

/// Instants near which calendars are awkward.
const STARTS: [&str; 4] = [
    "2026-01-31T09:30:00Z",
    "2026-03-28T22:59:59.999999Z",
    "2026-10-24T00:00:00Z",
    "2028-02-28T23:00:00Z",
];

/// Any world whose story has `least` to `most` steps.
pub fn worlds(least: usize, most: usize) -> impl Strategy<Value = World> {
    (recipes(), proptest::sample::select(STARTS.to_vec()), stories(least, most))
        .prop_map(|(recipe, starts, steps)| World { recipe, starts, steps })
}

/// One thing that happened, and how it was answered.
#[derive(Clone, Debug)]
pub struct Moment {
    pub at: Time,
    pub event: Event,
    pub answer: Answer,
    /// The customer it was about, just before and after.
    pub before: Option<Customer>,
    pub after: Option<Customer>,
}

/// All that happened in a world.
#[derive(Clone, Debug)]
pub struct Story {
    pub books: Books,
    pub moments: Vec<Moment>,
}

/// Plays a world on the core, applying what is due just before each command.
pub fn play(world: &World) -> Story {
    let mut player = Player::new(world);
    player.open();
    world.steps.iter().for_each(|step| player.step(step));
    player.story()
}

/// Plays what happened in a story once more, on other books.
pub fn replay(world: &World, story: &Story, policy: Policy) -> Books {
    let start = Time::parse(world.starts).expect("an instant");
    let mut books = Books::new(catalog(world), policy, start);
    for moment in &story.moments {
        books.play(moment.at, &moment.event);
    }
    books.pass(story.books.now());
    books
}

/// The catalog that a world begins with.
pub fn catalog(world: &World) -> Catalog {
    let (contract, operations) = world.recipe.build(1, 1);
    Catalog::of(contract, operations)
}
