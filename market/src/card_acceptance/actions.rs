//! Starting a card acceptance.

use super::{COMPLETE, CardAcceptance, State, errors, store};
use identity::Actor;
use kernel::id::{ApplicationId, JobId};
use kernel::{Money, Result};
use payments::deposit::{self, Deposit, Method, NewDeposit};
use payments::payment::Provider;
use platform::Market;
use platform::db::Tx;
use work::job;

/// Opens the checkout that pays for accepting an application: its price and the fee. Nothing is accepted until it is paid; asked again while
/// it waits, the same checkout is returned.
///
/// It begins and commits transactions of its own, because it asks the provider between them.
pub async fn start(
    market: &Market,
    provider: &dyn Provider,
    actor: &Actor,
    job: &JobId,
    application: &ApplicationId,
    back: &str,
) -> Result<Deposit> {
    let started = platform::act!(market, |tx| write(tx, provider, actor, job, application, back).await)?;
    deposit::open_started(market, provider, started).await
}

async fn write(
    tx: &mut Tx,
    provider: &dyn Provider,
    actor: &Actor,
    job: &JobId,
    application: &ApplicationId,
    back: &str,
) -> Result<Deposit> {
    actor.must_have("wallet:write")?;
    let (total, price) = cost(tx, actor, job, application).await?;
    if let Some(open) = store::open_of(tx, &actor.team, application, price).await? {
        return deposit::show(tx, &open.deposit_id).await;
    }
    let (least, most) = (tx.rules.deposit_min, tx.rules.deposit_max);
    if total < least || total > most {
        return Err(errors::not_payable_by_card(total, least, most));
    }
    let new = NewDeposit { cents: total.0, method: Method::Card, request: None, back };
    let deposit = deposit::start_then(tx, provider, actor, &new, Some(COMPLETE)).await?;
    let acceptance = CardAcceptance {
        deposit_id: deposit.id.clone(),
        job_id: job.clone(),
        application_id: application.clone(),
        price,
        state: State::Open,
    };
    store::insert(tx, &acceptance).await?;
    Ok(deposit)
}

/// Returns the sum that accepting holds, and the price in it; a refusal if the application could not be accepted now.
async fn cost(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId) -> Result<(Money, Money)> {
    // The acceptance itself decides, as it will once the money is here; it is not kept.
    let accepting = job::quote(tx, actor, id, application).await?;
    Ok((accepting.total(), accepting.price))
}
