//! A place in a draft, as serde reads it.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::invent::Inventor;
use super::{Fault, Reading};

/// That something could not be read: nothing but the name of the field that was missing, if one was.
#[derive(Debug, Default)]
pub(super) struct Misread {
    missing: Option<&'static str>,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a draft could not be read")
    }
}

impl std::error::Error for Misread {}

impl de::Error for Misread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field) }
    }
}

/// Reads what stands at a place, or what is made up for it.
pub(super) fn read_place<'de, S: DeserializeSeed<'de>>(
    reading: &Reading,
    path: String,
    value: Option<&'de Json>,
    seed: S,
) -> Result<S::Value, Misread> {
    let outcome = match (reading.mended.get(&path), value) {
        (Some(choices), _) => {
            choices.borrow_mut().rewind();
            seed.deserialize(Inventor::new(choices))
        }
        (None, Some(value)) => seed.deserialize(Place { value, path: &path, reading }),
        (None, None) => Err(Misread::default()),
    };
    outcome.inspect_err(|_| reading.note(Fault::Unreadable(path)))
}

/// A place in a draft.
struct Place<'de, 'r> {
    value: &'de Json,
    path: &'r str,
    reading: &'r Reading,
}

impl Place<'_, '_> {
    fn below(&self, name: impl fmt::Display) -> String {
        if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) }
    }
}

/// The fields of an object: those that the program knows and the draft has, or that are made up.
struct Fields<'de, 'r> {
    place: Place<'de, 'r>,
    left: std::slice::Iter<'static, &'static str>,
    present: Option<(String, Option<&'de Json>)>,
}

impl<'de> MapAccess<'de> for Fields<'de, '_> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        for name in self.left.by_ref() {
            let (path, value) = (self.place.below(name), self.place.value.get(name));
            if value.is_some() || self.place.reading.mended.contains_key(&path) {
                self.present = Some((path, value));
                return seed.deserialize((*name).into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        let (path, value) = self.present.take().ok_or_else(Misread::default)?;
        read_place(self.place.reading, path, value, seed)
    }
}

/// The items of a list.
struct Items<'de, 'r> {
    place: Place<'de, 'r>,
    left: std::iter::Enumerate<std::slice::Iter<'de, Json>>,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misread> {
        let Some((number, value)) = self.left.next() else { return Ok(None) };
        read_place(self.place.reading, self.place.below(number), Some(value), seed).map(Some)
    }
}

impl<'de> Deserializer<'de> for Place<'de, '_> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.value.deserialize_any(visitor).map_err(|_| Misread::default())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.value.deserialize_enum(name, variants, visitor).map_err(|_| Misread::default())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        let items = self.value.as_array().ok_or_else(Misread::default)?;
        visitor.visit_seq(Items { left: items.iter().enumerate(), place: self })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        if !self.value.is_object() {
            return Err(Misread::default());
        }
        let (reading, here) = (self.reading, Place { value: self.value, path: self.path, reading: self.reading });
        let outcome = visitor.visit_map(Fields { left: fields.iter(), place: self, present: None });
        outcome.map_err(|misread| {
            if let Some(name) = misread.missing {
                reading.note(Fault::Missing(here.below(name)));
            }
            Misread::default()
        })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct map identifier ignored_any
    }
}
