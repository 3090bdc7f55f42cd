//! The registry: handles by their ids, leases, and what may go wrong with an id.

mod concurrent;
mod leases;
mod memory;
mod metering;
mod pressure;
mod texts;

use std::collections::{BTreeSet, HashSet};

use superconfig::{Code, ConfigError, ConfigHandle, ConfigRegistry, Format, HandleId, SuperConfig};

#[derive(SuperConfig, Debug, PartialEq, Clone)]
struct Settings {
    #[config(default = 80, validate = not_zero)]
    port: u16,
}

#[derive(SuperConfig, Debug)]
struct Other {
    #[config(default = 1)]
    size: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what a validation is given
fn not_zero(port: &u16) -> Result<(), &'static str> {
    if *port == 0 { Err("nobody listens there") } else { Ok(()) }
}

/// A registry with one handle of `port`.
fn one(port: u16) -> (ConfigRegistry, ConfigHandle<Settings>) {
    let registry = ConfigRegistry::new();
    let handle = registry.insert(Settings { port }).expect("valid");
    (registry, handle)
}

fn code(error: &ConfigError) -> Code {
    assert_eq!(error.problems().len(), 1, "{error}");
    error.problems()[0].code
}

/// The code and the message, in which the id is `ID`.
fn said<T>(error: &ConfigError, id: HandleId<T>) -> (Code, String) {
    (code(error), error.problems()[0].message.replace(&id.to_string(), "ID"))
}

#[test]
fn what_was_built_is_found_by_its_id() {
    let registry = ConfigRegistry::new();
    let text = SuperConfig::<Settings>::new().with_text(Format::Toml, "port = 1");
    let handle = text.build_in(&registry).expect("valid");
    let id = handle.id();
    assert_eq!(registry.get(id).expect("it is there").get().port, 1);
    assert_eq!(registry.read(id).expect("it is there").port, 1);
    assert_eq!(registry.get(id).expect("it is there").id(), id);
    assert!(registry.contains(id) && registry.len() == 1 && !registry.is_empty());
    assert_eq!(format!("{registry:?}"), "ConfigRegistry { len: 1, .. }");
    // Built without a word about registries.
    let global = SuperConfig::<Settings>::new().build().expect("valid");
    assert!(ConfigRegistry::global().contains(global.id()));
    assert!(!registry.contains(global.id()));
}

#[test]
fn an_entry_goes_away_with_the_last_handle() {
    let (registry, handle) = one(1);
    let id = handle.id();
    let copy = registry.get(id).expect("it is there");
    drop(handle);
    assert!(registry.contains(id));
    drop(copy);
    assert!(!registry.contains(id) && registry.is_empty());
    let error = registry.get(id).expect_err("it was dropped");
    assert_eq!(
        said(&error, id),
        (Code::DroppedHandle, "handle ID was dropped or removed".to_owned())
    );
    // A guard keeps the value and not the entry.
    let handle = registry.insert(Settings { port: 2 }).expect("valid");
    let (id, guard) = (handle.id(), handle.get());
    drop(handle);
    assert!(!registry.contains(id) && guard.port == 2);
}

#[test]
fn what_is_wrong_with_an_id_is_said() {
    let (registry, handle) = one(1);
    let id = handle.id();
    let error = registry.get(HandleId::<Other>::from_bits(id.to_bits()).expect("an id"));
    assert_eq!(
        said(&error.expect_err("another type"), id),
        (Code::WrongHandleType, "handle ID is one of `Settings`, not of `Other`".to_owned())
    );
    let error = ConfigRegistry::new().get(id).expect_err("another registry");
    assert_eq!(
        said(&error, id),
        (Code::ForeignHandle, "handle ID is one of another registry".to_owned())
    );
    let never = HandleId::<Settings>::from_bits(id.to_bits() | 0xffff_ffff_0000).expect("an id");
    assert_eq!(
        said(&registry.get(never).expect_err("never issued"), never),
        (Code::UnknownHandle, "there was never a handle ID".to_owned())
    );
    // All that takes an id says the same.
    drop(handle);
    let codes = [
        registry.get(id).map(|_| ()),
        registry.read(id).map(|_| ()),
        registry.update(id, Settings::clone),
        registry.remove(id).map(|_| ()),
        registry.lease(id),
        registry.check::<Settings>(id.to_bits()).map(|_| ()),
    ]
    .map(|outcome| code(&outcome.expect_err("it was dropped")));
    assert_eq!(codes, [Code::DroppedHandle; 6]);
}

#[test]
fn an_id_from_a_foreign_language_is_checked() {
    let (registry, handle) = one(1);
    let bits = handle.id().to_bits();
    assert_eq!(registry.check::<Settings>(bits).expect("its own"), handle.id());
    assert_eq!(code(&registry.check::<Other>(bits).expect_err("wrong")), Code::WrongHandleType);
    assert_eq!(code(&registry.check::<Other>(0).expect_err("none")), Code::UnknownHandle);
    assert_eq!(HandleId::<Settings>::from_bits(0), None);
}

