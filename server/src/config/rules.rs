//! The operator's rules as settings. Their defaults are those of `market::Rules` and stand only there.

use super::Refusal;
use clap::Args;
use market::payment::SANDBOX;
use market::{Duration, Money, Rules};

/// The hold of payouts where money is real: most payments with a stolen card are disputed later, and most errors are seen by then.
const PAYOUT_HOLD: Duration = Duration::days(7);

/// Fees, limits and windows; a missing one is as in [`Rules::default`].
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rules (durations read 500ms, 2s, 30m, 24h, 7d)")]
pub struct RuleSettings {
    /// The fee a poster pays on top of the price, in hundredths of a percent [default: 500]
    #[arg(long, env = "GUILDHALL_SERVICE_FEE_BPS", value_name = "BPS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub service_fee_bps: Option<i64>,
    /// The fee for each day that a job is featured, in cents; 0 makes it free [default: 100]
    #[arg(long, env = "GUILDHALL_FEATURE_FEE", value_name = "CENTS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=1_000_000))]
    pub feature_fee: Option<i64>,
    /// The fee on top of a deposit by card, in hundredths of a percent [default: 550]
    #[arg(long, env = "GUILDHALL_CARD_FEE_BPS", value_name = "BPS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub card_fee_bps: Option<i64>,
    /// The fixed part of the fee on top of a deposit by card, in cents [default: 50]
    #[arg(long, env = "GUILDHALL_CARD_FEE_FIXED", value_name = "CENTS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub card_fee_fixed: Option<i64>,
    /// The fee on top of a deposit by bank debit, in hundredths of a percent [default: 90]
    #[arg(long, env = "GUILDHALL_BANK_DEBIT_FEE_BPS", value_name = "BPS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub bank_debit_fee_bps: Option<i64>,
    /// The smallest payout, in cents [default: 500]
    #[arg(long, env = "GUILDHALL_PAYOUT_MIN", value_name = "CENTS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    pub payout_min: Option<i64>,
    /// The days for which the money of a deposit is not paid out, because a bank may take it back [default: 7 with Stripe, else 0]
    #[arg(long, env = "GUILDHALL_PAYOUT_HOLD_DAYS", value_name = "DAYS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=180))]
    pub payout_hold_days: Option<i64>,
    /// The smallest deposit, in cents [default: 500]
    #[arg(long, env = "GUILDHALL_DEPOSIT_MIN", value_name = "CENTS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    pub deposit_min: Option<i64>,
    /// The largest deposit, in cents [default: 1000000]
    #[arg(long, env = "GUILDHALL_DEPOSIT_MAX", value_name = "CENTS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    pub deposit_max: Option<i64>,
    /// How long an approved payment can still be disputed [default: 24h]
    #[arg(long, env = "GUILDHALL_RELEASE_DELAY", value_name = "DURATION", global = true)]
    pub release_delay: Option<Duration>,
    /// The shortest such time, also for jobs that pay at once otherwise, as gigiac's do [default: 0]
    #[arg(long, env = "GUILDHALL_RELEASE_DELAY_MIN", value_name = "DURATION", global = true)]
    pub release_delay_min: Option<Duration>,
    /// How long a poster has to judge a delivery; without an answer it is approved [default: 3d]
    #[arg(long, env = "GUILDHALL_REVIEW_WINDOW", value_name = "DURATION", global = true)]
    pub review_window: Option<Duration>,
    /// How long a poster has to fund an accepted application; then the job is open again [default: 3d]
    #[arg(long, env = "GUILDHALL_FUNDING_WINDOW", value_name = "DURATION", global = true)]
    pub funding_window: Option<Duration>,
    /// How long a worker has when the job names no deadline; then the poster is refunded [default: 14d]
    #[arg(long, env = "GUILDHALL_WORK_WINDOW", value_name = "DURATION", global = true)]
    pub work_window: Option<Duration>,
    /// How long a worker has for a revision; then the poster is refunded [default: 7d]
    #[arg(long, env = "GUILDHALL_REVISION_WINDOW", value_name = "DURATION", global = true)]
    pub revision_window: Option<Duration>,
    /// How long an open job without a deadline is listed [default: 30d]
    #[arg(long, env = "GUILDHALL_LISTING_WINDOW", value_name = "DURATION", global = true)]
    pub listing_window: Option<Duration>,
    /// How long a rejected delivery can be disputed; then the poster is refunded [default: 7d]
    #[arg(long, env = "GUILDHALL_DISPUTE_WINDOW", value_name = "DURATION", global = true)]
    pub dispute_window: Option<Duration>,
    /// How long an open dispute waits for a ruling; then the default ruling holds [default: 14d]
    #[arg(long, env = "GUILDHALL_RULING_WINDOW", value_name = "DURATION", global = true)]
    pub ruling_window: Option<Duration>,
    /// How long proofers have for a verdict; then the seat is freed [default: 2d]
    #[arg(long, env = "GUILDHALL_PROOF_WINDOW", value_name = "DURATION", global = true)]
    pub proof_window: Option<Duration>,
    /// A proofer's fee for a round if the poster names none, in hundredths of a percent of the highest budget [default: 500]
    #[arg(long, env = "GUILDHALL_PROOF_FEE_BPS", value_name = "BPS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub proof_fee_bps: Option<i64>,
    /// How far back a payment for work between a proofer and either side excludes that proofer [default: 30d]
    #[arg(long, env = "GUILDHALL_CONFLICT_WINDOW", value_name = "DURATION", global = true)]
    pub conflict_window: Option<Duration>,
    /// How often one delivery can be sent back [default: 5]
    #[arg(long, env = "GUILDHALL_REVISIONS_MAX", value_name = "TIMES", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=100))]
    pub revisions_max: Option<i64>,
    /// How many unfunded jobs a team may have that has not paid for any; each paid job allows ten more [default: 50]
    #[arg(long, env = "GUILDHALL_UNFUNDED_JOBS_MAX", value_name = "JOBS", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
    pub unfunded_jobs_max: Option<i64>,
    /// How long a stream of events can be resumed [default: 30d]
    #[arg(long, env = "GUILDHALL_EVENT_RETENTION", value_name = "DURATION", global = true)]
    pub event_retention: Option<Duration>,
    /// How long the lines of a team's audit log are kept [default: 730d]
    #[arg(long, env = "GUILDHALL_AUDIT_RETENTION", value_name = "DURATION", global = true)]
    pub audit_retention: Option<Duration>,
    /// The largest file, in bytes [default: 104857600]
    #[arg(long, env = "GUILDHALL_FILE_MAX", value_name = "BYTES", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    pub file_max: Option<i64>,
    /// All files of one team together, in bytes [default: 5368709120]
    #[arg(long, env = "GUILDHALL_FILES_MAX", value_name = "BYTES", global = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    pub files_max: Option<i64>,
    /// How long files are kept after their job was closed [default: 90d]
    #[arg(long, env = "GUILDHALL_FILE_RETENTION", value_name = "DURATION", global = true)]
    pub file_retention: Option<Duration>,
    /// How long a signed-in browser is remembered without a visit [default: 30d]
    #[arg(long, env = "GUILDHALL_SESSION_LIFE", value_name = "DURATION", global = true)]
    pub session_life: Option<Duration>,
    /// How long an access token is valid [default: 24h]
    #[arg(long, env = "GUILDHALL_TOKEN_LIFE", value_name = "DURATION", global = true)]
    pub token_life: Option<Duration>,
    /// How long a mail verification link is valid [default: 2d]
    #[arg(long, env = "GUILDHALL_VERIFICATION_LIFE", value_name = "DURATION", global = true)]
    pub verification_life: Option<Duration>,
}

