//! Setting up an automatic refill, and the card that it charges.

use super::{PAGE_LIFE, Refill, State, errors, events, letter, store};
use crate::payment::{self, CardNews, CardRequest, Provider, TestCard};
use identity::Actor;
use identity::internal::record_audit;
use kernel::id::TeamId;
use kernel::{Error, Money, Result};
use platform::Market;
use platform::db::{Conn, Tx};
use platform::event;

/// The input of an automatic refill, amounts in cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefill {
    /// The available balance below which the card is charged.
    pub threshold: i64,
    /// The amount that the wallet gains by one charge.
    pub amount: i64,
    /// The most that is charged in a month; none for no limit.
    pub monthly_limit: Option<i64>,
    /// False keeps the settings without charging.
    pub is_enabled: bool,
}

/// Writes the settings. If no card is saved, the provider's page that saves one is opened and returned with them.
///
/// It begins and commits transactions of its own, because it asks the provider between them.
pub async fn set_up(market: &Market, provider: &dyn Provider, actor: &Actor, new: &NewRefill) -> Result<Refill> {
    let refill = platform::act!(market, |tx| write(tx, provider, actor, new).await)?;
    with_page(market, provider, refill).await
}

/// Opens a page for another card. The saved one is charged until another is saved there.
pub async fn change_card(market: &Market, provider: &dyn Provider, actor: &Actor) -> Result<Refill> {
    let refill = platform::act!(market, |tx| {
        actor.must_have("wallet:write")?;
        let refill = own(tx, &actor.team).await?;
        end_old_page(tx, refill).await
    })?;
    match refill.page {
        Some(_) => Ok(refill),
        None => open_page(market, provider, refill).await,
    }
}

async fn own(tx: &mut Tx, team: &TeamId) -> Result<Refill> {
    store::find(tx, team).await?.ok_or_else(errors::no_refill)
}

async fn write(tx: &mut Tx, provider: &dyn Provider, actor: &Actor, new: &NewRefill) -> Result<Refill> {
    actor.must_have("wallet:write")?;
    actor.must_be_verified()?;
    let (least, most) = (tx.rules.deposit_min, tx.rules.deposit_max);
    let amount = Money::within("amount", new.amount, least)?;
    if amount > most {
        return Err(Error::field("amount", format!("It is {amount}; charge {least} to {most} USD at a time.")));
    }
    let threshold = Money(new.threshold);
    if threshold <= Money::ZERO || threshold > most {
        return Err(errors::threshold_out_of_bounds(most));
    }
    let monthly_limit = new.monthly_limit.map(Money);
    if monthly_limit.is_some_and(|limit| limit < amount) {
        return Err(errors::limit_below_amount(amount));
    }
    let refill = Refill {
        team_id: actor.team.clone(),
        member_id: actor.member.clone(),
        threshold,
        amount,
        monthly_limit,
        is_enabled: new.is_enabled,
        off_reason: None,
        provider: provider.name().to_owned(),
        customer: None,
        card: None,
        card_label: None,
        pages: 0,
        page: None,
        page_url: None,
        page_until: None,
        low_since: None,
        charging: None,
        paused_until: None,
        updated_at: tx.now,
    };
    store::write(tx, &refill).await?;
    let changed = events::Changed { threshold, amount, monthly_limit, is_enabled: new.is_enabled };
    record_audit(tx, actor, actor.team.as_str(), &changed);
    let refill = own(tx, &actor.team).await?;
    end_old_page(tx, refill).await
}

/// Forgets the open page if its time is over: nobody can save a card on it any more.
async fn end_old_page(tx: &mut Tx, refill: Refill) -> Result<Refill> {
    if refill.page_until.is_some_and(|until| until <= tx.now) {
        store::end_page(tx, &refill.team_id, None).await?;
        return own(tx, &refill.team_id).await;
    }
    Ok(refill)
}

async fn with_page(market: &Market, provider: &dyn Provider, refill: Refill) -> Result<Refill> {
    if refill.needs_page() { open_page(market, provider, refill).await } else { Ok(refill) }
}

async fn open_page(market: &Market, provider: &dyn Provider, refill: Refill) -> Result<Refill> {
    let asked = CardRequest {
        team: refill.team_id.clone(),
        key: format!("card:{}:{}", refill.team_id, refill.pages),
        return_url: format!("{}/wallet/refill", market.rules.base_url),
    };
    let opened = provider.open_card_page(&asked).await?;
    platform::act!(market, |tx| {
        let until = tx.now.after(PAGE_LIFE);
        store::set_page(tx, &refill, &opened, until).await?;
        own(tx, &refill.team_id).await
    })
}

/// Switches the charges off; settings and card stay. A charge that is under way goes on.
pub async fn switch_off(tx: &mut Tx, actor: &Actor) -> Result<Refill> {
    actor.must_have("wallet:write")?;
    let refill = own(tx, &actor.team).await?;
    if refill.state(tx.now) == State::Off {
        return Ok(refill);
    }
    store::switch_off(tx, &actor.team, None).await?;
    let Refill { threshold, amount, monthly_limit, .. } = refill;
    record_audit(tx, actor, actor.team.as_str(), &events::Changed { threshold, amount, monthly_limit, is_enabled: false });
    own(tx, &actor.team).await
}

/// Forgets the saved card and switches the charges off.
pub async fn forget_card(tx: &mut Tx, actor: &Actor) -> Result<Refill> {
    actor.must_have("wallet:write")?;
    let refill = own(tx, &actor.team).await?;
    if let Some(card) = &refill.card_label {
        store::forget_card(tx, &actor.team).await?;
        record_audit(tx, actor, actor.team.as_str(), &events::CardForgotten { card });
    }
    own(tx, &actor.team).await
}

/// Ends the automatic refill of a team whose account is closed: the card and the open page are forgotten, and nothing is charged.
pub async fn end(tx: &mut Tx, team: &TeamId) -> Result<()> {
    store::end_page(tx, team, None).await?;
    store::forget_card(tx, team).await
}

/// Writes the card that was saved on a team's open page; false if the page is not an open one of ours.
pub(crate) async fn save_card(tx: &mut Tx, news: &CardNews) -> Result<bool> {
    let Some(refill) = store::of_page(tx, &news.session).await? else { return Ok(false) };
    if news.reference.as_deref() != Some(refill.team_id.as_str()) {
        return Ok(false);
    }
    match &news.card {
        Some(card) => {
            store::end_page(tx, &refill.team_id, Some(card)).await?;
            event::emit(tx, &[&refill.team_id], refill.team_id.as_str(), &events::CardSaved { card: &card.label });
            letter::card_saved(tx, &refill, &card.label).await?;
        }
        None if news.is_expired => store::end_page(tx, &refill.team_id, None).await?,
        None => {}
    }
    Ok(true)
}

/// Saves a card of the sandbox. The unguessable page is the permission, as with any provider's page.
pub async fn save_test_card(tx: &mut Tx, page: &str, card: TestCard) -> Result<()> {
    let refill = test_page(tx, page).await?;
    let reference = Some(refill.team_id.to_string());
    let news = CardNews { session: page.to_owned(), reference, card: Some(card.saved()), is_expired: false };
    save_card(tx, &news).await.map(drop)
}

/// Returns the refill whose open page of the sandbox this is.
pub async fn test_page(conn: &mut Conn, page: &str) -> Result<Refill> {
    let found = store::of_page(conn, page).await?.filter(|refill| refill.provider == payment::SANDBOX);
    found.ok_or_else(|| Error::not_found("page"))
}
