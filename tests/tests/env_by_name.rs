//! Variables that are looked up by name: `extract` gives what it gives by going through all of them.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::ffi::OsString;

use proptest::collection::vec;
use proptest::prelude::*;
use superconfig::{ConfigError, ExposeSecret, SecretString, SuperConfig};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 8080, env = "PORT")]
    port: u16,
    #[config(default = "localhost")]
    host: String,
    #[config(default = ["core"])]
    tags: Vec<String>,
    #[config(secret)]
    key: Option<SecretString>,
    #[config(nested)]
    pool: Pool,
    #[config(nested)]
    store: Option<Store>,
}

#[derive(SuperConfig, Debug)]
struct Pool {
    #[config(default = 10)]
    max: u32,
    idle: Option<u32>,
    #[config(nested)]
    pause: Pause,
}

#[derive(SuperConfig, Debug)]
struct Pause {
    #[config(default = 5, deprecated = "nobody waits")]
    ms: u32,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory {
        #[config(default = 1)]
        size: u32,
    },
    Disk {
        path: String,
    },
}

type Variables = Vec<(OsString, OsString)>;

fn config<T: superconfig::Config>(variables: &Variables) -> SuperConfig<T> {
    SuperConfig::new().with_env(None).with_env_vars(variables.iter().cloned())
}

/// Going through all variables, and looking them up.
fn both_ways<T: superconfig::Config>(variables: &Variables) -> [Result<T, ConfigError>; 2] {
    [config(variables).extract(), config(variables).by_name().extract()]
}

/// The value, its secret exposed, or everything that is wrong.
fn shown(result: Result<Settings, ConfigError>) -> Result<String, String> {
    let key = |settings: &Settings| settings.key.as_ref().map(|key| key.expose_secret().to_owned());
    result
        .map(|settings| format!("{settings:?} {:?}", key(&settings)))
        .map_err(|error| format!("{error:?}"))
}

/// Names of settings in both spellings, and some that mean nothing.
const NAMES: [&str; 33] = [
    "APP_PORT",
    "APP__PORT",
    "PORT",
    "PORT_ADD",
    "APP_HOST",
    "APP_HOST_FILE",
    "APP_TAGS",
    "APP_TAGS_ADD",
    "APP_TAGS_REMOVE",
    "APP_TAGS__ADD",
    "APP_KEY",
    "APP_KEY_FILE",
    "APP_POOL",
    "APP_POOL_MAX",
    "APP_POOL__MAX",
    "APP_POOL_IDLE",
    "APP_POOL__IDLE",
    "APP_POOL_PAUSE_MS",
    "APP_POOL__PAUSE__MS",
    "APP_POOL__PAUSE_MS",
    "APP_STORE",
    "APP_STORE_KIND",
    "APP_STORE__KIND",
    "APP_STORE_SIZE",
    "APP_STORE__SIZE",
    "APP_STORE__PATH",
    "APP_PROFILE",
    "APP_STRANGER",
    "APP_POOL_",
    "APPLE",
    "PATH",
    "APP_SERVICE_HOST",
    "APP",
];

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
#[allow(dead_code)] // they are shown
struct Keyed {
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default)]
    ports: BTreeMap<String, u16>,
    #[config(nested)]
    pools: BTreeMap<String, Pool>,
    #[config(nested)]
    servers: Vec<Pool>,
    #[config(nested)]
    spare: Option<Pool>,
}

const KEYS: [&str; 20] = [
    "APP_LABELS",
    "APP_LABELS_A",
    "APP_LABELS__A",
    "APP_LABELS_A_B",
    "APP_LABELS_MY_KEY",
    "APP_LABELS_REMOVE",
    "APP_PORTS_A",
    "APP_PORTS__A__B",
    "APP_POOLS_BIG_ONE_MAX",
    "APP_POOLS_BIG_ONE__IDLE",
    "APP_POOLS__NEW__MAX",
    "APP_POOLS_NEW",
    "APP_POOLS_NEW_PAUSE_MS",
    "APP_SERVERS",
    "APP_SERVERS_0_MAX",
    "APP_SERVERS_1_MAX",
    "APP_SERVERS_ADD",
    "APP_SPARE_MAX",
    "APP_SPARE__IDLE",
    "APP_SPARE",
];

