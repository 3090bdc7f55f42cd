//! All names that the variables of a configuration can have, where these can be listed: for who would
//! rather look a few names up than go through every variable.

use super::variables::{Between, part_of_key};
use super::{Body, Field, Kind, Schema};

impl Schema {
    /// How many names the variables of its settings can have; `None` where they cannot be listed,
    /// because keys or positions are part of them. Found out while the program is compiled.
    pub(crate) const fn name_count(&'static self) -> Option<usize> {
        match (spelled(self, Between::One, true), spelled(self, Between::Two, true)) {
            (Some(one), Some(two)) => Some(absolute(self) + one + two),
            _ => None,
        }
    }

    /// Whether any setting has a name of its own, besides the derived one.
    pub(crate) const fn has_absolute_names(&'static self) -> bool {
        // What is inside of maps and lists has none.
        absolute(self) > 0
    }

    /// Calls `each` with every name that can mean a setting, if these can be listed. Some may come
    /// twice: two variants of an enum may have a field of one name.
    pub(crate) fn each_name(&'static self, prefix: &str, each: &mut dyn FnMut(&str)) {
        let mut name = String::with_capacity(128);
        if self.has_absolute_names() {
            self.each_field(&mut |_, field| {
                for absolute in field.env_names {
                    name.clear();
                    name.push_str(absolute);
                    spell_suffixed(field, &mut name, each);
                }
            });
        }
        name.clear();
        name.push_str(prefix);
        name.push('_');
        for between in [Between::One, Between::Two] {
            spell(self, between, true, &mut name, each);
        }
    }
}

/// What may stand behind a field's name: where it takes additions, removals, or is a secret.
const SUFFIXES: [&str; 3] = ["_ADD", "_REMOVE", "_FILE"];

/// How many names a field has by the suffixes that it takes.
const fn suffixed(field: &Field) -> usize {
    1 + field.takes_add() as usize + field.takes_remove() as usize + field.secret as usize
}

/// How many absolute names there are.
const fn absolute(schema: &'static Schema) -> usize {
    let mut count = 0;
    let mut at = 0;
    match schema.body {
        Body::Record(fields) => {
            while at < fields.len() {
                let field = &fields[at];
                at += 1;
                match field.kind {
                    Kind::Skip => continue,
                    Kind::Nested(inner) | Kind::Flatten(inner) => count += absolute(inner),
                    _ => {}
                }
                count += field.env_names.len() * suffixed(field);
            }
        }
        Body::Choice { variants, .. } => {
            while at < variants.len() {
                count += absolute(variants[at].schema);
                at += 1;
            }
        }
        Body::Keyword(_) | Body::Any => {}
    }
    count
}

/// How many names [`spell`] gives; `None` where they cannot be listed.
const fn spelled(schema: &'static Schema, between: Between, is_root: bool) -> Option<usize> {
    // A name of one part has nothing between parts, and is spelled once.
    let whole = !(is_root && matches!(between, Between::Two));
    let mut count = 0;
    let mut at = 0;
    match schema.body {
        Body::Record(fields) => {
            while at < fields.len() {
                let field = &fields[at];
                at += 1;
                let inside = match field.kind {
                    Kind::Flatten(inner) => spelled(inner, between, is_root),
                    Kind::Skip => Some(0),
                    _ if !field.env_derived => Some(0),
                    Kind::Leaf | Kind::List => Some(0),
                    Kind::Nested(inner) => spelled(inner, between, false),
                    Kind::Map | Kind::NestedList { .. } | Kind::NestedMap(_) => None,
                };
                match inside {
                    Some(inside) => count += inside,
                    None => return None,
                }
                if whole && field.has_variables() {
                    count += suffixed(field);
                }
            }
        }
        Body::Choice { variants, .. } => {
            if whole {
                count += 1;
            }
            while at < variants.len() {
                match spelled(variants[at].schema, between, is_root) {
                    Some(inside) => count += inside,
                    None => return None,
                }
                at += 1;
            }
        }
        Body::Keyword(_) => {}
        Body::Any => return None,
    }
    Some(count)
}

/// Calls `each` with the names in a struct or enum, whose own name stands in `name` up to what comes
/// between the parts.
fn spell(
    schema: &'static Schema,
    between: Between,
    is_root: bool,
    name: &mut String,
    each: &mut dyn FnMut(&str),
) {
    let end = name.len();
    let whole = !(is_root && between == Between::Two);
    match schema.body {
        Body::Record(fields) => {
            for field in fields {
                if let Kind::Flatten(inner) = field.kind {
                    spell(inner, between, is_root, name, each);
                }
                if !field.has_variables() {
                    continue;
                }
                name.push_str(field.env);
                if whole {
                    spell_suffixed(field, name, each);
                }
                if let Kind::Nested(inner) = field.kind {
                    name.push_str(if between == Between::Two { "__" } else { "_" });
                    spell(inner, between, false, name, each);
                }
                name.truncate(end);
            }
        }
        Body::Choice { tag, variants } => {
            if whole {
                name.push_str(&part_of_key(tag));
                each(name);
                name.truncate(end);
            }
            for variant in variants {
                spell(variant.schema, between, is_root, name, each);
            }
        }
        Body::Keyword(_) | Body::Any => {}
    }
}

