//! Cutting a stream of bytes into records, in bounded memory, whatever the bytes are.
//!
//! A record is a line, or in CSV a line with the lines its quotes run over. What cannot be a
//! record is given as a broken one, and reading goes on at the next line.

use super::csv;
use crate::replay::row::Reason;
use memchr::{memchr, memchr_iter, memchr2};
use std::io::{self, Read};

/// The longest record, in bytes. Longer is broken: nothing of a log is that long but by mistake.
pub(crate) const LONGEST: usize = 8 << 20;
/// How much is read at once.
const BLOCK: usize = 1 << 20;

/// How records are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Framing {
    /// A record is a line.
    Lines,
    /// Comma-separated, with this separator: quotes may run over lines.
    Separated(u8),
}

/// One record, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    /// The line it starts on, counted from 1.
    pub(crate) line: u64,
    /// Its text without the line's end.
    pub(crate) text: Result<&'a str, Reason>,
    /// How many bytes have been taken with it, line ends included.
    pub(crate) taken: u64,
}

/// A stream of bytes, read record by record.
#[derive(Debug)]
pub(crate) struct Records<R> {
    source: R,
    framing: Framing,
    buffer: Vec<u8>,
    start: usize,
    filled: usize,
    is_at_end: bool,
    line: u64,
    taken: u64,
}

/// What the bytes at hand say about the next record.
enum Found {
    /// It ends at this place; the line feed, if any, is of this length.
    Ends { length: usize, feed: usize, lines: u64 },
    /// More bytes are needed.
    Open,
    /// A quote that nothing closes: the first line is broken.
    OpenQuote,
}

impl<R: Read> Records<R> {
    /// Reads `source` from a place that is `line` lines in.
    pub(crate) fn new(source: R, framing: Framing, line: u64) -> Self {
        let buffer = Vec::new();
        Self { source, framing, buffer, start: 0, filled: 0, is_at_end: false, line, taken: 0 }
    }

