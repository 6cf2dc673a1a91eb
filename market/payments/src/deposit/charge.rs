//! Charges of saved cards: deposits that no page is opened for.

use super::{Deposit, Method, Status, actions, events, store};
use crate::refill::Refill;
use kernel::id::{DepositId, TeamId};
use kernel::{Error, Money, Result, Time};
use platform::db::{Conn, Tx};
use platform::event;
use platform::timer::{self, Timer};

/// Writes the deposit of a charge that an automatic refill asks for. The provider is not asked yet.
pub(crate) async fn begin_charge(tx: &mut Tx, id: DepositId, refill: &Refill, has_fees: bool, until: Time) -> Result<Deposit> {
    let deposit = Deposit {
        id,
        team_id: refill.team_id.clone(),
        member_id: refill.member_id.clone(),
        amount: refill.amount,
        fee: if has_fees { Method::Card.fee(&tx.rules, refill.amount) } else { Money::ZERO },
        method: Method::Card,
        status: Status::Open,
        provider: refill.provider.clone(),
        is_charge: true,
        session: None,
        payment: None,
        checkout_url: None,
        back: String::new(),
        credited: Money::ZERO,
        changes: 0,
        created_at: tx.now,
        expires_at: Some(until),
        settled_at: None,
    };
    if !store::insert(tx, &deposit, None).await? {
        return Err(Error::try_again());
    }
    timer::set(tx, &Timer::new(actions::timer_of(&deposit.id), actions::EXPIRE, deposit.id.as_str(), until)).await?;
    event::emit(tx, &[&deposit.team_id], deposit.id.as_str(), &events::Started { amount: deposit.amount });
    Ok(deposit)
}

/// Lists the last charges of a team, newest first.
pub(crate) async fn charges(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<Deposit>> {
    store::charges(conn, team, limit).await
}
