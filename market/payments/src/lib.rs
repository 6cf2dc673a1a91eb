//! Money in and out: deposits, automatic refill, payouts, and the payment provider as the market sees it.
//!
//! A provider's own words stay outside: `server/providers` translates them.

mod amount_event;
pub mod deposit;
mod letter;
pub mod payee;
pub mod payment;
pub mod payout;
pub mod refill;
