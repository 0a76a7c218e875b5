//! The command line as people and scripts meet it: every test runs the real binary.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod adopt;
mod bench;
mod books;
mod browser;
mod commands;
mod counted;
mod demo;
mod deployment;
#[cfg(unix)]
mod dialogue;
mod explain;
mod explain_holds;
mod fake_upstream;
mod gateway;
mod house;
mod http;
mod init;
mod load;
mod packages;
mod recipes;
mod replay;
mod rollout;
mod runs;
#[cfg(unix)]
mod sample_product;
mod sarif;
mod sdks;
mod streams;
mod stripe;
mod suggested;
mod support;
mod usage;
mod webhooks;
