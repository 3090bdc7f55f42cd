//! Variables of maps: which key a name means.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use superconfig::{Format, SuperConfig};
use superconfig_tests::{errors, vars, warned};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Keys {
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested)]
    pools: BTreeMap<String, Upstream>,
    #[config(nested)]
    store: Option<Holder>,
    #[config(whole, default = vec!["a".to_owned()])]
    solid: Vec<String>,
    #[config(default)]
    tags: Tags,
}

#[derive(SuperConfig, Debug)]
struct Upstream {
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug)]
struct Pool {
    #[config(default = 1)]
    max: u32,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind")]
enum Holder {
    Disk {
        #[config(default)]
        labels: BTreeMap<String, String>,
    },
}

type Tags = Vec<String>;

#[test]
fn an_empty_variable_is_no_list_of_one_empty_item() {
    let settings: Keys = vars([("APP_SOLID", ""), ("APP_TAGS", "")]).extract().unwrap();
    assert_eq!((settings.solid, settings.tags), (vec!["a".to_owned()], Vec::new()));
}

#[test]
fn a_key_of_a_map_is_the_one_that_is_there() {
    let file = "labels = { a-b = '1', a_b = '2', C-d = '3' }\nstore = { kind = 'Disk', labels = { X-y = '1' } }";
    let settings: Keys = SuperConfig::new()
        .with_text(Format::Toml, file)
        .with_env(None)
        .with_env_vars([
            ("APP_LABELS_A_B", "x"),
            ("APP_LABELS_C_D", "y"),
            ("APP_STORE_LABELS_X_Y", "z"),
        ])
        .extract()
        .unwrap();
    let labels: Vec<_> =
        settings.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    // Of two that differ in punctuation only, the one that is spelled as the variable is.
    assert_eq!(labels, ["C-d=y", "a-b=1", "a_b=x"]);
    let Some(Holder::Disk { labels }) = settings.store else { panic!("it is there") };
    assert_eq!(labels.into_iter().collect::<Vec<_>>(), [("X-y".to_owned(), "z".to_owned())]);
}

#[test]
fn a_map_has_no_key_without_a_name() {
    for name in ["APP_LABELS_", "APP_LABELS__", "APP_POOLS_"] {
        let (settings, warnings) = warned::<Keys>(vars([(name, "{}")]));
        assert!(settings.get().labels.is_empty() && settings.get().pools.is_empty(), "{name}");
        assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
    }
}

#[test]
fn two_underscores_behind_a_maps_key_do_not_end_it_where_no_setting_follows() {
    for name in ["APP_POOLS_BIG_POOL__MAX", "APP_POOLS_BIG__POOL_MAX", "APP_POOLS__BIG__POOL__MAX"]
    {
        let settings: Keys = vars([(name, "5")]).extract().unwrap();
        assert_eq!(settings.pools["big"].pool.max, 5, "{name}");
    }
}

#[test]
fn a_name_of_any_length_is_looked_at_in_little_time() {
    let name = format!("APP_POOLS{}", "_A".repeat(50_000));
    let errors = errors::<Keys>(vars([(&*name, "{}")]));
    assert_eq!(
        errors,
        ["SC0304 the name of a variable under the prefix has 100009 bytes, and the limit is 1024 \
             = raise `Limits::key_bytes` by `with_limits`"]
    );
}
