//! An internally tagged enum: a layer for each variant, and which one is meant.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::{cell, config, generics::Generics, layer_name, local, record, resolve, schema};
use crate::model::{Container, Shape, Variant};

/// A variant that input can name.
struct Arm<'a> {
    variant: &'a Variant,
    index: usize,
    /// The field of the enum's layer that holds the variant's.
    place: syn::Ident,
    /// The variant's layer.
    layer: TokenStream,
    /// The description of what it holds.
    schema: TokenStream,
    /// What has to be defined for it.
    items: TokenStream,
}

/// Everything for an internally tagged enum.
pub(super) fn container(model: &Container, variants: &[Variant], tag: &str) -> TokenStream {
    let ident = &model.ident;
    let mut generics = Generics::new(ident, &model.generics);
    for variant in variants {
        match &variant.shape {
            Shape::Unit => {}
            Shape::Newtype(ty) => generics.need_config(ty),
            Shape::Struct(fields) => {
                let cells = cell::all(fields, &generics, "");
                generics.need_fields(fields, &cells);
            }
        }
    }
    let readable = variants.iter().filter(|variant| !variant.skip).enumerate();
    let arms: Vec<Arm<'_>> = readable.map(|(index, it)| arm(model, &generics, index, it)).collect();
    let skips = arms.len() < variants.len();

    let layer_items = layer(model, &generics, tag, &arms, skips);
    let layer = layer_name();
    let types = generics.split().1;
    let name = ident.unraw().to_string();
    let schema = schema::schema(
        &name,
        &quote!(__sc::Body::Choice { tag: #tag, variants: <#layer #types>::__VARIANTS }),
        &schema::common(&model.doc, model.deny_unknown),
    );
    let config = config(model, &generics, &quote!(#layer #types), &schema);
    let items = arms.iter().map(|arm| &arm.items);
    quote!(#(#items)* #layer_items #config)
}

fn arm<'a>(
    model: &Container,
    generics: &Generics<'_>,
    index: usize,
    variant: &'a Variant,
) -> Arm<'a> {
    let place = format_ident!("variant_{index}");
    if let Shape::Newtype(ty) = &variant.shape {
        return Arm {
            variant,
            index,
            place,
            layer: quote!(<#ty as __sc::Config>::Layer),
            schema: quote!(<#ty as __sc::Config>::SCHEMA),
            items: TokenStream::new(),
        };
    }
    let fields = match &variant.shape {
        Shape::Struct(fields) => fields.as_slice(),
        Shape::Unit | Shape::Newtype(_) => &[],
    };
    let (ident, name) = (&model.ident, &variant.ident);
    let layer = format_ident!("__Variant{index}", span = proc_macro2::Span::mixed_site());
    let (impl_generics, types, bounds) = generics.split();
    let record = record::Record {
        container: model,
        fields,
        layer: layer.clone(),
        path: quote!(#ident::#name),
        refutable: true,
        scope: format!("{index}_"),
        schema: quote!(<#layer #types>::__SCHEMA),
        validate: None,
    };
    let cells = cell::all(fields, generics, &record.scope);
    let mut items = record::write(&record, generics, &cells);
    let schema = schema::schema(
        &name.unraw().to_string(),
        &quote!(__sc::Body::Record(Self::__FIELDS)),
        &schema::common(&variant.doc, model.deny_unknown),
    );
    items.extend(quote! {
        #[automatically_derived]
        impl #impl_generics #layer #types #bounds {
            const __SCHEMA: &'static __sc::Schema = #schema;
        }
    });
    let (layer, schema) = (quote!(#layer #types), record.schema);
    Arm { variant, index, place, layer, schema, items }
}

fn layer(
    model: &Container,
    generics: &Generics<'_>,
    tag: &str,
    arms: &[Arm<'_>],
    skips: bool,
) -> TokenStream {
    let ident = &model.ident;
    let layer = layer_name();
    let (impl_generics, types, bounds) = generics.split();
    let vis = &model.vis;
    let (marker, mark) = generics.marker();
    let places: Vec<_> = arms.iter().map(|arm| &arm.place).collect();
    let layers: Vec<_> = arms.iter().map(|arm| &arm.layer).collect();
    // A variant that no input names can still come from a value of the program's.
    let hidden = skips.then(|| quote!(hidden: __sc::Skipped<#ident #types>,));
    let nothing_hidden = skips.then(|| quote!(hidden: __sc::core::default::Default::default(),));
    let entries = arms.iter().map(|arm| {
        let (word, schema) = (schema::word(arm.variant), &arm.schema);
        quote!(__sc::Variant { word: #word, schema: #schema })
    });
    let check = generics.check(&quote!(<#ident #types as __sc::Config>::SCHEMA));
    let index = local("index");
    let last = arms.last().map(|arm| &arm.place);
    let reach = arms.split_last().map(|(_, rest)| {
        rest.iter()
            .map(|Arm { index, place, .. }| quote!(#index => &mut self.#place,))
            .collect::<TokenStream>()
    });
    let layer_impl = layer_impl(model, generics, tag, arms, skips);
    quote! {
        #vis struct #layer #impl_generics #bounds {
            tag: __sc::core::option::Option<usize>,
            #(#places: #layers,)*
            #hidden
            #marker
        }

        #[automatically_derived]
        impl #impl_generics #layer #types #bounds {
            const __VARIANTS: &'static [__sc::Variant] = &[#(#entries),*];
            #check
        }

        #[automatically_derived]
        impl #impl_generics __sc::core::default::Default for #layer #types #bounds {
            fn default() -> Self {
                Self {
                    tag: __sc::core::option::Option::None,
                    #(#places: __sc::core::default::Default::default(),)*
                    #nothing_hidden
                    #mark
                }
            }
        }

        #[automatically_derived]
        impl #impl_generics __sc::Place for #layer #types #bounds {
            fn target(&mut self) -> __sc::Target<'_> {
                __sc::Target::Choice(self)
            }
            fn is_set(&self) -> bool {
                __sc::core::option::Option::is_some(&self.tag)
                    #(|| __sc::Place::is_set(&self.#places))*
            }
        }

        #[automatically_derived]
        impl #impl_generics __sc::Choice for #layer #types #bounds {
            fn schema(&self) -> &'static __sc::Schema {
                <#ident #types as __sc::Config>::SCHEMA
            }
            fn select(&mut self, #index: usize) {
                self.tag = __sc::core::option::Option::Some(#index);
            }
            fn selected(&self) -> __sc::core::option::Option<usize> {
                self.tag
            }
            fn variant(&mut self, #index: usize) -> &mut dyn __sc::Place {
                match #index {
                    #reach
                    _ => &mut self.#last,
                }
            }
        }

        #layer_impl
    }
}

fn layer_impl(
    model: &Container,
    generics: &Generics<'_>,
    tag: &str,
    arms: &[Arm<'_>],
    skips: bool,
) -> TokenStream {
    let ident = &model.ident;
    let layer = layer_name();
    let (impl_generics, types, bounds) = generics.split();
    let (next, value, cx) = (local("later"), local("value"), local("cx"));
    let (now, before) = (local("now"), local("before"));
    let first = local("first");
    let holding = arms.iter().filter(|arm| !matches!(arm.variant.shape, Shape::Unit));
    let holding: Vec<_> = holding.map(|arm| &arm.place).collect();
    // A variant that was not meant then holds nothing.
    let pin = (!holding.is_empty()).then(|| {
        quote! {
            fn pin(&mut self, #first: Self) {
                if self.tag == #first.tag {
                    #(__sc::Layer::pin(&mut self.#holding, #first.#holding);)*
                }
            }
        }
    });
    let places: Vec<_> = arms.iter().map(|arm| &arm.place).collect();
    let check = generics.evaluate_check();
    let resolves = arms.iter().map(|arm| {
        let (index, place, name) = (arm.index, &arm.place, &arm.variant.ident);
        let resolved = quote!(__sc::Layer::resolve(self.#place, #cx));
        let resolved = match arm.variant.shape {
            Shape::Newtype(_) => {
                quote!(__sc::core::option::Option::map(#resolved, #ident::#name))
            }
            Shape::Unit | Shape::Struct(_) => resolved,
        };
        quote!(__sc::core::option::Option::Some(#index) => #resolved,)
    });
    let resolve_hidden = skips.then(
        || quote!(__sc::core::option::Option::Some(_) => __sc::Layer::resolve(self.hidden, #cx),),
    );
    let validated = model.validate.as_ref().map_or_else(
        || value.to_token_stream(),
        |validate| {
            let validate = resolve::validation(validate);
            quote!(__sc::Resolution::check_all(#cx, #value, #validate))
        },
    );
    // A single variant has no others.
    let others = arms.len() > 1;
    let this = if others { quote!(mut self) } else { quote!(self) };
    let effect = others.then(|| quote!(__sc::Resolution::check_effect(#cx, &mut self);));
    let froms = arms.iter().map(|arm| from_value(ident, arm));
    let hidden_index = arms.len();
    let from_hidden = skips.then(|| {
        quote! {
            #value => Self {
                tag: __sc::core::option::Option::Some(#hidden_index),
                hidden: __sc::Layer::from_value(#value),
                ..__sc::core::default::Default::default()
            },
        }
    });
    let merge_hidden = skips.then(|| quote!(__sc::Layer::merge(&mut self.hidden, #next.hidden);));
    quote! {
        #[automatically_derived]
        impl #impl_generics __sc::Layer for #layer #types #bounds {
            type Value = #ident #types;

            fn merge(&mut self, #next: Self) {
                if let (
                    __sc::core::option::Option::Some(#now),
                    __sc::core::option::Option::Some(#before),
                ) = (#next.tag, self.tag) {
                    if #now != #before {
                        *self = #next;
                        return;
                    }
                }
                self.tag = __sc::core::option::Option::or(#next.tag, self.tag);
                #(__sc::Layer::merge(&mut self.#places, #next.#places);)*
                #merge_hidden
            }

            #pin

            fn resolve(
                #this,
                #cx: &mut __sc::Resolution,
            ) -> __sc::core::option::Option<Self::Value> {
                #check
                #effect
                let #value = match self.tag {
                    #(#resolves)*
                    #resolve_hidden
                    _ => {
                        __sc::Resolution::refuse(#cx, __sc::Why::NoVariant {
                            tag: #tag,
                            known: __sc::Schema::words(<Self::Value as __sc::Config>::SCHEMA),
                        });
                        __sc::core::option::Option::None
                    }
                };
                #validated
            }

            fn from_value(#value: Self::Value) -> Self {
                match #value {
                    #(#froms)*
                    #from_hidden
                }
            }
        }
    }
}

fn from_value(ident: &syn::Ident, arm: &Arm<'_>) -> TokenStream {
    let (index, place, name) = (arm.index, &arm.place, &arm.variant.ident);
    let value = local("value");
    let pattern = match arm.variant.shape {
        Shape::Newtype(_) => quote!(#ident::#name(#value)),
        Shape::Unit | Shape::Struct(_) => quote!(#value @ #ident::#name { .. }),
    };
    quote! {
        #pattern => Self {
            tag: __sc::core::option::Option::Some(#index),
            #place: __sc::Layer::from_value(#value),
            ..__sc::core::default::Default::default()
        },
    }
}
