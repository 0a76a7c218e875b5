//! A random story: what is asked next, by what was answered so far.

use super::acts::{act, changes, new};
use crate::store::dice::Dice;
use probity::Environment;
use probity::core::command::{Act, Actor, CustomerChanges, NewCustomer};
use probity::core::quote::Quote;
use probity::core::{Name, RunId, Time};
use probity::engine::Whose;

/// Who is there, in which environment; the last one is never opened by itself.
pub(super) const PEOPLE: [(Environment, &str); 7] = [
    (Environment::Live, "ana"),
    (Environment::Live, "ben"),
    (Environment::Live, "northwind-careers"),
    (Environment::Live, "dee"),
    (Environment::Sandbox, "ana"),
    (Environment::Sandbox, "sam"),
    (Environment::Live, "zoe"),
];
/// How long an answer is surely remembered by its key.
const REMEMBERED: i64 = 7 * 86_400_000_000;

/// Something that is asked, to be asked again word for word.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) environment: Environment,
    pub(super) customer: Name,
    pub(super) whose: Whose,
    pub(super) what: What,
    pub(super) by: Actor,
    pub(super) key: Option<String>,
    /// Only if that is their last entry.
    pub(super) only_if: Option<u64>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Act(Act),
    Put(NewCustomer, CustomerChanges),
    Question(RunId),
}

/// An answer that was kept for its key.
pub(super) struct Known {
    asked: Asked,
    pub(super) body: String,
    at: Time,
}

/// A run that was started.
#[derive(Clone, Debug)]
pub(super) struct Started {
    pub(super) environment: Environment,
    pub(super) customer: Name,
    pub(super) run: RunId,
    /// As it was last told; None: it has ended.
    open_until: Option<Time>,
    is_charged: bool,
}

/// What a run is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Open,
    Charged,
    Any,
}

/// What is known so far.
#[derive(Default)]
pub(super) struct Story {
    /// Who was opened, or did something else.
    people: Vec<(Environment, Name)>,
    pub(super) runs: Vec<Started>,
    payments: Vec<(Environment, Name, Name)>,
    pub(super) quotes: Vec<(Environment, Quote)>,
    known: Vec<Known>,
    pub(super) asked: u64,
    /// How many versions were published after the first, by environment.
    pub(super) published: [u32; 2],
}

impl Story {
    fn theirs(&self, whose: (Environment, &Name)) -> impl Iterator<Item = &Started> {
        let fits = move |run: &&Started| (run.environment, &run.customer) == whose;
        self.runs.iter().filter(fits)
    }

    pub(super) fn is_known(&self, whose: (Environment, &Name)) -> bool {
        self.people.iter().any(|known| (known.0, &known.1) == whose)
    }

    fn fitting(&self, whose: (Environment, &Name), wanted: Wanted, now: Time) -> Vec<&Started> {
        let fits = |run: &&Started| match wanted {
            Wanted::Open => run.open_until.is_some_and(|until| now < until),
            Wanted::Charged => run.is_charged,
            Wanted::Any => true,
        };
        self.theirs(whose).filter(fits).collect()
    }

    /// Have they such a run?
    pub(super) fn has(&self, whose: (Environment, &Name), wanted: Wanted, now: Time) -> bool {
        !self.fitting(whose, wanted, now).is_empty()
    }

    /// One of their runs, mostly a late one that is as it is wanted; now and then of somebody else,
    /// or of nobody.
    pub(super) fn run_of(
        &self,
        whose: (Environment, &Name),
        wanted: Wanted,
        now: Time,
        dice: &mut Dice,
    ) -> RunId {
        let fitting = self.fitting(whose, wanted, now);
        let runs = match dice.roll(40) {
            0 => self.runs.iter().collect(),
            1..=5 => self.theirs(whose).collect(),
            _ if fitting.is_empty() => self.theirs(whose).collect(),
            _ => fitting,
        };
        if runs.is_empty() || dice.one_in(150) {
            return RunId::new(7);
        }
        let back = dice.rarely(4, runs.len(), runs.len().min(3));
        runs[runs.len() - 1 - dice.index(back)].run
    }

    /// A payment of theirs, now and then of somebody else.
    pub(super) fn payment_of(&self, whose: (Environment, &Name), dice: &mut Dice) -> Option<&Name> {
        let any = dice.one_in(20);
        let fits = |of: &&(Environment, Name, Name)| any || (of.0, &of.1) == whose;
        let payments: Vec<&Name> = self.payments.iter().filter(fits).map(|of| &of.2).collect();
        (!payments.is_empty()).then(|| *dice.pick(&payments))
    }

    /// A quote for them that holds still, mostly; else any.
    pub(super) fn quote_of(
        &self,
        whose: (Environment, &Name),
        now: Time,
        dice: &mut Dice,
    ) -> Option<&Quote> {
        let any = dice.one_in(8);
        let fits = |of: &&(Environment, Quote)| {
            any || ((of.0, &of.1.customer) == whose && now < of.1.expires_at)
        };
        let quotes: Vec<&Quote> = self.quotes.iter().filter(fits).map(|of| &of.1).collect();
        (!quotes.is_empty()).then(|| *dice.pick(&quotes))
    }

