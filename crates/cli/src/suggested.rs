//! Commands that are suggested lead to the same books: what was typed of `--database`, `--url` and
//! `--env` is put behind each that takes it. The one place for that: commands name commands without.

use crate::load::shown;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use std::ops::Range;
use std::path::Path;

/// The flags that lead to books; a key is never repeated.
const FLAGS: [&str; 3] = ["database", "url", "env"];
/// How a command that is named in a text begins.
const NAME: &str = "probity ";

/// What was typed of the flags that lead to books.
pub(crate) struct Books {
    command: Command,
    typed: Vec<(&'static str, String)>,
}

impl Books {
    /// What stands on a command line.
    pub(crate) fn typed(command: Command, matches: &ArgMatches) -> Self {
        let mut leaf = matches;
        while let Some((_, below)) = leaf.subcommand() {
            leaf = below;
        }
        let typed = FLAGS.into_iter().filter_map(|flag| {
            let is_there = leaf.try_contains_id(flag).is_ok_and(|is_there| is_there);
            if !is_there || leaf.value_source(flag) != Some(ValueSource::CommandLine) {
                return None;
            }
            let value = leaf.get_raw(flag)?.next()?.to_string_lossy().into_owned();
            let value = if flag == "database" { shown(Path::new(&value)) } else { value };
            Some((flag, quoted(value)))
        });
        // Whoever says nothing gets live.
        let typed = typed.filter(|(flag, value)| (*flag, value.as_str()) != ("env", "live"));
        Self { command, typed: typed.collect() }
    }

    /// The same text, each command in it with the flags that it takes and does not have.
    pub(crate) fn led_to(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(named) = next_command(rest) {
            let line = rest.get(named.clone()).unwrap_or_default();
            out.push_str(rest.get(..named.end).unwrap_or_default());
            out.push_str(&self.missing(line));
            rest = rest.get(named.end..).unwrap_or_default();
        }
        out + rest
    }

    fn missing(&self, line: &str) -> String {
        let mut words = line.split_whitespace().skip(1).peekable();
        let mut command = &self.command;
        while let Some(below) = words.peek().and_then(|word| command.find_subcommand(word)) {
            command = below;
            words.next();
        }
        let above = line.split_whitespace().nth(1).and_then(|w| self.command.find_subcommand(w));
        let takes = |flag: &str| {
            let has = |command: &Command, everywhere: bool| {
                command
                    .get_arguments()
                    .any(|arg| arg.get_long() == Some(flag) && (!everywhere || arg.is_global_set()))
            };
            has(command, false) || above.is_some_and(|above| has(above, true))
        };
        let typed: Vec<&str> = line.split_whitespace().collect();
        let has = |flag: &str| {
            typed.iter().any(|word| {
                word.strip_prefix("--")
                    .is_some_and(|word| word == flag || word.starts_with(&format!("{flag}=")))
            })
        };
        // Where a command names other books, it leads there.
        let leads_elsewhere = has("database") || has("url");
        let more = self
            .typed
            .iter()
            .filter(|(flag, _)| takes(flag) && !has(flag) && !(leads_elsewhere && *flag != "env"));
        more.map(|(flag, value)| format!(" --{flag} {value}")).collect()
    }
}

/// Where the first command stands that is named in a text: up to the end of its line, its mark, or the
/// half of the sentence.
fn next_command(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find(NAME)?;
        // A word that ends so is another; a colour before it is none.
        let before = text.get(..start)?;
        let before = before.rsplit_once('\u{1b}').map_or(before, |(plain, colour)| {
            if colour.ends_with('m') && !colour.contains(' ') { plain } else { before }
        });
        let before = before.chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '/') {
            return Some(start..start + length(text.get(start..)?));
        }
        from = start + NAME.len();
    }
}

fn length(text: &str) -> usize {
    let mut is_quoted = false;
    let mut letters = text.char_indices().peekable();
    let mut end = text.len();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        let is_last = |c: Option<char>| c.is_none_or(char::is_whitespace);
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' | '\u{1b}' | '`' => end = at,
            ';' | ',' | '.' | ')' if !is_quoted && is_last(next) => end = at,
            _ => {}
        }
        if end < text.len() {
            break;
        }
    }
    text.get(..end).map_or(end, |line| line.trim_end().len())
}

fn quoted(value: String) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn led(typed: &str, text: &str) -> String {
        let command = crate::Cli::command();
        let matches = command.clone().get_matches_from(typed.split_whitespace());
        Books::typed(command, &matches).led_to(text)
    }

    #[test]
    fn what_is_suggested_leads_to_the_same_books() {
        let typed = "probity runs ana --database ./a.db --env sandbox";
        for (text, shown) in [
            ("see: probity shadow", "see: probity shadow --database a.db --env sandbox"),
            ("probity keys list; or", "probity keys list --database a.db; or"),
            ("probity keys new --env live", "probity keys new --env live --database a.db"),
            ("`probity wallet x`.", "`probity wallet x --database a.db --env sandbox`."),
            ("probity wallet x --database b.db", "probity wallet x --database b.db --env sandbox"),
            (
                "probity rollout a next --reason \"b; c\"\n",
                "probity rollout a next --reason \"b; c\" --database a.db --env sandbox\n",
            ),
            ("probity explain O03", "probity explain O03"),
            ("probity restore a.bak b.db --force", "probity restore a.bak b.db --force"),
            (
                "PostgreSQL, probity adopt.",
                "PostgreSQL, probity adopt --database a.db --env sandbox.",
            ),
            ("read by probity alone", "read by probity alone"),
            (
                "\u{1b}[1mprobity runs\u{1b}[0m",
                "\u{1b}[1mprobity runs --database a.db --env sandbox\u{1b}[0m",
            ),
        ] {
            assert_eq!(led(typed, text), shown);
        }
        let there = "probity runs ana --url http://127.0.0.1:1 --key sk_live_0 --env live";
        assert_eq!(led(there, "probity keys list"), "probity keys list");
        assert_eq!(led(there, "probity shadow"), "probity shadow --url http://127.0.0.1:1");
        assert_eq!(led("probity runs ana", "probity shadow"), "probity shadow");
    }
}
