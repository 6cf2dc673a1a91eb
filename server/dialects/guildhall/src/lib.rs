//! The program's own dialect: routes about the API itself, and links to files.

mod about;
mod conventions;
mod exports;
mod files;
mod routes;
mod signing_keys;
mod story;

pub use conventions::Guildhall;
