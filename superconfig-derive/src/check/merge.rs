//! How a later source meets an earlier one, and what each kind of field can do.

use syn::Type;

use super::{field::is_set, usage::Class};
use crate::{attr::FieldAttrs, ctxt::Ctxt, model::Merge, symbol};

/// The strategy of a field.
pub(crate) fn check(cx: &Ctxt, attrs: &FieldAttrs, class: Class, ty: &Type) -> Merge {
    check_merge_by(cx, attrs, class);
    if let (Class::NestedList, Some(by)) = (class, &attrs.merge_by) {
        return Merge::By(by.value.clone());
    }
    let Some(merge) = &attrs.merge else { return by_default(class) };
    let name = merge.value.to_string();
    // `usage` has said that these take no strategy at all.
    if matches!(class, Class::Flatten | Class::Skip) {
        return Merge::Deep;
    }
    if !strategies(class, is_set(ty)).contains(&name.as_str()) {
        cx.error(&merge.value, unfit(&name, class, is_set(ty)));
    }
    match name.as_str() {
        "append" => Merge::Append,
        "prepend" => Merge::Prepend,
        "union" => Merge::Union,
        "deep" => Merge::Deep,
        _ => Merge::Replace,
    }
}

fn by_default(class: Class) -> Merge {
    match class {
        Class::Leaf | Class::List | Class::NestedList => Merge::Replace,
        Class::Map | Class::Nested | Class::NestedMap | Class::Flatten | Class::Skip => Merge::Deep,
    }
}

const fn strategies(class: Class, is_set: bool) -> &'static [&'static str] {
    match class {
        Class::List if is_set => &["replace", "union"],
        Class::List => &["replace", "append", "prepend", "union"],
        // Structs are not compared.
        Class::NestedList => &["replace", "append", "prepend"],
        Class::Map | Class::Nested | Class::NestedMap => &["replace", "deep"],
        Class::Leaf | Class::Flatten | Class::Skip => &["replace"],
    }
}

fn unfit(name: &str, class: Class, is_set: bool) -> String {
    let only = match name {
        "deep" | "union" if class == Class::NestedList => {
            return "say which field tells the elements apart: `merge_by = name`".to_owned();
        }
        "deep" => "a map or a nested struct",
        "append" | "prepend" if is_set => {
            return format!("a set has no order to `{name}` in: write `merge = union`");
        }
        _ => "a list",
    };
    let noun = class.noun();
    let cure = match strategies(class, is_set) {
        ["replace"] => "remove it".to_owned(),
        others => format!("write one of {}", symbol::list(others)),
    };
    format!("`merge = {name}` is only valid on {only}; here the field is {noun}: {cure}")
}

fn check_merge_by(cx: &Ctxt, attrs: &FieldAttrs, class: Class) {
    if let (Class::NestedList, Some(by), Some(merge)) = (class, &attrs.merge_by, &attrs.merge)
        && merge.value != "deep"
    {
        cx.clash(
            merge.value.span(),
            format!("`merge_by` merges element by element: remove `merge = {}`", merge.value),
            by.span,
            "`merge_by` stands here",
        );
    }
}
