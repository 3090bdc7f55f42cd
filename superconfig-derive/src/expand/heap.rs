//! The memory that a value points to: a term for each field, which asks nothing of the field's type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{generics::Generics, numbered};
use crate::model::{Body, Container, Field, Shape, Variant};

/// `impl HeapSize`.
pub(super) fn size(model: &Container, generics: &Generics<'_>) -> TokenStream {
    let ident = &model.ident;
    let (impl_generics, types, bounds) = generics.split();
    let function = match &model.body {
        Body::Struct(body) => Some(of_fields(&body.fields)),
        Body::Enum(body) => of_variants(&body.variants),
    };
    let function = function.map(|total| {
        quote! {
            fn heap_size(&self) -> usize {
                use __sc::{Known as _, Room as _, Unknown as _};
                #total
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics __sc::HeapSize for #ident #types #bounds {
            #function
        }
    }
}

fn of_fields(fields: &[Field]) -> TokenStream {
    let terms = fields.iter().map(|field| {
        let name = &field.ident;
        term(&quote!(&self.#name))
    });
    quote!(__sc::total([#(#terms),*]))
}

fn term(value: &TokenStream) -> TokenStream {
    quote!((&&&__sc::Pointed(#value)).bytes())
}

/// Nothing is written for an enum that holds nothing.
fn of_variants(variants: &[Variant]) -> Option<TokenStream> {
    if variants.iter().all(|variant| matches!(variant.shape, Shape::Unit)) {
        return None;
    }
    let arms = variants.iter().map(|variant| {
        let name = &variant.ident;
        match &variant.shape {
            Shape::Unit => quote!(Self::#name { .. } => 0,),
            Shape::Newtype(_) => {
                let value = numbered(0);
                let term = term(&quote!(#value));
                quote!(Self::#name(#value) => #term,)
            }
            Shape::Struct(fields) => {
                let names = fields.iter().map(|field| &field.ident);
                let values: Vec<_> = (0..fields.len()).map(numbered).collect();
                let terms = values.iter().map(|value| term(&quote!(#value)));
                quote!(Self::#name { #(#names: #values),* } => __sc::total([#(#terms),*]),)
            }
        }
    });
    Some(quote!(match self { #(#arms)* }))
}
