//! What a loading kept, read again: the layers of all sources in their order.

use super::cell::Cell;
use super::spec::{Mark, Spec};
use crate::decode::{Document, Layers, Place, Section, Tree, Walk};
use crate::format::Limits;
use crate::load::Retained;
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

/// The sources of a loading, by the layers that they gave.
pub(super) struct Sources<'k> {
    layers: Vec<Layer<'k>>,
}

/// Where a layer comes from.
struct Layer<'k> {
    from: From<'k>,
    /// The profile whose section it is.
    profile: Option<String>,
    /// Whether that profile was selected.
    selected: bool,
    /// Where the lines of its text begin.
    lines: Vec<usize>,
}

/// What tells the origin of a place.
#[derive(Clone, Copy)]
enum From<'k> {
    Text(&'k str, &'k std::sync::Arc<str>),
    Settings(&'k [(crate::path::KeyPath, Op, Origin)]),
    All(&'k Origin),
}

impl<'k> Sources<'k> {
    /// Reads all that was kept, and gives the cells of each layer, in the order of precedence.
    pub(super) fn read(terms: Terms<'k>, retained: &'k [Retained]) -> (Self, Vec<Cell>) {
        let sources = Self { layers: Vec::new() };
        let mut reading = Reading { terms, sources, cells: Vec::new() };
        for retained in retained {
            match retained {
                Retained::Document { text, format } => {
                    let Ok(tree) = format.tree(&text.text, terms.limits) else { continue };
                    let from = From::Text(&text.name, &text.text);
                    reading.document(&tree, from, text.profile.as_deref());
                }
                Retained::Values { tree, origin } => {
                    reading.document(tree, From::All(origin), None);
                }
                Retained::Given { tree } => reading.whole(tree, From::All(&Origin::Defaults)),
                Retained::Settings { settings, trees } => {
                    trees.iter().for_each(|tree| reading.whole(tree, From::Settings(settings)));
                }
            }
        }
        for cell in &mut reading.cells {
            cell.hide(terms.secrets, &mut KeyPath::root());
        }
        (reading.sources, reading.cells)
    }

    /// Where a value comes from, in words for people.
    pub(super) fn origin(&self, mark: Mark) -> Origin {
        let Some(layer) = mark.layer.and_then(|index| self.layers.get(index)) else {
            return Origin::Default;
        };
        match (layer.from, mark.span) {
            (From::Text(name, text), span) => {
                let range = span.map_or(0..0, crate::decode::Span::range);
                Origin::Text(layer.location(name, text, range))
            }
            (From::Settings(settings), Some(span)) => settings
                .get(crate::assign::number(span))
                .map_or(Origin::Override, |(.., origin)| origin.clone()),
            (From::Settings(settings), None) => {
                settings.first().map_or(Origin::Override, |(.., origin)| origin.clone())
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
}

impl Layer<'_> {
    fn location(&self, name: &str, text: &str, range: std::ops::Range<usize>) -> Location {
        let line = self.lines.partition_point(|start| *start <= range.start).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = text.get(start..range.start).unwrap_or_default();
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        let (start, end, profile) = (range.start, range.end, self.profile.clone());
        Location { name: name.into(), line, column, start, end, profile }
    }
}

struct Reading<'k> {
    terms: Terms<'k>,
    sources: Sources<'k>,
    cells: Vec<Cell>,
}

impl<'k> Reading<'k> {
    fn layer(&mut self, from: From<'k>, profile: Option<&str>, selected: bool) -> Cell {
        let lines = match from {
            From::Text(_, text) => {
                let after = text.match_indices('\n').map(|(at, _)| at + 1);
                std::iter::once(0).chain(after).collect()
            }
            _ => Vec::new(),
        };
        let profile = profile.map(str::to_owned);
        self.sources.layers.push(Layer { from, profile, selected, lines });
        Cell::new(Spec::root(self.terms.schema), self.sources.layers.len() - 1)
    }

    /// One layer that has no sections.
    fn whole(&mut self, tree: &Tree<'_>, from: From<'k>) {
        let mut cell = self.layer(from, None, true);
        Walk::default().apply(&mut cell, None, Op::Set, tree);
        self.cells.push(cell);
    }

    /// A document: its sections that were selected, and after them those that were not.
    fn document(&mut self, tree: &Tree<'_>, from: From<'k>, profile: Option<&str>) {
        let selected = self.terms.profiles;
        let (sections, found) = sections(self.terms.schema, selected, tree);
        for section in &sections {
            let profile = match section {
                Section::Profile(index) => selected.get(*index).map(String::as_str),
                _ => profile,
            };
            let cell = self.layer(from, profile, true);
            self.cells.push(cell);
        }
        let first = self.cells.len() - sections.len();
        let mut layers = Filling { order: &sections, cells: &mut self.cells[first..] };
        Document::new(self.terms.schema, selected, &mut layers, false).apply(tree);
        for name in found.iter().filter(|name| !selected.contains(name)) {
            let only = [name.clone()];
            let mut cell = self.layer(from, Some(name), false);
            let mut layers = Only { cell: &mut cell, other: Cell::new(Spec::root(&EMPTY), 0) };
            Document::new(self.terms.schema, &only, &mut layers, false).apply(tree);
            self.cells.push(cell);
        }
    }
}

static EMPTY: Schema = Schema::new("", crate::schema::Body::Record(&[]));

/// Which sections of a document have a say, in their order, and the profiles that have one.
fn sections(
    schema: &'static Schema,
    selected: &[String],
    tree: &Tree<'_>,
) -> (Vec<Section>, Vec<String>) {
    let mut layers = Asked { sections: Vec::new(), cell: Cell::new(Spec::root(&EMPTY), 0) };
    let mut document = Document::new(schema, selected, &mut layers, false);
    document.apply(tree);
    let found = std::mem::take(&mut document.found);
    layers.sections.sort_unstable();
    layers.sections.dedup();
    (layers.sections, found)
}

/// Notes which sections are asked for.
struct Asked {
    sections: Vec<Section>,
    cell: Cell,
}

impl Layers for Asked {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        self.sections.push(section);
        &mut self.cell
    }
}

/// Fills the cells of the sections.
struct Filling<'f> {
    order: &'f [Section],
    cells: &'f mut [Cell],
}

impl Layers for Filling<'_> {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        let at = self.order.iter().position(|known| *known == section).unwrap_or_default();
        &mut self.cells[at]
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
