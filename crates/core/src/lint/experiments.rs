//! X: experiments and roll-out. Trying out stays apart, and shadow ends by numbers.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use crate::contract::{Mode, Rollout};
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[X01, X05];

const X01: Rule = Rule {
    id: "X01",
    severity: Severity::Error,
    needs: Needs::Operations,
    title: "Experiments that reach real suppliers without a bound",
    explains: "Trial runs are free and ours to pay. Their allowance bounds one customer; a \
        ceiling for everyone must bound all of them, and `best_model` what each may use \
        (a warning).",
    case: "One customer of Augment's $250 plan cost it $15,000 a month: tails decide.",
    link: "https://www.augmentcode.com/blog/augment-codes-pricing-is-changing",
    fix: "Add `we_pay_at_most: { everyone: $300 a month }` in operations.yaml, and `best_model` \
        under `experiments`.",
    example: "we_pay_at_most: { a_customer: $2.50 a month }",
    check: unbounded_experiments,
};

fn unbounded_experiments(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(experiments) = &subject.contract.experiments else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let is_bounded = subject.costs().is_some_and(|costs| costs.we_pay_at_most.everyone.is_some());
    if !is_bounded {
        found.push(Finding::new(
            subject.key(&["experiments"]),
            "Experiments run on real suppliers, and nothing bounds what they cost in all.",
        ));
    }
    let is_capped = experiments.best_model.is_some()
        || subject.contract.plans.iter().all(|plan| plan.best_model.is_some());
    if !is_capped {
        found.push(
            Finding::new(subject.key(&["experiments"]), "Experiments may use any model.")
                .severity(Severity::Warning)
                .fix("Add `best_model: CLASS` under `experiments`."),
        );
    }
    found
}

const X05: Rule = Rule {
    id: "X05",
    severity: Severity::Warning,
    needs: Needs::Operations,
    title: "Shadow or announce without the numbers that end it",
    explains: "A roll-out that is only watched never ends, or ends by impatience. `enforce_when` \
        names the days, runs, mismatches and doubled bills that decide.",
    case: "Metronome's guide runs the old and the new billing in parallel and compares before it \
        cuts over.",
    link: "https://docs.stripe.com/billing/subscriptions/usage-based/migrate-to-metronome/test-and-deploy",
    fix: "Add `enforce_when: { days: 14, runs: 2000, mismatches_below: 0.1%, \
        bills_more_than_doubled: 0 }` under `rollout`.",
    example: "actions: { process_documents: shadow }",
    check: endless_shadow,
};

fn endless_shadow(subject: &Subject<'_>) -> Vec<Finding> {
    let rollout = &subject.operations.rollout;
    if !is_watching(rollout) {
        return Vec::new();
    }
    let gate = rollout.enforce_when.as_ref();
    let numbers = [
        ("days", gate.is_some_and(|g| g.days.is_some())),
        ("runs", gate.is_some_and(|g| g.runs.is_some())),
        ("mismatches_below", gate.is_some_and(|g| g.mismatches_below.is_some())),
        ("bills_more_than_doubled", gate.is_some_and(|g| g.bills_more_than_doubled.is_some())),
    ];
    let missing: Vec<_> = numbers.iter().filter(|(_, said)| !said).map(|(n, _)| *n).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    vec![Finding::new(
        subject.operations_key(&["rollout", "enforce_when"]),
        format!("Something is not enforced yet, and no number says when: {}.", missing.join(", ")),
    )]
}

/// Is anything in shadow or announce?
fn is_watching(rollout: &Rollout) -> bool {
    let listed = rollout.actions.values().chain(rollout.plans.values());
    listed.chain([&rollout.default]).any(|mode| *mode != Mode::Enforce)
}
