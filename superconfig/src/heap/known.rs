//! The types of the standard library, and the secrets.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{OsStr, OsString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretBox};

use super::probe::Items;
use super::{HeapSize, inside, sum};

/// Two counts before what an `Arc` or `Rc` points to.
const COUNTS: usize = 2 * size_of::<usize>();

macro_rules! nothing {
    ($($ty:ty)*) => { $(impl HeapSize for $ty {})* };
}

nothing! {
    () bool char f32 f64
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize
    std::num::NonZeroI8 std::num::NonZeroI16 std::num::NonZeroI32 std::num::NonZeroI64
    std::num::NonZeroI128 std::num::NonZeroIsize
    std::num::NonZeroU8 std::num::NonZeroU16 std::num::NonZeroU32 std::num::NonZeroU64
    std::num::NonZeroU128 std::num::NonZeroUsize
    IpAddr Ipv4Addr Ipv6Addr SocketAddr SocketAddrV4 SocketAddrV6 Duration SystemTime
}

impl HeapSize for String {
    fn heap_size(&self) -> usize {
        self.capacity()
    }
}

impl HeapSize for OsString {
    fn heap_size(&self) -> usize {
        self.capacity()
    }
}

impl HeapSize for PathBuf {
    fn heap_size(&self) -> usize {
        self.capacity()
    }
}

impl HeapSize for str {}

impl HeapSize for OsStr {}

impl HeapSize for Path {}

impl<T: HeapSize> HeapSize for [T] {
    fn heap_size(&self) -> usize {
        inside(self)
    }
}

impl<T: HeapSize, const N: usize> HeapSize for [T; N] {
    fn heap_size(&self) -> usize {
        inside(self)
    }
}

impl<T: HeapSize + ?Sized> HeapSize for Box<T> {
    fn heap_size(&self) -> usize {
        sum([size_of_val::<T>(self), T::heap_size(self)])
    }
}

impl<T: HeapSize + ?Sized> HeapSize for Arc<T> {
    fn heap_size(&self) -> usize {
        sum([COUNTS, size_of_val::<T>(self), T::heap_size(self)])
    }
}

impl<T: HeapSize + ?Sized> HeapSize for Rc<T> {
    fn heap_size(&self) -> usize {
        sum([COUNTS, size_of_val::<T>(self), T::heap_size(self)])
    }
}

impl<T: HeapSize + Zeroize + ?Sized> HeapSize for SecretBox<T> {
    fn heap_size(&self) -> usize {
        let secret = self.expose_secret();
        sum([size_of_val(secret), secret.heap_size()])
    }
}

impl<T: ToOwned<Owned: HeapSize> + ?Sized> HeapSize for Cow<'_, T> {
    fn heap_size(&self) -> usize {
        match self {
            Self::Borrowed(_) => 0,
            Self::Owned(owned) => owned.heap_size(),
        }
    }
}

/// What is borrowed is somebody else's.
impl<T: ?Sized> HeapSize for &T {}

impl<T: HeapSize> HeapSize for Option<T> {
    fn heap_size(&self) -> usize {
        inside(self)
    }
}

macro_rules! collections {
    ($($ty:ident)*) => {
        $(impl<T: HeapSize> HeapSize for $ty<T> {
            fn heap_size(&self) -> usize {
                sum([self.room(), inside(self)])
            }
        })*
    };
}

collections! { Vec VecDeque BinaryHeap BTreeSet }

impl<T: HeapSize> HeapSize for LinkedList<T> {
    fn heap_size(&self) -> usize {
        let node = size_of::<T>() + 2 * size_of::<usize>();
        sum([self.len().saturating_mul(node), inside(self)])
    }
}

impl<T: HeapSize, S> HeapSize for HashSet<T, S> {
    fn heap_size(&self) -> usize {
        sum([self.room(), inside(self)])
    }
}

impl<K: HeapSize, V: HeapSize> HeapSize for BTreeMap<K, V> {
    fn heap_size(&self) -> usize {
        sum([self.room(), inside(self.keys()), inside(self.values())])
    }
}

impl<K: HeapSize, V: HeapSize, S> HeapSize for HashMap<K, V, S> {
    fn heap_size(&self) -> usize {
        sum([self.room(), inside(self.keys()), inside(self.values())])
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: HeapSize),*> HeapSize for ($($name,)*) {
            #[allow(non_snake_case)] // each value is named as its type
            fn heap_size(&self) -> usize {
                let ($($name,)*) = self;
                sum([$($name.heap_size()),*])
            }
        }
    };
}

tuples! { A }
tuples! { A B }
tuples! { A B C }
tuples! { A B C D }
tuples! { A B C D E }
tuples! { A B C D E F }
