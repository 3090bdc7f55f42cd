//! Arguments: `--set path=value`.

use std::ffi::{OsStr, OsString};
use std::fmt;

use super::setting::{named, separated, text};
use super::{Loading, Piece, Setting, Source};
use crate::error::{Code, Problem, dialect};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::Schema;
use crate::schema::at::is_secret;

/// The settings among a program's arguments.
///
/// `--set path=value` and `--set=path=value` give a setting, as often as needed; of two for one
/// setting the later counts. The path may end in `_add` or `_remove` for a list, and the value is
/// read as a variable's is. `--` ends the settings. All other arguments are the program's own.
#[derive(Clone)]
pub struct Args {
    arguments: Vec<OsString>,
}

impl Args {
    /// Settings from these arguments; `std::env::args_os().skip(1)` are the process's.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self { arguments: arguments.into_iter().map(Into::into).collect() }
    }
}

/// Arguments may hold secrets, so only their number is shown.
impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Args({} arguments)", self.arguments.len())
    }
}

impl Source for Args {
    fn name(&self) -> String {
        "the arguments".to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let mut settings = Vec::new();
        let mut rest = self.arguments.iter();
        while let Some(argument) = rest.next() {
            if argument == "--" {
                break;
            }
            let given = if argument == "--set" {
                match rest.next() {
                    Some(given) if given != "--" => given.as_os_str(),
                    end => {
                        loading.problem(
                            wrong(
                                "--set",
                                "`--set` is the last argument, and a setting has to follow it",
                            )
                            .help("write `--set path=value`"),
                        );
                        if end.is_some() {
                            break;
                        }
                        continue;
                    }
                }
            } else if let Some(given) = after_equals(argument) {
                given
            } else {
                continue;
            };
            match setting(given, loading) {
                Ok(setting) => settings.push(setting),
                Err(problem) => loading.problem(problem),
            }
        }
        if !settings.is_empty() {
            loading.pieces.push(Piece::Settings(settings));
        }
    }

    /// Not for secrets: everybody on a machine can read command lines.
    fn how_to_set(&self, schema: &'static Schema, path: &KeyPath) -> Option<String> {
        (!is_secret(schema, path)).then(|| format!("`--set {path}=…`"))
    }
}

/// What follows `--set=`.
fn after_equals(argument: &OsStr) -> Option<&OsStr> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        argument.as_bytes().strip_prefix(b"--set=").map(OsStr::from_bytes)
    }
    #[cfg(not(unix))]
    {
        // What is not Unicode cannot be cut in safe code here, so it is kept whole and refused.
        match argument.to_str() {
            Some(argument) => argument.strip_prefix("--set=").map(OsStr::new),
            None => argument.to_string_lossy().starts_with("--set=").then_some(argument),
        }
    }
}

fn setting(given: &OsStr, loading: &Loading<'_>) -> Result<Setting, Problem> {
    let Some(whole) = given.to_str() else {
        // The path is shown and the value is not.
        let lossy = given.to_string_lossy();
        let path = lossy.split('=').next().unwrap_or_default();
        return Err(wrong(&origin(path), "the argument is not UTF-8").help("write it in UTF-8"));
    };
    let Some((path, value)) = whole.split_once('=') else {
        // It may be a value whose path was forgotten, so it is not repeated unless it is a path.
        let known = named(loading.schema, whole).field.is_some();
        let shown = if known { origin(whole) } else { "--set".to_owned() };
        let example = if known { whole } else { "path" };
        return Err(wrong(&shown, "the argument of `--set` has no `=`")
            .help(format!("write `--set {example}=value`, in quotes where the value has spaces")));
    };
    let path = path.trim();
    if path.is_empty() {
        return Err(wrong("--set", "nothing stands before the `=` of `--set`")
            .help("write `--set path=value`"));
    }
    if path.starts_with('-') {
        return Err(wrong(&origin(path), "the path of `--set` begins with `-`, as an option does")
            .help("write `--set path=value`; is the setting missing?"));
    }
    let limit = loading.limits.key_bytes;
    if path.len() > limit {
        let message =
            format!("the path of `--set` has {} bytes, and the limit is {limit}", path.len());
        return Err(wrong("--set", &message).help(dialect::raise("key_bytes")));
    }
    let named = named(loading.schema, path);
    Ok(Setting {
        path: named.path,
        op: named.op,
        tree: separated(text(value.to_owned()), named.field),
        origin: Origin::Argument { argument: origin(path) },
    })
}

