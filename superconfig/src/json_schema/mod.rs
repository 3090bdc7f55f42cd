//! A JSON Schema of files with these settings, for editors and for checks.
//!
//! It describes **one file**, which is a layer and need not be whole. So nothing is `required`,
//! as some other source may give it; the description says that it has to. A key that nobody knows
//! is a warning when it is read, and allowed here, unless the struct says `deny_unknown`. What
//! loads is valid: names in `aliases`, `x_add` and `x_remove`, the sections of profiles.

mod extension;
mod json;
mod leaf;
mod read;

pub use read::JsonSchema;
pub(crate) use read::{Outcome, schema_of};

use json::Json;

use extension::EXTENSION;

use crate::reference::literal::{Value, default_of};
use crate::reference::same;
use crate::schema::{Body, Field, Kind, Schema, Word};

impl Schema {
    /// A JSON Schema (draft 2020-12) of files with these settings, as JSON. Editors complete and
    /// check JSON, YAML and TOML with it. For an outermost struct also `Settings::json_schema()`.
    ///
    /// It describes one file of several: nothing is `required` in it, and unknown keys are refused
    /// only where `deny_unknown` refuses them.
    ///
    /// ```
    /// use superconfig::SuperConfig;
    ///
    /// #[derive(SuperConfig)]
    /// #[config(env_prefix = "ORDERS")]
    /// struct Settings {
    ///     /// Port to listen on.
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let schema: serde_json::Value = serde_json::from_str(&Settings::json_schema()).unwrap();
    /// let port = &schema["properties"]["port"];
    /// assert_eq!(port["type"], "integer");
    /// assert_eq!(port["maximum"], 65535);
    /// assert_eq!(port["default"], 8080);
    /// ```
    pub fn json_schema(&'static self) -> String {
        let mut definitions = Definitions::default();
        let name = definitions.name(self);
        let mut root = Json::object();
        root.put("$schema", Json::text("https://json-schema.org/draft/2020-12/schema"));
        root.put("title", Json::text(self.name));
        let mut body = definitions.body(self);
        // A section holds settings and no further sections.
        let section = || {
            let reference = Json::text(&format!("#/$defs/{name}"));
            Json::object().with("$ref", reference)
        };
        if let Body::Record(_) = self.body {
            let mut sections = Json::object();
            let mut sorted =
                vec![("default", "What holds below the rest of this file.".to_owned())];
            for profile in self.profiles {
                sorted
                    .push((profile, format!("What holds when the profile {profile} is selected.")));
            }
            for (key, text) in sorted {
                if self.find(key, &mut 0).is_none() {
                    let section = nullable(section()).with("description", Json::text(&text));
                    sections.put(key, section.with(EXTENSION, extension::section()));
                }
            }
            if self.find("profile", &mut 0).is_none() {
                let profiles = Json::object()
                    .with("description", Json::text("Sections of profiles, by name."))
                    .with("type", Json::text("object"))
                    .with("additionalProperties", nullable(section()))
                    .with(EXTENSION, extension::section());
                sections.put("profile", profiles);
            }
            body.merge("properties", sections);
        }
        root.extend(body);
        extension::put(&mut root, extension::of_root(self));
        root.put("$defs", definitions.finish());
        root.write()
    }
}

/// The descriptions of types that are referred to.
#[derive(Default)]
struct Definitions {
    known: Vec<(&'static Schema, String)>,
    done: Vec<(String, Json)>,
}

impl Definitions {
    /// The name that a type is referred to by.
    fn name(&mut self, schema: &'static Schema) -> String {
        if let Some((_, name)) = self.known.iter().find(|(known, _)| same(known, schema)) {
            return name.clone();
        }
        // Two modules, or two forms of a generic type, may have types of one name.
        let taken = |name: &str| self.known.iter().any(|(_, known)| known == name);
        let mut name = schema.name.to_owned();
        let mut number = 2;
        while taken(&name) {
            name = format!("{}{number}", schema.name);
            number += 1;
        }
        self.known.push((schema, name.clone()));
        let body = self.body(schema);
        self.done.push((name.clone(), body));
        name
    }

