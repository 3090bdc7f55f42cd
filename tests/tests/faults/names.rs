//! Names that are nearly right, and texts that look like more than they are: rows 20, 24, 31, 33, 50
//! and 59. The whole report is compared, as who started the program sees it.

use superconfig::Format::{Json, Toml, Yaml};
use superconfig::SuperConfig;
use superconfig::source::{Dotenv, File};
use superconfig_tests::vars;

use crate::{NOTHING, One, Row, Settings, directory, text, within};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("development", "production"))]
struct Service {
    #[config(default = 80)]
    port: u16,
    #[config(default)]
    plugins: Vec<String>,
    #[config(nested, default = Level::Info)]
    level: Level,
    #[config(nested)]
    store: Option<Store>,
    #[config(nested)]
    database: Pooled,
}

#[derive(SuperConfig, Debug)]
struct Pooled {
    #[config(default = "none")]
    url: String,
    #[config(default = 10)]
    pool_size: u8,
}

#[derive(SuperConfig, Debug)]
#[config(rename_all = "lowercase")]
enum Level {
    Info,
    Warning,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk { path: String },
}

fn strict(source: &str) -> SuperConfig<Service> {
    text(Toml, source).strict()
}

#[test]
fn row_20_a_broken_file_of_variables_is_told_by_place_and_masked() {
    let mut row = Row::new(20);
    for (case, content, expected) in [
        (
            "no =",
            "APP_PORT=1\nhunter2",
            r"error[SC0301]: a line without `=`
 --> .env:2:1
  |
2 | *******
  | ^^^^^^^
  = write `NAME=value`, and `#` before a comment

1 error",
        ),
        (
            "no name",
            "=hunter2",
            r"error[SC0301]: no name stands before the `=`
 --> .env:1:1
  |
1 | ********
  | ^
  = write `NAME=value`

1 error",
        ),
        (
            "a name with a space",
            "APP PORT=hunter2",
            r"error[SC0301]: not the name of a variable
 --> .env:1:1
  |
1 | ****************
  | ^^^^^^^^
  = a name is made of letters, digits and `_`, and does not begin with a digit

1 error",
        ),
        (
            "an open quote",
            "APP_NAME=\"hunter2\nAPP_PORT=5",
            r#"error[SC0301]: a double quote that is never closed
 --> .env:1:10
  |
1 | APP_NAME="*******
  |          ^
  = close it, or write `\"` for a quote inside of the value

1 error"#,
        ),
        (
            "more behind the quote",
            "APP_NAME='hunter2' x",
            r"error[SC0301]: something stands behind the closing quote
 --> .env:1:20
  |
1 | APP_NAME='**********
  |                    ^
  = put the whole value in quotes, and `#` before a comment

1 error",
        ),
    ] {
        let directory = directory(&[(".env", content)]);
        row.says(case, within(directory.path()).with_source(Dotenv::new(".env")), expected);
    }
    let directory = directory(&[(
        ".env",
        "export APP_NAME='it is'\nAPP_NOTE=pa$$word\nAPP_DATABASE__URL=\"a\nb\" # of two lines\n",
    )]);
    let config = || within(directory.path()).with_dotenv(".env");
    row.loaded("export", config(), |s| s.name, "it is");
    row.loaded("$$", config(), |s| s.note, Some("pa$$word".to_owned()));
    row.loaded("two lines", config(), |s| s.database.url, "a\nb");
    row.end();
}

