//! Which tables a document has so far, and which key may go where.
//!
//! | so far | `[t]` | `[[t]]` | `[t.x]` | `t.x = …` | `t = …` |
//! | --- | --- | --- | --- | --- | --- |
//! | nothing | new | new | `t` is implied | `t` is dotted | new |
//! | implied, as by `[t.x]` | defined now | ✗ | go in | becomes dotted | ✗ |
//! | dotted, as by `t.x = 1` | ✗ | ✗ | go in | go in | ✗ |
//! | defined, as by `[t]` | ✗ | ✗ | go in | ✗ | ✗ |
//! | `[[t]]` | ✗ | another element | into the last element | into what is below it | ✗ |
//! | a value, also `{…}` or `[…]` | ✗ | ✗ | ✗ | ✗ | ✗ |
//!
//! These are the rules of the `toml` crate, whose verdict the tests compare with ours. Inside an
//! inline table the same rules hold; when it closes it becomes a value and its tables are
//! forgotten.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::Limits;
use crate::decode::{Key, Node, Span, Tree};
use crate::schema::{Field, Kind, Op};

/// No table, no entry.
const NONE: u32 = u32::MAX;

/// Tables with more entries than this are searched by hash; most have fewer, and are searched
/// faster from one end to the other.
const SMALL: u32 = 16;

/// So many fields of a struct have a bit.
pub(super) const BITS: usize = u64::BITS as usize;

/// The tables of one document. `V` is what a value is kept as.
pub(super) struct Shape<'t, V> {
    tables: Vec<Table>,
    indexes: Vec<HashMap<Cow<'t, str>, u32>>,
    entries: Vec<Entry<'t, V>>,
    depth: u32,
    /// How many more tables the limit of values allows.
    pub(super) room: usize,
}

struct Table {
    first: u32,
    last: u32,
    len: u32,
    /// How many tables and lists are around it.
    level: u32,
    made: Made,
    /// Whether some key of it is not simply a field's name.
    unusual: bool,
    /// The fields whose own names were keys of it, on the fast path. Not all of these keys have
    /// entries.
    named: u64,
    /// The next element, where it is one of a list.
    next: u32,
    span: Span,
    /// The index that finds its entries, once there are many.
    index: u32,
}

/// How a table came about so far; the rows of the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// By the header of a table inside it.
    Implied,
    /// By dotted keys.
    Dotted,
    /// By a header of its own, by braces, or with the document.
    Defined,
}

struct Entry<'t, V> {
    key: Cow<'t, str>,
    span: Span,
    slot: Slot<V>,
    next: u32,
    /// The field that the key names, on the fast path.
    field: Option<(&'static Field, Op)>,
    /// The position of that field, where it has a bit.
    index: Option<usize>,
}

enum Slot<V> {
    Value(Option<V>),
    Table(u32),
    Tables { first: u32, last: u32, span: Span },
}

/// A step into a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// The key's entry.
    pub(super) entry: u32,
    /// The table.
    pub(super) table: u32,
    /// Whether the entry was not there before.
    pub(super) new: bool,
    /// Whether the table is an element of the list that the key names.
    pub(super) element: bool,
}

/// Why a key may not go where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Clash {
    /// It was there before.
    Duplicate(Span),
    /// It would extend what is a value.
    Value(Span),
    /// It would extend, by dots, what has a header of its own.
    Header(Span),
    /// More levels than the limit.
    TooDeep,
    /// More values than the limit.
    TooMany,
}

/// The state to which [`Shape::close`] goes back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// The inline table.
    pub(super) table: u32,
    entries: usize,
    indexes: usize,
}

impl<'t, V> Shape<'t, V> {
    /// The root is table 0.
    pub(super) const ROOT: u32 = 0;

    /// Nothing but a root table, and space for about so many keys.
    pub(super) fn new(limits: &Limits, room: usize, keys: usize) -> Self {
        let depth = u32::try_from(limits.depth).unwrap_or(u32::MAX);
        let mut shape = Self {
            tables: Vec::with_capacity(4 + keys / 2),
            indexes: Vec::new(),
            entries: Vec::with_capacity(keys),
            depth,
            room,
        };
        shape.push_table(0, Made::Defined, Span::default());
        shape
    }

    /// How many tables and lists are around a table.
    pub(super) fn level(&self, table: u32) -> u32 {
        self.tables[table as usize].level
    }

    /// The key of an entry.
    pub(super) fn key(&self, entry: u32) -> &str {
        &self.entries[entry as usize].key
    }

    /// One step of a header's path, or of a dotted key.
    pub(super) fn descend(
        &mut self,
        table: u32,
        key: Cow<'t, str>,
        span: Span,
        dotted: bool,
    ) -> Result<Step, Clash> {
        let Some(entry) = self.find(table, &key) else {
            let made = if dotted { Made::Dotted } else { Made::Implied };
            return self.insert_table(table, key, span, made, span);
        };
        let Entry { slot, span: first, .. } = &self.entries[entry as usize];
        match *slot {
            Slot::Value(_) => Err(Clash::Value(*first)),
            Slot::Tables { last, .. } => Ok(Step { entry, table: last, new: false, element: true }),
            Slot::Table(inner) => {
                let made = &mut self.tables[inner as usize].made;
                if dotted {
                    if *made == Made::Defined {
                        return Err(Clash::Header(*first));
                    }
                    *made = Made::Dotted;
                }
                Ok(Step { entry, table: inner, new: false, element: false })
            }
        }
    }

