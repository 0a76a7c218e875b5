//! U: units and words.

use super::{Severity, jobscout};

#[test]
fn u01_fires() {
    let token = jobscout().contract("unit: tailored document", "unit: 1,000 tokens");
    token.fires("U01", &["1,000 tokens"]);
}

#[test]
fn u01_looks_at_what_is_counted() {
    let unit = |unit: &str| {
        let files = jobscout().contract("unit: email lookup", &format!("unit: {unit}"));
        files.finds("U01").len()
    };
    assert_eq!(unit("premium request"), 1);
    assert_eq!(unit("step of the agent"), 1);
    assert_eq!(unit("compute hour"), 1);
    assert_eq!(unit("hour of work"), 0);
}

#[test]
fn u01_stays_quiet() {
    jobscout().quiet("U01");
    jobscout().contract("unit: email lookup", "unit: pull request review").quiet("U01");
    jobscout().contract("unit: email lookup", "unit: summary of a message").quiet("U01");
}

#[test]
fn u02_fires() {
    let circle = jobscout().contract(
        "counts_as: one draft of one CV or letter for one role",
        "counts_as: tailored document",
    );
    circle.fires("U02", &["tailored document"]);
    let endless = jobscout().without("delivered_when: the file opens");
    assert_eq!(endless.finds("U02"), [(Severity::Error, "5 credits".to_owned())]);
}

#[test]
fn u02_only_warns_beyond_an_allowance() {
    let beyond = jobscout().without("delivered_when: the roles found are shown");
    assert_eq!(beyond.finds("U02"), [(Severity::Warning, "0.5 credits".to_owned())]);
}

#[test]
fn u02_stays_quiet() {
    jobscout().quiet("U02"); // exploring the map is free and needs no delivery
}

#[test]
fn u04_fires() {
    let untold = jobscout()
        .without("tell: Your AI provider")
        .without("process_documents: on your key")
        .without("tailor_document: on your key");
    untold.fires("U04", &["6 credits and on your key"]);
}

#[test]
fn u04_stays_quiet() {
    jobscout().quiet("U04"); // the plan tells
    let key_alone = jobscout()
        .without("tell: Your AI provider")
        .contract("enrich_market_map: 6 credits and on your key", "enrich_market_map: on your key");
    key_alone.quiet("U04");
}

#[test]
fn u05_fires() {
    let boast = jobscout()
        .contract("for: people looking around", "for: people who want unlimited searches");
    boast.fires("U05", &["people who want unlimited searches"]);
}

#[test]
fn u05_names_the_limit() {
    let boast = |files: super::Files, limit: &str| {
        let message = format!("\"unlimited\" is promised, and there is a limit: {limit}.");
        files.says("U05", &message, "");
    };
    let of_jobscout = jobscout().contract("people looking around", "unlimited fun");
    boast(of_jobscout, "40 a month of map_market on discovery");
    let of_one = super::one_action("for: unlimited fun\n    runs_on: credits");
    boast(of_one, "1000 runs at once");
}

#[test]
fn u05_stays_quiet() {
    jobscout().contract("for: people looking around", "for: people with limits").quiet("U05");
}

#[test]
fn u06_fires() {
    let fine = jobscout().contract("smallest: 0.5 credits", "smallest: 0.1 credits");
    fine.fires("U06", &["0.1 credits"]);
}

#[test]
fn u06_stays_quiet() {
    jobscout().quiet("U06"); // halves are added in the head
}

#[test]
fn u10_fires() {
    let noun = jobscout().contract("name: Tailor a document", "name: Document tailoring");
    noun.fires("U10", &["Document tailoring"]);
}

#[test]
fn u10_stays_quiet() {
    jobscout().quiet("U10");
    jobscout().contract("name: Tailor a document", "name: Bring it into shape").quiet("U10");
}

#[test]
fn u05_names_a_limit_of_the_same_plan() {
    let boast = jobscout().contract("for: people applying this month", "for: unlimited fun");
    let found = boast.lint().into_iter().find(|d| d.id == "U05").expect("it finds something");
    assert!(found.message.ends_with(" on pro."), "{}", found.message);
}

#[test]
fn u11_fires() {
    let twice = jobscout().contract("name: Process documents", "name: Tailor a document");
    twice.fires("U11", &["Tailor a document"]);
}

#[test]
fn u11_stays_quiet() {
    jobscout().quiet("U11");
}
