//! Reloading on SIGHUP. A process has one handler for it, so there is one test, in a program of its own.

#![cfg(unix)]

use std::process::Command;
use std::time::Duration;

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
}

/// As an operator does it.
fn send() {
    let status = Command::new("kill").args(["-HUP", &std::process::id().to_string()]).status();
    assert!(status.expect("there is `kill`").success());
}

#[test]
fn a_signal_reloads_until_nobody_listens_any_more() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    let write = |port: u16| std::fs::write(&file, format!("port = {port}")).expect("a file");
    write(80);
    let settings = SuperConfig::<Settings>::new().with_file(&file).build().expect("it loads");
    let mut changes = settings.changes();
    let listening = settings.reload_on_sighup().expect("it listens");
    for port in [81, 82] {
        write(port);
        send();
        // As long as it takes: the machine may be busy.
        let change = changes.next_timeout(Duration::from_secs(60)).expect("it is reloaded");
        assert_eq!((change.get().port, settings.get().port), (port, port));
    }
    drop(listening);
    write(83);
    // The process goes on, though the signal ends processes that never listened.
    send();
    assert_eq!(settings.get().port, 82);
    // A listener does not keep the configuration alive.
    let listening = settings.reload_on_sighup().expect("it listens again");
    drop(settings);
    assert!(changes.next_blocking().is_none());
    send();
    drop(listening);
}
