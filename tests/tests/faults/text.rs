//! Texts that do not follow their format's grammar, or are no text: rows 1, 2 and 14 to 19.

use superconfig::Format::{self, Json, Jsonc, Toml, Yaml};

use crate::{NOTHING, Row, Settings, directory, report, text, within};

#[test]
fn row_01_broken_toml_is_told_at_the_byte() {
    let mut row = Row::new(1);
    let cases = [
        (
            "name = \"hunter2",
            "SC0301 a.toml:1:8: a string that is not closed = close it with the quotes that it \
             begins with; a text of several lines stands between \"\"\"",
        ),
        (
            "port = 1\nname = 'hunter2\n",
            "SC0301 a.toml:2:8: a string that is not closed = close it with the quotes that it \
             begins with; a text of several lines stands between \"\"\"",
        ),
        (
            "name == 'hunter2'",
            "SC0301 a.toml:1:7: a second `=` = write one `=` between a key and its value",
        ),
        (
            "[database\nurl = 'hunter2'",
            "SC0301 a.toml:1:1: a table header without its `]` = close it: `[table]`",
        ),
        (
            "name = hunter2",
            "SC0301 a.toml:1:8: a value that is no number, date or boolean = put text in \
             quotes: \"like this\"",
        ),
        (
            "name = \"\\q\"",
            "SC0301 a.toml:1:10: an escape that does not exist = write `\\\\` for a backslash, \
             or put the text in single quotes",
        ),
        (
            "name = \"a\u{1b}[31mb\"",
            "SC0301 a.toml:1:10: a control character in a string = write an escape such as \
             `\\t` or `\\u0000` between double quotes",
        ),
        ("port = ", "SC0301 a.toml:1:8: a value is missing = write a value behind the `=`"),
        (
            "port",
            "SC0301 a.toml:1:5: a key without a value = write `key = value`, or `[key]` for a \
             table",
        ),
        (
            "port = 010",
            "SC0301 a.toml:1:8: a number with a leading zero = remove the zero, or put it in \
             quotes if it is no number (0o is for octal)",
        ),
        (
            "debug = True",
            "SC0301 a.toml:1:9: not quite a boolean = write `true` or `false` in lower case",
        ),
        (
            "tags = ['a' 'b']",
            "SC0301 a.toml:1:13: a list's items without a comma between them = put a `,` \
             between them, or close the list with `]`",
        ),
        ("= 1", "SC0301 a.toml:1:1: a key is missing = write a key; the empty one is written \"\""),
        (
            "port = 1 name = 2",
            "SC0301 a.toml:1:15: more on the line than one key and its value = go on in the \
             next line",
        ),
        (
            "[[database]\n",
            "SC0301 a.toml:1:1: a table header without its `]]` = close it: `[[table]]`",
        ),
        (
            "bé = ü",
            "SC0301 a.toml:1:2: a key with characters other than letters, digits, `-` and `_` \
             = put the key in quotes: \"like this\"",
        ),
    ];
    for (toml, expected) in cases {
        row.refused(toml, text::<Settings>(Toml, toml), &[expected]);
        // Nothing of the text is repeated, for nobody knows yet whether it is a secret.
        let report = report(text::<Settings>(Toml, toml));
        row.equal(toml, &report.contains("hunter2"), &false);
        row.equal(toml, &report.contains('\u{1b}'), &false);
    }
    row.end();
}

#[test]
fn row_01_the_error_behind_a_long_line_is_short() {
    let mut row = Row::new(1);
    let toml = format!("name = '{}' oops", "x".repeat(5_000_000));
    row.refused(
        "5 MB in a line",
        text::<Settings>(Toml, &*toml),
        &["SC0301 a.toml:1:5000011: more on the line than one key and its value = go on in \
             the next line"],
    );
    row.equal("5 MB in a line", &(report(text::<Settings>(Toml, toml)).len() < 1_000), &true);
    row.end();
}

