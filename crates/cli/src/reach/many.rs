//! Much asked at once: the questions dealt out to lanes that run beside each other.
//!
//! Every question that changes something carries its key, so one that is asked again, because nobody had
//! time for it, is answered once.

use super::Said;
use crate::answer::Failure;
use axum::http::request::Builder;
use serde_json::Value;
use std::time::Duration;
use tokio::task::JoinSet;

/// A question.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The method.
    pub(crate) method: &'static str,
    /// The path, with its query.
    pub(crate) path: String,
    /// The JSON; null where there is none.
    sent: Value,
    /// What makes it the same when asked again.
    key: Option<String>,
}

impl Ask {
    /// A question.
    pub(crate) fn new(method: &str, path: &str, sent: Value) -> Self {
        let known = ["GET", "POST", "PUT", "DELETE"].into_iter().find(|known| *known == method);
        Self { method: known.unwrap_or("GET"), path: path.to_owned(), sent, key: None }
    }

    /// Something that is read.
    pub(crate) fn read(path: String) -> Self {
        Self { method: "GET", path, sent: Value::Null, key: None }
    }

    /// Asked under this key.
    pub(crate) fn keyed(mut self, key: String) -> Self {
        self.key = Some(key);
        self
    }

    /// The body, as it is sent.
    pub(super) fn body(&self) -> String {
        if self.sent.is_null() { String::new() } else { self.sent.to_string() }
    }

    /// A request with its key.
    pub(super) fn with_key(&self, request: Builder) -> Builder {
        match &self.key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        }
    }
}

/// How often somebody is asked again who has no time.
const AGAIN: u32 = 20;

/// Some of the questions, asked one after the other.
pub(super) struct Lane {
    asks: std::vec::IntoIter<(usize, Ask)>,
    answers: Vec<(usize, Said)>,
    tries: u32,
}

impl Lane {
    /// What is still to be asked.
    pub(super) fn asks(&self) -> impl Iterator<Item = &Ask> {
        self.asks.as_slice().iter().map(|(_, ask)| ask)
    }

    /// The next question, with its number.
    pub(super) fn next(&mut self) -> Option<(usize, Ask)> {
        self.tries = 0;
        self.asks.next()
    }

    /// Is it to be asked again, because nobody had time? Then after a while.
    pub(super) async fn again(&mut self, said: &Said) -> bool {
        if said.status != 503 || self.tries == AGAIN {
            return false;
        }
        self.tries += 1;
        tokio::time::sleep(Duration::from_millis(50) * self.tries).await;
        true
    }

    /// It was answered.
    pub(super) fn done(&mut self, n: usize, said: Said) {
        self.answers.push((n, said));
    }
}

/// Deals questions out to lanes, and gives the answers in the order of the questions. The first failure
/// is everyone's.
pub(super) async fn all<F>(
    asks: Vec<Ask>,
    lanes: usize,
    mut start: impl FnMut(Lane) -> F,
) -> Result<Vec<Said>, Failure>
where
    F: Future<Output = Result<Lane, Failure>> + Send + 'static,
{
    let count = asks.len();
    let mut dealt: Vec<Vec<(usize, Ask)>> = vec![Vec::new(); lanes.min(count)];
    let places = dealt.len().max(1);
    for (n, ask) in asks.into_iter().enumerate() {
        if let Some(lane) = dealt.get_mut(n % places) {
            lane.push((n, ask));
        }
    }
    let mut running = JoinSet::new();
    for asks in dealt {
        let asks = asks.into_iter();
        running.spawn(start(Lane { asks, answers: Vec::new(), tries: 0 }));
    }
    let mut answers: Vec<Option<Said>> = vec![None; count];
    while let Some(ended) = running.join_next().await {
        let ended = ended.map_err(|error| {
            let fix = "report this with what led to it";
            Failure::new(crate::exit::Exit::INTERNAL, "internal", error.to_string(), fix)
        })?;
        for (n, said) in ended?.answers {
            if let Some(place) = answers.get_mut(n) {
                *place = Some(said);
            }
        }
    }
    Ok(answers.into_iter().flatten().collect())
}
