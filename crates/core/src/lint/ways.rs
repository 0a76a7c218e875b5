//! Which ways forward a plan really has, as far as the files show.

use super::rule::Subject;
use crate::contract::{Contract, Plan};

/// The ways on for a customer of a plan who is short of credits.
pub(super) struct Ways {
    /// Credits come back by themselves.
    pub(super) waits: bool,
    /// Allowances come back by themselves.
    pub(super) allowances_return: bool,
    /// Credits are for sale on this plan.
    pub(super) buys: bool,
    /// There is another plan.
    pub(super) switches: bool,
    /// Something useful costs nothing.
    pub(super) explores: bool,
}

impl Ways {
    pub(super) fn of(subject: &Subject<'_>, plan: &Plan) -> Self {
        Self {
            waits: plan.credits.is_some_and(|c| c.is_positive()),
            allowances_return: !plan.allowances.is_empty(),
            buys: plan.top_ups && is_selling_credits(subject.contract),
            switches: subject.contract.plans.len() > 1,
            explores: has_something_free(subject, plan),
        }
    }
}

/// Is there a pack or an amount to buy?
pub(super) fn is_selling_credits(contract: &Contract) -> bool {
    !contract.top_ups.packs.is_empty() || contract.top_ups.any_amount_from.is_some()
}

/// Does a plan offer an action at no price, or free units of one?
pub(super) fn has_something_free(subject: &Subject<'_>, plan: &Plan) -> bool {
    subject.margins.actions.iter().filter(|row| row.plan == plan.id).any(|row| {
        (row.price.is_free() && !row.price.on_your_key)
            || plan.allowances.get(&row.action).is_some_and(|a| a.units > 0)
    })
}

/// Does a plan take credits for anything?
pub(super) fn takes_credits(subject: &Subject<'_>, plan: &Plan) -> bool {
    subject.margins.actions.iter().any(|row| row.plan == plan.id && !row.price.is_free())
}
