//! What a loading kept, read again: the layers of all sources in their order.

use std::cell::OnceCell;
use std::sync::Arc;

use super::cell::Cell;
use super::scope::Scope;
use super::spec::{Mark, Spec};
use crate::decode::{Document, Layers, Place, Section, Span, Tree, Walk};
use crate::format::Limits;
use crate::load::{Assigned, Retained};
use crate::origin::{Location, Origin};
use crate::path::KeyPath;
use crate::schema::{Op, Schema};
use crate::value::Secrets;

/// What sources are read by.
#[derive(Clone, Copy)]
pub(super) struct Terms<'k> {
    pub(super) schema: &'static Schema,
    /// The selected profiles.
    pub(super) profiles: &'k [String],
    pub(super) limits: &'k Limits,
    pub(super) secrets: &'k Secrets,
}

/// Sources that were read, by the layers that they gave.
pub(super) struct Sources<'k> {
    terms: Terms<'k>,
    layers: Vec<Layer<'k>>,
}

/// Where a layer comes from.
struct Layer<'k> {
    from: From<'k>,
    /// The profile whose section it is.
    profile: Option<String>,
    /// Whether that profile was selected.
    selected: bool,
    /// Where the lines of its text begin, once somebody asks for a place in it.
    lines: OnceCell<Vec<usize>>,
}

