//! Which key the name of a variable means, where no schema says so: what the sources before it gave
//! says so.

use std::cmp::Reverse;

use super::table::is_plain;
use super::{Table, Value, step};
use crate::schema::spelling::{in_names, part_of_key};
use crate::schema::{Meaning, Op, Step};

/// What separates the levels of a name.
const LEVELS: &str = "__";

/// The setting that `rest`, a variable's name behind the prefix, means.
///
/// | the rest of the name | means |
/// | --- | --- |
/// | the way to a key that is there, joined by `_` or `__` | that key, the longest of several |
/// | the same and `_ADD` or `_REMOVE`, for a list or table that is there | what is added or removed |
/// | the way to a table that is there, and more | a new key of it, in lower case |
/// | anything else | new keys in lower case; `__` stands between levels, `_` does not |
///
/// Only a key that is there has a meaning unless `new` says otherwise.
pub(crate) fn meaning(standing: Option<&Value>, rest: &str, new: bool) -> Option<Meaning> {
    let nothing = Value::Table(Table::new());
    let root = standing.unwrap_or(&nothing);
    let mut steps = Vec::new();
    let mut at = Some(root);
    let levels: Vec<&str> = rest.split(LEVELS).collect();
    let (last, init) = levels.split_last()?;
    if levels.iter().any(|level| level.is_empty()) {
        return None;
    }
    for level in init {
        if !go_down(&mut at, level, new, &mut steps) {
            return None;
        }
    }
    let op = if at.is_some_and(|at| find(at, last, &mut steps).is_some()) {
        Op::Set
    } else if let Some(op) = at.and_then(|at| step_at(at, last, &mut steps)) {
        op
    } else if new && make_way(&mut at, last, &mut steps) {
        Op::Set
    } else {
        return None;
    };
    Some(Meaning { steps, op, field: None, file: false })
}

/// The name of the variable that always means a path, whatever is there.
pub(crate) fn variable_of(prefix: Option<&str>, steps: &[Step]) -> String {
    let part = |step: &Step| match step {
        Step::Field(key) => part_of_key(key),
        Step::Key(key) => part_of_key(key),
        Step::Index(index) => index.to_string(),
    };
    let rest = steps.iter().map(part).collect::<Vec<_>>().join(LEVELS);
    match prefix {
        Some(prefix) => format!("{prefix}_{rest}"),
        None => rest,
    }
}

