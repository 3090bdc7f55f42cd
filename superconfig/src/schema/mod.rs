//! What the derive knows about a type, as `&'static` data.
//!
//! A [`Schema`] is what names are looked up in (keys of files, variables, paths), what errors and
//! templates speak of, and what the compile-time checks in [`check`] walk. Generated code writes
//! these structs with `..Field::new(…)`, so a new member is no breaking change.

pub(crate) mod at;
pub mod check;
mod lookup;
mod names;
pub(crate) mod spelling;
pub mod variables;

use std::fmt;
use std::sync::OnceLock;

pub use lookup::{Hit, Op};
pub(crate) use names::Each;
pub use variables::{Keys, Meaning, Step};

/// The description of a type that derives `SuperConfig`.
#[derive(Debug)]
pub struct Schema {
    /// The type's name.
    pub name: &'static str,
    /// Its documentation, without the leading space of each line.
    pub doc: &'static str,
    /// The name that discovery looks for, from `app = "…"`.
    pub app: Option<&'static str>,
    /// The prefix of its variables without a trailing `_`, from `env_prefix = "…"`.
    pub env_prefix: Option<&'static str>,
    /// The profiles that exist, from `profiles(…)`.
    pub profiles: &'static [&'static str],
    /// Whether a key that no field has is an error rather than a warning.
    pub deny_unknown: bool,
    /// Whether a JSON Schema declares it rather than a type, so that advice speaks of that.
    pub from_json: bool,
    /// What the type is made of.
    pub body: Body,
}

/// What a type is made of.
#[derive(Debug)]
#[non_exhaustive]
pub enum Body {
    /// A struct with named fields.
    Record(&'static [Field]),
    /// A fieldless enum: one of these words.
    Keyword(&'static [Word]),
    /// An internally tagged enum: the tag's key, and the variants.
    Choice {
        /// The key whose value names the variant.
        tag: &'static str,
        /// The variants in the order of declaration.
        variants: &'static [Variant],
    },
    /// Anything: a table of whatever keys the sources give.
    Any,
}

/// A value of a fieldless enum.
#[derive(Debug)]
pub struct Word {
    /// How it is written.
    pub name: &'static str,
    /// Other spellings that are read too.
    pub aliases: &'static [&'static str],
    /// Its documentation.
    pub doc: &'static str,
}

/// A variant of an internally tagged enum.
#[derive(Debug)]
pub struct Variant {
    /// The tag's value for this variant, its other spellings and its documentation.
    pub word: Word,
    /// The settings that it holds; its body is always [`Body::Record`] or, for a variant that
    /// holds one value of another type, that type's.
    pub schema: &'static Schema,
}

/// One setting of a struct.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is an attribute of its own, not a state
pub struct Field {
    /// The key in files and paths, after `rename` and `rename_all`.
    pub name: &'static str,
    /// Former and other keys that are read too.
    pub aliases: &'static [Alias],
    /// Its part of a variable's name: `POOL_MAX`. Empty for a flattened field.
    pub env: &'static str,
    /// Whether variables are read for it (`env = false` turns them off).
    pub env_derived: bool,
    /// Absolute variable names besides the derived one.
    pub env_names: &'static [&'static str],
    /// Which kind of value it is.
    pub kind: Kind,
    /// Whether it may be absent (`Option`).
    pub optional: bool,
    /// Whether some source has to set it.
    pub required: bool,
    /// Its documentation.
    pub doc: &'static str,
    /// Its type as written.
    pub ty: &'static str,
    /// Its default as written, where it has one.
    pub default: Option<&'static str>,
    /// Never shown.
    pub secret: bool,
    /// Still read, with this warning.
    pub deprecated: Option<&'static str>,
    /// How a later source meets an earlier one.
    pub merge: Merge,
    /// How a list is split in one variable or argument.
    pub separator: &'static str,
    /// A reload that changes it keeps the old value.
    pub restart_required: bool,
    /// Whether a function of the user's reads it (`with`, `deserialize_with`), so that its type says
    /// nothing of how it is written.
    pub custom_decode: bool,
}

/// Another key of a setting.
#[derive(Debug)]
pub struct Alias {
    /// The key.
    pub name: &'static str,
    /// Whether reading it is worth a warning.
    pub deprecated: bool,
}

