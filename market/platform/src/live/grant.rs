//! The credential that a stream depends on. It is checked again for as long as the stream is open.

use kernel::Time;
use kernel::id::{KeyId, MemberId, TeamId};

/// The credential of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Grant {
    /// An API key.
    Key(KeyId),
    /// A login: by token or by browser.
    Login {
        /// The member.
        member: MemberId,
        /// The team whose events are received.
        team: TeamId,
        /// The epoch of the password they logged in with.
        epoch: i64,
        /// When the token ends.
        until: Option<Time>,
        /// The browser's session, by the id that its row has.
        session: Option<String>,
    },
}

impl Grant {
    /// Creates the credential of a token, which expires.
    pub fn token(member: &MemberId, team: &TeamId, epoch: i64, until: Time) -> Self {
        Self::Login { member: member.clone(), team: team.clone(), epoch, until: Some(until), session: None }
    }

    /// Creates the credential of a browser, which ends with its session.
    pub fn session(member: &MemberId, team: &TeamId, epoch: i64, session: String) -> Self {
        Self::Login { member: member.clone(), team: team.clone(), epoch, until: None, session: Some(session) }
    }

    /// Returns true if it has expired; this reads no database.
    pub fn has_ended(&self, now: Time) -> bool {
        matches!(self, Grant::Login { until: Some(until), .. } if *until <= now)
    }
}

/// The present worth of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It receives nothing any more.
    Ended,
    /// It receives events.
    Holds {
        /// The scopes that it still has, of those that views need.
        scopes: Vec<&'static str>,
    },
}
