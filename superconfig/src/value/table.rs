//! Tables: keys and values in the order in which they were written.

use std::collections::HashMap;
use std::fmt;

use super::Value;
use crate::heap::{self, HeapSize};

/// As many keys are searched one by one; a larger table keeps an index.
const SEARCHED: usize = 16;

/// The keys and values of a [`Value::Table`], in the order in which the sources gave them first.
///
/// Keys are as they were written: neither their case nor `-` and `_` is changed. Two tables are equal
/// if they have the same keys with equal values, in whatever order.
///
/// ```
/// use superconfig::value::Table;
/// use superconfig::Value;
///
/// let table: Table = [("b", Value::from(1)), ("a", Value::from("x"))].into_iter().collect();
/// assert_eq!(table.keys().collect::<Vec<_>>(), ["b", "a"]);
/// assert_eq!(table.get("a"), Some(&Value::from("x")));
/// ```
#[derive(Clone)]
pub struct Table<V = Value> {
    entries: Vec<(String, V)>,
    /// Where the keys stand, once there are more than [`SEARCHED`].
    #[allow(clippy::box_collection)]
    // few tables have that many, and all are smaller for the box
    index: Option<Box<HashMap<String, usize>>>,
    /// Whether all keys are plain; see [`is_plain`].
    plain: bool,
}

/// Whether a key is in lower case, with nothing but letters, digits and `_`: the name of a variable tells
/// it without a search.
pub(super) fn is_plain(key: &str) -> bool {
    key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: None, plain: true }
    }
}

impl<V: HeapSize> HeapSize for Table<V> {
    fn heap_size(&self) -> usize {
        heap::sum([self.entries.heap_size(), self.index.heap_size()])
    }
}

impl<V> Table<V> {
    /// A table without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// One with room for so many keys.
    pub(super) fn with_capacity(keys: usize) -> Self {
        Self { entries: Vec::with_capacity(keys), ..Self::default() }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.position(key).map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.position(key).map(|at| &mut self.entries[at].1)
    }

    /// Whether there is such a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Gives a key its value, and returns the one that it had. A key that is there already keeps its
    /// position.
    pub fn insert(&mut self, key: impl Into<String>, value: V) -> Option<V> {
        let key = key.into();
        if let Some(there) = self.get_mut(&key) {
            return Some(std::mem::replace(there, value));
        }
        self.push(key, value);
        None
    }

    /// The value of a key, which is made if it is not there.
    pub(crate) fn entry(&mut self, key: &str, new: impl FnOnce() -> V) -> &mut V {
        let at = self.position(key).unwrap_or_else(|| {
            self.push(key.to_owned(), new());
            self.entries.len() - 1
        });
        &mut self.entries[at].1
    }

    /// Takes a key away, and returns its value. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let at = self.position(key)?;
        let (_, value) = self.entries.remove(at);
        self.index_again();
        Some(value)
    }

    /// Keeps the entries of which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &V) -> bool) {
        self.entries.retain(|(key, value)| keep(key, value));
        self.index_again();
    }

    /// The keys and values in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The keys in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Whether all keys are plain.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => self.entries.iter().position(|(known, _)| known == key),
            Some(index) => index.get(key).copied(),
        }
    }

    fn push(&mut self, key: String, value: V) {
        let at = self.entries.len();
        self.plain &= is_plain(&key);
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), at);
        }
        self.entries.push((key, value));
        if at == SEARCHED {
            self.index_again();
        }
    }

    fn index_again(&mut self) {
        self.plain = self.entries.iter().all(|(key, _)| is_plain(key));
        self.index = (self.entries.len() > SEARCHED).then(|| {
            let keys = self.entries.iter().enumerate();
            Box::new(keys.map(|(at, (key, _))| (key.clone(), at)).collect())
        });
    }
}

impl<V: PartialEq> PartialEq for Table<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(key).is_some_and(|its| its == value))
    }
}

impl<V: Eq> Eq for Table<V> {}

impl<V: fmt::Debug> fmt::Debug for Table<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Of two equal keys the later one counts.
impl<K: Into<String>, V> FromIterator<(K, V)> for Table<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut table = Self::new();
        table.extend(entries);
        table
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Table<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<V> IntoIterator for Table<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Table<usize> {
        (0..count).map(|at| (format!("key{at}"), at)).collect()
    }

    #[test]
    fn every_key_is_found_on_both_sides_of_the_index() {
        for count in [0, 1, SEARCHED - 1, SEARCHED, SEARCHED + 1, SEARCHED + 2, 100] {
            let mut table = numbered(count);
            assert_eq!(table.len(), count);
            for at in 0..count {
                assert_eq!(table.get(&format!("key{at}")), Some(&at), "{at} of {count}");
            }
            assert_eq!(table.get("key"), None);
            if count > 0 {
                assert_eq!(table.insert("key0", 7), Some(0));
                assert_eq!(table.remove("key0"), Some(7));
                assert_eq!(table.remove("key0"), None);
                assert_eq!(table.len(), count - 1);
                for at in 1..count {
                    assert_eq!(table.get(&format!("key{at}")), Some(&at), "{at} of {count}");
                }
            }
        }
    }

    #[test]
    fn the_order_is_that_of_the_first_mention() {
        let mut table = numbered(3);
        table.insert("key1", 9);
        table.insert("a", 4);
        assert_eq!(table.keys().collect::<Vec<_>>(), ["key0", "key1", "key2", "a"]);
        assert_eq!(table.values().copied().collect::<Vec<_>>(), [0, 9, 2, 4]);
        table.retain(|key, _| key != "key0");
        assert_eq!(table.into_iter().next(), Some(("key1".to_owned(), 9)));
    }

    #[test]
    fn equality_does_not_ask_for_the_order() {
        let one: Table<u8> = [("a", 1), ("b", 2)].into_iter().collect();
        let other: Table<u8> = [("b", 2), ("a", 1)].into_iter().collect();
        assert_eq!(one, other);
        assert_ne!(one, [("a", 1), ("c", 2)].into_iter().collect());
        assert_ne!(one, [("a", 1)].into_iter().collect());
    }
}
