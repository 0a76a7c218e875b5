//! Finding and reading the files of a contract: the one place where commands read them.

use std::path::Path;

/// A path as a person would type it here.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.display().to_string()
}
