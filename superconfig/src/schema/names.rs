//! All names that the variables of a configuration can have, where these can be listed: for who would
//! rather look a few names up than go through every variable.

use super::spelling::part_of_key;
use super::{Body, Field, Kind, Meaning, Op, Schema, Step};

impl Schema {
    /// How many names the variables of its settings can have; `None` where they cannot be listed,
    /// because keys or positions are part of them. Found out while the program is compiled.
    pub(crate) const fn name_count(&'static self) -> Option<usize> {
        match (spelled(self, true), spelled(self, false)) {
            (Some(one), Some(two)) => Some(absolute(self) + one + two),
            _ => None,
        }
    }

    /// Whether any setting has a name of its own, besides the derived one.
    pub(crate) const fn has_absolute_names(&'static self) -> bool {
        // What is inside of maps and lists has none.
        absolute(self) > 0
    }

    /// Calls `each` with every name that can mean a setting, if these can be listed, and with what it
    /// means; ends where `each` gives `None`. Some may come twice: two variants of an enum may have a
    /// field of one name. `absolute` says whether there [are absolute names](Self::has_absolute_names).
    pub(crate) fn each_name(
        &'static self,
        prefix: &str,
        absolute: bool,
        each: Each<'_>,
    ) -> Option<()> {
        let meaning = Meaning { steps: Vec::new(), op: Op::Set, field: None, file: false };
        let name = String::with_capacity(128);
        let mut speller = Speller { name, separator: "_", meaning, each };
        if absolute {
            let mut going = Some(());
            self.each_field(&mut |steps, field| {
                for absolute in field.env_names {
                    speller.name.clear();
                    speller.name.push_str(absolute);
                    speller.meaning.steps = steps.to_vec();
                    going = going.and_then(|()| speller.field(field));
                }
            });
            going?;
            speller.meaning.steps.clear();
        }
        speller.name.clear();
        speller.name.push_str(prefix);
        speller.name.push('_');
        speller.inside(self, true)?;
        speller.separator = "__";
        // A name of one part has nothing between parts, and is there already.
        speller.inside(self, false)
    }
}

/// Is told a name and what it means; `None` ends the listing.
pub(crate) type Each<'e> = &'e mut dyn FnMut(&str, &Meaning) -> Option<()>;

/// What may stand behind a field's name, and what it does: where the field takes additions, removals,
/// or is a secret.
const SUFFIXES: [(&str, Op, bool); 3] =
    [("_ADD", Op::Add, false), ("_REMOVE", Op::Remove, false), ("_FILE", Op::Set, true)];

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

