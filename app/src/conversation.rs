//! Messages and ratings on a job's page.

pub mod actions;
pub mod loaders;
pub mod messages;
pub mod ratings;

use market::Page;
use market::message::Message;
use market::rating::Ratings;
use serde::{Deserialize, Serialize};

/// The conversation of a job as its viewer sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ConversationView {
    /// The messages, newest first.
    Said(Page<Message>),
    /// Hidden while the viewer is blind, with the reason.
    Blind(String),
}

/// Messages and ratings of a job as its viewer sees them; empty for strangers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Conversation {
    /// The conversation, for its participants.
    pub heard: Option<ConversationView>,
    /// The number of messages that the viewer has not marked as read.
    pub unread: i64,
    /// The ratings, for the two sides of a completed job.
    pub ratings: Option<Ratings>,
}
