//! The promises around the actions, by topic: credits, buying, limits, failures, changes.

use super::ending::too_long;
use super::{Fact, Written};
use crate::contract::{
    BatchWhenShort, Changes, Contract, Expiry, Never, Percent, Starts, WorseChanges,
};
use crate::phrase;

/// Promises that belong together.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Topic {
    /// What they are about.
    pub title: String,
    /// Each of them.
    pub facts: Vec<Fact>,
}

pub(super) fn topics(contract: &Contract, written: Written<'_>) -> Vec<Topic> {
    let topic = |title: &str, facts| Topic { title: title.to_owned(), facts };
    let all = vec![
        topic("Your credits", credits(contract, written)),
        topic("Buying credits", buying(contract)),
        topic("Limits that protect you", limits(contract, written)),
        topic("When something goes wrong", failures(contract, written)),
        topic("Trying things out", experiments(contract)),
        topic("How these terms may change", changes(&contract.changes, written)),
    ];
    all.into_iter().filter(|topic| !topic.facts.is_empty()).collect()
}

fn credits(contract: &Contract, written: Written<'_>) -> Vec<Fact> {
    let rules = &contract.credit;
    let smallest = phrase::credits(rules.smallest);
    let mut plan = String::from("last until the end of their period");
    if let Some(more) = rules.plan_rolls_over {
        plan.push_str(&format!(" and {more} more"));
    }
    if let Some(most) = rules.plan_keep_at_most {
        plan.push_str(&format!("; you keep at most {}", phrase::credits(most)));
    }
    let refunds = format!(
        "go back to the credits they came from, and last at least {}",
        rules.refunds_last_at_least
    );
    vec![
        Fact::new("From your plan", plan).unless_written(written, "credit.kinds.plan"),
        Fact::new("Bought", lasts(rules.bought)).unless_written(written, "credit.kinds.bought"),
        Fact::new("Gifts", lasts(rules.gift)).unless_written(written, "credit.kinds.gift"),
        Fact::new("When we are sorry", lasts(rules.goodwill))
            .unless_written(written, "credit.kinds.goodwill"),
        Fact::new("Refunds", refunds).unless_written(written, "credit.refunds_last_at_least"),
        Fact::new("Spent first", "the credits that expire soonest"),
        Fact::new("Never below zero", "a run you cannot pay for is not started, and costs nothing"),
        Fact::new("Smallest step", format!("{smallest}; parts of it are rounded down"))
            .unless_written(written, "credit.smallest"),
    ]
}

/// `never expire`, `last 90 days`.
pub(crate) fn lasts(expiry: Expiry) -> String {
    match expiry {
        Expiry::Never => String::from("never expire"),
        Expiry::After(length) => format!("last {length}"),
    }
}

fn buying(contract: &Contract) -> Vec<Fact> {
    if !contract.plans.iter().any(|plan| plan.top_ups) {
        return Vec::new();
    }
    let top_ups = &contract.top_ups;
    let mut out = Vec::new();
    let packs: Vec<String> = top_ups
        .packs
        .iter()
        .map(|pack| format!("{} for {}", phrase::credits(pack.credits), phrase::money(pack.price)))
        .collect();
    if !packs.is_empty() {
        out.push(Fact::new("Packs", phrase::list(&packs, "or")));
    }
    if let Some(least) = top_ups.any_amount_from {
        out.push(Fact::new("Any amount", format!("from {}", phrase::money(least))));
    }
    if out.is_empty() {
        let each = contract.credit.list_price.map(|price| format!(", at {price} a credit"));
        let text = format!("exactly what you lack{}", each.unwrap_or_default());
        out.push(Fact::new("Amount", text));
    }
    let auto = match top_ups.auto {
        Some(_) => "only if you turn it on, and always with a monthly cap",
        None => "not offered: nothing is ever bought without you",
    };
    out.push(Fact::new("Automatic top-up", auto));
    if let Some(back) = top_ups.money_back {
        let text = format!("for credits you have not used, within {} of buying", back.within);
        out.push(Fact::new("Money back", text));
    }
    out
}

