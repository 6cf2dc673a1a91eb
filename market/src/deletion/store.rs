//! The queries of deletions, across the tables of all nouns.

use super::scrub::Suspect;
use super::{Binding, BindingKind};
use crate::inventory::{Whose, own_jobs, own_teams};
use kernel::id::{ApplicationId, JobId, MemberId, TeamId};
use kernel::{Money, Result};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;
use std::sync::LazyLock;
use work::{job_status, job_statuses};

/// Lists the teams that are a member's alone.
pub(super) async fn own_teams(conn: &mut Conn, member: &MemberId) -> Result<Vec<TeamId>> {
    sql(concat!("select id from team where id in ", own_teams!(), " order by id")).bind(member).all(conn).await
}

/// Lists the open jobs of a team.
pub(super) async fn open_jobs(conn: &mut Conn, team: &TeamId) -> Result<Vec<JobId>> {
    sql(concat!("select id from job where team_id = $1 and status = ", job_status!(open), " order by key")).bind(team).all(conn).await
}

#[derive(Deserialize)]
struct Applied {
    job: JobId,
    id: ApplicationId,
}

/// Lists the pending applications of a team, with their jobs.
pub(super) async fn pending_applications(conn: &mut Conn, team: &TeamId) -> Result<Vec<(JobId, ApplicationId)>> {
    let found: Vec<Applied> = sql("select a.id, j.id as job from application a join job j on j.key = a.job_key \
         where a.team_id = $1 and a.status = 'pending' order by a.id")
    .bind(team)
    .all(conn)
    .await?;
    Ok(found.into_iter().map(|applied| (applied.job, applied.id)).collect())
}

/// The conditions that bind an account, each on the row `t` of a table: its kind, the table, the column of the team, the sum of its money.
static BOUND: LazyLock<Vec<(BindingKind, String)>> = LazyLock::new(|| {
    let under_way = concat!("t.status in ", job_statuses!(unfinished));
    let disputed = "t.status = 'open' and j.key = t.job_key and";
    let of_side = |side: &str| format!("dispute t, job j where {disputed} j.{side} in");
    let none = "cast(null as bigint)";
    let kinds = [
        (
            BindingKind::Wallet,
            "team_id",
            "sum(t.balance)",
            "account t where t.purpose = 'wallet' and t.balance > 0 and t.team_id in".to_owned(),
        ),
        (
            BindingKind::Aside,
            "team_id",
            "sum(t.balance)",
            "account t where t.purpose <> 'wallet' and t.balance > 0 and t.team_id in".to_owned(),
        ),
        (BindingKind::Debt, "team_id", "-sum(t.balance)", "account t where t.balance < 0 and t.team_id in".to_owned()),
        (
            BindingKind::Deposits,
            "team_id",
            "sum(t.amount)",
            "deposit t where t.status in ('open', 'processing') and t.team_id in".to_owned(),
        ),
        (
            BindingKind::Payouts,
            "team_id",
            "sum(t.amount)",
            "payout t where t.state in ('asked', 'sent', 'returning') and t.team_id in".to_owned(),
        ),
        (BindingKind::Posted, "team_id", none, format!("job t where {under_way} and t.team_id in")),
        (BindingKind::Worked, "worker_team_id", none, format!("job t where {under_way} and t.worker_team_id in")),
        (BindingKind::Disputes, "team_id", none, of_side("team_id")),
        (BindingKind::Disputes, "worker_team_id", none, of_side("worker_team_id")),
        (BindingKind::Seats, "team_id", none, "proof_seat t where t.settled_at is null and t.team_id in".to_owned()),
    ];
    let text = |(kind, column, sum, from): (BindingKind, &str, &str, String)| {
        let alias = if from.starts_with("dispute") { "j" } else { "t" };
        let text = format!(
            "select o.id as team_id, o.name as team, count(*) as count, cast({sum} as bigint) as amount from team o, {from} {teams} \
             and o.id = {alias}.{column} group by o.id, o.name order by o.id",
            teams = own_teams!()
        );
        (kind, text)
    };
    kinds.into_iter().map(text).collect()
});

#[derive(Deserialize)]
struct Bound {
    team_id: TeamId,
    team: String,
    count: i64,
    amount: Option<Money>,
}

impl Bound {
    fn by(self, kind: BindingKind) -> Binding {
        Binding { kind, team_id: self.team_id, team: self.team, count: self.count, amount: self.amount }
    }
}

