//! The reads of the console.

use super::{FailedTimers, JobLine, Listed, MemberLine, MemberPage, PAGE, store};
use identity::Actor;
use kernel::id::{JobId, MemberId};
use kernel::{Error, Result};
use payments::payment::{self, RefusedNews};
use platform::db::Conn;
use platform::ledger::Audit;
use platform::{Market, timer};
use work::job::Status;

/// One more than a page, to know whether others follow.
const LOOK: i64 = PAGE as i64 + 1;

/// Lists members whose name or address contains these letters, the newest first, those who signed up before `after`.
pub async fn member_list(conn: &mut Conn, actor: &Actor, letters: &str, after: Option<&MemberId>) -> Result<Listed<MemberLine>> {
    actor.must_run_the_server()?;
    store::members(conn, letters, after, LOOK).await.map(Listed::of)
}

/// Shows a member with teams, money, jobs and credentials.
pub async fn member(conn: &mut Conn, actor: &Actor, id: &MemberId) -> Result<MemberPage> {
    actor.must_run_the_server()?;
    let no_such = || Error::not_found("member");
    let found = store::member(conn, id).await?.ok_or_else(no_such)?;
    let more = store::more(conn, id).await?.ok_or_else(no_such)?;
    Ok(MemberPage {
        member: found,
        suspended_for: more.suspended_for,
        teams: store::teams(conn, id).await?,
        jobs: store::jobs_of(conn, id).await?,
        sessions: store::sessions(conn, id).await?,
        keys: store::keys(conn, id).await?,
        has_second_factor: more.has_second_factor,
    })
}

/// Lists jobs in any status whose title contains these letters, the newest first, those posted before `after`.
pub async fn job_list(
    conn: &mut Conn,
    actor: &Actor,
    letters: &str,
    status: Option<Status>,
    after: Option<&JobId>,
) -> Result<Listed<JobLine>> {
    actor.must_run_the_server()?;
    store::jobs(conn, letters, status, after, LOOK).await.map(Listed::of)
}

/// Lists the timers that failed for good, the newest first, those before the number `before`.
pub async fn failed_timers(conn: &mut Conn, actor: &Actor, before: Option<i64>) -> Result<FailedTimers> {
    actor.must_run_the_server()?;
    timer::failed(conn, before, LOOK).await.map(Listed::of)
}

/// Lists the payment provider's news that were refused, the newest first, those before the id `before`.
pub async fn refused_news(conn: &mut Conn, actor: &Actor, before: Option<&str>) -> Result<Listed<RefusedNews>> {
    payment::refused(conn, actor, before, LOOK).await.map(Listed::of)
}

/// Audits the ledger as it stands at one moment.
pub async fn check_ledger(market: &Market, actor: &Actor) -> Result<Audit> {
    actor.must_run_the_server()?;
    market.audit().await
}
