//! G: questions for counsel. Only where consumers are sold to; never a judgement.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::text::{keys, mentions, public_texts};
use super::ways::is_selling_credits;
use crate::contract::Audience;
use crate::diagnostic::Severity;
use crate::time::{Length, Per, TimeUnit};

pub(super) const RULES: &[Rule] = &[G01, G03, G05, G06, G10];

const G01: Rule = Rule {
    id: "G01",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "A plan that renews, and no link to where it is left",
    explains: "Law in the US (ROSCA, California), the UK and elsewhere asks that price, period \
        and the way to cancel are clear before payment. A contract with paid plans should at \
        least link to where plans are changed and ended. Ask counsel.",
    case: "The FTC's click-to-cancel rule was vacated in July 2025; ROSCA and California's law \
        still ask for simple cancelling.",
    link: "https://ktslaw.com/en/insights/alert/2024/10/california%20latest%20automatic%20renewal%20law%20amendments%20take%20effect%20in%20july%202025",
    fix: "Add `links.plans`, and let that page say how to cancel.",
    example: "links: { top_up: /billing/top-up, own_key: /settings/keys, contact: /help }",
    check: no_way_to_cancel,
};

fn no_way_to_cancel(subject: &Subject<'_>) -> Vec<Finding> {
    let paid = subject.contract.plans.iter().find(|plan| plan.price.is_some());
    match paid {
        Some(plan) if asks(subject) && subject.contract.links.plans.is_none() => {
            vec![Finding::new(
                subject.key(&["links"]),
                format!("`{}` renews, and nothing says where it is cancelled.", plan.id),
            )]
        }
        _ => Vec::new(),
    }
}

/// Are the questions of this group asked at all?
fn asks(subject: &Subject<'_>) -> bool {
    subject.contract.customers == Audience::Consumers
}

const G03: Rule = Rule {
    id: "G03",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "A plan paid by the year, and its reminder",
    explains: "California asks for a yearly reminder of a subscription, the UK for reminders at \
        intervals. Probity sends none by itself. Ask counsel.",
    case: "California's AB 2863 has asked for a yearly reminder since July 2025; the UK's DMCC Act \
        brings reminders at intervals.",
    link: "https://natlawreview.com/article/california-expands-automatic-renewal-law-new-requirements-now-effect",
    fix: "Have your product send the reminder, and waive this with who does it.",
    example: "price: $120 a year",
    check: yearly_plan,
};

fn yearly_plan(subject: &Subject<'_>) -> Vec<Finding> {
    let by_year = |per: Per| per == Per::Year;
    let plans = subject.contract.plans.iter().filter(|_| asks(subject));
    plans
        .filter(|plan| plan.price.is_some_and(|price| by_year(price.per)))
        .map(|plan| {
            Finding::new(
                subject.at(&["plans", &plan.id, "price"]),
                format!("`{}` renews by the year: who reminds the customer?", plan.id),
            )
        })
        .collect()
}

const G05: Rule = Rule {
    id: "G05",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "Unused bought credits without two weeks to change one's mind",
    explains: "In the EU and the UK consumers can mostly withdraw within 14 days; for credits the \
        authorities mean the unused ones. Ask counsel.",
    case: "The EU's consumer authorities ask for 14 days to withdraw from unused in-game currency.",
    link: "https://zwillgen.com/gaming/cpcn-announces-virtual-currency-consumer-protection-guidelines",
    fix: "Add `top_ups: { money_back: { on: unused, within: 14 days } }`.",
    example: "money_back: { on: unused, within: 3 days }",
    check: no_withdrawal,
};

fn no_withdrawal(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    let two_weeks = Length::new(14, TimeUnit::Day).roughly_seconds();
    let is_enough =
        contract.top_ups.money_back.is_some_and(|m| m.within.roughly_seconds() >= two_weeks);
    let can_buy = is_selling_credits(contract) && contract.plans.iter().any(|p| p.top_ups);
    if !asks(subject) || !can_buy || is_enough {
        return Vec::new();
    }
    vec![Finding::new(
        subject.key(&["top_ups", "money_back"]),
        "Consumers who buy credits have no two weeks to give unused ones back.",
    )]
}

const G06: Rule = Rule {
    id: "G06",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "Changes for the worse without notice or a free way out",
    explains: "EU law lets a digital service change for the worse with a reason, notice and, where \
        it matters, a free exit within 30 days. Ask counsel.",
    case: "Directive (EU) 2019/770, article 19.",
    link: "https://eur-lex.europa.eu/legal-content/AUTO/?uri=CELEX:32019L0770&qid=1656799904303&rid=5",
    fix: "Add `changes: { worse: { notice: 30 days, starts: next_period, may_leave_with: \
        refund_of_unused } }`.",
    example: "worse:  { notice: 3 days, starts: next_period, may_leave_with: refund_of_unused }",
    check: no_way_out,
};

fn no_way_out(subject: &Subject<'_>) -> Vec<Finding> {
    let a_month = Length::new(30, TimeUnit::Day).roughly_seconds();
    let is_enough = subject
        .contract
        .changes
        .worse
        .is_some_and(|w| w.may_leave_with_refund && w.notice.roughly_seconds() >= a_month);
    if !asks(subject) || is_enough {
        return Vec::new();
    }
    vec![Finding::new(
        subject.key(&["changes", "worse"]),
        "Changes for the worse do not promise consumers 30 days and a free way out.",
    )]
}

const G10: Rule = Rule {
    id: "G10",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "\"No monetary value\" as an answer",
    explains: "That credits have no monetary value does not by itself answer a customer who paid \
        for them. Say what can be given back, and when. Ask counsel.",
    case: "Figma's terms for AI credits use the phrase; it is not a defence by itself.",
    link: "https://help.figma.com/hc/en-us/articles/33459875669015-How-AI-credits-work",
    fix: "Replace the phrase by the rule: `money_back`, or what stays usable for how long.",
    example: "for: people who know that credits have no monetary value",
    check: no_monetary_value,
};

fn no_monetary_value(subject: &Subject<'_>) -> Vec<Finding> {
    let phrases = &["no monetary value", "no cash value", "non refundable"];
    let texts = public_texts(subject.contract).into_iter().filter(|_| asks(subject));
    texts
        .filter_map(|public| {
            let phrase = mentions(public.text, phrases)?;
            let message = format!("\"{phrase}\" is said to consumers.");
            Some(Finding::new(subject.at(&keys(&public.path)), message))
        })
        .collect()
}
