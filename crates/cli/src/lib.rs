//! The command's library: what tests and other programs drive in-process.

pub mod deployment;
pub mod fake_upstream;
pub mod gateway;
pub mod http;
pub mod stripe;
pub mod webhooks;
