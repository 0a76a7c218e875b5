//! How an answer goes out: steps, one after the other, as fast as they are taken.

use super::line::Orders;
use super::{Heard, Options};
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// The most that is made at once of what is filled up.
const PIECE: usize = 64 << 10;

/// One step of an answer.
#[derive(Debug)]
pub(super) enum Step {
    /// These bytes.
    Bytes(Bytes),
    /// So many letters `x`.
    Fill(u64),
    /// These bytes, again and again, a while between them.
    Repeat(Bytes),
    /// A while.
    Wait,
    /// For ever.
    Stall,
    /// What came before goes out first.
    Flush,
    /// The connection is reset.
    Reset,
}

/// A body made of steps.
pub(super) struct Play {
    steps: VecDeque<Step>,
    pace: Duration,
    waits: Option<Pin<Box<Sleep>>>,
    length: Option<u64>,
    orders: Arc<Orders>,
    options: Arc<Options>,
    path: String,
}

impl Play {
    /// Plays these steps. `length`: what is announced, true or not.
    pub(super) fn new(
        steps: impl IntoIterator<Item = Step>,
        length: Option<u64>,
        path: &str,
        options: Arc<Options>,
        orders: Arc<Orders>,
    ) -> Self {
        let (steps, pace) = (steps.into_iter().collect(), options.pace);
        Self { steps, pace, waits: None, length, orders, options, path: path.to_owned() }
    }

    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let wait = self.waits.get_or_insert_with(|| Box::pin(sleep(self.pace)));
        ready!(wait.as_mut().poll(cx));
        self.waits = None;
        Poll::Ready(())
    }
}

impl Body for Play {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            let Some(step) = self.steps.pop_front() else { return Poll::Ready(None) };
            let bytes = match step {
                Step::Bytes(bytes) => bytes,
                Step::Fill(0) => continue,
                Step::Fill(left) => {
                    let piece = left.min(PIECE as u64);
                    self.steps.push_front(Step::Fill(left - piece));
                    Bytes::from(vec![b'x'; usize::try_from(piece).unwrap_or(PIECE)])
                }
                Step::Wait => match self.wait(cx) {
                    Poll::Ready(()) => continue,
                    Poll::Pending => {
                        self.steps.push_front(step);
                        return Poll::Pending;
                    }
                },
                Step::Repeat(bytes) => {
                    self.steps.push_front(Step::Repeat(bytes.clone()));
                    self.steps.push_front(Step::Wait);
                    bytes
                }
                Step::Stall => {
                    self.steps.push_front(step);
                    return Poll::Pending;
                }
                Step::Flush => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Step::Reset => {
                    self.orders.reset.store(true, Ordering::Release);
                    return Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())));
                }
            };
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.steps.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl Drop for Play {
    fn drop(&mut self) {
        let (path, whole) = (std::mem::take(&mut self.path), self.steps.is_empty());
        self.options.tell(Heard::Ended { path, whole });
    }
}
