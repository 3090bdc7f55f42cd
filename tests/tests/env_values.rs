//! Variables: how the type of a setting reads their text.
#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_derive::Deserialize;
use superconfig::{Format, SuperConfig};
use superconfig_tests::{errors, vars};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Typed {
    #[config(default = "x")]
    text: String,
    #[config(default = false)]
    flag: bool,
    #[config(default = 1.0)]
    ratio: f64,
    #[config(default = 'c')]
    letter: char,
    #[config(default = 7)]
    number: i64,
    #[config(default = "/x")]
    path: PathBuf,
    #[config(default = ["x"])]
    words: Vec<String>,
    #[config(default = [1])]
    numbers: Vec<u16>,
    #[config(default)]
    set: BTreeSet<String>,
    #[config(default = ["x"], separator = ";")]
    parts: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default = Point { x: 1, y: 2 })]
    point: Point,
    #[config(default = (1, true))]
    pair: (u8, bool),
    maybe_text: Option<String>,
    maybe_number: Option<u16>,
    maybe_words: Option<Vec<String>>,
}

#[derive(Deserialize, Debug, PartialEq)]
struct Point {
    x: i32,
    y: i32,
}

fn typed(name: &str, value: &str) -> Typed {
    let name = format!("APP_{name}");
    vars([(name.as_str(), value)]).extract().unwrap_or_else(|error| panic!("{error:#}"))
}

fn refusal(name: &str, value: &str) -> String {
    let name = format!("APP_{name}");
    errors::<Typed>(vars([(name.as_str(), value)])).join("\n")
}

#[test]
fn the_type_decides_how_a_text_is_read() {
    for text in ["007", "true", "1e3", "null", "[1]", "{}", " padded ", "a,b", "\"q\""] {
        assert_eq!(typed("TEXT", text).text, text);
    }
    assert_eq!(typed("NUMBER", "-007").number, -7);
    assert_eq!(typed("NUMBER", " 5 ").number, 5);
    assert!((typed("RATIO", "1e3").ratio - 1000.0).abs() < f64::EPSILON);
    assert!((typed("RATIO", "3").ratio - 3.0).abs() < f64::EPSILON);
    assert_eq!(typed("LETTER", "7").letter, '7');
    assert_eq!(typed("PATH", "a b/c").path, PathBuf::from("a b/c"));
    assert_eq!(typed("MAYBE_TEXT", "null").maybe_text.as_deref(), Some("null"));
    assert_eq!(typed("MAYBE_NUMBER", "5").maybe_number, Some(5));
}

#[test]
fn a_boolean_knows_eight_words_in_any_case() {
    for word in ["1", "true", "yes", "on", "TRUE", "Yes", " on "] {
        assert!(typed("FLAG", word).flag, "{word}");
    }
    for word in ["0", "false", "no", "off", "FALSE", "No", " off "] {
        assert!(!typed("FLAG", word).flag, "{word}");
    }
    assert_eq!(
        refusal("FLAG", "maybe"),
        "SC0102 variable APP_FLAG: `flag`: expected a boolean (true, yes, on, 1 or their \
         opposites), found the string \"maybe\" = without it, the default would hold: false"
    );
}

