//! What one reload publishes, and what it leaves as it is.

use std::sync::Arc;

use superconfig::{Code, Config, ConfigError, Format, Loading, Problem, Source, SuperConfig};
use superconfig_tests::refused;

use crate::{Settings, World};

fn codes(error: &ConfigError) -> Vec<Code> {
    error.problems().iter().map(|problem| problem.code).collect()
}

#[test]
fn a_changed_value_is_published_as_one_piece() {
    let world = World::new("port = 80");
    let settings = world.load();
    let (before, clone) = (settings.snapshot(), settings.clone());
    world.write("port = 81\nhost = 'example.org'");
    let change = settings.reload().expect("it loads").expect("it changed");
    assert_eq!((change.old().port, change.get().port), (80, 81));
    assert_eq!((clone.get().port, &*clone.get().host), (81, "example.org"));
    assert!(Arc::ptr_eq(&before, &change.old_snapshot()));
    assert!(Arc::ptr_eq(&clone.snapshot(), &change.snapshot()));
    // Who holds the old value has it for as long as they like.
    assert_eq!((before.port, &*before.host), (80, "localhost"));
    assert_eq!((change.generation(), settings.generation()), (2, 2));
}

#[test]
fn what_is_installed_and_readers_follow() {
    #[derive(SuperConfig)]
    #[config(env_prefix = "FOLLOWED")]
    struct Followed {
        port: u16,
    }

    let world = World::new("port = 80");
    let settings = world.builder::<Followed>().build().expect("it loads");
    settings.install().expect("it has a place");
    let (mut reader, guard) = (settings.reader(), Followed::current());
    assert_eq!((reader.get().port, guard.port), (80, 80));
    world.write("port = 81");
    settings.reload().expect("it loads").expect("it changed");
    assert_eq!((reader.get().port, Followed::current().port), (81, 81));
    world.write("port = 9000000");
    settings.reload().expect_err("too large");
    assert_eq!((reader.get().port, Followed::current().port), (81, 81));
    // A guard is what it was.
    assert_eq!(guard.port, 80);
}

#[test]
fn what_is_said_of_the_value_speaks_of_the_new_one() {
    let world = World::new("port = 80\nprot = 1");
    let settings = world.load();
    let (warnings, provenance) = (settings.warnings(), settings.provenance());
    world.write("# a line more\nport = 81");
    settings.reload().expect("it loads");
    assert_eq!(settings.origin("port").expect("it is set").to_string(), "orders.toml:2:8");
    assert!(settings.explain("port").expect("it is one").to_string().starts_with("port = 81"));
    assert!(settings.report().to_string().contains("81"));
    assert!(settings.warnings().is_empty());
    // What was asked for earlier speaks of the earlier value.
    assert_eq!((warnings.len(), warnings[0].code), (1, Code::UnknownKey));
    assert_eq!(provenance.origin("port").expect("it is set").to_string(), "orders.toml:1:8");
}

#[test]
fn row_71_a_touch_and_a_rewrite_of_the_same_bytes_change_nothing() {
    let world = World::new("port = 80");
    let settings = world.load();
    let before = settings.snapshot();
    for _ in 0..3 {
        world.write("port = 80");
        assert!(settings.reload().expect("it loads").is_none());
    }
    assert!(Arc::ptr_eq(&before, &settings.snapshot()));
    assert_eq!(settings.generation(), 1);
}

#[test]
fn a_comment_moves_origins_and_changes_no_setting() {
    let world = World::new("port = 80");
    let settings = world.load();
    world.write("# why\nport = 80");
    let change = settings.reload().expect("it loads").expect("other bytes");
    assert!(change.changed().is_empty());
    assert_eq!(change.to_string(), "generation 2, no setting changed");
    assert_eq!(settings.origin("port").expect("it is set").to_string(), "orders.toml:2:8");
}

#[test]
fn row_63_a_required_file_that_is_deleted_leaves_the_last_good_value() {
    let world = World::new("port = 80");
    let settings = world.load();
    std::fs::remove_file(world.file()).expect("it is there");
    let error = settings.reload().expect_err("the file has to be there");
    assert_eq!(codes(&error), [Code::FileNotFound]);
    assert_eq!(settings.get().port, 80);
    assert_eq!(codes(&settings.last_reload_error().expect("it failed")), [Code::FileNotFound]);
    // The same bytes again: all is as it was.
    world.write("port = 80");
    assert!(settings.reload().expect("it loads").is_none());
    assert!(settings.last_reload_error().is_none());
    std::fs::remove_file(world.file()).expect("it is there");
    settings.reload().expect_err("the file has to be there");
    world.write("port = 81");
    assert!(settings.reload().expect("it loads").is_some());
    assert_eq!((settings.get().port, settings.generation()), (81, 2));
}

