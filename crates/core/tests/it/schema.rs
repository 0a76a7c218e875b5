//! The JSON Schema and the reference say the same as the reader.

use crate::samples::{ALL, EVERYTHING};
use probity_core::contract::file::{keys, schema};
use probity_core::diagnostic::FileKind;
use serde_json::Value;
use std::collections::BTreeSet;

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).expect("a sample is YAML")
}

fn problems(file: FileKind, document: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&schema(file)).expect("a schema");
    validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_sample_is_valid() {
    for sample in ALL {
        let none: Vec<String> = Vec::new();
        assert_eq!(problems(FileKind::Contract, &yaml(sample.contract)), none, "{}", sample.name);
        if let Some(operations) = sample.operations {
            assert_eq!(problems(FileKind::Operations, &yaml(operations)), none, "{}", sample.name);
        }
    }
}

#[test]
fn the_schema_is_a_schema() {
    for file in [FileKind::Contract, FileKind::Operations, FileKind::Prices] {
        jsonschema::meta::validate(&schema(file)).expect("valid against 2020-12");
    }
}

/// Every path of keys in a schema, written as the reference writes them.
fn paths(schema: &Value, above: &str, all: &mut BTreeSet<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        all.insert(path.clone());
        paths(inner, &path, all);
    }
    for inside in ["additionalProperties", "items"] {
        if schema[inside].is_object() {
            paths(&schema[inside], &format!("{above}.*"), all);
        }
    }
    for inner in schema["anyOf"].as_array().into_iter().flatten() {
        paths(inner, above, all);
    }
}

#[test]
fn the_schema_has_the_keys_of_the_reference_and_no_others() {
    for file in [FileKind::Contract, FileKind::Operations] {
        let mut of_schema = BTreeSet::new();
        paths(&schema(file), "", &mut of_schema);
        let of_reference: BTreeSet<String> =
            keys().into_iter().filter(|k| k.file == file).map(|k| k.path).collect();
        assert_eq!(of_schema, of_reference);
    }
}

#[test]
fn what_the_schema_is_for_is_found_while_typing() {
    for (good, bad) in [
        ("price: 5 credits", "price: 5 credit's"),
        ("unit: text", "unti: text"),
        ("runs_on: own_key", "runs_on: key"),
        ("empty: free", "empty: charge"),
        ("at_once: 5", "at_once: 0"),
        ("version: 1", "versoin: 1"),
        ("write: on your key", "write: on their key"),
        ("exploring: true", "exploring: often"),
        ("done_free:", "done_fre:"),
        ("write.done:", "write.don:"),
    ] {
        assert!(EVERYTHING.contract.contains(good), "{good}");
        let document = yaml(&EVERYTHING.contract.replacen(good, bad, 1));
        assert!(!problems(FileKind::Contract, &document).is_empty(), "{bad}");
    }
}

#[test]
fn every_key_of_the_reference_says_what_it_is() {
    for key in keys() {
        assert!(key.summary.ends_with(['.', '"']), "{}: {}", key.path, key.summary);
        assert!(!key.rule.is_empty() && !key.holds.is_empty(), "{}", key.path);
        assert_eq!(key.required, key.default.is_empty(), "{}", key.path);
        let section = key.holds.starts_with("a section") || key.holds.starts_with("for each");
        assert!(
            !key.example.is_empty() || section || key.holds.starts_with('`') || !key.required,
            "{} has no example",
            key.path
        );
    }
}
