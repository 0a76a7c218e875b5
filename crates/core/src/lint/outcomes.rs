//! O: outcomes and failure. Who pays when it goes wrong, and is that said before?

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use super::text::{mentions, words};
use crate::contract::words::State;
use crate::contract::{Action, Outcome, Tariff, Treatment};
use crate::diagnostic::Severity;
use crate::phrase;
use crate::time::{Length, TimeUnit};

pub(super) const RULES: &[Rule] =
    &[O03, O04, O05, O08, O09, O10, O11, O13, O14, O15, O16, O17, O19];

/// The case behind every harsh rule.
const APOLLO: &str =
    "https://knowledge.apollo.io/hc/en-us/articles/4738396786701-How-Do-Data-Requests-Work";

const O03: Rule = Rule {
    id: "O03",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "A harsh rule whose warning leaves out the price",
    explains: "Charging though the customer got nothing can only be written under `paid_even_if`, \
        with a reason and a warning that is agreed to before each run. The warning must then say \
        what it costs, and no sentence of `words` may leave the warning out.",
    case: "Apollo charged for phone numbers, verified or not, and said so on a help page instead \
        of at the button; Twilio and twitterapi.io charge for nothing found too, and say so with \
        the price: users accept it.",
    link: APOLLO,
    fix: "Write `{price}` into the warning: \"Costs {price} even if nothing is found.\"",
    example: "warning: \"You may pay even if no email is found. {found_rate}\"",
    check: undeclared_harshness,
};

fn undeclared_harshness(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for a in subject.contract.actions.iter() {
        for harsh in &a.paid_even_if {
            let path = ["actions", &a.id, "paid_even_if", harsh.outcome.word()];
            if !harsh.warning.slots().any(|slot| slot == "price") {
                found.push(Finding::new(
                    subject.at(&[&path[..], &["warning"]].concat()),
                    format!("The warning of `{}` does not say what it costs.", a.id),
                ));
            }
            if words(&harsh.why).is_empty() {
                found.push(
                    Finding::new(
                        subject.at(&[&path[..], &["why"]].concat()),
                        format!(
                            "`{}` is paid even if {}, without a reason.",
                            a.id,
                            harsh.outcome.word()
                        ),
                    )
                    .fix("Give the reason under `why`: what it costs you even then."),
                );
            }
        }
    }
    found.extend(super::visibility::lacking(subject, State::BeforeHarsh, &["warning"]));
    let consent = &["warning_or_price"];
    found.extend(super::visibility::lacking(subject, State::ConfirmationNeeded, consent));
    found
}

const O04: Rule = Rule {
    id: "O04",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A harsh rule without inputs that are checked first",
    explains: "What can be seen to fail must be refused free: an action that charges even if \
        nothing is found should name the inputs without which it cannot find anything.",
    case: "Apollo gives back credits only for e-mails that bounced and were sent from within it, \
        within 30 days: avoidable misses are paid by the customer.",
    link: APOLLO,
    fix: "List under `needs` what a run cannot succeed without; runs lacking it are refused, free.",
    example: "warning: \"Costs {price} even if no email is found. {found_rate}\"\n\
        same_again_free_for: 90 days",
    check: nothing_checked_first,
};

fn nothing_checked_first(subject: &Subject<'_>) -> Vec<Finding> {
    harsh_actions(subject)
        .filter(|a| a.needs.is_empty())
        .map(|a| {
            Finding::new(
                subject.key(&["actions", &a.id, "paid_even_if"]),
                format!("`{}` charges for nothing found, and checks no input before.", a.id),
            )
        })
        .collect()
}

const O05: Rule = Rule {
    id: "O05",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A harsh rule without its odds",
    explains: "Where nothing found is charged, the odds are the price. `{found_rate}` in the \
        warning is filled with the measured rate of the last 30 days, or says that it is not \
        known yet.",
    case: "No vendor looked at shows a hit rate before a look-up that may be empty; Apollo \
        promises notice before any action that uses credits.",
    link: "https://www.apollo.io/pricing/about-credits",
    fix: "Add `{found_rate}` to the warning.",
    example: "warning: \"Costs {price} even if no email is found.\"",
    check: no_odds,
};

fn no_odds(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .contract
        .actions
        .iter()
        .filter_map(|a| {
            let harsh = a.harsh(Outcome::Empty)?;
            let is_said = harsh.warning.slots().any(|slot| slot == "found_rate");
            (!is_said).then(|| {
                Finding::new(
                    subject.at(&["actions", &a.id, "paid_even_if", "empty", "warning"]),
                    format!("The warning of `{}` does not say how often something is found.", a.id),
                )
            })
        })
        .collect()
}