#[test]
fn row_72_what_is_wrong_leaves_the_last_good_value_however_often() {
    let world = World::new("port = 80");
    let settings = world.load();
    let wrong = [
        ("port = ", Code::Syntax),
        ("port = 'eighty'", Code::WrongType),
        ("port = 9", Code::Invalid),
        ("", Code::Missing),
    ];
    for (text, code) in wrong.iter().cycle().take(400) {
        world.write(text);
        assert_eq!(codes(&settings.reload().expect_err("it is wrong")), [*code], "{text}");
    }
    assert_eq!((settings.get().port, settings.generation()), (80, 1));
    assert_eq!(settings.origin("port").expect("it is set").to_string(), "orders.toml:1:8");
    world.write("port = 82");
    settings.reload().expect("it is right again");
    assert_eq!((settings.get().port, settings.generation()), (82, 2));
    assert!(settings.last_reload_error().is_none());
}

#[test]
fn row_72_an_unknown_key_fails_a_strict_reload() {
    let world = World::new("port = 80");
    let settings = world.builder::<Settings>().strict().build().expect("it loads");
    world.write("port = 81\nprot = 1");
    assert_eq!(codes(&settings.reload().expect_err("it is strict")), [Code::UnknownKey]);
    assert_eq!(settings.get().port, 80);
}

#[test]
fn row_76_a_validation_that_panics_is_a_failed_reload() {
    let world = World::new("port = 80");
    let settings = world.load();
    world.write("port = 13");
    let error = settings.reload().expect_err("it panics");
    assert_eq!(codes(&error), [Code::Panicked]);
    // The configuration holds a secret, which the message may repeat.
    assert!(error.to_string().contains("withheld"), "{error}");
    assert_eq!(settings.get().port, 80);
    world.write("port = 14");
    settings.reload().expect("locks and all are as before");
    assert_eq!(settings.get().port, 14);
}

#[test]
fn what_a_panic_says_is_told_where_there_is_no_secret() {
    #[derive(SuperConfig)]
    struct Open {
        #[config(validate = lucky)]
        number: u8,
    }

    fn lucky(number: &u8) -> Result<(), &'static str> {
        assert_ne!(*number, 13, "13 brings bad luck");
        if *number == 0 { Err("nothing") } else { Ok(()) }
    }

    let world = World::new("number = 1");
    let settings = world.builder::<Open>().build().expect("it loads");
    world.write("number = 13");
    let error = settings.reload().expect_err("it panics").to_string();
    assert!(error.contains("13 brings bad luck"), "{error}");
    assert_eq!(settings.get().number, 1);
}

#[test]
fn files_of_a_glob_and_of_a_profile_may_come_and_go() {
    let world = World::new("port = 80");
    let settings = world
        .builder::<Settings>()
        .with_glob("conf.d/*.toml")
        .select_profile("eu")
        .with_text(Format::Toml, "[profile.eu]")
        .build()
        .expect("it loads");
    std::fs::create_dir(world.path().join("conf.d")).expect("a directory");
    std::fs::write(world.path().join("conf.d/1.toml"), "host = 'one'").expect("a file");
    std::fs::write(world.path().join("orders.eu.toml"), "port = 90").expect("a file");
    settings.reload().expect("it loads").expect("it changed");
    assert_eq!((settings.get().port, &*settings.get().host), (90, "one"));
    assert!(settings.places().iter().any(|place| place.found && place.path.ends_with("1.toml")));
    std::fs::remove_file(world.path().join("conf.d/1.toml")).expect("it is there");
    let change = settings.reload().expect("it loads").expect("it changed");
    let paths: Vec<_> = change.changed().iter().map(|one| one.path.to_string()).collect();
    assert_eq!(paths, ["host"]);
}

#[test]
fn given_texts_overrides_and_variables_are_what_they_were() {
    let world = World::new("port = 80");
    let settings = world
        .builder::<Settings>()
        .with_text(Format::Toml, "host = 'text'")
        .with_override("database.url", "override")
        .with_args(["--set", "database.pool.max=9"])
        .with_env_vars([("ORDERS_PLUGINS", "a,b")])
        .build()
        .expect("it loads");
    world.write("port = 81");
    settings.reload().expect("it loads").expect("it changed");
    let now = settings.get();
    assert_eq!((now.port, &*now.host, &*now.database.url), (81, "text", "override"));
    assert_eq!((now.database.pool.max, now.plugins.as_slice()), (9, &["a".into(), "b".into()][..]));
}

