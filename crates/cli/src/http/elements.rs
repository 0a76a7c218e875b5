//! The elements that products embed in their pages: their sources, joined into one script.
//!
//! The sources stand in `elements/`, for people; what is served is the same without comments and
//! indentation, in one closure, so that pages get one name from it and nothing else.

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Response};
use probity_core::journal::sha256_hex;
use std::sync::OnceLock;

/// In the order in which they build on each other.
const SOURCES: [&str; 16] = [
    include_str!("../../elements/labels.js"),
    include_str!("../../elements/make.js"),
    include_str!("../../elements/token.js"),
    include_str!("../../elements/api.js"),
    include_str!("../../elements/store.js"),
    include_str!("../../elements/events.js"),
    include_str!("../../elements/style.js"),
    include_str!("../../elements/element.js"),
    include_str!("../../elements/price.js"),
    include_str!("../../elements/wallet.js"),
    include_str!("../../elements/not-enough.js"),
    include_str!("../../elements/confirm.js"),
    include_str!("../../elements/prices.js"),
    include_str!("../../elements/receipts.js"),
    include_str!("../../elements/limits.js"),
    include_str!("../../elements/start.js"),
];

/// How long browsers use it without asking; then they ask whether it is still the same.
const KEPT: &str = "public, max-age=300";
/// Pages of any origin may load it: it holds nothing of anybody.
const ANYBODY: &str = "cross-origin";

/// The script, and its mark.
fn script() -> &'static (String, HeaderValue) {
    static SCRIPT: OnceLock<(String, HeaderValue)> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let mut text = format!("/* Probity {}, Apache-2.0 */", env!("CARGO_PKG_VERSION"));
        text.push_str("\n(() => {\n'use strict';\n");
        SOURCES.iter().for_each(|source| lean(source, &mut text));
        text.push_str("})();\n");
        let mark = format!("\"{}\"", &sha256_hex(&text)[..16]);
        let mark = HeaderValue::try_from(mark).unwrap_or(HeaderValue::from_static("\"\""));
        (text, mark)
    })
}

/// Without what is only for people: lines of comments, and what stands before a line.
fn lean(source: &str, out: &mut String) {
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        let begins = line.starts_with("/**");
        let is_comment = in_comment || line.starts_with("//") || begins;
        let goes_on = line.find("*/").is_some_and(|end| end + 2 < line.len());
        in_comment = (in_comment || begins) && !line.contains("*/");
        if line.is_empty() || (is_comment && !(begins && goes_on)) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// The answer to whoever asks for the script.
pub(super) fn served() -> Response<Body> {
    let (text, mark) = script();
    let mut response = Response::new(Body::from(text.as_str()));
    let headers = response.headers_mut();
    headers.insert(ETAG, mark.clone());
    for (name, value) in [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, KEPT),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), ANYBODY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_for_people_is_left_out() {
        let mut out = String::new();
        let source = "// head\n/**\n * @type {x}\n */\nconst a = `\n*{b}\n`;\n\n  /** c */ d();\n/** e */\nf();\n";
        lean(source, &mut out);
        assert_eq!(out, "const a = `\n*{b}\n`;\n/** c */ d();\nf();\n");
    }
}
