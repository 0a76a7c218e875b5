//! An answer on its way to the customer: its bytes pass as they are, and it is whole only once its end
//! is durable.

use super::native;
use super::settle::Settled;
use super::work::Work;
use crate::usage::{End, Passed, Protocol, Reading};
use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};

/// How long the last that was seen is held back for what may follow it.
const HELD_FOR: Duration = Duration::from_millis(250);
/// How long the rest of an answer is read when nobody waits for it, and how much of it.
const READ_ON_FOR: Duration = Duration::from_secs(60);
const READ_ON_BYTES: usize = 16 << 20;

type Failed = Box<dyn Error + Send + Sync>;

/// A body that can be watched.
pub trait Source: HttpBody<Data = Bytes, Error: Into<Failed>> + Send + 'static {}

impl<B: HttpBody<Data = Bytes, Error: Into<Failed>> + Send + 'static> Source for B {}

/// The body of an answer.
pub struct Body<B: Source>(Kind<B>);

enum Kind<B: Source> {
    /// A refusal.
    Whole(Option<Bytes>),
    /// Nothing is decided about it.
    Undecided(Box<Undecided<B>>),
    Watched(Box<Watched<B>>),
}

impl<B: Source> fmt::Debug for Body<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

impl<B: Source> Body<B> {
    pub(super) const fn whole(bytes: Bytes) -> Self {
        Self(Kind::Whole(Some(bytes)))
    }

    /// `reading` takes out what is not the customer's to see.
    pub(super) fn undecided(body: B, reading: Option<Reading>) -> Self {
        let (body, ready, failed) = (Box::pin(body), VecDeque::new(), None);
        Self(Kind::Undecided(Box::new(Undecided { body, reading, ready, failed, is_over: false })))
    }

    pub(super) fn watched(body: B, work: Work, how: How) -> Self {
        Self(Kind::Watched(Box::new(Watched::new(body, work, how))))
    }
}

/// A failure that is told a turn late: whoever sends the answer sends first what came before it.
struct Late {
    error: Failed,
    has_waited: bool,
}

impl Late {
    const fn new(error: Failed) -> Self {
        Self { error, has_waited: false }
    }

    /// What is left to tell once everything else is.
    fn poll(
        late: &mut Option<Self>,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        if let Some(waits) = late.as_mut().filter(|late| !late.has_waited) {
            waits.has_waited = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(late.take().map(|late| Err(late.error)))
    }
}

/// An answer about which nothing is decided: what a backend tells of it is still not the customer's.
struct Undecided<B: Source> {
    body: Pin<Box<B>>,
    reading: Option<Reading>,
    ready: VecDeque<Frame<Bytes>>,
    failed: Option<Late>,
    is_over: bool,
}

impl<B: Source> Undecided<B> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if self.is_over {
                return Late::poll(&mut self.failed, cx);
            }
            let frame = match self.body.as_mut().poll_frame(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Err(error))) => {
                    self.is_over = true;
                    self.failed = Some(Late::new(error.into()));
                    continue;
                }
                Poll::Ready(Some(Ok(frame))) => frame,
                Poll::Ready(None) => {
                    self.is_over = true;
                    let rest = self.reading.as_mut().and_then(Reading::rest);
                    self.ready.extend(rest.map(Frame::data));
                    continue;
                }
            };
            match (frame.into_data(), &mut self.reading) {
                (Ok(bytes), Some(reading)) => {
                    let Passed { forward, last } = reading.pass(bytes);
                    self.ready.extend(forward.into_iter().chain(last).map(Frame::data));
                }
                (Ok(bytes), None) => self.ready.push_back(Frame::data(bytes)),
                (Err(frame), _) => {
                    let Ok(mut trailers) = frame.into_trailers() else { continue };
                    super::headers::strip(&mut trailers);
                    self.ready.push_back(Frame::trailers(trailers));
                }
            }
        }
    }
}

/// How an answer is to be passed on.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    pub(super) protocol: Protocol,
    /// How long it may be silent.
    pub(super) idle: Option<Duration>,
    /// It comes as events.
    pub(super) is_stream: bool,
    /// Trailers may tell the verdict.
    pub(super) takes_verdict: bool,
    /// Nothing is taken out of it.
    pub(super) is_unchanged: bool,
    /// The customer was told how long it will be.
    pub(super) has_length: bool,
}

struct Watched<B: Source> {
    /// None once nothing more is to be read.
    body: Option<Pin<Box<B>>>,
    work: Work,
    how: How,
    ready: VecDeque<Frame<Bytes>>,
    /// The last of what was seen: it waits for what follows, or for the end to be durable.
    held: VecDeque<Frame<Bytes>>,
    settling: Option<oneshot::Receiver<Settled>>,
    /// What is to be told once everything else is.
    failed: Option<Late>,
    timer: Option<Pin<Box<Sleep>>>,
    /// Its end is told.
    told: bool,
    last_heard: Instant,
    /// How long it will be, as far as that was said.
    length: SizeHint,
}

