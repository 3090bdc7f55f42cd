//! How long a watch lives, and what the program's own functions may do meanwhile.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use superconfig::{ConfigHandle, SuperConfig, Watch, WatchOptions};

use crate::{MS, Room, Settings, UNLUCKY, both, until};

#[test]
fn row_76_callbacks_and_validations_that_panic_end_nothing() {
    let room = Room::with(1);
    let watched = room.watched();
    watched.settings.on_change("**", |_| panic!("I always do"));
    for number in [2, 3] {
        room.write("config.toml", &both(number));
        watched.becomes(number);
        until("the panic is told", || {
            watched.errors().iter().any(|error| error.contains("a callback for changes panicked"))
        });
        until("the other callback", || watched.changes() == number as usize - 1);
    }
    room.write("config.toml", &both(UNLUCKY));
    until("the validation's panic", || {
        watched.errors().iter().any(|error| error.contains("a reload panicked"))
    });
    assert_eq!(watched.number(), 3);
    room.write("config.toml", &both(4));
    watched.becomes(4);
}

#[test]
fn a_callback_may_reload() {
    let room = Room::with(1);
    let watched = room.watched();
    let (again, calls) = (watched.settings.clone(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&calls);
    watched.settings.on_change("a", move |_| {
        again.reload().expect("it loads");
        count.fetch_add(1, Ordering::SeqCst);
    });
    for number in 2..5 {
        room.write("config.toml", &both(number));
        watched.becomes(number);
        until("it was called", || calls.load(Ordering::SeqCst) == number as usize - 1);
    }
}

#[test]
fn row_77_a_callback_that_hangs_does_not_end_the_watching() {
    let room = Room::with(1);
    let watched = room.watched();
    let (release, held) = mpsc::channel::<()>();
    watched.settings.on_change("a", move |_| {
        let _ = held.recv();
    });
    for number in 2..6 {
        room.write("config.toml", &both(number));
        watched.becomes(number);
        until("others are told", || watched.changes() == number as usize - 1);
    }
    drop(release);
}

/// The last handle and the watch, for a callback to drop.
type Last = Arc<Mutex<Option<(ConfigHandle<Settings>, Watch)>>>;

#[test]
fn row_75_a_callback_may_drop_the_watch_and_the_last_handle() {
    let room = Room::with(1);
    let settings = room.builder().with_file("config.toml").build().expect("it loads");
    let last: Last = Arc::default();
    let (taken, done) = (Arc::clone(&last), Arc::new(AtomicBool::new(false)));
    let is_done = Arc::clone(&done);
    let mut changes = settings.changes();
    settings.on_change("a", move |_| {
        drop(taken.lock().expect("unbroken").take());
        is_done.store(true, Ordering::SeqCst);
    });
    let watch = settings.watch(WatchOptions::default()).expect("it starts");
    *last.lock().expect("unbroken") = Some((settings, watch));
    room.write("config.toml", &both(2));
    until("it is dropped", || done.load(Ordering::SeqCst));
    assert!(changes.next_timeout(Duration::from_secs(60)).is_some(), "the change");
    assert!(changes.next_timeout(Duration::from_secs(60)).is_none(), "and the end");
}

/// A validation that says that it has begun and waits until it may go on.
static GATE: Mutex<Option<(mpsc::Sender<()>, mpsc::Receiver<()>)>> = Mutex::new(None);

#[derive(SuperConfig)]
#[config(validate = slowly)]
struct Slow {
    a: u32,
}

fn slowly(slow: &Slow) -> Result<(), &'static str> {
    let gate = if slow.a == 1 { None } else { GATE.lock().expect("unbroken").take() };
    if let Some((begun, go_on)) = gate {
        let _ = begun.send(());
        let _ = go_on.recv();
    }
    if slow.a == 0 { Err("too small") } else { Ok(()) }
}

#[test]
fn row_75_the_handle_and_the_watch_may_be_dropped_while_a_reload_runs() {
    let room = Room::new();
    room.write("slow.toml", "a = 1");
    let settings = SuperConfig::<Slow>::new().with_file(room.at("slow.toml")).build();
    let settings = settings.expect("it loads");
    let mut changes = settings.changes();
    let watch = settings.watch(WatchOptions::default()).expect("it starts");
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    *GATE.lock().expect("unbroken") = Some((begun, may_go_on));
    room.write("slow.toml", "a = 2");
    has_begun.recv_timeout(Duration::from_secs(60)).expect("a reload runs");
    drop(settings);
    // It waits for a second and then leaves the reload to itself.
    drop(watch);
    drop(go_on);
    // The reload comes to its end, and then nothing is left.
    let mut values = Vec::new();
    while let Some(change) = changes.next_timeout(Duration::from_secs(60)) {
        values.push(change.get().a);
    }
    assert!(values.is_empty() || values == [2], "{values:?}");
}

#[test]
fn a_watch_that_is_dropped_watches_no_more() {
    let room = Room::with(1);
    let watched = room.watched();
    room.write("config.toml", &both(2));
    watched.becomes(2);
    watched.watch.stop();
    room.write("config.toml", &both(3));
    std::thread::sleep(400 * MS);
    assert_eq!(watched.settings.get().a, 2);
    // By hand it loads still.
    watched.settings.reload().expect("it loads");
    assert_eq!(watched.settings.get().a, 3);
}

#[test]
fn two_watches_of_one_configuration_are_no_trouble() {
    let room = Room::with(1);
    let watched = room.watched();
    let second = watched.settings.clone().watch(WatchOptions::default()).expect("it starts");
    room.write("config.toml", &both(2));
    watched.becomes(2);
    drop(second);
    room.write("config.toml", &both(3));
    watched.becomes(3);
    assert_eq!(watched.settings.generation(), 3);
}
