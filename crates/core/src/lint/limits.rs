//! L: limits and spikes. Something stops before the bill does.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::ways::is_selling_credits;
use crate::contract::Plan;
use crate::diagnostic::{Place, Severity};
use crate::money::Cost;

pub(super) const RULES: &[Rule] = &[L01, L03, L06];

const L01: Rule = Rule {
    id: "L01",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "Alerts, but nothing that stops",
    explains: "An alert tells, a cap stops. Where the contract warns of use it also needs a \
        default `spend_cap`, which every customer may set lower or higher.",
    case: "Google's budget alerts did not stop a stolen Gemini key at $82,314; Netlify had no \
        preset limits when a free site was billed $104,500.",
    link: "https://thegputrade.com/news/google-reverses-gemini-api-bills-adds-spend-caps-unqry6un",
    fix: "Add `limits: { spend_cap: 400 credits a month }`.",
    example: "limits: { at_once: 5, alerts: { used: [80%] } }",
    check: alerts_without_stop,
};

fn alerts_without_stop(subject: &Subject<'_>) -> Vec<Finding> {
    let limits = &subject.contract.limits;
    let is_warning = !limits.alerts.used.is_empty() || limits.alerts.runs_out.is_some();
    if !is_warning || limits.spend_cap.is_some() {
        return Vec::new();
    }
    vec![Finding::new(
        subject.key(&["limits", "alerts"]),
        "Customers are told how much they spend, and nothing stops at any amount.",
    )]
}

const L03: Rule = Rule {
    id: "L03",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "No rule for an unusual day",
    explains: "Where credits can be bought, a stolen key or a runaway script can spend them all. \
        `unusual_day` pauses a day that is many times a customer's usual one, and asks.",
    case: "A stolen Gemini key turned about $180 a month into $82,314 within 48 hours.",
    link: "https://euno.news/posts/en/gemini-api-key-thief-racks-up-82314-in-charges-in-3f84c4",
    fix: "Add `unusual_day: { times_usual: 5, and_over: 30 credits }` under `limits`.",
    example: "limits: { spend_cap: 400 credits a month, at_once: 5 }",
    check: no_unusual_day,
};

fn no_unusual_day(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    let can_buy = is_selling_credits(contract) && contract.plans.iter().any(|p| p.top_ups);
    if !can_buy || contract.limits.unusual_day.is_some() {
        return Vec::new();
    }
    vec![Finding::new(
        subject.key(&["limits"]),
        "Credits can be bought and spent at any pace without a question.",
    )]
}

const L06: Rule = Rule {
    id: "L06",
    severity: Severity::Error,
    needs: Needs::Operations,
    title: "Something free without a ceiling on what we pay",
    explains: "Free actions, free units and experiments are paid by us. `we_pay_at_most` bounds \
        that for one customer and for everyone together; both are needed, because many customers \
        are as dear as one.",
    case: "One customer of Augment's $250 plan cost it $15,000 a month.",
    link: "https://www.augmentcode.com/blog/augment-codes-pricing-is-changing",
    fix: "Add `we_pay_at_most: { a_customer: $2.50 a month, everyone: $300 a month }` under \
        `costs` in operations.yaml.",
    example: "we_pay_at_most: { a_customer: $2.50 a month }",
    check: free_without_ceiling,
};

fn free_without_ceiling(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((what, place)) = something_free(subject) else { return Vec::new() };
    let we_pay = subject.costs().map(|costs| costs.we_pay_at_most);
    let ceilings = [
        ("one customer", "a_customer: $2.50 a month", we_pay.and_then(|w| w.a_customer)),
        ("everyone together", "everyone: $300 a month", we_pay.and_then(|w| w.everyone)),
    ];
    let missing = ceilings.iter().filter(|(_, _, ceiling)| ceiling.is_none());
    let (whom, lines): (Vec<&str>, Vec<&str>) = missing.map(|(whom, line, _)| (whom, line)).unzip();
    if whom.is_empty() {
        return Vec::new();
    }
    let whom = whom.join(", nor for ");
    let message = format!("{what}, and nothing bounds what we pay for {whom}.");
    let found = match subject.costs() {
        Some(_) => Finding::new(subject.operations_key(&["costs", "we_pay_at_most"]), message)
            .related(place, "free for customers"),
        None => Finding::new(place, message),
    };
    let lines = lines.join(", ");
    vec![found.fix(format!(
        "Write `we_pay_at_most: {{ {lines} }}` under `costs` in operations.yaml, with your own sums."
    ))]
}

/// The first thing that costs the customer nothing and us something, or we do not know how much.
fn something_free(subject: &Subject<'_>) -> Option<(String, Place)> {
    let plans = &subject.contract.plans;
    let free = subject.margins.actions.iter().find_map(|row| {
        let plan = plans.get(&row.plan)?;
        let is_free = row.price.is_free() || has_free_units(plan, &row.action);
        (is_free && row.cost.worst != Some(Cost::ZERO)).then_some((row, plan))
    });
    let of_plan = free.map(|(row, plan)| {
        let place = if row.price.is_free() && !plan.prices.contains_key(&row.action) {
            subject.at(&["actions", &row.action, "price"])
        } else if row.price.is_free() {
            subject.at(&["plans", &plan.id, "prices", &row.action])
        } else {
            subject.at(&["plans", &plan.id, "allowances", &row.action])
        };
        (format!("`{}` is free on `{}`", row.action, plan.id), place)
    });
    let trials = || {
        let offered = subject.contract.experiments.as_ref()?;
        let names: Vec<&str> = offered.actions.iter().map(|a| a.as_str()).collect();
        let message = format!("Trying out {} is free", names.join(", "));
        Some((message, subject.key(&["experiments"])))
    };
    of_plan.or_else(trials)
}

fn has_free_units(plan: &Plan, action: &str) -> bool {
    plan.allowances.get(action).is_some_and(|allowance| allowance.units > 0)
}
