//! What a deployment says of one call: its route, the values in it, and whether a rule holds.
//!
//! Pure. A path that tries to climb (`..`, also written as escapes), or is written so that others may
//! read it as another one (`%63hat`, two slashes in a row), matches nothing: else it could go a way
//! that is free, and be understood upstream as one that is not.

use super::{From_, Gateway, JsonPointer, Match, Route, Segment, Test, Whose};
use axum::http::{HeaderName, Method};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The pieces of a path that have names, decoded.
pub type Named = Vec<(String, String)>;

impl Gateway {
    /// The first route for a call, and the pieces of its path that have names. The path is as it came,
    /// without its query.
    #[must_use]
    pub fn route(&self, method: &Method, path: &str) -> Option<(&Route, Named)> {
        self.routes
            .iter()
            .find_map(|route| route.matches.of(method, path).map(|named| (route, named)))
    }

    /// The methods that some route takes at this path; empty where none does, or all are taken.
    #[must_use]
    pub fn methods(&self, path: &str) -> Vec<Method> {
        let here = self.routes.iter().filter(|route| route.matches.path_of(path).is_some());
        here.filter_map(|route| route.matches.method.clone()).collect()
    }
}

impl Route {
    /// Has its request's body to be read as JSON before it goes on?
    #[must_use]
    pub fn reads_body(&self) -> bool {
        let values = [&self.artifact, &self.model, &self.quantity, &self.member];
        let values = values.into_iter().flatten().chain(self.inputs.iter().map(|(_, from)| from));
        let in_body = values.into_iter().any(|from| matches!(from, From_::Body(_)));
        in_body || self.action.is_some() && self.protocol.is_native()
    }

    /// Does it read this header of a request?
    #[must_use]
    pub fn names(&self, header: &HeaderName) -> bool {
        let values = [&self.artifact, &self.model, &self.quantity, &self.member];
        let values = values.into_iter().flatten().chain(self.inputs.iter().map(|(_, from)| from));
        let is_it = |from: &From_| matches!(from, From_::Header(name) if name == header);
        self.customer == Whose::Header(header.clone()) || values.into_iter().any(is_it)
    }
}

impl Match {
    /// The named pieces of a call's path, where the call is matched.
    #[must_use]
    pub fn of(&self, method: &Method, path: &str) -> Option<Named> {
        let fits = self.method.as_ref().is_none_or(|mine| mine == method);
        if fits { self.path_of(path) } else { None }
    }

    fn path_of(&self, path: &str) -> Option<Named> {
        let mut pieces = path.strip_prefix('/')?.split('/');
        let mut named = Vec::new();
        if path.contains("//") || path.split('/').any(|piece| climbs(piece) || is_odd(piece)) {
            return None;
        }
        for segment in &self.path {
            match segment {
                // What stands in no name of a piece may not hide a slash either.
                Segment::Rest => return (!pieces.any(hides_a_slash)).then_some(named),
                Segment::Fixed(text) => {
                    pieces.next().filter(|piece| *piece == text)?;
                }
                Segment::Named { name, end } => {
                    let piece = pieces.next()?.strip_suffix(end.as_str())?;
                    let value = percent_decode_str(piece).decode_utf8().ok()?;
                    if value.is_empty() {
                        return None;
                    }
                    named.push((name.clone(), value.into_owned()));
                }
            }
        }
        pieces.next().is_none().then_some(named)
    }
}

/// Is this piece, or one within it once it is decoded, a step upwards or nowhere? Some servers leave out
/// what follows a semicolon.
fn climbs(piece: &str) -> bool {
    let decoded = percent_decode_str(piece).decode_utf8_lossy();
    decoded.split(['/', '\\']).any(|step| matches!(step.split(';').next(), Some("." | "..")))
}

