//! The commands, one file each: arguments, and a `run` that gives an answer.

pub(crate) mod init;
