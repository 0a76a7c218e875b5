//! Names as numbers: customers, plans and models are numbered in the order they first appear.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// Names and their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    by_name: HashMap<Arc<str>, u32, RandomState>,
    names: Vec<Arc<str>>,
}

impl Names {
    /// The number of a name; a new name gets the next one.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name: Arc<str> = Arc::from(name);
        self.names.push(Arc::clone(&name));
        self.by_name.insert(name, number);
        number
    }

    /// The name of a number.
    pub(crate) fn name(&self, number: u32) -> Option<&Arc<str>> {
        self.names.get(usize::try_from(number).ok()?)
    }

    /// All names, by number.
    pub(crate) fn all(&self) -> &[Arc<str>] {
        &self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_up_and_stay() {
        let mut names = Names::default();
        assert_eq!(["b", "a", "b", ""].map(|n| names.number(n)), [0, 1, 0, 2]);
        assert_eq!(names.name(1).map(|n| &**n), Some("a"));
        assert_eq!(names.name(9), None);
        assert_eq!(names.all().len(), 3);
    }
}
