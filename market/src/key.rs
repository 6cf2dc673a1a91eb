//! API keys: how programs prove who they act for. The secret is shown once; only its SHA-256 is kept.

use crate::id::{AgentId, KeyId, MemberId, TeamId};
pub use crate::scope::SCOPES;
use crate::text::{Check, any_of};
use crate::{Result, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub(crate) mod events;

mod actions;
mod store;
mod uses;
pub use actions::{actor, create, create_for_agent, create_in_person, list, revoke, touch};
pub(crate) use actions::{holder, revoke_all_of};
pub use uses::Uses;

/// How many keys that work a team may have.
pub const LIVE_MAX: i64 = 50;

text_enum! {
    /// How a key begins; each dialect has its own, and so recognises it.
    Prefix {
        /// agentgigs
        Agentgigs = "age_",
        /// gagiteck
        Gagiteck = "ggt_",
        /// gigiac
        Gigiac = "gig_",
        /// gigeco
        Gigeco = "geo_",
        /// launchpad
        Launchpad = "alk_",
    }
}

impl Prefix {
    /// The dialect whose key this looks like; none when it is no key of ours.
    pub fn of(secret: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|prefix| secret.starts_with(prefix.as_str()))
    }

    /// What stands before the random part of a new key.
    pub const fn lead(self) -> &'static str {
        match self {
            Prefix::Gagiteck => "ggt_live_",
            other => other.as_str(),
        }
    }
}

/// A key as its owner sees it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its id; not the secret.
    pub id: KeyId,
    /// Who made it; it acts for them.
    pub member_id: MemberId,
    /// Whose things it reaches.
    pub team_id: TeamId,
    /// The agent it acts as; none: whichever of the team's agents a request names.
    pub agent_id: Option<AgentId>,
    /// What its owner calls it.
    pub name: String,
    /// How the secret begins.
    pub prefix: Prefix,
    /// How the secret ends, to tell keys apart.
    pub last_four: String,
    /// What it may do, words of [`SCOPES`].
    #[serde(with = "words")]
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Time,
    /// When it stops working; none: not until revoked.
    pub expires_at: Option<Time>,
    /// When it was last used, give or take a minute.
    pub last_used_at: Option<Time>,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

/// What a new key is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 1 to 80 characters.
    pub name: String,
    /// The dialect it is for.
    pub prefix: Prefix,
    /// Words of [`SCOPES`]; none: all that its maker may do.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// When it is to stop working; none: not until revoked.
    #[serde(default)]
    pub expires_at: Option<Time>,
}

impl Draft {
    /// The same, tidied; or every field that is wrong.
    pub fn check(&self, now: Time) -> Result<Draft> {
        let mut check = Check::new();
        let name = check.line("name", &self.name, 1..=80);
        let mut scopes: Vec<_> = self.scopes.iter().map(|scope| scope.trim().to_lowercase()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            check.wrong("scopes", format!("Each must be one of {}.", any_of(SCOPES)));
        }
        if self.expires_at.is_some_and(|at| at <= now) {
            check.wrong("expires_at", "It has passed already; give a later time, or leave it out.");
        }
        check.done()?;
        Ok(Draft { name, prefix: self.prefix, scopes, expires_at: self.expires_at })
    }
}

/// A new key and its secret, which is not kept and can't be shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// What was made.
    pub key: Key,
    /// To be sent with every request.
    pub secret: String,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Scopes are kept as words in one text.
pub(crate) mod words {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(words: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&words.join(" "))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Ok(String::deserialize(deserializer)?.split(' ').map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Duration;

    const NOW: Time = Time::from_ms(1_000_000);

    fn draft(name: &str, scopes: &[&str], expires_at: Option<Time>) -> Draft {
        Draft { name: name.into(), prefix: Prefix::Agentgigs, scopes: scopes.iter().map(|&s| s.into()).collect(), expires_at }
    }

    #[test]
    fn drafts_are_tidied() {
        let tidy = draft(" Bot ", &["JOBS:write", " jobs:read", "jobs:write"], Some(NOW.after(Duration::ms(1)))).check(NOW);
        let tidy = tidy.expect("a good draft");
        assert_eq!((tidy.name.as_str(), tidy.scopes), ("Bot", vec!["jobs:read".to_owned(), "jobs:write".to_owned()]));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let error = draft("", &["jobs:steal"], Some(NOW)).check(NOW).expect_err("all wrong");
        assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), ["name", "scopes", "expires_at"]);
        assert!(error.message.contains("wallet:write"), "{}", error.message);
    }

    #[test]
    fn a_dialect_knows_its_keys() {
        for &prefix in Prefix::ALL {
            assert_eq!(Prefix::of(prefix.lead()), Some(prefix));
        }
        assert_eq!(Prefix::of("eyJhbGciOi"), None);
    }
}
