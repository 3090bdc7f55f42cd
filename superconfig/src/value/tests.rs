//! Values by themselves.

use serde::de::{Deserialize, IntoDeserializer};

use super::*;

#[test]
fn values_are_equal_as_configurations_are() {
    assert_eq!(Value::from(f64::NAN), Value::from(f64::NAN));
    assert_eq!(Value::from(0.0), Value::from(-0.0));
    assert_ne!(Value::from(1), Value::from(1.0));
    assert_ne!(Value::from("2026-01-02"), Value::Datetime("2026-01-02".to_owned()));
    assert_ne!(Value::from([1, 2]), Value::from([2, 1]));
    assert_eq!(Value::table([("a", 1), ("b", 2)]), Value::table([("b", 2), ("a", 1)]));
    assert_eq!(Value::default(), Value::from(None::<u8>));
}

#[test]
fn a_value_is_asked_for_what_it_is() {
    assert_eq!(Value::from(u64::MAX).as_u64(), Some(u64::MAX));
    assert_eq!(Value::from(u64::MAX).as_i64(), None);
    assert_eq!(Value::from(-1).as_u64(), None);
    assert_eq!(Value::from(i128::MIN).as_integer(), Some(i128::MIN));
    assert_eq!(Value::from(3).as_f64(), Some(3.0));
    assert_eq!(Value::from(0.5).as_integer(), None);
    assert_eq!(Value::from("x").as_str(), Some("x"));
    assert_eq!(Value::Datetime("07:32:00".to_owned()).as_datetime(), Some("07:32:00"));
    assert_eq!(Value::Datetime("07:32:00".to_owned()).as_str(), None);
    assert_eq!(Value::from(true).as_bool(), Some(true));
    assert_eq!(Value::from([1]).as_list().map(<[_]>::len), Some(1));
    assert_eq!(Value::table([("a", 1)]).as_table().map(Table::len), Some(1));
    assert!(Value::Null.is_null());
}

#[test]
fn a_value_is_shown_as_json() {
    let value = Value::table([
        ("none", Value::Null),
        ("text", Value::from("a \"b\"\n\u{1b}")),
        ("big", Value::from(u64::MAX)),
        ("float", Value::from(1.0)),
        ("nan", Value::from(f64::NAN)),
        ("less", Value::from(f64::NEG_INFINITY)),
        ("list", Value::from([true, false])),
        ("day", Value::Datetime("2026-01-02".to_owned())),
    ]);
    assert_eq!(
        value.to_string(),
        "{\"none\":null,\"text\":\"a \\\"b\\\"\\n\\u001b\",\"big\":18446744073709551615,\
         \"float\":1.0,\"nan\":\"NaN\",\"less\":\"-inf\",\"list\":[true,false],\
         \"day\":\"2026-01-02\"}"
    );
}

#[test]
fn serde_reads_and_writes_values() {
    let json = r#"{"b":[1,-2,18446744073709551615,0.5,null,true],"a":{"c":"x"}}"#;
    let value: Value = serde_json::from_str(json).expect("a value");
    assert_eq!(value.to_string(), json);
    assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
    assert_eq!(value.get("b[2]"), Some(&Value::from(u64::MAX)));
    let large = IntoDeserializer::<serde::de::value::Error>::into_deserializer(u128::MAX);
    let error = Value::deserialize(large).expect_err("too large");
    assert!(error.to_string().contains("expected an integer from"), "{error}");
}

#[test]
fn serde_keeps_dates_apart_from_strings() {
    #[derive(serde_derive::Deserialize)]
    struct Holder {
        any: Value,
    }
    let value = Value::table([("any", Value::Datetime("2026-01-02".to_owned()))]);
    let holder: Holder = value.read(KeyPath::root()).expect("it takes anything");
    assert_eq!(holder.any, Value::Datetime("2026-01-02".to_owned()));
    assert_eq!(value.read::<String>("any").expect("its text"), "2026-01-02");
}

#[test]
fn what_a_type_does_not_take_has_a_path() {
    let value = Value::table([("ports", Value::from(vec![Value::from(80), "x".into()]))]);
    let error = value.read::<Vec<u16>>("ports").expect_err("a string");
    assert_eq!(
        error.problems()[0].path.as_ref().map(ToString::to_string).as_deref(),
        Some("ports[1]")
    );
    assert_eq!(value.read::<Option<u16>>("port").expect("nothing"), None);
    let error = value.read::<u16>("port").expect_err("it is not there");
    assert_eq!(error.problems()[0].code, crate::error::Code::Missing);
}
