//! The acts on notifications. They are a person's own, whatever team the person acts for.

use super::{Choice, Delivery, KEPT_FOR, Kind, Notification, store};
use identity::{Actor, team};
use kernel::id::{JobId, NotificationId};
use kernel::text::Word;
use kernel::{Error, Result};
use platform::SWEEP_BATCH;
use platform::db::Tx;

/// Marks one of the actor's notifications as read.
pub async fn mark_read(tx: &mut Tx, actor: &Actor, id: &NotificationId) -> Result<()> {
    actor.must_have("users:write")?;
    if store::read(tx, &actor.member, id).await? { Ok(()) } else { Err(Error::not_found("notification")) }
}

/// Marks one of the actor's notifications as read, and returns it, if the actor is still in its team.
pub async fn open(tx: &mut Tx, actor: &Actor, id: &NotificationId) -> Result<Notification> {
    actor.must_have("users:write")?;
    let told = store::find(tx, &actor.member, id).await?.ok_or_else(|| Error::not_found("notification"))?;
    team::one_of_mine(tx, actor, &told.team_id).await?;
    store::read(tx, &actor.member, id).await?;
    Ok(told)
}

/// Marks all of the actor's notifications as read.
pub async fn mark_all_read(tx: &mut Tx, actor: &Actor) -> Result<()> {
    actor.must_have("users:write")?;
    store::read_all(tx, &actor.member).await
}

/// Marks the actor's notifications of messages on a job as read.
pub async fn mark_messages_read(tx: &mut Tx, actor: &Actor, job: &JobId) -> Result<()> {
    actor.must_have("users:write")?;
    store::read_of(tx, &actor.member, job, Kind::Message).await
}

/// Stores how the actor wants each of these kinds by mail.
pub async fn choose(tx: &mut Tx, actor: &Actor, choices: &[Choice]) -> Result<()> {
    actor.must_have("users:write")?;
    for choice in choices {
        store::choose(tx, &actor.member, choice.kind, choice.delivery).await?;
    }
    Ok(())
}

/// Stops mails of one kind, or with the word `daily` all daily ones. The secret of the link in a mail is the permission.
///
/// # Errors
/// `not_found` for a link that no mail had; an unknown kind.
pub async fn unsubscribe(tx: &mut Tx, secret: &str, kind: &str) -> Result<()> {
    let kinds = if kind == "daily" { None } else { Some(Kind::read("kind", kind)?) };
    let member = store::stopped_by(tx, secret).await?.ok_or_else(|| Error::not_found("link"))?;
    let made = store::choices(tx, &member).await?;
    let stopped = Choice::complete(&made).into_iter().filter(|choice| match kinds {
        Some(kind) => choice.kind == kind,
        None => choice.delivery == Delivery::Daily,
    });
    for choice in stopped {
        store::choose(tx, &member, choice.kind, Delivery::Never).await?;
    }
    Ok(())
}

/// Deletes notifications that were last told more than [`KEPT_FOR`] ago, unless their move still waits; a batch at a time, and
/// returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let since = tx.now.before(KEPT_FOR);
    store::delete_old(tx, since, SWEEP_BATCH).await
}
