//! What the text of a variable, an argument or an override means: what the key holds already says so,
//! and otherwise what the text looks like.

use std::borrow::Cow;

use super::name::{known_at, stem_of};
use super::{Value, convert};
use crate::decode::reader::split;
use crate::decode::{Fault, Node, Scalar, Tree, json_text};
use crate::schema::{Op, Step};

/// A single setting, read by what stands by then.
pub(crate) struct Setting<'s> {
    /// The key, without `_add` and `_remove` where these are steps.
    pub(crate) steps: Cow<'s, [Step]>,
    pub(crate) op: Op,
    /// The value; no text is left in it.
    pub(crate) tree: Tree<'static>,
}

/// Reads a single setting. `None` where its text is empty and that is no value.
pub(crate) fn read<'s>(
    standing: Option<&Value>,
    steps: &'s [Step],
    op: Op,
    tree: Tree<'static>,
) -> Result<Option<Setting<'s>>, Fault> {
    let (mut steps, mut op) = (Cow::Borrowed(steps), op);
    let mut known = known_at(standing, &steps);
    if op == Op::Set
        && known.is_none()
        && let Some((stem, step)) = stem_of(&steps)
    {
        let changed = known_at(standing, &stem);
        let takes = match changed {
            Some(Value::List(_)) => true,
            Some(Value::Table(_)) => step == Op::Remove,
            _ => matches!(tree.node, Node::List(_)),
        };
        if takes {
            (steps, op, known) = (Cow::Owned(stem), step, changed);
        }
    }
    let tree = match (op, known) {
        (Op::Remove, Some(Value::Table(_))) => Some(keys(&tree)?),
        (Op::Add | Op::Remove, known) => {
            let nothing = Value::List(Vec::new());
            let list = known.filter(|known| known.as_list().is_some()).unwrap_or(&nothing);
            by_value(Some(list), tree)?
        }
        (Op::Set, known) => by_value(known, tree)?,
    };
    Ok(tree.map(|tree| Setting { steps, op, tree }))
}

/// The texts in a tree, each read by what stands where it is put.
fn by_value(known: Option<&Value>, tree: Tree<'static>) -> Result<Option<Tree<'static>>, Fault> {
    let node = match tree.node {
        Node::Scalar(Scalar::Text { text, separator }) => {
            return of_text(known, &text, separator);
        }
        Node::List(items) => {
            let sample = sample(known);
            let mut list = Vec::new();
            for item in items {
                list.extend(by_value(sample, item)?);
            }
            Node::List(list)
        }
        Node::Table(entries) => {
            let table = known.and_then(Value::as_table);
            let mut read = Vec::new();
            for (key, value) in entries {
                let known = table.and_then(|table| table.get(&key.text));
                read.extend(by_value(known, value)?.map(|value| (key, value)));
            }
            Node::Table(read)
        }
        other => other,
    };
    Ok(Some(Tree { node, span: tree.span }))
}

/// A text, read by what stands where it is put.
fn of_text(
    known: Option<&Value>,
    text: &str,
    separator: &'static str,
) -> Result<Option<Tree<'static>>, Fault> {
    let scalar = || Scalar::text(text, separator);
    let string = || Scalar::Str(text.to_owned().into());
    if text.is_empty() {
        let takes = matches!(known, None | Some(Value::Null | Value::String(_)));
        return Ok(takes.then(|| string().into()));
    }
    let read: Tree<'static> = match known {
        None | Some(Value::Null) => Tree::from(&convert::of_scalar(&scalar())?),
        Some(Value::Bool(_)) => Scalar::Bool(scalar().to_bool()?).into(),
        Some(Value::Integer(_)) => match scalar().to_integer::<i128>(&i128::MIN, &i128::MAX) {
            Ok(value) => Scalar::Integer(value).into(),
            Err(_) => Scalar::Float(scalar().to_float()?).into(),
        },
        Some(Value::Float(_)) => Scalar::Float(scalar().to_float()?).into(),
        Some(Value::String(_)) => string().into(),
        Some(Value::Datetime(_)) if is_datetime(text.trim()) => {
            Scalar::Datetime(text.trim().to_owned().into()).into()
        }
        Some(Value::Datetime(_)) => {
            return Err(Fault::expected("a date-time, as TOML writes them", scalar().found()));
        }
        Some(Value::List(_)) if text.trim_start().starts_with('[') => json_text::parse(text)?,
        Some(list @ Value::List(_)) => {
            let mut items = Vec::new();
            for item in split(text, separator) {
                items.extend(of_text(sample(Some(list)), item, separator)?);
            }
            Tree::new(Node::List(items))
        }
        Some(Value::Table(_)) => {
            let parsed = text.trim_start().starts_with('{').then(|| json_text::parse(text));
            parsed.unwrap_or_else(|| Err(Fault::expected("a table in JSON", scalar().found())))?
        }
    };
    Ok(Some(read))
}

