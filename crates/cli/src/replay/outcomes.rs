//! What the status words of other systems mean among the nine outcomes.
//!
//! One table for words and one rule for HTTP codes; `--outcome-map` comes first. A word that is in
//! neither is not guessed: its rows are set aside and the report names the word.

use super::role::plain_name;
use probity_core::Outcome;
use std::collections::BTreeMap;

/// Words by outcome, in their plain form; an ending `_error` or `_exception` does not count.
pub(crate) const WORDS: [(Outcome, &str); 9] = [
    (
        Outcome::Delivered,
        "delivered ok success successful succeeded done complete completed finished \
         fulfilled ready resolved passed true yes stop end_turn stop_sequence length \
         max_tokens tool_calls tool_use function_call",
    ),
    (
        Outcome::Partial,
        "partial partially_delivered partial_success partial_content incomplete truncated",
    ),
    (
        Outcome::Empty,
        "empty not_found nothing_found no_result no_results no_match no_matches no_data \
         zero_results none_found",
    ),
    (
        Outcome::Failed,
        "failed failure fail error errored exception false no timeout timed_out time_out \
         too_slow expired crashed killed dead server internal_server internal upstream \
         api api_connection connection unavailable service_unavailable overloaded \
         rate_limit rate_limited too_many_requests throttled authentication \
         permission_denied budget_exceeded bad_gateway gateway_timeout",
    ),
    (
        Outcome::BadInput,
        "bad_input bad_request invalid invalid_input invalid_request validation rejected \
         unprocessable unprocessable_entity too_large unsupported context_window_exceeded \
         context_length_exceeded",
    ),
    (
        Outcome::Blocked,
        "blocked content_filter content_filtered content_policy content_policy_violation \
         refused refusal moderated moderation safety policy_violation prohibited_content \
         guardrail guardrail_blocked",
    ),
    (
        Outcome::Cancelled,
        "cancelled canceled user_cancelled user_canceled stopped aborted \
         client_closed_request",
    ),
    (Outcome::Abandoned, "abandoned disconnected client_disconnected client_gone"),
    (Outcome::Reopened, "reopened cached cache cache_hit hit from_cache not_modified already_done"),
];

/// What a status word or an HTTP code means; `None` where that is not known.
///
/// HTTP: 2xx delivered (206 partial), 304 reopened, 404 empty, 451 blocked, 499 cancelled; of the
/// other 4xx those that are no fault of the input (401–403, 408, 409, 425, 429) failed, the rest
/// are bad input; 5xx failed.
pub(crate) fn known(word: &str) -> Option<Outcome> {
    let plain = plain_name(word);
    if let Some(outcome) = http(&plain) {
        return Some(outcome);
    }
    let bare = plain.strip_suffix("_error").or_else(|| plain.strip_suffix("_exception"));
    let bare = bare.unwrap_or(&plain);
    WORDS.iter().find(|(_, words)| words.split(' ').any(|w| w == bare)).map(|(outcome, _)| *outcome)
}

fn http(text: &str) -> Option<Outcome> {
    if text.len() != 3 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(match text.parse::<u16>().ok()? {
        206 => Outcome::Partial,
        200..=299 => Outcome::Delivered,
        304 => Outcome::Reopened,
        404 => Outcome::Empty,
        451 => Outcome::Blocked,
        499 => Outcome::Cancelled,
        401..=403 | 408 | 409 | 425 | 429 | 500..=599 => Outcome::Failed,
        400..=498 => Outcome::BadInput,
        _ => return None,
    })
}

/// The words a person has given a meaning (`--outcome-map`), before the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct OutcomeMap(BTreeMap<String, Said>);

#[derive(Clone, Debug)]
struct Said {
    outcome: Outcome,
    /// As it was typed.
    text: String,
    is_met: bool,
}

impl OutcomeMap {
    /// Adds `WORD=OUTCOME`; an empty word stands for an empty cell.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let (word, outcome) =
            text.rsplit_once('=').ok_or_else(|| format!("`{text}` is not WORD=OUTCOME"))?;
        let outcome = Outcome::parse(outcome.trim()).ok_or_else(|| {
            let words: Vec<_> = Outcome::ALL.iter().map(|o| o.word()).collect();
            format!("`{}` is none of the nine outcomes: {}", outcome.trim(), words.join(", "))
        })?;
        let said = Said { outcome, text: text.to_owned(), is_met: false };
        self.0.insert(word.trim().to_ascii_lowercase(), said);
        Ok(())
    }

    /// What a cell means: the person's word first, then the table.
    pub(crate) fn read(&mut self, cell: &str) -> Option<Outcome> {
        let Some(said) = self.0.get_mut(&cell.trim().to_ascii_lowercase()) else {
            return known(cell);
        };
        said.is_met = true;
        Some(said.outcome)
    }

    /// What a person has said that no cell has met.
    pub(crate) fn unmet(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter(|said| !said.is_met).map(|said| said.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_of_other_systems() {
        for (word, outcome) in [
            ("OK", Outcome::Delivered),
            ("Success", Outcome::Delivered),
            ("tool_calls", Outcome::Delivered),
            ("206", Outcome::Partial),
            ("no results", Outcome::Empty),
            ("404", Outcome::Empty),
            ("RateLimitError", Outcome::Failed),
            ("Timeout", Outcome::Failed),
            ("503", Outcome::Failed),
            ("429", Outcome::Failed),
            ("BadRequestError", Outcome::BadInput),
            ("422", Outcome::BadInput),
            ("ContentPolicyViolationError", Outcome::Blocked),
            ("content-filter", Outcome::Blocked),
            ("499", Outcome::Cancelled),
            ("Canceled", Outcome::Cancelled),
            ("client_gone", Outcome::Abandoned),
            ("HIT", Outcome::Reopened),
            ("304", Outcome::Reopened),
        ] {
            assert_eq!(known(word), Some(outcome), "{word}");
        }
        for word in ["", "fine-ish", "20", "2000", "100", "302", "42"] {
            assert_eq!(known(word), None, "{word}");
        }
    }

    #[test]
    fn no_word_means_two_outcomes_and_each_outcome_knows_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for (outcome, words) in WORDS {
            assert_eq!(known(outcome.word()), Some(outcome));
            for word in words.split(' ') {
                assert!(seen.insert(word), "{word} means two outcomes");
                assert_eq!(known(word), Some(outcome), "{word} is shadowed");
            }
        }
    }

    #[test]
    fn a_persons_word_comes_first() {
        let mut map = OutcomeMap::default();
        map.add("length=partial").unwrap();
        map.add("=delivered").unwrap();
        assert_eq!(map.read("LENGTH"), Some(Outcome::Partial));
        assert_eq!(map.read(""), Some(Outcome::Delivered));
        assert_eq!(map.read("ok"), Some(Outcome::Delivered));
        assert!(map.add("x").is_err());
        assert!(map.add("x=great").unwrap_err().contains("reopened"));
    }
}
