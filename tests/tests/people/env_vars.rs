//! The variables, and the tables.

use std::fmt::Write;

use superconfig::{Config, EnvVar, EnvVarKind, SuperConfig};

use super::check;
use super::settings::{Plain, Settings, Twins};

fn find(name: &str) -> EnvVar {
    let mut all = Settings::env_vars();
    let at = all.iter().position(|variable| variable.name == name);
    all.remove(at.unwrap_or_else(|| panic!("{name} is a variable")))
}

#[test]
fn every_variable_is_listed() {
    let mut out = String::new();
    for it in Settings::env_vars() {
        let flags = [
            (it.absolute, "absolute"),
            (it.json, "json"),
            (it.required, "required"),
            (it.secret, "secret"),
            (it.is_pattern(), "pattern"),
        ];
        let _ = write!(out, "{} -> {} {:?}", it.name, it.path, it.kind);
        for (_, name) in flags.iter().filter(|(on, _)| *on) {
            let _ = write!(out, ", {name}");
        }
        if !it.ty.is_empty() {
            let _ = write!(out, ", {}", it.ty);
        }
        if !it.words.is_empty() {
            let _ = write!(out, ", of {:?}", it.words);
        }
        for text in it.default.into_iter().chain(it.separator).chain(it.deprecated) {
            let _ = write!(out, ", {text:?}");
        }
        out.push('\n');
    }
    check("env_vars.txt", &out);
}

#[test]
fn a_variable_says_what_it_is() {
    let port = find("PORT");
    assert!(port.absolute && !port.required && !port.is_pattern());
    assert_eq!((port.path.as_str(), port.ty, port.default), ("port", "u16", Some("\"8080\"")));
    assert_eq!((port.doc, port.kind), ("Port to listen on.", EnvVarKind::Value));
    let url = find("ORDERS_UPSTREAMS_<KEY>_URL");
    assert!(url.is_pattern() && url.required);
    assert_eq!(url.path, "upstreams.<key>.url");
    let file = find("ORDERS_OLD_KEY_FILE");
    assert_eq!((file.kind, file.default, file.secret), (EnvVarKind::File, None, false));
    assert!(find("ORDERS_OLD_KEY").secret && find("ORDERS_OLD_KEY").default.is_none());
    assert_eq!(find("ORDERS_STORE_KIND").words, ["memory", "disk", "s3"]);
    let absent = ["ORDERS_DATABASE_SKEW_MS", "ORDERS_STARTED", "OLD_KEY_FILE_FILE"];
    assert!(Settings::env_vars().iter().all(|it| !absent.contains(&it.name.as_str())));
}

#[test]
fn what_is_listed_is_read() {
    for variable in Settings::env_vars() {
        let name = variable.name.replace("<KEY>", "K").replace("<N>", "0");
        let error = SuperConfig::<Settings>::new()
            .with_env(None)
            .with_env_vars([(name.clone(), "{")])
            .strict()
            .extract()
            .err()
            .map(|error| format!("{error:#}"))
            .unwrap_or_default();
        assert!(!error.contains("is no setting"), "{name}: {error}");
    }
}

#[test]
fn without_a_prefix_names_are_bare() {
    let names: Vec<_> = Plain::SCHEMA.env_vars().into_iter().map(|it| it.name).collect();
    assert_eq!(names[..3], ["MAX_THREADS", "NAME", "NICK"]);
    assert!(names.contains(&"INNER_WORDS_ADD".to_owned()), "{names:?}");
}

#[test]
fn the_tables_show_every_setting() {
    check("reference.md", &Settings::reference());
    check("twins.md", &Twins::SCHEMA.reference());
}
