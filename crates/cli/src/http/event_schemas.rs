//! The JSON Schema of each type of event: alone, and in the OpenAPI among its webhooks.

use super::openapi::property;
use super::wire::events::{ALWAYS, TYPES, TypeOf};
use serde_json::{Map, Value, json};

/// Where the OpenAPI keeps schemas, and where a schema that stands alone does.
const THERE: &str = "#/components/schemas/";
const ALONE: &str = "#/$defs/";

/// The schema of an event of this type, alone.
pub(super) fn alone(of: &TypeOf) -> Value {
    let mut defs = Map::new();
    let mut schema = event(of, &mut defs);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$defs"] = Value::Object(defs);
    let text = schema.to_string().replace(THERE, ALONE);
    serde_json::from_str(&text).unwrap_or(schema)
}

/// What is sent to endpoints, for the OpenAPI; the schemas stand among the others.
pub(super) fn webhooks(schemas: &mut Map<String, Value>) -> Value {
    let mut all = Map::new();
    for of in TYPES {
        let (word, name) = (of.kind.word(), name(of));
        let made = event(of, schemas);
        schemas.insert(name.clone(), made);
        let schema = json!({ "$ref": format!("{THERE}{name}") });
        let sent = json!({ "post": {
            "operationId": name, "summary": of.kind.says(),
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": { "2XX": { "description": "It arrived. Anything else is sent again." } },
        } });
        all.insert(word.to_owned(), sent);
    }
    Value::Object(all)
}

/// `EventOfRunSettled`.
fn name(of: &TypeOf) -> String {
    let mut name = "EventOf".to_owned();
    for word in of.kind.word().split(['.', '_']) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.extend(letters);
    }
    name
}

fn event(of: &TypeOf, schemas: &mut Map<String, Value>) -> Value {
    let mut fields = Map::new();
    for field in ALWAYS.iter().chain([&of.about]) {
        fields.insert(field.name.to_owned(), property(field, false, schemas));
    }
    let required = ALWAYS.iter().chain([&of.about]).filter(|field| field.required);
    let required: Vec<_> = required.map(|field| field.name).collect();
    json!({
        "type": "object", "title": of.kind.word(), "description": of.kind.says(),
        "required": ["id", "type", "timestamp", "data"],
        "properties": {
            "id": { "type": "string", "pattern": "^evt_[0-9a-f]{32}$",
                "description": "its id: the same however often it is told" },
            "type": { "const": of.kind.word() },
            "timestamp": { "type": "string", "format": "date-time", "description": "when it happened" },
            "data": { "type": "object", "properties": fields, "required": required },
        },
    })
}