mod defaults {
    use super::*;

    #[derive(SuperConfig, Clone)]
    struct Cloned {
        port: u16,
        #[config(skip, default)]
        hidden: u8,
    }

    #[derive(SuperConfig)]
    struct Unique {
        port: u16,
    }

    fn loaded<T: Config>(world: &World, defaults: T) -> superconfig::ConfigHandle<T> {
        let builder = SuperConfig::new().with_defaults(defaults).with_directory(world.path());
        builder.with_file_opt("orders.toml").build().expect("it loads")
    }

    #[test]
    fn a_value_that_can_be_cloned_is_there_for_every_reload() {
        let world = World::new("port = 80");
        let settings = loaded(&world, Cloned { port: 1, hidden: 7 });
        for round in 2..5 {
            std::fs::remove_file(world.file()).expect("it is there");
            settings.reload().expect("it loads");
            assert_eq!((settings.get().port, settings.get().hidden), (1, 7));
            world.write(&format!("port = {round}"));
            settings.reload().expect("it loads");
            assert_eq!((settings.get().port, settings.get().hidden), (round, 7));
        }
    }

    #[test]
    fn one_that_cannot_is_never_dropped_in_silence() {
        let world = World::new("");
        let settings = loaded(&world, Unique { port: 1 });
        let error = settings.reload().expect_err("it is used up");
        assert_eq!(
            refused(&error),
            ["SC0801 the `Unique` given to `with_defaults` was used up by the first loading = \
              derive `Clone` for `Unique`, or give a function to `with_defaults_from`"]
        );
        assert_eq!(settings.get().port, 1);
    }

    #[test]
    fn a_function_is_called_for_every_loading() {
        let world = World::new("");
        let builder = SuperConfig::new().with_defaults_from(|| Unique { port: 1 });
        let builder = builder.with_directory(world.path()).with_file("orders.toml");
        let settings = builder.build().expect("it loads");
        assert!(settings.reload().expect("it loads").is_none());
        world.write("port = 2");
        settings.reload().expect("it loads");
        world.write("");
        settings.reload().expect("it loads");
        assert_eq!((settings.get().port, settings.generation()), (1, 3));
    }
}

#[test]
fn a_source_that_reloads_is_told_that_it_cannot() {
    struct Eager(std::sync::Mutex<Option<superconfig::ConfigHandle<Settings>>>);
    struct Shared(Arc<Eager>);

    impl Source for Shared {
        fn name(&self) -> String {
            "an eager source".to_owned()
        }

        fn load(&self, loading: &mut Loading<'_>) {
            let handle = self.0.0.lock().expect("nobody panics").clone();
            let error = handle.map(|handle| handle.reload().expect_err("a reload is running"));
            let text = error.map_or_else(
                || "port = 80".to_owned(),
                |error| format!("port = 81\nhost = {:?}", error.to_string()),
            );
            loading.text("eager", Format::Toml, text);
        }
    }

    let eager = Arc::new(Eager(std::sync::Mutex::default()));
    let builder = SuperConfig::<Settings>::new().with_source(Shared(Arc::clone(&eager)));
    let settings = builder.build().expect("it loads");
    *eager.0.lock().expect("nobody panics") = Some(settings.clone());
    settings.reload().expect("it loads");
    assert!(settings.get().host.contains("a reload was asked for by what a reload is calling"));
    // The source holds the handle that holds the source.
    eager.0.lock().expect("nobody panics").take();
}

#[test]
fn a_change_says_what_its_reload_warns_of_and_keeps_it_no_longer() {
    let world = World::new("port = 80");
    let settings = world.load();
    let paths = |problems: &[Problem]| -> Vec<String> {
        let path = |problem: &Problem| problem.path.as_ref().map(ToString::to_string);
        problems.iter().filter_map(path).collect()
    };
    world.write("port = 81\nstray = 1");
    let one = settings.reload().expect("it loads").expect("it has changed");
    world.write("port = 82\nother = 1");
    let two = settings.reload().expect("it loads").expect("it has changed");
    assert_eq!(paths(one.warnings()), ["stray"]);
    assert_eq!(paths(two.warnings()), ["other"]);
    assert_eq!(paths(settings.warnings()), paths(two.warnings()));
    assert!(!two.places().is_empty() && two.places() == settings.places());
}
