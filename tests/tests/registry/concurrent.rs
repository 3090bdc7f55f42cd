//! Many threads at one registry: nothing is lost, torn, or freed too early.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use superconfig::{Code, ConfigRegistry, HandleId, SuperConfig};

use crate::{Settings, code};

const THREADS: u64 = 8;
const EACH: u64 = 500;

/// Two fields that belong together, and one that counts how many such structs are dropped.
#[derive(SuperConfig)]
struct Pair {
    number: u64,
    inverse: u64,
    #[config(skip)]
    canary: Canary,
}

#[derive(Default, Clone)]
struct Canary(Option<Arc<AtomicUsize>>);

impl Drop for Canary {
    fn drop(&mut self) {
        if let Some(dropped) = &self.0 {
            dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn pair(number: u64, dropped: &Arc<AtomicUsize>) -> Pair {
    Pair { number, inverse: !number, canary: Canary(Some(Arc::clone(dropped))) }
}

fn whole(pair: &Pair) -> u64 {
    assert_eq!(pair.number, !pair.inverse, "torn");
    pair.number
}

#[test]
fn no_update_is_lost_and_no_pair_is_torn() {
    let registry = ConfigRegistry::new();
    let (made, dropped) = (AtomicUsize::new(1), Arc::new(AtomicUsize::new(0)));
    let handle = registry.insert(pair(0, &dropped)).expect("valid");
    let id = handle.id();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..EACH {
                    let next = |old: &Pair| {
                        made.fetch_add(1, Ordering::Relaxed);
                        pair(whole(old) + 1, &dropped)
                    };
                    registry.update(id, next).expect("valid");
                }
            });
        }
        let readers = [true, false].map(|by_id| {
            let (handle, registry) = (handle.clone(), &registry);
            scope.spawn(move || {
                let (mut reader, mut last) = (handle.reader(), 0);
                while last < THREADS * EACH {
                    let now = if by_id {
                        whole(&registry.read(id).expect("it is held"))
                    } else {
                        whole(&handle.get())
                    };
                    assert!(now >= last, "{now} after {last}");
                    last = whole(reader.get());
                    assert!(last >= now, "{last} after {now}");
                }
            })
        });
        // The scope alone does not wait until what a thread remembers is dropped.
        for reader in readers {
            reader.join().expect("it saw whole pairs");
        }
    });
    assert_eq!(whole(&handle.get()), THREADS * EACH);
    drop(handle);
    assert!(registry.is_empty());
    assert_eq!(dropped.load(Ordering::Relaxed), made.load(Ordering::Relaxed));
}

#[test]
fn handles_come_and_go_in_many_threads() {
    let registry = ConfigRegistry::new();
    let dropped = Arc::new(AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for number in 0..EACH {
                    let handle = registry.insert(pair(number, &dropped)).expect("valid");
                    let id = handle.id();
                    let copy = registry.get(id).expect("it is held");
                    assert_eq!(whole(&copy.get()), number);
                    drop(handle);
                    assert!(registry.contains(id));
                    drop(copy);
                    let error = registry.get(id).expect_err("it is gone");
                    assert_eq!(code(&error), Code::DroppedHandle);
                }
            });
        }
    });
    assert!(registry.is_empty());
    assert_eq!(dropped.load(Ordering::Relaxed) as u64, THREADS * EACH);
}

#[test]
fn the_last_drop_and_a_look_up_agree() {
    let registry = ConfigRegistry::new();
    for round in 0..EACH {
        let dropped = Arc::new(AtomicUsize::new(0));
        let handle = registry.insert(pair(round, &dropped)).expect("valid");
        let id: HandleId<Pair> = handle.id();
        thread::scope(|scope| {
            scope.spawn(move || drop(handle));
            scope.spawn(|| match registry.get(id) {
                Ok(handle) => assert_eq!(whole(&handle.get()), round),
                Err(error) => assert_eq!(code(&error), Code::DroppedHandle),
            });
        });
        assert_eq!((dropped.load(Ordering::Relaxed), registry.len()), (1, 0));
    }
}

#[test]
fn an_expiry_and_a_look_up_agree() {
    let clock = Arc::new(AtomicU64::new(0));
    let now = Arc::clone(&clock);
    let registry =
        ConfigRegistry::with_clock(move || Duration::from_secs(now.load(Ordering::Relaxed)));
    for round in 0..EACH {
        let dropped = Arc::new(AtomicUsize::new(0));
        let handle = registry.insert(pair(round, &dropped)).expect("valid");
        let id = handle.id();
        registry.lease(id).expect("it is held");
        drop(handle);
        clock.fetch_add(60 * 60, Ordering::Relaxed);
        let (found, swept) = thread::scope(|scope| {
            let look_up = scope.spawn(|| registry.get(id));
            let sweep = scope.spawn(|| registry.sweep());
            (look_up.join().expect("no panic"), sweep.join().expect("no panic"))
        });
        match found {
            // Who got it before it expired has it, whether or not it has an id still.
            Ok(handle) => assert_eq!(whole(&handle.get()), round),
            Err(error) => assert_eq!((code(&error), swept), (Code::ExpiredHandle, 1)),
        }
        clock.fetch_add(60 * 60, Ordering::Relaxed);
        assert_eq!(swept + registry.sweep(), 1);
        assert_eq!((dropped.load(Ordering::Relaxed), registry.len()), (1, 0));
    }
}

#[test]
fn what_is_installed_by_turns_is_read_whole() {
    #[derive(SuperConfig)]
    struct Turn {
        number: u64,
        inverse: u64,
    }
    let registry = ConfigRegistry::new();
    let turn = |number: u64| registry.insert(Turn { number, inverse: !number }).expect("valid");
    turn(0).install().expect("it has a place");
    let done = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut reader = superconfig::Reader::<Turn>::try_current().expect("installed");
                let mut last = 0;
                while done.load(Ordering::Acquire) == 0 {
                    let now = reader.get();
                    assert!(now.number == !now.inverse && now.number >= last);
                    last = now.number;
                }
                assert_eq!(reader.get().number, 2 * EACH);
            });
        }
        for number in 0..EACH {
            let handle = turn(2 * number + 1);
            handle.install().expect("it has a place");
            let next = |old: &Turn| Turn { number: old.number + 1, inverse: !(old.number + 1) };
            registry.update(handle.id(), next).expect("valid");
        }
        done.store(1, Ordering::Release);
    });
    assert_eq!(registry.len(), 1, "the one that is installed");
    assert_eq!(registry.insert(Settings { port: 1 }).map(|handle| handle.get().port).ok(), Some(1));
}
