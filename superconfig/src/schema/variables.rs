//! Variables: which setting a name means, and which names a setting has.
//!
//! A name is the prefix and the parts of the path, upper-cased and joined by `_`; or, as programs
//! without a schema need it, by `__` between all parts: `APP_DATABASE__POOL__MAX`. That makes two
//! names for a setting and no more, so that they can be listed (`names`). Around the keys of maps and
//! positions of lists, where nothing can be listed, `__` may stand for any `_`. Because the names
//! come from the schema, a `_` is never a guess:
//!
//! | the rest of the name | means |
//! | --- | --- |
//! | a field's part | that setting |
//! | the same and `_ADD` or `_REMOVE` | that list or map |
//! | the same and `_FILE`, for a secret | the file that holds the value |
//! | a nested struct's part and the rest | the setting inside it |
//! | a list's part, a position and perhaps the rest | the element at that position |
//! | a map's part and the rest | the key, lower-cased; for a map of structs, the longest end that is a setting of theirs is taken for that |

use std::collections::HashMap;
use std::rc::Rc;

use super::spelling::{is_part_of_key, part_of_key};
use super::{Body, Field, Kind, Op, Schema};

/// A step from the root of the configuration to a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a struct, as files write it.
    Field(&'static str),
    /// A key of a map.
    Key(String),
    /// A position in a list.
    Index(usize),
}

/// The setting that a variable means.
#[derive(Debug, Clone)]
pub struct Meaning {
    /// The way to it.
    pub steps: Vec<Step>,
    /// What the variable does to it.
    pub op: Op,
    /// The field, where it is one.
    pub field: Option<&'static Field>,
    /// Whether the variable names a file that holds the value.
    pub file: bool,
}

/// The keys that a map has already, by how they stand in names. Of several that stand there in one way,
/// those that come first do so here.
#[derive(Debug, Default)]
pub struct Keys(HashMap<String, Vec<String>>);

/// Tells the keys that a map has already: the steps to the map, to its keys.
pub type KnownKeys<'k> = &'k mut dyn FnMut(&[Step]) -> Rc<Keys>;

impl<'k> FromIterator<&'k str> for Keys {
    fn from_iter<I: IntoIterator<Item = &'k str>>(keys: I) -> Self {
        let mut all = Self::default();
        for key in keys {
            all.0.entry(part_of_key(key)).or_default().push(key.to_owned());
        }
        all
    }
}

impl Keys {
    /// The keys that stand so in names.
    fn written(&self, part: &str) -> &[String] {
        self.0.get(part).map_or(&[], Vec::as_slice)
    }

    /// The key that a text means: in lower case, unless one is there already that differs only in case
    /// and punctuation.
    fn meant(&self, text: &str) -> String {
        let plain = text.to_ascii_lowercase();
        if self.0.is_empty() || self.written(&part_of_key(&plain)).contains(&plain) {
            return plain;
        }
        self.written(text).first().cloned().unwrap_or(plain)
    }
}

/// What stands between the parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// `_`.
    One,
    /// `__`.
    Two,
    /// Either, as it comes.
    Any,
}

impl Between {
    /// What stands behind it.
    fn behind(self, rest: &str) -> Option<&str> {
        match self {
            Self::One => rest.strip_prefix('_'),
            Self::Two => rest.strip_prefix("__"),
            Self::Any => {
                let rest = rest.strip_prefix('_')?;
                Some(rest.strip_prefix('_').unwrap_or(rest))
            }
        }
    }
}

impl Schema {
    /// The setting that `rest`, a variable's name behind the prefix, means.
    pub fn variable(&'static self, rest: &str, known: KnownKeys<'_>) -> Option<Meaning> {
        let mut steps = Vec::new();
        let mut found = None;
        if rest.as_bytes().windows(2).any(|two| two == b"__") {
            found = in_schema(self, rest, Between::Two, &mut steps, known);
        }
        let (op, field, file) =
            found.or_else(|| in_schema(self, rest, Between::One, &mut steps, known))?;
        Some(Meaning { steps, op, field, file })
    }

