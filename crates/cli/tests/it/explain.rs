//! `probity explain`: what a newcomer must find in it, and how each rendering looks.

use crate::support::{assert_as_written, probity, said};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;

const JOBSCOUT: &str = "contracts/jobscout";

fn action(name: &str) -> Value {
    serde_json::from_str(&said(&["explain", JOBSCOUT, name, "--json"])).expect("JSON")
}

/// What is paid for an outcome: the words, and the credits where it is one number.
fn pays(action: &Value, outcome: &str) -> (String, Value) {
    let endings = action["endings"].as_array().expect("endings");
    let ending = endings.iter().find(|e| e["outcome"] == outcome).expect("all nine");
    (ending["pays"]["text"].as_str().unwrap().to_owned(), ending["pays"]["credits"].clone())
}

#[test]
fn a_newcomer_finds_what_an_enriched_map_costs() {
    let map = action("enrich_market_map");
    let paid = |outcome| pays(&map, outcome);
    assert_eq!(paid("partial"), ("5 of 8 sections: 6 credits ($0.60)".into(), "6".into()));
    assert_eq!(paid("failed"), ("nothing".into(), "0".into()));
    assert_eq!(paid("empty"), ("nothing".into(), "0".into()));
    assert_eq!(paid("reopened"), ("nothing".into(), "0".into()));
    assert_eq!(paid("delivered"), ("10 credits ($1.00)".into(), "10".into()));
    let text = said(&["explain", JOBSCOUT, "enrich_market_map"]);
    let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let answer = "once it is whole or paid in full: for ever, whatever plan you are on by then";
    assert!(flowing.contains(answer), "the downgrade is answered: {text}");
}

#[test]
fn a_newcomer_finds_what_is_free_and_what_is_harsh() {
    let page: Value = serde_json::from_str(&said(&["explain", JOBSCOUT, "--json"])).unwrap();
    let names = |list: &str| -> Vec<String> {
        let items = page["summary"][list].as_array().unwrap();
        items.iter().map(|item| item["action"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("free"), ["search_roles", "map_market"]);
    assert_eq!(names("paid"), ["enrich_market_map", "tailor_document", "process_documents"]);
    assert_eq!(names("paid_even_if"), ["find_contact_email"]);
    let (text, credits) = pays(&action("find_contact_email"), "empty");
    assert_eq!((text.as_str(), credits), ("3 credits ($0.30)", Value::from("3")));
}

#[test]
fn checks_are_found_in_either_case_and_actions_come_first() {
    let dir = tempfile::tempdir().expect("a folder");
    let title = |args: &[&str]| {
        let out = probity(dir.path(), args);
        String::from_utf8(out.stdout).expect("UTF-8").lines().next().unwrap_or_default().to_owned()
    };
    let check = title(&["explain", "O03"]);
    assert!(check.starts_with("O03 · "), "{check}");
    assert_eq!(title(&["explain", "o03"]), check);
    assert!(probity(dir.path(), &["init", ".", "--yes", "--action", "o03"]).status.success());
    assert_eq!(title(&["explain", "O03"]), check);
    assert!(title(&["explain", "o03"]).starts_with("O03 · 1 credit"));
    assert!(title(&["explain", ".", "o03"]).starts_with("O03 · 1 credit"));
    assert_eq!(title(&["explain", ".", "o04"]), title(&["explain", "O04"]));
}

#[test]
fn an_action_that_is_nearly_right_is_recognised() {
    let dir = crate::support::repository();
    for (typed, near) in [("tailor-document", "tailor_document"), ("serach_roles", "search_roles")]
    {
        let out = probity(&dir, &["explain", JOBSCOUT, typed]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(64));
        assert!(said.contains(&format!("did you mean `{near}`?")), "{said}");
    }
    let out = probity(&dir, &["explain", JOBSCOUT, "fly"]);
    assert!(!String::from_utf8_lossy(&out.stderr).contains("did you mean"), "{out:?}");
}

#[test]
fn every_rendering_is_as_written() {
    assert_as_written(&said(&["explain", JOBSCOUT]), "explain.txt");
    assert_as_written(&said(&["explain", JOBSCOUT, "--format", "markdown"]), "explain.md");
    assert_as_written(&said(&["explain", JOBSCOUT, "--format", "html"]), "explain.html");
    for sample in ["image-studio", "legal-assistant", "minimal"] {
        let text = said(&["explain", &format!("contracts/{sample}")]);
        assert_as_written(&text, &format!("explain_{sample}.txt"));
    }
    assert_as_written(&said(&["explain", JOBSCOUT, "--states"]), "states.txt");
    let states = ["explain", JOBSCOUT, "--states", "--format"];
    assert_as_written(&said(&[&states[..], &["markdown"]].concat()), "states.md");
    assert_as_written(&said(&[&states[..], &["html"]].concat()), "states.html");
}

#[test]
fn what_the_file_leaves_out_is_marked_as_a_default() {
    let dir = tempfile::tempdir().unwrap();
    assert!(probity(dir.path(), &["init", ".", "--yes"]).status.success());
    let out = probity(dir.path(), &["explain", "--json"]);
    let page: Value = serde_json::from_slice(&out.stdout).unwrap();
    let endings = page["actions"][0]["endings"].as_array().unwrap();
    assert!(endings.iter().all(|ending| ending["by_default"] == true), "outcomes are left out");
    let text = String::from_utf8(probity(dir.path(), &["explain"]).stdout).unwrap();
    assert!(text.contains("last 90 days (default)"), "{text}");
}

#[test]
fn one_word_is_an_action_of_this_folder() {
    let dir = crate::support::repository().join(JOBSCOUT);
    let out = probity(&dir, &["explain", "tailor_document"]);
    assert!(String::from_utf8_lossy(&out.stdout).starts_with("TAILOR A DOCUMENT"), "{out:?}");
}

#[test]
fn the_id_of_a_check_is_explained_in_place() {
    let dir = tempfile::tempdir().unwrap();
    for (id, has) in [("O03", "Apollo"), ("F07", "twice"), ("O01", "cannot be written")] {
        let out = probity(dir.path(), &["explain", id]);
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success() && text.starts_with(id) && text.contains(has), "{text}");
    }
    let out = probity(dir.path(), &["explain", "Z99", "--json"]);
    assert_eq!(out.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&out.stdout).contains("unknown_check"));
    for text in
        [said(&["explain", JOBSCOUT, "V08"]), said(&["explain", "V08", "--format", "markdown"])]
    {
        assert!(text.contains("V08") && text.contains("{when}"), "{text}");
    }
}

