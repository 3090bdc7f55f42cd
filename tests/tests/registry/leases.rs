//! Leases: what is kept by its id alone, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use superconfig::{Code, ConfigRegistry};

use crate::{Settings, code, said};

const HOUR: u64 = 60 * 60;

/// A registry, and the seconds that its clock shows.
fn registry() -> (ConfigRegistry, Arc<AtomicU64>) {
    let seconds = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&seconds);
    let now = move || Duration::from_secs(clock.load(Ordering::Relaxed));
    (ConfigRegistry::with_clock(now), seconds)
}

#[test]
fn a_lease_keeps_what_nobody_holds_until_it_was_idle_for_an_hour() {
    let (registry, clock) = registry();
    let handle = registry.insert(Settings { port: 1 }).expect("valid");
    let id = handle.id();
    registry.lease(id).expect("it is there");
    drop(handle);
    clock.store(HOUR - 1, Ordering::Relaxed);
    assert_eq!(registry.sweep(), 0);
    assert_eq!(registry.read(id).expect("it is leased").port, 1);
    // Asking begins the hour anew.
    clock.store(2 * HOUR - 2, Ordering::Relaxed);
    assert_eq!(registry.sweep(), 0);
    clock.store(2 * HOUR - 1, Ordering::Relaxed);
    let stats = registry.stats();
    assert_eq!((stats.total_handles, stats.active_handles, stats.leased_handles), (1, 0, 1));
    assert_eq!(registry.sweep(), 1);
    assert!(registry.is_empty() && !registry.contains(id));
    let error = registry.get(id).expect_err("it has expired");
    assert_eq!(
        said(&error, id),
        (Code::ExpiredHandle, "handle ID has expired: nobody asked for it for too long".to_owned())
    );
    assert_eq!(registry.stats().expired, 1);
}

#[test]
fn what_somebody_holds_does_not_expire() {
    let (registry, clock) = registry();
    let handle = registry.insert(Settings { port: 1 }).expect("valid");
    registry.lease(handle.id()).expect("it is there");
    clock.store(9 * HOUR, Ordering::Relaxed);
    assert_eq!(registry.sweep(), 0);
    let id = handle.id();
    drop(handle);
    assert_eq!(registry.sweep(), 1);
    assert_eq!(code(&registry.get(id).expect_err("expired")), Code::ExpiredHandle);
}

#[test]
fn a_reader_keeps_what_expires_meanwhile() {
    let (registry, clock) = registry();
    let id = registry
        .insert(Settings { port: 1 })
        .and_then(|handle| registry.lease(handle.id()).map(|()| handle.id()))
        .expect("valid");
    let guard = registry.read(id).expect("it is leased");
    clock.store(9 * HOUR, Ordering::Relaxed);
    assert_eq!(registry.sweep(), 1);
    assert_eq!(guard.port, 1);
    assert!(registry.read(id).is_err());
}

#[test]
fn how_long_a_lease_lasts_can_be_said() {
    let (registry, clock) = registry();
    registry.expire_after(Duration::from_secs(10));
    let handle = registry.insert(Settings { port: 1 }).expect("valid");
    registry.lease(handle.id()).expect("it is there");
    // Twice is once.
    registry.lease(handle.id()).expect("it is there");
    drop(handle);
    clock.store(9, Ordering::Relaxed);
    assert_eq!(registry.sweep(), 0);
    clock.store(10, Ordering::Relaxed);
    assert_eq!((registry.sweep(), registry.sweep()), (1, 0));
}

#[test]
fn a_leased_handle_can_be_removed_and_goes_with_its_registry() {
    let (registry, _) = registry();
    let handle = registry.insert(Settings { port: 1 }).expect("valid");
    let id = handle.id();
    registry.lease(id).expect("it is there");
    drop(handle);
    assert_eq!(registry.remove(id).expect("it is leased").get().port, 1);
    assert_eq!(code(&registry.get(id).expect_err("removed")), Code::DroppedHandle);
    let other = registry.insert(Settings { port: 2 }).expect("valid");
    registry.lease(other.id()).expect("it is there");
    drop(registry);
    assert_eq!(other.get().port, 2);
}

#[test]
fn only_the_last_of_very_many_are_remembered_to_have_expired() {
    let (registry, clock) = registry();
    let ids: Vec<_> = (0..5_000)
        .map(|_| {
            let handle = registry.insert(Settings { port: 1 }).expect("valid");
            registry.lease(handle.id()).expect("it is there");
            handle.id()
        })
        .collect();
    assert_eq!(registry.stats().leased_handles, ids.len());
    clock.store(HOUR, Ordering::Relaxed);
    assert_eq!(registry.sweep(), ids.len());
    let expired = |id: &&_| code(&registry.get(**id).expect_err("gone")) == Code::ExpiredHandle;
    assert_eq!(ids.iter().filter(expired).count(), 4_096);
}
