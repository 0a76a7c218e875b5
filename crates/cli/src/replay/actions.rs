//! Which action of the contract a row of a log is about.
//!
//! An exact id first, then the person's own map (`--action-map`), in its order. A row that neither
//! names stays unmapped: it is counted and reported, never guessed.

use foldhash::fast::RandomState;
use foldhash::quality::FixedState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

/// Where an action stands in the contract: its place in the order of the file.
pub(crate) type ActionIndex = u16;

/// The most different cells whose answer is remembered; a log of free text gains nothing by more.
const REMEMBERED: usize = 100_000;

/// What tells the action of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tells {
    /// The action, route or model cell, whichever fits.
    Any,
    Action,
    Route,
    Model,
}

/// One line of the map: `route:/v1/tailor* = tailor_document`.
#[derive(Clone, Debug)]
struct Rule {
    tells: Tells,
    pattern: String,
    action: ActionIndex,
    /// As it was typed.
    text: String,
    is_met: bool,
}

/// From cells to actions of one contract.
#[derive(Clone, Debug)]
pub(crate) struct ActionMap {
    ids: HashMap<String, ActionIndex, RandomState>,
    rules: Vec<Rule>,
    remembered: HashMap<u64, Option<ActionIndex>, RandomState>,
}

impl ActionMap {
    /// Knows the ids of a contract's actions, in the order of its file, and no rule yet.
    pub(crate) fn new<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let ids = ids.into_iter().map(String::from).zip(0..ActionIndex::MAX).collect();
        Self { ids, rules: Vec::new(), remembered: HashMap::default() }
    }

    /// Adds `PATTERN=ACTION`. In a pattern `*` stands for any text; a prefix `action:`, `route:`
    /// or `model:` says which cell is meant.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let (pattern, id) =
            text.rsplit_once('=').ok_or_else(|| format!("`{text}` is not PATTERN=ACTION"))?;
        let (pattern, id) = (pattern.trim(), id.trim());
        let action = self.position(id).ok_or_else(|| {
            let mut ids: Vec<_> = self.ids.iter().map(|(own, at)| (at, own.as_str())).collect();
            ids.sort_unstable();
            let ids: Vec<_> = ids.into_iter().map(|(_, own)| own).collect();
            format!("the contract has no action `{id}`; it has {}", ids.join(", "))
        })?;
        let (tells, pattern) = match pattern.split_once(':') {
            Some(("action", rest)) => (Tells::Action, rest),
            Some(("route", rest)) => (Tells::Route, rest),
            Some(("model", rest)) => (Tells::Model, rest),
            _ => (Tells::Any, pattern),
        };
        if pattern.is_empty() {
            return Err(format!("`{text}` has no pattern before the `=`"));
        }
        let (pattern, text) = (pattern.to_owned(), text.to_owned());
        self.rules.push(Rule { tells, pattern, action, text, is_met: false });
        Ok(())
    }

    /// Adds every line of a map file; `#` starts a comment.
    ///
    /// # Errors
    /// The first line that is wrong, with its number.
    pub(crate) fn add_lines(&mut self, text: &str) -> Result<(), String> {
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() {
                self.add(line).map_err(|e| format!("line {}: {e}", n + 1))?;
            }
        }
        Ok(())
    }

    /// The action of a row; `None` where nothing names one.
    pub(crate) fn find(&mut self, action: &str, route: &str, model: &str) -> Option<ActionIndex> {
        if let Some(exact) = self.position(action) {
            return Some(exact);
        }
        if self.rules.is_empty() && !action.starts_with('[') {
            return None;
        }
        let key = fingerprint(&(action, route, model));
        if let Some(found) = self.remembered.get(&key) {
            return *found;
        }
        let found = self.look_up(action, route, model);
        if self.remembered.len() < REMEMBERED {
            self.remembered.insert(key, found);
        }
        found
    }

    fn position(&self, id: &str) -> Option<ActionIndex> {
        self.ids.get(id).copied()
    }

    /// The rules that have named no row's action.
    pub(crate) fn unmet(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter(|rule| !rule.is_met).map(|rule| rule.text.as_str())
    }

    fn look_up(&mut self, action: &str, route: &str, model: &str) -> Option<ActionIndex> {
        let labels = labels(action);
        let exact = labels.iter().find_map(|label| {
            self.position(label).or_else(|| self.position(label.strip_prefix("action:")?))
        });
        if exact.is_some() {
            return exact;
        }
        let fits = |rule: &&mut Rule| {
            let cell = |cell: &str| !cell.is_empty() && is_like(&rule.pattern, cell);
            let action = || labels.iter().any(|label| cell(label));
            match rule.tells {
                Tells::Action => action(),
                Tells::Route => cell(route),
                Tells::Model => cell(model),
                Tells::Any => action() || cell(route) || cell(model),
            }
        };
        let rule = self.rules.iter_mut().find(fits)?;
        rule.is_met = true;
        Some(rule.action)
    }
}