fn limits(contract: &Contract, written: Written<'_>) -> Vec<Fact> {
    let limits = &contract.limits;
    let price = |amount| phrase::price(contract, amount);
    let mut out = Vec::new();
    if let Some(from) = limits.ask_from {
        out.push(Fact::new(
            "You are asked first",
            format!("from {}, also for a whole batch", price(from)),
        ));
    }
    let cap = match limits.spend_cap {
        Some(cap) => format!(
            "{} a {}, unless you set another; once it is reached you can raise it \
             or wait for the next {}, and what is free goes on",
            price(cap.credits),
            cap.per.word(),
            cap.per.word()
        ),
        None => String::from(
            "none, unless you set one; once it is reached you can raise it or wait for the next \
             month",
        ),
    };
    out.push(Fact::new("Spend cap", cap).unless_written(written, "limits.spend_cap"));
    if let Some(day) = limits.unusual_day {
        out.push(Fact::new(
            "Unusual day",
            format!(
                "over {} and over {}: we pause and ask; you resume, or wait until the next day",
                usual_days(day.times_usual),
                price(day.and_over)
            ),
        ));
    }
    let at_once = format!(
        "{} at most; the next can start when one ends",
        phrase::count(u64::from(limits.at_once), "run")
    );
    out.push(Fact::new("At once", at_once).unless_written(written, "limits.at_once"));
    let batch = match limits.batch_when_short {
        BatchWhenShort::RunWhatFits => "we run what your credits are enough for, in order",
        BatchWhenShort::AllOrNone => "all of it or nothing",
    };
    out.push(
        Fact::new("A batch too large", batch).unless_written(written, "limits.batch_when_short"),
    );
    out.extend(alerts(contract));
    out.push(
        Fact::new("A price you were quoted", format!("holds for {}", contract.quotes_last))
            .unless_written(written, "quotes.last"),
    );
    out
}

/// `your usual day`, `5 times your usual day`.
pub(crate) fn usual_days(times: u32) -> String {
    match times {
        1 => String::from("your usual day"),
        n => format!("{n} times your usual day"),
    }
}

fn alerts(contract: &Contract) -> Option<Fact> {
    let alerts = &contract.limits.alerts;
    let mut texts = Vec::new();
    if !alerts.used.is_empty() {
        let used: Vec<String> = alerts.used.iter().map(Percent::to_string).collect();
        texts.push(format!("when {} of your credits are used", phrase::list(&used, "and")));
    }
    if let Some(before) = alerts.runs_out {
        texts.push(format!("{before} before they run out at your pace"));
    }
    if !alerts.expires.is_empty() {
        let before: Vec<String> = alerts.expires.iter().map(ToString::to_string).collect();
        texts.push(format!("{} before any expire", phrase::list(&before, "and")));
    }
    (!texts.is_empty()).then(|| Fact::new("We tell you", texts.join("; ")))
}

fn failures(contract: &Contract, written: Written<'_>) -> Vec<Fact> {
    let rules = &contract.failures;
    let after = too_long(contract, rules.too_slow_after);
    let after = after.unwrap_or_else(|| rules.too_slow_after.to_string());
    let slow = format!("not done after {after}: free, and your credits are back");
    let late = format!(
        "if we find out within {}, your credits come back by themselves",
        rules.corrections
    );
    let again = format!(
        "after {} in a row it is paused for a day and we offer help",
        phrase::count(u64::from(rules.same_item_fails), "failure")
    );
    vec![
        Fact::new("Too slow", slow).unless_written(written, "failures.too_slow_after"),
        Fact::new("Our repeats", "are ours to pay, never yours"),
        Fact::new("It keeps failing", again).unless_written(written, "failures.same_item_fails"),
        Fact::new("It turns out wrong later", late).unless_written(written, "failures.corrections"),
    ]
}

fn experiments(contract: &Contract) -> Vec<Fact> {
    let Some(trials) = &contract.experiments else { return Vec::new() };
    let names = trials.actions.iter().filter_map(|id| contract.actions.get(id));
    let names: Vec<&str> = names.map(|action| action.name.as_str()).collect();
    let mut text = format!(
        "{}: {} free, marked as trials, not yours to keep",
        phrase::list(&names, "and"),
        trials.allowance
    );
    if let Some(class) = trials.best_model.as_ref().and_then(|class| contract.models.get(class)) {
        text.push_str(&format!("; best AI model: {}", class.means));
    }
    vec![Fact::new("Trial runs", text)]
}

fn changes(changes: &Changes, written: Written<'_>) -> Vec<Fact> {
    let worse = match changes.worse {
        Some(worse) => notice(worse),
        None => String::from("no notice is promised"),
    };
    let better = match changes.better_starts {
        Starts::AtOnce => "at once",
        Starts::NextPeriod => "with your next period",
    };
    let mut out = vec![
        Fact::new("For the worse", worse).unless_written(written, "changes.worse"),
        Fact::new("For the better", better).unless_written(written, "changes.better"),
    ];
    let never: Vec<&str> = changes.never.iter().copied().map(never).collect();
    if !never.is_empty() {
        out.push(Fact::new("Never", phrase::list(&never, "or")));
    }
    out
}

fn notice(worse: WorseChanges) -> String {
    let mut text = format!("{} before, we tell you", worse.notice);
    if worse.starts == Starts::NextPeriod {
        text.push_str("; it starts with your next period");
    }
    if worse.may_leave_with_refund {
        text.push_str("; you may leave, and get money back for unused credits you bought");
    }
    text
}

/// `shrink the credits you hold`.
pub(crate) const fn never(never: Never) -> &'static str {
    match never {
        Never::ShrinkCreditsYouHold => "shrink the credits you hold",
        Never::RepriceWorkAlreadyStarted => "change the price of work that has begun",
        Never::StartChargingForFreeThingsWithoutYourYes => {
            "start charging for free things without your yes"
        }
    }
}
