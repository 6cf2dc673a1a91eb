//! Rows as input of serde: a struct is read by its field names, an enum by its word. A tuple reads each of its structs from the whole
//! row, so that one statement serves two types.

use kernel::{Error, Result};
use serde::Deserialize;
use serde::de::value::{Error as Unread, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

/// A value borrowed from the driver: text is copied only where it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'r> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'r str),
}

/// Reads a row into `T`: a struct by column names, a tuple of such structs, or a plain value from a single column.
pub(super) fn read<T: DeserializeOwned>(cells: &[(&str, Cell<'_>)]) -> Result<T> {
    T::deserialize(Row { cells }).map_err(|error| {
        tracing::error!(%error, into = std::any::type_name::<T>(), "a row does not fit its type");
        Error::internal()
    })
}

/// Reads a column that holds JSON as text: `#[serde(deserialize_with = "json")]`.
///
/// # Errors
/// A text that does not fit is an error of the row.
pub fn json<'de, T: DeserializeOwned, D: Deserializer<'de>>(column: D) -> Result<T, D::Error> {
    let text = String::deserialize(column)?;
    serde_json::from_str(&text).map_err(serde::de::Error::custom)
}

#[derive(Clone, Copy)]
struct Row<'a, 'r> {
    cells: &'a [(&'r str, Cell<'r>)],
}

impl Row<'_, '_> {
    /// Returns the value of a row with a single column.
    fn single(&self) -> Result<Cell<'_>, Unread> {
        self.cells.first().map(|(_, cell)| *cell).ok_or_else(|| serde::de::Error::custom("a row without columns"))
    }
}

impl<'de> Deserializer<'de> for Row<'_, '_> {
    type Error = Unread;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.cells {
            [(_, cell)] => cell.deserialize_any(visitor),
            cells => visitor.visit_map(MapDeserializer::new(cells.iter().copied())),
        }
    }
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_map(MapDeserializer::new(self.cells.iter().copied()))
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.single()?.deserialize_enum(name, variants, visitor)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.single()?.deserialize_option(visitor)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, count: usize, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(self, count)))
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple_struct map identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Unread> for Row<'_, '_> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de, Unread> for Cell<'_> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Cell<'_> {
    type Error = Unread;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self {
            Cell::Null => visitor.visit_unit(),
            Cell::Int(v) => visitor.visit_i64(v),
            Cell::Real(v) => visitor.visit_f64(v),
            Cell::Text(v) => visitor.visit_str(v),
        }
    }
    /// Reads a boolean from 0 and 1, because SQLite has no booleans.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self {
            Cell::Int(v @ (0 | 1)) => visitor.visit_bool(v == 1),
            other => Err(serde::de::Error::custom(format!("expected 0 or 1, found {other:?}"))),
        }
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self {
            Cell::Null => visitor.visit_none(),
            cell => visitor.visit_some(cell),
        }
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unread> {
        match self {
            Cell::Text(word) => visitor.visit_enum(word.into_deserializer()),
            other => Err(serde::de::Error::custom(format!("expected a word, found {other:?}"))),
        }
    }
    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
