//! The API as OpenAPI 3.1, made from the same tables that requests are checked by.

use super::event_schemas;
use super::problems;
use super::routes::{Does, ROUTES, Route, Who};
use super::shape::{Field, Kind, Shape};
use super::wire::answers::DENIAL;
use serde_json::{Map, Value, json};

/// The whole document.
pub(crate) fn document() -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.to_lowercase()] = operation(route, &mut schemas);
    }
    reference(&DENIAL, false, &mut schemas);
    schemas.insert("Problem".to_owned(), problem());
    let webhooks = event_schemas::webhooks(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Probity",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Billing by outcomes. Credits are decimal strings; times RFC 3339 in UTC.",
        },
        "security": [{ "key": [] }],
        "paths": paths,
        "webhooks": webhooks,
        "components": {
            "securitySchemes": { "key": {
                "type": "http", "scheme": "bearer",
                "description": "A secret key (`sk_live_…`, `sk_sandbox_…`), or a customer token (`ct_…`) where it is said.",
            } },
            "schemas": schemas,
        },
    })
}

fn operation(route: &Route, schemas: &mut Map<String, Value>) -> Value {
    let mut parameters: Vec<Value> = ids(route.path)
        .map(|id| {
            json!({ "name": id, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    for field in route.query {
        parameters.push(json!({
            "name": field.name, "in": "query", "required": field.required,
            "description": field.says, "schema": schema(&field.kind, true, schemas),
        }));
    }
    if is_keyed(route) {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same request again gets the same answer, for at least 7 days.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        }));
    }
    let mut of = json!({
        "operationId": operation_id(route), "summary": route.says, "parameters": parameters,
        "responses": responses(route, schemas),
    });
    if let Some(body) = route.body {
        of["requestBody"] = json!({
            "required": body.fields.iter().any(|field| field.required),
            "content": { "application/json": { "schema": reference(body, !is_signed(route), schemas) } },
        });
    }
    match route.who {
        Who::Anyone if is_signed(route) => {
            of["security"] = json!([]);
            of["description"] = "The header `Stripe-Signature` says who sent it.".into();
        }
        Who::Anyone => of["security"] = json!([]),
        Who::Customer => of["description"] = "Also with a customer token.".into(),
        Who::Key => {}
    }
    of
}

fn is_keyed(route: &Route) -> bool {
    matches!(route.does, Does::Write(_) | Does::WriteLater(_) | Does::Keyed(_) | Does::Own(_))
}

fn is_signed(route: &Route) -> bool {
    matches!(route.does, super::routes::Does::Signed(_))
}

fn responses(route: &Route, schemas: &mut Map<String, Value>) -> Value {
    let mut all = Map::new();
    for status in route.status {
        let mut response = json!({ "description": route.says });
        if let Some(answer) = route.answer {
            let schema = reference(answer, false, schemas);
            response["content"] = json!({ "application/json": { "schema": schema } });
            if matches!(route.does, Does::Stream(_)) {
                response["content"]["text/event-stream"] =
                    json!({ "schema": { "type": "string" } });
            }
        }
        if route.sheet.is_some() {
            let text = json!({ "schema": { "type": "string" } });
            response["content"]["text/csv"] = text;
        }
        if is_keyed(route) {
            response["headers"] = json!({ "Probity-Replayed": {
                "description": "`true`: the answer to an earlier request with the same key.",
                "schema": { "type": "string" },
            } });
        }
        all.insert(status.to_string(), response);
    }
    let problem = json!({ "anyOf": [
        { "$ref": "#/components/schemas/Problem" }, { "$ref": "#/components/schemas/Denial" },
    ] });
    let refused = json!({
        "description": "A problem, or a denial.",
        "content": { "application/problem+json": { "schema": problem } },
    });
    all.insert("default".to_owned(), refused);
    Value::Object(all)
}

fn ids(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// `postV1RunsIdSettle`.
fn operation_id(route: &Route) -> String {
    let words = route.path.split(|c: char| !c.is_ascii_alphanumeric());
    let mut id = route.method.to_lowercase();
    for word in words.filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        id.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        id.extend(letters);
    }
    id
}

fn problem() -> Value {
    let codes: Vec<&str> = problems::all().map(|about| about.code).collect();
    json!({
        "type": "object", "description": "A problem, as RFC 9457 has it.",
        "required": ["type", "title", "status", "detail", "code", "applied"],
        "properties": {
            "type": { "type": "string" }, "title": { "type": "string" },
            "status": { "type": "integer" }, "detail": { "type": "string" },
            "code": { "type": "string", "enum": codes },
            "applied": {
                "anyOf": [{ "type": "boolean", "const": false }, { "type": "string", "const": "unknown" }],
                "description": "nothing was applied, or it is not known",
            },
            "field": { "type": "string", "description": "the field that is wrong" },
        },
    })
}

/// A shape by its name; it stands among the schemas then.
fn reference(shape: &Shape, closed: bool, schemas: &mut Map<String, Value>) -> Value {
    if !schemas.contains_key(shape.name) {
        schemas.insert(shape.name.to_owned(), Value::Null);
        let made = object(shape, closed, schemas);
        schemas.insert(shape.name.to_owned(), made);
    }
    json!({ "$ref": format!("#/components/schemas/{}", shape.name) })
}

/// Unknown fields of requests are refused, those of answers allowed.
fn object(shape: &Shape, closed: bool, schemas: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for field in shape.fields {
        properties.insert(field.name.to_owned(), property(field, closed, schemas));
    }
    let required = shape.fields.iter().filter(|field| field.required).map(|field| field.name);
    let mut of = json!({
        "type": "object", "description": shape.says, "properties": properties,
        "required": required.collect::<Vec<_>>(),
    });
    if closed {
        of["additionalProperties"] = false.into();
    }
    of
}

pub(super) fn property(field: &Field, closed: bool, schemas: &mut Map<String, Value>) -> Value {
    let of = schema(&field.kind, closed, schemas);
    let of = if field.required { of } else { nullable(of) };
    let mut of = of;
    of["description"] = field.says.into();
    of
}

fn nullable(of: Value) -> Value {
    json!({ "anyOf": [of, { "type": "null" }] })
}

fn schema(kind: &Kind, closed: bool, schemas: &mut Map<String, Value>) -> Value {
    match kind {
        Kind::Id => json!({ "type": "string", "pattern": "^[A-Za-z0-9._:@-]{1,128}$" }),
        Kind::Text(most) if closed => json!({ "type": "string", "maxLength": most }),
        Kind::Line(most) if closed => {
            json!({ "type": "string", "maxLength": most, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$" })
        }
        Kind::Text(_) | Kind::Line(_) => json!({ "type": "string" }),
        Kind::Credits => {
            json!({ "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,6})?$", "examples": ["12.5"] })
        }
        Kind::Count => {
            json!({ "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64 })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Length => json!({
            "type": "string", "pattern": "^[0-9]+ (second|minute|hour|day|week|month|year)s?$",
            "examples": ["20 minutes"],
        }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Of(shape) | Kind::Later(shape) => reference(shape, closed, schemas),
        Kind::List(item, most) => {
            let mut list = json!({ "type": "array", "items": schema(item, closed, schemas) });
            if closed {
                list["maxItems"] = (*most).into();
            }
            list
        }
        Kind::Map(value, nulls) => {
            let value = schema(value, closed, schemas);
            let value = if *nulls { nullable(value) } else { value };
            json!({ "type": "object", "additionalProperties": value })
        }
        Kind::Price(shape) => {
            let credits = schema(&Kind::Credits, closed, schemas);
            json!({ "anyOf": [credits, reference(shape, closed, schemas)] })
        }
        Kind::Allowance(shape) => {
            let text = json!({ "type": "string", "examples": ["150 a month"] });
            json!({ "anyOf": [text, reference(shape, closed, schemas)] })
        }
        Kind::Object => json!({ "type": "object" }),
        Kind::Anything => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of two shapes by one name only the first would stand in the document.
    #[test]
    fn requests_and_answers_have_names_of_their_own() {
        let bodies: Vec<_> = ROUTES.iter().filter_map(|route| route.body).collect();
        let mut answers = Map::new();
        for shape in ROUTES.iter().filter_map(|route| route.answer) {
            reference(shape, false, &mut answers);
        }
        let both = bodies.iter().filter(|body| answers.contains_key(body.name));
        let both: Vec<_> = both.map(|body| body.name).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
