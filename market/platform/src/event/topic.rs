//! A topic as a team follows it.

/// A topic that a team follows, and how much an event has to be worth to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The name, such as `category:coding`.
    pub name: String,
    /// The least worth of an event that is received by this topic. Events whose view declares no worth are received in any case.
    pub worth_min: i64,
}

impl From<String> for Topic {
    /// Follows a topic whatever its events are worth.
    fn from(name: String) -> Self {
        Self { name, worth_min: 0 }
    }
}
