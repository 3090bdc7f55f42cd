use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::tree::{Key, Span};
use super::*;

/// What `T` reads from a file's value, which is given as JSON here, or its fault.
fn file<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    let tree = json_text::parse(json).expect("valid JSON");
    T::deserialize(Reader::Tree(&tree)).map_err(|fault| fault.to_string())
}

/// What `T` reads from a variable's text, or its fault.
fn variable<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    scalar(Scalar::text(text.to_owned(), ","))
}

/// What `T` reads from a scalar, alone and as a tree, or its fault.
fn scalar<T: DeserializeOwned>(scalar: Scalar<'static>) -> Result<T, String> {
    let alone = T::deserialize(Reader::Scalar(&scalar)).map_err(|fault| fault.to_string());
    let tree = Tree::from(scalar);
    let in_tree = T::deserialize(Reader::Tree(&tree)).map_err(|fault| fault.to_string());
    assert_eq!(in_tree.as_ref().err(), alone.as_ref().err());
    alone
}

fn fault<T: Debug>(read: Result<T, String>) -> String {
    read.expect_err("a fault")
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Empty,
    Round(u8),
    Flat(u8, u8),
    Box { w: u8, h: u8 },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Port(u16);

#[derive(Debug, PartialEq, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, Deserialize)]
struct Point {
    x: i64,
    y: i64,
}

/// A type that asks for bytes, as those with binary contents do.
#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = list.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(Collect)
    }
}

/// What a type is given that takes anything.
#[derive(Debug, PartialEq)]
enum Any {
    Unit,
    Bool(bool),
    U64(u64),
    I64(i64),
    I128(i128),
    U128(u128),
    F64(f64),
    Str(String),
    List(usize),
    Table(Vec<String>),
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tell;

        macro_rules! tell {
            ($($method:ident $type:ty => $any:ident),* $(,)?) => {$(
                fn $method<E>(self, value: $type) -> Result<Any, E> {
                    Ok(Any::$any(value.into()))
                }
            )*};
        }

        impl<'de> Visitor<'de> for Tell {
            type Value = Any;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("anything")
            }

            fn visit_unit<E>(self) -> Result<Any, E> {
                Ok(Any::Unit)
            }

            tell! {
                visit_bool bool => Bool, visit_u64 u64 => U64, visit_i64 i64 => I64,
                visit_i128 i128 => I128, visit_u128 u128 => U128, visit_f64 f64 => F64,
                visit_str &str => Str,
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Any, A::Error> {
                let mut len = 0;
                while list.next_element::<IgnoredAny>()?.is_some() {
                    len += 1;
                }
                Ok(Any::List(len))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut table: A,
            ) -> Result<Any, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = table.next_entry::<String, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Any::Table(keys))
            }
        }

        deserializer.deserialize_any(Tell)
    }
}

#[test]
fn a_type_that_takes_anything_is_given_what_the_source_wrote() {
    let cases = [
        (Scalar::Null, Any::Unit),
        (Scalar::Bool(true), Any::Bool(true)),
        (Scalar::Integer(7), Any::U64(7)),
        (Scalar::Integer(-7), Any::I64(-7)),
        (Scalar::Integer(i128::MIN), Any::I128(i128::MIN)),
        (Scalar::Huge(u128::MAX.to_string().into()), Any::U128(u128::MAX)),
        (Scalar::Float(0.5), Any::F64(0.5)),
        (Scalar::Str("7".into()), Any::Str("7".into())),
        (Scalar::Datetime("07:32:00".into()), Any::Table(vec![DATETIME_FIELD.into()])),
        // Plain scalars of YAML are what its core schema says.
        (Scalar::Plain("~".into()), Any::Unit),
        (Scalar::Plain("0x10".into()), Any::U64(16)),
        (Scalar::Plain("yes".into()), Any::Str("yes".into())),
        // A variable's text is JSON where it looks like it, and never a quoted string.
        (Scalar::text("8080", ","), Any::U64(8080)),
        (Scalar::text("[1, 2]", ","), Any::List(2)),
        (Scalar::text("{\"a\": 1}", ","), Any::Table(vec!["a".into()])),
        (Scalar::text("true", ","), Any::Bool(true)),
        (Scalar::text("tree", ","), Any::Str("tree".into())),
        (Scalar::text("null", ","), Any::Str("null".into())),
        (Scalar::text("1.2.3", ","), Any::Str("1.2.3".into())),
    ];
    for (given, any) in cases {
        assert_eq!(scalar(given.clone()), Ok(any), "{given:?}");
    }
    assert_eq!(file("[true, null]"), Ok(Any::List(2)));
}

