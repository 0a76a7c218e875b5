//! What a customer reads in each state: the contract's sentence, and an example of it filled in.
//!
//! The values are examples made from the contract's own actions, plans and prices. What a customer
//! really reads is filled where runs are decided.

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
    /// The sentence filled with example values.
    pub example: String,
    /// The file says nothing: this is the published default.
    pub by_default: bool,
}

fn word<S: serde::Serializer>(state: &State, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(state.word())
}

/// Every state in the order of the documentation, each followed by what single actions say instead.
#[must_use]
pub fn said(contract: &Contract) -> Vec<Said> {
    let mut out = Vec::new();
    for state in State::ALL.iter().copied() {
        let scene = Scene::of(contract, state);
        let template = contract.words.sentence(None, state);
        let by_default = !contract.words.general().any(|(other, _)| other == state);
        out.push(scene.say(state, None, &template, by_default));
        for (action, _, template) in contract.words.by_action().filter(|(_, s, _)| *s == state) {
            let scene = contract.actions.get(action).map_or(scene, |a| scene.with_action(a));
            out.push(scene.say(state, Some(action.clone()), template, false));
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
            Scene::of_action(contract, state, action).say(state, named, &template, by_default)
        })
        .collect()
}

/// Can an action come into this state on some plan?
fn happens(contract: &Contract, state: State, action: &Action) -> bool {
    let plans = || contract.plans.iter();
    match state {
        State::BeforeFree | State::AllowanceUsed => {
            plans().any(|plan| plan.allowances.contains_key(&action.id)) || !is_paid(action)
        }
        State::AllowanceBeyond => action.after_allowance.is_some(),
        State::Surge | State::OurBudgetUsed => !is_paid(action),
        State::BeforeOwnKey | State::OwnKeyMissing | State::OwnKeyCap | State::OwnKeyFailed => {
            plans().any(|plan| plan.prices.get(&action.id).is_some_and(|price| price.on_your_key))
        }
        State::BeforeHarsh | State::RunningHarsh | State::EmptyPaid => {
            !action.paid_even_if.is_empty()
        }
        State::Running => {
            (is_paid(action) || action.after_allowance.is_some()) && !action.is_harsh()
        }
        State::Partial => super::ending::comes_in_parts(action),
        State::Redo => action.free_redo.is_some(),
        State::NotInPlan => plans().any(|plan| !plan.is_offering(&action.id)),
        State::Experiment => {
            contract.experiments.as_ref().is_some_and(|trials| trials.actions.contains(&action.id))
        }
        // What is sold beyond an allowance, or though nothing is found, is told in other words.
        State::Before => is_paid(action) && !action.is_harsh(),
        State::Done
        | State::NotEnoughCredits
        | State::CreditsInFlight
        | State::HeldNote
        | State::NoTopUp
        | State::SpendCapReached
        | State::PriceAboveMax
        | State::Refunded
        | State::Corrected
        | State::Announce
        | State::Abandoned => is_paid(action) || action.after_allowance.is_some(),
        State::ConfirmationNeeded => {
            !action.paid_even_if.is_empty() || action.after_allowance.is_some()
        }
        State::AlertUsed | State::AlertRunsOut | State::AlertExpires => false,
        _ => true,
    }
}

/// The action and the plan that an example is about.
#[derive(Clone, Copy)]
struct Scene<'a> {
    contract: &'a Contract,
    action: Option<&'a Action>,
    plan: Option<&'a Plan>,
}

impl<'a> Scene<'a> {
    /// The first action and plan of the contract that can be in this state, else the first there are.
    fn of(contract: &'a Contract, state: State) -> Self {
        let plans = || contract.plans.iter();
        let pairs = || plans().flat_map(|p| contract.actions.iter().map(move |a| (p, a)));
        let pair = pairs()
            .find(|(plan, action)| Self::fits(state, plan, action))
            .or_else(|| pairs().find(|(_, action)| is_paid(action)))
            .or_else(|| pairs().next());
        Self { contract, action: pair.map(|(_, a)| a), plan: pair.map(|(p, _)| p) }
    }

    /// This action, on the first plan that can be in this state with it, else the first offering it.
    fn of_action(contract: &'a Contract, state: State, action: &'a Action) -> Self {
        let plans = || contract.plans.iter();
        let plan = plans()
            .find(|plan| Self::fits(state, plan, action))
            .or_else(|| plans().find(|plan| plan.is_offering(&action.id)))
            .or_else(|| plans().next());
        Self { contract, action: Some(action), plan }
    }

