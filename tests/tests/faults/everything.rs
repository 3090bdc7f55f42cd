//! Everything that can be wrong, wrong in one loading: one report says all of it.

use superconfig::{Format, SuperConfig};

use super::{Row, report};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("production"))]
#[allow(dead_code)] // nothing gets as far as being read
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(default = 1)]
    workers: u8,
    #[config(default = "x", validate = short)]
    name: String,
    url: String,
    #[config(default)]
    debug: bool,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig, Debug)]
#[config(validate = ordered)]
struct Pool {
    #[config(default = 1)]
    min: u8,
    #[config(default = 2)]
    max: u8,
}

fn short(name: &str) -> Result<(), String> {
    if name.len() > 8 { Err("longer than 8 letters".to_owned()) } else { Ok(()) }
}

fn ordered(pool: &Pool) -> Result<(), String> {
    if pool.min > pool.max { Err("`min` is more than `max`".to_owned()) } else { Ok(()) }
}

const MAIN: &str = "\
prot = 1
port = \"eighty\"
workers = 300
name = \"much too long\"
[pool]
min = 9
max = 3
";

fn config() -> SuperConfig<Settings> {
    SuperConfig::new().with_named_text("main.toml", Format::Toml, MAIN)
}

/// Variables, arguments and a profile, each with something wrong.
fn outside(config: SuperConfig<Settings>) -> SuperConfig<Settings> {
    config
        .with_env(None)
        .with_env_vars([("APP_DEBUG", "maybe"), ("APP_PROT", "1")])
        .with_args(["--set", "workers=many", "--set", "poll.min=1"])
        .select_profile("prod")
        .strict()
}

#[test]
fn row_23_everything_that_is_wrong_in_any_source_is_in_one_report() {
    let mut row = Row::new(23);
    let everything = [IN_MAIN, OUTSIDE, ABOUT_NO_SOURCE, "11 errors"].join("\n\n");
    row.equal("report", &report(outside(config())), &everything);
    row.end();
}

/// A setting may stand in a file that cannot be read, so none is called missing then, and no
/// profile unknown. All else is told.
#[test]
fn row_23_what_cannot_be_read_hides_nothing_but_itself() {
    let mut row = Row::new(23);
    let directory = tempfile::tempdir().expect("a temporary directory");
    let config = config()
        .with_directory(directory.path())
        .with_named_text("broken.yaml", Format::Yaml, "port: [1,\n")
        .with_named_text("twice.json", Format::Json, "{\"port\": 1, \"port\": 2}")
        .with_file("missing.toml");
    let place = directory.path().join("missing.toml").display().to_string();
    let report = report(outside(config)).replace(&place, "[PLACE]");
    let unreadable = [IN_MAIN, IN_OTHER_FILES, OUTSIDE, "12 errors"].join("\n\n");
    row.equal("report", &report, &unreadable);
    row.end();
}

/// What is wrong in the text of both tests.
const IN_MAIN: &str = r#"error[SC0203]: `prot`: unknown key
 --> main.toml:1:1
  |
1 | prot
  | ^^^^
  = did you mean `port`?

error[SC0102]: `port`: expected an integer from 0 to 65535, found the string "eighty"
 --> main.toml:2:8
  |
2 | port = "eighty"
  |        ^^^^^^^^
  = APP_PORT would override it, once it is corrected

error[SC0103]: `workers`: expected an integer from 0 to 255, found the integer 300
 --> main.toml:3:11
  |
3 | workers = 300
  |           ^^^
  = APP_WORKERS would override it, once it is corrected

error[SC0106]: `name`: longer than 8 letters
 --> main.toml:4:8
  |
4 | name = "much too long"
  |        ^^^^^^^^^^^^^^^
  = APP_NAME would override it

error[SC0106]: `pool`: `min` is more than `max`
 --> main.toml:5:1
  |
5 | [pool]
  | ^^^^^^
  = it has `min` from main.toml:6:7, `max` from main.toml:7:7"#;

/// What is wrong in variables and arguments.
const OUTSIDE: &str = r#"error[SC0204]: the variable APP_PROT is no setting
 --> variable APP_PROT
  = did you mean APP_PORT?

error[SC0102]: `debug`: expected a boolean (true, yes, on, 1 or their opposites), found the string "maybe"
 --> variable APP_DEBUG
  = without it, the default would hold

error[SC0102]: `workers`: expected an integer from 0 to 255, found the string "many"
 --> argument --set workers

error[SC0503]: `poll`: there is no such setting
 --> argument --set poll.min
  = did you mean `pool`?"#;

/// What the loading as a whole lacks.
const ABOUT_NO_SOURCE: &str = r#"error[SC0602]: there is no profile "prod"
  = did you mean `production`?
  = the only profile is production
  = it is not declared by `profiles(…)`, and main.toml has no section [profile.prod] and no sibling main.prod.toml

error[SC0101]: `url`: required, and no source sets it
  = set `url` in main.toml, or APP_URL, or `--set url=…`"#;

/// Files that cannot be read.
const IN_OTHER_FILES: &str = r#"error[SC0301]: a list is not closed
 --> broken.yaml:1:7
  |
1 | port: [**
  |       ^
  = write `]` where it ends

error[SC0302]: the key "port" stands twice in one table
 --> twice.json:1:13
  |
1 | {"port": ***"port": **
  |             ^^^^^^
  = first given in line 1, column 2

error[SC0401]: the file does not exist
 --> missing.toml
  = it was looked for at [PLACE]
  = use `with_file_opt` if it may be missing"#;
