//! The SDKs, tested by their own tests against this very binary.

pub(crate) mod installed;
mod python;
