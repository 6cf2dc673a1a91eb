//! The acts and reads of messages.

use super::events::Sent;
use super::visibility::{self, Participant};
use super::{Message, OPEN_AFTER_CLOSING, check, errors, preview, store};
use crate::dispute;
use crate::job::{self, Job};
use identity::Actor;
use kernel::id::{JobId, MessageId};
use kernel::{Error, Page, Paging, Result, Time};
use platform::db::{Conn, Tx};
use platform::event;

/// Sends a message on a job, from the choice of a worker until 90 days after its end.
pub async fn send(tx: &mut Tx, actor: &Actor, id: &JobId, body: &str) -> Result<Message> {
    actor.must_have("jobs:write")?;
    // Lock the job, so that the recipients stay the same until the message is sent.
    job::lock(tx, id).await?;
    let (job, Participant { role, hears: _ }) = listen(tx, actor, id).await?;
    let body = check(body)?;
    let now = tx.now;
    let worker = job.worker_team_id.clone().ok_or_else(|| errors::nobody_to_talk_to(job.status))?;
    if has_fallen_silent(&job, now) {
        return Err(errors::conversation_over(job.status));
    }
    let message = MessageId::new();
    store::insert(tx, &message, &job.id, &worker, actor, role, &body).await?;
    let said = store::find(tx, &message, &actor.team).await?.ok_or_else(Error::internal)?;
    let sent = Sent { job_id: &job.id, message_id: &message, author_role: role, preview: &preview(&body) };
    let proofers = visibility::proofers(tx, &job).await?;
    let audience: Vec<_> = [&actor.team, &job.team_id, &worker].into_iter().chain(&proofers).collect();
    event::emit(tx, &audience, message.as_str(), &sent);
    Ok(said)
}

/// Lists the messages on a job, newest first. The poster, and an admin who may rule on it, read all; others read those since the worker
/// was chosen.
pub async fn list(conn: &mut Conn, actor: &Actor, id: &JobId, paging: Paging) -> Result<Page<Message>> {
    actor.must_have("jobs:read")?;
    if let Some(job) = dispute::to_rule_on(conn, actor, id).await? {
        return store::list(conn, &job.id, None, &actor.team, paging).await;
    }
    let (job, Participant { role, hears }) = listen(conn, actor, id).await?;
    let page = store::list(conn, &job.id, hears.as_ref(), &actor.team, paging).await?;
    Ok(page.map(|message| message.heard_as(role)))
}

async fn listen(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<(Job, Participant)> {
    let job = job::visible(conn, actor, id).await?;
    let listener = visibility::of(conn, actor, &job).await?;
    Ok((job, listener))
}

fn has_fallen_silent(job: &Job, now: Time) -> bool {
    job.closed_at.is_some_and(|closed| closed.after(OPEN_AFTER_CLOSING) <= now)
}
