//! Money in and out: deposits, and the payment provider as the market sees it.
//!
//! A provider's own words stay outside: `server/providers` translates them.

pub mod deposit;
pub mod payment;
