//! What each layer says of one setting, and what became of it.

use super::Trace;
use super::cell::{Body, Cell, Element, Item, Step};
use super::data::Data;
use super::explain::{Said, Statement, Verdict};
use super::sources::Sources;
use super::spec::{By, Mark, Shape, Spec};
use super::standing::Standing;
use super::value::{Effective, EffectiveValue};
use crate::decode::Place;
use crate::origin::Origin;
use crate::path::Segment;
use crate::schema::{Body as SchemaBody, Kind, Merge, Op};

/// What one layer says, before anybody knows what became of it.
pub(super) struct Found {
    said: Said,
    mark: Mark,
    value: Option<EffectiveValue>,
}

/// What is declared as the default.
pub(super) fn by_default(standing: &Standing) -> Option<Found> {
    let spec = standing.spec;
    let value = EffectiveValue::of_data(&spec.by_default()?, Some(&Origin::Default), spec.secret);
    let value = Some(value);
    Some(Found { said: Said::Set, mark: Mark::DEFAULT, value })
}

/// What one layer says of the setting at `path` and of what is around it.
pub(super) fn statements(
    cell: &Cell,
    path: &[Segment],
    sources: &Sources<'_>,
    found: &mut Vec<Found>,
) {
    if let Some(mark) = cell.cleared {
        let value = EffectiveValue::of_data(&Data::Null, None, false);
        found.push(Found { said: Said::Remove, mark, value: Some(value) });
    }
    let Some((first, rest)) = path.split_first() else {
        return content(cell, sources, found);
    };
    if cell.spec.whole && cell.says_something() {
        found.push(Found { said: Said::Replace, mark: cell.first_mark(), value: None });
    }
    match (&cell.body, cell.spec.shape, first) {
        (Body::Record(fields), Shape::Record(By(schema)), Segment::Key(key)) => {
            let Some(hit) = schema.find(key, &mut 0) else { return };
            let Some(field) = fields.get(hit.index) else { return };
            // A flattened struct is no step of the path.
            statements(field, if hit.flattened { path } else { rest }, sources, found);
        }
        (Body::Map { entries, removed, .. }, _, Segment::Key(key)) => {
            if let Some(entry) = entries.get(key) {
                statements(entry, rest, sources, found);
            }
            for (_, mark) in removed.iter().filter(|(gone, _)| *gone == **key) {
                found.push(Found { said: Said::Remove, mark: *mark, value: None });
            }
        }
        (Body::Choice { selected, variants }, Shape::Choice(By(schema)), Segment::Key(key)) => {
            let SchemaBody::Choice { tag, variants: known } = schema.body else { return };
            if let Some((index, mark)) = selected {
                let (said, value) = if *key == tag {
                    let word = known.get(*index).map_or("", |variant| variant.word.name);
                    let word = Data::Text(word.to_owned());
                    (Said::Set, Some(shown(&word, *mark, &cell.spec, sources)))
                } else {
                    (Said::Replace, None)
                };
                found.push(Found { said, mark: *mark, value });
            }
            let named = |variant: &&Cell| matches!(variant.spec.shape, Shape::Record(By(schema)) if schema.find(key, &mut 0).is_some());
            let of_tag =
                |(index, _): &(usize, &Cell)| selected.is_none_or(|(tag, _)| tag == *index);
            let mut possible = variants.iter().enumerate().filter(of_tag).map(|(_, cell)| cell);
            if let Some(variant) = possible.find(named) {
                statements(variant, path, sources, found);
            }
        }
        (Body::Value(None), Shape::Any, _) => {}
        (Body::List { .. }, Shape::Any, Segment::Index(_)) => content(cell, sources, found),
        // Something of another kind takes the place of all that was there.
        (_, Shape::Any, _) => {
            found.push(Found { said: Said::Replace, mark: cell.first_mark(), value: None });
        }
        _ => content(cell, sources, found),
    }
}

/// What one layer says of a setting itself.
fn content(cell: &Cell, sources: &Sources<'_>, found: &mut Vec<Found>) {
    let spec = &cell.spec;
    match &cell.body {
        Body::Value(Some(Item { data, mark })) => {
            let value = Some(shown(data, *mark, spec, sources));
            found.push(Found { said: Said::Set, mark: *mark, value });
        }
        Body::List { set, add, remove, patches, .. } => {
            let all = [(Said::Set, set), (Said::Add, add), (Said::Remove, remove)];
            for (said, step) in all {
                let Some(step) = step else { continue };
                let value = Some(items(step, spec, sources));
                found.push(Found { said, mark: step.mark, value });
            }
            for (_, cell) in patches {
                let value = Some(alone(cell, sources));
                found.push(Found { said: Said::Change, mark: cell.first_mark(), value });
            }
        }
        Body::Map { entries, removed, given } => {
            if given.is_some() || !entries.is_empty() {
                let entry = |(key, cell): (&str, &Cell)| (key.to_owned(), alone(cell, sources));
                let value = Effective::Table(entries.iter().map(entry).collect());
                let mark = given.unwrap_or(cell.first_mark());
                let value = Some(EffectiveValue::new(value, None, spec.secret));
                let said = if spec.whole { Said::Set } else { Said::Change };
                found.push(Found { said, mark, value });
            }
            if let Some((_, mark)) = removed.first() {
                let keys = removed.iter().map(|(key, _)| Data::Text(key.clone())).collect();
                let value = Some(EffectiveValue::of_data(&Data::List(keys), None, false));
                found.push(Found { said: Said::Remove, mark: *mark, value });
            }
        }
        Body::Record(_) if cell.says_something() => {
            let said = if spec.whole { Said::Set } else { Said::Change };
            let value = Some(alone(cell, sources));
            found.push(Found { said, mark: cell.first_mark(), value });
        }
        Body::Choice { selected: Some((index, mark)), .. } => {
            if let Shape::Choice(By(schema)) = spec.shape {
                let word = schema.words().get(*index).copied().unwrap_or_default().to_owned();
                let value = Some(shown(&Data::Text(word), *mark, spec, sources));
                found.push(Found { said: Said::Set, mark: *mark, value });
            }
        }
        _ => {}
    }
}

