//! Any bytes as files of a contract: reading never panics, and what it says can be shown.
//!
//! The bytes are up to three files, each after a line `=====`: contract, operations, price map.

#![no_main]

use libfuzzer_sys::fuzz_target;
use probity_core::contract::file::{Sources, read};
use probity_core::diagnostic::{FileKind, Severity};

fuzz_target!(|data: &[u8]| {
    let mut files = split(data).into_iter();
    let contract = files.next().unwrap_or_default();
    let (operations, prices) = (files.next(), files.next());
    let reading = read(&Sources { contract, operations, prices });
    for finding in &reading.findings {
        let text = match finding.place.file {
            FileKind::Contract => contract,
            FileKind::Operations => operations.unwrap_or_default(),
            FileKind::Prices => prices.unwrap_or_default(),
        };
        let span = finding.place.span.clone();
        assert!(text.get(span.clone()).is_some(), "{finding:?} is nowhere");
        if let Ok(text) = std::str::from_utf8(text) {
            assert!(text.get(span).is_some(), "{finding:?} splits a character");
        }
        assert!(!finding.message.is_empty() && !finding.fix.is_empty(), "{finding:?}");
    }
    let refused = reading
        .findings
        .iter()
        .any(|f| f.place.file == FileKind::Contract && f.severity == Severity::Error);
    assert_eq!(reading.contract.is_none(), refused);
});

/// The parts of `data` between lines of `=====`.
fn split(data: &[u8]) -> Vec<&[u8]> {
    const LINE: &[u8] = b"\n=====\n";
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(LINE.len()).position(|window| window == LINE) {
        parts.push(&rest[..at + 1]);
        rest = &rest[at + LINE.len()..];
    }
    parts.push(rest);
    parts
}
