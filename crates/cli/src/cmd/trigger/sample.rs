//! A sample of an event: every field that its JSON Schema has, with names of the contract that is
//! served. Nothing is written, and it says itself that it is a sample.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::reach::Reach;
use probity_core::event::EventKind;
use serde_json::{Map, Value, json};

/// Deeper than this no shape goes.
const DEEPEST: u32 = 8;

/// A sample of an event of this type.
pub(super) fn of(reach: &Reach, kind: EventKind) -> Result<Value, Failure> {
    let types = reach.read("/v1/event-types")?.body;
    let contract = reach.read("/v1/contract")?.body;
    let listed = types["items"].as_array().into_iter().flatten();
    let schema = listed.into_iter().find(|of| of["type"] == kind.word());
    let schema = schema.map(|of| &of["schema"]).ok_or_else(|| {
        let what = format!("this service does not know {}", kind.word());
        Failure::new(Exit::ERRORS, "no_type", what, "take a service of this version")
    })?;
    let now = crate::clock::now();
    let sample = Sample { root: schema, kind, now: now.to_string(), contract: &contract };
    let mut made = sample.value("event", schema, 0);
    made["id"] = format!("evt_{:032x}", now.micros()).into();
    made["sample"] = true.into();
    Ok(made)
}

struct Sample<'s> {
    root: &'s Value,
    kind: EventKind,
    now: String,
    contract: &'s Value,
}

impl Sample<'_> {
    fn value(&self, name: &str, schema: &Value, depth: u32) -> Value {
        let of = self.resolved(schema);
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(same) = of.get("const") {
            return same.clone();
        }
        if let Some(words) = of["enum"].as_array() {
            let meant = words.iter().find(|word| **word == self.word(name));
            return meant.or(words.first()).cloned().unwrap_or_default();
        }
        // Of several ways to say it the first is the full one.
        if let Some(first) = of["anyOf"].get(0) {
            return self.value(name, first, depth + 1);
        }
        match of["type"].as_str() {
            Some("object") => self.object(of, depth),
            Some("array") => json!([self.value(name, &of["items"], depth + 1)]),
            Some("integer") => 1.into(),
            Some("boolean") => false.into(),
            _ => self.text(name, of),
        }
    }

    fn object(&self, of: &Value, depth: u32) -> Value {
        let fields = of["properties"].as_object().into_iter().flatten();
        let made: Map<String, Value> = fields
            .map(|(name, field)| (name.clone(), self.value(name, field, depth + 1)))
            .collect();
        match &of["additionalProperties"] {
            each @ Value::Object(_) => json!({ "ben": self.value("each", each, depth + 1) }),
            _ => made.into(),
        }
    }

    fn text(&self, name: &str, of: &Value) -> Value {
        if of["format"] == "date-time" {
            return self.now.as_str().into();
        }
        if of["examples"].is_array() {
            return of["examples"][0].clone();
        }
        self.word(name)
    }

    /// What stands in a field of this name.
    fn word(&self, name: &str) -> Value {
        let id = |prefix: &str| Value::from(format!("{prefix}_{:032x}", 1));
        let first = |list: &str, field: &str| self.contract[list][0][field].clone();
        let alert = match self.kind {
            EventKind::WalletUsed => ("used", "80%"),
            EventKind::WalletRunsOutSoon => ("runs_out", "3 days"),
            _ => ("expires", "7 days"),
        };
        match name {
            "customer" => "ana".into(),
            "member" => "ben".into(),
            "run" => id("run"),
            "grant" => id("gr"),
            "quote" => id("qt"),
            "question" => id("qn"),
            "id" => id("ov"),
            "payment" => "pay_sample".into(),
            "action" => first("actions", "action"),
            "plan" | "next_plan" => first("plans", "plan"),
            "contract" => {
                let (name, version) = (&self.contract["name"], &self.contract["version"]);
                format!("{}@{version}", name.as_str().unwrap_or_default()).into()
            }
            "provider" => "openai".into(),
            "artifact" => "draft_1".into(),
            "item" => "action/draft_1".into(),
            "status" => match self.kind {
                EventKind::RunHeld | EventKind::RunExtended => "held".into(),
                EventKind::RunReleased => "released".into(),
                EventKind::RunExpired => "expired".into(),
                _ => "settled".into(),
            },
            "mode" => "enforce".into(),
            "outcome" => "delivered".into(),
            "rule" => "charge".into(),
            // A run's; a grant's is one of a few words, of which none is this.
            "kind" => "first".into(),
            "alert" => alert.0.into(),
            "at" => alert.1.into(),
            "words" => "A sample: nothing happened.".into(),
            _ => "sample".into(),
        }
    }

    /// What a schema leads to.
    fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        let Some(at) = schema["$ref"].as_str().and_then(|at| at.strip_prefix('#')) else {
            return schema;
        };
        self.root.pointer(at).unwrap_or(schema)
    }
}
