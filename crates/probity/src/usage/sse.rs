//! Server-sent events as they pass by (WHATWG HTML, §9.2): what an event says, in bounded memory.
//!
//! Lines are never kept: only an event's type and its data, each up to a bound. An event that is
//! larger is told to be so, and the next one is read as ever.

use super::squeeze::{Reads, Squeeze};
use memchr::memchr2;
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
    /// Its first line said its type, and no later one did.
    leads: bool,
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
    /// Events whose data is JSON, of which these keys are read.
    pub(super) fn of_json(reads: Reads) -> Self {
        Self::new(Data::Json(Squeeze::new(DATA, reads)))
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
            leads: false,
        }
    }

    /// Reads to the end of the event that is being read, or of the bytes; how many were read.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Step) {
        if mem::take(&mut self.after_return) && bytes.first() == Some(&b'\n') {
            let is_between = self.at == At::Name(0) && self.is_first_line;
            return (1, if is_between { Step::Tail } else { Step::Inside });
        }
        let mut left = bytes;
        while let Some((first, rest)) = left.split_first() {
            if let At::Value(field) = self.at {
                let (value, rest) =
                    left.split_at(memchr2(b'\r', b'\n', left).unwrap_or(left.len()));
                if !value.is_empty() {
                    self.keep(field, value);
                    left = rest;
                    continue;
                }
            }
            left = rest;
            if mem::take(&mut self.after_return) && *first == b'\n' {
                continue;
            }
            if let Some(has_data) = self.step(*first) {
                return (bytes.len() - left.len(), Step::Ended { has_data });
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
                    self.keep(field, &[byte]);
                }
                At::Value(field)
            }
            At::Value(field) => {
                self.keep(field, &[byte]);
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
            Field::Data if mem::replace(&mut self.has_data, true) => self.data.extend(b"\n"),
            Field::Event => {
                self.kind.clear();
                self.is_kind_long = false;
                self.leads = self.is_first_line;
            }
            Field::Data | Field::Other => {}
        }
    }

    fn keep(&mut self, field: Field, bytes: &[u8]) {
        match field {
            Field::Data => self.data.extend(bytes),
            Field::Event => self.is_kind_long |= extend(&mut self.kind, bytes, KIND),
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
        self.leads = false;
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

    /// Is the event that is being read, or has ended, of this type, as its first line says?
    pub(super) fn is_led_by(&self, kind: &[u8]) -> bool {
        self.leads && self.kind() == Some(kind)
    }

    /// May what has come of this event still turn out to be of this type, said in its first line?
    pub(super) fn may_be_led_by(&self, kind: &[u8]) -> bool {
        if !self.is_first_line {
            return self.is_led_by(kind);
        }
        match self.at {
            At::Name(len) => self.name.get(..len).is_some_and(|name| b"event".starts_with(name)),
            At::Colon(field) => field == Field::Event,
            At::Value(_) => self.leads && !self.is_kind_long && kind.starts_with(&self.kind),
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
    fn extend(&mut self, bytes: &[u8]) {
        match self {
            Self::Json(squeeze) => squeeze.extend(bytes),
            Self::Plain(kept, more) => *more |= extend(kept, bytes, VERDICT),
        }
    }
}

/// Keeps bytes as far as there is room. True: there was not.
fn extend(kept: &mut Vec<u8>, bytes: &[u8], most: usize) -> bool {
    let room = most.saturating_sub(kept.len());
    kept.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    bytes.len() > room
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use futures_core::Stream;
    use proptest::prelude::*;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    const NONE: Reads = Reads { whole: &[], any: &[] };

    /// Type and data of each event, read in pieces of this size.
    fn events(text: &[u8], size: usize) -> Vec<(String, String)> {
        events_of(Sse::of_json(NONE), text, size)
    }

    fn events_of(mut sse: Sse, text: &[u8], size: usize) -> Vec<(String, String)> {
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

    /// Pieces, one after the other, as a stream.
    struct Pieces<'a>(std::slice::Chunks<'a, u8>);

    impl Stream for Pieces<'_> {
        type Item = Result<Bytes, std::convert::Infallible>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next().map(|piece| Ok(Bytes::copy_from_slice(piece))))
        }
    }

    /// Type and data of each event, as another reader of such streams finds them.
    fn by_another(text: &[u8], size: usize) -> Vec<(String, String)> {
        let mut stream = pin!(sseer::event_stream::EventStream::new(Pieces(text.chunks(size))));
        let mut found = Vec::new();
        while let Poll::Ready(Some(event)) =
            stream.as_mut().poll_next(&mut Context::from_waker(Waker::noop()))
        {
            let event = event.expect("an event");
            found.push((event.event.to_string(), event.data.to_string()));
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 2000,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn events_are_those_that_another_reader_finds(
            parts in prop::collection::vec(prop::sample::select(vec!["data", "event", "data: ", "event: ",
                ":", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "x", "é", "id: 7", "🦀", "\u{feff}"]), 0..60),
            size in 1_usize..30,
        ) {
            let text = parts.concat();
            // A longer type is none here.
            prop_assume!(text.split(['\n', '\r']).all(|line| line.len() <= KIND));
            // The other one leaves a type as it was where a later line says an empty one; by the
            // standard it is empty then.
            let mut lines = text.split(['\n', '\r']);
            prop_assume!(!lines.any(|line| ["event", "event:", "event: "].contains(&line)));
            let ours = events_of(Sse::plain(), text.as_bytes(), size).into_iter();
            let named = |kind: String| if kind.is_empty() { "message".to_owned() } else { kind };
            let ours: Vec<_> = ours.map(|(kind, data)| (named(kind), data)).collect();
            prop_assert_eq!(ours, by_another(text.as_bytes(), size));
        }
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
            let mut sse = Sse::of_json(NONE);
            sse.advance(text.as_bytes());
            assert_eq!(sse.ends_unended(), there, "{text}");
        }
    }

    #[test]
    fn a_large_event_is_told_to_be_so_and_the_next_is_read() {
        let mut sse = Sse::of_json(NONE);
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