    /// Calls `each` with every field that has variables of its own and is not inside a list or a
    /// map, and with the way to it.
    pub fn each_field(&'static self, each: &mut dyn FnMut(&[Step], &'static Field)) {
        each_field(self, &mut Vec::new(), each);
    }

    /// Whether a name is one of the variables that settings have by the declared prefix, or one of
    /// the absolute names.
    pub fn knows_variable(&'static self, name: &str) -> bool {
        let mut is_known = false;
        self.each_field(&mut |steps, field| {
            let derived = derived_name(self, self.env_prefix, steps);
            let mut names = derived.as_deref().into_iter().chain(field.env_names.iter().copied());
            is_known |= names.any(|known| {
                name.strip_prefix(known).is_some_and(|rest| field.suffix(rest).is_some())
            });
        });
        is_known
    }

    /// The names of the variables that set `steps`: the derived one, if there is a prefix or none
    /// is needed, and the absolute ones. In a struct that does not know the prefix an absolute name
    /// may be the derived one.
    pub fn variables_of(&'static self, prefix: Option<&str>, path: &[Step]) -> Vec<String> {
        let mut names = Vec::new();
        self.each_field(&mut |steps, field| {
            // Two variants of an enum may have a field of one name, and then one variable.
            if steps == path && names.is_empty() {
                names.extend(derived_name(self, prefix, steps));
                field.add_absolute_names(&mut names);
            }
        });
        names
    }
}

impl Field {
    /// Adds the absolute names that are not there yet.
    pub fn add_absolute_names(&self, names: &mut Vec<String>) {
        for name in self.env_names {
            if !names.iter().any(|known| known == name) {
                names.push((*name).to_owned());
            }
        }
    }

    /// What may stand behind a full name of this field, and what it does.
    pub fn suffix(&self, rest: &str) -> Option<(Op, bool)> {
        match rest {
            "" => Some((Op::Set, false)),
            "_ADD" if self.takes_add() => Some((Op::Add, false)),
            "_REMOVE" if self.takes_remove() => Some((Op::Remove, false)),
            "_FILE" if self.secret => Some((Op::Set, true)),
            _ => None,
        }
    }
}

/// The derived name of a setting, if variables are read for it.
pub fn derived_name(
    schema: &'static Schema,
    prefix: Option<&str>,
    steps: &[Step],
) -> Option<String> {
    let mut parts = Vec::new();
    let mut at = Some(schema);
    for step in steps {
        parts.push(match step {
            Step::Field(key) => match at?.find_any(key).map(|hit| hit.field) {
                Some(field) if !field.env_derived => return None,
                Some(field) => {
                    at = field.inner();
                    field.env.to_owned()
                }
                // The tag of an enum is no field.
                None => {
                    at = None;
                    part_of_key(key)
                }
            },
            Step::Key(key) => part_of_key(key),
            Step::Index(index) => index.to_string(),
        });
    }
    let rest = parts.join("_");
    Some(match prefix {
        Some(prefix) => format!("{}_{rest}", prefix.trim_end_matches('_')),
        None => rest,
    })
}

