//! What programs in other languages need of a configuration without a struct: values that they give, and
//! the place of what they refuse themselves.

use superconfig::source::OverrideValue;
use superconfig::{Code, ConfigError, ConfigHandle, Format, KeyPath, Problem, SuperConfig, Value};

fn builder(text: &str) -> SuperConfig<Value> {
    SuperConfig::<Value>::new().with_named_text("app.toml", Format::Toml, text)
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::table(entries)
}

fn refused(handle: &ConfigHandle<Value>, path: &str) -> Problem {
    let problem = Problem::new(Code::Invalid, "refused").at(KeyPath::parse(path));
    handle.provenance().locate(problem)
}

#[test]
fn values_of_the_program_are_a_source_among_others() {
    let given = table([
        ("port", 90.into()),
        ("plugins_add", Value::from(["http"])),
        ("profile", table([("eu", table([("region", "eu".into())]))])),
    ]);
    let handle = builder("port = 80\nplugins = ['core']")
        .with_values("the caller", given)
        .with_env("APP_")
        .with_env_vars([("APP_PORT", "100")])
        .select_profile("eu")
        .build()
        .unwrap();
    let now = handle.get();
    assert_eq!(now.to_string(), r#"{"port":100,"plugins":["core","http"],"region":"eu"}"#);
    let origin = |path: &str| handle.origin(path).unwrap().to_string();
    assert_eq!(origin("region"), "the caller");
    assert_eq!(origin("port"), "variable APP_PORT");
    assert_eq!(origin("plugins[1]"), "the caller");
}

#[test]
fn values_are_exactly_what_they_are() {
    let values = table([
        ("digits", "007".into()),
        ("huge", i128::MAX.into()),
        ("nan", f64::NAN.into()),
        ("day", Value::Datetime("2026-01-02".to_owned())),
        ("none", Value::Null),
        ("empty", table([])),
    ]);
    let loaded = SuperConfig::<Value>::new().with_values("given", values.clone()).extract();
    assert_eq!(loaded.unwrap(), values);
}

#[test]
fn values_that_are_no_table_are_an_error() {
    for values in [Value::Null, Value::from(1), Value::from([1])] {
        let kind = format!("{values:?}");
        let error = SuperConfig::<Value>::new().with_values("given", values).extract().unwrap_err();
        let problem = &error.problems()[0];
        assert_eq!((problem.code, error.problems().len()), (Code::WrongType, 1), "{kind}");
        assert!(error.to_string().starts_with("given: error[SC0102]"), "{error}");
    }
}

#[test]
fn texts_of_an_override_are_read_at_any_depth() {
    let given = table([
        ("port", "8080".into()),
        ("ports", Value::from(["1", "2"])),
        ("name", "007".into()),
        ("day", Value::Datetime("2026-01-02".to_owned())),
    ]);
    let value = builder("[a]\nport = 1\nports = [0]\nname = 'x'\nday = 2020-01-01")
        .with_override("a", OverrideValue::of_texts(&given))
        .extract()
        .unwrap();
    assert_eq!(value.get("a.port"), Some(&Value::Integer(8080)));
    assert_eq!(value.get("a.ports"), Some(&Value::from([1, 2])));
    assert_eq!(value.get("a.name"), Some(&Value::from("007")));
    assert_eq!(value.get("a.day"), Some(&Value::Datetime("2026-01-02".to_owned())));
}

#[test]
fn what_is_refused_afterwards_has_its_place() {
    let handle = builder("[http]\nport = 80\nlist = [1]\n")
        .with_env("APP_")
        .with_env_vars([("APP_HTTP_HOST", "h")])
        .with_override("http.list_add", vec![2])
        .build()
        .unwrap();
    let problem = refused(&handle, "http.port");
    assert_eq!(format!("{problem:#}"), "app.toml:2:8: error[SC0106]: `http.port`: refused");
    assert!(ConfigError::from(problem).render().contains("2 | port = 80"));
    // Items have places of their own, whatever their position in the text is.
    let places = ["http.list[0]", "http.list[1]", "http.host", "http.port.below[3]"];
    let places = places.map(|path| refused(&handle, path).origin.unwrap().to_string());
    assert_eq!(
        places,
        ["app.toml:3:9", "an override in the program", "variable APP_HTTP_HOST", "app.toml:2:8"]
    );
    assert!(refused(&handle, "none").origin.is_none());
    assert!(refused(&handle, "").origin.is_none());
}

#[test]
fn a_table_has_the_place_of_its_heading_or_of_its_first_setting() {
    let handle =
        builder("name = 'x'\n[http]\nport = 80\n[http.tls.cert]\nfile = 'f'\n[[servers]]\na = 1")
            .with_named_text("more.yaml", Format::Yaml, "deep:\n  # where it is\n  er: {at: 1}\n")
            .with_env("APP_")
            .with_env_vars([("APP_HTTP_HOST", "h"), ("APP_DB__POOL__MAX", "3")])
            .build()
            .unwrap();
    for (path, place) in [
        ("http", "app.toml:2:1"),
        ("http.none", "app.toml:2:1"),
        ("http.tls.cert", "app.toml:4:1"),
        ("servers[0]", "app.toml:6:1"),
        ("deep.er", "more.yaml:3:7"),
        ("db", "variable APP_DB__POOL__MAX"),
    ] {
        let problem = refused(&handle, path);
        assert_eq!(
            problem.origin.map(|origin| origin.to_string()).as_deref(),
            Some(place),
            "{path}"
        );
    }
    let shown = ConfigError::from(refused(&handle, "http")).render();
    assert!(shown.contains("2 | [http]"), "{shown}");
    // Of where a missing key could stand nothing is known but the table that is in a file.
    assert!(refused(&handle, "db.none").origin.is_none());
}

#[test]
fn what_the_program_misses_is_told_with_how_to_set_it() {
    let built = |prefix| {
        let env = builder("[http]\nport = 80").with_env(prefix);
        env.with_env_vars([("APP_HTTP_PORT", "81")]).build().unwrap()
    };
    let help = |prefix, path| refused(&built(prefix), path).help.join("; ");
    assert_eq!(help("APP_", "http.host"), "set `host` under [http] in app.toml, or APP_HTTP__HOST");
    assert_eq!(help("", "db.max"), "set `max` under [db] in app.toml");
    // What is there, and what cannot be, has no such advice.
    for path in ["", "http", "http.port", "http.port.below", "list[0]"] {
        assert_eq!(help("APP_", path), "", "{path}");
    }
    let schema = r#"{"properties": {"http": {"properties": {"host": {"type": "string"}}}}}"#;
    let declared = builder("").with_schema(schema).with_env("APP_").with_env_vars([("X", "")]);
    let problem = refused(&declared.build().unwrap(), "http.host");
    assert_eq!(problem.help, ["set `host` under [http] in app.toml, or APP_HTTP_HOST"]);
}

#[test]
fn secrets_of_a_schema_are_secrets_of_what_the_program_refuses() {
    let schema = r#"{"properties": {
        "db": {"properties": {"password": {"type": "string", "writeOnly": true}, "port": {}}},
        "keys": {"additionalProperties": {"type": "string", "writeOnly": true}},
        "open": {"type": "string"}
    }}"#;
    let handle = builder("open = 'x'\n[db]\npassword = 'hunter2'\n[keys]\na = 'hunter3'")
        .with_schema(schema)
        .build()
        .unwrap();
    let provenance = handle.provenance();
    assert!(provenance.has_secrets());
    for (path, is_secret) in [
        ("db.password", true),
        ("keys.a", true),
        ("db", false),
        ("db.port", false),
        ("open", false),
    ] {
        assert_eq!(provenance.is_secret(&KeyPath::parse(path)), is_secret, "{path}");
        let problem = Problem::new(Code::Invalid, "not hunter2 and not hunter3");
        let located = provenance.locate(problem.at(KeyPath::parse(path)));
        assert_eq!(located.message.contains("withheld"), is_secret, "{path}");
        assert!(!format!("{:?}", ConfigError::from(located)).contains("hunter"), "{path}");
    }
    assert!(!builder("").build().unwrap().provenance().has_secrets());
}

