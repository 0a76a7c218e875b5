//! W: the wallet. What was paid for stays, and can be spent.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::ways::{is_selling_credits, takes_credits};
use crate::contract::{Action, Audience, Expiry, Pack, Tariff};
use crate::diagnostic::Severity;
use crate::phrase;
use crate::time::{Length, TimeUnit};

pub(super) const RULES: &[Rule] = &[W01, W03, W07, W09, W11];

const W01: Rule = Rule {
    id: "W01",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "Bought credits expire soon, or without a reminder",
    explains: "Credits that were paid for are the customer's money. Expiring within 24 months is \
        an error; within five years a warning where consumers are sold to (gift-card law comes \
        near); at any time without a reminder before, a warning.",
    case: "OpenAI's prepaid credits went after a year, in small print, without a reminder.",
    link: "https://community.openai.com/t/credit-expired-without-notification/1256598",
    fix: "Let bought credits last `forever`, or at least 24 months with `limits.alerts.expires`.",
    example: "bought: { lasts: 12 months }",
    check: bought_credits_expire,
};

fn bought_credits_expire(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    let Expiry::After(life) = contract.credit.bought else { return Vec::new() };
    let is_under = |n| life.roughly_seconds() < Length::new(n, TimeUnit::Month).roughly_seconds();
    let place = || subject.at(&["credit", "kinds", "bought", "lasts"]);
    let mut found = Vec::new();
    if is_under(24) {
        found.push(Finding::new(place(), format!("Bought credits are gone after {life}.")));
    } else if contract.customers == Audience::Consumers && is_under(60) {
        let message = format!("Consumers' bought credits are gone after {life}.");
        found.push(Finding::new(place(), message).severity(Severity::Warning));
    }
    if contract.limits.alerts.expires.is_empty() {
        let message = format!("Bought credits are gone after {life} without a reminder.");
        found.push(
            Finding::new(place(), message)
                .severity(Severity::Warning)
                .fix("Add `expires: [30 days, 7 days]` under `limits.alerts`."),
        );
    }
    found
}

const W03: Rule = Rule {
    id: "W03",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A cap on credits kept that swallows what was paid for",
    explains: "`keep_at_most` bounds the plan credits of a wallet (bought ones it cannot touch). \
        Below what a plan brings in one period, part of every payment is never given.",
    case: "ElevenLabs added none of 100,000 new credits because the balance stood at its roll-over \
        cap.",
    link: "https://doublepost.link/guild/1066739690436313158/thread/1486097779448352898/p/1486097780656308396/",
    fix: "Raise `keep_at_most` above the largest plan's credits, or leave it out.",
    example: "plan: { rolls_over: 1 month, keep_at_most: 100 credits }",
    check: cap_swallows,
};

fn cap_swallows(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(kept) = subject.contract.credit.plan_keep_at_most else {
        return Vec::new();
    };
    let over = subject.contract.plans.iter().filter_map(|plan| Some((plan, plan.credits?)));
    over.filter(|(_, credits)| *credits > kept)
        .map(|(plan, credits)| {
            let message = format!(
                "`{}` brings {} a period, and only {kept} are kept.",
                plan.id,
                phrase::credits(credits)
            );
            Finding::new(subject.at(&["credit", "kinds", "plan", "keep_at_most"]), message)
                .related(subject.at(&["plans", &plan.id, "credits"]), "never given in full")
        })
        .collect()
}

const W07: Rule = Rule {
    id: "W07",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Packs that never fit a price",
    explains: "Where only packs are sold and no pack is a multiple of a price, something is \
        always left over that buys nothing.",
    case: "The EU's consumer authorities name bundles that force unwanted left-overs among the \
        practices to avoid.",
    link: "https://arthurcox.com/insights/eu-consumer-protection-new-principles-for-virtual-currencies-in-video-games",
    fix: "Sell any amount (`top_ups.any_amount_from: $5`), or packs that are multiples of prices.",
    example: "packs: { 33 credits: $5 }",
    check: packs_never_fit,
};

