//! JSON as it passes by, kept short: long texts by their beginning only, white space by one space,
//! and nothing of what stands under a key that nobody reads.
//!
//! So an answer with a picture of ten megabytes, or with the odds of every token, is a few hundred
//! bytes here, and can still be read whole: what it ends with and what it used stand in short values.
//! How large the rest is a client may choose, so none of it counts. What stays too long even so is
//! given up, and never guessed.

use memchr::memchr2;
use std::mem;

/// The most bytes that are kept of one text.
const TEXT: usize = 256;

/// The deepest that is followed; serde_json reads no deeper.
const DEPTH: usize = 120;

/// The keys whose values are read; an object or a list under another one is null here, a text empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reads {
    /// Of these all of it.
    pub(super) whole: &'static [&'static str],
    /// Of these, whether there is anything in it: an object or a list is a list of nothing, or of 0.
    pub(super) any: &'static [&'static str],
}

/// How much of the value that comes next is read, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worth {
    Whole,
    Any,
    Nothing,
}

/// Right after the backslash of an escape.
const BEGUN: u8 = u8::MAX;

/// One JSON text, squeezed as its bytes pass.
#[derive(Debug)]
pub(super) struct Squeeze {
    kept: Vec<u8>,
    most: usize,
    reads: Reads,
    /// Open brackets, the innermost last: true is an object.
    open: Vec<bool>,
    text: Option<Text>,
    /// A colon was read in the object that is open: the next text is a value.
    colon: bool,
    /// How much of the value that comes next is read.
    worth: Worth,
    /// Inside of one that is not read whole.
    dropped: Option<Dropped>,
    /// So much of `kept` is whole values, once the brackets are closed.
    whole: usize,
    given_up: bool,
    /// Brackets were opened, and are closed again.
    closed: bool,
    /// What comes after that is not looked at.
    stops: bool,
}

/// An object or a list that is not kept, while it passes.
#[derive(Clone, Copy, Debug)]
struct Dropped {
    /// So many brackets are open around it.
    around: usize,
    /// So many are open in it beyond [`DEPTH`]: these are only counted.
    deeper: u64,
    /// Whether it is empty is still to be seen, or was to be.
    seeks: bool,
    is_any: bool,
    at: Passing,
}

/// Where in a dropped value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passing {
    Between,
    Text,
    /// Right after a backslash.
    Escape,
}

/// A text that is being read.
#[derive(Clone, Copy, Debug)]
struct Text {
    /// Where it began in `kept`.
    from: usize,
    /// Where its last character, or escape, began.
    last: usize,
    /// Where the one before that began.
    before: usize,
    /// Bytes of an escape that are still to come; [`BEGUN`] right after its backslash.
    escape: u8,
    is_key: bool,
    /// The rest of it is not kept.
    cut: bool,
}

impl Squeeze {
    /// Keeps at most so many bytes, and only what stands under these keys.
    pub(super) const fn new(most: usize, reads: Reads) -> Self {
        Self {
            kept: Vec::new(),
            most,
            reads,
            open: Vec::new(),
            text: None,
            colon: false,
            worth: Worth::Whole,
            dropped: None,
            whole: 0,
            given_up: false,
            closed: false,
            stops: false,
        }
    }

    /// The same, up to its closing bracket; what comes after it is not looked at.
    pub(super) fn to_its_end(most: usize, reads: Reads) -> Self {
        Self { stops: true, ..Self::new(most, reads) }
    }

    /// Forgets all it has kept, for the next text.
    pub(super) fn clear(&mut self) {
        let kept = mem::take(&mut self.kept);
        *self = Self::new(self.most, self.reads);
        if kept.capacity() <= 4096 {
            self.kept = kept;
            self.kept.clear();
        }
    }

