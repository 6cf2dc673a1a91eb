//! Saying something and reading what was said.

use super::events::Sent;
use super::hearing::{self, Listener};
use super::{Message, OPEN_AFTER_CLOSING, check, errors, preview, store};
use crate::db::{Conn, Tx};
use crate::id::{JobId, MessageId};
use crate::job::{self, Job};
use crate::{Actor, Error, Page, Paging, Result, Time, dispute, event};

/// Says something on a job, from the choice of a worker until 90 days after its end.
pub async fn send(tx: &mut Tx, actor: &Actor, id: &JobId, body: &str) -> Result<Message> {
    actor.must_have("jobs:write")?;
    // Whoever may hear it now is still the one when it is sent.
    job::lock(tx, id).await?;
    let (job, Listener { role, hears: _ }) = listen(tx, actor, id).await?;
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
    let proofers = hearing::proofers(tx, &job).await?;
    let audience: Vec<_> = [&actor.team, &job.team_id, &worker].into_iter().chain(&proofers).collect();
    event::emit(tx, &audience, message.as_str(), &sent);
    Ok(said)
}

/// What was said on a job, the newest first. The poster reads all of it, as does an admin who has to rule on it; others what was
/// said since the worker was chosen.
pub async fn list(conn: &mut Conn, actor: &Actor, id: &JobId, paging: Paging) -> Result<Page<Message>> {
    actor.must_have("jobs:read")?;
    if let Some(job) = dispute::to_rule_on(conn, actor, id).await? {
        return store::list(conn, &job.id, None, &actor.team, paging).await;
    }
    let (job, Listener { role, hears }) = listen(conn, actor, id).await?;
    let page = store::list(conn, &job.id, hears.as_ref(), &actor.team, paging).await?;
    Ok(page.map(|message| message.heard_as(role)))
}

async fn listen(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<(Job, Listener)> {
    let job = job::visible(conn, actor, id).await?;
    let listener = hearing::of(conn, actor, &job).await?;
    Ok((job, listener))
}

fn has_fallen_silent(job: &Job, now: Time) -> bool {
    job.closed_at.is_some_and(|closed| closed.after(OPEN_AFTER_CLOSING) <= now)
}
