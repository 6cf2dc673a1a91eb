//! The acts of disputes: open, answer, add evidence, withdraw.

use super::events::{Answered, Conceded, EvidenceAdded, Opened, Withdrawn};
use super::store::{self, Opening};
use super::{
    AfterWithdrawal, Case, Dispute, EVIDENCE_MAX, Evidence, NewEvidence, OPENED_MAX, Statement, Status, after_withdrawal, errors, queries,
};
use crate::deliverable;
use crate::file::{self, File, Kind};
use crate::job::{self, Approver, Job, Rejection, Step};
use crate::party::Party;
use identity::Actor;
use kernel::id::{DisputeId, EvidenceId, JobId};
use kernel::text::Word;
use kernel::{Duration, Error, Result};
use platform::db::{Conn, Tx};

/// Opens a dispute on a job whose money is held, from its funding until its release. Either side may, but not during a review,
/// whose consensus comes first; a poster who approved the work has to name a new fact.
pub async fn open(tx: &mut Tx, actor: &Actor, id: &JobId, statement: &Statement) -> Result<Case> {
    let (mut job, side) = party(tx, actor, id).await?;
    let statement = statement.check()?;
    let (from, said) = (job.status, poster_said(&job).filter(|_| side == Party::Worker));
    step(&mut job)?;
    let new_fact = statement.new_fact(side == Party::Poster && job.approved_by == Some(Approver::Poster))?;
    let opening = Opening { side, by_rejection: false, new_fact, statement: &statement.statement, answer: said.as_deref() };
    let dispute = begin(tx, actor, &mut job, from, &opening).await?;
    for exhibit in &statement.evidence {
        add(tx, actor, &job, &dispute, side, exhibit).await?;
    }
    job::emit(tx, &job, &Opened { dispute_id: &dispute, by: side, statement: &statement.statement, reason: None, new_fact });
    queries::case_of(tx, actor, &job).await
}

/// Opens a dispute because the poster rejected work that the proofers had approved. The job has taken its step.
pub(crate) async fn open_by_rejection(tx: &mut Tx, job: &mut Job, from: job::Status, actor: &Actor, rejection: &Rejection) -> Result<()> {
    let statement = format!("{}: {}", rejection.reason.spoken(), rejection.message);
    let opening = Opening { side: Party::Poster, by_rejection: true, new_fact: None, statement: &statement, answer: None };
    let dispute = begin(tx, actor, job, from, &opening).await?;
    let reason = Some(rejection.reason);
    job::emit(tx, job, &Opened { dispute_id: &dispute, by: Party::Poster, statement: &statement, reason, new_fact: None });
    Ok(())
}

/// Returns the poster's word on the work: the message of a rejection or of a request for a revision, unless the proofers gave it.
fn poster_said(job: &Job) -> Option<String> {
    let spoke = matches!(job.status, job::Status::Rejected | job::Status::RevisionRequested) && job.consensus().is_none();
    job.reason.clone().filter(|_| spoke)
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

/// Stores the dispute; the job then waits for a ruling. Its timer stops: the dispute notes how much time was left.
async fn begin(tx: &mut Tx, actor: &Actor, job: &mut Job, from: job::Status, opening: &Opening<'_>) -> Result<DisputeId> {
    if store::opened(tx, job.key, opening.side).await? >= OPENED_MAX {
        return Err(errors::disputes_used_up());
    }
    let time_left = job.due_at.map_or(Duration::ZERO, |at| at.since(tx.now).max(Duration::ZERO));
    job.disputed_at = Some(tx.now);
    job::save(tx, job, from).await?;
    let id = DisputeId::new();
    let due_at = tx.now.after(tx.rules.ruling_window);
    let facts = store::NewDispute { opening, came_from: from, versions: deliverable::count(tx, job.key).await?, time_left, due_at };
    store::insert(tx, &id, job.key, actor, &facts).await?;
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

impl AfterWithdrawal {
    /// Fails unless the actor's role allows a withdrawal that leads to this: some of them move money.
    pub(super) fn must_be_allowed(self, actor: &Actor) -> Result<()> {
        match self {
            AfterWithdrawal::Approved | AfterWithdrawal::Refunded => actor.must_have("wallet:write"),
            _ => actor.must_have("jobs:write"),
        }
    }
}

/// Takes a dispute back before its ruling; only the side that opened it may. [`after_withdrawal`] decides the job's next status.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    let (mut job, side) = party(tx, actor, id).await?;
    let dispute = open_one(tx, &job).await?;
    if dispute.side != side {
        return Err(errors::not_opener());
    }
    let versions = deliverable::count(tx, job.key).await?;
    let course = after_withdrawal(side, dispute.came_from, dispute.is_before(versions));
    course.must_be_allowed(actor)?;
    store::close(tx, &dispute.id, Status::Withdrawn, None).await?;
    job::emit(tx, &job, &Withdrawn { dispute_id: &dispute.id, by: side });
    go_on(tx, &mut job, &dispute, course).await?;
    Ok(job)
}

/// Lets a job go on whose dispute ended without a ruling. A status that it returns to has as much time as was left when it was disputed.
pub(super) async fn go_on(tx: &mut Tx, job: &mut Job, dispute: &Dispute, course: AfterWithdrawal) -> Result<()> {
    job.disputed_at = None;
    let step = match course {
        AfterWithdrawal::Work => Step::Resume,
        AfterWithdrawal::Revision => Step::SendBack,
        AfterWithdrawal::Judging => Step::Rejudge,
        AfterWithdrawal::Passed => Step::Pass,
        AfterWithdrawal::Rejected => Step::Fail,
        AfterWithdrawal::HandOver => {
            let from = job.step(Step::Rejudge)?;
            return job::hand_over(tx, job, from).await;
        }
        AfterWithdrawal::Approved => return job::approved(tx, job, Approver::Poster).await,
        AfterWithdrawal::Releasing => {
            let by = job.approved_by.unwrap_or(Approver::Timer);
            return job::approve_until(tx, job, by, Some(dispute.time_left)).await;
        }
        AfterWithdrawal::Refunded => return job::refund(tx, job).await,
    };
    let from = job.step(step)?;
    // After a call-off the time that was left was for objecting, not for the work.
    let left = (!dispute.objects_to_call_off()).then_some(dispute.time_left);
    job::save_with(tx, job, from, left).await
}

/// Ends the open dispute, if there is one, because the poster approved the work.
pub(crate) async fn concede(tx: &mut Tx, job: &Job) -> Result<()> {
    let Some(dispute) = store::open_one(tx, job.key).await? else { return Ok(()) };
    store::close(tx, &dispute.id, Status::Conceded, None).await?;
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
