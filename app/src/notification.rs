//! The pages of notifications: what happened, whose move it is, and how it is mailed.

pub mod actions;
pub mod choices;
pub mod list;
pub mod loaders;
pub mod unsubscribe;