/// Which kind of value a setting is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// One value, read as a whole by its own type.
    Leaf,
    /// A list or set of such values, with `x_add` and `x_remove`.
    List,
    /// A map of such values, with `x_remove`.
    Map,
    /// A type that derives `SuperConfig`.
    Nested(&'static Schema),
    /// The same, with its settings among those of the struct around it.
    Flatten(&'static Schema),
    /// A list of such types.
    NestedList {
        /// The elements' schema.
        schema: Inner,
        /// The field that elements are matched by, from `merge_by`.
        merge_by: Option<&'static str>,
    },
    /// A map of such types.
    NestedMap(Inner),
    /// Not read from anywhere.
    Skip,
}

/// The schema of what a list or a map holds. It is looked at when it is asked for, because a type
/// may hold a list of itself.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Inner {
    /// As the derive wrote it.
    By(fn() -> &'static Schema),
    /// As a JSON Schema says it; it is there when all of that has been read.
    Read(&'static OnceLock<Schema>),
}

impl Inner {
    /// The schema.
    pub fn get(self) -> &'static Schema {
        static NOTHING: Schema = Schema::new("", Body::Record(&[]));
        match self {
            Self::By(schema) => schema(),
            Self::Read(schema) => schema.get().unwrap_or(&NOTHING),
        }
    }
}

/// What is in it may be itself, so it is not shown.
impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get().name)
    }
}

/// How a later source meets an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Merge {
    /// The later value stands.
    Replace,
    /// The later items follow the earlier ones, duplicates kept.
    Append,
    /// The later items go before the earlier ones, duplicates kept.
    Prepend,
    /// Later items that are not there yet follow the earlier ones.
    Union,
    /// Key by key.
    Deep,
}

impl Schema {
    /// A description with nothing in it but a name and a body; generated code sets the rest.
    pub const fn new(name: &'static str, body: Body) -> Self {
        Self {
            name,
            doc: "",
            app: None,
            env_prefix: None,
            profiles: &[],
            deny_unknown: false,
            from_json: false,
            body,
        }
    }

    /// Words of advice: about a type with attributes, or about a JSON Schema.
    pub(crate) fn advised<'w>(&self, of_type: &'w str, of_json: &'w str) -> &'w str {
        if self.from_json { of_json } else { of_type }
    }

    /// Whether any setting in it is a secret; for messages, so a type that holds itself is only
    /// looked into for a few levels.
    pub fn holds_secret(&self) -> bool {
        self.holds_secret_within(8)
    }

    fn holds_secret_within(&self, levels: u8) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        match self.body {
            Body::Record(fields) => fields.iter().any(|field| field.holds_secret_within(levels)),
            Body::Keyword(_) | Body::Any => false,
            Body::Choice { variants, .. } => {
                variants.iter().any(|variant| variant.schema.holds_secret_within(levels))
            }
        }
    }

    /// Whether any setting in it keeps its value until a restart; a type that holds itself is only
    /// looked into for a few levels.
    pub(crate) fn needs_restart(&self) -> bool {
        self.needs_restart_within(8)
    }

    fn needs_restart_within(&self, levels: u8) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        let of = |field: &Field| {
            let inner = field.inner();
            field.restart_required || inner.is_some_and(|inner| inner.needs_restart_within(levels))
        };
        match self.body {
            Body::Record(fields) => fields.iter().any(of),
            Body::Keyword(_) | Body::Any => false,
            Body::Choice { variants, .. } => {
                variants.iter().any(|variant| variant.schema.needs_restart_within(levels))
            }
        }
    }

    /// Whether nothing is known of its keys.
    pub const fn is_any(&self) -> bool {
        matches!(self.body, Body::Any)
    }

    /// The settings of a struct; none for an enum.
    pub const fn fields(&self) -> &'static [Field] {
        match self.body {
            Body::Record(fields) => fields,
            Body::Keyword(_) | Body::Choice { .. } | Body::Any => &[],
        }
    }
}

impl Word {
    /// A word without other spellings.
    pub const fn new(name: &'static str) -> Self {
        Self { name, aliases: &[], doc: "" }
    }
}

impl Variant {
    /// A variant of the given name.
    pub const fn new(word: Word, schema: &'static Schema) -> Self {
        Self { word, schema }
    }
}

impl Alias {
    /// Another key, as good as the first.
    pub const fn new(name: &'static str) -> Self {
        Self { name, deprecated: false }
    }

    /// A former key.
    pub const fn deprecated(name: &'static str) -> Self {
        Self { name, deprecated: true }
    }
}

impl Field {
    /// A required leaf; generated code sets the rest by struct update.
    pub const fn new(name: &'static str, env: &'static str, kind: Kind) -> Self {
        Self {
            name,
            aliases: &[],
            env,
            env_derived: true,
            env_names: &[],
            kind,
            optional: false,
            required: false,
            doc: "",
            ty: "",
            default: None,
            secret: false,
            deprecated: None,
            merge: Merge::Replace,
            separator: ",",
            restart_required: false,
            custom_decode: false,
        }
    }

    /// Whether its name is a key: what is flattened or skipped has none of its own.
    #[inline]
    pub(crate) const fn has_key(&self) -> bool {
        !matches!(self.kind, Kind::Flatten(_) | Kind::Skip)
    }

    /// Whether it is a secret or anything in it is.
    pub fn holds_secret(&self) -> bool {
        self.holds_secret_within(8)
    }

