//! The acts and reads of messages.

use super::events::Sent;
use super::visibility::{self, Participant};
use super::{Message, OPEN_AFTER_CLOSING, Role, check, errors, preview, store};
use crate::job::{self, Access, Job};
use identity::Actor;
use kernel::id::{JobId, MessageId};
use kernel::page::Part;
use kernel::{Error, Page, Result, Time};
use platform::db::{Conn, Tx};
use platform::event;

/// Sends a message on a job, from the choice of a worker until 90 days after its end.
pub async fn send(tx: &mut Tx, actor: &Actor, id: &JobId, body: &str) -> Result<Message> {
    actor.must_have("jobs:write")?;
    // Lock the job, so that the recipients stay the same until the message is sent.
    job::lock(tx, id).await?;
    let access = job::access_of(tx, Some(actor), id).await?;
    let job = access.visible()?;
    let Participant { role, .. } = visibility::of(tx, &access).await?;
    let body = check(body)?;
    let now = tx.now;
    let worker = job.worker_team_id.clone().ok_or_else(|| errors::nobody_to_talk_to(job.status))?;
    if has_fallen_silent(job, now) {
        return Err(errors::conversation_over(job.status));
    }
    let message = MessageId::new();
    store::insert(tx, &message, job, &worker, actor, role, &body).await?;
    let said = store::find(tx, &message, &actor.team).await?.ok_or_else(Error::internal)?;
    let sent = Sent { job_id: &job.id, message_id: &message, author_role: role, preview: &preview(&body) };
    let proofers = visibility::proofers(tx, job).await?;
    let worker = Some(&worker).filter(|_| role != Role::Proofer || visibility::sealed_round(job).is_none());
    let audience: Vec<_> = [&actor.team, &job.team_id].into_iter().chain(worker).chain(&proofers).collect();
    event::emit(tx, &audience, message.as_str(), &sent);
    Ok(said)
}

/// Tells the worker of the messages that proofers sent before their round was over. The act that ends the round calls this.
pub(crate) async fn reveal(tx: &mut Tx, job: &Job) -> Result<()> {
    let Some(worker) = &job.worker_team_id else { return Ok(()) };
    for said in store::of_proofers(tx, job, worker).await? {
        let sent = Sent { job_id: &job.id, message_id: &said.id, author_role: said.role, preview: &preview(&said.body) };
        event::emit(tx, &[worker], said.id.as_str(), &sent);
    }
    Ok(())
}

/// Lists the messages on a job, newest first. The poster, and an admin who may rule on it, read all; others read those since the worker
/// was chosen.
pub async fn list(conn: &mut Conn, access: &Access<'_>, part: impl Into<Part>) -> Result<Page<Message>> {
    let (actor, part) = (access.reader()?, part.into());
    if let Some(job) = access.ruled() {
        return store::list(conn, job.key, None, None, &actor.team, &part).await;
    }
    let job = access.visible()?;
    let Participant { role, hears, sealed } = visibility::of(conn, access).await?;
    let page = store::list(conn, job.key, hears.as_ref(), sealed, &actor.team, &part).await?;
    Ok(page.map(|message| message.heard_as(role)))
}

fn has_fallen_silent(job: &Job, now: Time) -> bool {
    job.closed_at.is_some_and(|closed| closed.after(OPEN_AFTER_CLOSING) <= now)
}
