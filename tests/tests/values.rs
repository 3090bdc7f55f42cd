//! One value of every kind of type, from every kind of source.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU8;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde_derive::Deserialize;
use superconfig::{Format, SuperConfig};
use superconfig_tests::refused;

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct One<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    value: T,
}

/// What a value is when it stands so in a text.
fn from<T>(format: Format, value: &str) -> Result<T, String>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let text = match format {
        Format::Toml => format!("value = {value}"),
        Format::Yaml => format!("value: {value}"),
        _ => format!("{{\"value\": {value}}}"),
    };
    let config = || SuperConfig::<One<T>>::new().with_named_text("a", format, text.clone());
    let fast = config().extract().map(|one| one.value).map_err(|error| refused(&error).join("\n"));
    let tree = config().by_tree().extract();
    assert_eq!(fast.is_ok(), tree.is_ok(), "the two ways differ on {text}");
    fast
}

/// What it is when a variable says so.
fn variable<T>(value: &str) -> Result<T, String>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let config = SuperConfig::<One<T>>::new().with_env(None).with_env_vars([("APP_VALUE", value)]);
    config.extract().map(|one| one.value).map_err(|error| refused(&error).join("\n"))
}

/// A value that is written alike in all formats and in variables.
fn everywhere<T>(value: &str, expected: &T)
where
    T: DeserializeOwned + Send + Sync + PartialEq + Debug + 'static,
{
    for format in [Format::Toml, Format::Json, Format::Yaml] {
        assert_eq!(from::<T>(format, value).as_ref(), Ok(expected), "{value} in {format:?}");
    }
    assert_eq!(variable::<T>(value).as_ref(), Ok(expected), "{value} in a variable");
}

fn quoted<T>(text: &str, expected: &T)
where
    T: DeserializeOwned + Send + Sync + PartialEq + Debug + 'static,
{
    for format in [Format::Toml, Format::Json, Format::Yaml] {
        let value = format!("{text:?}");
        assert_eq!(from::<T>(format, &value).as_ref(), Ok(expected), "{value} in {format:?}");
    }
    assert_eq!(from::<T>(Format::Yaml, text).as_ref(), Ok(expected), "{text} in YAML");
    assert_eq!(variable::<T>(text).as_ref(), Ok(expected), "{text} in a variable");
}

fn nowhere<T>(value: &str, expected: &str)
where
    T: DeserializeOwned + Send + Sync + Debug + 'static,
{
    for format in [Format::Toml, Format::Json, Format::Yaml] {
        let said = from::<T>(format, value).unwrap_err();
        assert!(said.ends_with(expected), "{value} in {format:?}: {said}");
    }
}

fn limits<T>(low: T, high: T, below: &str, above: &str)
where
    T: DeserializeOwned + Send + Sync + PartialEq + Debug + Display + 'static,
{
    for limit in [low, high] {
        let text = limit.to_string();
        for format in [Format::Json, Format::Yaml, Format::Toml] {
            assert_eq!(from::<T>(format, &text).as_ref(), Ok(&limit), "{text} in {format:?}");
        }
        assert_eq!(variable::<T>(&text).as_ref(), Ok(&limit), "{text} in a variable");
    }
    for beyond in [below, above] {
        for format in [Format::Json, Format::Yaml, Format::Toml] {
            let said = from::<T>(format, beyond).unwrap_err();
            assert!(said.starts_with("SC0103 "), "{beyond} in {format:?}: {said}");
        }
        let said = variable::<T>(beyond).unwrap_err();
        assert!(said.starts_with("SC0103 "), "{beyond} in a variable: {said}");
    }
}

#[test]
fn integers_reach_their_limits_and_not_beyond() {
    limits(u8::MIN, u8::MAX, "-1", "256");
    limits(i8::MIN, i8::MAX, "-129", "128");
    limits(u16::MIN, u16::MAX, "-1", "65536");
    limits(i16::MIN, i16::MAX, "-32769", "32768");
    limits(u32::MIN, u32::MAX, "-1", "4294967296");
    limits(i32::MIN, i32::MAX, "-2147483649", "2147483648");
    limits(i64::MIN, i64::MAX, "-9223372036854775809", "9223372036854775808");
    limits(u64::MIN, u64::MAX, "-1", "18446744073709551616");
    limits(isize::MIN, isize::MAX, "-9223372036854775809", "9223372036854775808");
    limits(usize::MIN, usize::MAX, "-1", "18446744073709551616");
    let beyond = "170141183460469231731687303715884105728";
    limits(i128::MIN, i128::MAX, &format!("-{}", "9".repeat(39)), beyond);
    limits(u128::MIN, u128::MAX, "-1", "340282366920938463463374607431768211456");
}

