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
