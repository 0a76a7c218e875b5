//! JSON as RFC 8785 has it: keys sorted by their UTF-16 units, no spaces, the shortest escapes.
//!
//! Written in one pass: values go to the buffer as they come, and where the keys of an object did not
//! come in order, its members are put in order once it is whole. Numbers are integers only.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::io::{self, Write};

/// Writes a value as canonical JSON.
///
/// ```
/// use probity_core::journal::canonical;
/// let value = serde_json::json!({"b": 1, "a": "\u{e9}\n"});
/// assert_eq!(canonical(&value), "{\"a\":\"\u{e9}\\n\",\"b\":1}");
/// ```
#[must_use]
pub fn canonical(value: &(impl Serialize + ?Sized)) -> String {
    let page = RefCell::new(Page { text: Vec::with_capacity(1024), ..Page::default() });
    let mut serializer = Serializer::with_formatter(Pen(&page), Sorted(&page));
    // Nothing here can fail: it is written to memory, and the keys of what is written are texts.
    let written = value.serialize(&mut serializer);
    let text = written.map(|()| page.into_inner().text).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}

/// What is written so far.
#[derive(Default)]
struct Page {
    text: Vec<u8>,
    /// Objects that are not whole yet, the innermost last.
    open: Vec<Object>,
    /// Where members are put in order.
    spare: Vec<u8>,
}

/// An object that is not whole yet.
#[derive(Default)]
struct Object {
    members: Vec<Member>,
    is_unordered: bool,
}

/// Where a member stands in the text: from the first quote of its key to the end of its value.
#[derive(Clone, Copy, Default)]
struct Member {
    from: usize,
    key_ends: usize,
    to: usize,
    /// Its key is ASCII without escapes: its bytes are in the order of its UTF-16 units.
    is_plain: bool,
}

impl Page {
    fn begin_member(&mut self) {
        let from = self.text.len();
        if let Some(object) = self.open.last_mut() {
            object.members.push(Member { from, ..Member::default() });
        }
    }

    fn end_key(&mut self) {
        let key_ends = self.text.len();
        let Some(object) = self.open.last_mut() else { return };
        let Some((last, before)) = object.members.split_last_mut() else { return };
        last.key_ends = key_ends;
        let key = self.text.get(last.from..key_ends).unwrap_or_default();
        last.is_plain = key.iter().all(|byte| byte.is_ascii() && *byte != b'\\');
        if let Some(before) = before.last() {
            object.is_unordered |= order(&self.text, before, last) == Ordering::Greater;
        }
    }

    fn end_member(&mut self) {
        let to = self.text.len();
        if let Some(last) = self.open.last_mut().and_then(|object| object.members.last_mut()) {
            last.to = to;
        }
    }

    /// The object is whole: its members are put in order where they are not.
    fn end_object(&mut self) {
        let Some(mut object) = self.open.pop() else { return };
        let Some(first) = object.members.first().filter(|_| object.is_unordered) else { return };
        let from = first.from;
        object.members.sort_by(|a, b| order(&self.text, a, b));
        self.spare.clear();
        for (i, member) in object.members.iter().enumerate() {
            if i > 0 {
                self.spare.push(b',');
            }
            self.spare.extend_from_slice(self.text.get(member.from..member.to).unwrap_or_default());
        }
        self.text.truncate(from);
        self.text.extend_from_slice(&self.spare);
    }
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

/// Writes on a page.
struct Pen<'a>(&'a RefCell<Page>);

impl Write for Pen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells a page where objects and their members begin and end.
struct Sorted<'a>(&'a RefCell<Page>);

impl Formatter for Sorted<'_> {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"{")?;
        self.0.borrow_mut().open.push(Object::default());
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_object();
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        self.0.borrow_mut().begin_member();
        Ok(())
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_key();
        Ok(())
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_member();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// The same in the plainest way: sorted keys, then each value.
    fn plainly(value: &Value) -> String {
        match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(plainly).collect();
                format!("[{}]", items.join(","))
            }
            Value::Object(map) => {
                let mut pairs: Vec<_> = map.iter().collect();
                pairs.sort_by_key(|(key, _)| key.encode_utf16().collect::<Vec<_>>());
                let pair =
                    |(key, value): (&String, &Value)| format!("{}:{}", json!(key), plainly(value));
                let pairs: Vec<String> = pairs.into_iter().map(pair).collect();
                format!("{{{}}}", pairs.join(","))
            }
            plain => plain.to_string(),
        }
    }

    /// Members in the order they are given.
    struct Unsorted(Vec<(String, Value)>);

    impl Serialize for Unsorted {
        fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            s.collect_map(self.0.iter().map(|(key, value)| (key, value)))
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<i64>().prop_map(Value::from), ".{0,6}".prop_map(Value::from)];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(".{0,3}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn members_in_any_order_are_written_in_the_one(
            members in prop::collection::hash_map(".{0,3}", any_json(), 0..6)
        ) {
            let members: Vec<_> = members.into_iter().collect();
            let value = Value::Object(members.iter().cloned().collect());
            prop_assert_eq!(canonical(&Unsorted(members)), plainly(&value));
        }
    }

    #[test]
    fn a_key_comes_before_the_keys_that_begin_with_it() {
        let members = ["a b", "a!", "a", "", "a\u{e9}", "a\"", "\u{1F600}", "\u{FFFF}"];
        let members = members.map(|key| (key.to_owned(), json!({"z": 1, "a": [{"c": 1, "b": 2}]})));
        let value = Value::Object(members.iter().cloned().collect());
        assert_eq!(canonical(&Unsorted(members.to_vec())), plainly(&value));
    }
}