#[test]
fn an_integer_is_written_without_a_fraction() {
    nowhere::<u16>("1.0", "`value`: expected an integer from 0 to 65535, found the number 1.0");
    nowhere::<u16>("1e2", "`value`: expected an integer from 0 to 65535, found the number 100.0");
    nowhere::<u16>(
        "\"1\"",
        "`value`: expected an integer from 0 to 65535, found the string \"1\" = write it without quotes",
    );
    nowhere::<u16>(
        "\"70000\"",
        "`value`: expected an integer from 0 to 65535, found the string \"70000\"",
    );
    nowhere::<u16>("true", "`value`: expected an integer from 0 to 65535, found the boolean true");
    nowhere::<u16>("[]", "`value`: expected an integer, found a list");
    assert_eq!(
        variable::<u16>("1.0").unwrap_err(),
        "SC0102 variable APP_VALUE: `value`: expected an integer from 0 to 65535, found the \
         string \"1.0\""
    );
}

#[test]
fn a_number_that_its_type_refuses_is_refused() {
    everywhere("7", &NonZeroU8::new(7).unwrap());
    nowhere::<NonZeroU8>("0", "`value`: expected an integer from 1 to 255, found the integer 0");
}

#[test]
fn floats_take_integers_and_round_alike() {
    everywhere("0.1", &0.1_f64);
    everywhere("1", &1.0_f64);
    everywhere("-2.5e-3", &-2.5e-3_f64);
    everywhere("0.1", &0.1_f32);
    everywhere("5e-324", &5e-324_f64);
    everywhere("1.7976931348623157e308", &f64::MAX);
    everywhere("9007199254740993", &9_007_199_254_740_992.0_f64);
    everywhere("2.2250738585072014e-308", &f64::MIN_POSITIVE);
}

#[test]
fn infinity_and_nan_are_floats_where_the_format_can_write_them() {
    for (format, text) in [(Format::Toml, "inf"), (Format::Yaml, ".inf")] {
        assert_eq!(from::<f64>(format, text), Ok(f64::INFINITY));
        assert_eq!(from::<f32>(format, &format!("-{text}")), Ok(f32::NEG_INFINITY));
    }
    assert!(from::<f64>(Format::Toml, "nan").unwrap().is_nan());
    assert!(from::<f64>(Format::Yaml, ".NaN").unwrap().is_nan());
    assert_eq!(variable::<f64>("-inf"), Ok(f64::NEG_INFINITY));
    assert!(variable::<f64>("nan").unwrap().is_nan());
    assert!(from::<f64>(Format::Json, "1e999").is_err());
    assert!(from::<u8>(Format::Toml, "inf").is_err());
    assert!(from::<u8>(Format::Yaml, ".nan").is_err());
}

#[test]
fn booleans_are_true_and_false_in_files() {
    everywhere("true", &true);
    everywhere("false", &false);
    nowhere::<bool>("1", "`value`: expected a boolean (true or false), found the integer 1");
    assert!(
        from::<bool>(Format::Yaml, "yes").unwrap_err().ends_with(
            "expected a boolean (true or false): write `true`, found the string \"yes\""
        )
    );
}

#[test]
fn strings_are_what_was_written() {
    quoted("plain", &"plain".to_owned());
    quoted("ünïcode ✓", &"ünïcode ✓".to_owned());
    quoted("plain", &Box::<str>::from("plain"));
    for text in ["007", "0x1F", "1_000", "1e3", "1.10", "yes", "true", "1:30"] {
        assert_eq!(from::<String>(Format::Yaml, text).as_deref(), Ok(text), "{text} in YAML");
    }
    for text in ["1", "true", "1.5"] {
        assert!(from::<String>(Format::Toml, text).is_err(), "{text} in TOML");
        assert!(from::<String>(Format::Json, text).is_err(), "{text} in JSON");
    }
}

#[test]
fn a_character_is_one_character() {
    quoted("x", &'x');
    quoted("ß", &'ß');
    nowhere::<char>("\"ab\"", "`value`: expected a single character, found the string \"ab\"");
    nowhere::<char>("\"\"", "`value`: expected a single character, found the string \"\"");
}

