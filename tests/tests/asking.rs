//! Values by their paths, from a handle.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use superconfig::{Code, ConfigHandle, Format, SecretString, SuperConfig};

#[derive(SuperConfig)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = "127.0.0.1")]
    host: IpAddr,
    #[config(default = 8080)]
    port: u16,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(default = Duration::from_secs(5))]
    timeout: Duration,
    token: Option<String>,
    #[config(secret, default = "none")]
    key: SecretString,
    #[config(nested)]
    pool: Pool,
    #[config(nested)]
    upstreams: BTreeMap<String, Pool>,
}

#[derive(SuperConfig)]
struct Pool {
    #[config(default = 4)]
    max_size: u8,
}

fn loaded() -> ConfigHandle<Settings> {
    SuperConfig::<Settings>::new()
        .with_named_text("app.toml", Format::Toml, "plugins_add = ['http']\nkey = 'hunter2'")
        .with_env_vars([("APP_PORT", "0080"), ("APP_UPSTREAMS_BILLING_MAX_SIZE", "9")])
        .build()
        .expect("it loads")
}

#[test]
fn a_value_is_read_by_the_type_that_is_asked_for() {
    let settings = loaded();
    assert_eq!(settings.get_value::<u64>("port").expect("a number"), 80);
    assert_eq!(settings.get_value::<IpAddr>("host").expect("an address"), settings.get().host);
    assert_eq!(settings.get_value::<Vec<String>>("plugins").expect("a list"), ["core", "http"]);
    assert_eq!(settings.get_value::<String>("plugins[1]").expect("an item"), "http");
    let pool: BTreeMap<String, u8> = settings.get_value("pool").expect("a struct");
    assert_eq!(pool, BTreeMap::from([("max_size".to_owned(), 4)]));
    assert_eq!(settings.get_value::<u8>("pool.max-size").expect("folded"), 4);
    assert_eq!(settings.get_value::<u8>("upstreams.billing.max_size").expect("in a map"), 9);
    assert_eq!(settings.get().port, 80);
}

#[test]
fn a_value_is_text_as_people_write_it() {
    let settings = loaded();
    for (path, text) in [
        ("host", "127.0.0.1"),
        ("port", "80"),
        ("plugins", r#"["core","http"]"#),
        ("timeout", "Duration::from_secs(5)"),
        ("key", "[redacted]"),
        ("pool", r#"{"max_size":4}"#),
    ] {
        assert_eq!(settings.get_string(path).expect("it is set"), text, "{path}");
    }
}

#[test]
fn keys_are_the_settings_that_have_a_value() {
    let settings = loaded();
    let keys: Vec<_> = settings.keys().iter().map(ToString::to_string).collect();
    assert_eq!(
        keys,
        [
            "host",
            "port",
            "plugins",
            "timeout",
            "key",
            "pool.max_size",
            "upstreams.billing.max_size"
        ]
    );
    for key in keys {
        assert!(settings.has_key(&*key), "{key}");
    }
    assert!(settings.has_key("pool") && settings.has_key("pool.max-size"));
    assert!(!settings.has_key("token") && !settings.has_key("upstreams.other"));
    assert!(!settings.has_key("no.such"));
}

#[test]
fn what_cannot_be_told_is_an_error_with_its_cure() {
    let settings = loaded();
    let error = |path: &str| {
        let error = settings.get_value::<u8>(path).expect_err(path);
        let problem = &error.problems()[0];
        (problem.code, problem.to_string(), problem.help.join("; "))
    };
    assert_eq!(
        error("prot"),
        (
            Code::Usage,
            "`prot`: there is no such setting".to_owned(),
            "did you mean `port`?".to_owned()
        )
    );
    assert_eq!(
        error("token"),
        (
            Code::Usage,
            "`token`: the setting has no value".to_owned(),
            "`has_key` says whether a setting has one".to_owned()
        )
    );
    assert_eq!(
        error("key"),
        (
            Code::Usage,
            "`key`: the value is a secret".to_owned(),
            "`to_value().expose_secrets()` has it, and so does the loaded struct".to_owned()
        )
    );
    assert_eq!(
        error("timeout"),
        (
            Code::Usage,
            "`timeout`: the value is an expression of the program: Duration::from_secs(5)"
                .to_owned(),
            "read it from the loaded struct".to_owned()
        )
    );
    let message = settings.get_value::<u8>("host").expect_err("a string").to_string();
    let expected = "the declared default: error[SC0102]: `host`: expected";
    assert!(message.starts_with(expected), "{message}");
    assert!(settings.get_string("prot").is_err());
}

#[test]
fn a_secret_is_had_by_those_who_ask_for_it() {
    let exposed = loaded().to_value().expose_secrets();
    let key = exposed.get("key").expect("it is set");
    assert_eq!(key.to::<String>().expect("a text"), "hunter2");
    assert_eq!(key.to_text(), "hunter2");
}
