//! One document: which of its top-level keys are settings and which are profiles' sections.

use super::apply::{Walk, What};
use super::face::Place;
use super::fault::Fault;
use super::tree::{Node, Tree};
use crate::path::KeyPath;
use crate::schema::{Field, Op, Schema};

/// The layers that one document fills.
pub trait Layers {
    /// The layer of a section; it begins to exist when it is asked for.
    fn layer(&mut self, section: Section) -> &mut dyn Place;
}

/// A part of a document that is a layer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// `[default]`, below the rest.
    Default,
    /// What stands in no section.
    Base,
    /// The section of the profile at this position of the selection.
    Profile(usize),
}

/// What editors write at the top of a file to know the JSON Schema that describes it.
const SCHEMA_KEY: &str = "$schema";

/// What a top-level key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A setting, in the section [`Section::Base`].
    Setting,
    /// A table of settings.
    Section(Section),
    /// The table `profile`, whose keys are profiles; see [`Document::profile`].
    Profiles,
    /// The section of a profile that was not selected, or a note for editors: it is read over.
    Ignored,
}

/// One document on its way into layers.
pub struct Document<'d> {
    /// The description of the root.
    pub schema: &'static Schema,
    /// The selected profiles; the last one wins.
    pub selected: &'d [String],
    /// What is filled.
    pub layers: &'d mut dyn Layers,
    /// The profiles that have a section here, selected or not.
    pub found: Vec<String>,
    /// Whether something is worth a warning, so that the warnings are worth the time they take.
    pub remarks: bool,
    /// The first secret that the fast path set.
    pub secret: Option<&'static Field>,
    /// Whether an unknown key is an error everywhere.
    pub strict: bool,
}

impl<'d> Document<'d> {
    /// A document of nothing yet.
    pub fn new(
        schema: &'static Schema,
        selected: &'d [String],
        layers: &'d mut dyn Layers,
        strict: bool,
    ) -> Self {
        Self { schema, selected, layers, found: Vec::new(), remarks: false, secret: None, strict }
    }

    /// What a top-level key is. A field of that name is always a setting.
    pub fn route(&mut self, key: &str) -> Route {
        if !self.may_be_section(key) {
            return Route::Setting;
        }
        if self.schema.find(key, &mut 0).is_some() {
            return Route::Setting;
        }
        match key {
            SCHEMA_KEY => Route::Ignored,
            "default" => Route::Section(Section::Default),
            "profile" => Route::Profiles,
            name => self.profile(name),
        }
    }

    /// Whether a top-level key is anything but a setting, unless there is a setting of that name.
    fn may_be_section(&self, key: &str) -> bool {
        self.is_profile(key) || ["default", "profile", SCHEMA_KEY].contains(&key)
    }

    /// Whether a top-level table of this name is a profile's. Where none is declared, those that are
    /// selected are known.
    fn is_profile(&self, key: &str) -> bool {
        let selected = || self.selected.iter().any(|selected| selected == key);
        self.schema.profiles.contains(&key) || (self.schema.is_any() && selected())
    }

    /// What a key with this value is. Without a schema, only tables are sections.
    fn route_of(&mut self, key: &str, value: &Tree<'_>) -> Route {
        let is_table = |tree: &Tree<'_>| matches!(tree.node, Node::Table(_));
        if self.schema.is_any() && key != SCHEMA_KEY {
            let holds_sections = match &value.node {
                Node::Table(entries) if key == "profile" => {
                    entries.iter().all(|(_, section)| is_table(section))
                }
                node => matches!(node, Node::Table(_)),
            };
            if !holds_sections {
                return Route::Setting;
            }
        }
        self.route(key)
    }

    /// What a key of the table `profile` is.
    pub fn profile(&mut self, name: &str) -> Route {
        if !self.found.iter().any(|found| found == name) {
            self.found.push(name.to_owned());
        }
        // Of a profile that is selected twice, the last one counts, as it does of all.
        match self.selected.iter().rposition(|selected| selected == name) {
            Some(index) => Route::Section(Section::Profile(index)),
            None => Route::Ignored,
        }
    }

    /// Fills the layers from a tree and says everything that is worth saying.
    pub fn apply(&mut self, tree: &Tree<'_>) -> Walk {
        let mut walk = Walk::at(KeyPath::root());
        let Node::Table(entries) = &tree.node else {
            self.misshapen(&mut walk, "a table of settings", tree);
            return walk;
        };
        if !entries.iter().any(|(key, _)| self.may_be_section(&key.text)) {
            walk.apply(self.layers.layer(Section::Base), None, Op::Set, tree);
            return walk;
        }
        let mut settings = Vec::new();
        for (key, value) in entries {
            match self.route_of(&key.text, value) {
                Route::Setting => settings.push((key.clone(), value.clone())),
                Route::Ignored => walk.secrets.extend(value.span),
                Route::Section(section) => self.section(&mut walk, section, &[&key.text], value),
                Route::Profiles => match &value.node {
                    Node::Table(profiles) => {
                        for (name, value) in profiles {
                            if let Route::Section(section) = self.profile(&name.text) {
                                let path = ["profile", &name.text];
                                self.section(&mut walk, section, &path, value);
                            } else {
                                walk.secrets.extend(value.span);
                            }
                        }
                    }
                    _ => {
                        walk.path.push("profile");
                        self.misshapen(&mut walk, "a table of profiles", value);
                        walk.path.pop();
                    }
                },
            }
        }
        let base = Tree { node: Node::Table(settings), span: tree.span };
        walk.apply(self.layers.layer(Section::Base), None, Op::Set, &base);
        walk
    }

    /// What stands where a table of settings is asked for may be a secret, if there is one.
    fn misshapen(&self, walk: &mut Walk, expected: &str, tree: &Tree<'_>) {
        let mut fault = Fault::expected(expected, tree.found());
        if self.schema.holds_secret() {
            fault = fault.redacted();
            walk.secrets.extend(tree.span);
        }
        walk.find(What::Fault(fault), tree.span, None);
    }

    fn section(&mut self, walk: &mut Walk, section: Section, path: &[&str], tree: &Tree<'_>) {
        match &tree.node {
            Node::Table(_) => walk.apply(self.layers.layer(section), None, Op::Set, tree),
            Node::Scalar(scalar) if scalar.is_null() => {}
            // The section itself is at fault, and no setting.
            _ => {
                path.iter().for_each(|key| walk.path.push((*key).to_owned()));
                self.misshapen(walk, "a table of settings", tree);
                walk.path = KeyPath::root();
            }
        }
    }
}
