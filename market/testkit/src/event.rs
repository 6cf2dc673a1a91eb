//! The events about one thing, which the program itself reads for jobs alone.

mod store;
pub use store::of_subject;