#[test]
fn an_integer_that_no_type_holds_is_out_of_range() {
    let huge = Scalar::Huge("-999999999999999999999999999999999999999999".into());
    assert_eq!(
        fault(scalar::<Any>(huge)),
        "expected an integer up to 340282366920938463463374607431768211455, \
         found the integer -999999999999999999999999999999999999999999"
    );
}

#[test]
fn bytes_are_those_of_a_string_or_a_list_of_numbers() {
    assert_eq!(file("[1, 255]"), Ok(Bytes(vec![1, 255])));
    assert_eq!(file("\"hé\""), Ok(Bytes("hé".as_bytes().to_vec())));
    assert_eq!(variable("ab"), Ok(Bytes(b"ab".to_vec())));
    assert_eq!(fault(file::<Bytes>("{}")), "expected bytes, found a table");
    assert_eq!(fault(file::<Bytes>("true")), "expected a string, found the boolean true");
    assert_eq!(
        fault(file::<Bytes>("[1, 256]")),
        "expected an integer from 0 to 255, found the integer 256"
    );
}

#[test]
fn a_unit_is_null_and_nothing_else() {
    assert_eq!(file("null"), Ok(()));
    assert_eq!(file("null"), Ok(Unit));
    assert_eq!(scalar(Scalar::Plain("~".into())), Ok(Unit));
    assert_eq!(fault(file::<Unit>("0")), "expected null, found the integer 0");
    assert_eq!(fault(file::<()>("[]")), "expected null, found a list");
}

#[test]
fn a_newtype_is_what_is_in_it() {
    assert_eq!(file("80"), Ok(Port(80)));
    assert_eq!(variable("80"), Ok(Port(80)));
    assert_eq!(
        fault(variable::<Port>("65536")),
        "expected an integer from 0 to 65535, found the integer 65536"
    );
}

#[test]
fn a_single_character_is_one_and_not_more() {
    assert_eq!(file("\"é\""), Ok('é'));
    assert_eq!(variable("x"), Ok('x'));
    assert_eq!(
        fault(file::<char>("\"ab\"")),
        "expected a single character, found the string \"ab\""
    );
    assert_eq!(fault(file::<char>("\"\"")), "expected a single character, found the string \"\"");
    assert_eq!(fault(file::<char>("[]")), "expected a single character, found a list");
}

#[test]
fn tuples_and_tuple_structs_are_lists_of_their_length() {
    assert_eq!(file("[1, \"a\"]"), Ok(Pair(1, "a".into())));
    assert_eq!(variable("1, a"), Ok(Pair(1, "a".into())));
    assert_eq!(variable(" [1, \"a,b\"]"), Ok((1_u8, "a,b".to_owned())));
    assert_eq!(
        fault(file::<Pair>("[1]")),
        "expected tuple struct Pair with 2 elements, found a list of 1 item"
    );
    assert_eq!(
        fault(file::<(u8, u8)>("[1, 2, 3]")),
        "expected a list of 2 items, found a list of 3 items"
    );
    assert_eq!(fault(file::<Pair>("null")), "`null` is not a value here");
    assert_eq!(fault(file::<Pair>("{}")), "expected a list, found a table");
    assert_eq!(fault(variable::<Vec<u8>>("")), "`null` is not a value here");
}

