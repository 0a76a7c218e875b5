//! One action explained: its price, what counts as one, its endings, what each plan makes of it.

use super::ending::{Ending, endings};
use super::plan::on_plan;
use super::{Fact, Written};
use crate::amount::Amount;
use crate::contract::{Action, Contract, Tariff};
use crate::id::Name;
use crate::phrase;
use crate::sums::Sums;

/// A price in words and numbers.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Priced {
    /// In words: `10 credits ($1.00)`, `nothing`.
    pub text: String,
    /// In credits, where it is one number.
    pub credits: Option<Amount>,
    /// The same in money, where credits have a list price.
    pub money: Option<String>,
}

impl Priced {
    /// Nothing is paid.
    pub(super) fn nothing() -> Self {
        Self { text: String::from("nothing"), credits: Some(Amount::ZERO), money: None }
    }

    /// So many credits.
    pub(super) fn credits(contract: &Contract, amount: Amount) -> Self {
        Self {
            text: phrase::price(contract, amount),
            credits: Some(amount),
            money: contract.money(amount).map(|money| money.to_string()),
        }
    }

    /// What a tariff says, for an action with this unit.
    pub(crate) fn of(contract: &Contract, tariff: &Tariff, unit: &str) -> Self {
        match *tariff {
            Tariff::Free => Self { text: String::from("free"), ..Self::nothing() },
            Tariff::Fixed(price) => Self::credits(contract, price),
            Tariff::Each { each, at_least, at_most, .. } => {
                let each = phrase::price(contract, each);
                let bounds = bounds(at_least, at_most);
                let text = format!("{each} for each {unit}{bounds}");
                Self { text, credits: None, money: None }
            }
        }
    }

    /// In these words, whatever it comes to.
    pub(super) fn words(text: &str) -> Self {
        Self { text: text.to_owned(), credits: None, money: None }
    }

    /// Does it cost nothing?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.credits.is_some_and(Amount::is_zero)
    }
}

/// `, at least 1 credit, at most 40 credits`.
pub(crate) fn bounds(at_least: Option<Amount>, at_most: Option<Amount>) -> String {
    let least = at_least.map(|amount| format!(", at least {}", phrase::credits(amount)));
    let most = at_most.map(|amount| format!(", at most {}", phrase::credits(amount)));
    least.unwrap_or_default() + &most.unwrap_or_default()
}

/// An action on a plan.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct OnPlan {
    /// Which plan.
    pub plan: Name,
    /// What it is called.
    pub name: String,
    /// Is it offered there?
    pub offered: bool,
    /// What it costs there, or why it is left out.
    pub text: String,
}

/// One action, explained.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct ActionPage {
    /// Its id in files and requests.
    pub action: Name,
    /// What the button says.
    pub name: String,
    /// Its own price.
    pub price: Priced,
    /// What counts as one, when it is delivered, what is needed.
    pub facts: Vec<Fact>,
    /// Which price the endings speak of, where it is not the action's own: `beyond the allowance`.
    pub endings_of: Option<String>,
    /// What you pay if…, all nine.
    pub endings: Vec<Ending>,
    /// What each plan makes of it.
    pub on_plans: Vec<OnPlan>,
}

impl ActionPage {
    pub(super) fn of(contract: &Contract, action: &Action, written: Written<'_>) -> Self {
        let beyond = action.after_allowance.filter(|_| matches!(action.price, Tariff::Free));
        let tariff = beyond.map_or_else(|| action.price.clone(), Tariff::Fixed);
        let plans = contract.plans.iter();
        Self {
            action: action.id.clone(),
            name: action.name.clone(),
            price: Priced::of(contract, &action.price, &action.unit),
            facts: facts(contract, action),
            endings_of: beyond.map(|_| String::from("beyond the allowance")),
            endings: endings(contract, action, &tariff, written),
            on_plans: plans.map(|plan| on_plan(contract, plan, action)).collect(),
        }
    }

    /// Are all endings defaults but those declared as harsh, so that it can be said once?
    #[must_use]
    pub fn is_by_default(&self) -> bool {
        self.endings.iter().all(|ending| ending.by_default || ending.declared)
    }

    /// Does no ending cost anything?
    #[must_use]
    pub fn is_always_free(&self) -> bool {
        self.endings.iter().all(|ending| ending.pays.is_nothing())
    }
}

fn facts(contract: &Contract, action: &Action) -> Vec<Fact> {
    let mut out =
        vec![Fact::new(&phrase::sentence(&format!("one {} is", action.unit)), &action.counts_as)];
    if let Some(delivered) = &action.delivered_when {
        out.push(Fact::new("Delivered when", delivered));
    }
    if let Some(price) = action.after_allowance {
        let price = phrase::price(contract, price);
        out.push(Fact::new("Beyond the allowance", format!("{price} each; you are asked first")));
    }
    if let Some(redo) = action.free_redo {
        let times = phrase::count(u64::from(redo.times), "free redo");
        out.push(Fact::new("Not happy with it", format!("{times} within {}", redo.within)));
    }
    if !action.needs.is_empty() {
        let needs: Vec<String> = action.needs.iter().map(|n| n.replace('_', " ")).collect();
        let needs = phrase::list(&needs, "and");
        out.push(Fact::new("It needs", format!("{needs}; without it nothing starts, free")));
    }
    for harsh in &action.paid_even_if {
        out.push(Fact::new("You are shown", warning(contract, action, harsh)));
    }
    out
}

/// The warning as a customer reads it before anything has been measured.
fn warning(contract: &Contract, action: &Action, harsh: &crate::contract::Harsh) -> String {
    let price = match action.price {
        Tariff::Fixed(price) => phrase::credits(price),
        _ => Priced::of(contract, &action.price, &action.unit).text,
    };
    let filled = harsh.warning.fill(|slot| match slot {
        "price" => Some(price.clone()),
        "found_rate" => Some(Sums::default().found_rate(&action.id)),
        _ => None,
    });
    format!("“{filled}”")
}
