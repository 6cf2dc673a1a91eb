//! The reads of the job pages.

use super::params::JobListParams;
use crate::conversation;
use crate::conversation::Conversation;
use crate::fault::Fault;
use crate::file::JobFiles;
use crate::review::reading::all_laid_out;
use crate::review::rendered::RenderedWork;
use crate::visitor::{guest, visitor};
use leptos::prelude::*;
use market::application::Application;
use market::deliverable::Deliverable;
use market::file::FILES_MAX;
use market::hallmark::Hallmark;
use market::id::JobId;
use market::job::{Access, Card, HistoryEntry, Role, Status, View};
use market::job_invitation::JobInvitation;
use market::nda::Nda;
use market::question::Question;
use market::review::ReviewView;
use market::wallet::Wallet;
use market::{
    Actor, Page, Paging, Result, application, application::Kind, db::Conn, deliverable, file, hallmark, job, job_invitation, nda, question,
    review, wallet,
};
use serde::{Deserialize, Serialize};

/// The number of jobs on a page.
pub const PAGE: i64 = 20;

/// A page of the list of jobs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JobListData {
    /// The jobs.
    pub page: Page<Card>,
    /// The number of matching jobs that are left out because the member's agent does not work in their category.
    pub hidden: i64,
}

/// Loads one page of the jobs that match the filter.
#[server(prefix = "/_fn", endpoint = "jobs/list")]
pub async fn list(params: JobListParams) -> Result<JobListData, Fault> {
    let visitor = guest()?;
    let paging = Paging::new(Some(PAGE), Some(params.offset))?;
    let filter = params.filter(visitor.market.clock.now());
    let _turn = job::turn_to_search(&visitor.market, &filter).await?;
    let mut conn = visitor.market.read().await?;
    Ok(match visitor.actor.as_ref().filter(|_| params.matching) {
        Some(actor) => JobListData {
            page: job::available(&mut conn, actor, &filter, paging).await?,
            hidden: job::hidden_by_specializations(&mut conn, actor, &filter).await?,
        },
        None => JobListData { page: job::open(&mut conn, &filter, paging).await?, hidden: 0 },
    })
}

/// The data of a job's page for its viewer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JobPageData {
    /// The job as its viewer sees it.
    pub view: View,
    /// The job's history, as far as the viewer may know it.
    pub history: Vec<HistoryEntry>,
    /// The applications to do the work, for the poster.
    pub applications: Option<Page<Application>>,
    /// The applications to proof it, for the poster while proofers are chosen.
    pub proofers: Option<Page<Application>>,
    /// The review as its viewer sees it, for the poster, the worker and the proofers.
    pub review: Option<ReviewView>,
    /// The viewer's own applications, unless the viewer is the chosen worker.
    pub own: Vec<Application>,
    /// True unless the viewer could not be impartial as a proofer of the job.
    pub impartial: bool,
    /// The deliverables, for poster and worker, newest first.
    pub deliverables: Vec<Deliverable>,
    /// The text of each version, rendered if it has a form such as Markdown.
    pub laid: Vec<Option<RenderedWork>>,
    /// The attachments, and the uploaded files that are not handed in yet.
    pub files: JobFiles,
    /// The NDA, for viewers who need it to read the brief.
    pub nda: Option<Nda>,
    /// The poster's wallet, for a role that may see it.
    pub wallet: Option<Wallet>,
    /// The questions that were asked before anybody was chosen.
    pub questions: Page<Question>,
    /// The invited agents: all for the poster, for others those of their team.
    pub invited: Vec<JobInvitation>,
    /// The messages and ratings.
    pub talk: Conversation,
    /// The hallmark of a reviewed and paid job.
    pub hallmark: Option<Hallmark>,
}

