//! The deliverer: sends what is due, to each endpoint a few at once, and writes down what came of it.
//!
//! Where it ends in the middle, what was on its way is sent again: at least once, never not at all. It
//! decides nothing itself: when comes from `schedule`, where to from `guard`.

use super::schedule::{self, Said};
use super::{guard, letter};
use crate::http::{App, random_number};
use probity::engine::{Listening, Refused, Sending};
use probity::store::{Delivery, DeliveryState, Endpoint, EndpointChange, StoreError, Told};
use probity_core::{Name, Time};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How many are on their way to one endpoint at once. There are few endpoints, so this bounds how many
/// there are at all, and whoever is slow takes nobody else's place.
const TO_ONE: usize = 8;
/// How long it rests where the store is away.
const REST: Duration = Duration::from_secs(1);
/// How long what is on its way may take when the service stops; what takes longer is sent again.
const LEAVING: Duration = Duration::from_secs(5);

/// Sends what is due until it is told to stop.
pub async fn deliver(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut deliverer = Deliverer::new(app);
    let mut stop = std::pin::pin!(stop);
    loop {
        let wait = deliverer.begin().await;
        tokio::select! {
            () = &mut stop => break,
            () = deliverer.woken(wait) => {}
        }
    }
    deliverer.leave().await;
}

/// Changes when events were perhaps stored that nobody hears of.
type InDoubt = tokio::sync::watch::Receiver<u64>;

/// A try that is over.
struct Tried {
    before: Delivery,
    told_at: Time,
    said: Said,
}

/// A delivery that is due, with its event; None: that is too old to be kept.
type Due = (Delivery, Option<Told>);

struct Deliverer {
    app: Arc<App>,
    endpoints: Vec<Endpoint>,
    /// How often endpoints had been changed when they were read; None: they are to be read.
    as_of: Option<u64>,
    /// Events as they happen, where somebody takes them.
    heard: Option<(Listening, InDoubt)>,
    done: UnboundedReceiver<Tried>,
    tell: UnboundedSender<Tried>,
    /// What is over, and not written down yet.
    over: Vec<Tried>,
}

impl Deliverer {
    fn new(app: Arc<App>) -> Self {
        let (tell, done) = unbounded_channel();
        Self { app, endpoints: Vec::new(), as_of: None, heard: None, done, tell, over: Vec::new() }
    }

