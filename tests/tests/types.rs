//! Fields: what makes them required or optional, their defaults, their names, and what is around
//! them.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;

use superconfig::{Config, Format, SuperConfig};
use superconfig_tests::{errors, json, toml, vars, warned, yaml};

#[derive(SuperConfig, Debug)]
struct Required {
    text: String,
    number: u16,
    list: Vec<String>,
    map: BTreeMap<String, u8>,
    optional: Option<String>,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    maybe: Option<Inner>,
    #[config(nested)]
    many: Vec<Inner>,
    #[config(nested)]
    named: HashMap<String, Inner>,
}

#[derive(SuperConfig, Debug)]
struct Inner {
    url: String,
    #[config(default = 3)]
    retries: u8,
}

#[test]
fn everything_required_that_is_missing_is_named_at_once() {
    assert_eq!(
        errors(
            toml::<Required>("[maybe]\nretries = 1\n[[many]]\n[named.a]")
                .with_env(Some("APP"))
                .with_env_vars([("X", "")])
        ),
        [
            "SC0101 `text`: required, and no source sets it = set `text` in a.toml, or APP_TEXT",
            "SC0101 `number`: required, and no source sets it = set `number` in a.toml, or \
             APP_NUMBER",
            "SC0101 `list`: required, and no source sets it = set `list` in a.toml, or APP_LIST",
            "SC0101 `map`: required, and no source sets it = set `map` in a.toml, or APP_MAP",
            "SC0101 `inner.url`: required, and no source sets it = set `url` under [inner] in \
             a.toml, or APP_INNER_URL",
            "SC0101 `maybe.url`: required, and no source sets it = set `url` under [maybe] in \
             a.toml, or APP_MAYBE_URL",
            "SC0101 `many[0].url`: required, and no source sets it = set `url` in `many[0]` in \
             a.toml, or APP_MANY_0_URL",
            "SC0101 `named.a.url`: required, and no source sets it = set `url` under [named.a] in \
             a.toml, or APP_NAMED_A_URL",
        ]
    );
}

#[test]
fn what_is_nested_is_made_of_its_fields_defaults() {
    let settings = toml::<Required>(
        "text = ''\nnumber = 0\nlist = []\nmap = {}\n[inner]\nurl = 'u'\n[[many]]\nurl = 'm'\n\
         [named.a]\nurl = 'n'\n",
    )
    .extract()
    .unwrap();
    assert_eq!((&*settings.text, settings.number, settings.list.len()), ("", 0, 0));
    assert_eq!((settings.map.len(), settings.optional), (0, None));
    assert_eq!((&*settings.inner.url, settings.inner.retries), ("u", 3));
    assert!(settings.maybe.is_none());
    assert_eq!(settings.many[0].retries, 3);
    assert_eq!(settings.named["a"].retries, 3);
}

fn made() -> String {
    "made".to_owned()
}

const LIMIT: u32 = 40;

#[derive(SuperConfig, Debug, PartialEq)]
struct Defaults {
    #[config(default)]
    by_trait: u8,
    #[config(default = 8080)]
    literal: u16,
    #[config(default = -1)]
    negative: i8,
    #[config(default = "text")]
    text: String,
    #[config(default = "127.0.0.1")]
    parsed: IpAddr,
    #[config(default = "/var")]
    path: PathBuf,
    #[config(default = LIMIT + 2)]
    expression: u32,
    #[config(default_with = made)]
    function: String,
    #[config(default = 5)]
    some: Option<u8>,
    #[config(default = "some")]
    some_text: Option<String>,
    #[config(default = ["a", "b"])]
    texts: Vec<String>,
    #[config(default = [1, 2])]
    numbers: Vec<u8>,
    #[config(default = ["127.0.0.1"])]
    addresses: Vec<IpAddr>,
    #[config(default = BTreeMap::from([("k".to_owned(), 1)]))]
    map: BTreeMap<String, u8>,
    #[config(default = 'c')]
    letter: char,
    #[config(default = true)]
    flag: bool,
    #[config(default = 1.5)]
    ratio: f32,
    #[config(nested, default = Pair { left: 1, right: 2 })]
    pair: Pair,
    #[config(nested, default = vec![Pair { left: 3, right: 4 }])]
    pairs: Vec<Pair>,
    #[config(skip)]
    skipped: u8,
    #[config(skip, default = 9)]
    skipped_with: u8,
}

