//! Ways to read one configuration that many share and that may be replaced.
//!
//! Each has a loop of its own, compiled as one piece, because a call through a pointer would cost
//! more than most of them do.

use std::any::Any;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::hint::black_box;
use std::sync::{Arc, PoisonError, RwLock};

use arc_swap::ArcSwap;
use dashmap::DashMap;
use superconfig::{ConfigHandle, ConfigRegistry, HandleId};

/// What is read: one number of it is asked for.
#[derive(superconfig::SuperConfig, Clone)]
#[config(env_prefix = "READ")]
pub struct Settings {
    #[config(default = "a service")]
    pub name: String,
    #[config(default = 1)]
    pub weight: u64,
}

impl Settings {
    fn new(weight: u64) -> Self {
        Self { name: "a service".to_owned(), weight }
    }
}

/// Reads so often, and gives the sum of what was read.
pub type Loop = Box<dyn FnMut(usize) -> u64>;

type Start = Box<dyn Fn() -> Loop + Send + Sync>;
type Publish = Box<dyn Fn(u64) + Send + Sync>;

/// One way to read.
pub struct Reading {
    /// Its name in tables.
    pub name: &'static str,
    /// The name of what it is compared with.
    pub beside: &'static str,
    /// How much of that it may cost at most, where we want something.
    pub wanted: Option<f64>,
    start: Start,
    publish: Publish,
}

impl Reading {
    /// A loop for the thread that asks.
    pub fn start(&self) -> Loop {
        (self.start)()
    }

    /// Replaces what is read, as a reload would.
    pub fn publish(&self, weight: u64) {
        (self.publish)(weight);
    }

    fn beside(mut self, beside: &'static str) -> Self {
        self.beside = beside;
        self
    }

    fn wanted(mut self, ratio: f64) -> Self {
        self.wanted = Some(ratio);
        self
    }
}

/// A way to read: what each thread makes for itself, and how the value is replaced.
fn reading<R: FnMut() -> u64 + 'static>(
    name: &'static str,
    start: impl Fn() -> R + Send + Sync + 'static,
    publish: impl Fn(u64) + Send + Sync + 'static,
) -> Reading {
    let start = move || -> Loop {
        let mut read = start();
        Box::new(move |count| (0..count).map(|_| black_box(read())).fold(0, u64::wrapping_add))
    };
    let (start, publish) = (Box::new(start), Box::new(publish));
    Reading { name, beside: PLAIN, wanted: None, start, publish }
}

const PLAIN: &str = "`&'static T`";
const SWAP: &str = "`ArcSwap::load`";
const MAP: &str = "`DashMap::get`, downcast, `Arc` clone";

/// So many handles are asked for by their ids, in turn.
const HANDLES: usize = 64;

/// All ways.
pub fn all() -> Vec<Reading> {
    let mut all = by_hand();
    all.extend(of_a_handle());
    all.extend(by_id_by_hand());
    all.extend(by_id());
    all
}

/// What one would write without this library.
fn by_hand() -> Vec<Reading> {
    let plain: &'static Settings = leaked(Settings::new(1));
    let swap: &'static ArcSwap<Settings> = leaked(ArcSwap::from_pointee(Settings::new(1)));
    let store = move |weight| swap.store(Arc::new(Settings::new(weight)));
    let lock: &'static RwLock<Arc<Settings>> = leaked(RwLock::new(Arc::new(Settings::new(1))));
    let cached = move || {
        let mut cache = arc_swap::Cache::new(swap);
        move || black_box(&mut cache).load().weight
    };
    let locked = move || {
        let value = black_box(lock).read().unwrap_or_else(PoisonError::into_inner);
        let value = Arc::clone(&value);
        value.weight
    };
    let write = move |weight| {
        let value = Arc::new(Settings::new(weight));
        *lock.write().unwrap_or_else(PoisonError::into_inner) = value;
    };
    vec![
        reading(PLAIN, move || move || black_box(plain).weight, |_| {}),
        reading("`arc_swap::Cache::load`", cached, store),
        reading(SWAP, move || move || black_box(swap).load().weight, store),
        reading("`RwLock<Arc<T>>`: read, `Arc` clone", move || locked, write),
    ]
}

