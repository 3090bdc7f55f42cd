use super::*;
use crate::watch::options::WatchOptions;
use crate::watch::testing::World;

/// Waits until something is so; it fails only where it never becomes so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < end, "still not: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

fn watch(world: &World) -> Watch {
    let world = world.clone();
    let begin =
        move |inbox: Arc<Inbox>| world.engine(inbox, WatchOptions::default(), Instant::now());
    Watch::start(Arc::new(begin)).expect("it starts")
}

#[test]
fn it_reads_once_and_ends_when_it_is_dropped() {
    let world = World::default();
    let watch = watch(&world);
    until("the first reading", || world.reloads() == 1);
    let shared = Arc::clone(&watch.running.shared);
    drop(watch);
    assert!(shared.state().has_ended, "dropping waits for the end");
    assert_eq!(shared.state().health, Health::Stopped);
}

#[test]
fn a_panic_of_the_thread_is_told_and_it_begins_anew() {
    let world = World::default();
    world.script(|script| script.panics = true);
    let watch = watch(&world);
    let told = Health::Failed { why: "a panic: told to".to_owned() };
    until("it fails", || watch.health() == told);
    world.script(|script| script.panics = false);
    until("it begins anew", || watch.health() == Health::Events);
}

#[test]
fn a_fork_has_no_thread_and_says_so() {
    let world = World::default();
    let mut watch = watch(&world);
    // What a forked process has: everything but the thread.
    watch.running.process = watch.running.process.wrapping_add(1);
    assert_eq!(watch.health(), Health::Forked);
    let forked = Arc::clone(&watch.running.shared);
    watch.restart().expect("it starts");
    assert_eq!(watch.health(), Health::Events);
    assert!(!forked.state().has_ended, "the other process's thread is left alone");
    forked.inbox.stop();
}

#[test]
fn its_state_is_shown() {
    let watch = watch(&World::default());
    assert_eq!(format!("{watch:?}"), "Watch { health: Events, .. }");
    watch.stop();
}

#[test]
fn what_is_told_of_a_panic_is_what_it_says() {
    assert_eq!(message(&"a"), "a panic: a");
    assert_eq!(message(&"b".to_owned()), "a panic: b");
    assert_eq!(message(&1), "a panic: it said nothing");
}
