//! The reads and form actions of payouts.

use crate::act::act;
use crate::fault::Fault;
use crate::flash::unkept;
use crate::respond::see_other;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::id::TeamId;
use market::payee::{self, Payee};
use market::payout::{self, NewPayout, Payable, Payout};
use market::{Duration, Money, Page, Paging, Time, payment, wallet};
use serde::{Deserialize, Serialize};

const PAGE: &str = "/wallet/payouts";
/// The address to which the form that opens the account leads.
const GO_ON: &str = "/wallet/payouts?step=on";
/// The session's key of the provider's page that a form opened.
const OPENED: &str = "payout_account_page";
/// The time for which the link to that page is shown. Providers let it live for some minutes.
const OPENED_FOR: Duration = Duration::minutes(4);
/// The payouts on a page.
const SHOWN: i64 = 20;

/// The data of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PayoutPageData {
    /// The account; none if this server has no payment provider.
    pub payee: Option<Payee>,
    /// The part of the wallet that can be paid out.
    pub payable: Payable,
    /// The debt.
    pub owed: Money,
    /// The provider's page, if the member asked to go on there just now.
    pub url: Option<String>,
    /// The payouts, newest first.
    pub payouts: Page<Payout>,
}

/// The provider's page that a form opened: its link admits whoever has it, so the session of that browser alone knows it.
#[derive(Serialize, Deserialize)]
struct Opened {
    team: TeamId,
    url: String,
    until: Time,
}

/// Loads the payouts of the member's team; with `goes_on`, also the address of the provider's page that a form opened.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/show")]
pub async fn show_payouts(offset: i64, goes_on: bool) -> Result<PayoutPageData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let payee = match guest()?.payments.provider() {
        Err(_) => None,
        Ok(provider) => Some(payee::show(&mut conn, provider.name(), &actor).await?),
    };
    let opened = if goes_on { guest()?.session.get::<Opened>(OPENED).await.map_err(unkept)? } else { None };
    let url = opened.filter(|opened| opened.team == actor.team && opened.until > conn.now).map(|opened| opened.url);
    let wallet = wallet::show(&mut conn, &actor).await?;
    let payouts = payout::list(&mut conn, &actor, Paging::new(Some(SHOWN), Some(offset))?).await?;
    let payable = payout::payable(&mut conn, &actor).await?;
    Ok(PayoutPageData { payee, payable, owed: wallet.owed, url, payouts })
}

/// Opens the account at the provider. A form must not lead to another server, so a provider's page is a link of ours.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/connect")]
pub async fn connect_account() -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let payments = guest()?.payments;
    let connected = payee::connect(&market, payments.provider()?, &actor).await?;
    if connected.payee.provider == payment::SANDBOX {
        see_other(connected.url.strip_prefix(&market.rules.base_url).unwrap_or(&connected.url));
        return Ok(());
    }
    let opened = Opened { team: actor.team, url: connected.url, until: market.clock.now().after(OPENED_FOR) };
    guest()?.session.insert(OPENED, opened).await.map_err(unkept)?;
    go(GO_ON, "Now go on at the payment provider.")
}

/// Asks the provider about the account.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/refresh")]
pub async fn refresh_account() -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let payee = payee::refresh(&market, guest()?.payments.provider()?, &actor).await?;
    let ready = payee.state == payee::State::Ready;
    go(PAGE, if ready { "The account takes payouts." } else { "The provider has nothing new since it was asked last." })
}

/// Asks for a payout.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/ask")]
pub async fn ask_payout(amount: String) -> Result<(), Fault> {
    let cents = Money::typed("amount", &amount)?.0;
    let payments = guest()?.payments;
    let provider = payments.provider()?.name();
    act!(|tx, actor| payout::ask(tx, actor, &NewPayout { cents, provider }).await, |payout| {
        (PAGE, format!("{} is on its way to your bank.", payout.amount))
    })
}

/// Switches weekly payouts on or off.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/weekly")]
pub async fn set_weekly(weekly: String) -> Result<(), Fault> {
    let is_weekly = weekly == "on";
    let payments = guest()?.payments;
    let provider = payments.provider()?.name();
    act!(|tx, actor| payee::set_weekly(tx, provider, actor, is_weekly).await, |payee| {
        (PAGE, if payee.is_weekly { "Your balance is paid out every Monday." } else { "Payouts are sent when you ask for them." })
    })
}
