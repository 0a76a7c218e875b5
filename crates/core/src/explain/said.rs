//! What a customer reads in each state: the contract's sentence, and an example of it filled in.
//!
//! The values are examples made from the contract's own actions, plans and prices. What a customer
//! really reads is filled where runs are decided.

use super::ending::Example;
use super::happens::{can, ever, happens, is_sold_beyond};
use crate::amount::Amount;
use crate::contract::words::{State, Template};
use crate::contract::{Action, Allowance, Contract, Plan, RunsOn, Tariff, WhenShort};
use crate::id::Name;
use crate::phrase;
use crate::time::Per;

/// A sentence of the contract, with an example.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Said {
    /// In which state it is read: its word.
    #[serde(serialize_with = "word")]
    pub state: State,
    /// For this action only.
    pub action: Option<Name>,
    /// The sentence with its placeholders.
    pub sentence: String,
    /// The sentence filled with example values; None where nothing in the contract leads to it.
    pub example: Option<String>,
    /// The file says nothing: this is the published default.
    pub by_default: bool,
}

impl Said {
    /// The example, or that there can be none.
    #[must_use]
    pub fn read(&self) -> &str {
        self.example.as_deref().unwrap_or("(nothing in this contract leads here)")
    }
}

fn word<S: serde::Serializer>(state: &State, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(state.word())
}

/// Every state in the order of the documentation, each followed by what single actions say instead.
#[must_use]
pub fn said(contract: &Contract) -> Vec<Said> {
    let mut out = Vec::new();
    for state in State::ALL.iter().copied() {
        let scene = ever(contract, state).then(|| Scene::of(contract, state));
        let template = contract.words.sentence(None, state);
        let by_default = !contract.words.general().any(|(other, _)| other == state);
        out.push(say(scene, state, None, &template, by_default));
        for (id, _, template) in contract.words.by_action().filter(|(_, s, _)| *s == state) {
            let action = contract.actions.get(id).filter(|a| happens(contract, state, a));
            let scene = action.map(|action| Scene::of_action(contract, state, action));
            out.push(say(scene, state, Some(id.clone()), template, false));
        }
    }
    out
}

/// The states that one action can be in, each with the sentence that it has for it.
#[must_use]
pub fn said_of(contract: &Contract, action: &Name) -> Vec<Said> {
    let Some(action) = contract.actions.get(action) else { return Vec::new() };
    let states = State::ALL.iter().copied().filter(|state| happens(contract, *state, action));
    let own = |state| contract.words.by_action().any(|(a, s, _)| *a == action.id && s == state);
    states
        .map(|state| {
            let template = contract.words.sentence(Some(&action.id), state);
            let is_general = contract.words.general().any(|(other, _)| other == state);
            let named = own(state).then(|| action.id.clone());
            let by_default = named.is_none() && !is_general;
            let scene = Scene::of_action(contract, state, action);
            say(Some(scene), state, named, &template, by_default)
        })
        .collect()
}

/// A sentence with its example, where there is a scene for one.
fn say(
    scene: Option<Scene<'_>>,
    state: State,
    action: Option<Name>,
    template: &Template,
    by_default: bool,
) -> Said {
    let example = scene.map(|scene| template.fill(|slot| Some(scene.example(state, slot))));
    Said { state, action, sentence: template.text.clone(), example, by_default }
}

/// The action and the plan that an example is about.
#[derive(Clone, Copy)]
struct Scene<'a> {
    contract: &'a Contract,
    action: Option<&'a Action>,
    plan: Option<&'a Plan>,
}

impl<'a> Scene<'a> {
    /// An action and a plan of the contract that can be in this state, telling ones first.
    fn of(contract: &'a Contract, state: State) -> Self {
        let plans = || contract.plans.iter();
        let pairs = || plans().flat_map(|p| contract.actions.iter().map(move |a| (p, a)));
        let pair = pairs()
            .filter(|(plan, action)| can(contract, state, plan, action))
            .find(|(plan, action)| Self::is_telling(state, plan, action))
            .or_else(|| pairs().find(|(plan, action)| can(contract, state, plan, action)))
            .or_else(|| pairs().next());
        Self { contract, action: pair.map(|(_, a)| a), plan: pair.map(|(p, _)| p) }
    }

    /// This action, on a plan that can be in this state with it.
    fn of_action(contract: &'a Contract, state: State, action: &'a Action) -> Self {
        let plans = || contract.plans.iter();
        let plan = plans()
            .filter(|plan| can(contract, state, plan, action))
            .find(|plan| Self::is_telling(state, plan, action))
            .or_else(|| plans().find(|plan| can(contract, state, plan, action)));
        Self { contract, action: Some(action), plan }
    }

    /// Is this pair a good example of the state, of those that can be in it?
    fn is_telling(state: State, plan: &Plan, action: &Action) -> bool {
        let credits = plan.runs_on == RunsOn::Credits && plan.credits.is_some() && plan.top_ups;
        match state {
            State::BeforeFree | State::AllowanceUsed => plan.allowances.contains_key(&action.id),
            State::Surge | State::OurBudgetUsed | State::DoneFree => !is_paid(action),
            State::ConfirmationNeeded => !action.paid_even_if.is_empty(),
            State::Partial => credits && action.parts.is_some(),
            State::Running => credits && is_paid(action) && action.delivered_when.is_some(),
            State::ModelAbovePlan => plan.why.contains_key("best_model") && is_paid(action),
            _ => credits && is_paid(action) && action.paid_even_if.is_empty(),
        }
    }