/// How many names [`Speller::inside`] gives; `None` where they cannot be listed.
const fn spelled(schema: &'static Schema, here: bool) -> Option<usize> {
    let mut count = 0;
    let mut at = 0;
    match schema.body {
        Body::Record(fields) => {
            while at < fields.len() {
                let field = &fields[at];
                at += 1;
                let inside = match field.kind {
                    Kind::Flatten(inner) => spelled(inner, here),
                    Kind::Skip => Some(0),
                    _ if !field.env_derived => Some(0),
                    Kind::Leaf | Kind::List => Some(0),
                    Kind::Nested(inner) => spelled(inner, true),
                    Kind::Map | Kind::NestedList { .. } | Kind::NestedMap(_) => None,
                };
                match inside {
                    Some(inside) => count += inside,
                    None => return None,
                }
                if here && field.has_variables() {
                    count += suffixed(field);
                }
            }
        }
        Body::Choice { variants, .. } => {
            if here {
                count += 1;
            }
            while at < variants.len() {
                match spelled(variants[at].schema, here) {
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

/// Spells names, each with what it means.
struct Speller<'e> {
    name: String,
    /// What stands between the parts.
    separator: &'static str,
    meaning: Meaning,
    each: Each<'e>,
}

impl Speller<'_> {
    /// The names in a struct or enum, whose own name stands in `name` up to what comes between the
    /// parts. `here` says whether those of its own settings are wanted too, besides those further in.
    fn inside(&mut self, schema: &'static Schema, here: bool) -> Option<()> {
        match schema.body {
            Body::Record(fields) => {
                for field in fields {
                    self.around(field, here)?;
                }
            }
            Body::Choice { tag, variants } => {
                if here {
                    let end = self.name.len();
                    self.name.push_str(&part_of_key(tag));
                    self.meaning.steps.push(Step::Field(tag));
                    self.meaning.field = None;
                    (self.each)(&self.name, &self.meaning)?;
                    self.meaning.steps.pop();
                    self.name.truncate(end);
                }
                for variant in variants {
                    self.inside(variant.schema, here)?;
                }
            }
            Body::Keyword(_) | Body::Any => {}
        }
        Some(())
    }

    /// The names of a field, and those inside of it.
    fn around(&mut self, field: &'static Field, here: bool) -> Option<()> {
        let inner = match field.kind {
            Kind::Flatten(inner) => return self.inside(inner, here),
            Kind::Nested(inner) => Some(inner),
            _ => None,
        };
        if !field.has_variables() || !(here || inner.is_some()) {
            return Some(());
        }
        let end = self.name.len();
        self.name.push_str(field.env);
        self.meaning.steps.push(Step::Field(field.name));
        if here {
            self.field(field)?;
        }
        if let Some(inner) = inner {
            self.name.push_str(self.separator);
            self.inside(inner, true)?;
        }
        self.meaning.steps.pop();
        self.name.truncate(end);
        Some(())
    }

    /// The name that stands there, which is a field's, and that name with suffixes.
    fn field(&mut self, field: &'static Field) -> Option<()> {
        self.meaning.field = Some(field);
        (self.each)(&self.name, &self.meaning)?;
        let takes = [field.takes_add(), field.takes_remove(), field.secret];
        if takes == [false; 3] {
            return Some(());
        }
        let end = self.name.len();
        for ((suffix, op, file), _) in SUFFIXES.into_iter().zip(takes).filter(|(_, takes)| *takes) {
            self.name.push_str(suffix);
            (self.meaning.op, self.meaning.file) = (op, file);
            (self.each)(&self.name, &self.meaning)?;
            self.name.truncate(end);
        }
        (self.meaning.op, self.meaning.file) = (Op::Set, false);
        Some(())
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
        ROOT.each_name("A", true, &mut |name, _| {
            names.push(name.to_owned());
            Some(())
        });
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
    fn every_listed_name_is_listed_with_what_it_means() {
        static OUTER: Schema = Schema::new(
            "Outer",
            Body::Record(&[
                Field::new("pool", "POOL", Kind::Nested(&POOL)),
                Field::new("tags", "TAGS", Kind::List),
                Field::new("inner", "", Kind::Flatten(&POOL)),
            ]),
        );
        let shown = |meaning: &Meaning| format!("{meaning:?}");
        let mut listed = 0;
        OUTER.each_name("A", true, &mut |name, meaning| {
            let rest = name.strip_prefix("A_").expect("the prefix");
            let means = OUTER.variable(rest, &mut |_| Rc::default());
            assert_eq!(means.as_ref().map(shown), Some(shown(meaning)), "{name}");
            listed += 1;
            Some(())
        });
        assert_eq!(Some(listed), OUTER.name_count());
    }

    #[test]
    fn nothing_is_listed_behind_the_name_at_which_it_is_ended() {
        for last in 1..=ROOT.name_count().expect("a list") {
            let mut count = 0;
            let ended = ROOT.each_name("A", true, &mut |_, _| {
                count += 1;
                (count < last).then_some(())
            });
            assert_eq!((ended, count), (None, last));
        }
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
            schema.each_name("P", true, &mut |name, _| {
                names.push(name.to_owned());
                Some(())
            });
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
