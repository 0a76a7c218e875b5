//! Which action the words of a short story mean: its id, or words of its id, name or unit.
//!
//! Whatever is written in full is that action, also where the same words stand in another's name.

use crate::scenario::fault::{Wrong, instead_of};
use probity_core::Contract;
use probity_core::contract::Action;

/// Words that say nothing of an action.
const ARTICLES: &[&str] = &["a", "an", "the", "my", "his", "her", "their", "our", "one", "this"];

/// In what the forms of a word differ, where they do.
const ENDINGS: &[&str] = &[
    "", "s", "e", "es", "ies", "d", "ed", "ied", "y", "ing", "er", "ers", "ion", "ions", "is",
    "ses",
];

/// Verbs of every day that a story may say instead of an action's own: `makes a report`.
const DOING: &[&str] = &[
    "make", "get", "buy", "build", "write", "read", "look", "do", "want", "need", "order",
    "request", "use", "take", "start", "try", "create", "generate", "produce", "draw", "prepare",
    "process", "run", "send", "upload", "open", "work", "draft", "find", "search", "check", "ask",
];

/// Small words that go with them: `looks up an email`.
const SMALL: &[&str] = &["up", "at", "into", "in", "out", "on"];

const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// Whose it is is said without saying it: `contact` of `contact's`.
fn bare(word: &str) -> &str {
    word.strip_suffix('s').and_then(|owner| owner.strip_suffix(APOSTROPHES)).unwrap_or(word)
}

/// Is it a verb of every day, for one who does it or as a request?
pub(super) fn is_doing(word: &str) -> bool {
    let word = word.to_lowercase();
    DOING.iter().any(|verb| is_form_of(verb, &word))
}

/// The action that words mean; a verb of every day before them may be passed over.
pub(super) fn find_done<'c>(contract: &'c Contract, words: &[&str]) -> Result<&'c Action, Wrong> {
    let found = find_action(contract, words);
    match words {
        [verb, rest @ ..] if found.is_err() && is_doing(verb) => {
            let what = match rest {
                [small, what @ ..] if SMALL.contains(small) => what,
                _ => rest,
            };
            find_action(contract, rest).or_else(|_| find_action(contract, what)).or(found)
        }
        _ => found,
    }
}

