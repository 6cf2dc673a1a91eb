//! What only the sandbox has: a checkout that takes test money.

pub mod checkout;