/// What the items of a list are, where they are all of one kind.
fn sample(list: Option<&Value>) -> Option<&Value> {
    let (first, rest) = list?.as_list()?.split_first()?;
    rest.iter().all(|item| item.kind() == first.kind()).then_some(first)
}

/// The keys that are taken away from a table.
fn keys(tree: &Tree<'_>) -> Result<Tree<'static>, Fault> {
    match &tree.node {
        Node::Scalar(Scalar::Text { text, .. }) if text.trim_start().starts_with('[') => {
            json_text::parse(text)
        }
        Node::Scalar(Scalar::Text { text, separator }) => {
            let key = |key: &str| Tree::from(Scalar::Str(key.to_owned().into()));
            Ok(Tree::new(Node::List(split(text, separator).map(key).collect())))
        }
        Node::List(items) => {
            let mut keys = Vec::new();
            for item in items {
                match &item.node {
                    Node::Scalar(scalar) => {
                        keys.push(Scalar::Str(scalar.to_str()?.to_owned().into()).into());
                    }
                    _ => return Err(Fault::expected("a key (a string)", item.found())),
                }
            }
            Ok(Tree::new(Node::List(keys)))
        }
        _ => Err(Fault::expected("a list of keys", tree.found())),
    }
}

/// Whether TOML would read a text as a date, a time or both.
fn is_datetime(text: &str) -> bool {
    let number = |part: &str, len: usize, limits: std::ops::RangeInclusive<u32>| {
        part.len() == len
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse().is_ok_and(|value| limits.contains(&value))
    };
    let date = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        matches!(*parts, [year, month, day]
            if number(year, 4, 0..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=31))
    };
    let minutes = |hour: &str, minute: &str| number(hour, 2, 0..=23) && number(minute, 2, 0..=59);
    let time = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let parts: Vec<&str> = whole.split(':').collect();
        let fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
        fraction
            && matches!(*parts, [hour, minute, second]
                if minutes(hour, minute) && number(second, 2, 0..=60))
    };
    let offset = |text: &str| text.split_once(':').is_some_and(|(h, m)| minutes(h, m));
    let Some((day, clock)) = text.split_once(['T', 't', ' ']) else {
        return date(text) || time(text);
    };
    let clock = match clock.strip_suffix(['Z', 'z']) {
        Some(clock) => clock,
        None => match clock.split_once(['+', '-']) {
            Some((clock, behind)) if offset(behind) => clock,
            Some(_) => return false,
            None => clock,
        },
    };
    date(day) && time(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Vec<Step> {
        vec![Step::Key(key.to_owned())]
    }

    /// What a text comes to where `known` stands.
    fn came_to(known: impl Into<Value>, text: &str) -> Result<Option<Value>, String> {
        let standing = Value::table([("x", known.into())]);
        let tree = Scalar::text(text.to_owned(), ",").into();
        let steps = key("x");
        let read = read(Some(&standing), &steps, Op::Set, tree);
        let read = read.map_err(|fault| fault.to_string())?;
        Ok(read.map(|setting| convert::of_tree(&setting.tree).expect("a value")))
    }

    #[test]
    fn the_value_that_is_there_says_how_a_text_is_read() {
        let cases: [(Value, &str, Value); 17] = [
            (true.into(), "off", false.into()),
            (1.into(), "007", 7.into()),
            (1.into(), "0.5", 0.5.into()),
            (0.5.into(), "3", 3.0.into()),
            (0.5.into(), "nan", f64::NAN.into()),
            ("s".into(), "007", "007".into()),
            ("s".into(), "true", "true".into()),
            ("s".into(), "", "".into()),
            (
                Value::Datetime("2026-01-02".to_owned()),
                "2027-01-02T03:04:05.5+01:00",
                Value::Datetime("2027-01-02T03:04:05.5+01:00".to_owned()),
            ),
            (["a"].into(), "b, 007", ["b", "007"].into()),
            ([1].into(), "2,3", [2, 3].into()),
            (Vec::<Value>::new().into(), "2,x", Value::from(vec![Value::from(2), "x".into()])),
            (["a"].into(), "[1]", [1].into()),
            (Value::table([("a", 1)]), "{\"b\": 2}", Value::table([("b", 2)])),
            (Value::Null, "7", 7.into()),
            (Value::Null, "007", "007".into()),
            (Value::Null, "[::1]:80", "[::1]:80".into()),
        ];
        for (known, text, expected) in cases {
            assert_eq!(came_to(known.clone(), text), Ok(Some(expected)), "{text} for {known}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_what_is_there_is_refused() {
        let cases: [(Value, &str, &str); 6] = [
            (1.into(), "eighty", "expected a number, found the string \"eighty\""),
            (
                true.into(),
                "2",
                "expected a boolean (true, yes, on, 1 or their opposites), found the string \"2\"",
            ),
            (
                Value::Datetime("2026-01-02".to_owned()),
                "2026-13-02",
                "expected a date-time, as TOML writes them, found the string \"2026-13-02\"",
            ),
            (Value::table([("a", 1)]), "a", "expected a table in JSON, found the string \"a\""),
            ([1].into(), "1,x", "expected a number, found the string \"x\""),
            (
                ["a"].into(),
                "[1",
                "not valid JSON (a list is not closed, at character 2), found the string \"[1\"",
            ),
        ];
        for (known, text, message) in cases {
            assert_eq!(came_to(known, text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_empty_text_is_a_string_or_nothing() {
        assert_eq!(came_to(Value::Null, ""), Ok(Some("".into())));
        for known in [true.into(), 1.into(), 0.5.into(), Value::from([1]), Value::table([("a", 1)])]
        {
            assert_eq!(came_to(known, ""), Ok(None));
        }
    }

    #[test]
    fn without_a_value_a_text_is_what_it_looks_like() {
        let cases: [(&str, Value); 12] = [
            ("8080", 8080.into()),
            (" -1", (-1).into()),
            ("-9223372036854775809", Value::Integer(-9_223_372_036_854_775_809)),
            ("18446744073709551615", u64::MAX.into()),
            ("1e3", 1000.0.into()),
            ("007", "007".into()),
            ("true", true.into()),
            ("yes", "yes".into()),
            ("null", "null".into()),
            ("[1, \"a\"]", Value::from(vec![Value::from(1), "a".into()])),
            ("{\"a\": {\"b\": null}}", Value::table([("a", Value::table([("b", Value::Null)]))])),
            ("{not json", "{not json".into()),
        ];
        for (text, expected) in cases {
            let tree = Scalar::text(text.to_owned(), ",").into();
            let steps = key("x");
            let read = read(None, &steps, Op::Set, tree).expect(text).expect(text);
            assert_eq!(convert::of_tree(&read.tree).expect(text), expected, "{text}");
        }
    }

    #[test]
    fn a_last_key_is_a_step_where_there_is_something_to_change() {
        let standing = Value::table([
            ("plugins", Value::from(["core"])),
            ("labels", Value::table([("a", 1)])),
            ("port", Value::from(80)),
        ]);
        let stepped = |name: &str, text: &str| {
            let tree = Scalar::text(text.to_owned(), ",").into();
            let steps = key(name);
            let read = read(Some(&standing), &steps, Op::Set, tree).expect(text).expect(text);
            (format!("{:?}", read.steps), read.op, convert::of_tree(&read.tree).expect(text))
        };
        let plain = |name: &str| format!("{:?}", key(name));
        assert_eq!(stepped("plugins_add", "7"), (plain("plugins"), Op::Add, ["7"].into()));
        assert_eq!(stepped("labels_remove", "a"), (plain("labels"), Op::Remove, ["a"].into()));
        assert_eq!(stepped("port_add", "7"), (plain("port_add"), Op::Set, 7.into()));
        assert_eq!(stepped("labels_add", "7"), (plain("labels_add"), Op::Set, 7.into()));
    }
}
