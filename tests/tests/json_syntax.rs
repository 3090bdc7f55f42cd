//! What is JSON and what is not, with the place and the words of every refusal.

mod settings;

use settings::{agree, fast, refused, show, slow};
use superconfig::Format;
use superconfig::format::{Limits, SyntaxKind};

#[track_caller]
fn tree(format: Format, text: &str) -> String {
    agree(format, text);
    match format.tree(text, &Limits::default()) {
        Ok(tree) => show(&tree),
        Err(error) => panic!("{text:?} is refused: {error:?}"),
    }
}

#[test]
fn strict_json_says_what_is_wrong_and_what_to_do() {
    let cases = [
        (r#"{"a": 1,}"#, "a trailing comma (remove it, or rename the file to `.jsonc`)", ","),
        ("[1,]", "a trailing comma", ","),
        (r#"{"a": 1} // x"#, "a comment, which JSON does not have (remove it, or rename", "// x"),
        ("/* x */ {}", "a comment", "/* x */"),
        ("{'a': 1}", "single quotes, which JSON does not have (write double", "'"),
        ("{a: 1}", "a key without quotes", "a"),
        (r#"{"a": NaN}"#, "`Infinity` and `NaN` are not JSON", "NaN"),
        ("[-Infinity]", "`Infinity` and `NaN` are not JSON", "-Infinity"),
        (r#"{"a": 1e999}"#, "a number beyond what a float can hold", "1e999"),
        (r#"{"a": 01}"#, "a number with a leading zero", "01"),
        (r#"{"a": 1.}"#, "a number that begins or ends with its decimal point", "1."),
        (r#"{"a": .5}"#, "a number that begins or ends with its decimal point", "."),
        (r#"{"a": +1}"#, "a number with a plus sign", "+"),
        (r#"{"a": 0x1F}"#, "a hexadecimal number", "0"),
        (r#"{"a": 1 "b": 2}"#, "a comma is missing", " "),
        (r#"{"a" 1}"#, "a colon is missing", "1"),
        (r#"{"a": }"#, "a `}` where a value is expected (write the value, or remove", "}"),
        (
            r#"["a", "b"}"#,
            "a `}` in a list that is not closed (write `]` before it, or in its",
            "}",
        ),
        (r#"{"a": [1, 2}"#, "a `}` in a list that is not closed", "}"),
        (r#"{"a": 1]"#, "a `]` in a table that is not closed (write `}` before it", "]"),
        (r#"{"a": 1"#, "a table is not closed", "{"),
        ("[1", "a list is not closed", "["),
        (r#""abc"#, "a string is not closed", "\""),
        ("1 2", "something follows the end", "2"),
        ("[1]]", "something follows the end", "]"),
        (r#"{"a": True}"#, "a word that is no value (write `true`", "True"),
        (r#"{"a": yes}"#, "a word that is no value (write strings in double", "yes"),
        ("[1,,2]", "a comma where a value is expected", ","),
        ("{\"a\":\u{a0}1}", "white space that JSON does not have", "\u{a0}"),
        // Raw control characters and what is no character.
        ("{\"a\": \"x\ty\"}", "a tab in a string", "\t"),
        ("{\"a\": \"x\ny\"}", "a line break in a string", "\n"),
        ("{\"a\": \"x\u{1f}y\"}", "a control character in a string", "\u{1f}"),
        ("{\"a\":\u{c}1}", "a form feed between values", "\u{c}"),
        ("[\"\\\u{c}\"]", "an escape that JSON does not have", "\\\u{c}"),
        ("[\"a\0b\"]", "a NUL byte", "\0"),
        (r#"{"a": "\ud800"}"#, "half of a surrogate pair", "\\ud800\""),
        (r#"{"a": "\udc00x"}"#, "half of a surrogate pair", "\\udc00"),
        (r#"{"\ud83dx": 1}"#, "half of a surrogate pair", "\\ud83dx"),
        (r#"{"unknown": "\ud800"}"#, "half of a surrogate pair", "\\ud800\""),
        // The first trouble is the one that is told.
        ("// don't say \"x\n{}", "a comment", "// don't say \"x"),
        // Places count the byte order mark.
        ("\u{feff}{\"a\": 1,}", "a trailing comma", ","),
    ];
    for (text, message, place) in cases {
        let (said, at) = refused(Format::Json, text);
        assert!(said.contains(message), "{text:?}: {said:?}");
        assert_eq!(at, place, "{text:?}");
    }
}

/// Corner cases of the standard, after the groups of `JSONTestSuite`.
#[test]
fn the_corners_of_the_standard_are_refused() {
    let cases = [
        "[1 true]",
        "[a]",
        "[\"\": 1]",
        "[\"\"],",
        "[,1]",
        "[1,,]",
        "[\"x\"]]",
        "[\"x\"",
        "[x",
        "[3[4]]",
        "[1:2]",
        "[,]",
        "[-]",
        "[   , \"\"]",
        "[\"a\",\n4\n,1,",
        "[*]",
        "[\"\"",
        "[1,",
        "[1,\n1\n,1",
        "[{}",
        "[fals]",
        "[nul]",
        "[tru]",
        "[++1234]",
        "[+1]",
        "[+Inf]",
        "[-1.0.]",
        "[-2.]",
        "[-NaN]",
        "[.-1]",
        "[.2e-3]",
        "[0.1.2]",
        "[0.3e+]",
        "[0.3e]",
        "[0.e1]",
        "[0e+]",
        "[0e]",
        "[1.0e+]",
        "[1.0e-]",
        "[1.0e]",
        "[1 000.0]",
        "[1eE2]",
        "[2.e+3]",
        "[2.e-3]",
        "[2.e3]",
        "[9.e+]",
        "[Inf]",
        "[NaN]",
        "[\u{ff11}]",
        "[1+2]",
        "[0x1]",
        "[0x42]",
        "[Infinity]",
        "[0e+-1]",
        "[-123.123foo]",
        "[-foo]",
        "[- 1]",
        "[-012]",
        "[-.123]",
        "[1ea]",
        "[1a]",
        "[012]",
        "{\"x\"::\"b\"}",
        "{\"x\", null}",
        "{🇨🇭}",
        "{\"a\":\"a\" 123}",
        "{key: 'value'}",
        "{\"a\" b}",
        "{:\"b\"}",
        "{\"a\" \"b\"}",
        "{\"a\":",
        "{\"a\"",
        "{1:1}",
        "{9999E9999:1}",
        "{null:null,null:null}",
        "{\"id\":0,,,,,}",
        "{'a':0}",
        "{\"id\":0,}",
        "{\"a\":\"b\"}/**/",
        "{\"a\":\"b\"}/**//",
        "{\"a\":\"b\"}//",
        "{\"a\":\"b\",,\"c\":\"d\"}",
        "{a: \"b\"}",
        "{\"a\":\"a",
        "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#",
        " x",
        "[\"\\uD800\\\"]",
        "[\"\\uD800\\u\"]",
        "[\"\\uD800\\u1\"]",
        "[\"\\uD800\\u1x\"]",
        "[é]",
        "[\"\\x00\"]",
        "[\"\\\\\\\"]",
        "[\"\\\t\"]",
        "[\"\\🌀\"]",
        "[\"\\\"]",
        "[\"\\u00A\"]",
        "[\"\\uD834\\uDd\"]",
        "[\"\\a\"]",
        "[\"\\uqqqq\"]",
        "[\\u0020\"asd\"]",
        "[\\n]",
        "\"",
        "['single quote']",
        "abc",
        "[\"\\",
        "[\"new\nline\"]",
        "[\"\t\"]",
        "\"\\UA66D\"",
        "\"\"x",
        "[\u{2060}]",
        "<.>",
        "[<null>]",
        "[1]x",
        "{\"\":",
        "[true1]",
        "aå",
        "[True]",
        "1]",
        "{\"x\": true,",
        "[][]",
        "]",
        "{\"a\":/*comment*/\"b\"}",
        "{\"a\": true} \"x\"",
        "['",
        "[,",
        "{{",
        "{\"",
        "{'",
        "*",
        "{\"a\":\"b\"}#{}",
        "[\\u000A\"\"]",
        "[\"asd]",
        "å",
        "[True",
        "{\"asd\":\"asd\"",
        "\u{a0}",
        "[\u{c}]",
        "\u{2060}",
        "\u{feff}\u{feff}{}",
    ];
    for text in cases {
        let (message, _) = refused(Format::Json, text);
        assert!(!message.is_empty() && message.len() < 300, "{text:?}: {message}");
    }
}

#[test]
fn the_corners_of_the_standard_are_read() {
    let cases = [
        ("[[]   ]", "[[]]"),
        ("[\"\"]", "[\"\"]"),
        ("[null, 1, \"1\", {}]", "[null, 1, \"1\", {}]"),
        ("[1\n]", "[1]"),
        ("[123e65]", "[1.23e67]"),
        ("[0e+1]", "[0.0]"),
        ("[ 4]", "[4]"),
        ("[-0.000000000000000000000000000001]", "[-1e-30]"),
        ("[20e1]", "[200.0]"),
        ("[-0]", "[0]"),
        ("[-0.0]", "[-0.0]"),
        ("[-123]", "[-123]"),
        ("[1E+2]", "[100.0]"),
        ("[123.456789]", "[123.456789]"),
        ("[18446744073709551616]", "[18446744073709551616]"),
        (
            "[-170141183460469231731687303715884105728]",
            "[-170141183460469231731687303715884105728]",
        ),
        (
            "[340282366920938463463374607431768211455]",
            "[huge 340282366920938463463374607431768211455]",
        ),
        ("[\"\\u0060\\u012a\\u12AB\"]", "[\"`Īካ\"]"),
        ("[\"\\uD801\\udc37\"]", "[\"𐐷\"]"),
        ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\"\\\\/\\u{8}\\u{c}\\n\\r\\t\"]"),
        ("[\"\\u0000\"]", "[\"\\0\"]"),
        ("[\"\u{2028}\u{7f}\"]", "[\"\\u{2028}\\u{7f}\"]"),
        ("{\"\":0}", "{: 0}"),
        ("{\"a\":[]}\r\n", "{a: []}"),
        ("\u{feff}{\"a\": 1}", "{a: 1}"),
        ("", "{}"),
        (" \r\n\t", "{}"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(Format::Json, text), expected, "{text:?}");
    }
}

#[test]
fn the_relaxed_syntax_is_read_by_its_extension() {
    let text = "// first\n{'a': 1, /* c */ b: 0x1F, c: +1, d: .5, e: 5., f: -Infinity, g: -0x10,\
                \n h: \"x\\\ny\\x41\\v\", i: [1,],} // end";
    let expected = "{a: 1, b: 31, c: 1, d: 0.5, e: 5.0, f: -inf, g: -16, h: \"xyA\\u{b}\", i: [1]}";
    assert_eq!(tree(Format::Jsonc, text), expected);
    assert_eq!(tree(Format::Jsonc, "// nothing\n"), "{}");
    let cases = [
        ("{a: 1 b: 2}", "a comma is missing", " "),
        ("[1 2]", "a comma is missing", " "),
        ("{a: \"x\ny\"}", "a line break in a string", "\n"),
        ("{a: \"x\ty\"}", "a tab in a string", "\t"),
        ("{a: 1e999}", "beyond what a float can hold", "1e999"),
        ("{a: \"\\ud800\"}", "half of a surrogate pair", "\\ud800\""),
        ("{a: 1, 'a': 2}", "the key \"a\" stands twice", "'a'"),
        ("{a: /* open", "a comment is not closed", "/"),
        ("{a: 'x}", "a string is not closed", "'"),
    ];
    for (text, message, place) in cases {
        let (said, at) = refused(Format::Jsonc, text);
        assert!(said.contains(message), "{text:?}: {said:?}");
        assert_eq!(at, place, "{text:?}");
    }
}

#[test]
fn a_key_twice_names_both_places() {
    let text = "{\"a\": 1,\n \"b\": {\"x\": 1, \"\\u0078\": 2}}";
    let error = Format::Json.tree(text, &Limits::default()).expect_err("a key stands twice");
    assert_eq!(error.kind, SyntaxKind::DuplicateKey);
    assert_eq!(error.other.map(|span| &text[span.range()]), Some("\"x\""));
    assert_eq!(error.span.map(|span| &text[span.range()]), Some("\"\\u0078\""));
    // Also where nobody looks: unknown keys, other profiles, a type's own value, many keys.
    let many: Vec<_> = (0..40).chain([3]).map(|key| format!("\"k{key}\": 1")).collect();
    let many = format!("{{{}}}", many.join(", "));
    for inner in [r#"{"x": 1, "x": 2}"#, r#"[{"y": {"x": 1, "x": 2}}]"#, &many] {
        for key in ["unknown", "any", "staging", "labels", "profile"] {
            let text = format!("{{\"{key}\": {inner}}}");
            let (message, _) = refused(Format::Json, &text);
            assert!(message.contains("stands twice"), "{text}: {message}");
        }
    }
    for text in [r#"{"name": "a", "name": "b"}"#, r#"{"title": "a", "title": "b"}"#] {
        assert!(refused(Format::Json, text).0.contains("stands twice"));
    }
    assert!(agree(Format::Json, r#"{"name": "a", "title": "b"}"#), "two spellings are a remark");
}

#[test]
fn numbers_keep_every_digit() {
    for (text, message) in [
        (r#"{"small": 300}"#, "expected an integer from 0 to 255, found the integer 300"),
        (r#"{"small": -1}"#, "found the integer -1"),
        (r#"{"small": 1.0}"#, "found the number 1.0"),
        (r#"{"large": 18446744073709551616}"#, "found the integer 18446744073709551616"),
        (r#"{"small": 340282366920938463463374607431768211456}"#, "found the integer 3402"),
    ] {
        assert!(fast(Format::Json, text, false).is_err());
        let errors = slow(Format::Json, text, false).expect_err("out of range");
        assert!(errors[0].contains(message), "{errors:?}");
    }
    let text =
        r#"{"large": 18446744073709551615, "max_size": -170141183460469231731687303715884105728}"#;
    let said = slow(Format::Json, text, false).expect("fits");
    assert!(said.settings.contains("large=Some(18446744073709551615)"), "{said:?}");
    assert!(said.settings.contains("max_size=Some(-1701411834604692317316873037158841057"));
    // These look alike to the parser of the fast path.
    for number in ["-0", "-0.0", "1e19", "10000000000000000000000", "9007199254740993", "0.1e1"] {
        agree(Format::Json, &format!(r#"{{"ratio": {number}, "any": [{number}]}}"#));
    }
}

#[test]
fn depth_and_size_end_early_and_cheaply() {
    let most = 100_000;
    let cases = [
        "[".repeat(most),
        "{\"a\":".repeat(most),
        "[".repeat(most) + &"]".repeat(most),
        "{\"a\":".repeat(most) + "1" + &"}".repeat(most),
        "[{\"a\":".repeat(most),
    ];
    for text in &cases {
        for format in [Format::Json, Format::Jsonc] {
            assert!(fast(format, text, false).is_err());
            let error = format.tree(text, &Limits::default()).expect_err("too deep");
            assert_eq!(error.kind, SyntaxKind::TooDeep);
        }
    }
    let deep = "[".repeat(127) + &"]".repeat(127);
    assert!(Format::Json.tree(&deep, &Limits::default()).is_ok(), "127 levels are read");

    let list = format!("[{}0]", "0,".repeat(1_000_000));
    let error = Format::Json.tree(&list, &Limits::default()).expect_err("too many");
    assert_eq!(error.kind, SyntaxKind::TooLarge);
    let keys: Vec<_> = (0..200_000).map(|key| format!("\"k{key}\":0")).collect();
    agree(Format::Json, &format!("{{{}}}", keys.join(",")));
    let long = format!("{{\"{}\": 1}}", "k".repeat(1025));
    let error = Format::Json.tree(&long, &Limits::default()).expect_err("a long key");
    assert_eq!(error.kind, SyntaxKind::TooLarge);
    assert!(fast(Format::Json, &long, false).is_err());
}

#[test]
fn every_value_and_key_has_its_place() {
    let text = "\u{feff}{\r\n \"a\": [1, \"x\"], \"b\": {\"c\": null}}";
    let tree = Format::Json.tree(text, &Limits::default()).expect("JSON");
    let place = |tree: &superconfig::decode::Tree<'_>| tree.span.map(|span| &text[span.range()]);
    assert_eq!(tree.get("a").and_then(place), Some("[1, \"x\"]"));
    assert_eq!(tree.get("b").and_then(|b| b.get("c")).and_then(place), Some("null"));
    let superconfig::decode::Node::Table(entries) = &tree.node else { panic!("a table") };
    assert_eq!(entries[1].0.span.map(|span| &text[span.range()]), Some("\"b\""));
}
