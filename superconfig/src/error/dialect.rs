//! How advice names what the reader's program would write.
//!
//! Advice is made where something goes wrong, which may be deep inside of a source, far from anybody who
//! knows the program. So the language is said once for the whole library: a package for another language
//! is a library of its own, with a copy of everything here that nobody else reads the messages of.

use std::sync::OnceLock;

/// A language whose programs name their steps in its own manner: `with_file_opt` or `withFileOpt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Dialect {
    /// That of this crate.
    #[default]
    Rust,
    /// That of the package for Python.
    Python,
    /// That of the package for Node.js.
    JavaScript,
}

static SPOKEN: OnceLock<Dialect> = OnceLock::new();

impl Dialect {
    /// Makes all messages of this library speak to programs in this language. A package for another
    /// language says it when it is loaded; the first call counts.
    pub fn speak(self) {
        let first = SPOKEN.set(self);
        debug_assert!(first.is_ok() || Self::spoken() == self, "two languages in one library");
    }

    /// The one that messages are in.
    pub(crate) fn spoken() -> Self {
        SPOKEN.get().copied().unwrap_or_default()
    }

    /// A name of several words.
    fn name(self, name: &str) -> String {
        if self != Self::JavaScript {
            return name.to_owned();
        }
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| {
            let (head, tail) = word.split_at_checked(1).unwrap_or_default();
            name + &head.to_ascii_uppercase() + tail
        })
    }

    /// A step of the builder, or another function.
    fn step(self, name: &str) -> String {
        format!("`{}`", self.name(name))
    }

    /// The same with arguments, given as Rust has them.
    fn call(self, name: &str, arguments: &str) -> String {
        let arguments = match (self, arguments) {
            (Self::Python, "false") => "False",
            (_, arguments) => arguments,
        };
        format!("`{}({arguments})`", self.name(name))
    }

    /// Advice to raise a limit.
    fn raise(self, limit: &str) -> String {
        let limit = self.name(limit);
        match self {
            Self::Rust => format!("raise `Limits::{limit}` by `with_limits`"),
            Self::Python => format!("raise the limit by `with_limits({limit}=…)`"),
            Self::JavaScript => format!("raise the limit by `withLimits({{ {limit}: … }})`"),
        }
    }
}

/// A step of the builder, or another function, as the reader's program calls it.
pub(crate) fn step(name: &str) -> String {
    Dialect::spoken().step(name)
}

/// The same with arguments, given as Rust has them.
pub(crate) fn call(name: &str, arguments: &str) -> String {
    Dialect::spoken().call(name, arguments)
}

/// Advice to raise a limit, by its name in `Limits`.
pub(crate) fn raise(limit: &str) -> String {
    Dialect::spoken().raise(limit)
}

/// Words for a program in Rust, or for one that has no attributes and no types of Rust's.
pub(crate) fn in_rust<'w>(words: &'w str, elsewhere: &'w str) -> &'w str {
    if Dialect::spoken() == Dialect::Rust { words } else { elsewhere }
}

#[cfg(test)]
mod tests {
    use super::Dialect::{JavaScript, Python, Rust};
    use super::*;

    #[test]
    fn a_step_is_named_as_its_language_writes_it() {
        let named = |name| [Rust, Python, JavaScript].map(|dialect| dialect.step(name));
        assert_eq!(named("with_file_opt"), ["`with_file_opt`", "`with_file_opt`", "`withFileOpt`"]);
        assert_eq!(named("strict"), ["`strict`"; 3]);
    }

    #[test]
    fn arguments_are_written_as_the_language_writes_them() {
        let called = |dialect: Dialect| dialect.call("strict_permissions", "false");
        assert_eq!(called(Rust), "`strict_permissions(false)`");
        assert_eq!(called(Python), "`strict_permissions(False)`");
        assert_eq!(called(JavaScript), "`strictPermissions(false)`");
    }

    #[test]
    fn a_limit_is_raised_by_the_step_that_there_is() {
        assert_eq!(Rust.raise("key_bytes"), "raise `Limits::key_bytes` by `with_limits`");
        assert_eq!(Python.raise("key_bytes"), "raise the limit by `with_limits(key_bytes=…)`");
        assert_eq!(
            JavaScript.raise("key_bytes"),
            "raise the limit by `withLimits({ keyBytes: … })`"
        );
    }

    #[test]
    fn nobody_has_to_say_that_a_program_is_in_rust() {
        assert_eq!(
            (Dialect::spoken(), step("a_b"), in_rust("a", "b")),
            (Rust, "`a_b`".into(), "a")
        );
    }
}
