//! A small validator of JSON Schema: the words that ours are written with, and an error for any other.

use serde_json::{Map, Value};

/// Whether `value` is what `schema` describes.
pub fn accepts(root: &Value, value: &Value) -> bool {
    valid(root, root, value)
}

fn valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let Value::Object(words) = schema else {
        return schema.as_bool().unwrap_or_else(|| panic!("no schema: {schema}"));
    };
    words.iter().all(|(word, operand)| holds(root, words, (word, operand), value))
}

fn list(operand: &Value) -> &Vec<Value> {
    operand.as_array().unwrap_or_else(|| panic!("no list: {operand}"))
}

fn object(operand: &Value) -> &Map<String, Value> {
    operand.as_object().unwrap_or_else(|| panic!("no object: {operand}"))
}

fn holds(
    root: &Value,
    words: &Map<String, Value>,
    (word, operand): (&str, &Value),
    value: &Value,
) -> bool {
    let number = || operand.as_f64().unwrap_or_else(|| panic!("no number: {operand}"));
    let length = |text: &str| u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from);
    let members = || value.as_object().into_iter().flatten();
    match word {
        "$schema" => operand == "https://json-schema.org/draft/2020-12/schema",
        "title" | "description" | "format" => operand.is_string(),
        "deprecated" | "writeOnly" => operand.is_boolean(),
        "default" => true,
        // A word of our own, for our own tools.
        "x-superconfig" => operand.is_object(),
        "$defs" => object(operand).values().all(Value::is_object),
        "$ref" => {
            let text = operand.as_str().and_then(|text| text.strip_prefix('#')).expect("a place");
            let target = root.pointer(text).unwrap_or_else(|| panic!("{text} is not there"));
            valid(root, target, value)
        }
        "type" => {
            let is = |name: &Value| match name.as_str().expect("a name of a type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "null" => value.is_null(),
                "number" => value.is_number(),
                "integer" => value.is_i64() || value.is_u64(),
                other => panic!("no type: {other}"),
            };
            operand.as_array().map_or_else(|| is(operand), |names| names.iter().any(is))
        }
        "minimum" => value.as_f64().is_none_or(|value| value >= number()),
        "maximum" => value.as_f64().is_none_or(|value| value <= number()),
        "minLength" => value.as_str().is_none_or(|text| length(text) >= number()),
        "maxLength" => value.as_str().is_none_or(|text| length(text) <= number()),
        "enum" => list(operand).contains(value),
        "const" => operand == value,
        "not" => !valid(root, operand, value),
        "anyOf" => list(operand).iter().any(|one| valid(root, one, value)),
        "oneOf" => list(operand).iter().filter(|one| valid(root, one, value)).count() == 1,
        "allOf" => list(operand).iter().all(|one| valid(root, one, value)),
        "if" => !valid(root, operand, value) || valid(root, &words["then"], value),
        "then" => words.contains_key("if"),
        "required" => {
            let has = |name: &Value| value.get(name.as_str().expect("a name")).is_some();
            !value.is_object() || list(operand).iter().all(has)
        }
        "items" => value.as_array().into_iter().flatten().all(|item| valid(root, operand, item)),
        "properties" => {
            let schemas = object(operand);
            members().all(|(key, value)| schemas.get(key).is_none_or(|s| valid(root, s, value)))
        }
        // Ours say `true` of keys with a `-` or `_` in another place.
        "patternProperties" => object(operand).values().all(|schema| *schema == Value::Bool(true)),
        "additionalProperties" => members()
            .filter(|(key, _)| words.get("properties").is_none_or(|them| them.get(key).is_none()))
            .filter(|(key, _)| {
                let pattern = format!("^{}$", key.replace(['-', '_'], "[-_]"));
                words.get("patternProperties").is_none_or(|them| them.get(&pattern).is_none())
            })
            .all(|(_, value)| valid(root, operand, value)),
        other => panic!("{other} is none of the words that we use"),
    }
}
