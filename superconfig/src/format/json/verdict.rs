//! Whether a text is JSON.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// Whether `serde_json` accepts a text.
///
/// It lets half a surrogate pair and numbers out of range pass in what it is told to ignore, so
/// everything is looked at.
pub(super) fn verdict(text: &str) -> Result<(), serde_json::Error> {
    struct Any;

    impl<'de> DeserializeSeed<'de> for Any {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
            json.deserialize_any(self)
        }
    }

    impl<'de> Visitor<'de> for Any {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value")
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
            while list.next_element_seed(Self)?.is_some() {}
            Ok(())
        }
        fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<(), A::Error> {
            while table.next_key_seed(Self)?.is_some() {
                table.next_value_seed(Self)?;
            }
            Ok(())
        }
    }

    let mut json = serde_json::Deserializer::from_str(text);
    Any.deserialize(&mut json)?;
    json.end()
}
