//! The cases that every language has in common; `tests/cases/README.md` says how they are written.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_derive::Deserialize;
use superconfig::source::OverrideValue;
use superconfig::{ConfigError, ConfigHandle, Format, Problem, SuperConfig, Value};

/// One case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[allow(dead_code)] // for those who read the file
    about: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    profiles: Option<String>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    secrets: Vec<String>,
    #[serde(default)]
    suppress: Vec<String>,
    steps: Vec<Step>,
    expect: Expect,
}

/// One step of the builder.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    Defaults(String),
    File(String),
    FileOpt(String),
    Glob(String),
    Hierarchical(String),
    Text { name: String, format: String, text: String },
    Dotenv(String),
    Env(String),
    Override { path: String, value: toml::Value },
    Args(Vec<String>),
    Schema(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The value as one line of JSON; none where the loading fails.
    value: Option<String>,
    /// The same as the handle shows it, with secrets redacted.
    shown: Option<String>,
    #[serde(default)]
    origins: BTreeMap<String, String>,
    #[serde(default)]
    warnings: Vec<Said>,
    #[serde(default)]
    problems: Vec<Said>,
}

/// A problem or a warning.
#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Said {
    code: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    origin: String,
    message: String,
}

impl From<&Problem> for Said {
    fn from(problem: &Problem) -> Self {
        Self {
            code: problem.code.to_string(),
            path: problem.path.as_ref().map(ToString::to_string).unwrap_or_default(),
            origin: problem.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
            message: problem.message.clone(),
        }
    }
}

fn format(name: &str) -> Format {
    Format::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name)).expect(name)
}

/// A value that the program gives: text is read as that of a variable, all else is what it is.
fn given(value: &toml::Value) -> OverrideValue {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(value) => (*value).into(),
        toml::Value::Float(value) => (*value).into(),
        toml::Value::Boolean(value) => (*value).into(),
        toml::Value::Datetime(value) => value.to_string().into(),
        toml::Value::Array(items) => items.iter().map(given).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => {
            let entry = |(key, value): (&String, &toml::Value)| (key.clone(), given(value));
            table.iter().map(entry).collect::<BTreeMap<_, _>>().into()
        }
    }
}

fn load(case: &Case, directory: &Path) -> Result<ConfigHandle<Value>, ConfigError> {
    for (name, text) in &case.files {
        let path = directory.join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect(name);
        fs::write(path, text).expect(name);
    }
    let mut builder = SuperConfig::<Value>::new()
        .with_directory(directory)
        .with_root(directory)
        .suppress_warnings(case.suppress.clone());
    for step in &case.steps {
        builder = match step {
            Step::Defaults(json) => {
                builder.with_defaults(serde_json::from_str(json).expect("a value"))
            }
            Step::File(path) => builder.with_file(path),
            Step::FileOpt(path) => builder.with_file_opt(path),
            Step::Glob(pattern) => builder.with_glob(pattern.as_str()),
            Step::Hierarchical(app) => builder.with_hierarchical(app.as_str()),
            Step::Text { name, format: as_format, text } => {
                builder.with_named_text(name.as_str(), format(as_format), text.as_str())
            }
            Step::Dotenv(path) => builder.with_dotenv(path),
            Step::Env(prefix) => builder.with_env(prefix.as_str()),
            Step::Override { path, value } => builder.with_override(path, given(value)),
            Step::Schema(json) => builder.with_schema(json),
            Step::Args(arguments) => builder.with_args(arguments.clone()),
        };
    }
    if let Some(profiles) = &case.profiles {
        builder = builder.select_profile(profiles);
    }
    if case.strict {
        builder = builder.strict();
    }
    for path in &case.secrets {
        builder = builder.with_secret(path.as_str());
    }
    // No step asks for the environment where a case has none.
    if case.steps.iter().any(|step| matches!(step, Step::Env(_))) || !case.env.is_empty() {
        builder = builder.with_env_vars(case.env.clone());
    }
    builder.build()
}

/// What differs between a case and what came of it.
fn differences(case: &Case, out: &mut String) {
    let directory = tempfile::tempdir().expect("a directory");
    let expect = &case.expect;
    let mut compare = |what: &str, found: String, expected: &str| {
        if found != expected {
            let _ = writeln!(out, "  {what}\n    expected {expected}\n    found    {found}");
        }
    };
    let here = format!("{}/", directory.path().display());
    let listed = |said: Vec<Said>| format!("{said:#?}").replace(&here, "");
    match load(case, directory.path()) {
        Ok(handle) => {
            let value = expect.value.as_deref().unwrap_or("a failure");
            compare("value", handle.get().to_string(), value);
            let exposed = handle.to_value().expose_secrets().to_string();
            compare("what provenance came to", exposed, value);
            let shown = expect.shown.as_deref().unwrap_or(value);
            compare("what is shown", handle.to_value().to_string(), shown);
            for (path, expected) in &expect.origins {
                let origin = handle.origin(path.as_str());
                let origin = origin.map_or("none".to_owned(), |origin| origin.to_string());
                compare(&format!("origin of {path}"), origin.replace(&here, ""), expected);
            }
            let warnings = handle.warnings().iter().map(Said::from).collect();
            compare("warnings", listed(warnings), &format!("{:#?}", expect.warnings));
            compare("problems", "[]".to_owned(), &format!("{:#?}", expect.problems));
        }
        Err(error) => {
            let problems = error.problems().iter().map(Said::from).collect();
            compare("problems", listed(problems), &format!("{:#?}", expect.problems));
            let warnings = error.warnings().iter().map(Said::from).collect();
            compare("warnings", listed(warnings), &format!("{:#?}", expect.warnings));
            compare(
                "value",
                "a failure".to_owned(),
                expect.value.as_deref().unwrap_or("a failure"),
            );
        }
    }
}

#[test]
fn every_case_comes_to_what_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    assert!(paths.len() >= 30, "cases are missing: there are {}", paths.len());
    let mut report = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a case");
        let case: Case =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut found = String::new();
        differences(&case, &mut found);
        if !found.is_empty() {
            let name = path.file_name().unwrap_or_default().display();
            let _ = writeln!(report, "{name}\n{found}");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
