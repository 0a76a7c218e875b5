//! Secrets that stand in a deployment's file: what is shown of the file, or said of it, has marks in
//! their place.

use super::problems::Problem;
use probity_core::diagnostic::Diagnostic;
use std::ops::Range;

/// How keys begin, of those who are known to give them out.
const BEGINNINGS: [&str; 9] =
    ["sk-", "sk_", "ct_", "AIza", "gsk_", "xai-", "ghp_", "github_pat_", "whsec_"];
/// What stands before a credential.
const SCHEMES: [&str; 2] = ["Bearer", "Basic"];
/// Shorter than that, nothing is guessed to be a secret.
const SHORTEST: usize = 8;
/// From this length on, letters and digits in a mixture are taken for one.
const LONG: usize = 24;

/// Does it begin as keys do?
pub(super) fn begins_like_one(text: &str) -> bool {
    text.len() >= SHORTEST && BEGINNINGS.iter().any(|begin| text.starts_with(begin))
}

/// Puts marks in place of secrets, as long as they are, so that every place in the text stays where it
/// was: in the text, and in what is said of it.
pub fn hide(text: &mut String, findings: &mut [Diagnostic]) {
    let is_told = |found: &&Diagnostic| found.id == Problem::SecretInTheFile.id();
    let told = findings.iter().filter(is_told).map(|found| found.place.span.clone());
    let mut spans: Vec<Range<usize>> = told.map(|span| within(text, span)).collect();
    let words = spans.iter().filter_map(|span| text.get(span.clone()).map(bare).map(str::to_owned));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    spans.extend(guessed(text));
    for span in spans {
        mark(text, span);
    }
    for found in findings {
        for said in [&mut found.message, &mut found.label, &mut found.fix] {
            for word in words.iter().filter(|word| word.len() >= SHORTEST) {
                *said = said.replace(word, "***");
            }
            for span in guessed(said) {
                mark(said, span);
            }
        }
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}

/// Of an address only the user and password, of anything else all.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let (start, end) = (text.floor_char_boundary(span.start), text.floor_char_boundary(span.end));
    let end = end.max(start);
    let written = text.get(start..end).unwrap_or_default();
    match (written.find("://"), written.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => start + scheme + 3..start + at,
        _ => start..end,
    }
}

/// What looks like a secret, wherever it stands.
fn guessed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = "";
    let mut at = 0;
    for word in text.split(|c: char| !is_of_a_word(c)) {
        if !word.is_empty() {
            let follows = SCHEMES.iter().any(|scheme| before.eq_ignore_ascii_case(scheme));
            let is_guessed = begins_like_one(word) || is_mixed(word);
            if is_guessed || follows && word.len() >= SHORTEST {
                found.push(at..at + word.len());
            }
            before = word;
        }
        let rest = text.get(at + word.len()..).unwrap_or_default();
        at += word.len() + rest.chars().next().map_or(0, char::len_utf8);
    }
    found
}

const fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '=' | '.')
}

/// Small and large letters and digits, without an end: nobody gives such names.
fn is_mixed(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|b| is(&b));
    word.len() >= LONG
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
}

fn mark(text: &mut String, span: Range<usize>) {
    let Some(written) = text.get(span.clone()) else { return };
    let marks: String = written.bytes().map(|b| if b == b'\n' { '\n' } else { '*' }).collect();
    text.replace_range(span, &marks);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_key_is_marked_and_nothing_else() {
        let hidden = |text: &str| {
            let mut text = text.to_owned();
            hide(&mut text, &mut []);
            text
        };
        for (text, shown) in [
            ("a: sk-live-1234", "a: ************"),
            ("é: \"Bearer abc.defghijkl\"", "é: \"Bearer *************\""),
            ("é: Bearer abcdefghijkl", "é: Bearer ************"),
            ("k: aB3aB3aB3aB3aB3aB3aB3aB3", "k: ************************"),
            ("{ env: OPENAI_API_KEY }", "{ env: OPENAI_API_KEY }"),
            ("x-a-rather-long-name-of-a-header-2", "x-a-rather-long-name-of-a-header-2"),
            ("sk-", "sk-"),
        ] {
            assert_eq!(hidden(text), shown);
        }
    }
}
