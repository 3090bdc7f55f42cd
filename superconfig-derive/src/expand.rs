//! The model as code, one file for each thing that is written. `docs/EXPANSION.md` shows the whole of it for one
//! example.
//!
//! What is written is thin: types made of the runtime's cells, static descriptions, and one line per field in four
//! functions. Everything stands in one `const _`, names the runtime by one alias, and nothing else by a name that the
//! user's crate could have taken.

mod cell;
mod choice;
pub(crate) mod entry;
mod generics;
mod heap;
mod keyword;
mod record;
mod resolve;
mod schema;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, Path};

use crate::model::{Body, Container, Enum};

/// Writes everything.
pub(crate) fn expand(model: &Container) -> TokenStream {
    let body = match &model.body {
        Body::Struct(body) => record::container(model, body),
        Body::Enum(Enum { tag: Some(tag), variants }) => choice::container(model, variants, tag),
        Body::Enum(Enum { tag: None, variants }) => keyword::container(model, variants),
    };
    in_const(&model.krate, &body)
}

/// A scope of our own, in which the runtime has one short name.
///
/// Code that stands at a field's type looks to lints as if it were the user's, hence the `allow`.
pub(crate) fn in_const(krate: &Path, body: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, unnameable_types, unused_qualifications, clippy::absolute_paths)]
        const _: () = {
            use #krate::__private as __sc;
            #body
        };
    }
}

/// A local variable that no expression of the user's can see. It is not hygienic against the user's constants, which
/// a pattern would mean, hence the underscores.
fn local(name: &str) -> Ident {
    quote::format_ident!("__{name}", span = Span::mixed_site())
}

/// The local variable of a field.
fn numbered(index: usize) -> Ident {
    quote::format_ident!("__v{index}", span = Span::mixed_site())
}

/// The layer of a container.
fn layer_name() -> Ident {
    Ident::new("__Layer", Span::mixed_site())
}

/// `impl Config`, and the check of the whole tree's names.
fn config(
    model: &Container,
    generics: &generics::Generics<'_>,
    layer: &TokenStream,
    schema: &TokenStream,
) -> TokenStream {
    let ident = &model.ident;
    let (impl_generics, types, bounds) = generics.split();
    // A generic type would need places for each of its forms.
    let places = generics.is_empty().then(|| {
        quote! {
            #[inline]
            fn slot() -> __sc::core::option::Option<&'static __sc::Slot<Self>> {
                static SLOT: __sc::Slot<#ident> = __sc::Slot::new();
                __sc::core::option::Option::Some(&SLOT)
            }
            #[inline]
            fn memories() -> __sc::core::option::Option<&'static __sc::std::thread::LocalKey<__sc::Memory<Self>>> {
                __sc::std::thread_local! {
                    static MEMORY: __sc::Memory<#ident> = const { __sc::Memory::new() };
                }
                __sc::core::option::Option::Some(&MEMORY)
            }
        }
    });
    // Without parameters the tree is known here; with them, `resolve` evaluates the check for each form.
    // What a parameter is cloned by is not known here.
    let again = generics.is_empty().then(|| {
        quote! {
            #[inline]
            fn again(&self) -> __sc::core::option::Option<Self> {
                use __sc::{Cloned as _, NotCloned as _};
                (&__sc::Probe(self)).again()
            }
        }
    });
    let check = generics.is_empty().then(|| {
        quote_spanned!(ident.span()=> const _: () = __sc::check::names(<#ident as __sc::Config>::SCHEMA);)
    });
    let heap = heap::size(model, generics);
    quote! {
        #[automatically_derived]
        impl #impl_generics __sc::Config for #ident #types #bounds {
            type Layer = #layer;
            const SCHEMA: &'static __sc::Schema = #schema;
            #places
            #again
        }
        #heap
        #check
    }
}
