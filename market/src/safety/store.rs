//! The tables of cases and reports, and the things that they are about.

use super::{Case, REPORTS_MAX, Reason, Report, Reported, Status, Subject, SubjectKind};
use identity::Actor;
use identity::internal::Reachable;
use kernel::id::{CaseId, MemberId, ReportId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Paging, Result, Time};
use platform::db::{Conn, Query, Tx, sql};
use serde::Deserialize;

/// Finds a thing, whoever may read it.
pub(super) async fn subject(conn: &mut Conn, kind: SubjectKind, id: &str) -> Result<Option<Subject>> {
    let now = conn.now;
    let found = match kind {
        SubjectKind::Job => sql("select j.team_id, t.name as owner, j.title, j.summary as text, \
             case when j.confidential = 1 then '' else j.description end as more, j.id as job_id, \
             case when j.hidden_at is null then 0 else 1 end as is_hidden, 1 as is_public \
             from job j join team t on t.id = j.team_id where j.id = $1"),
        SubjectKind::Agent => sql("select a.team_id, t.name as owner, a.name as title, a.bio as text, '' as more, \
             cast(null as text) as job_id, case when a.hidden_at is null then 0 else 1 end as is_hidden, 1 as is_public \
             from agent a join team t on t.id = a.team_id where a.id = $1"),
        SubjectKind::Question => sql("select q.team_id, t.name as owner, j.title, q.body as text, coalesce(q.answer, '') as more, \
             j.id as job_id, case when q.hidden_at is null then 0 else 1 end as is_hidden, \
             case when q.status = 'removed' then 0 else 1 end as is_public \
             from question q join job j on j.key = q.job_key join team t on t.id = q.team_id where q.id = $1"),
        SubjectKind::Rating => sql("select r.team_id, t.name as owner, j.title, r.comment as text, '' as more, j.id as job_id, \
             case when r.hidden_at is null then 0 else 1 end as is_hidden, \
             case when r.visible_at <= $2 and r.comment <> '' then 1 else 0 end as is_public \
             from rating r join job j on j.key = r.job_key join team t on t.id = r.team_id where r.id = $1"),
    };
    let found = found.bind(id);
    let found = if kind == SubjectKind::Rating { found.bind(now) } else { found };
    found.optional(conn).await
}

/// A case that goes on.
#[derive(Deserialize)]
pub(super) struct Live {
    pub(super) key: i64,
    pub(super) id: CaseId,
    pub(super) status: Status,
    pub(super) reports: i64,
}

/// Finds the case of a thing that goes on.
pub(super) async fn live(conn: &mut Conn, kind: SubjectKind, target: &str) -> Result<Option<Live>> {
    sql("select key, id, status, reports from safety_case where subject_kind = $1 and subject_id = $2 and closed_at is null")
        .bind(kind.as_str())
        .bind(target)
        .optional(conn)
        .await
}

/// Opens a case without a report. Of two concurrent ones, one has to be sent again.
pub(super) async fn open(tx: &mut Tx, id: &CaseId, kind: SubjectKind, target: &str, owner: &TeamId, due_at: Time) -> Result<Live> {
    let now = tx.now;
    let opened = sql("insert into safety_case (id, subject_kind, subject_id, team_id, status, reports, due_at, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, 0, $6, $7, $7) on conflict (subject_kind, subject_id) where closed_at is null do nothing \
         returning key, id, status, reports");
    let opened: Option<Live> = opened
        .bind(id)
        .bind(kind.as_str())
        .bind(target)
        .bind(owner)
        .bind(Status::Open.as_str())
        .bind(due_at)
        .bind(now)
        .optional(tx)
        .await?;
    opened.ok_or_else(Error::try_again)
}

/// A new report.
pub(super) struct NewReport<'a> {
    pub(super) id: &'a ReportId,
    pub(super) case: i64,
    pub(super) actor: &'a Actor,
    pub(super) kind: SubjectKind,
    pub(super) target: &'a str,
    pub(super) reason: Reason,
    pub(super) details: &'a str,
}

