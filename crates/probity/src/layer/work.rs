//! A run that is being worked on: what is known of its answer so far, and whose end it is to tell.
//!
//! Whatever happens to whoever holds it, its end is told once: dropped, it was left.

use super::Tries;
use super::begin::Begun;
use super::charge::{Charge, Seen};
use super::settle::{Settled, Settler, Settling};
use crate::usage::{Answered, End, Judged, Passed, Protocol, Reading, Reason, Verdict};
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode, response};
use probity_core::Name;
use probity_core::command::{Attempt, Report, Today, Usage, UsageSource};
use probity_core::contract::Outcome;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// A run that is being worked on.
pub(super) struct Work {
    settler: Arc<Settler>,
    run: Option<Box<Open>>,
}

/// What is known while it is open.
struct Open {
    charge: Charge,
    begun: Begun,
    head: Option<Head>,
    /// Nothing of the work was to be had: why.
    not_reached: Option<End>,
    /// How it ended then, where that is known better.
    stopped_as: Option<Verdict>,
    /// Since when it has the time that it has.
    timed_at: Instant,
    /// Calls that came to nothing, and were repeated.
    tries: Tries,
}

/// The answer, from its head on.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    reading: Reading,
    verdict: Option<Verdict>,
    today: Option<Today>,
}

impl Work {
    pub(super) fn new(settler: &Arc<Settler>, charge: Charge, begun: Begun) -> Self {
        let (head, not_reached, stopped_as) = (None, None, None);
        let (timed_at, tries) = (Instant::now(), Tries::default());
        let open = Open { charge, begun, head, not_reached, stopped_as, timed_at, tries };
        Self { settler: Arc::clone(settler), run: Some(Box::new(open)) }
    }

    /// Takes it over: what is left here has no end to tell.
    pub(super) fn take(&mut self) -> Self {
        Self { settler: Arc::clone(&self.settler), run: self.run.take() }
    }

    /// Who its end is told to.
    pub(super) const fn settler(&self) -> &Arc<Settler> {
        &self.settler
    }

    /// What it began as, and what it is charged as; None once its end is told.
    pub(super) fn about(&self) -> Option<(&Begun, &Charge)> {
        self.run.as_ref().map(|open| (&open.begun, &open.charge))
    }

    /// Where calls that come to nothing are told.
    pub(super) fn tries(&self) -> Tries {
        self.run.as_ref().map(|open| Arc::clone(&open.tries)).unwrap_or_default()
    }

    /// The head of the answer is there, and perhaps no body is to come.
    pub(super) fn answered(
        &mut self,
        parts: &response::Parts,
        verdict: Option<Verdict>,
        today: Option<Today>,
        is_empty: bool,
    ) {
        let Some(open) = &mut self.run else { return };
        let (protocol, strips) = (open.charge.protocol, open.charge.strips_usage);
        let reading = reading(parts, protocol, strips, is_empty);
        let (status, headers) = (parts.status, parts.headers.clone());
        open.head = Some(Head { status, headers, reading, verdict, today });
    }

    /// The customer's own key does the work.
    pub(super) fn is_on_their_key(&mut self) {
        if let Some(open) = &mut self.run {
            open.charge.request.own_key = true;
        }
    }

    /// No answer is to come.
    pub(super) fn not_reached(&mut self, end: End, stopped_as: Option<Verdict>) {
        if let Some(open) = &mut self.run {
            open.not_reached = Some(end);
            open.stopped_as = stopped_as;
        }
    }

    /// Bytes of the answer pass.
    pub(super) fn pass(&mut self, bytes: Bytes) -> Passed {
        self.goes_on();
        match self.reading() {
            Some(reading) => reading.pass(bytes),
            None => Passed { forward: Some(bytes), last: None },
        }
    }

