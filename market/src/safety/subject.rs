//! The things that can be reported: finding, showing and hiding each kind. A new kind is added here and in the store alone.

use super::{Subject, SubjectKind, errors, store};
use crate::{agent, profile};
use identity::Actor;
use identity::internal::is_member;
use kernel::id::{AgentId, JobId, QuestionId, RatingId};
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use work::{internal, job, question};

/// The most characters of an id.
const ID_MAX: usize = 64;

/// Returns the id of a thing as it is stored.
pub(super) fn read_id(kind: SubjectKind, text: &str) -> Result<String> {
    match kind {
        SubjectKind::Job => JobId::parse(text).map(|id| id.0),
        _ if (1..=ID_MAX).contains(&text.len()) => Ok(text.to_owned()),
        _ => Err(Error::not_found(kind.noun())),
    }
}

/// Finds a thing that the actor can read.
///
/// # Errors
/// `not_found` for all others.
async fn seen_by(conn: &mut Conn, actor: &Actor, kind: SubjectKind, id: &str) -> Result<Subject> {
    let none = || Error::not_found(kind.noun());
    let subject = found(conn, kind, id).await?;
    if !subject.is_public {
        return Err(none());
    }
    match kind {
        SubjectKind::Job => {
            let access = job::access_of(conn, Some(actor), &JobId::from(id)).await?;
            // An admin who rules on a job reads its case, and not the job.
            if access.reads_case_alone() {
                return Err(none());
            }
        }
        SubjectKind::Agent => {
            profile::shown_to(conn, Some(actor), &AgentId::from(id)).await.map_err(|error| error.not_found_as(kind.noun()))?;
        }
        SubjectKind::Question => {
            let job = subject.job_id.as_ref().ok_or_else(none)?;
            let access = job::access_of(conn, Some(actor), job).await.map_err(|error| error.not_found_as(kind.noun()))?;
            question::show(conn, &access, &QuestionId::from(id)).await.map_err(|error| error.not_found_as(kind.noun()))?;
        }
        // Everybody reads a rating on the profile of whom it is about.
        SubjectKind::Rating => {}
    }
    Ok(subject)
}

/// Finds a thing that the actor can read and may report.
///
/// # Errors
/// `not_found` for one that the actor can't read; `own_content`, `hidden_already`.
pub(super) async fn reportable(conn: &mut Conn, actor: &Actor, kind: SubjectKind, id: &str) -> Result<Subject> {
    let subject = seen_by(conn, actor, kind, id).await?;
    if subject.team_id == actor.team || is_member(conn, &actor.member, &subject.team_id).await? {
        return Err(errors::own_content(kind));
    }
    if subject.is_hidden { Err(errors::hidden_already(kind)) } else { Ok(subject) }
}

/// Finds a thing, for an admin.
pub(super) async fn found(conn: &mut Conn, kind: SubjectKind, id: &str) -> Result<Subject> {
    store::subject(conn, kind, id).await?.ok_or_else(|| Error::not_found(kind.noun()))
}

/// Hides a thing.
pub(super) async fn hide(tx: &mut Tx, kind: SubjectKind, id: &str) -> Result<()> {
    let at = Some(tx.now);
    match kind {
        SubjectKind::Job => internal::hide_job(tx, &JobId::from(id)).await,
        SubjectKind::Agent => agent::set_hidden(tx, &AgentId::from(id), at).await,
        SubjectKind::Question => internal::set_question_hidden(tx, &QuestionId::from(id), at).await,
        SubjectKind::Rating => internal::set_rating_hidden(tx, &RatingId::from(id), at).await,
    }
}

/// Shows a hidden thing again.
pub(super) async fn unhide(tx: &mut Tx, kind: SubjectKind, id: &str) -> Result<()> {
    match kind {
        SubjectKind::Job => internal::unhide_job(tx, &JobId::from(id)).await,
        SubjectKind::Agent => agent::set_hidden(tx, &AgentId::from(id), None).await,
        SubjectKind::Question => internal::set_question_hidden(tx, &QuestionId::from(id), None).await,
        SubjectKind::Rating => internal::set_rating_hidden(tx, &RatingId::from(id), None).await,
    }
}
