//! L: limits and spikes.

use super::{Severity, jobscout};

#[test]
fn l01_fires() {
    let only_told = jobscout().section("limits", "limits: { at_once: 5, alerts: { used: [80%] } }");
    only_told.fires("L01", &["alerts"]);
}

#[test]
fn l01_stays_quiet() {
    jobscout().quiet("L01");
    jobscout().section("limits", "limits: { at_once: 5 }").quiet("L01");
}

#[test]
fn l03_fires() {
    let calm = "limits: { spend_cap: 400 credits a month, at_once: 5 }";
    jobscout().section("limits", calm).fires("L03", &["limits"]);
}

#[test]
fn l03_stays_quiet() {
    jobscout().quiet("L03");
    let prepaid = jobscout()
        .section("limits", "limits: { at_once: 5 }")
        .section("top_ups", "top_ups: { auto: only_if_asked }");
    prepaid.quiet("L03"); // nothing can be bought
}

#[test]
fn l06_fires() {
    let open = jobscout().operations(", everyone: $300 a month }", " }");
    open.fires("L06", &["we_pay_at_most"]);
}

#[test]
fn l06_fires_without_operations() {
    let unknown = jobscout().without_operations();
    let free = (Severity::Error, "free".to_owned());
    assert_eq!(unknown.finds("L06"), [free.clone(), free]); // for one customer, and for everyone
}

#[test]
fn l06_stays_quiet() {
    jobscout().quiet("L06");
}
