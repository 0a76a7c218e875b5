//! Small edits of a contract within a story: `limits.at_once = 1`, `without limits.spend_cap`.
//!
//! Edits change the text of a file at the place of a key, so that what is published is a file like
//! any other. A block that begins with `contract:` or `operates:` is a whole file instead.

use super::fault::Wrong;
use super::memory;
use super::page::BlockKind;
use super::port::Files;
use probity_core::contract::file::Places;
use probity_core::diagnostic::FileKind;

/// An edit that could not be made: its line, and what is wrong with it.
pub(super) type Refused = (usize, String, Wrong);

/// Applies a block to the files of a contract.
pub(super) fn apply(
    files: &mut Files,
    kind: BlockKind,
    lines: &[(usize, String)],
) -> Result<(), Refused> {
    if is_whole(lines) {
        let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        if kind == BlockKind::Operations {
            files.operations = Some(text);
        } else {
            *files = Files { contract: text, operations: None, prices: None };
        }
        return Ok(());
    }
    for (number, line) in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let refused = |wrong| (*number, line.clone(), wrong);
        let edit = Edit::read(trimmed).map_err(refused)?;
        edit.make(files, kind).map_err(refused)?;
    }
    Ok(())
}

/// Is the block a whole file?
pub(super) fn is_whole(lines: &[(usize, String)]) -> bool {
    let is_text = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let first = lines.iter().map(|(_, line)| line).find(|line| is_text(line));
    first.is_some_and(|line| line.starts_with("contract:") || line.starts_with("operates:"))
}

struct Edit<'a> {
    line: &'a str,
    path: Vec<String>,
    /// None: the key is taken out.
    value: Option<&'a str>,
}

impl<'a> Edit<'a> {
    fn read(line: &'a str) -> Result<Self, Wrong> {
        if let Some(path) = line.strip_prefix("without ") {
            return Ok(Self { line, path: keys(path.trim()), value: None });
        }
        match line.split_once(" = ") {
            Some((path, value)) => {
                Ok(Self { line, path: keys(path.trim()), value: Some(value.trim()) })
            }
            None => {
                let fix = "Write `path.of.a.key = value`, or `without path.of.a.key`.";
                Err(Wrong::new(0..line.len(), "this is not an edit of a contract", fix))
            }
        }
    }

    fn make(&self, files: &mut Files, kind: BlockKind) -> Result<(), Wrong> {
        let places = memory::read(files).places;
        let (file, text) = match kind {
            BlockKind::Operations => {
                (FileKind::Operations, files.operations.get_or_insert_with(String::new))
            }
            BlockKind::Contract | BlockKind::Play => (FileKind::Contract, &mut files.contract),
        };
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match self.value {
            Some(value) if places.has(file, &path) => {
                text.replace_range(places.value(file, &path).span, value);
                Ok(())
            }
            Some(value) => self.add(&places, file, &path, value, text),
            None if places.has(file, &path) => {
                take_out(text, places.key(file, &path).span, places.value(file, &path).span);
                Ok(())
            }
            None => Err(self.wrong("there is no such key in the contract")),
        }
    }

    /// Adds a key below the deepest section that exists.
    fn add(
        &self,
        places: &Places,
        file: FileKind,
        path: &[&str],
        value: &str,
        text: &mut String,
    ) -> Result<(), Wrong> {
        let depth = (0..path.len()).rev().find(|n| places.has(file, &path[..*n])).unwrap_or(0);
        let (key, below) = (path[depth], &path[depth + 1..]);
        let nest = |inner: String, key: &&str| format!("{{ {}: {inner} }}", quoted(key));
        let value = below.iter().rev().fold(value.to_owned(), nest);
        let line = format!("{}: {value}", quoted(key));
        if depth == 0 {
            text.push_str(&format!("\n{line}\n"));
            return Ok(());
        }
        let span = places.value(file, &path[..depth]).span;
        let section = text.get(span.clone()).unwrap_or_default();
        if section.starts_with('{') {
            text.insert_str(span.start + 1, &format!(" {line},"));
            return Ok(());
        }
        if !section.contains(": ") && !section.contains(":\n") {
            return Err(self.wrong("the section above it holds a value, not keys"));
        }
        let indent = span.start - text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        text.insert_str(span.start, &format!("{line}\n{}", " ".repeat(indent)));
        Ok(())
    }

