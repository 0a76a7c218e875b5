//! Finding words in what people wrote: whole words, any case, singular or plural.

use crate::contract::Contract;

/// The first of `phrases` that stands in `text` as whole words.
pub(super) fn mentions(text: &str, phrases: &[&'static str]) -> Option<&'static str> {
    let words = words(text);
    phrases.iter().copied().find(|phrase| {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        words
            .windows(wanted.len())
            .any(|found| found.iter().zip(&wanted).all(|(word, want)| is_word(word, want)))
    })
}

/// The words of a text, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Is it the word wanted, or its plural?
pub(super) fn is_word(word: &str, want: &str) -> bool {
    word == want || word.strip_suffix('s') == Some(want)
}

/// A text of the published half and the path of its key.
pub(super) struct Public<'c> {
    pub(super) path: Vec<String>,
    pub(super) text: &'c str,
}

/// Every text of the published half that customers may read.
pub(super) fn public_texts(contract: &Contract) -> Vec<Public<'_>> {
    let mut all = Vec::new();
    let mut add = |path: &[&str], text| {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        all.push(Public { path, text });
    };
    for a in contract.actions.iter() {
        let texts = [("name", &a.name), ("unit", &a.unit), ("counts_as", &a.counts_as)];
        let delivered = a.delivered_when.as_ref().map(|text| ("delivered_when", text));
        for (key, text) in texts.into_iter().chain(delivered) {
            add(&["actions", &a.id, key], text);
        }
        for harsh in &a.paid_even_if {
            let path = ["actions", &a.id, "paid_even_if", harsh.outcome.word()];
            add(&[&path[..], &["why"]].concat(), &harsh.why);
            add(&[&path[..], &["warning"]].concat(), &harsh.warning.text);
        }
    }
    for p in contract.plans.iter() {
        for (key, text) in [("name", &p.name), ("for", &p.suits)] {
            if let Some(text) = text {
                add(&["plans", &p.id, key], text);
            }
        }
        for (key, text) in &p.why {
            add(&["plans", &p.id, "why", key], text);
        }
        if let Some(text) = p.own_key.as_ref().and_then(|k| k.tell.as_ref()) {
            add(&["plans", &p.id, "own_key", "tell"], text);
        }
    }
    for class in contract.models.iter() {
        add(&["models", &class.id, "means"], &class.means);
    }
    for (state, template) in contract.words.general() {
        add(&["words", state.word()], &template.text);
    }
    for (action, state, template) in contract.words.by_action() {
        add(&["words", &format!("{action}.{}", state.word())], &template.text);
    }
    all
}

/// A path of owned keys as the places take it.
pub(super) fn keys(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        assert_eq!(mentions("1,000 Tokens", &["token"]), Some("token"));
        assert_eq!(mentions("tokenised text", &["token"]), None);
        assert_eq!(mentions("all you can eat", &["all you can"]), Some("all you can"));
    }
}
