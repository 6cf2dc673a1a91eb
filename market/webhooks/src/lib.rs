//! Outgoing webhooks: a team names an endpoint, and each event that it hears is delivered there, signed.
//!
//! A follower of the event numbers writes the deliveries, so acts pay nothing for them. This crate sends nothing itself: the server
//! claims what is due, sends it without an open transaction, and notes what came of it.

pub mod delivery;
pub mod endpoint;
pub mod wire;
