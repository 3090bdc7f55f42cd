//! From a merged layer to a value: defaults, what is required, validation; one line per field.

use proc_macro2::TokenStream;
use quote::quote;

use super::{local, numbered, record::Record};
use crate::model::{Default, Field, Kind};

/// `fn resolve` of a record's layer.
pub(super) fn function(record: &Record<'_>, is_generic: bool) -> TokenStream {
    let (cx, value) = (local("cx"), local("value"));
    let (schema, path) = (&record.schema, &record.path);
    let lines = record.fields.iter().enumerate().map(|(index, field)| line(index, field));
    let names = record.fields.iter().map(|field| &field.ident);
    let values = (0..record.fields.len()).map(numbered);
    let check = is_generic.then(|| quote!(let () = Self::__CHECK;));
    let built = quote!(__sc::core::option::Option::Some(#path { #(#names: #values?,)* }));
    let checked = match record.validate {
        Some(validate) => {
            quote!(__sc::Resolution::check_all(#cx, #built, |#value| #validate(#value)))
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
    let (cx, value) = (local("cx"), local("value"));
    let name = &field.ident;
    let result = numbered(index);
    let resolved = resolved(field, &quote!(self.#name), &quote!(#cx));
    let check = field.validate.as_ref().map(|validate| {
        quote! {
            __sc::Resolution::check(
                #cx,
                __sc::core::option::Option::as_ref(&#result),
                |#value| #validate(#value),
            );
        }
    });
    quote! {
        __sc::Resolution::at(#cx, #index);
        let #result = #resolved;
        #check
    }
}

/// The cell with its default.
fn resolved(field: &Field, cell: &TokenStream, cx: &TokenStream) -> TokenStream {
    let or = |default: TokenStream| quote!(__sc::Layer::resolve_or(#cell, #cx, #default));
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
            _ => quote!(__sc::Layer::resolve(#cell, #cx)),
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
        Default::Text(text) => quote!(__sc::Layer::resolve_or_text(#cell, #cx, #text)),
        Default::TextList(texts) => {
            quote!(__sc::Layer::resolve_or_texts(#cell, #cx, &[#(#texts),*]))
        }
    }
}
