//! The reads of payouts.

use super::{Payable, Payout, payable as part, store};
use identity::Actor;
use kernel::id::PayoutId;
use kernel::{Error, Money, Page, Paging, Result};
use platform::db::Conn;
use platform::ledger::{self, Account};

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

/// Returns the part of the actor's wallet that can be paid out.
pub async fn payable(conn: &mut Conn, actor: &Actor) -> Result<Payable> {
    actor.must_have("wallet:read")?;
    let available = ledger::balance(conn, &Account::wallet(&actor.team)).await?;
    part::of(conn, &actor.team, available).await
}

/// Returns the sum of the payouts of the actor's team that are on their way.
pub async fn on_the_way(conn: &mut Conn, actor: &Actor) -> Result<Money> {
    actor.must_have("wallet:read")?;
    store::on_the_way(conn, &actor.team).await
}
