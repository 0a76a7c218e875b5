//! The faults, in one table: the name that a call chooses one by, and what then happens.

macro_rules! faults {
    ($( $variant:ident = $name:literal, $says:literal; )*) => {
        /// What goes wrong with an answer.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        pub enum Fault {
            #[default]
            $( #[doc = $says] $variant, )*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What happens, in one line.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self { $( Self::$variant => $says, )* }
            }
        }
    };
}

faults! {
    None = "ok", "Nothing goes wrong.";
    Slow = "slow", "The body comes a byte at a time.";
    Paced = "paced", "A stream comes an event at a time, as models write.";
    SlowHeaders = "slow-headers", "The head of the answer comes a byte at a time.";
    StallFirst = "stall-first", "Nothing is answered, and the connection stays open.";
    Stall = "stall", "Half of the output comes, then nothing more.";
    Cut = "cut", "The connection is reset after half of the output.";
    Truncate = "truncate", "The output ends cleanly, but nothing says that it is the end.";
    WrongLength = "wrong-length", "More bytes are announced than come.";
    Status400 = "status-400", "400: the request is not understood.";
    Status401 = "status-401", "401: the key is wrong.";
    Status404 = "status-404", "404: there is no such model.";
    Status429 = "status-429", "429: too many requests; Retry-After says when.";
    Status500 = "status-500", "500: a fault inside.";
    Status503 = "status-503", "503: away for a while.";
    Status529 = "status-529", "529: overloaded, as Anthropic says it.";
    ErrorIn200 = "error-in-200", "200, and an error in the body, or after half of the stream.";
    Empty = "empty", "A good end with no output.";
    Refusal = "refusal", "The model refuses before any output.";
    Filter = "filter", "A safety filter stops the output half-way.";
    Length = "length", "The limit of length ends the output.";
    LengthEmpty = "length-empty", "All of the limit went into reasoning: no visible output.";
    TwoTerminals = "two-terminals", "A stream says twice that it is the end.";
    NoUsage = "no-usage", "Nothing is said of usage.";
    ZeroUsage = "zero-usage", "Usage is there, and all of it is 0.";
    Cached = "cached", "Most of the input was read from a cache.";
    ToolCall = "tool-call", "The model calls a tool and says nothing.";
    Gzip = "gzip", "The body is compressed.";
    Malformed = "malformed", "The JSON breaks off in the middle.";
    Huge = "huge", "A body of 10 GB.";
    Endless = "endless", "The output never ends.";
    BigEvent = "big-event", "One event (or one text) of 100 MB.";
    HeaderFlood = "header-flood", "The head of the answer has 4,000 headers.";
    Redirect = "redirect", "307 to another path of this upstream.";
}

/// What the name of a model begins with that chooses a fault.
pub(super) const MODEL: &str = "fake-";

impl Fault {
    /// The fault of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }

    /// The name that somebody who wrote another most likely meant.
    pub(super) fn near(name: &str) -> Option<&'static str> {
        let far = |fault: &&Self| strsim::damerau_levenshtein(fault.name(), name);
        let near = Self::ALL.iter().filter(|fault| name.len() < 40 && far(fault) <= 3);
        near.min_by_key(far).map(|fault| fault.name())
    }

    /// The status it is answered with, where that is the fault.
    pub(super) const fn status(self) -> Option<u16> {
        Some(match self {
            Self::Status400 => 400,
            Self::Status401 => 401,
            Self::Status404 => 404,
            Self::Status429 => 429,
            Self::Status500 => 500,
            Self::Status503 => 503,
            Self::Status529 => 529,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn every_fault_is_found_by_its_name_and_says_what_it_does() {
        for fault in Fault::ALL {
            assert_eq!(Fault::named(fault.name()), Some(*fault));
            assert!(fault.says().ends_with('.'));
            if let Some(status) = fault.status() {
                assert_eq!(fault.name(), format!("status-{status}"));
            }
        }
        assert_eq!(Fault::near("stal"), Some("stall"));
        assert_eq!(Fault::near("warranty"), None);
    }
}
