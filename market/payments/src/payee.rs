//! Payees: the account at the payment provider to which a team's payouts go. A person of the team opens it at the provider, which asks for
//! what the law wants to know; this server sees none of it.

use kernel::id::TeamId;
use kernel::{Duration, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod letter;
mod queries;
mod reconcile;
mod store;
pub(crate) use actions::note;
pub use actions::{Connected, connect, refresh, set_weekly, test_bank};
pub(crate) use queries::{is_known, ready};
pub use queries::{show, test_account};
pub use reconcile::reconcile;

/// The time in which readers have the provider asked once about a payee.
const ASKED_EVERY: Duration = Duration::minutes(1);
/// The time after which a payee that is not ready is looked up again, in case its news were lost.
const CHECKED_EVERY: Duration = Duration::hours(6);

text_enum! {
    /// The state of a payee.
    State {
        /// There is no account.
        None = "none",
        /// The account is at a provider that this server does not use any more.
        Elsewhere = "elsewhere",
        /// The account is opened, and its forms are not filled in.
        Onboarding = "onboarding",
        /// It takes payouts.
        Ready = "ready",
        /// The provider wants to know more before it pays out.
        Restricted = "restricted",
    }
}

/// A team's payee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// The team.
    pub team_id: TeamId,
    /// The provider.
    pub provider: String,
    /// The provider's id of the account.
    pub account: Option<String>,
    /// The state.
    pub state: State,
    /// The things that the provider wants to know, in its words, separated by commas.
    pub missing: String,
    /// True if the wallet is paid out every week.
    pub is_weekly: bool,
    /// When a reader had the provider asked last.
    pub asked_at: Option<Time>,
    /// When the state was written last.
    pub updated_at: Time,
}

impl Payee {
    /// Returns the payee of a team that has none.
    fn none(team: &TeamId, provider: &str, now: Time) -> Self {
        Self {
            team_id: team.clone(),
            provider: provider.to_owned(),
            account: None,
            state: State::None,
            missing: String::new(),
            is_weekly: false,
            asked_at: None,
            updated_at: now,
        }
    }

    /// Returns the payee as a server with this provider has it: an account at another one takes no payouts.
    fn at(self, provider: &str) -> Self {
        if self.provider == provider {
            return self;
        }
        let (provider, missing) = (provider.to_owned(), String::new());
        Self { provider, account: None, state: State::Elsewhere, missing, ..self }
    }

    /// Returns the things that the provider wants to know, in plain words.
    pub fn missing_words(&self) -> Vec<String> {
        self.missing.split(',').filter(|word| !word.is_empty()).map(words).collect()
    }
}

/// Puts the name of a requirement, `individual.verification.document`, in plain words.
fn words(name: &str) -> String {
    let last_two: Vec<_> = name.rsplit('.').take(2).collect();
    let said: Vec<_> = last_two.into_iter().rev().collect();
    said.join(" ").replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn requirements_read_like_words() {
        assert_eq!(words("individual.verification.document"), "verification document");
        assert_eq!(words("external_account"), "external account");
    }
}
