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

/// The application that a poster chooses.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The application.
    pub application: &'a ApplicationId,
    /// The price that the poster read; none for any price.
    pub seen: Option<Money>,
}

/// Opens the checkout that pays for accepting an application: its price and the fee. Nothing is accepted until it is paid; asked
/// again while it waits, the same checkout is returned.
///
/// It begins and commits transactions of its own, because it asks the provider between them.
pub async fn start(
    market: &Market,
    provider: &dyn Provider,
    actor: &Actor,
    job: &JobId,
    chosen: Chosen<'_>,
    back: &str,
) -> Result<Deposit> {
    let started = platform::act!(market, |tx| write(tx, provider, actor, job, chosen, back).await)?;
    deposit::open_started(market, provider, started).await
}

async fn write(tx: &mut Tx, provider: &dyn Provider, actor: &Actor, job: &JobId, chosen: Chosen<'_>, back: &str) -> Result<Deposit> {
    actor.must_have("wallet:write")?;
    let (total, price) = cost(tx, actor, job, chosen).await?;
    if let Some(open) = store::open_of(tx, &actor.team, chosen.application, price).await? {
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
        application_id: chosen.application.clone(),
        price,
        state: State::Open,
    };
    store::insert(tx, &acceptance).await?;
    Ok(deposit)
}

/// Returns the sum that accepting holds, and the price in it; a refusal if the application could not be accepted now.
async fn cost(tx: &mut Tx, actor: &Actor, id: &JobId, chosen: Chosen<'_>) -> Result<(Money, Money)> {
    // The acceptance itself decides, as it will once the money is here; it is not kept.
    let accepting = job::quote(tx, actor, id, chosen.application, chosen.seen).await?;
    Ok((accepting.total(), accepting.price))
}