/// Has it an escape of what needs none: a letter, a digit or one of `-._~` (RFC 3986, 2.3)? Or one
/// that is none at all?
fn is_odd(piece: &str) -> bool {
    piece.split('%').skip(1).any(|after| {
        let code = after.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        code.is_none_or(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    })
}

fn hides_a_slash(piece: &str) -> bool {
    let lower = piece.to_ascii_lowercase();
    lower.contains("%2f") || lower.contains("%5c")
}

impl JsonPointer {
    /// Reads a pointer; None where it is none. The empty text is the whole body.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let steps = match text.strip_prefix('/') {
            None if text.is_empty() => Vec::new(),
            None => return None,
            Some(rest) => rest.split('/').map(step).collect::<Option<_>>()?,
        };
        Some(Self { written: text.to_owned(), steps })
    }

    /// A key of the body itself, which needs no escapes.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self { written: format!("/{key}"), steps: vec![key.to_owned()] }
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Its steps: keys of objects, or places in lists, counted from 0.
    #[must_use]
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// What stands there in a body.
    #[must_use]
    pub fn find<'v>(&self, body: &'v Value) -> Option<&'v Value> {
        body.pointer(&self.written)
    }

    /// Does a key on the way there stand in the body in letters of another size? Whoever is behind may
    /// read that one.
    #[must_use]
    pub fn is_ambiguous(&self, body: &Value) -> bool {
        let mut here = Some(body);
        for step in &self.steps {
            here = match here {
                Some(Value::Object(fields)) => {
                    if fields.keys().any(|key| key != step && is_same_word(key, step)) {
                        return true;
                    }
                    fields.get(step)
                }
                Some(Value::Array(items)) => step.parse().ok().and_then(|n: usize| items.get(n)),
                _ => return false,
            };
        }
        false
    }
}

/// The same, whatever the size of its letters.
#[must_use]
pub fn is_same_word(one: &str, other: &str) -> bool {
    let folded = |text: &str| text.to_uppercase().to_lowercase();
    one.eq_ignore_ascii_case(other) || folded(one) == folded(other)
}

/// One step, its escapes read: `~1` is a slash, `~0` a tilde.
fn step(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match (c, c == '~') {
            (_, true) => match chars.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            (c, false) => c,
        });
    }
    Some(plain)
}

impl Test {
    /// Does it hold of this value of a body?
    #[must_use]
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let value = value.filter(|value| !value.is_null() || *self == Self::Missing);
        match (self, value) {
            (Self::Missing, value) => value.is_none(),
            (Self::Empty, None) => true,
            (Self::Empty, Some(value)) => match value {
                Value::Array(items) => items.is_empty(),
                Value::Object(keys) => keys.is_empty(),
                Value::String(text) => text.is_empty(),
                _ => false,
            },
            (Self::Present, value) => value.is_some(),
            (Self::Is(wanted), Some(Value::String(text))) => text == wanted,
            (Self::Is(wanted), Some(Value::Bool(is))) => {
                wanted == if *is { "true" } else { "false" }
            }
            (Self::Is(wanted), Some(Value::Number(number))) => same_number(wanted, number),
            (Self::Is(_) | Self::Hundred(_), _) => false,
        }
    }

    /// Does it hold of this header?
    #[must_use]
    pub fn holds_of_header(&self, value: Option<&str>) -> bool {
        match self {
            Self::Missing => value.is_none(),
            Self::Empty => value.is_none_or(|text| text.trim().is_empty()),
            Self::Present => value.is_some(),
            Self::Is(wanted) => {
                value.is_some_and(|text| text.trim().eq_ignore_ascii_case(wanted.as_str()))
            }
            Self::Hundred(_) => false,
        }
    }

    /// Does it hold of this status?
    #[must_use]
    pub fn holds_of_status(&self, status: u16) -> bool {
        match self {
            Self::Hundred(hundred) => status / 100 == *hundred,
            Self::Is(wanted) => *wanted == status.to_string(),
            Self::Present => true,
            Self::Empty | Self::Missing => false,
        }
    }
}

