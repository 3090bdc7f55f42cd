//! The input as it was written: syn's tree with its attributes read, nothing decided yet.

use syn::{Data, DeriveInput, Fields};

use crate::{
    attr::{ContainerAttrs, FieldAttrs, VariantAttrs},
    ctxt::Ctxt,
};

/// A struct or an enum.
pub(crate) struct Container<'a> {
    /// The item; errors about the whole hang on its parts.
    pub(crate) original: &'a DeriveInput,
    pub(crate) attrs: ContainerAttrs,
    pub(crate) body: Body<'a>,
}

/// What a container holds.
pub(crate) enum Body<'a> {
    Struct(Vec<Field<'a>>),
    Enum(Vec<Variant<'a>>),
}

/// A named field.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    pub(crate) ident: &'a syn::Ident,
    pub(crate) attrs: FieldAttrs,
}

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) original: &'a syn::Variant,
    pub(crate) attrs: VariantAttrs,
    pub(crate) shape: Shape<'a>,
}

/// What a variant holds.
pub(crate) enum Shape<'a> {
    Unit,
    Struct(Vec<Field<'a>>),
    Newtype(&'a syn::Type),
}

impl<'a> Container<'a> {
    /// Reads the input; `None` where its shape leaves nothing to read.
    pub(crate) fn read(
        cx: &Ctxt,
        original: &'a DeriveInput,
        attrs: ContainerAttrs,
    ) -> Option<Self> {
        let name = &original.ident;
        let body = match &original.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Body::Struct(named(cx, &fields.named)),
                Fields::Unnamed(fields) => {
                    cx.error_at(
                        fields.paren_token.span.join(),
                        format!("a setting needs a name: write `struct {name} {{ name: Type }}`"),
                    );
                    return None;
                }
                Fields::Unit => {
                    cx.error(
                        name,
                        format!("`{name}` has no settings: write `struct {name} {{ name: Type }}`"),
                    );
                    return None;
                }
            },
            Data::Enum(data) => {
                if data.variants.is_empty() {
                    cx.error(name, format!("`{name}` has no value at all: give it a variant"));
                    return None;
                }
                Body::Enum(data.variants.iter().filter_map(|it| Variant::read(cx, it)).collect())
            }
            Data::Union(data) => {
                cx.error(
                    data.union_token,
                    "a union does not say which of its fields holds: write an enum with `tag = \"kind\"`",
                );
                return None;
            }
        };
        Some(Self { original, attrs, body })
    }
}

impl<'a> Variant<'a> {
    fn read(cx: &Ctxt, original: &'a syn::Variant) -> Option<Self> {
        let attrs = VariantAttrs::read(cx, &original.attrs);
        let name = &original.ident;
        let shape = match &original.fields {
            Fields::Unit => Shape::Unit,
            Fields::Named(fields) => Shape::Struct(named(cx, &fields.named)),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let field = &fields.unnamed[0];
                for attribute in &field.attrs {
                    if attribute.path().is_ident("config") {
                        cx.error(
                            attribute,
                            "the value of a variant takes no attributes: put them on the fields of its type",
                        );
                    }
                }
                Shape::Newtype(&field.ty)
            }
            Fields::Unnamed(fields) => {
                cx.error_at(
                    fields.paren_token.span.join(),
                    format!("a setting needs a name: write `{name} {{ name: Type }}`"),
                );
                return None;
            }
        };
        Some(Self { original, attrs, shape })
    }
}

fn named<'a>(
    cx: &Ctxt,
    fields: &'a syn::punctuated::Punctuated<syn::Field, syn::Token![,]>,
) -> Vec<Field<'a>> {
    fields
        .iter()
        .filter_map(|original| {
            let ident = original.ident.as_ref()?;
            Some(Field { original, ident, attrs: FieldAttrs::read(cx, &original.attrs) })
        })
        .collect()
}
