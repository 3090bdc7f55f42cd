//! The parameters of a generic type, repeated on everything that is written for it.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, Ident, Type, WhereClause, parse_quote};

use super::cell::Cell;
use crate::model::{Default, Field, Kind};

/// The parameters with the bounds that our impls need.
pub(super) struct Generics<'a> {
    original: &'a syn::Generics,
    ident: &'a Ident,
    /// Enough for the layer to work, and for its type to be named.
    bounds: WhereClause,
}

impl<'a> Generics<'a> {
    /// The parameters as they were written; every value may cross threads and lives as long as it wants.
    pub(super) fn new(ident: &'a Ident, original: &'a syn::Generics) -> Self {
        let mut bounds = original.where_clause.clone().unwrap_or_else(|| parse_quote!(where));
        for param in original.type_params() {
            let param = &param.ident;
            bounds.predicates.push(parse_quote!(
                #param: __sc::core::marker::Send + __sc::core::marker::Sync + 'static
            ));
        }
        Self { original, ident, bounds }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.original.params.is_empty()
    }

    /// Adds what the fields need.
    pub(super) fn need_fields(&mut self, fields: &[Field], cells: &[Cell]) {
        if self.is_empty() {
            return;
        }
        for (field, cell) in fields.iter().zip(cells) {
            self.need(field, cell);
        }
    }

    fn need(&mut self, field: &Field, cell: &Cell) {
        let ty = &field.ty;
        // A bound on the type itself, for a list of it in itself, would have to hold in order to be proven.
        if !self.mentions(&ty.to_token_stream()) || mentions(&ty.to_token_stream(), self.ident) {
            return;
        }
        if matches!(field.default, Default::Trait) {
            self.bounds.predicates.push(parse_quote!(#ty: __sc::core::default::Default));
        }
        let nested = match &field.kind {
            Kind::Nested(ty) | Kind::Flatten(ty) => Some(ty),
            Kind::NestedList { item, .. } => Some(item),
            Kind::NestedMap { value, .. } => Some(value),
            _ => None,
        };
        if let Some(nested) = nested {
            self.need_config(nested);
        }
        if !matches!(field.kind, Kind::Nested(_) | Kind::Flatten(_)) {
            let cell = &cell.ty;
            self.bounds.predicates.push(parse_quote!(#cell: __sc::Layer<Value = #ty>));
        }
    }

    /// Adds that a type derives, if that is not plain.
    pub(super) fn need_config(&mut self, ty: &Type) {
        if self.mentions(&ty.to_token_stream()) {
            self.bounds.predicates.push(parse_quote!(#ty: __sc::Config));
        }
    }

    fn mentions(&self, tokens: &TokenStream) -> bool {
        self.original.params.iter().any(|param| match param {
            GenericParam::Type(param) => mentions(tokens, &param.ident),
            GenericParam::Const(param) => mentions(tokens, &param.ident),
            GenericParam::Lifetime(_) => false,
        })
    }

    /// `<T: Bound>`, `<T>` and `where ...`, for an impl or a definition.
    pub(super) fn split(&self) -> (TokenStream, TokenStream, TokenStream) {
        let (impl_generics, types, _) = self.original.split_for_impl();
        let bounds = (!self.bounds.predicates.is_empty()).then_some(&self.bounds);
        (impl_generics.to_token_stream(), types.to_token_stream(), bounds.to_token_stream())
    }

    /// The check of a schema's names, as a constant of the layer: with parameters, each form of the type has a tree of
    /// its own.
    pub(super) fn check(&self, schema: &TokenStream) -> Option<TokenStream> {
        (!self.is_empty()).then(|| quote!(const __CHECK: () = __sc::check::names(#schema);))
    }

    /// The statement by which the check is evaluated: a constant that nothing mentions is not.
    pub(super) fn evaluate_check(&self) -> Option<TokenStream> {
        (!self.is_empty()).then(|| quote!(let () = Self::__CHECK;))
    }

    /// A last field that uses every parameter, and how it is filled. It stands there without parameters too: a last
    /// field of a type that is not known makes the compiler repeat itself about the size of the whole.
    pub(super) fn marker(&self) -> (TokenStream, TokenStream) {
        let (ident, (_, types, _)) = (self.ident, self.original.split_for_impl());
        (
            quote!(__marker: __sc::core::marker::PhantomData<fn() -> #ident #types>,),
            quote!(__marker: __sc::core::marker::PhantomData,),
        )
    }
}

/// Whether a name stands anywhere in these tokens.
fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}
