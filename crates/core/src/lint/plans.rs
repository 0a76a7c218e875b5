//! P: plans as operating models. What each runs on, and what is left when it is used up.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::ways::{Ways, has_something_free};
use crate::contract::{Action, Plan, Price, RunsOn, Tariff, WhenShort};
use crate::diagnostic::Severity;
use crate::margin::UnitPrice;
use crate::time::Per;

pub(super) const RULES: &[Rule] = &[P01, P03, P04, P05, P06, P07, P13];

const P01: Rule = Rule {
    id: "P01",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A plan without an answer for \"used up\"",
    explains: "`when_short` says what a customer can do when credits or allowances end. A way \
        that the plan does not have is no answer: waiting where nothing comes back, topping up \
        where nothing is sold, or nothing says what. Neither is a plan that leaves nothing but to ask.",
    case: "Netlify's free plan had no answer: a site's bandwidth became a bill of $104,500.",
    link: "https://weekly-digest.pages.dev/content/1762924788350136475",
    fix: "List the ways the plan really has under `when_short`: wait, top_up, { switch_to: PLAN }, \
        contact.",
    example: "top_ups: { auto: only_if_asked }",
    check: no_answer_when_used_up,
};

fn no_answer_when_used_up(subject: &Subject<'_>) -> Vec<Finding> {
    subject.contract.plans.iter().flat_map(|plan| missing_ways(subject, plan)).collect()
}

fn missing_ways(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let place = subject.at(&["plans", &plan.id, "when_short"]);
    let ways = Ways::of(subject, plan);
    let finding = |message: String| Finding::new(place.clone(), message);
    let comes_back = ways.waits || ways.allowances_return;
    if !(comes_back || ways.buys || ways.switches || ways.explores) {
        let message =
            format!("All that `{}` leaves to a customer who is short is to ask.", plan.id);
        return vec![finding(message)];
    }
    let dead = plan.when_short.iter().filter_map(|way| match way {
        WhenShort::Wait if !comes_back => Some("to wait, but nothing comes back on it"),
        WhenShort::TopUp if !plan.top_ups => Some("to top up, but sells no credits"),
        WhenShort::TopUp if !ways.buys => {
            Some("to top up, but `top_ups` names neither packs nor an amount")
        }
        _ => None,
    });
    dead.map(|what| finding(format!("`{}` tells customers {what}.", plan.id))).collect()
}

const P03: Rule = Rule {
    id: "P03",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "An own-key plan on which nothing runs on the key",
    explains: "Customers of a plan that `runs_on: own_key` expect their key to pay for AI. Where \
        no action is priced `on your key`, every run takes credits all the same: a fall-back that \
        nobody chose. (A key that fails never falls back: the run is refused.)",
    case: "At Cloudflare's AI gateway a request with another alias than the default one is billed \
        to the platform instead of the customer's own key, silently.",
    link: "https://github.com/cloudflare/cloudflare-docs/issues/32399",
    fix: "Price the actions that use models `on your key` under the plan's `prices`.",
    example: "prices: { tailor_document: 4 credits }",
    check: nothing_on_the_key,
};

fn nothing_on_the_key(subject: &Subject<'_>) -> Vec<Finding> {
    own_key_plans(subject)
        .filter(|plan| plan.prices.values().all(|price| !price.on_your_key))
        .map(|plan| {
            Finding::new(
                subject.at(&["plans", &plan.id, "runs_on"]),
                format!("`{}` runs on the customer's key, but prices nothing on it.", plan.id),
            )
        })
        .collect()
}

fn own_key_plans<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = &'s Plan> {
    subject.contract.plans.iter().filter(|plan| plan.runs_on == RunsOn::OwnKey)
}

const P04: Rule = Rule {
    id: "P04",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "On the customer's key, and charged for the model again",
    explains: "Where the customer's key pays for the model, the price in credits covers the rest. \
        As high as the action's own price it charges for the model a second time.",
    case: "Clay takes no data credits where a customer's own key is used, and still counts one \
        action: the rest, not the model.",
    link: "https://www.clay.com/faq/do-unsuccessful-searches-consume-data-credits-what-about-actions",
    fix: "Lower the credits beside `on your key` below the action's own price.",
    example: "enrich_market_map: 10 credits and on your key",
    check: charged_again,
};

fn charged_again(subject: &Subject<'_>) -> Vec<Finding> {
    let of_plan = |plan: &'_ Plan| {
        let priced = plan.prices.iter().filter(|(_, p)| p.on_your_key && p.credits != Tariff::Free);
        priced
            .filter_map(|(id, price)| Some((subject.contract.actions.get(id)?, price)))
            .filter(|(action, price)| !is_cheaper(price, action))
            .map(|(action, _)| {
                let message = format!(
                    "`{}` costs as much on the customer's key as without it on `{}`.",
                    action.id, plan.id
                );
                Finding::new(subject.at(&["plans", &plan.id, "prices", &action.id]), message)
                    .related(subject.at(&["actions", &action.id, "price"]), "its own price")
            })
            .collect::<Vec<_>>()
    };
    own_key_plans(subject).flat_map(of_plan).collect()
}

/// Is a plan's price below the action's own, for a unit or for the run that brings the least?
fn is_cheaper(price: &Price, action: &Action) -> bool {
    let (theirs, own) = (UnitPrice::of_tariff(&price.credits), UnitPrice::of_tariff(&action.price));
    theirs.usual.credits < own.usual.credits || (own.lowest.is_none() && theirs.lowest.is_some())
}