#[test]
fn a_secret_is_not_repeated_by_what_is_said_of_something_else() {
    let handle =
        builder("user = 'me'\n[db]\npassword = 'hunter2'\npin = 1234\nflags = ['on', 'ab']")
            .with_secret("db")
            .with_override("db.password", "hunter3\n")
            .build()
            .unwrap();
    let provenance = handle.provenance();
    let said = |path: &str, message: &str| {
        let problem = Problem::new(Code::Invalid, message).help(message);
        let located = provenance.locate(problem.at(KeyPath::parse(path)));
        assert_eq!(located.help.first(), Some(&located.message));
        located.message
    };
    for path in ["", "user", "db2"] {
        assert_eq!(
            said(path, "db: hunter3, \"hunter3\\n\", 1234, 12345, on, one"),
            "db: [redacted], \"[redacted]\\n\", [redacted], 12345, [redacted], one"
        );
    }
    // Without a path, too.
    let problem = provenance.locate(Problem::new(Code::Invalid, "no hunter3"));
    assert_eq!(problem.message, "no [redacted]");
}

#[test]
fn what_is_refused_is_told_in_the_order_of_the_text() {
    let handle = builder("a = 1\nb = 2\n").build().unwrap();
    let error =
        ConfigError::of(refused(&handle, "none"), [refused(&handle, "b"), refused(&handle, "a")]);
    let paths = error.problems().iter().map(|p| p.path.as_ref().unwrap().to_string());
    assert_eq!(paths.collect::<Vec<_>>(), ["a", "b", "none"]);
}

