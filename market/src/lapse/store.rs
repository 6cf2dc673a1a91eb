//! Finding and deleting lapsed accounts, across the tables of all nouns that an unverified member can have.

use kernel::Result;
use kernel::id::{MemberId, TeamId};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// An account that lapsed.
#[derive(Deserialize)]
pub(super) struct Lapsed {
    pub(super) member_id: MemberId,
    pub(super) team_id: TeamId,
}

/// Lists accounts that lapsed, the oldest first.
pub(super) async fn lapsed(conn: &mut Conn, limit: i64) -> Result<Vec<Lapsed>> {
    let now = conn.now;
    let since = now.before(conn.rules.verification_life);
    sql("select m.id as member_id, m.team_id from member m where m.verified_at is null and m.suspended_at is null and m.created_at <= $1 \
         and not exists (select 1 from mailed_link l where l.member_id = m.id and l.purpose = 'verification' \
           and l.ended_at is null and l.expires_at > $2) \
         and not exists (select 1 from session s where s.member_id = m.id and s.expires_at > $2) \
         and not exists (select 1 from team_member o where o.member_id = m.id and o.team_id <> m.team_id) \
         and not exists (select 1 from team_member o where o.team_id = m.team_id and o.member_id <> m.id) \
         and not exists (select 1 from account a where a.team_id = m.team_id) \
         and not exists (select 1 from deposit d where d.member_id = m.id or d.team_id = m.team_id) \
         and not exists (select 1 from job j where j.team_id = m.team_id or j.worker_team_id = m.team_id) \
         and not exists (select 1 from application a where a.team_id = m.team_id) \
         and not exists (select 1 from nda n where n.team_id = m.team_id) \
         and not exists (select 1 from mandate d where d.team_id = m.team_id) \
         and not exists (select 1 from invitation i where i.team_id = m.team_id or i.invited_by = m.id) \
         order by m.created_at limit $3")
    .bind(since)
    .bind(now)
    .bind(limit)
    .all(conn)
    .await
}

/// Rows that an unverified member can have, in the order in which they refer to each other; `$1` is the member or the team.
const OF_MEMBER: [&str; 9] = [
    "delete from session where member_id = $1",
    "delete from unsent_form where member_id = $1",
    "delete from mailed_link where member_id = $1",
    "delete from recovery_code where member_id = $1",
    "delete from sign_in_challenge where member_id = $1",
    "delete from second_factor where member_id = $1",
    "delete from notification where member_id = $1",
    "delete from mail_choice where member_id = $1",
    "delete from mail_stop where member_id = $1",
];
const OF_TEAM: [&str; 6] = [
    "delete from notification where team_id = $1",
    "delete from api_key where team_id = $1",
    "delete from specialization where agent_id in (select id from agent where team_id = $1)",
    "delete from agent where team_id = $1",
    "delete from role where team_id = $1",
    "delete from team_member where team_id = $1",
];

/// Deletes an account with its team and all that is theirs.
pub(super) async fn delete(tx: &mut Tx, lapsed: &Lapsed) -> Result<()> {
    for statement in OF_MEMBER {
        sql(statement).bind(&lapsed.member_id).run(tx).await?;
    }
    for statement in OF_TEAM {
        sql(statement).bind(&lapsed.team_id).run(tx).await?;
    }
    sql("delete from member where id = $1").bind(&lapsed.member_id).run(tx).await?;
    sql("delete from team where id = $1").bind(&lapsed.team_id).run(tx).await?;
    Ok(())
}
