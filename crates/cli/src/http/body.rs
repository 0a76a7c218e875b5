//! A body as it comes in: bounded in its bytes, in the time it takes, and in how many large ones there
//! are at once. What stands in it is not looked at.

use super::problem::Trouble;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The most bytes of a body.
const LARGEST: usize = 1 << 20;
/// From so many bytes on it is a large one.
const LARGE: usize = 64 << 10;
/// How many large ones there may be at once, being read or being answered.
pub(crate) const LARGE_AT_ONCE: usize = 256;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The bytes of a body, and the room that a large one takes.
///
/// # Errors
/// It is no JSON by its type, too large, too slow, cut off, or one large one too many.
pub(super) async fn read<'a>(
    headers: &HeaderMap,
    body: Body,
    room: &'a Semaphore,
) -> Result<(Vec<u8>, Option<SemaphorePermit<'a>>), Trouble> {
    let read = match tokio::time::timeout(BODY_TIME, bytes_of(body, room)).await {
        Ok(read) => read?,
        Err(_) => return Err(Trouble::invalid_json("it took too long to arrive")),
    };
    if read.0.is_empty() || is_json(headers) { Ok(read) } else { Err(Trouble::no_json()) }
}

/// Of one that is too large some more is read and dropped, so that whoever sends it reads the answer.
async fn bytes_of(
    mut body: Body,
    room: &Semaphore,
) -> Result<(Vec<u8>, Option<SemaphorePermit<'_>>), Trouble> {
    let (mut bytes, mut length, mut taken) = (Vec::new(), 0, None);
    let mut is_full = false;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Trouble::invalid_json("it was cut off"))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > LARGE && taken.is_none() && !is_full {
            taken = room.try_acquire().ok();
            is_full = taken.is_none();
        }
        if length > LARGEST || is_full {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&data);
        }
        if length > 16 * LARGEST {
            break;
        }
    }
    match () {
        () if length > LARGEST => Err(Trouble::too_large()),
        () if is_full => Err(Trouble::overloaded()),
        () => Ok((bytes, taken)),
    }
}

/// Is it JSON by its type?
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn there_is_room_for_so_many_large_ones_and_for_small_ones_always() {
        let room = Semaphore::new(1);
        let read = async |bytes: usize| {
            let read = bytes_of(Body::from(vec![b' '; bytes]), &room).await;
            read.map(|(read, taken)| (read.len(), taken))
        };
        let first = read(LARGE + 1).await.unwrap();
        assert_eq!((first.0, first.1.is_some()), (LARGE + 1, true));
        assert_eq!(read(LARGE + 1).await.unwrap_err().status, 503);
        assert_eq!(read(LARGEST + 1).await.unwrap_err().status, 413);
        let small = read(LARGE).await.unwrap();
        assert_eq!((small.0, small.1.is_none()), (LARGE, true));
        // Once the first is answered there is room again.
        drop(first);
        assert_eq!(read(LARGEST).await.unwrap().0, LARGEST);
        assert_eq!(room.available_permits(), 1);
    }
}