impl RuleSettings {
    /// Refuses impossible values: a session or token without a lifetime, a minimum above the maximum.
    pub(super) fn check(self) -> Result<Self, Refusal> {
        let lives = [
            ("GUILDHALL_SESSION_LIFE", self.session_life),
            ("GUILDHALL_TOKEN_LIFE", self.token_life),
            ("GUILDHALL_VERIFICATION_LIFE", self.verification_life),
        ];
        if let Some((name, _)) = lives.iter().find(|(_, life)| life.is_some_and(|life| life < Duration::seconds(1))) {
            return Err(Refusal(format!("{name} must be 1s or longer")));
        }
        let rules = self.rules(true, String::new(), None);
        if rules.deposit_min > rules.deposit_max {
            return Err(Refusal(format!(
                "GUILDHALL_DEPOSIT_MIN is {} and GUILDHALL_DEPOSIT_MAX is {}: the minimum may not exceed the maximum",
                rules.deposit_min.0, rules.deposit_max.0
            )));
        }
        if rules.audit_retention < rules.event_retention {
            return Err(Refusal(
                "GUILDHALL_AUDIT_RETENTION is shorter than GUILDHALL_EVENT_RETENTION: an audit log is kept at least as long as streams"
                    .into(),
            ));
        }
        Ok(self)
    }

