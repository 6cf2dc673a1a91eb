//! The table of card acceptances.

use super::{CardAcceptance, State};
use kernel::Result;
use kernel::id::{ApplicationId, DepositId};
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(tx: &mut Tx, acceptance: &CardAcceptance) -> Result<()> {
    sql("insert into card_acceptance (deposit_id, job_id, application_id, price, state) values ($1, $2, $3, $4, $5)")
        .bind(&acceptance.deposit_id)
        .bind(&acceptance.job_id)
        .bind(&acceptance.application_id)
        .bind(acceptance.price)
        .bind(acceptance.state.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, deposit: &DepositId) -> Result<Option<CardAcceptance>> {
    sql("select deposit_id, job_id, application_id, price, state from card_acceptance where deposit_id = $1")
        .bind(deposit)
        .optional(conn)
        .await
}

/// Lists the acceptances of an application that wait for their payment.
pub(super) async fn open_of(conn: &mut Conn, application: &ApplicationId) -> Result<Vec<CardAcceptance>> {
    sql("select deposit_id, job_id, application_id, price, state from card_acceptance where application_id = $1 and state = 'open'")
        .bind(application)
        .all(conn)
        .await
}

pub(super) async fn set_state(tx: &mut Tx, deposit: &DepositId, state: State) -> Result<()> {
    sql("update card_acceptance set state = $1 where deposit_id = $2").bind(state.as_str()).bind(deposit).run(tx).await?;
    Ok(())
}
