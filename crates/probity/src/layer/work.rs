//! A run that is being worked on: what is known of its answer so far, and whose end it is to tell.
//!
//! Whatever happens to whoever holds it, its end is told once: dropped, it was left.

use super::begin::{Begun, MoreTime, seconds};
use super::calls::Calls;
use super::charge::{Charge, Seen};
use super::settle::{Settled, Settler, Settling};
use super::turns::Turns;
use crate::usage::{Answered, End, Judged, Passed, Protocol, Reading, Reason, Verdict};
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode, response};
use probity_core::Name;
use probity_core::command::{Attempt, Report, Today, Usage, UsageSource};
use probity_core::contract::{Mode, Outcome};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How long before its time is up a run's time is short, at the least.
const SHORT: Duration = Duration::from_secs(2);
/// One of so many parts of the time is enough for it to be the customer's slowness.
const THEIR_PART: u32 = 4;

/// A run that is being worked on.
pub(super) struct Work {
    settler: Arc<Settler>,
    run: Arc<Slot>,
}

/// Where a run is while it is open: whoever takes it out tells its end.
#[derive(Default)]
pub(super) struct Slot {
    open: Mutex<Option<Box<Open>>>,
    turns: Turns,
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
    /// When it began.
    began_at: Instant,
    /// Since when it has the time that it has.
    timed_at: Instant,
    /// For how long it had been the customer's turn by then.
    theirs_before: Duration,
    /// What is told of its calls while they are made.
    calls: Calls,
}

/// The answer, from its head on.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    reading: Reading,
    verdict: Option<Verdict>,
    today: Option<Today>,
}

impl Slot {
    fn open(&self) -> MutexGuard<'_, Option<Box<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Box<Open>> {
        self.open().take()
    }

    /// Shortly before its time is up: is it the customer who keeps it waiting? Who does not take an answer
    /// has left; what they did not take in time is no failure of ours. None: it is over.
    pub(super) fn is_kept_waiting(&self) -> Option<bool> {
        let open = self.open();
        let open = open.as_ref()?;
        if Instant::now() < open.time_is_short_at() {
            return Some(false);
        }
        let (theirs, took) = (self.turns.theirs() - open.theirs_before, open.timed_at.elapsed());
        Some(theirs * THEIR_PART > took || self.turns.theirs_now() > SHORT)
    }

    /// Its end is told as that of one whom the customer left, and nothing more is handed over.
    pub(super) fn cut(&self, settler: &Arc<Settler>) {
        self.turns.cut();
        if let Some(open) = self.take() {
            drop(tell(settler, *open, |open| open.report(End::ClientGone)));
        }
    }
}

impl Work {
    pub(super) fn new(settler: &Arc<Settler>, charge: Charge, begun: Begun) -> Self {
        let (head, not_reached, stopped_as) = (None, None, None);
        let (now, calls) = (Instant::now(), Calls::default());
        let open = Open {
            charge,
            begun,
            head,
            not_reached,
            stopped_as,
            began_at: now,
            timed_at: now,
            theirs_before: Duration::ZERO,
            calls,
        };
        let run = Slot { open: Mutex::new(Some(Box::new(open))), turns: Turns::default() };
        Self { settler: Arc::clone(settler), run: Arc::new(run) }
    }

    /// Takes it over: what is left here has no end to tell.
    pub(super) fn take(&mut self) -> Self {
        Self { settler: Arc::clone(&self.settler), run: std::mem::take(&mut self.run) }
    }

    /// Who its end is told to.
    pub(super) const fn settler(&self) -> &Arc<Settler> {
        &self.settler
    }

    /// Whose turn it is, while its answer passes.
    pub(super) fn turns(&self) -> &Turns {
        &self.run.turns
    }

    /// What it began as, and what it is charged as; None once its end is told.
    pub(super) fn about(&self) -> Option<(Begun, Charge)> {
        self.run.open().as_ref().map(|open| (open.begun.clone(), open.charge.clone()))
    }

    /// Where it is told which calls are made.
    pub(super) fn calls(&self) -> Calls {
        self.run.open().as_ref().map(|open| open.calls.clone()).unwrap_or_default()
    }

    /// The head of the answer is there, and perhaps no body is to come.
    pub(super) fn answered(
        &mut self,
        parts: &response::Parts,
        verdict: Option<Verdict>,
        today: Option<Today>,
        is_empty: bool,
    ) {
        let mut slot = self.run.open();
        let Some(open) = &mut *slot else { return };
        let (protocol, strips) = (open.charge.protocol, open.charge.strips_usage);
        let reading = reading(parts, protocol, strips, is_empty);
        let (status, headers) = (parts.status, parts.headers.clone());
        open.head = Some(Head { status, headers, reading, verdict, today });
        // Where nothing is enforced no answer is cut.
        let is_watched = !is_empty && !open.begun.is_over && open.begun.mode == Mode::Enforce;
        drop(slot);
        if is_watched {
            self.settler.watch(&self.run);
        }
    }

