//! What a report looks like: its order, its one-line form, its machine form, and the lines of files
//! that cannot be read.
#![allow(missing_docs)]

use serde_json::{Value, json};
use superconfig::error::{Color, RenderOptions, Severity, render_warnings, warnings_to_json};
use superconfig::source::Args;
use superconfig::{ConfigError, Format, SecretString, SuperConfig};
use superconfig_tests::{json, toml, yaml};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("production"))]
struct Settings {
    #[config(default)]
    host: String,
    #[config(default = 80)]
    port: u16,
    #[config(default)]
    levels: Vec<u8>,
    #[config(secret, default = "none")]
    key: SecretString,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig, Debug)]
struct Database {
    #[config(default)]
    url: String,
    #[config(default = 10, validate = positive)]
    pool: i8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as `validate` calls it
fn positive(pool: &i8) -> Result<(), String> {
    if *pool > 0 { Ok(()) } else { Err("not positive".to_owned()) }
}

fn error(config: SuperConfig<Settings>) -> ConfigError {
    config.extract().expect_err("it cannot be loaded")
}

/// The line of a report that a source is shown on, and the carets under it.
fn shown(config: SuperConfig<Settings>) -> String {
    let report = error(config).render();
    let lines: Vec<_> = report.lines().filter_map(|line| line.split_once(" | ")).collect();
    lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

fn places(error: &ConfigError) -> Vec<String> {
    let place = |problem: &superconfig::Problem| {
        problem.origin.as_ref().map_or("nowhere".to_owned(), ToString::to_string)
    };
    error.problems().iter().map(place).collect()
}

#[test]
fn items_of_one_list_share_a_frame() {
    let config = toml("levels = [1, 'x', 2, 'yz']\n");
    assert_eq!(
        error(config).render(),
        r#"error[SC0102]: `levels[1]`: expected an integer from 0 to 255, found the string "x"
 --> a.toml:1:14
error[SC0102]: `levels[3]`: expected an integer from 0 to 255, found the string "yz"
 --> a.toml:1:22
  |
1 | levels = [1, 'x', 2, 'yz']
  |              ^^^     ^^^^

2 errors"#
    );
}

#[test]
fn problems_stand_in_the_order_of_the_sources_and_of_the_lines() {
    // The pool is refused last of all, when everything has been merged; the section of the profile
    // is read after the rest of its file.
    let error = error(
        toml("[production]\nport = 'x'\n[database]\npool = -1\nurl = 5\n")
            .with_named_text("b.yaml", Format::Yaml, "port: [\n")
            .with_named_text("c.json", Format::Json, "{\"host\": 5,\n \"port\": {}}")
            .with_source(Args::new(["--set", "port=x"]))
            .select_profile("production"),
    );
    assert_eq!(
        places(&error),
        [
            "a.toml:2:8",
            "a.toml:4:8",
            "a.toml:5:7",
            "b.yaml:1:7",
            "c.json:1:10",
            "c.json:2:10",
            "argument --set port",
        ]
    );
}

#[test]
fn a_missing_file_stands_where_its_source_does() {
    let directory = tempfile::tempdir().unwrap();
    let error = error(
        toml("port = 'x'")
            .with_directory(directory.path())
            .with_file("missing.toml")
            .with_named_text("b.toml", Format::Toml, "host = 1")
            .select_profile("nobody"),
    );
    assert_eq!(places(&error), ["a.toml:1:8", "missing.toml", "b.toml:1:8"]);
}

#[test]
fn one_line_is_what_editors_and_ci_recognise() {
    let error = error(
        toml("port = 'x'\n[production]\nhost = 5\n")
            .with_env_vars([("APP_LEVELS", "1,b")])
            .select_profile("production"),
    );
    assert_eq!(
        error.to_string(),
        "a.toml:1:8: error[SC0102]: `port`: expected an integer from 0 to 65535, found the string \"x\"\n\
         a.toml:3:8: error[SC0102]: `host`: expected a string, found the integer 5\n\
         variable APP_LEVELS: error[SC0102]: `levels`: expected an integer from 0 to 255, found the \
         string \"b\""
    );
    let problem = &error.problems()[0];
    assert_eq!(problem.severity(), Severity::Error);
    assert_eq!(
        problem.to_string(),
        "`port`: expected an integer from 0 to 65535, found the string \"x\""
    );
}

#[test]
fn colours_are_there_when_they_are_asked_for_alone() {
    let error = error(toml("port = 'x'"));
    let with = |color| error.render_with(RenderOptions::new().color(color));
    assert!(with(Color::Always).contains("\u{1b}["));
    assert_eq!(with(Color::Never), error.render());
    assert!(!format!("{error} {error:#} {error:?}").contains('\u{1b}'));
}

#[test]
fn the_machine_form_says_everything() {
    let directory = tempfile::tempdir().unwrap();
    let error = error(
        toml("port = 'x'\nprot = 1\nkey = ['hunter2']\n")
            .with_directory(directory.path())
            .with_file("missing.toml")
            .with_env_vars([("APP_PORT", "y"), ("APP_KEY_FILE", "nowhere")])
            .with_override("nothing", 5)
            .with_source(Args::new(["--set", "port=z"])),
    )
    .with_context("starting");
    let text = error.to_json();
    assert!(!text.contains('\n') && !text.contains("hunter2"), "{text}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        report["problems"][0],
        json!({
            "severity": "error",
            "code": "SC0102",
            "kind": "value",
            "path": "port",
            "message": "expected an integer from 0 to 65535, found the string \"x\"",
            "help": ["APP_PORT would override it, once it is corrected"],
            "causes": [],
            "origin": {
                "kind": "text", "file": "a.toml", "line": 1, "column": 8, "start": 7, "end": 10,
            },
        })
    );
    assert_eq!(
        report["warnings"],
        json!([{
            "severity": "warning",
            "code": "SC0203",
            "kind": "name",
            "path": "prot",
            "message": "unknown key",
            "help": ["did you mean `port`?"],
            "causes": [],
            "origin": {
                "kind": "text", "file": "a.toml", "line": 2, "column": 1, "start": 11, "end": 15,
            },
        }])
    );
    assert_eq!(report["context"], json!(["starting"]));
    let origins: Vec<_> =
        report["problems"].as_array().unwrap().iter().map(|one| one["origin"].clone()).collect();
    for origin in [
        json!({"kind": "path", "file": "missing.toml"}),
        json!({"kind": "variable", "variable": "APP_PORT"}),
        json!({"kind": "override"}),
        json!({"kind": "argument", "argument": "--set port"}),
    ] {
        assert!(origins.contains(&origin), "{origin} is not in {origins:?}");
    }
}

#[test]
fn warnings_are_shown_as_errors_are() {
    let handle = toml::<Settings>("[database]\nurl = 'u'\nulr = 'v'\n").build().unwrap();
    assert_eq!(
        render_warnings(handle.warnings(), RenderOptions::plain()),
        "\
warning[SC0203]: `database.ulr`: unknown key
 --> a.toml:3:1
  |
3 | ulr
  | ^^^
  = did you mean `url`?

1 warning"
    );
    let list: Value = serde_json::from_str(&warnings_to_json(handle.warnings())).unwrap();
    assert_eq!(list[0]["severity"], "warning");
    assert_eq!(list[0]["origin"]["line"], 3);
    assert_eq!(warnings_to_json(&[]), "[]");
}

#[test]
fn of_a_broken_line_the_known_keys_are_shown() {
    let cases = [
        (toml("port = = 80"), "port = ****\n       ^"),
        (toml("database.url = 'postgres"), "database.url = '********\n               ^"),
        (toml("[database\nurl = ''"), "[database\n^^^^^^^^^"),
        (yaml("database:\n  url: @home\n"), "  url: *****\n       ^"),
        (json("{\"port\": 80 \"host\": \"a\"}"), "{\"port\": ***\"host\": \"***\n           ^"),
    ];
    for (config, expected) in cases {
        let shown = shown(config);
        assert_eq!(shown, expected, "\n{shown}\n{expected}");
    }
}

#[test]
fn the_source_is_shown_where_the_program_says_so() {
    assert_eq!(
        shown(toml("port = 80 hunter2").show_source(true)),
        "port = 80 hunter2\n       ^^^^^^^^^^"
    );
    assert_eq!(shown(toml("port = 80 hunter2")), "port = **********\n       ^^^^^^^^^^");
}

#[test]
fn lines_of_variables_are_masked_too() {
    let directory = tempfile::tempdir().unwrap();
    let lines = "APP_PORT=80\nexport APP_KEY=\"hunter2\" x\n";
    std::fs::write(directory.path().join(".env"), lines).unwrap();
    let config = || SuperConfig::new().with_directory(directory.path()).with_dotenv(".env");
    assert_eq!(shown(config()), "export APP_KEY=\"**********\n                         ^");
    assert_eq!(
        shown(config().show_source(true)),
        "export APP_KEY=\"hunter2\" x\n                         ^"
    );
}
