//! A fieldless enum: one of its words.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::{config, generics::Generics, local, schema};
use crate::model::{Container, Variant};

/// Everything for a fieldless enum.
pub(super) fn container(model: &Container, variants: &[Variant]) -> TokenStream {
    let ident = &model.ident;
    let generics = Generics::new(ident, &model.generics);
    let (impl_generics, types, bounds) = generics.split();
    let readable = || variants.iter().filter(|variant| !variant.skip);
    let words = readable().map(schema::word);
    let name = ident.unraw().to_string();
    let schema = schema::schema(
        &name,
        &quote!(__sc::Body::Keyword(&[#(#words),*])),
        &schema::common(&model.doc, model.deny_unknown),
    );
    let arms = readable().enumerate().map(|(index, variant)| {
        let variant = &variant.ident;
        quote!(#index => __sc::core::option::Option::Some(Self::#variant),)
    });
    let index = local("index");
    let config = config(
        model,
        &generics,
        &quote!(__sc::Keyword<Self>),
        &quote!(<Self as __sc::Keywords>::SCHEMA),
    );
    quote! {
        #[automatically_derived]
        impl #impl_generics __sc::Keywords for #ident #types #bounds {
            const SCHEMA: &'static __sc::Schema = #schema;
            fn from_index(#index: usize) -> __sc::core::option::Option<Self> {
                match #index {
                    #(#arms)*
                    _ => __sc::core::option::Option::None,
                }
            }
        }
        #config
    }
}
