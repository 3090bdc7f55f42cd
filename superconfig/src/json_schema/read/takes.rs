//! Which values a place of a JSON Schema takes that is read as a whole.

use super::super::leaf;
use super::view::{Reading, SAYS_NOTHING, View, as_text, below, is_bool};
use crate::decode::{Node, Scalar, Tree};
use crate::reference::ty::Ty;
use crate::value::Value;
use crate::value::takes::{Items, Part, Parts, Range, Sizes, Takes};

/// The types of JSON Schema.
const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null"];

impl<'t> Reading<'t> {
    /// The types that a place names, or that its keywords tell; `null` is apart.
    pub(super) fn types(&mut self, view: &mut View<'t>) -> Vec<&'static str> {
        let mut types = Vec::new();
        if let Some(word) = view.word("type").cloned() {
            let names = match &word.tree.node {
                Node::List(names) => names.iter().collect(),
                _ => vec![word.tree],
            };
            for name in names {
                match TYPES.iter().find(|known| as_text(name) == Some(**known)) {
                    Some(&"null") => view.null = true,
                    Some(known) => types.push(*known),
                    None => {
                        let expected = crate::decode::fault::one_of(TYPES);
                        let found = name.found();
                        let message =
                            format!("expected a type, which is {expected}, found {found}");
                        let help = as_text(name)
                            .and_then(|name| crate::diagnose::closest(name, TYPES.iter().copied()))
                            .map(|close| format!("did you mean {close:?}?"));
                        self.wrong(&word.at, name.span, message).help = help;
                    }
                }
            }
            // Every integer is a number.
            if types.contains(&"number") {
                types.retain(|name| *name != "integer");
            }
        } else if !view.properties.is_empty() || view.word("additionalProperties").is_some() {
            types.push("object");
        } else if view.word("items").is_some() {
            types.push("array");
        }
        types
    }

    /// The values that a view takes, without `null`, where the types are known.
    pub(super) fn takes_of(
        &mut self,
        view: &mut View<'t>,
        types: &[&'static str],
        ty: Option<&Ty>,
    ) -> Takes {
        if let Some(values) = self.values(view) {
            self.rest(view, &["type", "enum", "const"]);
            return Takes::OneOf(values);
        }
        let either = view.word("anyOf").or_else(|| view.word("oneOf")).cloned();
        if let Some(either) = either {
            self.rest(view, &["type", "anyOf", "oneOf"]);
            let mut all = Vec::new();
            for (index, member) in self.members(either.tree, &either.at).iter().enumerate() {
                let inner = self.view(member, &below(&either.at, &index.to_string()));
                match self.takes(inner, None) {
                    Takes::OrNull(inner) => {
                        view.null = true;
                        // What is `null` and nothing else is no alternative.
                        if !matches!(*inner, Takes::Any) {
                            all.push(*inner);
                        }
                    }
                    takes => all.push(takes),
                }
            }
            return Takes::Either(all);
        }
        match types {
            [] => {
                self.rest(view, &["type"]);
                Takes::Any
            }
            [only] => self.takes_type(view, only, ty),
            several => {
                let all = several.iter().map(|name| self.takes_type(view, name, ty));
                let all = Takes::Either(all.collect());
                // What says nothing of one type may be meant for another.
                let is_here = |at: &str| view.words.iter().any(|word| word.at == at);
                self.said
                    .retain(|said| !(said.message.ends_with(SAYS_NOTHING) && is_here(&said.at)));
                all
            }
        }
    }

    fn takes_type(&mut self, view: &mut View<'t>, name: &str, ty: Option<&Ty>) -> Takes {
        match name {
            "boolean" => {
                self.rest(view, &["type"]);
                Takes::known("bool")
            }
            "string" => self.string(view, ty),
            "integer" => self.integer(view, ty),
            "number" => {
                self.rest(view, NUMBERS);
                let range = self.range(view, number);
                if range == Range::default() { Takes::known("f64") } else { Takes::Number(range) }
            }
            "array" => Takes::List(Box::new(self.items(view, ty))),
            _ => Takes::Table(Box::new(self.parts(view, ty))),
        }
    }

    fn string(&mut self, view: &View<'t>, ty: Option<&Ty>) -> Takes {
        self.rest(view, &["type", "minLength", "maxLength"]);
        let sizes = self.sizes(view, "minLength", "maxLength");
        let format = view.word("format").and_then(|word| as_text(word.tree));
        match (sizes, ty, format) {
            (Sizes { least: Some(1), most: Some(1) }, _, _) => Takes::known("char"),
            (sizes, _, _) if sizes != Sizes::default() => Takes::Text(sizes),
            (_, Some(Ty::Text { name, .. }), _) => Takes::known(name),
            (_, _, Some("ipv4")) => Takes::known("Ipv4Addr"),
            (_, _, Some("ipv6")) => Takes::known("Ipv6Addr"),
            _ => Takes::known("String"),
        }
    }

    /// An integer: by the type of Rust that has these limits, or by the limits.
    fn integer(&mut self, view: &View<'t>, ty: Option<&Ty>) -> Takes {
        let mut range = self.range(view, integer);
        // Beside an integer stands another one.
        range.low = range.low.map(|low| low.saturating_add(range.above.into()));
        range.high = range.high.map(|high| high.saturating_sub(range.below.into()));
        (range.above, range.below) = (false, false);
        let limits = (range.low, range.high);
        let mut understood = NUMBERS.to_vec();
        let known = match ty {
            Some(Ty::Int { min, max, nonzero }) if leaf::limits(*min, *max, *nonzero) == limits => {
                // Where zero is in the middle, it is refused by a `not`.
                understood.extend(nonzero.then_some("not"));
                let name = INTEGERS.iter().find(|name| limits_of(name) == (*min, *max));
                name.map(|name| match nonzero {
                    true => format!("NonZero{}", name.to_ascii_uppercase()),
                    false => (*name).to_owned(),
                })
            }
            _ => {
                let is = |name: &&&str| {
                    let (min, max) = limits_of(name);
                    limits == (Some(min), i128::try_from(max).ok())
                };
                INTEGERS.iter().take(INTEGERS.len() - 2).find(is).map(|name| (*name).to_owned())
            }
        };
        self.rest(view, &understood);
        match known {
            Some(name) if range.multiple_of.is_none() => Takes::known(&name),
            _ => Takes::Integer(range),
        }
    }

    /// The limits of a number.
    fn range<N: Copy + PartialOrd>(
        &mut self,
        view: &View<'t>,
        read: fn(&Tree<'_>) -> Option<N>,
    ) -> Range<N> {
        let mut limit = |name: &str| {
            let word = view.word(name)?;
            let value = read(word.tree);
            // An older draft says by a boolean that the limit itself is not taken.
            let flag = matches!(word.tree.node, Node::Scalar(Scalar::Bool(_)));
            if value.is_none() && !(flag && name.starts_with("exclusive")) {
                let found = word.tree.found();
                let message = format!("expected a number that can be compared, found {found}");
                self.wrong(&word.at, word.tree.span, message);
            }
            value
        };
        let (low, high) = (limit("minimum"), limit("maximum"));
        let (above, below) = (limit("exclusiveMinimum"), limit("exclusiveMaximum"));
        let multiple_of = limit("multipleOf");
        // Of two limits the narrower one counts.
        let narrow_low = above.filter(|above| low.is_none_or(|low| *above >= low));
        let narrow_high = below.filter(|below| high.is_none_or(|high| *below <= high));
        Range {
            low: narrow_low.or(low),
            high: narrow_high.or(high),
            above: narrow_low.is_some() || view.is("exclusiveMinimum"),
            below: narrow_high.is_some() || view.is("exclusiveMaximum"),
            multiple_of,
        }
    }

    /// How many characters, items or keys there may be.
    pub(super) fn sizes(&mut self, view: &View<'t>, least: &str, most: &str) -> Sizes {
        let mut size = |name: &str| {
            let word = view.word(name)?;
            let size = integer(word.tree).and_then(|size| usize::try_from(size).ok());
            if size.is_none() {
                let found = word.tree.found();
                self.wrong(&word.at, word.tree.span, format!("expected a number, found {found}"));
            }
            size
        };
        Sizes { least: size(least), most: size(most) }
    }

    /// What a list holds that is read item by item.
    pub(super) fn items(&mut self, view: &View<'t>, ty: Option<&Ty>) -> Items {
        self.rest(view, LISTS);
        let ty = match ty {
            Some(Ty::List(item)) => Some(&**item),
            _ => None,
        };
        let item = view.word("items").cloned().map(|word| {
            let view = self.view(word.tree, &word.at);
            self.takes(view, ty)
        });
        Items {
            item: item.unwrap_or_default(),
            sizes: self.sizes(view, "minItems", "maxItems"),
            unique: view.is("uniqueItems"),
        }
    }

    /// What a table holds that is read as a whole.
    fn parts(&mut self, view: &View<'t>, ty: Option<&Ty>) -> Parts {
        self.rest(view, TABLES);
        let ty = match ty {
            Some(Ty::Map(value)) => Some(&**value),
            _ => None,
        };
        let mut parts = Vec::new();
        for property in &view.properties {
            let inner = self.view(property.tree, &property.at);
            let default = inner.word("default").and_then(|word| Value::of_tree(word.tree).ok());
            parts.push(Part {
                name: super::leaked(property.name),
                takes: self.takes(inner, None),
                required: view.required.contains(&property.name),
                default,
            });
        }
        let rest = match view.word("additionalProperties") {
            Some(word) if is_bool(word.tree, false) => None,
            Some(word) => {
                let inner = self.view(word.tree, &word.at);
                Some(self.takes(inner, ty))
            }
            None => Some(Takes::Any),
        };
        Parts { known: parts, rest, sizes: self.sizes(view, "minProperties", "maxProperties") }
    }

    /// The values of `enum` or `const`; `null` is apart.
    pub(super) fn values(&mut self, view: &mut View<'t>) -> Option<Vec<Value>> {
        let word = view.word("const").or_else(|| view.word("enum"))?.clone();
        let trees = match &word.tree.node {
            _ if word.name == "const" => std::slice::from_ref(word.tree),
            Node::List(items) if !items.is_empty() => items,
            _ => {
                self.wrong(&word.at, word.tree.span, "`enum` is a list of values");
                return None;
            }
        };
        let mut values = Vec::new();
        for tree in trees {
            match Value::of_tree(tree) {
                Ok(Value::Null) => view.null = true,
                Ok(value) => values.push(value),
                Err(fault) => drop(self.wrong(&word.at, tree.span, fault.to_string())),
            }
        }
        Some(values)
    }
}

const NUMBERS: &[&str] =
    &["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// What is read of a list.
pub(super) const LISTS: &[&str] = &["type", "items", "minItems", "maxItems", "uniqueItems"];

/// What is read of a table.
pub(super) const TABLES: &[&str] =
    &["type", "additionalProperties", "minProperties", "maxProperties"];

/// Types of Rust; the last two have limits that JSON Schema does not write.
const INTEGERS: &[&str] = &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "u128", "i128"];

fn limits_of(name: &str) -> (i128, u128) {
    match crate::reference::ty::of(name) {
        Ty::Int { min, max, .. } => (min, max),
        _ => (0, 0),
    }
}

/// A whole number, also one that is written with a fraction of nothing.
fn integer(tree: &Tree<'_>) -> Option<i128> {
    let Node::Scalar(scalar) = &tree.node else { return None };
    match scalar {
        Scalar::Integer(value) => Some(*value),
        #[allow(clippy::cast_possible_truncation)] // larger ones would not be exact
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() < 2_f64.powi(53) => {
            Some(*value as i128)
        }
        _ => None,
    }
}

fn number(tree: &Tree<'_>) -> Option<f64> {
    match &tree.node {
        Node::Scalar(scalar @ (Scalar::Integer(_) | Scalar::Float(_))) => {
            scalar.to_float().ok().filter(|value| value.is_finite())
        }
        _ => None,
    }
}
