//! The SDKs of other languages, with their own tests, against this very binary.

mod python;
#[cfg(unix)]
pub(crate) mod typescript;
