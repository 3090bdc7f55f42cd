//! What the formats with comments have in common: lines, and whether they are comments.

use super::entries::lines;
use super::{Body, Entry};
use crate::schema::Schema;

/// How a line stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    /// It counts.
    Active,
    /// It counts when its mark is taken away.
    Off,
    /// It is for people.
    Shown,
}

/// A file with comments in the making.
pub(super) struct Lines {
    out: String,
    /// What begins a comment.
    mark: &'static str,
}

impl Lines {
    /// A file that begins with what the settings are.
    pub(super) fn new(schema: &Schema, mark: &'static str) -> Self {
        let mut file = Self { out: String::new(), mark };
        let name = if schema.doc.is_empty() { schema.name } else { schema.doc };
        lines(name).for_each(|line| file.line(0, Mode::Shown, &line));
        file.line(0, Mode::Shown, "");
        let text = format!(
            "A line that begins with {mark} and no space is a setting: take the {mark} away to give it."
        );
        file.line(0, Mode::Shown, &text);
        file
    }

    /// Adds a line.
    pub(super) fn line(&mut self, indent: usize, mode: Mode, text: &str) {
        // No text from outside ends a comment: it stays on its line, whatever it holds.
        let mut line: String = text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
        line = match mode {
            Mode::Active => line,
            Mode::Off => format!("{}{line}", self.mark),
            Mode::Shown => format!("{} {line}", self.mark),
        };
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Adds an empty line and what is said about an entry.
    pub(super) fn about(&mut self, indent: usize, entry: &Entry) {
        if !entry.about.is_empty() || !matches!(entry.body, Body::Value { .. }) {
            self.blank();
        }
        entry.about.iter().for_each(|line| self.line(indent, Mode::Shown, line));
    }

    /// Adds an empty line, unless something begins here.
    pub(super) fn blank(&mut self) {
        if !self.out.ends_with("{\n") && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Adds what is said about profiles, if there are any; then each of them is to follow.
    pub(super) fn profiles(&mut self, indent: usize, schema: &Schema) {
        if schema.profiles.is_empty() {
            return;
        }
        self.blank();
        let text = "Profiles: what stands in the section of a selected one wins over the rest of this file.";
        self.line(indent, Mode::Shown, text);
        if let Some(prefix) = schema.env_prefix {
            let first = schema.profiles[0];
            self.line(indent, Mode::Shown, &format!("Selected by {prefix}_PROFILE={first}."));
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

fn is_break(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}