    /// No answer is to come.
    pub(super) fn not_reached(&mut self, end: End, stopped_as: Option<Verdict>) {
        if let Some(open) = &mut *self.run.open() {
            open.not_reached = Some(end);
            open.stopped_as = stopped_as;
        }
    }

    /// Bytes of the answer pass.
    pub(super) fn pass(&mut self, bytes: Bytes) -> Passed {
        let mut slot = self.run.open();
        let Some(open) = &mut *slot else {
            let forward = Some(bytes).filter(|_| !self.run.turns.is_cut());
            return Passed { forward, last: None };
        };
        open.goes_on(&self.settler, &self.run.turns);
        match &mut open.head {
            Some(head) => head.reading.pass(bytes),
            None => Passed { forward: Some(bytes), last: None },
        }
    }

    /// Whoever did the work says how it ended.
    pub(super) fn verdict(&mut self, verdict: Verdict) {
        let mut slot = self.run.open();
        if let Some(head) = slot.as_mut().and_then(|open| open.head.as_mut()) {
            head.verdict = Some(verdict);
        }
    }

    /// What was held back of it, once nothing more will pass; all of it was there, or not.
    pub(super) fn rest(&mut self, is_whole: bool) -> Option<Bytes> {
        let mut slot = self.run.open();
        let reading = &mut slot.as_mut()?.head.as_mut()?.reading;
        if is_whole { reading.rest() } else { reading.cut_off() }
    }

    /// The last that the customer needs is in what has passed.
    pub(super) fn has_ended(&self) -> bool {
        let slot = self.run.open();
        let head = slot.as_ref().and_then(|open| open.head.as_ref());
        head.is_some_and(|head| head.reading.has_ended())
    }

    /// Is the rest worth reading when nobody waits for it? Only where leaving charges: then the work is
    /// finished, and the books of cost want to know what it used.
    pub(super) fn is_worth_reading(&self) -> bool {
        let mut slot = self.run.open();
        let Some(open) = &mut *slot else { return false };
        let charges = open.begun.abandoned_charges;
        open.head.as_mut().filter(|_| charges).is_some_and(|Head { reading, .. }| {
            reading.has_begun() && !reading.has_ended() && !reading.has_failed()
        })
    }

    /// Tells its end; whoever waits hears when it is durable.
    pub(super) fn end(&mut self, end: End) -> oneshot::Receiver<Settled> {
        self.tell(|open| open.report(end))
    }

    /// The customer left in the middle, and the rest was read without them; None: not to its end, since
    /// we did not wait for it. Leaving never costs more than staying: only what would have been
    /// delivered is abandoned.
    pub(super) fn left(&mut self, end: Option<End>) -> oneshot::Receiver<Settled> {
        self.tell(|open| match end {
            Some(end) => open.report(end).map(abandoned),
            None => open.report(End::ClientGone),
        })
    }

    fn tell(&mut self, report: impl FnOnce(Open) -> Option<Report>) -> oneshot::Receiver<Settled> {
        match self.run.take() {
            Some(open) => tell(&self.settler, *open, report),
            None => oneshot::channel().1,
        }
    }
}

/// Tells how it ended. What ended with its beginning has only its calls to tell; what is taken on is
/// somebody else's to tell.
fn tell(
    settler: &Arc<Settler>,
    open: Open,
    report: impl FnOnce(Open) -> Option<Report>,
) -> oneshot::Receiver<Settled> {
    let (tell, told) = oneshot::channel();
    let (run, environment, is_over) = (open.begun.run, open.charge.environment, open.begun.is_over);
    if is_over && open.head.is_none() {
        // Nobody was asked for what ended with its beginning, or nothing is known of it.
        return told;
    }
    match report(open).map(|report| stopped_by_us(settler, report)) {
        Some(report) if is_over => settler.attempts(environment, run, report.attempts),
        Some(report) => settler.settle(Settling { environment, run, report }, tell),
        None => tracing::debug!(%run, "taken on: its end is still to be told"),
    }
    told
}

/// What ended so without the customer, who had left: what would have been delivered is abandoned. Where
/// parts of it were counted they are charged, as if the customer had stayed.
fn abandoned(report: Report) -> Report {
    if report.outcome != Outcome::Delivered || report.parts.is_some() {
        return report;
    }
    let reason = Some(Reason::ClientGone.word().into_owned());
    Report { outcome: Outcome::Abandoned, reason, ..report }
}

