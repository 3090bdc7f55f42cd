//! Every order of the steps by which configurations are read and replaced.

use loom::sync::Arc;
use loom::sync::atomic::{AtomicU64, Ordering};
use loom::thread;

use superconfig_concurrency::model::{Handle, Place};

/// Runs a model through every order; three preemptions find what more would find, too.
fn every_order(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

#[test]
fn a_reader_never_goes_back() {
    every_order(|| {
        let handle = Handle::new(1);
        let writer = {
            let handle = handle.clone();
            thread::spawn(move || {
                handle.publish(2);
                handle.publish(3);
            })
        };
        let read = [handle.get(), handle.get(), handle.snapshot(), handle.get()];
        assert!(read.is_sorted(), "{read:?}");
        writer.join().expect("no panic");
        assert_eq!(handle.get(), 3);
    });
}

#[test]
fn who_was_told_of_a_value_reads_it() {
    every_order(|| {
        let (handle, told) = (Handle::new(1), Arc::new(AtomicU64::new(0)));
        assert_eq!(handle.get(), 1);
        let writer = {
            let handle = handle.clone();
            thread::spawn(move || handle.publish(2))
        };
        let reader = {
            let (handle, told) = (handle.clone(), Arc::clone(&told));
            thread::spawn(move || told.store(handle.get(), Ordering::Release))
        };
        // This thread remembers the first value, and is told of the second by another reader.
        if told.load(Ordering::Acquire) == 2 {
            assert_eq!(handle.get(), 2);
        }
        writer.join().expect("no panic");
        reader.join().expect("no panic");
        assert_eq!(handle.get(), 2);
    });
}

#[test]
fn of_two_writers_the_last_one_stays() {
    every_order(|| {
        let handle = Handle::new(1);
        let writer = {
            let handle = handle.clone();
            thread::spawn(move || {
                handle.publish(2);
                handle.get()
            })
        };
        handle.publish(3);
        let here = handle.get();
        let there = writer.join().expect("no panic");
        let last = handle.get();
        assert!(
            matches!((here, there, last), (3, 2 | 3, 3) | (2 | 3, 2, 2)),
            "{here} {there} {last}"
        );
    });
}

#[test]
fn what_is_published_in_the_installed_handle_shows_in_its_place() {
    every_order(|| {
        let (place, handle) = (Place::default(), Handle::new(1));
        place.install(&handle);
        assert_eq!(place.current(), Some(1));
        let writer = {
            let handle = handle.clone();
            thread::spawn(move || handle.publish(2))
        };
        // By both ways of reading, in both orders: who saw the later value sees it again.
        let (first, second, third) = (place.current(), handle.get(), place.current());
        let read = [first, Some(second), third, place.snapshot(), Some(handle.snapshot())];
        assert!(read.is_sorted(), "{read:?}");
        writer.join().expect("no panic");
        assert_eq!((place.current(), handle.get()), (Some(2), 2));
    });
}

#[test]
fn an_installation_and_a_publication_at_once_leave_the_last_of_both() {
    every_order(|| {
        let (place, old, new) = (Place::default(), Handle::new(1), Handle::new(10));
        place.install(&old);
        assert_eq!(place.current(), Some(1));
        let publisher = {
            let (old, new) = (old.clone(), new.clone());
            thread::spawn(move || {
                old.publish(2);
                new.publish(20);
            })
        };
        let reader = thread::spawn(move || {
            let (first, second) = (place.current(), place.current());
            assert!(first <= second, "{second:?} after {first:?}");
        });
        place.install(&new);
        assert!(place.current() >= Some(10));
        publisher.join().expect("no panic");
        reader.join().expect("no panic");
        assert_eq!(place.current(), Some(20));
    });
}