    fn reference(&mut self, schema: &'static Schema) -> Json {
        let name = self.name(schema);
        Json::object().with("$ref", Json::text(&format!("#/$defs/{name}")))
    }

    fn finish(mut self) -> Json {
        self.done.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut all = Json::object();
        self.done.into_iter().for_each(|(name, body)| all.put(&name, body));
        all
    }

    /// What a type takes.
    fn body(&mut self, schema: &'static Schema) -> Json {
        let mut body = Json::object();
        if !schema.doc.is_empty() {
            body.put("description", Json::text(schema.doc));
        }
        match schema.body {
            Body::Record(fields) => {
                body.put("type", Json::text("object"));
                let mut properties = Json::object();
                self.properties(fields, &mut properties);
                if schema.deny_unknown {
                    body.put("additionalProperties", Json::Bool(false));
                    // Keys may be written with `-` for `_` and the other way round.
                    let mut patterns = Json::object();
                    for name in properties.keys().filter(|name| name.contains(['-', '_'])) {
                        patterns.put(&leaf::either_dash(name), Json::Bool(true));
                    }
                    body.put("patternProperties", patterns);
                }
                body.put("properties", properties);
            }
            Body::Any => body.put("type", Json::text("object")),
            Body::Keyword(words) => {
                body.extend(of_words(words.iter()));
                extension::put(&mut body, extension::of_words(words));
            }
            Body::Choice { tag, variants } => {
                let words = of_words(variants.iter().map(|variant| &variant.word));
                let words = words.with("type", Json::text("string"));
                body.put("type", Json::text("object"));
                body.put("properties", Json::object().with(tag, words));
                let mut all = Vec::new();
                for variant in variants {
                    let mut names = vec![Json::text(variant.word.name)];
                    names.extend(variant.word.aliases.iter().map(|alias| Json::text(alias)));
                    let named = Json::object().with("enum", Json::List(names));
                    let named = Json::object()
                        .with("properties", Json::object().with(tag, named))
                        .with("required", Json::List(vec![Json::text(tag)]));
                    let mut then = Json::object();
                    self.properties(variant.schema.fields(), &mut then);
                    let then = Json::object().with("properties", then);
                    all.push(Json::object().with("if", named).with("then", then));
                }
                body.put("allOf", Json::List(all));
            }
        }
        body
    }

    fn properties(&mut self, fields: &'static [Field], properties: &mut Json) {
        for field in fields {
            match field.kind {
                Kind::Skip => {}
                Kind::Flatten(schema) => self.properties(schema.fields(), properties),
                _ => self.property(field, properties),
            }
        }
    }

    /// A setting under its name and its other names, each with the operations that it takes.
    fn property(&mut self, field: &'static Field, properties: &mut Json) {
        let aliases = field.aliases.iter().map(|alias| (alias.name, alias.deprecated));
        for (name, former) in std::iter::once((field.name, false)).chain(aliases) {
            let mut value = self.value(field);
            let mut description = field.doc.trim().to_owned();
            let mut say = |text: &str| {
                if !description.is_empty() {
                    description.push_str("\n\n");
                }
                description.push_str(text);
            };
            remarks(field).iter().for_each(|remark| say(remark));
            if name != field.name {
                say(&format!("Another name of `{}`.", field.name));
            }
            let default = default_of(field).filter(|default| *default != Value::Null);
            if !description.is_empty() {
                value.put("description", Json::text(&description));
            }
            if let Some(default) = &default {
                value.put("default", Json::Value(default.clone()));
            } else if is_empty_by_itself(field) {
                value.put("default", empty(field));
            }
            if field.deprecated.is_some() || former {
                value.put("deprecated", Json::Bool(true));
            }
            if field.secret {
                value.put("writeOnly", Json::Bool(true));
            }
            let more = if name == field.name {
                extension::of_field(field)
            } else {
                extension::alias_of(field)
            };
            extension::put(&mut value, more);
            properties.put(name, value);
            let item = if field.takes_add() { Some(self.item(field)) } else { None };
            let operation = |text: &str, item: Json| {
                let mut list = Json::object()
                    .with("description", Json::text(&format!("{text} `{}`.", field.name)))
                    .with("type", Json::text("array"))
                    .with("items", item);
                if field.secret {
                    list.put("writeOnly", Json::Bool(true));
                }
                extension::put(&mut list, extension::step_of(field));
                list
            };
            if let Some(item) = item {
                properties.put(&format!("{name}_add"), operation("Adds what is not yet in", item));
            }
            if field.takes_remove() {
                let item = match field.kind {
                    Kind::List => self.item(field),
                    Kind::NestedList { .. } => Json::object(),
                    _ => Json::object().with("type", Json::text("string")),
                };
                properties.put(&format!("{name}_remove"), operation("Removes from", item));
            }
        }
    }

