//! The cell of a field: which of the runtime's types holds what sources say of it.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Type, ext::IdentExt, spanned::Spanned};

use super::{generics::Generics, local};
use crate::{
    model::{Decode, Default, Field, Kind, Merge},
    shape::{self, Std},
};

/// The cell of a field.
pub(super) struct Cell {
    /// Its type.
    pub(super) ty: TokenStream,
    /// What has to be defined beside the layer for it: how it is decoded, by what its elements are matched.
    pub(super) items: TokenStream,
}

/// The cells of some fields. `scope` keeps the names of what they define apart.
pub(super) fn all(fields: &[Field], generics: &Generics<'_>, scope: &str) -> Vec<Cell> {
    fields
        .iter()
        .enumerate()
        .map(|(index, field)| cell(field, generics, &format!("{scope}{index}")))
        .collect()
}

fn cell(field: &Field, generics: &Generics<'_>, scope: &str) -> Cell {
    let mut items = TokenStream::new();
    let span = at(&field.ty);
    let ty = match &field.kind {
        Kind::Skip => {
            let ty = &field.ty;
            return Cell { ty: quote!(__sc::Skipped<#ty>), items };
        }
        Kind::Leaf(ty) => {
            let decoder = decoder(field, ty, generics, scope).map(|(name, item)| {
                items = item;
                quote!(, #name)
            });
            quote_spanned!(span=> __sc::Leaf<#ty #decoder>)
        }
        Kind::List(ty) => {
            let strategy = strategy(&field.merge).map(|strategy| quote!(, #strategy));
            quote_spanned!(span=> __sc::List<#ty #strategy>)
        }
        Kind::Map { ty, value, .. } => match shape::unwrap_option(value) {
            (value, true) => {
                quote_spanned!(span=> __sc::Map<#ty, __sc::Optional<__sc::Leaf<#value>>>)
            }
            (value, false) => quote_spanned!(span=> __sc::Map<#ty, __sc::Leaf<#value>>),
        },
        Kind::Nested(ty) => {
            items = check_word(field, ty, generics);
            layer_of(ty)
        }
        Kind::Flatten(ty) => layer_of(ty),
        Kind::NestedList { ty, item } => {
            let layer = layer_of(item);
            match (&field.merge, strategy(&field.merge)) {
                (Merge::By(by), _) => {
                    let (name, checked) = merge_key(&field.key, item, by, scope);
                    items = checked;
                    quote_spanned!(span=> __sc::NestedList<#ty, #layer, __sc::Replace, #name>)
                }
                (_, Some(strategy)) => {
                    quote_spanned!(span=> __sc::NestedList<#ty, #layer, #strategy>)
                }
                (_, None) => quote_spanned!(span=> __sc::NestedList<#ty, #layer>),
            }
        }
        Kind::NestedMap { ty, value, .. } => {
            let layer = layer_of(value);
            quote_spanned!(span=> __sc::Map<#ty, #layer>)
        }
    };
    let merges = matches!(field.kind, Kind::Nested(_) | Kind::Map { .. } | Kind::NestedMap { .. });
    let ty = if merges && field.merge == Merge::Replace {
        quote_spanned!(span=> __sc::Whole<#ty>)
    } else {
        ty
    };
    let ty = if field.optional { quote_spanned!(span=> __sc::Optional<#ty>) } else { ty };
    Cell { ty, items }
}

/// Where a type stands, for code of ours that is wrong if the type is.
pub(super) fn at(ty: &Type) -> Span {
    ty.span()
}

/// The layer of a type that derives; it carries the type's span, for types that do not.
fn layer_of(ty: &Type) -> TokenStream {
    quote_spanned!(at(ty)=> <#ty as __sc::Config>::Layer)
}

/// The description of a type that derives.
pub(super) fn schema_of(ty: &Type) -> TokenStream {
    quote_spanned!(at(ty)=> <#ty as __sc::Config>::SCHEMA)
}

/// The cell of a field in a layer, which is called `layer` there. It carries the span of the field's type, so that a
/// type which cannot be a setting is underlined there.
pub(super) fn of(field: &Field, layer: &str) -> TokenStream {
    let span = at(&field.ty);
    let name = name(field);
    let layer = Ident::new(layer, span);
    quote_spanned!(span=> #layer.#name)
}

/// The name of a field, at its type.
pub(super) fn name(field: &Field) -> Ident {
    let mut name = field.ident.clone();
    name.set_span(at(&field.ty));
    name
}

/// The cell of a field in the layer whose function this is.
pub(super) fn of_self(field: &Field) -> TokenStream {
    of(field, "self")
}

/// The strategy of a list, where it is not the usual one.
fn strategy(merge: &Merge) -> Option<TokenStream> {
    match merge {
        Merge::Append => Some(quote!(__sc::Append)),
        Merge::Prepend => Some(quote!(__sc::Prepend)),
        Merge::Union => Some(quote!(__sc::Union)),
        Merge::Replace | Merge::Deep | Merge::By(_) => None,
    }
}

/// How a leaf is read, where its type does not read itself.
fn decoder(
    field: &Field,
    ty: &Type,
    generics: &Generics<'_>,
    scope: &str,
) -> Option<(TokenStream, TokenStream)> {
    let reader = local("reader");
    let by_hand = match &field.decode {
        Decode::Module(module) => Some(quote!(#module::deserialize(#reader))),
        Decode::Function(function) => Some(quote!(#function(#reader))),
        Decode::Plain => None,
    };
    // A type that the macro does not know may turn out not to be readable. With a decoder of its own, the compiler
    // says so once, and at the field's type, instead of in each function of the layer.
    let by_type = by_hand.is_none() && field.parse_env.is_none();
    if by_type && (Std::of(ty).is_some() || !generics.is_empty()) {
        return None;
    }
    let parse = field.parse_env.as_ref().map(|parse| {
        let error = local("error");
        // At the path's place, so that a function of another type is underlined there.
        let span = parse.span().resolved_at(Span::call_site());
        let text = Ident::new("__text", span.resolved_at(Span::mixed_site()));
        let called = quote_spanned!(span=> #parse(#text));
        let parsed = if field.may_be_none && !field.optional {
            // The leaf holds the whole `Option`.
            quote!(__sc::core::result::Result::map(#called, __sc::core::option::Option::Some))
        } else {
            called
        };
        quote! {
            if let __sc::core::option::Option::Some(#text) = __sc::Reader::as_text(&#reader) {
                return __sc::core::result::Result::map_err(#parsed, |#error| {
                    __sc::Fault::custom(
                        __sc::std::string::ToString::to_string(&#error),
                        __sc::core::option::Option::None,
                    )
                });
            }
        }
    });
    let read = by_hand.unwrap_or_else(
        || quote_spanned!(at(ty)=> <__sc::ByType as __sc::Decode<#ty>>::decode(#reader)),
    );
    let name = format_ident!("__Decode{scope}");
    let (impl_generics, types, bounds) = generics.split();
    let (marker, _) = generics.marker();
    let item = quote! {
        struct #name #impl_generics #bounds { #marker }
        #[automatically_derived]
        impl #impl_generics __sc::Decode<#ty> for #name #types #bounds {
            fn decode(
                #reader: __sc::Reader<'_>,
            ) -> __sc::core::result::Result<#ty, __sc::Fault> {
                #parse
                #read
            }
        }
    };
    Some((quote!(#name #types), item))
}

/// The check that a default in quotes is one of the words of a nested type.
fn check_word(field: &Field, ty: &Type, generics: &Generics<'_>) -> TokenStream {
    let Default::Text(default) = &field.default else { return TokenStream::new() };
    // What a parameter stands for is not known here; the first load says the same.
    if !generics.is_empty() {
        return TokenStream::new();
    }
    let (schema, key) = (schema_of(ty), &field.key);
    quote_spanned!(default.span()=> const _: () = __sc::check::word(#schema, #key, #default);)
}

/// By which field the elements of a list are matched, and the check that there is such a field.
fn merge_key(list: &str, item: &Type, by: &Ident, scope: &str) -> (TokenStream, TokenStream) {
    let name = format_ident!("__Key{scope}");
    let schema = schema_of(item);
    let key = by.unraw().to_string();
    let mut items = quote! {
        struct #name;
        #[automatically_derived]
        impl __sc::MergeKey for #name {
            const FIELD: __sc::core::option::Option<&'static str> =
                __sc::core::option::Option::Some(#key);
        }
    };
    items.extend(quote_spanned! {by.span()=>
        const _: () = __sc::check::merge_by(#schema, #list, #key);
    });
    (quote!(#name), items)
}
