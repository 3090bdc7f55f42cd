//! JSON Schemas that cannot be read, or not in all they say: each is told with its place.

use superconfig::{Code, Format, JsonSchema, Problem, SuperConfig, Value};

/// What is told of a schema's problems: code, place, message.
fn said(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let origin = problem.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        let origin = origin.replace("the JSON Schema", "");
        format!("{} {origin} {}", problem.code, problem.message)
    };
    problems.iter().map(line).collect()
}

fn problems(schema: &str) -> Vec<String> {
    let error = SuperConfig::<Value>::new().with_schema(schema).build().expect_err(schema);
    assert_eq!(
        said(error.problems()),
        said(JsonSchema::from(schema).schema().expect_err("broken").problems())
    );
    said(error.problems())
}

/// The problems of a property.
fn of_property(property: &str) -> Vec<String> {
    problems(&format!(r#"{{"type": "object", "properties": {{"a": {property}}}}}"#))
}

fn warnings(property: &str) -> Vec<String> {
    let schema = format!(r#"{{"type": "object", "properties": {{"a": {property}}}}}"#);
    let settings = SuperConfig::<Value>::new().with_schema(schema).build().expect(property);
    said(settings.warnings())
}

#[test]
fn a_schema_that_is_no_schema_is_told_with_its_place() {
    for (schema, expected) in [
        ("", "SC1001"),
        ("{", "SC1001"),
        ("[]", "SC1001 :1:1 #: expected a schema (an object), found a list"),
        ("{}", "SC1001 :1:1 #: the outermost schema is of type \"object\" and has `properties`"),
        (
            "{\"type\": \"string\"}",
            "SC1001 :1:1 #: the outermost schema is of type \"object\" and has `properties`",
        ),
    ] {
        let all = problems(schema);
        assert!(all[0].starts_with(expected), "{schema}: {all:?}");
    }
    let error = SuperConfig::<Value>::new()
        .with_schema("{\n  \"type\": \"object\",\n  \"properties\": {\n    \"port\": { \"type\": \"int\" }\n  }\n}")
        .with_text(Format::Toml, "port = [")
        .build()
        .expect_err("a broken schema");
    assert_eq!(
        error.render(),
        "error[SC1001]: #/properties/port/type: expected a type, which is one of \"string\", \"integer\", \"number\", \"boolean\", \"array\", \"object\", \"null\", found the string \"int\"\n --> the JSON Schema:4:23\n  |\n4 |     \"port\": { \"type\": \"int\" }\n  |                       ^^^^^\n  = did you mean \"integer\"?\n\n1 error"
    );
}

#[test]
fn what_a_keyword_should_be_is_told() {
    for (property, expected) in [
        ("5", "expected a schema (an object), found the integer 5"),
        ("false", "`false` takes no value, and a setting has to take some"),
        (
            r#"{"type": "integer", "minimum": "a"}"#,
            "expected a number that can be compared, found the string \"a\"",
        ),
        (r#"{"type": "string", "minLength": -1}"#, "expected a number, found the integer -1"),
        (r#"{"enum": []}"#, "`enum` is a list of values"),
        (r#"{"anyOf": []}"#, "expected a list of schemas"),
        (r#"{"type": "object", "properties": []}"#, "`properties` is an object of schemas"),
        (
            r#"{"type": "object", "properties": {"b": {}}, "required": "b"}"#,
            "`required` is a list of names",
        ),
        (
            r#"{"type": "object", "properties": {"b": {}}, "required": ["c"]}"#,
            "`c` is required, and no property",
        ),
        (r##"{"$ref": "#/$defs/nothing"}"##, "there is no \"#/$defs/nothing\""),
        (r#"{"$ref": "other.json"}"#, "`$ref` to another document: \"other.json\""),
        (r##"{"$ref": "#/properties/a"}"##, "\"#/properties/a\" refers to nothing but itself"),
        (
            r#"{"type": "integer", "default": "x"}"#,
            "the default does not fit: expected an integer, found the string \"x\"",
        ),
        (r#"{"type": "string", "default": null}"#, "`null` is no value of it"),
        (
            r#"{"type": "array", "items": {"type": "integer"}, "default": ["x"]}"#,
            "the default does not fit: `[0]`: expected an integer, found the string \"x\"",
        ),
        (
            r#"{"type": "object", "properties": {"b": {}}, "default": {"c": 1}}"#,
            "the default has `c`, which is no property",
        ),
        (r#"{"x-superconfig": {"merg": "append"}}"#, "`x-superconfig` has no member `merg`"),
        (
            r#"{"type": "string", "x-superconfig": {"merge": "append"}}"#,
            "only lists are merged so; a setting of another kind is `replace` or `deep`",
        ),
        (
            r#"{"type": "array", "x-superconfig": {"merge": "behind"}}"#,
            "expected one of \"replace\", \"append\", \"prepend\", \"union\", \"deep\", found the string \"behind\"",
        ),
        (
            r#"{"type": "array", "items": {"type": "object", "properties": {"b": {}}}, "x-superconfig": {"merge": "union"}}"#,
            "objects are not compared: say which key tells them apart, `merge_by`",
        ),
        (
            r#"{"type": "array", "items": {"type": "object", "properties": {"b": {}}}, "x-superconfig": {"merge_by": "c"}}"#,
            "`merge_by` names no key of an element, \"b\"",
        ),
        (
            r#"{"x-superconfig": {"env": 5}}"#,
            "expected false, or a list of names, found the integer 5",
        ),
        (r#"{"x-superconfig": {"alias_of": "b"}}"#, "another name of `b`, which is no property"),
    ] {
        let all = of_property(property);
        assert_eq!(all.len(), 1, "{property}: {all:?}");
        assert!(all[0].starts_with("SC1001 :1:"), "{property}: {all:?}");
        assert!(all[0].ends_with(expected), "{property}: {all:?}");
    }
}

#[test]
fn two_settings_with_one_variable_are_refused() {
    let schema = |properties: &str| {
        format!(
            r#"{{"type": "object", "properties": {properties}, "x-superconfig": {{"env_prefix": "APP", "profiles": ["staging"]}}}}"#
        )
    };
    for (properties, expected) in [
        (
            r#"{"pool_max": {}, "pool": {"type": "object", "properties": {"max": {}}}}"#,
            "two settings claim the variable APP_POOL_MAX: `pool_max` and `pool.max`",
        ),
        (
            r#"{"poolMax": {}, "pool_max": {}}"#,
            "two settings claim the variable APP_POOL_MAX: `poolMax` and `pool_max`",
        ),
        (
            r#"{"labels": {"type": "object"}, "labels_x": {}}"#,
            "two settings claim the variable APP_LABELS_X: `labels` and `labels_x`",
        ),
        (
            r#"{"key": {"writeOnly": true}, "key_file": {}}"#,
            "two settings claim the variable APP_KEY_FILE: `key` and `key_file`",
        ),
        (r#"{"staging": {}}"#, "`staging` is a profile and a setting; rename one of them"),
    ] {
        let all = problems(&schema(properties));
        assert!(all[0].ends_with(expected), "{properties}: {all:?}");
    }
    let all = problems(&schema(r#"{"tags": {"type": "array"}, "tags_add": {}}"#));
    assert!(
        all.iter()
            .any(|said| said.ends_with("`tags_add` is the key that adds to `tags`; rename it")),
        "{all:?}"
    );
}

#[test]
fn what_is_not_looked_at_is_named() {
    for (property, expected) in [
        (
            r#"{"type": "string", "pattern": "a+"}"#,
            "#/properties/a/pattern: `pattern` is not checked",
        ),
        (r#"{"not": {}}"#, "#/properties/a/not: `not` is not checked"),
        (
            r#"{"type": "array", "contains": {}}"#,
            "#/properties/a/contains: `contains` is not checked",
        ),
        (
            r#"{"type": "string", "minimum": 1}"#,
            "#/properties/a/minimum: `minimum` says nothing here",
        ),
        (r#"{"minimum": 1}"#, "#/properties/a/minimum: `minimum` says nothing here"),
        (
            r#"{"type": "integer", "minimun": 1}"#,
            "#/properties/a/minimun: unknown keyword `minimun`",
        ),
        (
            r#"{"type": "object", "properties": {"b": {}}, "additionalProperties": {}}"#,
            "#/properties/a/additionalProperties: other keys than those of `properties` are unknown keys",
        ),
        (
            r#"{"type": "object", "patternProperties": {"^x": {}}}"#,
            "#/properties/a/patternProperties: `patternProperties` is not checked",
        ),
        (
            r##"{"type": "object", "properties": {"b": {"$ref": "#/properties/a"}}}"##,
            "it holds itself, so that its settings have no end; here any value is taken",
        ),
    ] {
        let all = warnings(property);
        assert_eq!(all.len(), 1, "{property}: {all:?}");
        assert!(all[0].starts_with("SC1002 :1:") && all[0].ends_with(expected), "{all:?}");
    }
    for property in [
        r#"{"type": "string", "format": "uri", "title": "T", "examples": ["x"], "x-other": 5}"#,
        r#"{"type": ["integer", "string"], "minimum": 1, "minLength": 2}"#,
        r#"{"type": "string", "$comment": "x", "readOnly": true, "description": "d"}"#,
    ] {
        assert_eq!(warnings(property), [""; 0], "{property}");
    }
}

#[test]
fn the_place_of_a_keyword_is_that_of_its_name() {
    let schema = r#"{"type": "object", "properties": {"a": {"patern": "x"}}, "required": ["b"]}"#;
    let column = |text: &str| schema.find(text).expect("it is there") + 1;
    assert_eq!(
        problems(schema)[0],
        format!("SC1001 :1:{} #/required: `b` is required, and no property", column("[\"b\"]"))
    );
    let error = SuperConfig::<Value>::new().with_schema(schema).build().expect_err("`b`");
    let places: Vec<_> = error
        .warnings()
        .iter()
        .map(|warning| warning.origin.as_ref().and_then(|origin| origin.location()?.column.into()))
        .collect();
    assert_eq!(places, [Some(column("\"patern\""))]);
}

#[test]
fn a_warning_of_a_schema_can_be_suppressed() {
    let schema = r#"{"type": "object", "properties": {"a": {"pattern": "x"}}}"#;
    for pattern in ["SC1002", "`pattern` is not checked"] {
        let builder = SuperConfig::<Value>::new().with_schema(schema).suppress_warnings([pattern]);
        assert!(builder.build().expect("a schema").warnings().is_empty());
    }
}

#[test]
fn no_schema_of_any_shape_is_too_much() {
    let deep = |levels: usize| {
        r#"{"type":"object","properties":{"a":"#.repeat(levels) + "{}" + &"}}".repeat(levels)
    };
    assert!(JsonSchema::from(deep(60)).schema().is_ok());
    assert_eq!(problems(&deep(100)).len(), 1);
    // Each part holds the next one twice: settings without number.
    let part = |number: usize| {
        let next = format!("{{\"$ref\": \"#/$defs/p{}\"}}", number + 1);
        let properties = format!("{{\"a\": {next}, \"b\": {next}}}");
        format!("\"p{number}\": {{\"type\": \"object\", \"properties\": {properties}}},")
    };
    let parts: String = (0..40).map(part).collect();
    let schema = format!(
        "{{\"type\": \"object\", \"properties\": {{\"r\": {{\"$ref\": \"#/$defs/p0\"}}}}, \"$defs\": {{{parts} \"p40\": {{\"type\": \"integer\"}}}}}}"
    );
    let all = problems(&schema);
    assert!(all[0].ends_with("more than 100000 settings"), "{all:?}");
    assert_eq!(
        JsonSchema::from(schema).schema().expect_err("too large").problems()[0].code,
        Code::BadSchema
    );
}
