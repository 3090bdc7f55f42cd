//! The cache of texts: what it saves, what it must never do, and who empties it.

use std::path::{Path, PathBuf};

use superconfig::{CacheLimits, ConfigHandle, ConfigRegistry, Format, SuperConfig};

use super::Settings;

/// A file that is older than any tick of a file system's clock.
fn old_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/registry/shared.toml")
}

fn built(registry: &ConfigRegistry, file: &Path) -> ConfigHandle<Settings> {
    SuperConfig::<Settings>::new().with_file(file).build_in(registry).expect("valid")
}

/// Documents that were found in the cache, and that were not.
fn asked(registry: &ConfigRegistry) -> (u64, u64) {
    let stats = registry.stats();
    (stats.text_hits, stats.text_misses)
}

#[cfg(unix)]
#[test]
fn a_file_that_configurations_share_is_read_once() {
    let registry = ConfigRegistry::new();
    let handles = [(); 3].map(|()| built(&registry, &old_file()));
    assert_eq!(asked(&registry), (2, 1));
    let stats = registry.stats();
    assert!((stats.text_hit_rate - 2.0 / 3.0).abs() < 1e-9);
    let size = std::fs::metadata(old_file()).expect("it is there").len();
    assert_eq!((stats.cached_texts, stats.cached_bytes as u64), (1, size));
    for (handle, cached) in handles.iter().zip([0, 1, 1]) {
        assert_eq!(handle.get().port, 8080);
        let metrics = handle.metrics();
        assert_eq!((metrics.files(), metrics.cached(), metrics.bytes()), (1, cached, size));
    }
}

#[cfg(unix)]
#[test]
fn a_reload_reads_what_has_changed_and_nothing_else() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    std::fs::write(&file, "port = 1").expect("ours");
    let registry = ConfigRegistry::new();
    let settings = SuperConfig::<Settings>::new()
        .with_file(old_file())
        .with_file(&file)
        .build_in(&registry)
        .expect("valid");
    assert_eq!(asked(&registry), (0, 2));
    std::fs::write(&file, "port = 2").expect("ours");
    settings.reload().expect("valid");
    assert_eq!(settings.get().port, 2);
    assert_eq!(asked(&registry), (1, 3));
    let sources = settings.metrics().sources;
    assert_eq!(sources.iter().map(|source| source.cached).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_changed_file_is_never_served_as_it_was() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    std::fs::write(&file, "port = 1000").expect("ours");
    let registry = ConfigRegistry::new();
    let settings = built(&registry, &file);
    // The same size each time, within the ticks of the file system's clock, and by all ways to write.
    for turn in 0..500_u16 {
        let port = 1_000 + turn;
        let text = format!("port = {port}");
        if turn % 3 == 0 {
            let new = directory.path().join("new");
            std::fs::write(&new, text).expect("ours");
            std::fs::rename(&new, &file).expect("ours");
        } else {
            std::fs::write(&file, text).expect("ours");
        }
        settings.reload().expect("valid");
        assert_eq!(settings.get().port, port);
        assert_eq!(built(&registry, &file).get().port, port);
    }
}

#[test]
fn a_file_whose_time_is_set_back_is_not_taken_for_the_old_one() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    let registry = ConfigRegistry::new();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let write = |text: &str| {
        std::fs::write(&file, text).expect("ours");
        let options = std::fs::OpenOptions::new().write(true).open(&file).expect("ours");
        options.set_modified(long_ago).expect("ours");
    };
    write("port = 1");
    let settings = built(&registry, &file);
    write("port = 2");
    settings.reload().expect("valid");
    assert_eq!(settings.get().port, 2);
}

#[cfg(unix)]
#[test]
fn permissions_are_looked_at_whatever_the_cache_holds() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    std::fs::write(&file, "port = 1").expect("ours");
    let registry = ConfigRegistry::new();
    let settings = SuperConfig::<Settings>::new()
        .with_file(&file)
        .strict_permissions(true)
        .build_in(&registry)
        .expect("valid");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).expect("ours");
    let error = settings.reload().expect_err("everyone may write it");
    assert_eq!(error.problems()[0].message, "everyone may write the file");
}

#[test]
fn each_registry_has_its_own_cache_and_can_empty_it() {
    let (one, other) = (ConfigRegistry::new(), ConfigRegistry::new());
    let handle = built(&one, &old_file());
    assert_eq!(other.stats().cached_texts, 0);
    built(&other, &old_file());
    assert_eq!(asked(&other), (0, asked(&one).1));
    one.clear_cache();
    assert_eq!((one.stats().cached_texts, one.stats().cached_bytes), (0, 0));
    handle.reload().expect("valid");
    assert_eq!(asked(&one).0, 0, "it had to be read again");
    assert_eq!(handle.get().port, 8080);
}

#[test]
fn limits_hold_and_zero_turns_it_off() {
    let registry = ConfigRegistry::new();
    let mut limits = CacheLimits::default();
    limits.texts = 0;
    registry.limit_cache(limits);
    let handles = [(); 2].map(|()| built(&registry, &old_file()));
    assert_eq!((asked(&registry).0, registry.stats().cached_texts), (0, 0));
    assert_eq!(handles[1].get().port, 8080);
}

#[test]
fn a_handle_reloads_when_its_registry_is_gone() {
    let registry = ConfigRegistry::new();
    let handle = built(&registry, &old_file());
    drop(registry);
    handle.reload().expect("valid");
    assert_eq!((handle.get().port, handle.metrics().cached()), (8080, 0));
}

#[test]
fn extract_and_texts_from_memory_leave_no_trace() {
    let before = asked(&ConfigRegistry::global());
    let file = SuperConfig::<Settings>::new().with_file(old_file());
    assert_eq!(file.extract().expect("valid").port, 8080);
    let registry = ConfigRegistry::new();
    let text = SuperConfig::<Settings>::new().with_text(Format::Toml, "port = 1");
    text.build_in(&registry).expect("valid");
    assert_eq!((asked(&registry), registry.stats().cached_texts), ((0, 0), 0));
    // No other test of this program builds from files in the global registry.
    assert_eq!(asked(&ConfigRegistry::global()), before);
}
