//! New versions, new revisions of operations, special terms, sums over everyone.

use super::Player;
use super::acts::halves;
use crate::model::books::Event;
use crate::model::recipe::{PLANS, Private, Recipe, action_name, dollars, plan_name};
use crate::model::step::{Plans, Special};
use probity_core::contract::{Allowance, Override, Plan, Price, Table, Tariff};
use probity_core::sums::Sums;
use probity_core::{Cost, Name, Per, Time};

impl Player<'_> {
    pub fn operate(&mut self, private: &Private) -> Event {
        self.private = private.clone();
        // The window of our budget for one customer stays as it was.
        let per = self.world.recipe.private.we_pay.0.map_or(Per::Month, |(_, per)| per);
        self.private.we_pay.0 = private.we_pay.0.map(|(n, _)| (n, per));
        let private = &self.private;
        self.revision += 1;
        let recipe = Recipe { private: private.clone(), ..self.world.recipe.clone() };
        let version = self.books.catalog.versions().last().expect("one").contract.version;
        Event::Operate(Box::new(recipe.build(version, self.revision).1))
    }

    pub fn publish(&mut self, action: u8, price: u8, adverse: bool, plans: Plans) -> Event {
        self.revision += 1;
        let last = &self.books.catalog.versions().last().expect("one").contract;
        let mut contract = last.as_ref().clone();
        let mut actions = Table::default();
        let changed = action_name(usize::from(action) % contract.actions.len());
        for (name, old) in contract.actions.pairs() {
            let mut new = old.clone();
            if *name == changed && matches!(new.price, Tariff::Fixed(_)) {
                new.price = Tariff::Fixed(halves(price.cast_signed()));
            }
            actions.push(name.clone(), new).expect("unique");
        }
        contract.actions = actions;
        contract.plans = changed_plans(&contract.plans, plans);
        contract.version += 1;
        if adverse && let Some(worse) = contract.changes.worse {
            let earliest = worse.notice.after(self.books.now(), &contract.zone);
            contract.effective = contract.zone.date(earliest).tomorrow().ok();
        } else {
            contract.effective = None;
        }
        let recipe = Recipe { private: self.private.clone(), ..self.world.recipe.clone() };
        let operations = recipe.build(contract.version, self.revision).1;
        Event::Publish { contract: Box::new(contract), operations: Box::new(operations), adverse }
    }

    pub fn special(&self, special: &Special, at: Time) -> Override {
        let zone = probity_core::Zone::named(self.world.recipe.zone).expect("known");
        let until = special.days.map(|n| zone.date(at.plus_micros(i64::from(n) * 86_400_000_000)));
        let price =
            |n: u8| Price { credits: Tariff::Fixed(halves(n.cast_signed())), on_your_key: false };
        Override {
            prices: special
                .price
                .map(|(action, n)| (action_name(action.into()), price(n)))
                .into_iter()
                .collect(),
            allowances: special
                .allowance
                .map(|(action, n)| {
                    (action_name(action.into()), Allowance { units: n.into(), per: Per::Month })
                })
                .into_iter()
                .collect(),
            best_model: special
                .best_model
                .map(|n| Name::new(["small", "large", "nothing"][usize::from(n) % 3])),
            credit_line: special.credit_line.map(|n| halves(n.cast_signed())),
            at_once: special.at_once.map(u32::from),
            until,
            reason: Some("a pilot".to_owned()),
            ..Override::default()
        }
    }
}

/// The plans of a new version; there is always one.
fn changed_plans(before: &Table<Plan>, change: Plans) -> Table<Plan> {
    let mut plans: Vec<Plan> = before.iter().cloned().collect();
    let nth = |n: u8| usize::from(n) % plans.len();
    match change {
        Plans::Stay => {}
        Plans::Without(_) if plans.len() == 1 => {}
        Plans::Without(n) => {
            plans.remove(nth(n));
        }
        Plans::With(n) => {
            let id = (0..PLANS).map(plan_name).find(|id| before.get(id).is_none());
            let mut plan = plans[nth(n)].clone();
            if let (Some(id), Some(price)) = (id, &mut plan.price) {
                plan.id = id;
                price.money = dollars(u32::from(n) % 9);
                plans.push(plan);
            }
        }
    }
    let mut table = Table::default();
    plans.into_iter().for_each(|plan| table.push(plan.id.clone(), plan).expect("unique"));
    table
}

pub fn sums(surge: bool, spent: bool) -> Sums {
    let cost = |on: bool, n: &str| if on { Cost::parse(n).expect("plain") } else { Cost::ZERO };
    Sums { supplier_cost: cost(surge, "400.01"), we_paid: cost(spent, "5"), ..Sums::default() }
}
