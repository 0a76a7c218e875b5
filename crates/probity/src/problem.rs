//! Refusals as they leave: RFC 9457 problems, from whatever refused, for every door that speaks HTTP.
//! It decides nothing.

use crate::engine::{Refused, View};
use crate::environment::Environment;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use probity_core::command::RunRequest;
use probity_core::decide::{Denial, Problem};
use probity_core::phrase;
use probity_core::terms::PublishError;
use probity_core::view::Receipt;
use serde_json::{Map, Value};

/// A problem on its way out.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// The status of its answer.
    pub status: u16,
    body: Map<String, Value>,
    /// Seconds after which asking again may help; None: it does not help soon.
    retry_after: Option<u32>,
    /// Whether asking again unchanged is pointless.
    pointless: bool,
    allow: Option<String>,
}

impl Trouble {
    /// A problem with its status, code and sentence; nothing was applied.
    #[must_use]
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        let (retry_after, pointless, allow) = (None, true, None);
        Self { status, body: Map::new(), retry_after, pointless, allow }
            .with("type", format!("/problems/{code}"))
            .with("title", title(code))
            .with("status", status)
            .with("detail", detail.into())
            .with("code", code)
            .with("applied", false)
    }

    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body.get("code").and_then(Value::as_str).unwrap_or_default()
    }

    /// The field that does not fit; empty where it is about none.
    #[must_use]
    pub fn field(&self) -> &str {
        self.body.get("field").and_then(Value::as_str).unwrap_or_default()
    }

    /// With what else is known about it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl serde::Serialize) -> Self {
        self.body.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }

    fn again_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self.pointless = false;
        self
    }

    /// A request with a field that does not fit.
    #[must_use]
    pub fn invalid(field: &str, reason: &str) -> Self {
        let detail =
            format!("{} Nothing was applied.", phrase::stop(&format!("`{field}`: {reason}")));
        Self::new(422, "invalid_request", detail).with("field", field)
    }

    /// A body that is no JSON.
    #[must_use]
    pub fn invalid_json(why: &str) -> Self {
        Self::new(
            400,
            "invalid_json",
            format!("The body cannot be read: {why}. Nothing was applied."),
        )
    }

    /// Who asks is not known: for applications that have their own way to know it.
    #[must_use]
    pub fn unauthenticated() -> Self {
        let detail = "Who asks is not known: what says it is missing, or not valid. Sign in, and ask \
                      again. Nothing was applied.";
        Self::new(401, "unauthenticated", detail)
    }

    /// Nobody is known by what was sent. `at` is the header that was looked at, `send` the one that
    /// a credential is sent in.
    #[must_use]
    pub fn unproven(found: Unproven, at: &str, send: &str) -> Self {
        let detail = format!("{} Nothing was applied.", found.says(at, send));
        Self::new(401, "unauthenticated", detail)
    }

    /// There is no such thing, or not for whoever asks.
    #[must_use]
    pub fn not_found(what: &'static str) -> Self {
        Self::of(&Problem::NotFound { what })
    }

    /// No route takes this call.
    #[must_use]
    pub fn no_route(method: &str, path: &str) -> Self {
        let path: String = path.chars().take(200).collect();
        let detail = format!(
            "No route of this gateway takes {method} {path}: what is not named in its file goes \
             nowhere. Nothing was applied."
        );
        Self::new(404, "not_found", detail).with("field", "path")
    }

    /// Whoever asks may not.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::of(&Problem::Forbidden)
    }

    /// Only the sandbox has a clock that can be moved.
    #[must_use]
    pub fn live_clock() -> Self {
        let detail = "Live time cannot be moved, and this is a live key. Ask with a sandbox key, \
                      `sk_sandbox_…`. Nothing was applied.";
        Self::new(403, "forbidden", detail)
    }

    /// The key is of the other books than those that are kept here.
    #[must_use]
    pub fn other_books(kept: Environment) -> Self {
        let detail = format!(
            "This gateway keeps the {kept} books, and the key is not of {kept}. Take one that is. \
             Nothing was applied."
        );
        Self::new(403, "forbidden", detail)
    }

    /// The path has no such method.
    #[must_use]
    pub fn wrong_method(allow: String) -> Self {
        let detail = format!("This path has no such method, only {allow}. Nothing was applied.");
        let mut trouble = Self::new(405, "method_not_allowed", detail);
        trouble.allow = Some(allow);
        trouble
    }

    /// The body is too large.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(
            413,
            "too_large",
            "The body is larger than 1 MiB. Send less at once. Nothing was applied.",
        )
    }

    /// The body is not announced as JSON.
    #[must_use]
    pub fn no_json() -> Self {
        let detail = "The body is not announced as JSON. Send `Content-Type: application/json`. \
                      Nothing was applied.";
        Self::new(415, "unsupported_media_type", detail)
    }

    /// The same request is being worked on.
    #[must_use]
    pub fn in_progress() -> Self {
        let detail = "The same request is being worked on: whether it was applied is not known yet. \
                      Ask again with the same key.";
        Self::new(409, "idempotency_in_progress", detail).with("applied", "unknown").again_after(1)
    }

    /// The queue is full.
    #[must_use]
    pub fn overloaded() -> Self {
        let detail = "Too much at once. Nothing was applied; ask again in a moment.";
        Self::new(503, "overloaded", detail).again_after(1)
    }

    /// Whether it was applied is not known.
    #[must_use]
    pub fn unknown() -> Self {
        let detail =
            "Whether it was applied is not known. Ask again with the same key to find out.";
        Self::new(503, "billing_unavailable", detail).with("applied", "unknown").again_after(1)
    }

    /// It cannot be read now.
    #[must_use]
    pub fn unread() -> Self {
        let detail = "The books cannot be read now. Nothing was changed; ask again in a moment.";
        Self::new(503, "billing_unavailable", detail).again_after(1)
    }

    /// The service is stopping.
    #[must_use]
    pub fn stopped() -> Self {
        let detail = "The service is stopping. Nothing was applied; ask again in a moment.";
        Self::new(503, "billing_unavailable", detail).again_after(1)
    }

    /// The store is away: billing cannot be asked, and nothing is done that it should know of.
    #[must_use]
    pub fn away() -> Self {
        let detail = "Billing is not available for a moment. Nothing was done and nothing was charged; \
                      ask again soon.";
        Self::new(503, "billing_unavailable", detail).again_after(2)
    }

    /// Its key was used for a run that was charged, or what it asks for is owned already.
    #[must_use]
    pub fn done_before(receipt: Option<&Receipt>) -> Self {
        let anew = match receipt {
            Some(_) => "Take a new key to have it done anew.",
            None => "Send `Probity-Again: redo` or `fresh` to have it done anew.",
        };
        let detail = format!(
            "This was done before and is not done again: what it brought is yours already. {anew} \
             Nothing was charged. Nothing was applied."
        );
        let trouble = Self::new(409, "already_done", detail);
        match receipt {
            Some(receipt) => trouble.with("run", receipt.run).with("receipt", receipt),
            None => trouble,
        }
    }

    /// Whoever does the work could not be reached, or did not answer.
    #[must_use]
    pub fn not_answered(code: &'static str, status: u16, detail: &str) -> Self {
        let mut trouble = Self::new(status, code, detail);
        trouble.pointless = false;
        trouble
    }

    /// Own keys are not kept here: nothing is there to seal them with.
    #[must_use]
    pub fn no_own_keys() -> Self {
        let detail = "Own keys are not kept here: the service was started without a key to seal them \
                      with. Whoever runs it starts it with --own-keys-key. Nothing was applied.";
        Self::new(403, "forbidden", detail)
    }

    /// What a payment provider tells is not taken: nothing is there to know it by.
    #[must_use]
    pub fn no_signing_secret() -> Self {
        let detail = "Stripe's events are not taken here: the service was started without a signing \
                      secret. Whoever runs it sets PROBITY_STRIPE_SIGNING_SECRET (for the sandbox \
                      PROBITY_STRIPE_SIGNING_SECRET_SANDBOX), or names one under `stripe` in \
                      probity.yaml. Nothing was applied.";
        Self::new(403, "forbidden", detail)
    }

    /// Whoever sent it is not who signs; why, in words.
    #[must_use]
    pub fn unsigned(why: &str) -> Self {
        Self::new(401, "unauthenticated", format!("{} Nothing was applied.", phrase::stop(why)))
    }

    /// The customer's own key is there, and cannot be opened.
    #[must_use]
    pub fn own_key_unopened() -> Self {
        let detail = "Your own AI key cannot be opened for a moment. Nothing was sent and nothing was \
                      charged; ask again soon.";
        Self::new(503, "billing_unavailable", detail).again_after(5)
    }

    /// A run on the customer's own key, and none for this provider: it was not begun upstream.
    #[must_use]
    pub fn no_key_for(provider: &str) -> Self {
        let detail = format!(
            "This runs on your own AI key, and there is none for {provider} that works. Add one to \
             start. Nothing was charged."
        );
        Self::own_key("use_own_key", "Add your own AI key.", provider, detail)
    }

    /// The provider refused the customer's own key.
    #[must_use]
    pub fn key_refused(provider: &str) -> Self {
        let detail = "Your AI provider refused your key. Nothing was charged by us.".to_owned();
        Self::own_key("fix_own_key", "Replace the AI key that was refused.", provider, detail)
    }

    fn own_key(way: &str, words: &str, provider: &str, detail: String) -> Self {
        let ways = serde_json::json!([{ "do": way, "provider": provider, "words": words }]);
        Self::new(403, "own_key_missing", detail)
            .with("retry_helps", false)
            .with("charged", "0")
            .with("provider", provider)
            .with("ways_forward", ways)
    }

    /// A contract that cannot be published.
    #[must_use]
    pub fn contract_refused(detail: impl Into<String>, lint: Value) -> Self {
        Self::new(422, "contract_refused", detail).with("lint", lint)
    }

    /// A problem of the core.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let trouble = Self::new(problem.http_status(), problem.word(), problem.detail());
        match problem {
            Problem::InvalidRequest { field, .. }
            | Problem::QuoteMismatch(field)
            | Problem::OverrideNotBetter(field)
            | Problem::NotFound { what: field } => trouble.with("field", field),
            Problem::NoAction { .. } => trouble.with("field", "action"),
            Problem::AboveYourLimit(limit) => trouble.with("limit", limit),
            Problem::TooLateToCorrect(at) | Problem::QuoteExpired(at) => trouble.with("until", at),
            Problem::RefundExceedsCharged(left) => trouble.with("left", left),
            Problem::TooEarly { what } => trouble.with("field", what).again_after(60),
            _ => trouble,
        }
    }

    fn publish(error: &PublishError) -> Self {
        let trouble = Self::new(error.http_status(), error.word(), error.detail());
        match error {
            PublishError::NoticeOwed(earliest, day) => {
                trouble.with("earliest", earliest).with("earliest_day", day.to_string())
            }
            _ => trouble,
        }
    }

    /// A denial with its words and ways forward; works them out, so never within the writer.
    fn denial(denial: &Denial, view: &View, request: &RunRequest) -> Self {
        match view.desk() {
            Ok(desk) => Self::card(&desk.denial(denial, request)),
            Err(problem) => Self::of(&problem),
        }
    }

    /// A denial that is worked out.
    #[must_use]
    pub fn card(card: &probity_core::view::DenialCard) -> Self {
        let body = serde_json::to_value(card).ok();
        let body = body.and_then(|body| body.as_object().cloned()).unwrap_or_default();
        let (status, pointless) = (card.status, !card.retry_helps);
        let retry_after = (card.retry_helps && matches!(status, 409 | 429)).then_some(1);
        Self { status, body, retry_after, pointless, allow: None }
    }

    /// What the engine refused; `request` is the run that was asked for.
    #[must_use]
    pub fn refused(refused: &Refused, request: Option<&RunRequest>) -> Self {
        match refused {
            Refused::Denied(denial, view) => {
                let none = RunRequest::default();
                Self::denial(denial, view, request.unwrap_or(&none))
            }
            Refused::Problem(problem) => Self::of(problem),
            Refused::KeyReused => {
                let detail =
                    "This key was used for another request. Take a new one. Nothing was applied.";
                Self::new(422, "idempotency_key_reused", detail)
            }
            Refused::Publish(error) => Self::publish(error),
            Refused::PublishedMeanwhile { expected, last } => {
                Self::new(409, "published_meanwhile", refused.to_string())
                    .with("expected_operations", expected)
                    .with("operations", last)
            }
            Refused::Overloaded => Self::overloaded(),
            Refused::Unavailable(_) => Self::unknown(),
            Refused::Stopped => Self::stopped(),
        }
    }

    /// Is it not known whether anything was applied?
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.body.get("applied").is_some_and(Value::is_string)
    }

    /// As JSON.
    #[must_use]
    pub fn body(&self) -> Value {
        Value::Object(self.body.clone())
    }

    /// As an answer.
    #[must_use]
    pub fn into_response(self) -> Response<Bytes> {
        let body = serde_json::to_vec(&self.body).unwrap_or_default();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, problem);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.pointless {
            headers.insert("x-should-retry", HeaderValue::from_static("false"));
        }
        if self.status == 401 {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
            headers.insert(ALLOW, allow);
        }
        response
    }
}

