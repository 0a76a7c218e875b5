//! Plays a random story on an engine, and writes down all that it is answered.

use super::asking::{ask, refusal};
use super::publishing::{first, next};
use super::reads;
use super::requests::plain;
use super::story::{Asked, PEOPLE, Story, What};
use crate::store::dice::Dice;
use probity::clock::ManualClock;
use probity::core::command::{Act, Actor};
use probity::core::quote::Quote;
use probity::core::sums::Sums;
use probity::core::view::Reader;
use probity::core::{Name, Time};
use probity::engine::{Answered, Published, Refused, Whose};
use probity::{Environment, Probity, answer};
use std::sync::Arc;

const QUOTE_KEY: &[u8] = b"a random story";
const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// How a story is played.
pub(super) struct How {
    /// Opens the engine, at first and whenever it was closed.
    pub(super) open: Box<dyn FnMut(Arc<ManualClock>) -> Probity>,
    /// It is closed and opened again, once in so many commands; 0: never.
    pub(super) restarts: u64,
    /// What comes together is asked together.
    pub(super) in_batches: bool,
    /// Nobody sees what is added up over everyone, but always nothing.
    pub(super) without_sums: bool,
}

/// A story on its way.
pub(super) struct Player {
    how: How,
    probity: Option<Probity>,
    clock: Arc<ManualClock>,
    sandbox: Option<Time>,
    story: Story,
    dice: Dice,
    chance: Dice,
    /// Everything that was asked and answered, in order.
    told: Vec<String>,
}

pub(super) type Told = Vec<String>;

/// The story of a seed: so many commands.
pub(super) fn play(seed: u64, commands: u64, tight: bool, mut how: How) -> Told {
    let start = Time::parse("2026-11-26T10:00:00Z").unwrap();
    let clock = Arc::new(ManualClock::at(start));
    let probity = Some((how.open)(Arc::clone(&clock)));
    let mut player = Player {
        how,
        probity,
        clock,
        sandbox: None,
        story: Story::default(),
        dice: Dice::of(seed),
        chance: Dice::of(seed ^ 0x00c4_a17c),
        told: Vec::new(),
    };
    player.begin();
    while player.story.asked < commands {
        player.round(tight);
    }
    player.read_all();
    player.probity.take().unwrap().close();
    player.told
}

impl Player {
    fn probity(&self) -> &Probity {
        self.probity.as_ref().unwrap()
    }

    fn now(&self, environment: Environment) -> Time {
        let live = probity::clock::Clock::now(&*self.clock);
        self.sandbox.filter(|_| environment == Environment::Sandbox).unwrap_or(live)
    }

    /// Publishes the first version, and opens some of them.
    fn begin(&mut self) {
        for environment in Environment::ALL {
            if self.how.without_sums {
                self.probity().suppose(environment, Sums::default()).unwrap().wait().unwrap();
            }
            self.probity().publish(first(environment), false).unwrap().wait().unwrap();
        }
        let asked = PEOPLE[..5].iter().map(|(environment, name)| {
            let what = What::Act(Act::OpenCustomer(super::acts::new(&mut self.dice)));
            let customer = Name::new(name);
            Asked {
                environment: *environment,
                whose: Whose::Customer(customer.clone()),
                customer,
                what,
                by: Actor::product(),
                key: None,
                only_if: None,
            }
        });
        let asked: Vec<Asked> = asked.collect();
        self.ask(asked);
    }

    fn round(&mut self, tight: bool) {
        self.move_clocks();
        if self.dice.one_in(12) {
            self.publish(tight);
        }
        let many = 1 + self.dice.roll(6);
        let asked: Vec<Asked> = (0..many).map(|_| self.next()).collect();
        self.ask(asked);
        if self.dice.one_in(2) {
            self.quote();
        }
        let (environment, name) = *self.dice.pick(&PEOPLE);
        let probity = self.probity.as_ref().unwrap();
        let name = Name::new(name);
        match self.dice.roll(8) {
            0..=3 => self.told.push(reads::wallet(probity, environment, &name)),
            4 => self.told.extend(reads::runs(probity, environment, &name, &mut self.dice)),
            5 => self.told.extend(reads::entries(probity, environment, &name, &mut self.dice)),
            7 => self.told.extend(reads::statement(probity, environment, &name, &mut self.dice)),
            6 if !self.story.runs.is_empty() => {
                let started = self.dice.pick(&self.story.runs);
                let whose = Whose::Run(started.run, None);
                self.told.push(reads::receipt_of(probity, started.environment, whose, started.run));
            }
            _ => {}
        }
    }

    fn next(&mut self) -> Asked {
        let (live, sandbox) = (self.now(Environment::Live), self.now(Environment::Sandbox));
        let now = |environment| match environment {
            Environment::Live => live,
            Environment::Sandbox => sandbox,
        };
        self.story.next(now, &mut self.dice)
    }

    fn step(&mut self) -> u64 {
        match self.dice.roll(20) {
            0..=8 => 0,
            9..=12 => 1 + self.dice.roll(5 * MINUTE),
            13 | 14 => self.dice.roll(40) * MINUTE,
            15 | 16 => self.dice.roll(30) * 60 * MINUTE,
            17 => self.dice.roll(12) * DAY,
            18 => self.dice.roll(50) * DAY,
            _ => 0,
        }
    }

