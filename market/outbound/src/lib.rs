//! Requests to addresses that strangers named, such as the endpoints of webhooks. A stranger must not reach this machine, its network
//! or its cloud's metadata through us: an address is checked when it is saved and when it is used, and every address that a name
//! stands for is checked before the connection, which goes to a checked one.

mod answer;
mod client;
mod failure;
mod ip;
mod limits;
mod name;
mod policy;
mod resolver;
mod signature;
mod target;

pub use answer::{Answer, RetryAfter};
pub use client::Client;
pub use failure::Failure;
pub use limits::Limits;
pub use policy::Policy;
pub use resolver::SystemLookup;
pub use signature::{SigningSecret, body_header, standard_header};
pub use target::{Target, TargetError};