#[test]
fn row_24_an_unknown_key_is_answered_with_the_one_that_was_meant() {
    let mut row = Row::new(24);
    row.says(
        "a typo",
        strict("prot = 1"),
        r"error[SC0203]: `prot`: unknown key
 --> a.toml:1:1
  |
1 | prot
  | ^^^^
  = did you mean `port`?

1 error",
    );
    row.says(
        "an abbreviation",
        strict("plug = ['a']"),
        r"error[SC0203]: `plug`: unknown key
 --> a.toml:1:1
  |
1 | plug
  | ^^^^
  = did you mean `plugins`?

1 error",
    );
    row.says(
        "another level",
        strict("pool_size = 5"),
        r"error[SC0203]: `pool_size`: unknown key
 --> a.toml:1:1
  |
1 | pool_size
  | ^^^^^^^^^
  = `pool_size` belongs under [database]

1 error",
    );
    row.says(
        "a section",
        strict("[prod]\nport = 1"),
        r"error[SC0203]: `prod`: unknown key
 --> a.toml:1:2
  = did you mean `production`?

1 error",
    );
    row.says(
        "another variant",
        strict("store = {kind = 'memory', path = 'x'}"),
        r#"error[SC0203]: `store.path`: unknown key
 --> a.toml:1:27
  |
1 | store = {kind = 'memory', path
  |                           ^^^^
  = the variant that `kind` names has no `path`; "disk" does

1 error"#,
    );
    row.says(
        "nothing like it",
        strict("[database]\nweather = 1"),
        r"error[SC0203]: `database.weather`: unknown key
 --> a.toml:2:1
  |
2 | weather
  | ^^^^^^^
  = known here: url, pool_size
  = remove it, or declare a field of that name

1 error",
    );
    row.says(
        "no list",
        text::<Service>(Toml, "port_add = [1]"),
        r"error[SC0203]: `port_add`: unknown key
 --> a.toml:1:1
  |
1 | port_add
  | ^^^^^^^^
  = `port` is one value: only lists and sets take `_add`

1 error",
    );
    row.warned(
        "not strict",
        text::<Service>(Yaml, "prot: 1"),
        &["SC0203 a.yaml:1:1: `prot`: unknown key = did you mean `port`?"],
    );
    row.end();
}

#[test]
fn row_31_an_unknown_word_is_answered_with_the_known_ones() {
    let mut row = Row::new(31);
    row.says(
        "a typo",
        text::<Service>(Toml, "level = 'wraning'"),
        r#"error[SC0105]: `level`: unknown value "wraning", expected "info" or "warning"
 --> a.toml:1:9
  |
1 | level = 'wraning'
  |         ^^^^^^^^^
  = did you mean `warning`?

1 error"#,
    );
    row.says(
        "another case",
        text::<Service>(Json, "{\"level\": \"Info\"}"),
        r#"error[SC0105]: `level`: unknown value "Info", expected "info" or "warning"
 --> a.json:1:11
  |
1 | {"level": "Info"}
  |           ^^^^^^
  = did you mean `info`?

1 error"#,
    );
    row.says(
        "an abbreviation",
        text::<Service>(Yaml, "level: warn"),
        r#"error[SC0105]: `level`: unknown value "warn", expected "info" or "warning"
 --> a.yaml:1:8
  |
1 | level: warn
  |        ^^^^
  = did you mean `warning`?

1 error"#,
    );
    row.says(
        "a tag",
        text::<Service>(Toml, "store.kind = 'dsk'"),
        r#"error[SC0105]: `store.kind`: unknown value "dsk", expected "memory" or "disk"
 --> a.toml:1:14
  |
1 | store.kind = 'dsk'
  |              ^^^^^
  = did you mean `disk`?

1 error"#,
    );
    row.says(
        "no tag",
        text::<Service>(Toml, "store.path = '/a'").with_env_vars(NOTHING),
        r#"error[SC0108]: `store.kind`: required, and no source says which variant it is
  = set `kind` under [store] in a.toml, or APP_STORE_KIND: one of "memory", "disk"

1 error"#,
    );
    row.says(
        "a variable",
        vars::<Service, 1>([("APP_LEVEL", "loud")]),
        r#"error[SC0105]: `level`: unknown value "loud", expected "info" or "warning"
 --> variable APP_LEVEL
  = without it, the default would hold

1 error"#,
    );
    let config = text::<Service>(Toml, "store.path = '/a'").with_override("store.kind", "memory");
    row.warned(
        "without effect",
        config,
        &["SC0207 a.toml:1:14: `store.path`: has no effect: only \"disk\" has it, and `kind` is \
           \"memory\" = remove it, or set `kind` to \"disk\" as well"],
    );
    row.end();
}

#[test]
fn row_33_what_looks_like_interpolation_is_text() {
    let mut row = Row::new(33);
    let circle = "name = '${note}'\nnote = '${name}'\ndatabase.url = '$(touch x)`id`'";
    row.loaded("a circle", text(Toml, circle), |s: Settings| s.name, "${note}");
    row.loaded("a circle", text(Toml, circle), |s: Settings| s.note, Some("${name}".to_owned()));
    row.loaded("a command", text(Toml, circle), |s: Settings| s.database.url, "$(touch x)`id`");
    let circle = "name: ${note}\nnote: ${name}";
    row.loaded("YAML", text(Yaml, circle), |s: Settings| s.name, "${note}");
    row.loaded(
        "a variable",
        vars([("APP_NAME", "${HOME}$PATH$$")]),
        |s: Settings| s.name,
        "${HOME}$PATH$$",
    );
    let directory = directory(&[(".env", "APP_NAME=\"${APP_NOTE}\"\nAPP_NOTE=${APP_NAME}")]);
    let config = || within(directory.path()).with_dotenv(".env");
    row.loaded(".env", config(), |s| s.name, "${APP_NOTE}");
    row.loaded(".env", config(), |s| s.note, Some("${APP_NAME}".to_owned()));
    // Where a number is expected, it is a text like any other.
    row.says(
        "a number",
        text::<One<u16>>(Toml, "v = '${PORT}'"),
        r#"error[SC0102]: `v`: expected an integer from 0 to 65535, found the string "${PORT}"
 --> a.toml:1:5
  |
1 | v = '${PORT}'
  |     ^^^^^^^^^
  = `${…}` is text like any other: nothing is put in its place, so write the value itself

1 error"#,
    );
    row.end();
}

#[test]
fn row_50_two_files_of_one_stem_are_both_named() {
    let mut row = Row::new(50);
    let files = directory(&[("app.toml", "port = 1"), ("app.yaml", "port: 2")]);
    let config = within(files.path()).with_source(File::required("app"));
    let path = files.path().display().to_string();
    row.equal("a file", &crate::report(config).replace(&path, "DIR"), &r"error[SC0406]: `app.toml` and `app.yaml` are both here, and neither comes before the other
 --> DIR/app.toml
  = keep one of them, or name both with `with_file` in the order that is meant

1 error");
    let files = directory(&[("orders.toml", "port = 1"), ("orders.json", "{}")]);
    let path = files.path().display().to_string();
    let found = crate::report(within(files.path()).with_hierarchical("orders"));
    row.equal("discovery", &found.replace(&path, "DIR"), &r"error[SC0406]: `orders.toml` and `orders.json` are both here, and neither comes before the other
 --> DIR/orders.toml
  = keep one of them, or name both with `with_file` in the order that is meant

1 error");
    let files = directory(&[("a.toml", ""), ("a.production.toml", ""), ("a.production.yml", "")]);
    let path = files.path().display().to_string();
    let config = within(files.path()).with_file("a.toml").select_profile("production");
    row.equal("a profile", &crate::report(config).replace(&path, "DIR"), &r"error[SC0406]: `a.production.toml` and `a.production.yml` are both here, and neither comes before the other
 --> DIR/a.production.toml
  = keep one of them, or name both with `with_file` in the order that is meant

1 error");
    row.end();
}

#[test]
fn row_59_an_unknown_variable_is_answered_with_the_one_that_was_meant() {
    let mut row = Row::new(59);
    let strict =
        |name: &'static str, value: &'static str| vars::<Service, 1>([(name, value)]).strict();
    row.says(
        "a typo",
        strict("APP_PROT", "1"),
        r"error[SC0204]: the variable APP_PROT is no setting
 --> variable APP_PROT
  = did you mean APP_PORT?

1 error",
    );
    row.says(
        "another level",
        strict("APP_POOL_SIZE", "1"),
        r"error[SC0204]: the variable APP_POOL_SIZE is no setting
 --> variable APP_POOL_SIZE
  = did you mean APP_DATABASE_POOL_SIZE?

1 error",
    );
    row.says(
        "an abbreviation",
        strict("APP_PLUG", "1"),
        r"error[SC0204]: the variable APP_PLUG is no setting
 --> variable APP_PLUG
  = did you mean APP_PLUGINS?

1 error",
    );
    row.says(
        "a part left out",
        strict("APP_DB_URL", "1"),
        r"error[SC0204]: the variable APP_DB_URL is no setting
 --> variable APP_DB_URL
  = did you mean APP_DATABASE_URL?

1 error",
    );
    row.says(
        "a stranger",
        strict("APP_WEATHER", "1"),
        r"error[SC0204]: the variable APP_WEATHER is no setting
 --> variable APP_WEATHER
  = unset it, or name it otherwise: it begins with this program's prefix

1 error",
    );
    row.says(
        "a service of Kubernetes'",
        strict("APP_SERVICE_HOST", "10.0.0.1"),
        r"error[SC0204]: the variable APP_SERVICE_HOST is no setting
 --> variable APP_SERVICE_HOST
  = Kubernetes sets it for a service of that name; `enableServiceLinks: false` in the pod's spec turns this off, or take a prefix that no service has

1 error",
    );
    row.says("its address", strict("APP_PORT", "tcp://10.0.0.1:80"), r#"error[SC0102]: `port`: expected an integer from 0 to 65535, found the string "tcp://10.0.0.1:80"
 --> variable APP_PORT
  = Kubernetes sets it for a service of that name; `enableServiceLinks: false` in the pod's spec turns this off, or take a prefix that no service has
  = without it, the default would hold: 80

1 error"#);
    row.warned(
        "not strict",
        vars::<Service, 1>([("APP_PROT", "1")]),
        &["SC0204 variable APP_PROT: the variable APP_PROT is no setting = did you mean APP_PORT?"],
    );
    let settings = text::<Service>(Toml, "").with_env(None).with_env_vars(NOTHING);
    let is_whole = |s: Service| {
        let words = (matches!(s.level, Level::Info | Level::Warning), s.plugins.is_empty());
        let store = s.store.map(|store| matches!(store, Store::Memory | Store::Disk { path: _ }));
        (s.port, s.database.url, s.database.pool_size, words, store)
    };
    row.loaded("none", settings, is_whole, (80, "none".to_owned(), 10, (true, true), None));
    row.end();
}
