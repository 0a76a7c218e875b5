//! What a backend itself says of its work: `delivered`, `partial;parts=5`, `failed; reason="…"`.
//!
//! An item of a structured field (RFC 9651): a token with parameters. Read strictly and within a
//! bound: what is not understood whole is no verdict, never half of one.

use probity_core::Outcome;

/// The longest verdict, in bytes.
const LONGEST: usize = 1024;

/// The longest reason, in bytes: as long as a report over HTTP may give.
const REASON: usize = 500;

/// Counts above it are no counts.
const COUNT: u64 = (1 << 53) - 1;

/// What a backend says of its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it ended.
    pub outcome: Outcome,
    /// `parts`: how many parts arrived.
    pub parts: Option<u32>,
    /// `quantity`: how many units arrived.
    pub quantity: Option<u64>,
    /// `reason`: a finer one, for the receipt.
    pub reason: Option<String>,
}

/// Why a text is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAVerdict {
    /// It is longer than 1,024 bytes, or its reason is longer than 500.
    TooLong,
    /// Its first word is none of the nine outcomes.
    UnknownOutcome,
    /// A parameter other than `parts`, `quantity` and `reason`.
    UnknownParameter,
    /// A parameter is there twice.
    Twice,
    /// A value is not written as it should be, or something follows that should not.
    Malformed,
}

impl NotAVerdict {
    /// What is wrong and what would be right, for the operator.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::TooLong => "A verdict has at most 1,024 bytes, its reason at most 500.",
            Self::UnknownOutcome => "A verdict begins with one of the nine outcomes.",
            Self::UnknownParameter => {
                "After the outcome only `parts`, `quantity` and `reason` are known."
            }
            Self::Twice => "Each of `parts`, `quantity` and `reason` can be said once.",
            Self::Malformed => {
                "Write it such as `partial;parts=5` or `failed;reason=\"the source was down\"`."
            }
        }
    }
}

impl Verdict {
    /// Reads the value of a `Probity-Outcome` header, or the data of a `probity.outcome` event.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &[u8]) -> Result<Self, NotAVerdict> {
        if text.len() > LONGEST {
            return Err(NotAVerdict::TooLong);
        }
        let mut scan = Scan(text.trim_ascii());
        let word = scan.word();
        let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.word().as_bytes() == word);
        let outcome = outcome.ok_or(NotAVerdict::UnknownOutcome)?;
        let mut verdict = Self { outcome, parts: None, quantity: None, reason: None };
        while scan.take(b';') {
            scan.skip_spaces();
            match scan.word() {
                b"parts" => once(&mut verdict.parts, scan.parameter(Scan::count)?)?,
                b"quantity" => once(&mut verdict.quantity, scan.parameter(Scan::count)?)?,
                b"reason" => once(&mut verdict.reason, scan.parameter(Scan::text)?)?,
                _ => return Err(NotAVerdict::UnknownParameter),
            }
        }
        if scan.0.is_empty() { Ok(verdict) } else { Err(NotAVerdict::Malformed) }
    }
}

fn once<T, U: TryFrom<T>>(place: &mut Option<U>, value: T) -> Result<(), NotAVerdict> {
    if place.is_some() {
        return Err(NotAVerdict::Twice);
    }
    *place = Some(U::try_from(value).map_err(|_| NotAVerdict::Malformed)?);
    Ok(())
}

/// What is left to read.
struct Scan<'a>(&'a [u8]);

