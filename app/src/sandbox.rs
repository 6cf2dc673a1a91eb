//! Pages of the sandbox: a checkout that takes test money, and the mail that is kept instead of sent.

pub mod checkout;
pub mod kept;
pub mod mail;
