//! The exit codes of `probity`, all of them, as documented in `docs/cli.md`.
//!
//! Scripts rely on these numbers: a code is never given a second meaning.

/// How the program ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Exit(u8);

impl Exit {
    /// All is well.
    pub(crate) const CLEAN: Self = Self(0);
    /// Errors were found: the contract is refused, a scenario failed.
    pub(crate) const ERRORS: Self = Self(1);
    /// Warnings were found, and `--strict` was asked for.
    pub(crate) const WARNINGS: Self = Self(2);
    /// The command line cannot be understood.
    pub(crate) const USAGE: Self = Self(64);
    /// A file to read is missing or cannot be read.
    pub(crate) const NO_INPUT: Self = Self(66);
    /// Probity itself has a fault.
    pub(crate) const INTERNAL: Self = Self(70);
    /// Something cannot be written: a file is there already, no space, no permission.
    pub(crate) const CANNOT_WRITE: Self = Self(74);
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        exit.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented() {
        let page = include_str!("../../../docs/cli.md");
        let all = [
            Exit::CLEAN,
            Exit::ERRORS,
            Exit::WARNINGS,
            Exit::USAGE,
            Exit::NO_INPUT,
            Exit::INTERNAL,
            Exit::CANNOT_WRITE,
        ];
        for Exit(code) in all {
            assert_eq!(page.matches(&format!("\n| {code} | ")).count(), 1, "{code}");
        }
    }
}