/// Lists what binds a member's account.
pub(super) async fn binding(conn: &mut Conn, member: &MemberId) -> Result<Vec<Binding>> {
    let mut binding = Vec::new();
    for (kind, text) in BOUND.iter() {
        let found: Vec<Bound> = sql(text).bind(member).all(conn).await?;
        binding.extend(found.into_iter().map(|bound| bound.by(*kind)));
    }
    let teams: Vec<Bound> = sql("select t.id as team_id, t.name as team, count(*) - 1 as count, cast(null as bigint) as amount \
         from team_member s join team t on t.id = s.team_id join team_member o on o.team_id = s.team_id \
         where s.member_id = $1 and s.role_id = 'role_owner' group by t.id, t.name having count(*) > 1 order by t.id")
    .bind(member)
    .all(conn)
    .await?;
    binding.extend(teams.into_iter().map(|bound| bound.by(BindingKind::Team)));
    Ok(binding)
}

/// Returns true if the other side still needs words or files of a member: they are part of unfinished jobs or open disputes of teams that
/// go on without the member.
pub(super) async fn is_needed(conn: &mut Conn, member: &MemberId) -> Result<bool> {
    let found = sql(concat!(
        "select (select count(*) from file f join job j on j.key = f.job_key where f.member_id = $1 and j.status in ",
        job_statuses!(unfinished),
        ") + (select count(*) from message m join job j on j.key = m.job_key where m.member_id = $1 and j.status in ",
        job_statuses!(unfinished),
        ") + (select count(*) from dispute d where d.member_id = $1 and d.status = 'open') \
         + (select count(*) from evidence e join dispute d on d.id = e.dispute_id where e.member_id = $1 and d.status = 'open')"
    ));
    Ok(found.bind(member).count(conn).await? > 0)
}

/// Lists the events within `after < seq <= upto` that may repeat words of a member: those of the member's teams, of jobs in which these
/// had a part, and those that name the member or the address.
pub(super) async fn events_about(conn: &mut Conn, whose: &Whose, after: i64, upto: i64) -> Result<Vec<Suspect>> {
    sql(concat!(
        "select e.seq, e.id, e.type, e.payload, case when e.team_id in ",
        own_teams!(),
        " then 1 else 0 end as is_own, case when e.job_key is null then 0 else 1 end as is_of_job, case when e.job_key in ",
        own_jobs!(),
        " then 1 else 0 end as is_of_own_job from event e where e.seq > $3 and e.seq <= $4 and (e.subject = $1 or e.team_id in ",
        own_teams!(),
        " or e.job_key in (select j.key from job j where j.team_id in ",
        own_teams!(),
        " or j.worker_team_id in ",
        own_teams!(),
        ") or e.job_key in (select a.job_key from application a where a.team_id in ",
        own_teams!(),
        ") or e.job_key in (select q.job_key from question q where q.member_id = $1) \
         or e.job_key in (select m.job_key from message m where m.member_id = $1) \
         or e.subject in (select q.id from question q where q.member_id = $1) \
         or e.subject in (select m.id from message m where m.member_id = $1) \
         or replace(e.payload, $1, '') <> e.payload or replace(e.payload, $2, '') <> e.payload) order by e.seq"
    ))
    .bind(&whose.member)
    .bind(whose.email.as_str())
    .bind(after)
    .bind(upto)
    .long()
    .all(conn)
    .await
}

/// A notification of somebody.
#[derive(Deserialize)]
pub(super) struct Told {
    pub(super) key: i64,
    pub(super) about: String,
    pub(super) body: String,
}

/// Lists notifications by their keys, from the one after another.
pub(super) async fn notifications(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Told>> {
    sql("select key, about, body from notification where key > $1 order by key limit $2").bind(after).bind(limit).all(conn).await
}

pub(super) async fn forget_notification(tx: &mut Tx, key: i64) -> Result<()> {
    sql("delete from notification where key = $1").bind(key).run(tx).await?;
    Ok(())
}

/// Replaces the facts of an event.
pub(super) async fn rewrite_event(tx: &mut Tx, seq: i64, payload: &str) -> Result<()> {
    sql("update event set payload = $1 where seq = $2").bind(payload).bind(seq).run(tx).await?;
    Ok(())
}
