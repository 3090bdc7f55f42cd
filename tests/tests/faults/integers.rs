//! Numbers at the limits of their types and beyond: row 21.

use std::fmt::{Debug, Display};
use std::num::{NonZeroU16, NonZeroU64};

use serde::de::DeserializeOwned;
use superconfig::Format::{Json, Jsonc, Toml, Yaml};
use superconfig::SuperConfig;
use superconfig_tests::vars;

use crate::{One, Row, text};

/// One number from each source, with the place where messages find it.
fn sources<T>(number: &str) -> [(&'static str, SuperConfig<One<T>>); 6]
where
    T: DeserializeOwned + Send + Sync + PartialEq + Clone + 'static,
{
    let toml = format!("v = {number}");
    let json = format!("{{\"v\": {number}}}");
    [
        ("a.toml:1:5", text(Toml, &*toml)),
        ("a.toml:1:5", text(Toml, &*toml).by_tree()),
        ("a.yaml:1:4", text(Yaml, format!("v: {number}"))),
        ("a.json:1:7", text(Json, &*json)),
        ("a.jsonc:1:7", text(Jsonc, &*json)),
        ("variable APP_V", vars([("APP_V", number)])),
    ]
}

/// Both ends of a type's range are read from every source, and what is one beyond is refused with
/// the range and the number.
fn limits<T>(row: &mut Row, [low, high]: &[T; 2], below: &str, above: &str)
where
    T: DeserializeOwned + Send + Sync + PartialEq + Clone + Debug + Display + 'static,
{
    for number in [low, high] {
        for (place, config) in sources::<T>(&number.to_string()) {
            let case = format!("{} {number} {place}", std::any::type_name::<T>());
            row.loaded(&case, config, |one| one.v, number.clone());
        }
    }
    for number in [below, above] {
        for (place, config) in sources::<T>(number) {
            let case = format!("{} {number} {place}", std::any::type_name::<T>());
            let expected = format!(
                "SC0103 {place}: `v`: expected an integer from {low} to {high}, found the integer {number}"
            );
            row.refused(&case, config, &[&expected]);
        }
    }
}

#[test]
fn row_21_every_integer_type_ends_where_it_ends() {
    const BEYOND: &str = "340282366920938463463374607431768211456";
    let mut row = Row::new(21);
    limits(&mut row, &[u8::MIN, u8::MAX], "-1", "256");
    limits(&mut row, &[i8::MIN, i8::MAX], "-129", "128");
    limits(&mut row, &[u16::MIN, u16::MAX], "-1", "65536");
    limits(&mut row, &[i16::MIN, i16::MAX], "-32769", "32768");
    limits(&mut row, &[u32::MIN, u32::MAX], "-1", "4294967296");
    limits(&mut row, &[i32::MIN, i32::MAX], "-2147483649", "2147483648");
    limits(&mut row, &[u64::MIN, u64::MAX], "-1", "18446744073709551616");
    limits(&mut row, &[i64::MIN, i64::MAX], "-9223372036854775809", "9223372036854775808");
    limits(&mut row, &[u128::MIN, u128::MAX], "-1", BEYOND);
    limits(
        &mut row,
        &[i128::MIN, i128::MAX],
        "-170141183460469231731687303715884105729",
        "170141183460469231731687303715884105728",
    );
    limits(&mut row, &[u8::MIN, u8::MAX], "-9223372036854775809", BEYOND);
    row.end();
}

#[cfg(target_pointer_width = "64")]
#[test]
fn row_21_the_sizes_of_this_machine_end_too() {
    let mut row = Row::new(21);
    limits(&mut row, &[usize::MIN, usize::MAX], "-1", "18446744073709551616");
    limits(&mut row, &[isize::MIN, isize::MAX], "-9223372036854775809", "9223372036854775808");
    row.end();
}

#[test]
fn row_21_zero_is_refused_where_it_is_no_value() {
    let mut row = Row::new(21);
    row.refused(
        "0",
        text::<One<NonZeroU16>>(Toml, "v = 0"),
        &["SC0103 a.toml:1:5: `v`: expected an integer from 1 to 65535, found the integer 0"],
    );
    row.refused(
        "0",
        vars::<One<NonZeroU64>, 1>([("APP_V", "0")]),
        &["SC0103 variable APP_V: `v`: expected an integer from 1 to \
             18446744073709551615, found the integer 0"],
    );
    row.end();
}

#[test]
fn row_21_an_integer_is_never_a_float_on_its_way() {
    let mut row = Row::new(21);
    for number in ["1.0", "1e3", "0.5"] {
        for (place, config) in sources::<u16>(number) {
            let found = match (number, place) {
                // A variable has no type of its own, so its text is shown.
                (_, "variable APP_V") => format!("the string \"{number}\""),
                ("1e3", _) => "the number 1000.0".to_owned(),
                _ => format!("the number {number}"),
            };
            let expected =
                format!("SC0102 {place}: `v`: expected an integer from 0 to 65535, found {found}");
            row.refused(number, config, &[&expected]);
        }
    }
    // 2^53 + 1, which no float holds.
    for (place, config) in sources::<u64>("9007199254740993") {
        row.loaded(place, config, |one| one.v, 9_007_199_254_740_993);
    }
    // Digits in quotes are a string, also in YAML.
    for (format, source, place) in [
        (Toml, "v = '5'", "a.toml:1:5"),
        (Yaml, "v: '5'", "a.yaml:1:4"),
        (Json, "{\"v\": \"5\"}", "a.json:1:7"),
    ] {
        let expected = format!(
            "SC0102 {place}: `v`: expected an integer from 0 to 65535, found the string \"5\" \
             = write it without quotes"
        );
        row.refused(source, text::<One<u16>>(format, source), &[&expected]);
    }
    // An integer is a float, if that is asked for.
    for (place, config) in sources::<f64>("300") {
        row.loaded(place, config, |one| one.v, 300.0);
    }
    row.end();
}

#[test]
fn row_21_the_limits_hold_inside_of_lists_too() {
    let mut row = Row::new(21);
    row.refused(
        "TOML",
        text::<One<Vec<u8>>>(Toml, "v = [1, 256, -1]"),
        &["SC0103 a.toml:1:9: `v[1]`: expected an integer from 0 to 255, found the integer \
             256"],
    );
    row.refused(
        "YAML",
        text::<One<Vec<u8>>>(Yaml, "v:\n- 256"),
        &["SC0103 a.yaml:2:3: `v[0]`: expected an integer from 0 to 255, found the integer \
             256"],
    );
    row.refused(
        "JSON",
        text::<One<Vec<u8>>>(Json, "{\"v\": [256]}"),
        &["SC0103 a.json:1:8: `v[0]`: expected an integer from 0 to 255, found the integer \
             256"],
    );
    row.refused(
        "a variable",
        vars::<One<Vec<u8>>, 1>([("APP_V", "1,256")]),
        &["SC0103 variable APP_V: `v[1]`: expected an integer from 0 to 255, found the \
             integer 256"],
    );
    row.refused(
        "JSON in a variable",
        vars::<One<Vec<u8>>, 1>([("APP_V", "[1,256]")]),
        &["SC0103 variable APP_V: `v[1]`: expected an integer from 0 to 255, found the \
             integer 256"],
    );
    row.end();
}
