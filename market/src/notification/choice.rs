//! The choice of a member how a kind of notification is mailed.

use super::{Delivery, Kind};
use kernel::Result;
use kernel::text::Word;
use serde::{Deserialize, Serialize};

/// The delivery of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The kind.
    pub kind: Kind,
    /// Its delivery.
    pub delivery: Delivery,
}

impl Choice {
    /// Reads a choice from its words.
    ///
    /// # Errors
    /// An unknown kind or delivery; the message lists the known ones.
    pub fn read(kind: &str, delivery: &str) -> Result<Self> {
        Ok(Self { kind: Kind::read("kind", kind)?, delivery: Delivery::read("delivery", delivery)? })
    }

    /// Completes the choices that a member made with the usual delivery of the other kinds, in the order of the kinds.
    pub(super) fn complete(made: &[Choice]) -> Vec<Choice> {
        let of = |&kind: &Kind| made.iter().copied().find(|choice| choice.kind == kind).unwrap_or(Choice { kind, delivery: kind.usual() });
        Kind::ALL.iter().map(of).collect()
    }
}
