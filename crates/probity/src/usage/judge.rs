//! How an answer ended: one of the nine outcomes, with a finer reason that stands on the receipt.
//!
//! Success needs a positive end, in the words of its protocol; a status of 200, or the end of the
//! bytes, is none. What was told decides first, whoever left or fell silent afterwards.

use super::Protocol;
use super::told::{Counting, Told};
use probity_core::Outcome;
use probity_core::command::{Usage, UsageSource};
use std::borrow::Cow;

/// How the bytes of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of them passed, as the transport tells.
    Complete,
    /// The transport broke, or they were less or more than promised, or could not be decoded.
    Broken,
    /// Nothing came for too long.
    Stalled,
    /// The first did not come in time, or the last.
    TimedOut,
    /// The client left.
    ClientGone,
    /// There was no connection to the upstream.
    NoConnection,
}

/// A finer reason than the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No connection.
    Connect,
    /// A status that is no success.
    Status(u16),
    /// Too many requests, or too many at once.
    RateLimited,
    /// Our key, or the customer's, was not accepted.
    UpstreamAuth,
    /// The request was not accepted.
    ClientRequest,
    /// No answer in time.
    Timeout,
    /// It fell silent.
    Stalled,
    /// An error inside of an answer that had begun as a success.
    InBandError,
    /// A success without anything in it.
    Empty,
    /// It stopped before its end.
    Truncated,
    /// Less or more than promised.
    WrongLength,
    /// It could not be read as what it should be.
    Malformed,
    /// It is larger than what is read.
    TooLarge,
    /// It is encoded in a way that is not read.
    UnreadableEncoding,
    /// It ends at the length limit.
    LengthLimit,
    /// Refused or filtered before there was a result.
    BlockedBeforeOutput,
    /// Filtered while a result was coming.
    BlockedAfterOutput,
    /// The client left before there was anything.
    ClientGoneBeforeOutput,
    /// The client left while it was coming.
    ClientGone,
    /// A call of a tool that cannot be read.
    ToolArguments,
    /// The work was taken on, and goes on elsewhere.
    Pending,
}

impl Reason {
    /// Its word, for reports and counters.
    #[must_use]
    pub fn word(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Connect => "connect",
            Self::Status(status) => return Cow::Owned(format!("status_{status}")),
            Self::RateLimited => "rate_limited",
            Self::UpstreamAuth => "upstream_auth",
            Self::ClientRequest => "client_request",
            Self::Timeout => "timeout",
            Self::Stalled => "stalled",
            Self::InBandError => "in_band_error",
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::WrongLength => "wrong_length",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::UnreadableEncoding => "unreadable_encoding",
            Self::LengthLimit => "length_limit",
            Self::BlockedBeforeOutput => "blocked_before_output",
            Self::BlockedAfterOutput => "blocked_after_output",
            Self::ClientGoneBeforeOutput => "client_gone_before_output",
            Self::ClientGone => "client_gone",
            Self::ToolArguments => "tool_arguments",
            Self::Pending => "pending",
        })
    }

    /// Its sentence on the receipt.
    #[must_use]
    pub fn says(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Connect => "The service that does this work could not be reached.",
            Self::Status(status) => {
                let says =
                    format!("The service that does this work answered with status {status}.");
                return Cow::Owned(says);
            }
            Self::RateLimited => "The service that does this work had too much to do.",
            Self::UpstreamAuth => "The service that does this work did not accept its key.",
            Self::ClientRequest => "The service that does this work did not accept the request.",
            Self::Timeout => "No answer came in time.",
            Self::Stalled => "The answer stopped coming before its end.",
            Self::InBandError => "An error arrived in place of the rest of the answer.",
            Self::Empty => "The answer was empty.",
            Self::Truncated => "The answer stopped before its end.",
            Self::WrongLength => "The answer did not have the length that was announced.",
            Self::Malformed => "The answer could not be read.",
            Self::TooLarge => "The answer was too large for its end to be read.",
            Self::UnreadableEncoding => "The answer was encoded in a way that cannot be read.",
            Self::LengthLimit => "The answer ends where its length limit was reached.",
            Self::BlockedBeforeOutput => "It was refused before there was a result.",
            Self::BlockedAfterOutput => {
                "It was stopped by a safety rule before the result was whole."
            }
            Self::ClientGoneBeforeOutput => "The request was given up before anything arrived.",
            Self::ClientGone => "The request was given up while the answer was arriving.",
            Self::ToolArguments => "The answer called a tool in a way that cannot be read.",
            Self::Pending => "The work was begun, and its end was not told.",
        })
    }
}

/// What an answer came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// One of the nine.
    pub outcome: Outcome,
    /// A finer reason; None where there is nothing to add.
    pub reason: Option<Reason>,
    /// Its tokens; zero is not missing.
    pub usage: Usage,
    /// Where they are known from.
    pub source: UsageSource,
    /// The model that answered, in the provider's own words.
    pub model: Option<String>,
    /// Whose protocol it was; None: the product's own backend.
    pub provider: Option<&'static str>,
}

