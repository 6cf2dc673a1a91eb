//! The reads and form actions of payouts.

use crate::act::act;
use crate::fault::Fault;
use crate::respond::see_other;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::payee::{self, Payee};
use market::payout::{self, NewPayout, Payout};
use market::{Money, Page, Paging, payment, wallet};
use serde::{Deserialize, Serialize};

const PAGE: &str = "/wallet/payouts";
/// The payouts on a page.
const SHOWN: i64 = 20;

/// The data of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PayoutPageData {
    /// The account; none if this server has no payment provider.
    pub payee: Option<Payee>,
    /// The available balance.
    pub available: Money,
    /// The debt.
    pub owed: Money,
    /// The provider's page, if the member asked to go on there.
    pub url: Option<String>,
    /// The payouts, newest first.
    pub payouts: Page<Payout>,
}

/// Loads the payouts of the member's team; with `goes_on`, also the address of the provider's page.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/show")]
pub async fn show_payouts(offset: i64, goes_on: bool) -> Result<PayoutPageData, Fault> {
    let (market, actor) = visitor()?;
    let payments = guest()?.payments;
    let (payee, url) = match payments.provider() {
        Err(_) => (None, None),
        Ok(provider) => {
            let payee = payee::show(&mut market.read().await?, provider.name(), &actor).await?;
            // Looking at a page opens no account; a person's press of the button did.
            let goes_on = goes_on && payee.account.is_some();
            let connected = if goes_on { Some(payee::connect(&market, provider, &actor).await?) } else { None };
            (Some(payee), connected.map(|connected| connected.url))
        }
    };
    let mut conn = market.read().await?;
    let wallet = wallet::show(&mut conn, &actor).await?;
    let payouts = payout::list(&mut conn, &actor, Paging::new(Some(SHOWN), Some(offset))?).await?;
    Ok(PayoutPageData { payee, available: wallet.available, owed: wallet.owed, url, payouts })
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
    go("/wallet/payouts?step=on", "Now go on at the payment provider.")
}

/// Asks the provider about the account.
#[server(prefix = "/_fn", endpoint = "wallet/payouts/refresh")]
pub async fn refresh_account() -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let payee = payee::refresh(&market, guest()?.payments.provider()?, &actor).await?;
    let ready = payee.state == payee::State::Ready;
    go(PAGE, if ready { "The account takes payouts." } else { "The provider has nothing new." })
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