/// Loads a job's page; none for an admin who reads the job on its dispute's page alone. `offset` is the offset of its applications,
/// `proofers` of its applications to proof, `said` of its messages, `asked` of its questions.
#[server(prefix = "/_fn", endpoint = "jobs/show")]
pub async fn show(id: String, offset: i64, proofers: i64, said: i64, asked: i64) -> Result<Option<JobPageData>, Fault> {
    let visitor = guest()?;
    let id = JobId::parse(&id)?;
    let mut conn = visitor.market.read().await?;
    let access = job::access_of(&mut conn, visitor.actor.as_ref(), &id).await?;
    if access.reads_case_alone() {
        return Ok(None);
    }
    let view = job::preview(&mut conn, &access).await?;
    let history = job::timeline(&mut conn, &access).await?;
    let questions = question::list(&mut conn, &access, Paging::new(Some(PAGE), Some(asked))?).await?;
    let shown = JobPageData {
        view,
        history,
        applications: None,
        proofers: None,
        review: None,
        own: Vec::new(),
        impartial: true,
        deliverables: Vec::new(),
        laid: Vec::new(),
        files: JobFiles::default(),
        nda: None,
        wallet: None,
        questions,
        invited: Vec::new(),
        talk: Conversation::default(),
        hallmark: hallmark::of_jobs(&mut conn, [&id]).await?.remove(&id),
    };
    // A member whose role may not read jobs sees what everybody sees.
    let Ok(actor) = access.reader() else { return Ok(Some(shown)) };
    let talk = conversation::loaders::of(&mut conn, &access, &shown.view, said).await?;
    let mut shown = for_member(&mut conn, actor, &access, JobPageData { talk, ..shown }, offset, proofers).await?;
    drop(conn);
    shown.laid = all_laid_out(&shown.deliverables).await?;
    Ok(Some(shown))
}

/// Loads a job of the member's own team, to edit it or to post another one like it.
#[server(prefix = "/_fn", endpoint = "jobs/own")]
pub async fn own(id: String) -> Result<View, Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&id)?;
    let mut conn = market.read().await?;
    let access = job::access(&mut conn, &actor, &id).await?;
    access.posted()?;
    Ok(job::preview(&mut conn, &access).await?)
}

async fn for_member(
    conn: &mut Conn,
    actor: &Actor,
    access: &Access<'_>,
    mut shown: JobPageData,
    offset: i64,
    proofers: i64,
) -> Result<JobPageData> {
    let (role, status) = (shown.view.role, shown.view.job.status);
    let page = |offset| Paging::new(Some(PAGE), Some(offset));
    if role == Role::Poster {
        shown.applications = Some(application::list_of(conn, access, Kind::Work, page(offset)?).await?);
        // A role without money still shows the jobs of its team.
        shown.wallet = if actor.may("wallet:read") { Some(wallet::show(conn, actor).await?) } else { None };
    }
    shown.invited = match role {
        Role::Poster => job_invitation::list(conn, access).await?,
        _ => job_invitation::own(conn, access).await?,
    };
    if role == Role::Poster && status == Status::PendingProof {
        shown.proofers = Some(application::list_of(conn, access, Kind::Proof, page(proofers)?).await?);
    }
    if matches!(role, Role::Poster | Role::Worker) {
        shown.deliverables = deliverable::list(conn, access).await?;
    }
    if shown.view.may_read {
        shown.files.attached = file::attachments(conn, access, Paging::new(Some(FILES_MAX), None)?).await?.items;
    }
    if role == Role::Worker {
        shown.files.waiting = file::waiting(conn, access).await?;
    }
    if matches!(role, Role::Poster | Role::Worker | Role::Proofer) && shown.view.may_read && shown.view.job.round() > 0 {
        shown.review = Some(review::view(conn, access).await?);
    }
    if role == Role::Applicant {
        shown.own = application::own(conn, access).await?;
    }
    if status == Status::PendingProof && shown.view.may_read && matches!(role, Role::Visitor | Role::Applicant) {
        shown.impartial = review::may_proof(conn, access).await?;
    }
    if !shown.view.may_read {
        shown.nda = Some(nda::show(conn, access).await?);
    }
    Ok(shown)
}

#[cfg(test)]
mod tests;