    /// It makes progress: before its time is up it gets more, within what the contract allows.
    fn goes_on(&mut self) {
        let Some(open) = &mut self.run else { return };
        let Some(length) = open.begun.more_time else { return };
        let half = Duration::from_secs(length.roughly_seconds() / 2);
        if open.timed_at.elapsed() >= half {
            open.timed_at = Instant::now();
            self.settler.more_time(open.charge.environment, open.begun.run, length);
        }
    }

    /// Whoever did the work says how it ended.
    pub(super) fn verdict(&mut self, verdict: Verdict) {
        if let Some(head) = self.run.as_mut().and_then(|open| open.head.as_mut()) {
            head.verdict = Some(verdict);
        }
    }

    /// What was held back of it, once nothing more will pass.
    pub(super) fn rest(&mut self) -> Option<Bytes> {
        self.reading()?.rest()
    }

    fn reading(&mut self) -> Option<&mut Reading> {
        Some(&mut self.run.as_mut()?.head.as_mut()?.reading)
    }

    /// The last that the customer needs is in what has passed.
    pub(super) fn has_ended(&self) -> bool {
        let head = self.run.as_ref().and_then(|open| open.head.as_ref());
        head.is_some_and(|head| head.reading.has_ended())
    }

    /// Is the rest worth reading when nobody waits for it? Only where leaving charges: then the work is
    /// finished, and the books of cost want to know what it used.
    pub(super) fn is_worth_reading(&self) -> bool {
        let Some(open) = &self.run else { return false };
        let reading = open.head.as_ref().map(|head| &head.reading);
        open.begun.abandoned_charges
            && reading.is_some_and(|reading| {
                reading.has_output() && !reading.has_ended() && !reading.has_failed()
            })
    }

    /// Tells its end; whoever waits hears when it is durable.
    pub(super) fn end(&mut self, end: End) -> oneshot::Receiver<Settled> {
        self.tell(|open| open.report(end))
    }

    /// The customer left in the middle, and the rest was read without them. What failed all the same
    /// has failed: they would have got nothing.
    pub(super) fn left(&mut self) -> oneshot::Receiver<Settled> {
        self.tell(|open| {
            let has_failed = open.head.as_ref().is_some_and(Head::has_failed);
            let report = open.report(End::Complete)?;
            if has_failed {
                return Some(report);
            }
            let (outcome, reason) =
                (Outcome::Abandoned, Some(Reason::ClientGone.word().into_owned()));
            Some(Report { outcome, reason, parts: None, quantity: None, ..report })
        })
    }

    /// Tells how it ended; None: its end is somebody else's to tell.
    fn tell(&mut self, report: impl FnOnce(Open) -> Option<Report>) -> oneshot::Receiver<Settled> {
        let (tell, told) = oneshot::channel();
        if let Some(open) = self.run.take().filter(|open| !open.begun.is_over) {
            let (run, environment) = (open.begun.run, open.charge.environment);
            match report(*open) {
                Some(report) => self.settler.settle(Settling { environment, run, report }, tell),
                None => tracing::debug!(%run, "taken on: its end is still to be told"),
            }
        }
        told
    }
}

impl Head {
    /// Would the customer have got nothing, had they stayed?
    fn has_failed(&self) -> bool {
        let told = self.reading.verdict().or(self.verdict.as_ref());
        self.reading.has_failed() || told.is_some_and(|verdict| verdict.outcome.never_charges())
    }

    /// The product's own backend has taken the work on and goes on with it: whoever finishes it tells
    /// how it ended, by the run's id.
    fn is_taken_on(&self, protocol: Protocol) -> bool {
        !protocol.is_native() && self.status == StatusCode::ACCEPTED
    }
}

/// What reads an answer with this head.
pub(super) fn reading(
    head: &response::Parts,
    protocol: Protocol,
    strips_usage: bool,
    is_empty: bool,
) -> Reading {
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let answered = Answered {
        status: head.status.as_u16(),
        content_type: text(CONTENT_TYPE),
        content_encoding: text(CONTENT_ENCODING),
        // What answers a `HEAD` says how long a body would be that does not come.
        length: length.filter(|_| !is_empty),
    };
    Reading::new(protocol, &answered, strips_usage)
}

