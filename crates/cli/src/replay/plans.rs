//! Which plan of the contract a word of the log is: its own names, and what a person says
//! (`--plan-map`).
//!
//! Case does not count. A word that neither has is not guessed: it is counted and reported.

use std::collections::BTreeMap;

/// From words to plans, by their place in the contract.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlanMap(BTreeMap<String, Word>);

#[derive(Clone, Debug)]
struct Word {
    place: u16,
    /// As a person has typed it; None: the contract's own name.
    said: Option<String>,
    is_met: bool,
}

impl PlanMap {
    /// Adds a plan's own name.
    pub(crate) fn own(&mut self, name: &str, place: u16) {
        self.add(name, Word { place, said: None, is_met: false });
    }

    /// Adds a word that a person has given as `WORD=PLAN`.
    pub(crate) fn say(&mut self, word: &str, plan: &str, place: u16) {
        let said = Some(format!("{word}={plan}"));
        self.add(word, Word { place, said, is_met: false });
    }

    fn add(&mut self, word: &str, meant: Word) {
        self.0.insert(word.to_lowercase(), meant);
    }

    /// The plan that a cell names.
    pub(crate) fn read(&mut self, cell: &str) -> Option<u16> {
        let is_plain = cell.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let word = if is_plain {
            self.0.get_mut(cell)
        } else {
            self.0.get_mut(cell.to_lowercase().as_str())
        }?;
        word.is_met = true;
        Some(word.place)
    }

    /// What a person has said that no cell has met.
    pub(crate) fn unmet(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter(|word| !word.is_met).filter_map(|word| word.said.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_plan_whatever_its_case() {
        let mut map = PlanMap::default();
        map.own("pro", 1);
        map.say("GOLD", "pro", 1);
        map.say("Ümlaut", "free", 0);
        for (cell, place) in [("pro", 1), ("Pro", 1), ("gold", 1), ("üMLAUT", 0)] {
            assert_eq!(map.read(cell), Some(place), "{cell}");
        }
        assert_eq!(map.read("silver"), None);
    }

    #[test]
    fn what_is_said_in_vain_is_known() {
        let mut map = PlanMap::default();
        map.own("pro", 1);
        map.say("gold", "pro", 1);
        map.say("Silver", "pro", 1);
        map.read("gold");
        assert_eq!(map.unmet().collect::<Vec<_>>(), ["Silver=pro"]);
    }
}
