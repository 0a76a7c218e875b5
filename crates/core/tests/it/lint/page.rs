//! `docs/checks.md` is made from the tables; this test compares, and `UPDATE=1` rewrites it.
#![allow(clippy::disallowed_methods)] // a test may write the page that it checks

use probity_core::contract::file::Problem;
use probity_core::diagnostic::Severity;
use probity_core::lint::{ELSEWHERE, GROUPS, HELD, Rule};
use std::fmt::Write;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks.md");

const HEAD: &str = "\
# Checks

What `probity check` says about a contract, by id. Made from the tables in the code; do not edit.

- An **error** is refused: such a contract is not enforced. A **warning** wants mending, or a waiver
  with a reason, a name and an end. **Info** is worth knowing.
- A finding is accepted for a while by a waiver in `contract.yaml`; it then stays as information.
  After its day the waiver itself is an error ([M01](#m01)).

  ```yaml
  waive: { O05: { because: the hit rate is unknown until launch, by: ana, until: 2027-03-01 } }
  ```

- Many things that a lint would look for cannot be written at all:
  [held by the language](#held-by-the-language).
";

fn page() -> String {
    let mut out = String::from(HEAD);
    for group in GROUPS {
        let _ = writeln!(out, "\n## {}. {}", group.letter, group.title);
        for rule in group.rules {
            write_rule(&mut out, rule);
        }
    }
    write_problems(&mut out);
    out.push_str("\n## Held by the language\n\nThese cannot be written; each has a test.\n\n");
    out.push_str(
        "| id | what a rule would catch | why it cannot be written | the case behind it |\n",
    );
    out.push_str("| --- | --- | --- | --- |\n");
    for held in HELD {
        let source = source(held.link);
        let (id, title, because, case) = (anchor(held.id), held.title, held.because, held.case);
        let _ = writeln!(out, "| {id} | {title} | {because} | {case}{source} |");
    }
    out.push_str("\n## Asked elsewhere\n\nThese need records, or two versions. What is not here yet is marked so.\n\n");
    out.push_str(
        "| id | what it catches | asked by | the case behind it |\n| --- | --- | --- | --- |\n",
    );
    for elsewhere in ELSEWHERE {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {}{} |",
            anchor(elsewhere.id),
            elsewhere.title,
            elsewhere.asked_by,
            elsewhere.case,
            source(elsewhere.link)
        );
    }
    out
}

fn write_rule(out: &mut String, rule: &Rule) {
    let source = source(rule.link);
    let _ = writeln!(
        out,
        "\n### {} {}\n\n*{}.* {}\n\n**Why.** {}{source}\n\n**Mend it.** {}\n\n```yaml\n{}\n```",
        anchor(rule.id),
        rule.title,
        severity(rule.severity),
        rule.explains,
        rule.case,
        rule.fix,
        rule.example,
    );
}

fn source(link: &str) -> String {
    if link.is_empty() { String::new() } else { format!(" ([source]({link}))") }
}

fn write_problems(out: &mut String) {
    out.push_str(
        "\n## F. Reading the files\n\nAll of these are errors unless the finding says so.\n",
    );
    for problem in Problem::ALL {
        let _ = writeln!(
            out,
            "\n### {} {}\n\n{} {}",
            anchor(problem.id()),
            problem.title(),
            problem.explanation(),
            problem.why(),
        );
    }
}

fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>{id}", id.to_ascii_lowercase())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

#[test]
fn the_page_of_checks_is_current() {
    // The last section is made by the crate that reads deployments.
    const NOT_OURS: &str = "\n## D. Reading the deployment\n";
    let written = std::fs::read_to_string(PATH).unwrap_or_default();
    let rest = written.find(NOT_OURS).and_then(|at| written.get(at..)).unwrap_or_default();
    let page = page() + rest;
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(PATH, &page).unwrap();
    }
    let written = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(written == page, "docs/checks.md is not current: run `UPDATE=1 cargo test`");
}
