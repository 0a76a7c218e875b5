//! What must hold of any bytes that are read as a deployment. One function for two who ask it: the
//! fuzz target with bytes made by chance, and a test of the command with the corpus.

use probity_cli::deployment::read;
use probity_core::diagnostic::{FileKind, Severity};

/// Reads the bytes, which never panics, and asserts that what it says can be shown and adds up.
pub(super) fn judge(data: &[u8]) {
    let reading = read(data, None);
    for finding in &reading.findings {
        let span = finding.place.span.clone();
        assert_eq!(finding.place.file, FileKind::Deployment, "{finding:?}");
        assert!(data.get(span.clone()).is_some(), "{finding:?} is nowhere");
        if let Ok(text) = std::str::from_utf8(data) {
            assert!(text.get(span).is_some(), "{finding:?} splits a character");
        }
        assert!(!finding.message.is_empty() && !finding.fix.is_empty(), "{finding:?}");
    }
    // What is refused is not there, and what is not there was refused: nothing is lost in silence.
    let refused = reading.findings.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(reading.deployment.is_none(), refused, "the deployment");
}
