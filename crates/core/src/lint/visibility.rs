//! V: visibility. The price before, the reason after, and a way on when it stops.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::text::mentions;
use super::ways::{Ways, takes_credits};
use crate::amount::Amount;
use crate::contract::words::{State, Template};
use crate::contract::{Action, Audience, Tariff};
use crate::diagnostic::Severity;
use crate::phrase::credits;

pub(super) const RULES: &[Rule] = &[V01, V02, V03, V04, V05, V07, V08, V09];

const V01: Rule = Rule {
    id: "V01",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A sentence before a run that leaves out the price or what can be spent",
    explains: "Before anything is charged a customer reads what it costs and what they can spend; \
        on their own key, about what their provider will bill. Sentences of `words` may say it \
        differently, but not leave it out.",
    case: "Lovable showed the credits a change had cost only afterwards.",
    link: "https://lovable.dev/pt-br/faq/credits/how-it-works",
    fix: "Keep `{price}` and `{available}` in `before`, and `{price}` and `{own_cost}` in \
        `before_own_key`.",
    example: "before: \"{action} uses some of your {available}.\"",
    check: no_price_before,
};

fn no_price_before(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = lacking(subject, State::Before, &["price", "available"]);
    found.extend(lacking(subject, State::BeforeOwnKey, &["price", "own_cost"]));
    found
}

/// The sentences a contract writes for `state` that leave out a placeholder they must have.
pub(super) fn lacking(subject: &Subject<'_>, state: State, required: &[&str]) -> Vec<Finding> {
    written(subject, state)
        .filter_map(|(path, template)| {
            let missing: Vec<String> = required
                .iter()
                .filter(|slot| !template.slots().any(|has| has == **slot))
                .map(|slot| format!("{{{slot}}}"))
                .collect();
            (!missing.is_empty()).then(|| {
                let message = format!("`{path}` leaves out {}.", missing.join(" and "));
                Finding::new(subject.at(&["words", &path]), message)
            })
        })
        .collect()
}

/// The sentences a contract writes for `state`, in general and for single actions, with their keys.
fn written<'s>(
    subject: &'s Subject<'_>,
    state: State,
) -> impl Iterator<Item = (String, &'s Template)> {
    let words = &subject.contract.words;
    let general = words.general().map(|(s, t)| (s.word().to_owned(), s, t));
    let own = words.by_action().map(|(a, s, t)| (format!("{a}.{}", s.word()), s, t));
    general.chain(own).filter(move |(_, s, _)| *s == state).map(|(path, _, t)| (path, t))
}

const V02: Rule = Rule {
    id: "V02",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "Short of credits, and no answer",
    explains: "Who is short of credits reads what it needs, what they have, that nothing was \
        charged, and what they can do: and one of those ways costs nothing (credits that come \
        back, something free to use, somebody to ask).",
    case: "GitHub's coding agent said \"comment to retry\" when requests ran out: no link, no \
        number, and the pricing page said otherwise.",
    link: "https://github.com/copilot-coding-agent/user-feedback/issues/49",
    fix: "Keep `{price}`, `{available}`, \"Nothing was charged\" and `{ways_forward}` in the \
        sentence; give the plan credits that come back, a free action, or `links.contact`.",
    example: "not_enough_credits: \"You are out of credits. {ways_forward}\"",
    check: no_answer_when_short,
};

fn no_answer_when_short(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for state in [State::NotEnoughCredits, State::CreditsInFlight] {
        found.extend(lacking(subject, state, &["price", "available", "ways_forward"]));
        let silent = written(subject, state)
            .filter(|(_, template)| mentions(&template.text, &["nothing was charged"]).is_none());
        found.extend(silent.map(|(path, _)| {
            let message = format!("`{path}` does not say that nothing was charged.");
            Finding::new(subject.at(&["words", &path]), message)
                .fix("Write \"Nothing was charged.\" in the sentence.")
        }));
    }
    let has_contact = subject.contract.links.contact.is_some();
    let stuck = subject.contract.plans.iter().filter(|plan| {
        let ways = Ways::of(subject, plan);
        takes_credits(subject, plan) && !ways.waits && !ways.explores && !has_contact
    });
    found.extend(stuck.map(|plan| {
        let message =
            format!("On `{}`, who is out of credits has no way on without paying.", plan.id);
        let fix = format!(
            "Name somebody to ask in `links.contact`, or give `{}` credits that come back or \
             something free.",
            plan.id
        );
        Finding::new(subject.at(&["plans", &plan.id, "when_short"]), message).fix(fix)
    }));
    found
}

