//! The process-wide configuration of a type, and what a handle shows of itself.

use std::sync::Arc;

use superconfig::{Reader, SuperConfig};
use superconfig_tests::{errors, toml};

#[derive(SuperConfig, Debug, PartialEq)]
#[config(env_prefix = "INSTALL")]
struct Installed {
    #[config(default = 8080)]
    port: u16,
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "NEVER")]
struct Never {
    #[config(default = 1)]
    size: u8,
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "SHOWN")]
struct Shown {
    password: String,
}

#[derive(SuperConfig, Debug, PartialEq)]
#[config(env_prefix = "SKIPPING")]
struct Skipping {
    #[config(skip, default = 9)]
    started: u64,
    port: u16,
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "READ")]
struct Read {
    port: u16,
}

#[derive(SuperConfig, Debug)]
struct Of<T> {
    port: T,
}

#[test]
fn what_was_installed_last_is_current_everywhere() {
    assert!(Installed::try_current().is_none());
    let first = toml::<Installed>("").build().expect("it has a default");
    first.install().expect("it has a place");
    assert_eq!(*Installed::current(), Installed { port: 8080 });

    let kept = Installed::current();
    let second = toml::<Installed>("port = 80").build().expect("valid");
    assert_eq!(Installed::current().port, 8080);
    second.install().expect("it has a place");
    let port = std::thread::spawn(|| Installed::current().port).join().expect("a port");
    assert_eq!(port, 80);
    // Who holds the earlier one keeps it.
    assert_eq!(kept.port, 8080);
    assert!(Arc::ptr_eq(&second.snapshot(), &Installed::current().into_snapshot()));
    // It lives on without its handle.
    drop((first, second));
    assert_eq!(Installed::current().port, 80);
    assert_eq!(Installed::try_current().map(|current| current.port), Some(80));
}

#[test]
fn nothing_is_current_before_it_was_installed() {
    let loaded = toml::<Never>("").build().expect("it has a default");
    assert_eq!(loaded.get().size, 1);
    assert!(Never::try_current().is_none());
    let panic = std::panic::catch_unwind(Never::current).expect_err("the documented panic");
    assert_eq!(
        panic.downcast_ref::<String>().map(String::as_str),
        Some(
            "`Never::current()` was called before any configuration of that type was installed; \
             call `install()` on a loaded handle first, or use `Never::try_current()`"
        )
    );
}

#[test]
fn a_handle_shows_nothing_of_its_values_and_a_guard_what_the_type_shows() {
    let handle = toml::<Shown>("password = 'hunter2'").build().expect("valid");
    assert_eq!(format!("{handle:?}"), "ConfigHandle { .. }");
    assert_eq!(format!("{:?}", handle.clone().get()), "Shown { password: \"hunter2\" }");
    assert_eq!(format!("{:?}", handle.reader()), "Reader { .. }");
    assert_eq!(handle.get().password, "hunter2");
}

#[test]
fn clones_of_a_handle_share_one_configuration() {
    let handle = toml::<Installed>("port = 1").build().expect("valid");
    assert!(Arc::ptr_eq(&handle.snapshot(), &handle.clone().snapshot()));
}

#[test]
fn a_guard_goes_wherever_its_reader_goes() {
    let handle = toml::<Installed>("port = 1").build().expect("valid");
    let guard = handle.get();
    drop(handle);
    let copy = guard.clone();
    let guard = std::thread::spawn(move || guard).join().expect("a guard");
    assert!(Arc::ptr_eq(&copy.into_snapshot(), &Arc::from(guard)));
}

#[test]
fn a_reader_reads_what_its_handle_or_its_place_has() {
    assert!(Reader::<Read>::try_current().is_none());
    let first = toml::<Read>("port = 1").build().expect("valid");
    let mut of_handle = first.reader();
    assert_eq!(of_handle.get().port, 1);
    first.install().expect("it has a place");
    let mut of_place = Reader::<Read>::try_current().expect("it is installed");
    let mut copy = of_place.clone();
    assert_eq!(of_place.get().port, 1);
    toml::<Read>("port = 2").build().expect("valid").install().expect("it has a place");
    assert_eq!((of_place.get().port, copy.get().port), (2, 2));
    assert_eq!((of_handle.get().port, of_handle.clone().get().port), (1, 1));
}

#[test]
fn a_generic_configuration_is_read_like_any_other() {
    let handle = toml::<Of<u16>>("port = 1").build().expect("valid");
    for _ in 0..100 {
        assert_eq!((handle.get().port, handle.reader().get().port), (1, 1));
    }
}

#[test]
fn a_skipped_field_keeps_what_with_defaults_gave() {
    let given = Skipping { started: 5, port: 1 };
    let read = toml::<Skipping>("port = 2").extract().expect("valid");
    assert_eq!(read, Skipping { started: 9, port: 2 });
    let kept = SuperConfig::new()
        .with_defaults(given)
        .with_named_text("a.toml", superconfig::Format::Toml, "port = 2")
        .extract()
        .expect("valid");
    assert_eq!(kept, Skipping { started: 5, port: 2 });
    assert_eq!(errors(toml::<Skipping>("")).len(), 1);
}
