//! Values from JavaScript, and to it.
//!
//! What comes in was cleaned in JavaScript (`lib/plain.cjs`): `null`, booleans, numbers, big integers, strings,
//! arrays, and objects with nothing but these.

use napi::bindgen_prelude::{
    Array, BigInt, FromNapiValue, JsObjectValue, JsValue, Null, Object, ToNapiValue, Unknown,
};
use napi::{Env, Error, KeyCollectionMode, KeyConversion, KeyFilter, Result, Status, ValueType};
use superconfig::Value;
use superconfig::value::Table;

/// The largest integer up to which a number of JavaScript is exact, and so are all before it.
const MAX_SAFE: i128 = (1 << 53) - 1;

/// The value that JavaScript gives.
pub(crate) fn from_js(value: Unknown<'_>) -> Result<Value> {
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
        let item = |at| items.get::<Unknown<'_>>(at)?.map_or(Ok(Value::Null), from_js);
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
        table.insert(name, from_js(object.get_property_unchecked(key)?)?);
    }
    Ok(Value::Table(table))
}

/// The value for JavaScript, frozen in depth where it is shared.
pub(crate) fn to_js<'e>(env: &'e Env, value: &Value, frozen: bool) -> Result<Unknown<'e>> {
    match value {
        Value::Null => Null.into_unknown(env),
        Value::Bool(value) => value.into_unknown(env),
        Value::Integer(value) => integer_to_js(env, *value),
        Value::Float(value) => value.into_unknown(env),
        Value::String(text) | Value::Datetime(text) => text.as_str().into_unknown(env),
        Value::List(items) => {
            let length = u32::try_from(items.len()).map_err(|_| unexpected("too many items"))?;
            let mut array = env.create_array(length)?.coerce_to_object()?;
            for (at, item) in (0..length).zip(items) {
                array.set_element(at, to_js(env, item, frozen)?)?;
            }
            finished(array, frozen)
        }
        Value::Table(table) => {
            let mut object = Object::new(env)?;
            for (key, value) in table.iter() {
                let value = to_js(env, value, frozen)?;
                if key == "__proto__" {
                    own_prototype(*env, &mut object, value)?;
                } else {
                    object.set_property(env.create_string(key)?, value)?;
                }
            }
            finished(object, frozen)
        }
        other => other.to_string().into_unknown(env),
    }
}

fn finished(mut object: Object<'_>, frozen: bool) -> Result<Unknown<'_>> {
    if frozen {
        object.freeze()?;
    }
    Ok(object.to_unknown())
}

/// Gives an object a property of this name. To set it would set what the object inherits from.
fn own_prototype(env: Env, object: &mut Object<'_>, value: Unknown<'_>) -> Result<()> {
    use napi::{Property, PropertyAttributes};
    let attributes = PropertyAttributes::Writable
        | PropertyAttributes::Enumerable
        | PropertyAttributes::Configurable;
    let property = Property::new()
        .with_name(&env, "__proto__")?
        .with_value(&value)
        .with_property_attributes(attributes);
    object.define_properties(&[property])
}

#[allow(clippy::cast_precision_loss)] // what is not exact is no number
fn integer_to_js(env: &Env, value: i128) -> Result<Unknown<'_>> {
    if (-MAX_SAFE..=MAX_SAFE).contains(&value) {
        return (value as f64).into_unknown(env);
    }
    let magnitude = value.unsigned_abs();
    let low = u64::try_from(magnitude & u128::from(u64::MAX)).unwrap_or(u64::MAX);
    let high = u64::try_from(magnitude >> 64).unwrap_or(u64::MAX);
    let words = if high == 0 { vec![low] } else { vec![low, high] };
    BigInt { sign_bit: value < 0, words }.into_unknown(env)
}