/// What tells the origin of a place.
#[derive(Clone, Copy)]
enum From<'k> {
    Text(&'k Arc<str>, &'k str),
    Settings(&'k [(KeyPath, Op, Origin)]),
    Variables(&'k [Assigned]),
    All(&'k Origin),
}

/// What is read of a source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// What has a say.
    Selected,
    /// The sections of profiles that were not selected, too.
    All,
}

impl<'k> Sources<'k> {
    /// None yet.
    pub(super) fn new(terms: Terms<'k>) -> Self {
        Self { terms, layers: Vec::new() }
    }

    /// Reads all that was kept, and gives the cells of each layer, in the order of precedence; those of
    /// a document are followed by those of its profiles that were not selected.
    pub(super) fn read(terms: Terms<'k>, retained: &'k [Retained]) -> (Self, Vec<Cell>) {
        let mut sources = Self::new(terms);
        let mut cells = Vec::new();
        for retained in retained {
            cells.extend(sources.parts(retained, &Scope::All, Parts::All));
        }
        (sources, cells)
    }

    /// Reads what was kept of one source, as far as it has a say and is about these settings.
    pub(super) fn source(&mut self, retained: &'k Retained, scope: &Scope) -> Vec<Cell> {
        self.parts(retained, scope, Parts::Selected)
    }

    fn parts(&mut self, retained: &'k Retained, scope: &Scope, parts: Parts) -> Vec<Cell> {
        let terms = self.terms;
        let mut cells = match retained {
            Retained::Document { text, format } => {
                let Ok(tree) = format.tree(&text.text, terms.limits) else { return Vec::new() };
                let from = From::Text(&text.name, &text.text);
                self.document(&tree, from, text.profile.as_deref(), scope, parts)
            }
            Retained::Values { tree, origin } => {
                self.document(tree, From::All(origin), None, scope, parts)
            }
            Retained::Given { tree } => {
                vec![self.whole(tree, From::All(&Origin::Defaults), scope)]
            }
            Retained::Settings { settings, trees } => {
                let from = From::Settings(settings);
                trees.iter().map(|tree| self.whole(tree, from, scope)).collect()
            }
            Retained::Variables(all) => {
                vec![self.whole(&Assigned::tree(all), From::Variables(all), scope)]
            }
        };
        for cell in &mut cells {
            cell.hide(terms.secrets, &mut KeyPath::root());
        }
        cells
    }

    /// Where a value comes from, in words for people.
    pub(super) fn origin(&self, mark: Mark) -> Origin {
        let Some(layer) = mark.layer.and_then(|index| self.layers.get(index)) else {
            return Origin::Default;
        };
        match (layer.from, mark.span) {
            (From::Text(name, text), span) => {
                let range = span.map_or(0..0, Span::range);
                Origin::Text(layer.location(name, text, range))
            }
            (From::Settings(settings), Some(span)) => settings
                .get(crate::assign::number(span))
                .map_or(Origin::Override, |(.., origin)| origin.clone()),
            (From::Settings(settings), None) => {
                settings.first().map_or(Origin::Override, |(.., origin)| origin.clone())
            }
            (From::Variables(all), span) => {
                let number = span.map_or(0, crate::assign::number);
                all.get(number).map_or(Origin::Override, |one| one.said.origin())
            }
            (From::All(origin), _) => origin.clone(),
        }
    }

    /// The profile of a layer, where it is that of one.
    pub(super) fn profile(&self, layer: usize) -> Option<&str> {
        self.layers.get(layer)?.profile.as_deref()
    }

    /// The profile of a layer that was not selected.
    pub(super) fn not_selected(&self, layer: usize) -> Option<&str> {
        let layer = self.layers.get(layer)?;
        layer.profile.as_deref().filter(|_| !layer.selected)
    }

    /// A new layer that says nothing yet.
    fn layer(
        &mut self,
        from: From<'k>,
        profile: Option<&str>,
        selected: bool,
        scope: &Scope,
    ) -> Cell {
        let profile = profile.map(str::to_owned);
        self.layers.push(Layer { from, profile, selected, lines: OnceCell::new() });
        Cell::scoped(Spec::root(self.terms.schema), self.layers.len() - 1, scope)
    }

    /// One layer that has no sections.
    fn whole(&mut self, tree: &Tree<'_>, from: From<'k>, scope: &Scope) -> Cell {
        let mut cell = self.layer(from, None, true, scope);
        Walk::default().apply(&mut cell, None, Op::Set, tree);
        cell
    }

    /// A document: its sections that were selected, and after them those that were not.
    fn document(
        &mut self,
        tree: &Tree<'_>,
        from: From<'k>,
        profile: Option<&str>,
        scope: &Scope,
        parts: Parts,
    ) -> Vec<Cell> {
        let Terms { schema, profiles, .. } = self.terms;
        let mut filling = Filling { sources: self, from, profile, scope, filled: Vec::new() };
        let mut document = Document::new(schema, profiles, &mut filling, false);
        document.apply(tree);
        let found = std::mem::take(&mut document.found);
        let mut filled = filling.filled;
        filled.sort_by_key(|(section, _)| *section);
        let mut all: Vec<Cell> = filled.into_iter().map(|(_, cell)| cell).collect();
        if parts == Parts::Selected {
            return all;
        }
        for name in found.iter().filter(|name| !profiles.contains(name)) {
            let only = [name.clone()];
            let mut cell = self.layer(from, Some(name), false, scope);
            let mut layers = Only { cell: &mut cell, other: Cell::new(Spec::root(&EMPTY), 0) };
            Document::new(schema, &only, &mut layers, false).apply(tree);
            all.push(cell);
        }
        all
    }
}

impl Layer<'_> {
    fn location(&self, name: &Arc<str>, text: &str, range: std::ops::Range<usize>) -> Location {
        let lines = self.lines.get_or_init(|| {
            let after = text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after).collect()
        });
        let line = lines.partition_point(|start| *start <= range.start).max(1);
        let start = lines.get(line - 1).copied().unwrap_or_default();
        let before = text.get(start..range.start).unwrap_or_default();
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        let (start, end, profile) = (range.start, range.end, self.profile.clone());
        Location { name: Arc::clone(name), line, column, start, end, profile }
    }
}

static EMPTY: Schema = Schema::new("", crate::schema::Body::Record(&[]));

/// Fills the cells of the sections, which begin to exist when they are asked for.
struct Filling<'f, 'k> {
    sources: &'f mut Sources<'k>,
    from: From<'k>,
    /// The profile of the document as a whole.
    profile: Option<&'f str>,
    scope: &'f Scope,
    filled: Vec<(Section, Cell)>,
}

impl Layers for Filling<'_, '_> {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        let known = self.filled.iter().position(|(known, _)| *known == section);
        let at = known.unwrap_or_else(|| {
            let profile = match section {
                Section::Profile(index) => {
                    self.sources.terms.profiles.get(index).map(String::as_str)
                }
                _ => self.profile,
            };
            let cell = self.sources.layer(self.from, profile, true, self.scope);
            self.filled.push((section, cell));
            self.filled.len() - 1
        });
        &mut self.filled[at].1
    }
}

/// Fills the section of one profile and no other.
struct Only<'o> {
    cell: &'o mut Cell,
    other: Cell,
}

impl Layers for Only<'_> {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        match section {
            Section::Profile(_) => self.cell,
            _ => &mut self.other,
        }
    }
}