/// What is wrong with what says who asks. Nothing of it is ever repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// There is none.
    Missing,
    /// It is not announced as `Bearer`.
    NotBearer,
    /// No such secret key is known.
    UnknownKey,
    /// It was revoked.
    RevokedKey,
    /// It is no token of this database, or was altered.
    UnknownToken,
    /// Its time is up.
    ExpiredToken,
    /// Only a customer token is taken, and there is none.
    NoToken,
    /// Only a customer token is taken, and this is a secret key.
    NotToken,
}

impl Unproven {
    fn says(self, at: &str, send: &str) -> String {
        const MINT: &str = "Your server makes one with POST /v1/customers/ID/tokens";
        let any = format!("Send a secret key, or a customer token, as `{send}: Bearer …`.");
        let token = format!("{MINT}; send it as `{send}: Bearer ct_…`.");
        match self {
            Self::Missing => format!("`{at}` is missing: it says who asks. {any}"),
            Self::NotBearer => format!("`{at}` does not begin with `Bearer`. {any}"),
            Self::UnknownKey => {
                format!(
                    "The key in `{at}` is not known here. {any} `probity keys list` shows their ids."
                )
            }
            Self::RevokedKey => {
                format!("The key in `{at}` was revoked. Take another: `probity keys new`. {any}")
            }
            Self::UnknownToken => format!(
                "The customer token in `{at}` is not known here: it was altered, or another \
                 database signed it. {token}"
            ),
            Self::ExpiredToken => format!("The customer token in `{at}` has expired. {token}"),
            Self::NoToken => format!("This is asked with a customer token, and none came. {token}"),
            Self::NotToken => {
                format!("This is asked with a customer token, and a secret key came. {token}")
            }
        }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::of(&problem)
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::refused(&refused, None)
    }
}

/// `Not found`, of `not_found`.
pub fn title(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_whether_anything_was_applied() {
        let all = [
            Trouble::invalid("x", "is missing"),
            Trouble::invalid_json("it ends early"),
            Trouble::unauthenticated(),
            Trouble::unproven(Unproven::Missing, "Authorization", "Authorization"),
            Trouble::not_found("run"),
            Trouble::forbidden(),
            Trouble::live_clock(),
            Trouble::wrong_method("GET".to_owned()),
            Trouble::too_large(),
            Trouble::no_json(),
            Trouble::in_progress(),
            Trouble::overloaded(),
            Trouble::unknown(),
            Trouble::unread(),
            Trouble::stopped(),
            Trouble::refused(&Refused::KeyReused, None),
        ];
        for trouble in all {
            let body = trouble.body();
            let detail = body["detail"].as_str().unwrap();
            let applied = match body["applied"].as_str() {
                Some(_) => detail.contains("not known"),
                None => {
                    detail.contains("Nothing was applied") || detail.contains("Nothing was changed")
                }
            };
            assert!(applied && detail.ends_with(['.', ')']), "{detail}");
        }
    }
}
