//! The cases that every language has in common; `tests/cases/README.md` says how they are written.
//!
//! What is expected of problems and warnings stands at the end of each; `SUPERCONFIG_BLESS=1` rewrites it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_derive::Deserialize;
use superconfig::source::OverrideValue;
use superconfig::{ConfigError, ConfigHandle, Format, Limits, Problem, SuperConfig, Value};

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
    #[serde(default)]
    limits: BTreeMap<String, usize>,
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

/// A problem or a warning. What is left out is not there: no case is silent about advice that is given.
#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Said {
    code: String,
    kind: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    origin: String,
    message: String,
    #[serde(default)]
    help: Vec<String>,
    #[serde(default)]
    causes: Vec<String>,
}

impl Said {
    /// What is said of something, without the directory that it is in.
    fn of(problem: &Problem, here: &str) -> Self {
        let relative = |text: &dyn ToString| text.to_string().replace(here, "");
        Self {
            code: problem.code.to_string(),
            kind: problem.kind().as_str().to_owned(),
            path: problem.path.as_ref().map(ToString::to_string).unwrap_or_default(),
            origin: problem.origin.as_ref().map(|origin| relative(origin)).unwrap_or_default(),
            message: relative(&problem.message),
            help: problem.help.iter().map(|help| relative(help)).collect(),
            causes: problem.causes().map(|cause| relative(&cause)).collect(),
        }
    }

    /// As a case has it.
    fn write(&self, list: &str, out: &mut String) {
        // What JSON writes is a string of TOML as well, but one with quotes reads better without escapes.
        let quoted = |text: &str| {
            if text.contains('"') && !text.contains('\'') {
                format!("'{text}'")
            } else {
                serde_json::json!(text).to_string()
            }
        };
        let _ = writeln!(out, "[[expect.{list}]]");
        let texts = [
            ("code", &self.code),
            ("kind", &self.kind),
            ("path", &self.path),
            ("origin", &self.origin),
            ("message", &self.message),
        ];
        for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            let _ = writeln!(out, "{key} = {}", quoted(text));
        }
        for (key, texts) in [("help", &self.help), ("causes", &self.causes)] {
            match texts.as_slice() {
                [] => {}
                [text] => {
                    let _ = writeln!(out, "{key} = [{}]", quoted(text));
                }
                texts => {
                    let lines = texts.iter().map(|text| format!("    {},", quoted(text)));
                    let _ = writeln!(out, "{key} = [\n{}\n]", lines.collect::<Vec<_>>().join("\n"));
                }
            }
        }
    }
}

/// Problems and warnings as a case has them.
fn written(problems: &[Said], warnings: &[Said]) -> String {
    let mut out = String::new();
    problems.iter().for_each(|problem| problem.write("problems", &mut out));
    warnings.iter().for_each(|warning| warning.write("warnings", &mut out));
    out
}

fn format(name: &str) -> Format {
    Format::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name)).expect(name)
}

fn limits(given: &BTreeMap<String, usize>) -> Limits {
    let mut limits = Limits::default();
    for (name, &limit) in given {
        match name.as_str() {
            "file_bytes" => limits.file_bytes = limit as u64,
            "depth" => limits.depth = limit,
            "nodes" => limits.nodes = limit,
            "expanded_bytes" => limits.expanded_bytes = limit,
            "key_bytes" => limits.key_bytes = limit,
            "glob_files" => limits.glob_files = limit,
            "variables" => limits.variables = limit,
            _ => panic!("there is no limit {name}"),
        }
    }
    limits
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
        .with_limits(limits(&case.limits))
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

/// What differs between a case and what came of it, and what was said.
fn differences(case: &Case) -> (String, String) {
    let mut out = String::new();
    let directory = tempfile::tempdir().expect("a directory");
    let expect = &case.expect;
    let mut compare = |what: &str, found: String, expected: &str| {
        if found != expected {
            let _ = writeln!(out, "  {what}\n    expected {expected}\n    found    {found}");
        }
    };
    let here = format!("{}/", directory.path().display());
    let all = |said: &[Problem]| said.iter().map(|one| Said::of(one, &here)).collect::<Vec<_>>();
    let expected = expect.value.as_deref().unwrap_or("a failure");
    let (problems, warnings) = match load(case, directory.path()) {
        Ok(handle) => {
            compare("value", handle.get().to_string(), expected);
            let exposed = handle.to_value().expose_secrets().to_string();
            compare("what provenance came to", exposed, expected);
            let shown = expect.shown.as_deref().unwrap_or(expected);
            compare("what is shown", handle.to_value().to_string(), shown);
            for (path, expected) in &expect.origins {
                let origin = handle.origin(path.as_str());
                let origin = origin.map_or("none".to_owned(), |origin| origin.to_string());
                compare(&format!("origin of {path}"), origin.replace(&here, ""), expected);
            }
            (Vec::new(), all(handle.warnings()))
        }
        Err(error) => {
            compare("value", "a failure".to_owned(), expected);
            (all(error.problems()), all(error.warnings()))
        }
    };
    let said = written(&problems, &warnings);
    if (&problems, &warnings) != (&expect.problems, &expect.warnings) {
        let expected = written(&expect.problems, &expect.warnings);
        let _ = writeln!(out, "  expected, with SUPERCONFIG_BLESS=1 for what is found\n{expected}");
        let _ = writeln!(out, "  found\n{said}");
    }
    (out, said)
}

/// Makes what was said what a case expects. That is at its end.
fn bless(path: &Path, text: &str, said: &str) {
    let (given, _) = text.split_at(text.find("[[expect.").unwrap_or(text.len()));
    let space =
        if given.contains("[expect.origins]") && !given.ends_with("\n\n") { "\n" } else { "" };
    let space = if said.is_empty() { "" } else { space };
    fs::write(path, format!("{given}{space}{said}")).expect("a case");
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
        let (found, said) = differences(&case);
        if std::env::var_os("SUPERCONFIG_BLESS").is_some() {
            bless(&path, &text, &said);
        }
        if !found.is_empty() {
            let name = path.file_name().unwrap_or_default().display();
            let _ = writeln!(report, "{name}\n{found}");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