    fn fits(state: State, plan: &Plan, action: &Action) -> bool {
        let offered = plan.is_offering(&action.id);
        let credits = plan.runs_on == RunsOn::Credits && offered && plan.credits.is_some();
        match state {
            State::BeforeFree | State::AllowanceUsed | State::AllowanceBeyond => {
                offered && plan.allowances.contains_key(&action.id)
            }
            State::Surge | State::OurBudgetUsed | State::DoneFree => {
                offered && matches!(action.price, Tariff::Free)
            }
            State::BeforeOwnKey | State::OwnKeyMissing | State::OwnKeyCap | State::OwnKeyFailed => {
                offered && plan.prices.get(&action.id).is_some_and(|price| price.on_your_key)
            }
            State::BeforeHarsh | State::RunningHarsh | State::EmptyPaid => {
                offered && !action.paid_even_if.is_empty()
            }
            State::ConfirmationNeeded => offered && !action.paid_even_if.is_empty(),
            State::Partial => credits && plan.top_ups && action.parts.is_some(),
            State::Running => {
                credits && plan.top_ups && is_paid(action) && action.delivered_when.is_some()
            }
            State::Redo => offered && action.free_redo.is_some(),
            State::NotInPlan => !offered,
            State::ModelAbovePlan => offered && plan.best_model.is_some() && is_paid(action),
            State::NoTopUp => !plan.top_ups && offered && is_paid(action),
            _ => credits && is_paid(action) && plan.top_ups && action.paid_even_if.is_empty(),
        }
    }

    const fn with_action(self, action: &'a Action) -> Self {
        Self { action: Some(action), ..self }
    }

    fn say(&self, state: State, action: Option<Name>, template: &Template, default: bool) -> Said {
        let example = template.fill(|slot| Some(self.example(state, slot)));
        let sentence = template.text.clone();
        Said { state, action, sentence, example, by_default: default }
    }

    /// What one costs on the plan; of quantities, ten.
    fn price(&self) -> Amount {
        let (Some(action), Some(plan)) = (self.action, self.plan) else {
            return Amount::credits(5);
        };
        match (super::plan::price(plan, action).0, action.after_allowance) {
            (Tariff::Free, Some(beyond)) => beyond,
            (tariff, _) => tariff.of_quantity(10).unwrap_or(Amount::ZERO),
        }
    }

    /// The share of a part, or the whole price.
    fn charged(&self, state: State) -> Amount {
        match self.action.and_then(|a| a.parts) {
            Some(parts) if state == State::Partial => {
                let (done, whole) = (parts_done(parts), u64::from(parts));
                let smallest = self.contract.credit.smallest;
                self.price().share(done, whole, smallest).unwrap_or(Amount::ZERO)
            }
            _ => self.price(),
        }
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
            _ => (Allowance { units: 3, per: Per::Day }, self.unit()),
        };
        format!("{} a {}", phrase::count(allowance.units, noun), allowance.per.word())
    }

    fn unit(&self) -> &str {
        self.action.map_or("result", |action| action.unit.as_str())
    }

    fn why(&self, state: State) -> String {
        let key = match state {
            State::NotInPlan => "offers",
            State::ModelAbovePlan => "best_model",
            _ => "top_ups",
        };
        let why = self.plan.and_then(|plan| plan.why.get(key));
        why.map_or_else(|| String::from("that is how this plan is made."), |why| phrase::stop(why))
    }

    fn allowed_models(&self) -> String {
        let best = self.plan.and_then(|plan| plan.best_model.as_ref());
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
            "why" => self.why(state),
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
        let parts = self.action.and_then(|a| a.parts).unwrap_or(8);
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
            "parts" => parts.to_string(),
            "done_parts" => parts_done(parts).to_string(),
            "allowed_models" => self.allowed_models(),
            "warning" | "warning_or_price" => self.warning(),
            _ => String::new(),
        }
    }
}

fn is_paid(action: &Action) -> bool {
    !matches!(action.price, Tariff::Free)
}

/// About five eighths, but not all.
fn parts_done(parts: u32) -> u64 {
    super::ending::Example::of(u64::from(parts)).arrived
}
