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
    entries: Entries<L>,
    marker: PhantomData<fn() -> M>,
}

/// What the sources say of a map, by the texts of its keys.
pub(crate) struct Entries<L> {
    given: bool,
    by_key: BTreeMap<String, Entry<L>>,
    /// What this source removes; carried out when the source has been read.
    removed: Vec<String>,
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
        Self { entries: Entries::default(), marker: PhantomData }
    }
}

impl<L> Default for Entries<L> {
    fn default() -> Self {
        Self { given: false, by_key: BTreeMap::new(), removed: Vec::new() }
    }
}

impl<L> Entries<L> {
    /// A map of these.
    fn given(entries: impl Iterator<Item = (String, L)>) -> Self {
        let mut by_key = BTreeMap::new();
        // Collecting would sort, by code that is compiled for each kind of map.
        for (key, value) in entries {
            by_key.insert(key, Entry { cleared: false, absent: false, value: Some(value) });
        }
        Self { given: true, by_key, removed: Vec::new() }
    }

    /// Says that the map was given, if only as an empty one.
    pub(crate) fn begin(&mut self) {
        self.given = true;
    }

    /// The place of a key, which begins to exist.
    pub(crate) fn entry(&mut self, key: String, new: impl FnOnce() -> L) -> &mut L {
        let nothing = || Entry { cleared: false, absent: false, value: None };
        self.by_key.entry(key).or_insert_with(nothing).value.get_or_insert_with(new)
    }

    /// Takes a key away.
    pub(crate) fn remove(&mut self, key: String) {
        self.removed.push(key);
    }

    /// How many keys anything was said of.
    pub(crate) fn count(&self) -> usize {
        self.by_key.len()
    }

    /// The keys that are here.
    pub(crate) fn keys(&self) -> Vec<&str> {
        self.by_key.iter().filter(|(_, e)| e.value.is_some()).map(|(key, _)| &**key).collect()
    }

    /// Whether any source says anything.
    pub(crate) fn is_set(&self) -> bool {
        self.given || !self.by_key.is_empty() || !self.removed.is_empty()
    }

    /// Whether keys are only taken away.
    pub(crate) fn is_step(&self) -> bool {
        !self.given && self.by_key.values().all(|entry| entry.value.is_none())
    }

    fn carry_out_removals(&mut self) {
        for key in std::mem::take(&mut self.removed) {
            let absent = self.by_key.get(&key).is_none_or(|entry| entry.value.is_none());
            self.by_key.insert(key, Entry { cleared: true, absent, value: None });
        }
    }
}

impl<L: Layer> Entries<L> {
    /// Lets a later source have its say, key by key.
    pub(crate) fn merge(&mut self, mut later: Self) {
        use std::collections::btree_map::Entry as Slot;
        self.carry_out_removals();
        later.carry_out_removals();
        self.given |= later.given;
        if self.by_key.is_empty() {
            self.by_key = later.by_key;
            return;
        }
        for (key, later) in later.by_key {
            match self.by_key.entry(key) {
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

    /// Takes the settings that need a restart from what was loaded first.
    pub(crate) fn pin(&mut self, mut first: Self) {
        self.carry_out_removals();
        first.carry_out_removals();
        for (key, first) in first.by_key {
            let now = self.by_key.get_mut(&key).and_then(|entry| entry.value.as_mut());
            if let (Some(now), Some(first)) = (now, first.value) {
                now.pin(first);
            }
        }
    }

    /// The values of all keys, each as `made` says; none, where one of them has none.
    pub(crate) fn resolve<T>(
        mut self,
        cx: &mut Resolution,
        made: impl Fn(String, Option<L::Value>) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.carry_out_removals();
        if !self.is_set() {
            cx.refuse(Why::Missing);
            return None;
        }
        let mut whole = true;
        let mut pairs = Vec::with_capacity(self.by_key.len());
        for (key, entry) in self.by_key {
            if entry.absent {
                cx.warn(Why::NothingRemoved(Some(key.clone())));
            }
            let Some(value) = entry.value else { continue };
            cx.enter_key(key);
            let value = value.resolve(cx);
            match made(cx.leave_key(), value) {
                Some(pair) => pairs.push(pair),
                None => whole = false,
            }
        }
        whole.then_some(pairs)
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Place for Map<M, L> {
    fn target(&mut self) -> Target<'_> {
        Target::Mapping(self)
    }

    fn is_set(&self) -> bool {
        self.entries.is_set()
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Mapping for Map<M, L> {
    fn begin(&mut self) {
        self.entries.begin();
    }

    fn entry(&mut self, key: &str) -> Result<&mut dyn Place, Fault> {
        Ok(self.entries.entry(one_text::<M::Key>(key)?, L::default))
    }

    fn spelling(&self, key: &str) -> String {
        one_text::<M::Key>(key).unwrap_or_else(|_| key.to_owned())
    }

    fn remove(&mut self, key: &str) {
        self.entries.remove(self.spelling(key));
    }

    fn count(&self) -> usize {
        self.entries.count()
    }

    fn keys(&self) -> Vec<&str> {
        self.entries.keys()
    }
}

impl<M: MapType<Value = L::Value>, L: Layer> Layer for Map<M, L> {
    type Value = M;

    fn merge(&mut self, later: Self) {
        self.entries.merge(later.entries);
    }

    fn pin(&mut self, first: Self) {
        self.entries.pin(first.entries);
    }

    fn is_step(&self) -> bool {
        self.entries.is_step()
    }

    fn resolve(self, cx: &mut Resolution) -> Option<M> {
        // A key was read before, when it was set, so that one that cannot be is no new trouble.
        let pair = |key, value: Option<M::Value>| Some((M::Key::from_text(key).ok()?, value?));
        self.entries.resolve(cx, pair).map(|pairs| M::from_pairs(pairs.into_iter()))
    }

    fn from_value(value: M) -> Self {
        let entry = |(key, value): (M::Key, M::Value)| (key.to_text(), L::from_value(value));
        let entries = Entries::given(value.into_pairs().map(entry));
        Self { entries, marker: PhantomData }
    }
}
