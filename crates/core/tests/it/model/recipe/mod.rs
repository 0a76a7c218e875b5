//! Random small contracts: a recipe of plain numbers, and the contract and operations it makes.
//!
//! Limits are small so that they bite. A recipe never makes what the contract reader would refuse.

mod any;

pub use any::{private, recipes};

use probity_core::contract::words::{Template, Words};
use probity_core::contract::*;
use probity_core::time::TimeUnit;
use probity_core::{Amount, Cost, Currency, Length, Money, Name, Per, Zone};
use std::collections::BTreeMap;

/// What a random contract is made from.
#[derive(Clone, Debug)]
pub struct Recipe {
    pub zone: &'static str,
    pub actions: Vec<ActionRecipe>,
    pub plans: Vec<PlanRecipe>,
    pub rules: Rules,
    pub private: Private,
}

#[derive(Clone, Debug)]
pub struct ActionRecipe {
    pub price: PriceRecipe,
    pub after_allowance: Option<u32>,
    pub parts: Option<u32>,
    pub once: bool,
    pub same_again: Option<Length>,
    pub free_redo: Option<(u32, Length)>,
    pub harsh: bool,
    pub needs: bool,
    pub exploring: bool,
    pub too_slow_after: Length,
}

/// Prices in halves of a credit.
#[derive(Clone, Copy, Debug)]
pub enum PriceRecipe {
    Free,
    Fixed(u32),
    Each { each: u32, at_least: Option<u32>, more: u32, up_to: Option<u64> },
}

#[derive(Clone, Debug)]
pub struct PlanRecipe {
    pub runs_on: RunsOn,
    /// Whole dollars.
    pub price: Option<(u32, Per)>,
    pub credits: Option<u32>,
    pub credits_per: Per,
    /// One bit for each action.
    pub offers: u8,
    pub best_model: Option<u8>,
    pub allowances: Vec<Option<(u64, Per)>>,
    pub prices: Vec<Option<PlanPriceRecipe>>,
    pub top_ups: bool,
    pub key_cap: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub enum PlanPriceRecipe {
    /// So many halves of a credit (for each unit, where the action is by quantity).
    Credits(u32),
    OnYourKey,
    CreditsAndKey(u32),
}

#[derive(Clone, Debug)]
pub struct Rules {
    pub at_latest: Length,
    pub same_item_fails: u32,
    pub corrections: Length,
    pub abandoned: Treatment,
    pub coarse: bool,
    pub gift: Expiry,
    pub rolls_over: Option<Length>,
    pub keep_at_most: Option<u32>,
    pub bought: Expiry,
    pub refunds_last: Length,
    pub spend_cap: Option<(u32, Per)>,
    pub at_once: u32,
    pub unusual_day: Option<(u32, u32)>,
    pub experiments: Option<(u8, u64, Per, Option<u8>)>,
    pub two_models: bool,
    pub worse: Option<(Length, bool)>,
    pub better_waits: bool,
}

#[derive(Clone, Debug)]
pub struct Private {
    pub default: Mode,
    pub actions: Vec<Option<Mode>>,
    pub plans: Vec<Option<Mode>>,
    pub share: u32,
    /// Dollars: a customer's, everyone's.
    pub we_pay: (Option<(u32, Per)>, Option<u32>),
    pub surge: bool,
    pub costs: bool,
}

pub const MODELS: [&str; 4] =
    ["small-1", "acme/large-1-2026-01-02", "unheard-of", "small-1-latest"];

pub fn action_name(index: usize) -> Name {
    Name::new(&format!("action_{index}"))
}

/// The most plans of a contract, with those that come in later versions.
pub const PLANS: usize = 4;

pub fn plan_name(index: usize) -> Name {
    Name::new(&format!("plan_{index}"))
}

fn halves(n: u32) -> Amount {
    Amount::from_millionths(i64::from(n) * 500_000).expect("small")
}

pub fn dollars(n: u32) -> Money {
    Money::parse(Currency::USD, &n.to_string()).expect("small")
}

impl Recipe {
    /// The contract that this makes, as its `version`, with revision `revision` of its operations.
    pub fn build(&self, version: u32, revision: u32) -> (Contract, Operations) {
        (self.contract(version), self.operations(revision))
    }

