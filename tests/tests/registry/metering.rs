//! What loadings took, by the handle and by the registry.

use std::time::Duration;

use superconfig::{ConfigRegistry, Format, SuperConfig};

use super::{Settings, one};

#[test]
fn a_handle_tells_what_each_source_took() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    let dotenv = directory.path().join(".env");
    std::fs::write(&file, "port = 1").expect("ours");
    std::fs::write(&dotenv, "METERED_PORT=22\n").expect("ours");
    let settings = SuperConfig::<Settings>::new()
        .with_file(&file)
        .with_text(Format::Toml, "port = 12345")
        .with_dotenv(&dotenv)
        .with_env("METERED_")
        .with_env_vars([("METERED_PORT", "3")])
        .build_in(&ConfigRegistry::new())
        .expect("valid");
    let metrics = settings.metrics();
    let of = |at: usize| {
        let source = &metrics.sources[at];
        (source.source.as_str(), source.files, source.bytes)
    };
    assert_eq!(of(0), (&*file.to_string_lossy(), 1, 8));
    assert_eq!(of(1), ("text 2 (TOML)", 0, 12));
    assert_eq!(of(2), (&*dotenv.to_string_lossy(), 1, 16));
    assert_eq!(of(3), ("the environment", 0, 0));
    assert_eq!((metrics.sources.len(), metrics.files(), metrics.bytes()), (4, 2, 36));
    // Reading a file takes some time, and no part takes more than the whole.
    assert!(metrics.sources[0].read > Duration::ZERO);
    let parts = metrics.read() + metrics.decode() + metrics.merge() + metrics.resolve;
    assert_eq!(parts, metrics.duration, "{metrics:?}");
}

#[test]
fn a_reload_is_metered_even_if_it_finds_nothing_new() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    std::fs::write(&file, "port = 1").expect("ours");
    let build = SuperConfig::<Settings>::new().with_file(&file);
    let settings = build.build_in(&ConfigRegistry::new()).expect("valid");
    let first = settings.metrics();
    settings.reload().expect("valid");
    assert_ne!(settings.metrics(), first, "two loadings that take the same to the nanosecond");
    std::fs::write(&file, "port = 12").expect("ours");
    settings.reload().expect("valid");
    let second = settings.metrics();
    assert_eq!(second.bytes(), 9);
    std::fs::write(&file, "port = 'none'").expect("ours");
    settings.reload().expect_err("no number");
    assert_eq!(settings.metrics(), second, "those of the last that went well");
}

#[test]
fn a_registry_counts_loads_reloads_and_failures() {
    let (registry, handle) = one(1);
    handle.reload().expect("valid");
    let wrong = SuperConfig::<Settings>::new().with_text(Format::Toml, "port = 0");
    wrong.build_in(&registry).expect_err("refused");
    registry.update(handle.id(), |_| Settings { port: 0 }).expect_err("refused");
    let stats = registry.stats();
    assert_eq!((stats.loads, stats.reloads, stats.updates, stats.failures), (1, 1, 0, 2));
}
