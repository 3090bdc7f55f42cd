//! Values of the wrong kind: rows 22, 29 and 32.

use std::collections::BTreeMap;
use std::time::Duration;

use superconfig::Format::{self, Json, Toml, Yaml};
use superconfig::{SecretString, SuperConfig};
use superconfig_tests::vars;

use crate::{One, Row, Settings, report, text};

#[test]
fn row_22_a_value_of_another_shape_says_what_was_expected() {
    let mut row = Row::new(22);
    let cases: [(Format, &str, &str); 15] = [
        (
            Toml,
            "database = 'x'",
            "SC0102 a.toml:1:12: `database`: expected a table, found the string \"x\"",
        ),
        (
            Yaml,
            "database: x",
            "SC0102 a.yaml:1:11: `database`: expected a table, found the string \"x\"",
        ),
        (
            Json,
            "{\"database\": \"x\"}",
            "SC0102 a.json:1:14: `database`: expected a table, found the string \"x\"",
        ),
        (Toml, "tags = 'x'", "SC0102 a.toml:1:8: `tags`: expected a list, found the string \"x\""),
        (Yaml, "tags: x", "SC0102 a.yaml:1:7: `tags`: expected a list, found the string \"x\""),
        (Json, "{\"tags\": 5}", "SC0102 a.json:1:10: `tags`: expected a list, found the integer 5"),
        (Toml, "port = [1]", "SC0102 a.toml:1:8: `port`: expected an integer, found a list"),
        (Yaml, "port: {a: 1}", "SC0102 a.yaml:1:7: `port`: expected an integer, found a table"),
        (Json, "{\"port\": []}", "SC0102 a.json:1:10: `port`: expected an integer, found a list"),
        (Toml, "name = 5", "SC0102 a.toml:1:8: `name`: expected a string, found the integer 5"),
        (
            Json,
            "{\"name\": true}",
            "SC0102 a.json:1:10: `name`: expected a string, found the boolean true",
        ),
        (Toml, "database = []", "SC0102 a.toml:1:12: `database`: expected a table, found a list"),
        (Yaml, "tags: {a: 1}", "SC0102 a.yaml:1:7: `tags`: expected a list, found a table"),
        (Toml, "tags = [['a']]", "SC0102 a.toml:1:9: `tags[0]`: expected a string, found a list"),
        (
            Toml,
            "[database]\nurl = {}",
            "SC0102 a.toml:2:7: `database.url`: expected a string, found a table",
        ),
    ];
    for (format, source, expected) in cases {
        row.refused(source, text::<Settings>(format, source), &[expected]);
        row.refused(source, text::<Settings>(format, source).by_tree(), &[expected]);
    }
    row.refused(
        "a variable",
        vars::<Settings, 1>([("APP_DATABASE", "x")]),
        &["SC0102 variable APP_DATABASE: `database`: expected a table in JSON, found the \
             string \"x\""],
    );
    row.refused(
        "[] in a variable",
        vars::<Settings, 1>([("APP_DATABASE", "[]")]),
        &["SC0102 variable APP_DATABASE: `database`: expected a table, found a list"],
    );
    row.refused(
        "[ in a variable",
        vars::<Settings, 1>([("APP_TAGS", "[1")]),
        &["SC0106 variable APP_TAGS: `tags`: not valid JSON (a list is not closed, at \
             character 2), found the string \"[1\" = without it, the default would hold"],
    );
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Keys {
    #[config(secret)]
    key: SecretString,
    #[config(secret)]
    pin: u16,
}

#[test]
fn row_22_a_secret_of_another_shape_is_not_shown() {
    let mut row = Row::new(22);
    for (format, source, expected) in [
        (
            Toml,
            "pin = 'hunter2'\nkey = 'k'",
            "SC0102 a.toml:1:7: `pin`: expected an integer from 0 to 65535, found the string \
             [redacted]",
        ),
        (
            Yaml,
            "pin: hunter2\nkey: k",
            "SC0102 a.yaml:1:6: `pin`: expected an integer from 0 to 65535, found the string \
             [redacted]",
        ),
        (
            Json,
            "{\"pin\": \"hunter2\", \"key\": \"k\"}",
            "SC0102 a.json:1:9: `pin`: expected an integer from 0 to 65535, found the string \
             [redacted]",
        ),
        (
            Toml,
            "pin = 1\nkey = ['hunter2']",
            "SC0102 a.toml:2:7: `key`: expected a string, found a list",
        ),
        (
            Json,
            "\"hunter2\"",
            "SC0102 a.json:1:1: expected a table of settings, found the string [redacted]",
        ),
    ] {
        row.refused(source, text::<Keys>(format, source), &[expected]);
        row.equal(source, &report(text::<Keys>(format, source)).contains("hunter2"), &false);
    }
    let variables = [("APP_PIN", "hunter2"), ("APP_KEY", "k")];
    row.refused(
        "a variable",
        vars::<Keys, 2>(variables),
        &["SC0102 variable APP_PIN: `pin`: expected an integer from 0 to 65535, found the \
             string [redacted]"],
    );
    row.equal("a variable", &report(vars::<Keys, 2>(variables)).contains("hunter2"), &false);
    row.end();
}

#[test]
fn row_29_null_is_for_options() {
    let mut row = Row::new(29);
    let cases = [
        (
            Yaml,
            "port: null",
            "SC0104 a.yaml:1:7: `port`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "port: ~",
            "SC0104 a.yaml:1:7: `port`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "port:",
            "SC0104 a.yaml:1:5: `port`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "name: null",
            "SC0104 a.yaml:1:7: `name`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "tags: null",
            "SC0104 a.yaml:1:7: `tags`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "tags: [null]",
            "SC0104 a.yaml:1:8: `tags[0]`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Yaml,
            "database: null",
            "SC0104 a.yaml:1:11: `database`: `null` is not a value here = give a value, or \
             leave the key out; `null` is for settings of type `Option`",
        ),
        (
            Json,
            "{\"port\": null}",
            "SC0104 a.json:1:10: `port`: `null` is not a value here = give a value, or leave \
             the key out; `null` is for settings of type `Option`",
        ),
        (
            Json,
            "{\"database\": {\"url\": null}}",
            "SC0104 a.json:1:22: `database.url`: `null` is not a value here = give a value, or \
             leave the key out; `null` is for settings of type `Option`",
        ),
    ];
    for (format, source, expected) in cases {
        row.refused(source, text::<Settings>(format, source), &[expected]);
    }
    // An explicit `None` overrides what came before.
    for (format, source) in [(Yaml, "note: ~"), (Yaml, "note:"), (Json, "{\"note\": null}")] {
        let config = SuperConfig::<Settings>::new()
            .with_text(Toml, "note = 'before'")
            .with_text(format, source);
        row.loaded(source, config, |settings| settings.note, None::<String>);
    }
    // As a string it is one.
    row.loaded("'null'", text(Yaml, "name: 'null'"), |s: Settings| s.name, "null");
    let null = text(Json, "{\"v\": {\"a\": null}}");
    row.loaded("in a map", null, |one: One<BTreeMap<String, Option<u8>>>| one.v["a"], None);
    row.end();
}

/// A type's own reading of durations, as `humantime_serde` and others have it.
mod seconds {
    use std::time::Duration;

    use serde::de::{Deserialize, Deserializer, Error};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(from)?;
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let number: u64 = number.parse().map_err(|_| D::Error::custom("a number is expected"))?;
        let factor = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            "" => return Err(D::Error::custom("a unit is missing: write 10s, 10m or 10h")),
            _ => return Err(D::Error::custom("the units are s, m and h")),
        };
        let seconds = number.checked_mul(factor).ok_or_else(|| D::Error::custom("too long"))?;
        Ok(Duration::from_secs(seconds))
    }
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Times {
    #[config(with = seconds)]
    timeout: Duration,
}

