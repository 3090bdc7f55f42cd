//! What a value of a type that is known by its text takes.

use super::json::Json;
use crate::reference::ty::{self, Ty};
use crate::schema::{Field, Kind};

/// What a field takes that is one value, or a list or a map of such.
pub(super) fn of(field: &Field) -> Json {
    if field.custom_decode {
        return Json::object();
    }
    match (ty::of(field.ty), field.kind) {
        // A type behind an alias may be a list or map as well, if nobody can see it.
        (Ty::Any, Kind::List) => Json::object().with("type", Json::text("array")),
        (Ty::Any, Kind::Map) => Json::object().with("type", Json::text("object")),
        (ty, _) => of_type(&ty, false),
    }
}

/// What an item of a field's list takes.
pub(super) fn item(field: &Field) -> Json {
    let of_list = |ty: Ty| match ty {
        Ty::List(item) if !field.custom_decode => of_type(&item, false),
        _ => Json::object(),
    };
    match ty::of(field.ty) {
        Ty::Option(inner) => of_list(*inner),
        ty => of_list(ty),
    }
}

fn of_type(ty: &Ty, null: bool) -> Json {
    let named = |name: &str| {
        let name = Json::text(name);
        let names = if null { Json::List(vec![name, Json::text("null")]) } else { name };
        Json::object().with("type", names)
    };
    match ty {
        Ty::Option(inner) => of_type(inner, true),
        Ty::Bool => named("boolean"),
        Ty::Float => named("number"),
        Ty::Char => {
            let one = || Json::Number("1".to_owned());
            named("string").with("minLength", one()).with("maxLength", one())
        }
        Ty::Text { format, .. } => {
            let mut text = named("string");
            if let Some(format) = format {
                text.put("format", Json::text(format));
            }
            text
        }
        Ty::Int { min, max, nonzero } => {
            let mut int = named("integer");
            let (low, high) = limits(*min, *max, *nonzero);
            for (name, limit) in [("minimum", low), ("maximum", high)] {
                if let Some(limit) = limit {
                    int.put(name, Json::Number(limit.to_string()));
                }
            }
            if *nonzero && *min < 0 {
                let zero = Json::object().with("const", Json::Number("0".to_owned()));
                int.put("not", zero);
            }
            int
        }
        Ty::List(item) => named("array").with("items", of_type(item, false)),
        Ty::Map(value) => named("object").with("additionalProperties", of_type(value, false)),
        Ty::Any => Json::object(),
    }
}

/// The name of the type that the keywords for a type tell.
pub(super) fn name(ty: &Ty) -> String {
    match ty {
        Ty::Int { min, max, nonzero } => {
            let limits = limits(*min, *max, *nonzero);
            let known = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"].into_iter();
            let mut same = known.filter(|name| {
                !nonzero && limits == (Some(*min), i128::try_from(*max).ok()) && ty::of(name) == *ty
            });
            same.next().unwrap_or("integer").to_owned()
        }
        Ty::Float => "f64".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Char => "char".to_owned(),
        Ty::Text { name, format: Some(_), .. } => (*name).to_owned(),
        Ty::Text { .. } => "String".to_owned(),
        Ty::Option(inner) => format!("Option<{}>", name(inner)),
        Ty::List(item) => format!("Vec<{}>", name(item)),
        Ty::Map(value) => format!("BTreeMap<String, {}>", name(value)),
        Ty::Any => "Value".to_owned(),
    }
}

/// The limits that are written. What has more digits than other tools keep is no limit to them.
pub(super) fn limits(min: i128, max: u128, nonzero: bool) -> (Option<i128>, Option<i128>) {
    let low = if nonzero && min == 0 { 1 } else { min };
    let low = Some(low).filter(|low| *low >= i64::MIN.into());
    let high = Some(max).filter(|max| *max <= u64::MAX.into());
    (low, high.and_then(|high| i128::try_from(high).ok()))
}

/// A pattern of a key with `-` and `_` taken for the same.
pub(super) fn either_dash(name: &str) -> String {
    let mut out = String::from("^");
    for c in name.chars() {
        match c {
            '-' | '_' => out.push_str("[-_]"),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() => out.push(c),
            c => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    out.push('$');
    out
}