#[test]
fn a_struct_is_a_table_a_list_or_json_in_a_variable() {
    let point = Point { x: 1, y: -2 };
    assert_eq!(file("{\"x\": 1, \"y\": -2}").as_ref(), Ok(&point));
    assert_eq!(file("[1, -2]").as_ref(), Ok(&point));
    assert_eq!(variable("{\"x\": 1, \"y\": -2}").as_ref(), Ok(&point));
    assert_eq!(variable(" [1, -2]").as_ref(), Ok(&point));
    assert_eq!(fault(file::<Point>("null")), "`null` is not a value here");
    assert_eq!(fault(file::<Point>("1")), "expected a table, found the integer 1");
    assert_eq!(
        fault(file::<Point>("[1]")),
        "expected struct Point with 2 elements, found a list of 1 item"
    );
    assert_eq!(fault(file::<Point>("{\"x\": 1}")), "`y` is missing");
    assert_eq!(
        fault(variable::<Point>("1,2")),
        "not valid JSON (trailing characters, at character 2), found the string \"1,2\""
    );
    assert_eq!(fault(variable::<Point>("1")), "expected a table, found the integer 1");
}

#[test]
fn enums_have_variants_of_every_kind() {
    assert_eq!(file("\"empty\""), Ok(Shape::Empty));
    assert_eq!(file("{\"empty\": null}"), Ok(Shape::Empty));
    assert_eq!(file("{\"empty\": {}}"), Ok(Shape::Empty));
    assert_eq!(file("{\"round\": 3}"), Ok(Shape::Round(3)));
    assert_eq!(file("{\"flat\": [1, 2]}"), Ok(Shape::Flat(1, 2)));
    assert_eq!(file("{\"box\": {\"w\": 1, \"h\": 2}}"), Ok(Shape::Box { w: 1, h: 2 }));
    assert_eq!(variable("empty"), Ok(Shape::Empty));
    assert_eq!(variable(" {\"flat\": [1, 2]}"), Ok(Shape::Flat(1, 2)));
}

#[test]
fn wrong_variants_say_what_is_wrong_with_them() {
    assert_eq!(
        fault(file::<Shape>("\"oval\"")),
        "unknown value \"oval\", expected one of \"empty\", \"round\", \"flat\", \"box\""
    );
    assert_eq!(
        fault(file::<Shape>("{\"empty\": 1}")),
        "expected the variant's name alone, found the integer 1"
    );
    assert_eq!(
        fault(file::<Shape>("{\"round\": 1, \"flat\": [1, 2]}")),
        "expected a table with one key, the variant, found a table"
    );
    assert_eq!(
        fault(file::<Shape>("{\"flat\": [1]}")),
        "expected tuple variant Shape::Flat with 2 elements, found a list of 1 item"
    );
    assert_eq!(fault(file::<Shape>("{\"box\": 1}")), "expected a table, found the integer 1");
    assert_eq!(fault(file::<Shape>("[]")), "expected a variant's name, found a list");
    assert_eq!(fault(file::<Shape>("1")), "expected a string, found the integer 1");
}

