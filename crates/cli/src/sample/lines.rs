//! The rows of a sample log as JSON lines instead of CSV.

use std::io::{self, Write};

/// The columns that hold counts; everything else is text, sums too, or null where it is empty.
const COUNTS: [&str; 5] = ["quantity", "parts", "input_tokens", "output_tokens", "cached_tokens"];

/// Takes a log as CSV, its header first, and writes an object for each row. No cell of a sample log
/// is in quotes.
pub(crate) struct JsonLines<W> {
    out: W,
    header: Option<Vec<String>>,
    line: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    /// Onto a writer.
    pub(crate) const fn new(out: W) -> Self {
        Self { out, header: None, line: Vec::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        let Some(header) = &self.header else {
            self.header = Some(line.split(',').map(ToOwned::to_owned).collect());
            return Ok(());
        };
        let mut before = '{';
        for (name, cell) in header.iter().zip(line.split(',')) {
            let cell = match cell {
                "" => "null".to_owned(),
                count if COUNTS.contains(&name.as_str()) => count.to_owned(),
                text => serde_json::to_string(text)?,
            };
            write!(self.out, "{before}\"{name}\":{cell}")?;
            before = ',';
        }
        writeln!(self.out, "}}")
    }
}

impl<W: Write> Write for JsonLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            match piece.split_last() {
                Some((b'\n', rest)) => {
                    self.line.extend_from_slice(rest);
                    self.end_line()?;
                }
                _ => self.line.extend_from_slice(piece),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_an_object_however_it_is_cut() {
        let mut out = Vec::new();
        let mut lines = JsonLines::new(&mut out);
        for piece in ["user_id,quan", "tity,cost_usd\nan\"a,2", ",0.10\nbo,,", "\n"] {
            lines.write_all(piece.as_bytes()).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        let expected = "{\"user_id\":\"an\\\"a\",\"quantity\":2,\"cost_usd\":\"0.10\"}\n\
                        {\"user_id\":\"bo\",\"quantity\":null,\"cost_usd\":null}\n";
        assert_eq!(text, expected);
    }
}
