//! What stood in the way of resolving, told with its place and with what to do about it.

use super::locate::Trees;
use super::{Load, Plan, Retained};
use crate::diagnose::{Context, Ways};
use crate::error::{Code, Problem, Severity};
use crate::format::Format;
use crate::layer::{Resolution, Unresolved, Why};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::at::{schema_at, setting as setting_of, steps_of};
use crate::schema::{Body, Field, Kind};
use crate::value::variable_of;

/// So many settings of a struct that is refused are named with their places; of the rest the number
/// is.
const NAMED: usize = 4;

/// The last document that was read.
fn last_document(retained: &[Retained]) -> Option<(&str, Format)> {
    retained.iter().rev().find_map(|retained| match retained {
        Retained::Document { text, format } => Some((&*text.name, *format)),
        _ => None,
    })
}

/// How to set what the program misses when the loading is over.
pub(crate) fn advice(plan: &Plan, retained: &[Retained], path: &KeyPath) -> String {
    let load = Load::new(plan);
    // Without a prefix a variable makes no new key.
    let prefix = plan.prefix.as_deref().filter(|_| plan.schema.is_any() && plan.variables);
    let by_variable = prefix.map(|prefix| variable_of(Some(prefix), &steps_of(path)));
    let context = load.after_the_sources(last_document(retained));
    context.how_to_set(path, &|_| by_variable.iter().cloned().collect())
}

