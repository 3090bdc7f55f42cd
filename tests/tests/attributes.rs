//! Fields: custom reading, the attributes of serde, validation and secrets.
#![allow(missing_docs)]

use std::time::Duration;

use superconfig::{ExposeSecret, SecretBox, SecretString, SuperConfig};
use superconfig_tests::{errors, toml, vars};

fn made() -> String {
    "made".to_owned()
}

#[derive(SuperConfig, Debug)]
struct Pair {
    left: u8,
    #[config(default = 7)]
    right: u8,
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_secs)
    }
}

fn upper<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    <String as serde::Deserialize>::deserialize(from).map(|text| text.to_uppercase())
}

fn halves(text: &str) -> Result<(u8, u8), String> {
    let (left, right) = text.split_once('/').ok_or("expected two numbers with `/` between them")?;
    let number = |part: &str| part.parse().map_err(|_| format!("{part:?} is no number"));
    Ok((number(left)?, number(right)?))
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct ByHand {
    #[config(with = seconds, default = Duration::from_secs(1))]
    timeout: Duration,
    #[serde(deserialize_with = "upper")]
    #[config(default)]
    code: String,
    #[config(parse_env = halves, default = (0, 0))]
    halves: (u8, u8),
}

#[test]
fn functions_of_the_users_read_values() {
    let settings = toml::<ByHand>("timeout = 5\ncode = 'abc'\nhalves = [1, 2]").extract().unwrap();
    assert_eq!((settings.timeout.as_secs(), &*settings.code), (5, "ABC"));
    assert_eq!(settings.halves, (1, 2));
    let variables = [("APP_TIMEOUT", "7"), ("APP_CODE", "x"), ("APP_HALVES", "3/4")];
    let settings = vars::<ByHand, 3>(variables).extract().unwrap();
    assert_eq!((settings.timeout.as_secs(), &*settings.code, settings.halves), (7, "X", (3, 4)));
    assert_eq!(
        errors(vars::<ByHand, 1>([("APP_HALVES", "34")])),
        [
            "SC0106 variable APP_HALVES: `halves`: expected two numbers with `/` between them, found \
          the string \"34\" = without it, the default would hold"
        ]
    );
}

#[derive(SuperConfig, Debug)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Serde {
    #[serde(default)]
    max_size: u8,
    #[serde(default = "made", rename = "title")]
    name: String,
    #[serde(skip)]
    cache: u8,
    #[serde(alias = "colour", default)]
    color: String,
    #[serde(with = "seconds")]
    timeout: Duration,
    #[serde(flatten)]
    pair: Pair,
    #[serde(rename = "theirs")]
    #[config(rename = "ours", default)]
    both: u8,
}

#[test]
fn the_attributes_of_serde_are_honoured_and_ours_win() {
    let settings = toml::<Serde>("maxSize = 1\ncolour = 'red'\ntimeout = 2\nleft = 3\nours = 4")
        .extract()
        .unwrap();
    assert_eq!((settings.max_size, &*settings.name, &*settings.color), (1, "made", "red"));
    assert_eq!((settings.timeout.as_secs(), settings.cache), (2, 0));
    assert_eq!((settings.pair.left, settings.pair.right, settings.both), (3, 7, 4));
    assert_eq!(
        errors(toml::<Serde>("timeout = 1\nleft = 1\ntheirs = 1")),
        ["SC0203 a.toml:3:1: `theirs`: unknown key = known here: maxSize, title, color, timeout, \
          left, right, ours = remove it, or declare a field of that name"]
    );
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn even(number: &u8) -> Result<(), String> {
    if number.is_multiple_of(2) { Ok(()) } else { Err(format!("{number} is odd")) }
}

fn ordered(pair: &Range) -> Result<(), String> {
    if pair.low <= pair.high { Ok(()) } else { Err("`low` is above `high`".to_owned()) }
}

#[allow(clippy::ptr_arg)] // it is given the field's own type
fn few(items: &Vec<String>) -> Result<(), &'static str> {
    if items.len() < 3 { Ok(()) } else { Err("three is too many") }
}