/// The labels of a cell: itself, or the texts of a JSON list (tags of a request).
fn labels(cell: &str) -> Vec<String> {
    if cell.starts_with('[')
        && let Ok(list) = serde_json::from_str::<Vec<String>>(cell)
    {
        return list;
    }
    vec![cell.to_owned()]
}

/// Does `text` fit a pattern in which `*` stands for any text?
fn is_like(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A number for a value, the same in every run; equal values have equal ones.
pub(crate) fn fingerprint(value: &impl Hash) -> u64 {
    FixedState::with_seed(0).hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(rules: &[&str]) -> ActionMap {
        let mut map = ActionMap::new(["search", "tailor", "enrich"]);
        for rule in rules {
            map.add(rule).unwrap();
        }
        map
    }

    #[test]
    fn an_exact_id_needs_no_map() {
        assert_eq!(map(&[]).find("tailor", "", ""), Some(1));
        assert_eq!(map(&[]).find("tailoring", "/tailor", "gpt"), None);
        assert_eq!(map(&["*=search"]).find("enrich", "", ""), Some(2));
    }

    #[test]
    fn the_first_rule_that_fits_wins() {
        let mut map = map(&[
            "route:/v1/tailor*=tailor",
            "model:gpt-4.1*=enrich",
            "cv_*_v?=search",
            "*/x=search",
        ]);
        assert_eq!(map.find("", "/v1/tailor/9", "gpt-4.1"), Some(1));
        assert_eq!(map.find("", "/v2", "gpt-4.1-2025-04-14"), Some(2));
        assert_eq!(map.find("cv_de_v?", "", ""), Some(0));
        assert_eq!(map.find("a/x", "", ""), Some(0));
        assert_eq!(map.find("", "", ""), None);
        // The second time it is remembered.
        assert_eq!(map.find("", "/v1/tailor/9", "gpt-4.1"), Some(1));
    }

    #[test]
    fn tags_are_labels_of_their_own() {
        let mut map = map(&["team:jobs=enrich"]);
        assert_eq!(map.find(r#"["env:prod","action:tailor"]"#, "", ""), Some(1));
        assert_eq!(map.find(r#"["env:prod","search"]"#, "", ""), Some(0));
        assert_eq!(map.find(r#"["env:prod","team:jobs"]"#, "", ""), Some(2));
        assert_eq!(map.find(r#"["env:prod"]"#, "", ""), None);
        assert_eq!(map.find("[broken", "", ""), None);
    }

    #[test]
    fn patterns() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "acd", false),
            ("ab*ba", "aba", false),
            ("*b*", "abc", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxcyyb", false),
            ("abc", "abcd", false),
        ] {
            assert_eq!(is_like(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn a_wrong_map_says_what_is_wrong() {
        let mut map = map(&[]);
        assert!(map.add("nothing").unwrap_err().contains("PATTERN=ACTION"));
        assert!(map.add("x=fly").unwrap_err().contains("search, tailor, enrich"));
        assert!(map.add("=tailor").unwrap_err().contains("no pattern"));
        let error = map.add_lines("# map\n\nx=search # fine\ny=fly\n").unwrap_err();
        assert!(error.starts_with("line 4: "), "{error}");
    }
}
