//! The thread of a watch ends when nobody needs it. One test in a program of its own, which no
//! other test's threads are in.
#![cfg(target_os = "linux")]

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use superconfig::{Health, SuperConfig, WatchOptions};

#[derive(SuperConfig)]
struct Settings {
    a: u32,
}

/// The threads of this process whose names begin so.
fn threads(name: &str) -> usize {
    let tasks = fs::read_dir("/proc/self/task").expect("Linux lists them").flatten();
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|known| known.starts_with(name)).count()
}

fn until(count: usize, name: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    while threads(name) != count {
        assert!(Instant::now() < end, "there are {} threads {name}", threads(name));
        sleep(Duration::from_millis(2));
    }
}

fn are_there(count: usize) {
    until(count, "config-watch");
    // The ones that read the system's events.
    until(count, "notify-rs");
}

#[test]
fn row_75_the_thread_ends_with_the_watch_and_with_the_last_handle() {
    let room = tempfile::tempdir().expect("a directory");
    let file = room.path().join("config.toml");
    fs::write(&file, "a = 1").expect("written");
    let load = || {
        let settings = SuperConfig::<Settings>::new().with_file(&file).build().expect("it loads");
        let watch = settings.watch(WatchOptions::default()).expect("it starts");
        (settings, watch)
    };
    let mut all: Vec<_> = (0..3).map(|_| load()).collect();
    are_there(3);
    let (settings, watch) = all.remove(0);
    drop(watch);
    are_there(2);
    assert_eq!(settings.get().a, 1);
    let (settings, watch) = all.remove(0);
    let clone = settings.clone();
    drop(settings);
    assert_eq!(watch.health(), Health::Events);
    drop(clone);
    are_there(1);
    assert_eq!(watch.health(), Health::Stopped);
    all.clear();
    are_there(0);
    until(0, "config-tell");
}
