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
use tokio::time::Instant;

/// The most of a body that is read only so that its connection can be used again, and how long.
const DISCARDED: usize = 64 * 1024;
const DISCARDED_IN: Duration = Duration::from_secs(1);
/// How long a body may pause, and how long all of it may take, while it is read as a whole.
const PAUSES: Duration = Duration::from_secs(30);
const ARRIVES: Duration = Duration::from_secs(300);
/// Bodies share 256 MiB in pieces of this size; whoever has no more than one takes none.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 4096;

/// The room that large bodies share from when they arrive until they are sent on, piece by piece.
#[derive(Clone, Debug)]
pub(super) struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PIECES)))
    }
}

/// The part of it that one body has.
#[derive(Default)]
struct Part {
    taken: Option<OwnedSemaphorePermit>,
    pieces: usize,
}

impl Part {
    /// Is there room for so many bytes?
    fn holds(&mut self, room: &Room, bytes: usize) -> bool {
        while (self.pieces + 1) * PIECE < bytes {
            let Ok(piece) = Arc::clone(&room.0).try_acquire_owned() else { return false };
            self.pieces += 1;
            match &mut self.taken {
                Some(taken) => taken.merge(piece),
                None => self.taken = Some(piece),
            }
        }
        true
    }

    /// The bytes, with their room until the last copy of them is gone.
    fn around(self, bytes: Bytes) -> Bytes {
        match self.taken {
            Some(room) => Bytes::from_owner(Roomed { bytes, _room: room }),
            None => bytes,
        }
    }
}

struct Roomed {
    bytes: Bytes,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Roomed {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The body of a call.
pub(super) enum Sent {
    /// All of it is there.
    Whole(Bytes),
    /// It is still coming.
    Streamed(Body),
}

/// Why a body is not there as a whole.
pub(super) enum NotWhole {
    /// It is too large or too slow, or there is no room: here it is, as it would have come.
    Unread(Trouble, Body),
    /// It was cut off: what is there of it is half of something.
    CutOff(Trouble),
}

impl Sent {
    /// Reads all of it.
    pub(super) async fn whole(mut body: Body, most: u64, room: &Room) -> Result<Self, NotWhole> {
        if body.size_hint().lower() > most {
            return Err(NotWhole::Unread(too_large(most), body));
        }
        let (mut read, mut part) = (BytesMut::new(), Part::default());
        let until = Instant::now() + ARRIVES;
        loop {
            let pause = until.min(Instant::now() + PAUSES);
            let wrong = match tokio::time::timeout_at(pause, body.frame()).await {
                Err(_) => Trouble::invalid_json("it took too long to arrive"),
                Ok(None) => return Ok(Self::Whole(part.around(read.freeze()))),
                Ok(Some(Err(_))) => {
                    return Err(NotWhole::CutOff(Trouble::invalid_json("it ends early")));
                }
                Ok(Some(Ok(frame))) => {
                    let data = frame.into_data().unwrap_or_default();
                    let length = read.len() + data.len();
                    let is_too_large = length as u64 > most;
                    let has_room = is_too_large || part.holds(room, length);
                    if !is_too_large && has_room && read.is_empty() && body.is_end_stream() {
                        return Ok(Self::Whole(part.around(data)));
                    }
                    read.extend_from_slice(&data);
                    match (is_too_large, has_room) {
                        (true, _) => too_large(most),
                        (_, false) => Trouble::overloaded(),
                        _ => continue,
                    }
                }
            };
            let (first, rest) = (Some(part.around(read.freeze())), Some(body));
            return Err(NotWhole::Unread(wrong, Body::new(Chained { first, rest })));
        }
    }

    /// All of it, where it is there.
    pub(super) const fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Streamed(_) => None,
        }
    }

    /// The same once more, where it is there.
    pub(super) fn again(&self) -> Option<Self> {
        self.bytes().cloned().map(Self::Whole)
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: usize, room: &Room) -> Result<Bytes, NotWhole> {
        let whole = Sent::whole(Body::from(vec![b' '; bytes]), 1 << 20, room).await;
        whole.map(|sent| sent.bytes().unwrap().clone())
    }

    #[tokio::test]
    async fn large_bodies_share_the_room_until_the_last_copy_is_gone() {
        let room = Room(Arc::new(Semaphore::new(2)));
        // The first piece is always there.
        let small = read(PIECE, &room).await.ok().unwrap();
        let large = read(3 * PIECE, &room).await.ok().unwrap();
        assert_eq!((small.len(), large.len(), room.0.available_permits()), (PIECE, 3 * PIECE, 0));
        let Err(NotWhole::Unread(full, as_it_came)) = read(2 * PIECE, &room).await else {
            panic!("there is no room")
        };
        assert_eq!(full.status, 503);
        assert_eq!(as_it_came.collect().await.unwrap().to_bytes().len(), 2 * PIECE);
        let copy = large.clone();
        drop(large);
        assert_eq!(room.0.available_permits(), 0);
        drop(copy);
        assert_eq!(room.0.available_permits(), 2);
        assert!(
            matches!(read(2 << 20, &room).await, Err(NotWhole::Unread(t, _)) if t.status == 413)
        );
    }
}
