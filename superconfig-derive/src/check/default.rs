//! What a field is when nobody sets it, and whether a literal given for that can be a value of its type.
//!
//! The macro sees types only as they are written. Where it knows the type, it reads the literal itself and says
//! what is wrong; where it does not, the compiler (for expressions) or the first load (for texts) has the last word.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{
    Expr, ExprArray, ExprLit, ExprUnary, Lit, LitInt, LitStr, Type, UnOp, parse_quote,
    spanned::Spanned,
};

use super::{Scope, usage::Class};
use crate::{
    ast,
    attr::DefaultWord,
    ctxt::Ctxt,
    model::Default,
    shape::{self, Shape, Std},
    word::as_string,
};

/// What a default has to be a value of.
pub(crate) struct Target<'a> {
    pub(crate) class: Class,
    /// The type below the `Option`, or the whole type where a function of the user's reads it.
    pub(crate) ty: &'a Type,
    /// A function of the user's reads the field.
    pub(crate) by_hand: bool,
}

/// The default of a field.
pub(crate) fn check(
    cx: &Ctxt,
    raw: &ast::Field<'_>,
    target: &Target<'_>,
    scope: &Scope,
) -> Default {
    let attrs = &raw.attrs;
    if let (Some(default), Some(with)) = (&attrs.default, &attrs.default_with) {
        cx.clash(
            default.span,
            "`default` and `default_with` both say what the field is when nobody sets it: remove one of them",
            with.span,
            "`default_with` stands here",
        );
    }
    if target.class == Class::Flatten {
        return Default::None;
    }
    match (&attrs.default, &attrs.default_with) {
        (_, Some(with)) => Default::With(with.value.clone()),
        (Some(default), None) => match &default.value {
            DefaultWord::Expr(expr) => given(cx, expr, target),
            DefaultWord::Trait => Default::Trait,
        },
        (None, None) => absent(raw, target, scope),
    }
}

