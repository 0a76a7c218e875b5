//! The two contracts side by side, and the list of changes that grows as they are compared.
//!
//! It knows no key and judges nothing: each caller says which way its key is better.

use super::{Change, Class};
use crate::contract::Contract;

/// Two contracts, and what was found to differ so far.
pub(super) struct Sides<'c> {
    /// What customers have.
    pub(super) before: &'c Contract,
    /// What takes its place.
    pub(super) after: &'c Contract,
    changes: Vec<Change>,
}

impl<'c> Sides<'c> {
    pub(super) const fn new(before: &'c Contract, after: &'c Contract) -> Self {
        Self { before, after, changes: Vec::new() }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// Compares what one key says, and lists it where it differs.
    ///
    /// `text` words a value as its own contract means it; `words` makes a sentence of both texts.
    pub(super) fn value<T: PartialEq>(
        &mut self,
        key: impl Into<String>,
        (was, is): (&T, &T),
        judged: impl FnOnce(&T, &T) -> Class,
        text: impl Fn(&Contract, &T) -> String,
        words: impl FnOnce(&str, &str) -> String,
    ) {
        if was == is {
            return;
        }
        let (before, after) = (text(self.before, was), text(self.after, is));
        let words = words(&before, &after);
        self.push(key, judged(was, is), (Some(before), Some(after)), words);
    }

    /// Lists a change that was judged already.
    pub(super) fn push(
        &mut self,
        key: impl Into<String>,
        class: Class,
        (before, after): (Option<String>, Option<String>),
        words: String,
    ) {
        self.changes.push(Change { key: key.into(), class, before, after, words });
    }

    /// Lists something new.
    pub(super) fn added(
        &mut self,
        key: impl Into<String>,
        class: Class,
        text: impl Into<String>,
        words: String,
    ) {
        self.push(key, class, (None, Some(text.into())), words);
    }

    /// Lists something that is there no more.
    pub(super) fn removed(
        &mut self,
        key: impl Into<String>,
        class: Class,
        text: impl Into<String>,
        words: String,
    ) {
        self.push(key, class, (Some(text.into()), None), words);
    }

    /// What is in the first list only and what is in the second only, each in its order.
    pub(super) fn lists<'t, T: PartialEq>(
        was: &'t [T],
        is: &'t [T],
    ) -> (impl Iterator<Item = &'t T>, impl Iterator<Item = &'t T>) {
        let gone = was.iter().filter(|item| !is.contains(item));
        let new = is.iter().filter(|item| !was.contains(item));
        (gone, new)
    }
}
