//! The cell of a field: which of the runtime's types holds what sources say of it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Type, ext::IdentExt};

use super::{generics::Generics, local};
use crate::{
    model::{Decode, Field, Kind, Merge},
    shape,
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
    let ty = match &field.kind {
        Kind::Skip => {
            let ty = &field.ty;
            return Cell { ty: quote!(__sc::Skipped<#ty>), items };
        }
        Kind::Leaf(ty) => {
            if let Some((name, item)) = decoder(field, ty, generics, scope) {
                items = item;
                quote!(__sc::Leaf<#ty, #name>)
            } else {
                quote!(__sc::Leaf<#ty>)
            }
        }
        Kind::List(ty) => {
            if let Some(strategy) = strategy(&field.merge) {
                quote!(__sc::List<#ty, #strategy>)
            } else {
                quote!(__sc::List<#ty>)
            }
        }
        Kind::Map { ty, value, .. } => match shape::unwrap_option(value) {
            (value, true) => quote!(__sc::Map<#ty, __sc::Optional<__sc::Leaf<#value>>>),
            (value, false) => quote!(__sc::Map<#ty, __sc::Leaf<#value>>),
        },
        Kind::Nested(ty) | Kind::Flatten(ty) => quote!(<#ty as __sc::Config>::Layer),
        Kind::NestedList { ty, item } => {
            let layer = quote!(<#item as __sc::Config>::Layer);
            match (&field.merge, strategy(&field.merge)) {
                (Merge::By(_), _) => {
                    let (name, item) = merge_key(field, item, scope);
                    items = item;
                    quote!(__sc::NestedList<#ty, #layer, __sc::Replace, #name>)
                }
                (_, Some(strategy)) => quote!(__sc::NestedList<#ty, #layer, #strategy>),
                (_, None) => quote!(__sc::NestedList<#ty, #layer>),
            }
        }
        Kind::NestedMap { ty, value, .. } => {
            quote!(__sc::Map<#ty, <#value as __sc::Config>::Layer>)
        }
    };
    let merges = matches!(field.kind, Kind::Nested(_) | Kind::Map { .. } | Kind::NestedMap { .. });
    let ty = if merges && field.merge == Merge::Replace { quote!(__sc::Whole<#ty>) } else { ty };
    let ty = if field.optional { quote!(__sc::Optional<#ty>) } else { ty };
    Cell { ty, items }
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
    if by_hand.is_none() && field.parse_env.is_none() {
        return None;
    }
    let text = local("text");
    let parse = field.parse_env.as_ref().map(|parse| {
        let error = local("error");
        let parsed = if field.may_be_none && !field.optional {
            // The leaf holds the whole `Option`.
            quote!(__sc::core::result::Result::map(#parse(#text), __sc::core::option::Option::Some))
        } else {
            quote!(#parse(#text))
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
    let read =
        by_hand.unwrap_or_else(|| quote!(<__sc::ByType as __sc::Decode<#ty>>::decode(#reader)));
    let name = format_ident!("__Decode{scope}");
    let (impl_generics, types, bounds) = generics.split();
    let (marker, _) = generics.marker().unzip();
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

/// By which field the elements of a list are matched, and the check that there is such a field.
fn merge_key(field: &Field, item: &Type, scope: &str) -> (TokenStream, TokenStream) {
    let Merge::By(by) = &field.merge else { return Default::default() };
    let name = format_ident!("__Key{scope}");
    let (key, list) = (by.unraw().to_string(), &field.key);
    let mut items = quote! {
        struct #name;
        #[automatically_derived]
        impl __sc::MergeKey for #name {
            const FIELD: __sc::core::option::Option<&'static str> =
                __sc::core::option::Option::Some(#key);
        }
    };
    items.extend(quote_spanned! {by.span()=>
        const _: () = __sc::check::merge_by(<#item as __sc::Config>::SCHEMA, #list, #key);
    });
    (quote!(#name), items)
}
