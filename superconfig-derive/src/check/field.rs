//! One field: its key, its kind, and what its words say about it.

use proc_macro2::Span;
use syn::{Type, ext::IdentExt};

use super::{
    Scope, default, env, merge, names,
    usage::{self, Class},
};
use crate::{
    ast,
    attr::{self, FieldAttrs},
    case::env_part,
    ctxt::Ctxt,
    model::{Decode, Default, Env, Field, Kind},
    shape::{self, ListOf, Shape},
};

/// Checks the fields of a struct or of a variant, each for itself.
pub(crate) fn check_all(cx: &Ctxt, raw: &[ast::Field<'_>], scope: &Scope) -> Vec<Field> {
    raw.iter().map(|field| check(cx, field, scope)).collect()
}

fn check(cx: &Ctxt, raw: &ast::Field<'_>, scope: &Scope) -> Field {
    let attrs = &raw.attrs;
    let ty = &raw.original.ty;
    let (inner, may_be_none) = shape::unwrap_option(ty);
    let class = classify(cx, attrs, ty);
    usage::check(cx, attrs, class, &shape::of(inner));
    check_owned(cx, ty, class, attrs);

    let decode = decode(attrs, class);
    // A function of the user's reads the whole type, `Option` included: that is what serde's modules are written for.
    let by_hand = !matches!(decode, Decode::Plain);
    let (inner, optional) = if by_hand { (ty, false) } else { (inner, may_be_none) };
    let default = default::check(cx, raw, &default::Target { class, ty: inner, by_hand }, scope);
    let key = key(cx, raw, class, scope);
    Field {
        ident: raw.ident.clone(),
        ty: ty.clone(),
        env_part: env_part(&key),
        key,
        aliases: attrs.aliases.iter().map(|it| names::check_key(cx, &it.value)).collect(),
        deprecated_aliases: attrs
            .deprecated_aliases
            .iter()
            .map(|it| names::check_key(cx, &it.value))
            .collect(),
        doc: attr::doc(&raw.original.attrs),
        deprecated: attrs.deprecated.as_ref().map(|it| it.value.value()),
        kind: kind(class, inner),
        optional,
        may_be_none,
        required: matches!(default, Default::None)
            && !optional
            && matches!(class, Class::Leaf | Class::List | Class::Map),
        default,
        env: Env {
            names: attrs.env.iter().map(|it| env::check_name(cx, &it.value)).collect(),
            off: env::check_off(cx, attrs),
        },
        merge: merge::check(cx, attrs, class, inner),
        secret: attrs.secret.is_some(),
        restart_required: attrs.restart_required.is_some(),
        validate: attrs.validate.clone().map(|it| it.value),
        decode,
        parse_env: attrs.parse_env.clone().map(|it| it.value),
        separator: separator(cx, attrs),
    }
}

/// The kind of a field, with what its type has to be for it.
fn classify(cx: &Ctxt, attrs: &FieldAttrs, ty: &Type) -> Class {
    if attrs.skip.is_some() {
        return Class::Skip;
    }
    if let Some(flatten) = &attrs.flatten {
        check_flattened(cx, ty, flatten.span);
        return Class::Flatten;
    }
    let (inner, _) = shape::unwrap_option(ty);
    let shape = shape::of(inner);
    if let Some(nested) = &attrs.nested {
        return classify_nested(cx, inner, &shape, nested.span);
    }
    // A function that reads the field reads all of it.
    let one = attrs.whole.is_some()
        || attrs.with.is_some()
        || attrs.deserialize_with.is_some()
        || attrs.parse_env.is_some();
    match shape {
        Shape::List { .. } if !one => Class::List,
        Shape::Map { .. } if !one => Class::Map,
        _ => Class::Leaf,
    }
}

fn classify_nested(cx: &Ctxt, inner: &Type, shape: &Shape<'_>, span: Span) -> Class {
    match shape {
        Shape::List { item, name, .. } => {
            if name != "Vec" {
                cx.error_at(
                    span,
                    format!("a list of nested structs is a `Vec`; here it is a `{name}`"),
                );
            }
            usage::check_derives(cx, item, span, "remove `nested`");
            Class::NestedList
        }
        Shape::Map { value, .. } => {
            usage::check_derives(cx, value, span, "remove `nested`");
            Class::NestedMap
        }
        Shape::Boxed(_) | Shape::Option(_) | Shape::One => {
            usage::check_derives(cx, inner, span, "remove `nested`");
            Class::Nested
        }
    }
}

fn check_flattened(cx: &Ctxt, ty: &Type, span: Span) {
    let cure = match shape::of(ty) {
        Shape::Option(_) => {
            "an `Option` cannot be flattened: write `nested`, or make its fields optional"
        }
        Shape::Map { .. } => {
            "a map cannot be flattened, for unknown keys are reported: write `nested` or leave `flatten` out, and give the map a key"
        }
        Shape::List { .. } => "a list cannot be flattened: write `nested`, which gives it a key",
        _ => return usage::check_derives(cx, ty, span, "remove `flatten`"),
    };
    cx.error_at(span, cure);
}

fn check_owned(cx: &Ctxt, ty: &Type, class: Class, attrs: &FieldAttrs) {
    let (inner, _) = shape::unwrap_option(ty);
    let by_hand = attrs.with.is_some() || attrs.deserialize_with.is_some();
    if class == Class::Leaf
        && !by_hand
        && let Type::Reference(reference) = shape::ungroup(inner)
    {
        cx.error(
            reference,
            "a configuration owns its values: write `String` for `&str`, `Vec<T>` for `&[T]`",
        );
    }
}

fn kind(class: Class, ty: &Type) -> Kind {
    match (class, shape::of(ty)) {
        (Class::List, _) => Kind::List(ty.clone()),
        (Class::Map, Shape::Map { value }) => Kind::Map { ty: ty.clone(), value: value.clone() },
        (Class::NestedList, Shape::List { item, .. }) => {
            Kind::NestedList { ty: ty.clone(), item: item.clone() }
        }
        (Class::NestedMap, Shape::Map { value }) => {
            Kind::NestedMap { ty: ty.clone(), value: value.clone() }
        }
        (Class::Nested, _) => Kind::Nested(ty.clone()),
        (Class::Flatten, _) => Kind::Flatten(ty.clone()),
        (Class::Skip, _) => Kind::Skip,
        _ => Kind::Leaf(ty.clone()),
    }
}

fn key(cx: &Ctxt, raw: &ast::Field<'_>, class: Class, scope: &Scope) -> String {
    if matches!(class, Class::Flatten | Class::Skip) {
        return String::new();
    }
    let name = raw.ident.unraw().to_string();
    match (&raw.attrs.rename, scope.rename_all) {
        (Some(rename), _) => names::check_key(cx, &rename.value),
        (None, Some(case)) => case.field(&name),
        (None, None) => name,
    }
}

fn decode(attrs: &FieldAttrs, class: Class) -> Decode {
    if !matches!(class, Class::Leaf | Class::List | Class::Map) {
        return Decode::Plain;
    }
    match (&attrs.with, &attrs.deserialize_with) {
        (Some(with), _) => Decode::Module(with.value.clone()),
        (None, Some(function)) => Decode::Function(function.value.clone()),
        (None, None) => Decode::Plain,
    }
}

fn separator(cx: &Ctxt, attrs: &FieldAttrs) -> Option<String> {
    let separator = attrs.separator.as_ref()?;
    if separator.value.value().is_empty() {
        cx.error(&separator.value, "an empty separator splits nothing: write `separator = \",\"`");
    }
    if let Some(parse) = &attrs.parse_env {
        cx.clash(
            separator.span,
            "`parse_env` reads the whole text: remove `separator`, or `parse_env`",
            parse.span,
            "`parse_env` stands here",
        );
    }
    Some(separator.value.value())
}

/// Whether a type is a set, below its `Option`.
pub(crate) fn is_set(ty: &Type) -> bool {
    matches!(shape::of(ty), Shape::List { of: ListOf::Set, .. })
}
