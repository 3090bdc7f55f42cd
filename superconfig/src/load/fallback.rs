//! What would hold without a variable or an argument that is wrong: the answer to "may I just unset
//! it?".

use super::Load;
use super::locate::Trees;
use crate::error::Code;
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::Field;
use crate::schema::at::field_at;

/// A problem with a variable or an argument.
pub(super) struct Wrong {
    /// The position of the problem.
    pub(super) problem: usize,
    /// The setting that the variable names.
    pub(super) setting: KeyPath,
    /// How many sources had been read before it.
    pub(super) sources: usize,
}

impl Load<'_> {
    /// Notes the problems from `first` on, whose settings `setting` knows, as those of the source in
    /// work.
    pub(super) fn note_wrong(
        &mut self,
        first: usize,
        setting: impl Fn(&Origin) -> Option<KeyPath>,
    ) {
        let sources = self.retained.len();
        for (index, problem) in self.problems.iter().enumerate().skip(first) {
            let is_value = matches!(
                problem.code,
                Code::WrongType | Code::OutOfRange | Code::UnknownWord | Code::Invalid | Code::Null
            );
            if let (true, Some(setting)) = (is_value, problem.origin.as_ref().and_then(&setting)) {
                self.wrong.push(Wrong { problem: index, setting, sources });
            }
        }
    }

    /// Tells of each what would hold without it.
    pub(super) fn tell_fallbacks(&mut self, trees: &Trees<'_>) {
        for Wrong { problem, setting, sources } in std::mem::take(&mut self.wrong) {
            let help = self.fallback(trees, &setting, sources);
            if let (Some(help), Some(problem)) = (help, self.problems.get_mut(problem)) {
                problem.help.push(help);
            }
        }
    }

    pub(super) fn fallback(
        &self,
        trees: &Trees<'_>,
        path: &KeyPath,
        sources: usize,
    ) -> Option<String> {
        if let Some((_, standing)) = self.standing(trees, path, sources) {
            let origin = standing.origin();
            // What is wrong itself would not hold.
            let is_wrong = self.problems.iter().any(|p| p.origin.as_ref() == Some(&origin));
            return (!is_wrong).then(|| format!("without it, what {origin} says would hold"));
        }
        // What the program gave as a struct is not looked into here.
        if self.given {
            return None;
        }
        let field = field_at(self.plan.schema, path)?;
        Some(match field {
            Field { default: Some(default), secret: false, .. } if is_short(default) => {
                format!("without it, the default would hold: {default}")
            }
            Field { default: Some(_), .. } => "without it, the default would hold".to_owned(),
            Field { optional: true, .. } => "without it, the setting would be absent".to_owned(),
            // That a required setting is missing is said soon enough.
            _ => return None,
        })
    }
}

/// Whether a default is a literal that is worth repeating, and no expression.
fn is_short(default: &str) -> bool {
    default.len() <= 40 && !default.contains(['(', ':', '{', '!']) || default.starts_with('"')
}