const V03: Rule = Rule {
    id: "V03",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Credits without money beside them",
    explains: "A price in credits is read only with money beside it. `credit.list_price` puts it \
        beside every amount; a sentence of one's own keeps `{money}`. An error where consumers \
        are sold to.",
    case: "The EU's consumer authorities ask for prices of in-game currencies in real money, in \
        the nearest guide there is for credits.",
    link: "https://www.reedsmith.com/en/perspectives/2025/03/qas-on-the-eu-consumer-protection-authorities-joint-guidance-paper",
    fix: "Add `credit: { list_price: $0.10 }`, and `{money}` to the sentence.",
    example: "before: \"{action}: {price}. You can use {available}.\"",
    check: no_money,
};

fn no_money(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    let is_priced = contract.actions.iter().any(|a| a.price != Tariff::Free);
    let severity = match contract.customers {
        Audience::Consumers => Severity::Error,
        Audience::Businesses => Severity::Warning,
    };
    let sentences = lacking(subject, State::Before, &["money"]).into_iter();
    let put = "Put `{money}` into the sentence, beside the price.";
    let mut found: Vec<Finding> = sentences.map(|finding| finding.fix(put)).collect();
    if is_priced && contract.credit.list_price.is_none() {
        found.push(
            Finding::new(
                subject.key(&["credit"]),
                "Credits have no price in money to show beside them.",
            )
            .fix("Add `credit: { list_price: $0.10 }`."),
        );
    }
    found.into_iter().map(|finding| finding.severity(severity)).collect()
}

const V04: Rule = Rule {
    id: "V04",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A price by quantity without an upper bound",
    explains: "A price for each unit needs a bound that is shown before and stops it: `at_most` \
        (the most a run costs) or `up_to` (the largest quantity taken).",
    case: "Replit's agent priced by effort and ran for as long as it liked: users report $1,000 \
        in a week.",
    link: "https://replit.discourse.group/t/please-bring-back-agent-2/7042",
    fix: "Add `at_most: 40 credits` and `up_to: 100` to the price.",
    example: "price: { each: 0.5 credits, at_least: 1 credit }",
    check: unbounded_price,
};

fn unbounded_price(subject: &Subject<'_>) -> Vec<Finding> {
    let is_unbounded =
        |a: &&Action| matches!(a.price, Tariff::Each { at_most: None, up_to: None, .. });
    subject
        .contract
        .actions
        .iter()
        .filter(is_unbounded)
        .map(|a| {
            Finding::new(
                subject.at(&["actions", &a.id, "price"]),
                format!("One run of `{}` can cost any amount.", a.id),
            )
        })
        .collect()
}

const V05: Rule = Rule {
    id: "V05",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A large price that is taken without asking",
    explains: "From some price on, one press should be asked about. Where a single run can take a \
        tenth of what a plan brings in a period, `limits.ask_from` should say from where.",
    case: "A stolen Gemini key turned $180 a month into $82,314 in two days: nothing asked, at \
        any amount.",
    link: "https://euno.news/posts/en/gemini-api-key-thief-racks-up-82314-in-charges-in-3f84c4",
    fix: "Add `limits: { ask_from: 10 credits }`.",
    example: "limits: { spend_cap: 400 credits a month, at_once: 5 }",
    check: never_asks,
};

