//! What is kept of a text, and what is left of it.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

const READS: Reads = Reads { whole: &["a", "b", "c", "d", "e", "z", "n"], any: &["any", "more"] };

fn squeezed(text: &str, most: usize) -> Squeeze {
    let mut squeeze = Squeeze::new(most, READS);
    text.bytes().for_each(|byte| squeeze.push(byte));
    squeeze
}

fn read(text: &str) -> Value {
    let squeeze = squeezed(text, 1 << 16);
    serde_json::from_slice(squeeze.kept().unwrap()).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn what_is_short_stays_as_it_is() {
    for text in [
        r#"{"a": [1, -2.5e3, null, true, "x \" \\ \u00e9 é 漢"], "b": {}}"#,
        "[]",
        r#""alone""#,
        "  {\"a\"\n:\r\n1 }  ",
    ] {
        assert_eq!(read(text), serde_json::from_str::<Value>(text).unwrap());
    }
}

#[test]
fn long_texts_are_kept_by_their_beginning() {
    for unit in
        ["a", "é", "漢", "🦀", "\\n", "\\u00e9", "\\ud83e\\udd80", "\\\"", "x🦀\\ud83e\\udd80"]
    {
        for shift in 0..13 {
            let long = format!(
                "{{\"{}{}\": \"\", \"a\": \"{0}{}\", \"n\": 7}}",
                "-".repeat(shift),
                unit.repeat(999),
                unit.repeat(500)
            );
            let squeeze = squeezed(&long, 4096);
            assert!(squeeze.held() < 4096 && squeeze.is_closed());
            assert_eq!(read(&long)["n"], 7, "{unit} {shift}");
        }
    }
}

#[test]
fn white_space_never_joins_two_into_one() {
    assert!(serde_json::from_slice::<Value>(squeezed("[1 2]", 99).kept().unwrap()).is_err());
    let spaces = format!("[1,{}2]", " ".repeat(100_000));
    assert_eq!(squeezed(&spaces, 99).kept().unwrap(), b"[1, 2]");
}

#[test]
fn what_is_too_long_or_too_deep_is_given_up() {
    let deep = "[".repeat(1_000_000);
    let squeeze = squeezed(&deep, 1 << 20);
    assert!(squeeze.kept().is_none() && squeeze.held() < 1024);
    let wide = "1,".repeat(1_000_000);
    let squeeze = squeezed(&wide, 1 << 10);
    assert!(squeeze.kept().is_none() && squeeze.held() < 1024);
}

#[test]
fn what_nobody_reads_is_null_or_whether_there_is_anything() {
    for (text, kept) in [
        (r#"{"x": [1, {"a": "}"}], "y": "long", "z": 1}"#, r#"{"x": null, "y": "", "z": 1}"#),
        (r#"{"a": {"x": {}, "a": "x"}, "x": 7}"#, r#"{"a": {"x": null, "a": "x"}, "x": 7}"#),
        (r#"{"any": [[], 2], "more": {"a": 1}}"#, r#"{"any": [0], "more": [0]}"#),
        (r#"{"any": [ ], "more": { }, "b": 1}"#, r#"{"any": [], "more": [], "b": 1}"#),
        (r#"{"any": "as it is", "more": null}"#, r#"{"any": "as it is", "more": null}"#),
        (r#"{"any": ["]"], "a": ["any", []]}"#, r#"{"any": [0], "a": ["any", []]}"#),
        (r#"{"\u0061": [1]}"#, r#"{"\u0061": [1]}"#),
    ] {
        let squeeze = squeezed(text, 99);
        assert_eq!(std::str::from_utf8(squeeze.kept().unwrap()).unwrap(), kept);
        assert!(squeeze.is_closed());
    }
    for text in [r#"{"x": [1}}"#, r#"{"any": {]}"#, r#"{"any": [{]}]}"#] {
        let squeeze = squeezed(text, 99);
        assert!(serde_json::from_slice::<Value>(squeeze.kept().unwrap()).is_err(), "{text}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(vec!["", "]", "\\\"{", "[é"]).prop_map(Value::from);
    let leaf = prop_oneof![leaf, any::<i32>().prop_map(Value::from), Just(Value::Null)];
    leaf.prop_recursive(5, 60, 5, |inner| {
        let keys = prop::sample::select(vec!["a", "b", "any", "more", "x", "[\"", "a\\"]);
        let fields = prop::collection::vec((keys.prop_map(str::to_owned), inner.clone()), 0..5);
        let list = prop::collection::vec(inner, 0..5);
        let fields = fields.prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![fields, list.prop_map(Value::Array)]
    })
}

/// What is to be left of it.
fn left(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(left).collect(),
        Value::Object(fields) => {
            let field = |(key, value): (String, Value)| {
                let is_any = READS.any.contains(&key.as_str());
                let is_whole = READS.whole.contains(&key.as_str());
                let value = match value {
                    // A key with an escape in it may be any.
                    value if is_whole || key.contains(['\\', '"']) => left(value),
                    Value::Array(items) if is_any => (0..items.len().min(1)).collect(),
                    Value::Object(fields) if is_any => (0..fields.len().min(1)).collect(),
                    Value::Array(_) | Value::Object(_) => Value::Null,
                    Value::String(_) if !is_any => "".into(),
                    value => value,
                };
                (key, value)
            };
            Value::Object(fields.into_iter().map(field).collect())
        }
        value => value,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_json_what_is_read_is_left(value in any_json(), is_pretty in any::<bool>()) {
        let text = if is_pretty { format!("{value:#}") } else { value.to_string() };
        let mut squeeze = Squeeze::new(1 << 16, READS);
        for byte in text.bytes() {
            squeeze.push(byte);
            let closed = squeeze.closed_here().unwrap();
            let is_open = closed.first().is_some_and(|first| b"[{".contains(first));
            prop_assert!(!is_open || serde_json::from_slice::<Value>(&closed).is_ok());
        }
        let mut at_once = Squeeze::new(1 << 16, READS);
        at_once.extend(text.as_bytes());
        prop_assert_eq!(at_once.kept(), squeeze.kept());
        let kept: Value = serde_json::from_slice(squeeze.kept().unwrap()).unwrap();
        prop_assert_eq!(kept, left(value));
    }
}

#[test]
fn every_beginning_can_be_closed() {
    let text = r#"{"a\"b": ["one \u00e9 🦀 \ud83e\udd80", {"c": [1, 2, {}], "d": tru"#.to_owned()
        + r#"e, "e": "f"}, null, -12], "x": [1, {"y": "]\""}], "any": [[1], {}],
        "more": {"a": {}}, "z": "last"} "#;
    assert!(serde_json::from_str::<Value>(&text).is_ok());
    let mut squeeze = Squeeze::new(1 << 16, READS);
    for (at, byte) in text.bytes().enumerate() {
        squeeze.push(byte);
        let closed = squeeze.closed_here().unwrap();
        let shown = String::from_utf8_lossy(&closed).into_owned();
        let read: Value =
            serde_json::from_slice(&closed).unwrap_or_else(|e| panic!("after {at}: {e}: {shown}"));
        assert!(read.is_object());
    }
    assert!(squeeze.is_closed());
}
