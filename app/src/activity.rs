//! The page of what happens on this server, for everybody.

pub mod lines;
pub mod loaders;
pub mod page;
