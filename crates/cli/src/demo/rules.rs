//! The rules that decide what is paid, each in words.

/// What a rule says, by the word that receipts name it with.
pub(crate) fn words(rule: &str) -> &'static str {
    match rule {
        "charge" => "what was promised arrived, so its price is taken",
        "share" => "only a part arrived, so only its share is taken, rounded down",
        "quantity" => "what arrived is counted, and only that is taken",
        "free_action" => "this action is free",
        "allowance" => "free, within the plan's allowance",
        "reopened" => "owned already: what was paid for opens for ever, whatever the plan by then",
        "same_again" => "the same again within its time is free",
        "redo" => "a free redo",
        "on_your_key" => "the customer's own AI key pays for the models",
        "experiment" => "trying things out is free",
        "outcome_free" => "the contract says that this ending costs nothing",
        "paid_even_if" => "declared as harsh, shown before, and agreed to",
        "too_slow" => "too slow counts as our failure",
        "corrected" => "found out later: the money goes back by itself",
        "shadow" => "still in shadow: decided and written down, charged to nobody",
        "announce" => "announced: shown, and charged to nobody yet",
        _ => "",
    }
}

/// The same of a run that ended so: a price is not only taken for what arrived whole.
pub(super) fn of_an_ending(rule: &str, outcome: &str) -> &'static str {
    match (rule, outcome) {
        ("charge", "abandoned") => "the contract takes the price once it has begun to arrive",
        _ => words(rule),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_rule_has_words() {
        for rule in probity::core::entry::Rule::ALL {
            let rule = serde_json::to_value(rule).unwrap();
            assert_ne!(super::words(rule.as_str().unwrap()), "", "{rule}");
        }
    }
}