#[test]
fn row_02_toml_is_that_of_version_1_1() {
    let mut row = Row::new(2);
    let toml = "database = {\n  url = 'a', # a note\n  pool = 3,\n}\nname = \"\\e\\x41\"";
    let values =
        |settings: Settings| (settings.name, settings.database.url, settings.database.pool);
    let expected = ("\u{1b}A".to_owned(), "a".to_owned(), 3);
    row.loaded(toml, text(Toml, toml), values, expected.clone());
    row.loaded(toml, text(Toml, toml).by_tree(), values, expected);
    row.end();
}

#[test]
fn row_14_byte_order_marks_and_line_breaks() {
    let mut row = Row::new(14);
    let files = [
        ("a.toml", "\u{feff}port = 5\r\nname = 'x'"),
        ("a.yaml", "\u{feff}port: 5\r\nname: x"),
        ("a.json", "\u{feff}{\"port\": 5,\r\n\"name\": \"x\"}"),
        ("a.jsonc", "\u{feff}{port: 5,\r\nname: 'x'}"),
        ("noname", "\u{feff}port: 5\r\nname: x"),
    ];
    let values = |settings: Settings| (settings.port, settings.name);
    for (name, content) in files {
        let directory = directory(&[(name, content)]);
        let config = || within(directory.path()).with_file(name);
        row.loaded(name, config(), values, (5, "x".to_owned()));
        row.loaded(name, config().by_tree(), values, (5, "x".to_owned()));
    }
    let directory = directory(&[(".env", "\u{feff}APP_PORT=5\r\nAPP_NAME=x")]);
    let config = within(directory.path()).with_dotenv(".env");
    row.loaded(".env", config, values, (5, "x".to_owned()));
    row.end();
}

#[test]
fn row_14_a_mark_and_two_characters_of_a_line_break_count_for_nothing() {
    let mut row = Row::new(14);
    let cases = [
        (
            Toml,
            "\u{feff}port = 'x'",
            "SC0102 a.toml:1:8: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Yaml,
            "\u{feff}port: x",
            "SC0102 a.yaml:1:7: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Json,
            "\u{feff}{\"port\": \"x\"}",
            "SC0102 a.json:1:10: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Toml,
            "name = 'x'\r\n\r\nport = 'x'",
            "SC0102 a.toml:3:8: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Yaml,
            "name: x\r\n\r\nport: x",
            "SC0102 a.yaml:3:7: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Json,
            "{\"name\": \"x\",\r\n\r\n\"port\": \"x\"}",
            "SC0102 a.json:3:9: `port`: expected an integer from 0 to 65535, found the string \
             \"x\"",
        ),
        (
            Toml,
            "name = 'x'\rport = 1",
            "SC0301 a.toml:1:12: a carriage return that stands alone = end lines with a line \
             feed, or with both as Windows does",
        ),
        // A second mark is none.
        (
            Toml,
            "\u{feff}\u{feff}port = 1",
            "SC0301 a.toml:1:1: a second byte order mark, which cannot be seen = remove the \
             first three bytes of the file",
        ),
        (
            Json,
            "\u{feff}\u{feff}{}",
            "SC0301 a.json:1:1: a second byte order mark, which cannot be seen = remove the \
             first three bytes of the file",
        ),
        (
            Yaml,
            "port: 1\n\u{feff}name: x",
            "SC0301 a.yaml:2:1: a byte order mark inside the document = remove it",
        ),
    ];
    for (format, source, expected) in cases {
        row.refused(source, text::<Settings>(format, source), &[expected]);
    }
    row.end();
}

