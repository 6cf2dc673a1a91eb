//! The table of deposits.

use super::{Deposit, Status};
use kernel::Result;
use kernel::id::DepositId;
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(tx: &mut Tx, deposit: &Deposit) -> Result<()> {
    sql("insert into deposit (id, team_id, member_id, amount, fee, status, created_at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&deposit.id)
        .bind(&deposit.team_id)
        .bind(&deposit.member_id)
        .bind(deposit.amount)
        .bind(deposit.fee)
        .bind(deposit.status.as_str())
        .bind(deposit.created_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &DepositId) -> Result<Option<Deposit>> {
    sql("select id, team_id, member_id, amount, fee, status, created_at, settled_at from deposit where id = $1")
        .bind(id)
        .optional(conn)
        .await
}

/// Closes an open checkout; false if it is closed.
pub(super) async fn settle(tx: &mut Tx, deposit: &Deposit, to: Status) -> Result<bool> {
    let settled = sql("update deposit set status = $1, settled_at = $2 where id = $3 and status = 'open'")
        .bind(to.as_str())
        .bind(deposit.settled_at)
        .bind(&deposit.id)
        .run(tx)
        .await?;
    Ok(settled == 1)
}
