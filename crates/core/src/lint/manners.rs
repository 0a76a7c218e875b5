//! M: the checks themselves. Waivers that ended or match nothing, and checks that were not made.

use super::needs::{self, Needs};
use super::rule::{Finding, Rule, Subject};
use crate::contract::Waiver;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) const RULES: &[Rule] = &[M01, M02, M03];

const M01: Rule = Rule {
    id: "M01",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A waiver that has ended",
    explains: "A waiver accepts a finding until a day. After it, the finding is back and the \
        waiver itself is an error, so that accepting stays a decision.",
    case: "Lint noise kills linters, and waivers without an end kill them silently.",
    link: "",
    fix: "Mend what the rule found and remove the waiver, or decide anew with a new `until`.",
    example: "waive: { U02: { because: the wording is with counsel, by: ana, until: 2026-01-31 } }",
    check: ended,
};

fn ended(subject: &Subject<'_>) -> Vec<Finding> {
    let waivers = subject.contract.waivers.iter().filter(|w| !is_live(subject, w));
    waivers
        .map(|w| {
            Finding::new(
                subject.at(&["waive", &w.rule, "until"]),
                format!("The waiver of {} by {} ended on {}.", w.rule, w.by, w.until),
            )
        })
        .collect()
}

/// A waiver lives until the end of its day.
fn is_live(subject: &Subject<'_>, waiver: &Waiver) -> bool {
    subject.today <= waiver.until
}

const M02: Rule = Rule {
    id: "M02",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A waiver that matches nothing",
    explains: "A waiver for which no rule finds anything hides the next finding before anybody \
        has seen it; one for an unknown rule does nothing at all.",
    case: "Left-over waivers are how a check is switched off without anybody deciding it.",
    link: "",
    fix: "Remove the waiver.",
    example: "waive: { U05: { because: no such word in here, by: ana, until: 2027-06-30 } }",
    check: |_| Vec::new(), // asked in `waived`, when everything else has been found
};

const M03: Rule = Rule {
    id: "M03",
    severity: Severity::Info,
    needs: Needs::Operations,
    title: "Costs are not known, so nothing was said about margins",
    explains: "The rules of economics need what actions cost. Without `costs` in operations.yaml \
        they are silent: unknown is not the same as well.",
    case: "An unknown price is unknown, never zero.",
    link: "",
    fix: "Add `costs` to operations.yaml: tokens and supplier calls of each action.",
    example: "operates: jobscout",
    check: costs_unknown,
};

fn costs_unknown(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.costs().is_some() {
        return Vec::new();
    }
    let message = "What actions cost is not known, so prices were not held against costs.";
    if subject.has_operations() {
        return vec![Finding::new(subject.operations_key(&["costs"]), message)];
    }
    let fix = format!(
        "Write operations.yaml beside it, with `operates: {}` and `costs`: tokens and supplier \
         calls of each action.",
        subject.contract.name
    );
    vec![Finding::new(subject.at(&["contract"]), message).fix(fix)]
}

/// Downgrades what a live waiver accepts, and adds the waivers that match nothing. Nothing is said
/// of waivers for rules that could not be asked.
pub(super) fn waived(subject: &Subject<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for waiver in subject.contract.waivers.iter() {
        let mut matches = false;
        for finding in found.iter_mut().filter(|d| d.id == waiver.rule && is_waivable(d)) {
            matches = true;
            if is_live(subject, waiver) {
                finding.severity = Severity::Info;
                finding.waived = true;
                finding.message = format!("{} {}", finding.message, accepted(waiver));
            }
        }
        let rule = super::rule(&waiver.rule);
        let waits = rule.is_some_and(|rule| needs::missing(rule.needs, subject).is_some());
        if !matches && !waits {
            found.push(idle(subject, waiver));
        }
    }
    found
}

/// Everything but the findings about waivers.
fn is_waivable(finding: &Diagnostic) -> bool {
    finding.id != M01.id && finding.id != M02.id
}

fn accepted(waiver: &Waiver) -> String {
    format!("Waived until {} by {} because {}.", waiver.until, waiver.by, waiver.because)
}

fn idle(subject: &Subject<'_>, waiver: &Waiver) -> Diagnostic {
    let place = subject.key(&["waive", &waiver.rule]);
    let message = if super::rule(&waiver.rule).is_some() {
        format!("The waiver of {} matches no finding.", waiver.rule)
    } else {
        format!("There is no rule {} to waive.", waiver.rule)
    };
    Finding::new(place, message).into_diagnostic(&M02)
}