impl<B: Source> Watched<B> {
    fn new(body: B, work: Work, how: How) -> Self {
        let length = if how.is_unchanged { body.size_hint() } else { SizeHint::new() };
        let mut watched = Self {
            body: Some(Box::pin(body)),
            work,
            how,
            ready: VecDeque::new(),
            held: VecDeque::new(),
            settling: None,
            failed: None,
            timer: None,
            told: false,
            last_heard: Instant::now(),
            length,
        };
        if watched.body.as_ref().is_some_and(|body| body.is_end_stream()) {
            watched.body = None;
            watched.tell(End::Complete);
        }
        watched
    }

    fn tell(&mut self, end: End) {
        if !self.told {
            self.told = true;
            self.settling = Some(self.work.end(end));
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        self.work.turns().ours();
        if self.work.turns().is_cut() && !self.told {
            self.told = true;
            self.body = None;
            self.ready.clear();
            self.held.clear();
            self.failed = Some(Late::new("the answer was not taken in time".into()));
        }
        let next = self.next(cx);
        if matches!(next, Poll::Ready(Some(Ok(_)))) {
            self.work.turns().handed_over();
        }
        next
    }

    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if let Some(settling) = &mut self.settling {
                // However it ended: what could not be kept ends free by itself.
                if Pin::new(settling).poll(cx).is_pending() {
                    return Poll::Pending;
                }
                self.settling = None;
                self.ready.append(&mut self.held);
                continue;
            }
            let Some(body) = &mut self.body else {
                return Late::poll(&mut self.failed, cx);
            };
            match body.as_mut().poll_frame(cx) {
                Poll::Ready(next) => self.heard(next.map(|next| next.map_err(Into::into))),
                Poll::Pending if self.is_patient(cx) => return Poll::Pending,
                Poll::Pending => {}
            }
        }
    }

    /// Something came, or the end did.
    fn heard(&mut self, next: Option<Result<Frame<Bytes>, Failed>>) {
        self.last_heard = Instant::now();
        match next {
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) => self.bytes(bytes),
                Err(frame) => self.trailers(frame),
            },
            // What was to follow a stream that is closed is missed by nobody.
            Some(Err(_)) if self.told && self.how.is_stream => self.body = None,
            Some(Err(error)) => self.broke(End::Broken, Some(error)),
            None => self.is_whole(),
        }
        if self.body.as_ref().is_some_and(|body| body.is_end_stream()) {
            self.is_whole();
        }
    }

    /// All of it is there: what is not handed on yet waits until its end is durable.
    fn is_whole(&mut self) {
        self.body = None;
        if self.settling.is_some() {
            return;
        }
        self.ready.append(&mut self.held);
        self.ready.extend(self.work.rest(true).map(Frame::data));
        if !self.told {
            std::mem::swap(&mut self.ready, &mut self.held);
            self.tell(End::Complete);
        }
    }

    fn bytes(&mut self, bytes: Bytes) {
        let Passed { forward, last } = self.work.pass(bytes);
        self.ready.append(&mut self.held);
        let (forward, last) = (forward.map(Frame::data), last.map(Frame::data));
        if self.told {
            self.ready.extend(forward.into_iter().chain(last));
        } else if !self.how.is_stream {
            // Only its transport tells that a document is whole: what comes after its end counts, too.
            self.ready.extend(forward);
            self.held.extend(last);
        } else if let Some(last) = last {
            self.ready.extend(forward);
            self.held.push_back(last);
            self.tell(End::Complete);
        } else if self.work.has_ended() {
            self.held.extend(forward);
        } else {
            self.ready.extend(forward);
        }
    }

    fn trailers(&mut self, frame: Frame<Bytes>) {
        let trailers = heard_in(frame, &mut self.work, self.how.takes_verdict);
        self.ready.append(&mut self.held);
        if !trailers.is_empty() {
            self.held.push_back(Frame::trailers(trailers));
        }
    }

    /// It does not come to an end of its own.
    fn broke(&mut self, end: End, error: Option<Failed>) {
        self.body = None;
        self.ready.append(&mut self.held);
        self.ready.extend(self.work.rest(false).map(Frame::data));
        if self.work.has_ended() && !self.how.has_length {
            // The customer has all of it: a transport that breaks afterwards is not theirs to see.
        } else if end == End::Stalled && self.how.is_stream {
            let event = native::stalled(self.how.protocol);
            self.held.extend(event.map(|event| Frame::data(Bytes::from_static(event.as_bytes()))));
        } else {
            let error = error.unwrap_or_else(|| "the answer did not go on".into());
            self.failed = Some(Late::new(error));
        }
        self.tell(end);
    }

    /// Nothing came: is it worth waiting? Else something was done about it.
    fn is_patient(&mut self, cx: &mut Context<'_>) -> bool {
        let most = match (self.held.is_empty(), self.how.idle) {
            (false, _) => Some(HELD_FOR),
            (true, idle) => idle,
        };
        let Some(until) = most.map(|most| self.last_heard + most) else { return true };
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        if timer.deadline() != until {
            timer.as_mut().reset(until);
        }
        if timer.as_mut().poll(cx).is_pending() {
            return true;
        }
        match (self.held.is_empty(), self.told) {
            (false, _) => self.ready.append(&mut self.held),
            // It is whole, and whoever sent it forgot to close.
            (true, true) => self.body = None,
            (true, false) => self.broke(End::Stalled, None),
        }
        false
    }
}

