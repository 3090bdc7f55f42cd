//! Definitions of a JSON Schema, which may hold themselves and each other.

use superconfig::{Format, JsonSchema, KeyPath, SuperConfig, Value};

#[test]
fn a_secret_is_found_behind_any_number_of_references() {
    let members: Vec<String> =
        (0..20).map(|at| format!(r##"{{"$ref": "#/$defs/d{at}"}}"##)).collect();
    let all = members.join(", ");
    let mut definitions: Vec<String> = (0..20)
        .map(|at| format!(r#""d{at}": {{"items": {{"anyOf": [{all}]}}, "type": "array"}}"#))
        .collect();
    let text = |definitions: &[String]| {
        let definitions = definitions.join(", ");
        format!(
            r##"{{"type": "object", "$defs": {{{definitions}}}, "properties": {{"keys": {{"$ref": "#/$defs/d0"}}}}}}"##
        )
    };
    let is_secret = |definitions: &[String]| {
        let builder = SuperConfig::<Value>::new().with_schema(text(definitions).as_str());
        let built = builder.with_named_text("a.toml", Format::Toml, "keys = []").build();
        built.expect("a schema").provenance().is_secret(&KeyPath::parse("keys"))
    };
    assert!(!is_secret(&definitions));
    definitions[19] = r#""d19": {"type": "string", "writeOnly": true}"#.to_owned();
    assert!(is_secret(&definitions));
}

/// Texts, and whatever is made of lists and tables of them.
const NESTED: &str = r##"{
    "type": "object",
    "$defs": {
        "nested": { "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "$ref": "#/$defs/nested" } },
            { "type": "object", "additionalProperties": { "$ref": "#/$defs/nested" } }
        ] },
        "again": { "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/other" }] },
        "other": { "anyOf": [{ "type": "integer" }, { "type": "boolean" }] },
        "text": { "type": "string" }
    },
    "properties": {
        "nested": { "$ref": "#/$defs/nested" },
        "list": { "type": "array", "items": { "$ref": "#/$defs/again" } },
        "nulls": { "type": "array", "items": { "anyOf": [{ "$ref": "#/$defs/text" }, { "type": "null" }] } },
        "addresses": { "type": "array", "items": { "$ref": "#/$defs/text", "format": "ipv4" } },
        "texts": { "type": "array", "items": { "$ref": "#/$defs/text" } }
    }
}"##;

fn nested(text: &str) -> Result<String, String> {
    let builder = SuperConfig::<Value>::new().with_schema(NESTED);
    let read = builder.with_named_text("a.toml", Format::Toml, text).extract();
    read.map(|value| value.to_string()).map_err(|error| error.to_string())
}

