//! Server-sent events out of the bytes of a stream: <https://html.spec.whatwg.org/multipage/server-sent-events.html>.
//! What an event means is not looked at.

/// The longest line that is kept.
const LONGEST: usize = 4 << 20;

/// An event: its id and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) data: String,
}

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    line: Vec<u8>,
    message: Message,
    /// The last id that stood in the stream, also where nothing was said with it.
    last: String,
}

impl Reader {
    /// Where to go on: after this id; empty: none stood in the stream.
    pub(super) fn last(&self) -> &str {
        &self.last
    }

    /// Takes some bytes, and gives the messages that are whole now.
    pub(super) fn takes(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut whole = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' => whole.extend(self.ends_line()),
                b'\r' => {}
                _ if self.line.len() < LONGEST => self.line.push(*byte),
                _ => {}
            }
        }
        whole
    }

    fn ends_line(&mut self) -> Option<Message> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            if !message.id.is_empty() {
                self.last.clone_from(&message.id);
            }
            return Some(message).filter(|message| !message.data.is_empty());
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => value.clone_into(&mut self.message.id),
            "data" => {
                if !self.message.data.is_empty() {
                    self.message.data.push('\n');
                }
                self.message.data.push_str(value);
            }
            // Comments show that the stream is there; what it is called stands in what it says.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_however_the_bytes_are_cut() {
        let text = b"retry: 2000\n: hello\n\nid: evt_1\nevent: x\ndata: {\"a\":1}\n\n: beat\n\n\
                     id: evt_2\r\ndata:one\r\ndata: two\r\n\r\ndata: not whole\n";
        let message = |id: &str, data: &str| Message { id: id.to_owned(), data: data.to_owned() };
        let expected = [message("evt_1", "{\"a\":1}"), message("evt_2", "one\ntwo")];
        for size in [1, 2, 7, text.len()] {
            let mut reader = Reader::default();
            let found: Vec<_> = text.chunks(size).flat_map(|some| reader.takes(some)).collect();
            assert_eq!(found, expected, "{size}");
            assert_eq!(reader.last(), "evt_2");
        }
    }

    #[test]
    fn an_id_without_words_says_where_to_go_on() {
        let mut reader = Reader::default();
        assert_eq!(reader.takes(b"retry: 2000\nid: evt_0\n\n: beat\n\n"), []);
        assert_eq!(reader.last(), "evt_0");
    }
}
