//! Variables by way of a tree, which says everything that is wrong with any of them.

use std::path::Path;

use super::{Found, View, is_set, name_not_utf8, origin, stranger, text};
use crate::assign::{Assignments, number};
use crate::decode::{Scalar, Section, Tree, Walk};
use crate::error::{Code, Problem};
use crate::load::{Assigned, Load, Retained, Said, kubernetes, untyped};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::at::path_of;
use crate::schema::{Meaning, Op};
use crate::source::read;
use crate::stack::Stack;

/// A variable that is a setting.
struct Taken {
    name: String,
    meaning: Meaning,
    value: Tree<'static>,
    origin: Origin,
    /// Whether it holds the address of a service.
    is_address: bool,
}

/// Reads those of the variables that have a value.
pub(super) fn read(load: &mut Load<'_>, found: Vec<Found<'_>>, stack: &mut dyn Stack) {
    let mut reading =
        Reading { load, taken: Vec::with_capacity(found.len()), tree: Assignments::new() };
    let mut said: Vec<Found<'_>> = Vec::new();
    let compared = found.iter().any(|found| found.rank > 0);
    for found in found {
        // Few variables have an absolute name, so few are compared with the others.
        if found.rank > 0 && said.iter().any(|other| found.is_outranked_by(other)) {
            continue;
        }
        let kept = compared.then(|| found.clone());
        // What is empty and no value is unset, and outranks nothing.
        if reading.variable(&found.variable, found.meaning, stack) {
            said.extend(kept);
        }
    }
    let Reading { taken, tree, .. } = reading;
    let mut walk = Walk::at(KeyPath::root());
    let tree = tree.into_tree();
    walk.apply(stack.layer(Section::Base), None, Op::Set, &tree);
    let (first, plan) = (load.problems.len(), load.plan);
    load.take(walk, None, false, |problem, span| match span.and_then(|s| taken.get(number(s))) {
        Some(taken) => {
            let mut problem = problem.from(taken.origin.clone());
            problem.help.extend(taken.is_address.then(|| kubernetes::CURE.to_owned()));
            if problem.code == Code::WrongType
                && problem.path.as_ref() == Some(&path_of(&taken.meaning.steps))
                && let Some(name) = stranger::in_an_entry(plan, &taken.meaning.steps)
            {
                problem.help.insert(0, format!("did you mean {name}?"));
            }
            problem
        }
        None => problem,
    });
    load.note_wrong(first, |origin| {
        let known = taken.iter().find(|taken| taken.origin == *origin)?;
        Some(path_of(&known.meaning.steps))
    });
    load.commit(stack);
    let assigned = |taken: Taken| {
        let Taken { meaning, origin, value, .. } = taken;
        Assigned { steps: meaning.steps, op: meaning.op, said: Said::Other { value, origin } }
    };
    load.retain(Retained::Variables(taken.into_iter().map(assigned).collect()));
}

struct Reading<'r, 'p> {
    load: &'r mut Load<'p>,
    taken: Vec<Taken>,
    tree: Assignments,
}

impl Reading<'_, '_> {
    /// Takes a variable's value; whether it has one.
    fn variable(&mut self, variable: &View<'_>, meaning: Meaning, stack: &mut dyn Stack) -> bool {
        let name = text(variable.name);
        let origin = origin(&name, variable);
        if variable.name.to_str().is_none() {
            name_not_utf8(self.load, origin);
            return true;
        }
        let Some(text) = variable.value.to_str() else {
            self.load.tell(true, |_| {
                Problem::new(Code::VariableNotUtf8, "its value is not UTF-8")
                    .at(path_of(&meaning.steps))
                    .from(origin)
                    .help("set it to text in UTF-8, or unset it")
            });
            return true;
        };
        if self.load.plan.schema.is_any() {
            return self.untyped(&name, text, meaning, origin, stack);
        }
        let has_value = !text.is_empty() || takes_empty(&meaning, stack);
        if has_value {
            if let (Some(location), false) = (variable.location, meaning.file) {
                let secret = meaning.field.filter(|field| field.secret);
                self.load.warn_exposed(&location.name, secret);
            }
            self.take(&name, text, meaning, origin);
        }
        has_value
    }

    fn take(&mut self, name: &str, text: &str, meaning: Meaning, origin: Origin) {
        let separator = meaning.field.map_or(",", |field| field.separator);
        let variable = origin.clone();
        let mut origin = origin;
        let value = if meaning.file {
            let path = self.load.plan.surroundings.resolve(Path::new(text));
            let plan = self.load.plan;
            self.load.dependencies.files.push(path.clone());
            match read::secret(&path, &plan.limits, plan.strict_permissions) {
                Ok(secret) => {
                    if let Some(warning) = secret.warning {
                        self.load.tell(false, |_| warning.at(path_of(&meaning.steps)));
                    }
                    origin = Origin::SecretFile { variable: name.to_owned(), path };
                    let secret = secret.text;
                    let line = secret.strip_suffix('\n').unwrap_or(&secret);
                    line.strip_suffix('\r').unwrap_or(line).to_owned()
                }
                Err(problem) => {
                    let problem = problem
                        .at(path_of(&meaning.steps))
                        .help(format!("the file is named by {name}"));
                    return self.load.tell(true, |_| problem);
                }
            }
        } else {
            text.to_owned()
        };
        let is_address = kubernetes::is_address(&value);
        let value = Tree::from(Scalar::text(value, separator));
        self.put(Taken { name: name.to_owned(), meaning, value, origin, is_address }, variable);
    }

    /// The same without a schema: what stands says how the text is read.
    fn untyped(
        &mut self,
        name: &str,
        text: &str,
        meaning: Meaning,
        origin: Origin,
        stack: &mut dyn Stack,
    ) -> bool {
        let scalar = Scalar::text(text.to_owned(), ",").into();
        match untyped::variable(&meaning, scalar, stack) {
            Ok(None) => return false,
            Ok(Some(value)) => {
                let (name, is_address) = (name.to_owned(), false);
                let taken = Taken { name, meaning, value, origin: origin.clone(), is_address };
                self.put(taken, origin);
            }
            Err(fault) => self.load.refuse(path_of(&meaning.steps), fault, &origin),
        }
        true
    }

    /// Puts a value where its variable means it. `variable` is where that stands.
    fn put(&mut self, taken: Taken, variable: Origin) {
        let number = self.taken.len();
        let Taken { name, meaning, value, .. } = &taken;
        match self.tree.put(&meaning.steps, meaning.op, value.clone(), number) {
            Ok(()) => self.taken.push(taken),
            Err(clash) => {
                let first = self.taken.get(clash.first).map_or("another variable", |t| &t.name);
                let message = format!("{first} and {name} both set it");
                self.load.tell(true, |_| {
                    Problem::new(Code::TwoVariables, message)
                        .at(path_of(&meaning.steps))
                        .from(variable)
                        .help("unset one of the two")
                });
            }
        }
    }
}

/// Whether an empty text is a value for the setting. Where it is none, the variable must leave
/// no trace: no `Option` begins to exist by it, no entry of a map, no element of a list.
fn takes_empty(meaning: &Meaning, stack: &mut dyn Stack) -> bool {
    if meaning.file || meaning.op != Op::Set {
        return false;
    }
    let mut alone = Assignments::new();
    if alone.put(&meaning.steps, Op::Set, Scalar::text("", ",").into(), 0).is_err() {
        return false;
    }
    let layer = stack.layer(Section::Base);
    Walk::default().apply(layer, None, Op::Set, &alone.into_tree());
    let takes = is_set(layer, &meaning.steps);
    stack.discard();
    takes
}