#[test]
fn row_15_what_is_not_utf_8_is_told_with_its_byte() {
    let mut row = Row::new(15);
    let files: [(&str, &[u8], &str); 8] = [
        (
            "latin.toml",
            b"port = 1\nname = 'caf\xe9 hunter2'\n",
            "SC0305 latin.toml:2:12: the text is not UTF-8 (line 2, byte offset 20) = save the \
             file as UTF-8",
        ),
        (
            "utf16le.toml",
            b"\xff\xfep\0o\0r\0t\0",
            "SC0305 utf16le.toml:1:1: the text is not UTF-8 (line 1, byte offset 0) = the \
             first bytes are those of UTF-16: save the file as UTF-8",
        ),
        (
            "utf16be.json",
            b"\xfe\xff\0{\0}",
            "SC0305 utf16be.json:1:1: the text is not UTF-8 (line 1, byte offset 0) = the \
             first bytes are those of UTF-16: save the file as UTF-8",
        ),
        (
            "cut.yaml",
            b"name: \xe2\x82",
            "SC0305 cut.yaml:1:7: the text is not UTF-8 (line 1, byte offset 6) = save the \
             file as UTF-8",
        ),
        (
            "overlong.json",
            b"{\"name\": \"\xc0\xaf\"}",
            "SC0305 overlong.json:1:11: the text is not UTF-8 (line 1, byte offset 10) = save \
             the file as UTF-8",
        ),
        (
            "surrogate.yaml",
            b"name: \xed\xa0\x80",
            "SC0305 surrogate.yaml:1:7: the text is not UTF-8 (line 1, byte offset 6) = save \
             the file as UTF-8",
        ),
        (
            "crlf.yaml",
            b"a: 1\r\nb: 2\r\nname: \xff",
            "SC0305 crlf.yaml:3:7: the text is not UTF-8 (line 3, byte offset 18) = save the \
             file as UTF-8",
        ),
        (
            ".env",
            b"APP_PORT=1\nAPP_NAME=\xff",
            "SC0305 .env:2:10: the text is not UTF-8 (line 2, byte offset 20) = save the file \
             as UTF-8",
        ),
    ];
    for (name, content, expected) in files {
        let directory = directory(&[(name, content)]);
        let config = || match name {
            ".env" => within(directory.path()).with_dotenv(name),
            _ => within(directory.path()).with_file(name),
        };
        row.refused(name, config(), &[expected]);
        row.equal(name, &report(config()).contains("hunter2"), &false);
    }
    row.end();
}

#[test]
fn row_16_a_nul_byte_is_refused() {
    let mut row = Row::new(16);
    for (format, source, expected) in [
        (
            Toml,
            "port = 1\nname = 'a\0b'",
            "SC0301 a.toml:2:10: a NUL byte, which no configuration file holds = is this a \
             binary file, or text in UTF-16?",
        ),
        (
            Yaml,
            "port: 1\nname: a\0b",
            "SC0301 a.yaml:2:8: a NUL byte, which no configuration file holds = is this a \
             binary file, or text in UTF-16?",
        ),
        (
            Json,
            "{\"name\": \"a\0b\"}",
            "SC0301 a.json:1:12: a NUL byte, which no configuration file holds = is this a \
             binary file, or text in UTF-16?",
        ),
        (
            Jsonc,
            "{} \0",
            "SC0301 a.jsonc:1:4: a NUL byte, which no configuration file holds = is this a \
             binary file, or text in UTF-16?",
        ),
        (
            Toml,
            "p\0o\0r\0t\0",
            "SC0301 a.toml:1:2: a NUL byte, which no configuration file holds = is this a \
             binary file, or text in UTF-16?",
        ),
    ] {
        row.refused(source, text::<Settings>(format, source), &[expected]);
    }
    let directory = directory(&[(".env", "APP_NAME=a\0b")]);
    row.refused(
        ".env",
        within(directory.path()).with_dotenv(".env"),
        &["SC0301 .env:1:11: a control character that no value holds = end lines with LF or \
             CRLF; `\\r` can be written in double quotes"],
    );
    row.end();
}

