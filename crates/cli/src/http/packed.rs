//! Answers in gzip, for browsers: what their pages load, and what these read with a customer token.
//!
//! Whoever asks with a secret key is near and gets answers as they are: packing would cost more.

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// What is shorter fits one packet as it is.
const SHORT: usize = 1024;

/// What an answer may be sent as in place of its body.
#[derive(Clone, Debug)]
enum Packable {
    Packed(Bytes),
    Text(Bytes),
}

/// A text in gzip, packed once and as small as it gets; nothing where that is not to be had.
pub(super) fn gzip(text: &str) -> Vec<u8> {
    pack(text.as_bytes(), Compression::best()).unwrap_or_default()
}

fn pack(text: &[u8], how: Compression) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), how);
    gzip.write_all(text)?;
    gzip.finish()
}

/// This answer may be sent as `packed`, which holds the same.
pub(super) fn or_packed(response: &mut Response<Body>, packed: &'static [u8]) {
    if !packed.is_empty() {
        may_be(response, Packable::Packed(Bytes::from_static(packed)));
    }
}

/// This answer, which is this text, may be packed on its way.
pub(super) fn may_be_packed(response: &mut Response<Body>, text: String) {
    if text.len() >= SHORT {
        may_be(response, Packable::Text(text.into()));
    }
}

fn may_be(response: &mut Response<Body>, packable: Packable) {
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    response.extensions_mut().insert(packable);
}

/// The answer as whoever asks takes it: packed, it has a mark of its own.
pub(super) fn as_taken(sent: &HeaderMap, mut response: Response<Body>) -> Response<Body> {
    let Some(packable) = response.extensions_mut().remove::<Packable>() else { return response };
    let accepts = sent.get(ACCEPT_ENCODING).and_then(|accepts| accepts.to_str().ok());
    if !accepts.is_some_and(|accepts| accepts.split(',').any(is_gzip)) {
        return response;
    }
    let packed = match packable {
        Packable::Packed(packed) => packed,
        Packable::Text(text) => match pack(&text, Compression::fast()) {
            Ok(packed) => packed.into(),
            Err(_) => return response,
        },
    };
    *response.body_mut() = Body::from(packed);
    let headers = response.headers_mut();
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    let mark = headers.get(ETAG).and_then(|mark| mark.to_str().ok());
    let own = mark.and_then(|mark| mark.strip_suffix('"')).map(|mark| format!("{mark}-gzip\""));
    if let Some(Ok(own)) = own.map(HeaderValue::try_from) {
        headers.insert(ETAG, own);
    }
    response
}

fn is_gzip(one: &str) -> bool {
    let (name, how) = one.split_once(';').unwrap_or((one, ""));
    let how = how.trim().trim_end_matches(['0', '.']);
    name.trim().eq_ignore_ascii_case("gzip") && how != "q="
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_takes_gzip_says_so() {
        for takes in ["gzip", " GZip ", "gzip;q=0.5", "gzip; q=1.0", "gzip;q=0.001"] {
            assert!(is_gzip(takes), "{takes}");
        }
        for none in ["", "br", "xgzip", "gzip;q=0", "gzip; q=0.000", "*"] {
            assert!(!is_gzip(none), "{none}");
        }
    }
}