    /// What is asked next; what was asked before by its key, sometimes.
    pub(super) fn next(&mut self, now: impl Fn(Environment) -> Time, dice: &mut Dice) -> Asked {
        self.asked += 1;
        if !self.known.is_empty() && dice.one_in(10) {
            return self.again(dice);
        }
        let many = dice.rarely(20, 7, 6);
        let (environment, name) = *dice.pick(&PEOPLE[..many]);
        let customer = Name::new(name);
        let (of, now) = ((environment, &customer), now(environment));
        let what = match dice.roll(60) {
            0 | 1 => What::Put(new(dice), changes(dice)),
            2 => What::Question(self.run_of(of, Wanted::Any, now, dice)),
            _ => What::Act(act(self, of, now, dice)),
        };
        Asked {
            environment,
            whose: whose(&customer, &what, dice),
            customer,
            what,
            by: by(dice),
            key: (!dice.one_in(4)).then(|| format!("k{}", self.asked)),
            only_if: dice.maybe(30, |d| d.roll(60)),
        }
    }

    /// The same again, or something else with its key.
    fn again(&self, dice: &mut Dice) -> Asked {
        let late = if dice.one_in(3) { self.known.len() } else { self.known.len().min(5) };
        let known = &self.known[self.known.len() - 1 - dice.index(late)];
        let mut asked = known.asked.clone();
        if dice.one_in(10) {
            asked.what = What::Act(Act::Pause { reason: "another".to_owned() });
        }
        asked
    }

    /// What was answered to the very same before, if that is still to be remembered at `now`.
    pub(super) fn must_repeat(&self, asked: &Asked, now: Time) -> Option<&Known> {
        let key = asked.key.as_ref()?;
        let same = |known: &&Known| {
            let before = &known.asked;
            before.key.as_ref() == Some(key)
                && (before.environment, &before.customer) == (asked.environment, &asked.customer)
                && format!("{:?}", before.what) == format!("{:?}", asked.what)
        };
        self.known.iter().rev().find(same).filter(|known| now.since(known.at) <= REMEMBERED)
    }

    /// Something was applied, and told like this.
    pub(super) fn learn(&mut self, asked: &Asked, body: &str, at: Time) {
        let told: serde_json::Value = serde_json::from_str(body).unwrap();
        let run = told["run"].as_str().and_then(RunId::parse);
        match &asked.what {
            What::Act(Act::TopUp { payment, .. } | Act::Renew { payment: Some(payment) }) => {
                let (environment, customer) = (asked.environment, asked.customer.clone());
                self.payments.push((environment, customer, payment.clone()));
            }
            What::Act(Act::StartRun(_) | Act::Settle { .. } | Act::Release { .. }) => {
                self.learn_of(asked, run.unwrap(), &told);
            }
            _ => {}
        }
        if !self.is_known((asked.environment, &asked.customer)) {
            self.people.push((asked.environment, asked.customer.clone()));
        }
        if asked.key.is_some() {
            let (asked, body) = (asked.clone(), body.to_owned());
            self.known.push(Known { asked, body, at });
        }
    }

    fn learn_of(&mut self, asked: &Asked, run: RunId, told: &serde_json::Value) {
        let open_until = told["expires_at"].as_str().and_then(Time::parse);
        let open_until = open_until.filter(|_| told["status"] == "held");
        let is_charged = told["charged"].as_str().is_some_and(|charged| charged != "0");
        let (environment, customer) = (asked.environment, asked.customer.clone());
        let new = Started { environment, customer, run, open_until, is_charged };
        match self.runs.iter_mut().find(|known| known.run == run) {
            Some(known) => (known.open_until, known.is_charged) = (open_until, is_charged),
            None => self.runs.push(new),
        }
    }
}

fn by(dice: &mut Dice) -> Actor {
    match dice.roll(14) {
        0 => Actor::customer(),
        1 => Actor::with_role("support"),
        2 => Actor::with_role("product_lead"),
        _ => Actor::product(),
    }
}

/// A command about a run may name only the run.
fn whose(customer: &Name, what: &What, dice: &mut Dice) -> Whose {
    let run = match what {
        What::Act(
            Act::Settle { run, .. }
            | Act::Release { run }
            | Act::Extend { run, .. }
            | Act::Refund { run, .. }
            | Act::Correct { run, .. }
            | Act::Attempts { run, .. },
        )
        | What::Question(run) => *run,
        _ => return Whose::Customer(customer.clone()),
    };
    match dice.roll(3) {
        0 => Whose::Customer(customer.clone()),
        1 => Whose::Run(run, Some(customer.clone())),
        _ => Whose::Run(run, None),
    }
}
