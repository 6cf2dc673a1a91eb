//! Pages of reviews: the queue, the proofers' workspace, the choice of proofers, and the verdicts.

pub mod acts;
pub mod calls;
mod pieces;
pub mod queue;
pub(crate) mod reading;
mod render;
pub mod review;
pub mod settings;
pub mod shown;
pub mod typed;
pub mod verdicts;
pub mod words;
pub mod work;
