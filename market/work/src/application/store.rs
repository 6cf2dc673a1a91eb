//! The table of applications.

use super::{Application, Kind, Reason, Status};
use crate::job::{Job, JobKey};
use kernel::id::{AgentId, ApplicationId, JobId, MemberId, TeamId};
use kernel::page::Part;
use kernel::{Page, Paging, Result};
use platform::db::{Conn, PLACES, Tx, places, sql};
use serde::Deserialize;

macro_rules! select {
    ($($rest:expr),+ $(,)?) => {
        concat!(
            "select p.id, j.id as job_id, p.agent_id, p.team_id, p.kind, p.cover_letter, p.price, p.status, p.reason, p.message, p.created_at, p.changed_at, \
             g.name as agent, j.title as job_title, (select count(*) from job d where d.worker_team_id = p.team_id and d.status = ", crate::job::job_status!(completed), ") as finished, \
             case when g.status = 'retired' or g.hidden_at is not null or ", identity::team_is_suspended!("p.team_id"), " then 0 else 1 end as is_available \
             from application p join agent g on g.id = p.agent_id join job j on j.key = p.job_key where ",
            $($rest),+
        )
    };
}

/// Inserts an application; false if the team has applied before, with whichever of its agents.
pub(super) async fn insert(tx: &mut Tx, job: JobKey, application: &Application) -> Result<bool> {
    let made = sql("insert into application (id, job_key, agent_id, team_id, kind, cover_letter, price, status, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (job_key, kind, team_id) do nothing")
    .bind(&application.id)
    .bind(job)
    .bind(&application.agent_id)
    .bind(&application.team_id)
    .bind(application.kind.as_str())
    .bind(&application.cover_letter)
    .bind(application.price)
    .bind(application.status.as_str())
    .bind(application.created_at)
    .run(tx)
    .await?;
    Ok(made == 1)
}

pub(super) async fn find(conn: &mut Conn, id: &ApplicationId) -> Result<Option<Application>> {
    sql(select!("p.id = $1")).bind(id).optional(conn).await
}

/// The place of an application's status in the list of its job.
macro_rules! rank {
    ($table:literal) => {
        concat!("case ", $table, ".status when 'accepted' then 0 when 'pending' then 1 else 2 end")
    };
}

/// Lists the applications for a job: the accepted one first, then the oldest.
pub(super) async fn of_job(conn: &mut Conn, job: JobKey, part: &Part) -> Result<Page<Application>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from application where job_key = $1 and id = $2").bind(job).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from application where job_key = $1").bind(job).count(conn).await?;
    let items = sql(select!(
        "p.job_key = $1 and (cast($4 as text) is null or exists (select 1 from application c where c.id = $4 and (",
        rank!("p"),
        " > ",
        rank!("c"),
        " or (",
        rank!("p"),
        " = ",
        rank!("c"),
        " and (p.created_at > c.created_at or (p.created_at = c.created_at and p.id > c.id)))))) order by ",
        rank!("p"),
        ", p.created_at, p.id limit $2 offset $3"
    ))
    .bind(job)
    .part(part)
    .all(conn)
    .await?;
    Ok(Page::new(items, total, *paging))
}

pub(super) async fn of_kind(conn: &mut Conn, job: JobKey, kind: Kind, paging: Paging) -> Result<Page<Application>> {
    let total = sql("select count(*) from application where job_key = $1 and kind = $2").bind(job).bind(kind.as_str()).count(conn).await?;
    let items = sql(select!("p.job_key = $1 and p.kind = $2 order by case p.status when 'accepted' then 0 when 'pending' then 1 else 2 end, p.created_at, p.id limit $3 offset $4"))
        .bind(job)
        .bind(kind.as_str())
        .page(paging)
        .all(conn)
        .await?;
    Ok(Page::new(items, total, paging))
}

pub(super) async fn of_both(conn: &mut Conn, job: JobKey, team: &TeamId) -> Result<Vec<Application>> {
    sql(select!("p.job_key = $1 and p.team_id = $2 order by p.created_at, p.id limit 10")).bind(job).bind(team).all(conn).await
}

/// Returns true if a team, or another one of the member, has applied to a job, of either kind.
pub(crate) async fn is_of_member(conn: &mut Conn, job: JobKey, member: &MemberId, team: &TeamId) -> Result<bool> {
    let found = sql("select count(*) from application p where p.job_key = $1 and (p.team_id = $2 \
         or p.team_id in (select m.team_id from team_member m where m.member_id = $3))");
    Ok(found.bind(job).bind(team).bind(member).count(conn).await? > 0)
}

