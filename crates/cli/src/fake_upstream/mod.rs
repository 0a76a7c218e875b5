//! A scripted AI upstream, for trying a gateway out without a key: a development tool.
//!
//! It speaks the four protocols and plain JSON with right shapes, and fails as real ones do: by the
//! fault that a call names. `faults` lists them, `said` is what stands in answers, `play` is how an
//! answer goes out piece by piece, `line` what is done to the connection itself.

mod answer;
mod asked;
mod faults;
mod gzip;
mod line;
mod play;
mod said;

pub use asked::Asked;
pub use faults::Fault;

use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use line::{Line, Orders};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;

/// How it behaves where a fault leaves something open.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a byte takes where an answer is slow, and an event where it is paced or endless.
    pub pace: Duration,
    /// How many bytes a huge answer has.
    pub huge: u64,
    /// How many bytes a big event has.
    pub big_event: u64,
    /// Who is told of each call and of its end.
    pub told: Option<UnboundedSender<Heard>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            pace: Duration::from_secs(1),
            huge: 10_000_000_000,
            big_event: 100_000_000,
            told: None,
        }
    }
}

/// What it has heard.
#[derive(Clone, Debug)]
pub enum Heard {
    /// A call came in.
    Call(Box<Asked>),
    /// The answer to a call went out, or whoever asked went away before its end.
    Ended {
        /// The call's path.
        path: String,
        /// Was everything taken?
        whole: bool,
    },
}

impl Options {
    fn tell(&self, heard: Heard) {
        if let Some(told) = &self.told {
            // Whoever listened has gone: then nobody needs to know.
            let _ = told.send(heard);
        }
    }
}

/// Serves until `stop`; then every connection ends at once.
pub async fn serve(listener: TcpListener, options: Options, stop: impl Future<Output = ()>) {
    let options = Arc::new(options);
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
        };
        // One that went away before it was taken: the next one comes.
        let Ok((stream, _)) = accepted else { continue };
        let _ = stream.set_nodelay(true);
        connections.spawn(connection(stream, Arc::clone(&options)));
    }
}

async fn connection(stream: TcpStream, options: Arc<Options>) {
    let orders = Arc::new(Orders::default());
    let line = Line::new(stream, Arc::clone(&orders), options.pace);
    let service = service_fn(move |request| {
        let (options, orders) = (Arc::clone(&options), Arc::clone(&orders));
        answer::answer(request, options, orders)
    });
    // What breaks off here was to break off.
    let _ =
        Builder::new().max_buf_size(1 << 20).serve_connection(TokioIo::new(line), service).await;
}
