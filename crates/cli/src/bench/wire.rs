//! HTTP/1.1 as the bench speaks it: requests framed by hand, answers read no further than needed,
//! so that whoever asks costs little beside whoever answers.

use memchr::memmem;
use std::io::Write as _;

/// What is the same in all requests to one service.
pub(super) struct Frame {
    head: String,
}

impl Frame {
    pub(super) fn new(address: &str, key: &str) -> Self {
        let head = format!(
            " HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\n"
        );
        Self { head }
    }

    /// A POST, whole; an empty key is none.
    pub(super) fn post(&self, out: &mut Vec<u8>, path: &str, key: &str, body: &[u8]) {
        out.clear();
        let _ = write!(out, "POST {path}{}", self.head);
        if !key.is_empty() {
            let _ = write!(out, "idempotency-key: {key}\r\n");
        }
        let _ = write!(out, "content-length: {}\r\n\r\n", body.len());
        out.extend_from_slice(body);
    }

    /// A GET.
    pub(super) fn get(&self, out: &mut Vec<u8>, path: &str) {
        out.clear();
        let _ = write!(out, "GET {path}{}\r\n", self.head);
    }

    /// A call to an AI provider: for whom and for which file only a gateway reads.
    pub(super) fn call(&self, out: &mut Vec<u8>, path: &str, whose: (u32, u64), body: &[u8]) {
        let (customer, file) = whose;
        out.clear();
        let _ = write!(
            out,
            "POST {path}{}x-customer-id: customer_{customer}\r\nx-file: file_{file}\r\n\
             content-length: {}\r\n\r\n",
            self.head,
            body.len()
        );
        out.extend_from_slice(body);
    }
}

/// Where an answer's body stands, and its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Reads the head of an answer; None while it is not there as a whole.
pub(super) fn head(bytes: &[u8]) -> Result<Option<Head>, String> {
    let Some(end) = memmem::find(bytes, b"\r\n\r\n") else { return Ok(None) };
    let text = bytes.get(..end).and_then(|head| std::str::from_utf8(head).ok());
    let text = text.ok_or("an answer is no HTTP")?;
    let status = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    let length = text.split("\r\n").find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.parse::<usize>().ok());
    match (status, length) {
        (Some(status), Some(length)) => {
            Ok(Some(Head { status, from: end + 4, to: end + 4 + length }))
        }
        _ => Err(format!("an answer cannot be read: {text}")),
    }
}

/// Is the answer there as a whole, with or without a length said before? It must be a yes.
pub(super) fn is_whole(bytes: &[u8]) -> Result<bool, String> {
    let Some(end) = memmem::find(bytes, b"\r\n\r\n") else { return Ok(false) };
    let (before, body) = bytes.split_at(end + 4);
    let is_chunked = memmem::find(before, b"\r\ntransfer-encoding: chunked\r\n").is_some();
    let is_yes = before.starts_with(b"HTTP/1.1 200 ");
    let is_whole = match head(bytes) {
        _ if is_chunked => body.ends_with(b"0\r\n\r\n"),
        Ok(known) => known.is_some_and(|head| head.to <= bytes.len()),
        Err(why) => return Err(why),
    };
    if is_whole && !is_yes {
        return Err(format!("a call was answered with {}", String::from_utf8_lossy(bytes)));
    }
    Ok(is_whole)
}

/// The first run that an answer names.
pub(super) fn run_of(body: &[u8]) -> Option<&str> {
    runs_of(body).next()
}

/// The runs that an answer names, in their order.
pub(super) fn runs_of(body: &[u8]) -> impl Iterator<Item = &str> {
    const NAME: &[u8] = b"\"run\":\"";
    memmem::find_iter(body, NAME).filter_map(|at| {
        let rest = body.get(at + NAME.len()..)?;
        let id = rest.get(..memchr::memchr(b'"', rest)?)?;
        std::str::from_utf8(id).ok()
    })
}

/// How many items of a batch were answered with yes.
pub(super) fn yes_in(body: &[u8]) -> usize {
    memmem::find_iter(body, b"{\"status\":2").count()
}

/// The `n`th key, without an order, as clients make them: each run has two.
pub(super) fn key_of(n: u64) -> String {
    let mixed = |n: u64| {
        let n = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (n ^ (n >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    format!("{:016x}{:016x}", mixed(n), mixed(!n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_once_it_is_there() {
        let answer = b"HTTP/1.1 201 Created\r\ncontent-length: 13\r\n\r\n{\"run\":\"r_1\"}";
        assert_eq!(head(&answer[..30]), Ok(None));
        let read = head(answer).unwrap().unwrap();
        assert_eq!((read.status, read.to), (201, answer.len()));
        assert_eq!(run_of(&answer[read.from..read.to]), Some("r_1"));
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err(), "how long it is must be said");
        assert!(head(b"220 mail\r\n\r\n").is_err());
    }

    #[test]
    fn an_answer_in_chunks_ends_with_the_last() {
        let yes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
        assert_eq!(is_whole(yes), Ok(true));
        assert_eq!(is_whole(&yes[..yes.len() - 2]), Ok(false));
        assert_eq!(is_whole(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{"), Ok(false));
        assert!(is_whole(b"HTTP/1.1 402 No\r\ncontent-length: 2\r\n\r\n{}").is_err());
    }

    #[test]
    fn items_of_a_batch_are_counted_by_their_status() {
        let body = br#"{"items":[{"status":201,"body":{"run":"r_1","status":"held"}},{"status":402,"body":{}}]}"#;
        assert_eq!((yes_in(body), runs_of(body).count()), (1, 1));
    }

    #[test]
    fn keys_differ() {
        let keys: std::collections::BTreeSet<String> = (0..1000).map(key_of).collect();
        assert_eq!(keys.len(), 1000);
        assert!(keys.iter().all(|key| key.len() == 32));
    }
}
