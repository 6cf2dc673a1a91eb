//! The reads of safety.

use super::{Case, CaseFile, Report, Status, Subject, SubjectKind, Target, store, subject};
use identity::{Actor, internal};
use kernel::id::CaseId;
use kernel::page::Part;
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;

/// Lists the actor's own reports, the newest first.
pub async fn mine(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Report>> {
    actor.must_have("jobs:read")?;
    store::reports_of(conn, &actor.member, &part.into()).await
}

/// Lists the cases of things of the actor's team that were hidden, the newest first.
pub async fn of_team(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Case>> {
    actor.must_have("jobs:read")?;
    store::cases_of(conn, &actor.team, &part.into()).await
}

/// Finds a thing that the actor is about to report.
///
/// # Errors
/// As of a report: `not_found`, `own_content`, `hidden_already`.
pub async fn target(conn: &mut Conn, actor: &Actor, kind: SubjectKind, id: &str) -> Result<Target> {
    let id = subject::read_id(kind, id)?;
    let Subject { title, text, .. } = subject::reportable(conn, actor, kind, &id).await?;
    let words = match kind {
        SubjectKind::Job | SubjectKind::Agent => title,
        SubjectKind::Question | SubjectKind::Rating => text,
    };
    Ok(Target { kind, words })
}

/// Lists cases, for admins: those that wait for a decision, the oldest first, or those of a status, the newest first.
pub async fn queue(conn: &mut Conn, actor: &Actor, status: Option<Status>, part: impl Into<Part>) -> Result<Page<Case>> {
    actor.must_run_the_server()?;
    match status {
        None => store::waiting(conn, &part.into()).await,
        Some(status) => store::of_status(conn, status, &part.into()).await,
    }
}

/// Shows a case with its thing and a page of its reports, for admins.
pub async fn case(conn: &mut Conn, actor: &Actor, id: &CaseId, paging: Paging) -> Result<CaseFile> {
    actor.must_run_the_server()?;
    let case = store::find(conn, id).await?.ok_or_else(|| Error::not_found("case"))?;
    let subject = subject::found(conn, case.subject_kind, &case.subject_id).await?;
    let reports = store::reports_in(conn, &case, paging).await?;
    let is_own = internal::is_member(conn, &actor.member, &case.team_id).await?;
    Ok(CaseFile { case, subject, reports, is_own })
}
