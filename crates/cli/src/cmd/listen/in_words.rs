//! An event in one line, for people.

use crate::render;
use crate::render::style::{BOLD, DIM};
use serde_json::Value;

/// When, what, whose, how much, and what that is about.
pub(super) fn line(event: &Value) -> String {
    let text = |at: &str| event.pointer(at).and_then(Value::as_str).unwrap_or_default();
    let time = text("/timestamp").get(11..19).unwrap_or_default();
    let (kind, customer) = (text("/type"), text("/data/customer"));
    let (amount, words) = about(kind, &event["data"]);
    let words = render::one_line(&words);
    let line = format!(
        "{DIM}{time}{DIM:#}  {BOLD}{kind:<22}{BOLD:#}  {customer:<16}  {amount:>9}  {words}"
    );
    line.trim_end().to_owned()
}

/// How much, and what it is about.
fn about(kind: &str, data: &Value) -> (String, String) {
    let text = |at: &str| data.pointer(at).and_then(Value::as_str).unwrap_or_default();
    if data["run"].is_object() {
        let amount = match kind {
            "run.held" | "run.extended" => format!("({})", text("/run/held")),
            "run.refunded" | "run.corrected" => format!("+{}", text("/run/refunded")),
            "run.released" | "run.expired" => String::new(),
            _ => match text("/run/charged") {
                "0" => "free".to_owned(),
                charged => format!("−{charged}"),
            },
        };
        let artifact = match text("/run/artifact") {
            "" => String::new(),
            artifact => format!(" of {artifact}"),
        };
        let end = match text("/run/outcome") {
            "" => text("/run/status"),
            outcome => outcome,
        };
        return (amount, format!("{}{artifact}: {end}", text("/run/action")));
    }
    if data["grant"].is_object() {
        let amount = text("/grant/amount");
        let sign = if kind == "grant.expired" { "−" } else { "+" };
        return (format!("{sign}{amount}"), words(&[text("/grant/kind"), text("/grant/reason")]));
    }
    let amount = match kind {
        "grant.clawed_back" => format!("−{}", text("/claw_back/taken")),
        "top_up.wanted" => format!("+{}", text("/top_up/credits")),
        _ => String::new(),
    };
    let said = [
        text("/alert/words"),
        text("/claw_back/payment"),
        text("/change/plan"),
        text("/change/reason"),
        text("/own_key/provider"),
        text("/own_key/now"),
        text("/question/question"),
        text("/terms/contract"),
    ];
    (amount, words(&said))
}

/// What is there of these.
fn words(said: &[&str]) -> String {
    let said: Vec<&str> = said.iter().copied().filter(|text| !text.is_empty()).collect();
    said.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_is_one_line() {
        let plain = |event: Value| anstream::adapter::strip_str(&line(&event)).to_string();
        let settled = json!({"type": "run.settled", "timestamp": "2026-11-27T10:11:12Z",
            "data": {"customer": "ana", "run": {"action": "tailor_document", "artifact": "d\n1",
                "charged": "5", "outcome": "delivered"}}});
        assert_eq!(
            plain(settled),
            "10:11:12  run.settled             ana                      −5  tailor_document of d␊1: delivered"
        );
        let paused = json!({"type": "customer.paused", "timestamp": "2026-11-27T10:11:12Z",
            "data": {"customer": "ana", "change": {"plan": "pro", "reason": "the invoice"}}});
        assert!(plain(paused).ends_with("pro: the invoice"));
        assert!(plain(json!({})).trim().is_empty());
    }
}