    /// What one costs on the plan; of quantities, ten.
    fn price(&self) -> Amount {
        let (Some(action), Some(plan)) = (self.action, self.plan) else {
            return Amount::credits(5);
        };
        match (super::plan::price(plan, action).0, action.after_allowance) {
            (Tariff::Free, Some(beyond)) => beyond,
            (tariff, _) => tariff.of_quantity(QUANTITY).unwrap_or(Amount::ZERO),
        }
    }

    /// The share of a part, or the whole price.
    fn charged(&self, state: State) -> Amount {
        if state != State::Partial {
            return self.price();
        }
        let Example { arrived, whole } = self.arrived();
        let share = self.price().share(arrived, whole, self.contract.credit.smallest);
        share.unwrap_or(Amount::ZERO)
    }

    /// How much arrives of how many parts; of quantities, of ten.
    fn arrived(&self) -> Example {
        Example::of(self.action.and_then(|a| a.parts).map_or(QUANTITY, u64::from))
    }

    fn brought(&self) -> Amount {
        self.plan.and_then(|plan| plan.credits).unwrap_or(Amount::credits(120))
    }

    fn available(&self, state: State) -> Amount {
        match state {
            State::NotEnoughCredits | State::CreditsInFlight => {
                let two_fifths = self.price().share(2, 5, self.contract.credit.smallest);
                two_fifths.unwrap_or(Amount::ZERO)
            }
            State::Done | State::EmptyPaid | State::Abandoned => self.brought().less(self.price()),
            _ => self.brought(),
        }
    }

    fn money(&self, amount: Amount) -> String {
        self.contract.money(amount).map(|money| money.to_string()).unwrap_or_default()
    }

    fn allowance(&self, state: State) -> String {
        let trials = self.contract.experiments.as_ref().map(|trials| trials.allowance);
        let found = self.action.and_then(|a| self.plan.and_then(|plan| plan.allowances.get(&a.id)));
        let (allowance, noun) = match (state, trials, found) {
            (State::Experiment, Some(trials), _) => (trials, "trial run"),
            (_, _, Some(found)) => (*found, self.unit()),
            (_, Some(trials), None) => (trials, "trial run"),
            _ => (Allowance { units: 3, per: Per::Day }, self.unit()),
        };
        format!("{} a {}", phrase::count(allowance.units, noun), allowance.per.word())
    }

    fn unit(&self) -> &str {
        self.action.map_or("result", |action| action.unit.as_str())
    }

    /// Is the example of a model about a trial, whose bound is not the plan's?
    fn is_of_trials(&self, state: State) -> bool {
        let bound_by_plan = self.plan.is_some_and(|plan| plan.best_model.is_some());
        state == State::ModelAbovePlan && !bound_by_plan
    }

    fn why(&self, state: State) -> String {
        if self.is_of_trials(state) {
            return String::from("that is how trial runs are made.");
        }
        let key = match state {
            State::NotInPlan => "offers",
            State::ModelAbovePlan => "best_model",
            _ => "top_ups",
        };
        let why = self.plan.and_then(|plan| plan.why.get(key));
        why.map_or_else(|| String::from("that is how this plan is made."), |why| phrase::stop(why))
    }

    fn allowed_models(&self) -> String {
        let trials = self.contract.experiments.as_ref();
        let best = self.plan.and_then(|plan| plan.best_model.as_ref());
        let best = best.or_else(|| trials.and_then(|trials| trials.best_model.as_ref()));
        let best = best.and_then(|class| self.contract.models.position(class));
        let classes =
            self.contract.models.iter().take(best.unwrap_or(usize::MAX).saturating_add(1));
        let means: Vec<&str> = classes.map(|class| class.means.as_str()).collect();
        phrase::list(&means, "and")
    }

    /// The warning of a harsh rule; where the contract has none, what one could say.
    fn warning(&self) -> String {
        let harsh = self.action.and_then(|action| action.paid_even_if.first());
        match harsh {
            Some(harsh) => harsh.warning.fill(|slot| Some(self.plain(slot))),
            None => format!("Costs {} even if nothing is found.", phrase::credits(self.price())),
        }
    }

    /// What is agreed to: a warning, a price beyond an allowance, or paying again.
    fn warning_or_price(&self) -> String {
        let Some(action) = self.action.filter(|a| a.paid_even_if.is_empty()) else {
            return self.warning();
        };
        if self.plan.is_some_and(|plan| is_sold_beyond(plan, action)) {
            let beyond = State::AllowanceBeyond;
            let template = self.contract.words.sentence(Some(&action.id), beyond);
            return template.fill(|slot| Some(self.example(beyond, slot)));
        }
        format!("{} again: {}.", action.name, phrase::price(self.contract, self.price()))
    }

