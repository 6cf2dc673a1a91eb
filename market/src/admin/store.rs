//! The lists of the console, across the tables of members, teams and jobs.

use super::{JOBS_SHOWN, JobLine, MemberLine, TeamLine};
use kernel::Result;
use kernel::id::{JobId, MemberId};
use kernel::text::nfc;
use platform::db::{Conn, sql};
use serde::Deserialize;
use work::job::Status;

macro_rules! member_columns {
    () => {
        "m.id, m.name, m.email, case when m.role = 'admin' then 1 else 0 end as is_admin, m.verified_at, m.suspended_at, \
         m.deletion_at, m.erased_at, m.created_at"
    };
}

/// Ids of members rise with the time of their sign-up, so they are the order of the list and its place.
pub(super) async fn members(conn: &mut Conn, letters: &str, after: Option<&MemberId>, limit: i64) -> Result<Vec<MemberLine>> {
    sql(concat!(
        "select ",
        member_columns!(),
        " from member m where (cast($1 as text) is null or m.email like $1 escape '!' or lower(m.name) like $1 escape '!' \
           or m.name like $2 escape '!' or m.id = $3) \
         and (cast($4 as text) is null or m.id < $4) order by m.id desc limit $5"
    ))
    .bind(containing(&letters.to_lowercase()))
    .bind(containing(letters))
    .bind(letters.trim())
    .bind(after.map(MemberId::as_str))
    .bind(limit)
    .all(conn)
    .await
}

pub(super) async fn member(conn: &mut Conn, id: &MemberId) -> Result<Option<MemberLine>> {
    sql(concat!("select ", member_columns!(), " from member m where m.id = $1")).bind(id).optional(conn).await
}

/// The facts of a member's page that the list does not show.
#[derive(Deserialize)]
pub(super) struct More {
    pub(super) suspended_for: Option<String>,
    pub(super) has_second_factor: bool,
}

pub(super) async fn more(conn: &mut Conn, id: &MemberId) -> Result<Option<More>> {
    sql("select m.suspended_for, case when f.confirmed_at is null then 0 else 1 end as has_second_factor \
         from member m left join second_factor f on f.member_id = m.id where m.id = $1")
    .bind(id)
    .optional(conn)
    .await
}

pub(super) async fn teams(conn: &mut Conn, id: &MemberId) -> Result<Vec<TeamLine>> {
    sql("select t.id, t.name, s.role_id, t.plan, \
         (select cast(coalesce(sum(a.balance), 0) as bigint) from account a where a.team_id = t.id and a.purpose = 'wallet') as available, \
         (select cast(coalesce(sum(a.balance), 0) as bigint) from account a where a.team_id = t.id and a.purpose in ('escrow', 'review') \
           and a.purpose <> 'wallet' and a.balance > 0) as reserved \
         from team_member s join team t on t.id = s.team_id where s.member_id = $1 order by t.id")
    .bind(id)
    .all(conn)
    .await
}

macro_rules! select_jobs {
    () => {
        "select j.id, j.title, j.status, t.name as poster, w.name as worker, coalesce(j.price, j.budget_max) as amount, j.created_at \
         from job j join team t on t.id = j.team_id left join team w on w.id = j.worker_team_id where "
    };
}

pub(super) async fn jobs_of(conn: &mut Conn, id: &MemberId) -> Result<Vec<JobLine>> {
    sql(concat!(
        select_jobs!(),
        "j.team_id in (select team_id from team_member where member_id = $1) \
         or j.worker_team_id in (select team_id from team_member where member_id = $1) order by j.key desc limit $2"
    ))
    .bind(id)
    .bind(JOBS_SHOWN)
    .all(conn)
    .await
}

pub(super) async fn jobs(
    conn: &mut Conn,
    letters: &str,
    status: Option<Status>,
    after: Option<&JobId>,
    limit: i64,
) -> Result<Vec<JobLine>> {
    sql(concat!(
        select_jobs!(),
        "(cast($1 as text) is null or j.search like $1 escape '!' or j.id like $2 escape '!') \
         and (cast($3 as text) is null or j.status = $3) \
         and (cast($4 as text) is null or j.key < (select o.key from job o where o.id = $4)) order by j.key desc limit $5"
    ))
    .bind(containing(&letters.to_lowercase()))
    .bind(containing(&letters.to_lowercase()).map(|pattern| pattern.trim_start_matches('%').to_owned()))
    .bind(status.map(Status::as_str))
    .bind(after.map(JobId::as_str))
    .bind(limit)
    .all(conn)
    .await
}

pub(super) async fn sessions(conn: &mut Conn, id: &MemberId) -> Result<i64> {
    let now = conn.now;
    sql("select count(*) from session where member_id = $1 and expires_at > $2").bind(id).bind(now).count(conn).await
}

pub(super) async fn keys(conn: &mut Conn, id: &MemberId) -> Result<i64> {
    let now = conn.now;
    sql("select count(*) from api_key where member_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)")
        .bind(id)
        .bind(now)
        .count(conn)
        .await
}

/// Builds the pattern for texts that contain these letters literally; none without letters.
fn containing(letters: &str) -> Option<String> {
    let plain = nfc(letters.trim()).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    (!plain.is_empty()).then(|| format!("%{plain}%"))
}
