//! The commands, one file each: arguments, and a `run` that gives an answer.

pub(crate) mod adopt;
pub(crate) mod answering;
pub(crate) mod backup;
pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod customers;
pub(crate) mod demo;
pub(crate) mod exceptions;
pub(crate) mod explain;
pub(crate) mod fake_upstream;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod leave;
pub(crate) mod listen;
pub(crate) mod margin;
pub(crate) mod prices;
pub(crate) mod publish;
mod questions;
pub(crate) mod replay;
pub(crate) mod restore;
pub(crate) mod rollout;
pub(crate) mod runs;
pub(crate) mod sample_log;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod shadow;
pub(crate) mod test;
pub(crate) mod trigger;
pub(crate) mod try_;
pub(crate) mod verify;
pub(crate) mod wallet;
pub(crate) mod webhooks;

use std::path::Path;

/// A command to type, with the folder it is about where that is not the one we are in.
pub(crate) fn with_path(command: &str, path: &Path) -> String {
    if path == Path::new(".") {
        return command.to_owned();
    }
    format!("{command} {}", crate::load::shown(path))
}
