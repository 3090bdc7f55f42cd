//! Where a walk through a schema stands, and how the variables there are called.

use crate::schema::spelling::part_of_key;
use crate::schema::{Field, Kind, Schema};

/// What stands for a map's key in a path or a name.
pub(crate) const KEY: &str = "<KEY>";
/// What stands for a position in a list.
pub(crate) const POSITION: &str = "<N>";

/// Where a walk through a schema stands.
#[derive(Debug, Clone)]
pub(crate) struct At {
    /// The path, with `<key>` and `<n>` for what is not known here.
    pub(crate) path: String,
    /// The derived name so far, if variables are read here.
    name: Option<String>,
    /// Whether absolute names are read here, which they are outside lists and maps.
    absolute: bool,
    /// The schemas that stand around this one; a type may hold a list of itself.
    around: Vec<&'static Schema>,
}

impl At {
    /// The outermost struct.
    pub(crate) fn root(schema: &'static Schema) -> Self {
        let name = schema.env_prefix.unwrap_or_default().to_owned();
        Self { path: String::new(), name: Some(name), absolute: true, around: vec![schema] }
    }

    /// A field of the struct here; for a flattened one, still this place.
    pub(crate) fn field(&self, field: &Field) -> Self {
        if matches!(field.kind, Kind::Flatten(_)) {
            return self.clone();
        }
        let mut at = self.step(field.name, field.env);
        at.name = at.name.filter(|_| field.env_derived);
        at
    }

    /// The key that names the variant of the enum here.
    pub(crate) fn tag(&self, tag: &str) -> Self {
        self.step(tag, &part_of_key(tag))
    }

    /// An entry of the map here, or with [`POSITION`] an element of the list.
    pub(crate) fn inside(&self, what: &str) -> Self {
        Self { absolute: false, ..self.step(&what.to_ascii_lowercase(), what) }
    }

    /// The same place, known to be of this type; nothing where that type stands around it already.
    pub(crate) fn enter(&self, schema: &'static Schema) -> Option<Self> {
        if self.around.iter().any(|around| same(around, schema)) {
            return None;
        }
        let mut at = self.clone();
        at.around.push(schema);
        Some(at)
    }

    fn step(&self, key: &str, part: &str) -> Self {
        let join = |before: &str, separator: &str, part: &str| {
            let separator = if before.is_empty() { "" } else { separator };
            format!("{before}{separator}{part}")
        };
        Self {
            path: join(&self.path, ".", key),
            name: self.name.as_ref().map(|name| join(name, "_", part)),
            ..self.clone()
        }
    }

    /// The derived name of this place, if it has one.
    pub(crate) fn derived(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| !name.is_empty())
    }

    /// All names of the field here, each once, the derived one first.
    pub(crate) fn names(&self, field: &Field) -> Vec<String> {
        let mut names: Vec<String> = self.derived().map(str::to_owned).into_iter().collect();
        if self.absolute {
            field.add_absolute_names(&mut names);
        }
        names
    }
}

/// Whether two descriptions are of one type. A constant may have several addresses, so what is
/// written at them counts where the addresses differ.
pub(crate) fn same(a: &'static Schema, b: &'static Schema) -> bool {
    let alike = |(a, b): (&Field, &Field)| {
        let inner = match (a.kind, b.kind) {
            (Kind::Nested(a), Kind::Nested(b)) | (Kind::Flatten(a), Kind::Flatten(b)) => same(a, b),
            (Kind::NestedMap(a), Kind::NestedMap(b))
            | (Kind::NestedList { schema: a, .. }, Kind::NestedList { schema: b, .. }) => {
                a.get().name == b.get().name
            }
            (a, b) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
        };
        inner && (a.name, a.ty, a.doc, a.default) == (b.name, b.ty, b.doc, b.default)
    };
    std::ptr::eq(a, b)
        || (a.name == b.name
            && a.doc == b.doc
            && a.words() == b.words()
            && a.fields().len() == b.fields().len()
            && a.fields().iter().zip(b.fields()).all(alike))
}