#[test]
fn addresses_and_paths_read_themselves() {
    quoted("127.0.0.1", &"127.0.0.1".parse::<IpAddr>().unwrap());
    quoted("::1", &Ipv6Addr::LOCALHOST);
    quoted("127.0.0.1:80", &"127.0.0.1:80".parse::<SocketAddr>().unwrap());
    quoted("a/b c", &PathBuf::from("a/b c"));
    let names = "names are not looked up: write the address itself, or let the field be a `String` \
                 and resolve it in the program";
    nowhere::<IpAddr>(
        "\"localhost\"",
        &format!(
            "`value`: expected an IP address such as 127.0.0.1 or ::1, found the string \
             \"localhost\" = {names}"
        ),
    );
    nowhere::<SocketAddr>(
        "\"127.0.0.1\"",
        &format!(
            "`value`: expected an IP address with a port, such as 127.0.0.1:8080 or [::1]:8080, \
             found the string \"127.0.0.1\" = {names}"
        ),
    );
}

#[test]
fn tuples_and_arrays_are_lists_of_their_length() {
    everywhere("[1, 2, 3]", &[1_u8, 2, 3]);
    everywhere("[1, true, \"x\"]", &(1_u8, true, "x".to_owned()));
    nowhere::<(u8, u8)>("[1]", "`value`: expected a tuple of size 2, found a list of 1 item");
    nowhere::<(u8, u8)>(
        "[1, 2, 3]",
        "`value`: expected a list of 2 items, found a list of 3 items",
    );
    nowhere::<[u8; 2]>(
        "[1, 256]",
        "`value[1]`: expected an integer from 0 to 255, found the integer 256",
    );
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Point {
    x: i32,
    #[serde(default)]
    y: i32,
}

#[derive(Deserialize, Debug, PartialEq)]
struct Wrapped(u16);

#[derive(Deserialize, Debug, PartialEq)]
struct Unit;

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Empty,
    Circle(u32),
    Line(i8, i8),
    Box { w: u8, h: u8 },
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Either {
    Number(u64),
    Flag(bool),
    Text(String),
    List(Vec<i64>),
    Table(BTreeMap<String, f64>),
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(tag = "kind")]
enum Tagged {
    A { n: i64 },
    B { text: String },
}

fn tables<T>(toml: &str, json: &str, expected: &T)
where
    T: DeserializeOwned + Send + Sync + PartialEq + Debug + 'static,
{
    assert_eq!(from::<T>(Format::Toml, toml).as_ref(), Ok(expected), "{toml}");
    for format in [Format::Json, Format::Yaml] {
        assert_eq!(from::<T>(format, json).as_ref(), Ok(expected), "{json} in {format:?}");
    }
    assert_eq!(variable::<T>(json).as_ref(), Ok(expected), "{json} in a variable");
}

#[test]
fn structs_of_serde_are_one_value() {
    tables("{x = 1, y = 2}", r#"{"x": 1, "y": 2}"#, &Point { x: 1, y: 2 });
    tables("{x = 1}", r#"{"x": 1}"#, &Point { x: 1, y: 0 });
    everywhere("[1, 2]", &Point { x: 1, y: 2 });
    everywhere("5", &Wrapped(5));
    let said = from::<Point>(Format::Toml, "{x = 'a'}").unwrap_err();
    assert_eq!(
        said,
        "SC0102 a:1:14: `value.x`: expected an integer from -2147483648 to 2147483647, found the \
         string \"a\""
    );
    let said = from::<Point>(Format::Json, r#"{"y": 1}"#).unwrap_err();
    assert_eq!(said, "SC0106 a:1:11: `value`: `x` is missing");
    let said = from::<Point>(Format::Yaml, "{x: 1, z: 1}").unwrap_err();
    assert_eq!(said, "SC0203 a:1:15: `value`: unknown key \"z\", expected \"x\" or \"y\"");
}

#[test]
fn enums_of_serde_are_one_value() {
    quoted("empty", &Shape::Empty);
    tables("{circle = 5}", r#"{"circle": 5}"#, &Shape::Circle(5));
    tables("{line = [1, -1]}", r#"{"line": [1, -1]}"#, &Shape::Line(1, -1));
    tables("{box = {w = 1, h = 2}}", r#"{"box": {"w": 1, "h": 2}}"#, &Shape::Box { w: 1, h: 2 });
    let said = from::<Shape>(Format::Toml, "'oval'").unwrap_err();
    assert_eq!(
        said,
        "SC0105 a:1:9: `value`: unknown value \"oval\", expected one of \"empty\", \"circle\", \
         \"line\", \"box\""
    );
}

#[test]
fn untagged_and_tagged_enums_of_serde_ask_for_anything() {
    everywhere("5", &Either::Number(5));
    everywhere("true", &Either::Flag(true));
    quoted("text", &Either::Text("text".to_owned()));
    everywhere("[-1, 2]", &Either::List(vec![-1, 2]));
    tables("{a = 1.5}", r#"{"a": 1.5}"#, &Either::Table(BTreeMap::from([("a".to_owned(), 1.5)])));
    tables("{kind = 'A', n = 1}", r#"{"kind": "A", "n": 1}"#, &Tagged::A { n: 1 });
    tables(
        "{text = 't', kind = 'B'}",
        r#"{"text": "t", "kind": "B"}"#,
        &Tagged::B { text: "t".to_owned() },
    );
}

#[test]
fn values_of_any_shape_can_be_kept() {
    let value: serde_json::Value =
        serde_json::json!({"a": [1, -2, 1.5, true, "x", {}], "b": {"c": "d"}});
    assert_eq!(from::<serde_json::Value>(Format::Json, &value.to_string()), Ok(value.clone()));
    assert_eq!(from::<serde_json::Value>(Format::Yaml, &value.to_string()), Ok(value.clone()));
    let toml = "{a = [1, -2, 1.5, true, 'x', {}], b.c = 'd'}";
    assert_eq!(from::<serde_json::Value>(Format::Toml, toml), Ok(value));
    assert_eq!(from::<serde_json::Value>(Format::Json, "null"), Ok(serde_json::Value::Null));
}

#[test]
fn dates_of_toml_are_dates_and_texts() {
    type Date = toml::value::Datetime;
    for text in ["1979-05-27T07:32:00Z", "1979-05-27T07:32:00.999-07:00", "1979-05-27", "07:32:00"]
    {
        let date: Date = text.parse().unwrap();
        assert_eq!(from::<Date>(Format::Toml, text), Ok(date), "{text}");
        assert_eq!(from::<Date>(Format::Json, &format!("{text:?}")), Ok(date), "{text}");
        assert_eq!(from::<Date>(Format::Yaml, text), Ok(date), "{text}");
        assert_eq!(variable::<Date>(text), Ok(date), "{text}");
        assert_eq!(from::<String>(Format::Toml, text).as_deref(), Ok(text));
    }
}

/// As the types of `chrono` and `jiff` read themselves.
#[derive(Debug, PartialEq)]
struct Year(u16);

impl<'de> serde::Deserialize<'de> for Year {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl serde::de::Visitor<'_> for Reads {
            type Value = Year;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a date such as 1979-05-27")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Year, E> {
                let year = text.split('-').next().and_then(|year| year.parse().ok());
                year.map(Year).ok_or_else(|| E::custom(format!("{text} has no year")))
            }
        }
        deserializer.deserialize_str(Reads)
    }
}

#[test]
fn types_that_read_a_string_read_a_date_of_toml_too() {
    assert_eq!(from::<Year>(Format::Toml, "1979-05-27"), Ok(Year(1979)));
    quoted("1979-05-27", &Year(1979));
    let said = from::<Year>(Format::Toml, "'x'").unwrap_err();
    assert_eq!(said, "SC0106 a:1:9: `value`: x has no year, found the string \"x\"");
    let said = from::<Year>(Format::Toml, "5").unwrap_err();
    assert_eq!(said, "SC0102 a:1:9: `value`: expected a string, found the integer 5");
}

#[test]
fn null_is_for_options() {
    for format in [Format::Json, Format::Yaml] {
        let said = from::<u8>(format, "null").unwrap_err();
        assert!(said.contains("`value`: `null` is not a value here"), "{said}");
        assert_eq!(from::<()>(format, "null"), Ok(()));
        assert_eq!(from::<Unit>(format, "null"), Ok(Unit));
        for refused in [
            from::<String>(format, "null").unwrap_err(),
            from::<(u8,)>(format, "null").unwrap_err(),
            from::<Point>(format, "null").unwrap_err(),
            from::<Shape>(format, "null").unwrap_err(),
            from::<PathBuf>(format, "null").unwrap_err(),
            from::<Wrapped>(format, "null").unwrap_err(),
            from::<Vec<u8>>(format, "[null]").unwrap_err(),
        ] {
            assert!(refused.starts_with("SC0104 "), "{refused}");
        }
        assert_eq!(from::<Vec<Option<u8>>>(format, "[null, 1]"), Ok(vec![None, Some(1)]));
    }
    assert!(from::<String>(Format::Yaml, "~").is_err());
    assert!(from::<String>(Format::Yaml, "").is_err());
    assert_eq!(from::<String>(Format::Yaml, "''").as_deref(), Ok(""));
}
