//! A deserializer that takes the names of fields in snake_case and in camelCase, `budgetMin` as `budget_min`, and whole numbers
//! with a zero fraction, `3.0` as `3`.
//!
//! It wraps the deserializer that tracks paths, so an error names the field as it was sent.

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The names of a struct's fields.
type Names = &'static [&'static str];

/// Wraps a deserializer. Only names of struct fields are folded; the keys of maps are data.
pub(super) struct Folding<D> {
    inner: D,
    /// The names that a text is folded to, if it is the name of a field.
    names: Names,
}

impl<D> Folding<D> {
    /// Wraps the deserializer of a value.
    pub(super) fn new(inner: D) -> Self {
        Self { inner, names: &[] }
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*)),*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Folded { visitor, names: self.names, fields: &[], is_whole: false })
        }
    )*};
}

macro_rules! forward_whole {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(Folded { visitor, names: self.names, fields: &[], is_whole: true })
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Folding<D> {
    type Error = D::Error;

    forward!(
        deserialize_any(), deserialize_bool(), deserialize_i128(), deserialize_u128(), deserialize_f32(), deserialize_f64(), deserialize_char(), deserialize_str(), deserialize_string(), deserialize_bytes(),
        deserialize_byte_buf(), deserialize_option(), deserialize_unit(), deserialize_unit_struct(name: &'static str),
        deserialize_newtype_struct(name: &'static str), deserialize_seq(), deserialize_tuple(len: usize),
        deserialize_tuple_struct(name: &'static str, len: usize), deserialize_map(), deserialize_enum(name: &'static str, variants: Names),
        deserialize_identifier(), deserialize_ignored_any()
    );

    forward_whole!(
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_i64,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64
    );

    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, fields: Names, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, Folded { visitor, names: &[], fields, is_whole: false })
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// A visitor, a seed or the content of a list or map, through which nested values are folded too.
struct Folded<T> {
    visitor: T,
    names: Names,
    /// The fields of the struct that is visited.
    fields: Names,
    /// True if a whole number is wanted.
    is_whole: bool,
}

/// The largest whole number that is read from a float, 2^50: up to here an inexact float has a fraction, so none is taken for another
/// number.
const WHOLE_MAX: f64 = 1_125_899_906_842_624.0;

macro_rules! visit {
    ($($method:ident($type:ty)),*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Folded<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    visit!(visit_bool(bool), visit_i64(i64), visit_i128(i128), visit_u64(u64), visit_u128(u128));
    visit!(visit_bytes(&[u8]), visit_borrowed_bytes(&'de [u8]), visit_byte_buf(Vec<u8>));

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match self.is_whole && value.fract() == 0.0 && value.abs() <= WHOLE_MAX {
            // Both bounds lie within i64, and there is no fraction to lose.
            true => self.visitor.visit_i64(value as i64),
            false => self.visitor.visit_f64(value),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.visitor.visit_str(known(text, self.names))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.visitor.visit_borrowed_str(known(text, self.names))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        if self.names.is_empty() { self.visitor.visit_string(text) } else { self.visit_str(&text) }
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Folding::new(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Folding::new(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(Items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Entries { entries, fields: self.fields })
    }

    // No body has an enum with content, so there is no name to fold in one.
    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(variant)
    }
}

/// A seed whose value is folded.
struct Seed<S> {
    seed: S,
    names: Names,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.seed.deserialize(Folding { inner, names: self.names })
    }
}

struct Items<A>(A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Seed { seed, names: &[] })
    }
}

struct Entries<A> {
    entries: A,
    fields: Names,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.entries.next_key_seed(Seed { seed, names: self.fields })
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.entries.next_value_seed(Seed { seed, names: &[] })
    }
}

/// Returns the field that is meant by a name: the one that is spelled so, else the one that is equal in snake_case.
fn known(sent: &str, names: Names) -> &str {
    let exact = names.iter().find(|name| **name == sent);
    exact.or_else(|| names.iter().find(|name| snake(name).eq(snake(sent)))).copied().unwrap_or(sent)
}

fn snake(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(|c| c.is_ascii_uppercase().then_some('_').into_iter().chain([c.to_ascii_lowercase()]))
}
