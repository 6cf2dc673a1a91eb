//! The pages that explain the market: how it works, and where help is.

pub mod help;
pub mod works;
