//! The body of a call: read as a whole within its bound where it has to be looked into, else passed on
//! as it comes.

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Limited};
use hyper::body::Frame;
use probity::problem::Trouble;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// The most of a body that is read only so that its connection can be used again, and how long.
const DISCARDED: usize = 64 * 1024;
const DISCARDED_IN: Duration = Duration::from_secs(1);

/// The body of a call.
pub(super) enum Sent {
    /// All of it is there.
    Whole(Bytes),
    /// It is still coming.
    Streamed(Body),
}

impl Sent {
    /// Reads all of it. What is too large comes back with what is wrong with it, as it would have come.
    pub(super) async fn whole(mut body: Body, most: u64) -> Result<Self, (Trouble, Self)> {
        if body.size_hint().lower() > most {
            return Err((too_large(most), Self::Streamed(body)));
        }
        let mut read = BytesMut::new();
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else {
                // Whoever sends it has left.
                return Err((Trouble::invalid_json("it ends early"), Self::Whole(read.freeze())));
            };
            let Ok(data) = frame.into_data() else { continue };
            if read.is_empty() && body.is_end_stream() && data.len() as u64 <= most {
                return Ok(Self::Whole(data));
            }
            read.extend_from_slice(&data);
            if read.len() as u64 > most {
                let (first, rest) = (Some(read.freeze()), body);
                let whole = Self::Streamed(Body::new(Chained { first, rest }));
                return Err((too_large(most), whole));
            }
        }
        Ok(Self::Whole(read.freeze()))
    }

    /// All of it, where it is there.
    pub(super) const fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Streamed(_) => None,
        }
    }
}

impl From<Sent> for Body {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Whole(bytes) => Self::from(bytes),
            Sent::Streamed(body) => body,
        }
    }
}

fn too_large(most: u64) -> Trouble {
    let detail = format!("The body is larger than {most} bytes. Nothing was applied.");
    Trouble::new(413, "too_large", detail)
}

/// What was read already, and then the rest.
struct Chained {
    first: Option<Bytes>,
    rest: Body,
}

impl HttpBody for Chained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(Frame::data(first)))),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }
}

/// Reads what nobody needs: a client that is refused can ask again on the same connection.
pub(super) async fn discard(body: Body) {
    let rest = Limited::new(body, DISCARDED).collect();
    let _ = tokio::time::timeout(DISCARDED_IN, rest).await;
}
