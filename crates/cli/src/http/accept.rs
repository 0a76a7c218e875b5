//! The accept loop: how long anybody may take, how many may be there, and how it ends.
//!
//! It knows connections and no requests.

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

/// How long connections that are cut may take to be gone.
const CUT_IN: Duration = Duration::from_secs(2);

/// How patient the server is.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many connections there may be; more wait to be accepted.
    pub connections: usize,
    /// How long the head of a request may take, and a connection may be idle before one.
    pub header: Duration,
    /// How long whoever asks may read nothing of their answer.
    pub writing: Duration,
    /// How long what is in flight may take when the server is stopping.
    pub stopping: Duration,
    /// Whoever says that they will say no more has left, and what is done for them is dropped. Else
    /// they are still listening, and get their answer.
    pub notices_leaving: bool,
}

impl Default for Limits {
    fn default() -> Self {
        let patience = Duration::from_secs(30);
        Self {
            connections: 10_000,
            header: patience,
            writing: patience,
            stopping: patience,
            notices_leaving: false,
        }
    }
}

/// How serving ended.
#[derive(Clone, Copy, Debug)]
pub struct Ended<T> {
    /// Why it stopped.
    pub why: T,
    /// What was in flight was answered in time.
    pub all_answered: bool,
}

/// Serves until `stop`, then finishes what is in flight; hands on why it stopped.
pub async fn serve<T>(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = T>,
) -> Ended<T> {
    serve_and_tell(listener, router, limits, stop, || {}).await
}

/// The same; it is told before connections are cut that did not end in time.
pub async fn serve_and_tell<T>(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = T>,
    cuts: impl FnOnce(),
) -> Ended<T> {
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let (cut, is_cut) = watch::channel(false);
    let builder = builder(&limits);
    let mut stop = std::pin::pin!(stop);
    let why = loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            why = &mut stop => break why,
        };
        let Some((stream, place)) = accepted else { continue };
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        // hyper waits for a head of a request, but for whoever does not read it waits for ever.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.writing));
        let connection = builder.serve_connection(TokioIo::new(Box::pin(stream)), service);
        let connection = graceful.watch(connection);
        let mut is_cut = is_cut.clone();
        tokio::spawn(async move {
            tokio::select! {
                // Whoever breaks off has nothing to be told.
                _ = connection => {}
                _ = is_cut.wait_for(|is_cut| *is_cut) => {}
            }
            drop(place);
        });
    };
    drop(listener);
    let all_answered = tokio::time::timeout(limits.stopping, graceful.shutdown()).await.is_ok();
    if !all_answered {
        tracing::warn!("some requests did not end");
        // What is done for them is dropped before this returns, so that it can be told that they were left.
        cuts();
        let _ = cut.send(true);
        let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
        let gone = room.acquire_many(all);
        let _ = tokio::time::timeout(CUT_IN, gone).await;
    }
    Ended { why, all_answered }
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            // Out of file handles, most likely: those who are there may leave some.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

/// HTTP/1.1 only: telling versions apart would wait for the first bytes without end.
fn builder(limits: &Limits) -> Builder {
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(64 * 1024)
        .half_close(!limits.notices_leaving)
        .keep_alive(true);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::AsyncWriteExt;
    use tokio::sync::Notify;

    /// Ends while a request is in flight that takes until `open`.
    async fn ended(open: &Arc<Notify>, stopping: Duration) -> Ended<&'static str> {
        let arrived = Arc::new(Notify::new());
        let (arrives, opened) = (Arc::clone(&arrived), Arc::clone(open));
        let slow = move || {
            let (arrives, opened) = (Arc::clone(&arrives), Arc::clone(&opened));
            async move {
                arrives.notify_one();
                opened.notified().await;
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut asks = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        asks.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let limits = Limits { stopping, ..Limits::default() };
        let stop = async {
            arrived.notified().await;
            "asked to"
        };
        serve(listener, Router::new().route("/", get(slow)), limits, stop).await
    }

    #[tokio::test]
    async fn it_says_whether_all_in_flight_was_answered() {
        let open = Arc::new(Notify::new());
        let broken_off = ended(&open, Duration::ZERO).await;
        assert_eq!((broken_off.why, broken_off.all_answered), ("asked to", false));
        let open = Arc::new(Notify::new());
        open.notify_one();
        assert!(ended(&open, Limits::default().stopping).await.all_answered);
    }
}