#[test]
fn row_17_a_text_that_says_nothing_is_an_empty_layer() {
    let mut row = Row::new(17);
    let texts: [(Format, &[&str]); 4] = [
        (Toml, &["", "\n", "# a note", "\u{feff}", " \t\r\n"]),
        (Yaml, &["", "\n", "# a note", "---", "---\n...\n", "\u{feff}", "{}", "--- # a note\n"]),
        (Json, &["", "\n", " \t\r\n", "\u{feff}", "{}"]),
        (Jsonc, &["", "// a note", "/* a note */", "{}"]),
    ];
    for (format, texts) in texts {
        for source in texts {
            let config = || text::<Settings>(format, *source).with_env_vars(NOTHING);
            row.warned(source, config(), &[]);
            row.loaded(source, config().by_tree(), |settings| settings.port, 1);
        }
    }
    // A file without a known extension, too.
    for source in ["", "# a note", "// a note"] {
        let directory = directory(&[("app.conf", source)]);
        row.warned(source, within(directory.path()).with_file("app.conf"), &[]);
    }
    row.end();
}

#[test]
fn row_18_a_document_is_a_table() {
    let mut row = Row::new(18);
    for (format, source, expected) in [
        (Yaml, "- a\n- b", "SC0102 a.yaml:1:1: expected a table of settings, found a list"),
        (
            Yaml,
            "just words",
            "SC0102 a.yaml:1:1: expected a table of settings, found the string \"just words\"",
        ),
        (Yaml, "42", "SC0102 a.yaml:1:1: expected a table of settings, found the integer 42"),
        (Yaml, "null", "SC0102 a.yaml:1:1: expected a table of settings, found null"),
        (Json, "[1, 2]", "SC0102 a.json:1:1: expected a table of settings, found a list"),
        (
            Json,
            "\"words\"",
            "SC0102 a.json:1:1: expected a table of settings, found the string \"words\"",
        ),
        (Json, "null", "SC0102 a.json:1:1: expected a table of settings, found null"),
        (Json, "true", "SC0102 a.json:1:1: expected a table of settings, found the boolean true"),
        (Jsonc, "[1, 2,]", "SC0102 a.jsonc:1:1: expected a table of settings, found a list"),
    ] {
        row.refused(source, text::<Settings>(format, source), &[expected]);
    }
    // By content, where the name says no format.
    for (source, expected) in [
        (
            "[1, 2]",
            "SC0301 app.conf:1:1: a table header without its `]` = close it: `[table]` = no \
             format was given, and the text looks most like TOML; other formats refuse it too",
        ),
        (
            "just words",
            "SC0301 app.conf:1:6: a key without a value = write `key = value`, or `[key]` for \
             a table = no format was given, and the text looks most like TOML; other formats \
             refuse it too",
        ),
        (
            "- a",
            "SC0301 app.conf: the text is not a table of settings in any format = no format \
             was given, and the text looks most like YAML; other formats refuse it too",
        ),
    ] {
        let directory = directory(&[("app.conf", source)]);
        row.refused(source, within(directory.path()).with_file("app.conf"), &[expected]);
    }
    row.end();
}

#[test]
fn row_19_an_extension_that_is_not_known() {
    let mut row = Row::new(19);
    let content = [
        ("a.ini", "port=1"),
        ("a.XML", "<port>1</port>"),
        ("orders.conf", "port = 5"),
        ("orders", "port: 5"),
        ("orders.cfg", "{\"port\": 5}"),
        ("odd.conf", "port := 5"),
    ];
    let directory = directory(&content);
    let file = |name: &str| within(directory.path()).with_file(name);
    row.refused(
        "a.ini",
        file("a.ini"),
        &["SC0306 a.ini: `.ini` files cannot be read = the extensions that are known are \
             .toml, .yaml, .yml, .json, .jsonc, .json5"],
    );
    row.refused(
        "a.XML",
        file("a.XML"),
        &["SC0306 a.XML: `.XML` files cannot be read = the extensions that are known are \
             .toml, .yaml, .yml, .json, .jsonc, .json5"],
    );
    // Others are read by what they hold.
    for name in ["orders.conf", "orders", "orders.cfg"] {
        row.loaded(name, file(name), |settings| settings.port, 5);
    }
    row.refused(
        "odd.conf",
        file("odd.conf"),
        &["SC0301 odd.conf: the text is not a table of settings in any format = no format \
             was given, and the text looks most like YAML; other formats refuse it too"],
    );
    row.end();
}
