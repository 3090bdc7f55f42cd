//! The same sources, read by a struct and by its JSON Schema, come to the same.

use std::fmt::Write;

use superconfig::{Config, ConfigError, Format, JsonSchema, Problem, SuperConfig, Value};

use super::settings::Settings;

/// Sources, and how they are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(crate) texts: Vec<(Format, String)>,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) overrides: Vec<(String, String)>,
    pub(crate) profile: Option<String>,
    pub(crate) strict: bool,
}

impl Sources {
    pub(crate) fn toml(text: &str) -> Self {
        Self::default().and(Format::Toml, text)
    }

    pub(crate) fn and(mut self, format: Format, text: &str) -> Self {
        self.texts.push((format, text.to_owned()));
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn given<T: Config>(&self, mut builder: SuperConfig<T>) -> SuperConfig<T> {
        for (index, (format, text)) in self.texts.iter().enumerate() {
            builder = builder.with_named_text(format!("{index}.conf"), *format, text.as_str());
        }
        builder = builder.with_env(None).with_env_vars(self.variables.clone());
        for (path, value) in &self.overrides {
            builder = builder.with_override(path, value.as_str());
        }
        if let Some(profile) = &self.profile {
            builder = builder.select_profile(profile);
        }
        if self.strict { builder.strict() } else { builder }
    }
}

/// What is told of a loading, as text.
fn told(out: &mut String, problems: &[Problem]) {
    for problem in problems {
        let path = problem.path.as_ref().map(ToString::to_string).unwrap_or_default();
        let origin = problem.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "{} {path} {origin}: {}", problem.code, problem.message);
        for help in &problem.help {
            let _ = writeln!(out, "  = {help}");
        }
    }
}

/// All that a loading comes to, as text: a value, its origins, warnings; or problems.
pub(crate) fn outcome<T: Config>(builder: SuperConfig<T>) -> Result<String, String> {
    let mut out = String::new();
    match builder.build() {
        Ok(handle) => {
            told(&mut out, handle.warnings());
            let _ = writeln!(out, "{}", handle.to_value().expose_secrets());
            let _ = writeln!(out, "{}", handle.report());
            let _ = writeln!(out, "{:?}", handle.to_value());
            Ok(out)
        }
        Err(error) => {
            told(&mut out, error.warnings());
            told(&mut out, error.problems());
            let _ = writeln!(out, "{}", error.render());
            Err(out)
        }
    }
}

