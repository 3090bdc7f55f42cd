//! What is nested without an end: row 35. Everything here runs on a stack of ten bytes for each
//! level of the input, so one that grew with the input would overflow and end the process.

use superconfig::Format::{self, Json, Jsonc, Toml, Yaml};
use superconfig::Limits;
use superconfig_tests::refused;

use crate::{One, Row, Settings, directory, text, within};

const MANY: usize = 100_000;

/// What the limit of depth takes without optimization, and some more.
const STACK: usize = 10 * MANY;

fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread");
    thread.join().expect("no panic")
}

/// Why a text is refused, by the fast path first and by the tree alone.
fn why(format: Format, source: String) -> Vec<String> {
    on_a_small_stack(move || {
        let found = |config: superconfig::SuperConfig<Settings>| match config.extract() {
            Ok(_) => vec!["loaded".to_owned()],
            Err(error) => refused(&error),
        };
        let first = found(text(format, &*source));
        assert_eq!(first, found(text(format, source).by_tree()));
        first
    })
}

#[test]
fn row_35_deep_nesting_is_refused_in_toml() {
    let mut row = Row::new(35);
    let cases = [
        (
            "[",
            format!("a = {}", "[".repeat(MANY)),
            "SC0303 a.toml:1:133: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "[]",
            format!("a = {}{}", "[".repeat(MANY), "]".repeat(MANY)),
            "SC0303 a.toml:1:133: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "{a=",
            format!("a = {}", "{a=".repeat(MANY)),
            "SC0303 a.toml:1:389: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "{a=}",
            format!("a = {}1{}", "{a=".repeat(MANY), "}".repeat(MANY)),
            "SC0303 a.toml:1:389: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "a.a",
            format!("a{} = 1", ".a".repeat(MANY)),
            "SC0303 a.toml:1:259: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "[a.a]",
            format!("[a{}]", ".a".repeat(MANY)),
            "SC0303 a.toml:1:260: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "[[a.a]]",
            format!("[[a{}]]", ".a".repeat(MANY)),
            "SC0303 a.toml:1:261: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "in a field",
            format!("tags = {}", "[".repeat(MANY)),
            "SC0303 a.toml:1:136: nested deeper than 128 levels = raise `Limits::depth` by \
             `with_limits` if the text is meant to be so",
        ),
        (
            "headers",
            "[".repeat(MANY),
            "SC0301 a.toml:1:3: a key is missing = write a key; the empty one is written \"\"",
        ),
        (
            "quotes",
            "\"".repeat(MANY + 1),
            "SC0301 a.toml:1:9: a key without a value = write `key = value`, or `[key]` for a \
             table",
        ),
    ];
    for (case, toml, expected) in cases {
        row.equal(case, &why(Toml, toml), &[expected]);
    }
    row.end();
}

#[test]
fn row_35_deep_nesting_is_refused_in_yaml() {
    let mut row = Row::new(35);
    let indented: Vec<_> = (0..2_000).map(|level| " ".repeat(level) + "a:\n").collect();
    let cases = [
        (
            "[",
            "[".repeat(MANY),
            "SC0303 a.yaml:1:129: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "[]",
            format!("{}{}", "[".repeat(MANY), "]".repeat(MANY)),
            "SC0303 a.yaml:1:129: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "{a: ",
            "{a: ".repeat(MANY),
            "SC0303 a.yaml:1:513: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "{a: }",
            format!("{}1{}", "{a: ".repeat(MANY), "}".repeat(MANY)),
            "SC0303 a.yaml:1:513: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "- ",
            "- ".repeat(MANY),
            "SC0303 a.yaml:1:257: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "? ",
            "? ".repeat(MANY),
            "SC0303 a.yaml:1:257: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "- ? ",
            "- ? ".repeat(MANY),
            "SC0303 a.yaml:1:257: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "? - ",
            "? - ".repeat(MANY),
            "SC0303 a.yaml:1:257: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "[{a: ",
            "[{a: ".repeat(MANY),
            "SC0303 a.yaml:1:321: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "in a field",
            format!("tags: {}", "[".repeat(MANY)),
            "SC0303 a.yaml:1:135: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "indented",
            indented.concat(),
            "SC0303 a.yaml:129:129: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "{",
            "{".repeat(MANY),
            "SC0303 a.yaml:1:129: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so",
        ),
        (
            "!",
            "!".repeat(MANY),
            "SC0301 a.yaml:1:1: a `!` begins a tag, and this is none = quote the value if the \
             `!` belongs to it",
        ),
        (
            "&a ",
            "&a ".repeat(MANY),
            "SC0301 a.yaml:1:4: something follows the end of the document = is the line \
             indented like its neighbours?",
        ),
        (
            "* ",
            "*".repeat(MANY),
            "SC0301 a.yaml:1:1: an alias to an unknown anchor = write `&name` before `*name`",
        ),
        (
            "|",
            "|".repeat(MANY),
            "SC0301 a.yaml:1:1: something follows `|` or `>` on its line = begin the text \
             block on the next line",
        ),
    ];
    for (case, yaml, expected) in cases {
        row.equal(case, &why(Yaml, yaml), &[expected]);
    }
    row.end();
}

#[test]
fn row_35_deep_nesting_is_refused_in_json() {
    let mut row = Row::new(35);
    let cases = [
        (
            "[",
            "[".repeat(MANY),
            "SC0303 a.json:1:128: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "[]",
            format!("{}{}", "[".repeat(MANY), "]".repeat(MANY)),
            "SC0303 a.json:1:128: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "{\"a\":",
            "{\"a\":".repeat(MANY),
            "SC0303 a.json:1:636: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "{\"a\":}",
            format!("{}1{}", "{\"a\":".repeat(MANY), "}".repeat(MANY)),
            "SC0303 a.json:1:636: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "[{\"a\":",
            "[{\"a\":".repeat(MANY),
            "SC0303 a.json:1:380: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "in a field",
            format!("{{\"tags\": {}", "[".repeat(MANY)),
            "SC0303 a.json:1:136: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
        (
            "unknown",
            format!("{{\"other\": {}{}}}", "[".repeat(MANY), "]".repeat(MANY)),
            "SC0303 a.json:1:137: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read",
        ),
    ];
    for (case, json, expected) in cases {
        row.equal(case, &why(Json, json.clone()), &[expected]);
        row.equal(case, &why(Jsonc, json), &[expected.replace("a.json:", "a.jsonc:")]);
    }
    row.end();
}

#[test]
fn row_35_deep_nesting_is_refused_where_no_format_is_named() {
    let mut row = Row::new(35);
    for (case, content, expected) in [
        (
            "[",
            "[".repeat(MANY),
            "SC0301 app.conf:1:3: a key is missing = write a key; the empty one is written \
             \"\" = no format was given, and the text looks most like TOML; other formats \
             refuse it too",
        ),
        (
            "{\"a\":",
            "{\"a\":".repeat(MANY),
            "SC0303 app.conf:1:636: lists and tables are nested more than 127 levels deep = no \
             deeper JSON is read = no format was given, and the text looks most like JSON; \
             other formats refuse it too",
        ),
        (
            "- ",
            "- ".repeat(MANY),
            "SC0303 app.conf:1:257: lists and tables are nested more than 128 levels deep = \
             raise `Limits::depth` by `with_limits` if the text is meant to be so = no format \
             was given, and the text looks most like YAML; other formats refuse it too",
        ),
    ] {
        let found = on_a_small_stack(move || {
            let directory = directory(&[("app.conf", content)]);
            match within(directory.path()).with_file("app.conf").extract() {
                Ok(_) => vec!["loaded".to_owned()],
                Err(error) => refused(&error),
            }
        });
        row.equal(case, &found, &[expected]);
    }
    row.end();
}

#[test]
fn row_35_deep_json_in_a_variable_is_refused() {
    let mut row = Row::new(35);
    for (case, name, value, expected) in [
        (
            "a table",
            "APP_DATABASE",
            "{\"url\":".repeat(MANY),
            "SC0106 variable APP_DATABASE: `database`: not valid JSON (it is nested more \
             than 127 levels deep, at character 890), found a long string",
        ),
        (
            "a list",
            "APP_TAGS",
            "[".repeat(MANY),
            "SC0106 variable APP_TAGS: `tags`: not valid JSON (it is nested more than 127 \
             levels deep, at character 128), found a long string = without it, the \
             default would hold",
        ),
        (
            "closed",
            "APP_TAGS",
            format!("{}{}", "[".repeat(MANY), "]".repeat(MANY)),
            "SC0106 variable APP_TAGS: `tags`: not valid JSON (it is nested more than 127 \
             levels deep, at character 128), found a long string = without it, the \
             default would hold",
        ),
    ] {
        let found = on_a_small_stack(move || {
            let config: superconfig::SuperConfig<Settings> =
                superconfig_tests::vars([(name, &*value)]);
            config.extract().map(|_| ()).map_err(|error| refused(&error))
        });
        row.equal(case, &found, &Err(vec![expected.to_owned()]));
    }
    // A path is no deeper than the settings.
    let path = vec!["a"; MANY].join(".");
    let found = on_a_small_stack(move || {
        let config = superconfig::SuperConfig::<Settings>::new()
            .with_args(["--set".to_owned(), format!("{path}=1")]);
        config.extract().map(|_| ()).map_err(|error| refused(&error).concat().len() < 2_000)
    });
    row.equal("an argument", &found, &Err(true));
    row.end();
}

#[test]
fn row_35_the_limit_is_settable_and_exact() {
    let mut row = Row::new(35);
    let mut limits = Limits::default();
    limits.depth = 5;
    // The root is a level of its own in all formats but TOML.
    for (format, open, close) in [(Toml, "v = ", ""), (Yaml, "v: ", ""), (Json, "{\"v\": ", "}")] {
        for levels in 3..7 {
            let source = format!("{open}{}{}{close}", "[".repeat(levels), "]".repeat(levels));
            let config =
                text::<One<serde_json::Value>>(format, &*source).with_limits(limits.clone());
            let fits = config.extract().is_ok();
            row.equal(&source, &fits, &(levels <= if format == Toml { 5 } else { 4 }));
        }
    }
    row.end();
}