    /// One way that leads on from this state.
    fn way_forward(&self, state: State) -> String {
        match state {
            State::NotEnoughCredits | State::CreditsInFlight => {
                let brought = self.brought();
                let come = if brought == Amount::credits(1) { "comes" } else { "come" };
                let credits = phrase::credits(brought);
                format!("Wait until 23 December: {credits} {come} with your plan.")
            }
            State::NotInPlan | State::ModelAbovePlan | State::NoTopUp | State::AllowanceUsed => {
                self.another_plan().map_or_else(
                    || String::from("Talk to us."),
                    |plan| format!("Switch to {}.", plan.title()),
                )
            }
            State::SpendCapReached | State::SpendCapDefault => String::from("Raise the limit."),
            _ => String::from("Talk to us."),
        }
    }

    /// The first plan to switch to that offers the action.
    fn another_plan(&self) -> Option<&'a Plan> {
        let ways = self.plan.iter().flat_map(|plan| plan.when_short.iter());
        let mut plans = ways.filter_map(|way| match way {
            WhenShort::SwitchTo(to) => self.contract.plans.get(to),
            _ => None,
        });
        plans.find(|plan| self.action.is_none_or(|action| plan.is_offering(&action.id)))
    }

    /// An example value for a placeholder in a state.
    fn example(&self, state: State, slot: &str) -> String {
        match slot {
            "charged" => phrase::credits(self.charged(state)),
            "charged_money" => self.money(self.charged(state)),
            "available" => phrase::credits(self.available(state)),
            "missing" => phrase::credits(self.price().less(self.available(state))),
            "held_note" if state == State::CreditsInFlight => {
                let note = self.contract.words.sentence(None, State::HeldNote);
                format!(" {}", note.fill(|slot| Some(self.plain(slot))))
            }
            "how_many_more" => {
                self.available(state).how_many(self.price()).unwrap_or(0).to_string()
            }
            "plan" if self.is_of_trials(state) => String::from("A trial run"),
            "why" => self.why(state),
            "price" if state == State::AllowanceBeyond => {
                phrase::price(self.contract, self.price())
            }
            "when" if state == State::Surge => String::from("midnight on 23 December"),
            "ways_forward" => self.way_forward(state),
            "allowance" => self.allowance(state),
            "left" if state == State::Experiment => String::from("2"),
            "amount" if state == State::AlertExpires => phrase::credits(Amount::credits(20)),
            "used" if state == State::OwnKeyCap => String::from("$20.00"),
            "cap" if state == State::OwnKeyCap => self.own_key_cap(),
            "reason" => String::from(match state {
                State::BadInput => "the file is empty",
                State::PausedByUs => "we are checking an unusual payment.",
                _ => "we are sorry",
            }),
            "units" => self.action.map(|a| phrase::plural(&a.unit)).unwrap_or_default(),
            _ => self.plain(slot),
        }
    }

    fn own_key_cap(&self) -> String {
        let key = self.plan.and_then(|plan| plan.own_key.as_ref());
        let cap = key.and_then(|key| key.monthly_cap);
        cap.map_or_else(|| String::from("$20.00"), |cap| cap.to_string())
    }

    /// Values that are the same in every state.
    fn plain(&self, slot: &str) -> String {
        let text = match slot {
            "action" => self.action.map_or("An action", |a| a.name.as_str()),
            "unit" => self.unit(),
            "plan" => return self.plan.map(Plan::title).unwrap_or_default(),
            "receipt" => "run_0192f0c1",
            "when" | "date" => "23 December",
            "left" => "12",
            "percent" => "80%",
            "own_cost" => "$0.07",
            "redos_left" => "0",
            "found_rate" => "Lately found 61% of the time.",
            "delivered_when" => {
                let delivered = self.action.and_then(|a| a.delivered_when.as_deref());
                delivered.unwrap_or("it is delivered")
            }
            _ => return self.number(slot),
        };
        text.to_owned()
    }

    fn number(&self, slot: &str) -> String {
        let limits = &self.contract.limits;
        let cap = limits.spend_cap.map_or(Amount::credits(400), |cap| cap.credits);
        match slot {
            "max_price" => phrase::credits(self.price().less(Amount::credits(1))),
            "price" | "amount" => phrase::credits(self.price()),
            "money" => self.money(self.price()),
            "held" => phrase::credits(Amount::credits(10)),
            "cap" | "used" => phrase::credits(cap),
            "used_today" => phrase::credits(Amount::credits(40)),
            "usual" => phrase::credits(Amount::credits(6)),
            "at_once" => limits.at_once.to_string(),
            "n" => self.contract.failures.same_item_fails.to_string(),
            "parts" => self.arrived().whole.to_string(),
            "done_parts" => self.arrived().arrived.to_string(),
            "allowed_models" => self.allowed_models(),
            "warning" => self.warning(),
            "warning_or_price" => self.warning_or_price(),
            _ => String::new(),
        }
    }
}

fn is_paid(action: &Action) -> bool {
    !matches!(action.price, Tariff::Free)
}

/// How many of what is priced by quantity an example asks for.
const QUANTITY: u64 = 10;
