//! What upstreams say of their work: how it ended, and what it used, read as the bytes pass by.

mod anthropic;
mod decode;
mod gemini;
mod judge;
mod look;
mod openai;
mod reading;
mod squeeze;
mod sse;
mod told;
mod verdict;

pub use judge::{End, Judged, Reason};
pub use look::is_event_stream;
pub use reading::{Answered, Passed, Reading};
pub use verdict::{NotAVerdict, Verdict};

/// What is spoken with an upstream, which decides how the end of its work is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Plain HTTP, as a product's own backend speaks it.
    #[default]
    Http,
    /// OpenAI's chat completions, and what imitates them.
    OpenaiChat,
    /// OpenAI's responses.
    OpenaiResponses,
    /// Anthropic's messages.
    Anthropic,
    /// Gemini's `generateContent` and `streamGenerateContent`.
    Gemini,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Http, Self::OpenaiChat, Self::OpenaiResponses, Self::Anthropic, Self::Gemini];

    /// Its word in files and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::OpenaiChat => "openai_chat",
            Self::OpenaiResponses => "openai_responses",
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
        }
    }

    /// Does it speak with an AI provider itself, not with the product's own backend?
    #[must_use]
    pub const fn is_native(self) -> bool {
        !matches!(self, Self::Http)
    }
}
