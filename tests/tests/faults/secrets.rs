//! Secrets: rows 87, 88 and 90.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::zeroize::{Zeroize, ZeroizeOnDrop};
use superconfig::Format::{Json, Toml, Yaml};
use superconfig::source::{Args, Dotenv};
use superconfig::{ExposeSecret, Format, SecretBox, SecretString, SuperConfig};

use crate::{NOTHING, Row, directory, text};

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP", profiles("production"))]
struct Vault {
    #[config(secret, default = "none")]
    key: SecretString,
    #[config(secret, default)]
    pin: u16,
    #[config(secret, default)]
    words: Vec<String>,
    #[config(default = 80)]
    port: u16,
    #[config(nested)]
    users: BTreeMap<String, User>,
}

#[derive(SuperConfig, Debug)]
struct User {
    #[config(secret, default = "none")]
    password: SecretString,
    #[config(default)]
    level: u8,
}

/// A text that stands nowhere else, whatever runs beside this test.
fn canary() -> String {
    format!("canary{:016x}", RandomState::new().hash_one("canary"))
}

/// All that can be printed of a loading.
#[allow(clippy::format_push_string)] // short texts, and plain
fn printed(config: SuperConfig<Vault>) -> String {
    let handle = match config.build() {
        Ok(handle) => handle,
        Err(error) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            let problems = (error.problems(), error.warnings());
            return format!("{error} {error:#} {error:?} {error:#?} {problems:?} {source:?}");
        }
    };
    let mut all =
        format!("{handle:?} {:?} {:?} {}", handle.get().key, handle.warnings(), handle.report());
    let value = handle.to_value();
    all += &format!("{value:?}");
    for format in Format::ALL {
        all += &handle.to_string_in(format);
        all += &Vault::template(format);
    }
    for path in
        ["key", "pin", "words", "port", "users", "users.a", "users.a.password", "users.a.level"]
    {
        all += &format!("{:?} {:?}", handle.explain(path), handle.origin(path));
        all += &handle.explain(path).map(|explanation| explanation.to_string()).unwrap_or_default();
    }
    all += &format!("{} {} {:?}", Vault::json_schema(), Vault::reference(), Vault::env_vars());
    all
}

