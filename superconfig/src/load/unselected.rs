//! Sections of profiles that were not selected, where what they say is missed.
//!
//! That a file has sections for other profiles is what profiles are for. It is worth a word in two
//! cases: a required setting that nothing sets stands in such a section, and nobody selected any
//! profile, though a section has settings that stand nowhere else.

use super::locate::{Trees, descend};
use super::{Load, document};
use crate::decode::{Key, Node, Place, Span, Target, Tree};
use crate::error::{Code, Problem, dialect};
use crate::path::{KeyPath, Segment};
use crate::schema::{Kind, Op, Schema};
use crate::source::Text;

/// So many settings of a section are named; of the rest the number is.
const NAMED: usize = 3;

impl Load<'_> {
    /// Warns of sections that nobody selected, where nobody selected any. To be called when all
    /// sources have been read; `merged` is what they say.
    pub(crate) fn check_unselected(&mut self, mut merged: Option<&mut dyn Place>) {
        // A document without a section costs nothing here, and neither does a selected profile.
        if !self.plan.profiles.is_empty() || self.sectioned.is_empty() {
            return;
        }
        let retained = std::mem::take(&mut self.retained);
        let trees = Trees::new(&retained);
        for index in std::mem::take(&mut self.sectioned) {
            let secrets = trees.secrets(index, self.plan);
            for (profile, key, section, text) in self.sections(&trees, index) {
                let mut settings = Vec::new();
                settings_of(section, self.plan.schema, &mut KeyPath::root(), &mut settings);
                let is_set = |path: &KeyPath| match &mut merged {
                    Some(merged) => stands(&mut **merged, path.segments()),
                    None => false,
                };
                let (_, missed): (Vec<_>, Vec<_>) = settings.into_iter().partition(is_set);
                if missed.is_empty() {
                    continue;
                }
                let help = self.how_to_select(profile);
                self.tell(false, |_| {
                    let message = format!(
                        "nobody selected the profile `{profile}`, and nothing else sets {}",
                        listed(&missed)
                    );
                    let problem = Problem::new(Code::NotSelected, message).help(help);
                    match key {
                        Some(span) => {
                            let problem = problem.from(document::location(text, span.range()));
                            document::shown(problem, text, span, secrets)
                        }
                        None => problem,
                    }
                });
            }
        }
        self.retained = retained;
    }

    /// Where a required setting that nothing sets stands in a profile that was not selected.
    pub(super) fn only_in_profile(&self, trees: &Trees<'_>, path: &KeyPath) -> Option<String> {
        (0..trees.len()).rev().find_map(|index| {
            self.sections(trees, index).into_iter().find_map(|(profile, _, section, text)| {
                let found = descend(section, Some(self.plan.schema), path.segments(), Op::Set)?;
                let place = document::location(text, found.span?.range());
                let how = self.how_to_select(profile);
                Some(format!(
                    "{place} sets it for the profile `{profile}`, which is not selected: {how}"
                ))
            })
        })
    }

    fn how_to_select(&self, profile: &str) -> String {
        match &self.plan.profile_variable {
            Some(variable) => format!("select it by {variable}={profile}"),
            None => {
                let call = dialect::call("select_profile", &format!("\"{profile}\""));
                format!("select it by {call}")
            }
        }
    }

    /// The sections of profiles in a document that were not selected.
    fn sections<'k>(
        &self,
        trees: &'k Trees<'_>,
        index: usize,
    ) -> Vec<(&'k str, Option<Span>, &'k Tree<'k>, &'k Text)> {
        let Some((tree, text)) = trees.document(index, self.plan) else { return Vec::new() };
        let schema = self.plan.schema;
        let Node::Table(entries) = &tree.node else { return Vec::new() };
        let plain = entries.iter().filter(|(key, _)| {
            schema.profiles.contains(&&*key.text) && schema.find(&key.text, &mut 0).is_none()
        });
        let table = match tree.get("profile").map(|profiles| &profiles.node) {
            Some(Node::Table(profiles)) if schema.find("profile", &mut 0).is_none() => &**profiles,
            _ => &[],
        };
        let unselected = |(key, _): &&(Key<'_>, Tree<'_>)| {
            !self.plan.profiles.iter().any(|profile| *profile == key.text)
        };
        plain
            .chain(table)
            .filter(unselected)
            .map(|(key, section)| (&*key.text, key.span, section, text))
            .collect()
    }
}

/// The settings that a section gives; a list or a map is one.
fn settings_of(
    tree: &Tree<'_>,
    schema: &'static Schema,
    path: &mut KeyPath,
    settings: &mut Vec<KeyPath>,
) {
    let Node::Table(entries) = &tree.node else { return };
    for (key, value) in entries {
        let Some(hit) = schema.find(&key.text, &mut 0) else { continue };
        path.push(hit.field.name);
        match hit.field.kind {
            Kind::Nested(inner) if !inner.fields().is_empty() => {
                settings_of(value, inner, path, settings);
            }
            _ => settings.push(path.clone()),
        }
        path.pop();
    }
}

/// Whether something is set at the end of a path, without making anything exist on the way.
fn stands(place: &mut dyn Place, path: &[Segment]) -> bool {
    let Some((Segment::Key(first), rest)) = path.split_first() else { return place.is_set() };
    if !place.is_there() {
        return false;
    }
    match place.target() {
        Target::Record(record) => crate::decode::child(record, first, &mut 0)
            .is_some_and(|child| stands(child.place, rest)),
        _ => true,
    }
}

fn listed(settings: &[KeyPath]) -> String {
    let named: Vec<_> = settings.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let named = named.join(", ");
    match settings.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
