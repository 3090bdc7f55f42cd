//! From a merged layer to a value: defaults, what is required, validation; one line per field.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ExprPath, Ident, spanned::Spanned};

use super::{cell, generics::Generics, local, numbered, record::Record};
use crate::model::{Default, Field, Kind};

/// `fn resolve` of a record's layer.
pub(super) fn function(record: &Record<'_>, generics: &Generics<'_>) -> TokenStream {
    let cx = local("cx");
    let (schema, path) = (&record.schema, &record.path);
    let lines = record.fields.iter().enumerate().map(|(index, field)| line(index, field));
    let names = record.fields.iter().map(|field| &field.ident);
    let values = (0..record.fields.len()).map(numbered);
    let check = generics.evaluate_check();
    let built = quote!(__sc::core::option::Option::Some(#path { #(#names: #values?,)* }));
    let checked = match record.validate {
        Some(validate) => {
            let validate = validation(validate);
            quote!(__sc::Resolution::check_all(#cx, #built, #validate))
        }
        None => built,
    };
    quote! {
        fn resolve(
            self,
            #cx: &mut __sc::Resolution,
        ) -> __sc::core::option::Option<Self::Value> {
            #check
            __sc::Resolution::open(#cx, #schema);
            #(#lines)*
            __sc::Resolution::close(#cx);
            #checked
        }
    }
}

fn line(index: usize, field: &Field) -> TokenStream {
    let cx = local("cx");
    let result = numbered(index);
    let resolved = resolved(field, &cell::of_self(field), &quote!(#cx));
    let check = field.validate.as_ref().map(|validate| {
        let validate = validation(validate);
        quote! {
            __sc::Resolution::check(#cx, __sc::core::option::Option::as_ref(&#result), #validate);
        }
    });
    quote! {
        __sc::Resolution::at(#cx, #index);
        let #result = #resolved;
        #check
    }
}

/// A validation, called in a closure so that a reference may become the one that it takes; it is underlined where it was
/// named.
pub(super) fn validation(path: &ExprPath) -> TokenStream {
    // At the path's place, but not the user's code: lints would find the closure redundant.
    let span = path.span().resolved_at(Span::call_site());
    let value = Ident::new("__value", span.resolved_at(Span::mixed_site()));
    quote_spanned!(span=> |#value| #path(#value))
}

/// The cell with its default.
fn resolved(field: &Field, place: &TokenStream, cx: &TokenStream) -> TokenStream {
    let span = cell::at(&field.ty);
    let or = |default: TokenStream| {
        let resolve_or = quote_spanned!(span=> __sc::Layer::resolve_or);
        quote!(#resolve_or(#place, #cx, #default))
    };
    // A value of the type below the `Option`.
    let some = |value: TokenStream| {
        if field.optional {
            or(quote!(|| __sc::core::option::Option::Some(#value)))
        } else {
            or(quote!(|| #value))
        }
    };
    match &field.default {
        Default::None => match &field.kind {
            Kind::NestedList { .. } | Kind::NestedMap { .. } if !field.optional => {
                or(quote!(__sc::core::default::Default::default))
            }
            _ => quote_spanned!(span=> __sc::Layer::resolve(#place, #cx)),
        },
        Default::Trait => or(quote!(__sc::core::default::Default::default)),
        Default::With(path) => or(quote!(#path)),
        Default::Expr(expr) => or(quote!(|| #expr)),
        Default::Value(expr) => some(quote!(#expr)),
        Default::String(text) => some(quote! {
            <__sc::std::string::String as __sc::core::convert::From<&str>>::from(#text)
        }),
        Default::List(items) => {
            some(quote!(__sc::core::iter::FromIterator::from_iter([#(#items),*])))
        }
        Default::Text(text) => {
            quote_spanned!(span=> __sc::Layer::resolve_or_text(#place, #cx, #text))
        }
        Default::TextList(texts) => {
            quote_spanned!(span=> __sc::Layer::resolve_or_texts(#place, #cx, &[#(#texts),*]))
        }
    }
}
