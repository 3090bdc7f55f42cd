//! What a loading tells of its steps.
#![allow(missing_docs)]

use std::fs;

use superconfig::{Format, SuperConfig, Verbosity};

#[derive(SuperConfig, Debug, Clone)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("staging", "production"))]
struct Settings {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 8080)]
    port: u16,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig, Debug, Clone)]
struct Database {
    #[config(default = "sqlite:")]
    url: String,
    #[config(default = 4)]
    pool: u8,
}

fn quiet() -> SuperConfig<Settings> {
    SuperConfig::new()
}

fn lines(messages: &[superconfig::DebugMessage], level: Verbosity) -> Vec<String> {
    let told = messages.iter().filter(|message| level.should_display(message.level));
    told.map(ToString::to_string).collect()
}

#[test]
fn each_source_says_what_it_gave() {
    let text = "port = 80\nplugins_add = ['http']\n[database]\npool = 8\n[production]\nport = 1\n";
    let settings = quiet()
        .with_named_text("app.toml", Format::Toml, text)
        .with_env(None)
        .with_env_vars([("ORDERS_PORT", "9000"), ("ORDERS_HOST", "h"), ("OTHER", "x")])
        .with_override("database.url", "pg:")
        .with_args(["serve"])
        .build()
        .expect("it loads");
    assert_eq!(
        lines(&settings.debug_messages(), Verbosity::Debug),
        [
            "[debug] Settings: no profile is selected",
            "[debug 1] app.toml: begins",
            "[debug 1] app.toml: 1 setting for profile production, which is not selected",
            "[info 1] app.toml: 3 settings (TOML, 75 bytes)",
            "[debug 2] the environment: begins",
            "[info 2] the environment: 2 settings",
            "[debug 2] the environment: 1 of these had been given before",
            "[debug 3] the override of database.url: begins",
            "[info 3] the override of database.url: 1 setting",
            "[debug 4] the arguments: begins",
            "[info 4] the arguments: no settings",
            "[info] Settings: loaded, 5 settings given in 4 steps",
        ]
    );
}

#[test]
fn the_level_trace_names_each_setting_and_never_a_value() {
    let settings = quiet()
        .with_named_text("app.yaml", Format::Yaml, "port: 4711\ndatabase:\n  pool: 47\n")
        .with_env_vars([("ORDERS_PLUGINS_REMOVE", "core")])
        .build()
        .expect("it loads");
    let messages = settings.debug_messages();
    let trace = messages.iter().filter(|message| message.level == Verbosity::Trace);
    let trace: Vec<_> = trace.map(ToString::to_string).collect();
    assert_eq!(
        trace,
        [
            "[trace 1] app.yaml: gives port (app.yaml:1:7)",
            "[trace 1] app.yaml: gives database.pool (app.yaml:3:9)",
            "[trace 2] the environment: gives plugins_remove (variable ORDERS_PLUGINS_REMOVE)",
        ]
    );
    let values = ["47", "core"];
    let holds = |text: &str| values.iter().any(|value| text.contains(value));
    assert!(!messages.iter().any(|message| holds(&message.message)), "{messages:?}");
}

#[test]
fn places_and_profiles_are_told_with_where_they_come_from() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("orders.toml");
    fs::write(&file, "port = 80\n[staging]\nport = 81\nhost = 's'\n").expect("written");
    let settings = SuperConfig::<Settings>::new()
        .with_hierarchical("orders")
        .select_profile_from("ORDERS_PROFILE")
        .with_env_vars([("ORDERS_PROFILE", "staging")])
        .with_root(directory.path().join("root"))
        .with_directory(directory.path())
        .build()
        .expect("it loads");
    let lines = lines(&settings.debug_messages(), Verbosity::Debug);
    let has = |line: &str| assert!(lines.iter().any(|known| known == line), "{line}\n{lines:#?}");
    has("[info] Settings: profile staging selected by variable ORDERS_PROFILE");
    has("[debug 1] orders.toml: 2 settings for profile staging");
    has("[info 1] orders.toml: 3 settings (TOML, 41 bytes)");
    let looked = lines.iter().filter(|line| line.contains("looked at"));
    let (found, missing): (Vec<_>, Vec<_>) = looked.partition(|line| line.ends_with(": found"));
    let expected = format!("looked at {}: found", file.display());
    assert!(found.len() == 1 && found[0].ends_with(&expected), "{found:#?}");
    assert!(missing.iter().all(|line| line.ends_with(": not there")), "{missing:#?}");
    assert!(missing.iter().any(|line| line.contains("etc/orders/config.*")), "{missing:#?}");
}

