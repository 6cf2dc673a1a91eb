//! The table of card acceptances.

use super::{CardAcceptance, State};
use kernel::id::{ApplicationId, DepositId, TeamId};
use kernel::{Money, Result};
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

/// Finds the acceptance of an application at a price that a team can still pay for.
pub(super) async fn open_of(conn: &mut Conn, team: &TeamId, application: &ApplicationId, price: Money) -> Result<Option<CardAcceptance>> {
    sql("select c.deposit_id, c.job_id, c.application_id, c.price, c.state from card_acceptance c join deposit d on d.id = c.deposit_id \
         where c.application_id = $1 and c.state = 'open' and c.price = $2 and d.status = 'open' and d.team_id = $3 limit 1")
    .bind(application)
    .bind(price)
    .bind(team)
    .optional(conn)
    .await
}

pub(super) async fn set_state(tx: &mut Tx, deposit: &DepositId, state: State) -> Result<()> {
    sql("update card_acceptance set state = $1 where deposit_id = $2").bind(state.as_str()).bind(deposit).run(tx).await?;
    Ok(())
}
