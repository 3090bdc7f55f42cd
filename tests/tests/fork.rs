//! A process with handles, readers and a watch is forked, and the child goes on with all of them.
//!
//! This is a program of its own, without the threads of a test harness: what they do at the moment
//! of the fork is not what is tested. The threads of the watch are there, and they sleep then: a lock
//! that another thread holds stays locked in the child (`docs/LIMITS.md`).
#![cfg_attr(not(target_os = "linux"), allow(unused))] // where nobody can tell that they sleep

use std::fs;
use std::path::Path;
use std::process::{self, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fork::{Fork, fork, waitpid_nohang};
use superconfig::{ConfigHandle, ConfigRegistry, Health, Reader, SuperConfig, Watch, WatchOptions};

const FORKS: u32 = 20;

/// As long as it takes: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(SuperConfig)]
#[config(env_prefix = "FORKED")]
struct Settings {
    a: u32,
}

fn main() {
    let asked = |word: &str| std::env::args().any(|argument| argument == word);
    if asked("--list") {
        // cargo-nextest asks for the tests before it runs them; none is ignored.
        if !asked("--ignored") {
            println!("row_86_a_child_reads_reloads_and_watches: test");
        }
    } else if cfg!(target_os = "linux") {
        row_86_a_child_reads_reloads_and_watches();
    }
}

fn row_86_a_child_reads_reloads_and_watches() {
    let room = tempfile::tempdir().expect("a directory");
    let file = room.path().join("config.toml");
    write(&file, 0);
    let settings = SuperConfig::<Settings>::new().with_file(&file).build().expect("it loads");
    settings.install().expect("the type is not generic");
    let mut watch = settings.watch(WatchOptions::default()).expect("it starts");
    let mut reader = settings.reader();
    // What this thread remembers is there in the child as well.
    assert!((0..100).all(|_| settings.get().a == 0 && reader.get().a == 0));
    let mut number = 0;
    for _ in 0..FORKS {
        until("all other threads sleep", all_others_sleep);
        match fork().expect("there is room for a process") {
            Fork::Child => {
                child(&settings, reader, watch, &file, number);
                // No clearing up: the directory is the parent's.
                process::exit(0);
            }
            Fork::Parent(child) => ends_well(child),
        }
        assert_eq!(watch.health(), Health::Events, "the parent's watch is left alone");
        number = number.max(settings.get().a) + 1;
        write(&file, number);
        until("the parent sees a change", || settings.get().a == number);
        assert_eq!(reader.get().a, number);
    }
    watch.restart().expect("it starts");
    println!("{FORKS} children read, reloaded, watched and ended");
}

/// What a child does with what it has from its parent.
fn child(
    settings: &ConfigHandle<Settings>,
    mut reader: Reader<Settings>,
    mut watch: Watch,
    file: &Path,
    number: u32,
) {
    assert_eq!(settings.get().a, number);
    assert_eq!(settings.snapshot().a, number);
    assert_eq!(Settings::current().a, number);
    assert_eq!(reader.get().a, number);
    let registry = ConfigRegistry::global();
    assert_eq!(registry.read(settings.id()).expect("it is held").a, number);
    assert_eq!(registry.stats().active_handles, 1);

    assert_eq!(watch.health(), Health::Forked);
    assert!(settings.reload().expect("the file is as it was").is_none());
    watch.restart().expect("it starts");
    assert_eq!(watch.health(), Health::Events);
    let number = number + 1;
    write(file, number);
    until("the child sees a change", || settings.get().a == number);
    assert_eq!((Settings::current().a, reader.get().a), (number, number));
    drop(watch);
}

/// Whether they do so whenever one looks, for a while.
fn all_others_sleep() -> bool {
    let sleeps = |task: fs::DirEntry| {
        let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        // The state stands behind the name, which is in parentheses.
        stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('S'))
    };
    (0..25).all(|_| {
        sleep(Duration::from_millis(2));
        let tasks = fs::read_dir("/proc/self/task").expect("Linux lists them").flatten();
        // This one runs.
        tasks.map(sleeps).filter(|sleeps| !sleeps).count() == 1
    })
}

fn write(file: &Path, number: u32) {
    fs::write(file, format!("a = {number}")).expect("written");
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "still not: {what}");
        sleep(Duration::from_millis(2));
    }
}

/// A child that hangs is ended, and then it did not end well.
fn ends_well(child: i32) {
    let end = Instant::now() + 2 * PATIENCE;
    loop {
        match waitpid_nohang(child).expect("it is a child") {
            Some(status) => return assert_eq!(status, 0, "how the child ended"),
            None if Instant::now() > end => {
                let _ended = Command::new("kill").args(["-KILL", &child.to_string()]).status();
                panic!("the child hangs");
            }
            None => sleep(Duration::from_millis(2)),
        }
    }
}
