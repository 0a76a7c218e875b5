//! The elements that products embed in their pages: their sources, joined into one script.
//!
//! The sources stand in `elements/`, for people; what is served is the same without comments and
//! indentation, in one closure, so that pages get one name from it and nothing else.

use super::packed;
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

/// Something that browsers keep: its text, and what it is known by.
#[derive(Debug)]
pub(super) struct Kept {
    kind: &'static str,
    text: String,
    /// The same in gzip.
    packed: Vec<u8>,
    /// The beginning of its hash: another text has another one.
    pub(super) mark: String,
}

impl Kept {
    /// Sources as one script, in one closure that begins with these lines.
    pub(super) fn script(begins: &str, sources: &[&str]) -> Self {
        let mut text = format!("/* Probity {}, Apache-2.0 */", env!("CARGO_PKG_VERSION"));
        text.push_str("\n(() => {\n'use strict';\n");
        text.push_str(begins);
        sources.iter().for_each(|source| lean(source, &mut text));
        text.push_str("})();\n");
        Self::new("text/javascript; charset=utf-8", text)
    }

    /// A text of this kind.
    pub(super) fn new(kind: &'static str, text: String) -> Self {
        let mark = sha256_hex(&text)[..16].to_owned();
        let packed = packed::gzip(&text);
        Self { kind, text, packed, mark }
    }

    /// The answer to whoever asks for it.
    pub(super) fn served(&'static self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.text.as_str()));
        let headers = response.headers_mut();
        let mark = HeaderValue::try_from(format!("\"{}\"", self.mark));
        headers.insert(ETAG, mark.unwrap_or(HeaderValue::from_static("\"\"")));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(KEPT));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        packed::or_packed(&mut response, &self.packed);
        response
    }
}

/// The script of the elements.
pub(super) fn script() -> &'static Kept {
    static SCRIPT: OnceLock<Kept> = OnceLock::new();
    SCRIPT.get_or_init(|| Kept::script("", &SOURCES))
}

/// Without what is only for people: lines of comments, types within lines, what stands before a line.
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
        // Between brackets the end of a line says nothing.
        let opens = out.trim_end_matches('\n').ends_with(['(', '[', '{', ',']);
        if opens || line.starts_with([')', ']', '}']) {
            out.truncate(out.trim_end_matches('\n').len());
        }
        let mut rest = line;
        while let Some((before, typed)) = rest.split_once("/** @")
            && let Some((_, after)) = typed.split_once("*/")
        {
            out.push_str(before);
            rest = after.trim_start();
        }
        out.push_str(rest);
        out.push('\n');
    }
}

/// The answer to whoever asks for the script.
pub(super) fn served() -> Response<Body> {
    let mut response = script().served();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let resource = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resource, HeaderValue::from_static(ANYBODY));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_for_people_is_left_out() {
        let mut out = String::new();
        let source = "// head\n/**\n * @type {x}\n */\nconst a = `\n*{b}\n`;\n\n  /** c */ d();\n/** e */\nf(/** @type {x} */ g);\n";
        lean(source, &mut out);
        assert_eq!(out, "const a = `\n*{b}\n`;\n/** c */ d();\nf(g);\n");
    }
}
