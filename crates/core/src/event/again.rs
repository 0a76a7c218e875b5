//! Events told again from entries. Of a run's beginning and end the entries say nearly all: whoever
//! keeps events keeps only the rest, and tells the event from it when it is asked for.
//!
//! Nothing else is told from here: of what entries say only together with those before them, the
//! whole event is kept.

use super::{About, Event, EventKind, OfRun};
use crate::amount::Amount;
use crate::entry::{Ended, Entry, Facts, Started};
use crate::id::Name;
use crate::state::RunStatus;
use crate::time::Time;
use crate::view::WalletLine;

/// What the entries do not say of an event about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The wallet right after the entry.
    pub wallet: WalletLine,
    /// Until before when the run was held: it may have been extended.
    pub expires_at: Time,
}

impl Event {
    /// What is to be kept of it beside the entry it follows from and the one that began the run; None:
    /// those do not say the rest.
    #[must_use]
    pub fn rest(&self, entry: &Entry) -> Option<Rest> {
        let About::Run(run) = &self.about else { return None };
        let says_all = match &entry.facts {
            Facts::StartRun(_) | Facts::Run { .. } | Facts::Release(_) | Facts::ExpireRun(_) => {
                true
            }
            // Of a run whose time was up the entry before says what came of it.
            Facts::Settle(ended) => !ended.late,
            _ => false,
        };
        says_all.then_some(Rest { wallet: self.wallet, expires_at: run.expires_at })
    }

    /// The event that followed from an entry of a customer about a run that `began` began; None: of
    /// such an entry there is no [`Event::rest`].
    #[must_use]
    pub fn again(customer: Name, entry: &Entry, began: &Entry, rest: Rest) -> Option<Self> {
        let (Facts::StartRun(started) | Facts::Run { started, .. }) = &began.facts else {
            return None;
        };
        let (kind, status, ended) = match &entry.facts {
            Facts::StartRun(_) => (EventKind::RunHeld, RunStatus::Held, None),
            Facts::Run { ended, .. } | Facts::Settle(ended) => {
                (EventKind::RunSettled, RunStatus::Settled, Some(ended))
            }
            Facts::Release(ended) => (EventKind::RunReleased, RunStatus::Released, Some(ended)),
            Facts::ExpireRun(ended) => (EventKind::RunExpired, RunStatus::Expired, Some(ended)),
            _ => return None,
        };
        let run = of_run(started, ended.map(AsRef::as_ref), status, rest.expires_at);
        Some(Self {
            kind,
            at: entry.at,
            once: None,
            customer,
            member: started.member.clone(),
            seq: entry.seq,
            wallet: rest.wallet,
            about: About::Run(run),
        })
    }
}

fn of_run(started: &Started, ended: Option<&Ended>, status: RunStatus, expires_at: Time) -> OfRun {
    OfRun {
        run: started.run,
        action: started.action.clone(),
        artifact: started.artifact.clone(),
        kind: started.kind,
        mode: started.mode,
        status,
        outcome: ended.map(|ended| ended.outcome),
        rule: ended.map(|ended| ended.leg.rule),
        held: started.leg.price,
        charged: ended.map_or(Amount::ZERO, |ended| ended.leg.charged),
        refunded: Amount::ZERO,
        expires_at,
    }
}
