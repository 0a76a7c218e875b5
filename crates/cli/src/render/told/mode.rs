//! Why a run is not enforced: what of the roll-out has it in shadow or announce.

use super::super::plain;
use super::super::style::DIM;
use super::{Answer, Told};
use probity::scenario::Turn;
use probity_core::contract::Mode;
use probity_core::terms::is_in_share;
use serde_json::Value;

impl Told<'_> {
    /// Is it of a run in shadow, of which the customer is shown nothing?
    pub(super) fn is_in_shadow(&self, turn: &Turn) -> bool {
        let body = &turn.told.body;
        match body.get("mode").and_then(Value::as_str) {
            Some(mode) => mode == Mode::Shadow.word(),
            // A check tells what would be where nothing is enforced, but no mode.
            None => {
                let answer = Answer { contract: self.contract, step: &turn.text, body };
                let is_lenient = body.get("would").is_some_and(|would| !would.is_null());
                is_lenient && self.rolled_out(answer.word(0), answer.word(2)) == Some(Mode::Shadow)
            }
        }
    }

    /// The mode of an action for a customer, where the roll-out is known.
    fn rolled_out(&self, customer: &str, action: &str) -> Option<Mode> {
        let rollout = &self.operations?.rollout;
        if !is_in_share(&self.contract.name, customer, rollout.share.millionths()) {
            return Some(Mode::Shadow);
        }
        let plan = self.plans.get(customer).map(String::as_str).unwrap_or_default();
        let listed = rollout.actions.get(action).into_iter().chain(rollout.plans.get(plan));
        Some(listed.copied().min().unwrap_or(rollout.default))
    }

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
        let has = |listed: Option<&Mode>| listed.is_some_and(|listed| listed.word() == mode);
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
