//! From what was written to what is meant: every rule that one struct can be held to, one `check_*` after the other.
//!
//! Nothing stops at a mistake. Where a word is wrong, the check says so and goes on with the nearest sensible
//! meaning; the model that comes out is only used when nothing was said.

mod default;
mod env;
mod field;
mod merge;
mod names;
#[cfg(test)]
mod tests;
mod usage;

use quote::quote;
use syn::{GenericParam, Path, parse_quote};

use crate::{
    ast::{self, Body},
    attr::{self, ContainerAttrs},
    case::Case,
    ctxt::Ctxt,
    model::{self, Container, Enum, Struct},
};

/// What a field has to know of the container around it.
pub(crate) struct Scope {
    /// How a field's name becomes its key.
    pub(crate) rename_all: Option<Case>,
    /// The value whose fields are the defaults: `#[serde(default)]` on the struct.
    pub(crate) default: Option<syn::Expr>,
}

/// Checks everything and gives the model; it is worth something only if `cx` stays empty.
pub(crate) fn check(cx: &Ctxt, input: &ast::Container<'_>) -> Container {
    check_generics(cx, input);
    let attrs = &input.attrs;
    let body = match &input.body {
        Body::Struct(fields) => model::Body::Struct(check_struct(cx, input, fields)),
        Body::Enum(variants) => model::Body::Enum(check_enum(cx, input, variants)),
    };
    Container {
        ident: input.original.ident.clone(),
        vis: input.original.vis.clone(),
        generics: input.original.generics.clone(),
        krate: krate(attrs),
        doc: attr::doc(&input.original.attrs),
        deny_unknown: attrs.deny_unknown.is_some(),
        validate: attrs.validate.clone().map(|it| it.value),
        body,
    }
}

/// The path of the runtime.
pub(crate) fn krate(attrs: &ContainerAttrs) -> Path {
    attrs.krate.as_ref().map_or_else(|| parse_quote!(::superconfig), |it| it.value.path.clone())
}

fn check_generics(cx: &Ctxt, input: &ast::Container<'_>) {
    for param in &input.original.generics.params {
        if let GenericParam::Lifetime(lifetime) = param {
            let name = &lifetime.lifetime;
            cx.error(
                name,
                format!("a configuration owns its values: remove `{name}`, and write `String` for `&{name} str`"),
            );
        }
    }
}

fn check_struct(cx: &Ctxt, input: &ast::Container<'_>, raw: &[ast::Field<'_>]) -> Struct {
    let attrs = &input.attrs;
    check_words_of_structs(cx, attrs);
    if raw.is_empty() {
        let name = &input.original.ident;
        cx.error(name, format!("`{name}` has no settings: give it a field"));
    }
    let scope = Scope {
        rename_all: attrs.rename_all.as_ref().map(|it| it.value),
        default: container_default(input),
    };
    let app = attrs.app.as_ref().map(|it| check_app(cx, &it.value));
    let env_prefix = attrs.env_prefix.as_ref().map(|it| env::check_prefix(cx, &it.value));
    let profiles = check_profiles(cx, attrs);
    let fields = field::check_all(cx, raw, &scope);
    names::check(cx, raw, &fields, env_prefix.as_deref());
    names::check_profiles(cx, raw, &fields, attrs);
    Struct { app, env_prefix, profiles, fields }
}

fn check_words_of_structs(cx: &Ctxt, attrs: &ContainerAttrs) {
    if let Some(tag) = attrs.tag.as_ref().filter(|tag| !tag.foreign) {
        cx.error_at(
            tag.span,
            "`tag` tells the variants of an enum apart; here it stands on a struct: remove it",
        );
    }
    if let Some(word) = attrs.rename_all_fields.as_ref().filter(|word| !word.foreign) {
        cx.error_at(
            word.span,
            "`rename_all_fields` is for the fields of an enum's variants; on a struct write `rename_all`",
        );
    }
}

