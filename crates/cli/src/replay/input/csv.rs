//! Comma-separated records: where one ends, and its cells. RFC 4180 with any one-byte separator.
//!
//! Made for speed on plain lines (no quotes: two scans of memory); quoted cells, also across
//! lines, take a slower way. A quote matters only where a cell begins, as most writers mean it.

use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// The quote of RFC 4180.
pub(crate) const QUOTE: u8 = b'"';

/// Where the record that starts `bytes` ends: the place of its line feed. `None`: not in here.
///
/// `is_all` says that nothing follows `bytes`, so that a quote at its end closes a cell.
pub(crate) fn record_end(bytes: &[u8], separator: u8, is_all: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        let cell = bytes.get(at..)?;
        if cell.first() == Some(&QUOTE) {
            at += closing_quote(cell, is_all)? + 1;
        }
        let rest = bytes.get(at..)?;
        let stop = memchr2(separator, b'\n', rest)?;
        at += stop;
        if rest.get(stop) == Some(&b'\n') {
            return Some(at);
        }
        at += 1;
    }
}

/// The place of the quote that closes the cell which `cell` opens with.
fn closing_quote(cell: &[u8], is_all: bool) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr(QUOTE, cell.get(at..)?)?;
        match cell.get(at + 1) {
            Some(&QUOTE) => at += 2,
            None if !is_all => return None,
            _ => return Some(at),
        }
    }
}

/// Calls `each` with the number and the text of every cell of a record without its line feed.
/// Gives how many cells there are.
pub(crate) fn cells<'a>(
    record: &'a str,
    separator: u8,
    mut each: impl FnMut(usize, Cow<'a, str>),
) -> usize {
    let bytes = record.as_bytes();
    let mut n = 0;
    if memchr(QUOTE, bytes).is_none() {
        let mut start = 0;
        each_place(bytes, separator, |end| {
            each(n, Cow::Borrowed(record.get(start..end).unwrap_or_default()));
            n += 1;
            start = end + 1;
        });
        each(n, Cow::Borrowed(record.get(start..).unwrap_or_default()));
        return n + 1;
    }
    let mut rest = record;
    loop {
        let (cell, after) = quoted_or_plain(rest, separator);
        each(n, cell);
        n += 1;
        match after {
            Some(after) => rest = after,
            None => return n,
        }
    }
}

/// Calls `each` with every place of `byte`, eight bytes at a time: cells are too short to search
/// for the next separator each time.
fn each_place(bytes: &[u8], byte: u8, mut each: impl FnMut(usize)) {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let pattern = u64::from_ne_bytes([byte; 8]);
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut before = 0;
    for chunk in chunks {
        let differs = u64::from_le_bytes(*chunk) ^ pattern;
        // The high bit of each byte that does not differ, and of no other.
        let mut found = !(((differs & LOW) + LOW) | differs | LOW);
        while found != 0 {
            each(before + (found.trailing_zeros() / 8) as usize);
            found &= found - 1;
        }
        before += 8;
    }
    for (at, _) in rest.iter().enumerate().filter(|(_, own)| **own == byte) {
        each(before + at);
    }
}

/// The first cell of `text`, and what follows its separator.
fn quoted_or_plain(text: &str, separator: u8) -> (Cow<'_, str>, Option<&str>) {
    let is_quoted = text.as_bytes().first() == Some(&QUOTE);
    let close = if is_quoted { closing_quote(text.as_bytes(), true) } else { None };
    let after_quote = close.map_or(0, |at| at + 1);
    let tail = text.get(after_quote..).unwrap_or_default();
    let (plain, after) = match memchr(separator, tail.as_bytes()) {
        Some(at) => (tail.get(..at).unwrap_or_default(), tail.get(at + 1..)),
        None => (tail, None),
    };
    let Some(close) = close else { return (Cow::Borrowed(plain), after) };
    let inside = text.get(1..close).unwrap_or_default();
    if plain.is_empty() && !inside.contains('"') {
        return (Cow::Borrowed(inside), after);
    }
    (Cow::Owned(inside.replace("\"\"", "\"") + plain), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(record: &str) -> Vec<String> {
        let mut all = Vec::new();
        cells(record, b',', |n, cell| {
            assert_eq!(n, all.len());
            all.push(cell.into_owned());
        });
        all
    }

    #[test]
    fn plain_and_quoted_cells() {
        assert_eq!(split("a,b,,c"), ["a", "b", "", "c"]);
        assert_eq!(split(""), [""]);
        assert_eq!(split(r#""a,b","say ""hi""",c"#), ["a,b", r#"say "hi""#, "c"]);
        assert_eq!(split("\"two\nlines\",x"), ["two\nlines", "x"]);
        assert_eq!(split(r#"5" pipe,x"#), [r#"5" pipe"#, "x"]);
        assert_eq!(split(r#""""",x"#), ["\"", "x"]);
    }

    #[test]
    fn places_are_found_in_any_text() {
        // Neighbours of the byte, its high-bit twin and its doubles, at every place of a chunk.
        let texts = [
            "",
            ",",
            ",,",
            "-,+",
            "a,b,,c,ddd,eeeeeeeee,f",
            ",,,,,,,,,,,,,,,,,",
            "\u{ac},x\u{2c}¬,",
        ];
        for text in texts {
            for shift in 0..9 {
                let text = format!("{}{text}", "-".repeat(shift));
                let mut found = Vec::new();
                each_place(text.as_bytes(), b',', |at| found.push(at));
                let expected: Vec<_> = text.match_indices(',').map(|(at, _)| at).collect();
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[test]
    fn a_record_ends_outside_its_quotes() {
        assert_eq!(record_end(b"a,b\nc", b',', false), Some(3));
        assert_eq!(record_end(b"a,\"b\nb\"\nc", b',', false), Some(7));
        assert_eq!(record_end(b"a,\"b\"\"\n\"\nc", b',', false), Some(8));
        assert_eq!(record_end(b"a,\"b\n", b',', false), None);
        assert_eq!(record_end(b"a,\"b\"", b',', false), None);
        assert_eq!(record_end(b"5\" x\ny", b',', false), Some(4));
        assert_eq!(record_end(b"", b',', true), None);
    }

    #[test]
    fn it_splits_as_the_csv_crate_does() {
        // Every text of up to 7 of these bytes, read as one record by both.
        let alphabet = [b'a', b',', b'"', b'\n'];
        for length in 0..=7u32 {
            for code in 0..4usize.pow(length) {
                let bytes: Vec<u8> = (0..length)
                    .map(|i| alphabet[code / 4usize.pow(i) % 4])
                    .chain([b'\n'])
                    .collect();
                let Some(end) = record_end(&bytes, b',', true) else { continue };
                if end == 0 {
                    continue; // csv skips empty lines; so does the reader of records.
                }
                let text = std::str::from_utf8(&bytes[..end]).unwrap();
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(&bytes[..]);
                let expected = reader.records().next().unwrap().unwrap();
                if expected.position().unwrap().byte() != 0 {
                    continue;
                }
                assert_eq!(split(text), expected.iter().collect::<Vec<_>>(), "{text:?}");
            }
        }
    }
}