/// The action that words mean.
pub(super) fn find_action<'c>(contract: &'c Contract, words: &[&str]) -> Result<&'c Action, Wrong> {
    let said_of_it = words.iter().filter(|word| !ARTICLES.contains(word));
    let meant: Vec<String> = said_of_it.map(|word| bare(&word.to_lowercase()).to_owned()).collect();
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
    for is_same in [|own: &str, said: &str| own == said, is_form_of] {
        if let Some(whole) = found.iter().find(|action| is_in_full(action, &meant, is_same)) {
            return Ok(whole);
        }
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

/// Is this what one of an action is called: `pages` of `processed page`, or of `one page, …`?
pub(super) fn is_unit_of(action: &Action, word: &str) -> bool {
    let said = word.to_lowercase();
    let counted = action.counts_as.split(',').next().unwrap_or_default();
    let own = format!("{} {counted}", action.unit).to_lowercase();
    let is_word = |own: &&str| own.len() > 1 && !ARTICLES.contains(own);
    let mut own = own.split(|c: char| !c.is_alphanumeric()).filter(is_word);
    matches!(word, "unit" | "units") || own.any(|own| own.starts_with(stem(&said)))
}

/// What a thing that an action makes may be called: `picture` of `finished picture`.
pub(super) fn thing_of(action: &Action) -> String {
    let counted = [" of ", " for ", " from ", " with "];
    let ends = counted.iter().filter_map(|word| action.unit.find(word)).min();
    let words = &action.unit[..ends.unwrap_or(action.unit.len())];
    let is_done_to_it = |word: &str| word.ends_with("ed") || ["in", "out", "up"].contains(&word);
    let words: Vec<&str> = words.split_whitespace().collect();
    // `page reviewed`, `page read in`: what is counted comes first.
    let thing = words.last().filter(|last| !is_done_to_it(last)).or(words.first());
    thing.unwrap_or(&"thing").to_lowercase()
}

/// Does each word begin like one of the action's own?
fn is_of(action: &Action, meant: &[String]) -> bool {
    let own = format!("{} {} {}", action.id, action.name, action.unit).to_lowercase();
    let own: Vec<&str> = own.split(|c: char| !c.is_alphanumeric()).collect();
    meant.iter().all(|word| own.iter().any(|known| is_like(known, word)))
}

/// Are they forms of one word: `enriching` of `enrich`, `summarises` of `summarize`?
fn is_like(known: &str, said: &str) -> bool {
    let (known, said) = (known.replace('z', "s"), said.replace('z', "s"));
    let alike = known.chars().zip(said.chars()).take_while(|(a, b)| a == b).count();
    let ending: String = said.chars().skip(alike).collect();
    known.starts_with(stem(&said)) && ENDINGS.contains(&&*ending)
}

/// Do words begin with a verb, the action's own or one of every day, or with its id? What stands
/// before them is then somebody who does it.
pub(super) fn is_begun_by(action: &Action, words: &[&str]) -> bool {
    let Some(first) = words.first() else { return false };
    let own = [action.id.as_str(), &action.name].map(str::to_lowercase);
    is_doing(first) || own.iter().any(|own| own.starts_with(stem(&first.to_lowercase())))
}

/// What is the same in most forms of a word: `enrich` of `enriches`.
fn stem(word: &str) -> &str {
    let word = word.strip_suffix('s').unwrap_or(word);
    let long = 5.max(word.len().saturating_sub(3));
    word.char_indices().nth(long).map_or(word, |(end, _)| &word[..end])
}

/// Are the words the whole id, name or unit, articles aside?
fn is_in_full(action: &Action, meant: &[String], is_same: fn(&str, &str) -> bool) -> bool {
    let meant: Vec<&str> = meant.iter().flat_map(|word| word.split('_')).collect();
    [action.id.as_str(), &action.name, &action.unit].into_iter().any(|own| {
        let own = own.to_lowercase();
        let own: Vec<&str> = own
            .split(|c: char| !c.is_alphanumeric() && !APOSTROPHES.contains(&c))
            .map(bare)
            .filter(|word| !word.is_empty() && !ARTICLES.contains(word))
            .collect();
        own.len() == meant.len() && own.iter().zip(&meant).all(|(own, said)| is_same(own, said))
    })
}

/// Is it the word itself or, of a verb, what she does: `makes`, `searches`, `carries`?
fn is_form_of(own: &str, said: &str) -> bool {
    let rest = said.strip_prefix(own);
    let of_y = own.strip_suffix('y').and_then(|stem| said.strip_prefix(stem));
    rest.is_some_and(|rest| matches!(rest, "" | "s" | "es")) || of_y == Some("ies")
}

fn unknown(contract: &Contract, said: &str) -> Wrong {
    let ids = contract.actions.names().map(|name| name.as_str());
    let message = match said {
        "" => String::from("no action is named here"),
        _ => format!("no action of this contract is called `{said}`"),
    };
    Wrong::new(0..0, message, instead_of(&said.replace(' ', "_"), ids))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{find_action, find_done, is_doing, is_like, is_unit_of, thing_of};
    use crate::scenario::Files;
    use crate::scenario::memory;
    use probity_core::Contract;

    /// Actions whose names begin alike, and one whose name is in another's.
    const ALIKE: &str = "contract: alike
version: 1
credit: { list_price: $0.10 }
actions:
  find_email: { name: Find an email, unit: email, counts_as: one, price: 1 credit }
  find_email_history: { name: History of an email, unit: history, counts_as: one, price: 2 credits }
  find_phone: { name: Find a phone, unit: phone number, counts_as: one, price: 3 credits }
  make_picture: { name: Make a picture, unit: finished picture, counts_as: one, price: 4 credits }
  make_series:
    name: Make a series
    unit: series of pictures
    counts_as: six pictures
    price: 18 credits
    parts: 6
    too_slow_after: 1 hour
  read_pages:
    name: Take in documents
    unit: page read in
    counts_as: one page, whatever its length
    price: { each: 1 credit, up_to: 100 }
    same_again_free_for: 1 day
plans:
  starter: { price: $10 a month, credits: 100 }
  large: { price: $40 a month, credits: 500 }
  bare: { price: $2 a month }
";

    pub(in crate::scenario) fn alike_files() -> Files {
        Files { contract: ALIKE.to_owned(), operations: None, prices: None }
    }

    pub(in crate::scenario::short) fn alike() -> Contract {
        memory::read(&alike_files()).contract.unwrap()
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
        assert_eq!(found("an email's history").as_deref(), Ok("find_email_history"));
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

    #[test]
    fn a_whole_name_is_meant_also_where_somebody_does_it() {
        assert_eq!(found("makes a picture").as_deref(), Ok("make_picture"));
        assert_eq!(found("makes a series").as_deref(), Ok("make_series"));
        assert_eq!(found("finds an email").as_deref(), Ok("find_email"));
    }

    #[test]
    fn only_the_endings_of_a_word_may_differ() {
        for (known, said) in [("enrich", "enriches"), ("search", "searching"), ("map", "maps")] {
            assert!(is_like(known, said), "{said}");
        }
        for (known, said) in [("summarize", "summarises"), ("translate", "translations")] {
            assert!(is_like(known, said), "{said}");
        }
        assert!(!is_like("explore", "explodes") && !is_like("history", "hides"));
    }

    #[test]
    fn a_verb_of_every_day_is_passed_over() {
        let contract = alike();
        let done = |words: &[&str]| find_done(&contract, words).ok().map(|a| a.id.to_string());
        assert_eq!(done(&["buys", "a", "phone", "number"]).as_deref(), Some("find_phone"));
        assert_eq!(done(&["steals", "a", "phone", "number"]), None);
        assert!(is_doing("Makes") && is_doing("look") && is_doing("searches") && !is_doing("ana"));
    }

    #[test]
    fn units_are_known_by_what_counts_as_one() {
        let contract = alike();
        let action = |id: &str| contract.actions.get(id).unwrap();
        assert!(is_unit_of(action("read_pages"), "pages"));
        assert!(is_unit_of(action("make_series"), "pictures"));
        assert!(!is_unit_of(action("read_pages"), "minutes"));
        let things = ["make_picture", "make_series", "read_pages", "find_email"].map(action);
        assert_eq!(things.map(thing_of), ["picture", "series", "page", "email"]);
    }
}
