//! The closed lists of words in `probity.yaml`.

use probity::Environment;
use probity::usage::Protocol;
use probity_core::Outcome;
use probity_core::contract::file::reading::Word;

/// `environment`.
#[derive(Clone, Copy)]
pub(super) struct Whereabouts(pub(super) Environment);

impl Word for Whereabouts {
    const WHAT: &'static str = "the environment";
    const WORDS: &'static [(&'static str, Self)] =
        &[("live", Self(Environment::Live)), ("sandbox", Self(Environment::Sandbox))];
}

/// `protocol`.
#[derive(Clone, Copy)]
pub(super) struct Spoken(pub(super) Protocol);

impl Word for Spoken {
    const WHAT: &'static str = "a protocol";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("http", Self(Protocol::Http)),
        ("openai_chat", Self(Protocol::OpenaiChat)),
        ("openai_responses", Self(Protocol::OpenaiResponses)),
        ("anthropic", Self(Protocol::Anthropic)),
        ("gemini", Self(Protocol::Gemini)),
    ];
}

/// `customer: token`.
#[derive(Clone, Copy)]
pub(super) struct Token;

impl Word for Token {
    const WHAT: &'static str = "who the customer is";
    const WORDS: &'static [(&'static str, Self)] = &[("token", Self)];
}

/// `then`.
#[derive(Clone, Copy)]
pub(super) struct Ends(pub(super) Outcome);

impl Word for Ends {
    const WHAT: &'static str = "how a run ends";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("delivered", Self(Outcome::Delivered)),
        ("partial", Self(Outcome::Partial)),
        ("empty", Self(Outcome::Empty)),
        ("failed", Self(Outcome::Failed)),
        ("bad_input", Self(Outcome::BadInput)),
        ("blocked", Self(Outcome::Blocked)),
        ("cancelled", Self(Outcome::Cancelled)),
        ("abandoned", Self(Outcome::Abandoned)),
        ("reopened", Self(Outcome::Reopened)),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_the_one_that_reports_use() {
        assert!(Whereabouts::WORDS.iter().all(|(word, is)| *word == is.0.word()));
        assert!(Spoken::WORDS.iter().all(|(word, is)| *word == is.0.word()));
        assert!(Ends::WORDS.iter().all(|(word, is)| *word == is.0.word()));
        assert_eq!(Whereabouts::WORDS.len(), Environment::ALL.len());
        assert_eq!(Spoken::WORDS.len(), Protocol::ALL.len());
        assert_eq!(Ends::WORDS.len(), Outcome::ALL.len());
    }
}