    /// The next record that is not an empty line; `None` at the end.
    ///
    /// # Errors
    /// What reading the source says.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        let (line, found) = loop {
            let line = self.line;
            match self.find() {
                Found::Ends { length: 0, feed: 0, .. } => return Ok(None),
                Found::Ends { length, feed, lines } => {
                    let place = self.start..self.start + length;
                    self.take(length + feed, lines);
                    if !matches!(self.buffer.get(place.clone()), Some(b"" | b"\r")) {
                        break (line, Ok(place));
                    }
                }
                Found::OpenQuote => {
                    self.skip_line()?;
                    break (line, Err(Reason::OpenQuote));
                }
                Found::Open if self.filled - self.start > LONGEST => {
                    let reason = self.too_long();
                    self.skip_line()?;
                    break (line, Err(reason));
                }
                Found::Open => self.fill()?,
            }
        };
        let text = found.and_then(|place| text(self.buffer.get(place).unwrap_or_default()));
        Ok(Some(Record { line, text, taken: self.taken }))
    }

    fn find(&self) -> Found {
        let bytes = self.buffer.get(self.start..self.filled).unwrap_or_default();
        let (end, lines) = match self.framing {
            Framing::Lines => (memchr(b'\n', bytes), 1),
            Framing::Separated(separator) => match memchr2(b'\n', csv::QUOTE, bytes) {
                Some(at) if bytes.get(at) == Some(&csv::QUOTE) => {
                    let end = csv::record_end(bytes, separator, self.is_at_end);
                    let inside = bytes.get(..end.unwrap_or(0)).unwrap_or_default();
                    (end, memchr_iter(b'\n', inside).count() as u64 + 1)
                }
                end => (end, 1),
            },
        };
        match end {
            Some(length) => Found::Ends { length, feed: 1, lines },
            None if !self.is_at_end => Found::Open,
            None if self.is_quote_open(bytes) => Found::OpenQuote,
            None => Found::Ends { length: bytes.len(), feed: 0, lines: 0 },
        }
    }

    /// At the end of the stream: does a record of several lines lack its closing quote?
    fn is_quote_open(&self, bytes: &[u8]) -> bool {
        matches!(self.framing, Framing::Separated(separator)
            if memchr(csv::QUOTE, bytes).is_some()
                && csv::record_end(&[bytes, b"\n"].concat(), separator, true) != Some(bytes.len()))
    }

    fn too_long(&self) -> Reason {
        let bytes = self.buffer.get(self.start..self.filled).unwrap_or_default();
        if memchr(b'\n', bytes).is_some() { Reason::OpenQuote } else { Reason::TooLong }
    }

    /// Drops bytes up to and with the next line feed.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.buffer.get(self.start..self.filled).unwrap_or_default();
            if let Some(at) = memchr(b'\n', bytes) {
                self.take(at + 1, 1);
                return Ok(());
            }
            self.take(bytes.len(), 0);
            if self.is_at_end {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn take(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.taken += bytes as u64;
        self.line += lines;
    }

    /// Moves what is left to the front and reads one more block.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        if self.buffer.len() < self.filled + BLOCK {
            self.buffer.resize(self.filled + BLOCK, 0);
        }
        let free = self.buffer.get_mut(self.filled..).unwrap_or_default();
        loop {
            match self.source.read(free) {
                Ok(read) => {
                    self.filled += read;
                    self.is_at_end = read == 0;
                    return Ok(());
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str, Reason> {
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if memchr(0, bytes).is_some() {
        return Err(Reason::HasNul);
    }
    std::str::from_utf8(bytes).map_err(|_| Reason::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, so that every record lies across reads.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(3).min(into.len());
            let (now, later) = self.0.split_at(n);
            into[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    fn read(source: impl Read, framing: Framing) -> Vec<(u64, Result<String, Reason>)> {
        let mut records = Records::new(source, framing, 1);
        let mut all = Vec::new();
        while let Some(record) = records.next().unwrap() {
            all.push((record.line, record.text.map(String::from)));
        }
        all
    }

    fn ok(line: u64, text: &str) -> (u64, Result<String, Reason>) {
        (line, Ok(text.to_owned()))
    }

    const CSV: Framing = Framing::Separated(b',');

    #[test]
    fn lines_and_quotes_over_lines() {
        let bytes = b"a,b\r\n\n\"x\ny\",1\n\r\nlast";
        let expected = [ok(1, "a,b"), ok(3, "\"x\ny\",1"), ok(6, "last")];
        assert_eq!(read(&bytes[..], CSV), expected);
        assert_eq!(read(Drip(bytes), CSV), expected);
        let lines = [ok(1, "a,b"), ok(3, "\"x"), ok(4, "y\",1"), ok(6, "last")];
        assert_eq!(read(Drip(bytes), Framing::Lines), lines);
    }

    #[test]
    fn nothing_gives_nothing() {
        for bytes in [&b""[..], b"\n", b"\r\n\n"] {
            assert_eq!(read(bytes, CSV), []);
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_breaks_one_line_only() {
        let expected = [ok(1, "a"), (2, Err(Reason::OpenQuote)), ok(3, "c"), ok(4, "d")];
        assert_eq!(read(&b"a\n\"b\nc\nd\n"[..], CSV), expected);
        assert_eq!(read(Drip(b"a\n\"b\nc\nd"), CSV), expected);
        assert_eq!(read(&b"a,\"b\""[..], CSV), [ok(1, "a,\"b\"")]);
    }

    #[test]
    fn bytes_that_are_no_text_break_one_record_only() {
        let expected = [(1, Err(Reason::NotUtf8)), (2, Err(Reason::HasNul)), ok(3, "é")];
        assert_eq!(read("\n\né\n".as_bytes(), CSV), [ok(3, "é")]);
        let bytes = [&b"\xff\xfe\n\0a\n"[..], "é".as_bytes()].concat();
        assert_eq!(read(&bytes[..], CSV), expected);
    }

    #[test]
    fn a_line_without_end_costs_bounded_memory() {
        let bytes = io::repeat(b'x').take(40 << 20).chain(&b"\nnext\n"[..]);
        let mut records = Records::new(bytes, CSV, 1);
        assert_eq!(records.next().unwrap().unwrap().text, Err(Reason::TooLong));
        assert_eq!(records.next().unwrap().map(|r| (r.line, r.text)), Some((2, Ok("next"))));
        assert!(records.buffer.len() <= LONGEST + 2 * BLOCK, "{}", records.buffer.len());
        let bytes = (&b"\"\nx\n"[..]).chain(io::repeat(b'y').take(20 << 20)).chain(&b"\nz\n"[..]);
        let mut records = Records::new(bytes, CSV, 1);
        assert_eq!(records.next().unwrap().unwrap().text, Err(Reason::OpenQuote));
        assert_eq!(records.next().unwrap().map(|r| (r.line, r.text)), Some((2, Ok("x"))));
    }

    #[test]
    fn bytes_taken_are_counted() {
        let mut records = Records::new(&b"ab\n\ncd"[..], CSV, 1);
        assert_eq!(records.next().unwrap().map(|r| r.taken), Some(3));
        assert_eq!(records.next().unwrap().map(|r| r.taken), Some(6));
    }
}
