//! What a step did that is neither a run nor its end: credits that came or went, a plan, a cap.

use super::super::plain;
use super::super::style::ERROR;
use super::Answer;
use probity_core::phrase;
use serde_json::Value;

/// The lines of an answer.
pub(super) fn lines(answer: &Answer<'_>) -> Vec<String> {
    let body = answer.body;
    if answer.text("quote").is_some() && body.get("if").is_some() {
        let mut lines = vec![format!("{} promised", answer.price("/price"))];
        if let Some(warning) = answer.text("warning") {
            lines.push(format!("{ERROR}asks first{ERROR:#}: {}", plain(warning)));
        }
        return lines;
    }
    let line = checked(answer)
        .or_else(|| of_credits(answer))
        .or_else(|| of_caps(answer))
        .or_else(|| of_customer(answer))
        .or_else(|| of_others(answer));
    let wallet = answer.amount("/wallet/available").map(|_| answer.left());
    vec![match (line, answer.amount("/available"), wallet) {
        (Some(line), _, Some(left)) => format!("{line} · {left}"),
        (Some(line), _, None) => line,
        (None, Some(_), _) => answer.can_use("", "to use"),
        (None, None, Some(left)) => format!("done · {left}"),
        (None, None, None) => String::from("done"),
    }]
}

/// One check, or several.
fn checked(answer: &Answer<'_>) -> Option<String> {
    if answer.body.get("allowed").is_some() {
        return Some(format!("{} if it is run now", answer.price("/price")));
    }
    let (fits, items) = (answer.body.get("fits")?.as_u64()?, answer.body.get("items")?.as_array()?);
    Some(format!("{fits} of {} fit · {} in all", items.len(), answer.price("/total")))
}

/// Credits that were given, bought or taken back; a period that was paid.
fn of_credits(answer: &Answer<'_>) -> Option<String> {
    if answer.text("grant").is_some() {
        let until = answer.time("/expires").map(|at| format!(", until {at}")).unwrap_or_default();
        let how = match answer.text("kind") {
            Some("bought") => "bought",
            Some("gift") => "given as a gift",
            Some("goodwill") => "given as goodwill",
            _ => "given",
        };
        return Some(format!("{} {how}{until}", answer.price("/amount")));
    }
    if answer.body.get("unrecovered").is_some() {
        let more = |at: &str, what: &str| {
            let amount = answer.amount(at).filter(|amount| amount.is_positive());
            amount.map(|amount| format!(" · {} {what}", phrase::credits(amount)))
        };
        let later = more("/later", "taken when it is given back").unwrap_or_default();
        let lost = more("/unrecovered", "spent already").unwrap_or_default();
        let owed = answer.text("money_owed").map(|money| format!(" · {} owed back", plain(money)));
        let owed = owed.unwrap_or_default();
        return Some(format!("{} taken back{later}{lost}{owed}", answer.price("/taken")));
    }
    let grants = answer.body.get("grants").filter(|_| answer.body.get("period").is_some());
    if answer.word(1) != "renews" {
        return None;
    }
    let until = answer.time("/period/until").unwrap_or_default();
    let came = grants.and_then(Value::as_array).is_some_and(|grants| !grants.is_empty());
    let came = came.then(|| format!(" · {} came", answer.price("/grants/0/amount")));
    Some(format!("paid until {until}{}", came.unwrap_or_default()))
}

/// A cap, or what is bought by itself.
fn of_caps(answer: &Answer<'_>) -> Option<String> {
    let caps = answer.body.get("caps").filter(|_| answer.body.get("plan").is_none())?;
    let credits = |at: &str| answer.amount(at).map(phrase::credits);
    if answer.step.contains("auto_top_up") {
        let Some(bought) = credits("/caps/auto_top_up/credits") else {
            return Some(String::from("nothing is bought by itself"));
        };
        let below = credits("/caps/auto_top_up/below")?;
        let most = credits("/caps/auto_top_up/month_at_most")?;
        return Some(format!("{bought} are bought below {below}, at most {most} a month"));
    }
    let whose = answer.word(if answer.word(1) == "lifts" { 3 } else { 2 });
    if whose != "month" {
        let cap = caps.get("members").and_then(|members| members.get(whose)).is_some();
        let cap = cap.then(|| credits(&format!("/caps/members/{whose}"))).flatten();
        let cap =
            cap.map_or_else(|| String::from("no cap"), |cap| format!("at most {cap} a month"));
        return Some(format!("{}: {cap}", plain(whose)));
    }
    let Some(cap) = credits("/caps/month") else { return Some(String::from("no cap")) };
    let used = credits("/caps/used").unwrap_or_default();
    Some(format!("at most {cap} a month, {used} used"))
}

/// A plan, a pause, or who they are; the answer is the customer's card.
fn of_customer(answer: &Answer<'_>) -> Option<String> {
    let plan = plain(answer.text("plan").filter(|_| answer.body.get("wallet").is_some())?);
    match (answer.word(0), answer.word(1), answer.word(2)) {
        ("pause", ..) => Some(format!("paused: {}", plain(answer.text("paused")?))),
        ("resume", ..) => Some(String::from("no longer paused")),
        (_, "changes", "plan") => match (answer.text("next_plan"), answer.time("/changes_on")) {
            (Some(next), Some(from)) => {
                Some(format!("{} from {from}; {plan} until then", plain(next)))
            }
            _ => {
                let until = answer.time("/period/until").unwrap_or_default();
                Some(format!("{plan} from now on, paid until {until}"))
            }
        },
        _ => None,
    }
}

/// Keys, special terms, agreement, a longer time, late usage, a version.
fn of_others(answer: &Answer<'_>) -> Option<String> {
    if let Some(provider) = answer.text("provider") {
        let what = match (answer.word(0), answer.word(1)) {
            ("key", _) => "refused by its provider",
            (_, "removes") => "removed",
            _ => "stored",
        };
        return Some(format!("key of {} {what}", plain(provider)));
    }
    if answer.text("confirmed_by").is_some() {
        return Some(String::from("agreed"));
    }
    if answer.body.get("terms").is_some() {
        return Some(format!("special terms until {}", answer.time("/ends")?));
    }
    if let Some(until) = answer.time("/expires_at") {
        return Some(format!("may take until {until}"));
    }
    if answer.body.get("cost_known").is_some() {
        let cost = answer.text("cost").map(|cost| format!("cost us ${}", cost.trim_matches('$')));
        return Some(cost.unwrap_or_else(|| String::from("what it cost us is not known")));
    }
    answer.body.get("class")?;
    Some(format!("{} in force", plain(answer.text("contract")?)))
}