const O08: Rule = Rule {
    id: "O08",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Credits may be held for days",
    explains: "Every run ends: after `too_slow_after` it is free. A limit of more than a day \
        leaves a customer's credits set aside for work that is not coming.",
    case: "Fluid's list of fixes after double spending asks for calls and refunds that happen \
        exactly once; a hold that does not end breaks the same promise.",
    link: "https://github.com/mikaelcharbonneau/Fluid/issues/82",
    fix: "Set `too_slow_after` and `at_latest` to what the work really takes; long work extends \
        its hold while it reports progress.",
    example: "at_latest: 3 days",
    check: held_for_days,
};

fn held_for_days(subject: &Subject<'_>) -> Vec<Finding> {
    let failures = &subject.contract.failures;
    let general = [
        (vec!["failures", "too_slow_after"], failures.too_slow_after),
        (vec!["failures", "at_latest"], failures.at_latest),
    ];
    let own = subject
        .contract
        .actions
        .iter()
        .filter(|a| a.too_slow_after != failures.too_slow_after)
        .map(|a| (vec!["actions", a.id.as_str(), "too_slow_after"], a.too_slow_after));
    general
        .into_iter()
        .chain(own)
        .filter(|(_, length)| is_longer(*length, A_DAY))
        .map(|(path, length)| {
            Finding::new(subject.at(&path), format!("Credits may be held for {length}."))
        })
        .collect()
}

const A_DAY: Length = Length::new(1, TimeUnit::Day);

fn is_longer(a: Length, b: Length) -> bool {
    a.roughly_seconds() > b.roughly_seconds()
}

const O09: Rule = Rule {
    id: "O09",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "No time to find out that it failed",
    explains: "A failure that shows only later is given back by itself while `corrections` lasts. \
        Below a day that promise is empty, and customers must ask for their money.",
    case: "Manus asks for an application with a share link before it returns credits for its own \
        errors; Clay's table of run statuses settles refunds within the run.",
    link: "http://help.manus.im/en/articles/11985260-how-can-i-apply-for-a-credits-refund",
    fix: "Give `failures.corrections` at least a day; 30 days is the default.",
    example: "corrections: 10 minutes",
    check: no_corrections,
};

fn no_corrections(subject: &Subject<'_>) -> Vec<Finding> {
    let corrections = subject.contract.failures.corrections;
    if !is_longer(A_DAY, corrections) {
        return Vec::new();
    }
    vec![Finding::new(
        subject.at(&["failures", "corrections"]),
        format!("Failures found out after {corrections} are never given back."),
    )]
}

const O10: Rule = Rule {
    id: "O10",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A loop of failures is broken late",
    explains: "After `same_item_fails` failures in a row an item is paused and help is offered. \
        Beyond ten, a loop burns hours of a customer and money of ours before it ends.",
    case: "Bolt.new's users spent 4 million tokens over 30 tries at one bug, and 10 million after \
        a single loop of errors.",
    link: "https://github.com/stackblitz/bolt.new/issues/5458",
    fix: "Set `failures.same_item_fails` to 3, or at most 10.",
    example: "same_item_fails: 30 times",
    check: late_loop_breaker,
};

fn late_loop_breaker(subject: &Subject<'_>) -> Vec<Finding> {
    let times = subject.contract.failures.same_item_fails;
    if times <= 10 {
        return Vec::new();
    }
    vec![Finding::new(
        subject.at(&["failures", "same_item_fails"]),
        format!("The same item may fail {times} times before anything stops it."),
    )]
}

const O11: Rule = Rule {
    id: "O11",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "The same result can be charged twice",
    explains: "A paid action should say what \"the same again\" is: `charge_once_per` for \
        something the customer then owns, `same_again_free_for` for a look-up that stays fresh \
        for a while. An error where a result has `parts`, because the rest of it would cost the \
        whole price again; a warning for other fixed prices; information where quantity is what \
        is paid for.",
    case: "BetterContact charges a data point once, however many suppliers were tried for it; \
        Intercom takes a resolution back when the same visitor returns. Both sell the result, not \
        the press.",
    link: "https://doc.bettercontact.rocks/api-reference/credits",
    fix: "Add `charge_once_per: NOUN` (what a result belongs to), or `same_again_free_for: 90 \
        days`.",
    example: "price: 10 credits\nparts: 8",
    check: charged_twice,
};