/// Numbers are compared by their digits: `5` is `5.0`.
fn same_number(wanted: &str, number: &serde_json::Number) -> bool {
    fn digits(text: &str) -> &str {
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
    }
    digits(wanted) == digits(&number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn named(name: &str, end: &str) -> Segment {
        Segment::Named { name: name.to_owned(), end: end.to_owned() }
    }

    fn fixed(text: &str) -> Segment {
        Segment::Fixed(text.to_owned())
    }

    #[test]
    fn paths_are_matched_piece_by_piece_and_none_climbs() {
        let gemini = Match {
            method: Some(Method::POST),
            path: vec![fixed("v1beta"), fixed("models"), named("model", ":generateContent")],
        };
        let of = |path| gemini.of(&Method::POST, path);
        let model = |text: &str| Some(vec![("model".to_owned(), text.to_owned())]);
        assert_eq!(of("/v1beta/models/gemini-2.5-pro:generateContent"), model("gemini-2.5-pro"));
        assert_eq!(of("/v1beta/models/a%20b:generateContent"), model("a b"));
        assert_eq!(gemini.of(&Method::GET, "/v1beta/models/a:generateContent"), None);
        for path in [
            "/v1beta/models/:generateContent",
            "/v1beta/models/a:streamGenerateContent",
            "/v1beta/models/a:generateContent/b",
            "/v1beta/models",
            "v1beta/models/a:generateContent",
            "",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
        let below = Match { method: None, path: vec![fixed("open"), Segment::Rest] };
        let of = |path| below.of(&Method::GET, path).is_some();
        assert!(of("/open") && of("/open/") && of("/open/a/b"));
        for path in ["/open/../a", "/open/%2e%2e/a", "/open/a%2f..%2fb", "/open/.", "/opener"] {
            assert!(!of(path), "{path}");
        }
        assert!(of("/open/a%20b"));
        for path in ["/open/%61", "/open//a", "//open/a", "/open/a%2Fb", "/open/%zz", "/open/%"] {
            assert!(!of(path), "{path}");
        }
    }

    #[test]
    fn pointers_find_what_they_name() {
        let body = json!({ "a": [{ "b/c": 1 }], "~": 2 });
        let find = |text| JsonPointer::parse(text).unwrap().find(&body).cloned();
        assert_eq!(find("/a/0/b~1c"), Some(json!(1)));
        assert_eq!(find("/~0"), Some(json!(2)));
        assert_eq!(find("/a/1"), None);
        assert_eq!(find(""), Some(body.clone()));
        assert_eq!(JsonPointer::parse("/b~1c").unwrap().steps(), ["b/c"]);
        for text in ["a", "$.a", "/a~2", "/a~"] {
            assert_eq!(JsonPointer::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_empty_in_five_ways_and_zero_is_something() {
        for value in [json!([]), json!({}), json!(""), json!(null)] {
            assert!(Test::Empty.holds(Some(&value)), "{value}");
        }
        assert!(Test::Empty.holds(None));
        for value in [json!(0), json!(false), json!([null]), json!(" ")] {
            assert!(!Test::Empty.holds(Some(&value)), "{value}");
        }
        assert!(Test::Missing.holds(None) && !Test::Missing.holds(Some(&json!(null))));
        assert!(!Test::Present.holds(Some(&json!(null))) && Test::Present.holds(Some(&json!(0))));
    }

    #[test]
    fn values_are_compared_as_they_are_written() {
        let is = |wanted: &str, value: Value| Test::Is(wanted.to_owned()).holds(Some(&value));
        assert!(is("hit", json!("hit")) && !is("hit", json!("Hit")));
        assert!(is("true", json!(true)) && is("5", json!(5)) && is("5", json!(5.0)));
        assert!(!is("5", json!([5])) && !is("0", json!(false)));
        assert!(Test::Is("hit".into()).holds_of_header(Some(" HIT ")));
        assert!(Test::Hundred(4).holds_of_status(404) && !Test::Hundred(4).holds_of_status(500));
        assert!(Test::Is("204".into()).holds_of_status(204));
    }
}
