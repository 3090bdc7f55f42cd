//! What a report says to do: how a missing setting is set, and what to do about a refused value.
#![allow(missing_docs)]

use clap::Command;
use superconfig::clap::{Flags, args};
use superconfig::schema::Schema;
use superconfig::{Config, Format, KeyPath, Loading, SecretString, Source, SuperConfig};
use superconfig_tests::errors;

/// The advice of the only problem.
fn advice<T: Config>(config: SuperConfig<T>) -> Vec<String> {
    let error = config.extract().err().expect("it is refused");
    let [problem] = error.problems() else { panic!("{error:#}") };
    problem.help.clone()
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
#[allow(dead_code)] // nothing gets as far as being read
struct Settings {
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig, Debug)]
#[allow(dead_code)]
struct Database {
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug)]
#[allow(dead_code)]
struct Pool {
    max: u8,
}

fn text<T: Config>(name: &str, format: Format, text: &str) -> SuperConfig<T> {
    SuperConfig::new().with_named_text(name, format, text)
}

#[test]
fn a_missing_setting_is_written_in_the_manner_of_the_last_file() {
    let cases = [
        (Format::Toml, "", "set `max` under [database.pool] in the file"),
        (Format::Yaml, "{}", "set `max` under `database: pool:` in the file"),
        (Format::Json, "{}", r#"set `max` in `{"database": {"pool": {…}}}` in the file"#),
        (Format::Jsonc, "{}", r#"set `max` in `{"database": {"pool": {…}}}` in the file"#),
    ];
    for (format, empty, expected) in cases {
        let config = text::<Settings>("first.toml", Format::Toml, "");
        assert_eq!(advice(config.with_named_text("the file", format, empty)), [expected]);
    }
}

#[test]
fn a_missing_setting_names_the_arguments_where_they_are_read() {
    let config = || text::<Settings>("a.toml", Format::Toml, "").with_env_vars([("X", "")]);
    let file = "set `max` under [database.pool] in a.toml, or APP_DATABASE_POOL_MAX";
    assert_eq!(advice(config()), [file]);
    assert_eq!(
        advice(config().with_args(["--verbose"])),
        [format!("{file}, or `--set database.pool.max=…`")]
    );
    let matches = Command::new("app").args(args::<Settings>()).get_matches_from(["app"]);
    assert_eq!(
        advice(config().with_source(Flags::of(&matches))),
        [format!("{file}, or `--database-pool-max`")]
    );
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
#[allow(dead_code)]
struct Secret {
    #[config(secret)]
    key: SecretString,
}

#[test]
fn a_missing_secret_names_the_places_for_secrets_first() {
    let config = || text::<Secret>("a.yaml", Format::Yaml, "{}").with_args(["--verbose"]);
    assert_eq!(advice(config()), ["set `key` in a.yaml"], "no argument: everybody can read it");
    assert_eq!(
        advice(config().with_env_vars([("X", "")])),
        ["set APP_KEY, or APP_KEY_FILE to the path of a file that holds it, or `key` in a.yaml"]
    );
    let matches = Command::new("app").args(args::<Secret>()).get_matches_from(["app"]);
    assert_eq!(
        advice(config().with_source(Flags::of(&matches))),
        ["set `--key-file` to the path of a file that holds it, or `key` in a.yaml"]
    );
}

/// A source of the program's own.
struct Vault;

impl Source for Vault {
    fn name(&self) -> String {
        "the vault".to_owned()
    }

    fn load(&self, _: &mut Loading<'_>) {}

    fn how_to_set(&self, _: &'static Schema, path: &KeyPath) -> Option<String> {
        Some(format!("app/{path} in the vault"))
    }
}

#[test]
fn a_source_of_ones_own_says_how_a_setting_is_set_by_it() {
    for source in [Box::new(Vault) as Box<dyn Source>, Box::new(Some(Vault))] {
        let said = advice(SuperConfig::<Secret>::new().with_source(source));
        assert_eq!(said, ["set app/key in the vault, or `key` in a file"]);
    }
}

#[derive(SuperConfig, Debug, Clone)]
#[config(env_prefix = "APP")]
struct Checked {
    #[config(default = 3, validate = even)]
    number: u8,
    #[config(default = 4, validate = even)]
    other: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn even(number: &u8) -> Result<(), String> {
    if number.is_multiple_of(2) { Ok(()) } else { Err(format!("{number} is odd")) }
}

#[test]
fn a_refused_default_is_the_programs_to_correct() {
    let config = text::<Checked>("a.yaml", Format::Yaml, "{}").with_env_vars([("X", "")]);
    assert_eq!(
        errors(config),
        ["SC0106 the declared default: `number`: 3 is odd = correct the default in the program, \
          or set `number` in a.yaml, or APP_NUMBER"]
    );
    let given = Checked { number: 5, other: 2 };
    assert_eq!(
        errors(SuperConfig::<Checked>::new().with_defaults(given)),
        ["SC0106 the defaults given by the program: `number`: 5 is odd = correct the value that \
          the program gives"]
    );
    let config = SuperConfig::<Checked>::new().with_override("number", 7);
    assert_eq!(
        errors(config),
        ["SC0106 an override in the program: `number`: 7 is odd = correct the value that the \
          program gives"]
    );
}

#[test]
fn a_refused_value_of_a_file_can_be_overridden_and_one_from_outside_left_out() {
    let config = || text::<Checked>("a.toml", Format::Toml, "number = 2\nother = 5");
    assert_eq!(errors(config()), ["SC0106 a.toml:2:9: `other`: 5 is odd"]);
    assert_eq!(
        errors(config().with_env_vars([("X", "")])),
        ["SC0106 a.toml:2:9: `other`: 5 is odd = APP_OTHER would override it"]
    );
    assert_eq!(
        errors(config().with_env_vars([("APP_OTHER", "7")])),
        ["SC0106 variable APP_OTHER: `other`: 7 is odd = without it, what a.toml:2:9 says would \
          hold"]
    );
    let config = SuperConfig::<Checked>::new().with_override("number", 2);
    assert_eq!(
        errors(config.with_args(["--set", "other=7"])),
        ["SC0106 argument --set other: `other`: 7 is odd = without it, the default would hold: 4"]
    );
}

#[test]
fn a_value_that_cannot_be_read_is_to_be_corrected_also_where_it_is_overridden() {
    let config = || text::<Checked>("a.toml", Format::Toml, "number = 2\nother = 'x'");
    let expected = "SC0102 a.toml:2:9: `other`: expected an integer from 0 to 255, found the string \
                    \"x\" = APP_OTHER would override it, once it is corrected";
    assert_eq!(errors(config().with_env_vars([("X", "")])), [expected]);
    assert_eq!(errors(config().with_env_vars([("APP_OTHER", "4")])), [expected]);
}

#[test]
fn a_key_that_is_a_path_is_told_where_it_belongs() {
    let cases = [
        (Format::Yaml, "database.pool.max: 5", "`max` belongs under `database: pool:`"),
        (Format::Toml, "'database.pool.max' = 5", "`max` belongs under [database.pool]"),
        (
            Format::Json,
            r#"{"database": {"pool.max": 5}}"#,
            r#"`max` belongs in `{"database": {"pool": {…}}}`"#,
        ),
    ];
    for (format, written, expected) in cases {
        let config =
            text::<Settings>("the file", Format::Json, r#"{"database": {"pool": {"max": 1}}}"#);
        let handle = config.with_text(format, written).build().expect("it is a warning");
        assert_eq!(handle.warnings()[0].help, [expected]);
    }
}

#[test]
fn no_variable_is_named_for_a_whole_file() {
    let config = text::<Checked>("a.yaml", Format::Yaml, "just words");
    assert_eq!(
        errors(config.with_env_vars([("X", "")])),
        ["SC0102 a.yaml:1:1: expected a table of settings, found the string \"just words\""]
    );
}

#[derive(SuperConfig, Debug, Clone)]
#[config(env_prefix = "APP")]
#[allow(dead_code)]
struct Ranges {
    #[config(nested)]
    range: Range,
}

#[derive(SuperConfig, Debug, Clone)]
#[config(validate = ordered)]
#[allow(dead_code)]
struct Range {
    #[config(default = 9)]
    low: u8,
    #[config(default = 5)]
    high: u8,
    #[config(default)]
    a: u8,
    #[config(default)]
    b: u8,
    #[config(default)]
    c: u8,
    #[config(default)]
    d: u8,
}

fn ordered(range: &Range) -> Result<(), String> {
    if range.low <= range.high { Ok(()) } else { Err("`low` is above `high`".to_owned()) }
}

#[test]
fn a_refused_struct_says_where_its_settings_come_from() {
    let config = |range: &str| text::<Ranges>("a.toml", Format::Toml, &format!("range = {range}"));
    let variables = [("APP_RANGE_LOW", "8")];
    assert_eq!(
        advice(SuperConfig::<Ranges>::new()),
        ["all of it is the defaults: correct the program, or set some of it"]
    );
    assert_eq!(
        advice(config("{ high = 4 }").with_env_vars(variables)),
        [
            "it has `low` from variable APP_RANGE_LOW, `high` from a.toml:1:18, and the defaults for \
          the rest"
        ]
    );
    assert_eq!(
        advice(config("{ high = 4, a = 1, b = 1, c = 1, d = 1 }").with_env_vars(variables)),
        [
            "it has `low` from variable APP_RANGE_LOW, `high` from a.toml:1:18, `a` from a.toml:1:25, \
          `b` from a.toml:1:32, 2 more"
        ]
    );
    let range = Range { low: 2, high: 1, a: 0, b: 0, c: 0, d: 0 };
    assert_eq!(
        advice(SuperConfig::<Ranges>::new().with_defaults(Ranges { range })),
        ["all of it is what the program gives: correct the program, or set some of it"]
    );
}

#[test]
fn a_right_name_in_a_wrong_table_is_sent_to_its_own_in_the_manner_of_the_format() {
    let said = |format, written: &str| {
        let config = text::<Settings>("a", format, written).with_override("database.pool.max", 1);
        let handle = config.build().expect("it loads");
        handle.warnings().iter().flat_map(|warning| warning.help.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(Format::Toml, "max = 1"), ["`max` belongs under [database.pool]"]);
    assert_eq!(said(Format::Yaml, "max: 1"), ["`max` belongs under `database: pool:`"]);
    assert_eq!(
        said(Format::Json, r#"{"max": 1}"#),
        [r#"`max` belongs in `{"database": {"pool": {…}}}`"#]
    );
    assert_eq!(said(Format::Yaml, "database: {database: {}}"), ["`database` belongs at the top"]);
    let config = text::<Settings>("a", Format::Toml, "").with_override("database.pool.max", 1);
    assert_eq!(
        errors(config.with_args(["--set", "max=1"])),
        ["SC0503 argument --set max: `max`: there is no such setting = did you mean \
          `database.pool.max`?"]
    );
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
#[allow(dead_code)]
struct Elements {
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested)]
    upstreams: std::collections::BTreeMap<String, Server>,
}

#[derive(SuperConfig, Debug)]
#[allow(dead_code)]
struct Server {
    #[config(default = 80)]
    port: u16,
    #[config(default = 3)]
    max_retries: u8,
}

#[test]
fn a_misspelled_variable_of_an_element_is_told_the_right_one() {
    let config = |name: &'static str| {
        SuperConfig::<Elements>::new()
            .strict()
            .with_env_vars([("APP_SERVERS_0_PORT", "1"), (name, "4")])
    };
    let cases = [
        ("APP_SERVERS_0_PROT", "did you mean APP_SERVERS_0_PORT?"),
        ("APP_SERVERS_0_MAX_RETIRES", "did you mean APP_SERVERS_0_MAX_RETRIES?"),
        ("APP_UPSTREAMS_PAY_PAL_MAX_RETIRES", "did you mean APP_UPSTREAMS_PAY_PAL_MAX_RETRIES?"),
    ];
    for (name, expected) in cases {
        assert_eq!(advice(config(name))[0], expected);
    }
    // Nothing like it is known.
    assert_eq!(advice(config("APP_UPSTREAMS_PAY")), [""; 0]);
}
