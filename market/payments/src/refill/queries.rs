//! The reads of automatic refill.

use super::{Refill, charge, store};
use crate::deposit::Deposit;
use identity::Actor;
use kernel::{Money, Result};
use platform::db::Conn;

/// The number of charges that a page lists.
const CHARGES_SHOWN: i64 = 20;

/// Returns the automatic refill of the actor's team, with what was charged this month; none if it was never set up.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Option<(Refill, Money)>> {
    actor.must_have("wallet:read")?;
    let Some(refill) = store::find(conn, &actor.team).await? else { return Ok(None) };
    let month = charge::month_of(conn.now);
    let charged = store::charged_since(conn, &actor.team, month).await?.amount;
    Ok(Some((refill, charged)))
}

/// Lists the last charges of the actor's team, newest first.
pub async fn charges(conn: &mut Conn, actor: &Actor) -> Result<Vec<Deposit>> {
    actor.must_have("wallet:read")?;
    crate::deposit::charges(conn, &actor.team, CHARGES_SHOWN).await
}