impl Judged {
    /// What no answer at all comes to.
    #[must_use]
    pub const fn unanswered(protocol: Protocol, end: End) -> Self {
        let (outcome, reason) = match end {
            End::NoConnection => (Outcome::Failed, Reason::Connect),
            End::Stalled | End::TimedOut => (Outcome::Failed, Reason::Timeout),
            End::Complete | End::Broken => (Outcome::Failed, Reason::Truncated),
            End::ClientGone => (Outcome::Cancelled, Reason::ClientGoneBeforeOutput),
        };
        Self {
            outcome,
            reason: Some(reason),
            usage: Usage {
                input: None,
                cache_read: None,
                cache_write: None,
                output: None,
                reasoning: None,
            },
            source: UsageSource::None,
            model: None,
            provider: provider(protocol),
        }
    }
}

/// Whose protocol it is.
const fn provider(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Http => None,
        Protocol::OpenaiChat | Protocol::OpenaiResponses => Some("openai"),
        Protocol::Anthropic => Some("anthropic"),
        Protocol::Gemini => Some("gemini"),
    }
}

/// What is known of an answer once nothing more will pass.
pub(super) struct Known<'a> {
    pub(super) protocol: Protocol,
    pub(super) status: u16,
    /// How many bytes there were, and were announced.
    pub(super) passed: u64,
    pub(super) length: Option<u64>,
    pub(super) told: &'a Told,
    /// It is one text whose end is its closing bracket.
    pub(super) is_document: bool,
    /// It could not be read at all, for this reason.
    pub(super) unread: Option<Reason>,
    /// The client has something of it.
    pub(super) has_output: bool,
}

type Verdict = (Outcome, Option<Reason>);

/// The outcome, and all that goes with it.
pub(super) fn judge(known: &Known<'_>, end: End) -> Judged {
    let (outcome, reason) = outcome(known, end);
    let counting = match known.protocol {
        Protocol::Anthropic => Counting::Anthropic,
        Protocol::Gemini => Counting::Gemini,
        _ => Counting::OpenAi,
    };
    let usage = known.told.usage.usage(counting);
    let source = match (usage.input, usage.output) {
        (None, None) => UsageSource::None,
        (Some(_), Some(_)) if known.told.is_usage_whole => UsageSource::Provider,
        _ => UsageSource::Partial,
    };
    let model = known.told.model.clone();
    Judged { outcome, reason, usage, source, model, provider: provider(known.protocol) }
}

fn outcome(known: &Known<'_>, end: End) -> Verdict {
    let failed = |reason| (Outcome::Failed, Some(reason));
    if end == End::NoConnection {
        return failed(Reason::Connect);
    }
    if !(200..300).contains(&known.status) {
        return failed(of_status(known.status));
    }
    if known.told.error {
        return failed(Reason::InBandError);
    }
    let has_wrong_length = known.length.is_some_and(|length| length != known.passed);
    if !known.protocol.is_native() {
        let is_whole = end == End::Complete && !has_wrong_length;
        let is_sent = end == End::ClientGone && known.length == Some(known.passed);
        return match is_whole || is_sent {
            true => (Outcome::Delivered, None),
            false => unended(known, end, has_wrong_length),
        };
    }
    if known.is_document && has_wrong_length && end != End::ClientGone {
        return unended(known, end, has_wrong_length);
    }
    if known.told.has_ended() && !known.told.pending {
        return ended(known.told);
    }
    if known.told.is_blocked() && !known.told.is_good() {
        return blocked(known.told);
    }
    unended(known, end, has_wrong_length)
}

/// With a positive end.
fn ended(told: &Told) -> Verdict {
    if told.malformed && !told.is_good() {
        return (Outcome::Failed, Some(Reason::Malformed));
    }
    if told.is_good() {
        return (Outcome::Delivered, told.is_long().then_some(Reason::LengthLimit));
    }
    if told.is_broken() {
        return (Outcome::Failed, Some(Reason::ToolArguments));
    }
    if told.is_blocked() {
        return blocked(told);
    }
    (Outcome::Failed, Some(Reason::Empty))
}

const fn blocked(told: &Told) -> Verdict {
    let reason = match told.has_result() {
        true => Reason::BlockedAfterOutput,
        false => Reason::BlockedBeforeOutput,
    };
    (Outcome::Blocked, Some(reason))
}

/// Without one.
fn unended(known: &Known<'_>, end: End, has_wrong_length: bool) -> Verdict {
    let failed = match end {
        End::ClientGone if known.has_output => {
            return (Outcome::Abandoned, Some(Reason::ClientGone));
        }
        End::ClientGone => return (Outcome::Cancelled, Some(Reason::ClientGoneBeforeOutput)),
        End::NoConnection => Reason::Connect,
        End::Stalled => Reason::Stalled,
        End::TimedOut => Reason::Timeout,
        End::Complete | End::Broken if has_wrong_length => Reason::WrongLength,
        End::Complete | End::Broken => match known.unread {
            Some(reason) => reason,
            None if known.told.pending => Reason::Pending,
            None if known.told.malformed => Reason::Malformed,
            None if end == End::Complete && known.passed == 0 => Reason::Empty,
            None => Reason::Truncated,
        },
    };
    (Outcome::Failed, Some(failed))
}

const fn of_status(status: u16) -> Reason {
    match status {
        429 | 503 => Reason::RateLimited,
        401 | 403 => Reason::UpstreamAuth,
        400 | 404 | 405 | 409 | 410 | 411 | 413 | 414 | 415 | 417 | 422 | 431 => {
            Reason::ClientRequest
        }
        _ => Reason::Status(status),
    }
}
