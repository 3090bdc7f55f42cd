//! What people write in TOML who think of YAML, JSON or another program: row 1.

use superconfig::Format::Toml;

use crate::{Row, Settings, text};

#[test]
fn row_01_values_that_toml_does_not_have_are_told_in_words_of_configuration() {
    let mut row = Row::new(1);
    let no_value = "a value that is no number, date or boolean";
    let quotes = "put text in quotes: \"like this\"";
    let point = "a number that begins or ends with its decimal point = write `0.5` or `5.0`";
    let semicolon =
        "a `;` behind a key and its value = remove it: in TOML the line's end ends them";
    let cases = [
        ("name = info", format!("1:8: {no_value} = {quotes}")),
        ("name = 127.0.0.1 # me", format!("1:8: {no_value} = {quotes}")),
        ("name = 1.2.x", format!("1:8: {no_value} = {quotes}")),
        ("name = test", format!("1:8: {no_value} = {quotes}; booleans are `true` and `false`")),
        ("name = null", format!("1:8: {no_value} = TOML has no null: leave the key out")),
        ("name = None # x", format!("1:8: {no_value} = TOML has no null: leave the key out")),
        (
            "name = “a”",
            format!("1:8: {no_value} = write straight quotes, as code has them: \"like this\""),
        ),
        ("port = .5", format!("1:8: {point}")),
        ("port = 5.", format!("1:10: {point}")),
        ("port = 1e", "1:10: an exponent without digits = write `1e5`".to_owned()),
        ("port = NaN", "1:8: not quite a number = write `nan` or `inf` in lower case".to_owned()),
        (
            "port = 1,\nname = 'x',",
            "1:9: a `,` behind a key and its value = remove it: in TOML the line's end ends them"
                .to_owned(),
        ),
        (
            "name = 'x';",
            "1:11: a `;` behind a key and its value = remove it: in TOML the line's end ends them"
                .to_owned(),
        ),
        ("port = 8080;", format!("1:12: {semicolon}")),
        ("port = -1.5; # c", format!("1:12: {semicolon}")),
        ("debug = true;\nport = 1;", format!("1:13: {semicolon}")),
        ("port = inf;", format!("1:11: {semicolon}")),
        ("port = 0x1F;", format!("1:12: {semicolon}")),
        ("port = 2026-11-22;", format!("1:18: {semicolon}")),
        ("port = 1;; # c", format!("1:9: {semicolon}")),
        ("name = info;", format!("1:8: {no_value} = {quotes}")),
        ("name = null;", format!("1:8: {no_value} = TOML has no null: leave the key out")),
        (
            "tags = [1; 2]",
            "1:10: a `;` behind a list's item = put a `,` between items, and no `;`".to_owned(),
        ),
        ("tags = [1, null]", format!("1:12: {no_value} = TOML has no null: leave the item out")),
        (
            "tags = [ # =\n  null ]",
            format!("2:3: {no_value} = TOML has no null: leave the item out"),
        ),
        (
            "tags = [1;2]",
            "1:10: a `;` behind a list's item = put a `,` between items, and no `;`".to_owned(),
        ),
        ("port = 8;0", format!("1:8: {no_value} = {quotes}")),
        (
            "8080; = 1",
            "1:5: a key with characters other than letters, digits, `-` and `_` = put the key in \
             quotes: \"like this\""
                .to_owned(),
        ),
        (
            "[database] 5;",
            "1:12: more on the line than one key and its value = go on in the next line".to_owned(),
        ),
        (
            "port = 1\n8080;",
            "2:6: a key without a value = write `key = value`, or `[key]` for a table".to_owned(),
        ),
        ("name = 1..2", format!("1:8: {no_value} = {quotes}")),
        ("name = ..", format!("1:8: {no_value} = {quotes}")),
        ("port = -5.e3", format!("1:11: {point}")),
        (
            "[database]]",
            "1:11: a `]` too many = write `[table]`, or `[[table]]` for an element of a list"
                .to_owned(),
        ),
    ];
    for (toml, expected) in cases {
        row.refused(toml, text::<Settings>(Toml, toml), &[&format!("SC0301 a.toml:{expected}")]);
    }
    row.end();
}
