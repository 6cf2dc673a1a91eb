//! The things that bind an account.

use super::{Binding, store};
use identity::Actor;
use kernel::Result;
use platform::db::Conn;

/// Lists what keeps the actor's account from being deleted; nothing if it can be.
pub async fn binding(conn: &mut Conn, actor: &Actor) -> Result<Vec<Binding>> {
    actor.must_be_whole()?;
    store::binding(conn, &actor.member).await
}
