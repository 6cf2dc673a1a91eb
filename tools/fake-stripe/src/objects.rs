//! The objects of the API in the shape that Stripe's own types demand: each has all fields that are never absent.

pub(crate) mod checkout;
pub(crate) mod connect;
pub(crate) mod dispute;
pub(crate) mod intent;
pub(crate) mod method;
pub(crate) mod payment;
