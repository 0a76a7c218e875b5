//! Two contracts compared: every key that differs, and what the difference is to customers.
//!
//! Pure: it knows two contracts and nobody who lives under them, so it decides nothing; who must be
//! told how long before is decided where versions are published. Every struct of the contract is
//! taken apart here without `..`, so a new key does not compile until somebody has said which way
//! it is better. Operations are ours alone and are not compared.

mod action;
mod allowance;
mod buying;
mod judge;
mod limits;
mod model;
mod notice;
mod plan;
mod promise;
mod sides;
mod tariff;
mod wording;

use crate::contract::{Audience, Contract, Never, Starts, WorseChanges, broken_promises};
pub(crate) use notice::is_told;
use sides::Sides;

/// What a change is to the customers who live under the version before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Nothing that a customer pays or may do changes: names, reasons, sentences, links.
    Neutral,
    /// Nobody is worse off.
    Better,
    /// Better for some and worse for others, or not to be told from the files: other words for what
    /// is sold, a rule in the place of one of another kind. It counts as adverse.
    Undecidable,
    /// Somebody is worse off.
    Adverse,
    /// `changes.never` of the version before promises that this will not be done.
    Forbidden,
}

impl Class {
    /// Its word in JSON: `adverse`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Better => "better",
            Self::Undecidable => "undecidable",
            Self::Adverse => "adverse",
            Self::Forbidden => "forbidden",
        }
    }
}

/// One key that says something else than before.
///
/// A key that holds a list stands once for each part of the list that changed, with the same path.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Change {
    /// The path of the key as it is found in the file: `plans.pro.credits`.
    pub key: String,
    /// What it is to customers.
    pub class: Class,
    /// What it said, in plain words; None where it was not there.
    pub before: Option<String>,
    /// What it says, in plain words; None where it is there no more.
    pub after: Option<String>,
    /// The change as a sentence for customers.
    pub words: String,
}

/// How a contract differs from the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diff {
    /// Every change, in the order of the keys in [`Contract`]; empty where nothing differs.
    pub changes: Vec<Change>,
    /// What the version before promises of changes for the worse.
    worse: Option<WorseChanges>,
    /// When it says that changes for the better start.
    better_starts: Starts,
}

/// Compares two contracts, the second taking the place of the first.
///
/// `version` and `effective` say which contract it is and when, and are no changes.
#[must_use]
pub fn diff(before: &Contract, after: &Contract) -> Diff {
    let mut sides = Sides::new(before, after);
    let Contract {
        name,
        version: _,
        effective: _,
        customers,
        currency,
        zone,
        actions,
        plans,
        outcomes,
        outcomes_written: _,
        failures,
        credit,
        top_ups,
        limits,
        experiments,
        models,
        changes,
        links,
        words,
        quotes_last,
        new_customers,
        waivers,
    } = before;
    let s = &mut sides;
    wording::name(s, name);
    audience(s, *customers);
    promise::currency(s, *currency);
    promise::zone(s, zone);
    action::actions(s, actions);
    plan::plans(s, plans);
    promise::outcomes(s, *outcomes);
    promise::failures(s, *failures);
    promise::credit(s, credit);
    buying::top_ups(s, top_ups);
    promise::quotes(s, *quotes_last);
    limits::limits(s, limits);
    limits::experiments(s, experiments.as_ref());
    model::models(s, models);
    promise::changes(s, changes);
    plan::new_customers(s, new_customers.as_ref());
    wording::links(s, links);
    wording::words(s, words);
    wording::waivers(s, waivers);
    let mut list = sides.into_changes();
    forbid(&mut list, before, after);
    let (worse, better_starts) = (before.changes.worse, before.changes.better_starts);
    Diff { changes: list, worse, better_starts }
}

impl Diff {
    /// What the contract as a whole is to customers; never [`Class::Undecidable`].
    ///
    /// Forbidden with any forbidden change, else adverse with any adverse or undecidable one, else
    /// better with any better one, else neutral, also where nothing differs.
    ///
    /// ```
    /// use probity_core::contract::file::{Sources, read};
    /// use probity_core::diff::{Class, diff};
    ///
    /// let contract = |price: &str| {
    ///     let text = format!(
    ///         "contract: hello\nversion: 1\nactions:\n  \
    ///          greet: {{ name: Greet, unit: greeting, counts_as: one, price: {price} }}\n\
    ///          plans:\n  all: {{ price: $1 a month }}\n"
    ///     );
    ///     read(&Sources { contract: text.as_bytes(), operations: None, prices: None }).contract
    /// };
    /// let (before, after) = (contract("5 credits").unwrap(), contract("6 credits").unwrap());
    /// let diff = diff(&before, &after);
    /// assert_eq!(diff.class(), Class::Adverse);
    /// assert_eq!(diff.changes[0].key, "actions.greet.price");
    /// assert_eq!(diff.changes[0].words, "Greet costs 6 credits instead of 5 credits.");
    /// ```
    #[must_use]
    pub fn class(&self) -> Class {
        let worst = self.changes.iter().map(|change| change.class).max();
        match worst.unwrap_or(Class::Neutral) {
            Class::Undecidable => Class::Adverse,
            class => class,
        }
    }

    /// Is it adverse for anybody, so that the promised notice is owed? Also where it is forbidden.
    #[must_use]
    pub fn is_adverse(&self) -> bool {
        self.class() >= Class::Undecidable
    }
}

/// To whom it is sold decides whether the checks of consumer law are made.
fn audience(sides: &mut Sides<'_>, was: Audience) {
    let is = sides.after.customers;
    let who = |audience: &Audience| match audience {
        Audience::Consumers => "consumers",
        Audience::Businesses => "businesses",
    };
    let judged = |_: &Audience, is: &Audience| match is {
        Audience::Consumers => Class::Better,
        Audience::Businesses => Class::Adverse,
    };
    sides.value(
        "customers",
        (&was, &is),
        judged,
        |_, v| String::from(who(v)),
        |was, is| format!("These terms are for {is} instead of {was}."),
    );
}

/// Marks what breaks a promise of the version before as forbidden.
fn forbid(changes: &mut Vec<Change>, before: &Contract, after: &Contract) {
    for broken in broken_promises(before, after) {
        let is_it = |key: &str| {
            key.strip_prefix(&broken.key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut found = false;
        for change in changes.iter_mut() {
            if is_it(&change.key) && change.class >= Class::Undecidable {
                change.class = Class::Forbidden;
                found = true;
            }
        }
        if !found {
            changes.push(unnamed(broken.key.clone(), broken.promise));
        }
    }
}

/// A promise broken by what several keys do together, none of which is worse alone.
fn unnamed(key: String, promise: Never) -> Change {
    let promise = crate::explain::never(promise);
    Change {
        key,
        class: Class::Forbidden,
        before: None,
        after: None,
        words: format!("We promised never to {promise}."),
    }
}