    fn move_clocks(&mut self) {
        let micros = self.dice.within(0, 3);
        let live = self.now(Environment::Live).plus_seconds(self.step()).plus_micros(micros);
        self.clock.set(live);
        if !self.dice.one_in(4) {
            return;
        }
        let to = self.now(Environment::Sandbox).plus_seconds(self.step());
        // Now and then it is asked to go back, which it refuses.
        let to = if self.dice.one_in(12) { to.plus_micros(-60_000_000_000) } else { to };
        let moved = self.probity().move_clock(Some(to)).unwrap().wait();
        self.told.push(format!("sandbox {moved:?}"));
        if let Ok(moved) = moved {
            self.sandbox = Some(moved);
        }
    }

    fn publish(&mut self, tight: bool) {
        let environment = *self.dice.pick(&Environment::ALL);
        let place = usize::from(environment == Environment::Sandbox);
        let version = 4 + self.story.published[place];
        let now = self.now(environment);
        let publication = next(environment, version, now, tight, &mut self.dice);
        let is_version = publication.contract.is_some();
        let dry_run = self.dice.one_in(6);
        let compared = self.dice.one_in(3);
        let probity = self.probity();
        let published = if compared {
            probity.publish_compared(publication, dry_run).unwrap().wait()
        } else {
            probity.publish(publication, dry_run).unwrap().wait()
        };
        if published.is_ok() && is_version && !dry_run {
            self.story.published[place] += 1;
        }
        let told =
            |done: Published| format!("{} {}", done.catalog.versions().len(), done.operations);
        let told = published.map(told).map_err(|refused| refused.to_string());
        self.told.push(format!("published {environment:?} {version} {told:?}"));
    }

    /// Asks for all of these in their order.
    fn ask(&mut self, asked: Vec<Asked>) {
        let at: Vec<Time> = asked.iter().map(|asked| self.now(asked.environment)).collect();
        if self.how.in_batches {
            let asks = asked.iter().map(ask).collect();
            let answers = self.probity().ask_all(asks).unwrap().wait().unwrap();
            for ((asked, at), answer) in asked.iter().zip(at).zip(answers) {
                self.note(asked, at, answer);
            }
            return;
        }
        for (asked, at) in asked.iter().zip(at) {
            if self.how.restarts > 0 && self.chance.one_in(self.how.restarts) {
                self.probity.take().unwrap().close();
                self.probity = Some((self.how.open)(Arc::clone(&self.clock)));
            }
            let answer = self.probity().ask(ask(asked)).unwrap().wait();
            self.note(asked, at, answer);
        }
    }

    fn note(&mut self, asked: &Asked, at: Time, answer: Result<Answered, Refused>) {
        let Asked { environment, whose, what, by, key, .. } = asked;
        let question = format!("{environment:?} {whose:?} {what:?} {} {key:?}", by.name);
        if let Some(known) = self.story.must_repeat(asked, at) {
            let again = answer.as_ref().unwrap_or_else(|e| panic!("{question}: {e}"));
            assert!(again.replayed, "{question}");
            assert_eq!(again.reply.as_ref().unwrap().body, known.body, "{question}");
        }
        let told = match answer {
            Ok(Answered { reply, replayed, .. }) => {
                let reply = reply.unwrap();
                if !replayed {
                    self.story.learn(asked, &reply.body, at);
                }
                format!("{} {replayed} {}", reply.status, reply.body)
            }
            Err(refused) => refusal(&refused, what),
        };
        self.told.push(format!("{at} {question}\n  {told}"));
    }

    /// Somebody asks what a run would cost; sometimes also whether it would be let.
    fn quote(&mut self) {
        let (environment, name) = *self.dice.pick(&PEOPLE[..6]);
        let request = plain(&mut self.dice);
        let whose = Whose::Customer(Name::new(name));
        let id = Name::new(&format!("q{}", self.story.quotes.len()));
        let Ok(view) = self.probity().view(environment, whose).unwrap().wait() else { return };
        let desk = view.desk().unwrap();
        let check = desk.check(&request, Reader::Product).map(|check| answer::to_json(&check));
        let quote = desk.quote(&request, Reader::Customer, &id, QUOTE_KEY);
        let quote = quote.map(|card| {
            let quote = Quote::open(&card.quote, QUOTE_KEY).unwrap();
            self.story.quotes.push((environment, quote));
            answer::to_json(&card)
        });
        self.told.push(format!("{request:?}\n  {check:?}\n  {quote:?}"));
    }

    fn read_all(&mut self) {
        let kept_since = self.now(Environment::Live).plus_micros(-30 * 24 * 3600 * 1_000_000);
        let probity = self.probity.as_ref().unwrap();
        for (environment, name) in PEOPLE {
            let name = Name::new(name);
            self.told.push(reads::wallet(probity, environment, &name));
            self.told.extend(reads::runs(probity, environment, &name, &mut self.dice));
            self.told.extend(reads::entries(probity, environment, &name, &mut self.dice));
            self.told.extend(reads::statement(probity, environment, &name, &mut self.dice));
            self.told.extend(reads::events(
                probity,
                environment,
                &name,
                (kept_since, &mut self.dice),
            ));
        }
        for started in &self.story.runs {
            let whose = Whose::Run(started.run, Some(started.customer.clone()));
            self.told.push(reads::receipt_of(probity, started.environment, whose, started.run));
        }
    }
}
