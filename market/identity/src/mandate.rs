//! Mandates: what an agent may spend of its team's money when an API key acts for it. A person sets one; every act that holds or pays
//! money by a key asks [`spend`] in its own transaction.
//!
//! A mandate limits what leaves the wallet: money that comes back later is not given back to a limit. It is signed, so that others
//! can check what the agent was allowed ([`document`]).

use kernel::id::{AgentId, MemberId, TeamId};
use kernel::text::{Check, any_of};
use kernel::{Money, Result, Time, text_enum};
use platform::Market;
use serde::{Deserialize, Serialize};

mod actions;
mod calendar;
mod canonical;
mod document;
pub mod errors;
pub mod events;
mod queries;
mod rules;
mod signing;
mod spend;
mod store;
pub(crate) use actions::deciding;
pub use actions::{revoke, set};
pub use document::Signed;
pub use queries::{Line, Spending, show, signing_keys, spending, to_change};
pub use signing::SigningKey;
pub use spend::{Act, Counterparty, Spend, may_again, must_allow, spend, spend_again};

/// The most categories, and the most counterparties in each list.
pub const LISTED_MAX: usize = 100;
/// The signed versions of a mandate that are kept.
pub const VERSIONS_KEPT: i64 = 100;
/// The number of last spends that a summary lists.
pub const LINES: i64 = 20;

text_enum! {
    /// The state of a mandate.
    State {
        /// The agent may spend within its limits.
        Active = "active",
        /// It was switched off: the agent spends nothing.
        Disabled = "disabled",
        /// Its time is over: the agent spends nothing.
        Expired = "expired",
        /// It was revoked: the agent spends nothing.
        Revoked = "revoked",
    }
}

text_enum! {
    /// The part of a mandate that refuses a spend.
    Limit {
        /// It is switched off.
        Disabled = "disabled",
        /// It was revoked.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expires_at",
        /// The hours of the day.
        Hours = "hours",
        /// The categories.
        Category = "categories",
        /// The counterparties.
        Counterparty = "counterparties",
        /// The sum for one job.
        PerTask = "per_task",
        /// The sum for one day.
        PerDay = "per_day",
        /// The sum for one month.
        PerMonth = "per_month",
        /// A person denied it.
        Approval = "approval_above",
    }
}

/// The parts of the server that setting a mandate needs.
#[derive(Clone, Copy, Debug)]
pub struct Config<'a> {
    /// The server's secret, with which the signing key is encrypted.
    pub secret: &'a [u8],
    /// The words of all categories.
    pub categories: &'a [&'static str],
}

impl<'a> Config<'a> {
    /// Returns the parts of a market.
    pub fn new(market: &'a Market, categories: &'a [&'static str]) -> Self {
        Self { secret: &market.secret, categories }
    }
}

/// The hours of the day in which an agent spends, UTC. They go over midnight if the first is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first full hour, 0 to 23.
    pub from: i64,
    /// The full hour at which they end, 0 to 23.
    pub until: i64,
}

/// The content of a mandate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// True if the agent may spend at all.
    pub is_enabled: bool,
    /// The most that it spends on one job; none for no limit.
    pub per_task: Option<Money>,
    /// The most in one day, UTC.
    pub per_day: Option<Money>,
    /// The most in one month, UTC.
    pub per_month: Option<Money>,
    /// The sum of one job above which a person is asked; none if nobody is.
    pub approval_above: Option<Money>,
    /// The categories of jobs; empty for all.
    pub categories: Vec<String>,
    /// The ids of teams and agents that it pays; empty for all.
    pub allowed: Vec<String>,
    /// The ids of teams and agents that it never pays.
    pub blocked: Vec<String>,
    /// The hours of the day; none for all.
    pub hours: Option<Hours>,
    /// When it ends; none for a mandate without an end.
    pub expires_at: Option<Time>,
}

/// A mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The agent whose spending it limits.
    pub agent_id: AgentId,
    /// Its team.
    pub team_id: TeamId,
    /// The number of times that it was set.
    pub version: i64,
    /// Its content.
    pub terms: Terms,
    /// The member who set it.
    pub set_by: MemberId,
    /// When.
    pub set_at: Time,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

impl Mandate {
    /// Returns its state at a time.
    pub fn state(&self, now: Time) -> State {
        match () {
            () if self.revoked_at.is_some() => State::Revoked,
            () if !self.terms.is_enabled => State::Disabled,
            () if self.terms.expires_at.is_some_and(|at| at <= now) => State::Expired,
            () => State::Active,
        }
    }
}

/// Input for a mandate, which replaces the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// True if the agent may spend at all.
    pub is_enabled: bool,
    /// In cents; none for no limit.
    pub per_task: Option<i64>,
    /// In cents; an enabled mandate has this limit or that of a month.
    pub per_day: Option<i64>,
    /// In cents.
    pub per_month: Option<i64>,
    /// In cents.
    pub approval_above: Option<i64>,
    /// Words of categories.
    pub categories: Vec<String>,
    /// Ids of teams and agents.
    pub allowed: Vec<String>,
    /// Ids of teams and agents.
    pub blocked: Vec<String>,
    /// The hours of the day, UTC.
    pub hours: Option<Hours>,
    /// A time to come.
    pub expires_at: Option<Time>,
}

