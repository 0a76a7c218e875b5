//! One entry's facts, as far as a roll-out is about them.
//!
//! A run is counted once: in the window in which it ended. What came to light after that (credits
//! given back, a report that came too late) is counted when it came to light.

use crate::amount::Amount;
use crate::command::Today;
use crate::contract::{Contract, Mode, Outcome, Treatment};
use crate::decide::Code;
use crate::entry::{self, Account, Entry, Facts, LegEnded, Rule, Started};
use crate::id::{Name, RunId};
use crate::terms::Catalog;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What an entry says of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// One began.
    Began {
        /// Which action.
        action: Name,
        /// On which plan.
        plan: Name,
    },
    /// One ended, or its report came too late.
    Ended(Box<Ended>),
    /// Of what it was charged, or would have been, credits were given back.
    GivenBack {
        /// Whose.
        customer: Name,
        /// Which action.
        action: Name,
        /// On which plan.
        plan: Name,
        /// So many.
        amount: Amount,
    },
}

/// Who said that a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The product, by an outcome.
    Settled,
    /// The product gave the hold back.
    Released,
    /// Nobody, in time.
    Expired,
    /// The product, after its time was up: the run has been counted as expired.
    Late,
}

/// An ending that the contract does not speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unforeseen {
    /// `outcomes` is silent about it, and it could cost or be free: a default decided.
    NotWritten,
    /// A part of something that has neither parts nor a quantity: no share can be worked out.
    NoParts,
    /// Nobody said how it ended.
    NobodySaid,
    /// It was delivered after its time: theirs for nothing.
    TooLate,
}

impl Unforeseen {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotWritten => "not_written",
            Self::NoParts => "no_parts",
            Self::NobodySaid => "nobody_said",
            Self::TooLate => "too_late",
        }
    }
}

/// A run that ended, with what it would have come to if it had been enforced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which run.
    pub run: RunId,
    /// Whose.
    pub customer: Name,
    /// Which action.
    pub action: Name,
    /// On which plan it began.
    pub plan: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// The mode it began in.
    pub mode: Mode,
    /// When it ended.
    pub at: Time,
    /// Who said so.
    pub how: How,
    /// How.
    pub outcome: Outcome,
    /// What it would cost; of what is enforced, what it cost at most.
    pub price: Amount,
    /// What would be charged; of what is enforced, what was.
    pub charged: Amount,
    /// The rule of that.
    pub rule: Rule,
    /// Why it would have been refused.
    pub denial: Option<Code>,
    /// What the contract does not say of it.
    pub unforeseen: Option<Unforeseen>,
    /// What today's billing did.
    pub today: Option<Today>,
}

/// Does this say something of a run that began in another entry, which has to be looked up?
#[must_use]
pub const fn is_after_the_start(facts: &Facts) -> bool {
    matches!(
        facts,
        Facts::Settle(_)
            | Facts::Release(_)
            | Facts::ExpireRun(_)
            | Facts::Refund(_)
            | Facts::Correct(_)
    )
}

impl Fact {
    /// What an entry says; `began`: the entry that its run began with, where that is another one.
    #[must_use]
    pub fn of(
        catalog: &Catalog,
        customer: &Name,
        entry: &Entry,
        began: Option<&Entry>,
    ) -> Vec<Self> {
        let first = began.unwrap_or(entry);
        let (Facts::StartRun(started) | Facts::Run { started, .. }) = &first.facts else {
            return Vec::new();
        };
        let version = catalog.version(started.contract);
        let contract = version.map(|version| &*version.contract);
        let seen = Seen { customer, entry, first, started, contract };
        let began = || Self::Began { action: started.action.clone(), plan: started.plan.clone() };
        match &entry.facts {
            Facts::StartRun(_) => vec![began()],
            Facts::Run { ended, .. } => vec![began(), seen.ended(ended, How::Settled)],
            Facts::Settle(ended) if ended.late => vec![seen.ended(ended, How::Late)],
            Facts::Settle(ended) => vec![seen.ended(ended, How::Settled)],
            Facts::Release(ended) => vec![seen.ended(ended, How::Released)],
            Facts::ExpireRun(ended) => vec![seen.ended(ended, How::Expired)],
            Facts::Refund(refund) => seen.given_back(refund.amount),
            Facts::Correct(corrected) => seen.given_back(corrected.refund.amount),
            _ => Vec::new(),
        }
    }
}

