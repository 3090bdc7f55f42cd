//! Variables: which of them are settings, and what they say.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{Load, Plan, Retained, kubernetes, untyped};
use crate::assign::{Assignments, number};
use crate::decode::{Place, Scalar, Section, Target, Tree, Walk};
use crate::diagnose::{closest, no_such_step};
use crate::error::{Code, Problem};
use crate::origin::{Location, Origin};
use crate::path::{KeyPath, Segment};
use crate::schema::variables::derived_name;
use crate::schema::{Body, Field, Meaning, Op, Step};
use crate::source::{Variable, read};
use crate::stack::Stack;

/// A variable, as the environment or a file of variables has it.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    pub(super) name: &'v OsStr,
    pub(super) value: &'v OsStr,
    pub(super) location: Option<&'v Location>,
}

impl<'v> From<&'v Variable> for View<'v> {
    fn from(variable: &'v Variable) -> Self {
        let location = variable.location.as_ref();
        Self { name: &variable.name, value: &variable.value, location }
    }
}

impl<'v> From<&'v (OsString, OsString)> for View<'v> {
    fn from((name, value): &'v (OsString, OsString)) -> Self {
        Self { name, value, location: None }
    }
}

/// A variable that is a setting.
struct Taken {
    name: String,
    meaning: Meaning,
    origin: Origin,
    /// Whether it holds the address of a service.
    is_address: bool,
}