pub(super) async fn of_team(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Application>> {
    let total = sql("select count(*) from application where team_id = $1").bind(team).count(conn).await?;
    // Select the rows first, so that related data is looked up for those alone.
    let items = sql(select!(
        "p.id in (select id from application where team_id = $1 order by created_at desc, id limit $2 offset $3) \
         order by p.created_at desc, p.id"
    ))
    .bind(team)
    .page(paging)
    .all(conn)
    .await?;
    Ok(Page::new(items, total, paging))
}

/// Writes a new offer over an application of a status, which is then pending; false if it has another status by now.
pub(super) async fn renew(tx: &mut Tx, id: &ApplicationId, from: Status, new: &Application) -> Result<bool> {
    let now = tx.now;
    let renewed = sql("update application set agent_id = $1, cover_letter = $2, price = $3, status = 'pending', changed_at = $4 \
         where id = $5 and status = $6")
    .bind(&new.agent_id)
    .bind(&new.cover_letter)
    .bind(new.price)
    .bind(now)
    .bind(id)
    .bind(from.as_str())
    .run(tx)
    .await?;
    Ok(renewed == 1)
}

/// Lists the teams whose applications to do a job are pending.
pub(crate) async fn waiting_teams(conn: &mut Conn, job: JobKey) -> Result<Vec<TeamId>> {
    sql("select team_id from application where job_key = $1 and kind = 'work' and status = 'pending' order by id limit 1000")
        .bind(job)
        .all(conn)
        .await
}

/// Withdraws the accepted application of a job whose worker hands it back.
pub(crate) async fn step_back(tx: &mut Tx, job: &Job) -> Result<()> {
    sql("update application set status = 'withdrawn' where job_key = $1 and kind = 'work' and status = 'accepted'")
        .bind(job.key)
        .run(tx)
        .await?;
    Ok(())
}

/// Changes the status of an application; false if it has another status by now.
pub(super) async fn move_to(tx: &mut Tx, id: &ApplicationId, from: Status, to: Status) -> Result<bool> {
    let moved = sql("update application set status = $1 where id = $2 and status = $3")
        .bind(to.as_str())
        .bind(id)
        .bind(from.as_str())
        .run(tx)
        .await?;
    Ok(moved == 1)
}

/// Declines an application; false if it has another status by now.
pub(super) async fn decline(tx: &mut Tx, id: &ApplicationId, from: Status, reason: Reason, message: &str) -> Result<bool> {
    let declined = sql("update application set status = 'declined', reason = $1, message = $2 where id = $3 and status = $4")
        .bind(reason.as_str())
        .bind(Some(message).filter(|text| !text.is_empty()))
        .bind(id)
        .bind(from.as_str())
        .run(tx)
        .await?;
    Ok(declined == 1)
}

/// A declined application with its team.
#[derive(Deserialize)]
pub(super) struct Declined {
    pub(super) id: ApplicationId,
    pub(super) team_id: TeamId,
    pub(super) kind: Kind,
}

/// Declines all pending applications and returns them.
pub(super) async fn decline_all(tx: &mut Tx, job: JobKey, reason: Reason) -> Result<Vec<Declined>> {
    sql("update application set status = 'declined', reason = $2 where job_key = $1 and status = 'pending' returning id, team_id, kind")
        .bind(job)
        .bind(reason.as_str())
        .all(tx)
        .await
}

/// Returns the accepted application of a job to pending, after the acceptance lapsed.
pub(crate) async fn reopen(tx: &mut Tx, job: &Job) -> Result<()> {
    sql("update application set status = 'pending' where job_key = $1 and status = 'accepted'").bind(job.key).run(tx).await?;
    Ok(())
}

/// An agent that applied to a job.
#[derive(Debug, Deserialize)]
pub struct AppliedAgent {
    /// The job.
    pub job_id: JobId,
    /// The agent's team.
    pub team_id: TeamId,
    /// The agent.
    pub agent_id: AgentId,
    /// The application.
    pub application_id: ApplicationId,
    /// The application's status.
    pub status: Status,
}

/// Lists the agents of these teams that applied to these jobs.
pub async fn applied_agents(conn: &mut Conn, jobs: &[&str], teams: &[&str]) -> Result<Vec<AppliedAgent>> {
    let mut found = Vec::new();
    for jobs in jobs.chunks(PLACES) {
        for teams in teams.chunks(PLACES) {
            let listed = sql(concat!(
                "select j.id as job_id, p.team_id, p.agent_id, p.id as application_id, p.status from job j \
                 join application p on p.job_key = j.key where j.id in (",
                places!(),
                ") and p.team_id in (",
                places!(second),
                ") order by p.id"
            ));
            let listed = listed.bind_places(jobs.iter().copied()).bind_places(teams.iter().copied());
            found.extend(listed.all::<AppliedAgent>(conn).await?);
        }
    }
    Ok(found)
}
