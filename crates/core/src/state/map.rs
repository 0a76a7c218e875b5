//! Ordered maps that are copied by sharing: whoever looks at a state keeps it for the price of a
//! pointer, and the next entry copies only the way to what it changes.

use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// An ordered map; a copy shares everything with the original until one of them changes.
///
/// ```
/// use probity_core::state::Map;
/// let mut map: Map<u32, &str> = Map::default();
/// map.insert(1, "held");
/// let seen = map.clone();
/// map.insert(1, "settled");
/// assert_eq!((seen.get(&1), map.get(&1)), (Some(&"held"), Some(&"settled")));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Map<K: Ord, V>(RedBlackTreeMapSync<K, V>);

impl<K: Ord, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(RedBlackTreeMapSync::new_sync())
    }
}

impl<K: Ord, V> Map<K, V> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.size()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    /// Is there anything under a key?
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// All, in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.iter()
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.keys()
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.values()
    }
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    /// Puts a value under a key, in place of what stood there.
    pub fn insert(&mut self, key: K, value: V) {
        self.0.insert_mut(key, value);
    }

    /// Takes out what stands under a key.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let value = self.0.get(key)?.clone();
        self.0.remove_mut(key);
        Some(value)
    }

    /// What stands under a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    /// Changes every value.
    pub fn change_each(&mut self, mut change: impl FnMut(&mut V)) {
        let keys: Vec<K> = self.0.keys().cloned().collect();
        keys.iter().for_each(|key| self.0.get_mut(key).into_iter().for_each(&mut change));
    }

    /// Changes what stands under a key, which is nothing to begin with where there is none.
    pub fn change<T>(&mut self, key: &K, change: impl FnOnce(&mut V) -> T) -> T
    where
        V: Default,
    {
        if let Some(value) = self.0.get_mut(key) {
            return change(value);
        }
        let mut value = V::default();
        let changed = change(&mut value);
        self.0.insert_mut(key.clone(), value);
        changed
    }
}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter()).finish()
    }
}

impl<K: Ord + Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter())
    }
}

impl<'de, K, V> Deserialize<'de> for Map<K, V>
where
    K: Ord + Clone + Deserialize<'de>,
    V: Clone + Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Reader<K, V>(PhantomData<(K, V)>);

        impl<'de, K, V> serde::de::Visitor<'de> for Reader<K, V>
        where
            K: Ord + Clone + Deserialize<'de>,
            V: Clone + Deserialize<'de>,
        {
            type Value = Map<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut access: A,
            ) -> Result<Self::Value, A::Error> {
                let mut map = Map::default();
                while let Some((key, value)) = access.next_entry()? {
                    map.insert(key, value);
                }
                Ok(map)
            }
        }
        d.deserialize_map(Reader(PhantomData))
    }
}
