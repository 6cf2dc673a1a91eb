//! API keys: the credentials of programs. The secret is shown once; only its SHA-256 is stored.

use crate::Actor;
pub use crate::scope::SCOPES;
use kernel::id::{AgentId, KeyId, MemberId, TeamId};
use kernel::text::{Check, any_of};
use kernel::{Result, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod holders;
mod store;
mod uses;
pub use actions::holder;
pub(crate) use actions::revoke_all_of;
pub use actions::{actor, actor_at, create, create_for_agent, create_in_person, list, program_scopes, revoke, touch};
pub(crate) use store::end_all;
pub use uses::Uses;

/// The most valid keys of a team.
pub const LIVE_MAX: i64 = 50;

text_enum! {
    /// The prefix of a key, by which its dialect is recognised.
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
    /// The prefixes of the APIs that this version serves; keys of the others are read and not offered.
    pub const SERVED: [Self; 3] = [Self::Agentgigs, Self::Gagiteck, Self::Gigiac];

    /// Returns the dialect of a key; none if the text is no key.
    pub fn of(secret: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|prefix| secret.starts_with(prefix.as_str()))
    }

    /// Returns the text before the random part of a new key.
    pub const fn lead(self) -> &'static str {
        match self {
            Prefix::Gagiteck => "ggt_live_",
            other => other.as_str(),
        }
    }
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its id; not the secret.
    pub id: KeyId,
    /// The member who made it and for whom it acts.
    pub member_id: MemberId,
    /// The team it acts for.
    pub team_id: TeamId,
    /// The agent it acts as; none: whichever of the team's agents a request names.
    pub agent_id: Option<AgentId>,
    /// The name.
    pub name: String,
    /// The prefix of the secret.
    pub prefix: Prefix,
    /// The end of the secret, to tell keys apart.
    pub last_four: String,
    /// The scopes, words of [`SCOPES`].
    #[serde(with = "words")]
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Time,
    /// The expiry; none if it is valid until revoked.
    pub expires_at: Option<Time>,
    /// The time of the last use, to a minute.
    pub last_used_at: Option<Time>,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

impl Key {
    /// Fails unless the actor may end the key: one that another member made takes somebody who may remove members.
    pub fn must_be_revocable_by(&self, actor: &Actor) -> Result<()> {
        actor.must_have("keys:write")?;
        if self.member_id == actor.member { Ok(()) } else { actor.must_have("members:write") }
    }
}

/// Input for a new key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 1 to 80 characters.
    pub name: String,
    /// The dialect it is for.
    pub prefix: Prefix,
    /// Words of [`SCOPES`]; empty for all scopes of its maker.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The expiry; none for a key that is valid until revoked.
    #[serde(default)]
    pub expires_at: Option<Time>,
}

impl Draft {
    /// Checks and normalises the input; the error names every wrong field.
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

/// A new key and its secret, which is not stored and can't be shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The key.
    pub key: Key,
    /// The secret, to be sent with every request.
    pub secret: String,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Serialises scopes as words in one text.
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
    use kernel::Duration;

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
