//! Every order in which one entry of a registry is looked up, leased, dropped, removed and swept.

use loom::thread::{self, JoinHandle};

use superconfig_concurrency::listed::{Directory, Held};

fn every_order(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

/// Does something in another thread.
fn beside<T: Send + 'static>(
    directory: &Directory,
    act: impl FnOnce(Directory) -> T + Send + 'static,
) -> JoinHandle<T> {
    let directory = directory.clone();
    thread::spawn(move || act(directory))
}

/// An entry that a lease of time 0 alone keeps.
fn leased() -> Directory {
    let (directory, held) = Directory::list();
    assert!(directory.lease(0));
    drop(held);
    directory
}

/// Whether it was found, and then there, as long as it was held.
fn is_alive(directory: &Directory, held: Option<Held>) -> bool {
    let found = held.is_some();
    assert!(!found || !directory.is_freed(), "freed while it was held");
    drop(held);
    found
}

#[test]
fn a_lease_that_somebody_used_in_time_does_not_end() {
    every_order(|| {
        let directory = leased();
        let sweeper = beside(&directory, |directory| directory.sweep(5));
        let found = is_alive(&directory, directory.find(10));
        sweeper.join().expect("no panic");
        assert_eq!((directory.contains(), directory.is_freed()), (found, !found));
    });
}

#[test]
fn a_lease_that_nobody_used_ends_once() {
    every_order(|| {
        let directory = leased();
        let sweeper = beside(&directory, |directory| directory.sweep(5));
        directory.sweep(5);
        sweeper.join().expect("no panic");
        assert!(directory.is_freed() && !directory.contains());
    });
}

#[test]
fn a_lease_beside_the_last_drop_keeps_it_or_says_that_it_is_gone() {
    every_order(|| {
        let (directory, held) = Directory::list();
        let dropper = thread::spawn(move || drop(held));
        let leased = directory.lease(0);
        dropper.join().expect("no panic");
        assert_eq!((directory.contains(), directory.is_freed()), (leased, !leased));
    });
}

#[test]
fn a_lease_that_is_renewed_beside_a_sweep_keeps_it_or_says_that_it_is_gone() {
    every_order(|| {
        let directory = leased();
        let sweeper = beside(&directory, |directory| directory.sweep(5));
        let renewed = directory.lease(10);
        sweeper.join().expect("no panic");
        assert_eq!((directory.contains(), directory.is_freed()), (renewed, !renewed));
    });
}

#[test]
fn what_was_found_is_not_freed_by_a_removal_and_a_sweep() {
    every_order(|| {
        let directory = leased();
        let sweeper = beside(&directory, |directory| directory.sweep(5));
        let remover = beside(&directory, |directory| drop(directory.remove()));
        is_alive(&directory, directory.find(10));
        sweeper.join().expect("no panic");
        remover.join().expect("no panic");
        assert!(directory.is_freed() && !directory.contains());
    });
}
