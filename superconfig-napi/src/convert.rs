//! Values from JavaScript, and to it.
//!
//! What comes in was cleaned in JavaScript (`lib/plain.cjs`): `null`, booleans, numbers, big integers, strings,
//! arrays, and objects with nothing but these.
//!
//! Values cross as texts of JSON: engines write and read these in half the time of asking for or setting property by
//! property.

use std::fmt::{self, Display, Write};

use napi::bindgen_prelude::{
    Array, BigInt, Either, FromNapiValue, JsObjectValue, JsValue, Object, Unknown,
};
use napi::{Error, KeyCollectionMode, KeyConversion, KeyFilter, Result, Status, ValueType};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use superconfig::Value;
use superconfig::value::Table;

/// The largest integer up to which a number of JavaScript is exact, and so are all before it.
const MAX_SAFE: u128 = (1 << 53) - 1;

/// What JavaScript gives: a text of JSON, or the values themselves, where JSON does not have all of them as they are.
pub(crate) fn from_js(given: Unknown<'_>) -> Result<Value> {
    if given.get_type()? != ValueType::String {
        return value(given);
    }
    let text: String = read(given)?;
    let Json(value) =
        serde_json::from_str(&text).map_err(|error| unexpected(&error.to_string()))?;
    Ok(value)
}

/// A value that is read from JSON.
struct Json(Value);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Json)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Json(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut table = Table::new();
        while let Some((key, Json(value))) = map.next_entry::<String, _>()? {
            table.insert(key, value);
        }
        Ok(Value::Table(table))
    }
}

fn value(value: Unknown<'_>) -> Result<Value> {
    Ok(match value.get_type()? {
        ValueType::Undefined | ValueType::Null => Value::Null,
        ValueType::Boolean => Value::Bool(read(value)?),
        ValueType::Number => number(read(value)?),
        ValueType::BigInt => Value::Integer(integer(&read(value)?)?),
        ValueType::String => Value::String(read(value)?),
        ValueType::Object => object(read(value)?)?,
        other => return Err(unexpected(&format!("a value is a {other:?}"))),
    })
}

fn read<T: FromNapiValue>(value: Unknown<'_>) -> Result<T> {
    T::from_unknown(value)
}

/// What only a mistake in `lib/` can bring about.
pub(crate) fn unexpected(what: &str) -> Error {
    Error::new(Status::InvalidArg, what)
}

/// Whole numbers are integers: JavaScript does not tell `1` from `1.0`.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // as far as it is exact
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() <= MAX_SAFE as f64 {
        Value::Integer(value as i128)
    } else {
        Value::Float(value)
    }
}

fn integer(value: &BigInt) -> Result<i128> {
    let too_large = || unexpected("an integer has more than 128 bits");
    let word = |at: usize| u128::from(value.words.get(at).copied().unwrap_or(0));
    if value.words.iter().skip(2).any(|word| *word != 0) {
        return Err(too_large());
    }
    let magnitude = i128::try_from(word(0) | (word(1) << 64)).map_err(|_| too_large())?;
    Ok(if value.sign_bit { -magnitude } else { magnitude })
}

fn object(object: Object<'_>) -> Result<Value> {
    if object.is_array()? {
        let items = Array::from_unknown(object.to_unknown())?;
        let item = |at| items.get::<Unknown<'_>>(at)?.map_or(Ok(Value::Null), value);
        return (0..items.len()).map(item).collect::<Result<Vec<_>>>().map(Value::List);
    }
    let keys = object.get_all_property_names(
        KeyCollectionMode::OwnOnly,
        KeyFilter::Enumerable,
        KeyConversion::NumbersToStrings,
    )?;
    let mut table = Table::new();
    for at in 0..keys.get_array_length()? {
        let key = keys.get_element::<Unknown<'_>>(at)?;
        let name: String = read(key)?;
        table.insert(name, value(object.get_property_unchecked(key)?)?);
    }
    Ok(Value::Table(table))
}

/// A value for JavaScript: a text of JSON, and where it holds what JSON does not, a second one that says what stands
/// where.
pub(crate) type Encoded = Either<String, Vec<String>>;

/// The value, as `lib/values.cjs` reads it.
pub(crate) fn to_js(value: &Value) -> Encoded {
    let mut writer = Writer::default();
    writer.value(value);
    if writer.special.is_empty() {
        return Either::A(writer.text);
    }
    Either::B(vec![writer.text, Value::List(writer.special).to_string()])
}

/// One step of a path.
#[derive(Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

#[derive(Default)]
struct Writer<'v> {
    text: String,
    /// Where the writer stands.
    path: Vec<Step<'v>>,
    /// What JSON does not hold: the path and the text. In `text` there is `null`.
    special: Vec<Value>,
}

impl<'v> Writer<'v> {
    fn value(&mut self, value: &'v Value) {
        match value {
            Value::Bool(value) => self.plain(value),
            Value::Integer(value) if value.unsigned_abs() <= MAX_SAFE => self.plain(value),
            Value::Integer(value) => self.special(format!("{value}n")),
            Value::Float(value) if value.is_finite() => self.plain(value),
            Value::Float(value) => self.special(value.to_string().replace("inf", "Infinity")),
            Value::String(text) | Value::Datetime(text) => self.string(text),
            Value::List(items) => {
                let items = items.iter().enumerate();
                self.parts(['[', ']'], items.map(|(at, item)| (Step::Index(at), item)));
            }
            Value::Table(table) => {
                self.parts(['{', '}'], table.iter().map(|(key, value)| (Step::Key(key), value)));
            }
            _ => self.text.push_str("null"),
        }
    }

    fn parts(&mut self, signs: [char; 2], parts: impl Iterator<Item = (Step<'v>, &'v Value)>) {
        self.text.push(signs[0]);
        for (at, (step, value)) in parts.enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            if let Step::Key(key) = step {
                self.string(key);
                self.text.push(':');
            }
            self.path.push(step);
            self.value(value);
            self.path.pop();
        }
        self.text.push(signs[1]);
    }

    fn plain(&mut self, value: &impl Display) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{value}");
    }

    fn special(&mut self, text: String) {
        let steps = self.path.iter().map(|step| match *step {
            Step::Key(key) => Value::from(key),
            Step::Index(at) => Value::Integer(at as i128),
        });
        self.special.push([steps.collect(), Value::String(text)].into());
        self.text.push_str("null");
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.find(|c| c < ' ' || c == '"' || c == '\\') {
            let (plain, escaped) = rest.split_at(at);
            self.text.push_str(plain);
            let _ = write!(self.text, "\\u{:04x}", escaped.as_bytes()[0]);
            rest = &escaped[1..];
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}
