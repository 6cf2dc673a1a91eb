//! Pages of the sandbox: a checkout that takes test money.

pub mod checkout;
