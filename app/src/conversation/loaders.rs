//! The reads of messages and ratings for a job's page.

use super::{Conversation, ConversationView};
use market::db::Conn;
use market::job::{Access, Role, Status, View};
use market::{Paging, Result, message, notification, rating};

/// The number of messages on a page.
const PAGE: i64 = 20;

/// Loads the messages and ratings that the actor may see; `offset` is the offset of the messages.
pub(crate) async fn of(conn: &mut Conn, access: &Access<'_>, view: &View, offset: i64) -> Result<Conversation> {
    let side = matches!(view.role, Role::Poster | Role::Worker);
    let mut talk = Conversation::default();
    if side || view.role == Role::Proofer {
        talk.heard = match message::list(conn, access, Paging::new(Some(PAGE), Some(offset))?).await {
            Ok(said) => Some(ConversationView::Said(said)),
            Err(error) if error.code == "blind_review" => Some(ConversationView::Blind(error.message.into_owned())),
            Err(error) => return Err(error),
        };
    }
    if let (Some(ConversationView::Said(_)), Ok(actor)) = (&talk.heard, access.reader())
        && actor.may("users:read")
    {
        talk.unread = notification::unread_messages(conn, actor, &view.job.id).await?;
    }
    if side && view.job.status == Status::Completed {
        talk.ratings = Some(rating::list(conn, access).await?);
    }
    Ok(talk)
}