#[test]
fn a_format_that_no_name_says_is_told() {
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("orders.conf"), "port: 80\n").expect("written");
    let settings = quiet()
        .with_file("orders.conf")
        .with_directory(directory.path())
        .build()
        .expect("it loads");
    let lines = lines(&settings.debug_messages(), Verbosity::Debug);
    let expected = "[debug 1] orders.conf: the format is YAML, by its content";
    assert!(lines.iter().any(|line| line == expected), "{lines:#?}");
}

#[test]
fn a_loading_that_fails_has_its_messages_in_the_error() {
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("a.toml"), "port = 80\n").expect("written");
    fs::write(directory.path().join("b.toml"), "port = 'x'\nprot = 1\n").expect("written");
    let error = quiet()
        .with_file("a.toml")
        .with_file("b.toml")
        .with_file("c.toml")
        .with_directory(directory.path())
        .build()
        .expect_err("it fails");
    let messages = error.debug_messages();
    assert_eq!(
        lines(messages, Verbosity::Info),
        [
            "[info 1] a.toml: 1 setting (TOML, 10 bytes)",
            "[info 2] b.toml: 1 setting (TOML, 20 bytes)",
            "[info 2] b.toml: error SC0102: `port`: expected an integer from 0 to 65535, found the \
             string \"x\" (b.toml:1:8)",
            "[info 3] c.toml: error SC0401: the file does not exist (c.toml)",
            "[info] Settings: warning SC0203: `prot`: unknown key (b.toml:2:1)",
            "[info] Settings: failed, 2 errors, 1 warning",
        ]
    );
    let failed = messages.iter().filter(|message| !message.success);
    let steps: Vec<_> = failed.map(|message| message.step).collect();
    assert_eq!(steps, [2, 3, 0]);
    // They are no part of what a user sees.
    assert!(!error.render().contains("[info"));
}

#[test]
fn a_step_tells_its_own_problems_and_no_other_ones() {
    #[allow(clippy::trivially_copy_pass_by_ref)] // validations take a reference
    fn not_zero(number: &u8) -> Result<(), &'static str> {
        if *number == 0 { Err("must not be zero") } else { Ok(()) }
    }
    #[derive(SuperConfig, Debug)]
    #[allow(dead_code)]
    struct Served {
        #[config(validate = not_zero)]
        workers: u8,
        port: u16,
    }
    // What the first file says is found wrong on resolving only, and is first in the report.
    let error = SuperConfig::<Served>::new()
        .with_named_text("a.toml", Format::Toml, "workers = 0\n")
        .with_named_text("b.toml", Format::Toml, "port = 'x'\n")
        .build()
        .expect_err("it fails");
    let paths: Vec<_> =
        error.problems().iter().map(|p| p.path.as_ref().map(ToString::to_string)).collect();
    assert_eq!(paths, [Some("workers".to_owned()), Some("port".to_owned())]);
    let told = lines(error.debug_messages(), Verbosity::Info);
    let of = |words: &str| told.iter().filter(|line| line.contains(words)).collect::<Vec<_>>();
    let (workers, port) = (of("`workers`"), of("`port`"));
    assert!(workers.len() == 1 && workers[0].starts_with("[info] Served: error "), "{told:#?}");
    assert!(port.len() == 1 && port[0].starts_with("[info 2] b.toml: error SC0102"), "{told:#?}");
}

#[test]
fn what_is_missing_and_what_is_suppressed_belong_to_the_whole() {
    #[derive(SuperConfig, Debug)]
    struct Strict {
        #[allow(dead_code)]
        port: u16,
    }
    let error = SuperConfig::<Strict>::new()
        .with_named_text("app.toml", Format::Toml, "prot = 1")
        .suppress_warnings(["SC0203"])
        .extract()
        .expect_err("no port");
    assert_eq!(
        lines(error.debug_messages(), Verbosity::Info),
        [
            "[info 1] app.toml: no settings (TOML, 8 bytes)",
            "[info] Strict: error SC0101: `port`: required, and no source sets it",
            "[info] Strict: failed, 1 error",
        ]
    );
}

