//! The house's own dialect: where the API tells about itself, and the links to files.

mod about;
mod conventions;
mod files;
mod routes;
mod story;

pub use conventions::Guildhall;
