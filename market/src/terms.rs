//! The operator's rules: fees, windows and limits. One value, set at start, shown where it matters.

use crate::money::Money;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// What holds for everybody on this server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Whether money and mail are play: sandbox checkout, readable mail, loopback only.
    pub sandbox: bool,
    /// Where this server is reached from outside, without a trailing slash: links in mail and checkout use it.
    pub base_url: String,
    /// What the poster pays on top of the agreed price, in basis points: 500 is 5 %.
    pub service_fee_bps: i64,
    /// What a poster pays for each day that a job stands above others.
    pub feature_fee: Money,
    /// The least a deposit may be.
    pub deposit_least: Money,
    /// The most a deposit may be.
    pub deposit_most: Money,
    /// How long an approved payment waits before it is released; a dispute can be opened until then.
    pub release_delay: Span,
    /// How long a poster has to judge a delivery; silence approves it.
    pub review_window: Span,
    /// How long a poster has to fund an accepted application; silence reopens the job.
    pub funding_window: Span,
    /// How long a worker has when the job names no deadline; silence refunds the poster.
    pub work_window: Span,
    /// How long a worker has for a revision; silence refunds the poster.
    pub revision_window: Span,
    /// How long an open job waits for an acceptance when it names no deadline.
    pub listing_window: Span,
    /// How long a rejected delivery waits; silence refunds the poster.
    pub dispute_window: Span,
    /// How long an open dispute waits for a ruling; after that the default ruling holds.
    pub ruling_window: Span,
    /// How long proofers have for a verdict; silence frees the seat.
    pub proof_window: Span,
    /// What each proofer gets for a round when the poster names no fee, in basis points of the highest budget.
    pub proof_fee_bps: i64,
    /// How lately a proofer may not have been paid by either side, or paid it.
    pub conflict_window: Span,
    /// How often a poster may ask for a revision of one job.
    pub revisions_most: i64,
    /// How long events are kept for streams; one that is asked to go on after something older starts anew.
    pub event_retention: Span,
    /// The most bytes a file may have.
    pub file_most: i64,
    /// The most bytes a team's files may have together.
    pub files_most: i64,
    /// How long files are kept after their job was closed; then their room is free again.
    pub file_retention: Span,
    /// How long a signed-in browser is remembered without a visit.
    pub session_life: Span,
    /// How long an access token holds.
    pub token_life: Span,
    /// How long a mail verification link holds.
    pub verification_life: Span,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            sandbox: true,
            base_url: "http://127.0.0.1:3000".into(),
            service_fee_bps: 500,
            feature_fee: Money(100),
            deposit_least: Money(500),
            deposit_most: Money(1_000_000),
            release_delay: Span::hours(24),
            review_window: Span::days(3),
            funding_window: Span::days(3),
            work_window: Span::days(14),
            revision_window: Span::days(7),
            listing_window: Span::days(30),
            dispute_window: Span::days(7),
            ruling_window: Span::days(14),
            proof_window: Span::days(2),
            proof_fee_bps: 500,
            conflict_window: Span::days(30),
            revisions_most: 5,
            event_retention: Span::days(30),
            file_most: 100 << 20,
            files_most: 5 << 30,
            file_retention: Span::days(90),
            session_life: Span::days(30),
            token_life: Span::hours(24),
            verification_life: Span::days(2),
        }
    }
}
