//! The variables that settings can be given in.

use super::{At, KEY, POSITION};
use crate::schema::{Body, Field, Kind, Schema};

/// A variable that a setting can be given in, or a pattern of such variables.
///
/// ```
/// use superconfig::SuperConfig;
///
/// #[derive(SuperConfig)]
/// #[config(env_prefix = "ORDERS")]
/// struct Settings {
///     /// Port to listen on.
///     #[config(default = 8080, env = "PORT")]
///     port: u16,
///     #[config(default = ["core"])]
///     plugins: Vec<String>,
/// }
///
/// let names: Vec<_> = Settings::env_vars().into_iter().map(|variable| variable.name).collect();
/// assert_eq!(
///     names,
///     ["ORDERS_PORT", "PORT", "ORDERS_PLUGINS", "ORDERS_PLUGINS_ADD", "ORDERS_PLUGINS_REMOVE"],
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools)] // each is an answer of its own, not a state
pub struct EnvVar {
    /// Its name. `<KEY>` stands for a map's key and `<N>` for a position in a list:
    /// `ORDERS_UPSTREAMS_<KEY>_URL`.
    pub name: String,
    /// The setting: `database.pool.max`, `upstreams.<key>.url`.
    pub path: String,
    /// What the variable does to the setting.
    pub kind: EnvVarKind,
    /// Whether the name was given by `env = "…"`, rather than made of the prefix and the path.
    pub absolute: bool,
    /// Whether it is taken as JSON: that of a map, a struct or a list of structs.
    pub json: bool,
    /// The setting's type as it was written; empty for the tag of an enum and for an element.
    pub ty: &'static str,
    /// The words that it takes, where it is an enum.
    pub words: Vec<&'static str>,
    /// The setting's documentation.
    pub doc: &'static str,
    /// The setting's default as it was written; nothing for a secret.
    pub default: Option<&'static str>,
    /// Whether some source has to set it: of a setting inside an `Option`, a list or a map, where
    /// that exists.
    pub required: bool,
    /// Never shown.
    pub secret: bool,
    /// Still read, with this warning.
    pub deprecated: Option<&'static str>,
    /// What splits a list; also a JSON array is read.
    pub separator: Option<&'static str>,
}

/// What a variable does to its setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EnvVarKind {
    /// Gives the value.
    Value,
    /// Adds to the list what is not there yet: `…_ADD`.
    Add,
    /// Removes from the list or map: `…_REMOVE`.
    Remove,
    /// Names the file that holds the secret: `…_FILE`.
    File,
}

impl EnvVar {
    /// Whether the name is a pattern, in which `<KEY>` or `<N>` stands for something.
    pub fn is_pattern(&self) -> bool {
        self.name.contains('<')
    }
}

impl Schema {
    /// The variables that settings can be given in, in the order of declaration; for an outermost
    /// struct also `Settings::env_vars()`. See [`EnvVar`].
    ///
    /// A type that holds a list or map of itself is listed once, not at every depth.
    pub fn env_vars(&'static self) -> Vec<EnvVar> {
        let mut found = Vec::new();
        of_schema(self, &At::root(self), &mut found);
        found
    }
}

fn of_schema(schema: &'static Schema, at: &At, found: &mut Vec<EnvVar>) {
    match schema.body {
        Body::Record(fields) => fields.iter().for_each(|field| of_field(field, at, found)),
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { tag, variants } => {
            let at_tag = at.tag(tag);
            if let Some(name) = at_tag.derived() {
                let mut variable = unnamed(name.to_owned(), &at_tag);
                variable.words = schema.words();
                variable.doc = schema.doc;
                found.push(variable);
            }
            for variant in variants {
                let before = found.len();
                of_schema(variant.schema, at, found);
                // What several variants have is one variable.
                for index in (before..found.len()).rev() {
                    let (earlier, later) = (&found[..before], &found[index]);
                    if earlier.iter().any(|earlier| earlier.name == later.name) {
                        found.remove(index);
                    }
                }
            }
        }
    }
}

fn of_field(field: &'static Field, around: &At, found: &mut Vec<EnvVar>) {
    let at = around.field(field);
    match field.kind {
        Kind::Skip => return,
        Kind::Flatten(schema) => return of_schema(schema, &at, found),
        _ => {}
    }
    let own = at.derived().map(str::to_owned);
    for name in at.names(field) {
        let absolute = own.as_ref() != Some(&name);
        named(field, &name, absolute, &at, found);
    }
    match field.kind {
        Kind::Nested(schema) => of_schema(schema, &at, found),
        Kind::NestedList { schema, .. } => of_element(schema.get(), &at.inside(POSITION), found),
        Kind::NestedMap(schema) => of_element(schema.get(), &at.inside(KEY), found),
        Kind::Map => {
            let at = at.inside(KEY);
            if let Some(name) = at.derived() {
                let doc = field.doc;
                let secret = field.secret;
                found.push(EnvVar { doc, secret, ..unnamed(name.to_owned(), &at) });
            }
        }
        _ => {}
    }
}

/// What is inside a list or map, as a whole and piece by piece.
fn of_element(schema: &'static Schema, at: &At, found: &mut Vec<EnvVar>) {
    let Some(name) = at.derived() else { return };
    let is_word = matches!(schema.body, Body::Keyword(_));
    let words = if is_word { schema.words() } else { Vec::new() };
    let whole = EnvVar { json: !is_word, words, doc: schema.doc, ..unnamed(name.to_owned(), at) };
    found.push(whole);
    if let Some(at) = at.enter(schema) {
        of_schema(schema, &at, found);
    }
}

/// One name of a field, with what may stand behind it.
fn named(field: &'static Field, name: &str, absolute: bool, at: &At, found: &mut Vec<EnvVar>) {
    let words = match field.kind {
        Kind::Nested(schema) if matches!(schema.body, Body::Keyword(_)) => schema.words(),
        _ => Vec::new(),
    };
    let json = match field.kind {
        Kind::Leaf | Kind::List => false,
        _ => words.is_empty(),
    };
    let value = EnvVar {
        absolute,
        json,
        words,
        ty: field.ty,
        doc: field.doc,
        default: field.default.filter(|_| !field.secret),
        required: field.required,
        secret: field.secret,
        deprecated: field.deprecated,
        separator: matches!(field.kind, Kind::List).then_some(field.separator),
        ..unnamed(name.to_owned(), at)
    };
    let companion = |suffix: &str, kind: EnvVarKind| EnvVar {
        name: format!("{name}{suffix}"),
        kind,
        default: None,
        required: false,
        ..value.clone()
    };
    let add = field.takes_add().then(|| companion("_ADD", EnvVarKind::Add));
    let remove = field.takes_remove().then(|| companion("_REMOVE", EnvVarKind::Remove));
    let remove =
        remove.map(|remove| EnvVar { json: false, separator: Some(field.separator), ..remove });
    let file = field.secret.then(|| companion("_FILE", EnvVarKind::File));
    let file = file.map(|file| EnvVar { json: false, secret: false, separator: None, ..file });
    found.push(value.clone());
    found.extend(add.into_iter().chain(remove).chain(file));
}

/// A variable of which the name is known, and where it leads.
fn unnamed(name: String, at: &At) -> EnvVar {
    EnvVar {
        name,
        path: at.path.clone(),
        kind: EnvVarKind::Value,
        absolute: false,
        json: false,
        ty: "",
        words: Vec::new(),
        doc: "",
        default: None,
        required: false,
        secret: false,
        deprecated: None,
        separator: None,
    }
}
