//! Why a run is not enforced: what of the roll-out has it in shadow or announce.

use super::super::plain;
use super::super::style::DIM;
use super::{Answer, Told};
use probity_core::terms::is_in_share;

impl Told<'_> {
    /// One line, where the roll-out is known and the run is not enforced.
    pub(super) fn why_not_enforced(&self, answer: &Answer<'_>) -> Vec<String> {
        let mode = answer.text("mode").unwrap_or_default();
        let Some(operations) = self.operations.filter(|_| ["shadow", "announce"].contains(&mode))
        else {
            return Vec::new();
        };
        let rollout = &operations.rollout;
        let (customer, action) = (answer.word(0), answer.word(2));
        let plan = self.plans.get(customer).map(String::as_str).unwrap_or_default();
        let has = |listed: Option<&probity_core::contract::Mode>| {
            listed.is_some_and(|listed| listed.word() == mode)
        };
        let share = rollout.share.millionths();
        let why = if !is_in_share(&self.contract.name, customer, share) {
            format!("{customer} is not among the {} of customers it applies to", rollout.share)
        } else if has(rollout.actions.get(action)) {
            format!("{action} is in {mode}")
        } else if has(rollout.plans.get(plan)) {
            format!("plan {plan} is in {mode}")
        } else {
            format!("its default is {mode}")
        };
        let why = plain(&why);
        vec![format!("{DIM}by the roll-out: {why}; --enforce shows it enforced{DIM:#}")]
    }
}
