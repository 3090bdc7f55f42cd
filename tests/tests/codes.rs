//! Every code is produced by what `docs/ERRORS.md` says produces it, and no code is missing there.
#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::net::IpAddr;

use superconfig::source::File;
use superconfig::{
    Code, Config, ConfigRegistry, ExposeSecret, Format, Limits, Loading, Source, SuperConfig,
    Value, WatchOptions,
};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "ORDERS", profiles("production"))]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(default = "127.0.0.1")]
    host: IpAddr,
    #[config(default)]
    plugins: Vec<String>,
    #[config(default = 1, deprecated_alias = "size")]
    max_size: u8,
    #[config(nested, default = Mode::Fast)]
    mode: Mode,
    #[config(nested)]
    store: Option<Store>,
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested)]
    db: Option<Server>,
}

#[derive(SuperConfig, Debug)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Safe,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory { size: u8 },
    Nowhere,
}

#[derive(SuperConfig, Debug)]
struct Server {
    host: String,
}

#[derive(SuperConfig, Debug)]
struct Required {
    url: String,
}

#[cfg(unix)]
#[derive(SuperConfig, Debug)]
#[config(env_prefix = "ORDERS")]
struct Keyed {
    #[config(secret)]
    key: superconfig::SecretString,
}

#[derive(SuperConfig, Debug)]
struct BadDefault {
    #[config(default = "x")]
    number: Number,
}

type Number = u8;

#[derive(SuperConfig, Debug)]
struct Generic<T> {
    value: Option<T>,
}

struct Failing;

impl Source for Failing {
    fn name(&self) -> String {
        "failing".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.fail("no answer from the vault");
    }
}

const NOWHERE: &str = r#"{"store": {"kind": "nowhere"}}"#;

const NOTHING: [(&str, &str); 0] = [];

fn empty() -> SuperConfig<Settings> {
    SuperConfig::new().with_env_vars(NOTHING)
}

/// What is told of a JSON Schema.
fn of_schema(schema: &str) -> Vec<Code> {
    said(SuperConfig::<Value>::new().with_schema(schema))
}

fn toml(text: &str) -> SuperConfig<Settings> {
    empty().with_text(Format::Toml, text)
}

fn vars<const N: usize>(variables: [(&str, &str); N]) -> SuperConfig<Settings> {
    SuperConfig::new().with_env(None).with_env_vars(variables)
}

/// The codes of everything that a loading says.
fn said<T: Config>(config: SuperConfig<T>) -> Vec<Code> {
    match config.build() {
        Ok(handle) => handle.warnings().iter().map(|warning| warning.code).collect(),
        Err(error) => error.problems().iter().map(|problem| problem.code).collect(),
    }
}

fn values_and_names() -> Vec<(Code, Vec<Code>)> {
    let code = |error: superconfig::ConfigError| error.problems()[0].code;
    let required = SuperConfig::<Required>::new().extract().map(|r| r.url).map_err(code);
    let default = SuperConfig::<BadDefault>::new().extract().map(|d| d.number).map_err(code);
    vec![
        (Code::Missing, vec![required.expect_err("nothing sets it")]),
        (Code::WrongType, said(toml("port = \"eighty\""))),
        (Code::OutOfRange, said(toml("port = 70000"))),
        (Code::Null, said(empty().with_text(Format::Yaml, "port: null"))),
        (Code::UnknownWord, said(toml("mode = \"fats\""))),
        (Code::Invalid, said(toml("host = \"x\""))),
        (Code::BadDefault, vec![default.expect_err("it is no number")]),
        (Code::NoVariant, said(toml("[store]\nsize = 1"))),
        (Code::NoElement, said(vars([("ORDERS_SERVERS_5_HOST", "x")]))),
        (Code::NothingRemoved, said(toml("plugins_remove = [\"x\"]"))),
        (Code::Deprecated, said(toml("size = 2"))),
        (Code::UnknownKey, said(toml("prot = 80"))),
        (Code::UnknownKey, said(toml("prot = 80").strict())),
        (Code::UnknownVariable, said(vars([("ORDERS_PROT", "80")]))),
        (Code::UnknownVariable, said(vars([("ORDERS_PROT", "80")]).strict())),
        (Code::Shadowed, said(toml("max-size = 1\nmax_size = 2"))),
        (Code::NotSelected, said(toml("[production]\nport = 443"))),
        (Code::NoEffect, said(toml("store.size = 1").with_text(Format::Json, NOWHERE))),
    ]
}

