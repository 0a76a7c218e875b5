//! What must hold of any bytes that are read as the files of a contract. One function for two who ask
//! it: the fuzz target with bytes made by chance, and a test of the core with the corpus.
//!
//! The bytes are up to three files, each after a line `=====`: contract, operations, price map.

use probity_core::contract::file::{Reading, Sources, read};
use probity_core::diagnostic::{FileKind, Severity};

/// Reads the bytes, which never panics, and asserts that what it says can be shown and adds up.
pub(super) fn judge(data: &[u8]) {
    let mut files = split(data).into_iter();
    let contract = files.next().unwrap_or_default();
    let (operations, prices) = (files.next(), files.next());
    let reading = read(&Sources { contract, operations, prices });
    for finding in &reading.findings {
        let text = match finding.place.file {
            FileKind::Contract => contract,
            FileKind::Operations => operations.unwrap_or_default(),
            FileKind::Prices => prices.unwrap_or_default(),
            FileKind::Deployment => &[],
        };
        let span = finding.place.span.clone();
        assert!(text.get(span.clone()).is_some(), "{finding:?} is nowhere");
        if let Ok(text) = std::str::from_utf8(text) {
            assert!(text.get(span).is_some(), "{finding:?} splits a character");
        }
        assert!(!finding.message.is_empty() && !finding.fix.is_empty(), "{finding:?}");
    }
    // What is refused is not there, and what is not there was refused: nothing is lost in silence.
    let refused = has_error(&reading, &[FileKind::Contract]);
    assert_eq!(reading.contract.is_none(), refused, "the contract");
    let refused = has_error(&reading, &[FileKind::Operations, FileKind::Prices]);
    assert_eq!(reading.operations.is_none(), operations.is_none() || refused, "the operations");
}

fn has_error(reading: &Reading, files: &[FileKind]) -> bool {
    let mut errors = reading.findings.iter().filter(|found| found.severity == Severity::Error);
    errors.any(|found| files.contains(&found.place.file))
}

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
