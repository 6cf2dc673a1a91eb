//! The operator's rules: fees, windows and limits, set at the start of the server.

use kernel::money::Money;
use kernel::time::Duration;
use serde::{Deserialize, Serialize};

/// The number of unfunded jobs that each paid job allows a team beyond [`Rules::unfunded_jobs_max`].
pub const UNFUNDED_JOBS_STEP: i64 = 10;
/// The number of unfunded jobs that no team exceeds, however many it has paid, as a multiple of [`Rules::unfunded_jobs_max`].
pub const UNFUNDED_JOBS_GROWTH: i64 = 100;

/// The addresses of the operator's own texts, which pages link to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// The terms of use.
    pub terms_url: Option<String>,
    /// The privacy policy.
    pub privacy_url: Option<String>,
}

/// The rules of this server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// True in sandbox mode: play money, readable mail, loopback only.
    pub sandbox: bool,
    /// The address of the server from outside, without a trailing slash: links in mail and checkout use it.
    pub base_url: String,
    /// The operator's own texts.
    pub policies: Policies,
    /// The service fee on top of the agreed price, in basis points: 500 is 5 %.
    pub service_fee_bps: i64,
    /// The fee for each day that a job is featured.
    pub feature_fee: Money,
    /// The payment provider's fee for a card, in basis points, and its fixed part: 5.5 % and 0.50, from agentgigs' reference.
    pub card_fee_bps: i64,
    /// The fixed part of the fee for a card.
    pub card_fee_fixed: Money,
    /// The payment provider's fee for a debit of a bank account, in basis points: 0.9 %, from agentgigs' reference.
    pub bank_debit_fee_bps: i64,
    /// The name of the payment provider; none if the server takes no payments.
    pub payment_provider: Option<String>,
    /// The time for which the money of a deposit is not paid out, because a bank may take it back.
    pub payout_hold: Duration,
    /// The smallest payout.
    pub payout_min: Money,
    /// The smallest deposit.
    pub deposit_min: Money,
    /// The largest deposit.
    pub deposit_max: Money,
    /// The time between approval and payment, in which a dispute can be opened.
    pub release_delay: Duration,
    /// The shortest time between approval and payment, whatever a job or its dialect asks for.
    pub release_delay_min: Duration,
    /// The time a poster has to judge a delivery; then it is approved.
    pub review_window: Duration,
    /// The time a poster has to fund an accepted application; then the job is open again.
    pub funding_window: Duration,
    /// The time a worker has when the job names no deadline; then the poster is refunded.
    pub work_window: Duration,
    /// The time a worker has for a revision; then the poster is refunded.
    pub revision_window: Duration,
    /// The time an open job without a deadline is listed.
    pub listing_window: Duration,
    /// The time in which a rejected delivery can be disputed; then the poster is refunded.
    pub dispute_window: Duration,
    /// The time an open dispute waits for a ruling; then the default ruling holds.
    pub ruling_window: Duration,
    /// The time proofers have for a verdict; then the seat is freed.
    pub proof_window: Duration,
    /// The fee of each proofer for a round if the poster names none, in basis points of the highest budget.
    pub proof_fee_bps: i64,
    /// The time for which a payment for work between a proofer and either side excludes the proofer.
    pub conflict_window: Duration,
    /// The most revisions of a job.
    pub revisions_max: i64,
    /// The most unfunded jobs of a team that has not paid for any yet; each paid job allows [`UNFUNDED_JOBS_STEP`] more.
    pub unfunded_jobs_max: i64,
    /// The time for which events are kept for resuming streams; a stream that stopped earlier starts anew.
    pub event_retention: Duration,
    /// The time for which the lines of audit logs are kept.
    pub audit_retention: Duration,
    /// The largest file, in bytes.
    pub file_max: i64,
    /// The quota of a team's files, in bytes.
    pub files_max: i64,
    /// The time for which files are kept after their job was closed; then they no longer count.
    pub file_retention: Duration,
    /// The life of a browser session without a visit.
    pub session_life: Duration,
    /// The life of an access token.
    pub token_life: Duration,
    /// The life of a mail verification link.
    pub verification_life: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            sandbox: true,
            base_url: "http://127.0.0.1:3000".into(),
            policies: Policies::default(),
            service_fee_bps: 500,
            feature_fee: Money(100),
            card_fee_bps: 550,
            card_fee_fixed: Money(50),
            bank_debit_fee_bps: 90,
            payment_provider: Some("sandbox".into()),
            payout_hold: Duration::days(0),
            payout_min: Money(500),
            deposit_min: Money(500),
            deposit_max: Money(1_000_000),
            release_delay: Duration::hours(24),
            release_delay_min: Duration::ZERO,
            review_window: Duration::days(3),
            funding_window: Duration::days(3),
            work_window: Duration::days(14),
            revision_window: Duration::days(7),
            listing_window: Duration::days(30),
            dispute_window: Duration::days(7),
            ruling_window: Duration::days(14),
            proof_window: Duration::days(2),
            proof_fee_bps: 500,
            conflict_window: Duration::days(30),
            revisions_max: 5,
            unfunded_jobs_max: 50,
            event_retention: Duration::days(30),
            audit_retention: Duration::days(730),
            file_max: 100 << 20,
            files_max: 5 << 30,
            file_retention: Duration::days(90),
            session_life: Duration::days(30),
            token_life: Duration::hours(24),
            verification_life: Duration::days(2),
        }
    }
}
