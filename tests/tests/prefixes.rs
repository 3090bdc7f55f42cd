//! Prefixes of variables, of which a program may have several.
#![allow(missing_docs)]

use superconfig::SuperConfig;
use superconfig_tests::{errors, warned};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 0, env = "PORT")]
    port: u16,
    #[config(default = "none")]
    url: String,
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Around {
    #[config(nested)]
    db: Db,
}

#[derive(SuperConfig, Debug)]
struct Db {
    #[config(default = 1, env = "APP_DB_POOL", env = "POOL")]
    pool: u16,
}

#[test]
fn an_absolute_name_that_is_the_derived_one_is_told_once() {
    let config = |port: &str| {
        SuperConfig::<Around>::new()
            .with_text(superconfig::Format::Toml, format!("[db]\npool = {port}"))
            .with_env(None)
            .with_env_vars([("HOME", "/")])
    };
    let said = errors(config("'x'"));
    assert!(
        said[0].ends_with("= APP_DB_POOL or POOL would override it, once it is corrected"),
        "{said:?}"
    );
    let handle = config("2").build().unwrap();
    assert_eq!(handle.explain("db.pool").unwrap().variables, ["APP_DB_POOL", "POOL"]);
    // Below another prefix it is a name besides the derived one.
    let other = config("2").with_env("OTHER").build().unwrap();
    let variables = other.explain("db.pool").unwrap().variables;
    assert_eq!(variables, ["OTHER_DB_POOL", "APP_DB_POOL", "POOL"]);
    let names: Vec<_> = Around::env_vars().into_iter().map(|variable| variable.name).collect();
    assert_eq!(names, ["APP_DB", "APP_DB_POOL", "POOL"]);
    assert_eq!(Around::reference().matches("APP_DB_POOL").count(), 1);
}

#[test]
fn an_empty_prefix_is_none() {
    let config = SuperConfig::<Settings>::new().with_env("");
    let config = config.with_env_vars([("PORT", "1"), ("OTHER", "y"), ("APP_URL", "5")]);
    let (settings, warnings) = warned(config);
    assert_eq!((settings.get().port, &*settings.get().url), (1, "none"));
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn of_two_prefixes_a_name_without_one_stands_below_both() {
    let port = |variables: &[(&str, &str)]| {
        SuperConfig::<Settings>::new()
            .with_env("A_")
            .with_env("B_")
            .with_env_vars(variables.iter().copied())
            .extract()
            .expect("each is a number")
            .port
    };
    assert_eq!(port(&[("PORT", "2")]), 2);
    assert_eq!(port(&[("A_PORT", "1"), ("PORT", "2")]), 1);
    assert_eq!(port(&[("A_PORT", "1"), ("B_PORT", "3"), ("PORT", "2")]), 3);
}

#[test]
fn what_has_the_longer_of_two_prefixes_is_no_stranger_below_the_shorter() {
    let config = |variables: &[(&str, &str)]| {
        SuperConfig::<Settings>::new()
            .with_env("APP_")
            .with_env("APP_TEST_")
            .strict()
            .with_env_vars(variables.iter().copied())
    };
    let settings = config(&[("APP_PORT", "1"), ("APP_TEST_PORT", "2"), ("APP_TEST_URL", "x")]);
    let settings = settings.extract().expect("no variable is unknown");
    assert_eq!((settings.port, &*settings.url), (2, "x"));
    assert_eq!(
        errors(config(&[("APP_TEST_PROT", "2"), ("APP_TESTS", "3")])),
        [
            "SC0204 variable APP_TESTS: the variable APP_TESTS is no setting = unset it, or name it \
             otherwise: it begins with this program's prefix",
            "SC0204 variable APP_TEST_PROT: the variable APP_TEST_PROT is no setting = did you \
             mean APP_TEST_PORT?",
        ]
    );
}

#[test]
fn the_variable_that_selects_the_profile_is_no_stranger() {
    let config = SuperConfig::<Settings>::new().with_env(None).strict();
    let config = config.select_profile_from("APP_STAGE");
    let config = config.with_env_vars([("APP_STAGE", ""), ("APP_PORT", "5")]);
    assert_eq!(config.extract().expect("no variable is unknown").port, 5);
}
