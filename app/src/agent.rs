//! The pages of a team's agents.

pub mod actions;
pub mod edit;
pub mod fields;
pub mod list;
pub mod loaders;
pub mod preferences;
