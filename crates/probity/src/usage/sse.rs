//! Server-sent events as they pass by (WHATWG HTML, §9.2): what an event says, in bounded memory.
//!
//! Lines are never kept: only an event's type and its data, each up to a bound. An event that is
//! larger is told to be so, and the next one is read as ever.

use super::squeeze::Squeeze;
use std::mem;

/// The longest type of an event that is read.
const KIND: usize = 64;

/// The most that is kept of an event's data, squeezed where it is JSON.
pub(super) const DATA: usize = 64 * 1024;

/// The most that is kept of a verdict's data.
const VERDICT: usize = 4 * 1024;

/// Reads events.
#[derive(Debug)]
pub(super) struct Sse {
    at: At,
    /// The last byte was a carriage return: a line feed after it belongs to it.
    after_return: bool,
    /// Bytes of a byte order mark that were read; only at the very beginning.
    mark: Option<u8>,
    name: [u8; 6],
    kind: Vec<u8>,
    is_kind_long: bool,
    data: Data,
    has_data: bool,
    /// Nothing but the line that is being read has come of this event.
    is_first_line: bool,
}

/// Where in a line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// In the name of a field, after so many bytes.
    Name(usize),
    /// Right after the colon.
    Colon(Field),
    /// In the value.
    Value(Field),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Data,
    Event,
    Other,
}

/// What is kept of data.
#[derive(Debug)]
enum Data {
    /// JSON, squeezed.
    Json(Squeeze),
    /// The beginning as it is, and whether there was more.
    Plain(Vec<u8>, bool),
}

/// What reading came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the end of the bytes, inside of an event.
    Inside,
    /// The line feed of a line that a carriage return had ended: it belongs to the event before.
    Tail,
    /// To the end of an event; it has data or not.
    Ended { has_data: bool },
}

impl Sse {
    /// Events whose data is JSON.
    pub(super) fn of_json() -> Self {
        Self::new(Data::Json(Squeeze::new(DATA)))
    }

    /// Events that are only looked at for verdicts.
    pub(super) fn plain() -> Self {
        Self::new(Data::Plain(Vec::new(), false))
    }

    fn new(data: Data) -> Self {
        Self {
            at: At::Name(0),
            after_return: false,
            mark: Some(0),
            name: [0; 6],
            kind: Vec::new(),
            is_kind_long: false,
            data,
            has_data: false,
            is_first_line: true,
        }
    }

    /// Reads to the end of the event that is being read, or of the bytes; how many were read.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Step) {
        if mem::take(&mut self.after_return) && bytes.first() == Some(&b'\n') {
            let is_between = self.at == At::Name(0) && self.is_first_line;
            return (1, if is_between { Step::Tail } else { Step::Inside });
        }
        for (at, byte) in bytes.iter().enumerate() {
            if mem::take(&mut self.after_return) && *byte == b'\n' {
                continue;
            }
            if let Some(has_data) = self.step(*byte) {
                return (at + 1, Step::Ended { has_data });
            }
        }
        (bytes.len(), Step::Inside)
    }

    /// Reads one byte; Some where it ends an event: whether it has data.
    fn step(&mut self, byte: u8) -> Option<bool> {
        if self.is_of_mark(byte) {
            return None;
        }
        if matches!(byte, b'\n' | b'\r') {
            self.after_return = byte == b'\r';
            return self.end_line();
        }
        self.at = match self.at {
            At::Name(_) if byte == b':' => At::Colon(self.field()),
            At::Name(len) => {
                if let Some(place) = self.name.get_mut(len) {
                    *place = byte;
                }
                At::Name(len.saturating_add(1))
            }
            At::Colon(field) => {
                self.begin(field);
                if byte != b' ' {
                    self.keep(field, byte);
                }
                At::Value(field)
            }
            At::Value(field) => {
                self.keep(field, byte);
                At::Value(field)
            }
        };
        None
    }

    /// Is it of a byte order mark before everything else?
    fn is_of_mark(&mut self, byte: u8) -> bool {
        const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
        let Some(read) = self.mark else { return false };
        let is_next = MARK.get(usize::from(read)) == Some(&byte);
        self.mark = is_next.then_some(read + 1);
        is_next
    }

    /// The field whose name was read.
    fn field(&self) -> Field {
        match self.at {
            At::Name(4) if self.name.starts_with(b"data") => Field::Data,
            At::Name(5) if self.name.starts_with(b"event") => Field::Event,
            At::Colon(field) | At::Value(field) => field,
            At::Name(_) => Field::Other,
        }
    }

    /// The value of a field begins.
    fn begin(&mut self, field: Field) {
        match field {
            Field::Data if mem::replace(&mut self.has_data, true) => self.data.push(b'\n'),
            Field::Event => {
                self.kind.clear();
                self.is_kind_long = false;
            }
            Field::Data | Field::Other => {}
        }
    }

    fn keep(&mut self, field: Field, byte: u8) {
        match field {
            Field::Data => self.data.push(byte),
            Field::Event if self.kind.len() < KIND => self.kind.push(byte),
            Field::Event => self.is_kind_long = true,
            Field::Other => {}
        }
    }

    /// A line ended; Some where it was an empty one.
    fn end_line(&mut self) -> Option<bool> {
        let is_empty = self.at == At::Name(0);
        if matches!(self.at, At::Name(_) | At::Colon(_)) && !is_empty {
            self.begin(self.field());
        }
        self.at = At::Name(0);
        self.is_first_line = is_empty;
        is_empty.then_some(self.has_data)
    }

    /// The event's type, empty where it has none; None: too long to be any that is known.
    pub(super) fn kind(&self) -> Option<&[u8]> {
        (!self.is_kind_long).then_some(self.kind.as_slice())
    }

    /// The event's data; None: too large to be kept.
    pub(super) fn data(&self) -> Option<&[u8]> {
        match &self.data {
            Data::Json(squeeze) => squeeze.kept(),
            Data::Plain(kept, more) => (!more).then_some(kept.as_slice()),
        }
    }

    /// The next event begins.
    pub(super) fn next(&mut self) {
        self.kind.clear();
        self.is_kind_long = false;
        self.has_data = false;
        match &mut self.data {
            Data::Json(squeeze) => squeeze.clear(),
            Data::Plain(kept, more) => {
                kept.clear();
                *more = false;
            }
        }
    }

    /// After the last byte: is there an event that only its empty line is missing from?
    pub(super) fn ends_unended(&mut self) -> bool {
        if self.at != At::Name(0) {
            self.end_line();
        }
        self.has_data
    }

    /// May what has come of this event still turn out to be of this type, said in its first line?
    pub(super) fn may_be(&self, kind: &[u8]) -> bool {
        if !self.is_first_line {
            return self.kind() == Some(kind);
        }
        match self.at {
            At::Name(len) => self.name.get(..len).is_some_and(|name| b"event".starts_with(name)),
            At::Colon(field) => field == Field::Event,
            At::Value(field) => {
                field == Field::Event && !self.is_kind_long && kind.starts_with(&self.kind)
            }
        }
    }

    /// How many bytes are held.
    pub(super) const fn held(&self) -> usize {
        let data = match &self.data {
            Data::Json(squeeze) => squeeze.held(),
            Data::Plain(kept, _) => kept.capacity(),
        };
        self.kind.capacity() + data
    }
}

