//! `Self` in a struct means the struct, also where its tokens end up in the impl of another type.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::DeriveInput;

/// The input with `Self` written out; `None` where it does not occur.
pub(crate) fn write_out(input: &DeriveInput) -> Option<DeriveInput> {
    let tokens = input.to_token_stream();
    if !occurs(&tokens) {
        return None;
    }
    let (_, types, _) = input.generics.split_for_impl();
    let turbofish = types.as_turbofish().to_token_stream();
    syn::parse2(replace(tokens, &input.ident, &turbofish)).ok()
}

fn occurs(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => occurs(&group.stream()),
        _ => false,
    })
}

fn replace(tokens: TokenStream, name: &Ident, turbofish: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let mut name = name.clone();
                name.set_span(ident.span());
                quote_spanned!(ident.span()=> #name #turbofish)
            }
            TokenTree::Group(group) => {
                let inner = replace(group.stream(), name, turbofish);
                let mut replaced = Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            other => other.into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::write_out;
    use quote::ToTokens;
    use syn::{DeriveInput, parse_quote};

    #[test]
    fn self_is_written_out_everywhere() {
        let input: DeriveInput = parse_quote! {
            struct S<T> { #[config(default = Self::new(vec![Self::X]))] a: Vec<Self>, b: T }
        };
        let output = write_out(&input).expect("`Self` occurs").into_token_stream().to_string();
        assert!(!output.contains("Self"), "{output}");
        assert!(output.contains("S :: < T > :: new"), "{output}");
        assert!(
            write_out(&parse_quote!(
                struct S {
                    a: u8,
                }
            ))
            .is_none()
        );
    }
}
