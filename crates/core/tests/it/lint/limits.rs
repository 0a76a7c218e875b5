//! L: limits and spikes.

use super::{Files, Severity, jobscout, one_action};

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
    assert_eq!(unknown.finds("L06"), [free]); // for one customer and for everyone, in one
}

#[test]
fn l06_finds_whatever_is_free() {
    let found = |plan: &str| {
        let places = one_action(plan).finds("L06").into_iter().map(|(_, place)| place);
        places.collect::<Vec<_>>()
    };
    assert_eq!(found("runs_on: credits"), Vec::<String>::new());
    let units = "runs_on: credits\n    allowances: { sum_up: 2 a month }";
    assert_eq!(found(units), ["2 a month"]);
    assert_eq!(found("runs_on: credits\n    prices: { sum_up: free }"), ["free"]);
}

#[test]
fn l06_needs_no_ceiling_for_what_costs_us_nothing() {
    let key = "runs_on: own_key\n    prices: { sum_up: on your key }";
    let with_costs = |entry: &str| {
        let costs = format!(
            "operates: one\ncosts:\n  services: {{ index: $0.01 }}\n  actions:\n    \
             sum_up: {{ {entry} }}\n"
        );
        Files { operations: Some(costs), ..one_action(key) }.finds("L06").len()
    };
    assert_eq!(with_costs("typical: { in: 100, out: 10 }"), 0); // the key pays
    assert_eq!(with_costs("services: { index: 1 }"), 1); // ours, and free for the customer
}

#[test]
fn l06_stays_quiet() {
    jobscout().quiet("L06");
}
