//! What a struct given by the program says, as a tree: which settings it sets, and the values of
//! those whose types can be written without being asked for `Serialize`.

use crate::decode::{Key, Node, Place, Scalar, Target, Tree};
use crate::schema::{Body, Kind};

/// The settings of a layer that was made of a value; an expression stands for what cannot be told.
pub(crate) fn tree(place: &mut dyn Place) -> Tree<'static> {
    match place.target() {
        Target::Value(value) => match value.key() {
            None => value.tree().unwrap_or_else(unknown),
            // An empty text would be taken for an empty variable.
            Some(text) if text.is_empty() => Scalar::Str(text.into()).into(),
            Some(text) => Scalar::text(text, ",").into(),
        },
        Target::Record(record) => {
            let mut entries = Vec::new();
            for (index, field) in record.schema().fields().iter().enumerate() {
                let place = record.place(index);
                if matches!(field.kind, Kind::Skip) || !place.is_set() {
                    continue;
                }
                let inner = tree(place);
                match (field.kind, inner.node) {
                    (Kind::Flatten(_), Node::Table(inner)) => entries.extend(inner),
                    (_, node) => entries.push((Key::new(field.name), Tree::new(node))),
                }
            }
            // It may be kept for as long as the value, so nothing is held in reserve.
            entries.shrink_to_fit();
            Tree::new(Node::Table(entries))
        }
        Target::Mapping(map) => {
            let keys: Vec<String> = map.keys().into_iter().map(str::to_owned).collect();
            let mut entries = Vec::new();
            for key in keys {
                let value = map.entry(&key).map_or_else(
                    |_| unknown(),
                    |place| {
                        if place.is_set() { tree(place) } else { Scalar::Null.into() }
                    },
                );
                entries.push((Key::new(key), value));
            }
            Tree::new(Node::Table(entries))
        }
        Target::Choice(choice) => {
            let Body::Choice { tag, variants } = choice.schema().body else { return unknown() };
            let Some(index) = choice.selected() else { return unknown() };
            let word = variants.get(index).map_or("", |variant| variant.word.name);
            let mut entries = vec![(Key::new(tag), Scalar::Str(word.into()).into())];
            if let Node::Table(inner) = tree(choice.variant(index)).node {
                entries.extend(inner);
            }
            Tree::new(Node::Table(entries))
        }
        Target::Sequence(_) => unknown(),
    }
}

/// A value that the program gave and that nobody can write.
fn unknown() -> Tree<'static> {
    Tree::new(Node::Elements(Vec::new()))
}