    fn contract(&self, version: u32) -> Contract {
        let rules = &self.rules;
        let outcomes = Outcomes::FAIR.with(Outcome::Abandoned, rules.abandoned);
        let mut actions = Table::default();
        for (i, recipe) in self.actions.iter().enumerate() {
            let name = action_name(i);
            actions.push(name.clone(), recipe.build(name, outcomes, rules)).expect("unique");
        }
        let mut plans = Table::default();
        for (i, recipe) in self.plans.iter().enumerate() {
            plans.push(plan_name(i), recipe.build(i, &self.actions, rules)).expect("unique");
        }
        Contract {
            name: "model".into(),
            version,
            effective: None,
            customers: Audience::Businesses,
            currency: Currency::USD,
            zone: Zone::named(self.zone).expect("known zone"),
            actions,
            plans,
            outcomes,
            outcomes_written: probity_core::Outcome::ALL.to_vec(),
            failures: Failures {
                too_slow_after: Length::new(10, TimeUnit::Minute),
                at_latest: rules.at_latest,
                retries: 2,
                same_item_fails: rules.same_item_fails,
                corrections: rules.corrections,
            },
            credit: rules.credit(),
            top_ups: TopUps { auto: Some(AutoTopUp::OnlyIfAsked), ..TopUps::default() },
            limits: rules.limits(),
            experiments: rules.experiments.map(|(listed, units, per, best)| Experiments {
                actions: chosen(listed, self.actions.len()),
                allowance: Allowance { units, per },
                best_model: best.map(class_name).filter(|_| rules.two_models),
            }),
            models: rules.models(),
            changes: Changes {
                worse: rules.worse.map(|(notice, next)| WorseChanges {
                    notice,
                    starts: if next { Starts::NextPeriod } else { Starts::AtOnce },
                    may_leave_with_refund: false,
                }),
                better_starts: if rules.better_waits { Starts::NextPeriod } else { Starts::AtOnce },
                never: Vec::new(),
            },
            links: Links::default(),
            words: Words::default(),
            quotes_last: Length::new(15, TimeUnit::Minute),
            new_customers: None,
            waivers: Vec::new(),
        }
    }

    fn operations(&self, revision: u32) -> Operations {
        let private = &self.private;
        let listed = |modes: &[Option<Mode>], name: fn(usize) -> Name| -> BTreeMap<Name, Mode> {
            modes.iter().enumerate().filter_map(|(i, mode)| Some((name(i), (*mode)?))).collect()
        };
        Operations {
            revision,
            costs: private.costs.then(|| self.costs()),
            surge: private
                .surge
                .then(|| Surge { over: Cost::parse("400").expect("plain"), per: Per::Day }),
            rollout: Rollout {
                default: private.default,
                actions: listed(&private.actions, action_name),
                plans: listed(&private.plans, plan_name),
                share: Percent(private.share * 10_000),
                enforce_when: None,
            },
            who_may: BTreeMap::from([("support".into(), Amount::credits(6))]),
            ..Operations::none(&"model".into())
        }
    }

