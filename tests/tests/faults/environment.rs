//! Variables: rows 54 to 58 and 60.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use superconfig::source::{Loading, Source};
use superconfig::{Format, SuperConfig};
use superconfig_tests::vars;

use crate::{Row, Settings, directory, within};

#[cfg(unix)]
#[test]
fn row_54_a_variable_that_is_not_utf_8_is_named_and_not_shown() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let mut row = Row::new(54);
    let bytes = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let config = |variables: Vec<(OsString, OsString)>| {
        SuperConfig::<Settings>::new().with_env(None).with_env_vars(variables)
    };
    let value =
        || vec![(bytes(b"APP_NAME"), bytes(b"hunter2\xff")), (bytes(b"APP_PORT"), bytes(b"x"))];
    row.refused(
        "a value",
        config(value()),
        &[
            "SC0501 variable APP_NAME: `name`: its value is not UTF-8 = set it to text in \
             UTF-8, or unset it",
            "SC0102 variable APP_PORT: `port`: expected an integer from 0 to 65535, found the \
             string \"x\" = without it, the default would hold: 1",
        ],
    );
    row.equal("a value", &crate::report(config(value())).contains("hunter2"), &false);
    let name = vec![(bytes(b"APP_P\xffRT"), bytes(b"hunter2"))];
    row.refused(
        "a name",
        config(name.clone()),
        &["SC0501 variable APP_P�RT: the variable's name is not UTF-8 = unset it, or name it \
             otherwise: it begins with this program's prefix"],
    );
    row.equal("a name", &crate::report(config(name)).contains("hunter2"), &false);
    // Of others, and of settings that do not exist, it is no error that the value is no text.
    let others = vec![(bytes(b"OTHER\xff"), bytes(b"\xff")), (bytes(b"LANG"), bytes(b"\xff"))];
    row.warned("others", config(others), &[]);
    let unknown = vec![(bytes(b"APP_UNKNOWN"), bytes(b"\xff"))];
    row.warned(
        "unknown",
        config(unknown),
        &["SC0204 variable APP_UNKNOWN: the variable APP_UNKNOWN is no setting = unset it, \
             or name it otherwise: it begins with this program's prefix"],
    );
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Empty {
    #[config(default = 7)]
    port: u16,
    #[config(default = "x")]
    name: String,
    note: Option<String>,
    level: Option<u8>,
    #[config(default = ["a"])]
    tags: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
}

#[test]
fn row_55_an_empty_variable_is_a_value_for_strings_alone() {
    let mut row = Row::new(55);
    let text = "port = 8\nname = 'y'\nnote = 'z'\nlevel = 3\ntags = ['b']\nlabels = {k = 'v'}";
    let names = ["APP_PORT", "APP_NAME", "APP_NOTE", "APP_LEVEL", "APP_TAGS", "APP_LABELS"];
    let config = || SuperConfig::<Empty>::new().with_text(Format::Toml, text);
    let values = |e: Empty| (e.port, e.name, e.note, e.level, e.tags, e.labels.len());
    let variables = || names.map(|name| (name, ""));
    row.loaded(
        "all empty",
        config().with_env(None).with_env_vars(variables()),
        values,
        (8, String::new(), None, None, vec!["b".to_owned()], 1),
    );
    row.loaded(
        "empty ones ignored",
        config().with_env_ignore_empty(None).with_env_vars(variables()),
        values,
        (8, "y".to_owned(), Some("z".to_owned()), Some(3), vec!["b".to_owned()], 1),
    );
    // White space is not nothing.
    row.refused(
        "a space",
        vars::<Empty, 1>([("APP_PORT", " ")]),
        &["SC0102 variable APP_PORT: `port`: expected an integer from 0 to 65535, found the \
             string \" \" = without it, the default would hold: 7"],
    );
    row.end();
}

