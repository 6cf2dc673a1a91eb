//! What people say to each other on a job: messages while it goes on, ratings when it is done.

pub mod acts;
#[cfg(feature = "ssr")]
pub mod calls;
pub mod messages;
pub mod ratings;

use market::Page;
use market::message::Message;
use market::rating::Ratings;
use serde::{Deserialize, Serialize};

/// What a viewer hears of a job's conversation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Heard {
    /// What was said, the newest first.
    Said(Page<Message>),
    /// Nothing yet, and why.
    Blind(String),
}

/// What is said on a job, in its viewer's eyes; nothing for strangers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Talk {
    /// The conversation, for those who take part in it.
    pub heard: Option<Heard>,
    /// The ratings, for the two sides of a completed job.
    pub ratings: Option<Ratings>,
}
