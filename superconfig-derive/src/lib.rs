//! The derive macro of superconfig.
//!
//! What a struct goes through, and the file that does it: `attr` and `ast` read what was written, `check` decides
//! what is meant and collects every mistake in a `ctxt`, `model` is the outcome, and `expand` writes it as code. When
//! there were mistakes, `fallback` writes empty implementations beside the errors, so that one mistake is one message.

mod ast;
mod attr;
mod case;
mod check;
mod ctxt;
mod model;
mod shape;
mod symbol;
mod word;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct, or an enum used inside one, loadable as configuration.
///
/// See the documentation of `superconfig` for the attributes.
#[proc_macro_derive(SuperConfig, attributes(config, serde))]
pub fn derive_super_config(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).into()
}

/// parse → check → expand
fn derive(input: &DeriveInput) -> proc_macro2::TokenStream {
    let cx = ctxt::Ctxt::new();
    let model = ast::Container::read(&cx, input).map(|raw| check::check(&cx, &raw));
    match (cx.finish(), model) {
        (Ok(()), Some(_model)) => proc_macro2::TokenStream::new(),
        (errors, _) => errors.err().unwrap_or_default(),
    }
}
