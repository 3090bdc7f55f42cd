//! Maps, key by key, with `x_remove`.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use super::{Layer, Resolution, Why};
use crate::decode::{Fault, Mapping, Place, Target};

/// A map's key: text that can be read and written.
pub trait MapKey: Sized + 'static {
    /// Reads it.
    fn from_text(text: String) -> Result<Self, Fault>;

    /// Writes it.
    fn to_text(&self) -> String;
}

impl<K: FromStr<Err: Display> + Display + 'static> MapKey for K {
    fn from_text(text: String) -> Result<Self, Fault> {
        // A `String` is moved rather than read; the comparison of types costs nothing at run time.
        let mut text = Some(text);
        let any: &mut dyn Any = &mut text;
        if let Some(key) = any.downcast_mut::<Option<K>>().and_then(Option::take) {
            return Ok(key);
        }
        let text = text.unwrap_or_default();
        text.parse().map_err(|error: K::Err| Fault::of_key::<K>(&error, &text))
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

/// The text of a key as its type writes it, so that two spellings of one key meet: `1` and `01` of
/// a number, `::1` and `0:0:0:0:0:0:0:1` of an address.
fn one_text<K: MapKey>(key: &str) -> Result<String, Fault> {
    // A `String` is always a key, and written as it is read.
    let string: Option<K> = None;
    let string: &dyn Any = &string;
    if string.is::<Option<String>>() {
        return Ok(key.to_owned());
    }
    K::from_text(key.to_owned()).map(|key| key.to_text())
}

/// A map: anything that is made of pairs and can be taken apart into them.
pub trait MapType: 'static {
    /// The keys' type.
    type Key: MapKey;
    /// The values' type.
    type Value;

    /// Puts it together.
    fn from_pairs(pairs: impl Iterator<Item = (Self::Key, Self::Value)>) -> Self;

    /// Takes it apart.
    fn into_pairs(self) -> impl Iterator<Item = (Self::Key, Self::Value)>;
}

impl<M, K, V> MapType for M
where
    M: IntoIterator<Item = (K, V)> + FromIterator<(K, V)> + 'static,
    K: MapKey,
{
    type Key = K;
    type Value = V;

    fn from_pairs(pairs: impl Iterator<Item = (K, V)>) -> Self {
        pairs.collect()
    }

    fn into_pairs(self) -> impl Iterator<Item = (K, V)> {
        self.into_iter()
    }
}

/// A map whose values are cells of kind `L`; a later source merges into it key by key.
pub struct Map<M, L> {
    given: bool,
    entries: BTreeMap<String, Entry<L>>,
    /// What this source removes; carried out when the source has been read.
    removed: Vec<String>,
    marker: PhantomData<fn() -> M>,
}

struct Entry<L> {
    /// Whether the key was taken away before `value`, if there is one, was set.
    cleared: bool,
    /// Whether it was taken away where it was not.
    absent: bool,
    value: Option<L>,
}

impl<M, L> Default for Map<M, L> {
    fn default() -> Self {
        Self { given: false, entries: BTreeMap::new(), removed: Vec::new(), marker: PhantomData }
    }
}

impl<M, L> Map<M, L> {
    fn carry_out_removals(&mut self) {
        for key in std::mem::take(&mut self.removed) {
            let absent = self.entries.get(&key).is_none_or(|entry| entry.value.is_none());
            self.entries.insert(key, Entry { cleared: true, absent, value: None });
        }
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Place for Map<M, L> {
    fn target(&mut self) -> Target<'_> {
        Target::Mapping(self)
    }

    fn is_set(&self) -> bool {
        self.given || !self.entries.is_empty() || !self.removed.is_empty()
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Mapping for Map<M, L> {
    fn begin(&mut self) {
        self.given = true;
    }

    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault> {
        let entry = self.entries.entry(one_text::<M::Key>(key)?).or_insert_with(|| Entry {
            cleared: false,
            absent: false,
            value: None,
        });
        Ok(entry.value.get_or_insert_default())
    }

    fn spelling(&self, key: &str) -> String {
        one_text::<M::Key>(key).unwrap_or_else(|_| key.to_owned())
    }

    fn remove(&mut self, key: &str) {
        self.removed.push(self.spelling(key));
    }

    fn keys(&self) -> Vec<&str> {
        self.entries.iter().filter(|(_, e)| e.value.is_some()).map(|(key, _)| &**key).collect()
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Layer for Map<M, L> {
    type Value = M;

    fn merge(&mut self, mut later: Self) {
        use std::collections::btree_map::Entry as Slot;
        self.carry_out_removals();
        later.carry_out_removals();
        self.given |= later.given;
        if self.entries.is_empty() {
            self.entries = later.entries;
            return;
        }
        for (key, later) in later.entries {
            match self.entries.entry(key) {
                Slot::Vacant(vacant) => {
                    vacant.insert(later);
                }
                Slot::Occupied(mut occupied) => {
                    let entry = occupied.get_mut();
                    if later.cleared {
                        let absent = later.absent && entry.value.is_none();
                        *entry = Entry { absent, ..later };
                    } else if let Some(later) = later.value {
                        match &mut entry.value {
                            Some(value) => value.merge(later),
                            None => entry.value = Some(later),
                        }
                    }
                }
            }
        }
    }

    fn pin(&mut self, mut first: Self) {
        self.carry_out_removals();
        first.carry_out_removals();
        for (key, first) in first.entries {
            let now = self.entries.get_mut(&key).and_then(|entry| entry.value.as_mut());
            if let (Some(now), Some(first)) = (now, first.value) {
                now.pin(first);
            }
        }
    }

    fn is_step(&self) -> bool {
        !self.given && self.entries.values().all(|entry| entry.value.is_none())
    }

    fn resolve(mut self, cx: &mut Resolution) -> Option<M> {
        self.carry_out_removals();
        if !self.is_set() {
            cx.refuse(Why::Missing);
            return None;
        }
        let mut whole = true;
        let mut pairs = Vec::with_capacity(self.entries.len());
        for (key, entry) in self.entries {
            if entry.absent {
                cx.warn(Why::NothingRemoved(Some(key.clone())));
            }
            let Some(value) = entry.value else { continue };
            cx.enter_key(key);
            let value = value.resolve(cx);
            match (M::Key::from_text(cx.leave_key()), value) {
                (Ok(key), Some(value)) => pairs.push((key, value)),
                // The key was read before, when it was set, so that is no new trouble.
                _ => whole = false,
            }
        }
        whole.then(|| M::from_pairs(pairs.into_iter()))
    }

    fn from_value(value: M) -> Self {
        let entry =
            |value| Entry { cleared: false, absent: false, value: Some(L::from_value(value)) };
        let entries = value.into_pairs().map(|(key, value)| (key.to_text(), entry(value)));
        Self { given: true, entries: entries.collect(), ..Self::default() }
    }
}
