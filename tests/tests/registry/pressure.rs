//! When memory runs low: what goes, what stays, and that the thread goes, too.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use superconfig::{Code, ConfigRegistry, HandleId, Memory, MemoryOptions, SuperConfig};

use super::{Settings, code};

const LOW: Memory = Memory { available: 5, total: 100 };
const PLENTY: Memory = Memory { available: 50, total: 100 };

/// A registry with a clock of its own, a text in its cache, and a lease that was used at 0.
fn leased() -> (ConfigRegistry, Arc<AtomicU64>, HandleId<Settings>) {
    let seconds = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&seconds);
    let now = move || Duration::from_secs(clock.load(Ordering::Relaxed));
    let registry = ConfigRegistry::with_clock(now);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/registry/shared.toml");
    let handle = SuperConfig::<Settings>::new().with_file(file).build_in(&registry);
    let id = handle.as_ref().expect("valid").id();
    registry.lease(id).expect("it is held");
    (registry, seconds, id)
}

fn often() -> MemoryOptions {
    let mut options = MemoryOptions::default();
    options.every = Duration::from_millis(1);
    options
}

/// A reading that always gives the same, and tells of each time.
fn always(
    memory: Option<Memory>,
) -> (impl FnMut() -> Option<Memory> + Send + 'static, Receiver<()>) {
    let (tell, told) = channel();
    let reading = move || {
        // Nobody listens any more when a test is over.
        let _ = tell.send(());
        memory
    };
    (reading, told)
}

#[test]
fn a_lease_that_is_idle_ends_early_when_memory_is_low() {
    let (registry, seconds, id) = leased();
    seconds.store(59, Ordering::Relaxed);
    assert_eq!(registry.relieve(Duration::from_secs(60)), 0);
    assert!(registry.contains(id));
    seconds.store(60, Ordering::Relaxed);
    assert_eq!((registry.sweep(), registry.relieve(Duration::from_secs(60))), (0, 1));
    assert_eq!(code(&registry.get(id).expect_err("it is gone")), Code::ExpiredHandle);
}

#[test]
fn what_somebody_holds_stays_and_a_shorter_lease_is_not_made_longer() {
    let (registry, seconds, id) = leased();
    let handle = registry.get(id).expect("it is leased");
    seconds.store(1_000, Ordering::Relaxed);
    assert_eq!(registry.relieve(Duration::ZERO), 0);
    assert_eq!(handle.get().port, 8080);
    drop(handle);
    registry.expire_after(Duration::from_secs(10));
    assert_eq!(registry.relieve(Duration::from_secs(60)), 1);
}

#[test]
fn a_watch_relieves_the_registry_when_memory_is_low() {
    let (registry, seconds, id) = leased();
    seconds.store(60, Ordering::Relaxed);
    let (reading, told) = always(Some(LOW));
    let watch = registry.watch_memory_by(often(), reading).expect("a thread");
    // When it looks again, it is done with what it saw first.
    told.recv().expect("it looks");
    told.recv().expect("it looks again");
    assert!(!registry.contains(id));
    assert_eq!(registry.stats().cached_texts, 0);
    assert!(watch.reliefs() >= 1);
}

#[test]
fn nothing_is_done_while_there_is_enough_or_nobody_knows() {
    for memory in [Some(PLENTY), None] {
        let (registry, seconds, id) = leased();
        seconds.store(60, Ordering::Relaxed);
        let before = registry.stats().cached_texts;
        let (reading, told) = always(memory);
        let watch = registry.watch_memory_by(often(), reading).expect("a thread");
        told.recv().expect("it looks");
        told.recv().expect("it looks again");
        assert!(registry.contains(id));
        assert_eq!((registry.stats().cached_texts, watch.reliefs()), (before, 0));
    }
}

/// A reading that keeps something which goes away with the thread.
fn kept() -> (impl FnMut() -> Option<Memory> + Send + 'static, Weak<()>, Receiver<()>) {
    let (mut reading, told) = always(Some(LOW));
    let here = Arc::new(());
    let gone = Arc::downgrade(&here);
    let reading = move || {
        let _ = &here;
        reading()
    };
    (reading, gone, told)
}

#[test]
fn the_thread_ends_when_the_watch_is_dropped() {
    let registry = ConfigRegistry::new();
    let (reading, thread, told) = kept();
    // It would look again in ten seconds; nobody waits for that.
    let watch = registry.watch_memory_by(MemoryOptions::default(), reading).expect("a thread");
    told.recv().expect("it looks at once");
    drop(watch);
    assert!(thread.upgrade().is_none());
}

#[test]
fn the_thread_ends_with_the_registry() {
    let registry = ConfigRegistry::new();
    let (reading, thread, told) = kept();
    let watch = registry.watch_memory_by(often(), reading).expect("a thread");
    told.recv().expect("it looks");
    drop(registry);
    // The thread lets go of who listens when it ends.
    while told.recv().is_ok() {}
    drop(watch);
    assert!(thread.upgrade().is_none());
}

#[test]
fn a_panic_of_the_reading_hurts_nobody_else() {
    let (registry, _, id) = leased();
    let reading = || panic!("a reading of the program's");
    let watch = registry.watch_memory_by(often(), reading).expect("a thread");
    drop(watch);
    assert!(registry.contains(id));
}

#[test]
fn a_system_that_does_not_tell_says_so() {
    let registry = ConfigRegistry::new();
    match (Memory::now(), registry.watch_memory(MemoryOptions::default())) {
        (Some(memory), Ok(_watch)) => assert!(memory.total > 0),
        (None, Err(error)) => assert_eq!(code(&error), Code::Usage),
        (memory, watch) => panic!("{memory:?} and {watch:?}"),
    }
}