fn origin(path: &str) -> String {
    format!("--set {path}")
}

fn wrong(argument: &str, message: &str) -> Problem {
    Problem::new(Code::BadArgument, message)
        .from(Origin::Argument { argument: argument.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;
    use crate::schema::Op;

    fn load(arguments: &[&str]) -> World {
        World::new().load(&Args::new(arguments))
    }

    #[test]
    fn settings_are_found_among_other_arguments() {
        let world = load(&[
            "serve",
            "--set",
            "port=9000",
            "-v",
            "--set=plugins_add=a;b",
            "--port=1",
            "--set",
            "database.url=a=b",
            "--",
            "--set",
            "port=1",
        ]);
        world.assert_fine();
        let settings: Vec<_> = world
            .settings()
            .map(|s| (s.path.to_string(), s.op, s.tree.found().to_string(), s.origin.to_string()))
            .collect();
        let expected = [
            ("port", Op::Set, "the string \"9000\"", "argument --set port"),
            ("plugins", Op::Add, "the string \"a;b\"", "argument --set plugins_add"),
            ("database.url", Op::Set, "the string \"a=b\"", "argument --set database.url"),
        ];
        let expected = expected.map(|(path, op, value, origin)| {
            (path.to_owned(), op, value.to_owned(), origin.to_owned())
        });
        assert_eq!(settings, expected);
    }

    #[test]
    fn a_list_is_split_where_its_field_says() {
        let world = load(&["--set", "plugins=a;b", "--set", "labels=x"]);
        let trees: Vec<_> = world.settings().map(|s| format!("{:?}", s.tree.node)).collect();
        assert!(trees[0].contains("separator: \";\""), "{trees:?}");
        assert!(trees[1].contains("separator: \",\""), "{trees:?}");
    }

    #[test]
    fn each_mistake_has_its_cure_and_no_value() {
        let cases: [(&[&str], &str, &str); 6] = [
            (
                &["--set"],
                "`--set` is the last argument, and a setting has to follow it",
                "write `--set path=value`",
            ),
            (
                &["--set", "--"],
                "`--set` is the last argument, and a setting has to follow it",
                "write `--set path=value`",
            ),
            (
                &["--set", "port", "9000"],
                "the argument of `--set` has no `=`",
                "write `--set port=value`, in quotes where the value has spaces",
            ),
            (
                &["--set", "hunter2"],
                "the argument of `--set` has no `=`",
                "write `--set path=value`, in quotes where the value has spaces",
            ),
            (
                &["--set==hunter2"],
                "nothing stands before the `=` of `--set`",
                "write `--set path=value`",
            ),
            (
                &["--set", "--x=hunter2"],
                "the path of `--set` begins with `-`, as an option does",
                "write `--set path=value`; is the setting missing?",
            ),
        ];
        for (arguments, message, help) in cases {
            let world = load(arguments);
            let problem = world.problem();
            assert_eq!(problem.code, Code::BadArgument);
            assert_eq!((problem.message.as_str(), problem.help[0].as_str()), (message, help));
            assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_utf_8_matter_only_in_settings() {
        use std::os::unix::ffi::OsStringExt;
        let bytes = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
        let world = World::new().load(&Args::new([
            bytes(b"\xff"),
            bytes(b"--set=port=\xff"),
            bytes(b"--set=port=1"),
        ]));
        assert_eq!(world.problem().message, "the argument is not UTF-8");
        assert_eq!(
            world.problem().origin.as_ref().map(ToString::to_string).as_deref(),
            Some("argument --set port")
        );
        assert_eq!(world.settings().count(), 1);
    }
}