    fn holds_secret_within(&self, levels: u8) -> bool {
        self.secret || self.inner().is_some_and(|inner| inner.holds_secret_within(levels))
    }

    /// The description of the type that it holds, alone or in a list or map.
    pub fn inner(&self) -> Option<&'static Schema> {
        match self.kind {
            Kind::Nested(schema) | Kind::Flatten(schema) => Some(schema),
            Kind::NestedList { schema, .. } | Kind::NestedMap(schema) => Some(schema.get()),
            Kind::Leaf | Kind::List | Kind::Map | Kind::Skip => None,
        }
    }

    /// Whether `x_add` is read for it.
    pub const fn takes_add(&self) -> bool {
        matches!(self.kind, Kind::List | Kind::NestedList { .. })
    }

    /// Whether `x_remove` is read for it: lists and maps, and lists of nested values that have
    /// a key to be removed by.
    pub const fn takes_remove(&self) -> bool {
        matches!(
            self.kind,
            Kind::List
                | Kind::Map
                | Kind::NestedMap(_)
                | Kind::NestedList { merge_by: Some(_), .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Field = Field { secret: true, ..Field::new("key", "KEY", Kind::Leaf) };
    static PLAIN: Schema =
        Schema::new("Plain", Body::Record(&[Field::new("size", "SIZE", Kind::Leaf)]));
    static HOLDER: Schema = Schema::new("Holder", Body::Record(&[SECRET]));
    static ITSELF: Schema = Schema::new(
        "Itself",
        Body::Record(&[Field::new("next", "NEXT", Kind::NestedMap(Inner::By(itself)))]),
    );

    fn itself() -> &'static Schema {
        &ITSELF
    }

    fn list(schema: fn() -> &'static Schema, merge_by: Option<&'static str>) -> Kind {
        Kind::NestedList { schema: Inner::By(schema), merge_by }
    }

    #[test]
    fn a_secret_is_found_wherever_it_stands() {
        let holds = |kind| Field::new("x", "X", kind).holds_secret();
        for kind in [
            Kind::Nested(&HOLDER),
            Kind::Flatten(&HOLDER),
            list(|| &HOLDER, None),
            Kind::NestedMap(Inner::By(|| &HOLDER)),
        ] {
            assert!(holds(kind), "{kind:?}");
        }
        for kind in [
            Kind::Leaf,
            Kind::List,
            Kind::Map,
            Kind::Skip,
            Kind::Nested(&PLAIN),
            list(|| &PLAIN, Some("size")),
            // The search ends, though the type does not.
            Kind::NestedMap(Inner::By(itself)),
        ] {
            assert!(!holds(kind), "{}", Field::new("x", "X", kind).name);
        }
        assert!(SECRET.holds_secret());
    }

    #[test]
    fn a_secret_of_one_variant_is_one_of_the_enum() {
        static PUBLIC: Schema = Schema::new(
            "Store",
            Body::Choice { tag: "kind", variants: &[Variant::new(Word::new("memory"), &PLAIN)] },
        );
        static MIXED: Schema = Schema::new(
            "Store",
            Body::Choice {
                tag: "kind",
                variants: &[
                    Variant::new(Word::new("memory"), &PLAIN),
                    Variant::new(Word::new("remote"), &HOLDER),
                ],
            },
        );
        static WORDS: Schema = Schema::new("Level", Body::Keyword(&[Word::new("info")]));
        assert!(MIXED.holds_secret());
        assert!(!PUBLIC.holds_secret());
        assert!(!WORDS.holds_secret());
    }

    #[test]
    fn only_a_struct_has_fields() {
        static WORDS: Schema = Schema::new("Level", Body::Keyword(&[Word::new("info")]));
        assert_eq!(HOLDER.fields().len(), 1);
        assert!(WORDS.fields().is_empty());
    }

    #[test]
    fn lists_and_maps_take_steps() {
        let takes = |kind| {
            let field = Field::new("x", "X", kind);
            (field.takes_add(), field.takes_remove())
        };
        assert_eq!(takes(Kind::Leaf), (false, false));
        assert_eq!(takes(Kind::List), (true, true));
        assert_eq!(takes(Kind::Map), (false, true));
        assert_eq!(takes(Kind::Nested(&PLAIN)), (false, false));
        assert_eq!(takes(Kind::NestedMap(Inner::By(|| &PLAIN))), (false, true));
        // Without a key there is nothing to remove an element by.
        assert_eq!(takes(list(|| &PLAIN, None)), (true, false));
        assert_eq!(takes(list(|| &PLAIN, Some("size"))), (true, true));
        assert_eq!(takes(Kind::Skip), (false, false));
    }

    #[test]
    fn only_a_former_key_is_worth_a_warning() {
        let (other, former) = (Alias::new("port"), Alias::deprecated("listen_port"));
        assert_eq!((other.name, other.deprecated), ("port", false));
        assert_eq!((former.name, former.deprecated), ("listen_port", true));
    }
}
