//! Which flags a schema has.

use crate::path::KeyPath;
use crate::reference::At;
use crate::reference::ty::{self, Ty};
use crate::schema::{Body, Field, Kind, Op, Schema, Word};

/// A flag that a setting is given by.
#[derive(Debug)]
pub(super) struct Offer {
    /// Its identity in `ArgMatches`: the setting's path, and what is done to it.
    pub(super) id: String,
    /// How it is written, without the dashes.
    pub(super) long: String,
    /// The setting.
    pub(super) path: KeyPath,
    pub(super) op: Op,
    /// The last key of the path.
    pub(super) key: &'static str,
    /// The field; the tag of an enum is none.
    pub(super) field: Option<&'static Field>,
    pub(super) doc: &'static str,
    /// What it does, where it does not give the value.
    pub(super) action: &'static str,
    /// The variables that do the same.
    pub(super) variables: Vec<String>,
    pub(super) takes: FlagValue,
}

/// What stands behind a flag.
#[derive(Debug)]
pub(super) enum FlagValue {
    /// Nothing, or `=true` or `=false`.
    Switch,
    Value,
    Word(Vec<&'static Word>),
    /// Items, separated in one value or given by several.
    List,
    /// Keys that are removed.
    Keys,
    /// `key=value`.
    Entries,
    /// The file that holds a secret.
    File,
}

impl FlagValue {
    /// Takes what the other one takes too. A file stays a file: its path is never the secret.
    fn widen(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::File, _)
            | (Self::Switch, Self::Switch)
            | (Self::List, Self::List)
            | (Self::Keys, Self::Keys)
            | (Self::Entries, Self::Entries) => {}
            (Self::Word(known), Self::Word(others)) => {
                for word in others {
                    if !known.iter().any(|known| known.name == word.name) {
                        known.push(word);
                    }
                }
            }
            (known, _) => *known = Self::Value,
        }
    }
}

/// The flags of a schema, in the order of the declaration.
pub(super) fn offers(schema: &'static Schema) -> Vec<Offer> {
    let mut found: Vec<Offer> = Vec::new();
    of_schema(schema, &At::root(schema), &KeyPath::root(), &mut |offer| {
        if ["help", "version"].contains(&&*offer.long) {
            return;
        }
        match found.iter_mut().find(|known| known.long == offer.long) {
            // Several variants of an enum may have a setting of one name and of types of their own.
            Some(known) if known.path == offer.path && known.op == offer.op => {
                known.takes.widen(offer.takes);
            }
            // What only reads alike is another setting: the flag is that of the first.
            Some(_) => {}
            None => found.push(offer),
        }
    });
    found
}

type Found<'f> = &'f mut dyn FnMut(Offer);

fn of_schema(schema: &'static Schema, at: &At, path: &KeyPath, found: Found<'_>) {
    match &schema.body {
        Body::Record(fields) => fields.iter().for_each(|field| of_field(field, at, path, found)),
        Body::Keyword(_) | Body::Any => {}
        Body::Choice { tag, variants } => {
            let at_tag = at.tag(tag);
            let words = variants.iter().map(|variant| &variant.word).collect();
            let variables = at_tag.derived().map(str::to_owned).into_iter().collect();
            let offer = Offer { variables, ..offer(path, tag, FlagValue::Word(words)) };
            found(offer);
            for variant in *variants {
                of_schema(variant.schema, at, path, found);
            }
        }
    }
}

fn of_field(field: &'static Field, at: &At, path: &KeyPath, found: Found<'_>) {
    let at = &at.field(field);
    let variables = at.names(field);
    let told = |takes| Offer {
        field: Some(field),
        doc: field.doc,
        variables: variables.clone(),
        ..offer(path, field.name, takes)
    };
    match field.kind {
        Kind::Skip => {}
        Kind::Nested(_) | Kind::Flatten(_) if field.secret => {}
        _ if field.secret => {
            let mut offer = told(FlagValue::File).with("_file", "Read the secret from a file");
            offer.variables.iter_mut().for_each(|name| name.push_str("_FILE"));
            found(offer);
        }
        Kind::Nested(Schema { body: Body::Keyword(words), .. }) => {
            found(told(FlagValue::Word(words.iter().collect())));
        }
        Kind::Nested(schema) => of_schema(schema, at, &path.join(field.name), found),
        Kind::Flatten(schema) => of_schema(schema, at, path, found),
        Kind::Leaf if is_bool(ty::of(field.ty)) => found(told(FlagValue::Switch)),
        Kind::Leaf => found(told(FlagValue::Value)),
        Kind::List => {
            found(told(FlagValue::List));
            found(told(FlagValue::List).doing(Op::Add, "Add to the list"));
            found(told(FlagValue::List).doing(Op::Remove, "Remove from the list"));
        }
        Kind::Map => {
            found(told(FlagValue::Entries));
            found(told(FlagValue::Keys).doing(Op::Remove, "Remove by key"));
        }
        Kind::NestedList { .. } | Kind::NestedMap(_) => {}
    }
}

fn is_bool(ty: Ty) -> bool {
    match ty {
        Ty::Bool => true,
        Ty::Option(inner) => is_bool(*inner),
        _ => false,
    }
}

fn offer(around: &KeyPath, key: &'static str, takes: FlagValue) -> Offer {
    let path = around.join(key);
    let offer = Offer {
        id: path.to_string(),
        long: String::new(),
        path,
        op: Op::Set,
        key,
        field: None,
        doc: "",
        action: "",
        variables: Vec::new(),
        takes,
    };
    offer.with("", "")
}

impl Offer {
    /// Another flag of the same setting.
    fn with(mut self, suffix: &str, action: &'static str) -> Self {
        self.id.push_str(suffix);
        self.long = self.id.replace(['.', '_', ' ', '"', '='], "-");
        self.action = action;
        self
    }

    fn doing(mut self, op: Op, action: &'static str) -> Self {
        let suffix = op.suffix().to_uppercase();
        self.variables.iter_mut().for_each(|name| name.push_str(&suffix));
        self.op = op;
        self.with(op.suffix(), action)
    }
}
