//! Enums: fieldless ones, and internally tagged ones across sources.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use superconfig::{Format, SuperConfig};
use superconfig_tests::{errors, json, toml, vars, warned, yaml};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested, default = "info")]
    level: Level,
    #[config(nested)]
    other: Option<Level>,
    #[config(nested)]
    store: Store,
    #[config(nested)]
    cache: Option<Store>,
    #[config(nested)]
    stores: BTreeMap<String, Store>,
    #[config(nested)]
    list: Vec<Store>,
    #[config(nested, merge = replace)]
    whole: Option<Store>,
}

#[derive(SuperConfig, Debug, PartialEq, Clone, Copy)]
#[config(rename_all = "kebab-case")]
enum Level {
    Info,
    #[config(alias = "warn")]
    Warning,
    #[config(rename = "LOUD")]
    VeryLoud,
}

#[derive(SuperConfig, Debug, PartialEq)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk {
        path: PathBuf,
        #[config(default = 10)]
        size: u32,
    },
    #[config(alias = "aws")]
    S3(Bucket),
    Sized {
        size: String,
    },
}

#[derive(SuperConfig, Debug, PartialEq)]
struct Bucket {
    #[config(rename = "bucket")]
    name: String,
    region: Option<String>,
    #[config(default)]
    tags: Vec<String>,
}

fn disk(path: &str, size: u32) -> Store {
    Store::Disk { path: path.into(), size }
}

fn store(config: SuperConfig<Settings>) -> Store {
    config.extract().unwrap_or_else(|error| panic!("{error:#}")).store
}

#[test]
fn a_fieldless_enum_is_a_word() {
    for (word, level) in [
        ("info", Level::Info),
        ("warning", Level::Warning),
        ("warn", Level::Warning),
        ("LOUD", Level::VeryLoud),
    ] {
        let text = format!("level = '{word}'\nother = '{word}'\nstore.kind = 'memory'");
        let settings = toml::<Settings>(&text).extract().unwrap();
        assert_eq!((settings.level, settings.other), (level, Some(level)));
        let variables = [("APP_LEVEL", word), ("APP_STORE_KIND", "memory")];
        assert_eq!(vars::<Settings, 2>(variables).extract().unwrap().level, level);
    }
}

#[test]
fn an_unknown_word_is_answered_with_the_known_ones() {
    assert_eq!(
        errors(toml::<Settings>("level = 'wanring'\nother = 5\nstore.kind = 'memory'")),
        [
            "SC0105 a.toml:1:9: `level`: unknown value \"wanring\", expected one of \"info\", \
             \"warning\", \"LOUD\" = did you mean `warning`?",
            "SC0102 a.toml:2:9: `other`: expected a string, found the integer 5",
        ]
    );
    let said = errors(toml::<Settings>("level = 'Info'\nstore.kind = 'memory'"));
    assert!(said[0].ends_with("= did you mean `info`?"), "{said:?}");
}