/// An entry about a run, with the one it began with.
struct Seen<'a> {
    customer: &'a Name,
    entry: &'a Entry,
    first: &'a Entry,
    started: &'a Started,
    contract: Option<&'a Contract>,
}

impl Seen<'_> {
    const fn is_enforced(&self) -> bool {
        matches!(self.started.mode, Mode::Enforce)
    }

    fn ended(&self, ended: &entry::Ended, how: How) -> Fact {
        let shadow = self.first.shadow.as_ref().filter(|_| !self.is_enforced());
        let denial = shadow.and_then(|shadow| shadow.denial);
        let leg = match shadow {
            Some(shadow) => shadow.started.as_ref(),
            None => Some(&self.started.leg),
        };
        let price = leg.map(|leg| leg.price).or(shadow.and_then(|shadow| shadow.price));
        let closed = self.closed(ended, how);
        Fact::Ended(Box::new(Ended {
            run: self.started.run,
            customer: self.customer.clone(),
            action: self.started.action.clone(),
            plan: self.started.plan.clone(),
            artifact: self.started.artifact.clone(),
            mode: self.started.mode,
            at: self.entry.at,
            how,
            outcome: ended.outcome,
            price: price.unwrap_or(Amount::ZERO),
            charged: closed.map_or(Amount::ZERO, |leg| leg.charged),
            rule: closed.map_or(ended.leg.rule, |leg| leg.rule),
            denial,
            unforeseen: self.unforeseen(ended, how),
            today: self.today(ended, how),
        }))
    }

    /// What today's billing did; of a late report only where nothing was known when the run was
    /// counted, so that none is compared twice.
    fn today(&self, ended: &entry::Ended, how: How) -> Option<Today> {
        let before = today(None, self.started.today.as_ref());
        match how {
            How::Late if before.is_some() => None,
            _ => today(ended.today.as_ref(), before.as_ref()),
        }
    }

    /// The leg that says what would be charged; None: it would have been refused.
    fn closed<'e>(&'e self, ended: &'e entry::Ended, how: How) -> Option<&'e LegEnded> {
        match &self.entry.shadow {
            Some(shadow) if !self.is_enforced() && how != How::Late => shadow.ended.as_ref(),
            _ => Some(&ended.leg),
        }
    }

    fn unforeseen(&self, ended: &entry::Ended, how: How) -> Option<Unforeseen> {
        match (how, ended.outcome) {
            (How::Expired, _) => return Some(Unforeseen::NobodySaid),
            (How::Late, Outcome::Delivered) => return Some(Unforeseen::TooLate),
            (How::Late | How::Released, _) => return None,
            (How::Settled, _) => {}
        }
        let contract = self.contract?;
        let action = contract.actions.get(&self.started.action)?;
        let outcome = ended.outcome;
        let could_cost = matches!(outcome, Outcome::Partial | Outcome::Empty | Outcome::Abandoned);
        let declared = action.paid_even_if.iter().any(|harsh| harsh.outcome == outcome);
        if could_cost && !declared && !contract.outcomes_written.contains(&outcome) {
            return Some(Unforeseen::NotWritten);
        }
        let shares = action.outcomes.of(outcome) == Treatment::Share;
        let has_parts = action.parts.is_some() || action.is_per_quantity();
        (shares && !has_parts).then_some(Unforeseen::NoParts)
    }

    /// What came back where it counts: in the shadow books, of what is not enforced.
    fn given_back(&self, real: Amount) -> Vec<Fact> {
        let amount = match &self.entry.shadow {
            Some(shadow) if !self.is_enforced() => {
                let back = shadow.transfers.iter().filter(|t| matches!(t.from, Account::Earned(_)));
                Amount::sum(back.map(|t| t.amount)).unwrap_or(Amount::ZERO)
            }
            _ => real,
        };
        if amount.is_zero() {
            return Vec::new();
        }
        let (action, plan) = (self.started.action.clone(), self.started.plan.clone());
        vec![Fact::GivenBack { customer: self.customer.clone(), action, plan, amount }]
    }
}

/// What was said at the end, field by field; what was not, as it was said at the beginning.
fn today(end: Option<&Today>, start: Option<&Today>) -> Option<Today> {
    let (end, start) = (end.into_iter(), start.into_iter());
    let charged = end.clone().chain(start.clone()).find_map(|today| today.charged);
    let allowed = end.chain(start).find_map(|today| today.allowed);
    (charged.is_some() || allowed.is_some()).then_some(Today { charged, allowed })
}
