//! The permissions and reads of files.

use super::{File, Kind, Status, StorageUsage, errors, store};
use crate::dispute;
use crate::job::{self, Access, Job, JobKey, Role};
use crate::party::Party;
use identity::Actor;
use kernel::id::{DeliverableId, FileId, JobId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::Conn;

/// Fails unless the actor may send such a file for the job now. It is checked before the first byte and again after the last.
pub async fn must_be_allowed(conn: &mut Conn, actor: &Actor, id: &JobId, kind: Kind) -> Result<Job> {
    actor.must_have("jobs:write")?;
    actor.must_be_verified()?;
    let access = job::access_of(conn, Some(actor), id).await?;
    let job = access.visible()?;
    match kind {
        Kind::Attachment => must_be_before_the_work(access.posted()?)?,
        Kind::Deliverable => {
            if job::delivering(actor, job)?.is_none() {
                return Err(errors::not_assigned());
            }
            access.must_read()?;
            job::must_take_delivery(conn, job).await?;
        }
        Kind::Evidence => dispute::must_take_evidence(conn, actor, job).await?,
    }
    Ok(job.clone())
}

/// Returns the kind of a file that the actor sends without naming one: evidence during a dispute, else an attachment from the poster
/// and part of the work from the others.
pub async fn meant(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Kind> {
    let job = job::visible(conn, actor, id).await?;
    Ok(match Party::of(&job, &actor.team) {
        Some(_) if job.disputed_at.is_some() => Kind::Evidence,
        Some(Party::Poster) => Kind::Attachment,
        _ => Kind::Deliverable,
    })
}

/// Returns the job that a file of the work belongs to if its sender names none: the one that the agent works on.
///
/// # Errors
/// `nothing_to_upload_for` if there is none; if there are several, a field error that names two of them.
pub async fn target(conn: &mut Conn, actor: &Actor) -> Result<JobId> {
    actor.must_have("jobs:write")?;
    let mut jobs = store::jobs_of(conn, actor.must_be_agent()?, 2).await?;
    match (jobs.pop(), jobs.pop()) {
        (None, _) => Err(errors::nothing_to_upload_for()),
        (Some(only), None) => Ok(only),
        (Some(one), Some(other)) => {
            let message = format!("Your agent works on several jobs, as {other} and {one}. Say which one the file is for.");
            Err(Error::field("job_id", message))
        }
    }
}

/// Fails once work was delivered, because the brief that it is judged by must not change.
fn must_be_before_the_work(job: &Job) -> Result<()> {
    if job.status.takes_attachments() {
        return Ok(());
    }
    Err(errors::brief_is_settled(job.status))
}

/// Returns the used quota of the actor's team.
pub async fn storage_usage(conn: &mut Conn, actor: &Actor) -> Result<StorageUsage> {
    Ok(StorageUsage { used: store::used(conn, &actor.team).await?, most: conn.rules.files_max })
}

/// Lists a job's attachments, oldest first, for its poster and for teams that agreed to the NDA; those that came after a worker was
/// chosen for the two sides and the proofers alone.
pub async fn attachments(conn: &mut Conn, access: &Access<'_>, part: impl Into<Part>) -> Result<Page<File>> {
    access.reader()?;
    let (job, for_chosen) = match access.ruled() {
        Some(job) => (job, true),
        None => {
            let job = access.visible()?;
            access.must_read()?;
            (job, access.may_read_work())
        }
    };
    store::attachments(conn, job.key, for_chosen, &part.into()).await
}

/// Lists the files of a version, for those who may read the work.
pub async fn of_deliverable(conn: &mut Conn, access: &Access<'_>, deliverable: &DeliverableId) -> Result<Vec<File>> {
    access.reader()?;
    let job = access.visible()?;
    if !access.may_read_work() {
        return Err(Error::not_found("deliverable"));
    }
    let all = handed_in(conn, job.key).await?;
    Ok(all.into_iter().filter(|file| file.deliverable_id.as_ref() == Some(deliverable)).collect())
}

/// Lists the files that the actor's team sent and did not hand in yet, oldest first.
pub async fn waiting(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<File>> {
    let actor = access.reader()?;
    store::waiting(conn, access.visible()?.key, &actor.team).await
}

/// Returns a file by its path in the API, or by its id, for those who may read it.
pub async fn by_path(conn: &mut Conn, access: &Access<'_>, path: &str) -> Result<File> {
    access.reader()?;
    let reason = reason_for(conn, access, &id_in(path)).await?;
    let file = named(conn, reason.job(), path).await?.ok_or_else(|| Error::not_found("file"))?;
    must_be_readable(access, &reason, &file)?;
    Ok(file)
}

/// The reason for which a viewer may ask for a file.
pub(super) enum Reason<'a> {
    /// The viewer may rule on the job.
    Ruling(&'a Job),
    /// The viewer is an admin of neither side, and the file was evidence.
    Evidence(&'a Job),
    /// The viewer may know of the job.
    Visible(&'a Job),
}

impl Reason<'_> {
    fn job(&self) -> &Job {
        match self {
            Reason::Ruling(job) | Reason::Evidence(job) | Reason::Visible(job) => job,
        }
    }
}

/// Works out the reason for which the viewer may ask for a file of the job.
pub(super) async fn reason_for<'a>(conn: &mut Conn, access: &'a Access<'_>, file: &FileId) -> Result<Reason<'a>> {
    if let Some(job) = access.ruled() {
        return Ok(Reason::Ruling(job));
    }
    match dispute::shown_in(conn, access, file).await? {
        Some(job) => Ok(Reason::Evidence(job)),
        None => access.visible().map(Reason::Visible),
    }
}

/// Finds a file of the job. The path is only compared, never opened.
pub(super) async fn named(conn: &mut Conn, job: &Job, path: &str) -> Result<Option<File>> {
    let id = id_in(path);
    let found = store::find(conn, &id).await?;
    Ok(found.filter(|file| file.job_id == job.id && file.status == Status::Ready && (path == id.as_str() || path == file.path())))
}

fn id_in(path: &str) -> FileId {
    FileId::from(path.rsplit('/').next().unwrap_or_default())
}

/// Lists all files that were handed in for a job, in the order they were sent.
pub(crate) async fn handed_in(conn: &mut Conn, job: JobKey) -> Result<Vec<File>> {
    store::handed_in(conn, job).await
}

/// Fails unless the viewer may read the file for this reason.
pub(super) fn must_be_readable(access: &Access<'_>, reason: &Reason<'_>, file: &File) -> Result<()> {
    let is_own = access.viewer().is_some_and(|actor| actor.team == file.team_id);
    let may = match (reason, file.kind, &file.deliverable_id) {
        (Reason::Evidence(_), ..) => true,
        (Reason::Ruling(_), Kind::Attachment | Kind::Evidence, _) | (Reason::Ruling(_), Kind::Deliverable, Some(_)) => true,
        (_, Kind::Evidence, _) => matches!(access.role(), Role::Poster | Role::Worker),
        (_, Kind::Attachment, _) if file.for_chosen && !access.may_read_work() => false,
        (_, Kind::Attachment, _) => return access.must_read(),
        (_, Kind::Deliverable, Some(_)) => access.may_read_work(),
        (_, Kind::Deliverable, None) => is_own,
    };
    if may { Ok(()) } else { Err(Error::not_found("file")) }
}

/// Returns the bytes that the files of all teams take, for the operator's limit.
pub async fn total(conn: &mut Conn) -> Result<i64> {
    store::total(conn).await
}
