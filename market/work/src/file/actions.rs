//! The acts of files. Between `begin` and `finish` the bytes go to the store, outside any transaction.

use super::events::{Attached, Detached, Removed, Uploaded};
use super::queries::{must_be_allowed, storage_usage};
use super::{AT_ONCE_MAX, FILES_MAX, File, Kind, Status, errors, store};
use crate::dispute;
use crate::job::{self, Job, JobKey};
use identity::{Actor, internal};
use kernel::id::{DeliverableId, FileId, JobId, TeamId};
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

/// The facts of a received file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The size in bytes.
    pub size: i64,
    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// Registers a file that is about to be sent, with a clean name and the type of its first bytes.
pub async fn begin(tx: &mut Tx, actor: &Actor, id: &JobId, kind: Kind, name: &str, content_type: &str) -> Result<File> {
    let job = must_be_allowed(tx, actor, id, kind).await?;
    // Lock the team, so that simultaneous uploads count each other.
    internal::hold_team(tx, &actor.team).await?;
    must_be_fewer(tx, &job, kind).await?;
    storage_usage(tx, actor).await?.must_hold(1)?;
    if store::on_their_way(tx, &actor.team).await? >= AT_ONCE_MAX {
        return Err(errors::too_many_uploads());
    }
    let file = File {
        id: FileId::new(),
        job_id: job.id.clone(),
        deliverable_id: None,
        kind,
        team_id: actor.team.clone(),
        member_id: actor.member.clone(),
        status: Status::Pending,
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        size: 0,
        sha256: String::new(),
        for_chosen: false,
        created_at: tx.now,
    };
    store::insert(tx, job.key, &file).await?;
    Ok(file)
}

/// Records that bytes still arrive, with the store's name for the received parts. Fails if the upload was abandoned meanwhile.
pub async fn still_coming(tx: &mut Tx, id: &FileId, parts: Option<&str>) -> Result<()> {
    if store::touch(tx, id, parts).await? { Ok(()) } else { Err(errors::upload_given_up()) }
}

/// Completes a file whose bytes are all in the store. The sender must still be allowed to send it.
pub async fn finish(tx: &mut Tx, actor: &Actor, id: &FileId, arrived: &ReceivedFile) -> Result<File> {
    let sent = store::find(tx, id).await?.filter(|file| file.status == Status::Pending && file.team_id == actor.team);
    let file = sent.ok_or_else(errors::upload_given_up)?;
    super::must_fit(&tx.rules, arrived.size.unsigned_abs())?;
    let job = must_be_allowed(tx, actor, &file.job_id, file.kind).await?;
    hold(tx, &job).await?;
    must_be_fewer(tx, &job, file.kind).await?;
    internal::hold_team(tx, &actor.team).await?;
    storage_usage(tx, actor).await?.must_hold(arrived.size)?;
    let for_chosen = file.kind == Kind::Attachment && job.status != job::Status::Open;
    let file = File { status: Status::Ready, size: arrived.size, sha256: arrived.sha256.clone(), for_chosen, ..file };
    if !store::complete(tx, &file).await? {
        return Err(errors::upload_given_up());
    }
    match file.kind {
        Kind::Evidence => dispute::show_file(tx, actor, &job, &file).await?,
        Kind::Attachment => job::emit(tx, &job, &Attached { file: (&file).into() }),
        Kind::Deliverable => event::emit(tx, &[&file.team_id], file.id.as_str(), &Uploaded { file: (&file).into() }),
    }
    Ok(file)
}

/// Abandons an upload. Returns true if its bytes may be removed after the commit, because it was not completed before.
pub async fn abandon(tx: &mut Tx, id: &FileId) -> Result<bool> {
    store::give_up(tx, id).await?;
    store::is_gone(tx, id).await
}

/// Removes a file: an attachment while the job is open, part of the work until it is handed in.
pub async fn take_back(tx: &mut Tx, actor: &Actor, id: &JobId, path: &str) -> Result<File> {
    actor.must_have("jobs:write")?;
    let job = job::visible(tx, actor, id).await?;
    let file = super::queries::named(tx, &job, path).await?.filter(|file| file.team_id == actor.team);
    let file = file.ok_or_else(|| Error::not_found("file"))?;
    match file.kind {
        Kind::Attachment if job.status != job::Status::Open => return Err(errors::attachments_stay(job.status)),
        Kind::Attachment => hold(tx, &job).await?,
        Kind::Deliverable => {}
        Kind::Evidence => return Err(errors::shown()),
    }
    if !store::take_back(tx, &file.id).await? {
        return Err(errors::handed_in());
    }
    match file.kind {
        Kind::Attachment => job::emit(tx, &job, &Detached { file: (&file).into() }),
        _ => event::emit(tx, &[&file.team_id], file.id.as_str(), &Removed { file: (&file).into() }),
    }
    Ok(File { status: Status::Gone, ..file })
}

/// Joins uploaded files to a version that is being handed in: the named ones, or all that wait.
pub(crate) async fn attach_to(
    tx: &mut Tx,
    job: JobKey,
    deliverable: &DeliverableId,
    worker: &TeamId,
    named: Option<&[FileId]>,
) -> Result<()> {
    let Some(named) = named else { return store::attach_all(tx, job, deliverable, worker).await };
    for file in named {
        if !store::attach(tx, job, deliverable, worker, file).await? {
            return Err(errors::not_waiting(file));
        }
    }
    Ok(())
}

/// Locks the job in its status until this transaction ends.
async fn hold(tx: &mut Tx, job: &Job) -> Result<()> {
    if job::hold(tx, &job.id, job.status).await? {
        return Ok(());
    }
    Err(job::errors::job_moved())
}

async fn must_be_fewer(tx: &mut Tx, job: &Job, kind: Kind) -> Result<()> {
    if store::unattached(tx, job.key, kind).await? < FILES_MAX {
        return Ok(());
    }
    match kind {
        // A dispute has its own limit for each side.
        Kind::Evidence => Ok(()),
        Kind::Attachment => Err(errors::too_many_attachments()),
        Kind::Deliverable => Err(errors::too_many_files()),
    }
}