/// A layer of each kind, with the canary in every place that a secret can have there.
fn layers(secret: &str) -> Vec<(&'static str, SuperConfig<Vault>)> {
    let new = SuperConfig::<Vault>::new;
    let toml = format!(
        "key = '{secret}'\nwords = ['{secret}']\nwords_add = ['{secret}2']\n[users.a]\npassword = '{secret}'\n\
         [production]\nkey = '{secret}3'"
    );
    let json = format!(r#"{{"key": "{secret}", "users": {{"a": {{"password": "{secret}"}}}}}}"#);
    let variables = || {
        [
            ("APP_KEY", secret.to_owned()),
            ("APP_WORDS", format!("{secret},{secret}4")),
            ("APP_USERS_A_PASSWORD", secret.to_owned()),
        ]
    };
    vec![
        ("TOML", new().with_named_text("a.toml", Toml, toml.clone())),
        (
            "a profile",
            new().with_named_text("a.toml", Toml, toml.clone()).select_profile("production"),
        ),
        ("JSON", new().with_named_text("a.json", Json, json.clone())),
        ("YAML", new().with_named_text("a.yaml", Yaml, json)),
        ("variables", new().with_env(None).with_env_vars(variables())),
        ("arguments", new().with_source(Args::new(["--set".to_owned(), format!("key={secret}")]))),
        ("an override", new().with_override("users.a.password", secret)),
        (
            "a struct",
            new().with_defaults(Vault {
                key: SecretString::from(secret),
                pin: 7,
                words: vec![secret.to_owned()],
                port: 1,
                users: BTreeMap::new(),
            }),
        ),
        (
            "all of them",
            new()
                .with_named_text("a.toml", Toml, toml)
                .with_env(None)
                .with_env_vars(variables())
                .with_override("key", secret),
        ),
    ]
}

#[test]
fn row_87_a_secret_is_printed_by_nothing() {
    let mut row = Row::new(87);
    let secret = canary();
    for (case, config) in layers(&secret) {
        let all = printed(config);
        row.equal(case, &all.contains(&secret), &false);
        // What was looked through is no empty page.
        row.equal(case, &all.contains("[redacted]"), &true);
    }
    for fault in
        ["port = 'x'", "prot = 1", "= 1", "port = 1\nport = 2", "users = 5", "[", "pin = 70000"]
    {
        for (case, config) in layers(&secret) {
            let config = config.with_named_text("b.toml", Toml, fault).strict();
            row.equal(&format!("{case}, and {fault}"), &printed(config).contains(&secret), &false);
        }
    }
    row.end();
}

#[test]
fn row_87_a_secret_is_printed_by_no_fault_of_its_own() {
    let mut row = Row::new(87);
    let secret = canary();
    let faults = [
        "pin = 'CANARY'",
        "key = ['CANARY']",
        "key = {CANARY = 1}",
        "words = 'CANARY'",
        "kye = 'CANARY'",
        "words_remove = ['CANARY']",
        "key = 'CANARY",
        "key = CANARY",
        "key = 'CANARY' x",
        "key = 'CANARY'\nkey = 'CANARY'",
        "users = 'CANARY'",
        "users.a = 'CANARY'",
        "users.a.password = 5\nusers.a.level = 'x'",
        "[production]\nkey = ['CANARY']",
    ];
    for fault in faults {
        for format in [Toml, Yaml, Json] {
            let fault = fault.replace("CANARY", &secret);
            for config in [text(format, fault.clone()), text(format, fault.clone()).strict()] {
                row.equal(&fault, &printed(config).contains(&secret), &false);
            }
        }
        let line = format!(
            "APP_PIN={secret}\nAPP_USERS=\"{secret}\"\nAPP_KYE={secret}\n{}",
            fault.replace("CANARY", &secret)
        );
        let directory = directory(&[(".env", line)]);
        let config =
            SuperConfig::new().with_directory(directory.path()).with_source(Dotenv::new(".env"));
        row.equal(".env", &printed(config.strict()).contains(&secret), &false);
    }
    row.end();
}

#[test]
fn row_88_a_secret_of_the_wrong_type_is_told_by_its_place() {
    let mut row = Row::new(88);
    row.says(
        "TOML",
        text::<Vault>(Toml, "pin = 'hunter2'"),
        r"error[SC0102]: `pin`: expected an integer from 0 to 65535, found the string [redacted]
 --> a.toml:1:7

1 error",
    );
    row.says(
        "YAML",
        text::<Vault>(Yaml, "port: 1\npin: hunter2\n"),
        r"error[SC0102]: `pin`: expected an integer from 0 to 65535, found the string [redacted]
 --> a.yaml:2:6

1 error",
    );
    row.says(
        "JSON",
        text::<Vault>(Json, "{\"pin\": 70000}"),
        r"error[SC0103]: `pin`: expected an integer from 0 to 65535, found the integer [redacted]
 --> a.json:1:9

1 error",
    );
    row.says(
        "a list",
        text::<Vault>(Toml, "words = ['ok', 5]"),
        r"error[SC0102]: `words[1]`: expected a string, found the integer [redacted]
 --> a.toml:1:16

1 error",
    );
    row.says(
        "a neighbour",
        text::<Vault>(Json, "{\"pin\": 1, \"port\": \"x\"}"),
        r#"error[SC0102]: `port`: expected an integer from 0 to 65535, found the string "x"
 --> a.json:1:20

1 error"#,
    );
    let variable = superconfig_tests::vars::<Vault, 1>([("APP_PIN", "hunter2")]);
    row.says(
        "a variable",
        variable,
        r"error[SC0102]: `pin`: expected an integer from 0 to 65535, found the string [redacted]
 --> variable APP_PIN
  = without it, the default would hold

1 error",
    );
    row.says(
        "nothing",
        SuperConfig::<Needs>::new().with_env_vars(NOTHING),
        r"error[SC0101]: `key`: required, and no source sets it
  = set APP_KEY, or APP_KEY_FILE to the path of a file that holds it, or `key` in a file

1 error",
    );
    row.end();
}

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Needs {
    #[config(secret)]
    key: SecretString,
}

static WIPED: AtomicUsize = AtomicUsize::new(0);

/// A secret that says when it is wiped.
#[derive(Default)]
struct Noticed(String);

impl Zeroize for Noticed {
    fn zeroize(&mut self) {
        WIPED.fetch_add(1, Ordering::SeqCst);
        self.0.zeroize();
    }
}

mod noticed {
    use secrecy::SecretBox;
    use serde::{Deserialize, Deserializer};

    use super::Noticed;

    pub(super) fn deserialize<'de, D>(from: D) -> Result<SecretBox<Noticed>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let text = String::deserialize(from)?;
        Ok(SecretBox::new(Box::new(Noticed(text))))
    }
}

#[derive(SuperConfig)]
struct Wiped {
    #[config(secret, with = noticed)]
    key: SecretBox<Noticed>,
}

#[test]
fn row_90_a_secret_is_wiped_when_the_last_of_its_settings_goes() {
    fn wiped_on_drop<T: ZeroizeOnDrop>() {}
    wiped_on_drop::<SecretString>();
    let mut row = Row::new(90);
    let handle = text::<Wiped>(Toml, "key = 'hunter2'").build().expect("it is all there");
    let snapshot = handle.snapshot();
    row.equal("loaded", &handle.get().key.expose_secret().0.as_str(), &"hunter2");
    drop(handle);
    row.equal("a reader still has it", &WIPED.load(Ordering::SeqCst), &0);
    row.equal("a reader still has it", &snapshot.key.expose_secret().0.as_str(), &"hunter2");
    drop(snapshot);
    row.equal("nobody has it", &WIPED.load(Ordering::SeqCst), &1);
    row.end();
}
