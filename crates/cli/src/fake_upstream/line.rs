//! The connection itself: reset instead of closed, and heads that come a byte at a time.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// What is to be done to a connection.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// Break it off with a reset.
    pub(super) reset: AtomicBool,
    /// Let the next head of an answer go out a byte at a time.
    pub(super) slow_head: AtomicBool,
}

/// A connection that follows orders.
pub(super) struct Line {
    stream: TcpStream,
    orders: Arc<Orders>,
    pace: Duration,
    waits: Option<Pin<Box<Sleep>>>,
    /// The last four bytes that went out: a head ends with an empty line.
    last: [u8; 4],
}

impl Line {
    pub(super) const fn new(stream: TcpStream, orders: Arc<Orders>, pace: Duration) -> Self {
        Self { stream, orders, pace, waits: None, last: [0; 4] }
    }

    fn resets(&self) -> bool {
        self.orders.reset.load(Ordering::Acquire)
    }

    /// One byte, after it has waited.
    fn write_one(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wait = self.waits.get_or_insert_with(|| Box::pin(sleep(self.pace)));
        ready!(wait.as_mut().poll(cx));
        let one = bytes.get(..1).unwrap_or_default();
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, one))?;
        self.waits = None;
        self.last.rotate_left(1);
        if let (Some(slot), Some(byte)) = (self.last.last_mut(), one.first()) {
            *slot = *byte;
        }
        if self.last == *b"\r\n\r\n" {
            self.orders.slow_head.store(false, Ordering::Release);
        }
        Poll::Ready(Ok(written))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.resets() {
            // Closed with this, the other side is told of a reset.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.orders.slow_head.load(Ordering::Acquire) {
            return self.write_one(cx, bytes);
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.resets() {
            // A clean end would be told first.
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
