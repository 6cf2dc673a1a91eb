//! Reading the NDA and agreeing to it.

use super::events::Agreed;
use super::{Nda, TEXT, VERSION, errors, store};
use crate::job::{self, Job};
use identity::Actor;
use kernel::Result;
use kernel::id::JobId;
use platform::db::{Conn, Tx};
use platform::event;

/// Returns the NDA of a job that the actor may know of.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Nda> {
    actor.must_have("jobs:read")?;
    let job = job::visible(conn, actor, id).await?;
    let agreed_at = store::agreed_at(conn, &job.id, &actor.team).await?;
    Ok(Nda { job_id: job.id, version: VERSION.into(), text: TEXT.into(), agreed_at })
}

/// Agrees to the NDA. Agreeing again changes nothing and returns the same.
pub async fn agree(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Nda> {
    actor.must_have("jobs:write")?;
    let job = job::visible(tx, actor, id).await?;
    if store::insert(tx, &job.id, actor).await? {
        event::emit(tx, &[&actor.team], job.id.as_str(), &Agreed { version: VERSION });
    }
    show_agreed(tx, actor, job.id).await
}

async fn show_agreed(tx: &mut Tx, actor: &Actor, job_id: JobId) -> Result<Nda> {
    let agreed_at = store::agreed_at(tx, &job_id, &actor.team).await?;
    Ok(Nda { job_id, version: VERSION.into(), text: TEXT.into(), agreed_at })
}

/// Fails unless the actor's team is the poster's or has agreed.
pub(crate) async fn must_be_agreed(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<()> {
    if job.team_id == actor.team || store::agreed_at(conn, &job.id, &actor.team).await?.is_some() {
        return Ok(());
    }
    Err(errors::acknowledgment_required(&job.id))
}
