//! Amounts in the two ways the references write them: whole cents, and decimal dollars. Neither passes through a float.

use market::Money;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Integer cents: `7500` is $75.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cents(pub i64);

impl<'de> Deserialize<'de> for Cents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let told = || D::Error::custom(format!("Amounts are in cents, as a whole number: 7500 is $75.00. {}", instead(text)));
        whole(text).map(Self).ok_or_else(told)
    }
}

/// Parses a whole number. A zero fraction changes nothing: programs that count in floats write `48000.0`.
fn whole(text: &str) -> Option<i64> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    whole.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Suggests a correct spelling of a wrong amount. It never converts: whether dollars or cents were meant is not known.
fn instead(text: &str) -> String {
    let bare = text.trim_matches('"');
    let is_fraction = bare.contains('.') && bare.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b));
    match whole(bare) {
        Some(cents) => format!("Send {cents} without quotes"),
        None if is_fraction => "There are no fractions of a cent: round the amount, and send digits only".into(),
        None => "Send digits only".into(),
    }
}

impl From<Money> for Cents {
    fn from(money: Money) -> Self {
        Self(money.0)
    }
}

impl PartialSchema for Cents {
    fn schema() -> RefOr<Schema> {
        let schema = ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)));
        schema.description(Some("US cents: 7500 is $75.00")).into()
    }
}

impl ToSchema for Cents {}

/// Decimal dollars, a number or a string: `45`, `12.50`, `"0.07"`. The market converts them to cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dollars(String);

impl Dollars {
    /// Returns the exact amount, or an error if it has fractions of a cent.
    pub fn money(&self, field: &'static str) -> market::Result<Money> {
        Money::parse_major(field, &self.0)
    }
}

impl<'de> Deserialize<'de> for Dollars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'"') => serde_json::from_str(text).map(Self).map_err(D::Error::custom),
            Some(b'-' | b'0'..=b'9') => Ok(Self(text.to_owned())),
            _ => Err(D::Error::custom("It must be an amount in dollars, such as 45 or 12.50")),
        }
    }
}

/// Serialises as a number with two decimals.
impl Serialize for Dollars {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl From<Money> for Dollars {
    fn from(money: Money) -> Self {
        Self(money.major())
    }
}

impl PartialSchema for Dollars {
    fn schema() -> RefOr<Schema> {
        let schema = ObjectBuilder::new().schema_type(Type::Number).multiple_of(Some(0.01));
        schema.description(Some("US dollars with at most two decimals; a string is taken too")).into()
    }
}

impl ToSchema for Dollars {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::read;

    #[derive(Debug, Deserialize)]
    struct InCents {
        amount: Cents,
    }

    #[derive(Debug, Deserialize)]
    struct InDollars {
        amount: Dollars,
    }

    #[test]
    fn cents_are_whole() {
        for (text, cents) in [("7500", 7500), ("0", 0), ("-1", -1), ("48000.0", 48000), ("-5.00", -5), ("9223372036854775807", i64::MAX)] {
            let body = format!("{{\"amount\": {text}}}");
            assert_eq!(read::<InCents>(body.as_bytes()).expect(text).amount, Cents(cents));
        }
        for text in ["75.5", "75.01", "\"75.0\"", "\"7500\"", "1e3", "null", "true", "[]", "9223372036854775808", "{}"] {
            let body = format!("{{\"amount\": {text}}}");
            let error = read::<InCents>(body.as_bytes()).expect_err(text);
            assert_eq!(error.fields[0].name, "amount", "{text}");
            assert!(error.message.contains("Amounts are in cents"), "{}", error.message);
        }
    }

    #[test]
    fn a_wrong_amount_is_never_told_another_one() {
        for (text, advice) in
            [("75.5", "no fractions of a cent"), ("\"7500\"", "Send 7500 without quotes"), ("\"75.0\"", "Send 75 without")]
        {
            let error = read::<InCents>(format!("{{\"amount\": {text}}}").as_bytes()).expect_err(text);
            assert!(error.message.contains(advice) && !error.message.contains("send 7550"), "{}", error.message);
        }
    }

    #[test]
    fn dollars_are_exact() {
        for (text, cents) in [("45", 4500), ("12.50", 1250), ("\"0.07\"", 7), ("0.29", 29), ("4.35", 435), ("-3.1", -310)] {
            let body = format!("{{\"amount\": {text}}}");
            let read = read::<InDollars>(body.as_bytes()).expect(text);
            assert_eq!(read.amount.money("amount"), Ok(Money(cents)), "{text}");
        }
        for text in ["0.001", "\"x\"", "1e3", "\"\""] {
            let body = format!("{{\"amount\": {text}}}");
            assert!(read::<InDollars>(body.as_bytes()).expect(text).amount.money("amount").is_err(), "{text}");
        }
        for text in ["null", "[]", "true"] {
            let body = format!("{{\"amount\": {text}}}");
            assert_eq!(read::<InDollars>(body.as_bytes()).expect_err(text).fields[0].name, "amount");
        }
        assert_eq!(serde_json::to_string(&Dollars::from(Money(4500))).expect("a number"), "45.00");
    }
}