    /// Looks at bytes; of a text that is cut, only at what may end it.
    pub(super) fn extend(&mut self, mut bytes: &[u8]) {
        while let Some((first, rest)) = bytes.split_first() {
            if self.given_up {
                return;
            }
            let is_text_passing = match self.dropped {
                Some(dropped) => dropped.at == Passing::Text,
                None => self.text.is_some_and(|text| text.cut && text.escape == 0),
            };
            if is_text_passing {
                let Some(at) = memchr2(b'"', b'\\', bytes) else { return };
                if let Some(left) = bytes.get(at..).filter(|_| at > 0) {
                    bytes = left;
                    continue;
                }
            }
            self.push(*first);
            bytes = rest;
        }
    }

    /// Looks at one byte.
    pub(super) fn push(&mut self, byte: u8) {
        if self.given_up || (self.closed && self.stops) {
            return;
        }
        match (self.dropped, self.text) {
            (Some(dropped), _) => self.in_dropped(dropped, byte),
            (None, Some(text)) => self.in_text(text, byte),
            (None, None) => self.between(byte),
        }
        if self.kept.len() > self.most {
            self.given_up = true;
            self.kept = Vec::new();
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {
                if self.kept.last().is_some_and(|last| *last != b' ') {
                    self.kept.push(b' ');
                }
                return;
            }
            b'"' => {
                let is_key = self.open.last() == Some(&true) && !self.colon;
                let cut = !is_key && self.worth == Worth::Nothing;
                let at = self.kept.len();
                self.text = Some(Text { from: at, last: at, before: at, escape: 0, is_key, cut });
            }
            b'{' | b'[' if self.colon && self.worth != Worth::Whole => {
                self.drop_value(byte);
                return;
            }
            b'{' | b'[' if self.open.len() >= DEPTH => self.given_up = true,
            b'{' | b'[' => {
                self.open.push(byte == b'{');
                self.colon = false;
            }
            b'}' | b']' => {
                self.closed = self.open.pop().is_some() && self.open.is_empty();
                (self.colon, self.worth) = (false, Worth::Whole);
            }
            b',' => {
                self.whole = self.kept.len();
                (self.colon, self.worth) = (false, Worth::Whole);
            }
            b':' => self.colon = true,
            _ => {}
        }
        self.kept.push(byte);
        if matches!(byte, b'{' | b'[' | b'}' | b']') {
            self.whole = self.kept.len();
        }
    }

    /// A value begins that is not kept.
    fn drop_value(&mut self, byte: u8) {
        let is_any = self.worth == Worth::Any;
        self.kept.extend_from_slice(if is_any { b"[" } else { b"null" });
        self.whole = self.kept.len();
        self.dropped = Some(Dropped {
            around: self.open.len(),
            deeper: 0,
            is_any,
            seeks: is_any,
            at: Passing::Between,
        });
        self.open.push(byte == b'{');
    }

    /// Nothing is kept here but how it is nested: what does not close as it opened is no JSON, and is
    /// made none.
    fn in_dropped(&mut self, mut dropped: Dropped, byte: u8) {
        dropped.at = match (dropped.at, byte) {
            (Passing::Text, b'\\') => Passing::Escape,
            (Passing::Text, b'"') => Passing::Between,
            (Passing::Text | Passing::Escape, _) | (Passing::Between, b'"') => Passing::Text,
            (Passing::Between, _) => Passing::Between,
        };
        if dropped.seeks && !byte.is_ascii_whitespace() {
            dropped.seeks = false;
            if !matches!(byte, b'}' | b']') {
                self.kept.push(b'0');
                self.whole = self.kept.len();
            }
        }
        if dropped.at == Passing::Between {
            match byte {
                b'{' | b'[' if self.open.len() >= DEPTH => dropped.deeper += 1,
                b'{' | b'[' => self.open.push(byte == b'{'),
                b'}' | b']' if dropped.deeper > 0 => dropped.deeper -= 1,
                b'}' | b']' if self.open.pop() != Some(byte == b'}') => self.kept.push(b'!'),
                _ => {}
            }
        }
        self.dropped = (self.open.len() > dropped.around).then_some(dropped);
        if self.dropped.is_none() && dropped.is_any {
            self.kept.push(b']');
            self.whole = self.kept.len();
        }
    }

