//! Proofing: who judges the work of others, the workspace they do it in, and what became of it.

pub mod acts;
pub mod calls;
pub mod queue;
pub mod settings;
pub mod verdicts;
pub mod words;