const P05: Rule = Rule {
    id: "P05",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "The customer's key without a cap, or without a word about their bills",
    explains: "What a provider bills on the customer's key is not ours to give back. So the plan \
        sets a `monthly_cap` of it that stops, and tells under `tell` who bears failed calls.",
    case: "Providers bill failed calls on a customer's own key; nobody but the provider can \
        refund them.",
    link: "",
    fix: "Add `own_key: { monthly_cap: $20, tell: … }` to the plan.",
    example: "enrich_market_map: 6 credits and on your key\ntop_ups: allowed",
    check: key_without_cap,
};

fn key_without_cap(subject: &Subject<'_>) -> Vec<Finding> {
    own_key_plans(subject)
        .filter_map(|plan| {
            let key = plan.own_key.as_ref();
            let missing = match (key.and_then(|k| k.monthly_cap), key.and_then(|k| k.tell.as_ref()))
            {
                (Some(_), Some(_)) => return None,
                (None, None) => "a monthly cap and a word about their bills",
                (None, Some(_)) => "a monthly cap",
                (Some(_), None) => "a word about their bills",
            };
            Some(Finding::new(
                subject.key(&["plans", &plan.id, "own_key"]),
                format!("`{}` uses the customer's key without {missing}.", plan.id),
            ))
        })
        .collect()
}

const P06: Rule = Rule {
    id: "P06",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "The cheapest plan lets nobody look around",
    explains: "People who do not know yet what they need should be able to explore: the cheapest \
        of several plans should offer something useful that is free.",
    case: "Runway's Explore mode costs no credits; Lovable's viewing, publishing and \"try to \
        fix\" are free; a running meter hurts by itself.",
    link: "https://help.runwayml.com/hc/en-us/articles/34266159290003-Can-I-have-credits-refunded",
    fix: "Offer a free action on it (`price: free`, `exploring: true`), or an allowance.",
    example: "offers: [tailor_document]",
    check: nothing_free,
};

fn nothing_free(subject: &Subject<'_>) -> Vec<Finding> {
    let plans = &subject.contract.plans;
    let Some(cheapest) = plans.iter().min_by_key(|plan| a_year(plan)) else {
        return Vec::new();
    };
    if plans.len() < 2 || has_something_free(subject, cheapest) {
        return Vec::new();
    }
    vec![Finding::new(
        subject.at(&["plans", &cheapest.id, "offers"]),
        format!("Nothing useful is free on `{}`, the cheapest plan.", cheapest.id),
    )]
}

/// What a plan costs in a year, in trillionths.
fn a_year(plan: &Plan) -> i128 {
    let times = |per: Per| match per {
        Per::Day => 365,
        Per::Week => 52,
        Per::Month => 12,
        Per::Year => 1,
    };
    plan.price.map_or(0, |price| price.money.trillionths().saturating_mul(times(price.per)))
}

const P07: Rule = Rule {
    id: "P07",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "Exploring that costs something after a while",
    explains: "`exploring: true` says that looking around is free: it is exempt from caps and \
        offered first as another way. It may have an allowance, but no price beyond it. (A price \
        of its own is refused when the file is read.)",
    case: "The taximeter effect: a running meter hurts by itself, and a bank that moved to flat \
        fees earned about 15 per cent more.",
    link: "http://www.slate.com/articles/news_and_politics/the_enlightened_manager/2013/12/the_taxi_meter_effect_why_do_consumers_hate_paying_by_the_mile_or_the_minute.html",
    fix: "Remove `after_allowance`, or `exploring`.",
    example: "exploring: true\nafter_allowance: 0.5 credits",
    check: priced_exploring,
};

fn priced_exploring(subject: &Subject<'_>) -> Vec<Finding> {
    let exploring = subject.contract.actions.iter().filter(|a| a.exploring);
    exploring
        .filter(|a| a.after_allowance.is_some())
        .map(|a| {
            Finding::new(
                subject.at(&["actions", &a.id, "after_allowance"]),
                format!("`{}` is for exploring, and costs credits beyond its allowance.", a.id),
            )
            .related(subject.at(&["actions", &a.id, "exploring"]), "said to be exploring")
        })
        .collect()
}

const P13: Rule = Rule {
    id: "P13",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A plan's price that is never taken",
    explains: "A customer pays the lower of the plan's and the action's price. A plan's price \
        that is not below the action's own changes nothing, and readers take it for the price.",
    case: "Two prices on one page, of which one never applies, is how price lists drift from what \
        is taken.",
    link: "",
    fix: "Remove it, or lower it below the action's own price.",
    example: "prices: { tailor_document: 6 credits }",
    check: idle_price,
};

fn idle_price(subject: &Subject<'_>) -> Vec<Finding> {
    let of_plan = |plan: &'_ Plan| {
        let plain = plan.prices.iter().filter(|(_, price)| !price.on_your_key);
        plain
            .filter_map(|(id, price)| Some((subject.contract.actions.get(id)?, price)))
            .filter(|(action, price)| never_lower(price, action))
            .map(|(action, _)| {
                let message =
                    format!("`{}` never takes its own price for `{}`.", plan.id, action.id);
                Finding::new(subject.at(&["plans", &plan.id, "prices", &action.id]), message)
                    .related(subject.at(&["actions", &action.id, "price"]), "this is not above it")
            })
            .collect::<Vec<_>>()
    };
    subject.contract.plans.iter().flat_map(of_plan).collect()
}

/// Is a plain plan price at or above the action's own whatever the run?
fn never_lower(price: &Price, action: &Action) -> bool {
    match (&price.credits, &action.price) {
        (Tariff::Free, own) => *own == Tariff::Free,
        (Tariff::Fixed(theirs), Tariff::Fixed(own)) => theirs >= own,
        (_, Tariff::Free) => true,
        (Tariff::Each { .. }, Tariff::Each { .. }) => price.credits == action.price,
        _ => false,
    }
}
