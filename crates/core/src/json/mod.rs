//! JSON, for journals and for answers: no spaces, the shortest escapes.
//!
//! Written in one pass (`pen`): values go to the text as they come. In journals it is canonical, as
//! RFC 8785 has it: keys are sorted by their UTF-16 units, and where those of an object did not come in
//! order, its members are put in order once it is whole (`page`). Amounts, times and ids are texts;
//! numbers are integers, and what fractions others send are written as `serde_json` has them.

mod page;
mod pen;

use serde::Serialize;

/// Writes a value as canonical JSON; nothing at all where it has no JSON (a map with lists for keys).
///
/// ```
/// use probity_core::journal::canonical;
/// let value = serde_json::json!({"b": 1, "a": "\u{e9}\n"});
/// assert_eq!(canonical(&value), "{\"a\":\"\u{e9}\\n\",\"b\":1}");
/// ```
#[must_use]
pub fn canonical(value: &(impl Serialize + ?Sized)) -> String {
    write(value, page::Page::in_order())
}

/// Writes a value as JSON, the members of its objects as they come; nothing at all where it has no
/// JSON.
///
/// ```
/// use probity_core::Amount;
/// assert_eq!(probity_core::json::plain(&Amount::credits(6)), "\"6\"");
/// ```
#[must_use]
pub fn plain(value: &(impl Serialize + ?Sized)) -> String {
    write(value, page::Page::as_it_comes())
}

fn write(value: &(impl Serialize + ?Sized), mut page: page::Page) -> String {
    let written = value.serialize(&mut pen::Pen(&mut page));
    written.map(|()| page.into_text()).unwrap_or_default()
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
    fn it_is_the_json_that_everybody_else_writes() {
        #[derive(Serialize)]
        enum Kind {
            Unit,
            New(u8),
            Pair(i8, bool),
            Named { a: Option<char>, b: () },
        }
        #[derive(Serialize)]
        #[serde(tag = "t")]
        enum Tagged {
            B { z: u64, a: f64 },
        }
        let numbers = std::collections::BTreeMap::from([(7_i32, 1.5_f32), (-3, -0.25)]);
        let all = (
            vec![Kind::Unit, Kind::New(1), Kind::Pair(-2, true)],
            Kind::Named { a: Some('\u{1F600}'), b: () },
            Tagged::B { z: u64::MAX, a: 1e300 },
            (i64::MIN, "\u{0}\u{1f}\u{7f}\\\"/", [1.0, -0.0]),
            (numbers, None::<u8>, std::net::Ipv4Addr::LOCALHOST),
        );
        assert_eq!(canonical(&all.3), serde_json::to_string(&all.3).unwrap());
        assert_eq!(canonical(&u128::MAX), u128::MAX.to_string());
        assert_eq!(plain(&all.2), r#"{"t":"B","z":18446744073709551615,"a":1e+300}"#);
        let text = canonical(&all);
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, serde_json::to_value(&all).unwrap());
        assert!(text.contains(r#"{"a":1e+300,"t":"B","z":18446744073709551615}"#), "{text}");
        assert!(text.contains(r#"{"-3":-0.25,"7":1.5}"#), "{text}");
    }

    #[test]
    fn what_has_no_json_is_nothing() {
        assert_eq!(canonical(&std::collections::BTreeMap::from([(vec![1], 1)])), "");
    }

    #[test]
    fn a_key_comes_before_the_keys_that_begin_with_it() {
        let members = ["a b", "a!", "a", "", "a\u{e9}", "a\"", "\u{1F600}", "\u{FFFF}"];
        let members = members.map(|key| (key.to_owned(), json!({"z": 1, "a": [{"c": 1, "b": 2}]})));
        let value = Value::Object(members.iter().cloned().collect());
        assert_eq!(canonical(&Unsorted(members.to_vec())), plainly(&value));
    }
}