    /// Writes down what is over, begins what is due, and says how long there is nothing to do unless
    /// something happens.
    async fn begin(&mut self) -> Option<Duration> {
        match self.begin_due().await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(%error, "webhooks wait for the store");
                Some(REST)
            }
        }
    }

    /// Something happened.
    async fn woken(&mut self, wait: Option<Duration>) {
        let in_time = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.app.webhooks.changed.notified() => {}
            () = heard(self.heard.as_mut(), &self.endpoints) => {}
            Some(tried) = self.done.recv() => self.over.push(tried),
            () = in_time => {}
        }
    }

    async fn begin_due(&mut self) -> Result<Option<Duration>, Refused> {
        self.note().await?;
        let changes = self.app.webhooks.changes.load(Ordering::Acquire);
        if self.as_of != Some(changes) {
            self.endpoints = self.app.probity.endpoints(None)?.await?;
            self.as_of = Some(changes);
            // Listened to before what is due is read: nothing falls in between.
            let listens = self.endpoints.iter().any(|one| one.stopped.is_none());
            self.heard = match self.heard.take() {
                Some(heard) if listens => Some(heard),
                _ => {
                    listens.then(|| (self.app.probity.listen(), self.app.probity.events_in_doubt()))
                }
            };
        }
        let now = self.app.clock();
        let flying = |one: &Endpoint| self.app.webhooks.flying.to(&one.id);
        let with_room: Vec<(Name, HashSet<u64>)> = self
            .endpoints
            .iter()
            .filter(|one| one.stopped.is_none())
            .map(|one| (one.id.clone(), flying(one)))
            .filter(|(_, flying)| flying.len() < TO_ONE)
            .collect();
        if with_room.is_empty() {
            return Ok(None);
        }
        let probity = self.app.probity.clone();
        let read = move || due(&probity, &with_room, now);
        let (due, next) =
            tokio::task::spawn_blocking(read).await.map_err(|_| Refused::Stopped)??;
        for (delivery, told) in due {
            self.start(delivery, told, now);
        }
        if !self.over.is_empty() {
            return Ok(Some(Duration::ZERO));
        }
        let wait = next.map(|next| u64::try_from(next.since(now)).unwrap_or_default());
        Ok(wait.map(Duration::from_micros))
    }

    /// Sends one, unless it is on its way, or its endpoint has enough to do.
    fn start(&mut self, delivery: Delivery, told: Option<Told>, now: Time) {
        let Some(endpoint) = self.endpoints.iter().find(|one| one.id == delivery.endpoint) else {
            return;
        };
        if !self.app.webhooks.flying.begins(&endpoint.id, delivery.event, TO_ONE) {
            return;
        }
        let told_at = told.as_ref().map_or(now, |told| told.told_at);
        let judged = guard::address(&endpoint.url, endpoint.environment, self.app.webhooks.reach());
        let (to, told) = match (judged, told) {
            (Ok(to), Some(told)) => (to, told),
            (judged, told) => {
                let why = match (judged, told) {
                    (Err(why), _) => format!("the address {why}"),
                    _ => "the event is too old to be kept".to_owned(),
                };
                self.over.push(Tried { before: delivery, told_at, said: Said::nothing(why) });
                return;
            }
        };
        let letter = letter(&self.app, endpoint, &told.id().to_string(), told.body(), now);
        let (post, tell) = (self.app.webhooks.post().clone(), self.tell.clone());
        tokio::spawn(async move {
            let said = post.send(to, letter, now).await;
            // Who has ended meanwhile sends it again.
            let _ = tell.send(Tried { before: delivery, told_at, said });
        });
    }

    /// Writes down what is over. Until that is durable, it counts as on its way.
    async fn note(&mut self) -> Result<(), Refused> {
        while let Ok(tried) = self.done.try_recv() {
            self.over.push(tried);
        }
        if self.over.is_empty() {
            return Ok(());
        }
        let now = self.app.clock();
        let after = |one: &Tried| schedule::tried(&one.before, &one.said, now, random_number());
        let after: Vec<Delivery> = self.over.iter().map(after).collect();
        let flying = &self.app.webhooks.flying;
        flying.noting(&after, |after| self.app.probity.note_deliveries(after))?.await?;
        let counts = flying.over(&after);
        let over = std::mem::take(&mut self.over);
        for ((tried, after), _) in over.iter().zip(&after).zip(counts).filter(|(_, counts)| *counts)
        {
            if let Err(error) = self.noted(tried, after).await {
                // The next one that dies there is looked at again.
                tracing::warn!(%error, "whether an endpoint is to be stopped is not known");
            }
        }
        Ok(())
    }

    /// What a try came to is counted and told; an endpoint where nothing arrives any more is stopped.
    async fn noted(&mut self, tried: &Tried, after: &Delivery) -> Result<(), Refused> {
        let (died, said) = (after.state == DeliveryState::Dead, &tried.said);
        self.app.webhooks.counted.count(said, died);
        let (endpoint, event) = (after.endpoint.as_str(), after.event);
        if said.is_delivered() {
            tracing::debug!(endpoint, event, "a webhook arrived");
            return Ok(());
        }
        tracing::info!(endpoint, event, said = %said.words, died, "a webhook did not arrive");
        let why = match died {
            true if said.is_gone() => "it answered 410 Gone: it wants no more".to_owned(),
            true if !self.arrived_since(&after.endpoint, tried.told_at).await? => {
                format!("nothing arrived there in three days; the last try: {}", said.words)
            }
            _ => return Ok(()),
        };
        self.stop(after.endpoint.clone(), why).await
    }

    /// Did anything arrive there since an instant? Of what did, the newest event is looked at.
    async fn arrived_since(&self, endpoint: &Name, since: Time) -> Result<bool, Refused> {
        let (probity, endpoint) = (self.app.probity.clone(), endpoint.clone());
        let newest = tokio::task::spawn_blocking(move || {
            probity.deliveries_below(&endpoint, Some(DeliveryState::Delivered), u64::MAX, 1)
        });
        let newest = newest.await.map_err(|_| Refused::Stopped)??;
        Ok(newest.first().is_some_and(|one| one.changed_at >= since))
    }

    async fn stop(&mut self, id: Name, why: String) -> Result<(), Refused> {
        let Some(known) = self.endpoints.iter().find(|one| one.id == id) else { return Ok(()) };
        tracing::warn!(endpoint = %id, why, "an endpoint is stopped");
        let stop = move |known: &[Endpoint]| {
            let found = known.iter().find(|one| one.id == id && one.stopped.is_none());
            let stopped = |one: &Endpoint| {
                EndpointChange::Put(Endpoint { stopped: Some(why), ..one.clone() })
            };
            let reply = probity::answer::Reply { status: 200, body: String::new() };
            let endpoints = found.map(stopped).into_iter().collect();
            Ok(Sending { endpoints, deliveries: Vec::new(), reply })
        };
        self.app.probity.endpoints_told(known.environment, None, Box::new(stop))?.await?;
        self.as_of = None;
        Ok(())
    }

    /// Waits a while for what is on its way, and writes it down.
    async fn leave(mut self) {
        let all = async {
            while !self.app.webhooks.flying.is_empty() {
                let Some(tried) = self.done.recv().await else { return };
                self.over.push(tried);
                if self.note().await.is_err() {
                    return;
                }
            }
        };
        if tokio::time::timeout(LEAVING, all).await.is_err() {
            tracing::info!("some webhooks were on their way, and are sent again");
        }
    }
}

/// Something happened that an endpoint takes.
async fn heard(listening: Option<&mut (Listening, InDoubt)>, endpoints: &[Endpoint]) {
    let Some((listening, in_doubt)) = listening else { return std::future::pending().await };
    let is_taken = |told: &Told| endpoints.iter().any(|one| one.takes(told.environment, told.kind));
    loop {
        let told = tokio::select! {
            told = listening.recv() => told,
            // What was told in a commit of which it is not known whether it failed is not heard.
            Ok(()) = in_doubt.changed() => break,
        };
        match told {
            Ok(told) if !is_taken(&told) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
            // It stands in the store, however much was missed here.
            Ok(_) | Err(RecvError::Lagged(_)) => break,
        }
    }
    // One look into the store finds them all.
    while listening.try_recv().is_ok() {}
}

/// What is due at each of these endpoints beside what is on its way there, as many as may be, and when the
/// next is due.
fn due(
    probity: &probity::Probity,
    endpoints: &[(Name, HashSet<u64>)],
    now: Time,
) -> Result<(Vec<Due>, Option<Time>), StoreError> {
    let (mut all, mut next) = (Vec::new(), None::<Time>);
    for (endpoint, flying) in endpoints {
        let due = probity.deliveries_due(endpoint, now, TO_ONE)?.into_iter();
        let room = TO_ONE - flying.len().min(TO_ONE);
        for delivery in due.filter(|one| !flying.contains(&one.event)).take(room) {
            let told = probity.event_at(delivery.event)?;
            all.push((delivery, told));
        }
        let later = probity.next_delivery(endpoint, now)?;
        next = [next, later].into_iter().flatten().min();
    }
    Ok((all, next))
}
