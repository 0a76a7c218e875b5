//! Files that mean harm, or were never a contract: refused clearly and without a panic. What is
//! quadratic in a megabyte takes minutes and is noticed by that; how quick it is stands in a bench
//! (`benches/check.rs`), since a busy machine must not fail a test.

use crate::samples::JOBSCOUT;
use probity_core::contract::file::{Reading, Sources, read};
use probity_core::diagnostic::Diagnostic;

/// Reads bytes as a contract.
fn contract(bytes: &[u8]) -> Reading {
    let reading = read(&Sources { contract: bytes, operations: None, prices: None });
    assert!(reading.contract.is_none());
    assert!(!reading.findings.is_empty() && reading.findings.len() <= 1_001);
    for finding in &reading.findings {
        assert!(finding.message.len() + finding.fix.len() < 2_000, "{}", finding.message);
        assert!(finding.place.span.end <= bytes.len());
    }
    reading
}

/// The first problem found: its id and message.
fn first(bytes: impl AsRef<[u8]>) -> (&'static str, String) {
    let reading = contract(bytes.as_ref());
    (reading.findings[0].id, reading.findings[0].message.clone())
}

/// Is a problem of this id among those found?
fn finds(id: &str, bytes: impl AsRef<[u8]>) -> bool {
    contract(bytes.as_ref()).findings.iter().any(|f| f.id == id)
}

/// The sample with one text replaced.
fn sample_with(old: &str, new: &str) -> String {
    assert!(JOBSCOUT.contract.contains(old), "{old}");
    JOBSCOUT.contract.replacen(old, new, 1)
}

#[test]
fn a_hundred_megabytes() {
    let (id, message) = first(vec![b'a'; 100_000_000]);
    assert_eq!(id, "F01");
    assert_eq!(message, "The file has 100000000 bytes; 1048576 (1 MiB) is the most that is read.");
    let prices = vec![b' '; 17 << 20];
    let of_prices = read(&Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: JOBSCOUT.operations.map(str::as_bytes),
        prices: Some(&prices),
    });
    assert_eq!(of_prices.findings[0].id, "F01");
}

#[test]
fn what_is_not_text() {
    assert_eq!(
        first(b"contract: \xff\xfe\n"),
        ("F02", "Byte 10 of the file is not UTF-8 text.".into())
    );
    let utf16: Vec<u8> = "\u{FEFF}contract: a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(first(utf16), ("F02", "The file is UTF-16, not UTF-8.".into()));
    assert_eq!(
        first("contract: a\0b"),
        ("F02", "The file contains \\u{0}, which cannot be seen.".into())
    );
    assert_eq!(first("contract: a\u{202E}b").0, "F02");
    assert_eq!(first("\u{FEFF}\u{FEFF}contract: a").0, "F02");
    let escaped = sample_with("name: Search roles", r#"name: "Search\0roles""#);
    assert_eq!(first(escaped), ("F02", "This text contains \\u{0}, which cannot be seen.".into()));
    assert_eq!(first(""), ("F11", "The file is empty.".into()));
    assert_eq!(first("# only a comment\n"), ("F11", "The file is empty.".into()));
    assert_eq!(first("hello").0, "F11");
    assert_eq!(first("[a, b]").0, "F11");
}

#[test]
fn one_byte_order_mark_and_other_line_ends_do_no_harm() {
    for text in [
        format!("\u{FEFF}{}", JOBSCOUT.contract),
        JOBSCOUT.contract.replace('\n', "\r\n"),
        JOBSCOUT.contract.trim_end().to_owned(),
    ] {
        let reading = read(&Sources { contract: text.as_bytes(), operations: None, prices: None });
        assert_eq!(reading.findings, vec![]);
    }
}

#[test]
fn alias_bombs_merge_keys_and_tags() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (last, next) in ('a'..='h').zip('b'..='i') {
        let nine = vec![format!("*{last}"); 9].join(", ");
        bomb.push_str(&format!("{next}: &{next} [{nine}]\n"));
    }
    let reading = contract(bomb.as_bytes());
    assert!(
        reading
            .findings
            .iter()
            .any(|f| f.message == "An alias (`*name`) is not used in a contract.")
    );
    let merge = sample_with("links: {", "links: { <<: { top_up: /x },");
    assert_eq!(first(merge), ("F05", "A merge key (`<<`) is not used in a contract.".into()));
    assert!(finds("F05", sample_with("version: 3", "version: !!int \"3\"")));
    assert_eq!(first(format!("%YAML 1.1\n---\n{}", JOBSCOUT.contract)).0, "F05");
    assert!(finds("F05", "a: *nowhere"));
}

#[test]
fn a_hundred_thousand_levels() {
    let many = 100_000;
    for deep in [
        format!("a: {}", "[".repeat(many)),
        "{a: ".repeat(many),
        "- ".repeat(many),
        "? ".repeat(many),
        (0..1_400).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
        format!("a: {}{}", "[".repeat(33), "]".repeat(33)),
        format!("{}{}", "{a: [".repeat(40), "]}".repeat(40)),
    ] {
        let (id, message) = first(&deep);
        assert_eq!((id, message.as_str()), ("F04", "The file is nested more than 32 levels deep."));
    }
}

