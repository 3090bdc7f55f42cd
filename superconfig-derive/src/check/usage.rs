//! Which word may stand on which kind of field, and what to write instead.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Type;

use crate::{
    attr::FieldAttrs,
    ctxt::Ctxt,
    shape::{self, Shape, Std},
};

/// The kinds of a field, as far as words care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Leaf,
    List,
    Map,
    Nested,
    NestedList,
    NestedMap,
    Flatten,
    Skip,
}

impl Class {
    /// What a person calls it.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Leaf => "one value",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Nested => "a nested struct",
            Self::NestedList => "a list of nested structs",
            Self::NestedMap => "a map of nested structs",
            Self::Flatten => "a flattened struct",
            Self::Skip => "a skipped field",
        }
    }

    const fn is_nested(self) -> bool {
        matches!(self, Self::Nested | Self::NestedList | Self::NestedMap | Self::Flatten)
    }
}

/// Says of every word on a field whether it may stand there.
pub(crate) fn check(cx: &Ctxt, attrs: &FieldAttrs, class: Class, shape: &Shape<'_>) {
    for (word, span, foreign) in given(attrs) {
        if !foreign && let Some(message) = misuse(word, class, shape) {
            cx.error_at(span, message);
        }
    }
}

/// Every word of a field, with its place and whether it is serde's.
fn given(attrs: &FieldAttrs) -> Vec<(&'static str, Span, bool)> {
    macro_rules! list {
        ($($name:literal: $slot:ident),* $(,)?) => {
            [$(($name, attrs.$slot.iter().map(|it| (it.span, it.foreign)).collect::<Vec<_>>())),*]
        };
    }
    list![
        "rename": rename,
        "alias": aliases,
        "deprecated_alias": deprecated_aliases,
        "deprecated": deprecated,
        "default": default,
        "default_with": default_with,
        "env": env,
        "env = false": env_off,
        "nested": nested,
        "flatten": flatten,
        "merge": merge,
        "merge_by": merge_by,
        "secret": secret,
        "validate": validate,
        "separator": separator,
        "with": with,
        "parse_env": parse_env,
        "restart_required": restart_required,
        "whole": whole,
    ]
    .into_iter()
    .flat_map(|(name, sites)| sites.into_iter().map(move |(span, foreign)| (name, span, foreign)))
    .collect()
}

fn misuse(word: &str, class: Class, shape: &Shape<'_>) -> Option<String> {
    let noun = class.noun();
    let message = match (word, class) {
        ("default" | "default_with", Class::Skip) => return None,
        (_, Class::Skip) => {
            format!("`skip` means that nothing reads this field: remove `{word}`, or `skip`")
        }
        ("nested" | "flatten", _) => return None,
        ("rename" | "alias" | "deprecated_alias", Class::Flatten) => {
            format!("a flattened struct has no key of its own: remove `{word}`, or `flatten`")
        }
        ("default" | "default_with", Class::Flatten) => format!(
            "{noun} is made of its fields' own defaults: remove `{word}`, and write `default` on the fields of its type"
        ),
        ("env", _) if class.is_nested() => format!(
            "`env = \"...\"` names the variable of a value; here the field is {noun}: write it on a field of its type"
        ),
        (
            "env = false" | "validate" | "deprecated" | "restart_required" | "merge",
            Class::Flatten,
        ) => format!(
            "`{word}` cannot stand on a flattened struct: write it on the fields of its type"
        ),
        ("secret", _) if class.is_nested() => {
            format!(
                "`secret` hides a value; here the field is {noun}: write it on the fields of its type"
            )
        }
        ("separator", _) if !matches!(shape, Shape::List { .. }) => format!(
            "`separator` is only valid on a list such as `Vec<String>`; here the field is {noun}: remove it"
        ),
        ("merge_by", _) if class != Class::NestedList => format!(
            "`merge_by` is only valid on a `Vec` with `nested`; here the field is {noun}: remove it, or add `nested`"
        ),
        ("with" | "parse_env", _) if class.is_nested() => {
            format!("`{word}` reads a value, and {noun} reads itself: remove `{word}`, or `nested`")
        }
        ("whole", _) if class.is_nested() => {
            format!(
                "`whole` is for a list or a map of plain values; here the field is {noun}: write `merge = replace`"
            )
        }
        ("whole", Class::Leaf) if !matches!(shape, Shape::List { .. } | Shape::Map { .. }) => {
            "`whole` is for a list or a map; here the field is one value anyway: remove it"
                .to_owned()
        }
        _ => return None,
    };
    Some(message)
}

/// Says so where a type cannot derive, which `nested`, `flatten` and the values of variants ask for.
/// `cure` is what to do where the type is a plain value.
pub(crate) fn check_derives(cx: &Ctxt, ty: &Type, span: Span, cure: &str) {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    let message = match shape::of(ty) {
        Shape::Boxed(inner) => format!(
            "a boxed type cannot be nested: write `{}`",
            inner.to_token_stream().to_string().replace(' ', "")
        ),
        Shape::One if Std::of(ty).is_some() => {
            format!("`{text}` is one value and derives nothing: {cure}")
        }
        Shape::One if !matches!(shape::ungroup(ty), Type::Path(_) | Type::Macro(_)) => {
            format!("`{text}` cannot derive `SuperConfig`: name a struct or an enum that does")
        }
        Shape::One => return,
        _ => format!(
            "`{text}` is too deep: give the inner type a struct of its own that derives `SuperConfig`"
        ),
    };
    cx.error_at(span, message);
}
