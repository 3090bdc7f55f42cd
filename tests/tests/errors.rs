//! The report: everything at once, each problem with its place, and the lines that are shown.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::net::IpAddr;

use superconfig::error::Kind;
use superconfig::source::Args;
use superconfig::{Code, ConfigError, Format, SecretString, SuperConfig};
use superconfig_tests::{errors, json, toml, yaml};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("production"))]
struct Settings {
    #[config(default = "127.0.0.1")]
    host: IpAddr,
    #[config(default = 80, env = "PORT")]
    port: u16,
    #[config(default)]
    plugins: Vec<String>,
    #[config(default)]
    levels: BTreeMap<String, u8>,
    #[config(secret, default = "none")]
    key: SecretString,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig, Debug)]
struct Database {
    url: String,
    #[config(default = 10)]
    pool: u8,
}

fn error(config: SuperConfig<Settings>) -> ConfigError {
    config.extract().unwrap_err()
}

fn report(config: SuperConfig<Settings>) -> String {
    format!("{:#}", error(config))
}

#[test]
fn the_report_reads_like_a_compilers() {
    let config = toml("port = \"eighty\"\nplugins = [1, 'x']\n\n[database]\npool = 300\n")
        .with_env(None)
        .with_env_vars([("APP_LEVELS", "{"), ("APP_HOST", "localhost")]);
    assert_eq!(
        report(config),
        r#"error[SC0102]: `port`: expected an integer from 0 to 65535, found the string "eighty"
 --> a.toml:1:8
  |
1 | port = "eighty"
  |        ^^^^^^^^
  = APP_PORT or PORT would override it, once it is corrected

error[SC0102]: `plugins[0]`: expected a string, found the integer 1
 --> a.toml:2:12
  |
2 | plugins = [1, 'x']
  |            ^
  = APP_PLUGINS would override it, once it is corrected

error[SC0103]: `database.pool`: expected an integer from 0 to 255, found the integer 300
 --> a.toml:5:8
  |
5 | pool = 300
  |        ^^^
  = APP_DATABASE_POOL would override it, once it is corrected

error[SC0106]: `levels`: not valid JSON (a table is not closed, at character 1), found the string "{"
 --> variable APP_LEVELS
  = without it, the default would hold

error[SC0106]: `host`: expected an IP address such as 127.0.0.1 or ::1, found the string "localhost"
 --> variable APP_HOST
  = names are not looked up: write the address itself, or let the field be a `String` and resolve it in the program
  = without it, the default would hold: "127.0.0.1"

error[SC0101]: `database.url`: required, and no source sets it
  = set `url` under [database] in a.toml, or APP_DATABASE_URL

6 errors"#
    );
}

#[test]
fn the_short_form_is_a_line_for_each_problem() {
    let said = error(toml("port = 'x'\n[database]\nurl = 5")).to_string();
    assert_eq!(
        said,
        "a.toml:1:8: error[SC0102]: `port`: expected an integer from 0 to 65535, found the string \
         \"x\"\n\
         a.toml:3:7: error[SC0102]: `database.url`: expected a string, found the integer 5"
    );
}

#[test]
fn problems_can_be_asked_one_by_one() {
    let error = error(toml("port = 'x'"));
    let [port, url] = error.problems() else { panic!("{error:#}") };
    assert_eq!((port.code, port.kind()), (Code::WrongType, Kind::Value));
    let place = port.origin.as_ref().unwrap().location().unwrap();
    assert_eq!(
        (&*place.name, place.line, place.column, place.start, place.end),
        ("a.toml", 1, 8, 7, 10)
    );
    assert_eq!(url.path.as_ref().unwrap().to_string(), "database.url");
    assert_eq!((url.code, url.origin.is_none()), (Code::Missing, true));
}

#[test]
fn every_document_is_read_though_one_is_broken() {
    let config = toml::<Settings>("port = [\n")
        .with_named_text("b.json", Format::Json, r#"{"port": "x"}"#)
        .with_named_text("c.yaml", Format::Yaml, "host: nowhere\nport: -1\n")
        .with_source(Args::new(["--set", "database.pool=x"]));
    let said = errors(config);
    let places: Vec<_> = said.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "SC0301 a.toml:1:8",
            "SC0102 b.json:1:10",
            "SC0106 c.yaml:1:7",
            "SC0103 c.yaml:2:7",
            "SC0102 argument --set database.pool",
        ]
    );
}

