//! Which source wins.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use superconfig::source::{Args, Overrides};
use superconfig::{Format, Loading, Source, SuperConfig};
use superconfig_tests::{errors, toml};

#[derive(SuperConfig, Debug, Clone, PartialEq)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = "default")]
    who: String,
    #[config(default = 8080)]
    port: u16,
    #[config(default = 5)]
    limit: Option<u32>,
    note: Option<String>,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested)]
    pool: Pool,
    #[config(nested)]
    tls: Option<Tls>,
    #[config(nested)]
    upstreams: BTreeMap<String, Upstream>,
    #[config(nested)]
    servers: Vec<Upstream>,
    #[config(nested, default = "info")]
    level: Level,
    #[config(nested)]
    store: Option<Store>,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
struct Pool {
    #[config(default = 1)]
    min: u32,
    #[config(default = 10)]
    max: u32,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
struct Tls {
    cert: String,
    #[config(default = 12)]
    version: u8,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
struct Upstream {
    url: String,
    #[config(default = 3)]
    retries: u8,
}

#[derive(SuperConfig, Debug, Clone, Copy, PartialEq)]
#[config(rename_all = "lowercase")]
enum Level {
    Info,
    Debug,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk { path: String, size: Option<u32> },
}

fn declared() -> Settings {
    Settings {
        who: "default".into(),
        port: 8080,
        limit: Some(5),
        note: None,
        plugins: vec!["core".into()],
        labels: BTreeMap::new(),
        pool: Pool { min: 1, max: 10 },
        tls: None,
        upstreams: BTreeMap::new(),
        servers: Vec::new(),
        level: Level::Info,
        store: None,
    }
}

fn given() -> Settings {
    Settings {
        who: "given".into(),
        port: 1,
        limit: None,
        note: Some("given".into()),
        plugins: vec!["a".into(), "b".into()],
        labels: BTreeMap::from([("k".into(), "given".into())]),
        pool: Pool { min: 2, max: 20 },
        tls: Some(Tls { cert: "given".into(), version: 13 }),
        upstreams: BTreeMap::from([("u".into(), Upstream { url: "given".into(), retries: 9 })]),
        servers: vec![Upstream { url: "given".into(), retries: 8 }],
        level: Level::Debug,
        store: Some(Store::Disk { path: "given".into(), size: Some(1) }),
    }
}

fn who(config: SuperConfig<Settings>) -> String {
    config.extract().unwrap_or_else(|error| panic!("{error:#}")).who
}

const NAMES: [(&str, &str); 1] = [("APP_WHO", "variable")];

#[test]
fn an_empty_chain_gives_the_declared_defaults() {
    assert_eq!(SuperConfig::<Settings>::new().extract().unwrap(), declared());
}

#[test]
fn a_later_text_wins_whatever_its_format() {
    let texts = [
        (Format::Toml, "who = 'toml'"),
        (Format::Json, r#"{"who": "json"}"#),
        (Format::Jsonc, "{\"who\": \"jsonc\", /* so */}"),
        (Format::Yaml, "who: yaml"),
    ];
    for last in 0..texts.len() {
        let mut config = SuperConfig::new();
        for index in 0..texts.len() {
            let (format, text) = texts[(last + 1 + index) % texts.len()];
            config = config.with_text(format, text);
        }
        let expected = texts[last].0.name().to_lowercase();
        assert!(expected.starts_with("json") || who(config) == expected);
    }
}

#[test]
fn each_source_says_what_it_knows_and_leaves_the_rest() {
    let settings = toml::<Settings>("[pool]\nmin = 5\n[tls]\ncert = 'c'")
        .with_text(Format::Yaml, "pool: {max: 50}")
        .with_text(Format::Json, r#"{"tls": {"version": 11}}"#)
        .with_env(None)
        .with_env_vars([("APP_PORT", "7")])
        .extract()
        .unwrap();
    assert_eq!(settings.pool, Pool { min: 5, max: 50 });
    assert_eq!(settings.tls, Some(Tls { cert: "c".into(), version: 11 }));
    assert_eq!((settings.port, &*settings.who), (7, "default"));
}

#[test]
fn the_order_of_the_steps_is_the_order_of_the_sources() {
    let text = |config: SuperConfig<Settings>| config.with_text(Format::Toml, "who = 'text'");
    let over =
        |config: SuperConfig<Settings>| config.with_source(Overrides::one("who", "override"));
    let args =
        |config: SuperConfig<Settings>| config.with_source(Args::new(["--set", "who=argument"]));
    let env = |config: SuperConfig<Settings>| config.with_env(None);
    let new = || SuperConfig::new().with_env_vars(NAMES);
    assert_eq!(who(args(over(env(text(new()))))), "argument");
    assert_eq!(who(text(args(over(env(new()))))), "text");
    assert_eq!(who(env(text(args(over(new()))))), "variable");
    assert_eq!(who(over(env(text(args(new()))))), "override");
}

#[test]
fn of_two_arguments_or_overrides_the_later_wins() {
    let config = SuperConfig::new().with_source(Args::new(["--set", "who=a", "--set=who=b"]));
    assert_eq!(who(config), "b");
    let config = SuperConfig::new()
        .with_source(Overrides::one("who", "a"))
        .with_source(Overrides::one("who", "b"));
    assert_eq!(who(config), "b");
}

#[test]
fn arguments_and_overrides_reach_every_depth() {
    let settings = toml::<Settings>("[[servers]]\nurl = 's'\n[upstreams.a]\nurl = 'u'")
        .with_source(Overrides::one("pool.max", 32))
        .with_source(Overrides::one("upstreams.a.retries", "5"))
        .with_source(Overrides::one("plugins_add", "x,y"))
        .with_source(Args::new([
            "--set",
            "tls.cert=c=d",
            "--set=servers[0].retries=6",
            "--verbose",
            "--set",
            "labels.ab=1",
            "--set=level=debug",
        ]))
        .extract()
        .unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(settings.pool, Pool { min: 1, max: 32 });
    assert_eq!(settings.upstreams["a"].retries, 5);
    assert_eq!(settings.plugins, ["core", "x", "y"]);
    assert_eq!(settings.tls.unwrap().cert, "c=d");
    assert_eq!((&*settings.servers[0].url, settings.servers[0].retries), ("s", 6));
    assert_eq!(settings.level, Level::Debug);
}

#[test]
fn an_override_of_nothing_is_an_error() {
    assert_eq!(
        errors(SuperConfig::<Settings>::new().with_source(Overrides::one("pool.mux", 32))),
        ["SC0504 an override in the program: `pool.mux`: there is no such setting = did you mean \
          `max`?"]
    );
    assert_eq!(
        errors(SuperConfig::<Settings>::new().with_source(Args::new(["--set", "prot=1"]))),
        ["SC0503 argument --set prot: `prot`: there is no such setting = did you mean `port`?"]
    );
}

#[test]
fn explicit_variables_without_a_place_for_the_environment_stand_where_they_are() {
    let before = SuperConfig::new().with_env_vars(NAMES).with_text(Format::Toml, "who = 'text'");
    assert_eq!(who(before), "text");
    let after = SuperConfig::new().with_text(Format::Toml, "who = 'text'").with_env_vars(NAMES);
    assert_eq!(who(after), "variable");
}

#[test]
fn explicit_variables_stand_for_the_environment_wherever_they_are_given() {
    let before = SuperConfig::new()
        .with_env_vars(NAMES)
        .with_text(Format::Toml, "who = 'text'")
        .with_env(None);
    assert_eq!(who(before), "variable");
    let after = SuperConfig::new()
        .with_env(None)
        .with_text(Format::Toml, "who = 'text'")
        .with_env_vars(NAMES);
    assert_eq!(who(after), "text");
}

#[test]
fn a_struct_of_defaults_replaces_the_declared_ones() {
    let mut expected = given();
    // `None` says nothing, so the declared default stands.
    expected.limit = Some(5);
    assert_eq!(SuperConfig::<Settings>::new().with_defaults(given()).extract().unwrap(), expected);
}

#[test]
fn a_none_in_a_struct_of_defaults_says_nothing() {
    let settings = toml::<Settings>("note = 'text'\n[tls]\ncert = 'c'\n[store]\nkind = 'memory'")
        .with_defaults(declared())
        .extract()
        .unwrap();
    assert_eq!(settings.note.as_deref(), Some("text"));
    assert_eq!(settings.tls, Some(Tls { cert: "c".into(), version: 12 }));
    assert_eq!(settings.store, Some(Store::Memory));
}

#[test]
fn sources_meet_a_struct_of_defaults_as_they_meet_each_other() {
    let settings = SuperConfig::<Settings>::new()
        .with_defaults(given())
        .with_text(
            Format::Toml,
            "plugins_add = ['c']\nplugins_remove = ['a']\n[labels]\nl = 'text'\n[pool]\nmax = 21\n\
             [tls]\nversion = 14\n[upstreams.u]\nretries = 1\n[upstreams.v]\nurl = 'v'\n\
             [[servers_add]]\nurl = 's'\n[store]\npath = 'text'\n",
        )
        .extract()
        .unwrap();
    assert_eq!(settings.plugins, ["b", "c"]);
    assert_eq!(settings.labels.keys().collect::<Vec<_>>(), ["k", "l"]);
    assert_eq!(settings.pool, Pool { min: 2, max: 21 });
    assert_eq!(settings.tls, Some(Tls { cert: "given".into(), version: 14 }));
    assert_eq!(settings.upstreams["u"], Upstream { url: "given".into(), retries: 1 });
    assert_eq!(settings.upstreams["v"], Upstream { url: "v".into(), retries: 3 });
    assert_eq!(settings.servers.len(), 2);
    assert_eq!(settings.store, Some(Store::Disk { path: "text".into(), size: Some(1) }));
}

#[test]
fn another_variant_replaces_that_of_the_defaults() {
    let settings = SuperConfig::<Settings>::new()
        .with_defaults(given())
        .with_text(Format::Toml, "store = {kind = 'disk', path = 'text'}")
        .with_text(Format::Toml, "store = {kind = 'memory'}")
        .with_text(Format::Toml, "store = {kind = 'disk', path = 'again'}")
        .extract()
        .unwrap();
    assert_eq!(settings.store, Some(Store::Disk { path: "again".into(), size: None }));
}

#[test]
fn a_list_or_map_in_a_struct_of_defaults_stands_even_if_it_is_empty() {
    let mut defaults = declared();
    defaults.plugins.clear();
    let settings = SuperConfig::<Settings>::new().with_defaults(defaults).extract().unwrap();
    assert_eq!(settings.plugins, [""; 0]);
}

/// A source of the program's own, which gives one line in a format.
struct Line(Format, &'static str);

impl Source for Line {
    fn name(&self) -> String {
        "the line".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.text("the line", self.0, self.1);
    }
}

#[test]
fn a_source_of_ones_own_has_its_place_like_any_other() {
    let line = || Line(Format::Yaml, "who: custom");
    assert_eq!(who(toml("who = 'text'").with_source(line())), "custom");
    let config = SuperConfig::new().with_source(line()).with_text(Format::Toml, "who = 'text'");
    assert_eq!(who(config), "text");
}

#[test]
fn what_is_wrong_in_a_source_of_ones_own_names_its_text() {
    assert_eq!(
        errors(SuperConfig::<Settings>::new().with_source(Line(Format::Yaml, "port: many"))),
        ["SC0102 the line:1:7: `port`: expected an integer from 0 to 65535, found the string \
          \"many\""]
    );
}

/// A source of values and variables rather than texts.
struct Values;

impl Source for Values {
    fn name(&self) -> String {
        "the values".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let tree = serde_json::from_str(r#"{"who": "values", "pool": {"max": "x"}}"#).unwrap();
        loading.values("the values", tree);
        loading.variables([("APP_PORT", "9"), ("HOME", "/")]);
    }
}

#[test]
fn a_source_may_give_values_and_variables() {
    let config = SuperConfig::<Settings>::new().with_source(Values);
    let said = errors(config);
    assert_eq!(
        said,
        ["SC0102 the values: `pool.max`: expected an integer from 0 to 4294967295, found the \
          string \"x\""]
    );
    let config = SuperConfig::<Settings>::new()
        .with_source(Values)
        .with_source(Overrides::one("pool.max", 1));
    // A later source does not make an earlier one right.
    assert_eq!(errors(config).len(), 1);
}

/// A source that cannot be reached.
struct Away;

impl Source for Away {
    fn name(&self) -> String {
        "the far one".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.fail("the far one does not answer");
    }
}

#[test]
fn a_source_that_fails_is_one_problem_among_the_others() {
    assert_eq!(
        errors(toml::<Settings>("port = 'x'").with_source(Away)),
        [
            "SC0102 a.toml:1:8: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
            "SC0701 the far one does not answer",
        ]
    );
}

#[test]
fn a_handle_reads_what_extract_gives() {
    let handle = toml::<Settings>("who = 'text'").build().unwrap();
    let clone = handle.clone();
    assert_eq!(handle.get().who, "text");
    assert_eq!(*clone.snapshot(), toml::<Settings>("who = 'text'").extract().unwrap());
}

#[test]
fn an_empty_argument_leaves_no_trace_where_it_is_no_value() {
    let arguments = ["--set", "port=", "--set", "upstreams.a.retries=", "--set", "tls.version="];
    let settings = SuperConfig::<Settings>::new().with_args(arguments).extract().expect("nothing");
    assert_eq!(settings.port, 8080);
    assert!(settings.upstreams.is_empty() && settings.tls.is_none());
    let settings = SuperConfig::<Settings>::new().with_args(["--set", "who=", "--set", "limit="]);
    let settings = settings.extract().expect("an empty text, and an explicit none");
    assert_eq!((&*settings.who, settings.limit), ("", None));
    let problems = errors(SuperConfig::<Settings>::new().with_args(["--set", "prot="]));
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_path_has_so_many_steps() {
    let path = vec!["a"; 100_000].join(".");
    let problems = errors(SuperConfig::<Settings>::new().with_override(&path, 1));
    assert_eq!(
        problems,
        [
            "SC0303 an override in the program: the path has 100000 steps, and the limit is 128 = raise \
          `Limits::depth` by `with_limits` if it is meant to be so deep"
        ]
    );
}

#[test]
fn the_schema_that_an_editor_notes_is_no_setting() {
    #[derive(SuperConfig, Debug)]
    #[config(deny_unknown)]
    struct Noted {
        port: u16,
    }
    let text = r#"{"$schema": "settings.schema.json", "port": 1}"#;
    for load in [
        SuperConfig::<Noted>::new().with_text(Format::Json, text),
        SuperConfig::<Noted>::new().with_text(Format::Json, text).by_tree(),
        SuperConfig::<Noted>::new().with_text(Format::Yaml, "$schema: x\nport: 1"),
        SuperConfig::<Noted>::new().with_text(Format::Toml, "\"$schema\" = 'x'\nport = 1"),
    ] {
        let settings = load.strict().build().unwrap();
        assert_eq!(settings.get().port, 1);
        assert!(settings.warnings().is_empty());
    }
}