#[test]
fn the_time_goes_on() {
    let settings = quiet()
        .with_text(Format::Toml, "port = 80")
        .with_text(Format::Toml, "port = 81")
        .build()
        .expect("it loads");
    let messages = settings.debug_messages();
    assert!(messages.is_sorted_by_key(|message| message.elapsed), "{messages:?}");
    // Asked again, the messages are the same: they speak of the loading.
    assert_eq!(settings.debug_messages(), messages);
}

#[test]
fn after_a_reload_the_messages_speak_of_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("a.toml");
    fs::write(&file, "port = 80\n").expect("written");
    let settings =
        quiet().with_file("a.toml").with_directory(directory.path()).build().expect("it loads");
    fs::write(&file, "port = 81\nhost = 'h'\n").expect("written");
    settings.reload().expect("it loads again");
    let told = "[info 1] a.toml: 2 settings (TOML, 21 bytes)";
    assert_eq!(lines(&settings.debug_messages(), Verbosity::Info)[0], told);
    // One that fails changes nothing; its messages are in its error.
    fs::write(&file, "port = 'x'\n").expect("written");
    let error = settings.reload().expect_err("no port");
    assert!(error.debug_messages().iter().any(|message| !message.success));
    assert_eq!(lines(&settings.debug_messages(), Verbosity::Info)[0], told);
}

#[test]
fn a_level_asks_for_the_levels_below() {
    let settings = quiet().with_text(Format::Toml, "port = 80").build().expect("it loads");
    let count = |level| settings.debug_messages_at_level(level).len();
    assert_eq!(count(Verbosity::Silent), 0);
    assert!(count(Verbosity::Info) < count(Verbosity::Debug));
    assert!(count(Verbosity::Debug) < count(Verbosity::Trace));
    assert_eq!(count(Verbosity::Trace), settings.debug_messages().len());
}

#[test]
fn a_struct_of_defaults_is_a_step_too() {
    let base = quiet().extract().expect("it loads");
    let settings = SuperConfig::new().with_defaults(base).build().expect("it loads");
    assert_eq!(
        lines(&settings.debug_messages(), Verbosity::Info),
        [
            "[info 1] the defaults given by the program: 5 settings",
            "[info] Settings: loaded, 5 settings given in 1 step",
        ]
    );
}

/// The next test reads what this one prints.
#[test]
fn printing_changes_nothing() {
    let text = "port = 80\nprot = 81\n";
    let load = |name: &str, verbosity| {
        let named = quiet().with_named_text(name, Format::Toml, text);
        named.with_verbosity(verbosity).build().expect("it loads")
    };
    let silent = load("silent.toml", Verbosity::Silent);
    let info = load("info.toml", Verbosity::Info);
    assert_eq!((silent.get().port, info.get().port), (80, 80));
    silent.print_warnings();
    silent.print_debug_messages(Verbosity::Debug);
}

#[test]
fn only_what_is_asked_for_is_printed() {
    let tests = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(tests)
        .args(["--exact", "printing_changes_nothing", "--nocapture"])
        .output()
        .expect("it runs");
    let printed = String::from_utf8(output.stderr).expect("text");
    let words = |line: &str| {
        // Without the time.
        let (head, rest) = line.split_once(" +")?;
        Some(format!("{head}{}", rest.split_once(" ms")?.1))
    };
    let lines: Vec<_> = printed.lines().filter_map(words).collect();
    let warning = "warning SC0203: `prot`: unknown key";
    assert_eq!(
        lines,
        [
            "[info 1] info.toml: 1 setting (TOML, 20 bytes)".to_owned(),
            format!("[info] Settings: {warning} (info.toml:2:1)"),
            "[info] Settings: loaded, 1 setting given in 1 step, 1 warning".to_owned(),
            "[debug] Settings: no profile is selected".to_owned(),
            "[debug 1] silent.toml: begins".to_owned(),
            "[info 1] silent.toml: 1 setting (TOML, 20 bytes)".to_owned(),
            format!("[info] Settings: {warning} (silent.toml:2:1)"),
            "[info] Settings: loaded, 1 setting given in 1 step, 1 warning".to_owned(),
        ]
    );
    assert!(
        printed.contains("warning[SC0203]") && printed.contains("silent.toml:2:1"),
        "{printed}"
    );
}
