//! The credential that a stream depends on. It is checked again for as long as the stream is open.

use super::store;
use crate::db::Conn;
use crate::id::{KeyId, MemberId, TeamId};
use crate::{Result, Time};
use std::collections::{HashMap, HashSet};

/// The credential of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
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

impl Pass {
    /// Creates the credential of a token, which expires.
    pub fn token(member: &MemberId, team: &TeamId, epoch: i64, until: Time) -> Self {
        Self::Login { member: member.clone(), team: team.clone(), epoch, until: Some(until), session: None }
    }

    /// Creates the credential of a browser, which ends with its session.
    pub fn session(member: &MemberId, team: &TeamId, epoch: i64, session: String) -> Self {
        Self::Login { member: member.clone(), team: team.clone(), epoch, until: None, session: Some(session) }
    }

    /// Returns true if it has expired; this reads no database.
    pub(super) fn has_ended(&self, now: Time) -> bool {
        matches!(self, Pass::Login { until: Some(until), .. } if *until <= now)
    }
}

/// Returns the credentials that are no longer valid, checked in batches of 100.
pub(super) async fn ended(conn: &mut Conn, passes: HashSet<Pass>) -> Result<HashSet<Pass>> {
    let (mut keys, mut members, mut sessions) = (HashSet::new(), HashSet::new(), HashSet::new());
    for pass in &passes {
        match pass {
            Pass::Key(key) => drop(keys.insert(key.as_str())),
            Pass::Login { member, session, .. } => {
                members.insert(member.as_str());
                sessions.extend(session.as_deref());
            }
        }
    }
    let keys: HashSet<String> = store::working_keys(conn, &keys).await?;
    let members: HashMap<String, (TeamId, i64)> = store::members(conn, &members).await?;
    let sessions: HashSet<String> = store::live_sessions(conn, &sessions).await?;
    let now = conn.now;
    let holds = |pass: &Pass| match pass {
        Pass::Key(key) => keys.contains(key.as_str()),
        Pass::Login { member, team, epoch, session, .. } => {
            let is_same = members.get(member.as_str()).is_some_and(|(of, at)| of == team && at == epoch);
            is_same && session.as_ref().is_none_or(|session| sessions.contains(session)) && !pass.has_ended(now)
        }
    };
    Ok(passes.into_iter().filter(|pass| !holds(pass)).collect())
}
