//! The JSON Schema of the two files, made from the tables that read them.
//!
//! Editors complete and check with it while typing. It is as strict as one value allows; what needs
//! several keys (references, multiples of the smallest credit) only reading can tell.

use super::contract::CONTRACT;
use super::operations::OPERATIONS;
use super::shape::{Key, Keys, Kind, Shape};
use crate::contract::words::State;
use crate::diagnostic::FileKind;
use serde_json::{Map, Value, json};

/// The schema of `contract.yaml` or `operations.yaml` (JSON Schema 2020-12); `true`, which allows
/// anything, for the price map, whose shape is LiteLLM's, and for files whose keys are not known here.
#[must_use]
pub fn schema(file: FileKind) -> Value {
    let (keys, title) = match file {
        FileKind::Contract => (&CONTRACT, "Product contract"),
        FileKind::Operations => (&OPERATIONS, "Operations of a product contract"),
        FileKind::Prices | FileKind::Deployment => return Value::Bool(true),
    };
    of_file(keys, title)
}

/// The schema of a whole file that has these keys.
#[must_use]
pub fn of_file(keys: &Keys, title: &str) -> Value {
    let mut schema = of_keys(keys);
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(title));
    Value::Object(schema)
}

fn of_keys(keys: &Keys) -> Map<String, Value> {
    let properties: Map<String, Value> =
        keys.list.iter().map(|key| (key.name.to_owned(), of_key(key))).collect();
    let required: Vec<&str> = keys.list.iter().filter(|k| k.required).map(|k| k.name).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("additionalProperties".into(), json!(false));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema
}

fn of_key(key: &Key) -> Value {
    let mut schema = of_shape(&key.shape);
    let mut summary = key.summary.to_owned();
    if !key.required {
        summary.push_str(&format!(" Default: {}.", key.default));
    }
    schema.insert("description".into(), json!(summary));
    Value::Object(schema)
}

/// A name: by its form, or, of states, one of the closed list, alone or behind an action.
fn of_name(kind: Kind) -> Map<String, Value> {
    let mut schema = Map::new();
    if kind == Kind::State {
        let states: Vec<&str> = State::ALL.iter().map(|state| state.word()).collect();
        let of_action = format!("^[a-z][a-z0-9_]*[.]({})$", states.join("|"));
        schema.insert("anyOf".into(), json!([{ "enum": states }, { "pattern": of_action }]));
    } else {
        schema.insert("pattern".into(), json!(kind.pattern()));
    }
    schema
}

fn of_shape(shape: &Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Keys(keys) => return of_keys(keys),
        Shape::Named(kind, shape) => json!({
            "type": "object",
            "propertyNames": of_name(*kind),
            "additionalProperties": of_shape(shape),
        }),
        Shape::List(shape) => json!({ "type": "array", "minItems": 1, "items": of_shape(shape) }),
        Shape::Text => json!({ "type": "string", "minLength": 1 }),
        Shape::Name(kind) => {
            let mut name = of_name(*kind);
            name.insert("type".into(), json!("string"));
            return name;
        }
        Shape::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Literal(form) => {
            json!({ "type": "string", "pattern": form.pattern, "examples": [form.example] })
        }
        Shape::Number(form) => json!({
            "anyOf": [
                { "type": "number", "minimum": 0 },
                { "type": "string", "pattern": form.pattern, "examples": [form.example] },
            ]
        }),
        Shape::Word(words) => json!({ "enum": words() }),
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Either(shapes) => {
            json!({ "anyOf": shapes.iter().map(of_shape).collect::<Vec<_>>() })
        }
    };
    match schema {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
