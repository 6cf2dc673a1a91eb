//! The reads of deposits.

use super::{Deposit, store};
use identity::Actor;
use kernel::id::DepositId;
use kernel::{Error, Money, Page, Paging, Result};
use platform::db::Conn;
use serde::{Deserialize, Serialize};

/// The deposits of a team that a bank was asked for: money that is on its way, and not in the wallet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnderWay {
    /// The number of them.
    pub count: i64,
    /// The sum of their amounts.
    pub amount: Money,
}

/// Returns a deposit. The unguessable id is the permission, as with any provider's checkout page.
pub async fn show(conn: &mut Conn, id: &DepositId) -> Result<Deposit> {
    store::find(conn, id).await?.ok_or_else(|| Error::not_found("checkout"))
}

/// Returns a deposit of the actor's team; another team's is not found.
pub async fn own(conn: &mut Conn, actor: &Actor, id: &DepositId) -> Result<Deposit> {
    actor.must_have("wallet:read")?;
    let deposit = store::find(conn, id).await?.filter(|deposit| deposit.team_id == actor.team);
    deposit.ok_or_else(|| Error::not_found("checkout"))
}

/// Lists the deposits of the actor's team, newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Deposit>> {
    actor.must_have("wallet:read")?;
    store::list(conn, &actor.team, paging).await
}

/// Returns the deposits of the actor's team that a bank was asked for.
pub async fn under_way(conn: &mut Conn, actor: &Actor) -> Result<UnderWay> {
    actor.must_have("wallet:read")?;
    store::under_way(conn, &actor.team).await
}