impl Drop for Work {
    fn drop(&mut self) {
        let end = self.run.as_ref().and_then(|open| open.not_reached);
        drop(self.end(end.unwrap_or(End::ClientGone)));
    }
}

impl Open {
    /// How it ended: by the verdict of whoever did the work, by the product's rules, by what its
    /// protocol says, in this order. None: it goes on.
    fn report(self, end: End) -> Option<Report> {
        let Self { charge, head, stopped_as, tries, .. } = self;
        let tried = tries.lock().map(|mut tries| std::mem::take(&mut *tries)).unwrap_or_default();
        let tried = tried.into_iter().filter_map(|tried| came_to_nothing(&charge, tried.status?));
        let tried: Vec<Attempt> = tried.collect();
        let Some(head) = head else {
            let judged = Judged::unanswered(charge.protocol, end);
            // Whoever was asked and did not answer may have worked, and bill for it: nobody knows how much.
            let was_asked = end != End::NoConnection && stopped_as.is_none();
            let attempts = was_asked.then(|| attempt(&charge, &judged, StatusCode::OK)).flatten();
            let attempts = tried.into_iter().chain(attempts).collect();
            return Some(Report { attempts, ..told(&judged, stopped_as) });
        };
        let goes_on = head.is_taken_on(charge.protocol);
        let Head { status, headers, mut reading, verdict, today } = head;
        let judged = reading.end(end);
        let told_by_stream = reading.verdict().cloned();
        // What was told before anything came does not tell that it arrived; what was told after it does.
        let verdict = verdict.filter(|v| end == End::Complete || v.outcome.never_charges());
        let verdict = told_by_stream.or(verdict).filter(|_| charge.takes_verdict);
        let ruled = || {
            let judge = charge.judge.as_ref().filter(|_| end == End::Complete)?;
            judge(&Seen { status, headers: &headers, body: reading.kept() })
        };
        let verdict = verdict.or_else(ruled);
        if verdict.is_none() && goes_on {
            return None;
        }
        let attempts = tried.into_iter().chain(attempt(&charge, &judged, status)).collect();
        Some(Report { attempts, today, ..told(&judged, verdict) })
    }
}

fn told(judged: &Judged, verdict: Option<Verdict>) -> Report {
    match verdict {
        Some(Verdict { outcome, parts, quantity, reason }) => {
            Report { parts, quantity, reason, ..Report::of(outcome) }
        }
        None => {
            let reason = judged.reason.map(|reason| reason.word().into_owned());
            Report { reason, ..Report::of(judged.outcome) }
        }
    }
}

/// A call that the AI provider refused, and that was repeated.
fn came_to_nothing(charge: &Charge, status: StatusCode) -> Option<Attempt> {
    attempt(charge, &Judged::unanswered(charge.protocol, End::Complete), status)
}

/// The call to the AI provider, for the books of cost; a product's own backend reports its calls itself.
fn attempt(charge: &Charge, judged: &Judged, status: StatusCode) -> Option<Attempt> {
    if !charge.is_native() {
        return None;
    }
    // Providers bill nothing for what they refuse; of everything else what is not told is not known.
    let is_refused = !status.is_success() && judged.source == UsageSource::None;
    let nothing = Usage { input: Some(0), output: Some(0), ..Usage::default() };
    Some(Attempt {
        provider: charge.provider.clone().or_else(|| judged.provider.map(Name::new)),
        model: judged.model.as_deref().map(Name::new).or_else(|| charge.request.model.clone()),
        asked: charge.request.model.clone(),
        usage: if is_refused { nothing } else { judged.usage },
        source: Some(judged.source),
        own_key: charge.request.own_key,
        ..Attempt::default()
    })
}
