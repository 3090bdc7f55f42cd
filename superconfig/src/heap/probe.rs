//! What a field points to, asked without asking anything of its type.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};

use super::HeapSize;

/// A value that may say what it points to. Of the three traits, the compiler takes the one that needs the
/// fewest dereferences of `&&&Pointed(…)` and that the type has.
#[derive(Debug)]
pub struct Pointed<'v, T: ?Sized>(pub &'v T);

/// What says it.
pub trait Known {
    /// The memory, in bytes.
    fn bytes(&self) -> usize;
}

/// What has room for items that do not say it.
pub trait Room {
    /// The memory, in bytes.
    fn bytes(&self) -> usize;
}

/// Everything else.
pub trait Unknown {
    /// Nothing is known.
    fn bytes(&self) -> usize {
        0
    }
}

impl<T: HeapSize + ?Sized> Known for &&Pointed<'_, T> {
    fn bytes(&self) -> usize {
        self.0.heap_size()
    }
}

impl<T: Items> Room for &Pointed<'_, T> {
    fn bytes(&self) -> usize {
        self.0.room()
    }
}

impl<T: ?Sized> Unknown for Pointed<'_, T> {}

/// The parts of a struct together.
pub fn total<const N: usize>(parts: [usize; N]) -> usize {
    super::sum(parts)
}

/// The room that a collection has for its items, whatever they are.
pub trait Items {
    /// In bytes, without what the items point to.
    fn room(&self) -> usize;
}

impl<T> Items for Vec<T> {
    fn room(&self) -> usize {
        size_of::<T>().saturating_mul(self.capacity())
    }
}

impl<T> Items for VecDeque<T> {
    fn room(&self) -> usize {
        size_of::<T>().saturating_mul(self.capacity())
    }
}

impl<T> Items for BinaryHeap<T> {
    fn room(&self) -> usize {
        size_of::<T>().saturating_mul(self.capacity())
    }
}

impl<K, V, S> Items for HashMap<K, V, S> {
    fn room(&self) -> usize {
        table(size_of::<(K, V)>(), self.capacity())
    }
}

impl<T, S> Items for HashSet<T, S> {
    fn room(&self) -> usize {
        table(size_of::<T>(), self.capacity())
    }
}

impl<K, V> Items for BTreeMap<K, V> {
    fn room(&self) -> usize {
        nodes(size_of::<K>() + size_of::<V>(), self.len())
    }
}

impl<T> Items for BTreeSet<T> {
    fn room(&self) -> usize {
        nodes(size_of::<T>(), self.len())
    }
}

impl<T: Items> Items for Option<T> {
    fn room(&self) -> usize {
        self.as_ref().map_or(0, Items::room)
    }
}

impl<T> Items for Box<T> {
    fn room(&self) -> usize {
        size_of::<T>()
    }
}

/// A hash table: a power of two of places, of which an eighth stays free, with a byte for each.
fn table(item: usize, capacity: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    let places = capacity.saturating_mul(8).div_ceil(7);
    let places = places.checked_next_power_of_two().unwrap_or(places);
    places.saturating_mul(item + 1)
}

/// A tree of nodes that have room for 11 items each, and are three quarters full.
fn nodes(item: usize, len: usize) -> usize {
    const ROOM: usize = 11;
    const FULL: usize = 8;
    let nodes = if len <= ROOM { len.min(1) } else { len.div_ceil(FULL) };
    nodes.saturating_mul(ROOM * item + 2 * size_of::<usize>())
}