#[test]
fn the_tag_may_stand_anywhere_in_its_table() {
    assert_eq!(store(toml("[store]\npath = '/a'\nsize = 5\nkind = 'disk'")), disk("/a", 5));
    assert_eq!(
        store(json(r#"{"store": {"size": 5, "kind": "disk", "path": "/a"}}"#)),
        disk("/a", 5)
    );
    assert_eq!(store(yaml("store:\n  path: /a\n  kind: disk\n")), disk("/a", 10));
    assert_eq!(
        store(toml("store.path = '/a'\nlevel = 'info'\nstore.kind = 'disk'")),
        disk("/a", 10)
    );
    assert_eq!(store(toml("store.kind = 'memory'")), Store::Memory);
}

#[test]
fn a_variant_may_hold_a_struct() {
    let bucket = Bucket { name: "b".into(), region: None, tags: vec!["t".into()] };
    let text = "[store]\nkind = 'aws'\nbucket = 'b'\ntags_add = ['t']";
    assert_eq!(store(toml(text)), Store::S3(bucket));
}

#[test]
fn the_same_variant_merges_and_another_replaces() {
    let base = || toml("store = {kind = 'disk', path = '/a', size = 5}");
    let with = |text: &str| store(base().with_text(Format::Toml, text));
    assert_eq!(with("store = {kind = 'disk', path = '/b'}"), disk("/b", 5));
    assert_eq!(with("store.kind = 'disk'"), disk("/a", 5));
    assert_eq!(with("store.kind = 'memory'"), Store::Memory);
    assert_eq!(with("store = {kind = 'sized', size = 'big'}"), Store::Sized { size: "big".into() });
    let there_and_back = base()
        .with_text(Format::Toml, "store.kind = 'memory'")
        .with_text(Format::Toml, "store = {kind = 'disk', path = '/c'}");
    assert_eq!(store(there_and_back), disk("/c", 10));
}

#[test]
fn a_source_without_the_tag_merges_into_the_variant_that_stands() {
    let config = toml("store = {kind = 'disk', path = '/a', size = 5}")
        .with_text(Format::Json, r#"{"store": {"path": "/b"}}"#)
        .with_env(None)
        .with_env_vars([("APP_STORE_PATH", "/c")]);
    assert_eq!(store(config), disk("/c", 5));
}

#[test]
fn a_tag_may_come_later_than_what_it_names() {
    let config = toml("store.path = '/a'").with_text(Format::Toml, "store.kind = 'disk'");
    assert_eq!(store(config), disk("/a", 10));
}

#[test]
fn what_does_not_fit_every_variant_needs_the_tag() {
    let config = toml::<Settings>("store = {kind = 'disk', path = '/a'}").with_named_text(
        "b.toml",
        Format::Toml,
        "store.size = 5",
    );
    assert_eq!(
        errors(config),
        [
            "SC0108 b.toml:1:7: `store`: this does not fit every variant that has it, and this \
             source does not say which one is meant by `kind` = set `kind` beside it in the same \
             source to one of \"memory\", \"disk\", \"s3\", \"sized\"",
            "SC0102 b.toml:1:14: `store.size`: expected a string, found the integer 5",
        ]
    );
}

#[test]
fn without_any_tag_the_variants_are_named() {
    assert_eq!(
        errors(toml::<Settings>(
            "store.path = '/a'\n[stores.a]\npath = '/b'\n[[list]]\npath = '/c'"
        )),
        [
            "SC0108 `store.kind`: required, and no source says which variant it is = set `kind` \
             under [store] in a.toml: one of \"memory\", \"disk\", \"s3\", \"sized\"",
            "SC0108 `stores.a.kind`: required, and no source says which variant it is = set \
             `kind` under [stores.a] in a.toml: one of \"memory\", \"disk\", \"s3\", \"sized\"",
            "SC0108 `list[0].kind`: required, and no source says which variant it is = set `kind` \
             in `list[0]` in a.toml: one of \"memory\", \"disk\", \"s3\", \"sized\"",
        ]
    );
}

#[test]
fn an_unknown_variant_is_answered_with_the_known_ones() {
    assert_eq!(
        errors(toml::<Settings>("[store]\nkind = 'dsk'\npath = '/a'")),
        ["SC0105 a.toml:2:8: `store.kind`: unknown value \"dsk\", expected one of \"memory\", \
          \"disk\", \"s3\", \"sized\" = did you mean `disk`?"]
    );
    assert_eq!(
        errors(json::<Settings>(r#"{"store": {"kind": ["disk"]}}"#)),
        ["SC0102 a.json:1:20: `store.kind`: expected a variant's name, found a list"]
    );
}

#[test]
fn a_key_of_another_variant_is_unknown() {
    let (_, warnings) = warned(toml::<Settings>("[store]\nkind = 'memory'\npath = '/a'"));
    assert_eq!(
        warnings,
        ["SC0203 a.toml:3:1: `store.path`: unknown key = the variant that `kind` names has no \
          `path`; \"disk\" does"]
    );
    let (_, warnings) = warned(toml::<Settings>("store.kind = 'memory'").with_named_text(
        "b",
        Format::Toml,
        "store.x = 1",
    ));
    assert_eq!(
        warnings,
        [
            "SC0203 b:1:7: `store.x`: unknown key = known here: kind, path, size, bucket, region, tags"
        ]
    );
}

#[test]
fn what_is_required_of_a_variant_is_required_of_that_one_alone() {
    assert_eq!(
        errors(toml::<Settings>("store.kind = 'disk'")),
        [
            "SC0101 `store.path`: required, and no source sets it = set `path` under [store] in a.toml"
        ]
    );
}

#[test]
fn an_optional_enum_begins_to_exist_and_is_cleared() {
    let base = "store.kind = 'memory'\ncache.kind = 'memory'";
    assert_eq!(toml::<Settings>(base).extract().unwrap().cache, Some(Store::Memory));
    let cleared = toml::<Settings>(base).with_text(Format::Json, r#"{"cache": null}"#);
    assert_eq!(cleared.extract().unwrap().cache, None);
}

#[test]
fn enums_stand_in_maps_and_lists() {
    let settings = yaml::<Settings>(
        "store: {kind: memory}\nstores:\n  a: {kind: disk, path: /a}\nlist:\n- kind: memory\n- \
         {path: /b, kind: disk}\n",
    )
    .with_env(None)
    .with_env_vars([("APP_STORES_A_SIZE", "7"), ("APP_LIST_1_PATH", "/c")])
    .extract();
    // `size` is a number in one variant and a text in another, and a variable's text fits both.
    let settings = settings.unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(settings.stores["a"], disk("/a", 7));
    assert_eq!(settings.list, [Store::Memory, disk("/c", 10)]);
}

#[test]
fn an_enum_with_merge_replace_is_replaced() {
    let settings =
        toml::<Settings>("store.kind = 'memory'\nwhole = {kind = 'disk', path = '/a', size = 5}")
            .with_text(Format::Toml, "whole = {kind = 'disk', path = '/b'}")
            .extract()
            .unwrap();
    assert_eq!(settings.whole, Some(disk("/b", 10)));
}

#[test]
fn a_word_or_table_where_the_other_is_asked_for_is_refused() {
    assert_eq!(
        errors(toml::<Settings>("store = 'disk'\nlevel = {}")),
        [
            "SC0102 a.toml:1:9: `store`: expected a table, found the string \"disk\"",
            "SC0102 a.toml:2:9: `level`: expected a string, found a table",
        ]
    );
}