/// No word of the field says anything.
fn absent(raw: &ast::Field<'_>, target: &Target<'_>, scope: &Scope) -> Default {
    if let Some(container) = &scope.default
        && target.class != Class::Nested
    {
        let ident = raw.ident;
        return Default::Expr(parse_quote!(#container.#ident));
    }
    if target.class == Class::Skip {
        return Default::Trait;
    }
    if target.by_hand && matches!(shape::of(target.ty), Shape::Option(_)) {
        return Default::Expr(parse_quote!(::core::option::Option::None));
    }
    Default::None
}

fn given(cx: &Ctxt, expr: &Expr, target: &Target<'_>) -> Default {
    let literal = match expr {
        Expr::Lit(ExprLit { lit, .. }) => Some(Literal { lit, minus: false, expr }),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr: inner, .. }) => match &**inner {
            Expr::Lit(ExprLit { lit: lit @ (Lit::Int(_) | Lit::Float(_)), .. }) => {
                Some(Literal { lit, minus: true, expr })
            }
            _ => None,
        },
        _ => None,
    };
    match target.class {
        Class::Nested if literal.is_some() || matches!(expr, Expr::Array(_)) => {
            if let Some(text) = as_string(expr) {
                return Default::Text(text.clone());
            }
            cx.error(
                expr,
                "the default of a nested value is an expression of its type, or the name of a variant in quotes",
            );
            return Default::Expr(expr.clone());
        }
        Class::Nested => return Default::Expr(expr.clone()),
        Class::NestedList | Class::NestedMap => {
            if literal.is_some() || matches!(expr, Expr::Array(_)) {
                let example = if target.class == Class::NestedList {
                    "vec![...]"
                } else {
                    "BTreeMap::from([...])"
                };
                cx.error(
                    expr,
                    format!(
                        "{} takes an expression of the field's own type: `default = {example}`",
                        target.class.noun()
                    ),
                );
            }
            return Default::Expr(expr.clone());
        }
        Class::Map => {
            if literal.is_some() || matches!(expr, Expr::Array(_)) {
                cx.error(
                    expr,
                    "a map's default is an expression: `default = BTreeMap::from([...])`",
                );
            }
            return Default::Expr(expr.clone());
        }
        _ => {}
    }
    // Below the `Option` of a field that a function of the user's reads.
    let (ty, _) = shape::unwrap_option(target.ty);
    let default = match (shape::of(ty), expr, literal) {
        (Shape::List { item, .. }, Expr::Array(array), _) => items(cx, array, item),
        (Shape::List { .. }, _, Some(literal)) if !target.by_hand => {
            cx.error(
                expr,
                format!("the default of a list is a list: write `default = [{}]`", literal.shown()),
            );
            return Default::Expr(expr.clone());
        }
        (_, _, Some(literal)) => one(cx, &literal, ty, target),
        (_, Expr::Array(_), None) if Std::of(ty).is_some() => {
            let ty = written(ty);
            cx.error(expr, format!("the field is one `{ty}`, not a list: write `default = VALUE`"));
            return Default::Expr(expr.clone());
        }
        (_, Expr::Array(_), None) => Default::Value(expr.clone()),
        _ => Default::Expr(expr.clone()),
    };
    match default {
        // The function gives the whole type, so a value below its `Option` is wrapped here.
        Default::Value(value)
            if target.by_hand && matches!(shape::of(target.ty), Shape::Option(_)) =>
        {
            Default::Expr(parse_quote!(::core::option::Option::Some(#value)))
        }
        other => other,
    }
}

struct Literal<'a> {
    lit: &'a Lit,
    minus: bool,
    expr: &'a Expr,
}

impl Literal<'_> {
    fn shown(&self) -> String {
        written(self.expr)
    }

    fn span(&self) -> Span {
        self.expr.span()
    }
}

fn written(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// A literal for one value.
fn one(cx: &Ctxt, literal: &Literal<'_>, ty: &Type, target: &Target<'_>) -> Default {
    let text = match literal.lit {
        Lit::Str(text) => Some(text),
        _ => None,
    };
    if target.by_hand {
        // What the function reads is its own affair.
        return text
            .map_or_else(|| Default::Value(literal.expr.clone()), |it| Default::Text(it.clone()));
    }
    let Some(std) = Std::of(ty) else {
        return match text {
            Some(text) if target.class != Class::Skip => Default::Text(text.clone()),
            _ => Default::Value(literal.expr.clone()),
        };
    };
    if let Err(message) = fits(literal, std, ty) {
        cx.error_at(literal.span(), message);
    }
    match (text, std) {
        (Some(text), Std::String) => Default::String(text.clone()),
        (Some(text), _) if target.class == Class::Skip => {
            cx.error(
                text,
                format!(
                    "nothing reads a skipped field: write an expression of type `{}`",
                    written(ty)
                ),
            );
            Default::Trait
        }
        (Some(text), _) => Default::Text(text.clone()),
        (None, Std::Int { nonzero: true, .. }) => {
            let digits = match literal.lit {
                Lit::Int(int) => int.base10_digits(),
                _ => "",
            };
            let sign = if literal.minus { "-" } else { "" };
            Default::Text(LitStr::new(&format!("{sign}{digits}"), literal.span()))
        }
        (None, _) => Default::Value(literal.expr.clone()),
    }
}

/// The items of a list.
fn items(cx: &Ctxt, array: &ExprArray, item: &Type) -> Default {
    let mut texts = Vec::new();
    for elem in &array.elems {
        let (lit, minus) = match elem {
            Expr::Lit(ExprLit { lit, .. }) => (lit, false),
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
                Expr::Lit(ExprLit { lit, .. }) => (lit, true),
                _ => continue,
            },
            _ => continue,
        };
        if let Lit::Str(text) = lit {
            texts.push(text.clone());
        }
        if let Some(std) = Std::of(item)
            && let Err(message) = fits(&Literal { lit, minus, expr: elem }, std, item)
        {
            cx.error(elem, message);
        }
    }
    if texts.len() == array.elems.len() && !texts.is_empty() {
        return Default::TextList(texts);
    }
    if let Some(text) = texts.first() {
        cx.error(text, "texts and other values do not mix: write every item as a text, or none");
    }
    Default::List(array.elems.iter().cloned().collect())
}

/// Whether a literal can be a value of a type of std; otherwise what to write instead.
fn fits(literal: &Literal<'_>, std: Std, ty: &Type) -> Result<(), String> {
    let shown = literal.shown();
    let noun = std.noun();
    let is_not = || Err(format!("`{shown}` is not {noun}"));
    match (std, literal.lit) {
        (Std::Duration, _) => Err(format!(
            "a `Duration` is not read from {shown}: write `default = Duration::from_secs(30)`, or add `with = humantime_serde`"
        )),
        (Std::String, Lit::Str(_)) => Ok(()),
        (Std::String, Lit::Char(c)) => Err(format!(
            "`{shown}` is a character, the field is a `String`: write {:?}",
            c.value().to_string()
        )),
        (Std::String, _) => {
            Err(format!("`{shown}` is no string, the field is a `String`: write \"{shown}\""))
        }
        (_, Lit::Str(text)) if std.reads(&text.value()) => Ok(()),
        (Std::Int { .. }, Lit::Int(int)) => fits_int(int, literal.minus, std, ty),
        (Std::Int { min: 0, max: 255, nonzero: false }, Lit::Byte(_)) => Ok(()),
        (Std::Float, Lit::Float(float)) => match float.suffix() {
            "" => Ok(()),
            suffix if written(ty).ends_with(suffix) => Ok(()),
            suffix => {
                Err(format!("`{shown}` is a `{suffix}`, the field is not: remove the `{suffix}`"))
            }
        },
        (Std::Float, Lit::Int(int)) => {
            let sign = if literal.minus { "-" } else { "" };
            Err(format!(
                "`{shown}` is an integer, the field is a `{}`: write `{sign}{}.0`",
                written(ty),
                int.base10_digits()
            ))
        }
        (Std::Bool, Lit::Bool(_)) | (Std::Char, Lit::Char(_)) => Ok(()),
        (
            Std::Ip
            | Std::Ipv4
            | Std::Ipv6
            | Std::Socket
            | Std::SocketV4
            | Std::SocketV6
            | Std::Path,
            _,
        ) if !matches!(literal.lit, Lit::Str(_)) => {
            Err(format!("`{shown}` is not {noun}: write it as a string"))
        }
        _ => is_not(),
    }
}

fn fits_int(int: &LitInt, minus: bool, std: Std, ty: &Type) -> Result<(), String> {
    let written_ty = written(ty);
    let sign = if minus { "-" } else { "" };
    let shown = format!("{sign}{int}");
    let suffix = int.suffix();
    if !suffix.is_empty() && !written_ty.contains(suffix) {
        return Err(format!(
            "`{shown}` is a `{suffix}`, the field is a `{written_ty}`: write `{sign}{}`",
            int.base10_digits()
        ));
    }
    if std.reads(&format!("{sign}{}", int.base10_digits())) {
        return Ok(());
    }
    Err(format!("`{shown}` does not fit `{written_ty}`: write {}", std.noun()))
}
