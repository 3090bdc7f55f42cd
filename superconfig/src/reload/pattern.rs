//! Which settings a callback is about.

use crate::diagnose::suggest;
use crate::error::{Code, Problem, dialect};
use crate::path::{KeyPath, Segment};
use crate::schema::{Body, Field, Kind, Schema};

/// A path in which `*` stands for one step, and a last `**` for any number.
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// Whether it names one setting, and means all that is in it.
    plain: bool,
}

enum Step {
    Is(Segment),
    /// `*`
    One,
    /// `**`
    Any,
}

impl Pattern {
    pub(super) fn parse(text: &str) -> Self {
        let path = KeyPath::parse(text.trim());
        let steps: Vec<_> = (path.segments().iter())
            .map(|segment| match segment {
                Segment::Key(key) if key == "*" => Step::One,
                Segment::Key(key) if key == "**" => Step::Any,
                other => Step::Is(other.clone()),
            })
            .collect();
        let plain = steps.iter().all(|step| matches!(step, Step::Is(_)));
        Self { steps, plain }
    }

    /// Whether it means this setting.
    pub(super) fn matches(&self, path: &KeyPath) -> bool {
        matches(&self.steps, path.segments(), self.plain)
    }

    /// What is wrong with it, if it can mean no setting of this schema: a callback that is never
    /// called is a mistake.
    pub(super) fn check(&self, text: &str, schema: &'static Schema) -> Option<Problem> {
        let unknown = reaches(schema, &self.steps).err()?;
        let call = dialect::call("on_change", &format!("{text:?}"));
        let message = format!("{call} can never be called: there is no such setting");
        let problem = Problem::new(Code::Usage, message);
        Some(match unknown {
            Some((name, known)) => suggest(problem, &name, known),
            None => problem.help("`**` means all settings, and `a.*` those directly in `a`"),
        })
    }
}

fn matches(steps: &[Step], path: &[Segment], plain: bool) -> bool {
    match (steps.split_first(), path.split_first()) {
        (None, rest) => plain || rest.is_none(),
        (Some((Step::Any, rest)), _) => {
            (0..=path.len()).any(|skipped| matches(rest, &path[skipped..], plain))
        }
        (Some((Step::One, steps)), Some((_, path))) => matches(steps, path, plain),
        (Some((Step::Is(expected), steps)), Some((segment, path))) => {
            expected == segment && matches(steps, path, plain)
        }
        (Some(_), None) => false,
    }
}

/// The step that leads nowhere, with the names that would.
type Nowhere = Option<(String, Vec<&'static str>)>;

/// Whether any setting may be at the end of these steps.
fn reaches(schema: &'static Schema, steps: &[Step]) -> Result<(), Nowhere> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    if schema.is_any() {
        return Ok(());
    }
    let fields = fields(schema);
    match step {
        Step::Any => Ok(()),
        Step::One if fields.iter().any(|field| beyond(field, rest).is_ok()) => Ok(()),
        Step::One => Err(None),
        Step::Is(Segment::Key(key)) => {
            let tag = matches!(schema.body, Body::Choice { tag, .. } if tag == key);
            if tag && rest.is_empty() {
                return Ok(());
            }
            let named: Vec<_> = fields.iter().filter(|field| field.name == key).collect();
            match named.iter().map(|field| beyond(field, rest)).reduce(Result::or) {
                Some(outcome) => outcome,
                None => {
                    let names = fields.iter().map(|field| field.name).collect();
                    Err(Some((key.to_string(), names)))
                }
            }
        }
        Step::Is(_) => Err(None),
    }
}

/// The same behind a field.
fn beyond(field: &'static Field, steps: &[Step]) -> Result<(), Nowhere> {
    match field.kind {
        _ if steps.is_empty() => Ok(()),
        Kind::Nested(schema) | Kind::Flatten(schema) => reaches(schema, steps),
        // Behind a key or a position.
        Kind::NestedMap(schema) => reaches(schema.get(), &steps[1..]),
        Kind::NestedList { schema, .. } => reaches(schema.get(), &steps[1..]),
        // What is in a value that its type reads as a whole is not known.
        Kind::Leaf | Kind::List | Kind::Map => Ok(()),
        Kind::Skip => Err(None),
    }
}

/// The settings directly in a struct or an enum's variants, those of flattened structs among them.
fn fields(schema: &'static Schema) -> Vec<&'static Field> {
    match schema.body {
        Body::Record(all) => {
            let mut found = Vec::new();
            for field in all {
                match field.kind {
                    Kind::Flatten(inner) => found.extend(fields(inner)),
                    Kind::Skip => {}
                    _ => found.push(field),
                }
            }
            found
        }
        Body::Keyword(_) | Body::Any => Vec::new(),
        Body::Choice { variants, .. } => {
            variants.iter().flat_map(|variant| fields(variant.schema)).collect()
        }
    }
}