#[test]
fn ids_go_into_tables_and_are_never_given_twice() {
    let registries = [ConfigRegistry::new(), ConfigRegistry::new()];
    let mut hashed = HashSet::new();
    let mut ordered = BTreeSet::new();
    for index in 0..1_000 {
        let handle = registries[index % 2].insert(Other { size: 1 }).expect("valid");
        assert!(hashed.insert(handle.id()) && ordered.insert(handle.id()));
    }
    assert_eq!(size_of::<Option<HandleId<Other>>>(), 8);
    let id = *ordered.first().expect("many");
    assert_eq!(format!("{id:?}"), format!("HandleId({id})"));
}

#[test]
fn an_update_shows_in_every_handle() {
    let (registry, handle) = one(1);
    let (id, copy) = (handle.id(), handle.clone());
    registry.update(id, |old| Settings { port: old.port + 1 }).expect("valid");
    assert_eq!((handle.get().port, copy.get().port), (2, 2));
    assert_eq!(handle.generation(), 2);
    assert_eq!(handle.get_value::<u16>("port").ok(), Some(2));
    // What was read stays what it was.
    let before = handle.get();
    registry.update(id, |_| Settings { port: 3 }).expect("valid");
    assert_eq!((before.port, handle.get().port), (2, 3));
}

#[test]
fn what_validation_refuses_changes_nothing() {
    let (registry, handle) = one(1);
    let refused = registry.update(handle.id(), |_| Settings { port: 0 }).expect_err("refused");
    assert_eq!(
        (code(&refused), refused.problems()[0].message.as_str()),
        (Code::Invalid, "nobody listens there")
    );
    assert_eq!(handle.get().port, 1);
    assert_eq!(code(&registry.insert(Settings { port: 0 }).expect_err("refused")), Code::Invalid);
    assert_eq!(registry.len(), 1);
}

#[test]
fn an_update_may_ask_its_registry_but_not_update_the_same() {
    let (registry, handle) = one(1);
    let id = handle.id();
    let mut inner = None;
    registry
        .update(id, |old| {
            let other = registry.insert(Settings { port: old.port + 1 }).expect("valid");
            registry.update(other.id(), |old| Settings { port: old.port + 1 }).expect("another");
            inner = registry.update(id, Settings::clone).err();
            Settings { port: other.get().port + registry.get(id).expect("there").get().port }
        })
        .expect("valid");
    assert_eq!(handle.get().port, 4);
    assert_eq!(code(&inner.expect("it is refused")), Code::Usage);
    // It is over, so the next one is none inside another.
    registry.update(id, Settings::clone).expect("valid");
}

#[test]
fn a_panic_of_an_update_changes_nothing() {
    let (registry, handle) = one(1);
    let id = handle.id();
    let panic = std::panic::AssertUnwindSafe(|| registry.update(id, |_| panic!("at once")));
    assert!(std::panic::catch_unwind(panic).is_err());
    registry.update(id, |old| Settings { port: old.port + 1 }).expect("valid");
    assert_eq!(handle.get().port, 2);
}

#[test]
fn an_update_is_told_and_stays_until_the_sources_change() {
    let registry = ConfigRegistry::new();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("a.toml");
    std::fs::write(&file, "port = 1").expect("it is ours");
    let handle = SuperConfig::<Settings>::new().with_file(&file).build_in(&registry);
    let handle = handle.expect("valid");
    let (sender, told) = std::sync::mpsc::channel();
    handle.on_change("port", move |change| sender.send(change.get().port).expect("it is heard"));
    registry.update(handle.id(), |_| Settings { port: 2 }).expect("valid");
    assert_eq!(told.try_recv(), Ok(2));
    assert!(handle.reload().expect("valid").is_none());
    assert_eq!(handle.get().port, 2);
    std::fs::write(&file, "port = 3").expect("it is ours");
    assert!(handle.reload().expect("valid").is_some());
    assert_eq!((handle.get().port, told.try_recv()), (3, Ok(3)));
    let stats = registry.stats();
    assert_eq!((stats.updates, stats.reloads, stats.failures), (1, 2, 0));
}

#[test]
fn what_was_removed_lives_on_without_its_id() {
    let (registry, handle) = one(1);
    let id = handle.id();
    let removed = registry.remove(id).expect("it is there");
    assert_eq!((removed.get().port, registry.len()), (1, 0));
    assert_eq!(code(&registry.get(id).expect_err("removed")), Code::DroppedHandle);
    drop((removed, handle));
    let other = registry.insert(Settings { port: 2 }).expect("valid");
    assert!(
        registry.remove(HandleId::<Other>::from_bits(other.id().to_bits()).expect("id")).is_err()
    );
    assert!(registry.contains(other.id()));
}

