//! A text that is being written: where the members of its objects stand, and putting them in order.

use std::cmp::Ordering;
use std::fmt;

/// What is written so far.
#[derive(Debug)]
pub(super) struct Page {
    text: Vec<u8>,
    /// Members of the objects that are not whole yet, those of the innermost last.
    members: Vec<Member>,
    /// Where members are put in order.
    spare: Vec<u8>,
    /// Are they?
    in_order: bool,
}

/// Where a member stands in the text: from the first quote of its key to the end of its value.
#[derive(Clone, Copy, Debug, Default)]
struct Member {
    from: usize,
    key_ends: usize,
    to: usize,
    /// Its key is ASCII without escapes: its bytes are in the order of its UTF-16 units.
    is_plain: bool,
}

/// An object that is not whole yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    /// Its first member among those of all objects.
    first: usize,
    is_ordered: bool,
}

impl Page {
    /// One on which the members of objects are put in order.
    pub(super) fn in_order() -> Self {
        Self { in_order: true, ..Self::as_it_comes() }
    }

    /// One on which they stay as they come.
    pub(super) fn as_it_comes() -> Self {
        Self {
            text: Vec::with_capacity(1000),
            members: Vec::with_capacity(32),
            spare: Vec::new(),
            in_order: false,
        }
    }

    /// The whole text.
    pub(super) fn into_text(self) -> String {
        String::from_utf8(self.text).unwrap_or_default()
    }

    /// JSON as it is.
    pub(super) fn raw(&mut self, json: &[u8]) {
        self.text.extend_from_slice(json);
    }

    /// A word of ours between quotes: nothing in it has to be escaped.
    pub(super) fn word(&mut self, word: &str) {
        self.text.push(b'"');
        self.text.extend_from_slice(word.as_bytes());
        self.text.push(b'"');
    }

    /// A text between quotes.
    pub(super) fn quoted(&mut self, text: &str) {
        self.text.push(b'"');
        self.escaped(text);
        self.text.push(b'"');
    }

    /// What is shown as a text, between quotes.
    pub(super) fn shown(&mut self, shown: impl fmt::Display) -> fmt::Result {
        self.text.push(b'"');
        fmt::Write::write_fmt(self, format_args!("{shown}"))?;
        self.text.push(b'"');
        Ok(())
    }

    fn escaped(&mut self, text: &str) {
        // Without a way out in the middle, so that many bytes are looked at together.
        if !text.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
            return self.text.extend_from_slice(text.as_bytes());
        }
        let mut plain = 0;
        for (i, byte) in text.bytes().enumerate() {
            if !is_escaped(byte) {
                continue;
            }
            self.text.extend_from_slice(text.as_bytes().get(plain..i).unwrap_or_default());
            self.escape(byte);
            plain = i.saturating_add(1);
        }
        self.text.extend_from_slice(text.as_bytes().get(plain..).unwrap_or_default());
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            _ => {
                self.text.extend_from_slice(b"\\u00");
                let hex = crate::id::hex(&[byte], &mut [0; 2]).as_bytes().to_owned();
                return self.text.extend_from_slice(&hex);
            }
        };
        self.text.extend_from_slice(&[b'\\', short]);
    }

    /// An object begins.
    pub(super) fn begin(&mut self) -> Object {
        self.text.push(b'{');
        Object { first: self.members.len(), is_ordered: true }
    }

    /// The key of its next member is written next.
    pub(super) fn begin_member(&mut self, object: Object) {
        if self.members.len() > object.first {
            self.text.push(b',');
        }
        self.members.push(Member { from: self.text.len(), ..Member::default() });
    }

    /// The key is written, its value comes next. `is_plain`: it is known to be.
    pub(super) fn end_key(&mut self, object: &mut Object, is_plain: bool) {
        let key_ends = self.text.len();
        if !self.in_order {
            return self.text.push(b':');
        }
        if let Some((last, before)) = self.members.split_last_mut() {
            last.key_ends = key_ends;
            let key = self.text.get(last.from..key_ends).unwrap_or_default();
            last.is_plain = is_plain || key.iter().all(|byte| byte.is_ascii() && *byte != b'\\');
            if let Some(before) = before.get(object.first..).and_then(<[_]>::last) {
                object.is_ordered &= order(&self.text, before, last) == Ordering::Less;
            }
        }
        self.text.push(b':');
    }

    /// Is the key that is being written a text so far? Where it is a number it is put between quotes.
    pub(super) fn quote_key(&mut self) -> bool {
        let Some(from) = self.members.last().map(|member| member.from) else { return false };
        match self.text.get(from) {
            Some(b'"') => true,
            Some(b'-' | b'0'..=b'9') => {
                self.text.insert(from, b'"');
                self.text.push(b'"');
                true
            }
            _ => false,
        }
    }

    /// The value is written.
    pub(super) fn end_member(&mut self) {
        let to = self.text.len();
        if let Some(last) = self.members.last_mut() {
            last.to = to;
        }
    }

    /// The object is whole: its members are put in order where they are not.
    pub(super) fn end(&mut self, object: Object) {
        if !object.is_ordered {
            self.put_in_order(object);
        }
        self.members.truncate(object.first);
        self.text.push(b'}');
    }

    fn put_in_order(&mut self, object: Object) {
        let text = &mut self.text;
        let Some(members) = self.members.get_mut(object.first..) else { return };
        let Some(from) = members.first().map(|first| first.from) else { return };
        members.sort_by(|a, b| order(text, a, b));
        self.spare.clear();
        for (i, member) in members.iter().enumerate() {
            if i > 0 {
                self.spare.push(b',');
            }
            self.spare.extend_from_slice(text.get(member.from..member.to).unwrap_or_default());
        }
        text.truncate(from);
        text.extend_from_slice(&self.spare);
    }
}

impl fmt::Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.escaped(text);
        Ok(())
    }
}

/// Does this byte not stand for itself in a text?
const fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// The order of two members, by the UTF-16 units of their keys.
fn order(text: &[u8], a: &Member, b: &Member) -> Ordering {
    // Without the quote at the end, which would come before some letters.
    let key = |member: &Member| text.get(member.from..member.key_ends.saturating_sub(1));
    if a.is_plain && b.is_plain {
        return key(a).cmp(&key(b));
    }
    let units = |member: &Member| -> Vec<u16> {
        let key = text.get(member.from..member.key_ends).unwrap_or_default();
        let key: String = serde_json::from_slice(key).unwrap_or_default();
        key.encode_utf16().collect()
    };
    units(a).cmp(&units(b))
}
