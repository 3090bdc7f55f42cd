//! The input as it is meant: every question that `check` asks is answered, and a wrong state cannot be written.
//! `expand` only reads this.

use syn::{Expr, ExprPath, Generics, Ident, LitStr, Path, Type, Visibility};

/// A struct or an enum.
pub(crate) struct Container {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    /// Where the runtime lives: `::superconfig`, or what `crate = ...` says.
    pub(crate) krate: Path,
    pub(crate) doc: String,
    pub(crate) deny_unknown: bool,
    /// `fn(&Self) -> Result<(), impl Display>`
    pub(crate) validate: Option<ExprPath>,
    pub(crate) body: Body,
}

/// What a container holds.
pub(crate) enum Body {
    Struct(Struct),
    Enum(Enum),
}

/// A struct with named fields.
pub(crate) struct Struct {
    pub(crate) app: Option<String>,
    /// Without its trailing `_`.
    pub(crate) env_prefix: Option<String>,
    pub(crate) profiles: Vec<String>,
    pub(crate) fields: Vec<Field>,
}

/// An enum; without a tag it has unit variants only.
pub(crate) struct Enum {
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    /// The name as it is written in a file.
    pub(crate) key: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) doc: String,
    /// No input makes this variant.
    pub(crate) skip: bool,
    pub(crate) shape: Shape,
}

/// What a variant holds.
pub(crate) enum Shape {
    Unit,
    Struct(Vec<Field>),
    /// A type that derives `SuperConfig`; boxed, because a type is large.
    Newtype(Box<Type>),
}

/// A named field.
#[expect(clippy::struct_excessive_bools, reason = "they are independent answers, not a state")]
pub(crate) struct Field {
    pub(crate) ident: Ident,
    /// The type as it was written, `Option` included.
    pub(crate) ty: Type,
    /// The name in a file; empty for `flatten` and `skip`.
    pub(crate) key: String,
    /// The part of a variable's name that stands for the key.
    pub(crate) env_part: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) deprecated_aliases: Vec<String>,
    pub(crate) doc: String,
    pub(crate) deprecated: Option<String>,
    pub(crate) kind: Kind,
    /// The type is `Option<...>` of what `kind` says.
    pub(crate) optional: bool,
    /// The type is an `Option`, whether `kind` stands below it or reads it whole.
    pub(crate) may_be_none: bool,
    /// Nothing sets it by itself, so some source has to.
    pub(crate) required: bool,
    pub(crate) default: Default,
    pub(crate) env: Env,
    pub(crate) merge: Merge,
    pub(crate) secret: bool,
    pub(crate) restart_required: bool,
    /// `fn(&FieldType) -> Result<(), impl Display>`
    pub(crate) validate: Option<ExprPath>,
    pub(crate) decode: Decode,
    /// `fn(&str) -> Result<T, impl Display>`, where `T` is the type below the `Option`
    pub(crate) parse_env: Option<ExprPath>,
    /// How a list is split in one text; `None` is the usual comma.
    pub(crate) separator: Option<String>,
}

/// What a field holds, below its `Option`.
pub(crate) enum Kind {
    /// One value that is `Deserialize`.
    Leaf(Type),
    /// A collection of such values.
    List(Type),
    /// A map to such values.
    Map { ty: Type, value: Type },
    /// A value whose type derives.
    Nested(Type),
    /// A `Vec` of values whose type derives.
    NestedList { ty: Type, item: Type },
    /// A map to values whose type derives.
    NestedMap { ty: Type, value: Type },
    /// A value whose type derives and whose fields stand among ours.
    Flatten(Type),
    /// Not read at all.
    Skip,
}

/// What a field is when no source sets it.
pub(crate) enum Default {
    /// Nothing: it is required, or `None`, or made of its fields' own defaults.
    None,
    /// `Default::default()` of the field's type.
    Trait,
    /// An expression of the field's whole type.
    Expr(Expr),
    /// A literal of the type below the `Option`.
    Value(Expr),
    /// A text that is read into the type below the `Option`; `check` has read it where the type is known to it.
    Text(LitStr),
    /// A text where the type below the `Option` is `String`.
    String(LitStr),
    /// Texts that are read into the items of a list.
    TextList(Vec<LitStr>),
    /// Expressions that are the items of a list.
    List(Vec<Expr>),
    /// A function that returns the field's whole type.
    With(ExprPath),
}

/// Which variables set a field.
pub(crate) struct Env {
    /// Names besides the one that follows from the path.
    pub(crate) names: Vec<String>,
    /// `env = false`: no variable at all, nor for what is inside.
    pub(crate) off: bool,
}

/// How a later source meets an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Merge {
    Replace,
    Append,
    Prepend,
    Union,
    Deep,
    /// Element by element, on this field of the elements.
    By(Ident),
}

/// How a value is read from a document.
pub(crate) enum Decode {
    /// By its own `Deserialize`.
    Plain,
    /// By `module::deserialize`.
    Module(ExprPath),
    /// By this function.
    Function(ExprPath),
}
