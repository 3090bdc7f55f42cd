//! The settings of a struct, each as its description and its form.

use super::definition::Part;
use super::extension::Extension;
use super::takes::{LISTS, TABLES};
use super::view::{Reading, View, Word, as_text, below, is_bool};
use super::{leaked, leaked_all, leaked_texts};
use crate::decode::{Node, Reader, Span, Tree};
use crate::json_schema::remarks;
use crate::reference::literal::quoted;
use crate::reference::ty::{self, Ty};
use crate::schema::spelling::env_part;
use crate::schema::{Alias, Field, Inner, Kind, Merge};
use crate::value::Value;
use crate::value::form::{Definition, Form, Shape};
use crate::value::takes::{Items, Takes};

/// Which kind of setting a view is.
struct Made {
    kind: Kind,
    shape: Shape,
    /// The name of its type.
    ty: String,
    /// How many settings are in it.
    settings: usize,
    /// Whether it is a struct in which something is required.
    needs: bool,
}

/// A setting that has been read.
pub(super) struct Setting {
    pub(super) field: Field,
    pub(super) form: Form,
    /// How many settings are in it.
    pub(super) settings: usize,
    /// Whether it stands in the way of a struct that no source sets.
    pub(super) needs: bool,
    /// The place of its default.
    pub(super) default: Option<(String, Option<Span>)>,
}