#[test]
fn row_56_a_prefix_ends_with_its_separator() {
    let mut row = Row::new(56);
    for name in ["APPLE_PORT", "APPPORT", "APP", "APP_", "app_port", "MY_APP_PORT", "APP-PORT"] {
        let config = vars::<Settings, 1>([(name, "5")]);
        row.loaded(name, config, |settings| settings.port, 1);
    }
    for name in ["APPLE_PORT", "APPPORT", "APP", "app_port", "MY_APP_PORT"] {
        row.warned(name, vars::<Settings, 1>([(name, "5")]), &[]);
    }
    row.warned(
        "APP__PORT",
        vars::<Settings, 1>([("APP__PORT", "5")]),
        &["SC0204 variable APP__PORT: the variable APP__PORT is no setting = did you mean \
             APP_PORT?"],
    );
    row.warned(
        "APP_",
        vars::<Settings, 1>([("APP_", "5")]),
        &["SC0204 variable APP_: the variable APP_ is no setting = unset it, or name it \
             otherwise: it begins with this program's prefix"],
    );
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Names {
    #[config(nested)]
    a: Inner,
    #[config(default = 0)]
    a_b_d: u8,
}

#[derive(SuperConfig, Debug)]
struct Inner {
    #[config(nested)]
    b: Innermost,
    #[config(default = 0)]
    b_e: u8,
}

#[derive(SuperConfig, Debug)]
struct Innermost {
    #[config(default = 0)]
    c: u8,
}

/// That two settings cannot have one name is shown where it does not compile: `ui-tests`.
#[test]
fn row_57_a_name_means_the_setting_that_there_is() {
    let mut row = Row::new(57);
    let variables = [("APP_A_B_C", "1"), ("APP_A_B_E", "2"), ("APP_A_B_D", "3")];
    let values = |names: Names| (names.a.b.c, names.a.b_e, names.a_b_d);
    row.loaded("_", vars(variables), values, (1, 2, 3));
    let variables = [("APP_A__B__C", "1"), ("APP_A__B_E", "2"), ("APP_A_B_D", "3")];
    row.loaded("__", vars(variables), values, (1, 2, 3));
    row.warned(
        "__ inside of a name",
        vars::<Names, 1>([("APP_A_B__D", "1")]),
        &["SC0204 variable APP_A_B__D: the variable APP_A_B__D is no setting = did you mean \
             APP_A_B_D?"],
    );
    row.end();
}

#[test]
fn row_58_two_variables_for_one_setting_are_refused() {
    let mut row = Row::new(58);
    for (variables, expected) in [
        (
            [("APP_DATABASE", "{}"), ("APP_DATABASE__URL", "x")],
            "SC0502 variable APP_DATABASE__URL: `database.url`: APP_DATABASE and \
             APP_DATABASE__URL both set it = unset one of the two",
        ),
        (
            [("APP_DATABASE_URL", "x"), ("APP_DATABASE", "{}")],
            "SC0502 variable APP_DATABASE: `database`: APP_DATABASE_URL and APP_DATABASE both \
             set it = unset one of the two",
        ),
        (
            [("APP_DATABASE_URL", "hunter2"), ("APP_DATABASE__URL", "hunter2")],
            "SC0502 variable APP_DATABASE__URL: `database.url`: APP_DATABASE_URL and \
             APP_DATABASE__URL both set it = unset one of the two",
        ),
    ] {
        row.refused(&format!("{variables:?}"), vars::<Settings, 2>(variables), &[expected]);
    }
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Maps {
    #[config(default)]
    limits: BTreeMap<String, u8>,
}

/// The names of variables are in capitals. What is in other letters is another's, even where a map
/// would take any name.
#[test]
fn row_58_a_name_in_other_letters_is_another_name() {
    let mut row = Row::new(58);
    let variables = [("APP_PORT", "5"), ("APP_port", "6"), ("app_port", "7")];
    row.warned(
        "a setting",
        vars::<Settings, 3>(variables),
        &["SC0204 variable APP_port: the variable APP_port is no setting = did you mean \
             APP_PORT?"],
    );
    row.loaded("a setting", vars(variables), |settings: Settings| settings.port, 5);
    let variables = [("APP_LIMITS_A", "5"), ("APP_LIMITS_a", "6")];
    row.refused(
        "a map",
        vars::<Maps, 2>(variables),
        &["SC0502 variable APP_LIMITS_a: `limits.a`: APP_LIMITS_A and APP_LIMITS_a both set \
             it = unset one of the two"],
    );
    row.end();
}

#[test]
fn row_58_the_later_line_of_a_file_counts() {
    let mut row = Row::new(58);
    let directory = directory(&[(".env", "APP_PORT=1\nAPP_PORT=2\n")]);
    let config = || within(directory.path()).with_dotenv(".env");
    row.loaded(".env", config(), |settings| settings.port, 2);
    row.warned(
        ".env",
        config(),
        &["SC0205 .env:2:10: `APP_PORT` stands here and on line 1; the later one counts"],
    );
    row.end();
}

/// Keeps the address of the variables that it sees.
struct Sees(Arc<Mutex<Vec<usize>>>);

impl Source for Sees {
    fn name(&self) -> String {
        "the variables".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let address = Arc::as_ptr(&loading.surroundings.variables) as usize;
        self.0.lock().expect("nobody panics").push(address);
    }
}

/// `unsafe_code = "forbid"` rules out `set_var`, which is unsafe; what is left to show is that one
/// loading looks once.
#[test]
fn row_60_one_loading_sees_one_environment() {
    let mut row = Row::new(60);
    let seen = Arc::new(Mutex::new(Vec::new()));
    // The process's own: nothing of it is a setting of this type.
    let config = SuperConfig::<Settings>::new()
        .with_source(Sees(seen.clone()))
        .with_env("SUPERCONFIG_TESTS_NOBODY_")
        .with_source(Sees(seen.clone()));
    row.loaded("the process's", config, |settings| settings.port, 1);
    let seen = seen.lock().expect("nobody panics");
    row.equal("two looks", &(seen.len() == 2 && seen[0] == seen[1]), &true);
    row.end();
}