#[test]
fn where_an_inserted_value_comes_from_is_found_out_when_it_is_asked() {
    let (registry, handle) = one(1);
    let unique = registry.insert(Other { size: 2 }).expect("valid");
    let said = |value: superconfig::EffectiveValue| value.to_json();
    let origin = |origin: Option<superconfig::Origin>| origin.map(|origin| origin.to_string());
    let program = Some(superconfig::Origin::Defaults.to_string());
    assert_eq!(
        (said(handle.to_value()), origin(handle.origin("port"))),
        (r#"{"port":1}"#.into(), program.clone())
    );
    assert_eq!(
        (said(unique.to_value()), origin(unique.origin("size"))),
        (r#"{"size":2}"#.into(), program.clone())
    );
    assert!(handle.places().is_empty() && handle.pending().is_empty());
    assert_eq!(handle.generation(), 1);

    let mut changes = handle.changes();
    registry.update(handle.id(), |old| Settings { port: old.port + 1 }).expect("valid");
    assert_eq!(said(handle.to_value()), r#"{"port":2}"#);
    let change = changes.next_blocking().expect("there is a handle");
    assert_eq!((change.changed().len(), handle.generation()), (1, 2));
    assert_eq!(said(handle.to_value()), r#"{"port":2}"#);
}

#[test]
fn what_was_inserted_has_no_sources_that_could_say_something_new() {
    let (registry, handle) = one(1);
    let unique = registry.insert(Other { size: 2 }).expect("valid");
    assert!(handle.reload().expect("there is nothing to fail").is_none());
    assert!(unique.reload().expect("there is nothing to fail").is_none());
    registry.update(unique.id(), |_| Other { size: 3 }).expect("valid");
    assert!(unique.reload().expect("there is nothing to fail").is_none());
    assert_eq!((unique.get().size, unique.last_reload_error().is_none()), (3, true));
}

#[test]
fn what_is_installed_keeps_its_id() {
    #[derive(SuperConfig)]
    struct Installed {
        #[config(default = 1)]
        size: u8,
    }
    let registry = ConfigRegistry::new();
    let handle = registry.insert(Installed { size: 2 }).expect("valid");
    let id = handle.id();
    handle.install().expect("it has a place");
    drop(handle);
    registry.update(id, |old| Installed { size: old.size + 1 }).expect("it is there");
    let mut current = superconfig::Reader::<Installed>::try_current().expect("installed");
    assert_eq!(current.get().size, 3);
}

#[test]
fn handles_outlive_their_registry() {
    let (registry, handle) = one(1);
    drop(registry);
    assert_eq!(handle.clone().get().port, 1);
    drop(handle);
}

#[test]
fn stats_count_what_there_is_and_what_was_done() {
    let (registry, handle) = one(1);
    let empty = ConfigRegistry::new().stats();
    assert_eq!((empty.total_handles, empty.cache_hit_rate), (0, 0.0));
    assert!(empty.memory_usage_bytes < 100_000, "{empty:?}");
    let id = handle.id();
    for _ in 0..3 {
        registry.read(id).expect("it is there");
    }
    assert!(registry.read(HandleId::<Other>::from_bits(id.to_bits()).expect("an id")).is_err());
    let stats = registry.stats();
    assert_eq!((stats.hits, stats.misses), (3, 1));
    assert!((stats.cache_hit_rate - 0.75).abs() < 1e-9);
    assert_eq!((stats.total_handles, stats.active_handles, stats.leased_handles), (1, 1, 0));
    assert!(stats.memory_usage_bytes > empty.memory_usage_bytes);
    assert!(registry.update(id, |_| Settings { port: 0 }).is_err());
    assert_eq!((registry.stats().updates, registry.stats().failures), (0, 1));
}

#[test]
fn what_cannot_be_cloned_says_what_was_inserted() {
    /// Some settings, and a part of them that nobody can write.
    #[derive(SuperConfig)]
    struct Unique {
        #[config(default = 1)]
        port: u16,
        #[config(default = "x")]
        name: String,
        #[config(nested)]
        other: Option<Other>,
    }
    let registry = ConfigRegistry::new();
    let value = |port| Unique { port, name: String::new(), other: Some(Other { size: 3 }) };
    let handle = registry.insert(value(80)).expect("valid");
    let said = r#"{"port":80,"name":"","other":{"size":3}}"#;
    assert_eq!(handle.to_value().to_string(), said);
    let origin = handle.origin("port").expect("it was given").to_string();
    assert_eq!(origin, "the defaults given by the program");
    assert_eq!(handle.explain("name").expect("a setting").statements.len(), 2);
    assert!(handle.warnings().is_empty() && handle.places().is_empty());
    registry.update(handle.id(), |_| value(81)).expect("valid");
    assert_eq!(handle.to_value().to_string(), said.replace("80", "81"));
}