fn charged_twice(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .contract
        .actions
        .iter()
        .filter(|a| a.price != Tariff::Free)
        .filter(|a| a.same.once_per.is_none() && a.same.free_for.is_none())
        .map(|a| {
            let severity = if a.parts.is_some() {
                Severity::Error
            } else if a.is_per_quantity() {
                Severity::Info
            } else {
                Severity::Warning
            };
            Finding::new(
                subject.at(&["actions", &a.id, "price"]),
                format!("A customer can pay twice for the same {}.", a.unit),
            )
            .severity(severity)
        })
        .collect()
}

const O13: Rule = Rule {
    id: "O13",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "No redo for what models make",
    explains: "A result can be delivered and still disappoint. Where models make what is paid \
        for, at least one paid action should offer a free redo, so that quality has an answer \
        other than a quarrel about refunds.",
    case: "v0 billed round after round of failed fixes and users asked for their credits back; \
        Meshy answers disappointment with free retries by plan, and failure with a refund.",
    link: "https://community.vercel.com/t/when-v0-hallucinates-the-credits-used-should-be-restored/20465",
    fix: "Add `free_redo: { times: 1, within: 7 days }` where taste decides.",
    example: "price: 5 credits\ncharge_once_per: draft\nmodel: writer",
    check: no_redo,
};

fn no_redo(subject: &Subject<'_>) -> Vec<Finding> {
    let made: Vec<&Action> = subject
        .contract
        .actions
        .iter()
        .filter(|a| a.price != Tariff::Free && a.model.is_some())
        .collect();
    if made.iter().any(|a| a.free_redo.is_some()) {
        return Vec::new();
    }
    let first = made.first().map(|a| {
        Finding::new(
            subject.key(&["actions", &a.id]),
            "No paid action that models make offers a free redo.",
        )
    });
    first.into_iter().collect()
}

const O14: Rule = Rule {
    id: "O14",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Refunded credits die young",
    explains: "Credits go back to the grant they came from; where that is about to expire they \
        live `refunds_last_at_least` longer. Below a week, a refund can lapse before its owner \
        has read of it.",
    case: "Apollo returns credits for some bounced e-mails in the next cycle only: a refund of \
        another kind, at another time, than what was paid.",
    link: APOLLO,
    fix: "Set `credit.refunds_last_at_least` to 30 days, the default, or at least 7.",
    example: "refunds_last_at_least: 2 days",
    check: short_refunds,
};

fn short_refunds(subject: &Subject<'_>) -> Vec<Finding> {
    let life = subject.contract.credit.refunds_last_at_least;
    if !is_longer(Length::new(7, TimeUnit::Day), life) {
        return Vec::new();
    }
    vec![Finding::new(
        subject.at(&["credit", "refunds_last_at_least"]),
        format!("Refunded credits may expire after {life}."),
    )]
}

const O15: Rule = Rule {
    id: "O15",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A result of many parts without a rule for some of them",
    explains: "Where `delivered_when` speaks of all of several parts, `parts` says how many there \
        are, so that 5 of 8 cost their share and the rest is completed for the rest of the price.",
    case: "Clay publishes one table of fourteen run statuses that says for each whether it is \
        charged; a result of many parts needs no fewer answers.",
    link: "https://university.clay.com/docs/credit-refunds",
    fix: "Add `parts: N`; without it a partial result is free.",
    example: "delivered_when: all 8 sections are filled; fewer is partial\n\
        price: 10 credits\ncharge_once_per: map",
    check: no_parts,
};

fn no_parts(subject: &Subject<'_>) -> Vec<Finding> {
    let of_action = |a: &Action| {
        let said = parts_said(a.delivered_when.as_deref()?)?;
        let is_right = a.parts.is_some_and(|parts| said == parts.to_string());
        if a.price == Tariff::Free || a.is_per_quantity() || is_right {
            return None;
        }
        let message = match a.parts {
            Some(parts) => {
                let parts = phrase::count(u64::from(parts), "part");
                format!("`{}` has {parts}, and its text says {said}.", a.id)
            }
            None => format!("The text of `{}` says {said}, and it has no `parts`.", a.id),
        };
        Some(
            Finding::new(subject.at(&["actions", &a.id, "delivered_when"]), message)
                .fix(format!("Write `parts: {said}`, or the same number in both places.")),
        )
    };
    subject.contract.actions.iter().filter_map(of_action).collect()
}

/// The number after "all" or "each of", as digits.
fn parts_said(text: &str) -> Option<String> {
    let words = words(text);
    words.windows(2).find_map(|pair| match pair {
        [all, n] if all == "all" && n.bytes().all(|b| b.is_ascii_digit()) => Some(n.clone()),
        _ => None,
    })
}

