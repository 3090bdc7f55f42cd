//! Variables: which of them are settings, and what they say.
//!
//! As with documents there are two ways, and the quick one may only say yes: `direct` sets each
//! variable where it belongs, `tree` makes a tree of all of them and says everything that is wrong.
//! Where only the value of a configuration is asked for, `listed` need not go through all variables.

mod direct;
pub(super) mod listed;
mod stranger;
mod tree;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::rc::Rc;
use std::sync::Arc;

use super::{Assigned, Load, Retained, Said, untyped};
use crate::decode::{Place, Scalar, Target};
use crate::error::{Code, Problem, dialect};
use crate::origin::{Location, Origin};
use crate::schema::spelling::below_prefix;
use crate::schema::{Body, Field, Keys, Meaning, Step};
use crate::source::{Variable, Variables};
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

/// A variable that means a setting.
#[derive(Clone)]
struct Found<'v> {
    /// Its position among the variables.
    at: usize,
    variable: View<'v>,
    meaning: Meaning,
    /// Its rank among the names of that setting: the derived name first, then the absolute ones as
    /// declared.
    rank: usize,
    /// Whether it had a say: no other name of its setting outranks it.
    said: bool,
}

impl Found<'_> {
    /// Whether both are names of one setting, and the other comes first.
    fn is_outranked_by(&self, other: &Self) -> bool {
        other.rank < self.rank
            && other.meaning.op == self.meaning.op
            && other.meaning.steps == self.meaning.steps
    }
}

/// Reads variables, as one source. `shared` are these as the surroundings have them, where that may be
/// kept.
pub(super) fn read<'v>(
    load: &mut Load<'_>,
    variables: impl Iterator<Item = View<'v>>,
    shared: Option<&Arc<Variables>>,
    stack: &mut dyn Stack,
) {
    let mut found = Names::new(load).all(variables, stack);
    let plan = load.plan;
    if plan.ignore_empty {
        // Where the program says so, what is empty is no variable.
        found.retain(|found| !found.variable.value.is_empty());
    }
    if found.iter().any(|found| found.rank > 0) {
        // The name with the prefix is the program's own; `PORT` may be there for anybody.
        found.sort_by_key(|found| found.rank);
    }
    if plan.schema.is_any() {
        // New keys come in an order that does not change from one process to the next.
        found.sort_by(|one, other| one.variable.name.cmp(other.variable.name));
        return tree::read(load, found, stack);
    }
    if plan.by_tree || !direct::set(&mut found, stack) {
        stack.discard();
        return tree::read(load, found, stack);
    }
    found.retain(|found| found.said);
    for found in &found {
        if let Some(location) = found.variable.location {
            let secret = found.meaning.field.filter(|field| field.secret);
            load.warn_exposed(&location.name, secret);
        }
    }
    load.commit(stack);
    if !plan.value_alone {
        let assigned = |found: Found<'_>| found.assigned(shared);
        load.retain(Retained::Variables(found.into_iter().map(assigned).collect()));
    }
}

/// Finds out which variables are settings.
struct Names<'r, 'p> {
    load: &'r mut Load<'p>,
    /// The names that settings have besides the derived ones.
    absolute: Vec<(&'static str, Vec<Step>, &'static Field)>,
    /// The keys that maps have already, of those that were asked for.
    keys: Vec<(Vec<Step>, Rc<Keys>)>,
    /// How many variables stand under the prefix.
    seen: usize,
}

impl<'r, 'p> Names<'r, 'p> {
    fn new(load: &'r mut Load<'p>) -> Self {
        let mut absolute = Vec::new();
        if load.plan.absolute_names {
            load.plan.schema.each_field(&mut |steps, field| {
                for name in field.env_names {
                    absolute.push((*name, steps.to_vec(), field));
                }
            });
        }
        Self { load, absolute, keys: Vec::new(), seen: 0 }
    }