    /// What an element of the field's list takes.
    fn item(&mut self, field: &'static Field) -> Json {
        match field.kind {
            Kind::NestedList { schema, .. } => self.reference(schema.get()),
            _ => leaf::item(field),
        }
    }

    /// What the field takes.
    fn value(&mut self, field: &'static Field) -> Json {
        let value = match field.kind {
            Kind::Nested(schema) => self.reference(schema),
            Kind::NestedList { schema, .. } => {
                let items = self.reference(schema.get());
                Json::object().with("type", Json::text("array")).with("items", items)
            }
            Kind::NestedMap(schema) => {
                let values = self.reference(schema.get());
                Json::object()
                    .with("type", Json::text("object"))
                    .with("additionalProperties", values)
            }
            _ => return leaf::of(field),
        };
        if field.optional { nullable(value) } else { value }
    }
}

/// Whether it is a list or map of structs that needs no default to be empty.
fn is_empty_by_itself(field: &Field) -> bool {
    matches!(field.kind, Kind::NestedList { .. } | Kind::NestedMap(_))
        && field.default.is_none()
        && !field.optional
}

fn empty(field: &Field) -> Json {
    match field.kind {
        Kind::NestedMap(_) => Json::object(),
        _ => Json::List(Vec::new()),
    }
}

/// What is said of a field behind its documentation, because no keyword says it to people.
pub(crate) fn remarks(field: &Field) -> Vec<String> {
    let mut remarks = Vec::new();
    if field.required {
        remarks.push("Required: this file or another source has to give it.".to_owned());
    }
    if let Some(advice) = field.deprecated {
        remarks.push(format!("Deprecated: {}.", advice.trim_end_matches('.')));
    }
    match (default_of(field), field.default) {
        (None | Some(Value::Null), Some(written))
            if !field.secret && !written.ends_with("None") =>
        {
            remarks.push(format!("Default: `{written}`."));
        }
        _ => {}
    }
    remarks
}

/// The same, or `null`.
fn nullable(value: Json) -> Json {
    let null = Json::object().with("type", Json::text("null"));
    Json::object().with("anyOf", Json::List(vec![value, null]))
}

/// The words of an enum; where they are documented, each with what it means.
fn of_words<'w>(words: impl Iterator<Item = &'w Word> + Clone) -> Json {
    let documented = words.clone().any(|word| !word.doc.is_empty());
    let mut all = Vec::new();
    for word in words {
        for name in std::iter::once(&word.name).chain(word.aliases) {
            if documented {
                let mut one = Json::object().with("const", Json::text(name));
                if !word.doc.is_empty() {
                    one.put("description", Json::text(word.doc));
                }
                all.push(one);
            } else {
                all.push(Json::text(name));
            }
        }
    }
    Json::object().with(if documented { "oneOf" } else { "enum" }, Json::List(all))
}
