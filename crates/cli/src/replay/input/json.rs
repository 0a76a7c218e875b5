//! Taking the wanted cells out of a JSON object, without building the rest of it.
//!
//! Used for rows of JSON lines, and for CSV cells that hold JSON. A wanted cell may lie inside
//! other objects, and inside a text that is itself JSON (gateways store their metadata so).

use crate::replay::role::Role;
use crate::replay::row::Fields;
use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Which cells are wanted, by the keys that lead to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    roles: Vec<Role>,
    /// Roles that several cells may fill, with the place among them.
    one_of: Vec<(Role, u8)>,
    below: Vec<(String, Self)>,
}

impl Wanted {
    /// Adds a cell: `path` leads to it, key by key. `rank` is its place where several may fill the
    /// role.
    pub(crate) fn add(&mut self, path: &[String], role: Role, rank: Option<u8>) {
        let Some((key, rest)) = path.split_first() else {
            match rank {
                Some(rank) => self.one_of.push((role, rank)),
                None => self.roles.push(role),
            }
            return;
        };
        let place = self.below.iter().position(|(own, _)| own == key).unwrap_or_else(|| {
            self.below.push((key.clone(), Self::default()));
            self.below.len() - 1
        });
        if let Some((_, wanted)) = self.below.get_mut(place) {
            wanted.add(rest, role, rank);
        }
    }

    /// Fills the wanted cells from the text of an object.
    ///
    /// # Errors
    /// Where the text is not one whole JSON object.
    pub(crate) fn read_object<'a>(
        &self,
        text: &'a str,
        fields: &mut Fields<'a>,
    ) -> Result<(), serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(text);
        reader.deserialize_map(Object { wanted: self, fields })?;
        reader.end()
    }

    /// Fills what is wanted of a cell of CSV: all of it, or what lies inside its JSON.
    pub(crate) fn read_cell<'a>(&self, cell: Cow<'a, str>, fields: &mut Fields<'a>) {
        let is_plain = self.below.is_empty() && self.one_of.is_empty();
        if let ([role], true) = (self.roles.as_slice(), is_plain) {
            fields.set(*role, cell);
            return;
        }
        if !self.below.is_empty() {
            let mut found = Fields::default();
            if self.read_object(cell.trim(), &mut found).is_ok() {
                fields.take_owned(&found);
            }
        }
        for role in &self.roles {
            fields.set(*role, cell.clone());
        }
        for (role, rank) in &self.one_of {
            fields.set_one_of(*role, *rank, cell.clone());
        }
    }

    /// Fills what is wanted of one value. A value of another kind than expected has none of it.
    pub(crate) fn read_value<'a>(&self, text: &'a str, fields: &mut Fields<'a>) {
        let text = text.trim();
        for role in &self.roles {
            fields.set(*role, scalar(text));
        }
        for (role, rank) in &self.one_of {
            fields.set_one_of(*role, *rank, scalar(text));
        }
        if self.below.is_empty() {
            return;
        }
        if text.starts_with('{') {
            // What was read before a fault stays; each cell is judged by itself later.
            let _ = self.read_object(text, fields);
        } else if text.starts_with('"') {
            let inner = scalar(text);
            let mut found = Fields::default();
            if self.read_object(&inner, &mut found).is_ok() {
                fields.take_owned(&found);
            }
        }
    }
}

/// The text of a JSON value as a cell: strings without quotes, null as nothing, all else as written.
fn scalar(text: &str) -> Cow<'_, str> {
    if text == "null" {
        return Cow::Borrowed("");
    }
    let Some(inside) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(text);
    };
    if inside.contains('\\') {
        return serde_json::from_str::<String>(text).map_or(Cow::Borrowed(inside), Cow::Owned);
    }
    Cow::Borrowed(inside)
}

struct Object<'w, 'f, 'a> {
    wanted: &'w Wanted,
    fields: &'f mut Fields<'a>,
}

impl<'de> Visitor<'de> for Object<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match self.wanted.below.iter().find(|(own, _)| *own == key) {
                Some((_, wanted)) => {
                    let value: &'de RawValue = map.next_value()?;
                    wanted.read_value(value.get(), self.fields);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(paths: &[(&str, Role)]) -> Wanted {
        let mut wanted = Wanted::default();
        for (path, role) in paths {
            let path: Vec<_> = path.split('.').map(String::from).collect();
            wanted.add(&path, *role, None);
        }
        wanted
    }

    #[test]
    fn cells_are_taken_from_any_depth() {
        let wanted = wanted(&[
            ("user", Role::Customer),
            ("spend", Role::Cost),
            ("tags", Role::Action),
            ("meta.usage.cached", Role::TokensCached),
            ("meta.draft", Role::Artifact),
        ]);
        let text = r#"{"user":"a\u00e9","x":{"user":1},"spend":1.65e-05,"tags":["p","q"],
            "meta":{"usage":{"cached":7},"draft":null},"y":[1,{"z":"}"}]}"#;
        let mut fields = Fields::default();
        wanted.read_object(text, &mut fields).unwrap();
        assert_eq!(fields.get(Role::Customer), "aé");
        assert_eq!(fields.get(Role::Cost), "1.65e-05");
        assert_eq!(fields.get(Role::Action), r#"["p","q"]"#);
        assert_eq!(fields.get(Role::TokensCached), "7");
        assert_eq!(fields.get(Role::Artifact), "");
        assert_eq!(fields.get(Role::Plan), "");
    }

    #[test]
    fn a_text_that_is_json_is_opened() {
        let wanted = wanted(&[("meta.usage.cached", Role::TokensCached)]);
        let mut fields = Fields::default();
        wanted.read_object(r#"{"meta":"{\"usage\":{\"cached\":12}}"}"#, &mut fields).unwrap();
        assert_eq!(fields.get(Role::TokensCached), "12");
    }

    #[test]
    fn values_of_another_kind_hold_nothing() {
        let wanted = wanted(&[("meta.usage", Role::TokensCached)]);
        for text in [r#"{"meta":1}"#, r#"{"meta":"plain"}"#, r#"{"meta":null}"#, r#"{"meta":[]}"#] {
            let mut fields = Fields::default();
            wanted.read_object(text, &mut fields).unwrap();
            assert_eq!(fields.get(Role::TokensCached), "", "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["", "1", "[]", "{", r#"{"a":}"#, r#"{"a":1} {"b":2}"#, "null"] {
            assert!(Wanted::default().read_object(text, &mut Fields::default()).is_err(), "{text}");
        }
        let deep = format!("{}{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
        assert!(Wanted::default().read_object(&deep, &mut Fields::default()).is_err());
    }
}