#[derive(SuperConfig, Debug, PartialEq)]
struct Pair {
    left: u8,
    #[config(default = 7)]
    right: u8,
}

#[test]
fn every_form_of_default_is_the_value_that_it_says() {
    assert_eq!(
        toml::<Defaults>("").extract().unwrap(),
        Defaults {
            by_trait: 0,
            literal: 8080,
            negative: -1,
            text: "text".into(),
            parsed: "127.0.0.1".parse().unwrap(),
            path: "/var".into(),
            expression: 42,
            function: "made".into(),
            some: Some(5),
            some_text: Some("some".into()),
            texts: vec!["a".into(), "b".into()],
            numbers: vec![1, 2],
            addresses: vec!["127.0.0.1".parse().unwrap()],
            map: BTreeMap::from([("k".into(), 1)]),
            letter: 'c',
            flag: true,
            ratio: 1.5,
            pair: Pair { left: 1, right: 2 },
            pairs: vec![Pair { left: 3, right: 4 }],
            skipped: 0,
            skipped_with: 9,
        }
    );
}

#[test]
fn a_default_is_a_source_below_the_others() {
    let settings = json::<Defaults>(
        r#"{"pair": {"left": 9}, "map": {"l": 2}, "texts_remove": ["a"], "some": null,
            "some_text": null, "pairs_add": [{"left": 5}]}"#,
    )
    .extract()
    .unwrap();
    assert_eq!(settings.pair, Pair { left: 9, right: 2 });
    assert_eq!(settings.map.len(), 2);
    assert_eq!(settings.texts, ["b"]);
    assert_eq!((settings.some, settings.some_text), (None, None));
    assert_eq!(settings.pairs, [Pair { left: 3, right: 4 }, Pair { left: 5, right: 7 }]);
}

#[derive(SuperConfig, Debug)]
struct Costly {
    #[config(default_with = asked_for)]
    name: String,
    #[config(default_with = many)]
    names: Vec<String>,
}

