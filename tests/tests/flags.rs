//! Flags for `clap`, made of the declaration.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::fs;

use clap::{Arg, ArgAction, Command};
use superconfig::clap::{Flags, args};
use superconfig::{Code, ConfigError, ExposeSecret, SecretString, SuperConfig};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    /// Port to listen on.
    ///
    /// Below 1024 it takes privileges.
    #[config(default = 8080, env = "PORT")]
    port: u16,
    #[config(default = 0)]
    offset: i32,
    /// Whether to talk.
    #[config(default)]
    debug: bool,
    #[config(nested, default = Level::Info)]
    level: Level,
    /// Plugins to load.
    #[config(default = ["core"], separator = ";")]
    plugins: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, u8>,
    #[config(secret, default = "none")]
    api_key: SecretString,
    #[config(default, deprecated = "use `port`")]
    old_port: Option<u16>,
    #[config(default)]
    version: u8,
    #[config(nested)]
    database: Database,
    #[config(nested)]
    store: Option<Store>,
    #[config(nested)]
    upstreams: BTreeMap<String, Database>,
    #[config(flatten)]
    extra: Extra,
}

#[derive(SuperConfig, Debug)]
struct Database {
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug)]
struct Pool {
    /// The size at most.
    #[config(default = 4)]
    max_size: u8,
}

#[derive(SuperConfig, Debug)]
struct Extra {
    #[config(default = 1)]
    threads: u8,
}

