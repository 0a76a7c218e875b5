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
    /// What it needs is in use: the database, the port.
    pub(crate) const UNAVAILABLE: Self = Self(69);
    /// Probity itself has a fault.
    pub(crate) const INTERNAL: Self = Self(70);
    /// Something cannot be written: a file is there already, no space, no permission.
    pub(crate) const CANNOT_WRITE: Self = Self(74);
}

/// Every code with what it means, in a few words: for the pages of help.
const MEANINGS: [(Exit, &str); 8] = [
    (Exit::CLEAN, "all is well"),
    (Exit::ERRORS, "errors found"),
    (Exit::WARNINGS, "warnings with --strict"),
    (Exit::USAGE, "wrong usage"),
    (Exit::NO_INPUT, "a file cannot be read"),
    (Exit::UNAVAILABLE, "the database or the port is in use"),
    (Exit::INTERNAL, "a fault of Probity"),
    (Exit::CANNOT_WRITE, "something cannot be written"),
];

/// How each command may end; a fault of ours can end every one.
pub(crate) const OF_COMMANDS: [(&str, &[Exit]); 32] = {
    use Exit as E;
    [
        ("demo", &[E::CLEAN, E::ERRORS, E::USAGE, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("init", &[E::CLEAN, E::USAGE, E::CANNOT_WRITE]),
        ("check", &[E::CLEAN, E::ERRORS, E::WARNINGS, E::USAGE, E::NO_INPUT]),
        ("explain", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT]),
        ("try", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT]),
        ("test", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT]),
        ("serve", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("publish", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("keys", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        (
            "customers",
            &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE],
        ),
        ("wallet", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("runs", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        (
            "exceptions",
            &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE],
        ),
        (
            "questions",
            &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE],
        ),
        ("shadow", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("compare", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("rollout", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        (
            "webhooks",
            &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE],
        ),
        ("listen", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("trigger", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("backup", &[E::CLEAN, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("restore", &[E::CLEAN, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("verify", &[E::CLEAN, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("adopt", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("leave", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("schema", &[E::CLEAN, E::USAGE]),
        ("sample-log", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::CANNOT_WRITE]),
        ("fake-upstream", &[E::CLEAN, E::USAGE, E::UNAVAILABLE]),
        ("bench", &[E::CLEAN, E::USAGE, E::CANNOT_WRITE]),
        ("replay", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::CANNOT_WRITE]),
        ("margin", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
        ("prices", &[E::CLEAN, E::ERRORS, E::USAGE, E::NO_INPUT, E::UNAVAILABLE, E::CANNOT_WRITE]),
    ]
};

/// These codes with their meanings: `Exit codes: 0 all is well, 64 wrong usage.`
pub(crate) fn told(may_be: impl Fn(Exit) -> bool) -> String {
    let listed = MEANINGS.iter().filter(|(exit, _)| may_be(*exit));
    let words: Vec<String> = listed.map(|(Exit(code), means)| format!("{code} {means}")).collect();
    format!("Exit codes: {}.", words.join(", "))
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        exit.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../docs/cli.md");

    #[test]
    fn every_code_is_documented() {
        for (Exit(code), _) in MEANINGS {
            assert_eq!(PAGE.matches(&format!("\n| {code} | ")).count(), 1, "{code}");
        }
    }

    #[test]
    fn every_command_is_documented_with_the_codes_it_may_end_with() {
        for (name, exits) in OF_COMMANDS {
            let (_, section) = PAGE.split_once(&format!("\n## probity {name}\n")).unwrap();
            let (_, ends) = section.split_once("Ends with ").unwrap();
            let ends = ends.split("\n\n").next().unwrap();
            let said: Vec<u8> =
                ends.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let codes: Vec<u8> = exits.iter().map(|exit| exit.0).collect();
            assert_eq!(said, codes, "{name}");
        }
    }
}