/// What stands at the end of a way.
pub(crate) fn known_at<'v>(standing: Option<&'v Value>, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(standing?, |at, step| match (at, step) {
        (Value::Table(table), Step::Field(key)) => table.get(key),
        (Value::Table(table), Step::Key(key)) => table.get(key),
        (Value::List(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

/// Goes the way that one level of a name means, to what stands there, if anything does. Whether there is
/// a way.
fn go_down(at: &mut Option<&Value>, level: &str, new: bool, steps: &mut Vec<Step>) -> bool {
    if let Some(there) = at.and_then(|at| find(at, level, steps)) {
        *at = Some(there);
        return true;
    }
    new && make_way(at, level, steps)
}

/// Goes the way to what is not there yet. Whether there can be one.
fn make_way(at: &mut Option<&Value>, level: &str, steps: &mut Vec<Step>) -> bool {
    let mut level = level;
    while let Some((step, inner, rest)) = at.and_then(|at| table_in(at, level)) {
        steps.push(step);
        (*at, level) = (Some(inner), rest);
    }
    let step = match at.take() {
        // The position behind the last adds an element.
        Some(Value::List(_)) => level.parse().ok().map(Step::Index),
        None | Some(Value::Table(_) | Value::Null) => Some(Step::Key(level.to_ascii_lowercase())),
        // One value has no keys.
        Some(_) => None,
    };
    let is_there = step.is_some();
    steps.extend(step);
    is_there
}

/// What stands at the end of a level, if all of the level is a way to something that is there.
fn find<'v>(at: &'v Value, level: &str, steps: &mut Vec<Step>) -> Option<&'v Value> {
    first_inside(at, level, |step, inner, rest| {
        steps.push(step);
        let found = if rest.is_empty() { Some(inner) } else { find(inner, rest, steps) };
        if found.is_none() {
            steps.pop();
        }
        found
    })
}

/// The table or list that a level begins with, and what follows its name.
fn table_in<'v, 'l>(at: &'v Value, level: &'l str) -> Option<(Step, &'v Value, &'l str)> {
    first_inside(at, level, |step, inner, rest| {
        let is_one = !rest.is_empty() && matches!(inner, Value::Table(_) | Value::List(_));
        is_one.then_some((step, inner, rest))
    })
}

/// What is added to or removed from something that is there.
fn step_at(at: &Value, level: &str, steps: &mut Vec<Step>) -> Option<Op> {
    let len = steps.len();
    let takes = |value: &Value, op: Op| match value {
        Value::List(_) => true,
        Value::Table(_) => op == Op::Remove,
        _ => false,
    };
    for (word, op) in [("ADD", Op::Add), ("REMOVE", Op::Remove)] {
        if level == word && len > 0 && takes(at, op) {
            return Some(op);
        }
        let Some(stem) = level.strip_suffix(word).and_then(|stem| stem.strip_suffix('_')) else {
            continue;
        };
        if find(at, stem, steps).is_some_and(|found| takes(found, op)) {
            return Some(op);
        }
        steps.truncate(len);
    }
    None
}

/// Of the parts of a value that a level may begin with, the longest first, with what follows each: what
/// `take` makes of the first that it takes.
fn first_inside<'v, 'l, R>(
    at: &'v Value,
    level: &'l str,
    mut take: impl FnMut(Step, &'v Value, &'l str) -> Option<R>,
) -> Option<R> {
    let mut each = |(step, value, rest)| take(step, value, rest);
    match at {
        Value::Table(table) if table.is_plain() => looked_up(table, level).find_map(each),
        Value::Table(table) => searched(table, level).into_iter().find_map(each),
        Value::List(items) => {
            let end = level.find('_').unwrap_or(level.len());
            let rest = level[end..].strip_prefix('_').unwrap_or_default();
            let index = level[..end].parse::<usize>().ok()?;
            each((Step::Index(index), items.get(index)?, rest))
        }
        _ => None,
    }
}

/// The same for a table of any keys.
fn searched<'v, 'l>(table: &'v Table, level: &'l str) -> Vec<(Step, &'v Value, &'l str)> {
    let mut found: Vec<_> =
        table.iter().filter_map(|(key, value)| Some((key, value, behind(level, key)?))).collect();
    // Of keys that differ only in case and punctuation, the plain one is meant.
    found.sort_by_key(|(key, _, rest)| (rest.len(), Reverse(key.len()), !is_plain(key)));
    let entry = |(key, value, rest): (&str, _, _)| (Step::Key(key.to_owned()), value, rest);
    found.into_iter().map(entry).collect()
}

/// The same for a table of plain keys, however large: what may be a key is looked up.
fn looked_up<'v, 'l>(
    table: &'v Table,
    level: &'l str,
) -> impl Iterator<Item = (Step, &'v Value, &'l str)> {
    let ends = level.rmatch_indices('_').map(|(at, _)| (at, &level[at + 1..]));
    std::iter::once((level.len(), "")).chain(ends).filter_map(|(end, rest)| {
        let part = &level[..end];
        let is_name = !part.is_empty() && !part.bytes().any(|b| b.is_ascii_lowercase());
        let key = is_name.then(|| part.to_ascii_lowercase())?;
        let value = table.get(&key)?;
        Some((Step::Key(key), value, rest))
    })
}

/// What follows a key in a level that begins with it.
fn behind<'l>(level: &'l str, key: &str) -> Option<&'l str> {
    let mut rest = level;
    for c in key.chars() {
        rest = rest.strip_prefix(in_names(c))?;
    }
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('_').filter(|_| !key.is_empty()) }
}

