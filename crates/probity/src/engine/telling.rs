//! What others are told: each event goes into the draft beside the entry it follows from, and is durable
//! with it. What is told once is looked up before it is told again.

use super::draft::Happened;
use super::kept::Kept;
use super::turn::Turn;
use crate::store::{Delivery, DeliveryState, PruneEvents, Thin};
use probity_core::decide::Denial;
use probity_core::entry::{Entry, Facts, LegEnded};
use probity_core::event::{About, Event, EventKind};
use probity_core::view::Desk;
use probity_core::{Name, RunId, Time};
use std::time::Duration;

/// Events are kept for 30 days: as long, what was missed can be read again.
const EVENTS_LAST: Duration = Duration::from_secs(30 * 24 * 3600);

impl Turn {
    /// Where answers about a customer are given at an instant.
    fn desk<'a>(&'a self, kept: &'a Kept, now: Time) -> Option<Desk<'a>> {
        let books = self.books(kept.environment);
        Desk::new(&books.versions.catalog, &books.sums, kept.state.as_deref()?, now)
    }

    /// Tells of an entry that was just folded, and of what it brought near.
    pub(super) fn tell_of(&mut self, kept: &mut Kept, entry: &Entry) {
        let Some(desk) = self.desk(kept, entry.at) else { return };
        let Some(state) = kept.state.as_deref() else { return };
        let happened = Event::of(entry, state, desk.wallet_line());
        let near = desk.nearness();
        let ahead = match kept.near {
            Some(before) if before == near => Vec::new(),
            _ => desk.ahead_of_limits(),
        };
        kept.near = Some(near);
        if let Some(event) = happened {
            // The entry was just written: it stands at the last place.
            let place = self.last.entry;
            let thin = event.rest(entry).map(|rest| Thin { entry: place, rest });
            self.put_event(kept, event, thin);
        }
        self.tell_once(kept, ahead);
        if makes_or_moves_grants(&entry.facts) {
            // Credits may come within the warning of their own end; and whoever comes while a version is
            // announced is told of it, too.
            self.look_ahead(kept, entry.at);
        }
    }

    /// Tells what time alone brings near.
    pub(super) fn look_ahead(&mut self, kept: &mut Kept, now: Time) {
        let Some(desk) = self.desk(kept, now) else { return };
        let ahead = desk.ahead_of_time();
        kept.ahead_at = None;
        self.tell_once(kept, ahead);
    }

    /// When time alone next brings something to tell of a customer.
    pub(super) fn ahead_at(&self, kept: &mut Kept) -> Time {
        let now = self.books(kept.environment).now;
        if kept.ahead_at.is_none() {
            kept.ahead_at = self.desk(kept, now).map(|desk| desk.next_ahead());
        }
        kept.ahead_at.unwrap_or(Time::MAX)
    }

    /// A run was refused; of a day that is unusual the customer is told.
    pub(super) fn tell_refused(&mut self, kept: &mut Kept, denial: &Denial, now: Time) {
        let told = self.desk(kept, now).and_then(|desk| desk.unusual_day(denial));
        self.tell_once(kept, told.into_iter().collect());
    }

    /// The customer asked about a receipt, or was answered.
    pub(super) fn tell_question(
        &mut self,
        kept: &Kept,
        kind: EventKind,
        (question, run): (Name, RunId),
        now: Time,
    ) {
        let about = About::Question { question, run };
        let told = self.desk(kept, now).map(|desk| desk.event(kind, None, about));
        if let Some(event) = told {
            self.put_event(kept, event, None);
        }
    }

    fn tell_once(&mut self, kept: &mut Kept, events: Vec<Event>) {
        for event in events {
            let told = event.once.as_deref().map_or(Ok(false), |once| self.was_told(kept, once));
            match told {
                Ok(true) => {}
                Ok(false) => {
                    self.put_event(kept, event, None);
                    self.is_touched(kept);
                }
                // It cannot be read now: it is looked at another time.
                Err(_) => kept.near = None,
            }
        }
    }

    fn was_told(&mut self, kept: &Kept, once: &str) -> Result<bool, crate::store::StoreError> {
        let is_it =
            |h: &Happened| h.customer == kept.number && h.event.once.as_deref() == Some(once);
        if self.glimpse.events.iter().chain(&self.draft.events).any(is_it) {
            return Ok(true);
        }
        self.store.is_told(kept.number, once)
    }

    fn put_event(&mut self, kept: &Kept, event: Event, thin: Option<Thin>) {
        self.last.event += 1;
        let (number, environment, now) = (self.last.event, kept.environment, self.clock.now());
        let takers = self.endpoints.iter().filter(|one| one.takes(environment, event.kind));
        let deliveries = takers.map(|endpoint| Delivery {
            event: number,
            endpoint: endpoint.id.clone(),
            state: DeliveryState::Waiting,
            attempts: 0,
            due_at: now,
            said: None,
            changed_at: now,
        });
        self.draft.batch.deliveries.extend(deliveries);
        let (customer, told_at) = (kept.number, now);
        self.draft.events.push(Happened { number, environment, customer, told_at, event, thin });
    }

    /// Deletes events that are too old, looking at twice as many as are new, from the oldest on.
    pub(super) fn prune_events(&mut self) {
        let new = self.draft.events.len() as u64;
        let now = self.clock.now();
        if new == 0 || now < self.events_old_at {
            return;
        }
        // Where it cannot be read now, another commit prunes.
        let Ok(first) = self.store.first_event(self.pruned_events) else { return };
        // What is on disk; the last of all stays, so that places are never given twice.
        let last = self.landed_event.saturating_sub(1);
        let (from, to) = (first, (first + 2 * new).min(last));
        if from == 0 || to < from {
            return;
        }
        let Ok(found) = self.store.event(to) else { return };
        let lasts = i64::try_from(EVENTS_LAST.as_micros()).unwrap_or(i64::MAX);
        match found.map(|told| told.told_at.plus_micros(lasts)) {
            Some(old_at) if now < old_at => self.events_old_at = old_at,
            // It is old, or gone already.
            _ => {
                self.pruned_events = to;
                self.draft.batch.prune_events = Some(PruneEvents { from, to });
            }
        }
    }
}

/// May an entry change when grants expire, or what is said of that?
const fn makes_or_moves_grants(facts: &Facts) -> bool {
    match facts {
        Facts::OpenCustomer(_)
        | Facts::ChangePlan { .. }
        | Facts::Renew(_)
        | Facts::Grant(_)
        | Facts::TopUp(_)
        | Facts::Refund(_)
        | Facts::Correct(_)
        | Facts::BeginVersion { .. } => true,
        Facts::Settle(ended) | Facts::Run { ended, .. } => made_grants(&ended.leg),
        Facts::Release(ended) | Facts::ExpireRun(ended) => made_grants(&ended.leg),
        _ => false,
    }
}

const fn made_grants(leg: &LegEnded) -> bool {
    !leg.grants.is_empty()
}
