//! A secret is shown nowhere: one stands in every source, and every way of failing is looked through
//! for it.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use serde_derive::Deserialize;
use superconfig::error::{Color, RenderOptions, render_warnings, warnings_to_json};
use superconfig::source::{Args, Overrides};
use superconfig::{ExposeSecret, Format, SecretString, SuperConfig};

const CANARY: &str = "hunter2canary";

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("production"))]
struct Settings {
    #[config(secret, default = "none", validate = refuse)]
    key: SecretString,
    #[config(secret, default)]
    number: u16,
    #[config(secret, default)]
    flag: bool,
    #[config(secret, default)]
    list: Vec<u8>,
    #[config(secret, default)]
    words: Vec<String>,
    #[config(secret, default)]
    map: BTreeMap<String, u8>,
    #[config(secret)]
    shape: Option<Shape>,
    #[config(secret)]
    parts: Option<Parts>,
    #[config(default)]
    open: u8,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    many: BTreeMap<String, Inner>,
    #[config(nested)]
    several: Vec<Inner>,
    #[config(nested)]
    ports: BTreeMap<u16, Inner>,
    #[config(nested)]
    store: Option<Store>,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Disk {
        #[config(secret, default = "none")]
        password: SecretString,
        #[config(default)]
        token: u16,
    },
    Net {
        #[config(secret, default = "none")]
        token: SecretString,
        #[config(nested)]
        inner: Inner,
    },
    Odd {
        #[config(default)]
        inner: u16,
    },
}

#[derive(SuperConfig, Debug)]
struct Inner {
    #[config(secret, default)]
    token: u16,
    #[config(default)]
    open: u8,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code)]