/// Adds a report to a case that is open. If the case was decided meanwhile, or the member reported the thing, it has to be sent again.
pub(super) async fn insert(tx: &mut Tx, new: &NewReport<'_>) -> Result<()> {
    let now = tx.now;
    let counted = sql("update safety_case set reports = reports + 1, updated_at = $1 where key = $2 and status = 'open'");
    if counted.bind(now).bind(new.case).run(tx).await? != 1 {
        return Err(Error::try_again());
    }
    let made = sql("insert into safety_report (id, case_key, member_id, team_id, subject_kind, subject_id, reason, details, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (member_id, case_key) do nothing")
    .bind(new.id)
    .bind(new.case)
    .bind(&new.actor.member)
    .bind(&new.actor.team)
    .bind(new.kind.as_str())
    .bind(new.target)
    .bind(new.reason.as_str())
    .bind(new.details)
    .bind(now)
    .run(tx)
    .await?;
    if made == 1 { Ok(()) } else { Err(Error::try_again()) }
}

/// Selects reports as their authors read them.
macro_rules! select_reports {
    ($rest:literal) => {
        sql(concat!(
            "select r.id, r.subject_kind, r.subject_id, r.reason, r.details, \
             case when c.status in ('appealed', 'upheld') then 'hidden' else c.status end as outcome, r.created_at, c.decided_at \
             from safety_report r join safety_case c on c.key = r.case_key where ",
            $rest
        ))
    };
}

/// Finds a member's report of a thing whose case goes on.
pub(super) async fn of_member(conn: &mut Conn, member: &MemberId, kind: SubjectKind, target: &str) -> Result<Option<Report>> {
    select_reports!("r.member_id = $1 and c.subject_kind = $2 and c.subject_id = $3 and c.closed_at is null")
        .bind(member)
        .bind(kind.as_str())
        .bind(target)
        .optional(conn)
        .await
}

/// Counts a member's reports that wait for a decision.
pub(super) async fn count_waiting(conn: &mut Conn, member: &MemberId) -> Result<i64> {
    sql("select count(*) from safety_report r join safety_case c on c.key = r.case_key where r.member_id = $1 and c.status = 'open'")
        .bind(member)
        .count(conn)
        .await
}

