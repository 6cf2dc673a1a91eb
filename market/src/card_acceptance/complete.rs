//! Completing a card acceptance once its checkout is paid.

use super::{CardAcceptance, State, events, store};
use identity::internal::member;
use identity::{Actor, session};
use kernel::id::DepositId;
use kernel::{Error, Result};
use payments::deposit::{self, Deposit};
use platform::db::Tx;
use platform::event;
use platform::mail::{self, Mail};
use platform::registry::Boxed;
use platform::timer::Timer;
use work::job;

/// The tries before the money is left in the wallet. A refusal rolls its try back, so only the next one can write that it was given up; the
/// tries before that are for failures that pass.
const TRIES_MAX: i64 = 3;

/// Accepts the application and funds the escrow. Only its timer calls this, in a transaction of its own.
pub(super) fn complete<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let id = DepositId::from(timer.subject.as_str());
        let acceptance = store::find(tx, &id).await?.ok_or_else(Error::internal)?;
        if acceptance.state != State::Open {
            return Ok(());
        }
        let deposit = deposit::show(tx, &id).await?;
        match payer(tx, &deposit).await? {
            Some(actor) if timer.attempts < TRIES_MAX => accept(tx, &actor, &acceptance).await,
            _ => give_up(tx, &deposit, &acceptance).await,
        }
    })
}

async fn accept(tx: &mut Tx, payer: &Actor, acceptance: &CardAcceptance) -> Result<()> {
    let CardAcceptance { job_id, application_id, price, .. } = acceptance;
    job::accept_and_fund(tx, payer, job_id, application_id, Some(*price)).await?;
    store::set_state(tx, &acceptance.deposit_id, State::Done).await
}

/// Returns the member who opened the checkout, acting for its team; none if they are not in it any more.
async fn payer(tx: &mut Tx, deposit: &Deposit) -> Result<Option<Actor>> {
    let Some(member) = member(tx, &deposit.member_id).await? else { return Ok(None) };
    let actor = session::actor_in(tx, &member.id, member.epoch, Some(&deposit.team_id)).await?;
    Ok(actor.filter(|actor| actor.team == deposit.team_id))
}

async fn give_up(tx: &mut Tx, deposit: &Deposit, acceptance: &CardAcceptance) -> Result<()> {
    store::set_state(tx, &acceptance.deposit_id, State::Missed).await?;
    let missed = events::Missed { job_id: &acceptance.job_id, amount: deposit.amount };
    event::emit(tx, &[&deposit.team_id], deposit.id.as_str(), &missed);
    let Some(payer) = member(tx, &deposit.member_id).await?.filter(|payer| payer.verified_at.is_some()) else { return Ok(()) };
    let base_url = tx.rules.base_url.clone();
    let text = format!(
        "Hello {},\n\nyou paid {} USD to accept an application, and meanwhile the job had moved on. Nothing was accepted; the money is in your \
         wallet.\n\n{base_url}/jobs/{}\n\nGuildhall\n{base_url}\n",
        payer.name, deposit.amount, acceptance.job_id
    );
    let subject = "Your payment is in your wallet".to_owned();
    mail::queue(tx, &Mail { to: payer.email, subject, text, unsubscribe: None }).await
}
