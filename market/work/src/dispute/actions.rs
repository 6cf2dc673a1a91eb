//! The acts of disputes: open, answer, add evidence, withdraw.

use super::events::{Answered, Conceded, EvidenceAdded, Opened, Withdrawn};
use super::store::{self, NewDispute};
use super::{
    AfterWithdrawal, Case, Dispute, EVIDENCE_MAX, Evidence, NewEvidence, OPENED_MAX, Statement, Status, after_withdrawal, errors, queries,
};
use crate::file::{self, File, Kind};
use crate::job::{self, Job, Rejection, Step};
use crate::party::Party;
use identity::{Actor, internal};
use kernel::id::{DisputeId, EvidenceId, JobId};
use kernel::text::Word;
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use platform::mail;
use platform::mail::Mail;

/// Opens a dispute on a job whose money is held, from its funding until its release. Either side may, but not during a review,
/// whose consensus comes first.
pub async fn open(tx: &mut Tx, actor: &Actor, id: &JobId, statement: &Statement) -> Result<Case> {
    let (mut job, side) = party(tx, actor, id).await?;
    let statement = statement.check()?;
    let came_from = job.status;
    let from = step(&mut job)?;
    let opening = NewDispute { side, came_from, by_rejection: false, statement: &statement.statement };
    let dispute = begin(tx, actor, &mut job, from, &opening).await?;
    for exhibit in &statement.evidence {
        add(tx, actor, &job, &dispute, side, exhibit).await?;
    }
    job::emit(tx, &job, &Opened { dispute_id: &dispute, by: side, statement: &statement.statement, reason: None });
    queries::case_of(tx, actor, &job).await
}

/// Opens a dispute because the poster rejected work that the proofers had approved. The job has taken its step.
pub(crate) async fn open_by_rejection(tx: &mut Tx, job: &mut Job, from: job::Status, actor: &Actor, rejection: &Rejection) -> Result<()> {
    let statement = format!("{}: {}", rejection.reason.spoken(), rejection.message);
    let opening = NewDispute { side: Party::Poster, came_from: from, by_rejection: true, statement: &statement };
    let dispute = begin(tx, actor, job, from, &opening).await?;
    let reason = Some(rejection.reason);
    job::emit(tx, job, &Opened { dispute_id: &dispute, by: Party::Poster, statement: &statement, reason });
    Ok(())
}

/// Takes the job's step; an error during a review or while another dispute is open.
fn step(job: &mut Job) -> Result<job::Status> {
    if job.disputed_at.is_some() {
        return Err(errors::dispute_open());
    }
    if matches!(job.status, job::Status::PendingProof | job::Status::InReview) {
        return Err(errors::review_first(job.status));
    }
    job.step(Step::Dispute)
}

/// Stores the dispute; the job then waits for a ruling.
async fn begin(tx: &mut Tx, actor: &Actor, job: &mut Job, from: job::Status, opening: &NewDispute<'_>) -> Result<DisputeId> {
    if store::opened(tx, job.key, opening.side).await? >= OPENED_MAX {
        return Err(errors::disputes_used_up());
    }
    job.disputed_at = Some(tx.now);
    job::save(tx, job, from).await?;
    let id = DisputeId::new();
    let due_at = tx.now.after(tx.rules.ruling_window);
    store::insert(tx, &id, job.key, actor, opening, due_at).await?;
    // Admins get mail, because streams only carry a team's own jobs.
    let worker = job.worker_team_id.as_ref().unwrap_or(&job.team_id);
    for admin in internal::admins_beside(tx, [&job.team_id, worker]).await? {
        mail::queue(tx, &Mail::dispute(&admin, &tx.rules.base_url, &job.id, due_at)).await?;
    }
    Ok(id)
}

/// Answers a dispute with the other side's statement, once.
pub async fn answer(tx: &mut Tx, actor: &Actor, id: &JobId, statement: &Statement) -> Result<Case> {
    let (job, side) = party(tx, actor, id).await?;
    let statement = statement.check()?;
    let dispute = open_one(tx, &job).await?;
    if dispute.side == side {
        return Err(errors::own_dispute());
    }
    if !store::answer(tx, &dispute.id, &statement.statement).await? {
        return Err(errors::already_answered());
    }
    for exhibit in &statement.evidence {
        add(tx, actor, &job, &dispute.id, side, exhibit).await?;
    }
    job::emit(tx, &job, &Answered { dispute_id: &dispute.id, by: side, statement: &statement.statement });
    queries::case_of(tx, actor, &job).await
}

/// Adds evidence to an open dispute: a text or a file of the job, at most 20 pieces for each side.
pub async fn add_evidence(tx: &mut Tx, actor: &Actor, id: &JobId, exhibit: &NewEvidence) -> Result<Evidence> {
    let (job, side) = party(tx, actor, id).await?;
    let exhibit = exhibit.check()?;
    let dispute = open_one(tx, &job).await?;
    let evidence = add(tx, actor, &job, &dispute.id, side, &exhibit).await?;
    job::emit(tx, &job, &EvidenceAdded { dispute_id: &dispute.id, by: side, evidence_id: &evidence });
    store::evidence(tx, &evidence).await?.ok_or_else(Error::internal)
}