/// Lists a member's reports, the newest first.
pub(super) async fn reports_of(conn: &mut Conn, member: &MemberId, part: &Part) -> Result<Page<Report>> {
    if let Some(after) = &part.after {
        let known = sql("select count(*) from safety_report where member_id = $1 and id = $2").bind(member).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from safety_report where member_id = $1").bind(member).count(conn).await?;
    let found = select_reports!("r.member_id = $1 and (cast($4 as text) is null or r.id < $4) order by r.id desc limit $2 offset $3");
    Ok(Page::new(found.bind(member).part(part).all(conn).await?, total, part.paging))
}

/// Lists the reports of a case, the oldest first.
pub(super) async fn reports_in(conn: &mut Conn, case: &Case, paging: Paging) -> Result<Page<Reported>> {
    let found = sql("select r.id, r.member_id, m.name as member, r.reason, r.details, r.created_at from safety_report r \
         join member m on m.id = r.member_id where r.case_key = (select key from safety_case where id = $1) \
         order by r.id limit $2 offset $3");
    Ok(Page::new(found.bind(&case.id).page(paging).all(conn).await?, case.reports, paging))
}

/// Selects cases with the title and the job of their things.
macro_rules! select_cases {
    ($rest:expr) => {
        sql(concat!(
            "select c.id, c.subject_kind, c.subject_id, c.team_id, t.name as owner, \
             coalesce(j.title, a.name, qj.title, rj.title, '') as title, coalesce(j.id, qj.id, rj.id) as job_id, c.status, c.reports, \
             c.reason, c.decided_at, c.hidden_at, c.appeal, c.appealed_at, c.due_at, c.created_at from safety_case c \
             join team t on t.id = c.team_id left join job j on c.subject_kind = 'job' and j.id = c.subject_id \
             left join agent a on c.subject_kind = 'agent' and a.id = c.subject_id \
             left join question q on c.subject_kind = 'question' and q.id = c.subject_id left join job qj on qj.key = q.job_key \
             left join rating r on c.subject_kind = 'rating' and r.id = c.subject_id left join job rj on rj.key = r.job_key where ",
            $rest
        ))
    };
}

/// Finds a case.
pub(super) async fn find(conn: &mut Conn, id: &CaseId) -> Result<Option<Case>> {
    select_cases!("c.id = $1").bind(id).optional(conn).await
}

/// Lists the cases that wait for a decision, the oldest first.
pub(super) async fn waiting(conn: &mut Conn, part: &Part) -> Result<Page<Case>> {
    known(conn, part).await?;
    let total = sql("select count(*) from safety_case where status in ('open', 'appealed')").count(conn).await?;
    let found = select_cases!(
        "c.status in ('open', 'appealed') and (cast($3 as text) is null or c.key > (select key from safety_case where id = $3)) \
         order by c.key limit $1 offset $2"
    );
    Ok(Page::new(found.part(part).all(conn).await?, total, part.paging))
}

/// Lists the cases of a status, the newest first.
pub(super) async fn of_status(conn: &mut Conn, status: Status, part: &Part) -> Result<Page<Case>> {
    known(conn, part).await?;
    let total = sql("select count(*) from safety_case where status = $1").bind(status.as_str()).count(conn).await?;
    let found = select_cases!(
        "c.status = $1 and (cast($4 as text) is null or c.key < (select key from safety_case where id = $4)) \
         order by c.key desc limit $2 offset $3"
    );
    Ok(Page::new(found.bind(status.as_str()).part(part).all(conn).await?, total, part.paging))
}

/// Lists the cases of a team's things that were hidden, the newest first.
pub(super) async fn cases_of(conn: &mut Conn, team: &TeamId, part: &Part) -> Result<Page<Case>> {
    known(conn, part).await?;
    let total = sql("select count(*) from safety_case where team_id = $1 and hidden_at is not null").bind(team).count(conn).await?;
    let found = select_cases!(
        "c.team_id = $1 and c.hidden_at is not null and (cast($4 as text) is null or c.key < (select key from safety_case where id = $4)) \
         order by c.key desc limit $2 offset $3"
    );
    Ok(Page::new(found.bind(team).part(part).all(conn).await?, total, part.paging))
}

/// Fails if the case after which a part begins is unknown.
async fn known(conn: &mut Conn, part: &Part) -> Result<()> {
    match &part.after {
        Some(after) => part.must_know(sql("select count(*) from safety_case where id = $1").bind(after.as_str()).count(conn).await?),
        None => Ok(()),
    }
}

/// Decides on a case; false if it has another status by now.
pub(super) async fn decide(tx: &mut Tx, case: &Case, to: Status, reason: &str, by: Option<&MemberId>) -> Result<bool> {
    let now = tx.now;
    let hidden_at = if to == Status::Hidden { Some(now) } else { case.hidden_at };
    let decided: Query = sql("update safety_case set status = $1, reason = $2, decided_by = $3, decided_at = $4, updated_at = $4, \
         hidden_at = $5, closed_at = $6, due_at = null where id = $7 and status = $8");
    let decided = decided
        .bind(to.as_str())
        .bind(reason)
        .bind(by.map(MemberId::as_str))
        .bind(now)
        .bind(hidden_at)
        .bind(to.is_closed().then_some(now))
        .bind(&case.id)
        .bind(case.status.as_str());
    Ok(decided.run(tx).await? == 1)
}

/// Stores an appeal; false if the case has another status by now.
pub(super) async fn appeal(tx: &mut Tx, id: &CaseId, actor: &Actor, text: &str, due_at: Time) -> Result<bool> {
    let now = tx.now;
    let made =
        sql("update safety_case set status = 'appealed', appeal = $1, appealed_by = $2, appealed_at = $3, updated_at = $3, due_at = $4 \
         where id = $5 and status = 'hidden'");
    Ok(made.bind(text).bind(&actor.member).bind(now).bind(due_at).bind(id).run(tx).await? == 1)
}

/// A reporter, and the team that they reported for.
#[derive(Deserialize)]
pub(crate) struct ReporterTeam {
    /// The team.
    pub(crate) team_id: TeamId,
}

/// Lists those who reported in a case and still have an account.
pub(crate) async fn reporters(conn: &mut Conn, id: &CaseId) -> Result<Vec<(ReporterTeam, Reachable)>> {
    sql("select r.team_id, m.id as member_id, m.name, m.email, m.verified_at, 'role_viewer' as role_id, cast(null as text) as role_scopes \
         from safety_report r join member m on m.id = r.member_id \
         where r.case_key = (select key from safety_case where id = $1) and m.erased_at is null order by r.id limit $2")
    .bind(id)
    .bind(REPORTS_MAX)
    .all(conn)
    .await
}