fn texts_and_files(directory: &std::path::Path) -> Vec<(Code, Vec<Code>)> {
    let write = |name: &str, content: &[u8]| {
        std::fs::write(directory.join(name), content).expect("a temporary directory");
    };
    write("latin.toml", b"a = \"\xe9\"");
    write("config.ini", b"a = 1");
    write("two.toml", b"");
    write("two.yaml", b"");
    write("open.toml", b"");
    let here = || empty().with_directory(directory);
    let mut small = Limits::default();
    small.file_bytes = 3;
    let mut cases = vec![
        (Code::Syntax, said(toml("port = = 1"))),
        (Code::DuplicateKey, said(toml("port = 1\nport = 2"))),
        (Code::TooDeep, said(toml(&format!("plugins = {}", "[".repeat(200))))),
        (
            Code::TooLarge,
            said(here().with_file("config.ini").with_file("latin.toml").with_limits(small)),
        ),
        (Code::NotUtf8, said(here().with_file("latin.toml"))),
        (Code::UnknownFormat, said(here().with_file("config.ini"))),
        (Code::FileNotFound, said(here().with_file("config.toml"))),
        (Code::NotAFile, said(here().with_file("."))),
        (Code::BadGlob, said(here().with_glob("../*.toml"))),
        (Code::TwoFiles, said(here().with_source(File::required("two")))),
    ];
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        symlink("loop.toml", directory.join("loop.toml")).expect("a link");
        let open = std::fs::Permissions::from_mode(0o666);
        std::fs::set_permissions(directory.join("open.toml"), open).expect("our own file");
        cases.push((Code::Unreadable, said(here().with_file("loop.toml"))));
        let strict = here().strict_permissions(true).with_file("open.toml");
        cases.push((Code::Permissions, said(strict)));
        let key = directory.join("open.toml");
        let exposed = SuperConfig::<Keyed>::new()
            .with_env(None)
            .with_env_vars([("ORDERS_KEY_FILE", key)])
            .strict_permissions(false);
        let readable = std::fs::Permissions::from_mode(0o604);
        std::fs::set_permissions(directory.join("open.toml"), readable).expect("our own file");
        let handle = exposed.build().expect("it may be read");
        assert!(handle.get().key.expose_secret().is_empty());
        cases.push((Code::SecretExposed, vec![handle.warnings()[0].code]));
    }
    cases
}

