//! What the first SuperConfig could do, done here: `docs/MIGRATION.md` says how for everything.
#![allow(missing_docs)]

use std::fs;

use serde::{Deserialize, Serialize};
use superconfig::decode::Tree;
use superconfig::source::{Glob, Memory};
use superconfig::{Format, Loading, Source, SuperConfig};

#[derive(SuperConfig, Debug, PartialEq)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    #[config(default = true)]
    verbose: bool,
    token: Option<String>,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug, PartialEq)]
struct Pool {
    #[config(default = 4)]
    max: u8,
}

/// The values of anything that serde can write, as a source.
struct Serialized<T> {
    name: &'static str,
    value: T,
}

impl<T: Serialize + Send + Sync> Source for Serialized<T> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        match serde_json::to_value(&self.value).and_then(Tree::deserialize) {
            Ok(tree) => loading.values(self.name, tree),
            Err(error) => loading.fail(format!("{}: {error}", self.name)),
        }
    }
}

#[derive(Serialize, Default)]
struct Arguments {
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verbose: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    plugins_add: Vec<String>,
    pool: PoolArguments,
}

#[derive(Serialize, Default)]
struct PoolArguments {
    max: u8,
}

#[test]
fn anything_that_serde_writes_is_a_source() {
    let value = Arguments {
        verbose: Some(false),
        plugins_add: vec!["http".to_owned()],
        ..Arguments::default()
    };
    let settings = SuperConfig::<Settings>::new()
        .with_text(Format::Toml, "port = 80")
        .with_source(Serialized { name: "the arguments", value })
        .build()
        .expect("it loads");
    let now = settings.get();
    // What was left out says nothing; `false` and `0` are values.
    assert_eq!((now.port, now.verbose, now.pool.max), (80, false, 0));
    assert_eq!(now.plugins, ["core", "http"]);
    let origin = settings.origin("verbose").map(|origin| origin.to_string());
    assert_eq!(origin.as_deref(), Some("the arguments"));
}

#[test]
fn what_serde_cannot_write_fails_the_loading() {
    let value = std::collections::BTreeMap::from([((1, 2), 3)]);
    let error = SuperConfig::<Settings>::new()
        .with_source(Serialized { name: "the arguments", value })
        .extract()
        .expect_err("keys have to be strings");
    assert!(error.problems()[0].message.starts_with("the arguments: "), "{error}");
}

#[test]
fn an_override_that_is_not_there_changes_nothing() {
    let load = |port: Option<u16>, token: Option<&str>| {
        SuperConfig::<Settings>::new()
            .with_text(Format::Toml, "port = 80\ntoken = 'x'")
            .with_override_opt("port", port)
            .with_override_opt("token", token)
            .extract()
            .expect("it loads")
    };
    assert_eq!(load(None, None), load(Some(80), Some("x")));
    assert_eq!(load(Some(0), Some("")).port, 0);
    // Zero is a value, and an empty text is what an empty variable is: no value of an `Option`.
    assert_eq!(load(None, Some("")).token, None);
    // An explicit null is a value, too.
    let null = SuperConfig::<Settings>::new()
        .with_text(Format::Toml, "token = 'x'")
        .with_override("token", None::<String>);
    assert_eq!(null.extract().expect("it loads").token, None);
}

#[test]
fn a_source_may_be_none_or_behind_a_box() {
    let some = |yes: bool| yes.then(|| Memory::new(Format::Toml, "port = 80"));
    let load = |source| SuperConfig::<Settings>::new().with_source(source).extract();
    assert_eq!(load(some(true)).expect("it loads").port, 80);
    assert_eq!(load(some(false)).expect("it loads").port, 8080);
    let boxed: Vec<Box<dyn Source>> =
        vec![Box::new(Memory::guessed("port: 81")), Box::new(Glob::new("none/*.toml"))];
    assert_eq!(boxed[0].name(), "text");
    let builder = boxed.into_iter().fold(SuperConfig::new(), SuperConfig::with_source);
    assert_eq!(builder.extract().map(|settings: Settings| settings.port).ok(), Some(81));
}

#[test]
fn a_name_without_an_extension_is_looked_for_in_every_format() {
    for (extension, text) in [
        ("toml", "port = 80"),
        ("yaml", "port: 80"),
        ("yml", "port: 80"),
        ("json", "{\"port\": 80}"),
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        fs::write(directory.path().join(format!("config.{extension}")), text).expect("written");
        let settings = SuperConfig::<Settings>::new()
            .with_directory(directory.path())
            .with_file("config")
            .extract();
        assert_eq!(settings.expect("it loads").port, 80, "{extension}");
    }
}
