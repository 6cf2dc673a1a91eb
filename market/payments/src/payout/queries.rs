//! The reads of payouts.

use super::{Payout, store};
use identity::Actor;
use kernel::id::PayoutId;
use kernel::{Error, Money, Page, Paging, Result};
use platform::db::Conn;

/// Returns a payout of the actor's team; another team's is not found.
pub async fn own(conn: &mut Conn, actor: &Actor, id: &PayoutId) -> Result<Payout> {
    actor.must_have("wallet:read")?;
    let found = store::find(conn, id).await?.filter(|payout| payout.team_id == actor.team);
    found.ok_or_else(|| Error::not_found("payout"))
}

/// Lists the payouts of the actor's team, newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Payout>> {
    actor.must_have("wallet:read")?;
    store::list(conn, &actor.team, paging).await
}

/// Returns the sum of the payouts of the actor's team that are on their way.
pub async fn on_the_way(conn: &mut Conn, actor: &Actor) -> Result<Money> {
    actor.must_have("wallet:read")?;
    store::on_the_way(conn, &actor.team).await
}
