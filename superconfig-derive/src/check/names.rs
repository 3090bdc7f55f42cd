//! The names of one struct against each other: keys, the `_add` and `_remove` of lists, variables, profiles.
//!
//! Names across nested structs are compared later, by constants that the compiler evaluates over whole schemas; what
//! can be seen here is said here, for here the message can point at both sites.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;
use syn::LitStr;

use crate::{
    ast,
    attr::{At, ContainerAttrs},
    case::env_part,
    ctxt::Ctxt,
    model::{Field, Kind, Variant},
};

/// The text of a key that somebody chose.
pub(crate) fn check_key(cx: &Ctxt, key: &LitStr) -> String {
    let text = key.value();
    if text.is_empty() {
        cx.error(key, "a key cannot be empty: give it a name, or remove this");
    } else if text.contains('.') {
        cx.error(
            key,
            format!("`{text}` holds a dot, which leads into a nested struct: write `-` or `_`"),
        );
    }
    text
}

/// A key of a field, the first of its names or a further one.
struct Key {
    field: usize,
    text: String,
    span: Span,
    extra: bool,
}

/// Compares the names of one struct's fields.
pub(crate) fn check(cx: &Ctxt, raw: &[ast::Field<'_>], fields: &[Field], prefix: Option<&str>) {
    let keys = keys(raw, fields);
    // Two fields that have clashed are not told so again for a lesser reason.
    let mut told = BTreeSet::new();
    check_keys(cx, raw, &keys, &mut told);
    check_list_keys(cx, raw, fields, &keys, &mut told);
    check_variables(cx, raw, fields, prefix, &mut told);
}

fn has_key(field: &Field) -> bool {
    !matches!(field.kind, Kind::Flatten(_) | Kind::Skip)
}

fn keys(raw: &[ast::Field<'_>], fields: &[Field]) -> Vec<Key> {
    let mut keys = Vec::new();
    for (index, (raw, field)) in raw.iter().zip(fields).enumerate().filter(|(_, it)| has_key(it.1))
    {
        let span = raw.attrs.rename.as_ref().map_or(raw.ident.span(), |it| it.value.span());
        keys.push(Key { field: index, text: field.key.clone(), span, extra: false });
        keys.extend(raw.attrs.aliases.iter().chain(&raw.attrs.deprecated_aliases).map(|alias| {
            Key { field: index, text: alias.value.value(), span: alias.value.span(), extra: true }
        }));
    }
    keys
}

fn check_keys(
    cx: &Ctxt,
    raw: &[ast::Field<'_>],
    keys: &[Key],
    told: &mut BTreeSet<(usize, usize)>,
) {
    let mut seen: BTreeMap<&str, &Key> = BTreeMap::new();
    // A field's own key comes before any alias, wherever it stands, so that the alias is the one to go.
    for key in keys.iter().filter(|key| !key.extra).chain(keys.iter().filter(|key| key.extra)) {
        let Some(first) = seen.get(key.text.as_str()) else {
            seen.insert(&key.text, key);
            continue;
        };
        let text = &key.text;
        if first.field == key.field {
            cx.clash(
                key.span,
                format!("`{text}` names this field already: remove the alias"),
                first.span,
                "first one here",
            );
        } else if told.insert(pair(first.field, key.field)) {
            let cure = if key.extra { "choose another alias" } else { "rename one of them" };
            let other = &raw[first.field].ident;
            cx.clash(
                key.span,
                format!("the key `{text}` belongs to the field `{other}` already: {cure}"),
                first.span,
                "first one here",
            );
        }
    }
}

/// How sources add to a list and take from it, which are keys too.
fn check_list_keys(
    cx: &Ctxt,
    raw: &[ast::Field<'_>],
    fields: &[Field],
    keys: &[Key],
    told: &mut BTreeSet<(usize, usize)>,
) {
    for (index, field) in fields.iter().enumerate() {
        let (noun, suffixes): (_, &[_]) = match field.kind {
            Kind::List(_) | Kind::NestedList { .. } => ("list", &["_add", "_remove"]),
            Kind::Map { .. } | Kind::NestedMap { .. } => ("map", &["_remove"]),
            _ => continue,
        };
        for suffix in suffixes {
            let claimed = format!("{}{suffix}", field.key);
            let folded = claimed.replace('-', "_");
            let is_claimed =
                |key: &&Key| key.text.replace('-', "_") == folded && key.field != index;
            let Some(key) = keys.iter().find(is_claimed) else {
                continue;
            };
            if told.insert(pair(index, key.field)) {
                let verb = if *suffix == "_add" { "adds to" } else { "removes from" };
                let whole = if noun == "list" || matches!(field.kind, Kind::Map { .. }) {
                    format!(", or write `whole` on the {noun}")
                } else {
                    String::new()
                };
                cx.clash(
                    key.span,
                    format!(
                        "`{}` is how a source {verb} the {noun} `{}`: rename one of the two{whole}",
                        key.text, field.key
                    ),
                    raw[index].ident.span(),
                    &format!("the {noun} stands here"),
                );
            }
        }
    }
}

/// A variable that a field claims.
struct Claim {
    field: usize,
    /// Below the prefix and the path, or absolute.
    name: String,
    span: Span,
}

fn check_variables(
    cx: &Ctxt,
    raw: &[ast::Field<'_>],
    fields: &[Field],
    prefix: Option<&str>,
    told: &mut BTreeSet<(usize, usize)>,
) {
    let mut relative = Vec::new();
    let mut absolute = Vec::new();
    for (index, (raw, field)) in raw.iter().zip(fields).enumerate().filter(|(_, it)| has_key(it.1))
    {
        if field.env.off {
            continue;
        }
        for suffix in suffixes(field) {
            let name = format!("{}{suffix}", field.env_part);
            if let Some(prefix) = prefix {
                absolute.push(Claim {
                    field: index,
                    name: format!("{prefix}_{name}"),
                    span: raw.ident.span(),
                });
            }
            relative.push(Claim { field: index, name, span: raw.ident.span() });
        }
        for name in &raw.attrs.env {
            let text = name.value.value();
            if field.secret {
                absolute.push(Claim {
                    field: index,
                    name: format!("{text}_FILE"),
                    span: name.value.span(),
                });
            }
            absolute.push(Claim { field: index, name: text, span: name.value.span() });
        }
    }
    check_claims(cx, raw, &relative, "...", told);
    check_claims(cx, raw, &absolute, "", told);
}

fn suffixes(field: &Field) -> &'static [&'static str] {
    match (&field.kind, field.secret) {
        (Kind::List(_), true) => &["", "_ADD", "_REMOVE", "_FILE"],
        (Kind::List(_) | Kind::NestedList { .. }, _) => &["", "_ADD", "_REMOVE"],
        (Kind::Map { .. }, true) => &["", "_REMOVE", "_FILE"],
        (Kind::Map { .. } | Kind::NestedMap { .. }, _) => &["", "_REMOVE"],
        (_, true) => &["", "_FILE"],
        _ => &[""],
    }
}

fn check_claims(
    cx: &Ctxt,
    raw: &[ast::Field<'_>],
    claims: &[Claim],
    before: &str,
    told: &mut BTreeSet<(usize, usize)>,
) {
    let mut seen: BTreeMap<&str, &Claim> = BTreeMap::new();
    for claim in claims {
        let Some(first) = seen.get(claim.name.as_str()) else {
            seen.insert(&claim.name, claim);
            continue;
        };
        if !told.insert(pair(first.field, claim.field)) {
            continue;
        }
        let name = format!("{before}{}{}", if before.is_empty() { "" } else { "_" }, claim.name);
        if first.field == claim.field {
            cx.clash(
                claim.span,
                format!("`{name}` sets this field already: remove this"),
                first.span,
                "first one here",
            );
            continue;
        }
        let (a, b) = (raw[first.field].ident, raw[claim.field].ident);
        cx.clash(
            claim.span,
            format!(
                "the variable `{name}` would set both `{a}` and `{b}`: rename one of them, or write `env = false` on it"
            ),
            first.span,
            "first one here",
        );
    }
}

const fn pair(a: usize, b: usize) -> (usize, usize) {
    if a < b { (a, b) } else { (b, a) }
}

/// A section of a file is either a profile or a setting.
pub(crate) fn check_profiles(
    cx: &Ctxt,
    raw: &[ast::Field<'_>],
    fields: &[Field],
    attrs: &ContainerAttrs,
) {
    let keys = keys(raw, fields);
    for profile in attrs.profiles.iter().flat_map(|it| &it.value) {
        let text = profile.value();
        if let Some(key) = keys.iter().find(|key| key.text == text) {
            cx.clash(
                profile.span(),
                format!("`[{text}]` in a file would be both a profile and the setting `{text}`: rename one of them"),
                key.span,
                "the setting stands here",
            );
        }
    }
}

/// The tag stands among the fields of a variant.
pub(crate) fn check_tag(cx: &Ctxt, raw: &[ast::Field<'_>], fields: &[Field], tag: &LitStr) {
    let text = tag.value();
    for key in keys(raw, fields) {
        if key.text == text || env_part(&key.text) == env_part(&text) {
            cx.clash(
                key.span,
                format!(
                    "`{}` would stand where the tag `{text}` stands: rename one of them",
                    key.text
                ),
                tag.span(),
                "the tag is named here",
            );
        }
    }
}

/// Compares the names of an enum's variants.
pub(crate) fn check_variants(cx: &Ctxt, raw: &[ast::Variant<'_>], variants: &[Variant]) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let readable = || raw.iter().zip(variants).filter(|(_, variant)| !variant.skip);
    let own = readable().map(|(raw, variant)| {
        let span =
            raw.attrs.rename.as_ref().map_or(raw.original.ident.span(), |it| it.value.span());
        (variant.key.clone(), span)
    });
    let aliases = readable().flat_map(|(raw, _)| {
        raw.attrs.aliases.iter().map(|At { value, .. }| (value.value(), value.span()))
    });
    for (text, span) in own.chain(aliases) {
        if let Some(first) = seen.get(&text) {
            cx.clash(
                span,
                format!("two variants are called `{text}`: rename one of them"),
                *first,
                "first one here",
            );
        } else {
            seen.insert(text, span);
        }
    }
}
