//! What a port says of refusals that are no denials: the same behind every door.

use super::port::Told;
use probity_core::contract::file::Reading;
use probity_core::decide::Problem;
use probity_core::diagnostic::{Diagnostic, Severity};
use probity_core::quote::Quote;
use probity_core::terms::PublishError;
use serde_json::json;

/// Signs the quotes of stories; nobody outside one ever sees them.
pub(super) const QUOTE_KEY: &[u8] = b"the books of one story";

/// Opens a quote's signed text.
pub(super) fn opened(text: Option<&str>) -> Result<Option<Box<Quote>>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let quote = Quote::open(text, QUOTE_KEY).ok_or(Problem::QuoteInvalid)?;
    Ok(Some(Box::new(quote)))
}

pub(super) fn problem_told(problem: &Problem) -> Told {
    let field = match problem {
        Problem::InvalidRequest { field, .. }
        | Problem::QuoteMismatch(field)
        | Problem::OverrideNotBetter(field) => Some(*field),
        Problem::NotFound { what } => Some(*what),
        Problem::NoAction { .. } => Some("action"),
        _ => None,
    };
    Told::refused(json!({
        "code": problem.word(), "status": problem.http_status(), "field": field,
        "detail": problem.detail(), "applied": false,
    }))
}

/// The first error of files that cannot be read.
pub(super) fn first_error(reading: &Reading) -> Option<&Diagnostic> {
    reading.findings.iter().find(|finding| finding.severity == Severity::Error)
}

pub(super) fn refused_files(reading: &Reading) -> Told {
    let detail = first_error(reading).map(|error| format!("{} {}", error.message, error.fix));
    Told::refused(json!({
        "code": "contract_refused", "status": 422, "detail": detail, "applied": false,
    }))
}

pub(super) fn refused_to_publish(error: &PublishError) -> Told {
    let earliest = match error {
        PublishError::NoticeOwed(earliest, _) => Some(earliest),
        _ => None,
    };
    Told::refused(json!({
        "code": error.word(), "status": error.http_status(), "earliest": earliest,
        "detail": error.detail(), "applied": false,
    }))
}
