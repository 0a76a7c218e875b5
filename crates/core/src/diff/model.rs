//! Classes of models compared: from which class on a customer can use each model.
//!
//! A model that moves to a dearer class is out of reach of whoever has a lower ceiling; one that
//! moves to a cheaper class is in reach of more. Classes that change places change every ceiling.

use super::Class;
use super::judge::less;
use super::sides::Sides;
use crate::contract::{Contract, ModelClass, Table, is_same_model, plain_model_name};
use crate::id::Name;
use crate::phrase;
use std::cmp::Ordering;

/// How two classes compare; None where the two contracts order them differently or do not know
/// both.
pub(super) fn classes(before: &Contract, after: &Contract, a: &Name, b: &Name) -> Option<Ordering> {
    let order = |models: &Table<ModelClass>| Some(models.position(a)?.cmp(&models.position(b)?));
    match (order(&before.models), order(&after.models)) {
        (Some(was), Some(is)) => (was == is).then_some(is),
        (known, None) | (None, known) => known,
    }
}

/// What a class means, `none` where there is none.
pub(super) fn means(contract: &Contract, class: Option<&Name>, none: &str) -> String {
    let known = class.and_then(|class| contract.models.get(class));
    known.map_or_else(|| String::from(none), |class| class.means.clone())
}

/// Compares all classes and the models in them.
pub(super) fn models(sides: &mut Sides<'_>, was: &Table<ModelClass>) {
    let is = &sides.after.models;
    let (had_any, has_any) = (has_any_model(was), has_any_model(is));
    if had_any || has_any {
        if had_any != has_any {
            let class = if has_any { Class::Better } else { Class::Adverse };
            let (from, to) = (listed(was), listed(is));
            let words = format!("The AI models are {to} instead of {from}.");
            sides.push("models", class, (Some(from), Some(to)), words);
        }
        return;
    }
    for class in was.iter() {
        match is.get(&class.id) {
            Some(now) => same_class(sides, class, now),
            None => {
                let words = format!("There is no class of AI models “{}” any more.", class.means);
                let key = format!("models.{}", class.id);
                sides.removed(key, Class::Neutral, &class.means, words);
            }
        }
    }
    for class in is.iter().filter(|class| was.get(&class.id).is_none()) {
        let words = format!("There is a new class of AI models: {}.", class.means);
        sides.added(format!("models.{}", class.id), Class::Neutral, &class.means, words);
    }
    let shared = |one: &Table<ModelClass>, other: &Table<ModelClass>| {
        let names = one.names().filter(|name| other.get(name).is_some());
        names.cloned().collect::<Vec<Name>>()
    };
    let (order, order_now) = (shared(was, is), shared(is, was));
    if order == order_now {
        each_model(sides, was, &order);
    } else {
        let (from, to) = (listed(was), listed(is));
        let words = format!("The AI models, cheapest first: {to} instead of {from}.");
        sides.push("models", Class::Undecidable, (Some(from), Some(to)), words);
    }
}

fn same_class(sides: &mut Sides<'_>, was: &ModelClass, is: &ModelClass) {
    let ModelClass { id, means, are: _, any: _ } = was; // the models one by one, below
    sides.value(
        format!("models.{id}.means"),
        (means, &is.means),
        |_, _| Class::Neutral,
        |_, means| means.clone(),
        |was, now| format!("The AI models called “{was}” are called “{now}”."),
    );
}

/// Each model by the lowest class both contracts have from which on it can be used.
fn each_model(sides: &mut Sides<'_>, was: &Table<ModelClass>, shared: &[Name]) {
    let is = &sides.after.models;
    let mut seen: Vec<&str> = Vec::new();
    for model in was.iter().chain(is.iter()).flat_map(|class| &class.are) {
        let model = plain_model_name(model);
        if seen.iter().any(|known| known.eq_ignore_ascii_case(model)) {
            continue;
        }
        seen.push(model);
        let (from, to) = (class_of(was, model), class_of(is, model));
        if from.map(|class| &class.id) == to.map(|class| &class.id) {
            continue;
        }
        let class = less(&reach(was, shared, from), &reach(is, shared, to));
        let told = |class: &ModelClass| class.means.clone();
        let words = match (from, to) {
            (Some(from), Some(to)) => {
                format!(
                    "The AI model {model} is one of “{}” instead of “{}”.",
                    to.means, from.means
                )
            }
            (_, Some(to)) => format!("The AI model {model} is new in “{}”.", to.means),
            (_, None) => format!("The AI model {model} is no longer included."),
        };
        if let Some(at) = to.or(from) {
            let key = format!("models.{}.are", at.id);
            sides.push(key, class, (from.map(told), to.map(told)), words);
        }
    }
}

fn class_of<'m>(models: &'m Table<ModelClass>, model: &str) -> Option<&'m ModelClass> {
    models.iter().find(|class| class.are.iter().any(|name| is_same_model(name, model)))
}

/// Where the lowest shared class that includes it stands; beyond all of them for none, and one
/// more for a model that no class has.
fn reach(models: &Table<ModelClass>, shared: &[Name], class: Option<&ModelClass>) -> usize {
    let Some(at) = class.and_then(|class| models.position(&class.id)) else {
        return shared.len().saturating_add(1);
    };
    let includes = |name: &Name| models.position(name).is_some_and(|place| place >= at);
    shared.iter().position(includes).unwrap_or(shared.len())
}

fn has_any_model(models: &Table<ModelClass>) -> bool {
    models.iter().any(|class| class.any)
}

fn listed(models: &Table<ModelClass>) -> String {
    let means: Vec<&str> = models.iter().map(|class| class.means.as_str()).collect();
    phrase::list(&means, "then")
}
