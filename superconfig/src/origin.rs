//! Where a value came from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a value came from, or where one was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A place in a file or another text.
    Text(Location),
    /// A variable of the environment, or of an explicit one.
    Variable {
        /// The variable's name; what is not UTF-8 in it is replaced.
        name: String,
    },
    /// A variable in a file of variables.
    Dotenv {
        /// The variable's name.
        name: String,
        /// Where it stands.
        location: Location,
    },
    /// The file that a variable's `…_FILE` twin names.
    SecretFile {
        /// The variable's name.
        variable: String,
        /// The file.
        path: PathBuf,
    },
    /// An argument.
    Argument {
        /// The argument, up to the value.
        argument: String,
    },
    /// A call of `with_override`.
    Override,
    /// A struct given to `with_defaults`.
    Defaults,
    /// A default that the type declares.
    Default,
    /// A source of one's own.
    Custom {
        /// Its name.
        name: String,
    },
    /// A file or directory as a whole.
    Path(PathBuf),
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The text's name: a path as it was given, or the name of a text from memory.
    pub name: Arc<str>,
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
    /// The place in bytes, where the text is known.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// The profile whose section it is in.
    pub profile: Option<String>,
}

impl Origin {
    /// What it is, in one word: `text`, `variable`, `dotenv`, `secret_file`, `argument`, `override`,
    /// `defaults`, `default`, `custom` or `path`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Variable { .. } => "variable",
            Self::Dotenv { .. } => "dotenv",
            Self::SecretFile { .. } => "secret_file",
            Self::Argument { .. } => "argument",
            Self::Override => "override",
            Self::Defaults => "defaults",
            Self::Default => "default",
            Self::Custom { .. } => "custom",
            Self::Path(_) => "path",
        }
    }

    /// The variable's name, where it is one, or was given by one.
    pub fn variable(&self) -> Option<&str> {
        match self {
            Self::Variable { name } | Self::Dotenv { name, .. } => Some(name),
            Self::SecretFile { variable, .. } => Some(variable),
            _ => None,
        }
    }

    /// The file, where there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Text(location) | Self::Dotenv { location, .. } => {
                Some(Path::new(&*location.name))
            }
            Self::SecretFile { path, .. } | Self::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The place in a text, where there is one.
    pub fn location(&self) -> Option<&Location> {
        match self {
            Self::Text(location) | Self::Dotenv { location, .. } => Some(location),
            _ => None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", Clean(&self.name), self.line, self.column)?;
        match &self.profile {
            Some(profile) => write!(f, " (profile {})", Clean(profile)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(location) => location.fmt(f),
            Self::Variable { name } => write!(f, "variable {}", Clean(name)),
            Self::Dotenv { name, location } => write!(f, "{location} (variable {})", Clean(name)),
            Self::SecretFile { variable, path } => {
                write!(f, "{} (named by {})", Clean(&path.to_string_lossy()), Clean(variable))
            }
            Self::Argument { argument } => write!(f, "argument {}", Clean(argument)),
            Self::Override => f.write_str("an override in the program"),
            Self::Defaults => f.write_str("the defaults given by the program"),
            Self::Default => f.write_str("the declared default"),
            Self::Custom { name } => write!(f, "{}", Clean(name)),
            Self::Path(path) => write!(f, "{}", Clean(&path.to_string_lossy())),
        }
    }
}

/// Text from outside: what a terminal would obey is escaped, control characters and those that turn
/// the direction of writing, by which a text looks like another one.
pub(crate) struct Clean<'t>(pub(crate) &'t str);

fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_obeyed(c) { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        Ok(())
    }
}

/// The line and column of a byte, both counted from one; columns count characters. A byte order
/// mark has no width, and CRLF is one line break.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

