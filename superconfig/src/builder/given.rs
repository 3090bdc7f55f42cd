//! Values that the program gives: handles without a loading.
//!
//! There may be very many of them, so a value is only validated, and what is said of it is found out when
//! somebody asks. Where there is more to say at once, it is loaded, which comes to the same.

use std::sync::Arc;

use super::SuperConfig;
use super::listen::Listener;
use super::recipe::said;
use crate::config::Config;
use crate::decode::Tree;
use crate::error::ConfigError;
use crate::layer::{Layer, Resolution};
use crate::load::Retained;
use crate::reload::{Find, Given, Loaded, Notes};
use crate::telemetry;
use crate::trace::Kept;
use crate::verbosity::Verbosity;

/// A value that the program gives, validated as if it had been loaded.
pub(crate) fn checked<T: Config>(value: T) -> Result<Given<T>, ConfigError> {
    // Where loadings are metered or told, so is this one.
    if telemetry::METERED || Listener::anybody(Verbosity::Silent) {
        return loaded(value);
    }
    quickly(value).or_else(loaded)
}

/// The quick way, which as everywhere may only say yes: otherwise the value is given back.
fn quickly<T: Config>(value: T) -> Result<Given<T>, T> {
    let Some(copy) = value.again() else { return Err(value) };
    valid(value).map(|valid| Given::of(valid, Find::InValue(said_of::<T>))).ok_or(copy)
}

/// The slow way, by a loading of nothing else. If the value cannot be cloned, only now can be noted what it
/// sets.
fn loaded<T: Config>(value: T) -> Result<Given<T>, ConfigError> {
    let notes = value.again().is_none();
    noted(value, notes)
}

fn noted<T: Config>(value: T, notes: bool) -> Result<Given<T>, ConfigError> {
    let SuperConfig(recipe) = SuperConfig::new().with_defaults(value).without_environment();
    let Loaded { value, warnings, kept } = recipe.run(notes).map_err(|failure| failure.error)?;
    let tree = kept.retained.into_iter().find_map(|retained| match retained {
        Retained::Given { tree } if notes => Some(tree),
        _ => None,
    });
    let find = match tree {
        Some(tree) => Find::InNotes(Arc::new(Notes { tree, find: said_by::<T> })),
        None => Find::InValue(said_of::<T>),
    };
    Ok(Given { warnings, ..Given::of(value, find) })
}

/// A value of which nothing is to be said.
fn valid<T: Config>(value: T) -> Option<T> {
    let mut resolution = Resolution::default();
    let value = T::Layer::from_value(value).resolve(&mut resolution)?;
    (resolution.problems.is_empty() && resolution.warnings.is_empty()).then_some(value)
}

/// What is said of a value that the program gave.
fn said_of<T: Config>(value: &T) -> Kept {
    let SuperConfig(recipe) = SuperConfig::<T>::new().without_environment();
    recipe.kept_of(value.again().map(said))
}

/// The same by what it sets.
fn said_by<T: Config>(tree: &Tree<'static>) -> Kept {
    let SuperConfig(recipe) = SuperConfig::<T>::new().without_environment();
    recipe.kept_of(Some(tree.clone()))
}