impl Load<'_> {
    /// Takes over what stood in the way of resolving. `ways` says how a setting is given by the
    /// sources that are no files and no variables.
    pub(crate) fn take_resolution(&mut self, resolution: Resolution, ways: Ways<'_>) {
        let retained = std::mem::take(&mut self.retained);
        let file = last_document(&retained);
        let trees = Trees::new(&retained);
        let setting = |path: &KeyPath| setting_of(self.plan.schema, path);
        let faulty: Vec<_> =
            self.problems.iter().filter_map(|p| p.path.as_ref().map(setting)).collect();
        for unresolved in resolution.problems {
            use Why::{Missing, NoElement, NoVariant};
            let missing = matches!(unresolved.why, Missing | NoVariant { .. } | NoElement { .. });
            // A value that could not be read is not missing, and neither is one that may stand in
            // a file that could not. And what a validation says of the rest of a value, part of
            // which could not be read, is no news.
            let explained = faulty.iter().any(|path| {
                path.segments().starts_with(unresolved.path.segments())
                    || unresolved.path.segments().starts_with(path.segments())
            });
            if explained || (missing && self.incomplete) {
                continue;
            }
            self.tell(true, |load| load.in_the_way(&trees, file, &unresolved, ways));
        }
        for mut unresolved in resolution.warnings {
            if let Why::NothingRemoved(item) = &mut unresolved.why
                && self.plan.secrets.contain(&unresolved.path)
            {
                *item = None;
            }
            self.tell(false, |load| {
                let problem = load.after_the_sources(file).unresolved(&unresolved, ways);
                match &unresolved.why {
                    Why::NothingRemoved(item) => {
                        load.located_removal(&trees, problem, &unresolved.path, item.as_deref())
                    }
                    Why::NoEffect { .. } => load.located(&trees, problem, &unresolved.path),
                    _ => problem,
                }
            });
        }
        self.tell_fallbacks(&trees);
        // Where something is in the way, a profile that is missed is told of there.
        if !self.problems.is_empty() {
            self.warnings.retain(|warning| warning.code != Code::NotSelected);
        }
        self.retained = retained;
        self.count_untold();
        crate::error::sort(&mut self.warnings, Severity::Warning);
    }

    /// What messages speak of when all sources have been read, and `file` was the last one.
    fn after_the_sources<'c>(&'c self, file: Option<(&'c str, Format)>) -> Context<'c> {
        self.context(file.map(|(name, _)| name), file.map(|(_, format)| format))
    }

    fn in_the_way(
        &self,
        trees: &Trees<'_>,
        file: Option<(&str, Format)>,
        unresolved: &Unresolved,
        ways: Ways<'_>,
    ) -> Problem {
        let context = self.after_the_sources(file);
        let path = &unresolved.path;
        let mut problem = context.unresolved(unresolved, ways);
        match &unresolved.why {
            Why::Missing => {
                problem.help.extend(self.only_in_profile(trees, path));
                problem
            }
            Why::Invalid(_) => {
                let problem = self.located(trees, problem, path);
                self.with_cure(trees, problem, path, &context, ways)
            }
            Why::NoElement { .. } => self.located(trees, problem, path),
            Why::Default(_) => problem.from(Origin::Default),
            _ => problem,
        }
    }

    /// A problem with a value that its validation refuses, with what to do about it: that depends
    /// on where the value comes from.
    fn with_cure(
        &self,
        trees: &Trees<'_>,
        mut problem: Problem,
        path: &KeyPath,
        context: &Context<'_>,
        ways: Ways<'_>,
    ) -> Problem {
        // Without a schema, what is refused is how the source says it; and what several sources put
        // together has no place in any of them.
        if self.plan.schema.is_any() || self.is_assembled(trees, path) {
            return problem;
        }
        if let Some(Body::Record(fields)) = schema_at(self.plan.schema, path).map(|s| &s.body) {
            problem.help.extend(self.sources_of(trees, path, fields));
            return problem;
        }
        match (&problem.origin, problem.turn) {
            (Some(Origin::Default), _) => {
                let other = context.how_to_set(path, ways);
                problem.help(format!("correct the default in the program, or {other}"))
            }
            (Some(Origin::Defaults | Origin::Override), _) => {
                problem.help("correct the value that the program gives")
            }
            (
                Some(
                    Origin::Variable { .. }
                    | Origin::Dotenv { .. }
                    | Origin::SecretFile { .. }
                    | Origin::Argument { .. },
                ),
                Some(turn),
            ) => {
                let fallback = self.fallback(trees, path, turn);
                problem.help.extend(fallback);
                problem
            }
            (Some(_), _) => context.with_variables(problem, path),
            (None, _) => problem,
        }
    }

    /// Where the settings of a struct come from: a validation is about them together.
    fn sources_of(&self, trees: &Trees<'_>, path: &KeyPath, fields: &[Field]) -> Option<String> {
        let mut said = Vec::new();
        let mut silent = 0;
        for field in fields {
            // What is flattened stands among the others, under names of its own.
            if matches!(field.kind, Kind::Skip | Kind::Flatten(_)) {
                continue;
            }
            match self.standing(trees, &path.join(field.name), trees.len()) {
                Some((_, standing)) => {
                    said.push(format!("`{}` from {}", field.name, standing.origin()));
                }
                None => silent += 1,
            }
        }
        let rest = if self.given { "what the program gives" } else { "the defaults" };
        match (said.len(), silent) {
            (0, 0) => None,
            (0, _) => Some(format!("all of it is {rest}: correct the program, or set some of it")),
            (many, silent) => {
                said.truncate(NAMED);
                if many > NAMED {
                    said.push(format!("{} more", many - NAMED));
                }
                if silent > 0 {
                    said.push(format!("and {rest} for the rest"));
                }
                Some(format!("it has {}", said.join(", ")))
            }
        }
    }

    /// Says how many problems and warnings are left out.
    fn count_untold(&mut self) {
        let more = |count: usize, what: &str| {
            let s = if count == 1 { "" } else { "s" };
            Problem::new(Code::TooLarge, format!("{count} more {what}{s} not shown"))
                .help("correct those above first")
        };
        let (problems, warnings) = self.untold;
        if problems > 0 {
            self.problems.push(more(problems, "problem"));
        }
        if warnings > 0 {
            self.warnings.push(more(warnings, "warning"));
        }
    }
}
