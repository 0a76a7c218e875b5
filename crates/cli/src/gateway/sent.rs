//! The body of a call: read as a whole within its bound where it has to be looked into, else passed on
//! as it comes.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use probity::problem::Trouble;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most of a body that is read only so that its connection can be used again, and how long.
const DISCARDED: usize = 64 * 1024;
const DISCARDED_IN: Duration = Duration::from_secs(1);
/// How long a body may pause, and how long all of it may take, while it is read as a whole.
const PAUSES: Duration = Duration::from_secs(30);
const ARRIVES: Duration = Duration::from_secs(300);
/// Larger ones than this share the room there is, in pieces of this size.
const PIECE: u64 = 64 * 1024;
const PIECES: u32 = 4096;

/// The room that large bodies share while they are read and wait for their answer.
#[derive(Clone, Debug)]
pub(super) struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PIECES as usize)))
    }
}

impl Room {
    /// Waits until there is room for so many bytes.
    async fn of(&self, bytes: u64) -> Option<OwnedSemaphorePermit> {
        let pieces = u32::try_from(bytes.div_ceil(PIECE)).unwrap_or(PIECES).min(PIECES);
        Arc::clone(&self.0).acquire_many_owned(pieces).await.ok()
    }
}

/// The body of a call.
pub(super) enum Sent {
    /// All of it is there, with the room that a large one takes.
    Whole(Bytes, Option<Arc<OwnedSemaphorePermit>>),
    /// It is still coming.
    Streamed(Body),
}

/// Why a body is not there as a whole.
pub(super) enum NotWhole {
    /// It is too large: here it is, as it would have come.
    TooLarge(Trouble, Body),
    /// It was cut off, or took too long: what is there of it is half of something.
    CutOff(Trouble),
}

impl Sent {
    /// Reads all of it.
    pub(super) async fn whole(body: Body, most: u64, room: &Room) -> Result<Self, NotWhole> {
        let cut_off = |why| NotWhole::CutOff(Trouble::invalid_json(why));
        let read = tokio::time::timeout(ARRIVES, read(body, most, room));
        read.await.unwrap_or_else(|_| Err(cut_off("it took too long to arrive")))
    }

    /// All of it, where it is there.
    pub(super) const fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes, _) => Some(bytes),
            Self::Streamed(_) => None,
        }
    }

    /// The same once more, where it is there.
    pub(super) fn again(&self) -> Option<Self> {
        match self {
            Self::Whole(bytes, room) => Some(Self::Whole(bytes.clone(), room.clone())),
            Self::Streamed(_) => None,
        }
    }

    /// Other bytes in its place.
    pub(super) fn replaced(self, bytes: Bytes) -> Self {
        match self {
            Self::Whole(_, room) => Self::Whole(bytes, room),
            Self::Streamed(_) => Self::Whole(bytes, None),
        }
    }
}

async fn read(mut body: Body, most: u64, room: &Room) -> Result<Sent, NotWhole> {
    let hint = body.size_hint();
    if hint.lower() > most {
        return Err(NotWhole::TooLarge(too_large(most), body));
    }
    let (mut read, mut taken) = (BytesMut::new(), None);
    if hint.lower() > PIECE {
        taken = room.of(hint.lower()).await;
    }
    loop {
        let cut_off = |why| Err(NotWhole::CutOff(Trouble::invalid_json(why)));
        let data = match tokio::time::timeout(PAUSES, body.frame()).await {
            Err(_) => return cut_off("it stopped arriving"),
            Ok(Some(Err(_))) => return cut_off("it ends early"),
            Ok(None) => return Ok(Sent::Whole(read.freeze(), taken.map(Arc::new))),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        };
        if read.is_empty() && body.is_end_stream() && data.len() as u64 <= most {
            return Ok(Sent::Whole(data, taken.map(Arc::new)));
        }
        read.extend_from_slice(&data);
        if read.len() as u64 > most {
            let (first, rest) = (Some(read.freeze()), Some(body));
            return Err(NotWhole::TooLarge(too_large(most), Body::new(Chained { first, rest })));
        }
        if read.len() as u64 > PIECE && taken.is_none() {
            // How long it will be was not said.
            taken = room.of(most).await;
        }
    }
}

impl From<Sent> for Body {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Whole(bytes, _) => Self::from(bytes),
            Sent::Streamed(body) => body,
        }
    }
}

fn too_large(most: u64) -> Trouble {
    let detail = format!("The body is larger than {most} bytes. Nothing was applied.");
    Trouble::new(413, "too_large", detail)
}

/// What was read already, and then the rest.
pub(super) struct Chained {
    pub(super) first: Option<Bytes>,
    pub(super) rest: Option<Body>,
}

impl HttpBody for Chained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(first) = self.first.take().filter(|first| !first.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        match &mut self.rest {
            Some(rest) => Pin::new(rest).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        let is_read = self.first.as_ref().is_none_or(Bytes::is_empty);
        is_read && self.rest.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let first = self.first.as_ref().map_or(0, Bytes::len) as u64;
        let Some(rest) = &self.rest else { return SizeHint::with_exact(first) };
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.size_hint().upper() {
            hint.set_upper(upper.saturating_add(first));
        }
        hint.set_lower(rest.size_hint().lower().saturating_add(first));
        hint
    }
}

/// Reads what nobody needs: a client that is refused can ask again on the same connection.
pub(super) async fn discard(body: Body) {
    let rest = Limited::new(body, DISCARDED).collect();
    let _ = tokio::time::timeout(DISCARDED_IN, rest).await;
}