/// The key that a step changes, where the last key of a way is one: `plugins_add` changes `plugins`.
pub(super) fn stem_of(steps: &[Step]) -> Option<(Vec<Step>, Op)> {
    let (Step::Key(key), init) = steps.split_last()? else { return None };
    let (stem, op) = step(key)?;
    let mut steps = init.to_vec();
    steps.push(Step::Key(stem.to_owned()));
    Some((steps, op))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing() -> Value {
        let pool = Value::table([("max", 1), ("max_size", 2)]);
        Value::table([
            ("port", Value::Integer(80)),
            ("none", Value::Null),
            ("plugins", Value::from(["core"])),
            ("servers", Value::from(vec![Value::table([("host", "a")])])),
            ("database", Value::table([("pool", pool.clone()), ("pool_max", Value::Integer(3))])),
            ("database_pool", Value::table([("max", 4)])),
            ("My-Key", Value::Integer(5)),
            ("my_key", Value::Integer(6)),
            ("Labels", Value::table([("a", 1)])),
        ])
    }

    fn named(rest: &str, new: bool) -> Option<String> {
        let meaning = meaning(Some(&standing()), rest, new)?;
        let steps: Vec<_> = meaning
            .steps
            .iter()
            .map(|step| match step {
                Step::Field(key) => (*key).to_owned(),
                Step::Key(key) => key.clone(),
                Step::Index(index) => format!("[{index}]"),
            })
            .collect();
        Some(format!("{}{}", steps.join("."), meaning.op.suffix()))
    }

    #[test]
    fn keys_that_are_there_are_found_the_longest_first() {
        let cases = [
            ("PORT", "port"),
            ("DATABASE_POOL_MAX", "database_pool.max"),
            ("DATABASE_POOL_MAX_SIZE", "database.pool.max_size"),
            ("DATABASE__POOL_MAX", "database.pool_max"),
            ("DATABASE__POOL__MAX", "database.pool.max"),
            ("DATABASE_POOL__MAX", "database_pool.max"),
            ("MY_KEY", "my_key"),
            ("LABELS_A", "Labels.a"),
            ("SERVERS_0_HOST", "servers.[0].host"),
            ("SERVERS__0__HOST", "servers.[0].host"),
            ("PLUGINS_0", "plugins.[0]"),
        ];
        for (name, path) in cases {
            assert_eq!(named(name, true).as_deref(), Some(path), "{name}");
            assert_eq!(named(name, false).as_deref(), Some(path), "{name}");
        }
    }

    #[test]
    fn lists_and_tables_that_are_there_take_steps() {
        let cases = [
            ("PLUGINS_ADD", "plugins_add"),
            ("PLUGINS__ADD", "plugins_add"),
            ("PLUGINS_REMOVE", "plugins_remove"),
            ("LABELS_REMOVE", "Labels_remove"),
            ("LABELS_ADD", "Labels.add"),
            ("PORT_ADD", "port_add"),
        ];
        for (name, path) in cases {
            assert_eq!(named(name, true).as_deref(), Some(path), "{name}");
        }
    }

    #[test]
    fn new_keys_are_lower_case_and_need_two_underscores_for_a_level() {
        let cases = [
            ("NEW", Some("new")),
            ("NEW_KEY", Some("new_key")),
            ("NEW__KEY_A", Some("new.key_a")),
            ("DATABASE_USER_NAME", Some("database.user_name")),
            ("DATABASE_POOL_MIN", Some("database_pool.min")),
            ("NONE__X", Some("none.x")),
            ("SERVERS_1_HOST", None),
            ("SERVERS__1__HOST", Some("servers.[1].host")),
            ("PORT__X", None),
            ("SERVERS__HOST", None),
            ("A____B", None),
            ("__A", None),
            ("", None),
        ];
        for (name, path) in cases {
            assert_eq!(named(name, true).as_deref(), path, "{name}");
            if path.is_some() {
                assert_eq!(named(name, false), None, "{name}");
            }
        }
    }

    #[test]
    fn looking_up_finds_what_a_search_finds() {
        let table: Table = ["a", "a_b", "a_b_c", "b", "_x", "a_", "9", ""]
            .map(|key| (key, Value::Null))
            .into_iter()
            .collect();
        for level in [
            "A", "A_B", "A_B_C_D", "B_A", "_X", "_X_Y", "A__B", "A_", "9_9", "a_b", "É", "A_É", "_",
        ] {
            let said = |found: Vec<(Step, &Value, &str)>| format!("{found:?}");
            assert_eq!(
                said(looked_up(&table, level).collect()),
                said(searched(&table, level)),
                "{level}"
            );
        }
    }

    #[test]
    fn every_path_has_a_name() {
        let steps = [Step::Key("My-Key".to_owned()), Step::Index(0), Step::Key("a_b".to_owned())];
        assert_eq!(variable_of(Some("APP"), &steps), "APP_MY_KEY__0__A_B");
        assert_eq!(variable_of(None, &steps[..1]), "MY_KEY");
    }
}
