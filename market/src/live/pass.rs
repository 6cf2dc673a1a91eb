//! What a stream stands on: the credential it was opened with. It is looked at again for as long as the stream is open.

use super::store;
use crate::db::Conn;
use crate::id::{KeyId, MemberId, TeamId};
use crate::{Actor, Result, Time};
use std::collections::{HashMap, HashSet};

/// A credential that is still to hold later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
    /// An API key.
    Key(KeyId),
    /// A login: by token or by browser.
    Login {
        /// Who logged in.
        member: MemberId,
        /// For which team they listen.
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
    /// A token's, which ends at a time.
    pub fn token(actor: &Actor, epoch: i64, until: Time) -> Self {
        Self::Login { member: actor.member.clone(), team: actor.team.clone(), epoch, until: Some(until), session: None }
    }

    /// A browser's, which ends with its session.
    pub fn session(actor: &Actor, epoch: i64, session: String) -> Self {
        Self::Login { member: actor.member.clone(), team: actor.team.clone(), epoch, until: None, session: Some(session) }
    }

    /// Whether its time is over; nothing is read for that.
    pub(super) fn has_ended(&self, now: Time) -> bool {
        matches!(self, Pass::Login { until: Some(until), .. } if *until <= now)
    }
}

/// Of many passes those that hold no more. So many questions at a time that it is few, however many passes there are.
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