#[test]
fn a_definition_that_holds_itself_is_checked_at_any_depth() {
    let deep = |inner: &str| {
        let (open, close) = ("[{ a = ".repeat(30), " }]".repeat(30));
        nested(&format!("nested = {open}{inner}{close}"))
    };
    assert!(deep("'x'").expect("texts alone").contains("\"x\""));
    let error = deep("true").expect_err("no text");
    assert!(
        error.contains("expected a string or a list or a table, found the boolean true"),
        "{error}"
    );
    assert!(error.contains(&format!("nested{}", "[0].a".repeat(30))), "{error}");
    assert_eq!(nested("list = ['x', 5, false]").as_deref(), Ok(r#"{"list":["x",5,false]}"#));
    let error = nested("list = [5.5]").expect_err("neither of them");
    assert!(error.contains("expected a string or an integer or a boolean"), "{error}");
}

#[test]
fn what_is_said_where_a_definition_is_referred_to_holds_there_alone() {
    let values = "addresses = ['::1']\nnulls = [5]\ntexts = [1]";
    let error = nested(values).expect_err("three are wrong");
    for expected in [
        "`addresses[0]`: expected an IPv4 address",
        "`nulls[0]`: expected a string, found the integer 5",
        "`texts[0]`: expected a string, found the integer 1",
    ] {
        assert!(error.contains(expected), "{error}");
    }
    let json = |text: &str| {
        let builder = SuperConfig::<Value>::new().with_schema(NESTED);
        builder.with_named_text("a.json", Format::Json, text).extract()
    };
    json(r#"{"nulls": [null, "x"], "texts": ["x"]}"#).expect("null is taken here");
    json(r#"{"texts": [null]}"#).expect_err("and not here");
}

#[test]
fn what_is_wrong_with_a_definition_is_told_once() {
    let schema = r##"{
        "type": "object",
        "$defs": { "a": { "anyOf": [] } },
        "properties": {
            "one": { "type": "array", "items": { "$ref": "#/$defs/a" } },
            "two": { "type": "array", "items": { "$ref": "#/$defs/a" } }
        }
    }"##;
    let error = JsonSchema::from(schema).schema().expect_err("no alternative");
    assert_eq!(error.problems().len(), 1, "{error}");
}

#[test]
fn an_alternative_of_itself_is_refused() {
    let schema = r##"{
        "type": "object",
        "$defs": {
            "a": { "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/b" }] },
            "b": { "oneOf": [{ "type": "integer" }, { "$ref": "#/$defs/a" }] }
        },
        "properties": { "list": { "type": "array", "items": { "$ref": "#/$defs/a" } } }
    }"##;
    let error = JsonSchema::from(schema).schema().expect_err("it has no end").to_string();
    assert!(error.contains("it is an alternative of itself"), "{error}");
}

fn of_v(value: &Value) -> String {
    value.get("v").expect("it is there").to_string()
}