fn spell_suffixed(field: &Field, name: &mut String, each: &mut dyn FnMut(&str)) {
    each(name);
    let takes = [field.takes_add(), field.takes_remove(), field.secret];
    if takes == [false; 3] {
        return;
    }
    let end = name.len();
    for (suffix, _) in SUFFIXES.into_iter().zip(takes).filter(|(_, takes)| *takes) {
        name.push_str(suffix);
        each(name);
        name.truncate(end);
    }
}

impl Field {
    /// Whether it has derived names of its own.
    const fn has_variables(&self) -> bool {
        self.env_derived && !matches!(self.kind, Kind::Flatten(_) | Kind::Skip)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

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
            Field::new("pool", "POOL", Kind::Nested(&POOL)),
            Field { env_derived: false, ..Field::new("off", "OFF", Kind::Leaf) },
            Field { env_names: &["PORT"], ..Field::new("tags", "TAGS", Kind::List) },
        ]),
    );

    #[test]
    fn every_name_of_every_setting_is_listed() {
        let mut names = Vec::new();
        ROOT.each_name("A", &mut |name| names.push(name.to_owned()));
        let expected = [
            "PORT",
            "PORT_ADD",
            "PORT_REMOVE",
            "A_POOL",
            "A_POOL_MAX",
            "A_POOL_KEY",
            "A_POOL_KEY_FILE",
            "A_TAGS",
            "A_TAGS_ADD",
            "A_TAGS_REMOVE",
            "A_POOL__MAX",
            "A_POOL__KEY",
            "A_POOL__KEY_FILE",
        ];
        assert_eq!(names, expected);
        assert_eq!(ROOT.name_count(), Some(expected.len()));
        assert!(ROOT.has_absolute_names() && !POOL.has_absolute_names());
    }

    #[test]
    fn every_listed_name_means_a_setting() {
        POOL.each_name("A", &mut |name| {
            let rest = name.strip_prefix("A_").expect("the prefix");
            assert!(POOL.variable(rest, &mut |_| Rc::default()).is_some(), "{name}");
        });
    }

    /// A schema of few words, so that names meet: `depth` levels of it.
    fn any_schema(random: &mut impl FnMut(usize) -> usize, depth: usize) -> &'static Schema {
        const WORDS: [&str; 4] = ["A", "B", "A_B", "FILE"];
        let fields: Vec<Field> = WORDS
            .into_iter()
            .filter_map(|word| {
                let kind = match random(if depth == 0 { 3 } else { 6 }) {
                    0 => return None,
                    1 => Kind::Leaf,
                    2 => Kind::List,
                    3 => Kind::Flatten(any_schema(random, depth - 1)),
                    _ => Kind::Nested(any_schema(random, depth - 1)),
                };
                let (secret, env_derived) = (random(3) == 0, random(6) > 0);
                Some(Field { env_derived, secret, ..Field::new(word, word, kind) })
            })
            .collect();
        let record = Body::Record(Vec::leak(fields));
        if random(5) > 0 {
            return Box::leak(Box::new(Schema::new("Any", record)));
        }
        let inner = Box::leak(Box::new(Schema::new("Variant", record)));
        let variants = vec![Variant::new(Word::new("one"), inner)];
        let body = Body::Choice { tag: "kind", variants: Vec::leak(variants) };
        Box::leak(Box::new(Schema::new("Any", body)))
    }

    #[test]
    fn what_means_a_setting_is_listed_and_nothing_else_is() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % 1_000_003).unwrap_or_default() % below
        };
        let mut met = 0;
        for _ in 0..200 {
            let schema = any_schema(&mut random, 2);
            let mut names = Vec::new();
            schema.each_name("P", &mut |name| names.push(name.to_owned()));
            assert_eq!(schema.name_count(), Some(names.len()), "{schema:?}");
            for _ in 0..500 {
                const PARTS: [&str; 8] = ["A", "B", "A_B", "FILE", "ADD", "REMOVE", "KIND", ""];
                let mut name = "P".to_owned();
                for _ in 0..=random(4) {
                    name.push_str(if random(2) == 0 { "_" } else { "__" });
                    name.push_str(PARTS[random(PARTS.len())]);
                }
                let Some(rest) = name.strip_prefix("P_") else { continue };
                let means = schema.variable(rest, &mut |_| Rc::default()).is_some();
                assert_eq!(means, names.contains(&name), "{name} in {schema:#?}");
                met += usize::from(means);
            }
        }
        assert!(met > 5_000, "only {met} names meant anything");
    }

    #[test]
    fn there_is_no_list_where_keys_or_positions_are_part_of_names() {
        static OF_MAP: Schema =
            Schema::new("Map", Body::Record(&[Field::new("x", "X", Kind::Map)]));
        static OF_LIST: Schema = Schema::new(
            "List",
            Body::Record(&[Field::new(
                "x",
                "X",
                Kind::NestedList { schema: Inner::By(|| &POOL), merge_by: None },
            )]),
        );
        static INSIDE: Schema =
            Schema::new("Inside", Body::Record(&[Field::new("x", "X", Kind::Nested(&OF_MAP))]));
        static ANY: Schema = Schema::new("Any", Body::Any);
        for schema in [&OF_MAP, &OF_LIST, &INSIDE, &ANY] {
            assert_eq!(schema.name_count(), None, "{}", schema.name);
        }
    }
}
