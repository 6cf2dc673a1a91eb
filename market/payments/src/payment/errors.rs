//! The refusals of payments.

use kernel::{Error, Kind};

/// The server has nobody to take payments.
pub fn no_payment_provider() -> Error {
    let message = "This server has no payment provider, so it takes no deposits. Ask its operator, who sets GUILDHALL_STRIPE_KEY.";
    Error::new(Kind::Unavailable, "no_payment_provider", message)
}

/// The code of a provider that does not answer. A round of questions ends at the first one: each would wait as long.
pub const UNREACHABLE: &str = "payment_provider_unreachable";

/// The provider could not be reached, or did not answer in time.
pub fn provider_unreachable() -> Error {
    let message = "The payment provider does not answer at the moment. Nothing was charged. Send this again in a minute.";
    Error::new(Kind::Unavailable, UNREACHABLE, message).with("retry_after", 60)
}

/// The provider refused what it was asked.
pub fn provider_refused() -> Error {
    let message = "The payment provider refused this request. Nothing was charged. The server's operator finds the reason in the log.";
    Error::new(Kind::Unavailable, "payment_provider_refused", message)
}