/// Reads `v`, by a schema of it that may refer to definitions.
fn read(v: &str, definitions: &str, json: &str) -> Result<String, String> {
    let schema =
        format!(r#"{{"type": "object", "properties": {{"v": {v}}}, "$defs": {{{definitions}}}}}"#);
    let builder = SuperConfig::<Value>::new().with_schema(schema.as_str());
    let read = builder.with_named_text("a.json", Format::Json, format!(r#"{{"v": {json}}}"#));
    read.extract().map(|value| of_v(&value)).map_err(|error| error.to_string())
}

#[test]
fn it_does_not_matter_where_an_alternative_of_itself_is_met_first() {
    let definitions = r##"
        "A": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/X"}}, {"$ref": "#/$defs/X"}]},
        "X": {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "integer"}]}"##;
    for v in
        [r##"{"type": "array", "items": {"$ref": "#/$defs/A"}}"##, r##"{"$ref": "#/$defs/A"}"##]
    {
        let error = read(v, definitions, "[5]").expect_err("it has no end");
        assert!(error.contains("itself"), "{error}");
    }
}

#[test]
fn what_stands_beside_a_reference_to_itself_is_no_other_schema_at_each_level() {
    for beside in [r#""unevaluatedProperties": false"#, r#""minProperties": 1"#, r#""format": "x""#]
    {
        let definitions = format!(
            r##""N": {{"type": "object", "properties": {{"name": {{"type": "string"}},
                "kids": {{"type": "array", "items": {{"$ref": "#/$defs/N", {beside}}}}}}}}}"##
        );
        let v = r##"{"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/N"}}]}"##;
        let deep = |name: &str| {
            let (open, close) = (r#"[{"kids": "#.repeat(40), "}]".repeat(40));
            read(v, &definitions, &format!(r#"{open}[{{"name": {name}}}]{close}"#))
        };
        deep(r#""x""#).expect("a name is a string");
        let error = deep("5").expect_err("it is no integer");
        assert!(error.contains("name`: expected a string, found the integer 5"), "{error}");
    }
}

#[test]
fn many_definitions_in_a_row_are_read() {
    let mut definitions: Vec<String> = (0..200)
        .map(|at| {
            let next = at + 1;
            format!(r##""D{at}": {{"type": "array", "items": {{"anyOf": [{{"$ref": "#/$defs/D{next}"}}, {{"type": "boolean"}}]}}}}"##)
        })
        .collect();
    definitions.push(r#""D200": {"type": "integer"}"#.to_owned());
    let definitions = definitions.join(", ");
    let v = r##"{"$ref": "#/$defs/D0"}"##;
    let nested = |inner: &str| {
        read(v, &definitions, &format!("{}{inner}{}", "[".repeat(100), "]".repeat(100)))
    };
    nested("true").expect("a boolean");
    let error = nested("5").expect_err("an integer is deeper");
    assert!(error.contains("found the integer 5"), "{error}");
}

#[test]
fn ways_without_number_to_one_alternative_are_one() {
    let twice = |at: usize| {
        let next = at + 1;
        format!(
            r##""W{at}": {{"anyOf": [{{"$ref": "#/$defs/W{next}"}}, {{"type": "object", "properties": {{"a{at}": {{}}}}}}, {{"$ref": "#/$defs/W{next}"}}]}}"##
        )
    };
    let mut definitions: Vec<String> = (0..40).map(twice).collect();
    definitions.push(r#""W40": {"type": "integer"}"#.to_owned());
    let definitions = definitions.join(", ");
    let v = r##"{"$ref": "#/$defs/W0"}"##;
    assert_eq!(read(v, &definitions, "5").as_deref(), Ok("5"));
    let error = read(v, &definitions, "true").expect_err("no integer and no table");
    assert!(error.contains("expected an integer or a table, found the boolean true"), "{error}");
}

#[test]
fn what_tells_alternatives_apart_is_read_first() {
    let operator = |name: &str| {
        format!(
            r##"{{"type": "object", "required": ["op", "args"], "properties": {{
                "args": {{"type": "array", "items": {{"$ref": "#/$defs/E"}}}},
                "op": {{"const": "{name}"}}}}}}"##
        )
    };
    let all = ["and", "or", "xor"].map(operator).join(", ");
    let definitions = format!(r#""E": {{"anyOf": [{all}, {{"type": "integer"}}]}}"#);
    let v = r##"{"$ref": "#/$defs/E"}"##;
    let deep = |inner: &str| {
        let (open, close) = (r#"{"args": ["#.repeat(30), r#"], "op": "xor"}"#.repeat(30));
        read(v, &definitions, &format!("{open}{inner}{close}"))
    };
    deep("5").expect("an integer");
    let error = deep("true").expect_err("no boolean");
    assert!(error.contains("expected a table or an integer, found the boolean true"), "{error}");
}

#[test]
fn of_alternatives_that_came_as_far_all_are_told() {
    let v = r#"{"anyOf": [
        {"type": "object", "properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}},
        {"type": "object", "properties": {"kind": {"const": "b"}}, "additionalProperties": false},
        {"type": "string"}
    ]}"#;
    let error = read(v, "", r#"{"kind": "c"}"#).expect_err("neither of them");
    assert!(error.contains(r#"expected "a" or "b", found the string "c""#), "{error}");
}

#[test]
fn a_format_between_two_references_holds() {
    let definitions = r##""A": {"$ref": "#/$defs/B", "format": "ipv4"}, "B": {"type": "string"}"##;
    let v = r##"{"type": "array", "items": {"$ref": "#/$defs/A"}}"##;
    let error = read(v, definitions, r#"["nope"]"#).expect_err("no address");
    assert!(error.contains("expected an IPv4 address"), "{error}");
}

#[test]
fn of_alternatives_in_an_alternative_a_text_is_a_string_where_nothing_else_takes_it() {
    let schema = r##"{
        "type": "object", "x-superconfig": {"env_prefix": "APP"},
        "$defs": {"text": {"type": ["string", "integer"]}},
        "properties": {"v": {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "boolean"}]}}
    }"##;
    for (text, expected) in [("true", "true"), ("5", "5"), ("x", "\"x\"")] {
        let builder = SuperConfig::<Value>::new().with_schema(schema).with_env(None);
        let value = builder.with_env_vars([("APP_V", text)]).extract().expect("one of them");
        assert_eq!(of_v(&value), expected);
    }
}

#[test]
fn a_value_with_a_secret_in_it_is_one_where_its_parts_are_no_settings() {
    let secret = r#"{"type": "string", "format": "password", "maxLength": 9}"#;
    let basic = format!(
        r#""B": {{"type": "object", "properties": {{"user": {{"type": "string"}}, "password": {secret}}}}}"#
    );
    let reference = r##"{"$ref": "#/$defs/B"}"##;
    let endless = format!(
        r##""R": {{"type": "object", "properties": {{"password": {secret}, "child": {{"$ref": "#/$defs/R"}}}}}}"##
    );
    let table = r#"{"user": "u", "password": "hunter2"}"#;
    for (v, definitions, value) in [
        (
            format!(
                r#"{{"anyOf": [{reference}, {{"type": "object", "properties": {{"t": {secret}}}}}]}}"#
            ),
            &basic,
            table.to_owned(),
        ),
        (
            format!(r#"{{"additionalProperties": {{"type": "array", "items": {reference}}}}}"#),
            &basic,
            format!(r#"{{"a": [{table}]}}"#),
        ),
        (
            format!(r#"{{"type": "array", "items": {{"type": "array", "items": {reference}}}}}"#),
            &basic,
            format!("[[{table}]]"),
        ),
        (
            format!(r#"{{"type": ["object", "string"], "properties": {{"password": {secret}}}}}"#),
            &basic,
            table.to_owned(),
        ),
        (
            format!(r#"{{"type": "array", "prefixItems": [{secret}]}}"#),
            &basic,
            r#"["hunter2"]"#.to_owned(),
        ),
        (
            format!(r#"{{"type": "object", "patternProperties": {{"^p": {secret}}}}}"#),
            &basic,
            table.to_owned(),
        ),
        (
            r##"{"$ref": "#/$defs/R"}"##.to_owned(),
            &endless,
            format!(r#"{{"password": "x", "child": {table}}}"#),
        ),
    ] {
        let schema = format!(
            r#"{{"type": "object", "properties": {{"v": {v}}}, "$defs": {{{definitions}}}}}"#
        );
        let text = format!(r#"{{"v": {value}}}"#);
        let builder = SuperConfig::<Value>::new().with_schema(schema.as_str());
        let handle =
            builder.with_named_text("a.json", Format::Json, text).build().expect("it fits");
        let shown = format!("{} {}", handle.report(), handle.to_string_in(Format::Json));
        assert!(!shown.contains("hunter2") && shown.contains("redacted"), "{v}: {shown}");
        let builder = SuperConfig::<Value>::new().with_schema(schema.as_str());
        let text = format!(r#"{{"v": {}}}"#, value.replace("hunter2", "hunter2hunter2"));
        let wrong = builder.with_named_text("a.json", Format::Json, text).build();
        let said =
            wrong.map_or_else(|error| error.to_string(), |handle| handle.report().to_string());
        assert!(!said.contains("hunter2"), "{v}: {said}");
    }
}

#[test]
fn what_says_nothing_in_a_definition_is_told() {
    let schema = r##"{
        "type": "object",
        "$defs": {"X": {"type": "string", "minimum": 3}},
        "properties": {
            "a": {"type": ["array", "object"], "items": {"$ref": "#/$defs/X"}},
            "b": {"type": "array", "items": {"$ref": "#/$defs/X"}}
        }
    }"##;
    let builder = SuperConfig::<Value>::new().with_schema(schema);
    let handle =
        builder.with_named_text("a.toml", Format::Toml, "").build().expect("it may be empty");
    let warnings = handle.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.contains("`minimum` says nothing here"), "{}", warnings[0].message);
}
