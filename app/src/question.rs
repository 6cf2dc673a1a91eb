//! Questions on an open job: what its page shows of them, and the forms that ask, answer and remove.

pub mod actions;
pub mod list;