    fn costs(&self) -> Costs {
        let price = |input: &str, output: &str| ModelPrice {
            input: Cost::parse(input),
            output: Cost::parse(output),
            ..ModelPrice::default()
        };
        let typical = ActionCost {
            services: BTreeMap::from([("lookup".into(), ServiceUse { typical: 2, worst: 3 })]),
            ..ActionCost::default()
        };
        let (a_customer, everyone) = self.private.we_pay;
        let cost = |n: u32| Cost::parse(&n.to_string()).expect("plain");
        Costs {
            as_of: None,
            overhead: Percent::default(),
            prices_file: None,
            prices: PriceMap {
                models: BTreeMap::from([
                    ("small-1".to_owned(), price("1e-3", "2e-3")),
                    ("acme/large-1".to_owned(), price("1e-2", "3e-2")),
                ]),
                hash: String::new(),
            },
            services: BTreeMap::from([("lookup".into(), Cost::parse("0.25").expect("plain"))]),
            actions: (0..self.actions.len()).map(|i| (action_name(i), typical.clone())).collect(),
            keep_typical: None,
            keep_worst: None,
            we_pay_at_most: WePay {
                a_customer: a_customer.map(|(n, per)| (cost(n), per)),
                everyone: everyone.map(|n| (cost(n), Per::Month)),
            },
        }
    }
}

impl ActionRecipe {
    fn build(&self, id: Name, outcomes: Outcomes, rules: &Rules) -> Action {
        let free = matches!(self.price, PriceRecipe::Free);
        let harsh = self.harsh && !free;
        let warning = Template::parse("Costs {price} even if nothing is found.");
        Action {
            name: id.to_string(),
            id,
            unit: "thing".to_owned(),
            counts_as: "one".to_owned(),
            delivered_when: Some("it is there".to_owned()),
            price: self.price.build(),
            after_allowance: self.after_allowance.filter(|_| free).map(halves),
            parts: self.parts.filter(|_| !matches!(self.price, PriceRecipe::Each { .. })),
            same: SameResult {
                once_per: self.once.then(|| "thing".to_owned()),
                free_for: self.same_again,
            },
            free_redo: self
                .free_redo
                .filter(|_| self.once)
                .map(|(times, within)| FreeRedo { times, within }),
            paid_even_if: harsh
                .then(|| Harsh { outcome: Outcome::Empty, why: "it costs us".to_owned(), warning })
                .into_iter()
                .collect(),
            needs: self.needs.then(|| "name".into()).into_iter().collect(),
            exploring: self.exploring,
            model: None,
            outcomes: if harsh {
                outcomes.with(Outcome::Empty, Treatment::Charge)
            } else {
                outcomes
            },
            too_slow_after: shorter(self.too_slow_after, rules.at_latest),
        }
    }
}

fn shorter(a: Length, b: Length) -> Length {
    if a.roughly_seconds() < b.roughly_seconds() { a } else { b }
}

impl PriceRecipe {
    fn build(self) -> Tariff {
        match self {
            Self::Free => Tariff::Free,
            Self::Fixed(n) => Tariff::Fixed(halves(n)),
            Self::Each { each, at_least, more, up_to } => Tariff::Each {
                each: halves(each),
                at_least: at_least.map(halves),
                at_most: Some(halves(at_least.unwrap_or(each) + more)),
                up_to,
            },
        }
    }
}

impl PlanRecipe {
    fn build(&self, index: usize, actions: &[ActionRecipe], rules: &Rules) -> Plan {
        let us = self.runs_on == RunsOn::Us;
        let offers = chosen(self.offers, actions.len());
        let mut allowances = BTreeMap::new();
        let mut prices = BTreeMap::new();
        for (i, action) in actions.iter().enumerate() {
            let name = action_name(i);
            let allowance = self.allowances.get(i).copied().flatten();
            if let Some((units, per)) = allowance.or(us.then_some((2, Per::Month))) {
                allowances.insert(name.clone(), Allowance { units, per });
            }
            if let (Some(Some(price)), false) = (self.prices.get(i), us)
                && let Some(price) = price.build(action.price, self.runs_on)
            {
                prices.insert(name, price);
            }
        }
        Plan {
            id: plan_name(index),
            name: None,
            suits: None,
            runs_on: self.runs_on,
            price: self.price.map(|(n, per)| PlanPrice { money: dollars(n), per }),
            credits: self.credits.filter(|_| !us).map(halves),
            credits_per: match self.price {
                Some((_, Per::Year)) => self.credits_per,
                _ => Per::Month,
            },
            offers: offers.into_iter().collect(),
            best_model: self.best_model.map(class_name).filter(|_| rules.two_models),
            allowances,
            prices,
            top_ups: self.top_ups && !us,
            why: BTreeMap::new(),
            when_short: vec![WhenShort::Contact],
            own_key: (self.runs_on == RunsOn::OwnKey)
                .then(|| OwnKey { monthly_cap: self.key_cap.map(dollars), tell: None }),
        }
    }
}

impl PlanPriceRecipe {
    /// None where a plan could not write this for such an action.
    fn build(self, of: PriceRecipe, runs_on: RunsOn) -> Option<Price> {
        let on_key = runs_on == RunsOn::OwnKey;
        let credits = |n: u32| match of {
            PriceRecipe::Each { up_to, .. } => {
                PriceRecipe::Each { each: n, at_least: None, more: 4 * n, up_to }.build()
            }
            _ => Tariff::Fixed(halves(n)),
        };
        match (self, of) {
            (_, PriceRecipe::Free) => None,
            (Self::Credits(n), _) => Some(Price { credits: credits(n), on_your_key: false }),
            (Self::OnYourKey, _) if on_key => {
                Some(Price { credits: Tariff::Free, on_your_key: true })
            }
            (Self::CreditsAndKey(n), _) if on_key => {
                Some(Price { credits: credits(n), on_your_key: true })
            }
            _ => None,
        }
    }
}

impl Rules {
    fn credit(&self) -> CreditRules {
        CreditRules {
            list_price: None,
            smallest: if self.coarse { halves(1) } else { Amount::parse("0.1").expect("plain") },
            gift: self.gift,
            goodwill: self.gift,
            plan_rolls_over: self.rolls_over,
            plan_keep_at_most: self.keep_at_most.map(halves),
            bought: self.bought,
            refunds_last_at_least: self.refunds_last,
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            ask_from: None,
            spend_cap: self.spend_cap.map(|(n, per)| SpendCap { credits: halves(n), per }),
            at_once: self.at_once,
            batch_when_short: BatchWhenShort::RunWhatFits,
            unusual_day: self
                .unusual_day
                .map(|(times_usual, n)| UnusualDay { times_usual, and_over: halves(n) }),
            alerts: Alerts::default(),
        }
    }

    fn models(&self) -> Table<ModelClass> {
        let mut models = Table::default();
        let mut add = |id: Name, are: &[&str], any: bool| {
            let are = are.iter().map(|m| (*m).to_owned()).collect();
            let class = ModelClass { id: id.clone(), means: String::new(), are, any };
            models.push(id, class).expect("unique");
        };
        if self.two_models {
            add(class_name(0), &["small-1"], false);
            add(class_name(1), &["large-1"], false);
        } else {
            add("any".into(), &[], true);
        }
        models
    }
}

fn class_name(index: u8) -> Name {
    if index == 0 { "small".into() } else { "large".into() }
}

fn chosen(bits: u8, of: usize) -> Vec<Name> {
    (0..of).filter(|i| bits >> i & 1 == 1).map(action_name).collect()
}
