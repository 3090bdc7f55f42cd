//! The fast path: which of a document's keys are settings and which are profiles' sections.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::super::fast::{Keys, Pass, Seen};
use super::super::{Bail, Limits};
use super::fill::{Fill, KeyText, To, bail};
use crate::decode::document::Route;
use crate::decode::{Document, Section, Target};
use crate::schema::Op;

/// Decodes a text straight into the layers of `document`.
pub(in super::super) fn decode(
    text: &str,
    limits: &Limits,
    document: &mut Document<'_>,
) -> Result<(), Bail> {
    let mut pass = Pass::new(limits, document.strict);
    let mut json = serde_json::Deserializer::from_str(text);
    Top { document, pass: &mut pass }.deserialize(&mut json).map_err(|_| Bail)?;
    json.end().map_err(|_| Bail)?;
    document.remarks |= pass.remarks;
    document.secret = pass.secret;
    Ok(())
}

/// The document as a whole.
struct Top<'a, 'd> {
    document: &'a mut Document<'d>,
    pass: &'a mut Pass,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.pass.node().and_then(|()| self.pass.enter()).map_err(bail)?;
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<(), A::Error> {
        let Self { document, pass } = self;
        let (mut hint, mut seen) = (0, Seen::default());
        while let Some(key) = table.next_key_seed(KeyText(pass))? {
            let route = document.route(&key);
            if route == Route::Setting {
                let place = document.layers.layer(Section::Base);
                let Target::Record(record) = place.target() else { return Err(bail(Bail)) };
                let child = pass.child(record, key, &mut hint, &mut seen).map_err(bail)?;
                let to = child.map_or(To::Nowhere, |(place, op)| To::Place(place, op));
                table.next_value_seed(Fill { to, pass })?;
                continue;
            }
            seen.keys.insert(key).map_err(bail)?;
            match route {
                Route::Profiles => table.next_value_seed(Profiles { document, pass })?,
                Route::Section(section) => {
                    let to = To::Place(document.layers.layer(section), Op::Set);
                    table.next_value_seed(Fill { to, pass })?;
                }
                _ => table.next_value_seed(Fill { to: To::Nowhere, pass })?,
            }
        }
        // The layer exists though the document may say nothing.
        document.layers.layer(Section::Base).target();
        pass.leave();
        Ok(())
    }
}

/// The table `profile`.
struct Profiles<'a, 'd> {
    document: &'a mut Document<'d>,
    pass: &'a mut Pass,
}

impl<'de> DeserializeSeed<'de> for Profiles<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.pass.node().and_then(|()| self.pass.enter()).map_err(bail)?;
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Profiles<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of profiles")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<(), A::Error> {
        let Self { document, pass } = self;
        let mut keys = Keys::default();
        while let Some(name) = table.next_key_seed(KeyText(pass))? {
            let to = match document.profile(&name) {
                Route::Section(section) => To::Place(document.layers.layer(section), Op::Set),
                _ => To::Nowhere,
            };
            keys.insert(name).map_err(bail)?;
            table.next_value_seed(Fill { to, pass })?;
        }
        pass.leave();
        Ok(())
    }
}
