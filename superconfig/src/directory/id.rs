//! Names of handles.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::sync::atomic::{self, AtomicU16, AtomicU64};

use crate::error::Dialect;

/// How many bits count; those above them are the number of the registry.
const COUNTED: u32 = 48;

/// The name of a handle in its registry: 8 bytes that can be copied, kept in tables and given to
/// foreign languages.
///
/// No two handles of a process ever have the same name, so one that has outlived its handle is an
/// error when it is used, and never another's value.
///
/// ```
/// use superconfig::{ConfigRegistry, HandleId, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let settings = SuperConfig::<Settings>::new().build()?;
/// let id: HandleId<Settings> = settings.id();
/// assert_eq!(ConfigRegistry::global().get(id)?.get().port, 8080);
///
/// let number: u64 = id.to_bits();
/// assert_eq!(HandleId::from_bits(number), Some(id));
///
/// drop(settings);
/// assert!(ConfigRegistry::global().get(id).is_err());
/// # Ok(())
/// # }
/// ```
pub struct HandleId<T>(NonZeroU64, PhantomData<fn() -> T>);

impl<T> HandleId<T> {
    pub(crate) fn new(bits: NonZeroU64) -> Self {
        Self(bits, PhantomData)
    }

    pub(crate) fn bits(self) -> NonZeroU64 {
        self.0
    }

    /// As a number, for those who know no types.
    pub const fn to_bits(self) -> u64 {
        self.0.get()
    }

    /// From [`to_bits`](Self::to_bits). Whether there is such a handle, and whether it is one of
    /// this type, is checked when it is used; 0 is no name.
    pub fn from_bits(bits: u64) -> Option<Self> {
        NonZeroU64::new(bits).map(Self::new)
    }
}

impl<T> Clone for HandleId<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for HandleId<T> {}

impl<T> PartialEq for HandleId<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for HandleId<T> {}

impl<T> PartialOrd for HandleId<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for HandleId<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> Hash for HandleId<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for HandleId<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HandleId({})", Name(self.0))
    }
}

impl<T> fmt::Display for HandleId<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Name(self.0).fmt(f)
    }
}

/// Spreads names over a table. They are counted and not chosen by anybody, so one multiplication is
/// enough (by 2^64 divided by the golden ratio, after Knuth).
#[derive(Default)]
pub(super) struct IdHasher(u64);

pub(super) type BuildIdHasher = BuildHasherDefault<IdHasher>;

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let spread = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ spread >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A name as messages show it: the registry's number and the handle's, or the one number that programs in
/// other languages know it by.
pub(super) struct Name(pub(super) NonZeroU64);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if Dialect::spoken() != Dialect::Rust {
            return self.0.fmt(f);
        }
        write!(f, "{}:{}", registry_of(self.0), self.0.get() & (u64::MAX >> (64 - COUNTED)))
    }
}

/// Handles are counted for all registries together, so that names of two registries differ even if
/// there were so many of them that their numbers are given again.
static ISSUED: AtomicU64 = AtomicU64::new(0);

/// A number for a registry.
pub(super) fn next_registry() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    NEXT.fetch_add(1, atomic::Ordering::Relaxed)
}

/// A name that was never given before; `None` when all are used up, after centuries.
pub(super) fn issue(registry: u16) -> Option<NonZeroU64> {
    let count = ISSUED.fetch_add(1, atomic::Ordering::Relaxed) + 1;
    if count >> COUNTED == 0 {
        NonZeroU64::new(u64::from(registry) << COUNTED | count)
    } else {
        None
    }
}

/// Whether some registry has given this name, as far as its number tells.
pub(super) fn was_issued(bits: NonZeroU64) -> bool {
    let count = bits.get() & (u64::MAX >> (64 - COUNTED));
    count != 0 && count <= ISSUED.load(atomic::Ordering::Relaxed)
}

/// The number of the registry that gave a name.
pub(super) fn registry_of(bits: NonZeroU64) -> u64 {
    bits.get() >> COUNTED
}

const _: () = assert!(size_of::<HandleId<String>>() == 8);
const _: () = assert!(size_of::<Option<HandleId<String>>>() == 8);
