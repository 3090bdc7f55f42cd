//! Where errors gather, so that one struct shows all of its mistakes at once.

use std::{cell::RefCell, fmt::Display, thread};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors. Dropping it unread panics, so that no path through the macro can lose one.
pub(crate) struct Ctxt {
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Ctxt {
    /// An empty context.
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// Adds an error that underlines `tokens`.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens.into_token_stream(), message));
    }

    /// Adds an error at one span.
    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Adds an error with both of its sites: the second is the mistake, the first explains it.
    pub(crate) fn clash(&self, second: Span, message: impl Display, first: Span, what: &str) {
        self.error_at(second, message);
        self.error_at(first, what);
    }

    /// Adds an error that syn has made.
    pub(crate) fn push(&self, error: syn::Error) {
        self.errors.borrow_mut().as_mut().expect("the context is not read yet").push(error);
    }

    /// Ends the collecting: `Ok` when there was nothing to say, otherwise every error as code.
    pub(crate) fn finish(self) -> Result<(), TokenStream> {
        let errors = self.errors.take().expect("the context is read once");
        if errors.is_empty() {
            return Ok(());
        }
        Err(errors.iter().map(syn::Error::to_compile_error).collect())
    }

    /// The messages so far; for tests.
    #[cfg(test)]
    pub(crate) fn into_messages(self) -> Vec<String> {
        self.errors.take().unwrap_or_default().iter().map(ToString::to_string).collect()
    }
}

impl Drop for Ctxt {
    fn drop(&mut self) {
        assert!(
            thread::panicking() || self.errors.borrow().is_none(),
            "the errors of this context were never read"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::Ctxt;
    use proc_macro2::Span;

    #[test]
    #[should_panic(expected = "never read")]
    fn an_unread_context_panics() {
        Ctxt::new().error_at(Span::call_site(), "lost");
    }

    #[test]
    fn every_error_is_kept() {
        let cx = Ctxt::new();
        cx.error_at(Span::call_site(), "one");
        cx.clash(Span::call_site(), "two", Span::call_site(), "first one here");
        let code = cx.finish().expect_err("there are errors").to_string();
        for message in ["one", "two", "first one here"] {
            assert!(code.contains(message), "{code}");
        }
    }
}