/// Fails unless the actor's side can add a piece of evidence now.
pub(crate) async fn must_take_evidence(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<()> {
    let side = Party::of(job, &actor.team).ok_or_else(|| Error::not_found("job"))?;
    let dispute = open_one(conn, job).await?;
    must_have_room(conn, &dispute.id, side).await
}

/// Adds an uploaded file as evidence. The job is locked.
pub(crate) async fn show_file(tx: &mut Tx, actor: &Actor, job: &Job, file: &File) -> Result<()> {
    let side = Party::of(job, &actor.team).ok_or_else(|| Error::not_found("job"))?;
    let dispute = open_one(tx, job).await?;
    must_have_room(tx, &dispute.id, side).await?;
    let id = EvidenceId::new();
    store::insert_evidence(tx, &id, &dispute.id, side, actor, "", Some(file.id.as_str())).await?;
    job::emit(tx, job, &EvidenceAdded { dispute_id: &dispute.id, by: side, evidence_id: &id });
    Ok(())
}

async fn must_have_room(conn: &mut Conn, dispute: &DisputeId, side: Party) -> Result<()> {
    if store::shown(conn, dispute, side).await? < EVIDENCE_MAX as i64 {
        return Ok(());
    }
    Err(errors::evidence_used_up())
}

async fn add(tx: &mut Tx, actor: &Actor, job: &Job, dispute: &DisputeId, side: Party, exhibit: &NewEvidence) -> Result<EvidenceId> {
    must_have_room(tx, dispute, side).await?;
    let file = match &exhibit.file_id {
        Some(path) => {
            let access = job::access(tx, actor, &job.id).await?;
            Some(handed_in(file::by_path(tx, &access, path).await?)?.id)
        }
        None => None,
    };
    let id = EvidenceId::new();
    store::insert_evidence(tx, &id, dispute, side, actor, &exhibit.text, file.as_ref().map(|file| file.as_str())).await?;
    Ok(id)
}

/// Fails for a file that was never handed in, because the other side can't read it.
fn handed_in(file: File) -> Result<File> {
    match (file.kind, &file.deliverable_id) {
        (Kind::Deliverable, None) => {
            Err(Error::field("file_id", "This file was never handed in; show an attachment, or a file of a version."))
        }
        _ => Ok(file),
    }
}

/// Takes a dispute back before its ruling; only the side that opened it may. [`after_withdrawal`] decides the job's next status.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    let (mut job, side) = party(tx, actor, id).await?;
    let dispute = open_one(tx, &job).await?;
    if dispute.side != side {
        return Err(errors::not_opener());
    }
    let course = after_withdrawal(side, dispute.came_from);
    if matches!(course, AfterWithdrawal::Approved | AfterWithdrawal::Refunded) {
        actor.must_have("wallet:write")?;
    }
    store::close(tx, &dispute.id, Status::Withdrawn).await?;
    job::emit(tx, &job, &Withdrawn { dispute_id: &dispute.id, by: side });
    job.disputed_at = None;
    match course {
        AfterWithdrawal::Work => resume(tx, &mut job, Step::Resume).await?,
        AfterWithdrawal::Judging => resume(tx, &mut job, Step::Rejudge).await?,
        AfterWithdrawal::Passed => resume(tx, &mut job, Step::Pass).await?,
        AfterWithdrawal::Rejected => resume(tx, &mut job, Step::Dispute).await?,
        AfterWithdrawal::Approved => job::approved(tx, &mut job, side.as_str()).await?,
        AfterWithdrawal::Refunded => job::refund(tx, &mut job).await?,
    }
    Ok(job)
}

async fn resume(tx: &mut Tx, job: &mut Job, step: Step) -> Result<()> {
    let from = job.step(step)?;
    job::save(tx, job, from).await
}

/// Ends the open dispute, if there is one, because the poster approved the work.
pub(crate) async fn concede(tx: &mut Tx, job: &Job) -> Result<()> {
    let Some(dispute) = store::open_one(tx, job.key).await? else { return Ok(()) };
    store::close(tx, &dispute.id, Status::Conceded).await?;
    job::emit(tx, job, &Conceded { dispute_id: &dispute.id });
    Ok(())
}

/// Loads and locks the job and returns the actor's side of it; not found for all others.
async fn party(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<(Job, Party)> {
    actor.must_have("jobs:write")?;
    job::lock(tx, id).await?;
    let job = job::visible(tx, actor, id).await?;
    let side = Party::of(&job, &actor.team).ok_or_else(|| Error::not_found("job"))?;
    Ok((job, side))
}

/// Returns the open dispute of a job.
async fn open_one(conn: &mut Conn, job: &Job) -> Result<Dispute> {
    store::open_one(conn, job.key).await?.ok_or_else(|| errors::no_dispute(job.status))
}