#[test]
fn the_states_of_one_action_are_its_own() {
    let text = said(&["explain", JOBSCOUT, "find_contact_email", "--states"]);
    assert!(text.contains("find_contact_email.empty_paid\n"), "{text}");
    assert!(!text.contains("taken only if it is delivered"), "it is paid even if not: {text}");
    assert!(!text.contains("\nredo") && !text.contains("\npartial"), "{text}");
    let free = said(&["explain", JOBSCOUT, "map_market", "--states"]);
    assert!(!free.contains("not_enough_credits") && free.contains("allowance_used"), "{free}");
    assert!(!free.contains("Enrich a market map"), "{free}");
}

/// A contract whose words try to break out of wherever they are shown.
fn hostile() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert!(probity(dir.path(), &["init", ".", "--yes"]).status.success());
    let path = dir.path().join("contract.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(
        "name: Summarize a file",
        r#"name: "<script>alert(1)</script> *x* | [a](b) \" onclick='x'""#,
    );
    fs::write(&path, text).unwrap();
    dir
}

#[test]
fn words_of_a_contract_stay_words_on_every_page() {
    let dir = hostile();
    let shown = |format: &str| {
        let out = probity(dir.path(), &["explain", "--format", format]);
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    let html = shown("html");
    assert!(!html.contains("<script"), "escaped");
    assert!(html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"));
    let markdown = shown("markdown");
    assert!(markdown.contains(r"\<script\>alert(1)\</script\> \*x\* \| \[a\](b)"), "{markdown}");
}

#[test]
fn pages_need_nothing_and_run_nothing() {
    for args in [vec![], vec!["enrich_market_map"], vec!["--states"]] {
        let page = said(&[&["explain", JOBSCOUT, "--format", "html"], args.as_slice()].concat());
        for forbidden in
            ["<script", " style=", " onclick", "http://", "https://", "url(", "@import"]
        {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        let (_, rest) = page.split_once("<style>").unwrap();
        let (style, _) = rest.split_once("</style>").unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(
            page.contains(&format!("default-src 'none'; style-src 'sha256-{hash}'")),
            "the hash"
        );
        for landmark in ["<html lang=\"en\">", "<header>", "<main", "<footer>", "scope=\"row\""] {
            assert!(page.contains(landmark), "{landmark}");
        }
        assert_eq!(page.matches("<h1>").count(), 1);
    }
}

/// How much two colours of a style differ in light, by WCAG 2.
fn contrast(a: &str, b: &str) -> f64 {
    let light = |colour: &str| {
        let part = |at: usize| {
            let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_can_be_read_on_what_lies_behind_it() {
    let style = include_str!("../../templates/page.css");
    let themes: Vec<&str> = style.split(":root {").skip(1).take(2).collect();
    for theme in themes {
        let colour = |name: &str| {
            let (_, rest) = theme.split_once(&format!("--{name}: ")).expect("the colour");
            &rest[..7]
        };
        for (text, behind) in [
            ("ink", "paper"),
            ("ink", "card"),
            ("ink", "free-wash"),
            ("soft", "paper"),
            ("soft", "card"),
            ("free", "card"),
            ("free", "free-wash"),
            ("paid", "card"),
            ("paid", "paid-wash"),
            ("harsh", "card"),
            ("harsh", "harsh-wash"),
        ] {
            let ratio = contrast(colour(text), colour(behind));
            assert!(ratio >= 4.5, "{text} on {behind}: {ratio}");
        }
    }
}
