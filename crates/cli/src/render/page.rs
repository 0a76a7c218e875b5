//! Pages for the web: no scripts, nothing to load, their style allowed by its hash.

use crate::answer::Failure;
use crate::exit::Exit;
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style of every page.
pub(crate) const STYLE: &str = include_str!("../../templates/page.css");

/// The text of a page.
pub(crate) fn rendered(page: &impl Template) -> Result<String, Failure> {
    let fix = "report it with the files that led to it";
    page.render()
        .map_err(|e| Failure::new(Exit::INTERNAL, "internal", format!("no page: {e}"), fix))
}

/// What a strict content security policy names to allow a style: `sha256-…`.
pub(crate) fn allowed(style: &str) -> String {
    // The templates put the style between two line ends.
    let text = format!("\n{style}\n");
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