fn container_default(input: &ast::Container<'_>) -> Option<syn::Expr> {
    let default = input.attrs.default.as_ref()?;
    if let Some(function) = &default.value {
        return Some(parse_quote!(#function()));
    }
    let ident = &input.original.ident;
    let (_, generics, _) = input.original.generics.split_for_impl();
    Some(syn::Expr::Verbatim(quote!(<#ident #generics as ::core::default::Default>::default())))
}

fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn check_app(cx: &Ctxt, app: &syn::LitStr) -> String {
    let text = app.value();
    if !is_name(&text) {
        cx.error(
            app,
            format!(
                "`{text}` cannot name an application's files: use 1 to 64 of `A-Z a-z 0-9 _ -`"
            ),
        );
    }
    text
}

fn check_profiles(cx: &Ctxt, attrs: &ContainerAttrs) -> Vec<String> {
    let Some(profiles) = &attrs.profiles else { return Vec::new() };
    if profiles.value.is_empty() {
        cx.error_at(
            profiles.span,
            "`profiles` names none: write `profiles(\"development\", \"production\")`",
        );
    }
    for (index, profile) in profiles.value.iter().enumerate() {
        let text = profile.value();
        if !is_name(&text) {
            cx.error(
                profile,
                format!("`{text}` cannot be a profile's name: use 1 to 64 of `A-Z a-z 0-9 _ -`"),
            );
        } else if text == "default" || text == "profile" {
            cx.error(
                profile,
                format!(
                    "`{text}` is a section that every file may have: give the profile another name"
                ),
            );
        }
        if let Some(first) = profiles.value[..index].iter().find(|first| first.value() == text) {
            cx.clash(
                profile.span(),
                format!("profile `{text}` is given twice: remove one of them"),
                first.span(),
                "first one here",
            );
        }
    }
    profiles.value.iter().map(syn::LitStr::value).collect()
}

fn check_enum(cx: &Ctxt, input: &ast::Container<'_>, raw: &[ast::Variant<'_>]) -> Enum {
    let attrs = &input.attrs;
    check_words_of_enums(cx, attrs);
    let scope =
        Scope { rename_all: attrs.rename_all_fields.as_ref().map(|it| it.value), default: None };
    let tag = attrs.tag.as_ref().map(|it| it.value.value());
    if attrs.tag.is_none()
        && attrs.other_tagging.is_none()
        && let Some(holder) = raw.iter().find(|variant| !matches!(variant.shape, ast::Shape::Unit))
    {
        cx.error(
            &holder.original.ident,
            format!(
                "`{}` holds values, so a tag has to tell the variants apart: write `#[config(tag = \"kind\")]` on the enum",
                holder.original.ident
            ),
        );
    }
    if let Some(tag) = attrs.tag.as_ref().filter(|tag| tag.value.value().is_empty()) {
        cx.error(&tag.value, "the tag is a key in the file: write `tag = \"kind\"`");
    }
    if !raw.is_empty() && raw.iter().all(|variant| variant.attrs.skip.is_some()) {
        cx.error(&input.original.ident, "every variant is skipped: leave at least one to be read");
    }
    let variants: Vec<_> = raw.iter().map(|it| check_variant(cx, attrs, it, &scope)).collect();
    names::check_variants(cx, raw, &variants);
    Enum { tag, variants }
}

fn check_words_of_enums(cx: &Ctxt, attrs: &ContainerAttrs) {
    for (name, span) in [
        ("app", attrs.app.as_ref().map(|it| it.span)),
        ("env_prefix", attrs.env_prefix.as_ref().map(|it| it.span)),
        ("profiles", attrs.profiles.as_ref().map(|it| it.span)),
    ] {
        if let Some(span) = span {
            cx.error_at(
                span,
                format!("`{name}` belongs on the outermost struct; here it stands on an enum"),
            );
        }
    }
    if let Some(validate) = &attrs.validate
        && attrs.tag.is_none()
    {
        cx.error_at(
            validate.span,
            "a fieldless enum is checked by its names: write `validate` on the field that holds it",
        );
    }
    if let Some(other) = &attrs.other_tagging
        && attrs.tag.as_ref().is_none_or(|tag| tag.foreign)
    {
        let cure = "write `#[config(tag = \"kind\")]`, which puts the tag beside the fields";
        cx.error_at(
            other.span,
            format!("serde's `{}` cannot be read in layers: {cure}", other.value),
        );
    }
}

fn check_variant(
    cx: &Ctxt,
    container: &ContainerAttrs,
    raw: &ast::Variant<'_>,
    scope: &Scope,
) -> model::Variant {
    let attrs = &raw.attrs;
    let name = syn::ext::IdentExt::unraw(&raw.original.ident).to_string();
    let key = match (&attrs.rename, &container.rename_all) {
        (Some(rename), _) => names::check_key(cx, &rename.value),
        (None, Some(case)) => case.value.variant(&name),
        (None, None) => name,
    };
    let shape = match &raw.shape {
        ast::Shape::Unit => model::Shape::Unit,
        ast::Shape::Newtype(ty) => {
            let cure = format!("write `{} {{ value: ... }}`", raw.original.ident);
            usage::check_derives(cx, ty, syn::spanned::Spanned::span(ty), &cure);
            model::Shape::Newtype(Box::new((*ty).clone()))
        }
        ast::Shape::Struct(raw) => {
            let fields = field::check_all(cx, raw, scope);
            names::check(cx, raw, &fields, None);
            if let Some(tag) = &container.tag {
                names::check_tag(cx, raw, &fields, &tag.value);
            }
            model::Shape::Struct(fields)
        }
    };
    model::Variant {
        ident: raw.original.ident.clone(),
        key,
        aliases: attrs.aliases.iter().map(|alias| names::check_key(cx, &alias.value)).collect(),
        doc: attr::doc(&raw.original.attrs),
        skip: attrs.skip.is_some(),
        shape,
    }
}
