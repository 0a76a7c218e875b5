//! A list with names: the order of the file, found by name.

use crate::id::{Name, digest};

/// Entries in the order they were written, each with a unique name.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<(Name, T)>,
    /// Digests of the names with their places, sorted: every decision looks an action up.
    places: Vec<(u64, usize)>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: Vec::new() }
    }
}

/// A set of names; one that is there already is not added again.
impl FromIterator<Name> for Table<()> {
    fn from_iter<I: IntoIterator<Item = Name>>(names: I) -> Self {
        let mut set = Self::default();
        for name in names {
            set.push(name, ()).ok();
        }
        set
    }
}

impl<T> Table<T> {
    /// Adds a row at the end; a name that is there already is refused and the row given back.
    ///
    /// # Errors
    /// The row itself, unchanged, where the name is taken.
    pub fn push(&mut self, name: Name, row: T) -> Result<(), T> {
        if self.position(&name).is_some() {
            return Err(row);
        }
        let place = (digest(&[&name]), self.rows.len());
        let at = self.places.partition_point(|other| *other < place);
        self.places.insert(at, place);
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
        let digest = digest(&[name]);
        let first = self.places.partition_point(|(other, _)| *other < digest);
        let same = self.places.get(first..)?.iter().take_while(|(other, _)| *other == digest);
        same.map(|(_, place)| *place)
            .find(|place| self.name_at(*place).is_some_and(|n| **n == *name))
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