fn shown(data: &Data, mark: Mark, spec: &Spec, sources: &Sources<'_>) -> EffectiveValue {
    EffectiveValue::of_data(data, Some(&sources.origin(mark)), spec.secret)
}

/// The items of a step.
fn items(step: &Step, spec: &Spec, sources: &Sources<'_>) -> EffectiveValue {
    let item = |item: &Element| match item {
        Element::Plain(item) => shown(&item.data, item.mark, spec, sources),
        Element::Nested(cell) => alone(cell, sources),
    };
    let value = Effective::List(step.items.iter().map(item).collect());
    EffectiveValue::new(value, Some(sources.origin(step.mark)), spec.secret)
}

/// What a cell sets, without anything that it leaves to others.
fn alone(cell: &Cell, sources: &Sources<'_>) -> EffectiveValue {
    let spec = cell.spec.without_default();
    let (Body::Record(fields), Shape::Record(By(schema))) = (&cell.body, spec.shape) else {
        let mut standing = Standing::new(spec);
        standing.apply(cell.clone(), sources);
        return standing.effective(sources);
    };
    let mut entries = Vec::new();
    for (field, cell) in schema.fields().iter().zip(fields).filter(|(_, cell)| cell.is_set()) {
        let value = alone(cell, sources);
        match field.kind {
            // What is flattened stands among the others.
            Kind::Flatten(_) => {
                if let Effective::Table(inner) = value.into_value() {
                    entries.extend(inner);
                }
            }
            _ => entries.push((field.name.to_owned(), value)),
        }
    }
    EffectiveValue::new(Effective::Table(entries), None, spec.secret)
}

/// Finds out what became of each statement; they come with the lowest precedence first.
pub(super) fn judge(
    trace: &Trace<'_>,
    standing: Option<&Standing>,
    found: &[Found],
) -> Vec<Statement> {
    let sources = &trace.sources;
    let profile = |mark: Mark| mark.layer.and_then(|layer| sources.not_selected(layer));
    let is_list = standing.is_some_and(Standing::is_list);
    let is_table = standing.is_some_and(Standing::is_table);
    let winner = standing.and_then(Standing::mark);
    let counts: Vec<_> = found.iter().map(|found| profile(found.mark).is_none()).collect();
    let mut all = Vec::new();
    for (at, one) in found.iter().enumerate() {
        if one.said == Said::Replace {
            continue;
        }
        let mut later =
            found[at + 1..].iter().zip(&counts[at + 1..]).filter(|(_, counts)| **counts);
        let removal = later.clone().find(|(other, _)| {
            let whole = other.value.as_ref().is_none_or(|value| *value.value() == Effective::Null);
            (other.said == Said::Remove && whole)
                || (other.said == Said::Replace && other.mark.layer != one.mark.layer)
        });
        let removed = |by: &Found| Verdict::Removed(sources.origin(by.mark));
        let verdict = if let Some(profile) = profile(one.mark) {
            Verdict::NotSelected(profile.to_owned())
        } else if is_list || is_table {
            let replaces = standing.is_some_and(|standing| {
                let keyed = matches!(standing.spec.shape, Shape::NestedList(_, Some(_)));
                standing.spec.whole || (standing.spec.merge == Merge::Replace && is_list && !keyed)
            });
            let set = later.find(|(other, _)| other.said == Said::Set && replaces);
            match (removal, set) {
                (Some((by, _)), _) => removed(by),
                (None, Some((by, _))) => Verdict::Overridden(sources.origin(by.mark)),
                (None, None) => Verdict::Won,
            }
        } else if winner == Some(one.mark) {
            Verdict::Won
        } else {
            let winning = later.find(|(other, _)| Some(other.mark) == winner);
            match (winning, removal) {
                (Some((by, _)), _) => Verdict::Overridden(sources.origin(by.mark)),
                (None, Some((by, _))) => removed(by),
                (None, None) if one.said == Said::Remove && winner.is_none() => Verdict::Won,
                (None, None) => Verdict::NoEffect,
            }
        };
        let op = match one.said {
            Said::Add => Some(Op::Add),
            Said::Remove => Some(Op::Remove),
            Said::Set => Some(Op::Set),
            Said::Change | Said::Replace => None,
        };
        let event = standing
            .filter(|_| is_list && verdict == Verdict::Won)
            .and_then(|s| s.history.iter().find(|e| e.mark == one.mark && e.op == op));
        all.push(Statement {
            said: one.said,
            origin: sources.origin(one.mark),
            value: one.value.clone(),
            verdict,
            after: event.map(|event| event.after.clone()),
        });
    }
    all.reverse();
    // What was not selected has no precedence.
    all.sort_by_key(|statement| matches!(statement.verdict, Verdict::NotSelected(_)));
    all
}
