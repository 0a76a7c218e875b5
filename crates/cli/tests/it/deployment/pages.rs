//! docs/deployment.md and the schema say what the reader reads; both are made from its tables.

use super::EVERYTHING;
use probity_cli::deployment::{Problem, keys, schema};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

#[track_caller]
fn is_current(name: &str, page: &str) {
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(document(name), page).unwrap();
    }
    let written = std::fs::read_to_string(document(name)).unwrap_or_default();
    assert!(written == page, "docs/{name} is not current: run `UPDATE=1 cargo test`");
}

const HEAD: &str = "\
# The deployment: probity.yaml

Where the contract is put to use: which calls come in, which action each of them is, and who does the work. It promises nothing to
customers, and stands beside `contract.yaml`; `probity check` reads both. What may be wrong with it is listed in
[checks](checks.md#d01). Keys that are not listed here are refused.
";

#[test]
fn the_page_of_keys_is_current() {
    let mut page = String::from(HEAD);
    page.push_str("\n## An example with every key\n\n```yaml\n");
    page.push_str(EVERYTHING);
    page.push_str("```\n\n## Every key\n\nMade from the tables that read the file. `*` stands for an item of a list, or a name of yours.\n\n");
    page.push_str("| key | means | holds | if left out |\n| --- | --- | --- | --- |\n");
    let cell = |text: &str| text.replace('|', "\\|");
    for key in keys() {
        let default = if key.required { "must be there" } else { key.default };
        let example =
            if key.example.is_empty() { String::new() } else { format!("; `{}`", key.example) };
        let (means, holds) = (cell(key.summary), cell(&key.holds));
        let (example, default) = (cell(&example), cell(default));
        writeln!(page, "| `{}` | {means} | {holds}{example} | {default} |", key.path).unwrap();
    }
    is_current("deployment.md", &page);
}

/// The checks of deployments stand in the page of checks, after those of contracts.
#[test]
fn the_page_of_checks_has_those_of_deployments() {
    const BEGINS: &str = "\n## D. Reading the deployment\n";
    let mut section = String::from(BEGINS);
    section.push_str(
        "\nWhat only [`probity.yaml`](deployment.md) can have wrong with it; what any file can have \
         is under [F](#f01).\n",
    );
    for problem in Problem::ALL {
        let (id, anchor) = (problem.id(), problem.id().to_ascii_lowercase());
        let (title, explains, why) = (problem.title(), problem.explanation(), problem.why());
        let severity = format!("{:?}", problem.severity());
        writeln!(
            section,
            "\n### <a id=\"{anchor}\"></a>{id} {title}\n\n*{severity}.* {explains} {why}"
        )
        .unwrap();
    }
    let written = std::fs::read_to_string(document("checks.md")).unwrap();
    let before = written.split(BEGINS).next().unwrap_or_default();
    is_current("checks.md", &format!("{before}{section}"));
}

fn problems(document: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema");
    validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).expect("YAML")
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_refuses_what_has_another_shape() {
    jsonschema::meta::validate(&schema()).expect("valid against 2020-12");
    assert_eq!(problems(&yaml(EVERYTHING)), Vec::<String>::new());
    for (old, new) in [
        ("listen:", "lisen:"),
        ("127.0.0.1:8787", "localhost:8787"),
        ("customer: token", "customer: tokens"),
        ("then: reopened", "then: opened"),
        ("32 MiB", "32 MB"),
        ("POST /api/documents", "post /api/documents"),
        ("status: 4xx", "status: 6xx"),
    ] {
        assert!(EVERYTHING.contains(old));
        assert!(!problems(&yaml(&EVERYTHING.replacen(old, new, 1))).is_empty(), "{new}");
    }
}

/// Every path of keys that is written in a document, as the reference writes them.
fn written(value: &Value, above: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key =
                    if above.ends_with(".inputs") || above == "stripe.prices" { "*" } else { key };
                let path = if above.is_empty() { key.into() } else { format!("{above}.{key}") };
                all.insert(path.clone());
                written(value, &path, all);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| written(item, &format!("{above}.*"), all));
        }
        _ => {}
    }
}

#[test]
fn the_example_has_every_key_that_stands_for_itself() {
    let mut used = BTreeSet::new();
    written(&yaml(EVERYTHING), "", &mut used);
    // A place in a request has three keys wherever one stands; each is shown somewhere.
    let place = |path: &str| {
        let key = path.rsplit('.').next().unwrap_or_default();
        ["body", "header", "path"].contains(&key) && used.iter().any(|used| used.ends_with(key))
    };
    let unused: Vec<String> =
        keys().into_iter().map(|key| key.path).filter(|p| !used.contains(p) && !place(p)).collect();
    assert!(unused.is_empty(), "not in everything.yaml: {unused:?}");
}
