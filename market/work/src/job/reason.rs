//! The reason of a rejection: a word for statistics and a sentence for the worker.

use kernel::text::{Check, Word};
use kernel::{Error, Result, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The reason of a rejection.
    Reason {
        /// It answers another question than the brief asks.
        OffBrief = "off_brief",
        /// Parts are missing.
        Incomplete = "incomplete",
        /// It is there, but not good enough.
        LowQuality = "low_quality",
        /// It is somebody else's.
        NotOriginal = "not_original",
        /// It breaks the NDA or the law.
        Unacceptable = "unacceptable",
        /// Something else, said in words.
        Other = "other",
    }
}

/// A rejection in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The word.
    pub reason: Reason,
    /// The sentence, 10 to 2,000 characters.
    pub message: String,
}

impl Rejection {
    /// Parses both; the error for an unknown reason lists all.
    pub fn new(reason: &str, message: &str) -> Result<Self> {
        let mut check = Check::new();
        let reason = check.take(Reason::read("reason", reason));
        let message = check.prose("message", message, 10..=2_000);
        check.done()?;
        reason.map(|reason| Self { reason, message }).ok_or_else(Error::internal)
    }
}
