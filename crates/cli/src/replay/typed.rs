//! The command as it was typed, to be suggested again with more said.

/// What a log is called that comes through a pipe.
pub(crate) const STANDARD_INPUT: &str = "standard input";

/// Flags of which the last one holds; the others add up.
const SINGLE: [&str; 4] = ["--plan", "--fund", "--charged-in", "--today"];

/// `probity replay LOG --contract DIR …`
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    /// The log, or `--sample`.
    pub(crate) log: String,
    /// The contract's folder; nothing where it is this one.
    pub(crate) contract: String,
    /// Flags that say what the log means, with their values.
    pub(crate) flags: Vec<(&'static str, String)>,
}

impl Typed {
    /// What the log is called where people read of it.
    pub(crate) fn log_name(&self) -> &str {
        if self.log == "-" { STANDARD_INPUT } else { &self.log }
    }

    /// The same with more flags.
    pub(crate) fn again(&self, more: &[(&'static str, String)]) -> String {
        self.on(&quoted(&self.log), more)
    }

    /// The same with the log from standard input.
    pub(crate) fn piped(&self) -> String {
        self.on("-", &[])
    }

    fn on(&self, log: &str, more: &[(&'static str, String)]) -> String {
        let is_said_anew =
            |flag: &str| SINGLE.contains(&flag) && more.iter().any(|(own, _)| *own == flag);
        let kept = self.flags.iter().filter(|(flag, _)| !is_said_anew(flag));
        let mut text = format!("probity replay {log}");
        if !self.contract.is_empty() {
            text += &format!(" --contract {}", quoted(&self.contract));
        }
        for (flag, value) in kept.chain(more) {
            text += &format!(" {flag} {}", quoted(value));
        }
        text
    }

    /// The contract's folder as an argument.
    pub(crate) fn folder(&self) -> String {
        if self.contract.is_empty() { ".".into() } else { quoted(&self.contract) }
    }
}

/// A text as it is typed in a shell: in quotes where it needs them.
pub(crate) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_typed_as_a_shell_reads_them() {
        assert_eq!(quoted("logs/usage.csv"), "logs/usage.csv");
        assert_eq!(quoted("my log.csv"), "'my log.csv'");
        assert_eq!(quoted("it's=x"), r"'it'\''s=x'");
        assert_eq!(quoted(r#"["env:prod"]=ACTION"#), r#"'["env:prod"]=ACTION'"#);
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn what_was_said_is_said_again() {
        let typed = Typed {
            log: "usage.csv".into(),
            contract: String::new(),
            flags: vec![("--map", "a=b".into()), ("--fund", "plan".into())],
        };
        let more = [("--map", "c=d e".into()), ("--fund", "top_ups".into())];
        assert_eq!(
            typed.again(&more),
            "probity replay usage.csv --map a=b --map 'c=d e' --fund top_ups"
        );
        assert_eq!(typed.piped(), "probity replay - --map a=b --fund plan");
        assert_eq!(typed.folder(), ".");
    }
}
