//! Proofing: who judges the work of others, the workspace they do it in, and what became of it.

pub mod acts;
pub mod calls;
#[cfg(feature = "ssr")]
mod pieces;
pub mod queue;
#[cfg(feature = "ssr")]
pub(crate) mod reading;
#[cfg(feature = "ssr")]
mod render;
pub mod review;
pub mod settings;
pub mod shown;
pub mod typed;
pub mod verdicts;
pub mod words;
pub mod work;