/// Takes away what is not there: an `Option` that is `None` is no key of a value.
fn without_nulls(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(entries) => entries
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        serde_json::Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// What is said of a type as it is said of a schema: advice names what the program would change.
fn of_a_schema(said: &str) -> String {
    said.replace("for settings of type `Option`", "for settings whose type has it")
        .replace("or declare a field", "or declare a property")
        .replace("declare it by `profiles(…)`", "declare it in the schema")
        .replace("not declared by `profiles(…)`", "not declared in the schema")
}

/// Loads by the struct and by its schema, and compares everything that can be seen.
pub(crate) fn check<T: Config>(sources: &Sources) {
    let schema = T::SCHEMA.json_schema();
    let typed = outcome(sources.given(SuperConfig::<T>::new()));
    let untyped = || sources.given(SuperConfig::<Value>::new().with_schema(&schema));
    let by_schema = outcome(untyped());
    assert_eq!(
        &of_a_schema(typed.as_ref().unwrap_or_else(|said| said)),
        by_schema.as_ref().unwrap_or_else(|said| said)
    );
    assert_eq!(typed.is_ok(), by_schema.is_ok());
    assert_eq!(by_schema, outcome(untyped().by_tree()), "the fast path and the tree agree");
    if let Ok(handle) = untyped().build() {
        let shown = handle.to_value().expose_secrets().to_string();
        let shown: serde_json::Value = serde_json::from_str(&shown).expect(&shown);
        let value = handle.get().to_string();
        let value: serde_json::Value = serde_json::from_str(&value).expect(&value);
        assert_eq!(without_nulls(&value), without_nulls(&shown));
    }
}

pub(crate) const ENOUGH: &str = r#"
api_key = "k"
limit = 7
[database]
url = "db"
[store]
kind = "memory"
"#;

#[test]
fn what_is_written_for_people_is_the_same() {
    let schema = JsonSchema::from(Settings::json_schema()).schema().expect("a schema");
    for (one, other) in schema.env_vars().iter().zip(Settings::env_vars()) {
        assert_eq!(one, &other);
    }
    assert_eq!(schema.env_vars().len(), Settings::env_vars().len());
    assert_eq!(schema.reference(), Settings::reference());
    for format in [Format::Toml, Format::Yaml, Format::Jsonc] {
        assert_eq!(schema.template(format), Settings::template(format));
    }
}

/// The derive and the reader of JSON Schemas each write it for themselves; a JSON Schema says it where they
/// differ.
#[test]
fn a_key_stands_in_names_as_the_derive_writes_it() {
    #[derive(SuperConfig)]
    #[config(rename_all = "camelCase")]
    struct Keys {
        _pool_max: Option<u8>,
        #[config(rename = "HTTPPort")]
        _words: Option<u8>,
        #[config(rename = "http2Port")]
        _digit: Option<u8>,
        #[config(rename = "HTTP2PORT")]
        _capitals: Option<u8>,
        #[config(rename = "größe-2")]
        _letters: Option<u8>,
    }
    let names: Vec<_> = Keys::SCHEMA.env_vars().into_iter().map(|variable| variable.name).collect();
    assert_eq!(names, ["POOL_MAX", "HTTP_PORT", "HTTP2_PORT", "HTTP2PORT", "GR__E_2"]);
    assert!(!Keys::SCHEMA.json_schema().contains("env_part"), "{}", Keys::SCHEMA.json_schema());
}

#[test]
fn no_keyword_of_a_structs_schema_is_worth_a_warning() -> Result<(), ConfigError> {
    let settings = SuperConfig::<Value>::new()
        .with_schema(Settings::json_schema())
        .with_text(Format::Toml, ENOUGH)
        .build()?;
    assert_eq!(settings.warnings().len(), 0, "{:?}", settings.warnings());
    Ok(())
}

/// What is enough, and more.
fn with(more: &str) -> Sources {
    let (top, tables) = more.split_once("\n[").map_or((more, ""), |(top, rest)| (top, rest));
    let tables = if tables.is_empty() { String::new() } else { format!("\n[{tables}") };
    Sources::toml(&format!("{top}\n{ENOUGH}{tables}"))
}

#[test]
fn nothing_at_all() {
    check::<Settings>(&Sources::default());
}

#[test]
fn just_enough() {
    check::<Settings>(&Sources::toml(ENOUGH));
}

#[test]
fn values_of_every_kind() {
    for text in [
        "host = '::1'\nport = 65535\ngateway = '10.0.0.1'\npeer = '[::1]:80'",
        "plugins = []\nsteps = [-3]\ntags = ['a', 'a', 'b']\nmatrix = [[1, 2], []]",
        "data_dir = 'x/y'\nratio = 3\nverbose = true\nmark = 'é'\nretries = 5\nshift = -5",
        "wide = -170141183460469231731687303715884105728\nversion = ''",
        "labels = { a = 1, 'b-c' = 255 }\nnotes = { a = 'x' }\nmode = 'careful'\nfallback = 'fast'",
        "servers = [{ name = 'a' }, { name = 'b', httpPort = 81 }]\nlevels = ['fast', 'careful']",
        "plugins_add = ['core', 'http']\nplugins_remove = ['core']\nsteps_add = [1, 9]",
        "tree = { name = 'a', children = [{ name = 'b', children = [{ name = 'c' }] }] }",
        "log_level = 'debug'\ninternal = 5",
        "listen-port = 81",
        "httpPort = 82\ngreeting = 'x'",
        "\n[upstreams.billing]\nurl = 'u'\n[upstreams.'Mail-1']\nurl = 'v'\nretries = 9",
        "\n[tls]\ncert = 'c'\n[cache]\npath = 'p'",
        "\n[database.pool]\nmax = 20\nmin-size = 2",
        "\n[database.pool]\nmin_size = 2",
    ] {
        check::<Settings>(&with(text));
    }
}

#[test]
fn values_that_are_refused() {
    for text in [
        "host = 'localhost'\nport = 65536\ngateway = '::1'\npeer = '10.0.0.1'",
        "host = 5\nport = 'eighty'\ngateway = {}\npeer = ['x']",
        "port = -1\nplugins = 'core'\nsteps = [200, 'x', 1]\nmatrix = [[300]]",
        "data_dir = 5\nratio = 'half'\nverbose = 1\nmark = 'ab'\nretries = 0\nshift = 0",
        "port = 1.5\nmark = ''\nretries = 'x'\nshift = 200",
        "wide = 'x'\nversion = 7\nlabels = { a = 256, b = 'x' }\nnotes = { a = 1 }",
        "mode = 'slow'\nfallback = 'fats'\nlevels = ['slow', 5]",
        "labels = 5\nservers = [{ name = 5 }, {}, 'x']\nupstreams = { a = {}, b = 'x' }",
        "tls = 'x'\ncache = []\ntree = { children = [{}] }",
        "tls = {}",
        "plugins_add = 'x'\nplugins_remove = [5]\nlabels_remove = 'a'",
        "servers_remove = ['a']\nlabels_remove = ['a']\nplugins_remove = ['nothing']",
        "prot = 80\nplugin = []\nport_add = [1]\nlabels_add = {}\nnothing_like_it = 1",
        "\n[database.pool]\nmaxx = 1\n[database.poool]",
    ] {
        check::<Settings>(&with(text));
        check::<Settings>(&Sources { strict: true, ..with(text) });
    }
}

#[test]
fn secrets_are_never_shown() {
    for text in [
        "api_key = ['hunter2']",
        "api_key = { a = 'hunter2' }",
        "\n[database]\nurl = 'x'\npassword = ['hunter2']",
        "\n[store]\nkind = 's3'\nkey = ['hunter2']",
    ] {
        let enough = ENOUGH.replace("api_key = \"k\"", "");
        let sources = Sources::toml(&format!("limit = 7\n{text}\n")).and(Format::Toml, &enough);
        check::<Settings>(&sources);
        let schema = Settings::json_schema();
        let builder = SuperConfig::<Value>::new().with_schema(schema);
        let said = outcome(sources.given(builder)).expect_err("refused");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn variants_of_an_enum() {
    let base = ENOUGH.split("[store]").next().expect("a part");
    for text in [
        "[store]",
        "[store]\nkind = 'tape'",
        "[store]\nkind = 5",
        "[store]\nkind = 'disk'",
        "[store]\nkind = 'file'\npath = 'p'",
        "[store]\nkind = 'disk'\npath = 'p'\ncopies = 300",
        "[store]\nkind = 'memory'\npath = 'p'",
        "[store]\nkind = 's3'\nbucket = 'b'\nkey = 'k'\nbukket = 'x'",
        "[store]\nbucket = 'b'",
        "store = 'memory'",
    ] {
        let text = format!("{}\n{text}", if text.starts_with('s') { "" } else { base });
        check::<Settings>(&Sources::toml(&text));
        check::<Settings>(&Sources::toml(ENOUGH).and(Format::Toml, &text));
        check::<Settings>(&Sources::toml(&text).variable("ORDERS_STORE_PATH", "v"));
    }
}

#[test]
fn null_in_formats_that_have_it() {
    for text in [
        "{ \"data_dir\": null, \"gateway\": null, \"tls\": null, \"fallback\": null }",
        "{ \"port\": null, \"plugins\": null, \"labels\": null, \"mode\": null }",
        "{ \"notes\": { \"a\": null, \"b\": \"x\" }, \"matrix\": [null] }",
        "{ \"database\": null, \"store\": null, \"servers\": [null] }",
    ] {
        check::<Settings>(&with("data_dir = 'x'\n[tls]\ncert = 'c'").and(Format::Json, text));
        check::<Settings>(&with("").and(Format::Yaml, text));
    }
}

#[test]
fn later_sources() {
    let first = "plugins = ['a']\nsteps = [1]\ntags = ['a', 'b']\nlabels = { a = 1, b = 2 }\nnotes = { a = 'x' }\nservers = [{ name = 'a' }, { name = 'b' }]\nlevels = ['fast']";
    for text in [
        "plugins = ['b']\nsteps = [2]\ntags = ['b', 'c']\nlabels = { b = 3, c = 4 }\nnotes = { b = 'y' }",
        "servers = [{ name = 'b', httpPort = 9 }, { name = 'c' }]\nservers_remove = ['a']",
        "servers_add = [{ name = 'a', httpPort = 9 }, { name = 'd' }]\nlabels_remove = ['a', 'z']",
        "notes_remove = ['a']\ntags_add = ['a', 'z']\ntags_remove = ['b', 'q']\nlevels_add = ['safe']",
        "cache = { seconds = 1 }\ntls = { cert = 'x' }",
        "default = { port = 1, host = '::1' }\nproduction = { port = 2 }\nprofile = { development = { port = 3 } }",
    ] {
        let sources = with(first).and(Format::Toml, text);
        check::<Settings>(&sources);
        for profile in ["production", "development", "staging"] {
            check::<Settings>(&Sources { profile: Some(profile.to_owned()), ..sources.clone() });
        }
        check::<Settings>(
            &sources.and(Format::Toml, "cache = { path = 'x' }\nplugins_add = ['c']"),
        );
    }
}

#[test]
fn variables_are_named_and_read_by_the_schema() {
    let cases: &[&[(&str, &str)]] = &[
        &[("ORDERS_PORT", "81"), ("PORT", "82")],
        &[("PORT", "82"), ("ORDERS_VERSION", "007"), ("ORDERS_VERBOSE", "on")],
        &[("ORDERS_PLUGINS", "a, b"), ("ORDERS_STEPS", "1;2"), ("ORDERS_TAGS", "[\"x\"]")],
        &[
            ("ORDERS_PLUGINS_ADD", "a,b"),
            ("ORDERS_TAGS_REMOVE", "x"),
            ("ORDERS_LABELS_REMOVE", "y"),
        ],
        &[("ORDERS_LABELS_A_B", "7"), ("ORDERS_LABELS_C", "x"), ("ORDERS_NOTES", "{\"a\": null}")],
        &[
            ("ORDERS_DATABASE_URL", ""),
            ("ORDERS_DATABASE__POOL_MAX", "7"),
            ("ORDERS_DATABASE_POOL_MIN_SIZE", "3"),
        ],
        &[("ORDERS_UPSTREAMS_MAIL_URL", "u"), ("ORDERS_UPSTREAMS_MAIL_RETRIES", "x")],
        &[
            ("ORDERS_SERVERS_0_NAME", "a"),
            ("ORDERS_SERVERS_0_HTTP_PORT", "1"),
            ("ORDERS_SERVERS_2_NAME", "c"),
        ],
        &[("ORDERS_SERVERS", "[{\"name\": \"a\"}]"), ("ORDERS_LEVELS_0", "fast")],
        &[("ORDERS_LEVELS", "fast,safe")],
        &[("ORDERS_TLS_CERT", "c"), ("ORDERS_TLS_STRICT", "maybe")],
        &[("ORDERS_TLS", "{"), ("ORDERS_STORE_KIND", "s3"), ("ORDERS_STORE_BUCKET", "b")],
        &[
            ("ORDERS_HOST", ""),
            ("ORDERS_DATA_DIR", ""),
            ("ORDERS_GATEWAY", ""),
            ("ORDERS_LABELS", ""),
        ],
        &[("ORDERS_TLS", ""), ("ORDERS_TREE", ""), ("ORDERS_SERVERS", ""), ("ORDERS_VERSION", "")],
        &[
            ("ORDERS_RATIO", "nan"),
            ("ORDERS_MARK", "xy"),
            ("ORDERS_RETRIES", "0"),
            ("ORDERS_SHIFT", "0"),
        ],
        &[
            ("ORDERS_PROT", "1"),
            ("ORDERS_URL", "x"),
            ("ORDERS_INTERNAL", "5"),
            ("ORDERS_PORT_ADD", "1"),
        ],
        &[("ORDERS_LOG_LEVEL", "debug"), ("ORDERS_MODE", "careful"), ("ORDERS_FALLBACK", "none")],
        &[("ORDERS_API_KEY_FILE", "/nowhere/at/all"), ("ORDERS_PORT_FILE", "/nowhere")],
        &[
            ("ORDERS_MATRIX", "[[1, 300]]"),
            ("ORDERS_WIDE", "99999999999999999999999999999999999999999"),
        ],
        &[("ORDERS_TREE_NAME", "a"), ("ORDERS_TREE_CHILDREN_0_NAME", "b")],
    ];
    for variables in cases {
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        for sources in [with(""), Sources::default()] {
            check::<Settings>(&Sources { variables: variables.clone(), ..sources.clone() });
            check::<Settings>(&Sources { variables: variables.clone(), strict: true, ..sources });
        }
    }
}

#[test]
fn overrides_and_their_paths() {
    for (path, value) in [
        ("port", "81"),
        ("port", "x"),
        ("prot", "1"),
        ("database.pool.max", "300"),
        ("labels.x", "7"),
        ("servers[0].name", "a"),
        ("servers[1].name", "a"),
        ("plugins_add", "a,b"),
        ("plugins[0]", "a"),
        ("tls.cert", "c"),
        ("tls", ""),
        ("store.kind", "disk"),
        ("upstreams.a.url", "u"),
    ] {
        let overrides = vec![(path.to_owned(), value.to_owned())];
        check::<Settings>(&Sources { overrides, ..with("") });
    }
}

#[test]
fn every_setting_is_explained_in_the_same_way() -> Result<(), ConfigError> {
    let sources = with("port = 81\nplugins_add = ['a']\n[tls]\ncert = 'c'")
        .and(Format::Yaml, "port: 82\nlabels: { a: 1 }\nservers: [{ name: a }]")
        .variable("ORDERS_PORT", "83")
        .variable("ORDERS_PLUGINS_REMOVE", "core");
    let typed = sources.given(SuperConfig::<Settings>::new()).build()?;
    let builder = SuperConfig::<Value>::new().with_schema(Settings::json_schema());
    let untyped = sources.given(builder).build()?;
    for path in [
        "port",
        "plugins",
        "labels",
        "labels.a",
        "servers",
        "servers[0].name",
        "tls",
        "tls.cert",
        "store",
        "store.kind",
        "data_dir",
        "mode",
        "api_key",
        "database.pool.max",
        "log_level",
    ] {
        assert_eq!(untyped.explain(path)?.to_string(), typed.explain(path)?.to_string());
        assert_eq!(untyped.origin(path), typed.origin(path), "{path}");
    }
    let (typed, untyped) = (typed.explain("prot"), untyped.explain("prot"));
    assert_eq!(untyped.expect_err("no setting").render(), typed.expect_err("no setting").render());
    Ok(())
}
