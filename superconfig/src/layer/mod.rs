//! Layers: partly filled configurations, and how a later one meets an earlier one.
//!
//! A layer is made of cells, one for each setting. What a cell does when two layers meet:
//!
//! | cell | setting | a later source | associative |
//! | --- | --- | --- | --- |
//! | [`Leaf`], [`Keyword`] | a value | replaces | yes |
//! | [`Optional`] | `Option` | as what is inside it; `null` clears it | yes |
//! | [`List`] `x` | list or set | replaces, or by its [`Strategy`]: goes behind, before, or adds what is missing | yes |
//! | [`List`] `x_add`, `x_remove` | | a step that is taken on what stands by then | yes |
//! | [`NestedList`] | list of structs | the same; with `merge_by`, element by element | yes |
//! | [`Map`] | map | key by key, as what is inside it; `x_remove` takes a key away | yes |
//! | [`Whole`] around any of these | `merge = replace` | replaces, if it sets anything | yes |
//! | the derived layer | struct | field by field | yes |
//! | the derived layer | internally tagged enum | another variant replaces, the same or none merges | from the left only |
//!
//! A layer that set nothing changes nothing. Nothing here reads a source or knows of one.

mod keyword;
mod leaf;
mod list;
mod map;
mod nested_list;
mod optional;
mod resolution;
mod rounds;
mod skipped;
mod whole;

pub(crate) use keyword::word_of;
pub use keyword::{Keyword, Keywords};
pub use leaf::{ByType, Decode, Leaf};
pub(crate) use list::items;
pub use list::{Append, Collection, Like, List, Prepend, Replace, Strategy, Union};
pub(crate) use map::Entries;
pub use map::{Map, MapKey, MapType};
pub use nested_list::{MergeKey, NestedList, Unkeyed};
pub(crate) use nested_list::{elements, removed_key, resolve_all};
pub use optional::Optional;
pub use resolution::{Resolution, Unresolved, Why};
pub(crate) use rounds::Rounds;
pub use skipped::Skipped;
pub use whole::Whole;

use crate::decode::{Node, Place, Scalar, Tree, Walk, What};
use crate::schema::Op;

/// A partly filled value: what one source, or several merged ones, say of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a setting",
    label = "not a layer",
    note = "a setting's type implements `serde::Deserialize` (lists also need `PartialEq` for their items, maps keys that implement `FromStr` and `Display`); a struct of settings derives `SuperConfig` and its field carries `#[config(nested)]`"
)]
pub trait Layer: Place + Default + Send + 'static {
    /// What it becomes.
    type Value;

    /// Lets a later layer have its say; see the table of this module.
    fn merge(&mut self, later: Self);

    /// Becomes the value. What is missing or refused is noted in `cx`, and then there is no value.
    fn resolve(self, cx: &mut Resolution) -> Option<Self::Value>;

    /// The layer in which everything is set to what `value` says; a `None` says nothing.
    fn from_value(value: Self::Value) -> Self;

    /// Takes the settings that need a restart from the layer of what was loaded first. What has no
    /// counterpart there stays: a struct that was not set, a new key of a map, the elements of a list.
    fn pin(&mut self, first: Self) {
        let _ = first;
    }

    /// Whether it only takes something away from what stands by then, and sets nothing itself.
    fn is_step(&self) -> bool {
        false
    }

    /// Whether it comes to the same whatever stands by then, as a value does and a step does not.
    fn stands_alone(&self) -> bool {
        false
    }

    /// Becomes the value on top of a default, which is only made where it is needed.
    fn resolve_or(
        self,
        cx: &mut Resolution,
        default: impl FnOnce() -> Self::Value,
    ) -> Option<Self::Value> {
        if self.stands_alone() {
            return self.resolve(cx);
        }
        let mut base = Self::from_value(default());
        base.merge(self);
        base.resolve(cx)
    }

    /// Becomes the value on top of a default that is written as a variable would be.
    fn resolve_or_text(self, cx: &mut Resolution, default: &'static str) -> Option<Self::Value> {
        self.resolve_or_tree(cx, || Scalar::text(default, ",").into())
    }

    /// Becomes the value on top of a default list whose items are written as variables would be.
    fn resolve_or_texts(
        self,
        cx: &mut Resolution,
        default: &'static [&'static str],
    ) -> Option<Self::Value> {
        let item = |text: &&'static str| Scalar::text(*text, ",").into();
        self.resolve_or_tree(cx, || Tree::new(Node::List(default.iter().map(item).collect())))
    }

    /// Becomes the value on top of a default that is written as in a file.
    fn resolve_or_tree(
        self,
        cx: &mut Resolution,
        default: impl FnOnce() -> Tree<'static>,
    ) -> Option<Self::Value> {
        if self.stands_alone() {
            return self.resolve(cx);
        }
        let mut base = Self::default();
        let mut walk = Walk::default();
        walk.apply(&mut base, None, Op::Set, &default());
        for finding in walk.findings {
            if let What::Fault(fault) = finding.what {
                cx.refuse(Why::Default(fault));
                return None;
            }
        }
        base.merge(self);
        base.resolve(cx)
    }
}