fn the_rest() -> Vec<(Code, Vec<Code>)> {
    let generic = SuperConfig::<Generic<u8>>::new().build().expect("nothing is required");
    assert!(generic.get().value.is_none());
    let usage = generic.install().expect_err("a generic type has no place");
    let mut cases = vec![
        (Code::TwoVariables, said(vars([("ORDERS_DB", "{}"), ("ORDERS_DB__HOST", "x")]))),
        (Code::BadArgument, said(empty().with_args(["--set", "port"]))),
        (Code::BadArgument, said(empty().with_args(["--set", "prot=80"]))),
        (Code::BadOverride, said(empty().with_override("prot", 80))),
        (Code::BadName, said(empty().select_profile("../x"))),
        (Code::ProfileNotFound, said(empty().select_profile("prod"))),
        (Code::SourceFailed, said(empty().with_source(Failing))),
        (Code::Usage, vec![usage.problems()[0].code]),
        (Code::Panicked, vec![panicked()]),
        (Code::WrongHandleType, of_ids()),
        (Code::UnknownHandle, of_ids()),
        (Code::ForeignHandle, of_ids()),
        (Code::ExpiredHandle, of_ids()),
        (Code::DroppedHandle, of_ids()),
        (Code::BadSchema, of_schema(r#"{"type": "object", "properties": {"a": {"type": "int"}}}"#)),
        (
            Code::SchemaKeyword,
            of_schema(r#"{"type": "object", "properties": {"a": {"pattern": "a"}}}"#),
        ),
        (Code::Polling, vec![polled()]),
    ];
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        let latin = std::ffi::OsString::from_vec(vec![0xe9]);
        let bad = SuperConfig::<Settings>::new().with_env(None);
        let bad = bad.with_env_vars([(std::ffi::OsString::from("ORDERS_MODE"), latin)]);
        cases.push((Code::VariableNotUtf8, said(bad)));
    }
    cases
}

/// A source that works once.
struct Once(std::sync::atomic::AtomicBool);

impl Source for Once {
    fn name(&self) -> String {
        "once".to_owned()
    }

    fn load(&self, _: &mut Loading<'_>) {
        assert!(!self.0.swap(true, std::sync::atomic::Ordering::SeqCst), "twice");
    }
}

fn panicked() -> Code {
    let settings = empty().with_source(Once(false.into())).build().expect("it works once");
    settings.reload().expect_err("it panics").problems()[0].code
}

/// Everything that can be wrong with an id.
fn of_ids() -> Vec<Code> {
    let registry = ConfigRegistry::new();
    let server = || Server { host: "a".to_owned() };
    let handle = registry.insert(server()).expect("valid");
    let id = handle.id();
    let mut errors = vec![
        registry.check::<Settings>(id.to_bits()).map(|_| ()),
        registry.check::<Server>(0).map(|_| ()),
        ConfigRegistry::new().get(id).map(|_| ()),
    ];
    registry.lease(id).expect("it is held");
    drop(handle);
    registry.expire_after(std::time::Duration::ZERO);
    assert_eq!(registry.sweep(), 1);
    errors.push(registry.get(id).map(|_| ()));
    let dropped = registry.insert(server()).expect("valid").id();
    errors.push(registry.get(dropped).map(|_| ()));
    errors.into_iter().map(|error| error.expect_err("there is none").problems()[0].code).collect()
}

/// What those who are told of errors hear where not everything may be watched.
fn polled() -> Code {
    let settings = empty().with_file_opt("/absent").build().expect("it loads");
    let (sender, told) = std::sync::mpsc::channel();
    settings.on_error(move |error| {
        let _ = sender.send(error.problems()[0].code);
    });
    let options = WatchOptions { max_directories: 0, ..WatchOptions::default() };
    let _watch = settings.watch(options).expect("it starts");
    told.recv_timeout(std::time::Duration::from_secs(60)).expect("it is told")
}

#[test]
fn every_code_is_produced_by_its_example() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut produced = BTreeSet::new();
    let cases = [values_and_names(), texts_and_files(directory.path()), the_rest()].concat();
    for (code, said) in cases {
        assert!(said.contains(&code), "{code} was expected, and {said:?} was said");
        produced.insert(code);
    }
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !produced.contains(code)).collect();
    if cfg!(unix) {
        assert!(missing.is_empty(), "nothing here produces {missing:?}");
    }
}

#[test]
fn the_page_has_every_code_and_no_other() {
    let page = include_str!("../../docs/ERRORS.md");
    let rows: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| SC"))
        .map(|row| format!("SC{}", &row[..4]))
        .collect();
    let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(rows, known);
}

#[test]
fn the_words_of_the_example_are_values() {
    let settings =
        toml("mode = \"safe\"\nstore = {kind = \"memory\", size = 2}\n[db]\nhost = \"h\"");
    let settings = settings.extract().expect("all of it is right");
    assert!(matches!(settings.mode, Mode::Safe));
    assert!(matches!(settings.store, Some(Store::Memory { size: 2 })));
    assert_eq!((settings.port, settings.max_size), (80, 1));
    assert_eq!(settings.db.map(|db| db.host).as_deref(), Some("h"));
    assert!(settings.servers.is_empty() && settings.plugins.is_empty());
    assert_eq!(settings.host.to_string(), "127.0.0.1");
}
