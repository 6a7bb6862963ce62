//! Making up a value of any type, to be able to read on behind a place where there is none.

use std::cell::RefCell;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, VariantAccess, Visitor};

use super::place::Misread;

/// The texts that are tried, one after the other: a line, an id, a day, a moment, an organisation number, a national id
/// and a phone number, all synthetic, an address, a hash, a language, a municipality, a time of day, an end reason.
const TEXTS: [&str; 13] = [
    "A",
    "00000000-0000-0000-0000-000000000000",
    "2000-01-01",
    "2000-01-01T00:00:00Z",
    "311002007",
    "15819010029",
    "+4700000000",
    "a@example.com",
    "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
    "nb",
    "0301/2024",
    "09:00",
    "other_not_applicable",
];

/// What was chosen at each point where there is a choice, in the order in which serde asks.
#[derive(Debug, Default)]
pub(super) struct Choices {
    picks: Vec<Pick>,
    at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Pick {
    chosen: usize,
    of: usize,
}

impl Choices {
    /// Begins again with the same choices.
    pub(super) const fn rewind(&mut self) {
        self.at = 0;
    }

    /// Chooses otherwise at the last point, since what was chosen there did not fit; says whether there was a choice.
    pub(super) fn next(&mut self) -> bool {
        self.picks.truncate(self.at);
        match self.picks.last_mut() {
            Some(pick) if pick.chosen.saturating_add(1) < pick.of => {
                pick.chosen += 1;
                true
            }
            _ => false,
        }
    }

    fn pick(&mut self, of: usize) -> usize {
        if self.at == self.picks.len() {
            self.picks.push(Pick { chosen: 0, of });
        }
        let chosen = self.picks.get(self.at).map_or(0, |pick| pick.chosen);
        self.at += 1;
        chosen
    }
}

/// Gives serde whatever it asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inventor<'r> {
    choices: &'r RefCell<Choices>,
}

impl<'r> Inventor<'r> {
    pub(super) const fn new(choices: &'r RefCell<Choices>) -> Self {
        Self { choices }
    }

    fn pick<T: Copy>(self, among: &[T]) -> Result<T, Misread> {
        let chosen = self.choices.borrow_mut().pick(among.len());
        among.get(chosen).copied().ok_or_else(Misread::default)
    }

    fn fields(self, names: &'static [&'static str]) -> Invented<'r> {
        Invented { inventor: self, left: names.iter() }
    }
}

/// The fields of a struct, each made up.
struct Invented<'r> {
    inventor: Inventor<'r>,
    left: std::slice::Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for Invented<'_> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        self.left.next().map(|name| seed.deserialize((*name).into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        seed.deserialize(self.inventor)
    }
}

/// An enum whose variant is chosen.
struct Variant<'r> {
    inventor: Inventor<'r>,
    name: &'static str,
}

impl<'de, 'r> EnumAccess<'de> for Variant<'r> {
    type Error = Misread;
    type Variant = Inventor<'r>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Inventor<'r>), Misread> {
        Ok((seed.deserialize(self.name.into_deserializer())?, self.inventor))
    }
}

impl<'de> VariantAccess<'de> for Inventor<'_> {
    type Error = Misread;

    fn unit_variant(self) -> Result<(), Misread> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misread> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_map(self.fields(fields))
    }
}

/// The methods of a deserializer that give a number.
macro_rules! numbers {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
            visitor.visit_u64(1)
        }
    )+};
}

impl<'de> Deserializer<'de> for Inventor<'_> {
    type Error = Misread;

    // Whoever takes anything mostly wants a text.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_str(self.pick(&TEXTS)?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_bool(true)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<()>()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_map(MapDeserializer::new(std::iter::empty::<((), ())>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        visitor.visit_map(self.fields(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        visitor.visit_enum(Variant { inventor: self, name: self.pick(variants)? })
    }

    serde::forward_to_deserialize_any! {
        char str string bytes byte_buf unit_struct tuple tuple_struct identifier ignored_any
    }
}
