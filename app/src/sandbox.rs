//! Pages of the sandbox: a checkout that takes test money, test cards, test banks, and the mail that is kept instead of sent.

pub mod bank;
pub mod card;
pub mod checkout;
pub mod kept;
pub mod mail;