fn never(_: &SecretString) -> Result<(), String> {
    Err("hunter2 is too weak".to_owned())
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Checked {
    #[config(default = 2, validate = even)]
    number: u8,
    #[config(default, validate = few)]
    items: Vec<String>,
    #[config(nested)]
    range: Range,
    #[config(nested)]
    ranges: Vec<Range>,
    #[config(secret, validate = never, default = "x")]
    key: SecretString,
}

#[derive(SuperConfig, Debug)]
#[config(validate = ordered)]
struct Range {
    #[config(default = 1, validate = even_or_one)]
    low: u8,
    #[config(default = 10)]
    high: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what `validate` asks for
fn even_or_one(number: &u8) -> Result<(), String> {
    if *number == 1 { Ok(()) } else { even(number) }
}

#[test]
fn validation_is_asked_about_fields_and_structs() {
    assert_eq!(
        errors(
            toml::<Checked>(
                "number = 3\nitems = ['a', 'b', 'c']\n[range]\nlow = 20\n[[ranges]]\nlow = 3\n"
            )
            .with_env(None)
            .with_env_vars([("APP_KEY", "hunter2")])
        ),
        [
            "SC0106 a.toml:1:10: `number`: 3 is odd = APP_NUMBER would override it",
            "SC0106 a.toml:2:9: `items`: three is too many = APP_ITEMS would override it",
            "SC0106 a.toml:3:1: `range`: `low` is above `high` = it has `low` from a.toml:4:7, \
             and the defaults for the rest",
            "SC0106 a.toml:6:7: `ranges[0].low`: 3 is odd = APP_RANGES_0_LOW would override it",
            "SC0106 variable APP_KEY: `key`: refused by its validation (the message is withheld: \
             it may repeat the secret) = without it, the default would hold",
        ]
    );
}

fn apart(login: &Login) -> Result<(), String> {
    if login.password == login.user {
        return Err(format!("{:?} is also the user", login.password));
    }
    Ok(())
}

#[derive(SuperConfig, Debug, Clone)]
struct Account {
    #[config(nested)]
    login: Login,
}

#[derive(SuperConfig, Debug, Clone)]
#[config(validate = apart)]
struct Login {
    user: String,
    #[config(secret)]
    password: String,
}

fn sealed(sealed: &Sealed) -> Result<(), String> {
    Err(format!("bad {}", sealed.keys[0]))
}

#[derive(SuperConfig, Debug, Clone)]
#[config(validate = sealed)]
struct Sealed {
    #[config(secret)]
    keys: Vec<String>,
}

#[test]
fn a_validation_of_a_struct_repeats_no_secret_of_it() {
    let login = Login { user: "hunter2".to_owned(), password: "hunter2".to_owned() };
    let given = Account { login };
    let refusals = [
        toml::<Account>("[login]\nuser = 'hunter2'").with_override("login.password", "hunter2"),
        SuperConfig::new().with_defaults(given.clone()),
        SuperConfig::new().with_defaults_from(move || given.clone()),
    ]
    .map(|builder| builder.extract().unwrap_err());
    for error in refusals {
        assert_eq!(error.problems()[0].message, "\"[redacted]\" is also the user");
        assert!(!error.problems()[0].to_json().contains("hunter2 is"), "{error:?}");
    }
    let told = SuperConfig::<Sealed>::new()
        .with_defaults(Sealed { keys: vec!["hunter2".to_owned()] })
        .extract()
        .unwrap_err();
    assert_eq!(
        told.problems()[0].message,
        "refused (the message is withheld: it may repeat a secret)",
        "what a list of the program holds is not known as texts"
    );
    let inserted = superconfig::ConfigRegistry::new().insert(Account {
        login: Login { user: "hunter3".to_owned(), password: "hunter3".to_owned() },
    });
    assert!(!format!("{:?}", inserted.unwrap_err()).contains("hunter3"));
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Secrets {
    #[config(secret)]
    text: SecretString,
    #[config(secret)]
    plain: String,
    #[config(secret)]
    boxed: Option<SecretBox<str>>,
    #[config(secret, default)]
    many: Vec<String>,
}

#[test]
fn secrets_are_read_and_hide_themselves() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("secret"), "from file\n").unwrap();
    let settings =
        vars::<Secrets, 3>([("APP_TEXT_FILE", "secret"), ("APP_PLAIN", "p"), ("APP_MANY", "a,b")])
            .with_directory(directory.path())
            .extract()
            .unwrap();
    assert_eq!(settings.text.expose_secret(), "from file");
    assert_eq!((&*settings.plain, settings.many.len()), ("p", 2));
    assert!(settings.boxed.is_none());
    assert!(!format!("{:?}", settings.text).contains("from file"));
}

#[test]
fn a_secrets_file_that_is_not_there_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let config = vars::<Secrets, 2>([("APP_TEXT_FILE", "none"), ("APP_PLAIN", "p")])
        .with_directory(directory.path());
    let said = errors(config);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("SC0401 ") && said[0].contains("APP_TEXT_FILE"), "{said:?}");
}

#[test]
fn a_secret_and_its_file_are_a_clash() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("secret"), "from file").unwrap();
    let variables = [("APP_TEXT", "t"), ("APP_TEXT_FILE", "secret"), ("APP_PLAIN", "p")];
    assert_eq!(
        errors(vars::<Secrets, 3>(variables).with_directory(directory.path())),
        ["SC0502 variable APP_TEXT_FILE: `text`: APP_TEXT and APP_TEXT_FILE both set it = unset \
          one of the two"]
    );
}