#[test]
fn a_broken_value_does_not_make_its_neighbours_missing() {
    assert_eq!(
        errors(toml::<Settings>("port = 'x'\n[database]\nurl = 'u'")),
        ["SC0102 a.toml:1:8: `port`: expected an integer from 0 to 65535, found the string \"x\""]
    );
    assert_eq!(errors(toml::<Settings>("[database]\nurl = 5")).len(), 1);
}

#[test]
fn nothing_is_missing_while_a_document_cannot_be_read() {
    assert_eq!(errors(toml::<Settings>("[database\nurl = 'u'")).len(), 1);
}

#[test]
fn a_name_at_the_wrong_level_is_told_where_it_belongs() {
    assert_eq!(
        errors(toml::<Settings>("pool = 5\n[database]\nurl = 'u'\nport = 1").strict()),
        [
            "SC0203 a.toml:1:1: `pool`: unknown key = `pool` belongs under [database]",
            "SC0203 a.toml:4:1: `database.port`: unknown key = `port` belongs at the top, outside \
             of any table",
        ]
    );
}

#[test]
fn a_key_that_stands_twice_is_an_error_that_names_both() {
    for (config, first, second) in [
        (toml("port = 1\nport = 2"), "line 1, column 1", "a.toml:2:1"),
        (json("{\"port\": 1,\n \"port\": 2}"), "line 1, column 2", "a.json:2:2"),
        (yaml("port: 1\nport: 2\n"), "line 1, column 1", "a.yaml:2:1"),
    ] {
        let said = errors::<Settings>(config);
        assert_eq!(
            said,
            [format!(
                "SC0302 {second}: the key \"port\" stands twice in one table = first given in {first}"
            )]
        );
    }
}