#[test]
fn very_many_values_keys_and_problems() {
    assert_eq!(first(format!("a: [{}]", "1,".repeat(500_000))).0, "F04");
    let keys: String = (0..45_000).map(|n| format!("k{n}: 1\n")).collect();
    let reading = contract(keys.as_bytes());
    let last = reading.findings.last().unwrap();
    assert_eq!(last.id, "F31");
    assert_eq!(last.message, "There are 44004 more problems in this file.");
    let same: String = (0..200_000).map(|_| "k: 1\n").collect();
    assert_eq!(contract(same.as_bytes()).findings.last().unwrap().id, "F31");
}

#[test]
fn very_long_keys_texts_and_comments() {
    let long = 1_000_000;
    first(format!("{}: 1", "k".repeat(long)));
    first(format!("\"{}\": 1", "k".repeat(long)));
    first(format!("contract: {}", "x".repeat(long)));
    first(format!("contract: \"{}", "\\n".repeat(long / 2)));
    first(format!("contract: '{}", "''".repeat(long / 2)));
    first(format!("contract: |\n{}", "  x\n".repeat(long / 4)));
    first("#".repeat(long));
    first("a: ".repeat(long / 3));
    let braces = "{".repeat(long / 2);
    first(sample_with(
        "abandoned: \"You left",
        &format!("done: \"{braces}\"\n  abandoned: \"You {{lef}}t"),
    ));
    let placeholders = "{x}".repeat(long / 4);
    first(sample_with("abandoned: \"You left", &format!("abandoned: \"{placeholders}")));
}

#[test]
fn a_key_twice_and_a_document_twice() {
    let twice = format!("{}\nversion: 4\n", JOBSCOUT.contract);
    let reading = contract(twice.as_bytes());
    assert_eq!(reading.findings[0].id, "F07");
    assert_eq!(reading.findings[0].related[0].1, "the first");
    assert_eq!(first(format!("{}---\na: b\n", JOBSCOUT.contract)).0, "F06");
}

#[test]
fn what_other_readers_take_for_booleans_numbers_and_dates() {
    for (text, id) in
        [("no", "F12"), ("Off", "F12"), ("2026-11-01", "F12"), ("12", "F12"), ("~", "F12")]
    {
        assert_eq!(
            first(sample_with("name: Search roles", &format!("name: {text}"))).0,
            id,
            "{text}"
        );
    }
    assert!(finds("F12", "contract: no\nversion: 1\n"));
    for key in ["1", "1.5", "true", "null", "no", "2026-11-01", "\"\"", "? [a]\n", "~"] {
        let keys = format!("{}{key}: a\n", JOBSCOUT.contract);
        let id = first(&keys).0;
        assert!(matches!(id, "F08" | "F09"), "{key}: {id}");
    }
    let tabs = sample_with("    name: Search roles", "\tname: Search roles");
    assert_eq!(first(tabs).0, "F03");
}

#[test]
fn numbers_that_are_none() {
    for text in [
        "010", "0o17", "0x1F", "10e400", "1e3", "-1", "+1", "1_000", "1,000", ".5", "5.", "∞",
        "NaN", ".inf",
    ] {
        let (id, _) =
            first(sample_with("price: 10 credits", &format!("price: \"{text} credits\"")));
        assert_eq!(id, "F14", "{text}");
        let (id, _) = first(sample_with("retries: 2", &format!("retries: {text}")));
        assert!(matches!(id, "F14" | "F15" | "F03"), "{text}: {id}");
    }
    let digits = "9".repeat(500_000);
    assert_eq!(
        first(sample_with("price: 10 credits", &format!("price: {digits} credits"))).0,
        "F15"
    );
    assert_eq!(first(sample_with("price: 10 credits", &format!("price: {digits}"))).0, "F14");
    assert_eq!(first(sample_with("list_price: $0.10", &format!("list_price: {digits}"))).0, "F14");
    assert_eq!(first(sample_with("name: Search roles", &format!("name: {digits}"))).0, "F12");
    assert_eq!(first(sample_with("version: 3", &format!("version: {digits}"))).0, "F15");
    assert_eq!(first(sample_with("credits: 25", &format!("credits: 0.{digits}"))).0, "F15");
}

#[test]
fn price_maps_that_mean_harm() {
    let with = |prices: &str| {
        let reading = read(&Sources {
            contract: JOBSCOUT.contract.as_bytes(),
            operations: JOBSCOUT.operations.map(str::as_bytes),
            prices: Some(prices.as_bytes()),
        });
        assert!(reading.contract.is_some() && reading.operations.is_none(), "{prices:.60}");
        let Diagnostic { id, place, .. } = &reading.findings[0];
        assert!(prices.get(place.span.clone()).is_some(), "{place:?}");
        *id
    };
    assert_eq!(with("{\"m\": \"é\n\"}"), "F29");
    assert_eq!(with(&"[".repeat(100_000)), "F29");
    assert_eq!(with(&format!("{{\"m\": {}", "{\"a\":".repeat(100_000))), "F29");
    assert_eq!(with("[1, 2]"), "F29");
    assert_eq!(with("{\"m\": {\"input_cost_per_token\": 1e-400}}"), "F29");
    assert_eq!(with("{\"m\": {\"input_cost_per_token\": 1e400}}"), "F29");
    assert_eq!(with("{\"m\": {\"input_cost_per_token\": 1e-99999999999}}"), "F29");
    assert_eq!(with("{\"m\": {\"input_cost_per_token\": NaN}}"), "F29");
    assert_eq!(with("{\"m\": {}, \"m\": {}}"), "F07");
    assert_eq!(with(""), "F29");
    assert_eq!(with("{} {}"), "F29");
}