#[derive(SuperConfig, Debug, PartialEq, Clone)]
#[config(rename_all = "lowercase")]
enum Level {
    /// What matters.
    Info,
    Debug,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Store {
    Disk { path: String, size: u64 },
    Memory { size: u32 },
}

fn command() -> Command {
    Command::new("orders").args(args::<Settings>())
}

fn load(arguments: &[&str]) -> Result<Settings, ConfigError> {
    load_as(arguments)
}

fn load_as<T: superconfig::Config>(arguments: &[&str]) -> Result<T, ConfigError> {
    let arguments = ["orders"].iter().chain(arguments);
    let command = Command::new("orders").args(args::<T>());
    let matches = command.try_get_matches_from(arguments).expect("clap takes them");
    SuperConfig::new().with_source(Flags::of(&matches)).extract()
}

#[test]
fn clap_finds_nothing_wrong_with_the_flags() {
    command().debug_assert();
}

#[test]
fn what_is_left_out_says_nothing() {
    let settings = load(&[]).expect("it loads");
    assert_eq!((settings.port, settings.debug), (8080, false));
    assert_eq!(settings.plugins, ["core"]);
    assert!(settings.store.is_none());
}

#[test]
fn each_kind_of_setting_has_its_flag() {
    let settings = load(&[
        "--port=80",
        "--offset",
        "-5",
        "--debug",
        "--level",
        "debug",
        "--labels",
        "a=1",
        "--labels=b=2",
        "--database-pool-max-size=8",
        "--store-kind=memory",
        "--store-size=7",
        "--threads=3",
    ])
    .expect("it loads");
    assert_eq!((settings.port, settings.offset, settings.debug), (80, -5, true));
    assert_eq!(settings.level, Level::Debug);
    assert_eq!(settings.labels, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    assert_eq!((settings.database.pool.max_size, settings.extra.threads), (8, 3));
    assert!(matches!(settings.store, Some(Store::Memory { size: 7 })), "{:?}", settings.store);
    assert!(!load(&["--debug=false"]).expect("it loads").debug);
}

#[test]
fn a_list_takes_steps_and_repetitions() {
    let plugins = |arguments: &[&str]| load(arguments).expect("it loads").plugins.join(" ");
    assert_eq!(plugins(&["--plugins", "a;b"]), "a b");
    assert_eq!(plugins(&["--plugins", "a;b", "--plugins", r#"["c;d"]"#]), "a b c;d");
    assert_eq!(plugins(&["--plugins-add", "http"]), "core http");
    assert_eq!(plugins(&["--plugins-add", "x", "--plugins-add", "y;core"]), "core x y");
    assert_eq!(plugins(&["--plugins-remove", "core"]), "");
    let labels = load(&["--labels=a=1", "--labels-remove=a"]).expect("it loads").labels;
    assert_eq!(labels, BTreeMap::new());
}

#[test]
fn a_secret_is_in_a_file_and_not_on_the_command_line() {
    let names: Vec<_> = args::<Settings>().iter().map(|arg| arg.get_id().to_string()).collect();
    assert!(names.contains(&"api_key_file".to_owned()), "{names:?}");
    assert!(!names.contains(&"api_key".to_owned()), "{names:?}");
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key");
    fs::write(&file, "hunter2\n").expect("written");
    let settings = load(&["--api-key-file", file.to_str().expect("text")]).expect("it loads");
    assert_eq!(settings.api_key.expose_secret(), "hunter2");
    let error = load(&["--api-key-file", "/no/such/file"]).expect_err("no file");
    let problem = &error.problems()[0];
    assert_eq!(problem.code, Code::FileNotFound);
    assert_eq!(problem.help, ["the file is named by --api-key-file"]);
}

#[test]
fn a_secret_of_two_variants_is_in_a_file_all_the_same() {
    #[derive(SuperConfig, Debug)]
    #[config(tag = "kind", rename_all = "lowercase")]
    enum Login {
        Token {
            #[config(secret)]
            secret: SecretString,
        },
        Basic {
            #[config(secret)]
            secret: SecretString,
        },
    }
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key");
    fs::write(&file, "hunter2\n").expect("written");
    let file = file.to_str().expect("text");
    for kind in ["token", "basic"] {
        let login = load_as(&["--kind", kind, "--secret-file", file]).expect("it loads");
        let (Login::Token { secret } | Login::Basic { secret }) = login;
        assert_eq!(secret.expose_secret(), "hunter2");
    }
}

#[test]
fn of_two_settings_with_one_flag_the_first_has_it() {
    #[derive(SuperConfig, Debug)]
    struct SecretFirst {
        #[config(secret, default = "none")]
        api_key: SecretString,
        #[config(default = "none", env = false)]
        api_key_file: String,
    }
    #[derive(SuperConfig, Debug)]
    struct SecretLast {
        #[config(default = "none", env = false)]
        api_key_file: String,
        #[config(secret, default = "none")]
        api_key: SecretString,
    }
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key");
    fs::write(&file, "hunter2\n").expect("written");
    let file = file.to_str().expect("text");
    let first: SecretFirst = load_as(&["--api-key-file", file]).expect("it loads");
    assert_eq!((first.api_key.expose_secret(), &*first.api_key_file), ("hunter2", "none"));
    let last: SecretLast = load_as(&["--api-key-file", file]).expect("it loads");
    assert_eq!((last.api_key.expose_secret(), &*last.api_key_file), ("none", file));
}

#[test]
fn a_mistake_names_the_flag() {
    let error = load(&["--port=eighty", "--labels=x"]).expect_err("wrong");
    let lines: Vec<_> = error.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "argument --labels: error[SC0503]: `labels`: the entry has no `=`",
            "argument --port: error[SC0102]: `port`: expected an integer from 0 to 65535, found the \
             string \"eighty\"",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_utf_8_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    // A program may let flags take anything.
    let any =
        command().mut_arg("port", |arg| arg.value_parser(clap::value_parser!(std::ffi::OsString)));
    let matches = any.get_matches_from([OsStr::new("orders"), OsStr::from_bytes(b"--port=\xff")]);
    let error = SuperConfig::<Settings>::new()
        .with_source(Flags::of(&matches))
        .extract()
        .expect_err("not UTF-8");
    assert_eq!(error.to_string(), "argument --port: error[SC0503]: `port`: the value is not UTF-8");
}

#[test]
fn the_help_says_what_the_declaration_says() {
    let help = command().term_width(100).render_help().to_string();
    let lines: Vec<_> = help.lines().map(str::trim).collect();
    let shows =
        |text: &str| assert!(lines.iter().any(|line| line.contains(text)), "{text}\n{help}");
    shows("--port <PORT>");
    shows("Port to listen on [default: 8080] [env: ORDERS_PORT, PORT]");
    shows("--debug[=<true|false>]");
    shows("[possible values: info, debug]");
    shows("Plugins to load [default: [\"core\"]] [env: ORDERS_PLUGINS]");
    shows("Add to the list: Plugins to load [env: ORDERS_PLUGINS_ADD]");
    shows("--api-key-file <PATH>");
    shows("Read the secret from a file [env: ORDERS_API_KEY_FILE]");
    shows("Options of database.pool:");
    shows("The size at most [default: 4] [env: ORDERS_DATABASE_POOL_MAX_SIZE]");
    assert!(!help.contains("old-port") && !help.contains("none"), "{help}");
    // These are clap's own.
    assert!(!help.contains("--version"), "{help}");
    assert!(load(&["--old-port=1"]).expect("it loads").old_port == Some(1));
}

#[test]
fn a_program_has_flags_of_its_own_beside() {
    let own = Arg::new("verbose").short('v').action(ArgAction::Count);
    let command = command().arg(own).mut_arg("port", |flag| flag.short('p'));
    let matches = command.get_matches_from(["orders", "-vv", "-p", "80"]);
    assert_eq!(matches.get_count("verbose"), 2);
    let flags = Flags::of(&matches);
    assert_eq!(format!("{flags:?}"), "Flags(2 flags)");
    let settings = SuperConfig::<Settings>::new().with_source(flags).build().expect("it loads");
    assert_eq!(settings.get().port, 80);
    let origin = settings.origin("port").map(|origin| origin.to_string());
    assert_eq!(origin.as_deref(), Some("argument --port"));
}
