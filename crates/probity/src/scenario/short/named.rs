//! Which action the words of a short story mean: its id, or words of its id, name or unit.
//!
//! Whatever is written in full is that action, also where the same words stand in another's name.

use crate::scenario::fault::{Wrong, instead_of};
use probity_core::Contract;
use probity_core::contract::Action;

/// Words that say nothing of an action.
const ARTICLES: &[&str] = &["a", "an", "the", "my", "his", "her", "their", "our", "one", "this"];

/// The action that words mean.
pub(super) fn find_action<'c>(contract: &'c Contract, words: &[&str]) -> Result<&'c Action, Wrong> {
    let said_of_it = words.iter().filter(|word| !ARTICLES.contains(word));
    let meant: Vec<String> = said_of_it.map(|word| word.to_lowercase()).collect();
    if let Some(action) = words.first().and_then(|word| contract.actions.get(word)) {
        let extra = meant.iter().skip(1).find(|word| !is_of(action, std::slice::from_ref(word)));
        return extra.map_or(Ok(action), |word| {
            let fix = "Leave it out, or write it as scenarios/README.md shows.";
            Err(Wrong::new(0..0, format!("`{word}` is not understood after `{}`", action.id), fix))
        });
    }
    let said = words.join(" ");
    if meant.is_empty() {
        return Err(unknown(contract, &said));
    }
    let found: Vec<&Action> = contract.actions.iter().filter(|a| is_of(a, &meant)).collect();
    if let Some(exact) = found.iter().find(|action| is_in_full(action, &meant)) {
        return Ok(exact);
    }
    match found.as_slice() {
        [] => Err(unknown(contract, &said)),
        [action] => Ok(action),
        several => {
            let ids: Vec<String> = several.iter().map(|a| format!("`{}`", a.id)).collect();
            let message = format!("`{said}` may be {}", ids.join(" or "));
            Err(Wrong::new(0..0, message, "Write more of its name."))
        }
    }
}

/// Is this what the units of an action are called: `pages` of `processed page`?
pub(super) fn is_unit_of(action: &Action, word: &str) -> bool {
    let unit = action.unit.to_lowercase();
    unit.split_whitespace().any(|own| own.starts_with(stem(&word.to_lowercase())))
}

/// Does each word begin like one of the action's own?
fn is_of(action: &Action, meant: &[String]) -> bool {
    let own = format!("{} {} {}", action.id, action.name, action.unit).to_lowercase();
    let own: Vec<&str> = own.split(|c: char| !c.is_alphanumeric()).collect();
    meant.iter().all(|word| own.iter().any(|known| known.starts_with(stem(word))))
}

/// What is the same in most forms of a word: `enrich` of `enriches`.
fn stem(word: &str) -> &str {
    let word = word.strip_suffix('s').unwrap_or(word);
    let long = 5.max(word.len().saturating_sub(3));
    word.char_indices().nth(long).map_or(word, |(end, _)| &word[..end])
}

/// Are the words the whole id, name or unit, articles aside?
fn is_in_full(action: &Action, meant: &[String]) -> bool {
    [action.id.as_str(), &action.name, &action.unit].into_iter().any(|own| {
        let own = own.to_lowercase();
        own.split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty() && !ARTICLES.contains(word))
            .eq(meant.iter().flat_map(|word| word.split('_')))
    })
}

fn unknown(contract: &Contract, said: &str) -> Wrong {
    let ids = contract.actions.names().map(|name| name.as_str());
    let message = format!("no action of this contract is called `{said}`");
    Wrong::new(0..0, message, instead_of(&said.replace(' ', "_"), ids))
}

#[cfg(test)]
mod tests {
    use super::find_action;
    use crate::scenario::Files;
    use crate::scenario::memory::contract_of;
    use probity_core::Contract;

    /// Actions whose names begin alike, and one whose name is in another's.
    const ALIKE: &str = "contract: alike
version: 1
credit: { list_price: $0.10 }
actions:
  find_email: { name: Find an email, unit: email, counts_as: one, price: 1 credit }
  find_email_history: { name: History of an email, unit: history, counts_as: one, price: 2 credits }
  find_phone: { name: Find a phone, unit: phone number, counts_as: one, price: 3 credits }
plans:
  starter: { price: $10 a month, credits: 100 }
";

    fn alike() -> Contract {
        let files = Files { contract: ALIKE.to_owned(), operations: None, prices: None };
        contract_of(&files).unwrap()
    }

    fn found(words: &str) -> Result<String, String> {
        let words: Vec<&str> = words.split_whitespace().collect();
        find_action(&alike(), &words).map(|a| a.id.to_string()).map_err(|wrong| wrong.message)
    }

    #[test]
    fn what_is_written_in_full_is_meant_though_it_stands_in_another_name() {
        for full in ["find_email", "find email", "Find an email", "an email", "find_email email"] {
            assert_eq!(found(full).as_deref(), Ok("find_email"), "{full}");
        }
    }

    #[test]
    fn words_of_one_action_mean_it() {
        assert_eq!(found("history").as_deref(), Ok("find_email_history"));
        assert_eq!(found("the phone number").as_deref(), Ok("find_phone"));
        assert_eq!(found("phones").as_deref(), Ok("find_phone"));
    }

    #[test]
    fn words_of_several_or_none_are_told() {
        assert_eq!(
            found("find"),
            Err("`find` may be `find_email` or `find_email_history` or `find_phone`".into())
        );
        assert_eq!(found("a pie"), Err("no action of this contract is called `a pie`".into()));
        assert_eq!(found("the"), Err("no action of this contract is called `the`".into()));
    }
}
