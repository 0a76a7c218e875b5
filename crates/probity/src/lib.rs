//! Probity for applications: it remembers.
//!
//! [`Probity`] is the engine: it keeps every customer's journal in a [`store`] and decides every
//! command through the pure core, each answer durable before it is given. Core types are re-exported
//! as they are, never wrapped.
//!
//! ```
//! use probity::core::command::{NewCustomer, Report, RunRequest};
//! use probity::core::{Amount, Outcome};
//! # let folder = tempfile::tempdir()?;
//! # let database = folder.path().join("probity.db");
//! # let contract = include_str!("../../../contracts/minimal/contract.yaml");
//! let probity = probity::Probity::open(database)?;
//! probity.publish_files(contract, None)?;
//! let starter = NewCustomer { plan: Some("starter".into()), ..NewCustomer::default() };
//! probity.open_customer("ana", starter)?;
//! let report = Some("report.pdf".into());
//! let summary = RunRequest { action: "summarize_file".into(), artifact: report, ..RunRequest::default() };
//! let run = probity.start("ana", summary)?;                       // a credit is set aside
//! probity.settle(run, Report::of(Outcome::Delivered))?;           // the contract says what is taken
//! let receipt = probity.receipt(run)?;
//! assert_eq!(receipt.charged, Amount::credits(1));
//! println!("{}", receipt.words);
//! # probity.close();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Books`] are the same in the plainest way, in memory only; [`scenario`] plays readable stories
//! against any of them.

pub mod answer;
pub mod bench;
mod books;
pub mod clock;
pub mod engine;
mod environment;
pub mod exceptions;
pub mod layer;
pub mod margin;
mod number;
mod packed;
pub mod problem;
pub mod rollout;
pub mod scenario;
pub mod sealing;
pub mod statement;
pub mod store;
pub mod usage;

pub use books::{Answer, Books};
pub use engine::Probity;
pub use environment::Environment;
pub use probity_core as core;