fn each_field(
    schema: &'static Schema,
    steps: &mut Vec<Step>,
    each: &mut dyn FnMut(&[Step], &'static Field),
) {
    match schema.body {
        Body::Record(fields) => {
            for field in fields {
                match field.kind {
                    Kind::Skip => {}
                    Kind::Flatten(inner) => each_field(inner, steps, each),
                    kind => {
                        steps.push(Step::Field(field.name));
                        each(steps, field);
                        if let Kind::Nested(inner) = kind {
                            each_field(inner, steps, each);
                        }
                        steps.pop();
                    }
                }
            }
        }
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { variants, .. } => {
            for variant in variants {
                each_field(variant.schema, steps, each);
            }
        }
    }
}

type Found = (Op, Option<&'static Field>, bool);

fn in_schema(
    schema: &'static Schema,
    rest: &str,
    between: Between,
    steps: &mut Vec<Step>,
    known: KnownKeys<'_>,
) -> Option<Found> {
    match schema.body {
        Body::Keyword(_) | Body::Any => None,
        Body::Record(fields) => {
            fields.iter().find_map(|field| in_field(field, rest, between, steps, known))
        }
        Body::Choice { tag, variants } => {
            if is_part_of_key(rest, tag) {
                steps.push(Step::Field(tag));
                return Some((Op::Set, None, false));
            }
            variants
                .iter()
                .find_map(|variant| in_schema(variant.schema, rest, between, steps, known))
        }
    }
}

fn in_field(
    field: &'static Field,
    rest: &str,
    between: Between,
    steps: &mut Vec<Step>,
    known: KnownKeys<'_>,
) -> Option<Found> {
    if let Kind::Flatten(inner) = field.kind {
        return in_schema(inner, rest, between, steps, known);
    }
    if !field.env_derived || matches!(field.kind, Kind::Skip) {
        return None;
    }
    // Most fields begin otherwise, and one byte says so.
    if rest.as_bytes().first() != field.env.as_bytes().first() {
        return None;
    }
    let rest = rest.strip_prefix(field.env)?;
    steps.push(Step::Field(field.name));
    if let Some((op, file)) = field.suffix(rest) {
        return Some((op, Some(field), file));
    }
    let found = match field.kind {
        Kind::Nested(inner) => {
            between.behind(rest).and_then(|rest| in_schema(inner, rest, between, steps, known))
        }
        _ => Between::Any.behind(rest).filter(|rest| !rest.is_empty()).and_then(|rest| match field
            .kind
        {
            Kind::NestedList { schema, .. } => in_element(schema.get(), rest, steps, known),
            Kind::Map => {
                let key = known(steps).meant(rest);
                steps.push(Step::Key(key));
                Some((Op::Set, Some(field), false))
            }
            Kind::NestedMap(schema) => in_entry(schema.get(), rest, steps, known),
            _ => None,
        }),
    };
    if found.is_none() {
        steps.pop();
    }
    found
}

fn in_element(
    schema: &'static Schema,
    rest: &str,
    steps: &mut Vec<Step>,
    known: KnownKeys<'_>,
) -> Option<Found> {
    let end = rest.find('_').unwrap_or(rest.len());
    let index: usize = rest[..end].parse().ok()?;
    steps.push(Step::Index(index));
    let rest = rest[end..].trim_start_matches('_');
    let found = if rest.is_empty() {
        Some((Op::Set, None, false))
    } else {
        in_schema(schema, rest, Between::Any, steps, known)
    };
    if found.is_none() {
        steps.pop();
    }
    found
}

fn in_entry(
    schema: &'static Schema,
    rest: &str,
    steps: &mut Vec<Step>,
    known: KnownKeys<'_>,
) -> Option<Found> {
    let keys = known(steps);
    // A key that is there already comes first, the longest of several.
    let ends = rest.match_indices('_').map(|(at, _)| at).chain([rest.len()]);
    let mut there: Vec<(&String, &str)> = ends
        .flat_map(|end| keys.written(&rest[..end]).iter().map(move |key| (key, &rest[end..])))
        .collect();
    let plain =
        |key: &str| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    there.sort_by_key(|(key, _)| (std::cmp::Reverse(key.len()), !plain(key)));
    let mut candidates: Vec<(String, &str)> =
        there.into_iter().map(|(key, behind)| (key.clone(), behind)).collect();
    // Then the longest end that is a setting of the struct, which is the shortest key; `__` says
    // where the key ends, unless nothing behind it is a setting.
    for separator in ["__", "_"] {
        candidates.extend(
            rest.match_indices(separator)
                .filter(|(at, _)| *at > 0)
                .map(|(at, _)| (rest[..at].to_ascii_lowercase(), &rest[at..])),
        );
    }
    candidates.push((rest.to_ascii_lowercase(), ""));
    for (key, behind) in candidates {
        steps.push(Step::Key(key));
        let behind = behind.trim_start_matches('_');
        let found = if behind.is_empty() {
            Some((Op::Set, None, false))
        } else {
            in_schema(schema, behind, Between::Any, steps, known)
        };
        if found.is_some() {
            return found;
        }
        steps.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Inner, Variant, Word};
    use super::*;

    static POOL: Schema = Schema::new(
        "Pool",
        Body::Record(&[
            Field::new("max", "MAX", Kind::Leaf),
            Field { secret: true, ..Field::new("key", "KEY", Kind::Leaf) },
        ]),
    );
    static ROOT: Schema = Schema::new(
        "Root",
        Body::Record(&[
            Field::new("pool_max_size", "POOL_MAX_SIZE", Kind::Leaf),
            Field::new("pool", "POOL", Kind::Nested(&POOL)),
            Field::new("tags", "TAGS", Kind::List),
            Field::new("pools", "POOLS", Kind::NestedMap(Inner::By(|| &POOL))),
            Field::new("labels", "LABELS", Kind::Map),
            Field::new(
                "servers",
                "SERVERS",
                Kind::NestedList { schema: Inner::By(|| &POOL), merge_by: None },
            ),
            Field { env_names: &["PORT"], ..Field::new("port", "PORT", Kind::Leaf) },
        ]),
    );

    fn meaning(name: &str) -> Option<String> {
        let mut known = |steps: &[Step]| match steps {
            [Step::Field("labels" | "pools")] => Rc::new(Keys::from_iter(["My-Key"])),
            _ => Rc::default(),
        };
        let meaning = ROOT.variable(name, &mut known)?;
        let steps: Vec<_> = meaning
            .steps
            .iter()
            .map(|step| match step {
                Step::Field(key) => (*key).to_owned(),
                Step::Key(key) => format!("{{{key}}}"),
                Step::Index(index) => format!("[{index}]"),
            })
            .collect();
        let file = if meaning.file { " (file)" } else { "" };
        Some(format!("{}{}{file}", steps.join("."), meaning.op.suffix()))
    }

    #[test]
    fn a_name_has_one_meaning() {
        let cases = [
            ("POOL_MAX_SIZE", Some("pool_max_size")),
            ("POOL_MAX", Some("pool.max")),
            ("POOL__MAX", Some("pool.max")),
            ("POOL", Some("pool")),
            ("POOL_KEY_FILE", Some("pool.key (file)")),
            ("POOL_MAX_FILE", None),
            ("TAGS_ADD", Some("tags_add")),
            ("TAGS__ADD", None),
            ("_POOL__MAX", None),
            ("POOL___MAX", None),
            ("POOL__KEY_FILE", Some("pool.key (file)")),
            ("LABELS__A_B", Some("labels.{a_b}")),
            ("POOLS_BIG__MAX", Some("pools.{big}.max")),
            ("SERVERS__0_MAX", Some("servers.[0].max")),
            ("LABELS_A_B", Some("labels.{a_b}")),
            ("LABELS_MY_KEY", Some("labels.{My-Key}")),
            ("LABELS_REMOVE", Some("labels_remove")),
            ("POOLS_BIG_ONE_MAX", Some("pools.{big_one}.max")),
            ("POOLS_MY_KEY_MAX", Some("pools.{My-Key}.max")),
            ("POOLS_MY_KEY", Some("pools.{My-Key}")),
            ("SERVERS_0_MAX", Some("servers.[0].max")),
            ("SERVERS_12", Some("servers.[12]")),
            ("SERVERS_X_MAX", None),
            ("POO", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn a_setting_knows_its_names() {
        let names = |steps: &[Step]| ROOT.variables_of(Some("APP_"), steps);
        assert_eq!(names(&[Step::Field("port")]), ["APP_PORT", "PORT"]);
        assert_eq!(names(&[Step::Field("pool"), Step::Field("max")]), ["APP_POOL_MAX"]);
    }

    #[test]
    fn a_setting_of_a_variant_has_the_name_that_means_it() {
        static DISK: Schema = Schema::new(
            "Disk",
            Body::Record(&[
                Field::new("max-size", "MAX_SIZE", Kind::Leaf),
                Field { env_derived: false, ..Field::new("off", "OFF", Kind::Leaf) },
            ]),
        );
        static STORE: Schema = Schema::new(
            "Store",
            Body::Choice {
                tag: "of-kind",
                variants: &[
                    Variant::new(Word::new("memory"), &POOL),
                    Variant::new(Word::new("disk"), &DISK),
                ],
            },
        );
        static SHOP: Schema = Schema::new(
            "Shop",
            Body::Record(&[Field::new("store", "STORE", Kind::Nested(&STORE))]),
        );
        let name =
            |key| derived_name(&SHOP, Some("APP"), &[Step::Field("store"), Step::Field(key)]);
        for (key, rest) in [("max-size", "STORE_MAX_SIZE"), ("of-kind", "STORE_OF_KIND")] {
            assert_eq!(name(key), Some(format!("APP_{rest}")));
            assert!(SHOP.variable(rest, &mut |_| Rc::default()).is_some(), "{rest}");
        }
        assert_eq!(name("off"), None);
    }
}