#[test]
fn a_line_with_a_secret_is_not_shown_for_what_is_refused() {
    let handle = builder("db = { password = 'hunter2', port = 1 }\nother = 2")
        .with_secret("**.password")
        .with_override("db.password", "hunter3")
        .build()
        .unwrap();
    for path in ["db.port", "db.password"] {
        let shown = ConfigError::from(refused(&handle, path)).render();
        assert!(!shown.contains("hunter"), "{shown}");
        assert!(shown.contains("refused"), "{shown}");
        assert_eq!(shown.contains("withheld"), path == "db.password", "{shown}");
    }
    let provenance = handle.provenance();
    assert!(provenance.has_secrets() && provenance.is_secret(&KeyPath::parse("db.password")));
    assert!(!provenance.is_secret(&KeyPath::parse("db.port")));
    let shown = ConfigError::from(refused(&handle, "other")).render();
    assert!(shown.contains("2 | other = 2"), "{shown}");
}

#[test]
fn effective_values_are_values_without_their_secrets() {
    let handle = builder("key = 'hunter2'\nday = 2026-01-02\nlist = [1.5, {}]")
        .with_secret("key")
        .build()
        .unwrap();
    let shown = Value::from(&handle.to_value());
    assert_eq!(shown.get("key"), Some(&Value::from("[redacted]")));
    assert_eq!(shown.get("day"), Some(&Value::Datetime("2026-01-02".to_owned())));
    assert_eq!(Value::from(&handle.to_value().expose_secrets()), *handle.get());
}

#[test]
fn changes_are_joined_by_whoever_keeps_them() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("app.toml");
    let write = |text: &str| std::fs::write(&file, text).unwrap();
    write("a = 1\nb = 1");
    let handle = SuperConfig::<Value>::new().with_file(&file).build().unwrap();
    write("a = 2\nb = 1");
    let first = handle.reload().unwrap().unwrap();
    write("a = 2\nb = 3");
    let both = first.and(&handle.reload().unwrap().unwrap());
    let paths: Vec<_> = both.changed().iter().map(|changed| changed.path.to_string()).collect();
    assert_eq!(paths, ["a", "b"]);
    assert_eq!((both.old().to_string(), both.generation()), (r#"{"a":1,"b":1}"#.to_owned(), 3));
}

#[test]
fn a_problem_is_told_to_programs_as_in_the_report() {
    let error = SuperConfig::<Value>::new().with_file("none.toml").extract().unwrap_err();
    let report = error.to_json();
    assert!(report.contains(&error.problems()[0].to_json()), "{report}");
}

#[test]
fn a_table_that_was_misspelt_is_suggested_too() {
    let handle = builder("[database.pool]\nsize = 1").build().unwrap();
    for (wrong, right) in [
        ("databse", "database"),
        ("database.pol", "database.pool"),
        ("database.pool.sise", "database.pool.size"),
        ("pool", "database.pool"),
    ] {
        let error = handle.explain(wrong).unwrap_err();
        assert_eq!(error.problems()[0].help, [format!("did you mean `{right}`?")], "{wrong}");
    }
}
