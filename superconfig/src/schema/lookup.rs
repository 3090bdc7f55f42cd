//! Which field a key names.

use super::{Body, Field, Kind, Schema};

/// What a key does to the setting that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Op {
    /// `x`: gives the value.
    #[default]
    Set,
    /// `x_add`: adds what is not there yet.
    Add,
    /// `x_remove`: removes what is equal.
    Remove,
}

impl Op {
    /// What it adds to a key.
    pub const fn suffix(self) -> &'static str {
        match self {
            Op::Set => "",
            Op::Add => "_add",
            Op::Remove => "_remove",
        }
    }
}

/// The field that a key names.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// Its position among the struct's fields; for a setting of a flattened struct, that field's.
    pub index: usize,
    /// The field itself.
    pub field: &'static Field,
    /// What the key does to it.
    pub op: Op,
    /// Whether the key is a deprecated alias.
    pub deprecated_alias: bool,
    /// Whether the key is spelled with `-` for `_` or the other way round.
    pub folded: bool,
    /// Whether the field is one of a flattened struct behind `index`.
    pub flattened: bool,
}

impl Schema {
    /// The field that `key` names. `hint` is where to look first: files tend to keep the order
    /// of the declaration, so it is moved behind the field that was found.
    ///
    /// | key | names |
    /// | --- | --- |
    /// | a field's name or alias | that field |
    /// | the same with `_add` or `_remove` | that list or map |
    /// | any of these with `-` for `_` or the other way round | the same, where nothing is spelled exactly so |
    /// | any of these of a flattened struct | its field |
    pub fn find(&self, key: &str, hint: &mut usize) -> Option<Hit> {
        if let Some(index) = self.find_own(key, hint) {
            return Some(Hit {
                index,
                field: &self.fields()[index],
                op: Op::Set,
                deprecated_alias: false,
                folded: false,
                flattened: false,
            });
        }
        self.find_rare(key, false)
            .or_else(|| key.contains(['-', '_']).then(|| self.find_rare(key, true)).flatten())
    }

    /// The same where it may be an enum: the setting of the first variant that has one.
    pub(crate) fn find_any(&self, key: &str) -> Option<Hit> {
        match self.body {
            Body::Choice { variants, .. } => {
                variants.iter().find_map(|variant| variant.schema.find_any(key))
            }
            _ => self.find(key, &mut 0),
        }
    }

    /// The position of the field whose own name `key` is; `hint` as in [`find`](Self::find).
    #[inline]
    pub fn find_own(&self, key: &str, hint: &mut usize) -> Option<usize> {
        let fields = self.fields();
        let index = match fields.get(*hint) {
            Some(next) if is_own_key(next, key) => *hint,
            _ => search(fields, key, *hint)?,
        };
        *hint = index + 1;
        Some(index)
    }

    /// Aliases, list operations and flattened structs; `fold` takes `-` and `_` for the same.
    fn find_rare(&self, key: &str, fold: bool) -> Option<Hit> {
        for (index, field) in self.fields().iter().enumerate() {
            if let Kind::Flatten(schema) = field.kind {
                let hit = if fold {
                    schema.find_rare(key, true)
                } else {
                    schema.find(key, &mut 0).filter(|hit| !hit.folded)
                };
                if let Some(hit) = hit {
                    return Some(Hit { index, flattened: true, ..hit });
                }
            } else if !matches!(field.kind, Kind::Skip)
                && let Some((op, deprecated_alias)) = names(field, key, fold)
            {
                return Some(Hit {
                    index,
                    field,
                    op,
                    deprecated_alias,
                    folded: fold,
                    flattened: false,
                });
            }
        }
        None
    }

    /// The field that a key would add to or remove from, if that could be done to it.
    pub fn find_stem(&self, key: &str) -> Option<(&'static Field, Op)> {
        [Op::Add, Op::Remove].into_iter().find_map(|op| {
            let stem = key.strip_suffix(op.suffix())?;
            let hit = self.find(stem, &mut 0).filter(|hit| hit.op == Op::Set)?;
            Some((hit.field, op))
        })
    }

    /// Whether a word is a key that is declared anywhere in the configuration: a field's, at
    /// whatever level, an enum's tag, or one of a document's sections.
    pub fn knows_key(&'static self, word: &str) -> bool {
        let is_section = || matches!(word, "default" | "profile") || self.profiles.contains(&word);
        knows_key(self, word, &mut Vec::new()) || is_section()
    }

    /// The position of the variant or word that a text names.
    pub fn find_word(&self, text: &str) -> Option<usize> {
        let is = |word: &super::Word| word.name == text || word.aliases.contains(&text);
        match self.body {
            Body::Keyword(words) => words.iter().position(is),
            Body::Choice { variants, .. } => variants.iter().position(|v| is(&v.word)),
            Body::Record(_) | Body::Any => None,
        }
    }

    /// The words that [`find_word`](Self::find_word) knows, aliases left out.
    pub fn words(&self) -> Vec<&'static str> {
        match self.body {
            Body::Keyword(words) => words.iter().map(|word| word.name).collect(),
            Body::Choice { variants, .. } => variants.iter().map(|v| v.word.name).collect(),
            Body::Record(_) | Body::Any => Vec::new(),
        }
    }
}

/// Whether a key is the own name of a field that has one.
#[inline]
fn is_own_key(field: &Field, key: &str) -> bool {
    field.name == key && field.has_key()
}

