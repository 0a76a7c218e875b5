//! M: waivers, and checks that could not be made.

use super::{Severity, jobscout};

fn waive(rule: &str, until: &str) -> String {
    format!(
        "waive: {{ {rule}: {{ because: the wording is with counsel, by: ana, until: {until} }} }}"
    )
}

#[test]
fn a_waived_finding_stays_as_information() {
    let boast = jobscout().contract("for: people looking around", "for: unlimited fun");
    let waived = boast.with(&waive("U05", "2026-11-24")).lint(); // its last day
    let finding = waived.iter().find(|d| d.id == "U05").unwrap();
    assert_eq!(finding.severity, Severity::Info);
    assert!(
        finding
            .message
            .ends_with("Waived until 2026-11-24 by ana because the wording is with counsel.")
    );
    assert!(waived.iter().all(|d| !d.id.starts_with('M')));
}

#[test]
fn m01_fires() {
    let late =
        jobscout().without("delivered_when: the file opens").with(&waive("U02", "2026-01-31"));
    late.fires("M01", &["2026-01-31"]);
    assert_eq!(late.finds("U02"), [(Severity::Error, "5 credits".to_owned())]); // it is back
}

#[test]
fn a_waiver_that_ended_cannot_be_waived() {
    let late = "U02: { because: it is late, by: ana, until: 2026-01-31 }";
    let later = "M01: { because: it is later, by: ana, until: 2027-01-31 }";
    let both = jobscout()
        .without("delivered_when: the file opens")
        .with(&format!("waive: {{ {late}, {later} }}"));
    assert_eq!(both.finds("M01"), [(Severity::Error, "2026-01-31".to_owned())]);
    assert_eq!(both.finds("M02"), [(Severity::Warning, "M01".to_owned())]);
}

#[test]
fn m01_stays_quiet() {
    let live =
        jobscout().without("delivered_when: the file opens").with(&waive("U02", "2026-11-24"));
    live.quiet("M01");
}

#[test]
fn m02_fires() {
    let idle = "{ because: no such word in here, by: ana, until: 2027-06-30 }";
    let files = jobscout().with(&format!("waive: {{ U05: {idle} }}"));
    files.fires("M02", &["U05"]);
    let unknown = jobscout().with(&waive("Z99", "2027-06-30"));
    assert_eq!(unknown.finds("M02").len(), 1);
}

#[test]
fn m02_stays_quiet() {
    let used = jobscout()
        .contract("for: people looking around", "for: unlimited fun")
        .with(&waive("U05", "2027-06-30"));
    used.quiet("M02");
}

#[test]
fn m03_fires() {
    let mut bare = jobscout();
    bare.operations = Some("operates: jobscout\n".to_owned());
    bare.fires("M03", &["operates"]);
    let alone = jobscout().without_operations();
    assert_eq!(alone.finds("M03"), [(Severity::Info, "jobscout".to_owned())]);
}

#[test]
fn m03_stays_quiet() {
    jobscout().quiet("M03");
}

#[test]
fn a_waiver_for_a_rule_that_waits_is_not_called_idle() {
    let waived = jobscout().with(&waive("E02", "2027-06-30"));
    assert_eq!(waived.finds("M02").len(), 1);
    assert_eq!(waived.without_operations().finds("M02"), []);
}
