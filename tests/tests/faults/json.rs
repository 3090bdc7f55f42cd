//! What JSON is and what it is not: rows 11 to 13.

use superconfig::Format::{Json, Jsonc, Toml, Yaml};

use crate::{One, Row, Settings, directory, text, within};

#[test]
fn row_11_json_is_strict_and_its_relatives_are_known_by_their_extension() {
    let mut row = Row::new(11);
    let cases = [
        (
            "{\"port\": 5,}",
            "SC0301 a.json:1:11: a trailing comma = remove it, or rename the file to `.jsonc`",
            5,
        ),
        (
            "{\n  // a note\n  \"port\": 5\n}",
            "SC0301 a.json:2:3: a comment, which JSON does not have = remove it, or rename the \
             file to `.jsonc`",
            5,
        ),
        (
            "{\"port\": /* a note */ 5}",
            "SC0301 a.json:1:10: a comment, which JSON does not have = remove it, or rename \
             the file to `.jsonc`",
            5,
        ),
        (
            "{'port': 5}",
            "SC0301 a.json:1:2: single quotes, which JSON does not have = write double quotes: \
             \"…\"",
            5,
        ),
        (
            "{port: 5}",
            "SC0301 a.json:1:2: a key without quotes = write the key in double quotes: \"…\"",
            5,
        ),
        (
            "{\"port\": 0x5}",
            "SC0301 a.json:1:10: a hexadecimal number, which JSON does not have = write it in \
             decimal digits",
            5,
        ),
        ("{\"port\": +5}", "SC0301 a.json:1:10: a number with a plus sign = remove the `+`", 5),
    ];
    for (json, expected, port) in cases {
        row.refused(json, text::<Settings>(Json, json), &[expected]);
        for name in ["a.jsonc", "a.json5", "A.JSON5"] {
            let directory = directory(&[(name, json)]);
            let config = within(directory.path()).with_file(name);
            row.loaded(json, config, |settings| settings.port, port);
        }
    }
    row.refused(
        "NaN",
        text::<One<f64>>(Json, "{\"v\": NaN}"),
        &["SC0301 a.json:1:7: `Infinity` and `NaN` are not JSON = write a number, or rename \
             the file to `.jsonc`"],
    );
    row.refused(
        "Infinity",
        text::<One<f64>>(Json, "{\"v\": -Infinity}"),
        &["SC0301 a.json:1:7: `Infinity` and `NaN` are not JSON = write a number, or rename \
             the file to `.jsonc`"],
    );
    row.loaded("NaN", text(Jsonc, "{v: NaN}"), |one: One<f64>| one.v.is_nan(), true);
    // What no dialect takes.
    row.refused(
        "no comma",
        text::<Settings>(Jsonc, "{port: 5 name: 'x'}"),
        &["SC0301 a.jsonc:1:9: a comma is missing = write `,` between two values"],
    );
    row.refused(
        "not closed",
        text::<Settings>(Jsonc, "{port: 5 /*"),
        &["SC0301 a.jsonc:1:10: a comment is not closed = write `*/` where it ends"],
    );
    row.end();
}

#[test]
fn row_12_json_with_raw_control_characters_is_refused() {
    let mut row = Row::new(12);
    let cases = [
        (
            "{\"name\": \"a\nb\"}",
            "SC0301 a.json:1:12: a line break in a string (U+000A) = close the string on its \
             line, or write `\\n`",
        ),
        ("{\"name\": \"a\tb\"}", "SC0301 a.json:1:12: a tab in a string (U+0009) = write `\\t`"),
        (
            "{\"name\": \"a\u{1}b\"}",
            "SC0301 a.json:1:12: a control character in a string (U+0001) = write it as \
             `\\u00XX` inside a string",
        ),
        (
            "{\"na\u{1f}me\": 1}",
            "SC0301 a.json:1:5: a control character in a string (U+001F) = write it as \
             `\\u00XX` inside a string",
        ),
        (
            "{\"port\":\u{c}1}",
            "SC0301 a.json:1:9: a form feed between values (U+000C) = remove it, or write \
             `\\f` inside a string",
        ),
        (
            "{\"port\":\u{b}1}",
            "SC0301 a.json:1:9: a control character between values (U+000B) = remove it",
        ),
        (
            "{\"port\":\u{a0}1}",
            "SC0301 a.json:1:9: white space that JSON does not have = replace it by a plain \
             space",
        ),
    ];
    for (json, expected) in cases {
        row.refused(json, text::<Settings>(Json, json), &[expected]);
    }
    for json in &cases[..5] {
        row.equal(json.0, &text::<Settings>(Jsonc, json.0).extract().is_err(), &true);
    }
    row.end();
}

#[test]
fn row_13_half_of_a_surrogate_pair_is_no_character() {
    let mut row = Row::new(13);
    for (json, expected) in [
        (
            "{\"name\": \"\\ud800\"}",
            "SC0301 a.json:1:11: an escape that is no character: half of a surrogate pair = \
             write the character itself, or both halves: \\ud83d\\ude00",
        ),
        (
            "{\"name\": \"\\udc00\"}",
            "SC0301 a.json:1:11: an escape that is no character: half of a surrogate pair = \
             write the character itself, or both halves: \\ud83d\\ude00",
        ),
        (
            "{\"name\": \"\\ud800\\u0041\"}",
            "SC0301 a.json:1:11: an escape that is no character: half of a surrogate pair = \
             write the character itself, or both halves: \\ud83d\\ude00",
        ),
        (
            "{\"\\ud800\": 1}",
            "SC0301 a.json:1:3: an escape that is no character: half of a surrogate pair = \
             write the character itself, or both halves: \\ud83d\\ude00",
        ),
        // Also in what no setting reads.
        (
            "{\"other\": \"\\ud800\"}",
            "SC0301 a.json:1:12: an escape that is no character: half of a surrogate pair = \
             write the character itself, or both halves: \\ud83d\\ude00",
        ),
    ] {
        row.refused(json, text::<Settings>(Json, json), &[expected]);
    }
    row.refused(
        "YAML",
        text::<Settings>(Yaml, "name: \"\\ud800\""),
        &["SC0301 a.yaml:1:7: an escape that is no character = write the character itself"],
    );
    row.refused(
        "TOML",
        text::<Settings>(Toml, "name = \"\\ud800\""),
        &["SC0301 a.toml:1:11: an escape that is no character = write the character itself, \
             or its number in hexadecimal digits: \\u00e9"],
    );
    row.end();
}
