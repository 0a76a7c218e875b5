//! A line as words: split at spaces, texts in quotes kept whole, each with its place.
//!
//! This knows what a word, a text, a number, a length or a date looks like. What words mean stands
//! in the grammar.

use super::fault::{Wrong, instead_of};
use super::moment::Moment;
use probity_core::time::Length;
use probity_core::{Amount, Cost, Currency, Money};
use std::ops::Range;

/// One word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Where it stands, with its quotes.
    pub(super) span: Range<usize>,
    /// It stood in quotes.
    pub(super) quoted: bool,
}

/// The words of one line, read from left to right.
#[derive(Clone, Debug)]
pub(super) struct Scan<'a> {
    words: Vec<Word<'a>>,
    next: usize,
}

/// What a reading comes to: the value, or what is wrong with the line.
pub(super) type Read<T> = Result<T, Wrong>;

impl<'a> Scan<'a> {
    /// Splits a line. `,` and `+` stand for themselves; `offset` is where the text begins in it.
    pub(super) fn of(text: &'a str, offset: usize) -> Read<Self> {
        let mut words = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { break };
            let start = offset + (text.len() - rest.len());
            let (length, quoted) = match first {
                '"' => match rest[1..].find('"') {
                    Some(end) => (end + 2, true),
                    None => {
                        let span = start..start + rest.len();
                        return Err(Wrong::new(
                            span,
                            "a text is not closed",
                            "Close it with `\"`.",
                        ));
                    }
                },
                ',' | ';' => (1, false),
                _ => (rest.find([' ', '\t', ',', ';']).unwrap_or(rest.len()), false),
            };
            let word = &rest[..length];
            let inner = if quoted { &word[1..length - 1] } else { word };
            words.push(Word { text: inner, span: start..start + length, quoted });
            rest = &rest[length..];
        }
        Ok(Self { words, next: 0 })
    }

    /// Is there nothing left to read?
    pub(super) fn is_done(&self) -> bool {
        self.next >= self.words.len()
    }

    /// The next word, without reading it.
    pub(super) fn peek(&self) -> Option<&'a str> {
        self.words.get(self.next).filter(|w| !w.quoted).map(|w| w.text)
    }

    /// The word after the next one.
    pub(super) fn peek_second(&self) -> Option<&'a str> {
        self.words.get(self.next + 1).filter(|w| !w.quoted).map(|w| w.text)
    }

    /// Where the next word stands; the end of the line where there is none.
    pub(super) fn here(&self) -> Range<usize> {
        let last = || self.words.last().map_or(0..0, |w| w.span.end..w.span.end);
        self.words.get(self.next).map_or_else(last, |w| w.span.clone())
    }

    /// Where the word just read stands.
    pub(super) fn behind(&self) -> Range<usize> {
        let read = self.next.checked_sub(1).and_then(|i| self.words.get(i));
        read.map_or(0..0, |w| w.span.clone())
    }

    /// Reads the next word if it is this one.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let is_it = self.peek() == Some(word);
        self.next += usize::from(is_it);
        is_it
    }

    /// Reads these words if they all come next.
    pub(super) fn take_all(&mut self, words: &[&str]) -> bool {
        let next = self.words.get(self.next..self.next + words.len()).unwrap_or_default();
        let fits = next.len() == words.len()
            && next.iter().zip(words).all(|(w, expected)| !w.quoted && w.text == *expected);
        self.next += if fits { words.len() } else { 0 };
        fits
    }

    /// Reads this word, or says that it is missing.
    pub(super) fn need(&mut self, word: &str) -> Read<()> {
        if self.take(word) { Ok(()) } else { Err(self.missing(&format!("`{word}`"))) }
    }

    /// Reads any word or text; `what` says which is missing.
    pub(super) fn any(&mut self, what: &str) -> Read<&'a str> {
        let Some(word) = self.words.get(self.next).filter(|w| w.text != "," || w.quoted) else {
            return Err(self.missing(what));
        };
        self.next += 1;
        Ok(word.text)
    }

    /// Reads a text in quotes.
    pub(super) fn quoted(&mut self, what: &str) -> Read<&'a str> {
        match self.words.get(self.next) {
            Some(word) if word.quoted => {
                self.next += 1;
                Ok(word.text)
            }
            _ => Err(self.missing(&format!("{what} in quotes"))),
        }
    }

    /// Reads a word of a closed list.
    pub(super) fn one_of<T: Copy>(&mut self, what: &str, list: &[(&str, T)]) -> Read<T> {
        let found = self.peek().and_then(|word| list.iter().find(|(known, _)| *known == word));
        match found {
            Some((_, value)) => {
                self.next += 1;
                Ok(*value)
            }
            None => Err(self.unknown(what, list.iter().map(|(word, _)| *word))),
        }
    }

    /// The next word is none of these.
    pub(super) fn unknown<'k>(
        &self,
        what: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Wrong {
        let fix = instead_of(self.peek().unwrap_or_default(), known);
        match self.words.get(self.next) {
            Some(word) => {
                Wrong::new(word.span.clone(), format!("`{}` is not {what}", word.text), fix)
            }
            None => Wrong::new(self.here(), format!("{what} is missing"), fix),
        }
    }

    fn missing(&self, what: &str) -> Wrong {
        let message = match self.words.get(self.next) {
            Some(word) => format!("`{}` stands where {what} should be", word.text),
            None => format!("the line ends where {what} should be"),
        };
        Wrong::new(self.here(), message, format!("Write {what} here."))
    }

    /// Reads a literal that `parse` understands.
    fn literal<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
        match self.peek().and_then(parse) {
            Some(value) => {
                self.next += 1;
                Ok(value)
            }
            None => Err(self.missing(what)),
        }
    }

    /// Reads an amount of credits: `6`, `0.5`, `6 credits`.
    pub(super) fn credits(&mut self) -> Read<Amount> {
        let amount =
            self.literal("an amount of credits such as 6 or 0.5", |t| Amount::parse(t).ok())?;
        let _ = self.take("credits") || self.take("credit");
        Ok(amount)
    }

    /// Reads a whole number.
    pub(super) fn number(&mut self) -> Read<u64> {
        self.literal("a whole number", |t| t.parse().ok())
    }

    /// Is the next word a whole number?
    pub(super) fn is_number(&self) -> bool {
        self.peek().is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()))
    }

    /// Reads `$5`, `$0.10` or `EUR 5`.
    pub(super) fn money(&mut self) -> Read<Money> {
        if let (Some(code), Some(number)) = (self.peek(), self.peek_second())
            && let Some(currency) = Currency::parse(code)
            && let Some(money) = Money::parse(currency, number)
        {
            self.next += 2;
            return Ok(money);
        }
        let dollars = |t: &str| Money::parse(Currency::USD, t.strip_prefix('$')?);
        self.literal("a sum of money such as $5 or EUR 5", dollars)
    }

    /// Reads an exact cost in dollars.
    pub(super) fn cost(&mut self) -> Read<Cost> {
        self.literal("a cost such as $0.264", |t| Cost::parse(t.strip_prefix('$')?))
    }

    /// Reads `10 minutes`.
    pub(super) fn length(&mut self) -> Read<Length> {
        let two = (self.peek(), self.peek_second());
        let parsed = match two {
            (Some(count), Some(unit)) => Length::parse(&format!("{count} {unit}")),
            _ => None,
        };
        match parsed {
            Some(length) => {
                self.next += 2;
                Ok(length)
            }
            None => Err(self.missing("a length of time such as `10 minutes`")),
        }
    }

    /// Reads `2026-11-23` or `2026-11-23 10:00`.
    pub(super) fn moment(&mut self) -> Read<Moment> {
        let two = match (self.peek(), self.peek_second()) {
            (Some(date), Some(clock)) => Moment::parse(&format!("{date} {clock}")),
            _ => None,
        };
        if let Some(moment) = two {
            self.next += 2;
            return Ok(moment);
        }
        self.literal("a date such as 2026-11-23, or 2026-11-23 10:00", Moment::parse)
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Read<()> {
        match self.words.get(self.next) {
            None => Ok(()),
            Some(word) => Err(Wrong::new(
                word.span.clone(),
                format!("`{}` is not understood here", word.text),
                "Leave it out, or write it as scenarios/README.md shows.",
            )),
        }
    }
}
