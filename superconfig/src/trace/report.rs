//! All settings, each with its value and where it comes from.

use std::fmt;
use std::path::PathBuf;

use super::changes::{self, Changed, pending};
use super::value::{Effective, EffectiveValue};
use super::write::{array, object, quoted};
use super::{Trace, WIDTH, cut, shown, wrapped};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::source::Place;

/// All settings with their values and origins, and the places that were looked at. `Display` is for
/// people, on lines of at most 80 columns; [`to_json`](Self::to_json) is for programs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The settings, in the order of the declaration.
    pub settings: Vec<Setting>,
    /// What waits for a restart; `old` is in force.
    pub pending: Vec<Changed>,
    /// The selected profiles; the last one wins.
    pub profiles: Vec<String>,
    /// The places that were looked at for files, found or not, in order.
    pub places: Vec<Place>,
    directory: Option<PathBuf>,
}

/// One setting of a [`Report`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Setting {
    /// Its path.
    pub path: KeyPath,
    /// Its value, redacted where it is a secret.
    pub value: EffectiveValue,
    /// Where the value comes from; for a list, where its items come from. Empty for an `Option` that
    /// nobody set.
    pub origins: Vec<Origin>,
}

pub(super) fn report(trace: &Trace<'_>) -> Report {
    let mut settings = Vec::new();
    let value = trace.effective();
    value.leaves(&mut KeyPath::root(), &mut |path, value| {
        settings.push(Setting {
            path: path.clone(),
            value: value.clone(),
            origins: value.origins().into_iter().cloned().collect(),
        });
    });
    let (profiles, places) = (trace.kept.profiles.clone(), trace.kept.places.to_vec());
    let first = trace.kept.pinned.as_deref();
    let pending = first.map(|first| pending(first, trace.kept)).unwrap_or_default();
    Report { settings, pending, profiles, places, directory: trace.kept.directory.clone() }
}

/// Columns no wider than this.
const PATH: usize = 28;
const VALUE: usize = 26;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        let lines: Vec<(String, String, Vec<String>)> = self
            .settings
            .iter()
            .map(|setting| {
                let origins: Vec<_> = setting.origins.iter().map(ToString::to_string).collect();
                let is_set = !origins.is_empty() || *setting.value.value() != Effective::Null;
                let value = if is_set { setting.value.to_string() } else { "not set".to_owned() };
                (setting.path.to_string(), value, origins)
            })
            .collect();
        let width = |column: fn(&(String, String, Vec<String>)) -> &String, limit: usize| {
            let widths = lines.iter().map(|line| column(line).chars().count());
            widths.filter(|width| *width <= limit).max().unwrap_or_default()
        };
        let (path_width, value_width) = (width(|line| &line.0, PATH), width(|line| &line.1, VALUE));
        for (path, value, origins) in &lines {
            let head = format!("{path:path_width$}  {value:value_width$}");
            let line = format!("{head}  {}", origins.join(", "));
            if line.chars().count() <= WIDTH {
                out.push_str(line.trim_end());
                out.push('\n');
            } else {
                wrapped(&mut out, 0, &format!("{path:path_width$}  {}", cut(value, WIDTH / 2)));
                origins.iter().for_each(|origin| wrapped(&mut out, 4, &format!("from {origin}")));
            }
        }
        if !self.pending.is_empty() {
            out.push_str("\nwaits for a restart:\n");
        }
        for line in self.pending.iter().flat_map(Changed::lines) {
            wrapped(&mut out, 2, &line);
        }
        if !self.profiles.is_empty() {
            out.push('\n');
            wrapped(&mut out, 0, &format!("profiles: {}", self.profiles.join(", ")));
        }
        if !self.places.is_empty() {
            out.push_str("\nlooked at:\n");
        }
        for place in &self.places {
            let mark = if place.found { "found    " } else { "not there" };
            wrapped(&mut out, 2, &format!("{mark}  {}", shown(place, self.directory.as_deref())));
        }
        f.write_str(out.trim_end())
    }
}

impl Report {
    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        let setting = |setting: &Setting| {
            object([
                ("path", quoted(&setting.path.to_string())),
                ("value", setting.value.to_json()),
                ("origins", array(setting.origins.iter().map(|o| quoted(&o.to_string())))),
            ])
        };
        let mut entries = vec![
            ("settings", array(self.settings.iter().map(setting))),
            ("profiles", array(self.profiles.iter().map(|name| quoted(name)))),
            ("places", places(&self.places)),
        ];
        if !self.pending.is_empty() {
            entries.push(("pending", changes::json(&self.pending)));
        }
        object(entries)
    }
}

/// Places as JSON.
pub(super) fn places(places: &[Place]) -> String {
    array(places.iter().map(|place| {
        let path = place.path.to_string_lossy();
        object([("path", quoted(&path)), ("found", place.found.to_string())])
    }))
}