/// Whoever is cut off while we stop has not left.
fn stopped_by_us(settler: &Settler, report: Report) -> Report {
    if report.outcome != Outcome::Abandoned || !settler.is_ending() {
        return report;
    }
    Report { outcome: Outcome::Failed, reason: Some("stopped".to_owned()), ..report }
}

impl Head {
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
        let end = self.run.open().as_ref().and_then(|open| open.not_reached);
        drop(self.end(end.unwrap_or(End::ClientGone)));
    }
}

impl Open {
    /// It makes progress: once a third of its time is over it gets more, within what the contract allows,
    /// well before its time is short.
    fn goes_on(&mut self, settler: &Settler, turns: &Turns) {
        let Some(MoreTime { length, .. }) = self.begun.more_time else { return };
        if self.timed_at.elapsed() >= seconds(length) / 3 {
            (self.timed_at, self.theirs_before) = (Instant::now(), turns.theirs());
            settler.more_time(self.charge.environment, self.begun.run, length);
        }
    }

    /// From when on its time is nearly up.
    fn time_is_short_at(&self) -> Instant {
        let now_has = self.timed_at + self.begun.time;
        let until = match self.begun.more_time {
            Some(MoreTime { latest, .. }) => now_has.min(self.began_at + latest),
            None => now_has,
        };
        until - SHORT.max(self.begun.time / 10).min(self.begun.time / 2)
    }

    /// How it ended: by the verdict of whoever did the work, by the product's rules, by what its
    /// protocol says, in this order. None: it goes on.
    fn report(self, end: End) -> Option<Report> {
        let Self { mut charge, head, stopped_as, calls, .. } = self;
        let failed = calls.taken().into_iter();
        let failed: Vec<Attempt> = failed
            .filter_map(|(status, own_key)| came_to_nothing(&charge, status, own_key))
            .collect();
        charge.request.own_key |= calls.are_on_their_key();
        let Some(head) = head else {
            let judged = Judged::unanswered(charge.protocol, end);
            // Whoever was asked and did not answer may have worked, and bill for it: nobody knows how much.
            let was_asked = end != End::NoConnection && stopped_as.is_none();
            let attempts = was_asked.then(|| attempt(&charge, &judged, StatusCode::OK)).flatten();
            let attempts = failed.into_iter().chain(attempts).collect();
            return Some(Report { attempts, ..told(&judged, stopped_as) });
        };
        let goes_on = head.is_taken_on(charge.protocol);
        let Head { status, headers, mut reading, verdict, today } = head;
        let judged = reading.end(end);
        // The customer left while it came, and the rest is not known.
        let is_left = end == End::ClientGone
            && matches!(judged.outcome, Outcome::Abandoned | Outcome::Delivered);
        // What was told before anything came does not tell that it arrived. What was told in the stream does,
        // unless the stream broke.
        let holds = |v: &Verdict, otherwise| end == otherwise || v.outcome.never_charges();
        let told_by_stream = reading.verdict().cloned();
        let told_by_stream =
            told_by_stream.filter(|v| end == End::Complete || holds(v, End::ClientGone));
        let verdict = verdict.filter(|v| is_left || holds(v, End::Complete));
        let is_by_head = told_by_stream.is_none();
        let verdict = told_by_stream.or(verdict).filter(|_| charge.takes_verdict);
        let ruled = || {
            let is_judged = end == End::Complete || is_left;
            let judge = charge.judge.as_ref().filter(|_| is_judged)?;
            let verdict = judge(&Seen { status, headers: &headers, body: reading.kept() })?;
            // Of half an answer it can only be told that it must not be there.
            (!is_left || verdict.outcome == Outcome::Blocked).then_some(verdict)
        };
        let verdict = verdict.or_else(ruled);
        if verdict.is_none() && goes_on {
            return None;
        }
        let attempts = failed.into_iter().chain(attempt(&charge, &judged, status)).collect();
        let report = Report { attempts, today, ..told(&judged, verdict) };
        let is_abandoned = is_by_head && is_left && judged.outcome == Outcome::Abandoned;
        Some(if is_abandoned { abandoned(report) } else { report })
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
fn came_to_nothing(charge: &Charge, status: StatusCode, own_key: bool) -> Option<Attempt> {
    let judged = Judged::unanswered(charge.protocol, End::Complete);
    attempt(charge, &judged, status).map(|attempt| Attempt { own_key, ..attempt })
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
