//! A struct, or a variant with fields: its layer, and the faces by which sources reach its cells.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{ExprPath, Ident};

use super::{cell, config, entry, generics::Generics, layer_name, local, resolve, schema};
use crate::model::{Container, Field, Kind, Struct};

/// Fields that are set together.
pub(super) struct Record<'a> {
    pub(super) container: &'a Container,
    pub(super) fields: &'a [Field],
    /// The name of the layer.
    pub(super) layer: Ident,
    /// What the layer becomes is built and taken apart by this: `Settings`, `Store::S3`.
    pub(super) path: TokenStream,
    /// Whether a value may be something else: another variant.
    pub(super) refutable: bool,
    /// Keeps the names of what belongs to the cells apart.
    pub(super) scope: String,
    /// Where the description stands.
    pub(super) schema: TokenStream,
    pub(super) validate: Option<&'a ExprPath>,
}

/// Everything for a struct.
pub(super) fn container(model: &Container, body: &Struct) -> TokenStream {
    let ident = &model.ident;
    let mut generics = Generics::new(ident, &model.generics);
    let cells = cell::all(&body.fields, &generics, "");
    generics.need_fields(&body.fields, &cells);
    // What decodes a cell needs the bounds of all cells.
    let cells = cell::all(&body.fields, &generics, "");
    let types = generics.split().1;
    let layer = layer_name();
    let record = Record {
        container: model,
        fields: &body.fields,
        path: ident.to_token_stream(),
        refutable: false,
        scope: String::new(),
        schema: quote!(<#ident #types as __sc::Config>::SCHEMA),
        validate: model.validate.as_ref(),
        layer: layer.clone(),
    };
    let layer_items = write(&record, &generics, &cells);
    let schema = schema::of_struct(model, body, &quote!(<#layer #types>));
    let config = config(model, &generics, &quote!(#layer #types), &schema);
    let entry = entry::points(model, body);
    quote!(#layer_items #config #entry)
}

/// The layer of a record, with everything but the description of its container.
pub(super) fn write(
    record: &Record<'_>,
    generics: &Generics<'_>,
    cells: &[cell::Cell],
) -> TokenStream {
    let layer = &record.layer;
    let (impl_generics, types, bounds) = generics.split();
    let vis = &record.container.vis;
    let (marker, mark) = generics.marker();
    let names: Vec<_> = record.fields.iter().map(|field| &field.ident).collect();
    let cell_types = cells.iter().map(|cell| &cell.ty);
    let cell_items = cells.iter().map(|cell| &cell.items);

    let is_set = record.fields.iter().map(|field| {
        let cell = cell::of_self(field);
        quote_spanned!(cell::at(&field.ty)=> __sc::Place::is_set(&#cell))
    });
    let is_set = if names.is_empty() { quote!(false) } else { quote!(#(#is_set)||*) };
    let empty = record.fields.iter().map(|field| {
        let (name, span) = (cell::name(field), cell::at(&field.ty));
        quote_spanned!(span=> #name: __sc::core::default::Default::default(),)
    });
    let place = place(record.fields);
    let schema = &record.schema;
    let fields = schema::fields(record.fields);
    let check = generics.check(schema);
    let layer_impl = layer_impl(record, generics);
    quote! {
        #(#cell_items)*

        #vis struct #layer #impl_generics #bounds {
            #(#names: #cell_types,)*
            #marker
        }

        #[automatically_derived]
        impl #impl_generics #layer #types #bounds {
            const __FIELDS: &'static [__sc::Field] = #fields;
            #check
        }

        #[automatically_derived]
        impl #impl_generics __sc::core::default::Default for #layer #types #bounds {
            fn default() -> Self {
                Self { #(#empty)* #mark }
            }
        }

        #[automatically_derived]
        impl #impl_generics __sc::Place for #layer #types #bounds {
            fn target(&mut self) -> __sc::Target<'_> {
                __sc::Target::Record(self)
            }
            fn is_set(&self) -> bool {
                #is_set
            }
        }

        #[automatically_derived]
        impl #impl_generics __sc::Record for #layer #types #bounds {
            fn schema(&self) -> &'static __sc::Schema {
                #schema
            }
            #place
        }

        #layer_impl
    }
}

fn place(fields: &[Field]) -> TokenStream {
    let index = local("index");
    let Some((last, rest)) = fields.split_last() else {
        // No index leads here, for there is no field.
        return quote!(
            fn place(&mut self, _: usize) -> &mut dyn __sc::Place {
                self
            }
        );
    };
    let arms = rest.iter().enumerate().map(|(at, field)| {
        let cell = cell::of_self(field);
        quote_spanned!(cell::at(&field.ty)=> #at => &mut #cell,)
    });
    let last_cell = cell::of_self(last);
    let last = quote_spanned!(cell::at(&last.ty)=> &mut #last_cell);
    quote! {
        fn place(&mut self, #index: usize) -> &mut dyn __sc::Place {
            match #index {
                #(#arms)*
                _ => #last,
            }
        }
    }
}

fn layer_impl(record: &Record<'_>, generics: &Generics<'_>) -> TokenStream {
    let (layer, path) = (&record.layer, &record.path);
    let container = &record.container.ident;
    let (impl_generics, types, bounds) = generics.split();
    let (_, mark) = generics.marker();
    let names: Vec<_> = record.fields.iter().map(|field| &field.ident).collect();
    let values = record
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| quote::format_ident!("__v{index}", span = cell::at(&field.ty)));
    let values: Vec<_> = values.collect();
    // No expression of the user's stands in these two functions, so their variables need not be hidden from any.
    let value = local("value");
    let merges = record.fields.iter().map(|field| {
        let (now, then) = (cell::of_self(field), cell::of(field, "__later"));
        quote_spanned!(cell::at(&field.ty)=> __sc::Layer::merge(&mut #now, #then);)
    });
    let made = record.fields.iter().zip(&values).map(|(field, value)| {
        let (name, span) = (cell::name(field), cell::at(&field.ty));
        quote_spanned!(span=> #name: __sc::Layer::from_value(#value),)
    });
    let pin = pin(record.fields);
    let resolve = resolve::function(record, generics);
    let taken_apart = quote!(#path { #(#names: #values,)* });
    let built = quote!(Self { #(#made)* #mark });
    let from_value = if record.refutable {
        quote! {
            match #value {
                #taken_apart => #built,
                _ => __sc::core::default::Default::default(),
            }
        }
    } else {
        quote!(let #taken_apart = #value; #built)
    };
    // A record without fields has nothing to merge.
    let next_name = if names.is_empty() { quote!(_) } else { quote!(__later) };
    quote! {
        #[automatically_derived]
        impl #impl_generics __sc::Layer for #layer #types #bounds {
            type Value = #container #types;

            fn merge(&mut self, #next_name: Self) {
                #(#merges)*
            }

            #pin

            #resolve

            fn from_value(#value: Self::Value) -> Self {
                #from_value
            }
        }
    }
}

/// `fn pin`, where a field needs a restart or may hold one that does.
fn pin(fields: &[Field]) -> Option<TokenStream> {
    let lines: Vec<_> = fields
        .iter()
        .filter_map(|field| {
            let (now, then) = (cell::of_self(field), cell::of(field, "__first"));
            let span = cell::at(&field.ty);
            match field.kind {
                _ if field.restart_required => Some(quote_spanned!(span=> #now = #then;)),
                Kind::Nested(_) | Kind::Flatten(_) | Kind::NestedMap { .. } => {
                    Some(quote_spanned!(span=> __sc::Layer::pin(&mut #now, #then);))
                }
                _ => None,
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        quote! {
            fn pin(&mut self, __first: Self) {
                #(#lines)*
            }
        }
    })
}
