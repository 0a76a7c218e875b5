//! The draft of what customers are told: what changes, from when, and what they can do.
//!
//! Worse first, then better, then names. It tells what the version before promises of changes, for
//! that is the one they live under.

use super::{Change, Class, Diff};
use crate::contract::Starts;
use crate::phrase;
use jiff::civil::Date;

/// Keys whose changes are read where they are needed, and not told ahead.
const NOT_TOLD: [&str; 4] = ["contract", "links.", "words.", "waive."];

impl Diff {
    /// A notice in plain sentences for a version that takes effect on this day of its zone.
    ///
    /// A paragraph each for what is worse, what is better, and what is neither; then when it starts
    /// for one customer, and how they may leave. Links, sentences of `words` and waivers are left
    /// out. Empty where nothing is to be told.
    #[must_use]
    pub fn notice(&self, effective: Date) -> String {
        let from = phrase::date(effective);
        let told = |classes: &[Class]| -> Vec<&str> {
            let changes = self.changes.iter().filter(|change| is_told(change));
            let of_class = changes.filter(|change| classes.contains(&change.class));
            of_class.map(|change| change.words.as_str()).collect()
        };
        let worse = told(&[Class::Forbidden, Class::Adverse, Class::Undecidable]);
        let better = told(&[Class::Better]);
        let neutral = told(&[Class::Neutral]);
        let mut paragraphs = Vec::new();
        if !worse.is_empty() {
            paragraphs.push(format!("From {from}: {}", worse.join(" ")));
        }
        if !better.is_empty() {
            paragraphs.push(format!("Better for you from {from}: {}", better.join(" ")));
        }
        if !neutral.is_empty() {
            paragraphs.push(format!("Also from {from}: {}", neutral.join(" ")));
        }
        if !paragraphs.is_empty() {
            paragraphs.extend(self.what_then());
        }
        paragraphs.join("\n")
    }

    /// When it starts for one customer, and how they may leave.
    fn what_then(&self) -> Option<String> {
        let worse = self.worse.filter(|_| self.is_adverse());
        let starts = match (self.is_adverse(), worse) {
            (false, _) => self.better_starts,
            (true, Some(worse)) => worse.starts,
            (true, None) => Starts::AtOnce,
        };
        let mut sentences = Vec::new();
        if starts == Starts::NextPeriod {
            sentences
                .push("For you it starts with your first period that begins on that day or later.");
        }
        if worse.is_some_and(|worse| worse.may_leave_with_refund) {
            sentences.push("You may leave, and get money back for unused credits you bought.");
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// Is it told in notices? What only programs see is not.
pub(crate) fn is_told(change: &Change) -> bool {
    !NOT_TOLD.iter().any(|start| change.key.starts_with(start))
}
