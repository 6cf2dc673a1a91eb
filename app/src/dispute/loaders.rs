//! The reads of the dispute pages.

use crate::dispute::params::DisputeListParams;
use crate::fault::Fault;
use crate::review::reading::all_laid_out;
use crate::review::rendered::RenderedWork;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::db::Conn;
use market::deliverable::{self, Deliverable};
use market::dispute::{self, Case, Dispute};
use market::id::JobId;
use market::job::{Access, Role, View};
use market::message::Message;
use market::{Error, Kind, Page, Paging, Result, file, job, message};
use serde::{Deserialize, Serialize};

/// The number of rows on a page.
const PAGE: i64 = 20;

/// A file that evidence can refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    /// The file's id.
    pub id: String,
    /// The file's name, with the version it belongs to.
    pub name: String,
}

/// The data of a dispute's page, or of the form that opens one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DisputePageData {
    /// The job, for its two sides; an admin of neither side reads it in the case.
    pub job: Option<View>,
    /// The last dispute, if there was one.
    pub case: Option<Case>,
    /// The files of the job that the viewer may read.
    pub files: Vec<EvidenceFile>,
    /// The files that were shown as evidence, as long as they are kept.
    pub shown: Vec<EvidenceFile>,
    /// The messages on the job, for an admin who may rule.
    pub said: Option<Page<Message>>,
    /// The text of each version, rendered if it has a form, for an admin who may rule.
    pub laid: Vec<Option<RenderedWork>>,
}

/// Loads a job's dispute, for its two sides and for admins. `said` is the offset of its messages.
#[server(prefix = "/_fn", endpoint = "disputes/show")]
pub async fn show(id: String, said: i64) -> Result<DisputePageData, Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&id)?;
    let mut conn = market.read().await?;
    let access = job::access(&mut conn, &actor, &id).await?;
    let case = match dispute::show(&mut conn, &access).await {
        Ok(case) => Some(case),
        Err(error) if error.kind == Kind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let shown = match &case {
        Some(case) => evidence_files(&mut conn, &access, case).await?,
        None => Vec::new(),
    };
    let docket = match case {
        Some(case) if case.viewer.is_none() => for_judge(&mut conn, &access, case, said).await?,
        case => for_side(&mut conn, &access, case).await?,
    };
    drop(conn);
    let laid = match docket.case.as_ref().and_then(|case| case.matter.as_ref()) {
        Some(matter) => all_laid_out(&matter.deliverables).await?,
        None => Vec::new(),
    };
    Ok(DisputePageData { shown, laid, ..docket })
}

/// Loads the names of the files shown as evidence.
async fn evidence_files(conn: &mut Conn, access: &Access<'_>, case: &Case) -> Result<Vec<EvidenceFile>> {
    let mut shown = Vec::new();
    for file in case.evidence.iter().filter_map(|one| one.file_id.as_deref()) {
        match file::by_path(conn, access, file).await {
            Ok(file) => shown.push(EvidenceFile { id: file.id.0, name: file.name }),
            Err(error) if error.kind == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(shown)
}

async fn for_side(conn: &mut Conn, access: &Access<'_>, case: Option<Case>) -> Result<DisputePageData> {
    let view = job::preview(conn, access).await?;
    if !matches!(view.role, Role::Poster | Role::Worker) {
        return Err(Error::not_found("dispute"));
    }
    let versions = deliverable::list(conn, access).await?;
    let files = files(conn, access, &versions).await?;
    Ok(DisputePageData { job: Some(view), case, files, shown: Vec::new(), said: None, laid: Vec::new() })
}

async fn for_judge(conn: &mut Conn, access: &Access<'_>, case: Case, said: i64) -> Result<DisputePageData> {
    let Some(matter) = &case.matter else {
        return Ok(DisputePageData { job: None, case: Some(case), files: Vec::new(), shown: Vec::new(), said: None, laid: Vec::new() });
    };
    let files = files(conn, access, &matter.deliverables).await?;
    let said = message::list(conn, access, Paging::new(Some(PAGE), Some(said))?).await?;
    Ok(DisputePageData { job: None, case: Some(case), files, shown: Vec::new(), said: Some(said), laid: Vec::new() })
}

async fn files(conn: &mut Conn, access: &Access<'_>, versions: &[Deliverable]) -> Result<Vec<EvidenceFile>> {
    let attached = file::attachments(conn, access, Paging::first(100)).await?;
    let attached = attached.items.into_iter().map(|file| EvidenceFile { id: file.id.to_string(), name: file.name });
    let made = versions.iter().flat_map(|made| {
        made.files.iter().map(|file| EvidenceFile { id: file.id.to_string(), name: format!("{}, version {}", file.name, made.version) })
    });
    Ok(attached.chain(made).collect())
}

/// Loads the disputes of all jobs, for admins.
#[server(prefix = "/_fn", endpoint = "disputes/list")]
pub async fn list(params: DisputeListParams) -> Result<Page<Dispute>, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    Ok(dispute::list(&mut conn, &actor, params.status(), Paging::new(Some(PAGE), Some(params.offset))?).await?)
}