    fn in_text(&mut self, mut text: Text, byte: u8) {
        let continues = byte & 0xC0 == 0x80;
        if text.escape == 0 && !continues {
            if byte == b'"' {
                self.kept.push(byte);
                self.text = None;
                if text.is_key {
                    self.worth = self.worth(&text);
                } else {
                    self.whole = self.kept.len();
                }
                return;
            }
            if !text.cut && self.kept.len() > text.from + TEXT {
                self.cut(&text);
                text.cut = true;
            }
            (text.before, text.last) = (text.last, self.kept.len());
        }
        text.escape = match (text.escape, byte) {
            (0, b'\\') => BEGUN,
            (BEGUN, b'u') => 4,
            (BEGUN, _) => 0,
            (left, _) => left.saturating_sub(1),
        };
        let is_long = self.kept.len() > text.from + TEXT + 16;
        if !(text.cut || continues && is_long) {
            self.kept.push(byte);
        }
        self.text = Some(text);
    }

    /// How much of the value under this key is read? One that is written in escapes may be any.
    fn worth(&self, key: &Text) -> Worth {
        let key = self.kept.get(key.from..).unwrap_or_default();
        let is_in = |keys: &[&str]| keys.iter().any(|read| is_quoted(key, read));
        if key.contains(&b'\\') || is_in(self.reads.whole) {
            Worth::Whole
        } else if is_in(self.reads.any) {
            Worth::Any
        } else {
            Worth::Nothing
        }
    }

    /// Where a text is cut, the first half of a pair of escapes must not stay alone.
    fn cut(&mut self, text: &Text) {
        if is_first_of_two(self.kept.get(text.last..).unwrap_or_default()) {
            self.kept.truncate(text.last);
        }
    }

    /// What was kept; None: it was too long or too deep.
    pub(super) fn kept(&self) -> Option<&[u8]> {
        (!self.given_up).then_some(self.kept.as_slice())
    }

    /// How many bytes are held.
    pub(super) const fn held(&self) -> usize {
        self.kept.capacity() + self.open.capacity()
    }

    /// Is the outermost bracket closed again?
    pub(super) const fn is_closed(&self) -> bool {
        self.closed
    }

    /// What was kept so far, closed as if it ended here: whole values, and a text as far as it came.
    pub(super) fn closed_here(&self) -> Option<Vec<u8>> {
        if self.given_up {
            return None;
        }
        let mut closed = match self.text {
            Some(text) if !text.is_key => {
                let half = is_first_of_two(self.kept.get(text.before..text.last)?);
                let last = if half { text.before } else { text.last };
                let end = if text.cut { self.kept.len() } else { last.max(text.from + 1) };
                let mut kept = self.kept.get(..end)?.to_vec();
                kept.push(b'"');
                kept
            }
            _ => self.kept.get(..self.whole)?.to_vec(),
        };
        if self.dropped.is_some_and(|dropped| dropped.is_any) {
            closed.push(b']');
        }
        let kept = self.dropped.map_or(self.open.len(), |dropped| dropped.around);
        let brackets =
            self.open.iter().take(kept).rev().map(|object| if *object { b'}' } else { b']' });
        closed.extend(brackets);
        Some(closed)
    }
}

/// Is it this text, in quotes?
fn is_quoted(quoted: &[u8], text: &str) -> bool {
    quoted.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) == Some(text.as_bytes())
}

/// `\uD800` to `\uDBFF`: the first half of a character of two escapes.
fn is_first_of_two(escape: &[u8]) -> bool {
    let [b'\\', b'u', d, n, _, _] = escape else { return false };
    d.eq_ignore_ascii_case(&b'd') && matches!(n, b'8' | b'9' | b'a' | b'b' | b'A' | b'B')
}

#[cfg(test)]
mod tests;
