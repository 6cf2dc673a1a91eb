//! The queues of reviews: a team's own seats, and the jobs of others that look for proofers.

mod store;
pub(super) use store::{assignments, needed};
