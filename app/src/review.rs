//! Pages of reviews: the queue, the proofers' workspace, the choice of proofers, and the verdicts.

pub mod actions;
mod artifacts;
pub mod inputs;
mod layouts;
pub mod loaders;
pub mod params;
pub mod queue;
pub(crate) mod reading;
mod render;
pub mod rendered;
pub mod settings;
pub mod verdicts;
pub mod words;
pub mod work;
pub mod workspace;

pub(crate) use render::written;
