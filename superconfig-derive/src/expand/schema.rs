//! The static description: what names are looked up in, and what templates and errors speak of.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

use super::cell::schema_of;
use crate::model::{Container, Decode, Default, Field, Kind, Merge, Struct, Variant};

/// The description of a struct, whose fields stand at `layer::__FIELDS`.
pub(super) fn of_struct(model: &Container, body: &Struct, layer: &TokenStream) -> TokenStream {
    let mut more = common(&model.doc, model.deny_unknown);
    if let Some(app) = &body.app {
        more.extend(quote!(app: __sc::core::option::Option::Some(#app),));
    }
    if let Some(prefix) = &body.env_prefix {
        more.extend(quote!(env_prefix: __sc::core::option::Option::Some(#prefix),));
    }
    if !body.profiles.is_empty() {
        let profiles = &body.profiles;
        more.extend(quote!(profiles: &[#(#profiles),*],));
    }
    let name = model.ident.unraw().to_string();
    schema(&name, &quote!(__sc::Body::Record(#layer::__FIELDS)), &more)
}

/// What the description of a type, or of a variant's fields, says besides names.
pub(super) fn common(doc: &str, deny_unknown: bool) -> TokenStream {
    let mut more = TokenStream::new();
    if !doc.is_empty() {
        more.extend(quote!(doc: #doc,));
    }
    if deny_unknown {
        more.extend(quote!(deny_unknown: true,));
    }
    more
}

/// A description with what differs from an empty one.
pub(super) fn schema(name: &str, body: &TokenStream, more: &TokenStream) -> TokenStream {
    if more.is_empty() {
        quote!(&__sc::Schema::new(#name, #body))
    } else {
        quote!(&__sc::Schema { #more ..__sc::Schema::new(#name, #body) })
    }
}

/// A variant's name and other spellings.
pub(super) fn word(variant: &Variant) -> TokenStream {
    let name = &variant.key;
    let mut more = TokenStream::new();
    if !variant.aliases.is_empty() {
        let aliases = &variant.aliases;
        more.extend(quote!(aliases: &[#(#aliases),*],));
    }
    if !variant.doc.is_empty() {
        let doc = &variant.doc;
        more.extend(quote!(doc: #doc,));
    }
    if more.is_empty() {
        quote!(__sc::Word::new(#name))
    } else {
        quote!(__sc::Word { #more ..__sc::Word::new(#name) })
    }
}

/// The descriptions of some fields, as one slice.
pub(super) fn fields(fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(field);
    quote!(&[#(#fields),*])
}

fn field(field: &Field) -> TokenStream {
    let ty = written(&field.ty);
    let mut more = quote!(ty: #ty,);
    let mut flag = |name: &str, on: bool| {
        if on {
            let name = quote::format_ident!("{name}");
            more.extend(quote!(#name: true,));
        }
    };
    flag("optional", field.may_be_none);
    flag("required", field.required);
    flag("secret", field.secret);
    flag("restart_required", field.restart_required);
    flag("custom_decode", !matches!(field.decode, Decode::Plain));
    if field.env.off {
        more.extend(quote!(env_derived: false,));
    }
    if !field.env.names.is_empty() {
        let names = &field.env.names;
        more.extend(quote!(env_names: &[#(#names),*],));
    }
    if !(field.aliases.is_empty() && field.deprecated_aliases.is_empty()) {
        let (current, former) = (&field.aliases, &field.deprecated_aliases);
        more.extend(quote! {
            aliases: &[
                #(__sc::Alias::new(#current),)*
                #(__sc::Alias::deprecated(#former),)*
            ],
        });
    }
    if !field.doc.is_empty() {
        let doc = &field.doc;
        more.extend(quote!(doc: #doc,));
    }
    if let Some(default) = default(&field.default) {
        more.extend(quote!(default: __sc::core::option::Option::Some(#default),));
    }
    if let Some(text) = &field.deprecated {
        more.extend(quote!(deprecated: __sc::core::option::Option::Some(#text),));
    }
    if let Some(separator) = &field.separator {
        more.extend(quote!(separator: #separator,));
    }
    if let Some(merge) = merge(&field.merge) {
        more.extend(quote!(merge: #merge,));
    }
    let (name, env, kind) = (&field.key, &field.env_part, kind(field));
    quote!(__sc::Field { #more ..__sc::Field::new(#name, #env, #kind) })
}

fn kind(field: &Field) -> TokenStream {
    match &field.kind {
        Kind::Leaf(_) => quote!(__sc::Kind::Leaf),
        Kind::List(_) => quote!(__sc::Kind::List),
        Kind::Map { .. } => quote!(__sc::Kind::Map),
        Kind::Nested(ty) => {
            let schema = schema_of(ty);
            quote!(__sc::Kind::Nested(#schema))
        }
        Kind::Flatten(ty) => {
            let schema = schema_of(ty);
            quote!(__sc::Kind::Flatten(#schema))
        }
        Kind::NestedList { item, .. } => {
            let schema = schema_of(item);
            let by = if let Merge::By(by) = &field.merge {
                let by = by.unraw().to_string();
                quote!(__sc::core::option::Option::Some(#by))
            } else {
                quote!(__sc::core::option::Option::None)
            };
            quote! {
                __sc::Kind::NestedList {
                    schema: __sc::Inner::By(|| #schema),
                    merge_by: #by,
                }
            }
        }
        Kind::NestedMap { value, .. } => {
            let schema = schema_of(value);
            quote!(__sc::Kind::NestedMap(__sc::Inner::By(|| #schema)))
        }
        Kind::Skip => quote!(__sc::Kind::Skip),
    }
}

fn merge(merge: &Merge) -> Option<TokenStream> {
    match merge {
        Merge::Replace => None,
        Merge::Append => Some(quote!(__sc::Merge::Append)),
        Merge::Prepend => Some(quote!(__sc::Merge::Prepend)),
        Merge::Union => Some(quote!(__sc::Merge::Union)),
        Merge::Deep | Merge::By(_) => Some(quote!(__sc::Merge::Deep)),
    }
}

/// The default as it was written, for people.
fn default(default: &Default) -> Option<String> {
    Some(match default {
        Default::None => return None,
        Default::Trait => "Default::default()".to_owned(),
        Default::Expr(expr) | Default::Value(expr) => written(expr),
        Default::Text(text) | Default::String(text) => written(text),
        Default::TextList(texts) => written(&quote!([#(#texts),*])),
        Default::List(items) => written(&quote!([#(#items),*])),
        Default::With(path) => format!("{}()", written(path)),
    })
}

/// Code as a person would have written it on one line.
pub(crate) fn written(tokens: &impl ToTokens) -> String {
    let mut out = String::new();
    write(&mut out, tokens.to_token_stream());
    out
}

fn write(out: &mut String, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(out, group.stream());
                out.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' => {
                    out.push(punct.as_char());
                    out.push(' ');
                }
                '=' | '+' | '|' => {
                    out.push(' ');
                    out.push(punct.as_char());
                    out.push(' ');
                }
                other => out.push(other),
            },
            word => {
                // Two words, or a word and a number, would run together.
                if out.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"') {
                    out.push(' ');
                }
                out.push_str(&word.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use syn::{Expr, Type};

    #[test]
    fn code_reads_as_people_write_it() {
        for text in [
            "Option<std::vec::Vec<u8>>",
            "BTreeMap<String, [u8; 4]>",
            "&'static str",
            "Box<dyn Fn(u8)>",
        ] {
            let ty: Type = syn::parse_str(text).expect("a type");
            assert_eq!(written(&ty), text);
        }
        for text in ["\"a b\"", "-5", "[1, -2]", "vec![1, 2]", "Mode::Fast", "f(1).max(2)"] {
            let expr: Expr = syn::parse_str(text).expect("an expression");
            assert_eq!(written(&expr), text);
        }
    }
}
