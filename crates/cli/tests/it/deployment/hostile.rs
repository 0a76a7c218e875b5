//! Files that mean harm, or were never a deployment: refused clearly and without a panic.

#[path = "../../../../../fuzz/judge_deployment.rs"]
mod judge_deployment;

use super::EVERYTHING;
use probity_cli::deployment::read;

/// The first problem found: its id and message.
fn first(bytes: impl AsRef<[u8]>) -> (&'static str, String) {
    let bytes = bytes.as_ref();
    let reading = read(bytes, None);
    assert!(reading.deployment.is_none());
    assert!(!reading.findings.is_empty() && reading.findings.len() <= 1_001);
    for finding in &reading.findings {
        assert!(finding.message.len() + finding.fix.len() < 2_000, "{}", finding.message);
        assert!(finding.place.span.end <= bytes.len());
    }
    (reading.findings[0].id, reading.findings[0].message.clone())
}

/// Every file of the fuzz corpus, by the assertions of the fuzz target itself.
#[test]
fn every_file_of_the_corpus_is_read_without_a_panic_and_with_findings_that_can_be_shown() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/deployment");
    let mut played = 0;
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let result = std::panic::catch_unwind(|| judge_deployment::judge(&bytes));
        assert!(result.is_ok(), "{}", path.display());
        played += 1;
    }
    assert!(played >= 10, "{played}");
}

#[test]
fn what_is_no_text_or_too_much_of_it() {
    assert_eq!(first(vec![b'a'; 2 << 20]).0, "F01");
    assert_eq!(first(b"gateway: \xff\n").0, "F02");
    assert_eq!(first("gateway: \u{202E}").0, "F02");
    assert_eq!(first(""), ("F11", "The file is empty.".into()));
    assert_eq!(first("[gateway]").0, "F11");
    assert_eq!(first("---\na: 1\n---\nb: 2\n").0, "F06");
    assert_eq!(first("[".repeat(100_000)).0, "F04");
    assert_eq!(first("{a: ".repeat(5_000)).0, "F04");
}

#[test]
fn references_are_refused_and_never_followed() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\ngateway: *b\n";
    let said: Vec<String> =
        read(bomb.as_bytes(), None).findings.into_iter().map(|found| found.message).collect();
    let refused = said.iter().filter(|said| said.ends_with("is not used in a deployment.")).count();
    assert!(refused >= 10, "{said:?}");
    for text in ["gateway: { <<: *x }", "gateway: !!python/object:os.system {}"] {
        let found = read(text.as_bytes(), None).findings;
        assert!(found.iter().any(|found| found.id == "F05"), "{text}");
    }
}

#[test]
fn every_piece_of_a_good_file_is_read_without_a_panic() {
    for end in (0..EVERYTHING.len()).step_by(3) {
        let reading = read(&EVERYTHING.as_bytes()[..end], None);
        assert_eq!(
            reading.deployment.is_none(),
            reading.findings.iter().any(|f| format!("{:?}", f.severity) == "Error"),
            "{end}"
        );
    }
}

#[test]
fn bytes_of_a_good_file_may_be_others() {
    for at in (0..EVERYTHING.len()).step_by(5) {
        for byte in *b"\x00\n:{[*&\"/~\xff" {
            let mut bytes = EVERYTHING.as_bytes().to_vec();
            bytes[at] = byte;
            for finding in read(&bytes, None).findings {
                assert!(bytes.get(finding.place.span.clone()).is_some(), "{finding:?}");
            }
        }
    }
}

#[test]
fn long_values_are_not_repeated_whole() {
    let long = "x".repeat(100_000);
    for (old, new) in [
        ("127.0.0.1:8787", long.clone()),
        ("POST /api/documents/tailor", format!("POST /{long}")),
        ("http://127.0.0.1:3000\n", format!("http://{long}:3000\n")),
        ("x-member-id", long.clone()),
        ("/document_id", format!("{long}~~")),
        ("32 MiB", format!("{} MiB", "9".repeat(100_000))),
    ] {
        let text = EVERYTHING.replacen(old, &new, 1);
        let (id, message) = first(text);
        assert!(message.len() < 300, "{id} {message}");
    }
}

#[test]
fn thousands_of_routes_are_compared_and_not_for_ever() {
    let mut text = String::from("gateway:\n  listen: 127.0.0.1:1\n  routes:\n");
    for n in 0..2_000 {
        text.push_str(&format!(
            "    - {{ match: /a{n}/*, upstream: \"https://a.b\", free: true }}\n"
        ));
    }
    let reading = read(text.as_bytes(), None);
    assert_eq!(reading.deployment.unwrap().gateway.unwrap().routes.len(), 2_000);
}
