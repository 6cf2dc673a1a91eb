//! A value of a database statement: one of the three column types that both engines share.

use crate::money::Money;
use crate::time::{Duration, Time};

/// A parameter. `None` keeps its type, because PostgreSQL needs it.
#[derive(Clone, Debug)]
pub enum Value {
    /// `bigint`
    Int(Option<i64>),
    /// `double precision`
    Real(Option<f64>),
    /// `text`
    Text(Option<String>),
}

macro_rules! values {
    ($($from:ty => $variant:ident, $convert:expr);+ $(;)?) => {$(
        impl From<$from> for Value { fn from(v: $from) -> Self { Value::$variant(Some(($convert)(v))) } }
        impl From<Option<$from>> for Value { fn from(v: Option<$from>) -> Self { Value::$variant(v.map($convert)) } }
    )+};
}

values! {
    i64 => Int, |v| v;
    f64 => Real, |v| v;
    bool => Int, i64::from;
    Money => Int, |v: Money| v.0;
    Duration => Int, |v: Duration| v.as_ms();
    Time => Text, |v: Time| v.to_string();
    &str => Text, |v: &str| v.to_owned();
    String => Text, |v| v;
    &String => Text, |v: &String| v.clone();
}

impl From<&Option<String>> for Value {
    fn from(v: &Option<String>) -> Self {
        Value::Text(v.clone())
    }
}