fn packs_never_fit(subject: &Subject<'_>) -> Vec<Finding> {
    let top_ups = &subject.contract.top_ups;
    if top_ups.any_amount_from.is_some() || top_ups.packs.is_empty() {
        return Vec::new();
    }
    let fits = |a: &&Action| match a.price {
        Tariff::Fixed(price) => top_ups.packs.iter().any(|p| p.credits.is_multiple_of(price)),
        _ => true,
    };
    let misfits = subject.contract.actions.iter().filter(|a| !fits(a));
    misfits
        .map(|a| {
            let message = format!("No pack is a multiple of the price of `{}`.", a.id);
            Finding::new(subject.key(&["top_ups", "packs"]), message)
                .related(subject.at(&["actions", &a.id, "price"]), "its price")
        })
        .collect()
}

const W09: Rule = Rule {
    id: "W09",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Bought credits that a plan change leaves useless",
    explains: "Bought credits stay through every change of plan. On a plan where nothing is paid \
        in credits they cannot be spent, so there must be a way to have the money back.",
    case: "Augment converted messages to credits in mid-cycle without saying what cancelling or \
        downgrading does to them.",
    link: "https://redite.crans.org/r/AugmentCodeAI/comments/1o7k92n/what_are_the_terms_related_to_our_conversion",
    fix: "Add `top_ups.money_back`, or `may_leave_with: refund_of_unused` under `changes.worse`.",
    example: "runs_on: us",
    check: stranded_credits,
};

fn stranded_credits(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    let may_leave = contract.changes.worse.is_some_and(|w| w.may_leave_with_refund);
    let can_buy = contract.plans.iter().any(|p| p.top_ups) && is_selling_credits(contract);
    if !can_buy || contract.top_ups.money_back.is_some() || may_leave {
        return Vec::new();
    }
    let idle = contract.plans.iter().filter(|plan| !takes_credits(subject, plan));
    idle.map(|plan| {
        let message = format!("Credits bought before cannot be spent on `{}`.", plan.id);
        Finding::new(subject.key(&["plans", &plan.id]), message)
    })
    .collect()
}

const W11: Rule = Rule {
    id: "W11",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A larger pack whose credits cost more",
    explains: "Who buys more at once expects to pay less for each credit, or the same. Where a \
        smaller pack is cheaper per credit, the larger one is bought by mistake only.",
    case: "A price list that punishes the larger purchase reads like a trick to whoever notices.",
    link: "",
    fix: "Lower the price of the larger pack, or leave it out.",
    example: "packs: { 50 credits: $5, 100 credits: $11 }",
    check: dearer_packs,
};

fn dearer_packs(subject: &Subject<'_>) -> Vec<Finding> {
    let packs = &subject.contract.top_ups.packs;
    let cheaper = |pack: &Pack| {
        packs.iter().find(|other| other.credits < pack.credits && is_dearer(pack, other))
    };
    packs
        .iter()
        .filter_map(|pack| {
            let (large, small) = (phrase::credits(pack.credits), cheaper(pack)?);
            let message = format!(
                "A credit costs more in the pack of {large} than in that of {}.",
                phrase::credits(small.credits)
            );
            Some(Finding::new(subject.at(&["top_ups", "packs", &large]), message))
        })
        .collect()
}

/// Does one credit of `pack` cost more than one of `other`? Exact: products, not quotients.
fn is_dearer(pack: &Pack, other: &Pack) -> bool {
    let product = |price: &Pack, credits: &Pack| {
        let (money, amount) = (price.price.trillionths(), credits.credits.millionths());
        money.checked_mul(i128::from(amount))
    };
    match (product(pack, other), product(other, pack)) {
        (Some(pack), Some(other)) => pack > other,
        _ => false,
    }
}
