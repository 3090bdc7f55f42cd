//! JSON Schemas as people and libraries write them.

use std::fs;

use superconfig::{Code, ConfigHandle, Format, JsonSchema, SuperConfig, Value};

/// A schema of these properties, and what else it says.
fn schema(properties: &str, more: &str) -> String {
    format!(r#"{{"type": "object", "properties": {properties}{more}}}"#)
}

fn builder(schema: &str, json: &str) -> SuperConfig<Value> {
    SuperConfig::<Value>::new().with_schema(schema).with_named_text("a.json", Format::Json, json)
}

/// What the values come to, or what is in their way.
fn load(schema: &str, json: &str) -> String {
    match builder(schema, json).build() {
        Ok(settings) => settings.get().to_string(),
        Err(error) => {
            let line = |problem: &superconfig::Problem| {
                let path = problem.path.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{path}: {}", problem.message)
            };
            error.problems().iter().map(line).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn what_no_source_sets_is_a_default_an_error_or_not_there() {
    let properties = r#"{
        "port": { "type": "integer", "default": 80 },
        "host": { "type": "string" },
        "note": { "type": ["string", "null"] },
        "last": { "anyOf": [{ "type": "integer" }, { "type": "null" }], "default": null },
        "tags": { "type": "array", "items": { "type": "string" } },
        "labels": { "type": "object", "additionalProperties": { "type": "integer" } },
        "pool": { "type": "object", "properties": { "max": { "type": "integer", "default": 4 } } },
        "tls": { "type": "object", "properties": { "cert": { "type": "string" } }, "required": ["cert"] }
    }"#;
    let all = schema(properties, "");
    let expected = r#"{"port":80,"last":null,"pool":{"max":4}}"#;
    assert_eq!(load(&all, "{}"), expected);
    assert_eq!(
        load(&all, r#"{"tls": {}, "pool": {"max": 5}, "note": null, "tags": [], "labels": {}}"#),
        "tls.cert: required, and no source sets it"
    );
    assert_eq!(
        load(&all, r#"{"tls": {"cert": "c"}, "note": null, "tags": [], "labels": {}, "last": 3}"#),
        r#"{"port":80,"note":null,"last":3,"tags":[],"labels":{},"pool":{"max":4},"tls":{"cert":"c"}}"#
    );
    // What may be absent is still no `null`.
    assert_eq!(load(&all, r#"{"host": null}"#), "host: `null` is not a value here");
    let required = schema(properties, r#", "required": ["host", "note", "tags", "labels", "tls"]"#);
    assert_eq!(
        load(&required, "{}"),
        "host: required, and no source sets it; note: required, and no source sets it; \
         tags: required, and no source sets it; labels: required, and no source sets it; \
         tls.cert: required, and no source sets it"
    );
}

#[test]
fn the_default_of_an_object_is_that_of_its_settings() {
    let pool = r#"{
        "type": "object",
        "properties": {
            "max": { "type": "integer", "default": 1 },
            "name": { "type": "string" },
            "inner": { "type": "object", "properties": { "deep": { "type": "integer" } } }
        },
        "required": ["name"]
    }"#;
    let properties = |default: &str| {
        format!(
            r##"{{ "one": {{ "$ref": "#/$defs/Pool", "default": {default} }}, "two": {{ "$ref": "#/$defs/Pool" }} }}"##
        )
    };
    let all = |default: &str| {
        schema(&properties(default), &format!(r#", "$defs": {{ "Pool": {pool} }}"#))
    };
    let full = all(r#"{"name": "a", "inner": {"deep": 2}}"#);
    assert_eq!(load(&full, "{}"), r#"{"one":{"max":1,"name":"a","inner":{"deep":2}}}"#);
    assert_eq!(
        load(&full, r#"{"one": {"max": 9}, "two": {"name": "b"}}"#),
        r#"{"one":{"max":9,"name":"a","inner":{"deep":2}},"two":{"max":1,"name":"b","inner":{}}}"#
    );
    let settings = builder(&full, "{}").build().expect("a schema");
    let origin = settings.origin("one.name").map(|origin| origin.to_string());
    assert_eq!(origin.as_deref(), Some("the declared default"));
    assert!(load(&all(r#"{"max": "x"}"#), "{}").contains("the default does not fit"));
}

#[test]
fn schemas_of_pydantic_are_read() {
    let text = r##"{
        "$defs": {
            "Cat": { "properties": { "kind": { "const": "cat", "title": "Kind", "type": "string" }, "lives": { "default": 9, "title": "Lives", "type": "integer" } }, "required": ["kind"], "title": "Cat", "type": "object" },
            "Dog": { "properties": { "kind": { "const": "dog", "title": "Kind", "type": "string" }, "name": { "title": "Name", "type": "string" } }, "required": ["kind", "name"], "title": "Dog", "type": "object" },
            "Level": { "enum": ["low", "high"], "title": "Level", "type": "string" }
        },
        "properties": {
            "pet": { "discriminator": { "mapping": { "cat": "#/$defs/Cat", "dog": "#/$defs/Dog" }, "propertyName": "kind" }, "oneOf": [{ "$ref": "#/$defs/Cat" }, { "$ref": "#/$defs/Dog" }], "title": "Pet" },
            "level": { "allOf": [{ "$ref": "#/$defs/Level" }], "default": "low" },
            "levels": { "items": { "$ref": "#/$defs/Level" }, "title": "Levels", "type": "array", "default": [] },
            "token": { "format": "password", "title": "Token", "type": "string", "writeOnly": true },
            "ratio": { "exclusiveMinimum": 0, "maximum": 1, "title": "Ratio", "type": "number", "default": 0.5 },
            "mixed": { "anyOf": [{ "type": "integer" }, { "type": "string" }, { "type": "null" }], "default": null },
            "pair": { "maxItems": 2, "minItems": 2, "items": { "type": "integer" }, "type": "array", "default": [1, 2] }
        },
        "required": ["pet", "token"],
        "title": "Settings",
        "type": "object"
    }"##;
    let settings = builder(text, r#"{"pet": {"kind": "dog", "name": "Rex"}, "token": "hunter2"}"#);
    let settings = settings
        .with_env("APP")
        .with_env_vars([("APP_LEVELS", "low,high"), ("APP_MIXED", "007x"), ("APP_PET_NAME", "Max")])
        .build()
        .expect("a schema");
    assert_eq!(settings.warnings().len(), 0, "{:?}", settings.warnings());
    assert_eq!(
        settings.get().to_string(),
        r#"{"pet":{"kind":"dog","name":"Max"},"level":"low","levels":["low","high"],"token":"hunter2","ratio":0.5,"mixed":"007x","pair":[1,2]}"#
    );
    assert_eq!(
        settings.to_value().to_string(),
        r#"{"pet":{"kind":"dog","name":"Max"},"level":"low","levels":["low","high"],"token":"[redacted]","ratio":0.5,"mixed":"007x","pair":[1,2]}"#
    );
    assert_eq!(
        load(
            text,
            r#"{"pet": {"kind": "cow"}, "token": "x", "level": "lo", "ratio": 0, "mixed": true, "pair": [1]}"#
        ),
        "pet.kind: unknown value \"cow\", expected \"cat\" or \"dog\"; level: unknown value \"lo\", expected \"low\" or \"high\"; \
         ratio: expected a number above 0 and of at most 1, found the integer 0; \
         mixed: expected an integer or a string, found the boolean true; pair: expected a list of 2 items, found a list of 1"
    );
    assert_eq!(
        load(text, r#"{"token": "x"}"#),
        "pet.kind: required, and no source says which variant it is"
    );
}

#[test]
fn schemas_of_zod_are_read() {
    let text = r#"{
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "logLevel": { "type": "string", "enum": ["debug", "info"], "default": "info" },
            "http": {
                "type": "object",
                "properties": { "maxBody": { "type": "integer", "exclusiveMinimum": 0, "maximum": 9007199254740991 } },
                "required": ["maxBody"],
                "additionalProperties": false
            }
        },
        "required": ["logLevel", "http"],
        "additionalProperties": false
    }"#;
    let with = |json: &str, name: &str, value: &str| {
        let builder = builder(text, json).with_env("APP").with_env_vars([(name, value)]);
        builder
            .build()
            .map(|settings| settings.get().to_string())
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        with("{}", "APP_HTTP_MAX_BODY", "9").expect("enough"),
        r#"{"logLevel":"info","http":{"maxBody":9}}"#
    );
    let error =
        with(r#"{"http": {"maxBdy": 1}}"#, "APP_HTTP_MAX_BODY", "0").expect_err("not enough");
    assert!(error.contains("expected an integer from 1 to 9007199254740991"), "{error}");
    assert!(error.contains("unknown key"), "{error}");
}

#[test]
fn lists_are_merged_as_the_extension_says() {
    let text = schema(
        r#"{
            "steps": { "type": "array", "items": { "type": "integer" }, "x-superconfig": { "merge": "append" } },
            "ports": { "type": "array", "items": { "type": "integer" }, "uniqueItems": true, "maxItems": 3 },
            "servers": {
                "type": "array",
                "items": { "type": "object", "properties": { "name": { "type": "string" }, "port": { "type": "integer", "default": 1 } } },
                "x-superconfig": { "merge_by": "name" }
            }
        }"#,
        "",
    );
    let two = |one: &str, other: &str| {
        let builder = builder(&text, one).with_named_text("b.json", Format::Json, other);
        match builder.extract() {
            Ok(value) => value.to_string(),
            Err(error) => error.problems()[0].message.clone(),
        }
    };
    assert_eq!(two(r#"{"steps": [1]}"#, r#"{"steps": [1, 2]}"#), r#"{"steps":[1,1,2]}"#);
    assert_eq!(
        two(
            r#"{"servers": [{"name": "a"}, {"name": "b"}]}"#,
            r#"{"servers": [{"name": "b", "port": 2}], "servers_remove": ["a"]}"#
        ),
        r#"{"servers":[{"name":"b","port":2}]}"#
    );
    assert_eq!(two(r#"{"ports": [1]}"#, r#"{"ports_add": [1, 2]}"#), r#"{"ports":[1,2]}"#);
    assert_eq!(
        two(r#"{"ports": [1, 2]}"#, r#"{"ports_add": [3, 4]}"#),
        "expected a list of at most 3 items, found a list of 4"
    );
}

#[test]
fn what_the_program_gives_is_checked_too() {
    let text = schema(
        r#"{ "port": { "type": "integer", "maximum": 9 }, "tags": { "type": "array" } }"#,
        "",
    );
    let load = |value: Value| builder(&text, r#"{"tags_add": ["b"]}"#).with_defaults(value).build();
    let settings = SuperConfig::<Value>::new()
        .with_schema(&text)
        .with_defaults(Value::table([("tags", ["a"])]))
        .with_text(Format::Json, r#"{"tags_add": ["b"]}"#)
        .build()
        .expect("values of the schema");
    assert_eq!(settings.get().to_string(), r#"{"tags":["a","b"]}"#);
    let error = load(Value::table([("port", 10), ("prot", 1)])).expect_err("not of the schema");
    let said: Vec<_> = error.problems().iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        said,
        ["expected an integer of at most 9, found the integer 10", "there is no such setting"]
    );
}

#[test]
fn a_secret_is_read_from_a_file_and_never_shown() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("token");
    fs::write(&path, "hunter2\n").expect("a file");
    let text =
        schema(r#"{ "token": { "type": "string", "minLength": 5, "writeOnly": true } }"#, "");
    let load = |name: &str, value: &str| {
        let builder = SuperConfig::<Value>::new().with_schema(&text).with_env("APP");
        builder.with_env_vars([(name, value)]).build()
    };
    let settings = load("APP_TOKEN_FILE", &path.to_string_lossy()).expect("a secret");
    assert_eq!(settings.get().get("token"), Some(&Value::from("hunter2")));
    assert!(!settings.report().to_string().contains("hunter2"));
    assert!(!settings.explain("token").expect("a setting").to_string().contains("hunter2"));
    let error = load("APP_TOKEN", "abcd").expect_err("too short");
    assert_eq!(
        error.problems()[0].message,
        "expected a string of at least 5 characters, found the string [redacted]"
    );
    let error = SuperConfig::<Value>::new().with_schema(&text).with_secret("token").build();
    assert_eq!(error.expect_err("said twice").problems()[0].code, Code::Usage);
}

#[test]
fn a_handle_reloads_by_its_schema() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("app.json");
    let text = schema(
        r#"{
            "port": { "type": "integer" },
            "workers": { "type": "integer", "default": 1, "x-superconfig": { "restart_required": true } }
        }"#,
        "",
    );
    fs::write(&path, r#"{"port": 1, "workers": 2}"#).expect("a file");
    let builder = SuperConfig::<Value>::new().with_schema(&text);
    let settings: ConfigHandle<Value> = builder.with_file(&path).build().expect("a file");
    fs::write(&path, r#"{"port": 2, "workers": 3}"#).expect("a file");
    settings.reload().expect("a file");
    // What needs a restart stays.
    assert_eq!(settings.get().to_string(), r#"{"port":2,"workers":2}"#);
    fs::write(&path, r#"{"port": "x"}"#).expect("a file");
    assert!(settings.reload().is_err());
    assert_eq!(settings.get().to_string(), r#"{"port":2,"workers":2}"#);
    // A pattern of no setting is refused, as it is with a struct.
    settings.on_change("port", |_| {});
}

#[test]
fn what_is_shown_is_what_was_read() {
    let text = schema(
        r#"{
            "number": { "type": "integer" },
            "small": { "type": "integer", "minimum": 1, "maximum": 9 },
            "either": { "type": ["integer", "boolean", "string"] },
            "words": { "type": "array", "items": { "type": ["integer", "string"] } },
            "any": {}
        }"#,
        "",
    );
    for (number, either) in [("007", "007"), ("1", "on"), ("5", "x"), ("9", "1.5")] {
        let variables = [
            ("APP_NUMBER", number),
            ("APP_SMALL", number),
            ("APP_EITHER", either),
            ("APP_WORDS", "1,a,007"),
            ("APP_ANY", "[1, \"a\"]"),
        ];
        let builder = SuperConfig::<Value>::new().with_schema(&text).with_env("APP");
        let settings = builder.with_env_vars(variables).build().expect("values of the schema");
        assert_eq!(settings.to_value().to_string(), settings.get().to_string());
    }
}

#[test]
fn one_text_is_read_once() {
    let text = schema(r#"{ "a": { "type": "string" } }"#, "");
    let one = JsonSchema::from(text.as_str()).schema().expect("a schema");
    let other = JsonSchema::from(text).schema().expect("a schema");
    assert!(std::ptr::eq(one, other));
    let value: Value = Value::table([
        ("type", Value::from("object")),
        ("properties", Value::table([("port", Value::table([("type", "integer")]))])),
    ]);
    assert_eq!(JsonSchema::from(&value).schema().expect("a schema").fields()[0].name, "port");
}