#[test]
fn carets_stand_under_what_is_meant() {
    let cases = [
        (toml("[database]\n\turl = {}  # ü"), "2 |     url = {}  # ü\n  |           ^^"),
        (yaml("database:\n  url: [a,\n    b]\n"), "2 |   url: [a,\n  |        ^^^"),
        (
            json("{\"database\": {\"url\": \t5}}"),
            "1 | {\"database\": {\"url\":     5}}\n  |                          ^",
        ),
        (toml("plugins = ['ä', 5]"), "1 | plugins = ['ä', 5]\n  |                 ^"),
        (toml("\u{feff}port = 'x'"), "1 | port = 'x'\n  |        ^^^"),
        (toml("host = '1'\r\nport = 'x'\r\n"), "2 | port = 'x'\n  |        ^^^"),
    ];
    for (config, expected) in cases {
        let said = report(config);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_long_line_is_cut_and_a_long_value_is_not_repeated() {
    let said = report(toml(&format!("port = '{}'", "x".repeat(10_000))));
    assert!(said.len() < 1000, "{}", said.len());
    assert!(said.contains("found a long string"), "{said}");
}

#[test]
fn what_a_terminal_would_obey_is_escaped() {
    let config = SuperConfig::<Settings>::new()
        .with_named_text(
            "a\u{1b}[31m.toml",
            Format::Toml,
            "\"k\\u001b[2J\" = 1\nport = \"\\u001b[2J\"",
        )
        .with_text(Format::Yaml, "port: \"\u{9b}2J\"")
        .with_env(None)
        .with_env_vars([("PORT", "\u{1b}[2J"), ("APP_\u{1b}", "x")])
        .with_source(Args::new(["--set", "\u{1b}=1"]))
        .strict();
    let error = error(config);
    for text in [error.to_string(), format!("{error:#}"), format!("{error:?}")] {
        assert!(!text.contains(['\u{1b}', '\u{9b}']), "{text:?}");
    }
}

#[test]
fn context_is_added_and_everything_is_an_error_of_std() {
    fn check<E: std::error::Error + Send + Sync + 'static>(_: &E) {}
    let error = error(toml("port = 'x'\ndatabase.url = ''"))
        .with_key_context("database")
        .with_file_context("a.toml")
        .with_context("starting");
    check(&error);
    assert!(error.to_string().ends_with("(in setting `database`) (in file a.toml) (starting)"));
    let report = error.render();
    assert!(
        report.contains("in setting `database`\nin file a.toml\nstarting\n1 error"),
        "{report}"
    );
}

#[test]
fn the_report_is_what_debug_says_too() {
    let error = error(toml("port = 'x'"));
    assert_eq!(format!("{error:?}"), format!("\n{error:#}"));
}

#[test]
fn warnings_can_be_suppressed_by_code_key_pattern_and_text() {
    let build = |pattern: &str| {
        toml::<Settings>("prot = 1\ndatabase.pol = 1\ndatabase.url = 'u'")
            .suppress_warnings([pattern])
            .build()
            .unwrap()
            .warnings()
            .len()
    };
    let cases = [
        ("nothing", 2),
        ("", 2),
        ("SC0203", 0),
        ("prot", 1),
        ("database.*", 1),
        ("*", 1),
        ("**", 0),
        ("unknown key", 0),
    ];
    for (pattern, left) in cases {
        assert_eq!(build(pattern), left, "{pattern}");
    }
}

#[test]
fn a_key_among_many_and_a_path_too_deep_have_advice() {
    #[derive(SuperConfig, Debug)]
    #[config(rename_all = "lowercase")]
    #[allow(dead_code)]
    struct Many {
        #[config(flatten)]
        first: Seven,
        #[config(default)]
        h: u8,
        #[config(default)]
        i: u8,
        #[config(default)]
        j: u8,
        #[config(default)]
        k: u8,
        #[config(default)]
        l: u8,
        #[config(default)]
        m: u8,
    }
    #[derive(SuperConfig, Debug)]
    #[allow(dead_code)]
    struct Seven {
        #[config(default)]
        a: u8,
        #[config(default)]
        b: u8,
        #[config(default)]
        c: u8,
        #[config(default)]
        d: u8,
        #[config(default)]
        e: u8,
        #[config(default)]
        f: u8,
        #[config(default)]
        g: u8,
    }
    let handle = toml::<Many>("something = 1").build().unwrap();
    let help: Vec<_> = handle.warnings().iter().map(|warning| warning.help.join("; ")).collect();
    assert_eq!(help, ["known here: a, b, c, d, e, f, g, h, i, j, k, l, and 1 more"]);
    let help = |path: &str| error(toml("").with_override(path, 1)).problems()[0].help.clone();
    let raise = "raise `Limits::depth` by `with_limits` if it is meant to be so deep";
    assert_eq!(help(&vec!["a"; 1000].join(".")), [raise]);
}

/// A dot within quotes parts no levels, in a pattern as in a message.
#[test]
fn a_key_with_a_dot_is_suppressed_by_its_quoted_name_alone() {
    let left = |pattern: &str| {
        let text = "'a.b' = 1\na.b = 1\n[database]\nurl = 'u'\n'c.d' = 1";
        let handle = toml::<Settings>(text).suppress_warnings([pattern]).build().unwrap();
        let left: Vec<_> =
            handle.warnings().iter().filter_map(|w| Some(w.path.as_ref()?.to_string())).collect();
        left.join(" ")
    };
    let cases = [
        ("nothing", "\"a.b\" a database.\"c.d\""),
        ("\"a.b\"", "a database.\"c.d\""),
        ("a", "\"a.b\" database.\"c.d\""),
        ("a.b", "\"a.b\" a database.\"c.d\""),
        ("a.*", "\"a.b\" a database.\"c.d\""),
        ("*", "database.\"c.d\""),
        ("database.\"c.d\"", "\"a.b\" a"),
        ("database.c.d", "\"a.b\" a database.\"c.d\""),
        ("database.*", "\"a.b\" a"),
    ];
    for (pattern, expected) in cases {
        assert_eq!(left(pattern), expected, "{pattern}");
    }
}

#[test]
fn nothing_that_is_read_makes_it_panic() {
    let deep = |open: &str, n: usize| format!("port: {}", open.repeat(n));
    let texts = [
        String::new(),
        "\0".to_owned(),
        "\u{feff}".to_owned(),
        "\u{feff}\u{feff}".to_owned(),
        "---".to_owned(),
        "...".to_owned(),
        "--- a\n--- b".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        "[[]]".to_owned(),
        "[database]\n[database]".to_owned(),
        "[database.url]".to_owned(),
        "[[database]]".to_owned(),
        "database = 1\ndatabase.url = 2".to_owned(),
        "a.a.a.a.a = 1".to_owned(),
        "port = 99999999999999999999999999999999999999999999999".to_owned(),
        "port: 99999999999999999999999999999999999999999999999".to_owned(),
        "{\"port\": 99999999999999999999999999999999999999999999999}".to_owned(),
        "{\"port\": 1e99999}".to_owned(),
        "{\"\\ud800\": 1}".to_owned(),
        "port: &a [*a]".to_owned(),
        "port: *b".to_owned(),
        "<<: {port: 1}".to_owned(),
        "<<: [1]".to_owned(),
        "? [a]\n: b".to_owned(),
        "? \n".to_owned(),
        ": ".to_owned(),
        "port: !!python/object x".to_owned(),
        "plugins_add:\n  x: 1\nplugins_remove: 1".to_owned(),
        "levels: [a]\nlevels_remove: {a: 1}".to_owned(),
        "profile: {production: [1]}\ndefault: 5".to_owned(),
        "\u{2028}port\u{2028}: 1".to_owned(),
        "port = \"\\u{110000}\"".to_owned(),
        "port = 1979-13-45T99:99:99Z".to_owned(),
        "\"\" = 1\n'' = 2".to_owned(),
        "é".repeat(5000),
        deep("[", 20_000),
        deep("{a: ", 20_000),
        format!("port = {}", "[".repeat(20_000)),
        format!("{}port = 1", "a.".repeat(20_000)),
        format!("{{\"port\": {}", "[".repeat(20_000)),
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\n\
         d: &d [*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d]\nport: [*e,*e,*e,*e,*e,*e]"
            .to_owned(),
    ];
    for text in &texts {
        for format in Format::ALL {
            let config =
                || SuperConfig::<Settings>::new().with_named_text("a", format, text.clone());
            let Err(fast) = config().select_profile("production").extract() else {
                panic!("the url is missing in {text:?}");
            };
            let Err(tree) = config().by_tree().select_profile("production").extract() else {
                panic!("the url is missing in {text:?}");
            };
            assert_eq!(fast.render(), tree.render());
            assert!(fast.render().len() < 10_000, "{}", fast.render().len());
        }
        let variables =
            ["APP_PORT", "APP_LEVELS", "APP_DATABASE", "APP_PLUGINS", "APP_KEY", "APP_X"];
        for name in variables {
            let config = SuperConfig::<Settings>::new().with_env(None);
            assert!(config.with_env_vars([(name, text.replace('\0', ""))]).extract().is_err());
        }
        let arguments = ["--set".to_owned(), text.clone(), format!("--set={text}")];
        let config = SuperConfig::<Settings>::new().with_source(Args::new(arguments));
        assert!(config.extract().is_err());
    }
}

#[test]
fn a_loading_that_fails_says_its_warnings_too() {
    #[derive(SuperConfig, Debug)]
    #[allow(dead_code)]
    struct Settings {
        url: String,
    }
    let load = || SuperConfig::<Settings>::new().with_text(Format::Toml, "ulr = 'x'\nother = 1");
    let error = load().extract().unwrap_err();
    let codes = |problems: &[superconfig::Problem]| -> Vec<_> {
        problems.iter().map(|problem| problem.code.as_str()).collect()
    };
    assert_eq!(codes(error.problems()), ["SC0101"]);
    assert_eq!(codes(error.warnings()), ["SC0203", "SC0203"]);
    let report = error.render();
    assert!(report.contains("warning[SC0203]: `ulr`: unknown key"), "{report}");
    assert!(report.contains("did you mean `url`?"), "{report}");
    assert!(report.ends_with("1 error, 2 warnings"), "{report}");
    let error = load().suppress_warnings(["other"]).extract().unwrap_err();
    assert_eq!(codes(error.warnings()), ["SC0203"]);
}

#[test]
fn a_section_of_an_undeclared_profile_is_told_how_to_be_one() {
    #[derive(SuperConfig, Debug)]
    #[allow(dead_code)]
    struct Settings {
        #[config(default = 1)]
        port: u16,
    }
    let load = SuperConfig::<Settings>::new().with_text(Format::Toml, "[staging]\nport = 2");
    let error = load.select_profile("staging").extract().unwrap_err();
    assert_eq!(
        error.warnings()[0].help,
        ["if this is the section of the profile: declare it by `profiles(…)`, or write \
          [profile.staging]"]
    );
}
