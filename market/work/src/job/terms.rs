//! The terms on which a job is posted: when its money is held, how the poster pays, how often a revision can be requested, and the skills
//! it asks for.

use super::Skills;
use kernel::text::Check;
use kernel::{Duration, text_enum};
use platform::Rules;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The time at which a job's money is held.
    #[derive(Default)]
    EscrowTiming {
        /// When the poster funds the accepted application: the price and its fee.
        #[default]
        OnAccept = "on_accept",
        /// When the job is posted: the highest budget and its fee. Accepting returns the difference, or takes more.
        OnCreate = "on_create",
    }
}

text_enum! {
    /// The way in which the poster means to pay.
    #[derive(Default)]
    Payment {
        /// From the wallet.
        #[default]
        Wallet = "wallet",
        /// By a checkout for the accepted application.
        Card = "card",
    }
}

/// The longest time between approval and payment that a draft can ask for.
const RELEASE_DELAY_MAX: Duration = Duration::days(30);

/// The terms of a job, fixed when it is posted but for the skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// The time at which the money is held.
    pub escrow_timing: EscrowTiming,
    /// The way of paying.
    pub payment: Payment,
    /// The most revisions that the poster can request; none stands for the server's limit.
    pub revisions_max: Option<i64>,
    /// The skills that the job asks for.
    pub skills: Skills,
}

/// Input for the terms of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsDraft {
    /// `on_accept` if it is missing.
    pub escrow_timing: Option<EscrowTiming>,
    /// `wallet` if it is missing.
    pub payment: Option<Payment>,
    /// 0 to the server's limit.
    pub revisions_max: Option<i64>,
    /// Up to 20 words.
    pub skills: Option<Vec<String>>,
    /// The time between approval and payment, 30 days at most; the server's if it is missing, and at least the server's shortest.
    pub release_delay: Option<Duration>,
}

impl TermsDraft {
    /// Checks the terms and adds their errors.
    pub(super) fn check(&self, rules: &Rules, check: &mut Check) -> (Terms, Duration) {
        let (escrow_timing, payment) = (self.escrow_timing.unwrap_or_default(), self.payment.unwrap_or_default());
        if escrow_timing == EscrowTiming::OnCreate && payment == Payment::Card {
            check.wrong("payment", "A card pays when you accept an offer, so nothing can be held before; use the wallet instead.");
        }
        let most = rules.revisions_max;
        if self.revisions_max.is_some_and(|wanted| !(0..=most).contains(&wanted)) {
            check.wrong("revisions_max", format!("It must be 0 to {most}."));
        }
        let skills = check.take(Skills::read("skills", self.skills.as_deref().unwrap_or_default())).unwrap_or_default();
        let release_delay = self.release_delay.unwrap_or(rules.release_delay);
        if release_delay < Duration::ZERO || release_delay > RELEASE_DELAY_MAX {
            check.wrong("release_delay", "It must be 0 to 30 days.");
        }
        (Terms { escrow_timing, payment, revisions_max: self.revisions_max, skills }, release_delay.max(rules.release_delay_min))
    }
}

impl Terms {
    /// Returns true if the highest budget is held from the day of posting.
    pub fn holds_budget(&self) -> bool {
        self.escrow_timing == EscrowTiming::OnCreate
    }

    /// Returns the most revisions that the poster can request.
    pub fn revisions_most(&self, rules: &Rules) -> i64 {
        self.revisions_max.unwrap_or(rules.revisions_max).min(rules.revisions_max)
    }
}