#[test]
fn a_list_is_split_or_is_json() {
    assert_eq!(typed("WORDS", "a, b ,c").words, ["a", "b", "c"]);
    assert_eq!(typed("WORDS", "a").words, ["a"]);
    assert_eq!(typed("WORDS", "[]").words, [""; 0]);
    assert_eq!(typed("WORDS", r#" ["a,b", "c"]"#).words, ["a,b", "c"]);
    assert_eq!(typed("NUMBERS", "1,2,3").numbers, [1, 2, 3]);
    assert_eq!(typed("NUMBERS", "[1, 2]").numbers, [1, 2]);
    assert_eq!(typed("SET", "b,a,b").set, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    assert_eq!(typed("MAYBE_WORDS", "a,b").maybe_words.unwrap(), ["a", "b"]);
}

#[test]
fn a_list_may_have_a_separator_of_its_own() {
    assert_eq!(typed("PARTS", "a,b;c").parts, ["a,b", "c"]);
    assert_eq!(typed("PARTS", r#"["a;b"]"#).parts, ["a;b"]);
    assert_eq!(typed("PARTS_ADD", "y;z").parts, ["x", "y", "z"]);
}

#[test]
fn an_item_that_does_not_fit_is_named() {
    assert_eq!(
        refusal("NUMBERS", "1,two"),
        "SC0102 variable APP_NUMBERS: `numbers`: expected an integer from 0 to 65535, found the \
         string \"two\" = without it, the default would hold: [1]"
    );
    assert_eq!(
        refusal("NUMBERS", r#"[1, "two"]"#),
        "SC0102 variable APP_NUMBERS: `numbers[1]`: expected an integer from 0 to 65535, found \
         the string \"two\" = without it, the default would hold: [1]"
    );
}

#[test]
fn a_map_or_struct_is_json() {
    let labels = typed("LABELS", r#"{"a": "1", "b-c": "2"}"#).labels;
    assert_eq!(labels, BTreeMap::from([("a".into(), "1".into()), ("b-c".into(), "2".into())]));
    assert_eq!(typed("POINT", r#"{"x": 3, "y": 4}"#).point, Point { x: 3, y: 4 });
    assert_eq!(typed("PAIR", "[5, false]").pair, (5, false));
    assert_eq!(typed("PAIR", "5,no").pair, (5, false));
}

#[test]
fn json_that_is_none_says_where() {
    assert_eq!(
        refusal("LABELS", "{'a': 1}"),
        "SC0106 variable APP_LABELS: `labels`: not valid JSON (key must be a string, \
         at character 2), found the string \"{'a': 1}\" = without it, the default would hold"
    );
    assert_eq!(
        refusal("LABELS", "a=1"),
        "SC0102 variable APP_LABELS: `labels`: expected a table in JSON, found the string \
         \"a=1\" = without it, the default would hold"
    );
}

#[test]
fn an_empty_variable_is_a_value_for_a_string_alone() {
    assert_eq!(typed("TEXT", "").text, "");
    assert!(!typed("FLAG", "").flag);
    assert_eq!(typed("LETTER", "").letter, 'c');
    assert_eq!(typed("NUMBER", "").number, 7);
    assert_eq!(typed("PATH", "").path, PathBuf::from("/x"));
    assert_eq!(typed("WORDS", "").words, ["x"]);
    assert_eq!(typed("WORDS_ADD", "").words, ["x"]);
    assert_eq!(typed("LABELS", "").labels.len(), 0);
    assert_eq!(typed("POINT", "").point, Point { x: 1, y: 2 });
    assert_eq!(typed("PAIR", "").pair, (1, true));
}

#[test]
fn an_empty_variable_is_none_for_an_option() {
    let text = r#"{"maybe_text": "x", "maybe_number": 5, "maybe_words": ["x"]}"#;
    let settings = SuperConfig::<Typed>::new()
        .with_text(Format::Json, text)
        .with_env(None)
        .with_env_vars([("APP_MAYBE_TEXT", ""), ("APP_MAYBE_NUMBER", ""), ("APP_MAYBE_WORDS", "")])
        .extract()
        .unwrap();
    assert_eq!(settings.maybe_text, None);
    assert_eq!(settings.maybe_number, None);
    assert_eq!(settings.maybe_words, None);
}

#[test]
fn empty_variables_can_be_ignored_altogether() {
    let settings = SuperConfig::<Typed>::new()
        .with_text(Format::Json, r#"{"maybe_text": "y", "text": "y"}"#)
        .with_env_ignore_empty(None)
        .with_env_vars([("APP_TEXT", ""), ("APP_MAYBE_TEXT", "")])
        .extract()
        .unwrap();
    assert_eq!((&*settings.text, settings.maybe_text.as_deref()), ("y", Some("y")));
}
