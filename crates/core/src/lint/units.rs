//! U: units and words. A customer must know what one is.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::text::{is_word, keys, mentions, public_texts, words};
use crate::amount::Amount;
use crate::contract::{Action, RunsOn, Tariff};
use crate::diagnostic::Severity;
use crate::phrase;
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[U01, U02, U04, U05, U06, U10, U11];

const U01: Rule = Rule {
    id: "U01",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A unit named after computation",
    explains: "Customers buy results. A unit such as a token, a request or a step can be counted \
        by nobody but us, and its number changes when our software does, not when the customer \
        gets more.",
    case: "AWS Kiro sold \"requests\" and counted 217 of them for three that a user made; \
        Augment moved from messages to credits in the middle of a cycle.",
    link: "https://github.com/kirodotdev/Kiro/issues/2126",
    fix: "Name the unit after what the customer then has: `tailored document`, `enriched map`.",
    example: "unit: 1,000 tokens",
    check: named_after_computation,
};

/// Computation, wherever it stands in a unit.
const COMPUTATION: &[&str] = &["token", "compute", "inference", "gpu", "cpu"];
/// Computation where it is the thing counted: a "pull request review" is none.
const COUNTED: &[&str] = &["request", "message", "checkpoint", "step", "effort", "prompt", "call"];

fn named_after_computation(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .contract
        .actions
        .iter()
        .filter_map(|a| {
            let word = mentions(&a.unit, COMPUTATION).or_else(|| counted_thing(&a.unit))?;
            Some(
                Finding::new(
                    subject.at(&["actions", &a.id, "unit"]),
                    format!("The unit of `{}` is named after computation: {word}.", a.id),
                )
                .label("what does the customer have when one is done?"),
            )
        })
        .collect()
}

/// The word a unit counts: its last, or the last before "of".
fn counted_thing(unit: &str) -> Option<&'static str> {
    let words = words(unit);
    let last = words.iter().take_while(|word| *word != "of").last()?;
    COUNTED.iter().copied().find(|want| is_word(last, want))
}

const U02: Rule = Rule {
    id: "U02",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A unit that does not say what counts as one, or when it is delivered",
    explains: "With prices by outcome, the sentence that says what counts and when it is \
        delivered is where disputes are decided. `counts_as` gives one example of one unit; a \
        paid action also says `delivered_when`. A free action with a price beyond its allowance \
        only warns.",
    case: "Salesforce sold Agentforce at $2 \"a conversation\" and nobody could say where one \
        began or ended; it moved to credits for actions.",
    link: "https://upperedge.com/salesforce/salesforces-new-agentforce-pricing-what-customers-should-know",
    fix: "Add `counts_as:` with one example, and `delivered_when:` with what must be true of the \
        result before anything is charged.",
    example: "counts_as: tailored document",
    check: no_beginning_or_end,
};

fn no_beginning_or_end(subject: &Subject<'_>) -> Vec<Finding> {
    let of_action = |a: &Action| {
        let mut found = Vec::new();
        if words(&a.counts_as).is_empty() || words(&a.counts_as) == words(&a.unit) {
            found.push(
                Finding::new(
                    subject.at(&["actions", &a.id, "counts_as"]),
                    format!("`{}` does not say what counts as one {}.", a.id, a.unit),
                )
                .label("give one example of one")
                .fix(format!(
                    "Say in `actions.{}.counts_as` what one is, in more words than the unit has.",
                    a.id
                )),
            );
        }
        let is_priced = a.price != Tariff::Free;
        if a.delivered_when.is_none() && (is_priced || a.after_allowance.is_some()) {
            let severity = if is_priced { Severity::Error } else { Severity::Warning };
            let key = if is_priced { "price" } else { "after_allowance" };
            found.push(
                Finding::new(
                    subject.at(&["actions", &a.id, key]),
                    format!("`{}` takes credits but does not say when it is delivered.", a.id),
                )
                .severity(severity)
                .label("charged when what is true?")
                .fix(format!("Add `delivered_when:` under `actions.{}`.", a.id)),
            );
        }
        found
    };
    subject.contract.actions.iter().flat_map(of_action).collect()
}

const U04: Rule = Rule {
    id: "U04",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "One action draws on two meters, and the customer is not told",
    explains: "On an own-key plan, a price of credits `and on your key` runs two meters for one \
        press: ours and the AI provider's. That can be fair, but only where the plan says so \
        under `own_key.tell`.",
    case: "Manus showed credits while the app went offline, because hosting drew on a second \
        balance; the EU's consumer authorities ask that currencies are not mixed.",
    link: "https://www.manusmate.ai/tutorials/billing-system",
    fix: "Say it under the plan's `own_key.tell`, or charge on one meter only.",
    example: "enrich_market_map: 6 credits and on your key\nown_key:\n  monthly_cap: $20",
    check: two_meters,
};

fn two_meters(subject: &Subject<'_>) -> Vec<Finding> {
    let plans = subject.contract.plans.iter().filter(|plan| {
        plan.runs_on == RunsOn::OwnKey && plan.own_key.as_ref().is_none_or(|key| key.tell.is_none())
    });
    plans
        .flat_map(|plan| {
            plan.prices
                .iter()
                .filter(|(_, price)| price.on_your_key && price.credits != Tariff::Free)
                .map(|(action, _)| {
                    Finding::new(
                        subject.at(&["plans", &plan.id, "prices", action]),
                        format!(
                            "`{action}` on `{}` draws on credits and on the customer's own key, \
                             and the plan does not tell.",
                            plan.id
                        ),
                    )
                })
        })
        .collect()
}