    fn all<'v>(
        mut self,
        variables: impl Iterator<Item = View<'v>>,
        stack: &mut dyn Stack,
    ) -> Vec<Found<'v>> {
        // Few programs have more, and fewer need no memory to grow.
        let mut found = Vec::with_capacity(8);
        for (at, variable) in variables.enumerate() {
            if let Some((meaning, rank)) = self.meaning(&variable, stack) {
                found.push(Found { at, variable, meaning, rank, said: false });
            }
        }
        found
    }

    /// What a variable means, and its rank among the names of that setting: the derived name first,
    /// then the absolute ones as declared. A variable that means nothing is left alone, or
    /// remarked on where it stands under the prefix.
    fn meaning(&mut self, variable: &View<'_>, stack: &mut dyn Stack) -> Option<(Meaning, usize)> {
        let plan = self.load.plan;
        // What does not begin with the prefix is nobody's, whatever it is; that is most of them.
        let is_under = plan
            .prefix
            .as_ref()
            .is_none_or(|prefix| variable.name.as_encoded_bytes().starts_with(prefix.as_bytes()));
        if !is_under && self.absolute.is_empty() {
            return None;
        }
        let name = text(variable.name);
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
            Some(prefix) => below_prefix(&name, prefix)?,
            None => &*name,
        };
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
            untyped::meaning(plan, &name, rest.strip_prefix('_').unwrap_or(rest), stack)
        } else {
            let keys = &mut self.keys;
            plan.schema.variable(rest, &mut |steps| keys_at(keys, steps, stack))
        };
        if meaning.is_none() && plan.prefix.is_some() && !plan.is_elsewhere(&name) {
            self.load.unknown(&name, variable);
        }
        meaning.map(|meaning| (meaning, 0))
    }

    /// Without a prefix a long name is somebody else's; it is never shown.
    fn too_long(&mut self, len: usize) -> Option<(Meaning, usize)> {
        let plan = self.load.plan;
        if plan.prefix.is_some() {
            let limit = plan.limits.key_bytes;
            let message = format!(
                "the name of a variable under the prefix has {len} bytes, and the limit is {limit}"
            );
            let help = dialect::raise("key_bytes");
            self.load.tell(true, |_| Problem::new(Code::TooLarge, message).help(help));
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
            let raise = dialect::raise("variables");
            let help = format!("{raise}, or take a prefix that others do not use");
            self.load.tell(true, |_| Problem::new(Code::TooLarge, message).help(help));
        }
        None
    }
}

impl Found<'_> {
    /// What is kept of a variable that was set as it is.
    fn assigned(self, shared: Option<&Arc<Variables>>) -> Assigned {
        let Self { at, variable, meaning, .. } = self;
        let separator = meaning.field.map_or(",", |field| field.separator);
        let said = match shared {
            Some(all) => Said::Plain { environment: Arc::clone(all), at, separator },
            None => Said::Other {
                value: Scalar::text(text(variable.value).into_owned(), separator).into(),
                origin: origin(&text(variable.name), &variable),
            },
        };
        Assigned { steps: meaning.steps, op: meaning.op, said }
    }
}

/// As text; where it is none, with marks in the place of what is not.
fn text(name: &OsStr) -> Cow<'_, str> {
    name.to_str().map_or_else(|| name.to_string_lossy(), Cow::Borrowed)
}

/// Says that a name is no text; what it would have been is shown with marks.
fn name_not_utf8(load: &mut Load<'_>, origin: Origin) {
    load.tell(true, |_| {
        Problem::new(Code::VariableNotUtf8, "the variable's name is not UTF-8")
            .from(origin)
            .help("unset it, or name it otherwise: it begins with this program's prefix")
    });
}

fn origin(name: &str, variable: &View<'_>) -> Origin {
    let name = name.to_owned();
    match variable.location {
        Some(location) => Origin::Dotenv { name, location: location.clone() },
        None => Origin::Variable { name },
    }
}

/// The keys of the map at the end of `steps`. What was merged stays as it is while the variables of one
/// source are read, so each map is asked once.
fn keys_at(
    known: &mut Vec<(Vec<Step>, Rc<Keys>)>,
    steps: &[Step],
    stack: &mut dyn Stack,
) -> Rc<Keys> {
    if let Some((_, keys)) = known.iter().find(|(known, _)| known == steps) {
        return Rc::clone(keys);
    }
    let keys = Rc::new(stack.merged().map_or_else(Keys::default, |merged| keys_in(merged, steps)));
    known.push((steps.to_vec(), Rc::clone(&keys)));
    keys
}

/// The same, without making anything exist that does not.
fn keys_in(place: &mut dyn Place, steps: &[Step]) -> Keys {
    if !place.is_there() {
        return Keys::default();
    }
    let Some((first, rest)) = steps.split_first() else {
        return match place.target() {
            Target::Mapping(map) => map.keys().into_iter().collect(),
            _ => Keys::default(),
        };
    };
    match (place.target(), first) {
        (Target::Record(record), Step::Field(key)) => crate::decode::child(record, key, &mut 0)
            .map_or_else(Keys::default, |child| keys_in(child.place, rest)),
        (Target::Mapping(map), Step::Key(key)) => {
            if !map.keys().contains(&key.as_str()) {
                return Keys::default();
            }
            map.entry(key).map_or_else(|_| Keys::default(), |place| keys_in(place, rest))
        }
        (Target::Choice(choice), Step::Field(_)) => match choice.selected() {
            Some(index) => keys_in(choice.variant(index), steps),
            None => Keys::default(),
        },
        _ => Keys::default(),
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
