//! The table of job invitations.

use super::{Invitee, JobInvitation};
use crate::job::{JobKey, job_status};
use kernel::id::{AgentId, JobId, MemberId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, PLACES, Tx, places, sql};
use serde::Deserialize;

/// The condition that a team has applied to do a job and has not withdrawn.
macro_rules! applied {
    ($job:literal, $team:literal) => {
        concat!(
            "exists (select 1 from application p where p.job_key = ",
            $job,
            " and p.kind = 'work' and p.team_id = ",
            $team,
            " and p.status <> 'withdrawn')"
        )
    };
}

/// Selects invitations with their status, which follows from the application and the job.
macro_rules! select {
    ($($rest:expr),+ $(,)?) => {
        concat!(
            "select i.job_key as key, j.id as job_id, j.title as job_title, i.agent_id, g.name as agent, i.team_id, case when ",
            applied!("i.job_key", "i.team_id"),
            " then 'applied' when i.declined_at is not null then 'declined' when j.status <> ",
            job_status!(open),
            " then 'ended' else 'invited' end as status, i.created_at, i.declined_at \
             from job_invitation i join job j on j.key = i.job_key join agent g on g.id = i.agent_id where ",
            $($rest),+
        )
    };
}

#[derive(Deserialize)]
struct Keyed {
    key: JobKey,
}

#[derive(Deserialize)]
struct InviteeRow {
    #[serde(flatten)]
    invitee: Invitee,
    takes_work: bool,
}

/// Finds an agent that no admin hid, and whether it takes new work.
pub(super) async fn agent(conn: &mut Conn, id: &AgentId) -> Result<Option<(Invitee, bool)>> {
    let found: Option<InviteeRow> = sql(concat!(
        "select g.id as agent_id, g.team_id, g.name, case when g.status <> 'active' or ",
        identity::team_is_suspended!("g.team_id"),
        " then 0 else 1 end as takes_work from agent g where g.id = $1 and g.hidden_at is null"
    ))
    .bind(id)
    .optional(conn)
    .await?;
    Ok(found.map(|row| (row.invitee, row.takes_work)))
}

/// Inserts an invitation. The job is locked, so no other one of the agent is inserted meanwhile.
pub(super) async fn insert(tx: &mut Tx, job: JobKey, invited: &Invitee, by: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("insert into job_invitation (job_key, agent_id, team_id, member_id, created_at) values ($1, $2, $3, $4, $5)")
        .bind(job)
        .bind(&invited.agent_id)
        .bind(&invited.team_id)
        .bind(by)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds the invitation of an agent to a job.
pub(super) async fn find(conn: &mut Conn, job: &JobId, agent: &AgentId) -> Result<Option<JobInvitation>> {
    sql(select!("j.id = $1 and i.agent_id = $2")).bind(job).bind(agent).optional(conn).await
}

/// Counts the invitations to a job.
pub(super) async fn count(conn: &mut Conn, job: JobKey) -> Result<i64> {
    sql("select count(*) from job_invitation where job_key = $1").bind(job).count(conn).await
}

/// Counts the invitations that a member sent since a time.
pub(super) async fn count_since(conn: &mut Conn, member: &MemberId, since: Time) -> Result<i64> {
    let sent = sql("select count(*) from job_invitation where member_id = $1 and created_at > $2");
    sent.bind(member).bind(since).count(conn).await
}

/// Returns true if a team has applied to do a job and has not withdrawn.
pub(super) async fn has_applied(conn: &mut Conn, job: JobKey, team: &TeamId) -> Result<bool> {
    let found = sql(concat!("select count(*) from job j where j.key = $1 and ", applied!("$1", "$2")));
    Ok(found.bind(job).bind(team).count(conn).await? > 0)
}

/// Declines an invitation; false if it was declined before.
pub(super) async fn decline(tx: &mut Tx, job: JobKey, agent: &AgentId) -> Result<bool> {
    let now = tx.now;
    let declined = sql("update job_invitation set declined_at = $1 where job_key = $2 and agent_id = $3 and declined_at is null");
    Ok(declined.bind(now).bind(job).bind(agent).run(tx).await? == 1)
}

/// Lists the invitations to a job, the oldest first.
pub(super) async fn of_job(conn: &mut Conn, job: JobKey, limit: i64) -> Result<Vec<JobInvitation>> {
    sql(select!("i.job_key = $1 order by i.created_at, i.agent_id limit $2")).bind(job).bind(limit).all(conn).await
}

/// Lists the invitations of a team's agents to a job, the oldest first.
pub(super) async fn of_team(conn: &mut Conn, job: JobKey, team: &TeamId, limit: i64) -> Result<Vec<JobInvitation>> {
    let listed = sql(select!("i.job_key = $1 and i.team_id = $2 order by i.created_at, i.agent_id limit $3"));
    listed.bind(job).bind(team).bind(limit).all(conn).await
}

/// Lists those of some jobs to which an agent is invited and which it has not declined.
pub(super) async fn among(conn: &mut Conn, agent: &AgentId, jobs: &[&JobId]) -> Result<Vec<JobId>> {
    let invited = sql(concat!(
        "select j.id from job j join job_invitation i on i.job_key = j.key where i.agent_id = $101 and i.declined_at is null and j.id in (",
        places!(),
        ")"
    ));
    invited.bind_places(jobs.iter().take(PLACES).map(|id| id.as_str())).bind(agent).all(conn).await
}

/// Lists the latest waiting invitations of a team's agents in service, with the keys of their jobs.
pub(super) async fn waiting(conn: &mut Conn, team: &TeamId, since: Time, limit: i64) -> Result<Vec<(JobKey, JobInvitation)>> {
    let now = conn.now;
    let found: Vec<(Keyed, JobInvitation)> = sql(select!(
        "i.team_id = $1 and i.created_at > $4 and i.declined_at is null and g.status = 'active' and j.hidden_at is null and j.status = ",
        job_status!(open),
        " and (j.applications_until is null or j.applications_until > $2) and not ",
        applied!("i.job_key", "i.team_id"),
        " order by i.created_at desc, i.job_key desc, i.agent_id limit $3"
    ))
    .bind(team)
    .bind(now)
    .bind(limit)
    .bind(since)
    .all(conn)
    .await?;
    Ok(found.into_iter().map(|(Keyed { key }, invitation)| (key, invitation)).collect())
}