/// A handle of this library.
fn of_a_handle() -> Vec<Reading> {
    let registry: &'static ConfigRegistry = leaked(ConfigRegistry::new());
    let [read, got, current] = [(); 3].map(|()| leaked(inserted(registry)));
    current.install().expect("the type is not generic");
    let update = |handle: &'static ConfigHandle<Settings>| {
        move |weight| {
            let updated = registry.update(handle.id(), |_| Settings::new(weight));
            updated.expect("it is valid");
        }
    };
    let reader = move || {
        let mut reader = read.reader();
        move || black_box(&mut reader).get().weight
    };
    vec![
        reading("`Reader::get`", reader, update(read)).wanted(2.0),
        reading("`T::current`", || || Settings::current().weight, update(current)).wanted(10.0),
        reading("`ConfigHandle::get`", move || move || black_box(got).get().weight, update(got))
            .beside(SWAP)
            .wanted(1.0),
    ]
}

type Shared = Arc<dyn Any + Send + Sync>;

/// Look-ups by id in a map of one's own.
fn by_id_by_hand() -> Vec<Reading> {
    fn of<S: BuildHasher + Clone + Default + Send + Sync + 'static>(name: &'static str) -> Reading {
        let map: &'static DashMap<u64, Shared, S> = leaked(DashMap::default());
        let put = move |id: u64, weight: u64| drop(map.insert(id, Arc::new(Settings::new(weight))));
        (0..HANDLES as u64).for_each(|id| put(id, 1));
        let start = move || {
            let mut turn = 0;
            move || {
                turn = (turn + 1) % HANDLES;
                let found = black_box(map).get(&(turn as u64)).expect("it is there");
                let shared = Arc::clone(&found);
                drop(found);
                let settings = shared.downcast::<Settings>().expect("it is one of these");
                settings.weight
            }
        };
        reading(name, start, move |weight| put(weight % HANDLES as u64, weight)).beside(MAP)
    }
    vec![
        of::<std::hash::RandomState>(MAP),
        of::<BuildHasherDefault<Multiply>>("the same, hashed by one multiplication"),
    ]
}

/// Look-ups by id in a registry.
fn by_id() -> Vec<Reading> {
    let registry: &'static ConfigRegistry = leaked(ConfigRegistry::new());
    let handles: &'static [_; HANDLES] = leaked([(); HANDLES].map(|()| inserted(registry)));
    let ids: &'static [HandleId<Settings>; HANDLES] =
        leaked(handles.each_ref().map(ConfigHandle::id));
    let update = move |weight: u64| {
        let id = ids[usize::try_from(weight).unwrap_or_default() % HANDLES];
        registry.update(id, |_| Settings::new(weight)).expect("it is valid");
    };
    let get = move || {
        let mut turn = 0;
        move || {
            turn = (turn + 1) % HANDLES;
            let handle = black_box(registry).get(ids[turn]).expect("it is held");
            black_box(&handle);
            turn as u64
        }
    };
    let read = move || {
        let mut turn = 0;
        move || {
            turn = (turn + 1) % HANDLES;
            black_box(registry).read(ids[turn]).expect("it is held").weight
        }
    };
    vec![
        reading("`ConfigRegistry::get`: the handle", get, update).beside(MAP).wanted(1.0),
        reading("`ConfigRegistry::read`: the value", read, update).beside(MAP).wanted(1.0),
    ]
}

fn inserted(registry: &ConfigRegistry) -> ConfigHandle<Settings> {
    registry.insert(Settings::new(1)).expect("it is valid")
}

/// As long as the process, as configurations of a service are.
fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Spreads ids over a table, as the registry does: nobody chooses them.
#[derive(Default)]
struct Multiply(u64);

impl Hasher for Multiply {
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
