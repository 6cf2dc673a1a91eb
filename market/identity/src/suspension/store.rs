//! The columns of a member's suspension.

use super::Suspension;
use kernel::Result;
use kernel::id::{MemberId, TeamId};
use platform::db::{Conn, Tx, sql};

/// The condition of SQL that each member of a team is suspended, and so nobody acts for it; `$team` is the column with the team's id.
#[macro_export]
macro_rules! team_is_suspended {
    ($team:literal) => {
        concat!(
            "exists (select 1 from team_member sm where sm.team_id = ",
            $team,
            ") and not exists (select 1 from team_member sm join member sp on sp.id = sm.member_id \
             where sm.team_id = ",
            $team,
            " and sp.suspended_at is null)"
        )
    };
}

/// Finds the suspension of a member.
pub(super) async fn find(conn: &mut Conn, member: &MemberId) -> Result<Option<Suspension>> {
    sql("select suspended_at as at, coalesce(suspended_for, 'The member asked for the deletion of the account.') as reason, \
         deletion_at from member where id = $1 and suspended_at is not null")
    .bind(member)
    .optional(conn)
    .await
}

/// Returns true if a team has members and each of them is suspended.
pub(super) async fn is_of_team(conn: &mut Conn, team: &TeamId) -> Result<bool> {
    let found = sql(concat!("select count(*) from team t where t.id = $1 and ", crate::team_is_suspended!("t.id")));
    Ok(found.bind(team).count(conn).await? > 0)
}

/// Suspends a member, whose sessions and tokens end with the epoch, and takes back the deletion of an account that is not being erased
/// yet; false if the member is suspended already.
pub(super) async fn begin(tx: &mut Tx, member: &MemberId, reason: &str) -> Result<bool> {
    let now = tx.now;
    let begun = sql("update member set suspended_at = $1, suspended_for = $2, deletion_at = null, epoch = epoch + 1 where id = $3 \
                     and (suspended_at is null or deletion_at is not null) and erasing_at is null");
    Ok(begun.bind(now).bind(reason).bind(member).run(tx).await? == 1)
}

/// Lifts the suspension of a member; false if there is none.
pub(super) async fn end(tx: &mut Tx, member: &MemberId) -> Result<bool> {
    let ended = sql(
        "update member set suspended_at = null, suspended_for = null where id = $1 and suspended_at is not null and deletion_at is null \
         and erased_at is null",
    );
    Ok(ended.bind(member).run(tx).await? == 1)
}
