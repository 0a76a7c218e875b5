//! Calls that are repeated: as long as nothing of an answer came, and only where nobody can have worked
//! for what is asked again. All of them are one run; each that reached the provider stands in its costs.

use super::credential::Credential;
use super::own_key::stopped;
use super::sent::Sent;
use super::{Gateway, Ready};
use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, request};
use backon::{BackoffBuilder, ExponentialBuilder};
use probity::layer::{Begun, NoAnswer, Told};
use probity::problem::Trouble;
use probity::usage::End;
use probity_core::contract::{Mode, Outcome};
use std::time::Duration;

/// The longest pause before a call is repeated; whoever asks for more is not asked again.
const LONGEST: Duration = Duration::from_secs(10);

impl Gateway {
    /// Has a request answered by its route's upstream, asked again as often as route and contract allow.
    pub(super) async fn repeated(
        &self,
        ready: &Ready,
        head: request::Parts,
        body: Sent,
        theirs: Option<&Credential>,
        told: &Told,
    ) -> Result<Response<Body>, NoAnswer> {
        let route = &ready.route;
        let most = told.begun().map_or(route.retries, |begun| begun.retries.min(route.retries));
        for pause in pauses(most) {
            let Some(again) = body.again() else { break };
            let answer = self.forward(ready, head.clone(), again, theirs).await;
            let Some((status, asked_for)) = came_to_nothing(&answer, route.protocol.is_native())
            else {
                return answer;
            };
            let pause = asked_for.unwrap_or(pause);
            if pause > LONGEST {
                return answer;
            }
            tracing::debug!(?status, ?pause, "a call is repeated");
            if let Some(status) = status {
                told.repeats(status);
            }
            drop(answer);
            tokio::time::sleep(pause).await;
        }
        self.forward(ready, head, body, theirs).await
    }
}

/// How long to wait before each repeat: from a quarter of a second, doubling, and never all at once.
fn pauses(most: u32) -> impl Iterator<Item = Duration> + Send {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(250))
        .with_max_delay(LONGEST)
        .with_max_times(usize::try_from(most).unwrap_or(0))
        .with_jitter()
        .build()
}

/// What may be asked again: with which status it came to nothing (None: there was no connection), and
/// when if the upstream says so. A backend of the product's own may have
/// worked whatever it answered; an AI provider that says that it did not has not.
fn came_to_nothing(
    answer: &Result<Response<Body>, NoAnswer>,
    is_native: bool,
) -> Option<(Option<StatusCode>, Option<Duration>)> {
    match answer {
        Err(no) => (no.end == End::NoConnection).then_some((None, None)),
        Ok(answer) if is_native && is_worth_repeating(answer) => {
            Some((Some(answer.status()), asked_for(answer.headers())))
        }
        Ok(_) => None,
    }
}

fn is_worth_repeating(answer: &Response<Body>) -> bool {
    let says = answer.headers().get("x-should-retry").map(|says| says.as_bytes());
    match says {
        Some(b"false") => false,
        Some(b"true") => !answer.status().is_success(),
        _ => {
            let status = answer.status();
            let passes = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
            passes.contains(&status) || status.is_server_error()
        }
    }
}

/// The pause that an upstream asks for, in seconds or thousandths of one; a date is not read.
fn asked_for(headers: &HeaderMap) -> Option<Duration> {
    let number = |name| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    let exactly = number("retry-after-ms").map(Duration::from_millis);
    exactly.or_else(|| number("retry-after").map(Duration::from_secs))
}

/// Work that goes on when its answer has ended cannot be watched to its end: where that is enforced it
/// does not begin, since nobody would tell what became of it.
pub(super) fn out_of_sight(begun: Option<&Begun>) -> Option<NoAnswer> {
    begun.filter(|begun| begun.mode == Mode::Enforce)?;
    let why = "what goes on in the background cannot be watched to its end; ask without it";
    Some(stopped(Trouble::invalid("background", why), Outcome::Cancelled, "background"))
}
