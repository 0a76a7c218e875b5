//! "Did you mean": the nearest of the words that are allowed.

/// Longest word that is compared with others; nobody mistypes a paragraph.
const LONGEST: usize = 60;

/// The candidate that somebody who wrote `word` most likely meant; None where nothing is near.
pub(super) fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let allowed = plain(word).chars().count().div_ceil(3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters apart two words are; what is too long to be compared is far from everything.
pub fn distance(word: &str, other: &str) -> usize {
    if word.len().max(other.len()) > LONGEST {
        return LONGEST;
    }
    strsim::damerau_levenshtein(&plain(word), &plain(other))
}

/// Lower case, with spaces and dashes as underscores.
fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Words for a sentence: `a`, `b` and `c`.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined(words, "and")
}

/// Words to choose from: `a`, `b` or `c`.
pub fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined(words, "or")
}

fn joined<'a>(words: impl IntoIterator<Item = &'a str>, last_by: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {last_by} {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// A text from a file, short enough for a message.
pub fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{}`", short.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_was_meant_and_nothing_far_off() {
        let words = ["price", "parts", "counts_as", "same_again_free_for"];
        assert_eq!(closest("prise", words), Some("price"));
        assert_eq!(closest("Counts As", words), Some("counts_as"));
        assert_eq!(closest("same_again_free", words), Some("same_again_free_for"));
        assert_eq!(closest("warranty", words), None);
    }
}
