//! The machine form of a report; `docs/ERRORS.md` describes it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{ConfigError, Problem};
use crate::origin::{Location, Origin};

impl ConfigError {
    /// The report for programs, as JSON on one line: an object with `problems`, `warnings` and
    /// `context`. `docs/ERRORS.md` lists what each of them holds. Like every other form of it, it
    /// holds no secret.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// let error = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 'x'")
    ///     .extract()
    ///     .err()
    ///     .expect("the port is no number");
    /// assert!(error.to_json().starts_with(
    ///     r#"{"problems":[{"severity":"error","code":"SC0102","kind":"value","path":"port","#
    /// ));
    /// ```
    pub fn to_json(&self) -> String {
        written(&ReportJson(self))
    }
}

impl Problem {
    /// The problem for programs, as JSON on one line: as [`ConfigError::to_json`] has it.
    pub fn to_json(&self) -> String {
        written(&ProblemJson(self))
    }
}

/// Warnings for programs: the array that [`ConfigError::to_json`] has under `warnings`.
pub fn warnings_to_json(warnings: &[Problem]) -> String {
    written(&List(warnings))
}

fn written(value: &impl Serialize) -> String {
    // Writing text and numbers to memory does not fail; a `Display` of the user's could.
    serde_json::to_string(value).unwrap_or_else(|error| error.to_string())
}

struct ReportJson<'e>(&'e ConfigError);

impl Serialize for ReportJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("problems", &List(self.0.problems()))?;
        map.serialize_entry("warnings", &List(self.0.warnings()))?;
        map.serialize_entry("context", self.0.context())?;
        map.end()
    }
}

struct List<'p>(&'p [Problem]);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(ProblemJson))
    }
}

struct ProblemJson<'p>(&'p Problem);

impl Serialize for ProblemJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let problem = self.0;
        let path = problem.path.as_ref().filter(|path| !path.is_empty()).map(ToString::to_string);
        let causes: Vec<_> = problem.causes().collect();
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("severity", problem.severity.as_str())?;
        map.serialize_entry("code", problem.code.as_str())?;
        map.serialize_entry("kind", problem.kind().as_str())?;
        map.serialize_entry("path", &path)?;
        map.serialize_entry("message", &problem.message)?;
        map.serialize_entry("help", &problem.help)?;
        map.serialize_entry("causes", &causes)?;
        map.serialize_entry("origin", &problem.origin.as_ref().map(OriginJson))?;
        map.end()
    }
}

struct OriginJson<'o>(&'o Origin);

impl Serialize for OriginJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.0.kind())?;
        match self.0 {
            Origin::Text(location) => place(&mut map, location)?,
            Origin::Variable { name } => map.serialize_entry("variable", name)?,
            Origin::Dotenv { name, location } => {
                place(&mut map, location)?;
                map.serialize_entry("variable", name)?;
            }
            Origin::SecretFile { variable, path } => {
                map.serialize_entry("file", &path.to_string_lossy())?;
                map.serialize_entry("variable", variable)?;
            }
            Origin::Argument { argument } => map.serialize_entry("argument", argument)?,
            Origin::Custom { name } => map.serialize_entry("name", name)?,
            Origin::Path(path) => map.serialize_entry("file", &path.to_string_lossy())?,
            Origin::Override | Origin::Defaults | Origin::Default => {}
        }
        map.end()
    }
}

fn place<M: SerializeMap>(map: &mut M, location: &Location) -> Result<(), M::Error> {
    map.serialize_entry("file", &*location.name)?;
    map.serialize_entry("line", &location.line)?;
    map.serialize_entry("column", &location.column)?;
    map.serialize_entry("start", &location.start)?;
    map.serialize_entry("end", &location.end)?;
    if let Some(profile) = &location.profile {
        map.serialize_entry("profile", profile)?;
    }
    Ok(())
}
