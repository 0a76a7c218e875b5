//! What waits: a rule that could not be asked is neither passed nor silent, and says why.

use super::{Files, TODAY, jobscout};
use probity_core::lint::{Linted, Needs, WaitsFor, lint, rules};

fn linted(files: &Files) -> Linted {
    lint(&files.read(), TODAY)
}

fn with_operations(text: &str) -> Files {
    Files { operations: Some(text.to_owned()), ..jobscout() }
}

/// The ids of the rules that wait for this.
fn waiting(files: &Files, what: WaitsFor) -> Vec<&'static str> {
    let waiting = linted(files).waiting.into_iter();
    waiting.filter(|w| w.waits_for == what).map(|w| w.rule.id).collect()
}

fn needing(needs: &[Needs]) -> Vec<&'static str> {
    rules().filter(|rule| needs.contains(&rule.needs)).map(|rule| rule.id).collect()
}

#[test]
fn nothing_waits_where_everything_is_known() {
    assert!(linted(&jobscout()).waiting.is_empty());
}

#[test]
fn every_rule_waits_where_the_contract_is_broken() {
    let broken = jobscout().contract("currency: USD", "currency: 7");
    assert_eq!(waiting(&broken, WaitsFor::Errors).len(), rules().count());
    assert!(linted(&broken).findings.is_empty());
}

#[test]
fn rules_about_the_contract_alone_are_asked_beside_broken_operations() {
    for text in ["operated: jobscout\n", "operates: [", "operates: jobscout\ncosts: 7\n"] {
        let broken = with_operations(text);
        let more = [Needs::Operations, Needs::Costs, Needs::UnitCosts];
        assert_eq!(waiting(&broken, WaitsFor::Errors), needing(&more), "{text}");
        assert_eq!(waiting(&broken, WaitsFor::Costs), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn rules_about_costs_wait_for_costs() {
    let of_costs = needing(&[Needs::Costs, Needs::UnitCosts]);
    for files in [jobscout().without_operations(), with_operations("operates: jobscout\n")] {
        assert_eq!(waiting(&files, WaitsFor::Costs), of_costs);
        assert_eq!(waiting(&files, WaitsFor::Errors), Vec::<&str>::new());
    }
}

#[test]
fn rules_about_margins_wait_until_some_unit_cost_is_known() {
    let bound = "we_pay_at_most: { a_customer: $2.50 a month, everyone: $300 a month }";
    let limits_only = with_operations(&format!("operates: jobscout\ncosts: {{ {bound} }}\n"));
    assert_eq!(waiting(&limits_only, WaitsFor::Costs), needing(&[Needs::UnitCosts]));
}
