//! Files of variables (`.env`).

use std::path::PathBuf;
use std::sync::Arc;

use super::trust::Trust;
use super::{Loading, Piece, Source, Variable, read};
use crate::error::{Code, Problem};
use crate::format::mask;
use crate::origin::{Location, Origin};

mod parse;

/// A file of variables, one `NAME=value` a line.
///
/// | written | read as |
/// | --- | --- |
/// | `export NAME=value` | the same without `export` |
/// | `NAME = a b # note` | `a b`: a comment begins at the start of a line or after white space |
/// | `NAME='a # $b'` | what stands between the quotes, over several lines if need be |
/// | `NAME="a\nb"` | the same, with `\n`, `\r`, `\t`, `\\`, `\"` and `\$` |
/// | `NAME=pa$$word` | as it stands: nothing is expanded, quoted or not |
/// | `NAME=` | an empty variable |
///
/// Of two lines for one name the later counts, and there is a warning. That the file is missing is
/// no error, as everywhere with `.env`, unless it is [`required`](Self::required). Messages about
/// the file never hold a part of it, for such files are where secrets are kept.
#[derive(Debug, Clone)]
pub struct Dotenv {
    path: PathBuf,
    required: bool,
}

impl Dotenv {
    /// A file that may be missing.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), required: false }
    }

    /// The same file, which has to be there.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Source for Dotenv {
    fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        let path = loading.surroundings.resolve(&self.path);
        let name = read::shown(&self.path);
        match loading.read(&name, &path, Trust::Named) {
            Ok(Some(text)) => {
                loading.looked_at(path, true);
                variables(loading, &name, &text);
            }
            Ok(None) => {
                loading.looked_at(&path, false);
                if self.required {
                    loading.problem(read::missing(&name, &path));
                }
            }
            Err(problem) => {
                loading.looked_at(path, true);
                loading.problem(problem);
            }
        }
    }
}

fn variables(loading: &mut Loading<'_>, name: &Arc<str>, text: &str) {
    let at = |place: parse::Place| Location {
        name: name.clone(),
        line: place.line,
        column: place.column,
        start: place.start,
        end: place.end,
        profile: None,
    };
    let mut variables: Vec<Variable> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for line in parse::lines(text) {
        match line {
            Ok(entry) => {
                let variable = Variable {
                    name: entry.name.into(),
                    value: entry.value.into(),
                    location: Some(at(entry.place)),
                };
                if let Some(earlier) = places.insert(entry.name, variables.len()) {
                    loading.tell(false, |_| {
                        let line = variables[earlier].location.as_ref().map_or(0, |l| l.line);
                        let message = format!(
                            "`{}` stands here and on line {line}; the later one counts",
                            entry.name
                        );
                        Problem::new(Code::Shadowed, message).from(Origin::Text(at(entry.place)))
                    });
                    // The later one takes the earlier one's place, so that a name stands once.
                    places.insert(entry.name, earlier);
                    variables[earlier] = variable;
                } else {
                    variables.push(variable);
                }
            }
            Err(wrong) => loading.tell(true, |loading| {
                let problem = Problem::new(Code::Syntax, wrong.message)
                    .from(Origin::Text(at(wrong.place)))
                    .help(wrong.help);
                broken_line(loading, problem, text, wrong.place)
            }),
        }
    }
    loading.pieces.push(Piece::Variables(variables));
}

/// A problem with its line, masked unless the program shows such lines; see `format::mask`.
fn broken_line(
    loading: &Loading<'_>,
    problem: Problem,
    text: &str,
    place: parse::Place,
) -> Problem {
    let place = place.start..place.end;
    if loading.show_source {
        return problem.showing(text, place);
    }
    let known = |name: &str| loading.schema.knows_variable(name);
    match mask::masked(text, place, mask::Grammar::Variables, &known) {
        Some((line, place)) => problem.showing(&line, place),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    #[test]
    fn variables_come_with_their_places() {
        let world = World::new().file(".env", "A=1\n\nB='2'\nA=3\n").load(&Dotenv::new(".env"));
        assert!(world.problems.is_empty(), "{:?}", world.problems);
        let shown: Vec<_> = world
            .variables()
            .map(|v| {
                let place = v.location.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{}={} {place}", v.name.display(), v.value.display())
            })
            .collect();
        assert_eq!(shown, ["A=3 .env:4:3", "B=2 .env:3:3"]);
        assert_eq!(
            world.warnings[0].message,
            "`A` stands here and on line 1; the later one counts"
        );
    }

    #[test]
    fn a_missing_file_is_no_error_unless_it_is_required() {
        let world = World::new().load(&Dotenv::new(".env"));
        world.assert_fine();
        assert_eq!(world.looked(), ["-.env"]);
        let world = World::new().load(&Dotenv::new(".env").required());
        assert_eq!(world.problem().code, Code::FileNotFound);
    }

    #[test]
    fn of_many_broken_lines_the_first_are_told_and_the_rest_is_counted() {
        let broken = World::new().file(".env", "a\n".repeat(200_000)).load(&Dotenv::new(".env"));
        assert_eq!((broken.problems.len(), broken.untold), (100, (199_900, 0)));
        let twice = World::new().file(".env", "A=1\n".repeat(200_001)).load(&Dotenv::new(".env"));
        assert_eq!((twice.warnings.len(), twice.untold), (100, (0, 199_900)));
        assert_eq!(twice.variables().count(), 1);
    }

    #[test]
    fn messages_hold_no_part_of_the_file() {
        let cases = [
            ("OK=1\nhunter2\n", ".env:2:1", "a line without `=`"),
            ("hunter2 =x hunter2\n1hunter2=x", ".env:2:1", "not the name of a variable"),
            ("P=\"hunter2\nhunter2", ".env:1:3", "a double quote that is never closed"),
            ("P='hunter2\nhunter2", ".env:1:3", "a single quote that is never closed"),
            ("P=\"x\" hunter2", ".env:1:7", "something stands behind the closing quote"),
            ("=hunter2", ".env:1:1", "no name stands before the `=`"),
        ];
        for (text, place, message) in cases {
            let world = World::new().file(".env", text).load(&Dotenv::new(".env"));
            let problem = world.problem();
            assert_eq!(problem.code, Code::Syntax);
            let origin = problem.origin.as_ref().map(ToString::to_string);
            assert_eq!((origin.as_deref(), problem.message.as_str()), (Some(place), message));
            assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
            assert!(!crate::ConfigError::from(problem.clone()).render().contains("hunter2"));
        }
    }
}
