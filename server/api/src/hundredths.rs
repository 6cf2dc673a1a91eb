//! Numbers in hundredths, such as averages: sent as numbers with two decimals, without passing through a float.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An average in hundredths: 467 is sent as `4.67`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hundredths(pub i64);

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (sign, hundredths) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let decimal = format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100);
        RawValue::from_string(decimal).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl PartialSchema for Hundredths {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Number).description(Some("A mean with two decimals")).into()
    }
}

impl ToSchema for Hundredths {
    fn name() -> Cow<'static, str> {
        "Mean".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_two_decimals() {
        for (hundredths, told) in [(0, "0.00"), (7, "0.07"), (467, "4.67"), (10_000, "100.00"), (-5, "-0.05"), (-467, "-4.67")] {
            assert_eq!(serde_json::to_string(&Hundredths(hundredths)).expect("a number"), told);
        }
    }
}
