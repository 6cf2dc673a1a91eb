//! A queue for work that is dear: little of it runs at a time, and little waits for its turn.

mod turn;
pub use turn::{Queue, Turn};
