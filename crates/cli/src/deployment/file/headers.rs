//! Headers that a route may not name: those of one connection, Probity's own, and secrets.

use crate::deployment::problems::Problem;
use axum::http::HeaderName;
use probity_core::contract::file::reading::{Node, Reader};

/// What a header is named for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// To say what stands in the books: whose a run is, and what it is about.
    Books,
    /// To be passed on to the upstream or to the client.
    PassingOn,
    /// To say how a run ended.
    Ending,
}

/// Headers that end at each hop (RFC 9110, 7.6.1), or that are set anew for each call.
const OF_A_CONNECTION: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Headers that hold a secret.
pub(super) const SECRETS: [&str; 6] =
    ["api-key", "authorization", "cookie", "set-cookie", "x-api-key", "x-goog-api-key"];

/// The header, or None where it cannot be named for this.
pub(super) fn may_stand(
    r: &mut Reader<'_>,
    node: &Node,
    header: HeaderName,
    named_for: For,
) -> Option<HeaderName> {
    let name = header.as_str();
    if name.starts_with("probity-") {
        let message = format!("`{name}` is Probity's own header.");
        let fix = match named_for {
            For::Books => "Have the product's front set a header of its own, and name that.",
            For::PassingOn => "Delete it: what clients may know is passed on in any case.",
            For::Ending => "Delete the rule: the backend's own verdict is heard before the rules.",
        };
        r.report(Problem::NotThisHeader, node, message, fix);
        return None;
    }
    if OF_A_CONNECTION.contains(&name) {
        let message = format!("`{name}` belongs to one connection, or is set anew for each call.");
        let fix = "Name another header, or delete it.";
        r.report(Problem::NotThisHeader, node, message, fix);
        return None;
    }
    if named_for == For::Books && SECRETS.contains(&name) {
        let message =
            format!("`{name}` holds a secret, and what it names is written in the books.");
        let fix = "Name a header that has an id: the product's front sets it.";
        r.report(Problem::SecretAsId, node, message, fix);
        return None;
    }
    Some(header)
}