    /// Converts the settings to the rules of a market that takes payments by this provider.
    pub fn rules(&self, sandbox: bool, base_url: String, provider: Option<&str>) -> Rules {
        let usual = Rules::default();
        let is_play = provider.is_none_or(|provider| provider == SANDBOX);
        let hold = if is_play { usual.payout_hold } else { PAYOUT_HOLD };
        Rules {
            sandbox,
            base_url,
            policies: usual.policies,
            service_fee_bps: self.service_fee_bps.unwrap_or(usual.service_fee_bps),
            feature_fee: self.feature_fee.map_or(usual.feature_fee, Money),
            card_fee_bps: self.card_fee_bps.unwrap_or(usual.card_fee_bps),
            card_fee_fixed: self.card_fee_fixed.map_or(usual.card_fee_fixed, Money),
            bank_debit_fee_bps: self.bank_debit_fee_bps.unwrap_or(usual.bank_debit_fee_bps),
            payment_provider: provider.map(str::to_owned),
            payout_hold: self.payout_hold_days.map_or(hold, Duration::days),
            payout_min: self.payout_min.map_or(usual.payout_min, Money),
            deposit_min: self.deposit_min.map_or(usual.deposit_min, Money),
            deposit_max: self.deposit_max.map_or(usual.deposit_max, Money),
            release_delay: self.release_delay.unwrap_or(usual.release_delay),
            release_delay_min: self.release_delay_min.unwrap_or(usual.release_delay_min),
            review_window: self.review_window.unwrap_or(usual.review_window),
            funding_window: self.funding_window.unwrap_or(usual.funding_window),
            work_window: self.work_window.unwrap_or(usual.work_window),
            revision_window: self.revision_window.unwrap_or(usual.revision_window),
            listing_window: self.listing_window.unwrap_or(usual.listing_window),
            dispute_window: self.dispute_window.unwrap_or(usual.dispute_window),
            ruling_window: self.ruling_window.unwrap_or(usual.ruling_window),
            proof_window: self.proof_window.unwrap_or(usual.proof_window),
            proof_fee_bps: self.proof_fee_bps.unwrap_or(usual.proof_fee_bps),
            conflict_window: self.conflict_window.unwrap_or(usual.conflict_window),
            revisions_max: self.revisions_max.unwrap_or(usual.revisions_max),
            unfunded_jobs_max: self.unfunded_jobs_max.unwrap_or(usual.unfunded_jobs_max),
            event_retention: self.event_retention.unwrap_or(usual.event_retention),
            audit_retention: self.audit_retention.unwrap_or(usual.audit_retention),
            file_max: self.file_max.unwrap_or(usual.file_max),
            files_max: self.files_max.unwrap_or(usual.files_max),
            file_retention: self.file_retention.unwrap_or(usual.file_retention),
            session_life: self.session_life.unwrap_or(usual.session_life),
            token_life: self.token_life.unwrap_or(usual.token_life),
            verification_life: self.verification_life.unwrap_or(usual.verification_life),
        }
    }
}
