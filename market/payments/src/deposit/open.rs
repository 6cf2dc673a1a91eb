//! Opening a deposit: the row is written first, then the provider is asked, then its answer is written. A crash in between loses
//! nothing, because the provider is asked again under the deposit's own id.

use super::{Deposit, Method, Status, actions, errors, events, store};
use crate::payment::{CheckoutRequest, Provider};
use identity::Actor;
use kernel::id::DepositId;
use kernel::{Duration, Error, Money, Result};
use platform::Market;
use platform::db::Tx;
use platform::event;
use platform::timer::{self, Timer};

/// The time in which a checkout can be paid. Providers allow a day at most, by their own clock.
const CHECKOUT_LIFE: Duration = Duration::hours(23);
/// The most deposits of a team that wait for their payer.
pub const OPEN_MAX: i64 = 100;

/// The input of a new deposit.
#[derive(Clone, Debug)]
pub struct NewDeposit<'a> {
    /// The amount in cents.
    pub cents: i64,
    /// The way of paying.
    pub method: Method,
    /// A word that stands for the request, if it may be sent again: it then finds its first deposit.
    pub request: Option<String>,
    /// The page to which the payer is sent from the deposit's own page once it is paid; an address of ours.
    pub back: &'a str,
}

/// Opens a deposit for an amount in cents and returns it with the address of its checkout. Nothing moves until it is paid.
///
/// It begins and commits transactions of its own, because it asks the provider between them.
pub async fn open(market: &Market, provider: &dyn Provider, actor: &Actor, new: &NewDeposit<'_>) -> Result<Deposit> {
    let deposit = platform::act!(market, |tx| start(tx, provider, actor, new).await)?;
    open_started(market, provider, deposit).await
}

/// Asks the provider for the checkout of a deposit that was started, unless it has one.
pub async fn open_started(market: &Market, provider: &dyn Provider, deposit: Deposit) -> Result<Deposit> {
    if deposit.checkout_url.is_some() || !deposit.status.is_under_way() {
        return Ok(deposit);
    }
    ask(market, provider, deposit).await
}

/// Writes the intent, or finds that of an earlier try. The provider is not asked yet.
pub async fn start(tx: &mut Tx, provider: &dyn Provider, actor: &Actor, new: &NewDeposit<'_>) -> Result<Deposit> {
    start_then(tx, provider, actor, new, None).await
}

/// Like [`start`]; once the deposit is paid, a timer of this kind is due whose subject is the deposit.
pub async fn start_then(
    tx: &mut Tx,
    provider: &dyn Provider,
    actor: &Actor,
    new: &NewDeposit<'_>,
    on_paid: Option<&'static str>,
) -> Result<Deposit> {
    actor.must_have("wallet:write")?;
    if let Some(request) = &new.request
        && let Some(deposit) = store::of_request(tx, &actor.team, request).await?
    {
        return Ok(deposit);
    }
    let amount = amount(tx, new.cents)?;
    if store::count_open(tx, &actor.team).await? >= OPEN_MAX {
        return Err(errors::too_many_deposits(OPEN_MAX));
    }
    let until = tx.now.after(CHECKOUT_LIFE);
    let deposit = Deposit {
        id: DepositId::new(),
        team_id: actor.team.clone(),
        member_id: actor.member.clone(),
        amount,
        fee: if provider.has_fees() { new.method.fee(&tx.rules, amount) } else { Money::ZERO },
        method: new.method,
        status: Status::Open,
        provider: provider.name().to_owned(),
        is_charge: false,
        session: None,
        payment: None,
        checkout_url: None,
        back: new.back.to_owned(),
        credited: Money::ZERO,
        changes: 0,
        created_at: tx.now,
        expires_at: Some(until),
        settled_at: None,
    };
    if !store::insert(tx, &deposit, new.request.as_deref()).await? {
        return Err(Error::try_again());
    }
    if let Some(kind) = on_paid {
        store::set_on_paid(tx, &deposit.id, kind).await?;
    }
    timer::set(tx, &Timer::new(actions::timer_of(&deposit.id), actions::EXPIRE, deposit.id.as_str(), until)).await?;
    event::emit(tx, &[&actor.team], deposit.id.as_str(), &events::Started { amount });
    Ok(deposit)
}

fn amount(tx: &Tx, cents: i64) -> Result<Money> {
    let (least, most) = (tx.rules.deposit_min, tx.rules.deposit_max);
    let amount = Money::within("amount", cents, least)?;
    if amount > most {
        return Err(Error::field("amount", format!("It is {amount}; deposit {least} to {most} USD at a time.")));
    }
    Ok(amount)
}

/// Asks the provider for the checkout of a deposit, and writes its answer.
pub(super) async fn ask(market: &Market, provider: &dyn Provider, deposit: Deposit) -> Result<Deposit> {
    let base_url = &market.rules.base_url;
    let asked = CheckoutRequest {
        deposit: deposit.id.clone(),
        amount: deposit.amount,
        fee: deposit.fee,
        method: deposit.method,
        until: deposit.expires_at.unwrap_or(deposit.created_at.after(CHECKOUT_LIFE)),
        return_url: format!("{base_url}/wallet/deposits/{}", deposit.id),
    };
    let opened = provider.open_checkout(&asked).await?;
    platform::act!(market, |tx| {
        store::set_checkout(tx, &deposit.id, &opened).await?;
        let deposit = super::show(tx, &deposit.id).await?;
        store::schedule_check(tx, &deposit).await.map(|()| deposit)
    })
}
