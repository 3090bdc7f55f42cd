//! Changes as a stream, with no runtime at all.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use superconfig::{Change, Changes};

use crate::{Settings, World};

/// Counts how often it was woken.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn ports(change: &Change<Settings>) -> (u16, u16) {
    (change.old().port, change.get().port)
}

#[test]
fn a_future_is_woken_by_a_change_and_by_the_end() {
    let world = World::new("port = 80");
    let settings = world.load();
    let mut changes = settings.changes();
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let mut context = Context::from_waker(&waker);
    let mut poll = |changes: &mut Changes<Settings>| {
        let polled = pin!(changes.next()).poll(&mut context);
        polled.map(|change| change.as_ref().map(ports))
    };
    assert_eq!(poll(&mut changes), Poll::Pending);
    assert_eq!(count.0.load(Ordering::SeqCst), 0);
    world.write("port = 81");
    settings.reload().expect("it loads");
    assert_eq!(count.0.load(Ordering::SeqCst), 1);
    assert_eq!(poll(&mut changes), Poll::Ready(Some((80, 81))));
    assert_eq!(poll(&mut changes), Poll::Pending);
    drop(settings);
    assert_eq!(count.0.load(Ordering::SeqCst), 2);
    assert_eq!(poll(&mut changes), Poll::Ready(None));
}

#[test]
fn it_is_a_stream_to_those_who_know_streams() {
    fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Poll<Option<S::Item>> {
        std::pin::Pin::new(stream).poll_next(&mut Context::from_waker(Waker::noop()))
    }

    let world = World::new("port = 80");
    let settings = world.load();
    let mut changes = settings.changes();
    assert!(next(&mut changes).is_pending());
    world.write("port = 81");
    settings.reload().expect("it loads");
    assert_eq!(
        next(&mut changes).map(|change| change.as_ref().map(ports)),
        Poll::Ready(Some((80, 81)))
    );
    drop(settings);
    assert!(matches!(next(&mut changes), Poll::Ready(None)));
}

#[test]
fn row_79_who_is_slow_gets_one_change_to_what_there_is_now() {
    let world = World::new("port = 80");
    let settings = world.load();
    let mut changes = settings.changes();
    assert!(changes.try_next().is_none());
    for port in 81..=90 {
        world.write(&format!("port = {port}"));
        settings.reload().expect("it loads");
    }
    let change = changes.try_next().expect("it changed");
    assert_eq!((ports(&change), change.generation()), ((80, 90), 11));
    assert!(changes.try_next().is_none());
    // There and back again is no change.
    for port in [91, 90] {
        world.write(&format!("port = {port}"));
        settings.reload().expect("it loads");
    }
    assert!(changes.try_next().is_none());
    assert!(changes.next_timeout(Duration::from_millis(1)).is_none());
}

#[test]
fn a_thread_can_wait_for_changes_until_the_handle_is_gone() {
    let world = World::new("port = 80");
    let settings = world.load();
    let mut changes = settings.changes();
    let thread = std::thread::spawn(move || {
        changes.blocking().map(|change| ports(&change)).collect::<Vec<_>>()
    });
    for port in 81..=85 {
        world.write(&format!("port = {port}"));
        settings.reload().expect("it loads");
    }
    drop(settings);
    let seen = thread.join().expect("it ends");
    // Each begins where the one before it ended, and the last is the last.
    let joined = seen.windows(2).all(|pair| pair[0].1 == pair[1].0);
    assert!(joined, "{seen:?}");
    assert_eq!((seen.first().map(|c| c.0), seen.last().map(|c| c.1)), (Some(80), Some(85)));
}

#[test]
fn a_stream_that_nobody_reads_any_more_is_forgotten() {
    let world = World::new("port = 80");
    let settings = world.load();
    drop(settings.changes());
    world.write("port = 81");
    settings.reload().expect("it loads");
    assert_eq!(settings.get().port, 81);
}
