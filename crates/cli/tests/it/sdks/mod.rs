//! The SDKs of other languages, with their own tests, against this binary.

#[cfg(unix)]
mod typescript;
