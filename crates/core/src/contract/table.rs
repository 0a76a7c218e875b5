//! A list with names: the order of the file, found by name.

use crate::id::Name;
use std::collections::BTreeMap;

/// Entries in the order they were written, each with a unique name.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<(Name, T)>,
    by_name: BTreeMap<Name, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_name: BTreeMap::new() }
    }
}

impl<T> Table<T> {
    /// Adds a row at the end; a name that is there already is refused and the row given back.
    ///
    /// # Errors
    /// The row itself, unchanged, where the name is taken.
    pub fn push(&mut self, name: Name, row: T) -> Result<(), T> {
        if self.by_name.contains_key(&name) {
            return Err(row);
        }
        self.by_name.insert(name.clone(), self.rows.len());
        self.rows.push((name, row));
        Ok(())
    }

    /// The row of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.position(name).and_then(|i| self.at(i))
    }

    /// Where the row of this name stands, counted from 0.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The row at a place.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&T> {
        self.rows.get(index).map(|(_, row)| row)
    }

    /// The name at a place.
    #[must_use]
    pub fn name_at(&self, index: usize) -> Option<&Name> {
        self.rows.get(index).map(|(name, _)| name)
    }

    /// The rows in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator {
        self.rows.iter().map(|(_, row)| row)
    }

    /// The names in the order of the file.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &Name> + DoubleEndedIterator {
        self.rows.iter().map(|(name, _)| name)
    }

    /// Names and rows in the order of the file.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = (&Name, &T)> + DoubleEndedIterator {
        self.rows.iter().map(|(name, row)| (name, row))
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Has it no rows?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