impl Location {
    /// The place of a part of a text.
    pub fn of(name: Arc<str>, text: &str, range: std::ops::Range<usize>) -> Self {
        let (line, column) = line_and_column(text, range.start);
        Self { name, line, column, start: range.start, end: range.end, profile: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_what_a_person_counts() {
        let text = "\u{feff}a = 1\r\nbé = \"x\"\n";
        let at = |needle| line_and_column(text, text.find(needle).expect("it is there"));
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (2, 1));
        assert_eq!(at("\"x"), (2, 6));
        assert_eq!(line_and_column(text, 10_000), (3, 1));
    }

    fn place() -> Location {
        Location::of("conf/a.toml".into(), "a = 1\nb = 2\n", 6..7)
    }

    #[test]
    fn every_origin_is_shown_on_one_line() {
        let profiled = Location { profile: Some("prod".to_owned()), ..place() };
        let cases = [
            (Origin::Text(place()), "conf/a.toml:2:1"),
            (Origin::Text(profiled), "conf/a.toml:2:1 (profile prod)"),
            (Origin::Variable { name: "APP_B".to_owned() }, "variable APP_B"),
            (
                Origin::Dotenv { name: "APP_B".to_owned(), location: place() },
                "conf/a.toml:2:1 (variable APP_B)",
            ),
            (
                Origin::SecretFile {
                    variable: "APP_B_FILE".to_owned(),
                    path: "/run/secrets/b".into(),
                },
                "/run/secrets/b (named by APP_B_FILE)",
            ),
            (Origin::Argument { argument: "--set b".to_owned() }, "argument --set b"),
            (Origin::Override, "an override in the program"),
            (Origin::Defaults, "the defaults given by the program"),
            (Origin::Default, "the declared default"),
            (Origin::Custom { name: "vault".to_owned() }, "vault"),
            (Origin::Path("conf".into()), "conf"),
        ];
        for (origin, shown) in &cases {
            assert_eq!(origin.to_string(), *shown);
        }
        let kinds: std::collections::BTreeSet<_> =
            cases.iter().map(|(origin, _)| origin.kind()).collect();
        assert_eq!(kinds.len(), cases.len() - 1, "two of them are texts");
        let variables: Vec<_> = cases.iter().filter_map(|(origin, _)| origin.variable()).collect();
        assert_eq!(variables, ["APP_B", "APP_B", "APP_B_FILE"]);
    }

    #[test]
    fn a_terminal_is_told_nothing_by_a_name() {
        let named = |name: &str| Origin::Variable { name: name.to_owned() }.to_string();
        assert_eq!(named("A\u{1b}[2J\n"), "variable A\\u{1b}[2J\\n");
        assert_eq!(named("É"), "variable É");
        assert_eq!(named("a\u{202e}b\u{2066}"), "variable a\\u{202e}b\\u{2066}");
        assert_eq!(Origin::Path("a\rb".into()).to_string(), "a\\rb");
        assert_eq!(Origin::Custom { name: "\u{1b}[2J".to_owned() }.to_string(), "\\u{1b}[2J");
        let profiled = Location { profile: Some("p\n".to_owned()), ..place() };
        assert_eq!(profiled.to_string(), "conf/a.toml:2:1 (profile p\\n)");
    }

    #[test]
    fn files_have_a_path_and_texts_a_place() {
        let dotenv = Origin::Dotenv { name: "APP_B".to_owned(), location: place() };
        let secret = Origin::SecretFile { variable: "K_FILE".to_owned(), path: "key".into() };
        assert_eq!(Origin::Text(place()).path(), Some(Path::new("conf/a.toml")));
        assert_eq!(dotenv.path(), Some(Path::new("conf/a.toml")));
        assert_eq!(secret.path(), Some(Path::new("key")));
        assert_eq!(Origin::Path("conf".into()).path(), Some(Path::new("conf")));
        assert_eq!(Origin::Override.path(), None);
        assert_eq!(Origin::Text(place()).location(), Some(&place()));
        assert_eq!(dotenv.location(), Some(&place()));
        assert_eq!(secret.location(), None);
    }

    #[test]
    fn a_place_inside_a_character_is_that_of_the_character() {
        assert_eq!(line_and_column("é = 1", 1), (1, 1));
        assert_eq!(line_and_column("é = 1", 2), (1, 2));
    }
}