const U05: Rule = Rule {
    id: "U05",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "\"Unlimited\" beside a limit",
    explains: "Every contract has limits: how many runs at once, allowances, model ceilings, \
        caps. The word \"unlimited\" beside them is the one that customers remember.",
    case: "Cursor's \"unlimited\" held only in one mode; it apologised and refunded three weeks. \
        Claude Code stopped $200 plans without a counter.",
    link: "https://www.engineering.fyi/article/clarifying-our-pricing",
    fix: "Say the number instead: `800 searches a month`.",
    example: "for: people who want unlimited searches",
    check: unlimited,
};

const WITHOUT_LIMIT: &[&str] = &[
    "unlimited",
    "limitless",
    "without limit",
    "no limit",
    "endless",
    "as much as you like",
    "as many as you like",
    "all you can",
];

fn unlimited(subject: &Subject<'_>) -> Vec<Finding> {
    public_texts(subject.contract)
        .into_iter()
        .filter_map(|public| {
            let word = mentions(public.text, WITHOUT_LIMIT)?;
            let limit = a_limit(subject, &public.path);
            let message = format!("\"{word}\" is promised, and there is a limit: {limit}.");
            Some(Finding::new(subject.at(&keys(&public.path)), message))
        })
        .collect()
}

/// The limit a reader would meet first: one of the plan that the text is about, where it is about one.
fn a_limit(subject: &Subject<'_>, path: &[String]) -> String {
    let own = match path {
        [plans, id, ..] if plans == "plans" => subject.contract.plans.get(id.as_str()),
        _ => None,
    };
    let plans = || {
        let all = subject.contract.plans.iter();
        all.filter(|plan| own.is_none_or(|own| own.id == plan.id))
    };
    let allowance = plans().find_map(|p| {
        p.allowances.iter().next().map(|(action, a)| format!("{a} of {action} on {}", p.id))
    });
    let ceiling = || {
        plans().find_map(|p| p.best_model.as_ref().map(|m| format!("models up to {m} on {}", p.id)))
    };
    allowance.or_else(ceiling).unwrap_or_else(|| {
        format!("{} at once", phrase::count(subject.contract.limits.at_once.into(), "run"))
    })
}

const U06: Rule = Rule {
    id: "U06",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Fractions of a credit that nobody adds up in the head",
    explains: "Amounts finer than half a credit make a price something to compute. A larger \
        credit, or whole numbers of a smaller one, can be read.",
    case: "Lovable's users saw only afterwards what fraction of a credit a change had cost.",
    link: "https://lovable.dev/pt-br/faq/credits/how-it-works",
    fix: "Make `credit.smallest` a half or a whole credit, and prices multiples of it.",
    example: "smallest: 0.1 credits",
    check: fine_fractions,
};

fn fine_fractions(subject: &Subject<'_>) -> Vec<Finding> {
    let smallest = subject.contract.credit.smallest;
    let half = Amount::from_millionths(500_000).unwrap_or_default();
    if smallest.is_multiple_of(half) {
        return Vec::new();
    }
    vec![Finding::new(
        subject.at(&["credit", "smallest"]),
        format!("Amounts are shown in steps of {}.", crate::phrase::credits(smallest)),
    )]
}

const U10: Rule = Rule {
    id: "U10",
    severity: Severity::Info,
    needs: Needs::Contract,
    title: "An action whose name is not what the button says",
    explains: "An action is something a customer presses: its name should begin with the verb on \
        the button, so that a price list and a screen read alike.",
    case: "A receipt that says \"Document tailoring\" is looked for in vain under a button \
        \"Tailor\".",
    link: "",
    fix: "Begin `name` with the verb of the button: `Tailor a document`.",
    example: "name: Document tailoring",
    check: not_a_verb,
};

fn not_a_verb(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .contract
        .actions
        .iter()
        .filter(|a| reads_as_a_noun(&a.name) || words(&a.name) == words(&a.unit))
        .map(|a| {
            Finding::new(
                subject.at(&["actions", &a.id, "name"]),
                format!("\"{}\" does not read like a button.", a.name),
            )
        })
        .collect()
}

/// Does a name end in a noun of doing, or begin with an article?
fn reads_as_a_noun(name: &str) -> bool {
    let words = words(name);
    let is_noun_of_doing = |word: &String| {
        word.len() > 6 && ["ing", "tion", "ment"].iter().any(|tail| word.ends_with(tail))
    };
    words.first().is_some_and(|word| ["a", "an", "the"].contains(&word.as_str()))
        || (words.len() <= 2 && words.last().is_some_and(is_noun_of_doing))
}

const U11: Rule = Rule {
    id: "U11",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Two actions with one name",
    explains: "The name is what the button, the price list and the receipt say. Where two actions \
        share it, nobody can tell which of the two prices they are looking at.",
    case: "A price list with one name and two prices is read as a mistake or as a trick.",
    link: "",
    fix: "Give each action the name of what it does that the other does not.",
    example: "name: Tailor a document\nunit: processed page",
    check: one_name_for_two,
};

fn one_name_for_two(subject: &Subject<'_>) -> Vec<Finding> {
    let mut first_of: BTreeMap<Vec<String>, &Action> = BTreeMap::new();
    let twice = subject.contract.actions.iter().filter_map(|a| {
        let first = *first_of.entry(words(&a.name)).or_insert(a);
        (first.id != a.id).then_some((a, first))
    });
    twice
        .map(|(a, first)| {
            let message = format!("`{}` has the same name as `{}`.", a.id, first.id);
            Finding::new(subject.at(&["actions", &a.id, "name"]), message)
                .related(subject.at(&["actions", &first.id, "name"]), "the other")
        })
        .collect()
}