#[test]
fn keys_of_a_map_are_of_any_type_that_a_text_can_be() {
    fn keys<K: DeserializeOwned + Ord>(json: &str) -> Result<Vec<K>, String> {
        file::<BTreeMap<K, u8>>(json).map(|map| map.into_keys().collect())
    }
    assert_eq!(keys(r#"{"1": 0, "-2": 0}"#), Ok(vec![-2_i8, 1]));
    assert_eq!(keys(r#"{"18446744073709551615": 0}"#), Ok(vec![u64::MAX]));
    assert_eq!(keys(r#"{"true": 0, "off": 0}"#), Ok(vec![false, true]));
    assert_eq!(keys(r#"{"a": 0}"#), Ok(vec!['a']));
    assert_eq!(keys(r#"{"80": 0}"#), Ok(vec![Port(80)]));
    assert_eq!(keys(r#"{"empty": 0}"#), Ok(vec![Shape::Empty]));
    assert_eq!(keys(r#"{"a": 0}"#), Ok(vec![Some("a".to_owned())]));
    assert_eq!(keys(r#"{"1": 0}"#), Ok(vec![Some(1_u8)]));
    assert_eq!(keys(r#"{"1": 0}"#), Ok(vec!["1".to_owned()]));
    assert_eq!(
        fault(keys::<u8>(r#"{"256": 0}"#)),
        "expected an integer from 0 to 255, found the integer 256"
    );
    assert_eq!(
        fault(keys::<bool>(r#"{"maybe": 0}"#)),
        "expected a boolean (true, yes, on, 1 or their opposites), found the string \"maybe\""
    );
}

#[test]
fn a_map_in_a_variable_is_json() {
    type Map = BTreeMap<String, u8>;
    assert_eq!(variable(r#"{"a": 1}"#), Ok(Map::from([("a".into(), 1)])));
    assert_eq!(fault(variable::<Map>("[]")), "expected a table, found a list");
    assert_eq!(fault(file::<Map>("[]")), "expected a table, found a list");
    assert_eq!(fault(file::<Map>("null")), "`null` is not a value here");
    assert_eq!(
        fault(variable::<Map>(r#"{"a": 1, "a": 2}"#)),
        "not valid JSON (the key \"a\" stands twice, at character 12), \
         found the string \"{\\\"a\\\": 1, \\\"a\\\": 2}\""
    );
}

#[test]
fn options_are_null_or_what_is_in_them() {
    assert_eq!(file("null"), Ok(None::<u8>));
    assert_eq!(file("1"), Ok(Some(1_u8)));
    assert_eq!(scalar(Scalar::Plain(String::new().into())), Ok(None::<String>));
    // A variable cannot say `null`: its text is a value.
    assert_eq!(variable("null"), Ok(Some("null".to_owned())));
    assert_eq!(file("[1, null]"), Ok(vec![Some(1_u8), None]));
}

#[test]
fn numbers_of_both_widths_and_strings_that_are_none() {
    assert_eq!(file("0.5"), Ok(0.5_f32));
    assert_eq!(variable("0.1"), Ok(0.1_f32));
    assert_eq!(variable("1e3"), Ok(1000.0_f64));
    assert_eq!(scalar(Scalar::Plain("-3".into())), Ok(-3_i128));
    assert_eq!(fault(file::<f32>("\"1\"")), "expected a number, found the string \"1\"");
    assert_eq!(fault(file::<String>("1")), "expected a string, found the integer 1");
    assert_eq!(fault(file::<bool>("[]")), "expected a boolean (true or false), found a list");
    assert_eq!(fault(file::<u8>("[]")), "expected an integer, found a list");
    assert_eq!(scalar(Scalar::Datetime("1979-05-27".into())), Ok("1979-05-27".to_owned()));
}

#[test]
fn changes_to_elements_are_no_value() {
    let one = Tree::from(Scalar::Integer(1));
    let tree = Tree::new(Node::Elements(vec![(0, one)]));
    let fault = Any::deserialize(Reader::Tree(&tree)).expect_err("not a value");
    assert_eq!(fault.to_string(), "expected a value, found an element of a list");
    assert_eq!(Reader::Tree(&tree).found().to_string(), "an element of a list");
    let tree = Tree::new(Node::List(vec![tree]));
    IgnoredAny::deserialize(Reader::Tree(&tree)).expect("what is ignored is not looked at");
}

#[test]
fn a_fault_inside_a_value_says_where() {
    let place = Span::new(10, 14);
    let bad = Tree::spanned(Node::Scalar(Scalar::Bool(true)), place);
    let list = Tree::new(Node::List(vec![Scalar::Integer(1).into(), bad]));
    let tree = Tree::spanned(Node::Table(vec![(Key::new("a"), list)]), Span::new(0, 20));
    let fault =
        BTreeMap::<String, Vec<u8>>::deserialize(Reader::Tree(&tree)).expect_err("a boolean");
    let at: crate::path::KeyPath = fault.at().cloned().collect();
    assert_eq!(at.to_string(), "a[1]");
    assert_eq!(fault.span(), Some(place));

    let key = Span::new(3, 4);
    let tree = Tree::new(Node::Table(vec![(Key::spanned("x", key), Scalar::Null.into())]));
    let fault = BTreeMap::<u8, u8>::deserialize(Reader::Tree(&tree)).expect_err("no number");
    assert_eq!(fault.span(), Some(key));
}