#[test]
fn row_32_a_unit_is_asked_for_by_the_type_s_own_module() {
    let mut row = Row::new(32);
    row.loaded("TOML", text(Toml, "timeout = '2m'"), |times: Times| times.timeout.as_secs(), 120);
    let variable = vars([("APP_TIMEOUT", "2h")]);
    row.loaded("a variable", variable, |times: Times| times.timeout.as_secs(), 7200);
    for (format, source, expected) in [
        (
            Toml,
            "timeout = '10'",
            "SC0106 a.toml:1:11: `timeout`: a unit is missing: write 10s, 10m or 10h, found \
             the string \"10\"",
        ),
        (
            Toml,
            "timeout = 10",
            "SC0102 a.toml:1:11: `timeout`: expected a string, found the integer 10",
        ),
        (
            Yaml,
            "timeout: 10",
            "SC0106 a.yaml:1:10: `timeout`: a unit is missing: write 10s, 10m or 10h, found \
             the integer 10",
        ),
        (
            Json,
            "{\"timeout\": \"10 parsecs\"}",
            "SC0106 a.json:1:13: `timeout`: the units are s, m and h, found the string \"10 \
             parsecs\"",
        ),
        (
            Toml,
            "timeout = '18446744073709551615h'",
            "SC0106 a.toml:1:11: `timeout`: too long, found the string \
             \"18446744073709551615h\"",
        ),
        (
            Toml,
            "timeout = '99999999999999999999s'",
            "SC0106 a.toml:1:11: `timeout`: a number is expected, found the string \
             \"99999999999999999999s\"",
        ),
        (
            Toml,
            "timeout = '-1s'",
            "SC0106 a.toml:1:11: `timeout`: a number is expected, found the string \"-1s\"",
        ),
        (
            Yaml,
            "timeout: 1.5h",
            "SC0106 a.yaml:1:10: `timeout`: the units are s, m and h, found the string \"1.5h\"",
        ),
    ] {
        row.refused(source, text::<Times>(format, source), &[expected]);
    }
    row.refused(
        "a variable",
        vars::<Times, 1>([("APP_TIMEOUT", "10")]),
        &["SC0106 variable APP_TIMEOUT: `timeout`: a unit is missing: write 10s, 10m or 10h, \
             found the string \"10\""],
    );
    row.end();
}

#[test]
fn row_32_a_duration_without_a_module_is_a_table_of_serde_s() {
    let mut row = Row::new(32);
    row.refused(
        "10",
        text::<One<Duration>>(Toml, "v = 10"),
        &["SC0102 a.toml:1:5: `v`: expected a duration, which is a table of `secs` and `nanos`, \
           found the integer 10 = write both keys, `{ secs = 5, nanos = 0 }` in TOML and `{\"secs\": 5, \"nanos\": 0}` in a variable; a program \
           that would rather read \"5s\" gives the field `#[config(with = …)]`, for example \
           `humantime_serde`"],
    );
    let toml = "v = {secs = 1, nanos = 5}";
    row.loaded(toml, text(Toml, toml), |one: One<Duration>| one.v, Duration::new(1, 5));
    row.refused(
        "overflow",
        text::<One<Duration>>(Toml, "v = {secs = -1, nanos = 0}"),
        &["SC0103 a.toml:1:13: `v.secs`: expected an integer from 0 to 18446744073709551615, \
             found the integer -1"],
    );
    row.end();
}