#[cfg(all(test, feature = "derive"))]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write;

    use super::*;
    use crate::{Code, ConfigHandle, ConfigRegistry, ExposeSecret, SecretString, SuperConfig};

    #[derive(SuperConfig, Clone, Debug, Default)]
    #[config(crate = crate, env_prefix = "APP", validate = differ)]
    struct Settings {
        /// Port to listen on.
        #[config(default = 8080, validate = not_zero)]
        port: u16,
        name: String,
        #[config(secret, validate = not_short)]
        key: SecretString,
        #[config(default = 0.5)]
        ratio: f64,
        /// What is `None` becomes this.
        #[config(default = "none")]
        zone: Option<String>,
        data_dir: Option<std::path::PathBuf>,
        plugins: Vec<String>,
        tags: BTreeSet<String>,
        #[config(nested)]
        database: Database,
        #[config(nested)]
        replicas: Vec<Database>,
        #[config(nested)]
        upstreams: BTreeMap<String, Database>,
        #[config(nested)]
        fallback: Option<Database>,
    }

    #[derive(SuperConfig, Clone, Debug, Default)]
    #[config(crate = crate)]
    struct Database {
        url: String,
        #[config(secret)]
        password: Option<SecretString>,
        #[config(default = 10, validate = not_zero)]
        pool: u16,
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as validations are called
    fn not_zero(number: &u16) -> Result<(), &'static str> {
        if *number == 0 { Err("must not be 0") } else { Ok(()) }
    }

    fn not_short(key: &SecretString) -> Result<(), String> {
        let key = key.expose_secret();
        if key.len() < 3 { Err(format!("{key:?} is too short")) } else { Ok(()) }
    }

    fn differ(settings: &Settings) -> Result<(), String> {
        let Settings { name, key, .. } = settings;
        if name == key.expose_secret() { Err(format!("{name} is the key, too")) } else { Ok(()) }
    }

    /// A value with something of everything.
    fn full() -> Settings {
        let database =
            |url: &str| Database { url: url.to_owned(), password: Some("hunter2".into()), pool: 5 };
        Settings {
            port: 80,
            name: "orders".to_owned(),
            key: "hunter2".into(),
            ratio: 0.25,
            zone: Some("eu".to_owned()),
            data_dir: Some("data".into()),
            plugins: vec!["core".to_owned(), "core".to_owned()],
            tags: ["b", "a"].map(str::to_owned).into(),
            database: database("db"),
            replicas: vec![database("one"), database("two")],
            upstreams: [("billing".to_owned(), database("up"))].into(),
            fallback: Some(database("last")),
        }
    }

    /// One with as little as may be.
    fn bare() -> Settings {
        let database = Database { pool: 10, ..Database::default() };
        Settings { port: 8080, key: "hunter2".into(), database, ..Settings::default() }
    }

    /// All that can be seen of a handle, and its secrets.
    fn seen(handle: &ConfigHandle<Settings>) -> (String, Vec<String>) {
        let mut out = String::new();
        let now = handle.get();
        let _ = writeln!(out, "{now:?}\n{:?}\n{}", handle.to_value(), handle.to_value());
        let _ = writeln!(out, "{}\n{}", handle.report(), handle.report().to_json());
        let _ = writeln!(out, "{:?} {:?}", handle.warnings(), handle.generation());
        for key in handle.keys() {
            let _ = writeln!(out, "{key} from {:?}", handle.origin(key.clone()));
            let explained = handle.explain(key).expect("a setting of its own");
            let _ = writeln!(out, "{explained}\n{}", explained.to_json());
        }
        for message in handle.debug_messages() {
            let _ = writeln!(out, "{message}");
        }
        let _ = writeln!(out, "{:?}", handle.reload().map(|change| change.is_some()));
        let databases = [&now.database].into_iter().chain(&now.replicas);
        let databases = databases.chain(now.upstreams.values()).chain(&now.fallback);
        let passwords = databases.filter_map(|database| database.password.as_ref());
        let secrets = [&now.key].into_iter().chain(passwords);
        (out, secrets.map(|secret| secret.expose_secret().to_owned()).collect())
    }

    #[test]
    fn the_quick_way_and_the_slow_way_give_the_same_handle() {
        let registry = ConfigRegistry::new();
        for value in [full(), bare()] {
            let ways = [
                quickly(value.clone()).map_err(|_| "something is wrong"),
                noted(value.clone(), false).map_err(|_| "something is wrong"),
                noted(value.clone(), true).map_err(|_| "something is wrong"),
            ];
            let [quick, slow, slow_with_notes] = ways.map(|given| {
                let given = given.expect("a valid value");
                seen(&ConfigHandle::given(given, registry.directory()).expect("there is room"))
            });
            assert_eq!(quick, slow);
            // Of a value that is kept, a `None` that became the declared default is the program's like all else.
            if value.zone.is_some() {
                assert_eq!(quick, slow_with_notes);
                let builder = SuperConfig::new().with_defaults(value).without_environment();
                assert_eq!(quick, seen(&builder.build_in(&registry).expect("a valid value")));
            }
            let (text, secrets) = quick;
            assert!(secrets.contains(&"hunter2".to_owned()) && !text.contains("hunter2"), "{text}");
            assert!(text.contains("[redacted]") && text.contains("port from"), "{text}");
            assert!(text.contains("zone: Some("), "a `None` became the default: {text}");
        }
    }

    /// What makes a value wrong, and the settings that are refused then.
    type Wrong = (fn(&mut Settings), &'static [&'static str]);

    #[test]
    fn the_quick_way_leaves_what_is_wrong_to_the_slow_one() {
        let wrong: [Wrong; 5] = [
            (|value| value.port = 0, &["port"]),
            (|value| value.key = "no".into(), &["key"]),
            (|value| value.name = "hunter2".to_owned(), &[""]),
            (
                |value| {
                    value.port = 0;
                    value.replicas[1].pool = 0;
                    value.upstreams.values_mut().for_each(|upstream| upstream.pool = 0);
                },
                &["port", "replicas[1].pool", "upstreams.billing.pool"],
            ),
            (|value| value.fallback.iter_mut().for_each(|last| last.pool = 0), &["fallback.pool"]),
        ];
        for (spoil, paths) in wrong {
            let mut value = full();
            spoil(&mut value);
            let given_back = quickly(value.clone()).err().expect("the quick way only says yes");
            assert_eq!(format!("{given_back:?}"), format!("{value:?}"));
            let error = checked(value.clone()).err().expect("it is refused");
            let same = loaded(value).err().expect("it is refused");
            assert_eq!(error.render(), same.render());
            assert_eq!(error.to_json(), same.to_json());
            let of = |problem: &crate::Problem| {
                problem.path.as_ref().map(ToString::to_string).unwrap_or_default()
            };
            assert_eq!(error.problems().iter().map(of).collect::<Vec<_>>(), paths);
            assert!(error.problems().iter().all(|problem| problem.code == Code::Invalid));
            assert!(!error.render().contains("hunter2"), "{}", error.render());
            assert!(!error.render().contains("\"no\""), "{}", error.render());
        }
    }
}