enum Shape {
    Round,
    Square(u8),
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Parts {
    user: String,
    pin: u16,
}

fn refuse(key: &SecretString) -> Result<(), String> {
    match key.expose_secret() {
        "none" => Ok(()),
        other => Err(format!("{other} is too weak")),
    }
}

/// Everything that a loading says, to those who print it in any way.
fn said(config: SuperConfig<Settings>) -> String {
    match config.build() {
        Ok(handle) => {
            let warnings = handle.warnings();
            let lines: Vec<_> = warnings.iter().map(superconfig_tests::line).collect();
            let messages = handle.debug_messages();
            let told: Vec<_> = messages.iter().map(ToString::to_string).collect();
            let rendered = render_warnings(warnings, RenderOptions::plain());
            let json = warnings_to_json(warnings);
            let said = format!(
                "{rendered}\n{json}\n{handle:?}\n{warnings:?}\n{warnings:#?}\n{}",
                lines.join("\n")
            );
            format!("{said}\n{messages:?}\n{}", told.join("\n"))
        }
        Err(error) => {
            let problems = error.problems();
            let messages = error.debug_messages();
            assert!(!messages.is_empty());
            let told: Vec<_> = messages.iter().map(ToString::to_string).collect();
            let coloured = error.render_with(RenderOptions::new().color(Color::Always));
            let json = error.to_json();
            let said = format!("{coloured}\n{json}\n{error}\n{error:#}\n{error:?}\n{error:#?}");
            format!("{said}\n{problems:?}\n{problems:#?}\n{messages:?}\n{}", told.join("\n"))
        }
    }
}

fn hidden(case: &str, config: SuperConfig<Settings>) {
    let said = said(config);
    assert!(!said.is_empty());
    assert!(!said.contains(CANARY), "{case} shows the secret:\n{said}");
}

#[test]
fn no_document_shows_it() {
    let cases = [
        (Format::Toml, "key = 'CANARY'"),
        (Format::Toml, "key = 'CANARY"),
        (Format::Toml, "key = \"CANARY\nopen = 1"),
        (Format::Toml, "key = CANARY"),
        (Format::Toml, "key = 'CANARY' x"),
        (Format::Toml, "key = 'CANARY'\nkey = 'CANARY'"),
        (Format::Toml, "key = \"\"\"CANARY\n\"\"\" = 5"),
        (Format::Toml, "key = CANARY CANARY"),
        (Format::Toml, "key = {port = CANARY"),
        (Format::Toml, "key = ['CANARY' 'CANARY']"),
        (Format::Toml, "key = \"\"\"\nCANARY\nopen = CANARY\n"),
        (Format::Toml, "key = '''\nopen = \"CANARY"),
        (Format::Toml, "key = '''\nCANARY''' CANARY\nopen = 1"),
        (Format::Toml, "open = \"x\"\"CANARY\""),
        (Format::Toml, "CANARY"),
        (Format::Toml, "CANARY = = 1"),
        (Format::Toml, "[CANARY"),
        (Format::Toml, "[inner.CANARY"),
        (Format::Toml, "[inner] CANARY"),
        (Format::Toml, "\"CANARY\" x"),
        (Format::Toml, "inner = {token = 'CANARY' open = 1}"),
        (Format::Toml, "open = 1 # CANARY\u{1}"),
        (Format::Toml, "open = = 1 # CANARY"),
        (Format::Toml, "key = \"open = CANARY, open: CANARY"),
        (Format::Toml, "number = 'CANARY'"),
        (Format::Toml, "flag = 'CANARY'"),
        (Format::Toml, "list = ['CANARY', 5]"),
        (Format::Toml, "list = 'CANARY'"),
        (Format::Toml, "list = {CANARY = 1}"),
        (Format::Toml, "words = [5, 'CANARY']"),
        (Format::Toml, "words_remove = ['CANARY']"),
        (Format::Toml, "words_add = 'CANARY'"),
        (Format::Toml, "map = {a = 'CANARY'}"),
        (Format::Toml, "map = 'CANARY'"),
        (Format::Toml, "shape = 'CANARY'"),
        (Format::Toml, "shape = {CANARY = 1}"),
        (Format::Toml, "shape = {square = 'CANARY'}"),
        (Format::Toml, "parts = {user = 'CANARY', pin = 70000}"),
        (Format::Toml, "parts = {user = 'x', pin = 'CANARY'}"),
        (Format::Toml, "parts = {user = 'x', pin = 1, x = 'CANARY'}"),
        (Format::Toml, "parts = 'CANARY'"),
        (Format::Toml, "kye = 'CANARY'"),
        (Format::Toml, "numbr = ['CANARY']"),
        (Format::Toml, "inner = {token = 'CANARY', open = 1}"),
        (Format::Toml, "inner = {open = 'x', token = 'CANARY'}"),
        (Format::Toml, "inner = {token = 'CANARY', open = 'x'}"),
        (Format::Toml, "inner = {tokn = 'CANARY', open = 'x'}"),
        (Format::Toml, "[many.a]\ntoken = 'CANARY'"),
        (Format::Toml, "[many]\na = {token = 1, open = 'x', tken = 'CANARY'}"),
        (Format::Toml, "inner = 'CANARY'"),
        (Format::Toml, "many = 'CANARY'"),
        (Format::Toml, "store = {kind = 'dsk', password = 'CANARY'}"),
        (Format::Toml, "store = {token = 'CANARY', kind = 5}"),
        (Format::Toml, "store = {kind = {password = 'CANARY'}}"),
        (Format::Toml, "store = {kind = 'odd', password = 'CANARY'}"),
        (Format::Toml, "store.token = 'CANARY'"),
        (Format::Toml, "store.inner = 'CANARY'"),
        (Format::Toml, "store = {inner = {token = 'CANARY'}}"),
        (Format::Toml, "ports = {abc = {token = 'CANARY'}}"),
        (Format::Toml, "ports = {abc = 'CANARY'}"),
        (Format::Toml, "many_remove = [{token = 'CANARY'}]"),
        (Format::Json, r#"{"key": "CANARY", "production": {"open": 4}}"#),
        (Format::Json, r#"{"kye": "CANARY", "profile": {"production": {"open": 4}}}"#),
        (Format::Yaml, "several: CANARY"),
        (Format::Json, r#"{"key": "CANARY"}"#),
        (Format::Json, r#"{"key": "CANARY" "open": 1}"#),
        (Format::Json, r#"{"key": "CANARY"#),
        (Format::Json, r#"{"key": CANARY}"#),
        (Format::Json, r#"{"key": "a", "open": "CANARY" x}"#),
        (Format::Json, r#"{"key": "a, "open": "CANARY"}"#),
        (Format::Json, r#"{"key" "CANARY"}"#),
        (Format::Json, r#"{"CANARY": 1 "open": 2}"#),
        (Format::Json, r#"{"CANARY" 1}"#),
        (Format::Json, "{CANARY: 1}"),
        (Format::Json, r#"["CANARY" "CANARY"]"#),
        (Format::Json, "{\"key\": \"CANARY\nCANARY\"}"),
        (Format::Json, r#"{"open": 1 /* CANARY */}"#),
        (Format::Json, "CANARY"),
        (Format::Jsonc, r#"{"key": "CANARY" "CANARY": 1}"#),
        (Format::Jsonc, "{\"open\": 1, /* CANARY"),
        (Format::Json, r#"{"key": 'CANARY'}"#),
        (Format::Json, r#"{"key": "CANARY\x"}"#),
        (Format::Json, r#"{"number": "CANARY", "open": "x"}"#),
        (Format::Json, r#"{"open": "x", "key": "CANARY"}"#),
        (Format::Json, r#"{"key": "CANARY", "key": "CANARY"}"#),
        (Format::Json, r#"{"kye": "CANARY", "open": "x"}"#),
        (Format::Json, r#"{"key": ["CANARY"]}"#),
        (Format::Json, r#"{"profile": {"eu": {"key": "CANARY"}}, "open": "x"}"#),
        (Format::Json, r#"{"production": {"key": "CANARY"}, "open": "x"}"#),
        (Format::Json, r#"{"default": "CANARY", "profile": "CANARY", "open": "x"}"#),
        (Format::Jsonc, r#"{"key": "CANARY", // so"#),
        (Format::Yaml, "key: CANARY"),
        (Format::Yaml, "CANARY"),
        (Format::Yaml, "- CANARY"),
        (Format::Yaml, "key: \"CANARY"),
        (Format::Yaml, "key: 'CANARY"),
        (Format::Yaml, "key: a: CANARY"),
        (Format::Yaml, "key: [open: CANARY, {open: CANARY"),
        (Format::Yaml, "key: \"a\" CANARY"),
        (Format::Yaml, "key: \"CANARY\nCANARY\nopen: CANARY"),
        (Format::Yaml, "key: |\n  CANARY\n CANARY: a: b\nopen: 1"),
        (Format::Yaml, "key: >\n  CANARY\n\tCANARY\n"),
        (Format::Yaml, "CANARY: a: b"),
        (Format::Yaml, "? CANARY\n? [CANARY"),
        (Format::Yaml, "- open: 1\n CANARY"),
        (Format::Yaml, "open: 1 # CANARY\n\tkey: CANARY # CANARY"),
        (Format::Yaml, "inner:\n  token: CANARY\n open: CANARY"),
        (Format::Yaml, "key: [CANARY"),
        (Format::Yaml, "key: *CANARY"),
        (Format::Yaml, "key: &CANARY"),
        (Format::Yaml, "key: !CANARY"),
        (Format::Yaml, "key: !<CANARY>"),
        (Format::Yaml, "{key: !CANARY, open: 1}"),
        (Format::Yaml, "key: @CANARY"),
        (Format::Yaml, "key: `CANARY"),
        (Format::Yaml, "key: %CANARY"),
        (Format::Yaml, "key: {CANARY: CANARY}"),
        (Format::Yaml, "key: |\n CANARY\nopen: x"),
        (Format::Yaml, "key: CANARY\n CANARY\n  : x"),
        (Format::Yaml, "{open: x, key: CANARY}"),
        (Format::Yaml, "number: CANARY"),
        (Format::Yaml, "list: [CANARY]"),
        (Format::Yaml, "kye: CANARY"),
        (Format::Yaml, "key:CANARY"),
        (Format::Yaml, "\tkey: CANARY"),
    ];
    for (format, text) in cases {
        let text = text.replace("CANARY", CANARY);
        let config = || SuperConfig::new().with_named_text("a", format, text.clone());
        hidden(&text, config());
        hidden(&text, config().strict());
        hidden(&text, config().by_tree());
    }
}

#[test]
fn no_variable_shows_it() {
    let names = [
        "KEY",
        "NUMBER",
        "FLAG",
        "LIST",
        "LIST_ADD",
        "WORDS_REMOVE",
        "MAP",
        "MAP_A",
        "SHAPE",
        "PARTS",
        "INNER",
        "INNER_TOKEN",
        "MANY",
        "SEVERAL",
        "MANY_A",
        "MANY_A_TOKEN",
        "PORTS",
        "PORTS_X_TOKEN",
        "STORE",
        "STORE_TOKEN",
        "STORE_INNER_TOKEN",
        "KYE",
        "KEY_FILE",
        "NUMBER_FILE",
    ];
    let values = [
        "CANARY",
        "[CANARY",
        "{CANARY",
        "[\"CANARY\"]",
        "{\"token\": \"CANARY\"}",
        "{\"a\": \"CANARY\"}",
        "{\"user\": \"CANARY\"}",
        "{\"a\": {\"token\": \"CANARY\"}}",
        "{\"pin\": \"CANARY\", \"user\": \"x\"}",
        "{\"square\": \"CANARY\"}",
        "1,CANARY",
        "\"CANARY\"",
    ];
    for name in names {
        // The name of the file is no secret; what is in it is.
        for value in values.into_iter().filter(|_| !name.ends_with("_FILE")) {
            let (name, value) = (format!("APP_{name}"), value.replace("CANARY", CANARY));
            let case = format!("{name}={value}");
            let config = || {
                let variables = [(name.clone(), value.clone())];
                SuperConfig::new().with_env(None).with_env_vars(variables)
            };
            hidden(&case, config());
            hidden(&case, config().strict());
        }
    }
}

#[cfg(unix)]
#[test]
fn no_variable_that_is_not_utf_8_shows_it() {
    use std::os::unix::ffi::OsStringExt;
    let value = std::ffi::OsString::from_vec([CANARY.as_bytes(), b"\xff"].concat());
    for name in ["APP_KEY", "APP_NUMBER", "APP_LIST", "APP_X", "APP_INNER"] {
        let config = SuperConfig::new().with_env(None).with_env_vars([(name, value.clone())]);
        hidden(name, config);
    }
}

#[test]
fn no_argument_and_no_override_shows_it() {
    for path in ["key", "number", "list", "map", "map.a", "shape", "parts", "inner.token", "kye"] {
        let argument = format!("{path}={CANARY}");
        let joined = format!("--set={argument}");
        hidden(path, SuperConfig::new().with_source(Args::new(["--set", &argument])));
        hidden(path, SuperConfig::new().with_source(Args::new([joined])));
        let overrides = Overrides::one(path, CANARY);
        assert!(!format!("{overrides:?}").contains(CANARY));
        hidden(path, SuperConfig::new().with_source(overrides));
    }
}

#[test]
fn no_file_shows_it() {
    let directory = tempfile::tempdir().unwrap();
    let write =
        |name: &str, text: &[u8]| std::fs::write(directory.path().join(name), text).unwrap();
    let new = || SuperConfig::<Settings>::new().with_directory(directory.path());
    for name in ["a.toml", "a.yaml", "a.json"] {
        write(name, &[b"key = '", CANARY.as_bytes(), b"\xff'"].concat());
        hidden(name, new().with_file(name));
    }
    write("secret", CANARY.as_bytes());
    for name in
        ["APP_NUMBER_FILE", "APP_LIST_FILE", "APP_KEY_FILE", "APP_SHAPE_FILE", "APP_MAP_FILE"]
    {
        hidden(name, new().with_env(None).with_env_vars([(name, "secret")]));
    }
    write("secret", &[CANARY.as_bytes(), b"\xff"].concat());
    hidden(
        "a secret that is not UTF-8",
        new().with_env(None).with_env_vars([("APP_KEY_FILE", "secret")]),
    );
    for text in [
        "APP_NUMBER=CANARY",
        "APP_NUMBER=\"CANARY",
        "APP_NUMBER='CANARY",
        "CANARY",
        "APP_KEY CANARY",
        "=CANARY",
        "APP_KEY=\"CANARY\" x",
        "APP_KEY=CANARY\nAPP_KEY=CANARY",
        "APP_KEY=\"\nCANARY\nAPP_OPEN=CANARY",
        "APP_KEY='a' CANARY='CANARY'",
        "export APP_KEY='CANARY' CANARY",
        "export CANARY='CANARY' CANARY",
        "APP_KEY =CANARY\rCANARY",
        "CANARY-x=1",
        "APP_KYE=CANARY",
        "export CANARY",
    ] {
        write(".env", text.replace("CANARY", CANARY).as_bytes());
        hidden(text, new().with_dotenv(".env").strict());
    }
}

#[test]
fn no_default_shows_it() {
    let settings = Settings {
        key: SecretString::from(CANARY),
        number: 0,
        flag: false,
        list: Vec::new(),
        words: vec![CANARY.to_owned()],
        map: BTreeMap::new(),
        shape: None,
        parts: None,
        open: 0,
        inner: Inner { token: 0, open: 0 },
        many: BTreeMap::new(),
        several: Vec::new(),
        ports: BTreeMap::new(),
        store: None,
    };
    hidden("a struct of defaults", SuperConfig::new().with_defaults(settings));
}

#[derive(SuperConfig, Debug)]
struct Judged {
    #[config(nested)]
    many: BTreeMap<String, Inner>,
    #[config(nested)]
    store: Option<Store>,
    #[config(validate = too_low)]
    level: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // `validate` wants a reference
fn too_low(_: &u8) -> Result<(), String> {
    Err("too low".to_owned())
}

#[test]
fn a_line_that_is_found_again_shows_no_secret_of_a_map_or_an_enum() {
    let told = |text: String| {
        let config = SuperConfig::<Judged>::new().with_text(Format::Json, text);
        format!("{:#}", config.extract().expect_err("refused"))
    };
    // The names of the entries are those of settings, which says nothing of them.
    for beside in [
        r#""many": {"open": {"token": 4711}}"#,
        r#""many": {"token": {"open": 1, "token": 4711}}"#,
        r#""store": {"kind": "disk", "password": "4711"}"#,
        r#""store": {"kind": "net", "inner": {"token": 4711}}"#,
    ] {
        let said = told(format!("{{{beside}, \"level\": 1}}"));
        assert!(said.contains("too low") && !said.contains("4711"), "{said}");
    }
    for beside in [r#""many": {"token": {"open": 1}}"#, r#""store": {"kind": "odd"}"#] {
        let said = told(format!("{{{beside}, \"level\": 1}}"));
        assert!(said.contains(beside), "nothing is hidden without need: {said}");
    }
}

#[derive(Debug)]
struct Wordy;

impl<'de> serde::Deserialize<'de> for Wordy {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::{Error, Unexpected};
        let text = String::deserialize(from)?;
        Err(D::Error::invalid_value(Unexpected::Other(&format!("the word {text}")), &"another"))
    }
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Worded {
    #[config(secret)]
    word: Option<Wordy>,
    open: Option<Wordy>,
}

#[test]
fn a_types_own_words_for_what_it_found_are_withheld() {
    for name in ["word", "open"] {
        let error = SuperConfig::<Worded>::new()
            .with_text(Format::Toml, format!("{name} = '{CANARY}'"))
            .extract()
            .expect_err("refused");
        assert_eq!(format!("{error} {error:#} {error:?}").contains(CANARY), name == "open");
    }
}