/// The position of the field whose own name `key` is, from `from` on and then before it.
fn search(fields: &[Field], key: &str, from: usize) -> Option<usize> {
    let (before, behind) = fields.split_at(from.min(fields.len()));
    let is_own = |field: &Field| is_own_key(field, key);
    let found = behind.iter().position(is_own).map(|index| before.len() + index);
    found.or_else(|| before.iter().position(is_own))
}

/// A type may hold itself in a list, so those that were looked into are noted.
fn knows_key(schema: &'static Schema, word: &str, seen: &mut Vec<*const Schema>) -> bool {
    if seen.contains(&std::ptr::from_ref(schema)) {
        return false;
    }
    seen.push(schema);
    match schema.body {
        // Where nothing is declared, no word is known.
        Body::Keyword(_) | Body::Any => false,
        Body::Record(fields) => {
            schema.find(word, &mut 0).is_some()
                || (fields.iter().filter_map(Field::inner))
                    .any(|inner| knows_key(inner, word, seen))
        }
        Body::Choice { tag, variants } => {
            tag == word || variants.iter().any(|variant| knows_key(variant.schema, word, seen))
        }
    }
}

fn names(field: &Field, key: &str, fold: bool) -> Option<(Op, bool)> {
    let same = |name: &str, text: &str| {
        if fold {
            name.len() == text.len()
                && name.bytes().zip(text.bytes()).all(|(a, b)| a == b || (dash(a) && dash(b)))
        } else {
            name == text
        }
    };
    let matches = |text: &str| {
        if same(field.name, text) {
            return Some(false);
        }
        field.aliases.iter().find(|alias| same(alias.name, text)).map(|alias| alias.deprecated)
    };
    if let Some(deprecated) = matches(key) {
        return Some((Op::Set, deprecated));
    }
    let suffixed = |op: Op| {
        let suffix = op.suffix();
        let (stem, end) = key.split_at_checked(key.len().checked_sub(suffix.len())?)?;
        (same(suffix, end)).then(|| matches(stem)).flatten().map(|deprecated| (op, deprecated))
    };
    let add = field.takes_add().then(|| suffixed(Op::Add)).flatten();
    add.or_else(|| field.takes_remove().then(|| suffixed(Op::Remove)).flatten())
}

const fn dash(byte: u8) -> bool {
    matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::super::{Alias, Inner};
    use super::*;

    static INNER: Schema =
        Schema::new("Inner", Body::Record(&[Field::new("level", "LEVEL", Kind::Leaf)]));
    static OUTER: Schema = Schema::new(
        "Outer",
        Body::Record(&[
            Field {
                aliases: &[Alias::new("plug-ins"), Alias::deprecated("mods")],
                ..Field::new("plugins", "PLUGINS", Kind::List)
            },
            Field::new("max_size", "MAX_SIZE", Kind::Leaf),
            Field::new("labels", "LABELS", Kind::Map),
            Field::new("log", "", Kind::Flatten(&INNER)),
            Field::new("skipped", "SKIPPED", Kind::Skip),
        ]),
    );

    #[test]
    fn every_spelling_finds_its_field() {
        let cases = [
            ("plugins", "plugins", Op::Set, false),
            ("plugins_add", "plugins", Op::Add, false),
            ("plugins-remove", "plugins", Op::Remove, true),
            ("plug-ins", "plugins", Op::Set, false),
            ("plug_ins_add", "plugins", Op::Add, true),
            ("max-size", "max_size", Op::Set, true),
            ("labels_remove", "labels", Op::Remove, false),
            ("level", "level", Op::Set, false),
        ];
        for (key, name, op, folded) in cases {
            let hit = OUTER.find(key, &mut 0).unwrap_or_else(|| panic!("{key} is known"));
            assert_eq!((hit.field.name, hit.op, hit.folded), (name, op, folded), "{key}");
        }
        assert!(OUTER.find("mods", &mut 0).is_some_and(|hit| hit.deprecated_alias));
    }

    #[test]
    fn what_is_not_a_setting_is_not_found() {
        for key in ["", "log", "skipped", "labels_add", "max_size_add", "plugin", "_add", "é"] {
            assert!(OUTER.find(key, &mut 0).is_none(), "{key}");
        }
    }

    #[test]
    fn a_key_is_known_at_whatever_level_it_stands() {
        fn itself() -> &'static Schema {
            &LIST
        }
        static LIST: Schema = Schema {
            profiles: &["production"],
            ..Schema::new(
                "List",
                Body::Record(&[
                    Field::new(
                        "items",
                        "ITEMS",
                        Kind::NestedList { schema: Inner::By(itself), merge_by: None },
                    ),
                    Field::new("outer", "OUTER", Kind::Nested(&CHOICE)),
                ]),
            )
        };
        static CHOICE: Schema = Schema::new(
            "Choice",
            Body::Choice {
                tag: "kind",
                variants: &[super::super::Variant::new(super::super::Word::new("one"), &OUTER)],
            },
        );
        let known = ["items", "items_add", "kind", "plugins", "mods", "max-size", "level"];
        for word in known.into_iter().chain(["production", "default", "profile"]) {
            assert!(LIST.knows_key(word), "{word}");
        }
        for word in ["", "one", "hunter2", "skipped", "item"] {
            assert!(!LIST.knows_key(word), "{word}");
        }
    }

    #[test]
    fn the_hint_moves_on() {
        let mut hint = 0;
        OUTER.find("plugins", &mut hint).expect("known");
        assert_eq!(hint, 1);
        OUTER.find("max_size", &mut hint).expect("known");
        assert_eq!(hint, 2);
        OUTER.find("plugins", &mut hint).expect("known, though it comes again");
    }
}
