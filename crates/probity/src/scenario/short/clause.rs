//! The clauses of a story in one line, and the one that is about how it begins.

use probity_core::Amount;

/// A clause with the place where it begins.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Clause<'t> {
    pub(in crate::scenario) text: &'t str,
    pub(in crate::scenario) at: usize,
}

/// Splits a line at `,` and `;` outside quotes.
pub(in crate::scenario) fn clauses(line: &str) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in line.char_indices().chain([(line.len(), ',')]) {
        quoted ^= letter == '"';
        if quoted || !matches!(letter, ',' | ';') {
            continue;
        }
        let text = &line[from..at];
        let trimmed = text.trim_start();
        if !trimmed.is_empty() {
            clauses.push(Clause { text: trimmed.trim_end(), at: at - trimmed.len() });
        }
        from = at + 1;
    }
    clauses
}

/// `and It's delivered` as `it is delivered`: a run is `it` also where the word begins a sentence,
/// and what binds a clause to the one before it says nothing.
pub(in crate::scenario) fn everyday(clause: &str) -> String {
    let clause = ["and ", "then "].iter().fold(clause, |c, word| c.strip_prefix(word).unwrap_or(c));
    let (first, rest) = clause.split_once(' ').unwrap_or((clause, ""));
    let it = match first {
        "It" => "it",
        "It's" | "it's" | "It’s" | "it’s" => "it is",
        _ => return clause.to_owned(),
    };
    format!("{it} {rest}").trim_end().to_owned()
}

/// `only 2 credits left`: what is there to use when the story begins.
pub(in crate::scenario) fn credits_left(clause: &str) -> Option<&str> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let words = words.strip_prefix(&["with"]).unwrap_or(&words);
    let words = words.strip_prefix(&["only"]).or(words.strip_prefix(&["Only"])).unwrap_or(words);
    match words {
        [number, "credits" | "credit"] | [number, "credits" | "credit", "left"] => {
            amount_of(number).map(|_| *number)
        }
        _ => None,
    }
}

/// An amount of credits, never below nothing.
pub(in crate::scenario) fn amount_of(text: &str) -> Option<Amount> {
    Amount::parse(text).ok().filter(|amount| *amount >= Amount::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_commas_outside_quotes() {
        let line = "ana on pro runs x, it ends bad_input because \"a, b\"; then";
        let split = clauses(line);
        let texts: Vec<&str> = split.iter().map(|c| c.text).collect();
        assert_eq!(texts, ["ana on pro runs x", "it ends bad_input because \"a, b\"", "then"]);
        assert!(split.iter().all(|c| line[c.at..].starts_with(c.text)));
    }

    #[test]
    fn credits_that_are_left_are_given() {
        assert_eq!(credits_left("only 2 credits left"), Some("2"));
        assert_eq!(credits_left("with 0.5 credits"), Some("0.5"));
        assert_eq!(credits_left("1 credit left"), Some("1"));
        assert_eq!(credits_left("2 parts arrive"), None);
        assert_eq!(credits_left("buys credits"), None);
    }

    #[test]
    fn a_run_is_it_also_where_a_sentence_begins() {
        let cases = [
            ("It's delivered", "it is delivered"),
            ("It fails", "it fails"),
            ("It", "it"),
            ("and then it fails", "it fails"),
        ];
        for (clause, expected) in cases {
            assert_eq!(everyday(clause), expected);
        }
        assert_eq!(everyday("Italy runs x"), "Italy runs x");
    }
}