fn never_asks(subject: &Subject<'_>) -> Vec<Finding> {
    let contract = subject.contract;
    if contract.limits.ask_from.is_some() {
        return Vec::new();
    }
    let Some(least) = contract.plans.iter().filter_map(|p| p.credits).min() else {
        return Vec::new();
    };
    let dearest = contract.actions.iter().map(|a| (most_of_a_run(a), a)).max_by_key(|(p, _)| *p);
    let Some((price, action)) = dearest.filter(|(p, _)| p.times(10).is_none_or(|t| t >= least))
    else {
        return Vec::new();
    };
    let message = format!("One run of `{}` takes {} without asking.", action.id, credits(price));
    let related = format!("a plan brings {}", credits(least));
    vec![
        Finding::new(subject.key(&["limits"]), message)
            .related(subject.at(&["actions", &action.id, "price"]), related),
    ]
}

/// The most that one run of an action takes; the largest amount where nothing bounds it.
fn most_of_a_run(action: &Action) -> Amount {
    match action.price {
        Tariff::Free => action.after_allowance.unwrap_or_default(),
        Tariff::Fixed(price) => price,
        Tariff::Each { each, at_most, up_to, .. } => {
            let all = up_to.and_then(|units| each.times(units));
            at_most.into_iter().chain(all).min().unwrap_or(Amount::MAX)
        }
    }
}

const V07: Rule = Rule {
    id: "V07",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A refund that does not say how much came back",
    explains: "A refund is an entry of its own and is told in a sentence of its own. A contract \
        may word that sentence, but not leave the amount out.",
    case: "Copilot took quota for server errors, and showed neither that nor a refund.",
    link: "https://github.com/microsoft/vscode-copilot-release/issues/13644",
    fix: "Keep `{amount}` in `refunded` and `corrected`.",
    example: "refunded: \"We made it right. Receipt {receipt}\"",
    check: silent_refund,
};

fn silent_refund(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = lacking(subject, State::Refunded, &["amount"]);
    found.extend(lacking(subject, State::Corrected, &["amount"]));
    found
}

const V08: Rule = Rule {
    id: "V08",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A limit that does not say when it ends",
    explains: "Who is stopped by a limit reads when it comes back, or what can be done: `{when}` \
        or `{ways_forward}` belongs into the sentence.",
    case: "Claude Code stopped users of a $200 plan without a counter and without a time.",
    link: "https://www.datastudios.org/post/claude-code-limits-anthropic-blames-users-for-overusing-it",
    fix: "Put `{when}` into the sentence.",
    example: "allowance_used: \"You have used your {allowance}.\"",
    check: no_return,
};

/// The sentences that speak of a limit which ends by itself.
const LIMITS: [State; 6] = [
    State::AllowanceUsed,
    State::SpendCapReached,
    State::SpendCapDefault,
    State::ItemPaused,
    State::Surge,
    State::OurBudgetUsed,
];

fn no_return(subject: &Subject<'_>) -> Vec<Finding> {
    let says_when =
        |template: &Template| template.slots().any(|slot| slot == "when" || slot == "ways_forward");
    LIMITS
        .iter()
        .flat_map(|state| written(subject, *state))
        .filter(|(_, template)| !says_when(template))
        .map(|(path, _)| {
            let message = format!("`{path}` does not say when it comes back.");
            Finding::new(subject.at(&["words", &path]), message)
        })
        .collect()
}

const V09: Rule = Rule {
    id: "V09",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Alerts at thresholds, but no forecast",
    explains: "People underestimate how their use varies: a note at 80 per cent says less than \
        the day on which credits run out at their own pace.",
    case: "Grubb and Osborne found that usage alerts alone left customers worse off by $33 a \
        year once prices had followed.",
    link: "https://studylib.net/doc/18383268/cellular-service-demand--biased-beliefs--learning--and-bi...",
    fix: "Add `runs_out: 3 days` under `limits.alerts`.",
    example: "limits: { at_once: 5, spend_cap: 400 credits a month, alerts: { used: [80%] } }",
    check: no_forecast,
};

fn no_forecast(subject: &Subject<'_>) -> Vec<Finding> {
    let alerts = &subject.contract.limits.alerts;
    if alerts.used.is_empty() || alerts.runs_out.is_some() {
        return Vec::new();
    }
    vec![Finding::new(
        subject.key(&["limits", "alerts"]),
        "Alerts tell how much was used, not until when it lasts.",
    )]
}