impl<'t> Reading<'t> {
    /// The settings of a struct. `defaults` is what the struct around it says of them.
    pub(super) fn settings(
        &mut self,
        view: &View<'t>,
        defaults: Option<&Word<'t>>,
    ) -> Vec<Setting> {
        let mut settings: Vec<Setting> = Vec::new();
        let mut aliases: Vec<(&str, Alias, Word<'t>)> = Vec::new();
        let mut steps: Vec<(&str, Word<'t>)> = Vec::new();
        for property in &view.properties {
            let inner = self.view(property.tree, &property.at);
            let extension = self.extension(&inner);
            if extension.section {
                continue;
            }
            if let Some(target) = extension.step_of {
                steps.push((target, property.clone()));
                continue;
            }
            if let Some(target) = extension.alias_of {
                let (name, deprecated) = (leaked(property.name), inner.is("deprecated"));
                aliases.push((target, Alias { name, deprecated }, property.clone()));
                continue;
            }
            let required = view.required.contains(&property.name) || extension.required;
            let default = defaults.and_then(|word| {
                let at = below(&word.at, property.name);
                word.tree.get(property.name).map(|tree| Word { tree, at, ..word.clone() })
            });
            settings.push(self.setting(property, inner, &extension, required, default));
        }
        for name in &view.required {
            if !view.properties.iter().any(|property| property.name == *name) {
                let message = format!("`{name}` is required, and no property");
                let (at, span) = view.required_at.clone().unwrap_or((view.at.clone(), view.span));
                self.wrong(&at, span, message);
            }
        }
        if let Some(Word { tree: Tree { node: Node::Table(entries), .. }, at, .. }) = defaults {
            for (key, value) in entries {
                if !view.properties.iter().any(|property| property.name == key.text) {
                    let message = format!("the default has `{}`, which is no property", key.text);
                    self.wrong(&below(at, &key.text), value.span, message);
                }
            }
        }
        self.other_names(&mut settings, aliases, &steps);
        settings
    }

    /// Gives settings their other names, and looks whether two have the same.
    fn other_names(
        &mut self,
        settings: &mut [Setting],
        aliases: Vec<(&str, Alias, Word<'t>)>,
        steps: &[(&str, Word<'t>)],
    ) {
        let mut named: Vec<Vec<Alias>> = settings.iter().map(|_| Vec::new()).collect();
        for (target, alias, word) in aliases {
            match settings.iter().position(|setting| setting.field.name == target) {
                Some(index) => named[index].push(alias),
                None => {
                    let message = format!("another name of `{target}`, which is no property");
                    self.wrong(&word.at, word.tree.span, message);
                }
            }
        }
        for (target, word) in steps {
            if !settings.iter().any(|setting| setting.field.name == *target) {
                let message = format!("a step of `{target}`, which is no property");
                self.wrong(&word.at, word.tree.span, message);
            }
        }
        for (setting, names) in settings.iter_mut().zip(named) {
            // The names that are as good as the first come first, as the derive has them.
            let (former, others): (Vec<_>, Vec<_>) =
                names.into_iter().partition(|alias| alias.deprecated);
            setting.field.aliases = leaked_all(others.into_iter().chain(former).collect());
        }
    }

    /// One setting.
    fn setting(
        &mut self,
        property: &Word<'t>,
        mut view: View<'t>,
        extension: &Extension<'t>,
        required: bool,
        default: Option<Word<'t>>,
    ) -> Setting {
        let default = default.or_else(|| view.own("default").cloned()).or_else(|| {
            // A type's default holds for its values, where those have none of their own.
            view.word("default").cloned()
        });
        let made = self.made(&mut view, property.name, extension, default.as_ref());
        let Made { kind, shape, ty, settings, needs } = made;
        let secret = self.is_secret(&view, &shape);
        let needs = needs || !matches!(shape, Shape::Record(_));
        let null = view.null;
        let optional = !required && default.is_none() && (null || needs);
        let structured = matches!(kind, Kind::Nested(_) | Kind::Map | Kind::NestedMap(_));
        let merge = extension.merge.unwrap_or(match extension.merge_by {
            None if !structured => Merge::Replace,
            _ => Merge::Deep,
        });
        let mut form = Form {
            optional,
            null,
            merge,
            whole: merge == Merge::Replace && structured && !matches!(shape, Shape::One(_)),
            ..Form::new(shape)
        };
        let written = default.as_ref().and_then(|word| self.default(word, &mut form, kind));
        // As the struct writes it.
        let written = written.map(|written| extension.default.map_or(written, leaked));
        self.merging(property, extension, kind);
        let is_value = matches!(kind, Kind::Leaf | Kind::List | Kind::Map);
        let may_be_absent = form.optional || null;
        let ty = match extension.ty {
            Some(ty) => leaked(ty),
            None if may_be_absent => leaked(&format!("Option<{ty}>")),
            None => leaked(&ty),
        };
        let deprecated = extension.deprecated.map(leaked);
        let deprecated =
            deprecated.or(view.is("deprecated").then_some("it is going to be removed"));
        let mut field = Field {
            env_derived: !extension.no_env,
            env_names: leaked_texts(&extension.env),
            optional: may_be_absent,
            required: required && default.is_none() && is_value,
            ty,
            default: written,
            secret,
            deprecated,
            merge,
            separator: extension.separator.map_or(",", leaked),
            restart_required: extension.restart_required,
            ..Field::new(leaked(property.name), "", kind)
        };
        field.env = match extension.env_part {
            Some(part) => leaked(part),
            None => leaked(&env_part(property.name)),
        };
        let own = view.own("description");
        let of_type = || view.word("description").filter(|_| is_value);
        let doc = own.or_else(of_type).and_then(|word| as_text(word.tree)).unwrap_or_default();
        field.doc = leaked(without_remarks(doc, &field));
        let default = default.map(|word| (word.at, word.tree.span));
        let needs = needs && !form.optional && form.default.is_none();
        Setting { field, form, settings, needs, default }
    }

    /// Which kind of setting it is.
    fn made(
        &mut self,
        view: &mut View<'t>,
        name: &str,
        extension: &Extension<'t>,
        default: Option<&Word<'t>>,
    ) -> Made {
        let types = self.types(view);
        let ty = extension.ty.map(ty::of).map(|ty| match ty {
            Ty::Option(inner) => *inner,
            ty => ty,
        });
        let plain = |kind, shape, ty| Made { kind, shape, ty, settings: 0, needs: false };
        let is_whole = extension.whole
            || ["const", "enum", "anyOf", "oneOf"].iter().any(|name| view.word(name).is_some());
        match self.part(view, &types) {
            Part::Words(words) => {
                let schema: &'static _ =
                    Box::leak(Box::new(self.keyword(view, name, &words, extension)));
                plain(Kind::Nested(schema), Shape::One(Takes::Word(schema)), schema.name.to_owned())
            }
            part @ (Part::Record | Part::Choice(_)) => {
                // Its defaults are those of its settings.
                let is_table = |word: &&Word<'_>| matches!(&word.tree.node, Node::Table(entries) if !entries.is_empty());
                let defaults = default.filter(is_table).filter(|_| matches!(part, Part::Record));
                let known = self.define(view, name, &part, defaults, &Extension::default());
                if !known.done {
                    return self.endless(view);
                }
                let schema = known.definition.schema();
                let shape = match part {
                    Part::Record => Shape::Record(known.definition),
                    _ => Shape::Choice(known.definition),
                };
                let (settings, needs) = (known.settings, known.needs);
                let ty = schema.name.to_owned();
                Made { kind: Kind::Nested(schema), shape, ty, settings, needs }
            }
            Part::Other if !is_whole && types == ["array"] => {
                self.list(view, name, extension, ty.as_ref())
            }
            Part::Other if !is_whole && types == ["object"] => {
                self.map(view, name, extension, ty.as_ref())
            }
            Part::Other => {
                let takes = self.takes_of(view, &types, ty.as_ref());
                let name = takes.name();
                plain(Kind::Leaf, Shape::One(takes), name)
            }
        }
    }

    /// A struct that holds itself without a list or a map between has settings without end.
    fn endless(&mut self, view: &View<'t>) -> Made {
        let message = "it holds itself, so that its settings have no end; here any value is taken";
        let said = self.warn(&view.at, view.span, message.to_owned());
        said.help = Some("put a list or a map between".to_owned());
        let shape = Shape::One(Takes::Any);
        Made { kind: Kind::Leaf, shape, ty: "Value".to_owned(), settings: 0, needs: false }
    }

    fn list(
        &mut self,
        view: &View<'t>,
        name: &str,
        extension: &Extension<'t>,
        ty: Option<&Ty>,
    ) -> Made {
        let sizes = self.sizes(view, "minItems", "maxItems");
        let held = view.word("items").cloned();
        if let Some((element, inner, ty, settings)) = self.held(held.as_ref(), name, extension) {
            self.rest(view, LISTS);
            if view.is("uniqueItems") {
                let message =
                    "`uniqueItems` is not checked for items that have settings".to_owned();
                self.warn(&view.at, view.span, message);
            }
            let merge_by = extension.merge_by.map(leaked);
            let kind = Kind::NestedList { schema: inner, merge_by };
            let shape = Shape::Elements { element, merge_by, sizes };
            return Made { kind, shape, ty: format!("Vec<{ty}>"), settings, needs: false };
        }
        let items: Items = self.items(view, ty);
        let ty = format!("Vec<{}>", items.item.name());
        Made { kind: Kind::List, shape: Shape::List(items), ty, settings: 0, needs: false }
    }

    fn map(
        &mut self,
        view: &View<'t>,
        name: &str,
        extension: &Extension<'t>,
        ty: Option<&Ty>,
    ) -> Made {
        self.rest(view, TABLES);
        let sizes = self.sizes(view, "minProperties", "maxProperties");
        let held = view.word("additionalProperties").cloned();
        if let Some((value, inner, ty, settings)) = self.held(held.as_ref(), name, extension) {
            let shape = Shape::Map { value, sizes };
            let ty = format!("BTreeMap<String, {ty}>");
            return Made { kind: Kind::NestedMap(inner), shape, ty, settings, needs: false };
        }
        let ty = match ty {
            Some(Ty::Map(value)) => Some(&**value),
            _ => None,
        };
        let (takes, null) = match held {
            Some(word) if !is_bool(word.tree, true) => {
                let inner = self.view(word.tree, &word.at);
                let inner_ty = match ty {
                    Some(Ty::Option(inner)) => Some(&**inner),
                    other => other,
                };
                match self.takes(inner, inner_ty) {
                    Takes::OrNull(takes) => (*takes, true),
                    takes => (takes, false),
                }
            }
            _ => (Takes::Any, false),
        };
        let of_value = if null { format!("Option<{}>", takes.name()) } else { takes.name() };
        let ty = format!("BTreeMap<String, {of_value}>");
        let form = Form { null, optional: null, ..Form::new(Shape::One(takes)) };
        let shape = Shape::Map { value: Box::leak(Box::new(form)), sizes };
        Made { kind: Kind::Map, shape, ty, settings: 0, needs: false }
    }

    /// The form of what a list or map holds, where that has settings of its own.
    fn held(
        &mut self,
        word: Option<&Word<'t>>,
        name: &str,
        extension: &Extension<'t>,
    ) -> Option<(&'static Form, Inner, String, usize)> {
        let word = word.filter(|word| matches!(word.tree.node, Node::Table(_)))?;
        let before = self.said.len();
        let mut view = self.view(word.tree, &word.at);
        let types = self.types(&mut view);
        match self.part(&mut view, &types) {
            part @ (Part::Record | Part::Choice(_)) => {
                let null = view.null;
                let known = self.define(&view, name, &part, None, &Extension::default());
                let definition = known.definition;
                let shape = match part {
                    Part::Record => Shape::Record(definition),
                    _ => Shape::Choice(definition),
                };
                let form = Form { null, optional: null, ..Form::new(shape) };
                // While it is being read, its name is what refers to it.
                let ty = match definition.schema.get() {
                    Some(schema) => schema.name.to_owned(),
                    None => view.referred_name().unwrap_or(name).to_owned(),
                };
                let inner = Inner::Read(&definition.schema);
                Some((Box::leak(Box::new(form)), inner, ty, known.settings))
            }
            Part::Words(words) if extension.nested => {
                let extension = self.extension(&view);
                let definition: &'static Definition = Box::leak(Box::default());
                let schema = self.keyword(&view, name, &words, &extension);
                let schema = definition.schema.get_or_init(|| schema);
                let form = Form::new(Shape::One(Takes::Word(schema)));
                let inner = Inner::Read(&definition.schema);
                Some((Box::leak(Box::new(form)), inner, schema.name.to_owned(), 0))
            }
            _ => {
                // It is looked at again, as a value.
                self.said.truncate(before);
                None
            }
        }
    }

    /// Whether what is said of merging is for such a setting.
    fn merging(&mut self, property: &Word<'t>, extension: &Extension<'t>, kind: Kind) {
        let (at, span) = (&property.at, property.tree.span);
        let is_list = matches!(kind, Kind::List | Kind::NestedList { .. });
        match extension.merge {
            Some(Merge::Append | Merge::Prepend | Merge::Union) if !is_list => {
                self.wrong(
                    at,
                    span,
                    "only lists are merged so; a setting of another kind is `replace` or `deep`",
                );
            }
            Some(Merge::Union) if matches!(kind, Kind::NestedList { .. }) => {
                let message =
                    "objects are not compared: say which key tells them apart, `merge_by`";
                self.wrong(at, span, message);
            }
            Some(Merge::Deep) if matches!(kind, Kind::Leaf | Kind::List) => {
                self.wrong(at, span, "`deep` is for what has settings of its own");
            }
            _ => {}
        }
        let Some(key) = extension.merge_by else { return };
        let Kind::NestedList { schema, .. } = kind else {
            self.wrong(at, span, "`merge_by` is for a list of objects");
            return;
        };
        let keys = schema.get().fields().iter();
        if !keys.clone().any(|field| field.name == key && matches!(field.kind, Kind::Leaf)) {
            let known: Vec<_> = keys.map(|field| field.name).collect();
            let expected = crate::decode::fault::one_of(&known);
            self.wrong(at, span, format!("`merge_by` names no key of an element, {expected}"));
        }
    }

    /// Takes a default into the form; as text of the declaration, where it says something there.
    fn default(&mut self, word: &Word<'t>, form: &mut Form, kind: Kind) -> Option<&'static str> {
        let value = match Value::of_tree(word.tree) {
            Ok(value) => value,
            Err(fault) => {
                self.wrong(&word.at, word.tree.span, fault.to_string());
                return None;
            }
        };
        if value.is_null() {
            if !form.null {
                self.wrong(&word.at, word.tree.span, "`null` is no value of it");
                return None;
            }
            form.default = Some(value);
            return Some("None");
        }
        if matches!(form.shape, Shape::Record(_)) {
            let Value::Table(_) = value else {
                let found = word.tree.found();
                self.wrong(&word.at, word.tree.span, format!("expected a table, found {found}"));
                return None;
            };
            // Its settings have their own defaults; that it is there is what is left to say.
            form.default = form.null.then(|| Value::Table(crate::value::Table::new()));
            return None;
        }
        let value = match &form.shape {
            Shape::One(takes) => match takes.read(&Reader::Tree(word.tree)) {
                Ok(value) => value,
                Err(fault) => {
                    let fault = fault.about(|| word.tree.found());
                    self.wrong(
                        &word.at,
                        word.tree.span,
                        format!("the default does not fit: {fault}"),
                    );
                    return None;
                }
            },
            _ => value,
        };
        let is_empty = match &value {
            Value::List(items) => items.is_empty(),
            Value::Table(table) => table.is_empty(),
            _ => false,
        };
        let written = match kind {
            // Lists and maps of structs are empty by themselves.
            Kind::NestedList { .. } | Kind::NestedMap(_) if is_empty => None,
            Kind::Map if is_empty => Some("Default::default()"),
            _ => Some(leaked(&literal(&value))),
        };
        form.default = Some(value);
        written
    }
}

/// A value as a declaration would write it.
fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) | Value::Datetime(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// A description without what is said of every such setting.
fn without_remarks<'d>(doc: &'d str, field: &Field) -> &'d str {
    let mut doc = doc.trim();
    for remark in remarks(field).iter().rev() {
        if let Some(before) = doc.strip_suffix(remark.as_str()) {
            doc = before.trim_end();
        }
    }
    doc
}
