//! Empty implementations beside an error, so that the rest of the user's crate still type-checks and one mistake is
//! one message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path, ext::IdentExt};

use crate::expand;

/// Implementations without settings; for an outermost struct with the functions that it would have.
pub(crate) fn fallback(input: &DeriveInput, krate: &Path, is_root: bool) -> TokenStream {
    // A type that borrows cannot implement `Config` at all, and has been told so.
    if input.generics.lifetimes().next().is_some() {
        return TokenStream::new();
    }
    let ident = &input.ident;
    let name = ident.unraw().to_string();
    let (impl_generics, types, bounds) = input.generics.split_for_impl();
    let params = input.generics.type_params().map(|param| &param.ident);
    let existing = bounds.map(|bounds| &bounds.predicates).into_iter();
    let entry = (is_root && input.generics.params.is_empty())
        .then(|| expand::entry::functions(ident, &input.vis, krate));
    let body = quote! {
        #[automatically_derived]
        impl #impl_generics __sc::Config for #ident #types
        where
            #(#existing,)*
            #(#params: __sc::core::marker::Send + __sc::core::marker::Sync + 'static,)*
        {
            type Layer = __sc::Skipped<Self>;
            const SCHEMA: &'static __sc::Schema =
                &__sc::Schema::new(#name, __sc::Body::Record(&[]));
        }
        #[automatically_derived]
        impl #impl_generics __sc::HeapSize for #ident #types #bounds {}
        #entry
    };
    expand::in_const(krate, &body)
}
