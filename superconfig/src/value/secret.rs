//! Which values of a configuration without a schema are secrets: the program says so by their paths.

use std::sync::Arc;

use super::step;
use crate::path::{KeyPath, Segment};

/// The paths of secrets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets(Arc<Vec<KeyPath>>);

impl Secrets {
    /// Adds a pattern: a path, in which `*` stands for one step and `**` for any number of them.
    pub(crate) fn add(&mut self, pattern: KeyPath) {
        Arc::make_mut(&mut self.0).push(pattern);
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether what stands at a path is a secret, by itself or as a part of one.
    pub(crate) fn contain(&self, path: &KeyPath) -> bool {
        self.0.iter().any(|pattern| begins(pattern.segments(), path.segments()))
    }
}

/// Whether a path begins with what a pattern means.
fn begins(pattern: &[Segment], path: &[Segment]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return true };
    let any = |word: &str| matches!(first, Segment::Key(key) if *key == word);
    if any("**") {
        return (0..=path.len()).any(|from| begins(rest, &path[from..]));
    }
    path.split_first()
        .is_some_and(|(step, path)| (any("*") || is_or_changes(step, first)) && begins(rest, path))
}

/// Whether a step of a path is the one of a pattern, or what adds to that or removes from it.
fn is_or_changes(found: &Segment, wanted: &Segment) -> bool {
    match (found, wanted) {
        (Segment::Key(found), Segment::Key(wanted)) => {
            found == wanted || step(found).is_some_and(|(stem, _)| stem == &**wanted)
        }
        _ => found == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_paths_and_all_below_them() {
        let mut secrets = Secrets::default();
        for pattern in ["database.password", "**.token", "users.*.key", "a[1]"] {
            secrets.add(KeyPath::parse(pattern));
        }
        for path in [
            "database.password",
            "database.password.old",
            "token",
            "x.y.token",
            "users[3].key",
            "users.me.key",
            "a[1]",
            "database.password_add",
        ] {
            assert!(secrets.contain(&path.into()), "{path}");
        }
        for path in ["", "database", "database.passwords", "users.key", "a[0]", "tokens"] {
            assert!(!secrets.contain(&path.into()), "{path}");
        }
        assert!(Secrets::default().is_empty() && !secrets.is_empty());
    }
}