std::thread_local! {
    static BUILT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

fn asked_for() -> String {
    BUILT.set(BUILT.get() + 1);
    "made".into()
}

fn many() -> Vec<String> {
    BUILT.set(BUILT.get() + 1);
    vec!["made".into()]
}

#[test]
fn a_default_is_not_built_where_a_source_sets_the_field() {
    let overridden = toml::<Costly>("name = 'a'\nnames = ['b']").extract().unwrap();
    assert_eq!((overridden.name.as_str(), overridden.names.len()), ("a", 1));
    assert_eq!(BUILT.get(), 0);
    toml::<Costly>("names_add = ['b']").extract().unwrap();
    assert_eq!(BUILT.get(), 2, "what is added to is needed");
}

#[test]
fn a_skipped_field_is_read_from_nowhere() {
    let (_, warnings) = warned(toml::<Defaults>("skipped = 5"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let (said, advice) = warnings[0].split_once(" = ").expect("advice");
    assert_eq!(said, "SC0203 a.toml:1:1: `skipped`: unknown key");
    assert!(advice.starts_with("known here: ") && !advice.contains("skipped"), "{advice}");
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct BadDefault {
    #[config(default = "ten")]
    port: Port,
}

#[derive(serde_derive::Deserialize, Debug)]
struct Port(#[allow(dead_code)] u16);

#[test]
fn a_default_that_its_type_refuses_is_the_programs_mistake() {
    assert_eq!(
        errors(toml::<BadDefault>("")),
        ["SC0107 the declared default: `port`: its declared default cannot be read: expected an \
          integer from 0 to 65535, found the string \"ten\" = this is a mistake in the program: \
          correct `default` of the field"]
    );
    assert!(toml::<BadDefault>("port = 10").extract().is_ok());
}

#[derive(SuperConfig, Debug)]
#[config(rename_all = "kebab-case", env_prefix = "APP")]
struct Names {
    #[config(default)]
    max_size: u8,
    #[config(default, rename = "type")]
    kind: String,
    #[config(default, alias = "colour", deprecated_alias = "farbe")]
    color: String,
    #[config(default, deprecated = "use `color`")]
    paint: String,
    #[config(default, deprecated_alias = "mods")]
    plugins: Vec<String>,
    #[config(default)]
    r#struct: u8,
}

#[test]
fn keys_and_variables_follow_the_new_names() {
    let (settings, warnings) = warned(
        toml::<Names>("max-size = 1\ntype = 't'\ncolour = 'red'\nstruct = 4")
            .with_env(None)
            .with_env_vars([("APP_MAX_SIZE", "2"), ("APP_TYPE", "v")]),
    );
    let settings = settings.get();
    assert_eq!((settings.max_size, &*settings.kind, &*settings.color), (2, "v", "red"));
    assert_eq!(settings.r#struct, 4);
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_dash_and_an_underscore_are_the_same_in_keys() {
    let (settings, warnings) = warned(toml::<Names>("max_size = 1"));
    assert_eq!(settings.get().max_size, 1);
    assert_eq!(warnings, [""; 0]);
    let (settings, warnings) = warned(yaml::<Names>("max_size: 1\nmax-size: 2"));
    assert_eq!(settings.get().max_size, 2);
    assert_eq!(
        warnings,
        ["SC0205 a.yaml:2:1: `max-size`: given twice: `max-size` is another spelling of it, and \
          stands = keep one of the two"]
    );
}

#[test]
fn former_names_are_read_with_a_warning() {
    let (settings, warnings) =
        warned(toml::<Names>("farbe = 'blau'\npaint = 'x'\nmods = ['m']\nmods_add = ['n']"));
    let settings = settings.get();
    assert_eq!((&*settings.color, &*settings.paint), ("blau", "x"));
    assert_eq!(settings.plugins, ["m", "n"]);
    assert_eq!(
        warnings,
        [
            "SC0202 a.toml:1:1: `color`: `farbe` is deprecated = write `color` instead",
            "SC0202 a.toml:2:1: `paint`: `paint` is deprecated = use `color`",
            "SC0202 a.toml:3:1: `plugins`: `mods` is deprecated = write `plugins` instead",
            "SC0202 a.toml:4:1: `plugins`: `mods_add` is deprecated = write `plugins_add` instead",
        ]
    );
}

#[test]
fn a_deprecated_setting_warns_by_variable_too() {
    let (_, warnings) = warned(vars::<Names, 1>([("APP_PAINT", "x")]));
    assert_eq!(
        warnings,
        ["SC0202 variable APP_PAINT: `paint`: `paint` is deprecated = use `color`"]
    );
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Flat {
    #[config(flatten)]
    log: Log,
    #[config(default)]
    own: u8,
}

#[derive(SuperConfig, Debug)]
struct Log {
    #[config(default = "info", rename = "log-level", alias = "level")]
    level: String,
    #[config(default)]
    targets: Vec<String>,
    #[config(nested)]
    file: Inner,
    #[config(flatten)]
    deeper: Deeper,
}

#[derive(SuperConfig, Debug)]
struct Deeper {
    #[config(default)]
    depth: u8,
    #[config(default, secret)]
    token: String,
}

#[test]
fn a_flattened_struct_has_its_settings_beside_the_others() {
    let (settings, warnings) = warned(
        toml::<Flat>("log-level = 'warn'\ntargets_add = ['a']\nown = 1\ndepth = 2\nfile.url = 'f'")
            .with_env(None)
            .with_env_vars([("APP_TARGETS_ADD", "b"), ("APP_DEPTH", "3"), ("APP_FILE_URL", "g")]),
    );
    let settings = settings.get();
    assert_eq!((&*settings.log.level, settings.own), ("warn", 1));
    assert_eq!(settings.log.targets, ["a", "b"]);
    assert_eq!((&*settings.log.file.url, settings.log.deeper.depth), ("g", 3));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn what_is_wrong_in_a_flattened_struct_has_no_path_of_its_own() {
    assert_eq!(
        errors(toml::<Flat>("depth = 'x'\nlevel = 1")),
        [
            "SC0102 a.toml:1:9: `depth`: expected an integer from 0 to 255, found the string \"x\"",
            "SC0102 a.toml:2:9: `log-level`: expected a string, found the integer 1",
            "SC0101 `file.url`: required, and no source sets it = set `url` under [file] in a.toml",
        ]
    );
}

#[derive(SuperConfig, Debug)]
struct Generic<A, B: Config>
where
    A: serde::de::DeserializeOwned + PartialEq + Send + Sync + 'static,
{
    one: A,
    #[config(default)]
    many: Vec<A>,
    maybe: Option<A>,
    #[config(nested)]
    inner: B,
    #[config(nested)]
    inners: BTreeMap<String, B>,
}

#[test]
fn a_generic_struct_is_loaded_for_each_type() {
    let settings =
        toml::<Generic<u8, Pair>>("one = 1\nmany = [2]\ninner.left = 3\n[inners.a]\nleft = 4")
            .extract()
            .unwrap();
    assert_eq!((settings.one, settings.many, settings.maybe), (1, vec![2], None));
    assert_eq!((settings.inner.left, settings.inners["a"].left), (3, 4));
    let settings = toml::<Generic<String, Inner>>("one = 'x'\ninner.url = 'u'").extract().unwrap();
    assert_eq!((&*settings.one, &*settings.inner.url), ("x", "u"));
}

#[derive(SuperConfig, Debug)]
struct Keys {
    #[config(default)]
    numbers: BTreeMap<u16, String>,
    #[config(default)]
    addresses: HashMap<IpAddr, Option<u8>>,
    #[config(nested)]
    tree: BTreeMap<String, Tree>,
}

#[derive(SuperConfig, Debug)]
struct Tree {
    #[config(default)]
    value: u8,
    #[config(nested)]
    children: BTreeMap<String, Tree>,
}

#[test]
fn keys_of_maps_are_read_by_their_type() {
    let settings = json::<Keys>(
        r#"{"numbers": {"5": "five"}, "addresses": {"::1": null, "127.0.0.1": 1},
            "tree": {"a": {"children": {"b": {"children": {"c": {"value": 3}}}}}}}"#,
    )
    .extract()
    .unwrap();
    assert_eq!(settings.numbers[&5], "five");
    assert_eq!(settings.addresses[&"::1".parse::<IpAddr>().unwrap()], None);
    assert_eq!(settings.tree["a"].children["b"].children["c"].value, 3);
    assert_eq!(
        errors(toml::<Keys>("[numbers]\nfive = 'x'\n70000 = 'y'")),
        [
            "SC0106 a.toml:2:1: `numbers.five`: expected a key that is an integer from 0 to \
             65535, found the string \"five\"",
            "SC0106 a.toml:3:1: `numbers.70000`: expected a key that is an integer from 0 to \
             65535, found the string \"70000\"",
        ]
    );
}

#[derive(SuperConfig, Debug)]
struct Spelled {
    #[config(default)]
    hosts: BTreeMap<std::net::IpAddr, String>,
    #[config(default)]
    ports: BTreeMap<u16, u8>,
}

#[test]
fn two_spellings_of_one_key_are_one_key() {
    let load = |first: &str, second: &str| toml::<Spelled>(first).with_text(Format::Toml, second);
    let spelled = load("hosts = { '::1' = 'a' }\nports = { 1 = 1 }", "ports = { 01 = 2 }")
        .with_text(Format::Toml, "hosts = { '0:0:0:0:0:0:0:1' = 'b' }")
        .extract()
        .expect("a configuration");
    // The later source wins, whichever of the spellings comes first in the alphabet.
    assert_eq!(spelled.hosts.into_values().collect::<Vec<_>>(), ["b"]);
    assert_eq!(spelled.ports.into_iter().collect::<Vec<_>>(), [(1, 2)]);

    let removed = load("ports = { 1 = 1 }", "ports_remove = ['01']").build().expect("removed");
    assert!(removed.get().ports.is_empty() && removed.warnings().is_empty());

    let problems = errors(toml::<Spelled>("ports = { 01 = 'x' }"));
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn null_clears_an_option_and_is_refused_elsewhere() {
    let text = r#"{"text": null, "number": null, "list": null, "map": null, "optional": null,
        "inner": null, "maybe": null, "many": null, "named": null}"#;
    let said = errors(json::<Required>(text));
    let paths: Vec<_> = said.iter().map(|line| line.split('`').nth(1).unwrap()).collect();
    assert_eq!(paths, ["text", "number", "list", "map", "inner", "many", "named"]);
    assert!(said.iter().all(|line| line.starts_with("SC0104 ")), "{said:?}");
    assert_eq!(
        said[0],
        "SC0104 a.json:1:10: `text`: `null` is not a value here = give a value, or leave the key \
         out; `null` is for settings of type `Option`"
    );
}
