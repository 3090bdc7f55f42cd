//! Who is told of what: callbacks for changes and for errors.

use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};

use superconfig::{Code, ConfigHandle};

use crate::{Notes, Settings, World};

/// The file with these settings, and a port.
fn with(settings: &str) -> String {
    format!("port = 80\n{settings}")
}

#[test]
fn a_change_says_what_was_and_what_is_and_from_where() {
    let world = World::new("port = 80\nplugins = ['core', 'mail']\n[database]\nurl = 'one'");
    let settings = world.load();
    world.write("port = 81\nplugins_add = ['mail', 'tls']\n[database.pool]\nmax = 8");
    let change = settings.reload().expect("it loads").expect("it changed");
    assert_eq!(
        change.to_string(),
        "\
generation 2, 4 settings changed
  port: 80 -> 81
    from orders.toml:1:8
  plugins: [\"core\",\"mail\"] -> [\"core\",\"mail\",\"tls\"]
    from orders.toml:2:12 -> the declared default, orders.toml:2:16
  database.url: \"one\" -> \"db\"
    from orders.toml:4:7 -> the declared default
  database.pool.max: 4 -> 8
    from the declared default -> orders.toml:4:7"
    );
    assert_eq!(
        change.changed()[0].to_json(),
        r#"{"path":"port","old":80,"new":81,"old_origins":["orders.toml:1:8"],"new_origins":["orders.toml:1:8"]}"#
    );
    assert!(change.to_json().starts_with(r#"{"generation":2,"changed":[{"path":"port","#));
    assert!(change.to_json().ends_with(r#"],"pending":[]}"#));
}

#[test]
fn a_secret_that_changes_is_noticed_and_not_shown() {
    let world = World::new(&with("key = 'hunter2'"));
    let settings = world.load();
    world.write(&with("key = 'hunter3'"));
    let change = settings.reload().expect("it loads").expect("it changed");
    assert_eq!(
        change.to_string(),
        "\
generation 2, 1 setting changed
  key: \"[redacted]\" -> \"[redacted]\"
    from orders.toml:2:7"
    );
    let all = format!("{change}{change:?}{}{:?}", change.to_json(), change.changed());
    assert!(!all.contains("hunter"), "{all}");
    world.write("# another line\nport = 80\nkey = 'hunter3'");
    let change = settings.reload().expect("it loads").expect("other bytes");
    assert!(change.changed().is_empty());
}

#[test]
fn a_callback_is_told_of_the_settings_that_its_pattern_means() {
    let cases = [
        ("port", "port = 81", true),
        ("port", "host = 'x'\nport = 80", false),
        ("*", "port = 81", true),
        ("*", "[database]\nurl = 'x'", false),
        ("database", "[database]\nurl = 'x'", true),
        ("database", "[database.pool]\nmax = 9", true),
        ("database.*", "[database]\nurl = 'x'", true),
        ("database.*", "[database.pool]\nmax = 9", false),
        ("database.**", "[database.pool]\nmax = 9", true),
        ("database.pool.*", "[database.pool]\nmax = 9", true),
        ("*.pool.max", "[database.pool]\nmax = 9", true),
        ("**", "[database.pool]\nmax = 9", true),
        ("**.max", "[database.pool]\nmax = 9", true),
        ("**", "# nothing", false),
    ];
    for (pattern, text, expected) in cases {
        let world = World::new("port = 80");
        let settings = world.load();
        let notes = Notes::default();
        let heard = notes.clone();
        settings.on_change(pattern, move |change| heard.note(change.generation()));
        let text = if text.contains("port") { text.to_owned() } else { with(text) };
        world.write(&text);
        settings.reload().expect("it loads").expect("other bytes");
        assert_eq!(!notes.take().is_empty(), expected, "{pattern} for {text:?}");
    }
}

#[test]
fn a_pattern_that_means_nothing_is_told_and_not_silent() {
    let world = World::new("port = 80");
    let settings = world.load();
    let notes = Notes::default();
    let wrong = settings.on_change("databse.*", |_| {});
    assert_eq!(
        superconfig_tests::line(wrong.problem().expect("it is wrong")),
        "SC0801 `on_change(\"databse.*\")` can never be called: there is no such setting = did \
         you mean `database`?"
    );
    // Those who are told of errors are told of this one, whether they come later …
    let heard = notes.clone();
    settings.on_error(move |error| heard.note(error));
    assert!(notes.take()[0].contains("databse"));
    // … or were there before.
    settings.on_change("port.number.**", |_| {});
    settings.on_change("database.pool.min", |_| {});
    let told = notes.take();
    assert!(told.len() == 1 && told[0].contains("database.pool.min"), "{told:?}");
    for right in ["port", "*", "**", "database.pool.max", "plugins", "*.url", "database.**"] {
        assert!(settings.on_change(right, |_| {}).problem().is_none(), "{right}");
    }
}

#[test]
fn a_cancelled_callback_is_called_no_more_and_a_dropped_subscription_changes_nothing() {
    let world = World::new("port = 80");
    let settings = world.load();
    let notes = Notes::default();
    let (one, two) = (notes.clone(), notes.clone());
    let cancelled = settings.on_change("port", move |_| one.note("cancelled"));
    drop(settings.on_change("port", move |_| two.note("dropped")));
    assert!(cancelled.is_active());
    cancelled.cancel();
    world.write("port = 81");
    settings.reload().expect("it loads");
    assert_eq!(notes.take(), ["dropped"]);
}

#[test]
fn an_error_is_told_once_for_each_content() {
    let world = World::new("port = 80");
    let settings = world.load();
    let notes = Notes::default();
    let heard = notes.clone();
    settings.on_error(move |error| heard.note(error.problems()[0].code));
    let reload = |text: &str| {
        world.write(text);
        let _outcome = settings.reload();
        notes.take()
    };
    assert_eq!(reload("port = 'a'"), ["SC0102"]);
    assert_eq!(reload("port = 'a'"), [""; 0]);
    assert_eq!(reload("port = 'b'"), ["SC0102"]);
    // Another content with the same error.
    assert_eq!(reload("port = 'b'\nhost = 'x'"), ["SC0102"]);
    assert_eq!(reload("port = 81"), [""; 0]);
    assert_eq!(reload("port = 'b'\nhost = 'x'"), ["SC0102"]);
}

#[test]
fn row_76_a_callback_that_panics_disturbs_nobody() {
    let world = World::new("port = 80");
    let settings = world.load();
    let notes = Notes::default();
    let (before, after, errors) = (notes.clone(), notes.clone(), notes.clone());
    settings.on_change("port", move |_| before.note("before"));
    settings.on_change("port", |change| panic!("port {} it is", change.get().port));
    settings.on_change("port", move |_| after.note("after"));
    settings.on_error(|_| panic!("this one too"));
    settings.on_error(move |error| {
        assert_eq!(error.problems()[0].code, Code::Panicked);
        errors.note(error);
    });
    for port in [81, 82] {
        world.write(&format!("port = {port}"));
        settings.reload().expect("it is published").expect("it changed");
        let told = notes.take();
        assert_eq!(told[..2], ["before", "after"]);
        assert!(told.len() == 3 && told[2].contains("a callback for changes panicked"), "{told:?}");
        assert_eq!(settings.get().port, port);
        assert!(settings.last_reload_error().is_none());
    }
}

#[test]
fn a_callback_may_reload_and_is_told_what_came_of_it_next() {
    let world = Arc::new(World::new("port = 80"));
    let settings = world.load();
    let notes = Notes::default();
    let (heard, inner, again) = (notes.clone(), Arc::clone(&world), settings.clone());
    let subscription = settings.on_change("port", move |change| {
        heard.note(format!("{} -> {}", change.old().port, change.get().port));
        if change.get().port == 81 {
            inner.write("port = 82");
            again.reload().expect("it loads").expect("it changed");
            heard.note("reloaded");
        }
    });
    world.write("port = 81");
    settings.reload().expect("it loads");
    assert_eq!(notes.take(), ["80 -> 81", "reloaded", "81 -> 82"]);
    // It holds a handle of the configuration that holds it.
    subscription.cancel();
}

#[test]
fn row_75_a_callback_may_drop_the_last_handle() {
    let world = World::new("port = 80");
    let settings = world.load();
    let notes = Notes::default();
    let held: Arc<Mutex<Option<ConfigHandle<Settings>>>> = Arc::default();
    let (dropped, heard) = (Arc::clone(&held), notes.clone());
    let mut changes = settings.changes();
    settings.on_change("port", move |change| {
        dropped.lock().expect("nobody panics").take();
        heard.note(change.get().port);
    });
    world.write("port = 81");
    let reloading = settings.clone();
    *held.lock().expect("nobody panics") = Some(settings);
    reloading.reload().expect("it loads");
    drop(reloading);
    assert_eq!(notes.take(), ["81"]);
    assert_eq!(changes.next_blocking().map(|change| change.get().port), Some(81));
    assert!(changes.next_blocking().is_none());
}

#[test]
fn row_77_a_callback_that_is_slow_holds_nobody_up_and_gets_the_last() {
    let world = World::new("port = 80");
    let settings = world.load();
    let (started, is_started) = channel();
    let gate = Arc::new(Barrier::new(2));
    let notes = Notes::default();
    let (open, heard, others) = (Arc::clone(&gate), notes.clone(), notes.clone());
    let mut first = true;
    settings.on_change("port", move |change| {
        if std::mem::take(&mut first) {
            started.send(()).expect("somebody waits");
            open.wait();
        }
        heard.note(format!("slow {} -> {}", change.old().port, change.get().port));
    });
    settings.on_change("port", move |change| others.note(change.get().port));
    world.write("port = 81");
    let slow = settings.clone();
    let thread = std::thread::spawn(move || slow.reload().map(|change| change.is_some()));
    is_started.recv().expect("it starts");
    // The callback hangs, on the other thread. Nobody here waits for it.
    for port in [82, 83, 84] {
        world.write(&format!("port = {port}"));
        settings.reload().expect("it loads").expect("it changed");
        assert_eq!(settings.get().port, port);
    }
    assert_eq!(notes.take(), ["82", "83", "84"]);
    gate.wait();
    assert!(thread.join().expect("it ends").expect("it loaded"));
    // It may skip, never goes back, and gets the last (row 79).
    assert_eq!(notes.take(), ["slow 80 -> 81", "slow 81 -> 84"]);
}