/// Reads variables, as one source.
pub(super) fn read<'v>(
    load: &mut Load<'_>,
    variables: impl Iterator<Item = View<'v>>,
    stack: &mut dyn Stack,
) {
    let mut absolute = Vec::new();
    load.plan.schema.each_field(&mut |steps, field| {
        for name in field.env_names {
            absolute.push((*name, steps.to_vec(), field));
        }
    });
    let mut reading =
        Reading { load, absolute, taken: Vec::new(), tree: Assignments::new(), seen: 0 };
    let mut meant: Vec<(View<'_>, Meaning, usize)> = Vec::new();
    for variable in variables {
        if let Some((meaning, rank)) = reading.meaning(&variable, stack) {
            meant.push((variable, meaning, rank));
        }
    }
    // The name with the prefix is the program's own; `PORT` may be there for anybody.
    meant.sort_by_key(|(.., rank)| *rank);
    if reading.load.plan.schema.is_any() {
        // New keys come in an order that does not change from one process to the next.
        meant.sort_by(|(one, ..), (other, ..)| one.name.cmp(other.name));
    }
    let mut said: Vec<(Meaning, usize)> = Vec::new();
    for (variable, meaning, rank) in meant {
        let outranks = |(other, higher): &(Meaning, usize)| {
            *higher < rank && other.steps == meaning.steps && other.op == meaning.op
        };
        // Few variables have an absolute name, so few are compared with the others.
        if rank > 0 && said.iter().any(outranks) {
            continue;
        }
        // What is empty and no value is unset, and outranks nothing.
        if reading.variable(&variable, meaning.clone(), stack) {
            said.push((meaning, rank));
        }
    }
    let Reading { taken, tree, .. } = reading;
    let mut walk = Walk::at(KeyPath::root());
    let tree = tree.into_tree();
    walk.apply(stack.layer(Section::Base), None, Op::Set, &tree);
    let first = load.problems.len();
    load.take(walk, None, false, |problem, span| match span.and_then(|s| taken.get(number(s))) {
        Some(taken) => {
            let mut problem = problem.from(taken.origin.clone());
            problem.help.extend(taken.is_address.then(|| kubernetes::CURE.to_owned()));
            problem
        }
        None => problem,
    });
    load.note_wrong(first, |origin| {
        let known = taken.iter().find(|taken| taken.origin == *origin)?;
        Some(path_of(&known.meaning.steps))
    });
    load.commit(stack);
    let kept = taken
        .into_iter()
        .map(|taken| (path_of(&taken.meaning.steps), taken.meaning.op, taken.origin));
    let settings = kept.collect();
    load.retain(Retained::Settings { settings, trees: vec![tree] });
}

struct Reading<'r, 'p> {
    load: &'r mut Load<'p>,
    /// The names that settings have besides the derived ones.
    absolute: Vec<(&'static str, Vec<Step>, &'static Field)>,
    taken: Vec<Taken>,
    tree: Assignments,
    /// How many variables stand under the prefix.
    seen: usize,
}

impl Reading<'_, '_> {
    /// What a variable means, and its rank among the names of that setting: the derived name first,
    /// then the absolute ones as declared. A variable that means nothing is left alone, or
    /// remarked on where it stands under the prefix.
    fn meaning(&mut self, variable: &View<'_>, stack: &mut dyn Stack) -> Option<(Meaning, usize)> {
        let plan = self.load.plan;
        let name = variable.name.to_string_lossy();
        let absolute =
            self.absolute.iter().enumerate().find_map(|(rank, (known, steps, field))| {
                let (op, file) = field.suffix(name.strip_prefix(known)?)?;
                let meaning = Meaning { steps: steps.clone(), op, field: Some(field), file };
                Some((meaning, rank + 1))
            });
        if absolute.is_some() {
            return absolute;
        }
        let rest = match &plan.prefix {
            Some(prefix) => name.strip_prefix(&**prefix)?.strip_prefix('_')?,
            None => &*name,
        };
        let rest = rest.strip_prefix('_').unwrap_or(rest);
        if rest.len() > plan.limits.key_bytes {
            return self.too_long(name.len());
        }
        if plan.prefix.is_some() {
            self.seen += 1;
            if self.seen > plan.limits.variables {
                return self.too_many();
            }
        }
        let meaning = if plan.schema.is_any() {
            untyped::meaning(plan, rest, stack)
        } else {
            let mut known =
                |steps: &[Step]| stack.merged().map_or(Vec::new(), |m| keys_at(m, steps));
            plan.schema.variable(rest, &mut known)
        };
        // The variable that selects the profile is no setting and no stranger.
        if meaning.is_none() && plan.prefix.is_some() && rest != "PROFILE" {
            self.unknown(&name, variable);
        }
        meaning.map(|meaning| (meaning, 0))
    }

    /// Without a prefix a long name is somebody else's; it is never shown.
    fn too_long(&mut self, len: usize) -> Option<(Meaning, usize)> {
        let plan = self.load.plan;
        if plan.prefix.is_some() {
            let limit = plan.limits.key_bytes;
            let message = format!(
                "the name of a variable under the prefix has {len} bytes, and the limit is {limit} (`Limits::key_bytes`)"
            );
            self.load.tell(true, |_| Problem::new(Code::TooLarge, message));
        }
        None
    }

    fn too_many(&mut self) -> Option<(Meaning, usize)> {
        let limit = self.load.plan.limits.variables;
        if self.seen == limit + 1 {
            let message = format!(
                "more than {limit} variables begin with `{}_`",
                self.load.plan.prefix.as_deref().unwrap_or_default()
            );
            let help = "raise `Limits::variables` by `with_limits`, or take a prefix that others do not use";
            self.load.tell(true, |_| Problem::new(Code::TooLarge, message).help(help));
        }
        None
    }

    /// Takes a variable's value; whether it has one.
    fn variable(&mut self, variable: &View<'_>, meaning: Meaning, stack: &mut dyn Stack) -> bool {
        let name = variable.name.to_string_lossy();
        let origin = origin(&name, variable);
        if variable.name.to_str().is_none() {
            self.name_not_utf8(origin);
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
        let has_value = !text.is_empty() || self.takes_empty(&meaning, stack);
        if has_value {
            if let (Some(location), false) = (variable.location, meaning.file) {
                let secret = meaning.field.filter(|field| field.secret);
                self.load.warn_exposed(&location.name, secret);
            }
            self.take(&name, text, meaning, origin);
        }
        has_value
    }

    fn name_not_utf8(&mut self, origin: Origin) {
        self.load.tell(true, |_| {
            Problem::new(Code::VariableNotUtf8, "the variable's name is not UTF-8")
                .from(origin)
                .help("unset it, or name it otherwise: it begins with this program's prefix")
        });
    }

    /// Whether an empty text is a value for the setting. Where it is none, the variable must leave
    /// no trace: no `Option` begins to exist by it, no entry of a map, no element of a list.
    fn takes_empty(&self, meaning: &Meaning, stack: &mut dyn Stack) -> bool {
        if self.load.plan.ignore_empty || meaning.file || meaning.op != Op::Set {
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
        let tree = Tree::from(Scalar::text(value, separator));
        self.put(Taken { name: name.to_owned(), meaning, origin, is_address }, tree, variable);
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
        if text.is_empty() && self.load.plan.ignore_empty {
            return false;
        }
        let scalar = Scalar::text(text.to_owned(), ",").into();
        match untyped::variable(&meaning, scalar, stack) {
            Ok(None) => return false,
            Ok(Some(tree)) => {
                let (name, is_address) = (name.to_owned(), false);
                let taken = Taken { name, meaning, origin: origin.clone(), is_address };
                self.put(taken, tree, origin);
            }
            Err(fault) => self.load.refuse(path_of(&meaning.steps), fault, &origin),
        }
        true
    }

    /// Puts a value where its variable means it. `variable` is where that stands.
    fn put(&mut self, taken: Taken, tree: Tree<'static>, variable: Origin) {
        let number = self.taken.len();
        let Taken { name, meaning, .. } = &taken;
        match self.tree.put(&meaning.steps, meaning.op, tree, number) {
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

    /// A variable under the prefix that no setting has.
    fn unknown(&mut self, name: &str, variable: &View<'_>) {
        let origin = origin(name, variable);
        if variable.name.to_str().is_none() {
            return self.name_not_utf8(origin);
        }
        let strict = self.load.plan.strict;
        self.load.tell(strict, |load| stranger(load.plan, name).from(origin));
    }
}

/// A variable under the prefix that no setting has, as a problem with advice.
fn stranger(plan: &Plan, name: &str) -> Problem {
    let mut names = Vec::new();
    let mut step = None;
    plan.schema.each_field(&mut |steps, field| {
        let Some(known) = derived_name(plan.schema, plan.prefix.as_deref(), steps) else { return };
        let rest = name.strip_prefix(&*known).unwrap_or_default();
        let op =
            [Op::Add, Op::Remove].into_iter().find(|op| rest.eq_ignore_ascii_case(op.suffix()));
        step = step.take().or(op.map(|op| no_such_step(field, op)));
        names.push(known);
    });
    let problem = Problem::new(Code::UnknownVariable, format!("the variable {name} is no setting"));
    if let Some(step) = step {
        return problem.help(step);
    }
    if kubernetes::is_link(name) {
        return problem.help(kubernetes::CURE);
    }
    match meant(name, &names, plan.prefix.as_deref()) {
        Some(name) => problem.help(format!("did you mean {name}?")),
        None => {
            problem.help("unset it, or name it otherwise: it begins with this program's prefix")
        }
    }
}

/// The name that was meant: one that is close, or the only one that ends so (`APP_URL` for
/// `APP_DATABASE_URL`), or that is related but for the prefix, which all have in common.
fn meant<'n>(name: &str, names: &'n [String], prefix: Option<&str>) -> Option<&'n str> {
    let rest = |name: &'n str| match prefix {
        Some(prefix) => name.strip_prefix(prefix).map_or(name, |rest| rest.trim_start_matches('_')),
        None => name,
    };
    let start = prefix.map_or(0, |prefix| prefix.len() + 1).min(name.len());
    let wanted = name.get(start..).unwrap_or(name).trim_start_matches('_');
    let mut ends = names.iter().filter(|known| {
        known.strip_suffix(wanted).is_some_and(|before| !wanted.is_empty() && before.ends_with('_'))
    });
    if let (Some(only), None) = (ends.next(), ends.next()) {
        return Some(only);
    }
    let rests = names.iter().map(|known| rest(known));
    let close = closest(wanted, rests)?;
    names.iter().map(String::as_str).find(|known| rest(known) == close)
}

fn origin(name: &str, variable: &View<'_>) -> Origin {
    let name = name.to_owned();
    match variable.location {
        Some(location) => Origin::Dotenv { name, location: location.clone() },
        None => Origin::Variable { name },
    }
}

pub(super) fn path_of(steps: &[Step]) -> KeyPath {
    let segment = |step: &Step| match step {
        Step::Field(key) => Segment::from(*key),
        Step::Key(key) => Segment::from(key.clone()),
        Step::Index(index) => Segment::from(*index),
    };
    steps.iter().map(segment).collect()
}

/// The keys of the map at the end of `steps`, without making anything exist that does not.
fn keys_at(place: &mut dyn Place, steps: &[Step]) -> Vec<String> {
    if !place.is_there() {
        return Vec::new();
    }
    let Some((first, rest)) = steps.split_first() else {
        return match place.target() {
            Target::Mapping(map) => map.keys().into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
    };
    match (place.target(), first) {
        (Target::Record(record), Step::Field(key)) => {
            match crate::decode::child(record, key, &mut 0) {
                Some(child) => keys_at(child.place, rest),
                None => Vec::new(),
            }
        }
        (Target::Mapping(map), Step::Key(key)) => {
            if !map.keys().contains(&key.as_str()) {
                return Vec::new();
            }
            map.entry(key).map_or(Vec::new(), |place| keys_at(place, rest))
        }
        (Target::Choice(choice), Step::Field(_)) => match choice.selected() {
            Some(index) => keys_at(choice.variant(index), steps),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether something is set at the end of `steps`.
pub(super) fn is_set(place: &mut dyn Place, steps: &[Step]) -> bool {
    let Some((first, rest)) = steps.split_first() else { return place.is_set() };
    let field = match first {
        Step::Field(key) => *key,
        Step::Key(key) => key,
        Step::Index(_) => "",
    };
    match (place.target(), first) {
        (Target::Record(record), _) => crate::decode::child(record, field, &mut 0)
            .is_some_and(|child| is_set(child.place, rest)),
        (Target::Mapping(map), Step::Key(key)) => {
            map.entry(key).is_ok_and(|place| is_set(place, rest))
        }
        (Target::Sequence(list), Step::Index(index)) => {
            list.at(*index).is_some_and(|place| is_set(place, rest))
        }
        (Target::Choice(choice), _) => match choice.schema().body {
            Body::Choice { tag, .. } if tag == field => choice.selected().is_some(),
            Body::Choice { variants, .. } => {
                (0..variants.len()).any(|index| is_set(choice.variant(index), steps))
            }
            _ => false,
        },
        _ => false,
    }
}
