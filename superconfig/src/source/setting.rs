//! Paths of single settings, as arguments and overrides write them.

use std::borrow::Cow;

use crate::decode::{Node, Scalar, Tree};
use crate::path::{KeyPath, Segment};
use crate::schema::{Field, Kind, Op, Schema};

/// What a written path means.
#[derive(Debug)]
pub(super) struct Named {
    /// The setting, without `_add` and `_remove`.
    pub(super) path: KeyPath,
    /// What is done to it.
    pub(super) op: Op,
    /// The field, where the path is one's.
    pub(super) field: Option<&'static Field>,
}

/// Reads a path by the schema. One that is no setting's stays as it is; whoever applies it says so.
pub(super) fn named(schema: &'static Schema, written: &str) -> Named {
    let path = KeyPath::parse(written);
    let unchanged = |path| Named { path, op: Op::Set, field: None };
    let mut here = Some(schema);
    let mut field: Option<&'static Field> = None;
    let mut op = Op::Set;
    let mut rest = path.segments().iter().peekable();
    while let Some(segment) = rest.next() {
        let (Some(schema), Segment::Key(key)) = (here, segment) else { return unchanged(path) };
        let Some(hit) = schema.find_any(key) else { return unchanged(path) };
        (field, op) = (Some(hit.field), hit.op);
        if op != Op::Set && rest.peek().is_some() {
            return unchanged(path);
        }
        here = match hit.field.kind {
            Kind::Nested(schema) | Kind::Flatten(schema) => Some(schema),
            // The next step is a key or a position, and the one behind it is a field again.
            Kind::NestedMap(schema) | Kind::NestedList { schema, .. } if rest.peek().is_some() => {
                rest.next();
                if rest.peek().is_none() {
                    field = None;
                }
                Some(schema.get())
            }
            _ if rest.peek().is_some() => return unchanged(path),
            _ => None,
        };
    }
    Named { path: without_suffix(path, op), op, field }
}

fn without_suffix(mut path: KeyPath, op: Op) -> KeyPath {
    if op != Op::Set
        && let Some(Segment::Key(key)) = path.pop()
    {
        // The suffix may be written with `-`, which is as long.
        let stem = key.len().saturating_sub(op.suffix().len());
        path.push(key[..stem].to_owned());
    }
    path
}

/// Splits lists where the field says.
pub(super) fn separated(mut tree: Tree<'static>, field: Option<&'static Field>) -> Tree<'static> {
    if let (Node::Scalar(Scalar::Text { separator, .. }), Some(field)) = (&mut tree.node, field) {
        *separator = field.separator;
    }
    tree
}

/// A text that the type of its field reads.
pub(super) fn text(text: impl Into<Cow<'static, str>>) -> Tree<'static> {
    Scalar::text(text, ",").into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::schema::{Body, Inner};

    pub(in crate::source) static INNER: Schema = Schema::new(
        "Inner",
        Body::Record(&[
            Field::new("url", "URL", Kind::Leaf),
            Field::new("tags", "TAGS", Kind::List),
        ]),
    );
    pub(in crate::source) static OUTER: Schema = Schema::new(
        "Outer",
        Body::Record(&[
            Field::new("port", "PORT", Kind::Leaf),
            Field { separator: ";", ..Field::new("plugins", "PLUGINS", Kind::List) },
            Field::new("labels", "LABELS", Kind::Map),
            Field::new("database", "DATABASE", Kind::Nested(&INNER)),
            Field::new("upstreams", "UPSTREAMS", Kind::NestedMap(Inner::By(|| &INNER))),
            Field::new(
                "servers",
                "SERVERS",
                Kind::NestedList { schema: Inner::By(|| &INNER), merge_by: None },
            ),
        ]),
    );

    #[test]
    fn a_suffix_counts_where_the_schema_says_so() {
        let cases = [
            ("port", "port", Op::Set),
            ("port_add", "port_add", Op::Set),
            ("plugins_add", "plugins", Op::Add),
            ("plugins-remove", "plugins", Op::Remove),
            ("labels_remove", "labels", Op::Remove),
            ("labels.to_add", "labels.to_add", Op::Set),
            ("database.tags_add", "database.tags", Op::Add),
            ("upstreams.b_add.tags_remove", "upstreams.b_add.tags", Op::Remove),
            ("servers[0].tags_add", "servers[0].tags", Op::Add),
            ("servers_add", "servers", Op::Add),
            ("servers_add[0]", "servers_add[0]", Op::Set),
            ("nothing.x_add", "nothing.x_add", Op::Set),
        ];
        for (written, path, op) in cases {
            let named = named(&OUTER, written);
            assert_eq!((named.path.to_string().as_str(), named.op), (path, op), "{written}");
        }
        assert!(named(&OUTER, "upstreams.b").field.is_none());
        assert_eq!(named(&OUTER, "upstreams.b.url").field.map(|f| f.name), Some("url"));
    }
}
