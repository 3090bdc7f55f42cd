//! One word of an attribute with what was given to it, before anybody asks what it means.
//!
//! Reading goes on after a mistake: what cannot be parsed is skipped up to the next comma, so that the
//! other words of the attribute are still looked at.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Meta, Token,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::ctxt::Ctxt;

/// `name`, `name = value` or `name(list)`.
pub(crate) struct Word {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

/// What stands after a word.
pub(crate) enum Value {
    Nothing,
    Is(Expr),
    List(Span, TokenStream),
}

/// Reads the words of one attribute. `lenient` keeps quiet about what cannot be parsed: that is for
/// attributes of others, who check them themselves.
pub(crate) fn read(cx: &Ctxt, attribute: &Attribute, lenient: bool) -> Vec<Word> {
    let Meta::List(list) = &attribute.meta else {
        if !lenient {
            cx.error(attribute, "write the words in parentheses: `#[config(default = 8080)]`");
        }
        return Vec::new();
    };
    let mut words = Vec::new();
    let mut errors = Vec::new();
    let parsed = list.parse_args_with(|input: ParseStream<'_>| {
        while !input.is_empty() {
            match read_one(input) {
                Ok(word) => {
                    words.push(word);
                    if !input.is_empty() && !input.peek(Token![,]) {
                        errors.push(input.error("expected `,` before the next word"));
                    }
                }
                Err(error) => errors.push(error),
            }
            skip_to_comma(input)?;
        }
        Ok(())
    });
    if !lenient {
        errors.into_iter().chain(parsed.err()).for_each(|error| cx.push(error));
    }
    words
}

fn read_one(input: ParseStream<'_>) -> syn::Result<Word> {
    if input.peek(Lit) {
        return Err(input.error("expected a word such as `default`, found a literal"));
    }
    let name = input.call(Ident::parse_any)?;
    let value = if input.peek(Token![=]) {
        let eq: Token![=] = input.parse()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(eq.span, format!("expected a value: `{name} = ...`")));
        }
        Value::Is(ungroup(input.parse()?))
    } else if input.peek(syn::token::Paren) {
        let content;
        let parens = parenthesized!(content in input);
        Value::List(parens.span.join(), content.parse()?)
    } else {
        Value::Nothing
    };
    Ok(Word { name, value })
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _: TokenTree = input.parse()?;
    }
    if !input.is_empty() {
        let _: Token![,] = input.parse()?;
    }
    Ok(())
}

/// A value that came through `macro_rules!` stands in invisible parentheses.
fn ungroup(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungroup(*group.expr),
        other => other,
    }
}

/// The string that an expression is, if it is one.
pub(crate) fn as_string(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

impl Word {
    /// The word without a raw prefix.
    pub(crate) fn text(&self) -> String {
        self.name.unraw().to_string()
    }

    /// Where the word stands.
    pub(crate) fn span(&self) -> Span {
        self.name.span()
    }

    /// A word that takes no value.
    pub(crate) fn flag(self, cx: &Ctxt) -> Option<()> {
        let name = &self.name;
        match &self.value {
            Value::Nothing => return Some(()),
            Value::Is(expr) => cx.error(expr, format!("`{name}` takes no value: write `{name}`")),
            Value::List(span, _) => {
                cx.error_at(*span, format!("`{name}` takes no arguments: write `{name}`"));
            }
        }
        None
    }

    /// A word whose value is a string literal.
    pub(crate) fn string(self, cx: &Ctxt, example: &str) -> Option<LitStr> {
        let message = format!("expected a string literal: `{example}`");
        match self.value {
            Value::Is(expr) => match as_string(&expr) {
                Some(text) => return Some(text.clone()),
                None => cx.error(expr, message),
            },
            Value::List(span, _) => cx.error_at(span, message),
            Value::Nothing => {
                cx.error(&self.name, format!("`{}` needs a value: `{example}`", self.name));
            }
        }
        None
    }

    /// A word whose value is a path to an item.
    pub(crate) fn path(self, cx: &Ctxt, example: &str) -> Option<ExprPath> {
        match self.value {
            Value::Is(Expr::Path(path)) => return Some(path),
            Value::Is(expr) => match as_string(&expr) {
                Some(text) => cx.error(
                    &expr,
                    format!("write the path without quotes: `{} = {}`", self.name, text.value()),
                ),
                None => cx.error(&expr, format!("expected a path: `{example}`")),
            },
            Value::List(span, _) => cx.error_at(span, format!("expected a path: `{example}`")),
            Value::Nothing => {
                cx.error(&self.name, format!("`{}` needs a path: `{example}`", self.name));
            }
        }
        None
    }

    /// A word whose value is a list of string literals in parentheses.
    pub(crate) fn strings(self, cx: &Ctxt, example: &str) -> Option<Vec<LitStr>> {
        let message = format!("expected string literals in parentheses: `{example}`");
        match self.value {
            Value::List(_, tokens) => {
                match Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(tokens) {
                    Ok(list) => return Some(list.into_iter().collect()),
                    Err(error) => cx.error_at(error.span(), message),
                }
            }
            Value::Is(expr) => cx.error(expr, message),
            Value::Nothing => cx.error(&self.name, message),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, read};
    use crate::ctxt::Ctxt;
    use syn::parse_quote;

    #[test]
    fn reading_goes_on_after_a_mistake() {
        let cx = Ctxt::new();
        let attribute = parse_quote!(#[config(secret, default = , 5, env = "A" "B", crate = a::b)]);
        let words = read(&cx, &attribute, false);
        let names: Vec<String> = words.iter().map(super::Word::text).collect();
        assert_eq!(names, ["secret", "env", "crate"]);
        assert!(matches!(words[2].value, Value::Is(syn::Expr::Path(_))));
        assert_eq!(
            cx.into_messages(),
            [
                "expected a value: `default = ...`",
                "expected a word such as `default`, found a literal",
                "expected `,` before the next word",
            ]
        );
    }

    #[test]
    fn attributes_of_others_are_read_in_silence() {
        let cx = Ctxt::new();
        let words = read(&cx, &parse_quote!(#[serde(bound(x = "a"), = 5, skip)]), true);
        assert_eq!(words.len(), 2);
        assert!(cx.into_messages().is_empty());
    }
}
