//! Names of environment variables: what may be one, and what to write instead.

use syn::LitStr;

use crate::{attr::FieldAttrs, case::env_part, ctxt::Ctxt};

/// Checks a prefix and takes its one tolerated `_` off.
pub(crate) fn check_prefix(cx: &Ctxt, prefix: &LitStr) -> String {
    let text = prefix.value();
    let bare = text.strip_suffix('_').unwrap_or(&text);
    let good = bare.starts_with(|c: char| c.is_ascii_uppercase())
        && bare.chars().all(is_name_char)
        && !bare.ends_with('_');
    if text.is_empty() {
        cx.error(
            prefix,
            "an empty prefix would claim every variable: write `env_prefix = \"ORDERS\"`",
        );
    } else if !good {
        cx.error(
            prefix,
            format!("`{text}` cannot begin a variable's name: write {}", suggest(&text)),
        );
    }
    bare.to_owned()
}

/// Checks the full name of a variable.
pub(crate) fn check_name(cx: &Ctxt, name: &LitStr) -> String {
    let text = name.value();
    let good = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && text.chars().all(is_name_char);
    if text.is_empty() {
        cx.error(
            name,
            "a variable needs a name: write `env = \"PORT\"`, or `env = false` for none at all",
        );
    } else if !good {
        cx.error(name, format!("`{text}` cannot be a variable's name: write {}", suggest(&text)));
    }
    text
}

/// Whether a field has no variable; names beside that are a contradiction.
pub(crate) fn check_off(cx: &Ctxt, attrs: &FieldAttrs) -> bool {
    let Some(off) = &attrs.env_off else { return false };
    if let Some(name) = attrs.env.first() {
        cx.clash(
            name.value.span(),
            "`env = false` means no variable at all: remove one of them",
            off.span,
            "`env = false` stands here",
        );
    }
    true
}

const fn is_name_char(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'
}

fn suggest(text: &str) -> String {
    let name = env_part(text);
    let name = name.trim_matches('_').trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    if name.is_empty() || name.contains("__") {
        "capital letters, digits and `_`, a letter first".to_owned()
    } else {
        format!("`{name}`")
    }
}

#[cfg(test)]
mod tests {
    use super::{check_name, check_prefix};
    use crate::ctxt::Ctxt;
    use proc_macro2::Span;
    use syn::LitStr;

    #[test]
    fn prefixes() {
        for (text, message) in [
            ("ORDERS", None),
            ("ORDERS_", None),
            ("O2_X", None),
            ("orders", Some("write `ORDERS`")),
            ("my-app", Some("write `MY_APP`")),
            ("ORDERS__", Some("write `ORDERS`")),
            ("9LIVES", Some("write `LIVES`")),
            ("", Some("an empty prefix")),
            ("__", Some("capital letters")),
        ] {
            let cx = Ctxt::new();
            check_prefix(&cx, &LitStr::new(text, Span::call_site()));
            let said = cx.into_messages();
            assert_eq!(said.is_empty(), message.is_none(), "{text}: {said:?}");
            assert!(message.is_none_or(|message| said[0].contains(message)), "{text}: {said:?}");
        }
    }

    #[test]
    fn names() {
        for (text, message) in [
            ("PORT", None),
            ("_X1", None),
            ("port", Some("write `PORT`")),
            ("MY.PORT", Some("write `MY_PORT`")),
            ("1PORT", Some("write `PORT`")),
            ("", Some("needs a name")),
        ] {
            let cx = Ctxt::new();
            check_name(&cx, &LitStr::new(text, Span::call_site()));
            let said = cx.into_messages();
            assert_eq!(said.is_empty(), message.is_none(), "{text}: {said:?}");
            assert!(message.is_none_or(|message| said[0].contains(message)), "{text}: {said:?}");
        }
    }
}