impl<'a> Scan<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.0.first() == Some(&byte);
        if is_next {
            self.next();
        }
        is_next
    }

    fn skip_spaces(&mut self) {
        while self.take(b' ') {}
    }

    /// Lower-case letters and underscores.
    fn word(&mut self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| !(byte.is_ascii_lowercase() || *byte == b'_'));
        let (word, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        word
    }

    fn parameter<T>(
        &mut self,
        value: impl FnOnce(&mut Self) -> Result<T, NotAVerdict>,
    ) -> Result<T, NotAVerdict> {
        if self.take(b'=') { value(self) } else { Err(NotAVerdict::Malformed) }
    }

    fn count(&mut self) -> Result<u64, NotAVerdict> {
        let end = self.0.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() <= 15);
        let count = digits.and_then(|digits| digits.parse().ok()).filter(|n: &u64| *n <= COUNT);
        count.ok_or(NotAVerdict::Malformed)
    }

    /// A string in quotes (§3.3.3), or one of any letters as `%"…"` (§3.3.8).
    fn text(&mut self) -> Result<String, NotAVerdict> {
        let is_display = self.take(b'%');
        if !self.take(b'"') {
            return Err(NotAVerdict::Malformed);
        }
        let mut bytes = Vec::new();
        loop {
            match self.next().ok_or(NotAVerdict::Malformed)? {
                b'"' => break,
                b'%' if is_display => bytes.push(self.hex()? * 16 + self.hex()?),
                b'\\' if !is_display => {
                    bytes.push(
                        self.next()
                            .filter(|b| b"\"\\".contains(b))
                            .ok_or(NotAVerdict::Malformed)?,
                    );
                }
                byte @ b' '..=b'~' => bytes.push(byte),
                _ => return Err(NotAVerdict::Malformed),
            }
        }
        if bytes.len() > REASON {
            return Err(NotAVerdict::TooLong);
        }
        let text = String::from_utf8(bytes).map_err(|_| NotAVerdict::Malformed)?;
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(NotAVerdict::Malformed);
        }
        Ok(text)
    }

    fn hex(&mut self) -> Result<u8, NotAVerdict> {
        match self.next() {
            Some(digit @ b'0'..=b'9') => Ok(digit - b'0'),
            Some(digit @ b'a'..=b'f') => Ok(digit - b'a' + 10),
            _ => Err(NotAVerdict::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Verdict, NotAVerdict> {
        Verdict::read(text.as_bytes())
    }

    #[test]
    fn every_outcome_can_be_said() {
        for outcome in Outcome::ALL {
            let verdict = read(outcome.word()).unwrap();
            assert_eq!((verdict.outcome, verdict.parts, verdict.reason), (outcome, None, None));
        }
    }

    #[test]
    fn parameters_are_read_in_any_order() {
        let verdict = read(r#" partial ;parts=5"#);
        assert_eq!(verdict, Err(NotAVerdict::Malformed));
        let verdict = read(r#" partial; reason="5 of \"8\" \\";  quantity=7;parts=5 "#).unwrap();
        let reason = Some(r#"5 of "8" \"#.to_owned());
        let parts = (verdict.parts, verdict.quantity);
        assert_eq!(
            (verdict.outcome, parts, verdict.reason),
            (Outcome::Partial, (Some(5), Some(7)), reason)
        );
        let reason = read(r#"failed;reason=%"f%c3%bcr 50%25""#).unwrap().reason;
        assert_eq!(reason.as_deref(), Some("für 50%"));
    }

    #[test]
    fn what_is_not_understood_whole_is_none() {
        use NotAVerdict::{Malformed, TooLong, Twice, UnknownOutcome, UnknownParameter};
        for (text, why) in [
            ("", UnknownOutcome),
            ("Delivered", UnknownOutcome),
            ("deliveredx", UnknownOutcome),
            ("success", UnknownOutcome),
            ("delivered, failed", Malformed),
            ("delivered;", UnknownParameter),
            ("partial;part=5", UnknownParameter),
            ("partial;parts", Malformed),
            ("partial;parts=", Malformed),
            ("partial;parts=-1", Malformed),
            ("partial;parts=5.5", Malformed),
            ("partial;parts=4294967296", Malformed),
            ("partial;parts=5;parts=5", Twice),
            ("delivered;quantity=9007199254740992", Malformed),
            ("failed;reason=down", Malformed),
            ("failed;reason=\"down", Malformed),
            ("failed;reason=\"\"", Malformed),
            ("failed;reason=\"a\\nb\"", Malformed),
            ("failed;reason=\"ü\"", Malformed),
            ("failed;reason=%\"%0a\"", Malformed),
            ("failed;reason=%\"%ff\"", Malformed),
            ("failed;reason=%\"%C3%BC\"", Malformed),
            ("failed;reason=\"x\" y", Malformed),
        ] {
            assert_eq!(read(text), Err(why), "{text}");
        }
        assert_eq!(read(&format!("failed;reason=\"{}\"", "x".repeat(501))), Err(TooLong));
        assert_eq!(read(&" ".repeat(2000)), Err(TooLong));
    }
}