    /// The last key of `[header]`.
    pub(super) fn define(
        &mut self,
        table: u32,
        key: Cow<'t, str>,
        span: Span,
        header: Span,
    ) -> Result<Step, Clash> {
        let Some(entry) = self.find(table, &key) else {
            return self.insert_table(table, key, span, Made::Defined, header);
        };
        let there = &mut self.entries[entry as usize];
        if let Slot::Table(inner) = there.slot {
            let state = &mut self.tables[inner as usize];
            if state.made == Made::Implied {
                state.made = Made::Defined;
                state.span = header;
                there.span = span;
                return Ok(Step { entry, table: inner, new: false, element: false });
            }
        }
        Err(Clash::Duplicate(there.span))
    }

    /// The last key of `[[header]]`.
    pub(super) fn add(
        &mut self,
        table: u32,
        key: Cow<'t, str>,
        span: Span,
        header: Span,
    ) -> Result<Step, Clash> {
        let level = self.level(table) + 2;
        let found = self.find(table, &key);
        if let Some(entry) = found
            && !matches!(self.entries[entry as usize].slot, Slot::Tables { .. })
        {
            return Err(Clash::Duplicate(self.entries[entry as usize].span));
        }
        let inner = self.new_table(level, Made::Defined, header)?;
        let Some(entry) = found else {
            // The list is a value too.
            self.take_room()?;
            let slot = Slot::Tables { first: inner, last: inner, span: header };
            let entry = self.insert(table, key, span, slot);
            return Ok(Step { entry, table: inner, new: true, element: true });
        };
        if let Slot::Tables { last, .. } = &mut self.entries[entry as usize].slot {
            self.tables[*last as usize].next = inner;
            *last = inner;
        }
        Ok(Step { entry, table: inner, new: false, element: true })
    }

    /// The last key of `key = …`; `dotted` where it has other parts before it.
    pub(super) fn value(
        &mut self,
        table: u32,
        key: Cow<'t, str>,
        span: Span,
        dotted: bool,
    ) -> Result<u32, Clash> {
        let state = &self.tables[table as usize];
        if dotted && state.made == Made::Defined {
            return Err(Clash::Header(state.span));
        }
        match self.find(table, &key) {
            Some(entry) => Err(Clash::Duplicate(self.entries[entry as usize].span)),
            None => Ok(self.insert(table, key, span, Slot::Value(None))),
        }
    }

    /// An inline table at a level.
    pub(super) fn open(&mut self, level: u32) -> Result<Mark, Clash> {
        self.fits(level)?;
        let (entries, indexes) = (self.entries.len(), self.indexes.len());
        let table = self.push_table(level, Made::Defined, Span::default());
        Ok(Mark { table, entries, indexes })
    }

    /// Forgets an inline table and all that was in it.
    pub(super) fn close(&mut self, mark: Mark) {
        self.tables.truncate(mark.table as usize);
        self.entries.truncate(mark.entries);
        self.indexes.truncate(mark.indexes);
    }

    /// Whether something may stand at a level.
    pub(super) fn fits(&self, level: u32) -> Result<(), Clash> {
        if level > self.depth { Err(Clash::TooDeep) } else { Ok(()) }
    }

    /// Whether some key of a table is not simply a field's name.
    pub(super) fn is_unusual(&self, table: u32) -> bool {
        self.tables[table as usize].unusual
    }

    /// Notes that the own name of the field at `index`, below [`BITS`], is a key with a value. False
    /// where it was one before.
    pub(super) fn name(&mut self, table: u32, index: usize) -> bool {
        let named = &mut self.tables[table as usize].named;
        let bit = 1 << index;
        let first = *named & bit == 0;
        *named |= bit;
        first
    }

