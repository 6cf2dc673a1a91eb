//! The credentials of open streams: valid as long as key or login, membership and role are.

use super::store;
use crate::scope;
use kernel::Result;
use platform::db::Conn;
use platform::live::{Grant, Standing};
use std::collections::{HashMap, HashSet};

/// Returns the present worth of each credential, checked in batches of 100: it is valid, and role and key allow listening. Of
/// the scopes that views need, it keeps those that both allow.
pub async fn standing_of(conn: &mut Conn, passes: HashSet<Grant>, of_views: Vec<&'static str>) -> Result<HashMap<Grant, Standing>> {
    let (mut keys, mut members, mut sessions) = (HashSet::new(), HashSet::new(), HashSet::new());
    for pass in &passes {
        match pass {
            Grant::Key(key) => drop(keys.insert(key.as_str())),
            Grant::Login { member, session, .. } => {
                members.insert(member.as_str());
                sessions.extend(session.as_deref());
            }
        }
    }
    let keys = store::working_keys(conn, &keys).await?;
    let members = store::members(conn, &members).await?;
    let sessions: HashSet<String> = store::live_sessions(conn, &sessions).await?;
    let now = conn.now;
    let of = |pass: &Grant| match pass {
        Grant::Key(key) => keys.get(key.as_str()).map(|key| vec![key.role.as_slice(), key.scopes.as_slice()]),
        Grant::Login { member, team, epoch, session, .. } => {
            let role = members.get(&(member.clone(), team.clone())).filter(|held| held.epoch == *epoch);
            let holds = session.as_ref().is_none_or(|session| sessions.contains(session)) && !pass.has_ended(now);
            role.filter(|_| holds).map(|held| vec![held.role.as_slice()])
        }
    };
    Ok(passes.iter().map(|pass| (pass.clone(), of(pass).map_or(Standing::Ended, |held| judged(&held, &of_views)))).collect())
}

/// The worth of scopes that all have to allow an act.
fn judged(held: &[&[String]], of_views: &[&'static str]) -> Standing {
    let allow = |scope: &str| held.iter().all(|scopes| scope::allow(scopes, scope));
    match allow("events:read") {
        true => Standing::Holds { scopes: of_views.iter().copied().filter(|scope| allow(scope)).collect() },
        false => Standing::Ended,
    }
}