const VALUES: [&str; 13] = [
    "",
    "1",
    "70000",
    "-1",
    "text",
    "a,b",
    "[\"core\"]",
    "core",
    "memory",
    "disk",
    "tcp://10.0.0.1:80",
    "{\"max\": 3}",
    "{\"kind\": \"disk\", \"path\": \"/x\"}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_agree(
        variables in vec((proptest::sample::select(&NAMES[..]), proptest::sample::select(&VALUES[..])), 0..7)
    ) {
        // A process has one variable of each name.
        let variables: BTreeMap<&str, &str> = variables.into_iter().collect();
        let variables: Variables =
            variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let [all, by_name] = both_ways(&variables).map(shown);
        prop_assert_eq!(&all, &by_name);
        // And by way of a tree, which is how variables are read that are not plain.
        let by_tree = shown(config(&variables).by_tree().extract());
        prop_assert_eq!(&by_tree, &all);
    }

    /// The same with maps and lists, which are not looked up, and over a file that has keys.
    #[test]
    fn a_tree_says_the_same_of_maps_and_lists(
        variables in vec((proptest::sample::select(&KEYS[..]), proptest::sample::select(&VALUES[..])), 0..7)
    ) {
        let variables: BTreeMap<&str, &str> = variables.into_iter().collect();
        let variables: Variables =
            variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let text = "labels = { My-Key = 'x' }\n[pools.big-one]\nmax = 1\n[[servers]]\nmax = 2\n";
        let config = || {
            let file = SuperConfig::<Keyed>::new().with_text(superconfig::Format::Toml, text);
            file.with_env(None).with_env_vars(variables.iter().cloned())
        };
        let shown = |result: Result<Keyed, ConfigError>| {
            result.map(|keyed| format!("{keyed:?}")).map_err(|error| format!("{error:?}"))
        };
        let directly = shown(config().extract());
        prop_assert_eq!(&shown(config().by_tree().extract()), &directly);
        // What is kept for those who ask says the same.
        if let Ok(handle) = config().build() {
            let sources = |handle: superconfig::ConfigHandle<Keyed>| handle.report().to_string();
            let by_tree = config().by_tree().build().expect("it was built");
            prop_assert_eq!(sources(handle), sources(by_tree));
        }
    }

    #[test]
    fn every_name_that_means_a_setting_is_looked_up(index in 0..NAMES.len(), value in 0..VALUES.len()) {
        let variables = vec![(NAMES[index].into(), VALUES[value].into())];
        let [all, by_name] = both_ways(&variables).map(shown);
        prop_assert_eq!(all, by_name);
    }
}

#[test]
fn two_variables_of_one_setting_are_the_same_error() {
    let variables = vec![("APP_POOL_MAX".into(), "1".into()), ("APP_POOL__MAX".into(), "1".into())];
    let [all, by_name] = both_ways(&variables).map(shown);
    assert!(all.as_ref().is_err_and(|error| error.contains("SC0502")), "{all:?}");
    assert_eq!(all, by_name);
}

/// What only a stranger's name is wrong with is not seen, which shows as well that the names were
/// looked up.
#[cfg(unix)]
#[test]
fn names_that_no_setting_has_are_not_looked_at() {
    use std::os::unix::ffi::OsStringExt;
    let stranger = OsString::from_vec(b"APP_\xff".to_vec());
    let variables = vec![(stranger.clone(), "1".into()), ("APP_PORT".into(), "9000".into())];
    let [all, by_name] = both_ways::<Settings>(&variables);
    assert!(all.is_err_and(|error| format!("{error:?}").contains("SC0501")));
    assert_eq!(by_name.map(|settings| settings.port).ok(), Some(9000));

    // Where anything is wrong, everything is told.
    let variables = vec![(stranger, "1".into()), ("APP_PORT".into(), "none".into())];
    let [all, by_name] = both_ways(&variables).map(shown);
    assert!(all.is_err());
    assert_eq!(all, by_name);
}

/// What is said of a loading that fails is the same, whether or not the variables were looked up.
#[test]
fn a_failure_says_everything_there_is_to_say() {
    let variables = vec![("APP_PORT".into(), "none".into()), ("APP_STRANGER".into(), "1".into())];
    let [all, by_name] = both_ways(&variables).map(shown);
    let said = by_name.as_ref().expect_err("no port");
    assert!(said.contains("SC0102") && said.contains("SC0204"), "{said}");
    assert_eq!(all, by_name);
}

#[cfg(unix)]
#[test]
fn a_map_or_strictness_needs_all_variables() {
    use std::os::unix::ffi::OsStringExt;
    #[derive(SuperConfig, Debug)]
    #[config(env_prefix = "APP")]
    struct WithMap {
        #[allow(dead_code)]
        labels: BTreeMap<String, String>,
    }
    let variables: Variables = vec![(OsString::from_vec(b"APP_\xff".to_vec()), "1".into())];
    assert!(both_ways::<WithMap>(&variables).iter().all(Result::is_err));
    let strict = SuperConfig::<Settings>::new().with_env(None).strict().with_env_vars(variables);
    assert!(strict.by_name().extract().is_err());
}
