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
mod expand;
mod fallback;
mod itself;
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
    let written_out = itself::write_out(input);
    let input = written_out.as_ref().unwrap_or(input);
    let cx = ctxt::Ctxt::new();
    let attrs = attr::ContainerAttrs::read(&cx, &input.attrs);
    let krate = check::krate(&attrs);
    let is_root = attrs.app.is_some() || attrs.env_prefix.is_some() || attrs.profiles.is_some();
    let model = ast::Container::read(&cx, input, attrs).map(|raw| check::check(&cx, &raw));
    match (cx.finish(), model) {
        (Ok(()), Some(model)) => expand::expand(&model),
        (errors, _) => {
            let mut output = errors.err().unwrap_or_default();
            output.extend(fallback::fallback(input, &krate, is_root));
            output
        }
    }
}
