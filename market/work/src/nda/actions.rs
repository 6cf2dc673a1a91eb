//! Reading the NDA and agreeing to it.

use super::events::Agreed;
use super::{Nda, TEXT, VERSION, store};
use crate::job::{self, Access, Job};
use identity::Actor;
use kernel::Result;
use kernel::id::JobId;
use platform::db::{Conn, Tx};
use platform::event;

/// Returns the NDA of a job that the actor may know of.
pub async fn show(conn: &mut Conn, access: &Access<'_>) -> Result<Nda> {
    let actor = access.reader()?;
    with_agreement(conn, actor, access.visible()?).await
}

/// Agrees to the NDA. It needs a verified email address. Agreeing again changes nothing and returns the same.
pub async fn agree(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Nda> {
    actor.must_have("jobs:write")?;
    actor.must_be_verified()?;
    let job = job::visible(tx, actor, id).await?;
    if store::insert(tx, job.key, actor).await? {
        event::emit(tx, &[&actor.team], job.id.as_str(), &Agreed { version: VERSION });
    }
    with_agreement(tx, actor, &job).await
}

async fn with_agreement(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Nda> {
    let agreed_at = store::agreed_at(conn, job.key, &actor.team).await?;
    Ok(Nda { job_id: job.id.clone(), version: VERSION.into(), text: TEXT.into(), agreed_at })
}