impl From<Terms> for Draft {
    fn from(terms: Terms) -> Self {
        let Terms { is_enabled, per_task, per_day, per_month, approval_above, categories, allowed, blocked, hours, expires_at } = terms;
        let [per_task, per_day, per_month, approval_above] =
            [per_task, per_day, per_month, approval_above].map(|most| most.map(|most| most.0));
        Self { is_enabled, per_task, per_day, per_month, approval_above, categories, allowed, blocked, hours, expires_at }
    }
}

impl Draft {
    /// Checks the input; the error names every wrong field.
    pub fn check(&self, now: Time, config: &Config<'_>) -> Result<Terms> {
        let mut check = Check::new();
        let mut most = |name, cents: Option<i64>| cents.and_then(|cents| check.take(Money::within(name, cents, Money::ZERO)));
        let (per_task, per_day) = (most("per_task", self.per_task), most("per_day", self.per_day));
        let (per_month, approval_above) = (most("per_month", self.per_month), most("approval_above", self.approval_above));
        if self.is_enabled && self.per_day.is_none() && self.per_month.is_none() {
            check.wrong("per_day", "It is required, or a limit for a month: an agent that may spend has one of them.");
        }
        let categories = listed(&mut check, "categories", &self.categories);
        if categories.iter().any(|word| !config.categories.contains(&word.as_str())) {
            check.wrong("categories", format!("Each must be one of {}.", any_of(config.categories.iter().copied())));
        }
        let allowed = counterparties(&mut check, "allow", &self.allowed);
        let blocked = counterparties(&mut check, "block", &self.blocked);
        if self.hours.is_some_and(|hours| !hours.are_sound()) {
            check.wrong("hours", "Give two different full hours from 0 to 23, UTC, or leave them out.");
        }
        if self.is_enabled && self.expires_at.is_some_and(|at| at <= now) {
            check.wrong("expires_at", "It has passed already; give a later time, or leave it out.");
        }
        check.done()?;
        let (is_enabled, hours, expires_at) = (self.is_enabled, self.hours, self.expires_at);
        Ok(Terms { is_enabled, per_task, per_day, per_month, approval_above, categories, allowed, blocked, hours, expires_at })
    }
}

/// Tidies a list of words: sorted, each once.
fn listed(check: &mut Check, name: &'static str, words: &[String]) -> Vec<String> {
    if words.len() > LISTED_MAX {
        check.wrong(name, format!("It has {} entries; the most is {LISTED_MAX}.", words.len()));
        return Vec::new();
    }
    let mut tidied: Vec<_> = words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect();
    tidied.sort_unstable();
    tidied.dedup();
    tidied
}

/// Checks a list of ids of teams and agents. They need not exist any more.
fn counterparties(check: &mut Check, name: &'static str, ids: &[String]) -> Vec<String> {
    let ids = listed(check, name, ids);
    let is_plain = |id: &str| id.len() <= 60 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if ids.iter().any(|id| !(id.starts_with("team_") || id.starts_with("agent_")) || !is_plain(id)) {
        check.wrong(name, "Each must be the id of a team or an agent, team_… or agent_….");
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_ms(1_790_000_000_000);
    const CONFIG: Config<'static> = Config { secret: b"", categories: &["coding", "writing"] };

    #[test]
    fn every_wrong_field_is_named() {
        let draft = Draft {
            is_enabled: true,
            per_task: Some(-1),
            approval_above: Some(i64::MAX),
            categories: vec!["cooking".into()],
            allowed: vec!["user_1".into()],
            blocked: vec!["team_1 agent_2".into()],
            hours: Some(Hours { from: 8, until: 24 }),
            expires_at: Some(NOW),
            ..Draft::default()
        };
        let error = draft.check(NOW, &CONFIG).expect_err("all wrong");
        let names: Vec<_> = error.fields.iter().map(|field| field.name.as_ref()).collect();
        assert_eq!(names, ["per_task", "approval_above", "per_day", "categories", "allow", "block", "hours", "expires_at"]);
    }

    #[test]
    fn a_mandate_that_is_off_needs_no_limit() {
        let off = Draft { expires_at: Some(NOW), ..Draft::default() };
        assert!(!off.check(NOW, &CONFIG).expect("fine").is_enabled);
        let words = vec![" Writing ".into(), "coding".into(), "coding".into()];
        let on = Draft { is_enabled: true, per_month: Some(0), categories: words, ..Draft::default() };
        assert_eq!(on.check(NOW, &CONFIG).expect("fine").categories, ["coding", "writing"]);
    }
}