impl Data {
    fn push(&mut self, byte: u8) {
        match self {
            Self::Json(squeeze) => squeeze.push(byte),
            Self::Plain(kept, _) if kept.len() < VERDICT => kept.push(byte),
            Self::Plain(_, more) => *more = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type and data of each event, read in pieces of this size.
    fn events(text: &[u8], size: usize) -> Vec<(String, String)> {
        let mut sse = Sse::of_json();
        let mut found = Vec::new();
        for mut piece in text.chunks(size) {
            while !piece.is_empty() {
                let (n, step) = sse.advance(piece);
                piece = &piece[n..];
                if let Step::Ended { has_data } = step {
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                    if has_data {
                        found.push((text(sse.kind().unwrap()), text(sse.data().unwrap())));
                    }
                    sse.next();
                }
            }
        }
        found
    }

    fn all(text: &[u8]) -> Vec<(String, String)> {
        let whole = events(text, text.len().max(1));
        for size in 1..text.len() {
            assert_eq!(events(text, size), whole, "in pieces of {size}");
        }
        whole
    }

    fn told(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(kind, data)| ((*kind).to_owned(), (*data).to_owned())).collect()
    }

    #[test]
    fn events_are_read_as_the_standard_says() {
        let text =
            b"\xEF\xBB\xBF: hello\n\ndata: \"\xC3\xA9\"\n\nevent: a\ndata:1\ndata: 2\nid: 7\n\n\
            data\n\nevent: lost\n\nretry: 5\ndata:  3\n\ndatum: 4\n\ndata: [DONE]";
        let found = all(text);
        assert_eq!(found, told(&[("", "\"é\""), ("a", "1 2"), ("", ""), ("", "3")]));
    }

    #[test]
    fn lines_end_in_three_ways() {
        for end in ["\n", "\r\n", "\r"] {
            let text =
                format!("event: a{end}data: 1{end}{end}data: 2{end}{end}{end}data: 3{end}{end}");
            assert_eq!(all(text.as_bytes()), told(&[("a", "1"), ("", "2"), ("", "3")]), "{end:?}");
        }
    }

    #[test]
    fn a_last_event_without_its_empty_line_is_there_to_be_asked_for() {
        for (text, there) in
            [("data: 1", true), ("data: 1\n", true), ("dat", false), ("id: 7", false)]
        {
            let mut sse = Sse::of_json();
            sse.advance(text.as_bytes());
            assert_eq!(sse.ends_unended(), there, "{text}");
        }
    }

    #[test]
    fn a_large_event_is_told_to_be_so_and_the_next_is_read() {
        let mut sse = Sse::of_json();
        sse.advance(b"event: ");
        sse.advance(&vec![b'k'; 1_000_000]);
        sse.advance(b"\ndata: ");
        for _ in 0..100 {
            sse.advance(&b"1,".repeat(1_000_000 / 100));
        }
        assert_eq!(sse.advance(b"\n\n"), (2, Step::Ended { has_data: true }));
        assert_eq!((sse.kind(), sse.data()), (None, None));
        assert!(sse.held() < 2 * DATA);
        sse.next();
        sse.advance(b"data: 1\n\n");
        assert_eq!((sse.kind(), sse.data()), (Some(&b""[..]), Some(&b"1"[..])));
    }
}