    /// Notes the field that an entry's key names, and its `index` where it has a bit. False where
    /// another key of the same table names it too, so that the order of the keys counts.
    pub(super) fn note_field(
        &mut self,
        table: u32,
        entry: u32,
        field: &'static Field,
        op: Op,
        index: Option<usize>,
    ) -> bool {
        let (is_name, value) = {
            let it = &mut self.entries[entry as usize];
            it.field = Some((field, op));
            it.index = index;
            (it.key == field.name, matches!(it.slot, Slot::Value(_)))
        };
        // `x` and `x_add` get on with each other unless they are lists that are written bit by bit.
        let is_map = matches!(field.kind, Kind::Map | Kind::NestedMap(_));
        if let Some(index) = index {
            if is_name {
                if !self.name(table, index) {
                    return false;
                }
            } else if self.tables[table as usize].named & (1 << index) != 0
                && (op == Op::Set || !(is_map || value))
            {
                return false;
            }
        }
        let state = &mut self.tables[table as usize];
        state.unusual |= !is_name;
        if !state.unusual {
            return true;
        }
        self.entries_of(table).all(|(at, other)| {
            let same = |(named, _): &(&'static Field, Op)| std::ptr::eq(*named, field);
            let Some((_, other_op)) = other.field.filter(same) else { return true };
            let apart = is_map || (value && matches!(other.slot, Slot::Value(_)));
            at == entry || (other_op != op && apart)
        })
    }

    /// The position of the field that an entry's key names, and what the key does to it, where that
    /// is known by now.
    pub(super) fn noted(&self, entry: u32) -> Option<(usize, Op)> {
        let entry = &self.entries[entry as usize];
        Some((entry.index?, entry.field?.1))
    }

    /// The entries of a table, in the order of the text.
    fn entries_of(&self, table: u32) -> impl Iterator<Item = (u32, &Entry<'t, V>)> {
        let mut at = self.tables[table as usize].first;
        std::iter::from_fn(move || {
            let entry = self.entries.get(at as usize)?;
            Some((std::mem::replace(&mut at, entry.next), entry))
        })
    }

    fn find(&self, table: u32, key: &str) -> Option<u32> {
        let state = &self.tables[table as usize];
        if state.index != NONE {
            return self.indexes[state.index as usize].get(key).copied();
        }
        self.entries_of(table).find(|(_, entry)| entry.key == key).map(|(at, _)| at)
    }

    /// Adds a table that was not there.
    fn insert_table(
        &mut self,
        table: u32,
        key: Cow<'t, str>,
        span: Span,
        made: Made,
        place: Span,
    ) -> Result<Step, Clash> {
        let inner = self.new_table(self.level(table) + 1, made, place)?;
        let entry = self.insert(table, key, span, Slot::Table(inner));
        Ok(Step { entry, table: inner, new: true, element: false })
    }

    fn insert(&mut self, table: u32, key: Cow<'t, str>, span: Span, slot: Slot<V>) -> u32 {
        let at = number(self.entries.len());
        let state = &mut self.tables[table as usize];
        if state.first == NONE {
            state.first = at;
        } else {
            self.entries[state.last as usize].next = at;
        }
        state.last = at;
        state.len += 1;
        let build = state.len > SMALL && state.index == NONE;
        if state.index != NONE {
            self.indexes[state.index as usize].insert(key.clone(), at);
        }
        self.entries.push(Entry { key, span, slot, next: NONE, field: None, index: None });
        if build {
            self.build_index(table);
        }
        at
    }

    #[cold]
    fn build_index(&mut self, table: u32) {
        let index = self.entries_of(table).map(|(at, entry)| (entry.key.clone(), at)).collect();
        self.tables[table as usize].index = number(self.indexes.len());
        self.indexes.push(index);
    }

    /// A table that counts as a value. Inline tables were counted when they were read.
    fn new_table(&mut self, level: u32, made: Made, span: Span) -> Result<u32, Clash> {
        self.fits(level)?;
        self.take_room()?;
        Ok(self.push_table(level, made, span))
    }

    fn take_room(&mut self) -> Result<(), Clash> {
        self.room = self.room.checked_sub(1).ok_or(Clash::TooMany)?;
        Ok(())
    }

    fn push_table(&mut self, level: u32, made: Made, span: Span) -> u32 {
        let at = number(self.tables.len());
        self.tables.push(Table {
            first: NONE,
            last: NONE,
            len: 0,
            level,
            made,
            unusual: false,
            named: 0,
            next: NONE,
            span,
            index: NONE,
        });
        at
    }
}

impl<'t> Shape<'t, Tree<'t>> {
    /// Puts a value where [`value`](Self::value) made room for it.
    pub(super) fn fill(&mut self, entry: u32, tree: Tree<'t>) {
        self.entries[entry as usize].slot = Slot::Value(Some(tree));
    }

    /// Takes what a table holds, in the order in which the keys came first. It goes as deep as
    /// the limit of depth.
    pub(super) fn take(&mut self, table: u32) -> Node<'t> {
        let mut content = Vec::with_capacity(self.tables[table as usize].len as usize);
        let mut at = self.tables[table as usize].first;
        while at != NONE {
            let entry = &mut self.entries[at as usize];
            at = entry.next;
            let key = Key::spanned(std::mem::take(&mut entry.key), entry.span);
            let tree = match std::mem::replace(&mut entry.slot, Slot::Value(None)) {
                Slot::Value(Some(tree)) => tree,
                // Every entry is filled right after it was made.
                Slot::Value(None) => continue,
                Slot::Table(inner) => self.take_table(inner),
                Slot::Tables { first, span, .. } => {
                    let mut items = Vec::new();
                    let mut element = first;
                    while element != NONE {
                        items.push(self.take_table(element));
                        element = self.tables[element as usize].next;
                    }
                    Tree::spanned(Node::List(items), span)
                }
            };
            content.push((key, tree));
        }
        Node::Table(content)
    }

    fn take_table(&mut self, table: u32) -> Tree<'t> {
        let span = self.tables[table as usize].span;
        Tree::spanned(self.take(table), span)
    }
}

/// Texts are shorter than 4 GiB, so there are fewer keys and tables than that.
fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(NONE)
}