impl<B: Source> HttpBody for Body<B> {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        match &mut self.0 {
            Kind::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Kind::Undecided(undecided) => undecided.poll(cx),
            Kind::Watched(watched) => watched.poll(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Kind::Undecided(undecided) => {
                let is_read = undecided.reading.is_some();
                !is_read && undecided.ready.is_empty() && undecided.body.is_end_stream()
            }
            // Whoever sends it must ask for its end, which may have to become durable first.
            Kind::Watched(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Kind::Undecided(undecided) if undecided.reading.is_some() => SizeHint::new(),
            Kind::Undecided(undecided) => undecided.body.size_hint(),
            Kind::Watched(watched) => watched.length,
        }
    }
}

impl<B: Source> Drop for Watched<B> {
    fn drop(&mut self) {
        // Whatever is still open is told as left by the work itself, at once or when the rest is read.
        if let Some(body) = self.body.take()
            && !self.told
            && self.work.is_worth_reading()
            && let Some(place) = self.work.settler().place_to_read_on()
        {
            let (work, how) = (self.work.take(), self.how);
            work.settler().clone().spawn(async move {
                read_on(body, work, how).await;
                drop(place);
            });
        }
    }
}

/// Trailers, once the verdict and whatever else is Probity's own is taken out of them.
fn heard_in(frame: Frame<Bytes>, work: &mut Work, takes_verdict: bool) -> HeaderMap {
    let mut trailers = frame.into_trailers().unwrap_or_default();
    if takes_verdict && let Some(verdict) = super::headers::take_verdict(&mut trailers) {
        work.verdict(verdict);
    }
    super::headers::strip(&mut trailers);
    trailers
}

/// Reads what nobody waits for any more, bounded in time and bytes: the work is paid for, so it is
/// finished, and what it used and how it ended is known.
async fn read_on<B: Source>(mut body: Pin<Box<B>>, mut work: Work, how: How) {
    let (mut read, idle) = (0, how.idle.unwrap_or(READ_ON_FOR));
    let stopping = work.settler().stopping();
    let reading = async {
        loop {
            let next = std::future::poll_fn(|cx| body.as_mut().poll_frame(cx));
            match tokio::time::timeout(idle, next).await {
                Err(_) => return Some(End::Stalled),
                Ok(None) => return Some(End::Complete),
                Ok(Some(Err(_))) => return Some(End::Broken),
                Ok(Some(Ok(frame))) => match frame.into_data() {
                    Ok(bytes) => {
                        read += bytes.len();
                        let _ = work.pass(bytes);
                    }
                    Err(frame) => drop(heard_in(frame, &mut work, how.takes_verdict)),
                },
            }
            if read > READ_ON_BYTES {
                return None;
            }
        }
    };
    let end = tokio::select! {
        // What is there already is read in any case.
        biased;
        end = tokio::time::timeout(READ_ON_FOR, reading) => end.unwrap_or(None),
        () = stopping => None,
    };
    let _ = work.left(end).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    /// A piece, and then it breaks.
    struct Breaks(bool);

    impl HttpBody for Breaks {
        type Data = Bytes;
        type Error = Failed;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
            let was = std::mem::replace(&mut self.0, true);
            Poll::Ready(Some(if was {
                Err("broken".into())
            } else {
                Ok(Frame::data("half".into()))
            }))
        }
    }

    #[test]
    fn what_came_before_a_failure_can_be_sent_before_it_is_told() {
        let mut body = Box::pin(Body::undecided(Breaks(false), None));
        let mut cx = Context::from_waker(Waker::noop());
        let first = body.as_mut().poll_frame(&mut cx);
        assert!(matches!(first, Poll::Ready(Some(Ok(frame))) if frame.data_ref().is_some()));
        assert!(body.as_mut().poll_frame(&mut cx).is_pending());
        assert!(matches!(body.as_mut().poll_frame(&mut cx), Poll::Ready(Some(Err(_)))));
        assert!(matches!(body.as_mut().poll_frame(&mut cx), Poll::Ready(None)));
    }
}
