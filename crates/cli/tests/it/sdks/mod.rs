//! The SDKs, tested by their own tests against this very binary.

mod python;