const O16: Rule = Rule {
    id: "O16",
    severity: Severity::Error,
    needs: Needs::Contract,
    title: "Work that starts by itself is charged",
    explains: "What a customer pays for is what a customer pressed. An action whose words say \
        that it runs automatically, overnight or in the background must be free.",
    case: "Replit's agent tested itself at the customer's expense and could not be interrupted; \
        Windsurf's background tasks took credits.",
    link: "https://replit.discourse.group/t/please-bring-back-agent-2/7042",
    fix: "Make the action free, or let the customer press for each one and say so in `counts_as`.",
    example: "counts_as: one draft, renewed automatically every night",
    check: starts_by_itself,
};

const BY_ITSELF: &[&str] = &[
    "automatically",
    "automatic",
    "by itself",
    "in the background",
    "background task",
    "overnight",
    "every night",
    "every hour",
    "nightly",
    "hourly",
    "scheduled",
];

fn starts_by_itself(subject: &Subject<'_>) -> Vec<Finding> {
    let of_action = |a: &Action| {
        let texts = [("name", &a.name), ("unit", &a.unit), ("counts_as", &a.counts_as)];
        texts.into_iter().find_map(|(key, text)| {
            let word = mentions(text, BY_ITSELF)?;
            Some(Finding::new(
                subject.at(&["actions", &a.id, key]),
                format!("`{}` is charged, and starts by itself: \"{word}\".", a.id),
            ))
        })
    };
    let priced = subject.contract.actions.iter().filter(|a| a.price != Tariff::Free);
    priced.filter_map(of_action).collect()
}

const O17: Rule = Rule {
    id: "O17",
    severity: Severity::Info,
    needs: Needs::Costs,
    title: "Free failures without a limit against abuse",
    explains: "Failing costs the customer nothing, and that is right; somebody may fail on \
        purpose, or cancel at 99 per cent. Where one customer's free runs have a ceiling it \
        shows, and what is free for them stops.",
    case: "No public numbers on deliberate failures were found; free tries bounded by plan, as \
        Meshy gives them, are the known answer.",
    link: "https://help.meshy.ai/en/articles/9991995-if-one-generation-fails-will-my-credits-still-be-deducted",
    fix: "Set `costs.we_pay_at_most.a_customer` in operations.yaml.",
    example: "we_pay_at_most: { everyone: $300 a month }",
    check: free_failures,
};

fn free_failures(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(costs) = subject.costs() else { return Vec::new() };
    let is_priced = subject.contract.actions.iter().any(|a| a.price != Tariff::Free);
    if !is_priced || costs.we_pay_at_most.a_customer.is_some() {
        return Vec::new();
    }
    vec![Finding::new(
        subject.operations_key(&["costs", "we_pay_at_most"]),
        "Failures are free for customers, and nothing bounds what one of them may cost us.",
    )]
}

const O19: Rule = Rule {
    id: "O19",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "Nothing found costs more than a part",
    explains: "`paid_even_if: empty` takes the whole price. Where a result can come in part, by \
        `parts` or by quantity, the part costs its share or nothing: whoever gets nothing then pays \
        more than whoever gets some of it.",
    case: "twitterapi.io charges for a request that returns no data, too, with the reason in the \
        same sentence: the least that any request costs, not the most.",
    link: "https://docs.twitterapi.io/pricing",
    fix: "Make looking an action of its own, with a small price that is paid even if nothing is \
        found, and leave `empty` free here.",
    example: "parts: 8\npaid_even_if:\n  empty:",
    check: nothing_costs_more,
};

fn nothing_costs_more(subject: &Subject<'_>) -> Vec<Finding> {
    let of_action = |a: &Action| {
        a.harsh(Outcome::Empty)?;
        let a_part = match a.outcomes.of(Outcome::Partial) {
            Treatment::Charge => return None,
            Treatment::Share => "only its share",
            Treatment::Free => "nothing",
        };
        (a.parts.is_some() || a.is_per_quantity()).then(|| {
            Finding::new(
                subject.key(&["actions", &a.id, "paid_even_if", "empty"]),
                format!("`{}` takes the whole price for nothing found, {a_part} for a part.", a.id),
            )
        })
    };
    subject.contract.actions.iter().filter_map(of_action).collect()
}

/// The actions that charge for nothing found or the like.
fn harsh_actions<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = &'s Action> {
    subject.contract.actions.iter().filter(|a| !a.paid_even_if.is_empty())
}