    fn wrong(&self, message: &str) -> Wrong {
        Wrong::new(0..self.line.len(), message, "Check the path against the contract's file.")
    }
}

/// A path of keys with points between them; a key with points in it stands in quotes.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quoted = false;
    for letter in path.chars() {
        match (letter, keys.last_mut()) {
            ('"', _) => quoted = !quoted,
            ('.', _) if !quoted => keys.push(String::new()),
            (_, Some(key)) => key.push(letter),
            (_, None) => {}
        }
    }
    keys
}

/// A key as YAML.
fn quoted(key: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
    if key.bytes().all(plain) { key.to_owned() } else { format!("\"{key}\"") }
}

/// Takes a key and its value out: its lines in a block, with its comma between brackets.
fn take_out(text: &mut String, key: std::ops::Range<usize>, value: std::ops::Range<usize>) {
    let before = text[..key.start].trim_end_matches(' ');
    let end = value.end.max(key.end);
    let after = &text[end..];
    let in_brackets = before.ends_with(['{', ',']);
    let (from, until) = if in_brackets && after.trim_start().starts_with(',') {
        (key.start, end + after.find(',').map_or(0, |at| at + 1))
    } else if in_brackets && before.ends_with(',') {
        (before.len() - 1, end)
    } else if in_brackets {
        (key.start, end)
    } else {
        let from = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        (from, end + after.find('\n').map_or(after.len(), |at| at + 1))
    };
    text.replace_range(from..until, "");
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTRACT: &str = "contract: c\nlimits:\n  at_once: 5   # open\n  day: { a: 1, b: 2 }\n\
                            plans:\n  pro:\n    credits: 120\n    offers: all\n";

    fn edited(lines: &[&str]) -> String {
        let mut files = Files { contract: CONTRACT.to_owned(), ..Files::default() };
        let lines: Vec<_> = lines.iter().map(|l| (1, (*l).to_owned())).collect();
        apply(&mut files, BlockKind::Contract, &lines).unwrap();
        files.contract
    }

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        let text = edited(&["limits.at_once = 1", "plans.pro.offers = [a, b]"]);
        assert!(text.contains("  at_once: 1   # open\n"), "{text}");
        assert!(text.contains("    offers: [a, b]\n"), "{text}");
    }

    #[test]
    fn a_missing_key_is_added_to_its_section() {
        let text =
            edited(&["limits.ask_from = 10 credits", "limits.day.c = 3", "quotes.last = 1 day"]);
        assert!(text.contains("limits:\n  ask_from: 10 credits\n  at_once: 5"), "{text}");
        assert!(text.contains("{ c: 3, a: 1, b: 2 }"), "{text}");
        assert!(text.ends_with("\nquotes: { last: 1 day }\n"), "{text}");
    }

    #[test]
    fn a_key_is_taken_out_with_its_value() {
        let text = edited(&["without limits.day.b", "without limits.at_once", "without plans.pro"]);
        assert_eq!(text, "contract: c\nlimits:\n  day: { a: 1 }\nplans:\n");
        let text = edited(&["without limits.day.a"]);
        assert!(text.contains("day: {  b: 2 }"), "{text}");
    }

    #[test]
    fn what_is_not_an_edit_says_so() {
        let mut files = Files { contract: CONTRACT.to_owned(), ..Files::default() };
        let lines = [(7, "limits.at_once 1".to_owned())];
        let (line, _, wrong) = apply(&mut files, BlockKind::Contract, &lines).unwrap_err();
        assert_eq!((line, wrong.message.as_str()), (7, "this is not an edit of a contract"));
        let lines = [(8, "without limits.at_onse".to_owned())];
        let (line, _, wrong) = apply(&mut files, BlockKind::Contract, &lines).unwrap_err();
        assert_eq!((line, wrong.message.as_str()), (8, "there is no such key in the contract"));
    }
}
