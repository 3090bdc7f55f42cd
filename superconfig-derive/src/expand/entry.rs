//! What an outermost struct can do by itself, without an import.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Container, Struct};

/// The inherent functions of a struct that says how it is found: by `app`, `env_prefix` or `profiles`.
pub(super) fn points(model: &Container, body: &Struct) -> TokenStream {
    let is_root = body.app.is_some() || body.env_prefix.is_some() || !body.profiles.is_empty();
    if !is_root || !model.generics.params.is_empty() {
        return TokenStream::new();
    }
    let (ident, vis) = (&model.ident, &model.vis);
    quote! {
        #[automatically_derived]
        impl #ident {
            /// What is known of these settings: keys, types, defaults, documentation, variables.
            #[allow(dead_code)]
            #vis const SCHEMA: &'static __sc::Schema = <Self as __sc::Config>::SCHEMA;
        }
    }
}
